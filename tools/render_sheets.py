"""Render the contact sheets of docs/images: what skin, faces and eyes look like now.

    python tools/render_sheets.py [SHEET ...] [--size 192] [--threads 4]

Without names, all of them. A sheet is a table of specs that differ from one portrait.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

import synthgen as sg
from synthgen.hair.beard_styles import BEARDS
from synthgen.spec import SceneSpec
from synthgen.write.images import display

OUT = Path(__file__).parent.parent / "docs" / "images"
Cell = tuple[str, dict[str, Any]]


def portrait(size: int, band: str = "rgb", focal_mm: float = 130.0, key_yaw: float = 40.0) -> dict[str, Any]:
    """Return a frontal portrait in soft light with a key lamp, as a spec's data."""
    lamp = {
        "name": "key",
        "kind": "area",
        "size_m": 0.5,
        "power_w": 6,
        "place": {"kind": "orbit", "distance_m": 1.4, "yaw_deg": key_yaw, "pitch_deg": 25},
    }
    camera = {
        "name": "front",
        "width_px": size,
        "height_px": size,
        "band": band,
        "lens": {"kind": "focal", "focal_length_mm": focal_mm, "sensor_width_mm": 36},
    }
    lamps = [lamp] if band == "rgb" else [{**lamp, "band": band}]
    return {
        "seed": 1,
        "identity": {"ids": [1005]},
        "expression": {"name": "neutral"},
        "gaze": {"kind": "camera"},
        "lighting": {"environment": {"kind": "hdri", "name": "courtyard", "strength": 0.8}, "lamps": lamps},
        "rigs": [
            {
                "name": "rig",
                "kind": "head_orbit",
                "place": {"kind": "orbit", "distance_m": 1.0, "aim_y_m": 0.01},
                "cameras": [camera],
            }
        ],
    }


def tones(size: int) -> Iterator[list[Cell]]:
    for band in ("rgb", "nir850", "nir940"):
        people = [
            (f"Monk {step} {band}", {"skin": {"monk": step}, "identity": {"ids": [1100 + step]}})
            for step in range(1, 11)
        ]
        yield [(text, {**portrait(size, band), **change}) for text, change in people]


def ages(size: int) -> Iterator[list[Cell]]:
    for person in (1005, 1021):
        yield [
            (f"id {person}, {age}", {**portrait(size), "identity": {"ids": [person], "age": age}})
            for age in (20, 30, 40, 50, 65, 80)
        ]


def expressions(size: int) -> Iterator[list[Cell]]:
    names = ("neutral", "happiness", "smile_closed", "sadness", "surprise", "fear", "anger", "disgust", "contempt")
    names += ("drowsy", "yawn", "squint")
    for row in (names[:6], names[6:]):
        yield [
            (name, {**portrait(size), "expression": {"name": name, "intensity": 1.0}, "identity": {"ids": [1021]}})
            for name in row
        ]


def grazing(size: int) -> Iterator[list[Cell]]:
    for age in (22, 75):
        yield [
            (
                f"{age}, light from {yaw} deg",
                {
                    **portrait(size, key_yaw=yaw),
                    "lighting": {
                        "environment": {"kind": "uniform", "strength": 0.02},
                        "lamps": portrait(size, key_yaw=yaw)["lighting"]["lamps"],
                    },
                    "identity": {"ids": [1033], "age": age},
                },
            )
            for yaw in (-88, -60, 60, 88)
        ]


def marks(size: int) -> Iterator[list[Cell]]:
    base = portrait(size)
    skins = {
        "freckles": {"freckles": 1.1, "tone": 0.08},
        "acne": {"acne": 0.8, "tone": 0.2},
        "vitiligo": {"vitiligo": 0.6, "tone": 0.65},
        "scars, birthmark": {"scars": 4.0, "birthmark": 0.7, "tone": 0.2},
        "stubble": {"stubble": 1.0, "tone": 0.2},
        "sweat": {"sweat": 1.0, "tone": 0.35},
    }
    yield [(name, {**base, "skin": skin}) for name, skin in skins.items()]
    faces = {
        "lipstick": {"lipstick": 0.95, "lipstick_color": "red", "gloss": 0.7},
        "eyeshadow": {"eyeshadow": 0.9, "eyeshadow_color": "blue", "eyeliner": 0.9},
        "blush": {"blush": 1.0},
        "foundation": {"foundation": 1.0},
        "all": {"lipstick": 0.9, "lipstick_color": "plum", "eyeshadow": 0.8, "eyeliner": 1.0, "blush": 0.7},
    }
    cells = [(name, {**base, "makeup": face}) for name, face in faces.items()]
    yield [*cells, ("all, 850 nm", {**portrait(size, "nir850"), "makeup": faces["all"]})]


