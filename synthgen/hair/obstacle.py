"""What hair must stay outside of: head, ears, neck, shoulders and clothes."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, gaussian_filter, grey_closing

from synthgen.hair.clothed import Clothed, Solid, clothed
from synthgen.hair.roots import Ground, chart, quick_tree
from synthgen.head.skin import skin_surface
from synthgen.mesh import Mesh, unit
from synthgen.parts import Part
from synthgen.rays import RayScene

VOXEL_M = 0.005
NEAR_M = 0.012
"""Nearer than this the distance is that from the nearest vertex's plane, farther away that from the vertex; there a
point is inside if it lies behind the vertex rather than beside it."""
BELOW_M = 0.12
"""What is hidden makes so much about it the inside."""
LOW_M, HIGH_M = np.array([-0.26, -0.25, 0.36]), np.array([0.26, 0.24, 0.98])
"""Where hair can be, on the chart."""
EAR_CELL_M, BRIDGE_CELLS, SMOOTH_CELLS = 0.002, 9, 1.5
"""Hair lies over an ear as over a hill: gaps of up to so many cells between it and the head are bridged."""
EAR_MARGIN_M = 0.012
SIDES = ("left", "right")
DEEPEST_M = 0.03


@dataclass(frozen=True)
class Obstacle:
    """Signed distance from surfaces by a grid of their nearest vertices: one look-up a point, no search.

    Attributes:
        vertices: (v, 3) metres.
        normals: (v, 3)
        nearest: Index of the nearest vertex to each voxel.
        within: Whether a voxel is nearer to what no hair comes near, below the surfaces.
    """

    vertices: NDArray[np.float32]
    normals: NDArray[np.float32]
    nearest: NDArray[np.int32]
    within: NDArray[np.bool_]

    def distance(self, points: NDArray) -> tuple[NDArray, NDArray]:
        """Return the distance (n,) of points (n, 3) outside (> 0) or inside, and the way out (n, 3)."""
        cell = np.clip((points - LOW_M.astype(np.float32)) * np.float32(1 / VOXEL_M), 0, _size() - 1).astype(np.int32)
        voxel = cell[:, 0], cell[:, 1], cell[:, 2]
        vertex, within = self.nearest[voxel], self.within[voxel]
        normal, off = self.normals[vertex], points - self.vertices[vertex]
        out = np.einsum("ij,ij->i", off, normal)
        far = np.sqrt(np.einsum("ij,ij->i", off, off))
        away = np.where(far < NEAR_M, out, np.where(out < -0.5 * far, -far, far))
        return np.where(within & (out < 0), -far, away), normal

    def push_out(self, points: NDArray, offset: NDArray | float) -> NDArray:
        """Return points (..., 3) moved out of the surfaces to at least an offset, one or (...)."""
        flat = points.reshape(-1, 3)
        wanted = np.broadcast_to(np.asarray(offset, np.float32), points.shape[:-1]).reshape(-1)
        flat, rows = flat.copy(), np.arange(len(flat))
        for _ in range(3):
            out, normal = self.distance(flat[rows])
            short = np.clip(wanted[rows] - out, 0, DEEPEST_M).astype(np.float32)
            near = short > 0
            rows = rows[near]
            flat[rows] += normal[near] * short[near, None]
        return flat.reshape(points.shape)


@dataclass(frozen=True)
class Around:
    """All that hair stays out of, in the chart's frame; each surface is made when it is first asked for.

    Attributes:
        ground: The skin.
        covered_mm: (v,) how far inside clothes its vertices lie.
        clothes: Those, all closed or turned in at their edges.
    """

    ground: Ground
    covered_mm: NDArray
    clothes: tuple[Mesh, ...]

    @cached_property
    def bare(self) -> Obstacle:
        """Return the body without its ears, and clothes: for short hair, that may grow inside a collar, and beards."""
        return self._with(self._shown, lidded=False)

    @cached_property
    def lidded(self) -> Obstacle:
        """Return the same with gaps between neck and clothes closed: for long hair that grows behind the ears."""
        return self._with(self._outside)

    @cached_property
    def draped(self) -> Obstacle:
        """Return that with the ears as hills that hair falls over."""
        vertices, level, hills = self.ground.vertices, self._outside.copy(), []
        for (low, high, way), slices in self._cut:
            hills.append(_hill(*slices[:3], way))
            over = np.abs(vertices[:, 0]) > np.abs([low[0], high[0]]).min()
            over &= way * vertices[:, 0] > 0
            level &= ~(over & ((vertices[:, 1:] > low[1:]) & (vertices[:, 1:] < high[1:])).all(1))
        return self._with(level, *hills)

    @cached_property
    def ears(self) -> tuple[tuple[NDArray, NDArray[np.bool_]], ...]:
        """Return the lower corner (3,) of a box about each ear, and which cells of `EAR_CELL_M` in it are ear."""
        return tuple((low, _dilated(slices[3])) for (low, _, _), slices in self._cut)

    def beside(self, ears: bool, long: bool) -> Obstacle:
        """Return what hair stays out of that is cut round the ears or grows behind them, or that falls over them."""
        return (self.lidded if long else self.bare) if ears else self.draped

    def in_collar(self, points: NDArray, normals: NDArray) -> NDArray[np.bool_]:
        """Return which points (n, 3) of the skin, its normals (n, 3) there, lie inside of what is worn about it."""
        return self._clothed.cover(points, normals) if self._clothed else np.zeros(len(points), bool)

    def cloth_before(self, hairs: NDArray) -> NDArray[np.bool_]:
        """Return before which points (n, k, 3) of hairs they cross clothes."""
        return self._clothed.crossed(hairs) if self._clothed else np.zeros(hairs.shape[:2], bool)

    def _with(self, skin: NDArray[np.bool_], *more: Solid, lidded: bool = True) -> Obstacle:
        """Return the obstacle of some of the skin's vertices, clothes and more."""
        solids, hidden = [(self.ground.vertices[skin], self.ground.normals[skin]), *more], np.zeros((0, 3))
        if self._clothed:
            solids.append(self._clothed.outer)
        if self._clothed and lidded:
            solids.append(self._clothed.lids)
            under = (self.covered_mm > 0) | (self._shown & ~self._outside)
            hidden = np.concatenate([self._clothed.inner, self.ground.vertices[under]])
        vertices, normals = (np.concatenate(arrays) for arrays in zip(*solids, strict=True))
        return obstacle(vertices, normals, hidden)

    @cached_property
    def _clothed(self) -> Clothed | None:
        return clothed(self.ground, self.clothes) if self.clothes else None

    @cached_property
    def _outside(self) -> NDArray[np.bool_]:
        """Return which of the skin's vertices (v,) show and are not in a gap."""
        return self._shown & ~self.in_collar(self.ground.vertices, self.ground.normals)

    @cached_property
    def _shown(self) -> NDArray[np.bool_]:
        shown = np.zeros(len(self.ground.vertices), bool)
        shown[skin_surface().outer_vertices] = True
        shown &= self.covered_mm <= 0
        for side in SIDES:
            shown[_about_ear(side)[1]] = False
        return shown

    @cached_property
    def _cut(self) -> list[tuple[tuple[NDArray, NDArray, float], tuple[NDArray, NDArray, NDArray, NDArray]]]:
        """Return corners of a box about each ear and the way out of it, and its slices."""
        found = []
        for side, way in zip(SIDES, (1.0, -1.0), strict=True):
            triangles, ear = _about_ear(side)
            low = self.ground.vertices[ear].min(0) - EAR_MARGIN_M
            high = self.ground.vertices[ear].max(0) + EAR_MARGIN_M
            found.append(((low, high, way), _slices(RayScene(self.ground.vertices, triangles), low, high, way)))
        return found

    def in_ear(self, points: NDArray) -> NDArray[np.bool_]:
        """Return which points (..., 3) lie in an ear."""
        found = np.zeros(points.shape[:-1], bool)
        for low, full in self.ears:
            high = low + np.array(full.shape) * EAR_CELL_M
            near = (points[..., 0] > low[0]) & (points[..., 0] < high[0])
            near[near] = ((points[near][:, 1:] > low[1:]) & (points[near][:, 1:] < high[1:])).all(1)
            cell = ((points[near] - low) / EAR_CELL_M).astype(int)
            found[near] |= full[tuple(np.minimum(cell, np.array(full.shape) - 1).T)]
        return found


