"""Meshes as arrays."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Mesh:
    """Triangles in the world, with what labels and materials need.

    Attributes:
        name: Unique in a scene.
        vertices: (v, 3) metres.
        triangles: (t, 3) counter-clockwise seen from outside.
        part: (t,) `Part` numbers.
        material: (t,) index into `materials`.
        materials: Names of the materials.
        instance: Name of the instance the mesh belongs to.
        uv: (t, 3, 2) texture coordinates, or None.
        attributes: Per-vertex values (v,) or (v, 3) by name, for materials.
        smooth: Whether normals are interpolated over the triangles.
        normals: (v, 3) unit normals; None to take them from the triangles.
    """

    name: str
    vertices: NDArray
    triangles: NDArray[np.int32]
    part: NDArray[np.int16]
    materials: tuple[str, ...]
    instance: str
    material: NDArray[np.int16] | None = None
    uv: NDArray | None = None
    attributes: Mapping[str, NDArray] = field(default_factory=dict)
    smooth: bool = True
    normals: NDArray | None = None

    def compact(self) -> "Mesh":
        """Return the mesh without the vertices that no triangle uses."""
        used, triangles = np.unique(self.triangles, return_inverse=True)
        return replace(
            self,
            vertices=self.vertices[used],
            triangles=triangles.reshape(-1, 3).astype(np.int32),
            attributes={name: values[used] for name, values in self.attributes.items()},
            normals=None if self.normals is None else self.normals[used],
        )

    def shading_normals(self) -> NDArray:
        """Return the unit normals (v, 3) that the surface is shaded with."""
        return vertex_normals(self.vertices, self.triangles) if self.normals is None else self.normals

    def with_attributes(self, more: Mapping[str, NDArray]) -> "Mesh":
        """Return the mesh with more per-vertex values."""
        return replace(self, attributes={**self.attributes, **more})


def face_normals(vertices: NDArray, triangles: NDArray) -> NDArray:
    """Return outward normals (t, 3) of triangles, their length twice the area."""
    a, b, c = (vertices[triangles[:, k]] for k in range(3))
    return np.cross(b - a, c - a)


def vertex_normals(vertices: NDArray, triangles: NDArray) -> NDArray:
    """Return unit normals (v, 3): the faces' normals weighted by their angle at the vertex; 0 where unused.

    Source: Thuermer & Wuethrich, J. Graphics Tools 3 (1998) 43-46.
    """
    corners = vertices[triangles]
    normals = unit(face_normals(vertices, triangles))
    total = np.zeros_like(vertices, dtype=float)
    for k in range(3):
        a, b = unit(corners[:, k - 2] - corners[:, k]), unit(corners[:, k - 1] - corners[:, k])
        angle = np.arccos(np.clip((a * b).sum(1), -1, 1))
        for axis in range(3):
            total[:, axis] += np.bincount(triangles[:, k], angle * normals[:, axis], len(vertices))
    return unit(total)


def unit(vectors: NDArray) -> NDArray:
    """Return vectors (..., 3) scaled to length 1; zero vectors stay zero."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.where(length == 0, 1, length)
