"""What of clothes hair lies on: what is seen of them from outside, and lids over the gaps between neck and collars."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, minimum_filter1d

from synthgen.hair.roots import Ground, quick_tree
from synthgen.mesh import Mesh, as_one, unit
from synthgen.rays import RayScene

CELL_M, GAP_CELLS, OUT_M = 0.006, 9, 0.008
"""Gaps up to so many cells wide at one height are closed; what they close lies less than the last length outside."""
OFF_M, OVER_M = 2e-4, 0.10
"""Cloth is hidden if other cloth lies before it, from the first distance on up to the second: a hood stands off."""
FACING = -0.1
"""Cloth that faces its nearest skin more than this is a lining."""
LOW_M, HIGH_M = np.array([-0.22, -0.22, 0.36]), np.array([0.22, 0.22, 0.80])
"""Where there may be such gaps, on the chart."""
LEAN = 0.5
"""How far lids lean away from the neck."""

Solid = tuple[NDArray, NDArray]
"""Points (n, 3) of a surface and its normals there."""
Cells = NDArray[np.uint8]


@dataclass(frozen=True)
class Clothed:
    """Clothes as hair meets them, in the chart's frame.

    Attributes:
        inner: (n, 3) all other points of them.
        outer: What of them no other cloth lies over: not what a jacket, a hood or lapels cover, no linings.
        lids: Over the gaps between them and the neck.
        cloth: All of them.
        filled: (a, b, c) whether a cell is full or in a gap, near clothes at the same height.
    """

    inner: NDArray
    outer: Solid
    lids: Solid
    cloth: RayScene
    filled: Cells

    def cover(self, points: NDArray, normals: NDArray) -> NDArray[np.bool_]:
        """Return which points (n, 3) of a surface with normals (n, 3) are covered, or lie in a gap."""
        return _at(self.filled, points + OUT_M * normals)

    def crossed(self, hairs: NDArray) -> NDArray[np.bool_]:
        """Return before which points (n, k, 3) of hairs they cross clothes, the first if they begin in them."""
        wrong = np.zeros(hairs.shape[:2], bool)
        some = hairs[:, ::2]
        near = np.flatnonzero(_at(self.filled, some.reshape(-1, 3)).reshape(some.shape[:2]).any(1))
        steps = np.diff(hairs[near], axis=1)
        reach = np.linalg.norm(steps, axis=2)
        hair, point = np.nonzero(reach > 0)
        hit, _ = self.cloth.first_hit(hairs[near[hair], point], steps[hair, point], reach[hair, point])
        wrong[near[hair], point + 1] = hit >= 0
        wrong[near, 0] = self.cloth.depth_inside(hairs[near, 1].astype(float)) > 0
        return wrong


def clothed(ground: Ground, clothes: tuple[Mesh, ...]) -> Clothed:
    """Return how clothes lie about a body."""
    vertices, triangles = as_one(clothes)
    normals = np.concatenate([mesh.shading_normals() for mesh in clothes])
    worn = _cells(vertices)
    filled = np.minimum(_closed(worn | _cells(ground.vertices)), _filtered(maximum_filter1d, worn, GAP_CELLS, (0, 1)))
    cloth = RayScene(vertices, triangles)
    before, _ = cloth.first_hit(vertices + OFF_M * normals, normals, OVER_M)
    outer = (before < 0) & (vertices[:, 2] > LOW_M[2]) & ~_at(filled, vertices + OUT_M * normals)
    skin = quick_tree(ground.vertices)
    away = vertices[outer] - ground.vertices[skin.query(vertices[outer])[1]]
    outer[outer] = (unit(away) * normals[outer]).sum(1) > FACING
    top = filled.copy()
    top[..., :-1] &= 1 - filled[..., 1:]
    lids = LOW_M + CELL_M * (np.argwhere(top) + np.array([0.5, 0.5, 1.0]))
    near = skin.query(lids)[1]
    beside = ground.normals[near]
    outside = ((lids - ground.vertices[near]) * beside).sum(1) > 0
    lids, upwards = lids[outside], unit(LEAN * beside[outside] + np.array([0, 0, 1.0]))
    return Clothed(vertices[~outer], (vertices[outer], normals[outer]), (lids, upwards), cloth, filled)


def _cells(points: NDArray) -> Cells:
    """Return the cells (a, b, c) that points (n, 3) lie in."""
    found = np.zeros(np.ceil((HIGH_M - LOW_M) / CELL_M).astype(int), np.uint8)
    inside = ((points > LOW_M) & (points < HIGH_M)).all(1)
    found[tuple(((points[inside] - LOW_M) / CELL_M).astype(int).T)] = 1
    return found


def _closed(cells: Cells) -> Cells:
    """Return cells with the gaps between them at each height; between heights only those that one cell fills."""
    found = cells
    for size, axes in ((3, (2,)), (GAP_CELLS, (0, 1))):
        for grown in (maximum_filter1d, minimum_filter1d):
            found = _filtered(grown, found, size, axes)
    return np.maximum(found, cells)


def _filtered(filter1d: Callable, cells: Cells, size: int, axes: tuple[int, ...]) -> Cells:
    for axis in axes:
        cells = filter1d(cells, size, axis, mode="constant")
    return cells


def _at(cells: Cells, points: NDArray) -> NDArray[np.bool_]:
    """Return the value (n,) of cells at points (n, 3), 0 beside them."""
    cell = np.floor((points - LOW_M) / CELL_M).astype(int)
    inside = ((cell >= 0) & (cell < cells.shape)).all(1)
    found = np.zeros(len(points), bool)
    x, y, z = cell[inside].T
    found[inside] = cells[x, y, z] > 0
    return found
