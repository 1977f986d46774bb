"""Meshes as arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from synthgen.transforms import Matrix, apply


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
        map_uv: (t, 3, 2) coordinates in the maps of the head's skin, or None.
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
    map_uv: NDArray | None = None
    attributes: Mapping[str, NDArray] = field(default_factory=dict)
    smooth: bool = True
    normals: NDArray | None = None

    def rows_of(self, *endings: str) -> NDArray[np.integer]:
        """Return the vertices that materials use whose names end so."""
        material = np.zeros(len(self.triangles), int) if self.material is None else self.material
        chosen = [number for number, name in enumerate(self.materials) if name.endswith(endings)]
        return np.unique(self.triangles[np.isin(material, chosen)])

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

    def moved(self, world_from_local: Matrix) -> "Mesh":
        """Return the mesh turned and shifted."""
        turned = None if self.normals is None else self.normals @ world_from_local[:3, :3].T
        return replace(self, vertices=apply(world_from_local, self.vertices), normals=turned)

    def with_attributes(self, more: Mapping[str, NDArray]) -> "Mesh":
        """Return the mesh with more per-vertex values."""
        return replace(self, attributes={**self.attributes, **more})


def face_normals(vertices: NDArray, triangles: NDArray) -> NDArray:
    """Return outward normals (t, 3) of triangles, their length twice the area."""
    a, b, c = (vertices[triangles[:, k]] for k in range(3))
    return np.cross(b - a, c - a)


def vertex_normals(vertices: NDArray, triangles: NDArray) -> NDArray:
    """Return unit normals (v, 3): corners' normals over the squared lengths of their edges; 0 where unused.

    Exact on a sphere, however uneven its triangles. Source: Max, J. Graphics Tools 4 (1999) 1-6.
    """
    corners = vertices[triangles]
    a, b, c = (corners[:, k] for k in range(3))
    edges = b - a, c - b, a - c
    ab, bc, ca = (np.maximum(np.einsum("ij,ij->i", edge, edge), 1e-30) for edge in edges)
    # that of the corner between two edges is their product; the face's normal is common
    weights = np.concatenate([1 / (ab * ca), 1 / (ab * bc), 1 / (bc * ca)])
    normals = np.cross(edges[0], -edges[2])
    into = triangles.T.reshape(-1)
    total = [np.bincount(into, weights * np.tile(normals[:, k], 3), len(vertices)) for k in range(3)]
    return unit(np.stack(total, -1))


def unit(vectors: NDArray) -> NDArray:
    """Return vectors (..., 3) scaled to length 1; zero vectors stay zero."""
    length = np.sqrt(np.einsum("...i,...i->...", vectors, vectors))[..., None]
    return vectors / np.where(length == 0, 1, length)


def as_one(meshes: Sequence[Mesh]) -> tuple[NDArray, NDArray[np.int32]]:
    """Return the vertices (v, 3) and the triangles (t, 3) of one or more meshes as those of one."""
    starts = np.cumsum([0, *(len(mesh.vertices) for mesh in meshes[:-1])])
    triangles = [mesh.triangles + start for mesh, start in zip(meshes, starts, strict=True)]
    return np.concatenate([mesh.vertices for mesh in meshes]), np.concatenate(triangles)


def sides_of(triangles: NDArray) -> NDArray:
    """Return the directed edges (3 t, 2) of triangles."""
    return np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])


def edges_of(triangles: NDArray) -> NDArray:
    """Return the edges (e, 2) of triangles, each once, the lower index first."""
    sides = np.sort(sides_of(triangles), 1).astype(np.int64)
    stride = int(sides.max(initial=0)) + 1
    return np.stack(np.divmod(np.unique(sides @ [stride, 1]), stride), 1)


def border_of(triangles: NDArray) -> NDArray[np.int64]:
    """Return the directed edges (e, 2) of the border, the surface on their left."""
    sides = sides_of(triangles).astype(np.int64)
    stride = sides.max() + 1
    forward, backward = sides[:, 0] * stride + sides[:, 1], sides[:, 1] * stride + sides[:, 0]
    return sides[~np.isin(forward, backward)]


def distance_from(tree: KDTree, normals: NDArray, points: NDArray) -> tuple[NDArray, NDArray]:
    """Return the distance (n,) of points (n, 3) outside (> 0) or inside a surface, and the way out (n, 3).

    It is that from the plane of the nearest vertex: right near the surface (0.1 mm from a head), too small far from it.

    Args:
        tree: Of the surface's vertices (v, 3).
        normals: (v, 3) outward there.
        points: (n, 3)
    """
    nearest = tree.query(points)[1]
    ways = normals[nearest]
    return ((points - tree.data[nearest]) * ways).sum(1), ways
