"""The skin surface: the part of the body that can be seen above a shirt, refined to its limit surface."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from synthgen.head.borders import cut_along_borders
from synthgen.head.model import head_model
from synthgen.head.regions import body_islands, skin_parts, vertex_sets
from synthgen.mesh import unit, vertex_normals
from synthgen.parts import Part
from synthgen.subdivision import subdivide

LEVELS = 2
"""Refinements: 0.8 mm between vertices on the face, a pixel at 256 px across."""
INNER_ISLANDS = ("mouth", "socket")
"""Texture islands inside the mouth and behind the lids."""
LOWEST_M, WIDEST_M = 0.36, 0.30
"""Faces of the base mesh below (above the hips) or beyond (from the midline) are under the shirt."""


@dataclass(frozen=True)
class SkinSurface:
    """Topology of the skin; all of it constant.

    Attributes:
        matrix: (n, v) fine vertices = matrix @ cage; fine vertex i < v is cage vertex i on the limit surface.
        triangles: (t, 3).
        part: (t,) `Part` numbers.
        island: (t,) texture island: head, socket, mouth or body.
        uv: (t, 3, 2) MakeHuman's texture coordinates.
        rest_mm: (n, 3) the fine vertices of the base mesh, millimetres.
        used: Rows of `matrix` that some triangle uses.
        uncut: (t, 3) the triangles before they were cut along the borders of parts; normals are theirs.
        insert: (n, m) all vertices from those of the uncut triangles.
    """

    matrix: sparse.csr_matrix
    triangles: NDArray[np.int32]
    part: NDArray[np.int16]
    island: NDArray[np.str_]
    uv: NDArray[np.float32]
    rest_mm: NDArray[np.float32]
    used: NDArray[np.int32]
    uncut: NDArray[np.int32]
    insert: sparse.csr_matrix

    @cached_property
    def outer(self) -> NDArray[np.bool_]:
        """Return which triangles (t,) lie outside: not those inside the mouth and behind the lids."""
        return ~np.isin(self.island, INNER_ISLANDS)

    @cached_property
    def outer_vertices(self) -> NDArray[np.int32]:
        """Return the vertices of outer triangles, in order."""
        return np.unique(self.triangles[self.outer])

    def vertices_of(self, part: Part) -> NDArray[np.int32]:
        """Return the vertices of a part's triangles, in order."""
        return np.unique(self.triangles[self.part == part])

    def normals(self, vertices: NDArray) -> NDArray:
        """Return smooth unit normals (n, 3) of the surface's vertices (n, 3)."""
        own = vertices[: self.insert.get_shape()[1]]
        return unit(self.insert @ vertex_normals(own, self.uncut))


def split_quads(quads: NDArray) -> NDArray:
    """Return two triangles for each quad (f, 4, ...) -> (2 f, 3, ...), those of one quad in a row."""
    return np.stack([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]], 1).reshape(-1, 3, *quads.shape[2:])


@lru_cache(maxsize=1)
def skin_surface() -> SkinSurface:
    """Return the skin's topology, computed once per process (about a CPU second)."""
    model = head_model()
    quads, uvs = model.quads["body"], model.quad_uvs["body"]
    corners = model.vertices[quads]
    keep = (corners[..., 2].min(1) > LOWEST_M) & (np.abs(corners[..., 0]).max(1) < WIDEST_M)
    fine = subdivide(len(model.vertices), quads[keep], uvs[keep], LEVELS)
    triangles = split_quads(fine.quads)
    islands = np.repeat(body_islands()[keep][fine.parent], 2)
    sets = vertex_sets()
    arms = model.weights[:, [i for i, bone in enumerate(model.bones) if bone.startswith("upperarm")]].sum(1)
    at_cage = np.column_stack([model.vertices * 1000, *sets.values(), arms])

    def label(values: NDArray, triangle: NDArray) -> NDArray[np.int16]:
        fields = dict(zip(sets, values[:, 3:-1].T, strict=True))
        return skin_parts(values[:, :3], islands[triangle], fields, values[:, -1])

    cut = cut_along_borders(fine.matrix @ at_cage, triangles, islands, label)
    matrix = sparse.csr_matrix(cut.insert.astype(np.float32) @ fine.matrix)
    uv = np.einsum("tck,tkv->tcv", cut.corner, split_quads(fine.corner_uv)[cut.parent])
    return SkinSurface(
        matrix=matrix,
        triangles=cut.triangles,
        part=cut.label,
        island=islands[cut.parent],
        uv=uv.astype(np.float32),
        rest_mm=(matrix @ (model.vertices * 1000)).astype(np.float32),
        used=np.unique(cut.triangles),
        uncut=triangles.astype(np.int32),
        insert=cut.insert,
    )
