"""Sheets with holes: a grid of points, cut along the zero line of a field, then given thickness. Any unit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.cover import cloth_uv, grid_normals
from synthgen.accessories.geometry import Solid, outward
from synthgen.mesh import unit


@dataclass(frozen=True)
class Sheet:
    """A surface with borders.

    Attributes:
        vertices: (v, 3)
        normals: (v, 3) unit, away from what the sheet lies on.
        triangles: (t, 3)
        uv: (t, 3, 2) of their corners on cloth.
    """

    vertices: NDArray
    normals: NDArray
    triangles: NDArray[np.int64]
    uv: NDArray

    def offset(self, distance: NDArray | float) -> NDArray:
        """Return its vertices (v, 3) moved along its normals by a distance, one or (v,)."""
        return self.vertices + self.normals * np.broadcast_to(np.asarray(distance), len(self.vertices))[:, None]


def grid_sheet(points: NDArray, centre: NDArray) -> Sheet:
    """Return the sheet over a grid (m, n, 3) whose rows run around a centre (3,), the last about a pole."""
    m, n = points.shape[:2]
    index, uv = np.arange(m * n).reshape(m, n), cloth_uv(points)
    a, d = index[:-1], index[1:]
    b, c = np.roll(a, -1, 1), np.roll(d, -1, 1)
    triangles = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    p, q, r, s = uv[:-1, :-1], uv[:-1, 1:], uv[1:, 1:], uv[1:, :-1]
    places = [np.stack([p, q, r], 2).reshape(-1, 3, 2), np.stack([p, r, s], 2).reshape(-1, 3, 2)]
    fan = np.stack([index[-1], np.roll(index[-1], -1), np.full(n, m * n)], 1)
    top = np.stack([uv[-1, :-1], uv[-1, 1:], (uv[-1, :-1] + uv[-1, 1:]) / 2], 1)
    normals = grid_normals(points, centre)
    return Sheet(
        np.concatenate([points.reshape(-1, 3), points[-1].mean(0)[None]]),
        np.concatenate([normals.reshape(-1, 3), unit(normals[-1].mean(0))[None]]),
        np.concatenate([triangles, fan]),
        np.concatenate([*places, top]),
    )


def cut(sheet: Sheet, field: NDArray) -> Sheet:
    """Return what of a sheet has a field (v,) above 0, cut exactly along its zero line, by linear interpolation."""
    above = field > 0
    many = above[sheet.triangles].sum(1)
    vertices, normals = [sheet.vertices], [sheet.normals]
    triangles, uv = [sheet.triangles[many == 3]], [sheet.uv[many == 3]]
    crossing = _crossings(sheet.triangles, above)
    share = field[crossing[:, 0]] / (field[crossing[:, 0]] - field[crossing[:, 1]])
    for values, old in ((vertices, sheet.vertices), (normals, sheet.normals)):
        values.append(old[crossing[:, 0]] + share[:, None] * (old[crossing[:, 1]] - old[crossing[:, 0]]))
    place = {pair: len(sheet.vertices) + k for k, pair in enumerate(map(tuple, np.sort(crossing, 1).tolist()))}
    for count in (1, 2):
        chosen = np.flatnonzero(many == count)
        # turned so that the corner that differs from the others comes first
        lone = (above[sheet.triangles[chosen]] == (count == 1)).argmax(1)
        order = (lone[:, None] + np.arange(3)) % 3
        t = np.take_along_axis(sheet.triangles[chosen], order, 1)
        w = np.take_along_axis(sheet.uv[chosen], order[..., None], 1)
        f = field[t]
        new = [np.array([place[tuple(sorted(p))] for p in t[:, [0, k]].tolist()], int) for k in (1, 2)]
        at = [w[:, 0] + (f[:, 0] / (f[:, 0] - f[:, k]))[:, None] * (w[:, k] - w[:, 0]) for k in (1, 2)]
        if count == 1:
            pieces = [((t[:, 0], w[:, 0]), (new[0], at[0]), (new[1], at[1]))]
        else:
            one, two = (t[:, 1], w[:, 1]), (t[:, 2], w[:, 2])
            pieces = [((new[0], at[0]), one, two), ((new[0], at[0]), two, (new[1], at[1]))]
        for piece in pieces:
            triangles.append(np.stack([corner for corner, _ in piece], 1))
            uv.append(np.stack([where for _, where in piece], 1))
    found = np.concatenate(triangles)
    used, found = np.unique(found, return_inverse=True)
    return Sheet(
        np.concatenate(vertices)[used], np.concatenate(normals)[used], found.reshape(-1, 3), np.concatenate(uv)
    )


def _crossings(triangles: NDArray, above: NDArray) -> NDArray:
    """Return edges (e, 2) whose ends differ, each once."""
    sides = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    return np.unique(np.sort(sides[above[sides[:, 0]] != above[sides[:, 1]]], 1), axis=0)


def borders(sheet: Sheet) -> list[NDArray[np.int64]]:
    """Return the loops of vertices along a sheet's borders, the sheet on their left."""
    t = sheet.triangles
    sides = np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]])
    stride = sides.max() + 1
    alone = ~np.isin(sides @ [stride, 1], sides[:, ::-1] @ [stride, 1])
    ahead = dict(sides[alone].tolist())
    loops = []
    while ahead:
        first, here = ahead.popitem()
        loop = [first]
        while here != first:
            loop.append(here)
            here = ahead.pop(here)
        loops.append(np.array(loop))
    return loops


def stiffened(sheet: Sheet, thickness: NDArray | float) -> Solid:
    """Return a sheet with thickness, from where it lies outwards; its edges are sharp."""
    n = len(sheet.vertices)
    outer = sheet.offset(thickness)
    vertices, triangles = [sheet.vertices, outer], [sheet.triangles + n, sheet.triangles[:, ::-1]]
    uv = [sheet.uv, sheet.uv[:, ::-1]]
    start = 2 * n
    for loop in borders(sheet):
        # walls have vertices of their own, so that they are shaded apart from the sheet
        m = np.arange(len(loop))
        ahead = np.roll(m, -1)
        vertices += [sheet.vertices[loop], outer[loop]]
        low, high = start + m, start + len(loop) + m
        low_ahead, high_ahead = start + ahead, start + len(loop) + ahead
        triangles += [np.stack([low, low_ahead, high_ahead], 1), np.stack([low, high_ahead, high], 1)]
        uv += [np.zeros((2 * len(loop), 3, 2))]
        start += 2 * len(loop)
    return outward(Solid(np.concatenate(vertices), np.concatenate(triangles).astype(np.int32), np.concatenate(uv)))
