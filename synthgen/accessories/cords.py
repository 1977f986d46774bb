"""Cords that hang and lie: chains, cables, straps. Millimetres."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_banded
from scipy.ndimage import gaussian_filter1d, maximum_filter1d
from scipy.spatial import ConvexHull, KDTree

from synthgen.accessories.cover import hair_allowance, tilted_chart
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import even_steps, xyz
from synthgen.accessories.kind import Press
from synthgen.accessories.surfaces import Surface
from synthgen.mesh import unit
from synthgen.rays import RayScene
from synthgen.strands import Strands

COMPLIANCE = 2e-3
"""Keeps straight cords, whose links all pull one way, from being singular."""
Room = Callable[[NDArray, NDArray], NDArray]
"""(a point (3,) inside a head, unit ways (n, 3) from it) -> how far (n,) off the head something runs."""
STEP_MM = 3.0
"""How far a free point falls in a round, at first."""
BEHIND_MM, FAR_MM = 90.0, 400.0
"""How far behind the ends of a strap the middle of the body is, and what is farther than any head."""
SHOULDERS = 1.3
"""What of a section is so much wider than its median is no neck."""
BESIDE = 5
"""Directions that a strap is as far off for what is worn in one of them."""
UNDER_MM, REACH_MM = 1.0, 70.0
"""Between a strap's middle and the hair under it, and how far from its middle it moves hair."""
HOLDS = 4
"""How often hair is held down: what comes down from high up may be above another place of the strap then."""


def settle(
    path: NDArray,
    length_mm: float,
    ground: Surface,
    clearance_mm: float,
    down: NDArray,
    bend: float = 1.2,
    rounds: int = 160,
) -> NDArray:
    """Return a cord (n, 3) of a length at rest between its held ends: it hangs, and lies on what is below.

    Args:
        path: (n, 3) where to begin; its ends stay.
        length_mm: Of the whole; the cord does not stretch.
        ground: What it stays out of.
        clearance_mm: Half its thickness.
        down: (3,) unit.
        bend: How stiff it is: points over which it bends.
        rounds: Of falling, straightening and being pushed out.

    Source: the constraints are solved for all links at once, Goldenthal et al., ACM Trans. Graph. 26 (2007) 49.
    """
    link = length_mm / (len(path) - 1)
    at, before = path.copy(), path.copy()
    for k in range(rounds):
        fall = STEP_MM * (1 - k / rounds) ** 2
        ahead = at + 0.3 * (at - before)
        ahead[1:-1] += fall * down
        ahead = gaussian_filter1d(ahead, bend, axis=0, mode="nearest")
        before, at = at, _inextensible(ahead, path, link)
        pushed = ground.push_out(at[1:-1], clearance_mm)
        # what is pushed out keeps no speed
        touching = np.linalg.norm(pushed - at[1:-1], axis=1) > 0
        before[1:-1][touching] = pushed[touching]
        at = np.concatenate([path[:1], pushed, path[-1:]])
    at = _inextensible(at, path, link, 12)
    return np.concatenate([path[:1], ground.push_out(at[1:-1], clearance_mm), path[-1:]])


def _inextensible(points: NDArray, held: NDArray, link: float, steps: int = 3) -> NDArray:
    """Return points with links of a length, both ends held: steps of Newton's on all of them."""
    points = points.copy()
    points[[0, -1]] = held[[0, -1]]
    free = np.ones(len(points))
    free[[0, -1]] = 0
    for _ in range(steps):
        along = np.diff(points, axis=0)
        length = np.linalg.norm(along, axis=1)
        way = along / np.maximum(length, 1e-9)[:, None]
        off = -(way[1:] * way[:-1]).sum(1) * free[1:-1]
        banded = np.zeros((3, len(way)))
        banded[0, 1:], banded[1], banded[2, :-1] = off, free[1:] + free[:-1] + COMPLIANCE, off
        pull = solve_banded((1, 1), banded, length - link)[:, None] * way
        move = np.zeros_like(points)
        move[:-1] += pull
        move[1:] -= pull
        far = np.linalg.norm(move, axis=1, keepdims=True)
        points = points + move * free[:, None] * np.minimum(1, link / np.maximum(far, 1e-9))
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


