"""The lids: how open they are, when they close, and how they follow the eyes."""

import json
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthgen.assets import package_data
from synthgen.head.gaze import EyeDirection
from synthgen.head.lid_margin import lid_margin
from synthgen.head.model import Points, head_model

FOLLOW_DOWN, FOLLOW_UP = 0.7, 0.4
"""Turn of the upper lid for a degree of the eye.

Source: Becker & Fuchs, Invest. Ophthalmol. Vis. Sci. 29 (1988) 1227: lid and eye saccades nearly equal; less here:
the crease of the mesh folds early, and a lid raised further reads as a stare.
"""
IRIS_TOP_DEG = 22.0
"""How far above the line of sight the iris ends, seen from the eye's centre: 5.85 mm of 14.2, its axis 1.5 deg down."""
WIDE_DEG = 30.0
"""Eyes less open than this follow down by less, as their lids would close over them."""
SHUT = 0.9
"""From this blink on a lid is closed and does not follow."""
MARGIN = 0.02
"""Blink beyond where the middle of the lids meets: the corners close last."""
CORNERS = 0.75
"""The middle of the lids: where they stand at least this share of their widest apart.

With both numbers no eye of 56 shows from the front when closed; solved at one place only, slanted eyes did.
"""
MOST = 1.5
"""The most of a blink target that wide eyes are given."""
SIDES = ("left", "right")


@lru_cache(maxsize=1)
def lid_rims() -> dict[str, tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Return for each side the vertices of the upper and of the lower lid's rim that lie above each other."""
    table = json.loads(package_data("landmarks", "ibug68.json").read_text())
    points = {point["name"]: int(point["vertices"][0]) for point in table["points"]}
    return {
        side: (
            np.array([points[f"upper_lid_{side}_{end}"] for end in ("inner", "outer")]),
            np.array([points[f"lower_lid_{side}_{end}"] for end in ("inner", "outer")]),
        )
        for side in SIDES
    }


def lid_opening_deg(points: Points, centre: NDArray, side: str) -> float:
    """Return the angle between the lids' rims as seen from the eye's centre, degrees; negative if they overlap.

    Args:
        points: (v, 3) the cage, or the surface above its vertices, with the head upright.
        centre: (3,) centre of the eye.
        side: left or right.
    """
    upper, lower = (points[rows] for rows in lid_rims()[side])
    return float((_elevation(upper, centre) - _elevation(lower, centre)).mean())


def closing_amounts(cage: Points, centres: Points) -> dict[str, float]:
    """Return for each blink unit the amount of its target that just closes this person's eye.

    The target is modelled for one face; wide eyes need more of it, narrow ones less, or the lids pass each other.

    Args:
        cage: (v, 3) the unposed cage with its expression, but for blinks.
        centres: (2, 3) centres of the eyes.
    """
    found = {}
    for side, centre in zip(SIDES, centres, strict=True):
        unit = f"eyeBlink{side.capitalize()}"
        margin = lid_margin(side)
        grid = np.linspace(0, MOST, 151)
        (across, top), (below_at, bottom) = (
            _seen(cage[rows] + grid[:, None, None] * [_row(unit, int(row)) for row in rows], centre)
            for rows in (margin.upper, margin.lower)
        )
        order = 1 if side == "left" else -1
        beneath = [np.interp(order * a, order * b, e) for a, b, e in zip(across, below_at, bottom, strict=True)]
        gap = top - beneath
        closed = gap[:, gap[0] > CORNERS * gap[0].max()].max(1) <= 0
        found[unit] = float(grid[closed.argmax()]) + MARGIN if closed.any() else MOST
    return found


def lid_units(
    eyes: tuple[EyeDirection, EyeDirection],
    cage: Points,
    centres: Points,
    blink: tuple[float, float],
    closing: dict[str, float],
) -> dict[str, float]:
    """Return the ARKit units by which the lids follow the eyes.

    The amount of `eyeBlink` or `eyeWide` is solved on this person's own lids, so that the upper rim turns with the eye
    by a fixed share, whatever the shape of the lids.

    Args:
        eyes: Left and right.
        cage: (v, 3) the unposed cage with its expression.
        centres: (2, 3) centres of the eyes of the unposed person.
        blink: How far each eye is closed by the expression, 0 to 1.
        closing: What `closing_amounts` gave.
    """
    units: dict[str, float] = {}
    for eye, side, outward, centre, shut in zip(eyes, SIDES, (1, -1), centres, blink, strict=True):
        label, out = side.capitalize(), eye.yaw_deg * outward
        units[f"eyeLook{'Out' if out > 0 else 'In'}{label}"] = min(abs(out) / 32, 1.0)
        if shut >= SHUT:
            continue
        down = eye.pitch_deg < 0
        follow, solve = (
            (f"eyeLookDown{label}", f"eyeBlink{label}") if down else (f"eyeLookUp{label}", f"eyeWide{label}")
        )
        amount = min(abs(eye.pitch_deg) / 28, 1.0)
        lid = int(lid_rims()[side][0][0])
        start = cage[lid]
        narrow = float(np.clip(lid_opening_deg(cage, centre, side) / WIDE_DEG, 0.4, 1))
        level = float(_elevation(start, centre))
        wanted = level + eye.pitch_deg * (FOLLOW_DOWN * narrow if down else FOLLOW_UP)
        if down:  # no white above the iris, but for what shows ahead
            wanted = min(wanted, max(level, IRIS_TOP_DEG) + eye.pitch_deg)
        scale = closing[solve] if down else 1.0
        step = _row(solve, lid) * scale
        units[follow] = amount
        units[solve] = _solve(start + amount * _row(follow, lid), step, centre, wanted, 1 - shut)
    return {unit: amount for unit, amount in units.items() if amount > 0}


@lru_cache(maxsize=64)
def _row(unit: str, vertex: int) -> NDArray:
    index, delta = head_model().targets[f"arkit/{unit}"]
    return delta[index == vertex].sum(0)


def _seen(points: NDArray, centre: NDArray) -> tuple[NDArray, NDArray]:
    """Return azimuth and height above the horizon, degrees, of points (..., 3) from an eye's centre."""
    away = points - centre
    return np.degrees(np.arctan2(away[..., 0], -away[..., 1])), _elevation(points, centre)


def _elevation(points: NDArray, centre: NDArray) -> NDArray:
    """Return the height of points (..., 3) above the horizon of an eye's centre, degrees."""
    away = points - centre
    return np.degrees(np.arctan2(away[..., 2], -away[..., 1]))


def _solve(point: NDArray, step: NDArray, centre: NDArray, wanted_deg: float, most: float) -> float:
    """Return the amount in [0, most] of a step that brings a lid point nearest to an elevation."""
    amounts = np.linspace(0, most, 81)
    found = _elevation(point + amounts[:, None] * step, centre)
    return float(amounts[np.abs(found - wanted_deg).argmin()])
