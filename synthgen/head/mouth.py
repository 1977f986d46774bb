"""Teeth and tongue: the base mesh's helper geometry, refined, with gums told from teeth."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from synthgen.head.model import Points, head_model
from synthgen.head.skin import split_quads
from synthgen.mesh import Mesh, unit
from synthgen.parts import Part
from synthgen.subdivision import subdivide

LEVELS = {"teeth_upper": 3, "teeth_lower": 3, "tongue": 2}
CROWN_MM, SCALLOP_MM = 6.6, 1.6
"""Height of a tooth's crown on the base mesh, and how far gums rise between teeth."""
SHARP_COSINE = np.cos(np.radians(40))
"""Faces of the base mesh's teeth that meet at more than 40 degrees are different walls."""
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
        gum_mm: (n,) how far each vertex lies past the gum line; negative on the teeth, 0 on the tongue.
    """

    matrix: sparse.csr_matrix
    triangles: NDArray[np.int32]
    part: NDArray[np.int16]
    rest_mm: NDArray[np.float64]
    gum_mm: NDArray[np.float64]


@lru_cache(maxsize=3)
def mouth_surface(name: str) -> MouthSurface:
    """Return the topology of `teeth_upper`, `teeth_lower` or `tongue`, computed once per process."""
    model = head_model()
    quads, origin = model.quads[name], np.arange(len(model.vertices))
    if name != "tongue":
        quads, origin = _part_at_edges(model.vertices, quads)
    fine = subdivide(len(origin), quads, model.quad_uvs[name], LEVELS[name])
    pick = sparse.csr_matrix(
        (np.ones(len(origin)), (np.arange(len(origin)), origin)), (len(origin), len(model.vertices))
    )
    matrix = sparse.csr_matrix(fine.matrix @ pick.astype(np.float32))
    rest = matrix @ (model.vertices * 1000)
    triangles = split_quads(fine.quads).astype(np.int32)
    part, gum = np.full(len(triangles), Part[name.upper()], np.int16), np.zeros(len(rest))
    if name != "tongue":
        gum = _gum_height_mm(rest, np.unique(triangles), upper=name == "teeth_upper")
        part[gum[triangles].mean(1) > 0] = Part.MOUTH_INTERIOR
    return MouthSurface(matrix, triangles, part, rest, gum)


def _part_at_edges(vertices: Points, quads: NDArray) -> tuple[NDArray, NDArray]:
    """Return quads whose vertices are not shared across sharp edges, and the vertex each new one was.

    Parted there, walls and biting edge of the teeth keep their sharp corners when they are refined; the curves along
    which they meet are refined alike on both sides, so that no gap opens.
    """
    normals = unit(
        np.cross(vertices[quads[:, 2]] - vertices[quads[:, 0]], vertices[quads[:, 3]] - vertices[quads[:, 1]])
    )
    sides: dict[tuple[int, int], list[int]] = {}
    for face, corners in enumerate(quads):
        for a, b in zip(corners, np.roll(corners, -1), strict=True):
            sides.setdefault((min(a, b), max(a, b)), []).append(face)
    smooth = [pair for pair in sides.values() if len(pair) == 2 and normals[pair[0]] @ normals[pair[1]] > SHARP_COSINE]
    rows = np.array(smooth).reshape(-1, 2)
    links = sparse.coo_matrix((np.ones(len(rows)), (rows[:, 0], rows[:, 1])), (len(quads), len(quads)))
    _, wall = connected_components(links, directed=False)
    code = wall[:, None] * len(vertices) + quads
    used, parted = np.unique(code, return_inverse=True)
    return parted.reshape(-1, 4).astype(np.int32), used % len(vertices)


def _gum_height_mm(rest_mm: NDArray, used: NDArray, *, upper: bool) -> NDArray:
    """Return how far points (n, 3) of the rest mesh lie past the gum line, millimetres; negative on the teeth.

    The biting edge rises and falls along the dental arch; the gum follows it at a crown's height, higher between teeth.
    """
    angle = np.arctan2(rest_mm[:, 0], ARCH_CENTRE_Y_MM - rest_mm[:, 1])
    towards = -1.0 if upper else 1.0
    bins = np.linspace(0, np.abs(angle[used]).max(), 16)
    place = np.digitize(np.abs(angle[used]), bins) - 1
    edge = np.array([(towards * rest_mm[used, 2])[place == k].max() for k in range(len(bins))])
    depth = np.interp(np.abs(angle), bins, edge) - towards * rest_mm[:, 2]
    scallop = np.abs(np.sin(np.pi * TEETH_PER_RADIAN * angle))
    return depth - CROWN_MM - SCALLOP_MM * scallop


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
                attributes={"rest_mm": surface.rest_mm, "gum_mm": surface.gum_mm},
            ).compact()
        )
    return tuple(meshes)
