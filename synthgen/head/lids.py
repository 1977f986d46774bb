"""The lids: their margins on the mesh, how open they are, and how they follow the eyes."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthgen.head.gaze import EyeDirection
from synthgen.head.model import Points, head_model
from synthgen.head.regions import texture_islands

FOLLOW_DOWN, FOLLOW_UP = 0.85, 0.5
"""Turn of the upper lid for a degree of the eye.

Source: Becker & Fuchs, Invest. Ophthalmol. Vis. Sci. 29 (1988) 1227: lid and eye saccades nearly equal; less
here: the crease of the mesh folds early, and a lid raised further reads as a stare.
"""
SHUT = 0.9
"""From this blink on a lid is closed and does not follow."""


@lru_cache(maxsize=2)
def lid_margin(side: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the cage vertices of the upper and the lower lid margin of `left` or `right`, inner to outer corner.

    The margin is the border between the texture islands of the head and of the eye socket; both lists include the
    corners.
    """
    model = head_model()
    quads = model.quads["body"]
    islands = texture_islands(model.quad_uvs["body"])
    border = np.intersect1d(quads[islands == "head"], quads[islands == "socket"])
    sign = 1 if side == "left" else -1
    rest = model.vertices * [sign, 1, 1]
    loop = border[rest[border, 0] > 0]
    x, z = rest[loop][:, 0], rest[loop][:, 2]
    inner, outer = loop[x.argmin()], loop[x.argmax()]
    chord = np.interp(x, [x.min(), x.max()], [z[x.argmin()], z[x.argmax()]])
    corners = np.isin(loop, [inner, outer])
    upper = loop[(z > chord) | corners]
    lower = loop[(z <= chord) | corners]
    return upper[np.argsort(rest[upper, 0])], lower[np.argsort(rest[lower, 0])]


def lid_opening_m(surface: Points, side: str) -> float:
    """Return the largest distance between the lid margins of a surface whose first rows are the cage's vertices."""
    upper, lower = (surface[rows] for rows in lid_margin(side))
    share = np.linspace(0.2, 0.8, 25)
    top, bottom = (_along(curve, share) for curve in (upper, lower))
    return float(np.linalg.norm(top - bottom, axis=1).max())


def _along(curve: Points, share: NDArray) -> Points:
    """Return points at shares of the length of a polyline (n, 3)."""
    steps = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(curve, axis=0), axis=1))])
    return np.stack([np.interp(share * steps[-1], steps, curve[:, k]) for k in range(3)], 1)


def lid_units(
    eyes: tuple[EyeDirection, EyeDirection], cage: Points, centres: Points, blink: tuple[float, float]
) -> dict:
    """Return the ARKit units by which the lids follow the eyes.

    The amount of `eyeBlink` or `eyeWide` is solved on this person's own lids, so that the upper margin turns with the
    eye by a fixed share, whatever the shape of the lids.

    Args:
        eyes: Left and right.
        cage: (v, 3) the unposed cage with its expression.
        centres: (2, 3) centres of the eyes of the unposed person.
        blink: How far each eye is closed by the expression, 0 to 1.
    """
    units: dict[str, float] = {}
    for eye, side, outward, centre, shut in zip(eyes, ("left", "right"), (1, -1), centres, blink, strict=True):
        label, out = side.capitalize(), eye.yaw_deg * outward
        units[f"eyeLook{'Out' if out > 0 else 'In'}{label}"] = min(abs(out) / 32, 1.0)
        if shut >= SHUT:
            continue
        down = eye.pitch_deg < 0
        follow, solve = (
            (f"eyeLookDown{label}", f"eyeBlink{label}") if down else (f"eyeLookUp{label}", f"eyeWide{label}")
        )
        amount = min(abs(eye.pitch_deg) / 28, 1.0)
        wanted = eye.pitch_deg * (FOLLOW_DOWN if down else FOLLOW_UP)
        lid = _upper_lid_vertex(side)
        start = cage[lid]
        moved = start + amount * _row(follow, lid)
        extra = _solve(moved, _row(solve, lid), centre, _elevation(start, centre) + wanted, 1 - shut)
        units[follow], units[solve] = amount, extra
    return {unit: amount for unit, amount in units.items() if amount > 0}


@lru_cache(maxsize=2)
def _upper_lid_vertex(side: str) -> int:
    upper, _ = lid_margin(side)
    return int(upper[head_model().vertices[upper][:, 2].argmax()])


@lru_cache(maxsize=64)
def _row(unit: str, vertex: int) -> NDArray:
    index, delta = head_model().targets[f"arkit/{unit}"]
    return delta[index == vertex].sum(0)


def _elevation(point: NDArray, centre: NDArray) -> float:
    _, back, up = point - centre
    return float(np.degrees(np.arctan2(up, -back)))


def _solve(point: NDArray, step: NDArray, centre: NDArray, wanted_deg: float, most: float) -> float:
    """Return the amount in [0, most] of a step that brings a lid point nearest to an elevation."""
    amounts = np.linspace(0, most, 41)
    found = np.array([_elevation(point + amount * step, centre) for amount in amounts])
    return float(amounts[np.abs(found - wanted_deg).argmin()])
