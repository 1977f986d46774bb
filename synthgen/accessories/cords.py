"""Cords that hang and lie: chains, cables, straps. Millimetres."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_banded
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import ConvexHull

from synthgen.accessories.geometry import even_steps
from synthgen.accessories.surfaces import Surface
from synthgen.mesh import unit
from synthgen.rays import RayScene

STEP_MM = 3.0
"""How far a free point falls in a round, at first."""
BEHIND_MM = 90.0
"""How far behind the ends of a strap the middle of the body is."""
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


def taut_path(
    rays: RayScene,
    ends: tuple[NDArray, NDArray],
    by: NDArray,
    room: Callable[[NDArray, NDArray], NDArray],
    count: int = 180,
) -> tuple[NDArray, NDArray]:
    """Return a strap (n, 3) drawn taut round the back of a body from a left to a right end, and the way off it (n, 3).

    It lies in the plane through both ends and `by` (3,), on the convex hull of the body's section there.

    Args:
        rays: The body.
        ends: (3,) left and right, before the body.
        by: (3,) a point of the plane, farther back.
        room: (a point (3,) inside, unit ways (n, 3) from it) -> how far (n,) off the body it runs.
        count: Of points.
    """
    left, right = ends
    first = unit(left - right)
    ahead = unit((left + right) / 2 - by + first * (first @ (by - (left + right) / 2)))
    middle = (left + right) / 2 - ahead * BEHIND_MM
    angle = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    ways = np.sin(angle)[:, None] * first + np.cos(angle)[:, None] * ahead
    reach = rays.first_hit(middle + 400.0 * ways, -ways)[1]
    radius = np.where(np.isfinite(reach), 400.0 - reach + room(middle, ways), 0.0)
    behind = np.abs(np.angle(np.exp(1j * (angle - np.pi)))) < np.pi - np.arctan2(
        np.linalg.norm(left - right) / 2, BEHIND_MM
    )
    section = (radius[:, None] * np.stack([np.sin(angle), np.cos(angle)], 1))[behind & (radius > 0)]
    corners = np.stack([(end - middle) @ np.stack([first, ahead], 1) for end in ends])
    flat = np.concatenate([section, corners])
    hull = flat[ConvexHull(flat).vertices]
    start = int(np.linalg.norm(hull - corners[0], axis=1).argmin())
    hull = np.roll(hull, -start, 0)
    stop = int(np.linalg.norm(hull - corners[1], axis=1).argmin())
    line = (
        hull[: stop + 1]
        if (hull[1 : stop + 1, 1].min(initial=0) < -BEHIND_MM / 2)
        else np.concatenate([hull[:1], hull[: stop - 1 : -1]])
    )
    path = even_steps(line, count)
    smooth = gaussian_filter1d(path, 1.5, axis=0, mode="nearest")
    smooth[[0, -1]] = path[[0, -1]]
    along = np.gradient(smooth, axis=0)
    off = np.stack([along[:, 1], -along[:, 0]], 1)
    off *= np.sign((off * smooth).sum(1, keepdims=True))
    axes = np.stack([first, ahead])
    return middle + smooth @ axes, unit(off @ axes)
