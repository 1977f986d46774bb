"""Rays against triangles, by Embree: first hits and occlusion."""

import numpy as np
from embreex.mesh_construction import TriangleMesh
from embreex.rtcore_scene import EmbreeScene
from numpy.typing import ArrayLike, NDArray

from synthgen.mesh import edges_of


class RayScene:
    """A triangle mesh that rays can be cast at.

    Embree works in single precision; coordinates are kept relative to the mesh's centre.
    """

    def __init__(self, vertices: ArrayLike, triangles: ArrayLike):
        """Build the hierarchy over vertices (v, 3), metres, and triangles (t, 3)."""
        points = np.asarray(vertices, float)
        self._centre, self._triangles, self._vertices = points.mean(0), np.asarray(triangles), points
        self._scene = EmbreeScene()
        shifted = np.ascontiguousarray(points - self._centre, np.float32)
        self._mesh = TriangleMesh(self._scene, shifted, np.ascontiguousarray(triangles, np.int32))

    def first_hit(
        self, origins: ArrayLike, directions: ArrayLike, within_m: ArrayLike | None = None
    ) -> tuple[NDArray, NDArray]:
        """Cast rays.

        Args:
            origins: (n, 3) or (3,), metres.
            directions: (n, 3), any length.
            within_m: Ignore hits farther than this, (n,) or one number.

        Returns:
            Index of the triangle hit first, (n,), -1 for none; and its distance in metres, inf for none.
        """
        d = np.asarray(directions, float).reshape(-1, 3)
        d = d / np.linalg.norm(d, axis=1, keepdims=True)
        o = np.broadcast_to(np.asarray(origins, float) - self._centre, d.shape)
        limit = np.broadcast_to(np.asarray(np.inf if within_m is None else within_m, np.float32), len(d))
        hit = self._scene.run(
            np.ascontiguousarray(o, np.float32),
            np.ascontiguousarray(d, np.float32),
            dists=np.array(limit),
            output=1,
        )
        triangle = hit["primID"].astype(np.int64)
        return triangle, np.where(triangle >= 0, hit["tfar"].astype(float), np.inf)

    def depth_inside(self, points: NDArray) -> NDArray[np.float64]:
        """Return how deep points (n, 3) lie inside the mesh (n,), metres; 0 outside.

        Inside is where five of the six rays along the axes meet the surface from behind, so that one opening does not
        matter; the depth is the distance to the nearest hit, which is never less than the true one.
        """
        corners = self._vertices[self._triangles]
        normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        behind, nearest = np.zeros(len(points), int), np.full(len(points), np.inf)
        off_grid = np.array([0.0013, 0.0021, 0.0017])  # so that no ray runs along an edge
        for way in np.concatenate([np.eye(3), -np.eye(3)]) + off_grid:
            hit, distance = self.first_hit(points, np.tile(way, (len(points), 1)))
            behind += (hit >= 0) & (normals[hit] @ way > 0)
            nearest = np.minimum(nearest, distance)
        return np.where(behind >= 5, nearest, 0.0)


def count_self_intersections(vertices: NDArray, triangles: NDArray) -> int:
    """Return how many edges of a mesh pass through a triangle they share no vertex with.

    Each edge is cast as a ray from one end to the other; touching neighbours do not count.
    """
    edges = edges_of(triangles)
    a, b = vertices[edges[:, 0]], vertices[edges[:, 1]]
    length = np.linalg.norm(b - a, axis=1)
    edges, a, b, length = (array[length > 1e-7] for array in (edges, a, b, length))
    inset = 0.02  # stay off the fan of triangles that meet at the ends
    hit, _ = RayScene(vertices, triangles).first_hit(a + inset * (b - a), b - a, (1 - 2 * inset) * length)
    struck = triangles[hit]
    apart = (struck[:, :, None] != edges[:, None, :]).all((1, 2))
    return int(((hit >= 0) & apart).sum())