def strangers(size: int) -> Iterator[list[Cell]]:
    for row in range(8):
        yield [
            (f"id {person}", {**portrait(size), "identity": {"ids": [person]}})
            for person in range(2000 + 8 * row, 2008 + 8 * row)
        ]


def beards(size: int) -> Iterator[list[Cell]]:
    names = [name for name in BEARDS if name != "none"]
    colors = ({"color": "black"}, {"color": "red"}, {"color": "brown", "grey": 0.6})
    for start in range(0, len(names), 10):
        for shade, yaw in zip(colors, (0, 35, 0), strict=True):
            row = []
            for n, name in enumerate(names[start : start + 10], start=start):
                base = portrait(size, focal_mm=165.0)
                base["rigs"][0]["place"] |= {"aim_y_m": -0.04, "yaw_deg": yaw}
                man = {"ids": [1200 + n], "sex": "male", "age": 36}
                person = {"identity": man, "hair": {"style": "bald"}, "facial_hair": {"style": name}}
                row.append((name, {**base, **person, "hair_color": {"grey": 0.0, **shade}}))
            yield row


def brows(size: int) -> Iterator[list[Cell]]:
    for first in range(3000, 3012, 4):
        row = []
        for person in range(first, first + 4):
            base = portrait(size, focal_mm=290.0)
            base["rigs"][0]["place"]["aim_y_m"] = 0.022
            base["rigs"][0]["cameras"][0] |= {"width_px": 2 * size}
            row.append((f"id {person}", {**base, "identity": {"ids": [person]}, "hair": {"style": "bald"}}))
        yield row


def hair_colors(size: int) -> Iterator[list[Cell]]:
    dry: dict[str, Any] = {"grey": 0.0, "dye": "none"}
    shades: dict[str, dict[str, Any]] = {
        **{name: {**dry, "color": name} for name in ("black", "brown", "red", "light_blond")},
        "temples": {"color": "dark_brown", "grey": 0.35, "grey_pattern": "temples", "dye": "none"},
        "salt and pepper": {"color": "black", "grey": 0.5, "grey_pattern": "even", "dye": "none"},
        "dyed black": {"color": "light_blond", "grey": 0.0, "dye": "black", "regrowth_mm": 0},
        "platinum, regrown": {"color": "black", "grey": 0.0, "dye": "platinum", "regrowth_mm": 25},
        "blue": {"color": "dark_brown", "grey": 0.0, "dye": "blue", "regrowth_mm": 8},
    }
    worn = {
        "identity": {"ids": [1005]},
        "hair": {"style": "side_part", "density": 1.2},
        "facial_hair": {"style": "none"},
    }
    for band in ("rgb", "nir850", "nir940"):
        row = [(name, {**portrait(size, band), **worn, "hair_color": shade}) for name, shade in shades.items()]
        soaked = {"hair_color": shades["brown"], "hair_film": {"water": 1.0, "grease": 0.0}}
        yield [*row, ("brown, wet", {**portrait(size, band), **worn, **soaked})]


SHEETS = {
    "tones": tones,
    "ages": ages,
    "expressions": expressions,
    "grazing": grazing,
    "marks": marks,
    "strangers": strangers,
    "beards": beards,
    "brows": brows,
    "hair_colors": hair_colors,
}


def render_cell(text: str, data: dict[str, Any], threads: int) -> np.ndarray:
    frame = sg.render_scene(sg.sample_scene(SceneSpec.model_validate(data), 0), "cpu", threads)
    picture = Image.fromarray(display(frame.passes["front"].color))
    ImageDraw.Draw(picture).text((3, 2), text, fill=(255, 255, 255))
    return np.asarray(picture)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="SHEET", help=", ".join(SHEETS))
    parser.add_argument("--size", type=int, default=192)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    if unknown := set(options.names) - set(SHEETS):
        parser.error(f"{', '.join(sorted(unknown))} is no sheet; allowed: {', '.join(SHEETS)}")
    options.out.mkdir(parents=True, exist_ok=True)
    for name in options.names or SHEETS:
        rows = [np.hstack([render_cell(*cell, options.threads) for cell in row]) for row in SHEETS[name](options.size)]
        Image.fromarray(np.vstack(rows)).save(options.out / f"{name}.jpg", quality=85)
        print(options.out / f"{name}.jpg", flush=True)


if __name__ == "__main__":
    main()
