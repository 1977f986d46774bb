"""Where a person's melanin and blood lie, how skin shines, its fine relief: what expressions do not change."""

from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np

from synthgen.color import linear_to_lab
from synthgen.ramps import smooth_step
from synthgen.rng import Key
from synthgen.skin.atlas import COARSE, Atlas, atlas
from synthgen.skin.person import SATURATION, Skin
from synthgen.skin.texture import Map, broad_noise, enlarge, fine_noise, paint_spots, scatter_spots, unstretched
from synthgen.skin.zones import coarse_zones

BLOOD_LEAST, MELANIN_LEAST = 0.25, 0.12
_PER_MM2_FRECKLE, _PER_MM2_MOLE, _PER_MM2_BLEMISH, _PER_MM2_ACNE = 0.10, 0.00022, 0.0016, 0.025
_FRECKLE, _AGE_SPOT, _MOLE, _BIRTHMARK = 0.050, 0.055, 0.16, 0.10
"""Melanosome fraction that the middle of such a spot has more than its surroundings."""
_PER_MM2_PORE = 0.45
"""The widest third of them: the others are in the tile of relief."""
_PER_MM2_MACULE, _PER_MM2_FLUSH = 0.055, 0.03
YOUNG_EVEN, OLD_UNEVEN = 0.76, 0.38
"""Unevenness of colour at 25, and what 60 years more add: even skin looks young, see Fink, Grammer & Matts, Evol. Hum.
Behav. 27 (2006) 433. Sizes set by eye."""
PINK = 1.5
"""Steps of L* by which blood darkens patches of skin and want of melanin lightens them: they differ in hue alone. Set
so that redness varies as on photographs, see benchmarks/skin.py."""
MOST_UNEVEN = {"melanin": 0.30, "blood": 0.16}
"""Relative: light skin has too little melanin, and dark skin hides blood too well, for a whole step of L*."""


@dataclass(frozen=True)
class Pigments:
    """Maps (N, N) of one person.

    Attributes:
        melanin: Relative to the person's own.
        blood: Relative to the person's own.
        venous: Share of blood low in oxygen.
        veins: Darkness of veins seen through the skin.
        roughness: Of the surface.
        oil: Share of the coat.
        height_mm: Relief without wrinkles and without the pores of the tile.
    """

    melanin: Map
    blood: Map
    venous: Map
    veins: Map
    roughness: Map
    oil: Map
    height_mm: Map


