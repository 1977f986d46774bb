"""Forearms, hands and feet: what a wide view shows beyond the clothes, coarser than the face."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from synthgen.head.model import head_model
from synthgen.head.skin import split_quads
from synthgen.subdivision import subdivide

ARM_M, ANKLE_M = 0.25, -0.70
"""Faces of the base mesh farther than this from the midline, or lower than this above the hips."""


@dataclass(frozen=True)
class LimbsSurface:
    """Topology of the limbs; constant.

    Attributes:
        matrix: (n, v) fine vertices = matrix @ cage.
        triangles: (t, 3).
        rest_mm: (n, 3) on the base mesh.
    """

    matrix: sparse.csr_matrix
    triangles: NDArray[np.int32]
    rest_mm: NDArray[np.float32]


@lru_cache(maxsize=1)
def limbs_surface() -> LimbsSurface:
    """Return the topology of the limbs, computed once per process."""
    model = head_model()
    quads, corners = model.quads["body"], model.vertices[model.quads["body"]]
    keep = (np.abs(corners[..., 0]).min(1) > ARM_M) | (corners[..., 2].max(1) < ANKLE_M)
    fine = subdivide(len(model.vertices), quads[keep], model.quad_uvs["body"][keep], 1)
    rest = (fine.matrix @ (model.vertices * 1000)).astype(np.float32)
    return LimbsSurface(fine.matrix, split_quads(fine.quads).astype(np.int32), rest)
