"""Cloth that keeps its lengths: taut where it is too short for its way, in folds where it is too long."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.pattern import Pattern
from synthgen.head.model import Points
from synthgen.mesh import unit, vertex_normals

TAUT_ROUNDS, SOFT = 24, np.float32(0.5)
"""Rounds of pulling cloth taut, and share of the way to the neighbours' mean that every fourth of them takes."""
ROUNDS, MOMENTUM = 95, np.float32(0.85)
TAUT, PUSH, SHORTEST = np.float32(0.9), np.float32(0.6), np.float32(-0.5)
"""Share of what is too long and of what is too short that each round takes back; and no edge counts as shorter."""
HOME, GRIP, ZERO = np.float32(0.001), np.float32(0.3), np.float32(0)
"""Share of the way back to the start that every other round takes, and of sliding that stops on the ground."""
BENT_AT_MM, STIFFNESS = 6.0, (0.02, 0.6)
"""Length of edges that stiffness is given for, and its bounds: beyond, the mesh is too coarse or rounds diverge."""
ALIKE_ROUNDS, SPREAD_ROUNDS = 12, 30
"""How far, in edges, movement along the cloth is evened, and the scale of the body."""


@dataclass(frozen=True)
class Ground:
    """What cloth stays between: two planes for each vertex.

    Attributes:
        points: (n, 3).
        normals: (n, 3).
        floor: (n,) least way from points to cloth along normals.
        ceiling: (n,) the farthest.
    """

    points: NDArray
    normals: NDArray
    floor: NDArray
    ceiling: NDArray

    def missing(self, cloth: NDArray) -> NDArray:
        """Return how far cloth (n, 3) has to move along normals (n,)."""
        height = np.einsum("ij,ij->i", cloth - self.points, self.normals)
        return np.clip(height, self.floor, self.ceiling) - height

    def lifted(self, cloth: NDArray) -> NDArray:
        """Return cloth (n, 3) that is between."""
        return cloth + self.normals * self.missing(cloth)[:, None]

    def about(self, origin: Points) -> "Ground":
        """Return the same in single precision and with places relative to an origin (3,)."""
        values = self.points - origin, self.normals, self.floor, self.ceiling
        return Ground(*(each.astype(np.float32) for each in values))


@dataclass(frozen=True)
class Fullness:
    """What folds come from.

    Attributes:
        excess: (n, 3, 3) along a direction d at rest cloth is longer by the share d @ excess @ d.
        heights_m: (n,) folds to begin with.
        stiff: How wide folds are: share of what curvatures differ from their neighbours' that every other round takes.
    """

    excess: NDArray
    heights_m: NDArray
    stiff: float

    def lengths(self, pattern: Pattern, cloth: Points) -> NDArray:
        """Return the lengths (e,) that a pattern's edges have if cloth (n, 3) is to have the excess."""
        a, b = pattern.threads.edges.T
        way = unit(pattern.rest_mm[a] - pattern.rest_mm[b])
        longer = np.einsum("ei,eij,ej->e", way, (self.excess[a] + self.excess[b]) / 2, way)
        return _lengths(pattern.threads.apart @ cloth) * (1 + longer)