def taut_radii(reach: NDArray, widest: float = SHOULDERS) -> NDArray:
    """Return the radii (n,) of the convex hull of a section from its radii (n,), evenly around; inf where unknown.

    What is so many times wider than the median is left out.
    """
    angle = np.arange(len(reach)) * 2 * np.pi / len(reach)
    seen = reach < widest * np.median(reach)
    flat = (np.stack([np.cos(angle), np.sin(angle)], 1) * np.where(seen, reach, 0)[:, None])[seen]
    corners = flat[ConvexHull(flat).vertices]
    # the support of a ray: the least radius at which it leaves every edge's half plane
    edge = np.roll(corners, -1, 0) - corners
    normal = np.stack([edge[:, 1], -edge[:, 0]], 1)
    facing = np.stack([np.cos(angle), np.sin(angle)], 1) @ normal.T
    with np.errstate(divide="ignore"):
        radii = np.where(facing > 1e-9, (corners * normal).sum(1) / np.maximum(facing, 1e-9), np.inf)
    return radii.min(1)


def neck_plane(fit: Fit, above_neck_mm: float, above_throat_mm: float) -> tuple[NDArray, NDArray, NDArray]:
    """Return the middle (3,) of the neck in a plane across it, and the plane's ways ahead and to the left (3,).

    The plane passes so far above the base of the neck behind and above the throat's hollow in front.
    """
    back, front = fit.anchor("neck") + xyz(0, 0, above_neck_mm), fit.anchor("throat") + xyz(0, 0, above_throat_mm)
    ahead = unit(front - back)
    return (back + front) / 2, ahead, unit(np.cross([0.0, 0.0, 1.0], ahead))


def taut_path(
    rays: RayScene,
    ends: tuple[NDArray, NDArray],
    by: NDArray,
    room: Room,
    count: int = 180,
) -> tuple[NDArray, NDArray]:
    """Return a strap (n, 3) drawn taut round the back of a body from a left to a right end, and the way off it (n, 3).

    It lies in the plane through both ends and `by` (3,), on the convex hull of the body's section there.

    Args:
        rays: The body.
        ends: (3,) left and right, before the body.
        by: (3,) a point of the plane, farther back.
        room: How far off the body it runs.
        count: Of points.
    """
    left, right = ends
    first = unit(left - right)
    ahead = unit((left + right) / 2 - by + first * (first @ (by - (left + right) / 2)))
    middle = (left + right) / 2 - ahead * BEHIND_MM
    angle: NDArray = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    ways: NDArray = np.sin(angle)[:, None] * first + np.cos(angle)[:, None] * ahead
    reach = FAR_MM - rays.first_hit(middle + FAR_MM * ways, -ways)[1] + room(middle, ways)
    radius = np.where(np.isfinite(reach), reach, 0.0)
    open_rad = np.pi - np.arctan2(np.linalg.norm(left - right) / 2, BEHIND_MM)
    behind = (angle > np.pi - open_rad) & (angle < np.pi + open_rad)
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


def room_on(fit: Fit, more_mm: float) -> Room:
    """Return how far off the head a strap runs: over pressed hair and what is worn already, and a little more.

    Directions are neighbours in their order.
    """

    def room(middle: NDArray, ways: NDArray) -> NDArray:
        high = np.zeros(len(ways))
        if fit.strands:
            chart = tilted_chart(middle)
            azimuth, elevation, _ = chart.locate(middle + ways)
            high = hair_allowance(fit, chart, azimuth[None], elevation[None])[0]
        if fit.worn_rays is not None:
            head, worn = (rays.first_hit(middle + FAR_MM * ways, -ways)[1] for rays in (fit.rays, fit.worn_rays))
            met = np.isfinite(worn) & np.isfinite(head)
            over = np.zeros(len(ways))
            over[met] = head[met] - worn[met]
            high = np.maximum(high, maximum_filter1d(over, BESIDE))
        return high + more_mm

    return room


def press_under_strap(path: NDArray, away: NDArray, half_width_mm: float) -> Press:
    """Return what a strap does to hair: it holds it down, ever less beside it."""
    tree = KDTree(path)

    def press(points: NDArray, strands: Strands) -> tuple[NDArray, NDArray]:
        flat = points.reshape(-1, 3).astype(float)
        held = np.arange(len(flat))
        for _ in range(HOLDS):
            near, row = map(np.asarray, tree.query(flat[held], distance_upper_bound=REACH_MM))
            reached = np.isfinite(near)
            held, near, row = held[reached], near[reached], row[reached]
            off, way = flat[held] - path[row], away[row]
            height = (off * way).sum(1)
            beside = np.maximum(np.sqrt(np.maximum(near**2 - height**2, 0)) - half_width_mm, 0)
            most = -UNDER_MM + 0.5 * beside + 0.05 * beside**2
            above = height > most
            held = held[above]
            flat[held] -= way[above] * (height - most)[above, None]
        return flat.reshape(points.shape), np.ones(len(points), bool)

    return press
