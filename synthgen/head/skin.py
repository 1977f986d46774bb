"""The skin surface: the part of the body that can be seen above a shirt, refined to its limit surface."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from synthgen.head.model import head_model
from synthgen.head.regions import skin_parts, texture_islands, vertex_sets
from synthgen.subdivision import subdivide

LEVELS = 2
"""Refinements: 0.8 mm between vertices on the face, a pixel at 256 px across."""
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
    """

    matrix: sparse.csr_matrix
    triangles: NDArray[np.int32]
    part: NDArray[np.int16]
    island: NDArray[np.str_]
    uv: NDArray[np.float32]
    rest_mm: NDArray[np.float32]
    used: NDArray[np.int64]


def split_quads(quads: NDArray) -> NDArray:
    """Return two triangles for each quad (f, 4, ...) -> (2 f, 3, ...), those of one quad in a row."""
    return np.stack([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]], 1).reshape(-1, 3, *quads.shape[2:])


@lru_cache(maxsize=1)
def skin_surface() -> SkinSurface:
    """Return the skin's topology, computed once per process (about half a CPU second)."""
    model = head_model()
    quads, uvs = model.quads["body"], model.quad_uvs["body"]
    corners = model.vertices[quads]
    keep = (corners[..., 2].min(1) > LOWEST_M) & (np.abs(corners[..., 0]).max(1) < WIDEST_M)
    fine = subdivide(len(model.vertices), quads[keep], uvs[keep], LEVELS)
    rest_mm = fine.matrix @ (model.vertices * 1000)
    islands = texture_islands(uvs[keep])[fine.parent]
    fields = {name: (fine.matrix @ values)[fine.quads].mean(1) for name, values in vertex_sets().items()}
    arms = model.weights[:, [i for i, bone in enumerate(model.bones) if bone.startswith("upperarm")]].sum(1)
    parts = skin_parts(rest_mm[fine.quads].mean(1), islands, fields, (fine.matrix @ arms)[fine.quads].mean(1))
    return SkinSurface(
        matrix=fine.matrix,
        triangles=split_quads(fine.quads).astype(np.int32),
        part=np.repeat(parts, 2),
        island=np.repeat(islands, 2),
        uv=split_quads(fine.corner_uv),
        rest_mm=rest_mm.astype(np.float32),
        used=np.unique(fine.quads),
    )
