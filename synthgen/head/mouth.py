"""The inside of the mouth: gums and tongue from the base mesh's helper geometry, and a row of single teeth."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from synthgen.head.dentition import Crown, Teeth, crown_shape, enamel_albedo, gum_height_mm, place_crowns
from synthgen.head.model import Points, head_model
from synthgen.head.skin import split_quads
from synthgen.mesh import Mesh, unit
from synthgen.parts import Part
from synthgen.subdivision import subdivide

LEVELS = {"teeth_upper": 3, "teeth_lower": 3, "tongue": 2}
SHARP_COSINE = np.cos(np.radians(40))
"""Faces of the base mesh's teeth that meet at more than 40 degrees are different walls."""


@dataclass(frozen=True)
class MouthSurface:
    """Topology of one of the mouth's pieces; constant.

    Attributes:
        matrix: (n, v) fine vertices = matrix @ cage.
        triangles: (t, 3).
        rest_mm: (n, 3) on the base mesh.
    """

    matrix: sparse.csr_matrix
    triangles: NDArray[np.int32]
    rest_mm: NDArray[np.float64]


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
    return MouthSurface(matrix, triangles, rest)


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


def mouth_meshes(posed_cage: Points, teeth: Teeth) -> tuple[Mesh, ...]:
    """Return gums, teeth and tongue of a posed cage (v, 3)."""
    tongue = mouth_surface("tongue")
    meshes = [
        Mesh(
            name="tongue",
            vertices=tongue.matrix @ posed_cage,
            triangles=tongue.triangles,
            part=np.full(len(tongue.triangles), Part.TONGUE, np.int16),
            materials=("tongue",),
            instance="person",
            attributes={"rest_mm": tongue.rest_mm},
        ).compact()
    ]
    for arch in ("upper", "lower"):
        crowns = place_crowns(teeth, arch)
        carried = _carry(f"teeth_{arch}", posed_cage)
        meshes += [_gum_mesh(arch, crowns, carried), _teeth_mesh(arch, crowns, teeth, carried)]
    return tuple(meshes)


def _carry(name: str, posed_cage: Points) -> NDArray:
    """Return the affine map (4, 3) that brings the base mesh's teeth, in mm, nearest to a posed person's, in metres.

    Teeth are hard: the jaw turns them, and people's jaws differ in size, but no tooth bends.
    """
    model = head_model()
    rows = np.unique(model.quads[name])
    rest = np.column_stack([model.vertices[rows] * 1000, np.ones(len(rows))])
    return np.linalg.lstsq(rest, posed_cage[rows], rcond=None)[0]


def _gum_mesh(arch: str, crowns: list[Crown], carried: NDArray) -> Mesh:
    """Return the ridge that teeth stand in: the base mesh's band of teeth, pushed back to the gum's edge."""
    surface = mouth_surface(f"teeth_{arch}")
    rootward = np.mean([crown.axes[2] for crown in crowns], axis=0)
    past = gum_height_mm(surface.rest_mm, crowns)
    rest = surface.rest_mm + np.clip(-past, 0, None)[:, None] * rootward / np.linalg.norm(rootward)
    return Mesh(
        name=f"gum_{arch}",
        vertices=rest @ carried[:3] + carried[3],
        triangles=surface.triangles,
        part=np.full(len(surface.triangles), Part.MOUTH_INTERIOR, np.int16),
        materials=("gum",),
        instance="person",
        attributes={"rest_mm": surface.rest_mm},
    ).compact()


def _teeth_mesh(arch: str, crowns: list[Crown], teeth: Teeth, carried: NDArray) -> Mesh:
    vertices, triangles, colors, count = [], [], [], 0
    for crown in crowns:
        points, faces, share = crown_shape(crown, teeth.wear)
        vertices.append(points)
        triangles.append(faces + count)
        colors.append(enamel_albedo(crown, teeth, share))
        count += len(points)
    rest, faces, albedo = np.concatenate(vertices), np.concatenate(triangles), np.concatenate(colors)
    return Mesh(
        name=f"teeth_{arch}",
        vertices=rest @ carried[:3] + carried[3],
        triangles=faces.astype(np.int32),
        part=np.full(len(faces), Part[f"TEETH_{arch.upper()}"], np.int16),
        materials=("teeth",),
        instance="person",
        attributes={
            "rest_mm": rest,
            "albedo_rgb": albedo[:, :3],
            "albedo_nir850": albedo[:, [3] * 3],
            "albedo_nir940": albedo[:, [4] * 3],
        },
    )
