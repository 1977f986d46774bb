"""Render the contact sheets of docs/images: what skin, faces and eyes look like now.

    python tools/render_sheets.py [SHEET ...] [--size 192] [--threads 4]

Without names, all of them. A sheet is a table of specs that differ from one portrait.
"""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw
from sheets import faces, hairs, headwear, worn
from sheets.materials import materials
from sheets.together import together

import synthgen as sg
from synthgen.spec import SceneSpec
from synthgen.write.images import display

OUT = Path(__file__).parent.parent / "docs" / "images"
MOST_BYTES = 400_000

SHEETS = {
    "tones": faces.tones,
    "ages": faces.ages,
    "expressions": faces.expressions,
    "grazing": faces.grazing,
    "eyes": faces.eyes,
    "marks": faces.marks,
    "hair": hairs.hair,
    "glasses": worn.glasses,
    "clothing": worn.clothing,
    "headwear": headwear.headwear,
    "drape": headwear.drape,
    "masks": worn.masks,
    "audio": worn.audio,
    "together": together,
    "materials": materials,
    "strangers": faces.strangers,
    "beards": hairs.beards,
    "brows": hairs.brows,
    "hair_colors": hairs.hair_colors,
}


def render_cell(text: str, data: dict[str, Any], size: int, threads: int) -> np.ndarray:
    """Return one picture with its name; black where there is nothing to show."""
    if not data:
        return np.zeros((size, size, 3), np.uint8)
    frame = sg.render_scene(sg.sample_scene(SceneSpec.model_validate(data), 0), "cpu", threads)
    picture = Image.fromarray(display(frame.passes["front"].color))
    ImageDraw.Draw(picture).text((3, 2), text, fill=(255, 255, 255), stroke_width=1, stroke_fill=(0, 0, 0))
    return np.asarray(picture)


def save(sheet: np.ndarray, path: Path) -> None:
    """Write a sheet at the best quality that stays under the size of a picture in docs."""
    for quality in range(90, 40, -5):
        Image.fromarray(sheet).save(path, quality=quality)
        if path.stat().st_size < MOST_BYTES:
            return


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
        rows = [
            np.hstack([render_cell(*cell, options.size, options.threads) for cell in row])
            for row in SHEETS[name](options.size)
        ]
        save(np.vstack(rows), options.out / f"{name}.jpg")
        print(options.out / f"{name}.jpg", flush=True)


if __name__ == "__main__":
    main()
