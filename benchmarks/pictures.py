"""Sheets of the worst cases that a benchmark has found."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

import synthgen as sg
from synthgen.spec import SceneSpec
from synthgen.write.images import display

YAWS_DEG = (25, 75)
COLUMNS = 6


def draw(cases: Sequence[tuple[str, SceneSpec]], path: Path, size: int, threads: int) -> None:
    """Render people, each from two sides under a text, to one picture."""
    tiles = []
    for text, spec in cases:
        for yaw in YAWS_DEG:
            data = spec.model_dump(mode="json", exclude_defaults=True) | _view(size, yaw)
            frame = sg.render_scene(sg.sample_scene(SceneSpec.model_validate(data), 0), "cpu", threads)
            picture = Image.fromarray(display(frame.passes["front"].color))
            ImageDraw.Draw(picture).text((3, 2), text, fill=(255, 255, 255), stroke_width=1, stroke_fill=(0, 0, 0))
            tiles.append(np.asarray(picture))
    rows = [tiles[n : n + COLUMNS] for n in range(0, len(tiles), COLUMNS)]
    rows[-1] += [np.zeros_like(tiles[0])] * (COLUMNS - len(rows[-1]))
    Image.fromarray(np.vstack([np.hstack(row) for row in rows])).save(path)


def _view(size: int, yaw: float) -> dict[str, Any]:
    lens = {"kind": "focal", "focal_length_mm": 85, "sensor_width_mm": 36}
    camera = {"name": "front", "width_px": size, "height_px": size, "lens": lens}
    return {
        "rigs": [{"kind": "head_orbit", "place": {"kind": "orbit", "yaw_deg": yaw}, "cameras": [camera]}],
        "lighting": {"environment": {"kind": "hdri", "name": "studio"}},
        "render": {"quality": "draft"},
    }