@lru_cache(maxsize=2)  # one person: the maps, and the relief of vertices
def pigments(skin: Skin, age: float, size: int) -> Pigments:
    """Return where the pigments of a person lie, at a map size."""
    flat, z, key = atlas(size), coarse_zones(), Key(f"skin/{skin.seed}")
    dark, light = skin.darkness, 1 - skin.darkness
    old = float(np.clip((age - 25) / 60, 0, 1))
    broad, patchy = broad_noise(26, key.child("broad")), broad_noise(7, key.child("patchy"))
    fine, grain, spread = (
        fine_noise(size, length, key.child(name)) * unstretched(size)
        for name, length in (("fine", 3.0), ("grain", 1.5), ("spread", 3.6))
    )
    lips = np.clip(flat.lips, 0, 1)
    bare = 1 - lips
    # pigment of zones on the coarse grid, of noise and spots on the fine one
    step, blood_step = (skin.mottling * (YOUNG_EVEN + OLD_UNEVEN * old) * one for one in uneven_steps(skin))
    melanin = enlarge(_zone_melanin(skin, z, step, broad, patchy), size)
    melanin = melanin + step * (0.45 * spread + 0.28 * grain + 0.36 * _clusters(size, 2.0, key.child("flecks")))
    blood = enlarge(_zone_blood(skin, z, blood_step, broad, patchy), size)
    blood += blood_step * (0.5 * fine + 0.4 * grain + 0.75 * _clusters(size, 2.6, key.child("capillaries")))
    pink = PINK * (enlarge(broad_noise(9, key.child("pink")), size) + 0.5 * fine_noise(size, 4.5, key.child("rosy")))
    melanin, blood = melanin - step * pink, blood + blood_step * pink
    lip_melanin = (0.42 + 0.60 * dark) * (1 + (1 - 0.6 * dark) * (0.08 * grain + 0.07 * fine))
    border = 0.30 * (0.3 + dark) * np.exp(-(((lips - 0.42) / 0.22) ** 2)) * (lips > 0.04)
    lip_blood = (2.7 - 0.8 * old) * (1 - 0.45 * dark) * (1 + 0.10 * fine + 0.08 * grain)
    melanin = melanin * bare + lips * lip_melanin + border
    blood = blood * bare + lips * lip_blood / max(skin.redness, 0.6) ** 0.6
    lumps = 0.09 * broad_noise(9, key.child("lumps")) + 0.065 * broad_noise(5, key.child("small lumps"))
    net = _net(skin, z, key, size) * unstretched(size)
    height = enlarge(lumps * z["face"], size) + bare * (0.028 * fine + 0.011 * grain + net)
    spots = _spots(skin, flat, z, patchy, key)
    # furrows hold more of everything, and the ridges between them less
    worn = np.clip(-net / 0.05, -0.6, 1.2)
    melanin += bare * step * (0.45 * worn + 4.6 * spots["macules"])
    blood += bare * blood_step * (0.35 * worn + 4.4 * spots["flushes"])
    # how dark these are does not go with the skin around them
    melanin += bare * min(_FRECKLE / skin.melanin, 7.0) * spots["freckles"]
    melanin += bare * min(_AGE_SPOT / skin.melanin, 6.0) * spots["age_spots"]
    melanin += bare * 0.22 * (1 - 0.4 * dark) * skin.pores * spots["pores"]
    melanin += bare * min(_MOLE / skin.melanin, 16.0) * spots["moles"]
    melanin += bare * 0.35 * dark * (spots["blemishes"] + spots["acne"])
    blood += bare * 0.35 * skin.pores * spots["pores"]
    blood += bare * (1.1 - 0.5 * dark) * (2.2 * spots["blemishes"] + 4.0 * spots["acne"])
    height += bare * (0.14 * spots["moles"] + 0.12 * spots["blemishes"] + 0.38 * spots["acne"])
    height -= bare * 0.045 * skin.pores * spots["pores"]
    vessel = np.clip(1 - np.abs(fine_noise(size, 4.0, key.child("threads"))) * 7, 0, 1)
    vessel *= enlarge((0.8 * z["cheek"] + z["ala"] + 0.5 * z["nose"]) * np.clip(0.5 + patchy, 0, 1.5), size)
    blood += 4.5 * skin.thread_veins * vessel * bare
    melanin, blood, height = _marks(skin, flat, key, melanin, blood, height)
    melanin = _vitiligo(skin, size, z, broad, patchy, key, melanin, bare)
    neck = enlarge(z["border"], size)
    melanin, blood = melanin * (1 - neck) + neck, blood * (1 - neck) + neck
    under_eye = enlarge(skin.circles * (0.75 * z["eye_bag"] + 0.5 * z["inner_canthus"]), size)
    venous = np.clip(under_eye + enlarge(0.10 * z["temple"] + 0.15 * z["upper_lid"], size), 0, 1) * (1 - neck)
    rough, oil = _shine(skin, z, patchy, fine, lips, key, size, old)
    height = height * (1 - neck) + lips * _lip_furrows(flat, key, fine) * (1 + 0.5 * old)
    return Pigments(
        melanin=np.clip(melanin, MELANIN_LEAST, None),
        blood=np.clip(blood, BLOOD_LEAST, None),
        venous=venous,
        veins=_veins(skin, z, key, size) * light,
        roughness=rough,
        oil=oil,
        height_mm=height,
    )


def _clusters(size: int, wavelength_mm: float, key: Key) -> Map:
    """Return noise (size, size) of about unit variance, busy in some places and quiet in others."""
    busy = np.exp(0.7 * fine_noise(size, 4 * wavelength_mm, key.child("busy")))
    return fine_noise(size, wavelength_mm, key) * busy * unstretched(size) / np.float32(1.65)


def uneven_steps(skin: Skin) -> tuple[float, float]:
    """Return the relative changes of melanin and of blood that change this skin's lightness by one step of L*."""
    change = np.array([1 / 1.05, 1.05])
    table = skin.table(SATURATION)
    steps = []
    for name, melanin, blood in (("melanin", change, np.ones(2)), ("blood", np.ones(2), change)):
        lightness = linear_to_lab(table(skin.melanin * melanin, skin.blood * blood)[:, :3])[:, 0]
        fall = max(float(lightness[0] - lightness[1]) / (2 * np.log(1.05)), 1e-6)
        steps.append(min(1 / fall, MOST_UNEVEN[name]))
    return steps[0], steps[1]


def _zone_melanin(skin: Skin, z: dict[str, Map], step: float, broad: Map, patchy: Map) -> Map:
    dark = skin.darkness
    return (
        1
        + step * (0.40 * broad + 0.45 * patchy)
        + 0.10 * (1 + dark) * z["forehead"]
        - 0.08 * z["cheek"]
        + 0.12 * (0.4 + dark) * z["orbit"]
        + 0.14 * (0.5 + dark) * z["mouth_zone"]
        + 0.10 * z["temple"]
        + 0.12 * skin.circles * z["eye_bag"]
        - 0.25 * (1 - dark) * z["nose"]
    )


