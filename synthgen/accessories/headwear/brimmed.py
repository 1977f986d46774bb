"""Crowns and brims of hats that are sewn or blocked."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from synthgen.accessories.cover import azimuths, grid_normals, thickened
from synthgen.accessories.geometry import Solid, even_steps
from synthgen.accessories.headwear.pieces import cord
from synthgen.accessories.headwear.seat import Seat
from synthgen.ramps import smooth_step

COLUMNS, CROWN_ROWS, BRIM_ROWS = 168, 46, 22
GAP_MM, INSIDE_EVERY = 0.8, 3
Shape = Callable[[NDArray, NDArray, NDArray], NDArray]
"""(x to the hat's left, y to its back, share of the crown's height) of points -> how far they are pressed down."""


def crown(
    on: Seat, turn: float, height_mm: float, *, taper: float, boxy: float, pinch: float = 0.0, dent: Shape | None = None
) -> NDArray:
    """Return the inner side (CROWN_ROWS, COLUMNS, 3) of a crown.

    Args:
        on: Where it sits.
        turn: Of the hat to the left, radians.
        height_mm: Over what is covered.
        taper: Share of its width that it has lost at the top.
        boxy: 2 for a dome, more for a straight wall with a flat top.
        pinch: Share of its width that the front is pinched by, at the top.
        dent: How its top is pressed in.
    """
    azimuth = azimuths(COLUMNS)
    share = np.linspace(0, 1, CROWN_ROWS)[:, None]
    out, up = (column[:, None] for column in _profile(boxy).T)
    out = np.maximum(out * (1 - taper * up), 0.004)
    ring = on.radius(azimuth, 0.0) + GAP_MM
    height = up * (on.height + height_mm)
    x, y = ring * out * np.sin(azimuth - turn), -ring * out * np.cos(azimuth - turn)
    front = np.exp(-(((y / ring.mean() + 0.62) / 0.36) ** 2)) * smooth_step(up, 0.35, 1.0)
    x = x * (1 - pinch * front)
    if dent is not None:
        height = height - dent(x, y, np.broadcast_to(up, x.shape))
    c, s = np.cos(turn), np.sin(turn)
    local = np.stack(np.broadcast_arrays(x * c - y * s, x * s + y * c, height), -1)
    return on.clear(on.chart.centre + local @ on.chart.axes, GAP_MM * smooth_step(share, 0, 0.3))


def _profile(boxy: float) -> NDArray:
    """Return how far out and up (CROWN_ROWS, 2) a crown's rows lie, evenly along it: a quarter of a superellipse."""
    angle = np.linspace(0, np.pi / 2, 400)
    curve = np.stack([np.cos(angle), np.sin(angle)], 1).clip(0) ** (2 / boxy)
    return even_steps(curve, CROWN_ROWS)


def brim(
    on: Seat, turn: float, width_mm: ArrayLike, lift: Callable[[NDArray, NDArray], NDArray], thick_mm: float
) -> tuple[Solid, NDArray]:
    """Return a brim, and its upper side (BRIM_ROWS, COLUMNS, 3).

    Args:
        on: Where the hat sits.
        turn: Of the hat to the left, radians.
        width_mm: One, or (COLUMNS,) by the azimuth from the hat's front, which begins behind.
        lift: (azimuth from the hat's front, share of the way out) -> millimetres up.
        thick_mm: Its thickness.
    """
    front = azimuths(COLUMNS)
    azimuth, t = np.broadcast_arrays(front + turn, np.linspace(0, 1, BRIM_ROWS)[:, None])
    root = on.radius(azimuth, 0.0) + GAP_MM + 0.2
    level = on.chart.points(azimuth, np.zeros_like(t), root + np.asarray(width_mm) * t)
    under = level + lift(front, t)[..., None] * on.chart.axes[2]
    below = on.chart.centre - 400 * on.chart.axes[2]
    return thickened(under, thick_mm, below, closed=True), under + thick_mm * on.chart.axes[2]


def shell(inner: NDArray, on: Seat, thick_mm: float) -> Solid:
    """Return a crown with thickness."""
    return thickened(inner, thick_mm, on.chart.centre, inside_every=INSIDE_EVERY)


def hatband(inner: NDArray, on: Seat, over_mm: float, rows: tuple[int, int], thick_mm: float = 0.8) -> Solid:
    """Return a ribbon round a crown, so far over its inner side."""
    normals = grid_normals(inner, on.chart.centre)
    chosen = slice(*rows)
    return thickened((inner + over_mm * normals)[chosen], thick_mm, on.chart.centre, closed=True, inside_every=9)


def seams(upper: NDArray, shares: tuple[float, ...], radius_mm: float = 0.4) -> list[Solid]:
    """Return rows of stitches round a brim."""
    rows = [round(share * (len(upper) - 1)) for share in shares]
    return [cord(upper[row], radius_mm, closed=True, sides=4) for row in rows]


def rows_up_to(inner: NDArray, on: Seat, height_mm: float) -> int:
    """Return how many rows of a crown lie within a height over its rim."""
    height = (inner - on.chart.centre) @ on.chart.axes[2]
    return int((height.mean(1) < height.mean(1)[0] + height_mm).sum())
