"""The face laid flat: for every texel of a skin map, where it lies on the base mesh. All of it constant.

MakeHuman's texture coordinates give the head 0.93 units a metre. Maps of skin use coordinates of their own, in which
the head fills the square and the face most of it: the head's piece, stretched along each axis in three steps.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt
from scipy.spatial import KDTree

from synthgen.head.regions import vertex_sets
from synthgen.head.skin import SkinSurface, skin_surface

Array = NDArray[np.float32]

_U = ((0.627, 0.74, 0.995), (0.012, 0.18, 0.988))
_DOWN = ((0.18, 0.385, 0.65, 0.86), (0.012, 0.16, 0.84, 0.988))
"""Knots of the stretch: MakeHuman's coordinate, the map's; the second counts from the top."""
COARSE = 256
"""Size of the grid for what varies over 5 mm and more."""
_FAR_MM = 30.0


def map_coordinates_of(uv: NDArray) -> NDArray[np.float32]:
    """Return the coordinates (..., 2) in skin maps of MakeHuman's texture coordinates (..., 2) of the head."""
    across = np.interp(uv[..., 0], *_U)
    down = np.interp(1 - uv[..., 1], *_DOWN)
    return np.stack([across, 1 - down], -1).astype(np.float32)


@lru_cache(maxsize=1)
def mapped_triangles() -> NDArray[np.bool_]:
    """Return which of the skin's triangles (t,) lie in the maps: the head's, without its few strays elsewhere."""
    surface = skin_surface()
    u, down = surface.uv[..., 0], 1 - surface.uv[..., 1]
    inside = (u > _U[0][0] - 0.01) & (down > _DOWN[0][0] - 0.01) & (down < _DOWN[0][-1] + 0.01)
    return (surface.island == "head") & inside.all(1)


@dataclass(frozen=True)
class Atlas:
    """Places on the base mesh at the centres of texels, first row on top; outside the head, those of its border.

    Attributes:
        size: Texels along each side, N.
        rest_mm: (N, N, 3) position on the base mesh.
        inside: (N, N) whether some skin lies there.
        lips: (N, N) share of the authored lips; `ears`, `nostrils` likewise.
        ears: (N, N).
        nostrils: (N, N).
        lid_mm: (N, N) distance from the margin of the lids, at most 30.
    """

    size: int
    rest_mm: Array
    inside: NDArray[np.bool_]
    lips: Array
    ears: Array
    nostrils: Array
    lid_mm: Array

    @cached_property
    def texel_mm(self) -> tuple[Array, Array]:
        """Return the length of a texel on the base mesh across and down, (N, N) each, smoothed over its neighbours."""
        sizes = []
        for axis in (1, 0):
            step = np.linalg.norm(np.gradient(self.rest_mm, axis=axis), axis=-1).astype(np.float32)
            sizes.append(cv2.blur(np.clip(step, 0.05, 3 * COARSE / self.size), (5, 5)))
        return sizes[0], sizes[1]

    def texels(self, points_mm: NDArray) -> NDArray:
        """Return the texels (n, 2) as (column, row) nearest to points (n, 3) on the base mesh."""
        inside = self._tree[1]
        _, nearest = self._tree[0].query(points_mm)
        rows, columns = np.divmod(inside[nearest], self.size)
        return np.stack([columns, rows], -1).astype(float)

    @cached_property
    def _tree(self) -> tuple[KDTree, NDArray]:
        inside = np.flatnonzero(self.inside & (self.rest_mm[..., 1] < -40))
        return KDTree(self.rest_mm.reshape(-1, 3)[inside]), inside


@lru_cache(maxsize=6)
def atlas(size: int) -> Atlas:
    """Return the atlas of maps of a size, computed once per process."""
    surface = skin_surface()
    fields = [surface.matrix @ vertex_sets()[name] for name in ("lips", "ears", "nostrils")]
    values = np.column_stack([surface.rest_mm, *fields]).astype(np.float32)
    chosen = mapped_triangles()
    flat = map_coordinates_of(surface.uv[chosen]) * [size, -size] + [0, size] - 0.5
    drawn, inside = _rasterise(flat, values[surface.triangles[chosen]], size)
    rows, columns = np.asarray(distance_transform_edt(~inside, return_distances=False, return_indices=True))
    full = drawn[rows, columns]
    rest = np.ascontiguousarray(full[..., :3])
    near = np.linalg.norm((rest * [0, 1, 1] + np.abs(rest * [1, 0, 0])) - [31, -130, 728], axis=-1) < 60
    lid_mm = np.full((size, size), _FAR_MM, np.float32)
    distance, _ = KDTree(_lid_margin(surface)).query(rest[near], distance_upper_bound=_FAR_MM)
    lid_mm[near] = np.minimum(distance, _FAR_MM)
    lips, ears, nostrils = (np.ascontiguousarray(full[..., k]) for k in (3, 4, 5))
    return Atlas(size, rest, inside, lips, ears, nostrils, lid_mm)


def _lid_margin(surface: SkinSurface) -> NDArray:
    """Return points (n, 3) on the edges where the inside of the lids begins."""
    outside = np.zeros(len(surface.rest_mm), bool)
    outside[surface.triangles[surface.island == "head"]] = True
    inside = np.zeros(len(surface.rest_mm), bool)
    inside[surface.triangles[surface.island == "socket"]] = True
    return surface.rest_mm[outside & inside]


def _rasterise(flat: NDArray, values: NDArray, size: int) -> tuple[Array, NDArray[np.bool_]]:
    """Interpolate corners' values (t, 3, k) over triangles (t, 3, 2) whose corners are texels (column, row)."""
    drawn, inside = np.zeros((size, size, values.shape[-1]), np.float32), np.zeros((size, size), bool)
    low = np.ceil(flat.min(1) - 0.01).astype(int)
    span = (np.floor(flat.max(1) + 0.01).astype(int) - low + 1).max(1)
    for wide in np.unique(2 ** np.ceil(np.log2(np.maximum(span, 1))).astype(int)):
        mine = np.flatnonzero((span <= wide) & (span > wide // 2))
        steps = np.stack(np.meshgrid(np.arange(wide), np.arange(wide)), -1).reshape(-1, 2)
        for part in np.array_split(mine, max(1, len(mine) * len(steps) // 2_000_000)):
            at = low[part][:, None] + steps
            a, b, c = (flat[part][:, None, k] for k in range(3))
            area = np.cross(b - a, c - a)
            area = np.where(np.abs(area) < 1e-12, 1e-12, area)
            wb, wc = np.cross(at - a, c - a) / area, np.cross(b - a, at - a) / area
            weights = np.stack([1 - wb - wc, wb, wc], -1)
            good = (weights > -1e-3).all(-1) & (at >= 0).all(-1) & (at < size).all(-1)
            which, _ = np.nonzero(good)
            columns, rows = at[good].T
            drawn[rows, columns] = np.einsum("nk,nkv->nv", weights[good], values[part][which])
            inside[rows, columns] = True
    return drawn, inside
