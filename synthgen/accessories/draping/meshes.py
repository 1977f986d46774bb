"""Meshes of sheets: smooth surfaces with turned edges, and where the cloth lies when it is spread out flat."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from synthgen.accessories.draping.flatten import flat_places
from synthgen.accessories.draping.ground import SINKS_MM, off_skin, over, planes
from synthgen.accessories.draping.layers import outward
from synthgen.accessories.draping.relax import Swath, resampled
from synthgen.accessories.draping.ridges import ridge_heights
from synthgen.accessories.fit import Fit
from synthgen.accessories.surfaces import Surface
from synthgen.materials import SEAM_REACH_MM
from synthgen.mesh import Mesh
from synthgen.parts import Part

FINER = (1.75, 1.3)
"""How much finer the mesh is than the grid that fell, along it and across."""
HEM_MM, CREASE_MM = 6.0, 0.7
"""Depth of a turned edge, and how far from where it is turned cloth is flat again."""
ROUND_MM, ROUND_STEPS = 0.3, 0.8
"""How far above what it lies on cloth is rounded, over so many steps of its mesh."""
SEWN_MM = 2.5
"""How much nearer to it a hem is stitched than a seam."""


@dataclass(frozen=True)
class Laid:
    """A sheet as it lies, fine enough to be seen.

    Attributes:
        points: (n, m, 3) millimetres; if it closes, the last column is the first once more.
        normals: (n, m, 3) on the side away from what is below.
        flat: (n, m, 2) where it lies when it is spread out flat, millimetres.
        closed: Whether it closes.
        hemmed: Whether its edges are sewn rather than folded or tucked in.
        seamed: Whether it is sewn of two halves, along its middle column.
    """

    points: NDArray
    normals: NDArray
    flat: NDArray
    closed: bool
    hemmed: bool = True
    seamed: bool = False


def at_rest(cloth: Swath, below: Surface, clearance_mm: float) -> Laid:
    """Return a sheet on a finer grid, off what is below."""
    n, m = cloth.held.shape
    first = cloth.overlap // 2
    last = first + m - cloth.overlap if cloth.overlap else m - 1
    shape = round(FINER[0] * n), round(FINER[1] * (last - first)) + 1
    points = resampled(cloth.points, *shape, first, last, cloth.crowd)
    if cloth.ridges:
        out = outward(points, below)
        points = points + out * ridge_heights(points, out, cloth.ridges)[..., None]
    at, ways = (part.reshape(points.shape) for part in planes(below, points.reshape(-1, 3), SINKS_MM))

    def off(points: NDArray, clearance_mm: float) -> NDArray:
        short = clearance_mm - ((points - at) * ways).sum(-1, keepdims=True)
        return points + ways * np.maximum(short, 0)

    # the planes' edges would show
    points = gaussian_filter(off(points, clearance_mm + ROUND_MM), (ROUND_STEPS, ROUND_STEPS, 0), mode="nearest")
    points = off(points, clearance_mm)
    flat = resampled(flat_places(cloth), *shape, first, last, cloth.crowd)
    return Laid(points, outward(points, below), flat, cloth.overlap > 0, seamed=cloth.seamed)


def covered(below: Surface, laid: Laid) -> Surface:
    """Return what lies below further layers."""
    inner = np.zeros(laid.points.shape[:2], bool)
    inner[1:-1, slice(None) if laid.closed else slice(1, -1)] = True
    return over(below, laid.points.reshape(-1, 3), laid.normals.reshape(-1, 3), inner.ravel())


def cloth_mesh(laid: Laid, fit: Fit, name: str, material: str, instance: str, part: Part, thickness_mm: float) -> Mesh:
    """Return the mesh of a sheet."""
    closed = laid.closed
    seam = _near_edge(laid.flat, closed) if laid.hemmed else np.zeros(laid.points.shape[:2])
    if laid.seamed:
        seam = np.maximum(seam, SEAM_REACH_MM - np.abs(laid.flat[..., 0]))
    grid = np.concatenate([laid.points, laid.normals, laid.flat, seam[..., None]], -1)
    inverted = _faces_away(laid.points, laid.normals)
    grid = _with_hems(grid, thickness_mm)
    if not closed:
        grid = _with_hems(grid.swapaxes(0, 1), thickness_mm).swapaxes(0, 1)
    # creases between points before and behind an ear would lie in it
    grid[..., :3] = off_skin(fit, grid[..., :3], 0.0)
    corners = np.arange(grid.shape[0] * grid.shape[1]).reshape(grid.shape[:2])
    flat = grid[..., 6:8]
    index, once = corners, grid
    if closed:
        once = grid[:, :-1]
        index = np.arange(once.shape[0] * once.shape[1]).reshape(once.shape[:2])
        index = np.hstack([index, index[:, :1]])
    triangles, of_uv = grid_triangles(index), grid_triangles(corners)
    if inverted:
        triangles, of_uv = triangles[:, ::-1], of_uv[:, ::-1]
    rest = np.concatenate([once[..., 6:8], np.zeros((*once.shape[:2], 1))], -1)
    return Mesh(
        name=name,
        vertices=fit.to_world(once[..., :3].reshape(-1, 3)),
        triangles=triangles.astype(np.int32),
        part=np.full(len(triangles), part, np.int16),
        materials=(material,),
        instance=instance,
        uv=flat.reshape(-1, 2)[of_uv].astype(np.float32),
        attributes={"rest_mm": rest.reshape(-1, 3).astype(np.float32), "seam": once[..., 8].ravel().astype(np.float32)},
    )


def _faces_away(grid: NDArray, out: NDArray) -> bool:
    """Return whether triangles of a grid face against normals (n, m, 3)."""
    across, along = np.gradient(grid, axis=1), np.gradient(grid, axis=0)
    return float((np.cross(along, across) * out).sum()) < 0


def grid_triangles(index: NDArray) -> NDArray:
    """Return triangles (t, 3) of a grid of vertex numbers (n, m); they face along rows x columns."""
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    return np.concatenate([np.stack([a, d, c], -1).reshape(-1, 3), np.stack([a, c, b], -1).reshape(-1, 3)])


def _near_edge(flat: NDArray, closed: bool) -> NDArray:
    """Return `seam` (n, m) of a sheet hemmed all round; see `synthgen.materials.Textile`."""
    away = np.full(flat.shape[:2], np.inf)
    for axis in (0,) if closed else (0, 1):
        along = np.cumsum(np.linalg.norm(np.diff(flat, axis=axis, prepend=flat.take([0], axis)), axis=-1), axis)
        away = np.minimum(away, np.minimum(along, along.take([-1], axis) - along))
    return np.clip(SEAM_REACH_MM - SEWN_MM - away, 0, None)


def _with_hems(grid: NDArray, thickness_mm: float) -> NDArray:
    """Return a grid of points, normals and more (n, m, k) with its first and last rows turned under, sharply."""
    step = np.linalg.norm(np.diff(grid[..., :3], axis=0), axis=-1).mean(1)
    first, last = (
        int(np.clip(np.ceil(HEM_MM / gap), 1, len(grid) // 3)) for gap in (step[:4].mean(), step[-4:].mean())
    )
    creases = [
        grid[a] + (grid[b] - grid[a]) * min(CREASE_MM / max(gap, 1e-6), 0.4)
        for a, b, gap in ((0, 1, step[0]), (-1, -2, step[-1]))
    ]
    grid = np.concatenate([grid[:1], creases[0][None], grid[1:-1], creases[1][None], grid[-1:]])
    under = grid.copy()
    under[..., :3] -= thickness_mm * under[..., 3:6]
    return np.concatenate([under[first + 1 :: -1], grid, under[: -last - 3 : -1]])
