"""What the pictures of all sheets differ from."""

from collections.abc import Iterator, Sequence
from typing import Any

Cell = tuple[str, dict[str, Any]]


BARE = {"hair": {"style": "bald"}, "facial_hair": {"style": "none"}}


def portrait(size: int, band: str = "rgb", focal_mm: float = 130.0, key_yaw: float = 40.0) -> dict[str, Any]:
    """Return a frontal portrait in grey surroundings with a key lamp, as a spec's data."""
    lamp = {
        "name": "key",
        "kind": "area",
        "size_m": 0.5,
        "power_w": 5,
        "temperature_k": 5200,
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
        "lighting": {"environment": {"kind": "uniform", "strength": 0.15}, "lamps": lamps},
        "render": {"exposure": {"kind": "incident", "ev": 0.25}},
        "rigs": [
            {
                "name": "rig",
                "kind": "head_orbit",
                "place": {"kind": "orbit", "distance_m": 1.0, "aim_y_m": 0.01},
                "cameras": [camera],
            }
        ],
    }


def in_rows(cells: Sequence[Cell], columns: int) -> Iterator[list[Cell]]:
    """Yield cells in rows of so many, the last one filled up with empty ones."""
    for first in range(0, len(cells), columns):
        row = list(cells[first : first + columns])
        yield row + [("", {})] * (columns - len(row))
