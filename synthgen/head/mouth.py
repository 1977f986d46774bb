"""Teeth and tongue: the base mesh's helper geometry, refined, with gums told from teeth."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from synthgen.head.model import Points, head_model
from synthgen.head.skin import split_quads
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.subdivision import subdivide

LEVELS = {"teeth_upper": 3, "teeth_lower": 3, "tongue": 2}
CROWN_MM, SCALLOP_MM = 6.6, 1.6
"""Height of a tooth's crown on the base mesh, and how far gums rise between teeth."""
ARCH_CENTRE_Y_MM, TEETH_PER_RADIAN = -88.0, 17.0 / np.pi
"""The dental arch seen from above: its centre, and tooth widths as angles about it."""


@dataclass(frozen=True)
class MouthSurface:
    """Topology of one of the mouth's pieces; constant.

    Attributes:
        matrix: (n, v) fine vertices = matrix @ cage.
        triangles: (t, 3).
        part: (t,) `Part` numbers; gums are mouth interior.
        rest_mm: (n, 3) on the base mesh.
        biting_edge_mm: Height of the biting edge on the base mesh; 0 for the tongue.
    """

    matrix: sparse.csr_matrix
    triangles: NDArray[np.int32]
    part: NDArray[np.int16]
    rest_mm: NDArray[np.float64]
    biting_edge_mm: float


@lru_cache(maxsize=3)
def mouth_surface(name: str) -> MouthSurface:
    """Return the topology of `teeth_upper`, `teeth_lower` or `tongue`, computed once per process."""
    model = head_model()
    fine = subdivide(len(model.vertices), model.quads[name], model.quad_uvs[name], LEVELS[name])
    rest = fine.matrix @ (model.vertices * 1000)
    triangles = split_quads(fine.quads).astype(np.int32)
    edge, part = 0.0, np.full(len(triangles), Part[name.upper()], np.int16)
    if name != "tongue":
        z = rest[np.unique(triangles)][:, 2]
        edge = float(z.min() if name == "teeth_upper" else z.max())
        part[gum_height_mm(rest[triangles].mean(1), edge) > 0] = Part.MOUTH_INTERIOR
    return MouthSurface(fine.matrix, triangles, part, rest, edge)


def gum_height_mm(rest_mm: NDArray, biting_edge_mm: float) -> NDArray:
    """Return how far points (n, 3) of the rest mesh lie past the gum line, millimetres; negative on the teeth."""
    angle = np.arctan2(rest_mm[:, 0], ARCH_CENTRE_Y_MM - rest_mm[:, 1])
    scallop = np.abs(np.sin(np.pi * TEETH_PER_RADIAN * angle))
    return np.abs(rest_mm[:, 2] - biting_edge_mm) - CROWN_MM - SCALLOP_MM * scallop


def mouth_meshes(posed_cage: Points) -> tuple[Mesh, ...]:
    """Return teeth and tongue of a posed cage (v, 3)."""
    meshes = []
    for name in LEVELS:
        surface = mouth_surface(name)
        meshes.append(
            Mesh(
                name=name,
                vertices=surface.matrix @ posed_cage,
                triangles=surface.triangles,
                part=surface.part,
                materials=("tongue" if name == "tongue" else "teeth",),
                instance="person",
                attributes={"rest_mm": surface.rest_mm, "gum_mm": _gum_attribute(surface, name)},
            ).compact()
        )
    return tuple(meshes)


def _gum_attribute(surface: MouthSurface, name: str) -> NDArray:
    if name == "tongue":
        return np.zeros(len(surface.rest_mm))
    return gum_height_mm(surface.rest_mm, surface.biting_edge_mm)
