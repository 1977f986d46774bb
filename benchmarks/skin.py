"""How photographic skin and eyes are, in numbers: rendered people against what was measured on photographs.

    python benchmarks/skin.py [-n 200] [--people 100] [--plain] [--quality standard] [--threads 4] [--keep FOLDER]

Frontal, neutral people of 512 pixels, drawn as a user of the defaults gets them, with hair and beards, each in an
environment drawn from all, turned at random, with a key lamp at random in every other picture. With `--plain`: bald and
shaved, without make-up, all in one light. Only pixels whose label is bare skin of the face count.

    number    what                                                                            wanted     photographs
    detail_L  robust standard deviation of L* between Gaussian blurs of 0.5 and 5 mm          1.5 .. 2.8  1.9 .. 2.4
    detail_a  the same of a* between 1 and 24 mm                                              1.8 .. 3.2  2.2 .. 2.9
    band_L    the same of L* between 1 and 4 mm
    all_a     the same of a*, blurred by 1 mm
    hue_deg   of the median colour, mean                                                      34 .. 54    44
    ita_deg   individual typology angle of the median colour: spread over people              >= 30       33
    bare_ita  the same of the skin's own colour, from the labels, of 2000 people: spread      >= 30
    eye_ratio height over length of the lid opening, from the landmarks: mean 0.25 .. 0.29, spread >= 0.045

What photographs show is from 71 pictures of 14 people, of unknown cameras. Their blurs are not recorded ("a band of 1
to 4 mm"). But two sheets of 24 and 28 pictures of an earlier head are kept with what the same measure gave for them: L*
1.83 and 1.67, a* 2.39 and 2.26. With the first two rows' blurs these sheets give 1.79 and 1.62, 2.33 and 2.25 (skin
found by hand, 0.7 pixels per millimetre); blurs of 1 and 4 mm give 1.24 and 1.13, a* without the broad blur, which has
the colours of the light, 3.15 and 3.10. So the first two rows compare with the photographs, and the next two do not.
Fails if a wanted number is missed.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

import synthgen as sg
from synthgen.color import individual_typology_angle, linear_to_lab, view_linear
from synthgen.parts import Part
from synthgen.quality import QUALITIES
from synthgen.spec import SceneSpec

SIZE_PX, FOCAL_MM, SENSOR_MM = 512, 120.0, 36.0
FIRST_ID = 1000
SKIN = ("FOREHEAD", "NOSE", "CHIN", "CHEEK_LEFT", "CHEEK_RIGHT", "JAW", "SKIN")
BANDS = {"detail_L": (0, 0.5, 5.0), "detail_a": (1, 1.0, 24.0), "band_L": (0, 1.0, 4.0), "all_a": (1, 1.0, None)}
"""Channel of L*a*b*, and the blurs in mm between which it counts."""
LEAST_PX = 3000
POPULATION = 2000
"""People whose tone is looked at: of 100 the spread is known to 2 degrees only."""
WANTED = {
    "detail_L": ("mean", 1.5, 2.8),
    "detail_a": ("mean", 1.8, 3.2),
    "hue_deg": ("mean", 34.0, 54.0),
    "ita_deg": ("sd", 30.0, np.inf),
    "bare_ita": ("sd", 30.0, np.inf),
    "eye_ratio": ("mean", 0.25, 0.29),
    "eye_ratio_spread": ("sd", 0.045, np.inf),
}


def spec_of(people: int, plain: bool, quality: str) -> SceneSpec:
    """Return the distribution over scenes that is measured."""
    key = {
        "name": "key",
        "kind": "area",
        "size_m": {"kind": "uniform", "low": 0.2, "high": 0.9},
        "power_w": {"kind": "uniform", "low": 2, "high": 12},
        "place": {
            "kind": "orbit",
            "distance_m": 1.4,
            "yaw_deg": {"kind": "uniform", "low": -60, "high": 60},
            "pitch_deg": {"kind": "uniform", "low": 5, "high": 45},
        },
    }
    turned = {"kind": "hdri", "name": "all", "rotation_deg": {"kind": "uniform", "low": -180, "high": 180}}
    lit = [
        {"percent": 50, "environment": turned},
        {"percent": 50, "environment": turned, "lamps": [key]},
    ]
    still = {**key, "size_m": 0.5, "power_w": 4, "temperature_k": 6500}
    still["place"] = {"kind": "orbit", "distance_m": 1.4, "yaw_deg": -40, "pitch_deg": 25}
    bare: dict[str, Any] = {
        "hair": {"style": "bald"},
        "facial_hair": {"style": "none"},
        "skin": {"stubble": 0.0},
        "lighting": {"environment": {"kind": "hdri", "name": "studio"}, "lamps": [still]},
    }
    orbit = {"kind": "orbit", "distance_m": 1.0}
    lens = {"kind": "focal", "focal_length_mm": FOCAL_MM, "sensor_width_mm": SENSOR_MM}
    camera = {"name": "front", "width_px": SIZE_PX, "height_px": SIZE_PX, "lens": lens}
    return SceneSpec.model_validate(
        {
            "seed": 3,
            "identity": {"ids": list(range(FIRST_ID, FIRST_ID + people))},
            "gaze": {"kind": "camera"},
            "lighting": lit,
            "rigs": [{"name": "rig", "kind": "head_orbit", "place": orbit, "cameras": [camera]}],
            "render": {"quality": quality},
            **(bare if plain else {}),
        }
    )


def robust_sd(values: NDArray) -> float:
    """Return the standard deviation of a normal distribution with the same median deviation."""
    return float(1.4826 * np.median(np.abs(values - np.median(values))))


def blur(image: NDArray, mask: NDArray, sigma_px: float) -> NDArray:
    """Return an image blurred within a mask only."""
    weight = np.maximum(gaussian_filter(mask.astype(float), sigma_px), 1e-3)
    return gaussian_filter(image * mask, sigma_px) / weight


def _band(image: NDArray, mask: NDArray, fine_mm: float, broad_mm: float | None, px_per_mm: float) -> NDArray:
    fine = blur(image, mask, fine_mm * px_per_mm)
    return fine if broad_mm is None else fine - blur(image, mask, broad_mm * px_per_mm)


def measure(color: NDArray, part: NDArray, facing: NDArray, px_per_mm: float) -> dict[str, float]:
    """Return the numbers of one picture's skin.

    Args:
        color: (h, w, 3) scene-linear.
        part: (h, w) `Part` numbers.
        facing: (h, w) cosine between the surface and the line of sight.
        px_per_mm: Of the face.
    """
    lab = linear_to_lab(view_linear(color))
    mask = np.isin(part, [int(Part[name]) for name in SKIN])
    # what lies within 2 mm of hair, brows, lips or the outline is no bare skin
    inner = mask & (facing > 0.5) & (gaussian_filter(mask.astype(float), px_per_mm) > 0.97)
    if inner.sum() < LEAST_PX:
        return {}
    face = np.median(lab[inner], axis=0)
    return {
        **{
            name: robust_sd(_band(lab[..., n], mask, fine, broad, px_per_mm)[inner])
            for name, (n, fine, broad) in BANDS.items()
        },
        "L": float(face[0]),
        "hue_deg": float(np.degrees(np.arctan2(face[2], face[1]))),
        "chroma": float(np.hypot(face[1], face[2])),
        "ita_deg": float(individual_typology_angle(face)),
    }


def eye_ratio(points: NDArray) -> float:
    """Return the mean height over length of the lid openings of iBUG points (68, 2)."""
    ratios = []
    for first in (36, 42):
        p = points[first : first + 6]
        tall = np.linalg.norm(p[1] - p[5]) + np.linalg.norm(p[2] - p[4])
        ratios.append(tall / (2 * np.linalg.norm(p[0] - p[3])))
    return float(np.mean(ratios))


def rows_of(spec: SceneSpec, count: int, threads: int, keep: Path | None) -> Iterator[dict[str, float]]:
    """Render pictures and yield their numbers."""
    people = len(spec.identity.ids or ())
    for index in range(count):
        started = time.process_time()
        scene = sg.sample_scene(spec, index)
        frame = sg.render_scene(scene, "cpu", threads)
        passes, labels = frame.passes["front"], frame.labels["front"]
        mask = np.isin(passes.part, [int(Part[name]) for name in SKIN])
        px_per_mm = SIZE_PX * FOCAL_MM / SENSOR_MM / (np.median(passes.depth_m[mask]) * 1000)
        facing = -passes.normal_cam[..., 2]
        if keep is not None:
            pieces = {"color": passes.color, "part": passes.part, "facing": facing}
            np.savez_compressed(keep / f"{index:04d}.npz", px_per_mm=px_per_mm, **pieces)
        yield {
            "person": index % people,
            **measure(passes.color, passes.part, facing, float(px_per_mm)),
            "eye_ratio": eye_ratio(labels.landmarks["ibug68"].uv),
            "cpu_s": time.process_time() - started,
            "beauty_s": frame.seconds["beauty"],
        }


def tones(people: int) -> list[dict[str, float]]:
    """Return the colour of the skin of people who are drawn but not rendered."""
    spec = spec_of(people, plain=False, quality="draft")
    scenes = (sg.sample_scene(spec, index) for index in range(people))
    return [{"bare_ita": float(scene.skin.attributes()["ita_deg"])} for scene in scenes]


def report(rows: list[dict[str, float]]) -> bool:
    """Print means and spreads over pictures; return whether all is as wanted."""
    good = True
    for name in dict.fromkeys(key for row in rows for key in row if key != "person"):
        values = np.array([row[name] for row in rows if name in row])
        spread = values.std(ddof=1) if len(values) > 1 else float("nan")
        low, high = np.percentile(values, [5, 95])
        print(f"{name:10s} mean {values.mean():7.2f}  sd {spread:6.3f}  5% {low:7.2f}  95% {high:7.2f}", end="")
        for kind, least, most in (WANTED[one] for one in (name, f"{name}_spread") if one in WANTED):
            fits = least <= (values.mean() if kind == "mean" else spread) <= most
            good &= bool(fits)
            print(f"   {kind} {'fits' if fits else 'MISSES'} {least} .. {most}", end="")
        print(f"   of {len(values)}")
    return good


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=200, help="pictures")
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--plain", action="store_true", help="bald and shaved people in one light")
    parser.add_argument("--quality", choices=list(QUALITIES), default="standard")
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--keep", type=Path, help="folder for the pictures' arrays")
    options = parser.parse_args()
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
    rows = []
    for row in rows_of(
        spec_of(options.people, options.plain, options.quality), options.n, options.threads, options.keep
    ):
        rows.append(row)
        print(len(rows) - 1, "  ".join(f"{name} {value:.2f}" for name, value in row.items()), flush=True)
    raise SystemExit(not report(rows + tones(POPULATION)))


if __name__ == "__main__":
    main()
