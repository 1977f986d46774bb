"""What cloth does to hair."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation

from synthgen.accessories.cover import press_under
from synthgen.accessories.draping.ground import head_chart
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import Solid, joined
from synthgen.accessories.kind import Press
from synthgen.accessories.surfaces import surface
from synthgen.mesh import Mesh, vertex_normals
from synthgen.parts import Part
from synthgen.rays import RayScene
from synthgen.strands import Strands

CELL_MM, OVER_MM = 10.0, 1.0
"""Cells that hair is looked for in, and how far it lies above cloth."""
TUCK_MM = 12.0
"""Depth of what is gathered below."""
REACH_MM = 45.0
"""Cloth this near above a root hides it."""


def cloth_solid(fit: Fit, meshes: Sequence[Mesh]) -> Solid:
    """Return all meshes as one, in the frame of the fit."""
    return joined([Solid(fit.from_world(mesh.vertices), mesh.triangles) for mesh in meshes])


def hide(fit: Fit, meshes: Sequence[Mesh]) -> Press:
    """Return what closed cloth does: the head's hair is gone, and so is all else that grows below it."""
    cloth = cloth_solid(fit, meshes)
    rays = RayScene(cloth.vertices, cloth.triangles)

    def press(points: NDArray, strands: Strands) -> tuple[NDArray, NDArray]:
        if strands.part == Part.HAIR:
            return points, np.zeros(len(points), bool)
        roots = points[:, 0]
        out = fit.normals[fit.tree.query(roots)[1]]
        return points, rays.first_hit(roots, out, REACH_MM)[0] < 0

    return press


def press_below(fit: Fit, meshes: Sequence[Mesh]) -> Press:
    """Return what open cloth does: hair is pressed between head and cloth, and spreads from under its edge."""
    return press_under(fit, head_chart(fit), cloth_solid(fit, meshes))


def tuck_in(fit: Fit, meshes: Sequence[Mesh], lowest_mm: float) -> Press:
    """Return what cloth closed at the neck does: hair stays above a height, bunched there, and below the cloth."""
    under = press_below(fit, meshes)

    def press(points: NDArray, strands: Strands) -> tuple[NDArray, NDArray]:
        if strands.part != Part.HAIR:
            return points, np.ones(len(points), bool)
        short = np.maximum(lowest_mm - points[..., 2], 0)
        kept = np.exp(-short / TUCK_MM)[..., None]
        # where strands reach that height
        first = np.maximum((short > 0).argmax(1) - 1, 0)
        there = np.take_along_axis(points, first[:, None, None], 1)
        gathered = there + (points - there) * kept
        gathered[..., 2] = points[..., 2] + short - TUCK_MM * (1 - kept[..., 0])
        return under(gathered, strands)

    return press


def lie_over(fit: Fit, meshes: Sequence[Mesh]) -> Press:
    """Return what cloth over the shoulders does: hair falls over it."""
    cloth = cloth_solid(fit, meshes)
    on = surface(cloth.vertices, vertex_normals(cloth.vertices, cloth.triangles))
    low = cloth.vertices.min(0) - 2 * CELL_MM
    shape = np.ceil((cloth.vertices.max(0) + 2 * CELL_MM - low) / CELL_MM).astype(int)
    near = np.zeros(shape, bool)
    near[tuple(((cloth.vertices - low) / CELL_MM).astype(int).T)] = True
    near = binary_dilation(near, iterations=2)

    def press(points: NDArray, strands: Strands) -> tuple[NDArray, NDArray]:
        flat = points.reshape(-1, 3).copy()
        if strands.part == Part.HAIR:
            cell = np.floor((flat - low) / CELL_MM).astype(int)
            inside = ((cell >= 0) & (cell < shape)).all(1)
            inside[inside] = near[tuple(cell[inside].T)]
            flat[inside] = on.push_out(flat[inside], OVER_MM)
        return flat.reshape(points.shape), np.ones(len(points), bool)

    return press
