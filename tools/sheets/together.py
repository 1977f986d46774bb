"""The sheet of what is worn together."""

from collections.abc import Iterator
from typing import Any

from sheets.portraits import Cell, in_rows, portrait

COLUMNS = 6
GLASSES = {"kind": "glasses", "shape": "square", "worn_at": "eyes"}
WORN: tuple[tuple[str, str, float, dict[str, Any]], ...] = (
    ("tshirt", "crop", -30, {"mask": {"kind": "n95", "wear": "on"}, "headwear": {"kind": "hard_hat"}}),
    (
        "abaya",
        "bun",
        30,
        {"mask": {"kind": "surgical", "wear": "on"}, "headwear": {"kind": "hijab"}, "glasses": GLASSES},
    ),
    ("tshirt", "buzz", 120, {"mask": {"kind": "bandana", "wear": "on"}, "headwear": {"kind": "durag"}}),
    ("hoodie", "bob", 50, {"mask": {"kind": "cone", "wear": "on"}, "headwear": {"kind": "earmuffs"}}),
    ("puffer", "long_wavy", -20, {"neckwear": {"kind": "scarf"}, "headwear": {"kind": "beanie"}, "glasses": GLASSES}),
    ("hoodie", "crop", 40, {"neckwear": {"kind": "scarf"}, "headwear": {"kind": "bike_helmet"}}),
    ("shirt", "crop", -40, {"mask": {"kind": "kn95", "wear": "chin"}, "headwear": {"kind": "bike_helmet"}}),
    ("polo", "afro", 25, {"necklace": {"kind": "beads"}, "audio": {"kind": "over_ear"}, "glasses": GLASSES}),
    ("hoodie", "curls", -25, {"headwear": {"kind": "hood"}, "glasses": GLASSES}),
    ("kurta", "bun_low", 20, {"neckwear": {"kind": "shawl"}, "earrings": {"kind": "drops"}}),
    ("scrubs", "side_part", 50, {"mask": {"kind": "respirator", "wear": "on"}, "headwear": {"kind": "cap"}}),
    ("hoodie", "crop", 130, {"headwear": {"kind": "motorcycle_helmet"}}),
)
"""Garment, hair, from where, and what else is worn."""


def together(size: int) -> Iterator[list[Cell]]:
    """Yield people who wear several things, each over those before it."""
    cells = [_cell(size, number, *worn) for number, worn in enumerate(WORN)]
    yield from in_rows(cells, COLUMNS)


def _cell(size: int, number: int, garment: str, hair: str, yaw: float, worn: dict[str, Any]) -> Cell:
    data = portrait(size, focal_mm=92, key_yaw=yaw - 45 if yaw > 0 else yaw + 45)
    data["rigs"][0]["place"] |= {"yaw_deg": yaw, "aim_y_m": -0.03}
    place = "outerwear" if garment == "puffer" else "clothing"
    text = ", ".join([garment, *(item["kind"] for item in worn.values())])
    dressed = {place: {"kind": garment}, "hair": {"style": hair}, "facial_hair": {"style": "none"}, "accessories": worn}
    return text, {**data, "identity": {"ids": [3400 + number]}, "gaze": {"kind": "angles"}, **dressed}