def taut(pattern: Pattern, cloth: Points, slack: float, loose: NDArray, ground: Ground) -> Points:
    """Return cloth (n, 3) that is nowhere longer than it was cut: position based dynamics, all edges at once.

    Lengths are those of the pattern at rest, scaled as the body under them is on the whole.

    Args:
        pattern: The garment.
        cloth: (n, 3) as it follows the body, metres.
        slack: Its length against what the body needs.
        loose: (n,) share of each movement that is made.
        ground: What it stays outside of.

    Source: Mueller et al., J. Visual Communication and Image Representation 18 (2007) 109.
    """
    threads, smoothing = pattern.threads, pattern.smoothing.astype(np.float32)
    a, b = threads.edges.T
    spread = threads.mean @ (_lengths(threads.apart @ cloth) / np.maximum(threads.length_mm, 0.05))
    spread = evened(spread, pattern.smoothing, SPREAD_ROUNDS)
    length = (threads.length_mm * (spread[a] + spread[b]) / 2 * slack).astype(np.float32)
    origin = cloth.mean(0)
    below, free = ground.about(origin), loose.astype(np.float32)[:, None]
    first = x = (cloth - origin).astype(np.float32)
    for step in range(TAUT_ROUNDS):
        apart = threads.apart @ x
        wrong = TAUT * np.maximum(1 - length / _lengths(apart), 0)
        x = x + free * (threads.pull @ (apart * wrong[:, None]))
        if step % 4 == 3:
            x = x + free * SOFT * (smoothing @ x - x)
        x = below.lifted(x)
    moved = x - first
    along = _within(moved, below.normals)
    return (x + evened(along, smoothing) - along).astype(np.float64) + origin


def buckled(
    pattern: Pattern, cloth: Points, full: Fullness, loose: NDArray, ground: Ground, rounds: int = ROUNDS
) -> Points:
    """Return cloth (n, 3) in folds: position based dynamics with momentum.

    Edges take the lengths that they are cut to, and curvature evens out. Where cloth has nowhere to go within its
    surface it buckles, in waves whose width comes from its stiffness.

    Args:
        pattern: The garment.
        cloth: (n, 3) without folds, metres.
        full: What the folds come from.
        loose: (n,) share of each movement that is made.
        ground: What it stays outside of.
        rounds: Of folding.

    Source: Mueller et al. as for `taut`; Wang, ACM Transactions on Graphics 34 (2015) 246 (momentum).
    """
    threads, smoothing = pattern.threads, pattern.smoothing.astype(np.float32)
    origin = cloth.mean(0)
    below, free = ground.about(origin), loose.astype(np.float32)[:, None]
    home = (cloth - origin).astype(np.float32)
    out = vertex_normals(home, pattern.triangles).astype(np.float32)
    length = full.lengths(pattern, cloth).astype(np.float32)
    stiff = full.stiff * (BENT_AT_MM / (threads.mean @ threads.length_mm)) ** 4
    bend = free * np.clip(stiff, *STIFFNESS).astype(np.float32)[:, None]
    before = x = home + free * out * full.heights_m.astype(np.float32)[:, None]
    home_pull = HOME * free
    for step in range(rounds):
        x, before = x + free * MOMENTUM * (x - before), x
        apart = threads.apart @ x
        wrong = np.maximum(1 - length / _lengths(apart), SHORTEST)
        wrong *= np.where(wrong > 0, TAUT, PUSH)
        x += free * (threads.pull @ (apart * wrong[:, None]))
        if step % 2:
            away = x - home
            curved = away - smoothing @ away
            x -= bend * (curved - smoothing @ curved) + home_pull * away
        missing = below.missing(x)[:, None]
        x += below.normals * missing
        x -= np.where(missing > 0, GRIP, ZERO) * _within(x - before, below.normals)
    moved = x - home
    along = _within(moved, out)
    return (home + smoothing @ (moved - along) + evened(along, smoothing)).astype(np.float64) + origin


def evened(values: NDArray, smoothing: Any, rounds: int = ALIKE_ROUNDS) -> NDArray:
    """Return values (n, ...) at vertices evened with their neighbours'.

    Movement along cloth has to be, or else edges and seams become ragged where triangles are uneven.
    """
    for _ in range(rounds):
        values = smoothing @ values
    return values


def _lengths(apart: NDArray) -> NDArray:
    return np.sqrt(np.einsum("ij,ij->i", apart, apart)) + apart.dtype.type(1e-9)


def _within(vectors: NDArray, normals: NDArray) -> NDArray:
    """Return the part of vectors (n, 3) that lies within a surface of normals (n, 3)."""
    return vectors - normals * np.einsum("ij,ij->i", vectors, normals)[:, None]
