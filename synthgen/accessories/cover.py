"""What lies around the head: a chart of directions, what must stay inside, cloth drawn taut over it, hair under it.

A cover is a grid of directions from a centre in the head, rows (m) that run around it one above the other, columns (n)
from the lowest row to the highest, and one radius for each. Millimetres of `Fit`, angles in radians.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import map_coordinates

from synthgen.accessories.fit import CLOTHES, Fit, quick_tree
from synthgen.accessories.geometry import Solid, loft
from synthgen.accessories.kind import Press
from synthgen.mesh import unit
from synthgen.ramps import smooth_step
from synthgen.rays import RayScene
from synthgen.strands import Strands
from synthgen.transforms import rotation

FAR_MM = 400.0
"""Farther than anything on a head."""
WORN_NEIGHBOURS = 5
"""Directions that a vertex of what is worn already counts for: its own and those about it."""
SAMPLE, PATCHES, PATCH_RAD, FEW = 24_000, 500, 0.16, 2.0
"""Points of hair that are looked at, directions that heights are summed up at, how far each of these counts, and the
number of points at one below which hair counts as thin."""
MOST_PRESSED_MM, HALF_PRESSED_MM = 15.0, 35.0
"""Hair of endless height would be pressed to the first, hair of the second height to half of it."""
RIM_SHARE, RIM_MOST_MM, HELD_RAD = 0.4, 1.6, (0.05, 0.5)
"""Share of the hair's room that is left where a rim sits tight, the most, and up to and from where above the rim."""
GRID = (90, 180)
"""Elevations and azimuths that hair under a cover is pressed by."""
MARGIN_MM, LEAST_MM, FLARE, FREE_MM = 0.6, 0.3, 1.1, 25.0
"""Between hair and cover; room that hair has where there is none; slope at which hair may spread from under a rim, and
from where on it is hardly held."""
UNPRESSED, SOFTNESS = 0.6, 2.0
"""Share of its room where hair keeps its height; and how suddenly it is held above, 1 softly, more more suddenly."""
BEHIND_MM = (20.0, 40.0)
"""Hair before farther skin, such as that of a shoulder, is held by what it lies this little beyond, and free of it from
the second on."""
HIDDEN_MM, FAR_INSIDE_RAD = 8.0, 0.4
"""Strands that nowhere come nearer to the rim than this are left out; from the second on it does not matter how far."""


@dataclass(frozen=True)
class Chart:
    """Directions from a centre: azimuth 0 ahead and > 0 to the left, elevation from -pi/2 below to pi/2 at the pole.

    Attributes:
        centre: (3,) in the head.
        axes: (3, 3) rows: left, back and up.
    """

    centre: NDArray
    axes: NDArray

    def directions(self, azimuth: ArrayLike, elevation: ArrayLike) -> NDArray:
        """Return unit vectors (..., 3)."""
        a, e = np.broadcast_arrays(azimuth, elevation)
        return np.stack([np.sin(a) * np.cos(e), -np.cos(a) * np.cos(e), np.sin(e)], -1) @ self.axes

    def points(self, azimuth: ArrayLike, elevation: ArrayLike, radius: ArrayLike) -> NDArray:
        """Return points (..., 3)."""
        return self.centre + self.directions(azimuth, elevation) * np.asarray(radius)[..., None]

    def locate(self, points: NDArray) -> tuple[NDArray, NDArray, NDArray]:
        """Return azimuth, elevation and radius (...) of points (..., 3)."""
        x, y, z = np.moveaxis((points - self.centre) @ self.axes.T, -1, 0)
        flat = np.hypot(x, y)
        return np.arctan2(x, -y), np.arctan2(z, flat), np.hypot(flat, z)


def tilted_chart(centre: ArrayLike, tilt_deg: float = 0.0, turn_deg: float = 0.0, roll_deg: float = 0.0) -> Chart:
    """Return a chart whose plane is turned about the vertical (> 0 to the left), tilted backwards, and rolled left."""
    R = rotation("z", turn_deg) @ rotation("x", -tilt_deg) @ rotation("y", roll_deg)
    return Chart(np.asarray(centre, float), R.T)


def azimuths(count: int) -> NDArray:
    """Return azimuths (count,) evenly around, from behind over the right."""
    return np.arange(count) * 2 * np.pi / count - np.pi


