"""From draped cloth to a mesh: edges with thickness, ribs, seams."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from synthgen.clothing.form import angle_of, behind_mm, beyond_armhole_mm
from synthgen.clothing.neck import NECK_AXIS_Y_MM
from synthgen.clothing.pattern import Pattern
from synthgen.head.model import Points
from synthgen.materials import SEAM_REACH_MM
from synthgen.mesh import Mesh, unit, vertex_normals
from synthgen.parts import Part

HEM_GAP_M = 0.0004
"""Between cloth and its edge that is turned in."""


def near_seams(pattern: Pattern, more: Sequence[NDArray] = ()) -> NDArray:
    """Return `SEAM_REACH_MM` less the distance of vertices (n,) to the nearest seam or hem; 0 beyond.

    Args:
        pattern: The garment.
        more: Distances (n,) of other seams, signed or not.
    """
    rest = pattern.rest_mm
    hole, back = beyond_armhole_mm(rest), behind_mm(rest)
    found = np.minimum(np.abs(hole), np.abs(back))
    for distance in more:
        found = np.minimum(found, np.abs(distance))
    return np.clip(SEAM_REACH_MM - found, 0, SEAM_REACH_MM)


def rib_coordinates(pattern: Pattern, chosen: NDArray, about: NDArray, radius_mm: float) -> NDArray:
    """Return texture coordinates (t, 3, 2) with ribs of the chosen triangles (t,) across a band round the neck.

    Args:
        pattern: The garment.
        chosen: Which triangles.
        about: (n,) distance across the band, millimetres.
        radius_mm: Of the band.
    """
    uv = pattern.uv.copy()
    corners = pattern.triangles[chosen]
    x, y = pattern.rest_mm[corners, 0], pattern.rest_mm[corners, 1] - NECK_AXIS_Y_MM
    angle = angle_of(x, -y)
    angle += 2 * np.pi * ((angle.max(1, keepdims=True) - angle) > np.pi)
    uv[chosen] = np.stack([angle * radius_mm, about[corners]], -1)
    return uv


def cloth_mesh(
    name: str,
    pattern: Pattern,
    vertices: Points,
    thickness_m: float,
    part: Part = Part.CLOTHING_UPPER,
    materials: tuple[str, ...] | None = None,
    material: NDArray | None = None,
    uv: NDArray | None = None,
    seams: NDArray | None = None,
    hem_m: float = 0.012,
) -> Mesh:
    """Return draped cloth as a mesh whose border is turned inwards, so that cloth has an edge.

    Args:
        name: Of the mesh and its instance.
        pattern: The garment.
        vertices: (n, 3) as draped, metres.
        thickness_m: Of the cloth.
        part: What it counts as.
        materials: Names; the mesh's own without them.
        material: (t,) index of each triangle's material.
        uv: (t, 3, 2) instead of the pattern's.
        seams: (n,) instead of `near_seams`.
        hem_m: How far the edge is turned in.
    """
    uv = pattern.uv if uv is None else uv
    normals = vertex_normals(vertices, pattern.triangles)
    rim = pattern.rim
    place = np.full(len(vertices), -1)
    place[rim] = np.arange(len(rim))
    ahead = np.zeros_like(vertices)
    step = unit(vertices[pattern.hems[:, 1]] - vertices[pattern.hems[:, 0]])
    for end in (0, 1):
        np.add.at(ahead, pattern.hems[:, end], step)
    inward = unit(np.cross(normals, unit(ahead)))[rim]
    bulge = vertices[rim] - normals[rim] * thickness_m / 2 - inward * thickness_m * 0.4
    lip = vertices[rim] - normals[rim] * thickness_m
    under = lip + inward * hem_m
    near = KDTree(vertices).query(under)[1]
    above = np.einsum("ij,ij->i", under - vertices[near], normals[near]) + thickness_m + HEM_GAP_M
    under = under - normals[near] * np.maximum(above, 0)[:, None]
    n, m = len(vertices), len(rim)
    a, b = pattern.hems.T
    i, j = place[a], place[b]
    rows = [(a, b), (n + i, n + j), (n + m + i, n + m + j), (n + 2 * m + i, n + 2 * m + j)]
    walls = [np.stack(corners, 1) for (p, q), (r, s) in pairwise(rows) for corners in ((q, p, r), (q, r, s))]
    owner = _owners(pattern)
    edge_uv = _uv_at(pattern.triangles, uv, owner, a), _uv_at(pattern.triangles, uv, owner, b)
    wall_uv = []
    for _ in range(3):
        wall_uv += [
            np.stack([edge_uv[1], edge_uv[0], edge_uv[0]], 1),
            np.stack([edge_uv[1], edge_uv[0], edge_uv[1]], 1),
        ]
    triangles = np.concatenate([pattern.triangles, *walls])
    kind = np.zeros(len(pattern.triangles), np.int16) if material is None else material
    kind = np.concatenate([kind, *[kind[owner]] * 6]).astype(np.int16)
    again = np.concatenate([np.arange(n), *[rim] * 3])
    return Mesh(
        name=name,
        vertices=np.concatenate([vertices, bulge, lip, under]),
        triangles=triangles.astype(np.int32),
        part=np.full(len(triangles), part, np.int16),
        materials=materials or (name,),
        instance=name,
        material=kind,
        uv=np.concatenate([uv, *wall_uv]),
        attributes={
            "rest_mm": pattern.rest_mm[again],
            "seam": (near_seams(pattern) if seams is None else seams)[again],
        },
    )


def _owners(pattern: Pattern) -> NDArray:
    """Return the triangle (e,) that each border edge belongs to."""
    stride = int(pattern.triangles.max()) + 1
    keys = []
    for k in range(3):
        keys.append(pattern.triangles[:, k].astype(np.int64) * stride + pattern.triangles[:, (k + 1) % 3])
    every = np.concatenate(keys)
    order = np.argsort(every)
    wanted = pattern.hems[:, 0] * stride + pattern.hems[:, 1]
    return order[np.searchsorted(every[order], wanted)] % len(pattern.triangles)


def _uv_at(triangles: NDArray, uv: NDArray, owner: NDArray, vertex: NDArray) -> NDArray:
    corner = (triangles[owner] == vertex[:, None]).argmax(1)
    return uv[owner, corner]
