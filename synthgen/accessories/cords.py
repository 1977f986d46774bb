"""Cords that hang and lie: chains, cables, straps. Millimetres."""

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_banded
from scipy.spatial import ConvexHull

from synthgen.accessories.surfaces import Surface
from synthgen.rays import RayScene

STEP_MM = 3.0
"""How far a free point falls in a round, at first."""
STIFFNESS = 0.3
"""Share of the way to the middle of its neighbours that a point goes in a round: no zigzag where there is slack."""


def settle(
    path: NDArray, length_mm: float, ground: Surface, clearance_mm: float, down: NDArray, rounds: int = 160
) -> NDArray:
    """Return a cord (n, 3) of a length at rest between its held ends: it hangs, and lies on what is below.

    Args:
        path: (n, 3) where to begin; its ends stay.
        length_mm: Of the whole; the cord does not stretch.
        ground: What it stays out of.
        clearance_mm: Half its thickness.
        down: (3,) unit.
        rounds: Of falling, straightening and being pushed out.

    Source: the constraints are solved for all links at once, Goldenthal et al., ACM Trans. Graph. 26 (2007) 49.
    """
    link = length_mm / (len(path) - 1)
    at, before = path.copy(), path.copy()
    for k in range(rounds):
        fall = STEP_MM * (1 - k / rounds) ** 2
        ahead = at + 0.6 * (at - before)
        ahead[1:-1] += fall * down + STIFFNESS * (ahead[2:] + ahead[:-2] - 2 * ahead[1:-1])
        before, at = at, _inextensible(ahead, path, link)
        pushed = ground.push_out(at[1:-1], clearance_mm)
        # what is pushed out keeps no speed
        touching = np.linalg.norm(pushed - at[1:-1], axis=1) > 0
        before[1:-1][touching] = pushed[touching]
        at = np.concatenate([path[:1], pushed, path[-1:]])
    return at


def _inextensible(points: NDArray, held: NDArray, link: float) -> NDArray:
    """Return points with links of a length, both ends held: two steps of Newton's on all of them."""
    points = points.copy()
    points[[0, -1]] = held[[0, -1]]
    free = np.ones(len(points))
    free[[0, -1]] = 0
    for _ in range(2):
        along = np.diff(points, axis=0)
        length = np.linalg.norm(along, axis=1)
        way = along / np.maximum(length, 1e-9)[:, None]
        off = -(way[1:] * way[:-1]).sum(1) * free[1:-1]
        banded = np.zeros((3, len(way)))
        banded[0, 1:], banded[1], banded[2, :-1] = off, free[1:] + free[:-1] + 1e-6, off
        pull = solve_banded((1, 1), banded, length - link)[:, None] * way
        move = np.zeros_like(points)
        move[:-1] += pull
        move[1:] -= pull
        points = points + move * free[:, None]
    return points


def taut_ring(rays: RayScene, middle: NDArray, first: NDArray, second: NDArray, count: int) -> NDArray:
    """Return the radii (count,) of a band drawn taut about a body: the convex hull of its section.

    Args:
        rays: The body.
        middle: (3,) inside it, in the plane of the band.
        first: (3,) unit, where the angle begins.
        second: (3,) unit, square to it: a quarter turn on.
        count: Of radii, evenly around.
    """
    angle = np.arange(count) * 2 * np.pi / count
    ways = np.cos(angle)[:, None] * first + np.sin(angle)[:, None] * second
    return taut_radii(rays.first_hit(middle, ways)[1])


def taut_radii(reach: NDArray) -> NDArray:
    """Return the radii (n,) of the convex hull of a section from its radii (n,), evenly around; inf where unknown."""
    angle = np.arange(len(reach)) * 2 * np.pi / len(reach)
    seen = np.isfinite(reach)
    flat = (np.stack([np.cos(angle), np.sin(angle)], 1) * np.where(seen, reach, 0)[:, None])[seen]
    corners = flat[ConvexHull(flat).vertices]
    # the support of a ray: the least radius at which it leaves every edge's half plane
    edge = np.roll(corners, -1, 0) - corners
    normal = np.stack([edge[:, 1], -edge[:, 0]], 1)
    facing = np.stack([np.cos(angle), np.sin(angle)], 1) @ normal.T
    with np.errstate(divide="ignore"):
        radii = np.where(facing > 1e-9, (corners * normal).sum(1) / np.maximum(facing, 1e-9), np.inf)
    return radii.min(1)