def reach(rays: RayScene, chart: Chart, azimuth: ArrayLike, elevation: ArrayLike) -> NDArray:
    """Return how far (...) triangles reach in directions, by the farthest hits; 0 where there is nothing."""
    ways = chart.directions(azimuth, elevation)
    flat = ways.reshape(-1, 3)
    far = rays.first_hit(chart.centre + FAR_MM * flat, -flat, FAR_MM)[1]
    return np.where(np.isfinite(far), FAR_MM - far, 0.0).reshape(ways.shape[:-1])


def worn_reach(fit: Fit, chart: Chart, azimuth: NDArray, elevation: NDArray) -> NDArray:
    """Return how far (m, n) what is worn already but for clothes reaches in a grid of directions; 0 where nothing is.

    Each vertex counts for the directions about it, so that no thin wire slips through between rays.
    """
    found = np.zeros(np.broadcast_shapes(azimuth.shape, elevation.shape))
    worn = [mesh.vertices for mesh in fit.worn if not np.isin(mesh.part, CLOTHES).any()]
    if worn:
        offsets = fit.from_world(np.concatenate(worn)) - chart.centre
        radius = np.linalg.norm(offsets, axis=1)
        ways = chart.directions(azimuth, elevation)
        step = 1.5 * np.linalg.norm(np.diff(ways, axis=0), axis=-1).max()
        near = quick_tree(ways.reshape(-1, 3)).query(unit(offsets), k=WORN_NEIGHBOURS, distance_upper_bound=step)[1]
        flat = np.append(found.ravel(), 0.0)  # what is near no direction is put in the last place
        np.maximum.at(flat, np.asarray(near), radius[:, None])
        found = flat[:-1].reshape(found.shape)
    return found


def hair_height(fit: Fit, chart: Chart, azimuth: NDArray, elevation: NDArray) -> NDArray:
    """Return how high (m, n) the head's hair stands in directions before it is pressed; less where it is thin."""
    ways = chart.directions(azimuth, elevation)
    hair = fit.hair[np.linspace(0, len(fit.hair), min(SAMPLE, len(fit.hair)), endpoint=False, dtype=int)]
    if not len(hair):
        return np.zeros(ways.shape[:-1])
    a, e, radius = chart.locate(hair)
    height = np.maximum(radius - reach(fit.rays, chart, a, e), 0)
    patches = _even_directions(PATCHES)
    nearest = quick_tree(patches).query(chart.directions(a, e))[1]
    count = np.bincount(nearest, minlength=PATCHES).astype(float)
    total = np.bincount(nearest, height, PATCHES)
    flat = ways.reshape(-1, 3)
    weight = np.exp((flat @ patches.T - 1) / PATCH_RAD**2)
    # points lie evenly between skin and surface, so that their mean is half the height
    return (2 * (weight @ total) / (weight @ (count + FEW))).reshape(ways.shape[:-1])


def hair_allowance(fit: Fit, chart: Chart, azimuth: NDArray, elevation: NDArray) -> NDArray:
    """Return the room (m, n) that pressed hair takes in directions: 1 to 2 mm for a buzz cut, over 10 for an afro."""
    height = hair_height(fit, chart, azimuth, elevation)
    return MOST_PRESSED_MM * height / (height + HALF_PRESSED_MM)


def held_at_rim(room: NDArray, above: NDArray) -> NDArray:
    """Return the room (m, n) that hair has where a rim holds it tight, by the elevation (m, n) above that rim."""
    tight = np.minimum(RIM_SHARE * room, RIM_MOST_MM)
    return tight + (room - tight) * smooth_step(above, *HELD_RAD)


def _even_directions(count: int) -> NDArray:
    """Return directions (count, 3) spread evenly: a Fibonacci spiral."""
    k = np.arange(count) + 0.5
    z, angle = 1 - 2 * k / count, k * np.pi * (3 - np.sqrt(5))
    flat = np.sqrt(1 - z**2)
    return np.stack([flat * np.cos(angle), flat * np.sin(angle), z], -1)


