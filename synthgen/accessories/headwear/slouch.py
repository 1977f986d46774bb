"""The crown of a knitted cap that is longer than the head: it falls back over the crown and collapses in folds.

Its rings, level at the edge, turn backwards one after the other like those of a bent hose, to an end behind the head.
"""

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.cover import azimuths
from synthgen.accessories.headwear.seat import TOP_RAD, Seat
from synthgen.accessories.headwear.shells import smoothed
from synthgen.noise import noise
from synthgen.ramps import smooth_step
from synthgen.rng import Key
from synthgen.transforms import rotation

END_DEG, TURNS_LATE = 70.0, 1.3
"""Which way from straight up the end of one that hangs over wholly lies, and how late along the cloth rings turn."""
BAGS_MM = (((0.0, 52.0, 58.0), (76.0, 74.0, 50.0)), ((0.0, 104.0, 30.0), (50.0, 50.0, 40.0)))
"""Middles and half axes of the fullness and of its end: to the left, back and up from the middle of the rim's plane."""
ASIDE_MM, FALLS_MM = 14.0, 30.0
"""How far to a side the end lies at most, and how far the bag falls where the head is held sideways."""
SOFT_MM, SMOOTH = 5.0, (1.2, 4.0)
"""How softly cloth goes over from the head to the bag, and rows and columns that is smoothed over."""
BAND_MM, EASE_MM = 22.0, 40.0
"""How far from its edge cloth sits tight, and how far from there it is wholly loose."""
FOLDS, FOLD_MM, SHARP, IN_FRONT = 4.4, 15.0, 0.7, 0.12
"""Folds from the edge to the end, their height behind, how sharp the valleys are, 1 not, and what is left in front."""
UNEVEN = 0.3
"""Share of a fold that folds wander."""


def slouched(on: Seat, amount: float, shape: tuple[int, int], band_mm: float, down: NDArray, key: Key) -> NDArray:
    """Return the crown (rows, columns, 3) of a cap, rows from the edge to the end.

    Args:
        on: Where it sits.
        amount: How far it hangs over, up to 1.
        shape: Rows and columns.
        band_mm: How far from the edge it is held tight, if farther than it is by itself.
        down: (3,) the way things fall.
        key: To draw by.
    """
    rng = key.child("slouch").rng()
    rows, columns = shape
    share, azimuth = np.linspace(0, 1, rows)[:, None], azimuths(columns)
    sway = ASIDE_MM * amount * rng.uniform(-1, 1)
    local = _ways(on.lowest, share, azimuth, np.radians(END_DEG) * amount**0.6, sway / 100)
    ways = local @ on.chart.axes
    tight = on.radius(*on.chart.locate(on.chart.centre + ways)[:2])
    fall = FALLS_MM * (on.chart.axes @ down + [0, 0, 1]) + [sway, 0, 0]
    bag = np.logaddexp.reduce([_reach(local, middle + fall, axes) / SOFT_MM for middle, axes in BAGS_MM], axis=0)
    over = np.logaddexp(0, bag - tight / SOFT_MM) * SOFT_MM
    at = tight[..., None] * local
    from_edge = np.cumsum(np.linalg.norm(np.diff(at, axis=0, prepend=at[:1]), axis=-1), 0)
    band = max(band_mm, BAND_MM)
    loose = smooth_step(from_edge, band, band + EASE_MM)
    behind = 0.5 - 0.5 * np.cos(azimuth)
    wander = noise(at.reshape(-1, 3), 55.0, key.child("folds")).reshape(over.shape)
    fold = np.abs(np.sin(np.pi * (FOLDS * share + UNEVEN * wander + rng.random()))) ** SHARP - 0.4
    high = FOLD_MM * (IN_FRONT + (1 - IN_FRONT) * behind) * np.sin(np.pi * share**0.8)
    bagged = smoothed(loose * over, SMOOTH)
    return on.chart.centre + (tight + amount * (bagged + loose * high * fold))[..., None] * ways


def _ways(lowest: float, share: NDArray, azimuth: NDArray, end_rad: float, sway_rad: float) -> NDArray:
    """Return unit vectors (m, n, 3) to rings from the edge to the end: to the left, back and up."""
    wide = TOP_RAD - lowest
    ring = np.pi / 2 - lowest - wide * share
    level = np.stack(
        np.broadcast_arrays(np.sin(azimuth) * np.sin(ring), -np.cos(azimuth) * np.sin(ring), np.cos(ring)), -1
    )
    turn = end_rad * share**TURNS_LATE
    y, z = level[..., 1], level[..., 2]
    back = np.stack([level[..., 0], y * np.cos(turn) + z * np.sin(turn), z * np.cos(turn) - y * np.sin(turn)], -1)
    return back @ rotation("z", -float(np.degrees(sway_rad))).T


def _reach(ways: NDArray, middle: NDArray, axes: tuple[float, float, float]) -> NDArray:
    """Return how far (...) an ellipsoid reaches from the origin along unit vectors (..., 3); 0 where it does not."""
    u, w = ways / axes, np.asarray(middle) / axes
    square, along = (u * u).sum(-1), u @ w
    inside = along**2 - square * (w @ w - 1)
    return np.where(inside > 0, (along + np.sqrt(np.maximum(inside, 0))) / square, 0.0)
