"""The sheet of what things are made of: weaves, patterns, plastics, metals and stones from close by."""

from collections.abc import Iterator
from typing import Any

from sheets.portraits import BARE, Cell, in_rows, portrait
from synthgen.accessories.glasses import FRAME_METALS
from synthgen.accessories.jewels import STONES
from synthgen.accessories.plastics import PLASTICS
from synthgen.fabrics.patterns import PATTERNS
from synthgen.fabrics.weaves import WEAVES

COLUMNS = 9
COLORS = ("teal", "burgundy", "sky", "navy", "olive")
WEAVE_MM = 620
"""Focal length at which threads are seen."""
INFRARED = ("knit", "denim", "satin", "leather")
DYED = {"stripes": 0.0, "tartan": 1.0, "flowers": 0.6, "camouflage": 0.0}
"""Patterns shown in the infrared, and how much of them is left there."""


def materials(size: int) -> Iterator[list[Cell]]:
    """Yield every weave and pattern, some of them in the infrared, then plastics, metals and stones."""
    weaves = {weave: {"weave": weave, "pattern": "plain"} for weave in WEAVES}
    patterns = {
        pattern: {"weave": "plain", "pattern": pattern, "scale": 0.7}
        for pattern in PATTERNS
        if pattern not in ("plain", "logo")
    }
    cells = [(name, _cloth(size, n, cloth, focal_mm=WEAVE_MM)) for n, (name, cloth) in enumerate(weaves.items())]
    cells += [(name, _cloth(size, n, cloth)) for n, (name, cloth) in enumerate(patterns.items())]
    cells += [(f"{name} nir850", _cloth(size, n, weaves[name], "nir850", WEAVE_MM)) for n, name in enumerate(INFRARED)]
    for n, (name, left) in enumerate(DYED.items()):
        cells.append((f"{name} nir850", _cloth(size, n, {**patterns[name], "nir_contrast": left}, "nir850")))
    cells += [(name, _frame(size, n, {"shape": "wayfarer", "plastic": name})) for n, name in enumerate(PLASTICS)]
    cells += [(name, _frame(size, n, {"shape": "round", "metal": name})) for n, name in enumerate(FRAME_METALS)]
    cells += [(name, _stone(size, n, name)) for n, name in enumerate(STONES)]
    yield from in_rows(cells, COLUMNS)


def _from_close(size: int, number: int, band: str, focal_mm: float, **place: float) -> dict[str, Any]:
    """Return a bald person, lit from the side, as seen from close by."""
    data = portrait(size, band, focal_mm=focal_mm, key_yaw=70)
    data["rigs"][0]["place"] |= place
    return {**data, "identity": {"ids": [3200 + number]}, "gaze": {"kind": "angles"}, **BARE}


def _cloth(size: int, number: int, fabric: dict[str, Any], band: str = "rgb", focal_mm: float = 260) -> dict[str, Any]:
    """Return the chest of someone in a sweater."""
    cloth = {"color": COLORS[number % len(COLORS)], **fabric}
    data = _from_close(size, 2, band, focal_mm, aim_y_m=-0.245)
    return {**data, "clothing": {"kind": "sweater", "fabric": cloth}}


def _frame(size: int, number: int, pair: dict[str, Any]) -> dict[str, Any]:
    """Return an eye behind glasses."""
    data = _from_close(size, number, "rgb", 330, yaw_deg=30)
    return {**data, "accessories": {"glasses": {"kind": "glasses", "sphere_dioptre": 0.0, "density": 0.0, **pair}}}


def _stone(size: int, number: int, stone: str) -> dict[str, Any]:
    """Return an ear with a stone in its lobe."""
    stud = {"kind": "studs", "side": "both", "shape": "gem", "size_mm": 9.0, "stone": stone, "metal": "silver"}
    data = _from_close(size, 30 + number, "rgb", 500, yaw_deg=55, aim_x_m=0.078, aim_y_m=-0.035)
    return {**data, "accessories": {"earrings": stud}}