def membrane(obstacle: NDArray, held: NDArray | None = None, rounds: int = 200, around: bool = True) -> NDArray:
    """Return the radii (m, n) of a sheet drawn taut over an obstacle: never inside it, elsewhere as its neighbours.

    Args:
        obstacle: (m, n) least radii.
        held: (m, n) where the sheet lies on the obstacle whatever is about it.
        rounds: How far tension spreads, in cells.
        around: Whether the last column is the first one's neighbour.
    """
    radius = obstacle.copy()
    for _ in range(rounds):
        rows = np.pad(radius, ((1, 1), (0, 0)), mode="edge")
        columns = np.pad(radius, ((0, 0), (1, 1)), mode="wrap" if around else "edge")
        mean = (rows[2:] + rows[:-2] + columns[:, 2:] + columns[:, :-2]) / 4
        radius = np.maximum(obstacle, mean)
        if held is not None:
            radius[held] = obstacle[held]
    return radius


def grid_normals(points: NDArray, centre: NDArray, around: bool = True) -> NDArray:
    """Return unit normals (m, n, 3) of a grid of points, away from a centre (3,)."""
    along = np.roll(points, -1, 1) - np.roll(points, 1, 1) if around else np.gradient(points, axis=1)
    normals = np.cross(along, np.gradient(points, axis=0))
    # a row that has shrunk to a point has none of its own
    normals = np.where((normals**2).sum(-1, keepdims=True) > 1e-12, normals, normals.mean((0, 1)))
    outside = ((points - centre) * normals).sum()
    return unit(normals) * (-1.0 if outside < 0 else 1.0)


