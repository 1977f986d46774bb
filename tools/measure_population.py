"""Write assets/head/anthropometry.json: landmark distances and their mean over the model's population.

    python tools/measure_population.py

Run again when the distribution of sex, age, ancestry or build changes, or a landmark moves.
"""

import json
from pathlib import Path

import numpy as np

from synthgen.assets import package_data
from synthgen.head.anthropometry import anthropometry
from synthgen.head.identity import IdentitySpec, _sample_ancestry, draw_name, draw_number
from synthgen.head.shape import macro_targets, shape_cage
from synthgen.rng import Key

# Vertices of the base mesh, subject's left where there are two sides. Names follow Farkas, Anthropometry of the Head
# and Face, 2nd ed. 1994: en(docanthion), ex(ocanthion), p(alpebrale) s(uperius)/i(nferius), n(asion), g(labella),
# prn (pronasale), sn (subnasale), ls/li (labiale superius/inferius), sto(mion; upper and lower lip), sl (sublabiale),
# pg (pogonion), gn(athion), al(are), ch(eilion), zy(gion), go(nion), br (brow), ck (cheek), tr(ichion).
LANDMARKS = {
    "en": 7796, "ex": 7782, "ps": 7773, "pi": 7787, "n": 133, "g": 237, "prn": 297, "sn": 5072, "ls": 455,
    "sto_upper": 537, "sto_lower": 540, "li": 496, "sl": 724, "pg": 5162, "gn": 5211, "al": 11753, "ch": 7272,
    "zy": 12010, "go": 7596, "br": 6996, "ck": 11910, "tr": 1015,
}  # fmt: skip

# (name, along, from, to, human standard deviation in mm). Deviations pool sexes and ancestries; they are the within-
# group ones of Farkas 1994 and Farkas et al., J. Craniofac. Surg. 16 (2005) 615, widened for the spread of group
# means and rounded; depths are not in those tables and were set from the spread of the neighbouring distances.
MEASURES = [
    ("en_en", "width", "en", "", 3.0),
    ("ex_ex", "width", "ex", "", 4.5),
    ("fissure_height", "height", "ps", "pi", 1.3),
    ("n_sn", "height", "n", "sn", 4.0),
    ("nose_protrusion", "depth", "prn", "sn", 2.6),
    ("al_al", "width", "al", "", 4.2),
    ("ch_ch", "width", "ch", "", 4.5),
    ("sn_sto", "height", "sn", "sto_upper", 2.4),
    ("ls_sto", "height", "ls", "sto_upper", 1.7),
    ("sto_li", "height", "sto_lower", "li", 1.8),
    ("sto_gn", "height", "sto_upper", "gn", 4.2),
    ("n_gn", "height", "n", "gn", 7.0),
    ("zy_zy", "width", "zy", "", 6.5),
    ("go_go", "width", "go", "", 7.0),
    ("brow_height", "height", "br", "ps", 3.0),
    ("tr_n", "height", "tr", "n", 7.0),
    ("glabella_depth", "depth", "g", "n", 2.5),
    ("upper_lip_depth", "depth", "ls", "sn", 2.3),
    ("lower_lip_depth", "depth", "li", "sn", 3.0),
    ("sublabial_depth", "depth", "sl", "sn", 3.5),
    ("chin_depth", "depth", "pg", "sn", 4.5),
    ("cheek_depth", "depth", "ck", "sn", 3.5),
    ("eye_depth", "depth", "ex", "n", 2.5),
    ("nasion_depth", "depth", "sn", "n", 4.0),
    ("mouth_corner_height", "height", "ch", "sto_upper", 2.2),
    ("canthal_tilt", "height", "ex", "en", 1.5),
    ("tip_height", "height", "prn", "al", 3.0),
]
PEOPLE = 400


def macro_cage(number: int):
    """Return the cage of a drawn person without face details."""
    spec, key = IdentitySpec(), Key(f"population/{number}")
    male = draw_name(spec.sex, key.child("sex")) == "male"
    build = [draw_number(getattr(spec, name), key.child(name)) for name in ("weight", "muscle")]
    age = draw_number(spec.age, key.child("age"))
    return shape_cage(macro_targets(float(male), age, _sample_ancestry(spec, key.child("ancestry")), *build))


def main() -> None:
    path = Path(package_data("head", "anthropometry.json"))
    measures = [{"name": n, "along": a, "from": f, "to": t, "sd_mm": sd, "mean_mm": 0.0} for n, a, f, t, sd in MEASURES]
    table = {"landmarks": LANDMARKS, "measures": measures}
    path.write_text(json.dumps(table))
    found = np.array([anthropometry().measure(macro_cage(n)) for n in range(PEOPLE)])
    for item, mean in zip(measures, found.mean(0), strict=True):
        item["mean_mm"] = round(float(mean), 2)
    path.write_text(json.dumps(table, indent=1) + "\n")
    for item, sd in zip(measures, found.std(0), strict=True):
        print(f"{item['name']:22s} {item['mean_mm']:7.1f} mm, model sd {sd:.2f}, human sd {item['sd_mm']:.1f}")


if __name__ == "__main__":
    main()
