"""The band of headphones: over the head, on the hair, from cup to cup. Millimetres of `Fit`."""

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.cords import Room, press_under_strap, room_on
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import even_steps, rounded_rectangle, sweep
from synthgen.accessories.kind import Press
from synthgen.accessories.pieces import Piece
from synthgen.mesh import unit

VERTEX = 879
"""Vertex of the base mesh at the crown."""
POINTS, FAR_MM = 120, 300.0
POWERS = np.arange(2.0, 3.6, 0.2)
"""Of the arch's superellipse: 2 is round, more is square."""
SLIDE = 0.17
"""Share of the band at each end that is a bare slide."""


def band(
    fit: Fit, ends: tuple[NDArray, NDArray], half_width_mm: float, padded: bool
) -> tuple[list[Piece], Press | None]:
    """Return the band between the forks of two cups, and what it does to hair.

    Args:
        fit: The head.
        ends: (3,) left and right.
        half_width_mm: Half its width at the top.
        padded: Whether it has a cushion.
    """
    thick = 5.0 if padded else 2.4
    room = room_on(fit, thick / 2 + 0.8)
    path, away = _arch(fit, ends, room)
    count = POINTS
    first, last = int(SLIDE * count), count - int(SLIDE * count)
    t = np.abs(np.linspace(-1, 1, count))
    wide = half_width_mm * np.interp(t, [0, 0.5, 1], [1.0, 0.85, 0.5])
    deep = np.interp(t, [0, 0.45, 0.6, 1], [thick / 2, thick / 2, 1.4, 1.2])
    across = np.cross(np.gradient(path, axis=0), away)
    profile = np.stack([rounded_rectangle(w, d, min(0.9 * d, 2.0), 4) for w, d in zip(wide, deep, strict=True)])
    pieces: list[Piece] = [
        (sweep(path[first:last], across[first:last], profile[first:last]), "pad" if padded else "shell")
    ]
    slide = rounded_rectangle(0.34 * half_width_mm, 0.9, 0.7)
    for part in (slice(0, first + 6), slice(last - 6, count)):
        pieces.append((sweep(path[part], across[part], slide), "steel"))
    for at in (first, last - 1):
        clip = slice(max(at - 4, 0), at + 5)
        pieces.append((sweep(path[clip], across[clip], rounded_rectangle(0.75 * half_width_mm, 2.4, 1.4)), "shell"))
    return pieces, press_under_strap(path - away * thick / 2, away, half_width_mm) if fit.strands else None


def _arch(fit: Fit, ends: tuple[NDArray, NDArray], room: Room) -> tuple[NDArray, NDArray]:
    """Return the middle line (n, 3) of a band, and the way off the head there: the flattest arch that clears it."""
    left, right = ends
    middle, along = (left + right) / 2, unit(left - right)
    up = fit.skin[VERTEX] - middle
    up = unit(up - along * (up @ along))
    half = float(np.linalg.norm(left - right)) / 2
    angle: NDArray = np.linspace(0.15, np.pi - 0.15, 90)
    ways: NDArray = np.cos(angle)[:, None] * along + np.sin(angle)[:, None] * up
    reach = FAR_MM - fit.rays.first_hit(middle + FAR_MM * ways, -ways)[1] + room(middle, ways)
    needed = np.where(np.isfinite(reach), reach, 0.0)
    top = float(needed[np.sin(angle) > np.cos(0.3)].max())
    for power in POWERS:
        turn = (np.abs(np.cos(angle) / half) ** power + np.abs(np.sin(angle) / top) ** power) ** (-1 / power)
        short = float((needed - turn).max())
        if short <= 0:
            break
    else:
        top += max(short, 0.0)
    t = np.linspace(0, np.pi, 20 * POINTS)
    flat = np.stack([np.cos(t), np.sin(t)], 1)
    flat = flat * (((np.abs(flat) / [half, top]) ** power).sum(1) ** (-1 / power))[:, None]
    flat = even_steps(flat, POINTS)
    run = np.gradient(flat, axis=0)
    off = np.stack([run[:, 1], -run[:, 0]], 1)
    axes = np.stack([along, up])
    return middle + flat @ axes, unit(off @ axes)
