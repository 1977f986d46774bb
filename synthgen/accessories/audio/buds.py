"""Earbuds: where they sit in an ear, and their shapes. Millimetres of `Fit`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import ellipsoid, lathe, loft, rounded_rectangle, spline, sweep
from synthgen.accessories.pieces import Piece
from synthgen.mesh import unit

BODY = np.array([5.0, 5.8, 6.3])
"""Half axes of a bud: out of the ear, forwards, up."""
TOUCH_MM, TIP_MM = 0.35, 1.2
"""How deep a bud may press into the concha, and its soft tip into the canal."""
FORWARDS, UPWARDS = (-6.0, -4.5, -3.0, -1.5), (-2.0, -0.5, 1.0)
"""Shifts to try for the deepest seat, from before the canal."""


@dataclass(frozen=True)
class Bud:
    """A bud in an ear.

    Attributes:
        side: left or right.
        at: (3,) its middle.
        axes: (3, 3) columns: out of the ear, forwards, up.
    """

    side: str
    at: NDArray
    axes: NDArray


def seat(fit: Fit, side: str) -> Bud:
    """Return a bud in the concha: as deep as it goes without pressing, the soft tip towards the canal."""
    floor, _ = fit.spot("concha", side)
    out = unit(np.array([SIDES[side] * 0.93, -0.22, -0.05]))
    ahead = unit(np.array([0.0, -1.0, 0.0]) - out * -out[1])
    axes = np.stack([out, ahead, np.cross(out, ahead) * SIDES[side]], 1)
    if axes[2, 2] < 0:
        axes[:, 2] *= -1
    surface = ellipsoid(BODY, 20).vertices @ axes.T
    best: tuple[float, NDArray] | None = None
    for forwards in FORWARDS:
        for upwards in UPWARDS:
            start = floor + axes[:, 1] * forwards + axes[:, 2] * upwards
            low, high = 2.0, 16.0
            for _ in range(6):
                middle = (low + high) / 2
                deep = -float(fit.distance(surface + start + out * middle)[0].min())
                low, high = (middle, high) if deep > TOUCH_MM else (low, middle)
            cost = high + 0.1 * np.hypot(forwards + 3.0, upwards)
            if best is None or cost < best[0]:
                best = cost, start + out * high
    assert best is not None
    return Bud(side, best[1], axes)


def body(bud: Bud) -> list[Piece]:
    """Return the bud and its grille."""
    grille = lathe(np.array([[0, 0], [2.0, 0.0], [2.2, 0.3], [1.9, 0.5], [0, 0.55]]), 24)
    at = bud.at + bud.axes @ np.array([0.30, 0.62, -0.55]) * BODY.mean() * 1.02
    return [
        (ellipsoid(BODY, 28).moved(bud.axes, bud.at), "shell"),
        (grille.moved(_towards(unit(at - bud.at)), at - 0.2 * unit(at - bud.at)), "grille"),
    ]


def face(bud: Bud) -> list[Piece]:
    """Return what a bud without a stem shows: a plate to touch in a rim of metal, with a microphone's slot."""
    turn = _towards(bud.axes[:, 0])
    at = bud.at + bud.axes[:, 0] * (BODY[0] - 3.4)
    barrel = [[0, -1.5], [5.6, -1.5], [7.2, 0.6], [7.4, 2.0], [7.3, 2.9], [0, 2.9]]
    rim = [[6.7, 2.5], [7.35, 2.6], [7.45, 3.1], [7.1, 3.5], [6.7, 3.4]]
    plate = [[0, 2.7], [6.75, 2.7], [6.7, 3.4], [5.6, 3.75], [3.0, 4.0], [0, 4.05]]
    slot = ellipsoid(np.array([0.35, 1.5, 0.5]), 12)
    low = at + turn @ np.array([0.0, -5.2, 3.7])
    found: list[Piece] = [(lathe(np.array(part, float), 40).moved(turn, at), "shell") for part in (barrel, plate)]
    ring = np.array(rim, float)
    angle = np.arange(48)[:, None] * 2 * np.pi / 48
    around = np.concatenate([np.cos(angle), np.sin(angle), 0 * angle], 1)
    rings = ring[None, :, :1] * around[:, None] + ring[None, :, 1:] * np.array([0.0, 0.0, 1.0])
    return [*found, (loft(rings, closed=True).moved(turn, at), "metal"), (slot.moved(turn, low), "grille")]


def tip(bud: Bud, fit: Fit) -> list[Piece]:
    """Return the soft tip, which enters the canal."""
    inwards = -unit(bud.axes[:, 0] + 0.25 * bud.axes[:, 1])
    at = bud.at + inwards * (BODY[0] - 0.6)
    soft = ellipsoid(np.array([3.6, 3.9, 3.9]), 18).moved(bud.axes, np.zeros(3))
    for forth in np.linspace(2.6, 0.0, 9):
        if -float(fit.distance(soft.vertices + at + inwards * forth)[0].min()) < TIP_MM:
            at = at + inwards * forth
            break
    return [(soft.moved(np.eye(3), at), "tip")]


def stem(bud: Bud, fit: Fit, length_mm: float, radius_mm: float) -> tuple[list[Piece], NDArray]:
    """Return a stem down from a bud, clear of the lobe, and its end (3,)."""
    down = unit(np.array([SIDES[bud.side] * 0.05, -0.28, -1.0]))
    t = np.linspace(0, 1, 18)[:, None]
    start = bud.at + bud.axes[:, 0] * (BODY[0] - radius_mm - 0.2) + bud.axes[:, 1] * 1.5
    path = start + down * (t * length_mm)
    short = float(np.maximum(radius_mm + 0.5 - fit.distance(path[4:])[0], 0).max())
    path = path + np.array([SIDES[bud.side], 0, 0]) * short * np.minimum(3 * t, 1)
    profile = np.stack(
        [rounded_rectangle(r, r, r, 5) for r in np.interp(t[:, 0], [0, 0.12, 1], [0.8, 1.0, 0.92]) * radius_mm]
    )
    across, cap_mm = np.array([0.0, 1.0, 0.0]), 0.95 * radius_mm
    cap = sweep(path[-1] + down * np.array([[-0.6], [0.5]]), across, rounded_rectangle(cap_mm, cap_mm, cap_mm, 5))
    return [(sweep(path, across, profile), "shell"), (cap, "metal")], path[-1] + down * 0.6


def cable(points: NDArray, radius_mm: float = 0.8) -> tuple[NDArray, Piece]:
    """Return a cable through points (n, 3): its path and solid."""
    path = spline(points, max(len(points), 60)) if len(points) < 60 else points
    return path, (sweep(path, np.array([0.3, 1.0, 0.1]), rounded_rectangle(radius_mm, radius_mm, radius_mm)), "cable")


def _towards(z: NDArray) -> NDArray:
    x = unit(np.cross(np.array([0.0, 0.0, 1.0]), z))
    return np.stack([x, np.cross(z, x), z], 1)
