"""What cloth lies on: skin, hair as it is pressed, what is worn already, and layers of cloth."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from synthgen.accessories.cover import Chart, azimuths, hair_allowance, tilted_chart
from synthgen.accessories.fit import Fit, head_rows
from synthgen.accessories.surfaces import Surface, body_points, surface
from synthgen.head.skin import skin_surface
from synthgen.mesh import unit
from synthgen.parts import Part
from synthgen.ramps import smooth_step

EVERY = 2
"""One of so many vertices of the head is kept: 1.5 mm apart."""
CELL_MM = 3.0
"""Points nearer to each other say no more: on the tip of a nose planes through them are 0.2 mm off."""
LOWEST_MM = -480.0
"""No cloth about the head hangs lower."""
ROUND_MM, EAR_MM = 5.0, 3.0
"""How far from the skin cloth is looked at for that, and how far from an ear, which bends."""
UNDER_MM = 40.0
"""What is at most this deep below a layer of cloth is hidden by it."""
BESIDE_MM = 4.0
"""Half the distance of two points of a layer."""
SINKS_MM = 25.0
"""Cloth that lay on something sinks no deeper before it is looked for again."""
EDGE_MM = 7.0
"""What is beside the nearest point of a surface by more than this is beyond its edge."""
SIDEWAYS, FORWARD = 0.5, 0.0
"""What of an ear faces sideways at least so much holds cloth up, and what of the mouth forwards; the rest bends."""
LIPS, MOUTH_MM = (Part.LIP_UPPER, Part.LIP_LOWER), 10.0
"""What is this near to a lip is of the mouth."""
BUN_ABOVE_NAPE, BUN_WIDE_MM = (0.0, 15.0, 60.0), 55.0
"""Middle and width of bound hair, millimetres from the nape."""
HAIR_GRID = (20, 40)
MOUTH_COLUMNS, MOUTH_ROWS = 14, 10
"""Of the points that span the mouth."""
HAIRLINE_MM = 14.0
"""How far from the border of the scalp hair has its full height under cloth."""


@lru_cache(maxsize=1)
def _head() -> tuple[NDArray[np.integer], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_], NDArray]:
    """Return rows of `Fit.points`: those kept; of them, which lie on ears, at the mouth, on the scalp, how far in."""
    skin, rows = skin_surface(), head_rows()
    inner = np.isin(rows, np.unique(skin.triangles[skin.part == Part.NOSTRILS]))
    kept = np.flatnonzero(~inner)[::EVERY]

    def among(*parts: Part) -> NDArray:
        return np.isin(rows[kept], np.unique(skin.triangles[np.isin(skin.part, parts)]))

    scalp = among(Part.SCALP)
    bare = surface(skin.rest_mm[rows[kept][~scalp]], np.zeros((int((~scalp).sum()), 3)))
    inside = np.zeros(len(kept))
    inside[scalp] = bare.tree.query(skin.rest_mm[rows[kept][scalp]])[0]
    # at its corners skin that is no lip turns into the mouth
    lips = surface(skin.rest_mm[rows[kept]][among(*LIPS)], np.zeros((int(among(*LIPS).sum()), 3)))
    mouth = lips.tree.query(skin.rest_mm[rows[kept]], distance_upper_bound=MOUTH_MM)[0] < MOUTH_MM
    return kept, among(Part.EAR_LEFT, Part.EAR_RIGHT), mouth, scalp, inside


def head_chart(fit: Fit) -> Chart:
    """Return a chart of directions from the middle of the skull."""
    return tilted_chart((fit.anchor("glabella") + fit.anchor("nape")) / 2 + [0, 0, 25])


def ground(fit: Fit, cap_mm: float = 0.0, bun_mm: float = 0.0, lowest_mm: float = LOWEST_MM) -> Surface:
    """Return what cloth on a person lies on.

    Args:
        fit: The person.
        cap_mm: Thickness of what is worn below over the scalp.
        bun_mm: How far hair that is bound together stands out behind.
        lowest_mm: Lower than the cloth hangs.
    """
    kept, ears, mouth, scalp, inside = _head()
    points, normals = fit.points[kept], fit.normals[kept]
    lift = np.zeros(len(points))
    lift[scalp] = cap_mm
    if len(fit.hair):
        lift[scalp] += _hair_mm(fit, points[scalp])
    lift[scalp] *= smooth_step(inside[scalp], 0, HAIRLINE_MM)
    behind = np.linalg.norm(points - fit.anchor("nape") - BUN_ABOVE_NAPE, axis=1)
    lift += bun_mm * scalp * np.exp(-((behind / BUN_WIDE_MM) ** 2))
    points = points + normals * lift[:, None]
    firm = np.where(ears, normals[:, 0] * np.sign(points[:, 0]) > SIDEWAYS, ~mouth | (normals[:, 1] < -FORWARD))
    span, ahead = _before_mouth(fit)
    head = np.concatenate([span, points[firm]]), np.concatenate([ahead, normals[firm]])
    return thinned(*body_points(fit, head=head, lowest_mm=lowest_mm))


@lru_cache(maxsize=1)
def _rough_rows() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which rows of `Fit.points` lie on ears, and which on lips or nostrils."""
    skin, rows = skin_surface(), head_rows()
    ears, others = (Part.EAR_LEFT, Part.EAR_RIGHT), (Part.LIP_UPPER, Part.LIP_LOWER, Part.NOSTRILS)
    on = [np.isin(rows, np.concatenate([skin.vertices_of(part) for part in parts])) for parts in (ears, others)]
    return on[0], on[1]