def _size() -> NDArray[np.int64]:
    return np.ceil((HIGH_M - LOW_M) / VOXEL_M).astype(int)


def obstacle(vertices: NDArray, normals: NDArray, hidden: NDArray) -> Obstacle:
    """Return the obstacle that vertices (v, 3) and their normals make, in the chart's frame.

    Args:
        vertices: Of the surfaces.
        normals: Outwards.
        hidden: (h, 3) points below the surfaces: what is nearer to them is inside.
    """
    rows = _in_reach(vertices)
    points, ways, below = vertices[rows].astype(np.float32), normals[rows].astype(np.float32), hidden[_in_reach(hidden)]
    holder = np.full(_size(), -1, np.int32)
    for first, some in ((len(points), below), (0, points)):
        x, y, z = ((some - LOW_M) / VOXEL_M).astype(int).T
        holder[x, y, z] = np.arange(first, first + len(some))
    cells = distance_transform_edt(holder < 0, return_distances=False, return_indices=True)
    assert isinstance(cells, np.ndarray)
    nearest = holder[cells[0], cells[1], cells[2]]
    shown = np.arange(len(points) + len(below))
    shown[len(points) :] = quick_tree(points).query(below)[1]
    within = nearest >= len(points)
    away = LOW_M + VOXEL_M * (np.argwhere(within) + 0.5) - below[nearest[within] - len(points)]
    within[within] = (away**2).sum(1) < BELOW_M**2
    return Obstacle(points, ways, shown[nearest].astype(np.int32), within)