def cloth_uv(points: NDArray, around: bool = True) -> NDArray:
    """Return where (m, n + 1, 2) a grid of points (m, n, 3) lies on cloth: across it from the middle column, and up.

    Cloth is as wide as the longest row; shorter ones gather it. Around, the last column is the first once more.
    """
    ring = np.concatenate([points, points[:, :1]], 1) if around else points
    width = np.linalg.norm(np.diff(ring, axis=1), axis=-1)
    row = width[width.sum(1).argmax()]
    u = np.concatenate([[0], np.cumsum(row)])
    height = np.linalg.norm(np.diff(points, axis=0), axis=-1).mean(1)
    v = np.concatenate([[0], np.cumsum(height)])
    return np.stack(np.broadcast_arrays(u - u[len(row) // 2], v[:, None]), -1)


def thickened(
    inner: NDArray, thickness_mm: NDArray | float, centre: NDArray, closed: bool = False, inside_every: int = 1
) -> Solid:
    """Return a sheet with thickness and a round edge, laid out on cloth.

    Args:
        inner: (m, n, 3) its inner side, rows around the head, the lowest first.
        thickness_mm: One, or (m, n).
        centre: (3,) inside.
        closed: Whether the top row is a round edge as well rather than a pole.
        inside_every: Rows of the outer side for one of the inner.
    """
    normals = grid_normals(inner, centre)
    thickness = np.broadcast_to(np.asarray(thickness_mm, float), inner.shape[:2])[..., None]
    outer = inner + normals * thickness
    cloth = cloth_uv(outer)
    seen = np.r_[0 : len(inner) - 1 : inside_every, len(inner) - 1][::-1]
    edges = [_edge(inner, outer, 0, 1)[None], _edge(inner, outer, -1, -2)[None]]
    if closed:
        rings, uv = [inner[seen], edges[0], outer, edges[1]], [cloth[seen], cloth[:1], cloth, cloth[-1:]]
    else:
        rings, uv = [inner[seen], edges[0], outer], [cloth[seen], cloth[:1], cloth]
    return loft(np.concatenate(rings), closed, np.concatenate(uv))


def _edge(inner: NDArray, outer: NDArray, row: int, next_row: int) -> NDArray:
    """Return the middle (n, 3) of a round edge at a row of a sheet."""
    ahead = unit(inner[row] - inner[next_row])
    thickness = np.linalg.norm(outer[row] - inner[row], axis=-1, keepdims=True)
    return (inner[row] + outer[row]) / 2 + ahead * thickness / 2


@dataclass(frozen=True)
class _Under:
    """What a cover leaves to hair, on `GRID`: radii of the skin and of the most there is, and how far the rim is."""

    chart: Chart
    skin: NDArray
    most: NDArray
    inside: NDArray

    def at(self, values: NDArray, azimuth: NDArray, elevation: NDArray) -> NDArray:
        m, n = GRID
        rows = (elevation / np.pi + 0.5) * (m - 1)
        columns = (azimuth / (2 * np.pi) + 0.5) * n
        ring = np.concatenate([values, values[:, :1]], 1)
        return map_coordinates(ring, [rows.ravel(), columns.ravel()], order=1, mode="nearest").reshape(rows.shape)


def press_under(fit: Fit, chart: Chart, cover: Solid, brim: Solid | None = None, hides: bool = True) -> Press:
    """Return what a cover does to hair: it is pressed between skin and cover, and spreads from under the rim.

    Args:
        fit: The head.
        chart: From whose centre every part of the cover's inside can be seen.
        cover: What hair is under.
        brim: What hair stays below of, but is seen under.
        hides: Whether strands that are wholly under the cover cannot be seen.
    """
    under = _under(fit, chart, cover, brim)

    def press(points: NDArray, strands: Strands) -> tuple[NDArray, NDArray]:
        azimuth, elevation, radius = chart.locate(points)
        skin, most, inside = (under.at(values, azimuth, elevation) for values in (under.skin, under.most, under.inside))
        above = radius - skin
        room = np.maximum(most - skin, LEAST_MM)
        beyond = np.maximum(above / room - UNPRESSED, 0) / (1 - UNPRESSED)
        squeezed = UNPRESSED + (1 - UNPRESSED) * beyond * (1 + beyond**SOFTNESS) ** (-1 / SOFTNESS)
        pressed = skin + np.where(beyond > 0, room * squeezed, above)
        # hair on the shoulders, say, is far behind what passes before them
        free = smooth_step(radius - most, *BEHIND_MM)
        behind = np.where(radius > most, most + free * (radius - most), radius)
        points = chart.points(azimuth, elevation, np.where(above > 0, np.minimum(pressed, most), behind))
        seen = inside.min(1) < HIDDEN_MM
        return points, seen if hides else np.ones(len(points), bool)

    return press


def _under(fit: Fit, chart: Chart, cover: Solid, brim: Solid | None) -> _Under:
    m, n = GRID
    elevation, azimuth = np.meshgrid(np.linspace(-np.pi / 2, np.pi / 2, m), azimuths(n), indexing="ij")
    ways = chart.directions(azimuth, elevation).reshape(-1, 3)
    crown, most = (_inner(solid, chart, ways) for solid in (cover, brim))
    covered = np.isfinite(crown)
    if not covered.any():
        raise ValueError("a cover that no ray from the chart's centre meets presses no hair")
    most = np.minimum(crown, most)
    for solid in (cover, brim):
        if solid is not None:  # edges and straps that lie between the ways
            a, e, radius = chart.locate(solid.vertices)
            row = np.rint((e / np.pi + 0.5) * (m - 1)).astype(int)
            column = np.rint((a / (2 * np.pi) + 0.5) * n).astype(int) % n
            np.minimum.at(most, row * n + column, radius)
    met = np.isfinite(most)
    smallest = _least_about(most.reshape(m, n)).ravel() - MARGIN_MM
    beyond, nearest = quick_tree(ways[met]).query(ways[~met])
    beyond = np.maximum(beyond - np.pi / (m - 1), 0)  # what is covered may reach halfway to the next direction
    limit = np.where(met, smallest, 0.0)
    rim = smallest[met][nearest]
    limit[~met] = rim + FLARE * rim * beyond + FREE_MM * (rim * beyond / FREE_MM) ** 4
    inside = np.zeros(m * n)
    rim_rad = quick_tree(ways[~covered]).query(ways[covered], distance_upper_bound=FAR_INSIDE_RAD)[0]
    inside[covered] = np.minimum(rim_rad, FAR_INSIDE_RAD) * crown[covered]
    skin = reach(fit.rays, chart, azimuth, elevation).ravel()
    head = skin > 0
    skin[~head] = skin[head][quick_tree(ways[head]).query(ways[~head])[1]]
    return _Under(chart, skin.reshape(m, n), limit.reshape(m, n), inside.reshape(m, n))


def _least_about(values: NDArray) -> NDArray:
    """Return the least (m, n) of each cell and those about it."""
    padded = np.pad(np.pad(values, ((1, 1), (0, 0)), mode="edge"), ((0, 0), (1, 1)), mode="wrap")
    return sliding_window_view(padded, (3, 3)).min((2, 3))


def _inner(solid: Solid | None, chart: Chart, ways: NDArray) -> NDArray:
    """Return how far (n,) one can go from a chart's centre along ways (n, 3) before a solid is met; inf if never."""
    if solid is None:
        return np.full(len(ways), np.inf)
    return RayScene(solid.vertices, solid.triangles).first_hit(np.tile(chart.centre, (len(ways), 1)), ways)[1]