def off_skin(fit: Fit, points: NDArray, clearance_mm: float) -> NDArray:
    """Return points (..., 3) lifted to a clearance off the head, where few of its points do for its round.

    Of ears they are lifted where they are a little way in.
    """
    flat = points.reshape(-1, 3).copy()
    away, nearest = fit.tree.query(flat, distance_upper_bound=ROUND_MM)
    near = np.flatnonzero(np.isfinite(away))
    ears, others = (rows[nearest[near]] for rows in _rough_rows())
    near, ears = near[~others], ears[~others]
    at, normals = fit.points[nearest[near]], fit.normals[nearest[near]]
    out = np.einsum("ij,ij->i", flat[near] - at, normals)
    short = np.where(ears, np.where(away[near] < EAR_MM, -out, 0), clearance_mm - out)
    flat[near] += normals * np.maximum(short, 0)[:, None]
    return flat.reshape(points.shape)


@lru_cache(maxsize=1)
def _lips() -> tuple[NDArray[np.integer], NDArray[np.integer]]:
    """Return the rows of `Fit.points` on the upper and on the lower lip."""
    skin, rows = skin_surface(), head_rows()
    upper, lower = (np.flatnonzero(np.isin(rows, skin.vertices_of(lip))) for lip in LIPS)
    return upper, lower


def _before_mouth(fit: Fit) -> tuple[NDArray, NDArray]:
    """Return points (n, 3) between the foremost of both lips, and normals (n, 3): cloth spans an open mouth."""
    upper, lower = (fit.points[lip] for lip in _lips())
    left, right = max(upper[:, 0].min(), lower[:, 0].min()), min(upper[:, 0].max(), lower[:, 0].max())
    edges = np.linspace(left, right, MOUTH_COLUMNS + 1)[1:-1]
    foremost = []
    for lip in (upper, lower):
        column = np.searchsorted(edges, lip[:, 0])
        order = np.lexsort((lip[:, 1], column))
        foremost.append(lip[order[np.searchsorted(column[order], np.arange(MOUTH_COLUMNS))]])
    top, way = foremost[0], foremost[1] - foremost[0]
    points = top + np.linspace(0, 1, MOUTH_ROWS)[:, None, None] * way
    ahead = unit(np.stack([np.zeros(len(way)), way[:, 2], -way[:, 1]], 1))
    return points.reshape(-1, 3), np.tile(ahead, (MOUTH_ROWS, 1))


def thinned(points: NDArray, normals: NDArray) -> Surface:
    """Return the surface through one of some points (n, 3) for each cell of space."""
    cells = np.floor((points - points.min(0)) / CELL_MM).astype(np.int64)
    _, kept = np.unique(cells @ [1, 1 << 20, 1 << 40], return_index=True)
    return surface(points[kept], normals[kept])


def _hair_mm(fit: Fit, points: NDArray) -> NDArray:
    """Return the room (n,) that pressed hair takes over points of the scalp."""
    chart, (m, n) = head_chart(fit), HAIR_GRID
    elevation, azimuth = np.meshgrid(np.linspace(-np.pi / 2, np.pi / 2, m), azimuths(n), indexing="ij")
    room = hair_allowance(fit, chart, azimuth, elevation)
    at_azimuth, at_elevation, _ = chart.locate(points)
    rows = (at_elevation / np.pi + 0.5) * (m - 1)
    columns = (at_azimuth / (2 * np.pi) + 0.5) * n
    return map_coordinates(np.hstack([room, room[:, :1]]), [rows, columns], order=1, mode="nearest")


def planes(below: Surface, points: NDArray, within_mm: float = np.inf) -> tuple[NDArray, NDArray]:
    """Return a place (n, 3) and the normal (n, 3) of the plane that points (n, 3) stay above.

    The normal is 0 beyond an edge, and where nothing is within a distance.
    """
    away, nearest = below.tree.query(points, distance_upper_bound=within_mm)
    nearest = np.minimum(nearest, len(below.points) - 1)
    at, normals = below.points[nearest], below.normals[nearest]
    height = np.einsum("ij,ij->i", points - at, normals)
    beyond = ~np.isfinite(away) | (away**2 - height**2 > EDGE_MM**2)
    return at, np.where(beyond[:, None], 0.0, normals)


def lifted(below: Surface, points: NDArray, clearance_mm: float, within_mm: float = np.inf) -> NDArray:
    """Return points (..., 3) moved off what is below, if it is within a distance, to a clearance."""
    flat = points.reshape(-1, 3)
    at, normals = planes(below, flat, within_mm)
    short = clearance_mm - np.einsum("ij,ij->i", flat - at, normals)
    return (flat + normals * np.maximum(short, 0)[:, None]).reshape(points.shape)


def over(below: Surface, points: NDArray, normals: NDArray, inner: NDArray) -> Surface:
    """Return what is below with a layer of points (n, 3) on it: what its inner points (n,) cover is gone."""
    low, high = points.min(0) - UNDER_MM, points.max(0) + UNDER_MM
    near = np.flatnonzero(((below.points > low) & (below.points < high)).all(1))
    away, nearest = surface(points, normals).tree.query(below.points[near], distance_upper_bound=UNDER_MM)
    met = np.isfinite(away)
    near, away, nearest = near[met], away[met], nearest[met]
    way = below.points[near] - points[nearest]
    depth = -np.einsum("ij,ij->i", way, normals[nearest])
    beside = np.sqrt(np.maximum(away**2 - depth**2, 0))
    left = np.ones(len(below.points), bool)
    hidden = (depth > 0) & (beside < np.maximum(BESIDE_MM, depth / 2)) & inner[nearest]
    left[near[hidden]] = False
    return surface(np.concatenate([below.points[left], points]), np.concatenate([below.normals[left], normals]))