def _zone_blood(skin: Skin, z: dict[str, Map], step: float, broad: Map, patchy: Map) -> Map:
    return (
        1
        + 0.12 * broad
        + step * (0.6 * broad + 0.6 * patchy)
        + 1.2 * z["cheek"]
        + 1.4 * z["nose"]
        + 1.3 * z["ala"]
        + 0.8 * z["ears"]
        + 0.6 * z["chin"]
        + 0.35 * z["inner_canthus"]
        + (0.15 + 0.5 * skin.circles) * z["eye_bag"]
        + 0.25 * z["upper_lid"]
        - 0.18 * z["forehead"]
        - 0.28 * z["mouth_zone"]
        + 0.25 * z["glabella"]
    )


def _spots(skin: Skin, flat: Atlas, z: dict[str, Map], patchy: Map, key: Key) -> dict[str, Map]:
    """Return how strong each kind of spot is at each texel."""
    kinds = {
        "freckles": (
            skin.freckles * _PER_MM2_FRECKLE,
            (0.75 * z["cheek"] + 0.9 * z["nose_saddle"] + 0.25 * z["forehead"] + 0.12 * z["face"])
            * np.clip(1 + 0.8 * patchy, 0.05, 3),
            (0.62, 0.42, (0.25, 1.0)),
        ),
        "age_spots": (
            skin.age_spots * 0.013,
            0.5 * z["temple"] + 0.4 * z["cheek"] + 0.25 * z["forehead"] + 0.08 * z["face"],
            (1.7, 0.5, (0.2, 0.9)),
        ),
        "moles": (skin.moles * _PER_MM2_MOLE, z["face"] * (atlas(COARSE).lid_mm > 6), (0.85, 0.35, (0.6, 1.0))),
        "pores": (
            _PER_MM2_PORE,
            0.6 * z["cheek"] + z["nose"] + 0.9 * z["ala"] + 0.4 * z["forehead"] + 0.6 * z["chin"] + 0.12 * z["face"],
            (0.30, 0.3, (0.2, 1.0)),
        ),
        "macules": (_PER_MM2_MACULE, z["face"] * np.clip(1 + 0.6 * patchy, 0.2, 2.5), (0.95, 0.5, (0.1, 1.0))),
        "flushes": (
            _PER_MM2_FLUSH,
            (0.3 * z["face"] + 0.8 * z["cheek"] + 0.6 * z["chin"] + 0.6 * z["nose"])
            * np.clip(1 - 0.6 * patchy, 0.2, 2.5),
            (1.5, 0.5, (0.15, 1.0)),
        ),
        "blemishes": (
            skin.blemishes * _PER_MM2_BLEMISH,
            0.5 * z["forehead"] + 0.7 * z["cheek"] + 0.9 * z["chin"] + 0.15 * z["face"],
            (1.35, 0.4, (0.3, 1.0)),
        ),
        "acne": (
            skin.acne * _PER_MM2_ACNE,
            0.5 * z["forehead"] + 0.9 * z["cheek"] + z["chin"] + 0.1 * z["face"],
            (1.15, 0.35, (0.3, 1.0)),
        ),
    }
    painted = {}
    for name, (amount, density, (radius, spread, strength)) in kinds.items():
        spots = scatter_spots(key.child(name), amount * density, radius, spread, strength)
        painted[name] = paint_spots(spots, flat)
    return painted


def _marks(skin: Skin, flat: Atlas, key: Key, melanin: Map, blood: Map, height: Map) -> tuple[Map, Map, Map]:
    """Add scars and a birthmark."""
    z = coarse_zones()
    if skin.scars:
        shape = scatter_spots(
            key.child("scars"), z["face"] * (atlas(COARSE).lid_mm > 8) / 15000 * skin.scars * 3, 2.2, 0.4
        )
        drawn = replace(shape.first(skin.scars), stretch=np.full(min(skin.scars, len(shape.at)), 7.0))
        scar = paint_spots(drawn, flat)
        rim = np.clip(3.2 * scar * (1 - scar), 0, 1)
        melanin = melanin * (1 - 0.75 * scar) + (0.5 + 0.4 * skin.darkness) * rim
        blood = blood * (1 - 0.45 * scar + 0.9 * rim)
        height = height - 0.30 * scar + 0.12 * rim
    if skin.birthmark > 0:
        rng = key.child("birthmark").rng()
        port_wine = rng.random() < 0.5
        where = scatter_spots(key.child("birthmark", "where"), z["face"] / 400, 6 + 22 * skin.birthmark, 0.2)
        edge = fine_noise(flat.size, 9.0, key.child("birthmark", "edge"))
        mark = smooth_step(paint_spots(where.first(1), flat, 1.0) + 0.10 * edge, 0.30, 0.42)
        strength = 0.6 + 0.7 * skin.birthmark
        blood = blood * (1 + (5.0 if port_wine else 0.3) * strength * mark)
        melanin = melanin + (0.1 if port_wine else min(_BIRTHMARK / skin.melanin, 8.0)) * strength * mark
    return melanin, blood, height


