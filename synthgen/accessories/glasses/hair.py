"""What glasses do to hair: temples press what is near the skin beneath them, the rest lies over them. Millimetres."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.glasses.front import RIM_BACK_MM, Front
from synthgen.accessories.kind import Press
from synthgen.mesh import unit
from synthgen.parts import Part
from synthgen.ramps import smooth_step
from synthgen.strands import Strands

MOVED = (Part.HAIR, Part.BROW_LEFT, Part.BROW_RIGHT)
REACH_MM = 12.0
"""Beside a temple within which hair gives way, less and less."""
UNDER_MM = 3.0
"""Hair no farther than this outside the middle of a temple goes beneath it, the rest lies over it."""
ROOM_MM = 0.3
"""Between hair and what presses it."""
BEFORE_MM, ASIDE_MM = 2.0, 6.0
"""How far hair keeps off a front: before and behind it, and beside it."""
BESIDE_MM = 14.0
"""Beside a front that lies on hair, within which that hair is lower."""


@dataclass(frozen=True)
class Bar:
    """A temple.

    Attributes:
        path: (n, 3) its middle line.
        out: (n, 3) away from the head.
        skin: (n,) distance of the line from the skin.
        high: Half its height.
        wide: Half its width.
    """

    path: NDArray
    out: NDArray
    skin: NDArray
    high: float
    wide: float


def bar(fit: Fit, path: NDArray, high: float, wide: float) -> Bar:
    """Return a temple from its middle line (n, 3)."""
    distance, out = fit.distance(path)
    along = unit(np.gradient(path, axis=0))
    return Bar(path, unit(out - along * (out * along).sum(1, keepdims=True)), distance, high, wide)


def press_of(front: Front, bars: Sequence[Bar]) -> Press:
    """Return what a pair of glasses does to the hair of the head and to brows."""

    def press(points: NDArray, strands: Strands) -> tuple[NDArray, NDArray]:
        if strands.part in MOVED:
            for one in bars:
                points = _aside(points, one)
            for side in SIDES:
                points = _behind(points, front, side)
        return points, np.ones(len(points), bool)

    return press


def _aside(points: NDArray, temple: Bar) -> NDArray:
    """Return strands (n, k, 3) beside a temple: beneath it or over it, each strand as its nearest point lies."""
    low, high = temple.path.min(0) - REACH_MM, temple.path.max(0) + REACH_MM
    near = ((points > low) & (points < high)).all(-1)
    away, row = KDTree(temple.path).query(points[near], distance_upper_bound=2 * REACH_MM)
    found = np.isfinite(away)
    strand, place = np.argwhere(near)[found].T
    row, away = np.asarray(row)[found], np.asarray(away)[found]
    if not len(row):
        return points
    here, out = points[strand, place], temple.out[row]
    from_line = here - temple.path[row]
    aside = (from_line * out).sum(1)
    across = np.linalg.norm(from_line - aside[:, None] * out, axis=1)
    least = np.full(len(points), np.inf)
    np.minimum.at(least, strand, away)
    nearest = away <= least[strand]
    under = np.zeros(len(points), bool)
    under[strand[nearest]] = aside[nearest] < UNDER_MM
    skin = temple.skin[row]
    room = np.maximum(skin - temple.wide - ROOM_MM, 0.1)
    share = np.clip((aside + skin) / (UNDER_MM + skin), 0, 1)
    beneath = np.minimum(aside, share * room - skin)
    over = np.maximum(aside, temple.wide + ROOM_MM)
    wanted = np.where(under[strand], beneath, over)
    weight = 1 - smooth_step(across, temple.high + 1, temple.high + REACH_MM)
    moved = points.copy()
    moved[strand, place] = here + (weight * (wanted - aside))[:, None] * out
    return moved


def _behind(points: NDArray, front: Front, side: str) -> NDArray:
    """Return strands (n, k, 3) off a lens and its rim: behind it or, where most of a strand is, before it."""
    turned = front.turned(side)
    local = (points - front.place(np.zeros((1, 3)), side)[0]) @ turned
    flat = local[..., [0, 2]]
    beyond = beyond_outline(flat, front.outline)
    near = (beyond < (BESIDE_MM if front.up_deg else ASIDE_MM)) & (np.abs(local[..., 1]) < 60)
    if not near.any():
        return points
    radius = np.linalg.norm(flat[near] - front.axis, axis=-1)
    before = front.curves.front(radius) - BEFORE_MM
    behind = np.maximum(front.curves.back(radius), front.curves.front(radius) + RIM_BACK_MM[front.shape.rim]) + ROOM_MM
    depth = local[..., 1][near]
    strand = np.argwhere(near)[:, 0]
    if front.up_deg:  # they lie on the hair: all of it is below
        weight = 1 - smooth_step(beyond[near], 0.5 * BESIDE_MM, BESIDE_MM)
        wanted = np.maximum(depth, behind + 0.12 * np.clip(depth - behind + 40, 0, 40))
    else:
        from_middle = np.where(beyond[near] < 0, depth - (before + behind) / 2, 0)
        hangs_before = (np.bincount(strand, from_middle, len(points)) < 0)[strand]
        weight = 1 - smooth_step(beyond[near], 0.4 * ASIDE_MM, ASIDE_MM)
        wanted = np.where(hangs_before, np.minimum(depth, before), np.maximum(depth, behind))
    local = local.copy()
    local[..., 1][near] = depth + weight * (wanted - depth)
    moved = points.copy()
    moved[near] = front.place(local[near], side)
    return moved


def beyond_outline(flat: NDArray, outline: NDArray) -> NDArray:
    """Return how far points (..., 2) lie outside a star-shaped outline (n, 2), along rays from its middle."""
    angle = np.arctan2(outline[:, 1], outline[:, 0])
    order = np.argsort(angle)
    reach = np.linalg.norm(outline, axis=1)[order]
    at = np.arctan2(flat[..., 1], flat[..., 0])
    return np.linalg.norm(flat, axis=-1) - np.interp(at, angle[order], reach, period=2 * np.pi)
