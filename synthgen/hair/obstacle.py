"""What hair must stay outside of: head, ears, neck, shoulders and clothes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

VOXEL_M = 0.005
NEAR_M = 0.012
"""Nearer than this the distance is that from the nearest vertex's plane, farther away that from the vertex."""
LOW_M, HIGH_M = np.array([-0.26, -0.25, 0.46]), np.array([0.26, 0.24, 0.98])
"""Where hair can be, on the chart."""


@dataclass(frozen=True)
class Obstacle:
    """Signed distance from surfaces by a grid of their nearest vertices: one look-up a point, no search.

    Attributes:
        vertices: (v, 3) metres.
        normals: (v, 3)
        nearest: Index of the nearest vertex to each voxel.
    """

    vertices: NDArray[np.float32]
    normals: NDArray[np.float32]
    nearest: NDArray[np.int32]

    def distance(self, points: NDArray) -> tuple[NDArray, NDArray]:
        """Return the distance (n,) of points (n, 3) outside (> 0) or inside, and the way out (n, 3)."""
        cell = np.clip((points - LOW_M.astype(np.float32)) * np.float32(1 / VOXEL_M), 0, _size() - 1).astype(np.int32)
        vertex = self.nearest[cell[:, 0], cell[:, 1], cell[:, 2]]
        normal, away = self.normals[vertex], points - self.vertices[vertex]
        out = np.einsum("ij,ij->i", away, normal)
        far = np.sqrt(np.einsum("ij,ij->i", away, away))
        return np.where(far < NEAR_M, out, np.sign(out) * far), normal

    def push_out(self, points: NDArray, offset: NDArray | float) -> NDArray:
        """Return points (..., 3) moved out of the surfaces to at least an offset, one or (...)."""
        flat = points.reshape(-1, 3)
        wanted = np.broadcast_to(np.asarray(offset, np.float32), points.shape[:-1]).reshape(-1)
        for _ in range(2):
            out, normal = self.distance(flat)
            short = np.clip(wanted - out, 0, 0.03)
            flat = flat + normal * short[:, None].astype(np.float32)
        return flat.reshape(points.shape)


def _size() -> NDArray[np.int64]:
    return np.ceil((HIGH_M - LOW_M) / VOXEL_M).astype(int)


def obstacle(vertices: NDArray, normals: NDArray) -> Obstacle:
    """Return the obstacle that vertices (v, 3) and their normals make, in the chart's frame."""
    inside = ((vertices > LOW_M) & (vertices < HIGH_M)).all(1)
    points, ways = vertices[inside].astype(np.float32), normals[inside].astype(np.float32)
    holder = np.full(_size(), -1, np.int32)
    x, y, z = ((points - LOW_M) / VOXEL_M).astype(int).T
    holder[x, y, z] = np.arange(len(points))
    rows = distance_transform_edt(holder < 0, return_distances=False, return_indices=True)
    assert isinstance(rows, np.ndarray)
    return Obstacle(points, ways, holder[rows[0], rows[1], rows[2]])