def _vitiligo(
    skin: Skin, size: int, z: dict[str, Map], broad: Map, patchy: Map, key: Key, melanin: Map, bare: Map
) -> Map:
    """Take the melanin away in patches with sharp edges, first around eyes and mouth."""
    if skin.vitiligo <= 0:
        return melanin
    likely = 1.4 * (z["orbit"] + z["mouth_zone"]) + 0.5 * z["forehead"] + 0.7 * broad + 0.25 * patchy
    edge = 0.2 * fine_noise(size, 4.0, key.child("vitiligo"))
    level = float(np.quantile(likely[z["face"] > 0.2], 1 - 0.75 * skin.vitiligo))
    pale = smooth_step(enlarge(likely, size) + edge, level - 0.06, level + 0.06) * bare
    return melanin * (1 - pale) + MELANIN_LEAST * pale


def _veins(skin: Skin, z: dict[str, Map], key: Key, size: int) -> Map:
    if skin.veins <= 0:
        return np.zeros((size, size), np.float32)
    ridge = np.clip(1 - np.abs(fine_noise(size, 15.0, key.child("veins"))) * 8, 0, 1)
    ridge = cv2.GaussianBlur(ridge, (0, 0), max(0.7 * 0.0029 * size, 0.3))
    return ridge * enlarge(skin.veins * np.clip(z["temple"] + 0.6 * z["eye_bag"] + 0.25 * z["forehead"], 0, 1), size)


def _shine(
    skin: Skin, z: dict[str, Map], patchy: Map, fine: Map, lips: Map, key: Key, size: int, old: float
) -> tuple[Map, Map]:
    """Return roughness and oil."""
    rough = enlarge(0.43 + 0.035 * patchy - 0.13 * skin.oil * z["t_zone"] + 0.02 * z["cheek"] + 0.05 * old, size)
    rough = (rough + 0.03 * fine) * (1 - lips) + lips * (0.38 + 0.02 * fine)
    oil = enlarge((0.10 + 0.55 * skin.oil) * z["t_zone"] * np.clip(1 + 0.35 * patchy, 0, 2) + 0.12 * skin.oil, size)
    oil = oil + 0.10 * lips
    if skin.sweat > 0:
        film = enlarge(skin.sweat * np.clip(z["t_zone"] + 0.6 * z["face"] + 0.3 * patchy * z["face"], 0, 1), size)
        rough, oil = rough * (1 - 0.5 * film), oil + 0.8 * film
        density = skin.sweat * 0.05 * np.clip(z["forehead"] + 0.8 * z["mouth_zone"] + 0.6 * z["nose"], 0, 1)
        beads = paint_spots(scatter_spots(key.child("sweat"), density, 0.45, 0.4, (0.5, 1.0)), atlas(size), 2.0)
        rough, oil = rough * (1 - 0.4 * beads), oil + beads
    return rough, oil


def _lip_furrows(flat: Atlas, key: Key, fine: Map) -> Map:
    """Return the height in mm of the lips' furrows: lines that run down, slightly fanned, 0.5 to 2 mm apart."""
    x, z = flat.rest_mm[..., 0], flat.rest_mm[..., 2]
    across = x / (1 + 0.0014 * (z - 661) ** 2) + 0.30 * fine
    rng = key.child("furrows").rng()
    height = np.zeros_like(across)
    for spacing, depth in ((1.7, 0.026), (1.1, 0.030), (0.55, 0.018)):
        knots = np.arange(-40, 40, spacing / 2)
        values = rng.standard_normal(len(knots)).astype(np.float32)
        height += depth * np.interp(across, knots, values).astype(np.float32)
    return np.clip(height, -0.09, 0.05)


def _net(skin: Skin, z: dict[str, Map], key: Key, size: int) -> Map:
    """Return the net of fine furrows in mm, crumpled further where skin is thin and old: < 0 in them, mean about 0."""
    shallow = -np.abs(fine_noise(size, 3.2, key.child("net"))) - 0.6 * np.abs(
        fine_noise(size, 1.9, key.child("fine net"))
    )
    crepe = -np.abs(fine_noise(size, 2.4, key.child("crepe")))
    deep = 0.035 * skin.wrinkles
    return (shallow + 1.25) * enlarge(0.031 * z["face"], size) + (crepe + 0.8) * deep * enlarge(
        0.5 * z["face"] + z["orbit"], size
    )