@lru_cache(maxsize=2)
def _about_ear(side: str) -> tuple[NDArray, NDArray]:
    """Return the triangles about an ear, and the vertices of it."""
    surface = skin_surface()
    ear = surface.vertices_of(Part[f"EAR_{side.upper()}"])
    low, high = chart()[ear].min(0) - 2 * EAR_MARGIN_M, chart()[ear].max(0) + 2 * EAR_MARGIN_M
    near = ((chart()[surface.triangles] > low) & (chart()[surface.triangles] < high)).all((1, 2))
    return surface.triangles[surface.outer & near], ear


def _in_reach(points: NDArray) -> NDArray[np.bool_]:
    """Return which points (n, 3) lie where hair can be."""
    return ((points > LOW_M) & (points < HIGH_M)).all(1)


def _slices(rays: RayScene, low: NDArray, high: NDArray, way: float) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """Cut a box about an ear into columns along x.

    Returns:
        y and z (a, b) of the columns, the outermost x of the surface, nan where there is none, and whether each cell
        (c, a, b) of the box is inside the ear.
    """
    y, z = np.meshgrid(*(np.arange(low[k], high[k], EAR_CELL_M) + EAR_CELL_M / 2 for k in (1, 2)), indexing="ij")
    x = np.arange(low[0], high[0], EAR_CELL_M) + EAR_CELL_M / 2
    begin = max(way * low[0], way * high[0]) + 0.01
    full = np.zeros((len(x), y.size), bool)
    depth, outer = np.full(y.size, 0.0), np.full(y.size, np.nan)
    alive = np.arange(y.size)
    enters = np.zeros(y.size)
    for crossing in range(8):
        origin = np.column_stack([way * (begin - depth[alive]), y.ravel()[alive], z.ravel()[alive]])
        hit, distance = rays.first_hit(origin, np.tile([-way, 0, 0], (len(alive), 1)))
        alive = alive[hit >= 0]
        depth[alive] += distance[hit >= 0] + 2e-5
        at = begin - depth[alive]
        if crossing == 0:
            outer[alive] = way * at
        if crossing % 2 == 0:
            enters[alive] = at
        else:
            full[:, alive] |= (way * x[:, None] < enters[alive]) & (way * x[:, None] > at)
        if not len(alive):
            break
    return y, z, outer.reshape(y.shape), full.reshape(len(x), *y.shape)


def _hill(y: NDArray, z: NDArray, outer: NDArray, way: float) -> Solid:
    """Return the surface that hair lies on over an ear, from the outermost points of columns."""
    missing = np.isnan(outer)
    rows = distance_transform_edt(missing, return_distances=False, return_indices=True)
    assert isinstance(rows, np.ndarray)
    height = way * outer[rows[0], rows[1]]
    height = gaussian_filter(grey_closing(height, (BRIDGE_CELLS, BRIDGE_CELLS), mode="nearest"), SMOOTH_CELLS)
    slope_y, slope_z = np.gradient(height, EAR_CELL_M)
    normals = unit(np.stack([np.full_like(height, way), -slope_y, -slope_z], -1))
    return np.stack([way * height, y, z], -1)[~missing], normals[~missing]


def _dilated(full: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return cells within one of those that are full."""
    found = distance_transform_edt(~full)
    assert isinstance(found, np.ndarray)
    return found < 1.2
