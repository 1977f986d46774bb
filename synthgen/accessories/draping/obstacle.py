"""What cloth lies on: skin, hair as it is pressed, and what is worn already."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.spatial import KDTree

from synthgen.accessories.fit import Fit
from synthgen.head.skin import skin_surface
from synthgen.mesh import Mesh
from synthgen.parts import Part

LOWEST_REST_MM = 250.0
"""Skin below this on the base mesh, under the chest, is never reached."""
EVERY = 2
"""One of so many vertices of the skin is kept: 2 mm apart on the head."""
UNDER_MM = 40.0
"""Skin at most this deep below clothes is hidden by them."""
BINS = (36, 18)


@dataclass(frozen=True)
class Obstacle:
    """Points that cloth stays outside of, in the frame and the millimetres of `Fit`.

    Attributes:
        points: (n, 3)
        normals: (n, 3) outward there.
        tree: Of `points`.
    """

    points: NDArray
    normals: NDArray
    tree: KDTree

    def planes(self, points: NDArray) -> tuple[NDArray, NDArray]:
        """Return a point (m, 3) on the plane that each of some points (m, 3) has to stay above, and its normal."""
        nearest = self.tree.query(points)[1]
        return self.points[nearest], self.normals[nearest]

    def height(self, points: NDArray) -> NDArray:
        """Return how far points (m, 3) are above the plane nearest to each (m,); < 0 inside."""
        at, normal = self.planes(points)
        return np.einsum("ij,ij->i", points - at, normal)

    def over(self, points: NDArray, normals: NDArray) -> "Obstacle":
        """Return the obstacle under a layer of points (m, 3) and their normals: what is below the layer is gone."""
        layer = obstacle(points, normals)
        away, nearest = layer.tree.query(self.points, distance_upper_bound=UNDER_MM)
        near = np.isfinite(away)
        hidden = np.zeros(len(self.points), bool)
        way = self.points[near] - points[nearest[near]]
        hidden[near] = np.einsum("ij,ij->i", way, normals[nearest[near]]) < -0.5 * away[near]
        left = ~hidden
        return obstacle(np.concatenate([self.points[left], points]), np.concatenate([self.normals[left], normals]))


def obstacle(points: NDArray, normals: NDArray) -> Obstacle:
    """Return an obstacle of points (n, 3) and their normals."""
    return Obstacle(points, normals, KDTree(points, balanced_tree=False, compact_nodes=False))


@lru_cache(maxsize=1)
def _rows() -> NDArray[np.integer]:
    """Return the skin's vertices that cloth can lie on, every other one."""
    surface = skin_surface()
    outside = ~np.isin(surface.island, ["mouth", "socket"])
    found = np.unique(surface.triangles[outside])
    return found[surface.rest_mm[found, 2] > LOWEST_REST_MM][::EVERY]


@lru_cache(maxsize=1)
def _ears() -> NDArray[np.bool_]:
    """Return which of the rows lie on the ears: only what faces sideways there holds cloth up."""
    surface = skin_surface()
    return np.isin(_rows(), np.unique(surface.triangles[np.isin(surface.part, [Part.EAR_LEFT, Part.EAR_RIGHT])]))


@lru_cache(maxsize=1)
def _scalp() -> NDArray[np.bool_]:
    """Return which of the rows lie on the scalp."""
    surface = skin_surface()
    return np.isin(_rows(), np.unique(surface.triangles[surface.part == Part.SCALP]))


def body(fit: Fit, most_hair_mm: float) -> Obstacle:
    """Return what cloth on a person lies on.

    Args:
        fit: The person.
        most_hair_mm: How thick hair on the scalp stays below the cloth.
    """
    points, out = fit.skin[_rows()], fit.skin_normals[_rows()]
    lift = np.zeros(len(points))
    if len(fit.hair):
        lift[_scalp()] = hair_thickness(fit, points[_scalp()], most_hair_mm)
    points = points + out * lift[:, None]
    firm = ~_ears() | (out[:, 0] * np.sign(points[:, 0]) > 0.5)
    points, out = points[firm], out[firm]
    found = obstacle(points, out)
    for mesh in fit.worn:
        over, up = worn_points(fit, mesh)
        turned_in = np.einsum("ij,ij->i", found.planes(over)[1], up) < 0
        found = found.over(over[~turned_in], up[~turned_in])
    return found


def worn_points(fit: Fit, mesh: Mesh) -> tuple[NDArray, NDArray]:
    """Return the vertices (n, 3) of something worn and their normals, in the frame of the fit."""
    return fit.from_world(mesh.vertices), mesh.shading_normals() @ fit.world_from_fit[:3, :3]


def hair_thickness(fit: Fit, scalp: NDArray, most_mm: float) -> NDArray:
    """Return how thick the hair over points (n, 3) of the scalp is once cloth presses it: half of it, not too much."""
    middle = (fit.anchor("glabella") + fit.anchor("nape")) / 2 + [0, 0, 30]
    def binned(points: NDArray) -> tuple[NDArray, NDArray, NDArray]:
        way = points - middle
        far = np.linalg.norm(way, axis=1)
        turn = np.arctan2(way[:, 0], -way[:, 1]) / (2 * np.pi) * BINS[0]
        rise = np.arcsin(np.clip(way[:, 2] / far, -1, 1)) / np.pi * BINS[1] + BINS[1] / 2
        return np.floor(turn).astype(int) % BINS[0], np.clip(np.floor(rise).astype(int), 0, BINS[1] - 1), far

    radius = np.zeros(BINS)
    across, up, far = binned(scalp)
    np.maximum.at(radius, (across, up), far)
    hair = fit.hair[:: max(1, len(fit.hair) // 30000)]
    i, j, out = binned(hair)
    height = np.where(radius[i, j] > 0, out - radius[i, j], 0)
    outer = np.zeros(BINS)
    np.maximum.at(outer, (i, j), np.clip(height, 0, 2 * most_mm))
    thick = gaussian_filter(outer / 2, (1.2, 1.0), mode=("wrap", "nearest"))
    return np.minimum(thick[across, up], most_mm)
