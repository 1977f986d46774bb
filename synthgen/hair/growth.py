"""Growing: guide hairs follow a comb, fall and stay off the skin; the hairs between them are blended."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from synthgen.hair.obstacle import Obstacle
from synthgen.mesh import unit
from synthgen.ramps import smooth_step

Comb = Callable[[NDArray, NDArray], NDArray]
"""Points (n, 3) and lengths grown so far (n, 1) -> the way the comb pulls there (n, 3)."""
NEIGHBOURS = 3
FREE_Z_M, FREE_M = (0.735, 0.790), (0.04, 0.10)
"""Hair that clings to the head and is so long hangs straight down from its widest part, and leaves the neck."""
ROUNDS, ON_SHOULDERS = 10, 0.35
"""How often what hangs is drawn straight; and the height at which it lies on shoulders over that on the head."""


@dataclass(frozen=True)
class Growth:
    """How guide hairs grow.

    Attributes:
        length: (n,) metres.
        lift: (n,) 1 straight out of the skin, 0 flat.
        layer: (n,) height above the skin at which a long hair lies, metres.
        settle_m: Length after which it lies there.
        bend_m: Length over which a hair turns into the comb's way.
        gravity: (3,) pull; 1 is as strong as the comb.
        adhesion: (n,) how strongly hair clings to its layer, 0 to 1.
        reach_m: Distance from the skin beyond which it no longer clings.
        guard: Moves points (n, 3) out of where no hair may be; or None.
    """

    length: NDArray
    lift: NDArray
    layer: NDArray
    settle_m: float
    bend_m: float
    gravity: NDArray
    adhesion: NDArray
    reach_m: float = 0.026
    guard: Callable[[NDArray], NDArray] | None = None


def grow(start: NDArray, normal: NDArray, points: int, how: Growth, comb: Comb, around: Obstacle) -> NDArray:
    """Return guide hairs (n, points, 3) from roots (n, 3) and the skin's normals there, all grown at once."""
    count = len(start)
    step = (how.length / (points - 1))[:, None]
    grown = np.empty((count, points, 3), np.float32)
    grown[:, 0] = at = start
    pull = unit(comb(at, np.zeros((count, 1))))
    flat = pull - (pull * normal).sum(1, keepdims=True) * normal
    way = unit(normal * how.lift[:, None] + unit(flat) * (1 - how.lift[:, None]))
    turn, clings = 1 - np.exp(-step / how.bend_m), how.adhesion > 0
    out, outward = around.distance(at)
    for k in range(1, points):
        done = step * k
        layer = 3e-4 + (1 - np.exp(-done[:, 0] / how.settle_m)) * how.layer
        pull = unit(comb(at, done) + how.gravity)
        rising = (pull * outward).sum(1, keepdims=True)
        pull = pull - np.clip(1 - out / 0.02, 0, 1)[:, None] * np.minimum(rising, 0) * outward
        free = _hanging(at[:, 2], done[:, 0]) * clings
        layer = layer * (1 - (1 - ON_SHOULDERS) * free)
        cling = (how.adhesion * (1 - free) * (1 - smooth_step(out, 0.4 * how.reach_m, how.reach_m)))[:, None]
        above = np.clip((out - layer) / 0.010, 0, 1)[:, None]
        pull = pull - cling * (np.maximum(rising, 0) + 0.8 * above) * outward
        way = unit(way * (1 - turn) + unit(pull) * turn)
        ahead = at + way * step
        if how.guard is not None:
            ahead = how.guard(ahead)
        out, outward = around.distance(ahead)
        ahead = ahead + outward * np.maximum(layer - out, 0)[:, None]
        way = unit(ahead - at)
        at = at + way * step
        out, outward = around.distance(at)
        grown[:, k] = at
    return _drawn_straight(grown, how, around) if (how.length * clings).max() > FREE_M[0] else grown


def _hanging(height: NDArray, done: NDArray) -> NDArray:
    """Return 1 where hair at a height on the chart, grown so long, hangs free, 0 where it lies on the head."""
    return (1 - smooth_step(height, *FREE_Z_M)) * smooth_step(done, *FREE_M)


def _drawn_straight(grown: NDArray, how: Growth, around: Obstacle) -> NDArray:
    """Return hairs (n, k, 3) whose hanging part is bent no more than what it hangs over makes it."""
    done = how.length[:, None] * np.linspace(0, 1, grown.shape[1])
    free = _hanging(grown[..., 2], done)[:, 1:-1].astype(np.float32)
    rows = np.flatnonzero(free.max(1) > 0.01)
    hairs, free = grown[rows], free[rows][..., None]
    layer = (3e-4 + ON_SHOULDERS * how.layer[rows, None]).astype(np.float32)
    for _ in range(ROUNDS):
        middle = 0.5 * (hairs[:, :-2] + hairs[:, 2:])
        hairs[:, 1:-1] += 0.5 * free * (middle - hairs[:, 1:-1])
        pushed = around.push_out(hairs[:, 1:-1], np.broadcast_to(layer, free.shape[:2]))
        hairs[:, 1:-1] += free * (pushed - hairs[:, 1:-1])
    grown[rows] = hairs
    return grown


def blend(guides: NDArray, guide_place: NDArray, start: NDArray, place: NDArray) -> NDArray[np.float32]:
    """Return hairs (n, k, 3) from roots (n, 3), each shaped as its nearest guides.

    Args:
        guides: (g, k, 3).
        guide_place: (g, d) where guides stand; a coordinate of its own keeps the sides of a parting apart.
        start: (n, 3) roots.
        place: (n, d) where those stand.
    """
    neighbours = min(NEIGHBOURS, len(guides))
    away, near = (np.asarray(found).reshape(-1, neighbours) for found in KDTree(guide_place).query(place, k=neighbours))
    weight = 1 / (away**2 + 1e-7)
    weight = (weight / weight.sum(1, keepdims=True)).astype(np.float32)
    shape = guides - guides[:, :1]
    hairs = np.repeat(start[:, None].astype(np.float32), guides.shape[1], 1)
    for column in range(neighbours):
        hairs += weight[:, column, None, None] * shape[near[:, column]]
    return hairs
