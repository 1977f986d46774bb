"""Temples: from the hinge over the ear, then down behind it. Millimetres."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import rounded_rectangle, spline, sweep, xyz
from synthgen.accessories.glasses.front import METAL, PLASTIC, Front
from synthgen.accessories.glasses.rims import Piece
from synthgen.mesh import unit

THICK_MM = {True: (2.1, 1.4), False: (1.1, 0.9)}
"""Half the height and half the width of a temple over the ear, of acetate or not."""


def is_acetate(front: Front) -> bool:
    """Tell whether temples are of acetate."""
    return front.shape.rim in ("acetate", "club")


def end_piece(front: Front, side: str) -> NDArray:
    """Return three points (3, 3): on the rim, at the corner, at the hinge."""
    sign, shape = SIDES[side], front.shape
    rim = front.rim_point(False, shape.hinge * front.height / 2, side, 1.0)
    corner = rim + front.pitched @ [sign * (3.4 if is_acetate(front) else 2.4), 1.8, 0]
    return np.array([rim, corner, corner + front.pitched @ [sign * 0.8, 5.5, 0]])


def temple(front: Front, path: NDArray, side: str) -> Iterator[Piece]:
    """Yield end piece, hinge and temple of a side along its middle line (n, 3)."""
    sign, acetate, turn = SIDES[side], is_acetate(front), front.pitched
    out = np.array([sign, 0.0, 0.0])
    rim, corner, hinge = end_piece(front, side)
    across = rounded_rectangle(2.8, 1.9, 1.0) if acetate else rounded_rectangle(1.3, 0.9, 0.5)
    bend = spline(np.array([rim, (rim + corner) / 2 + turn @ [sign * 0.7, -0.5, 0], corner, hinge]), 14)
    yield sweep(bend, turn[:, 2], across), PLASTIC if acetate else METAL
    pin = hinge - out * (1.0 if acetate else 0.2) + np.array([[-1.9], [0], [1.9]]) * turn[:, 2]
    yield sweep(pin, out, rounded_rectangle(1.1, 1.1, 1.1)), METAL
    along = np.gradient(path, axis=0)
    up = np.cross(out, unit(along)) * sign
    t = np.linspace(0, 1, len(path))
    if acetate:
        high, wide = np.interp(t, [0, 0.08, 0.55, 0.75, 1], [3.0, 2.8, 2.1, 2.1, 2.6]), np.full(len(t), 1.4)
    else:
        high = np.interp(t, [0, 0.58, 0.64, 0.9, 1], [1.2, 1.0, 1.2, 1.5, 1.3])
        wide = np.interp(t, [0, 0.58, 0.64, 1], [0.7, 0.65, 1.0, 1.0])
    profile = np.stack([rounded_rectangle(h, w, 0.7 * w) for h, w in zip(high, wide, strict=True)])
    tip = int(0.6 * len(path))
    if acetate:
        yield sweep(path, up, profile), PLASTIC
    else:
        yield sweep(path[: tip + 2], up[: tip + 2], profile[: tip + 2]), METAL
        yield sweep(path[tip:], up[tip:], profile[tip:] + np.sign(profile[tip:]) * 0.15), PLASTIC


def temple_path(fit: Fit, side: str, hinge: NDArray, high_mm: float, wide_mm: float) -> NDArray:
    """Return the middle line (n, 3) of a temple: from its hinge over the ear, then down behind it along the groove.

    Args:
        fit: The head.
        side: left or right.
        hinge: (3,) where it begins.
        high_mm: Half its height over the ear.
        wide_mm: Half its width there.
    """
    sign, groove = SIDES[side], fit.ear_groove(side)
    top = groove[0] + xyz(sign * 1.2, 0, high_mm)
    straight = hinge + np.linspace(0, 1, 20)[:, None] * (top - hinge)
    bends = [
        groove[1] + xyz(sign * 1.2, 2.0, 0.7 * high_mm),
        groove[3] + xyz(sign * 1.0, 2.5, 1.0),
        groove[5] + xyz(sign * 0.6, 2.5, 0),
        groove[7] + xyz(0, 3.0, 0),
    ]
    path = spline(np.concatenate([straight[::4], straight[-1:], np.array(bends)]), 72)
    need = wide_mm + 0.3
    for _ in range(8):
        distance, normals = fit.distance(path)
        short = np.clip(need - distance, 0, 6)
        short[:4] = 0
        path = path + normals * short[:, None]
        smooth = gaussian_filter1d(path, 1.2, axis=0, mode="nearest")
        path[3:-1] = smooth[3:-1]
    distance, normals = fit.distance(path)
    return path + normals * np.clip(need - distance, 0, 6)[:, None]
