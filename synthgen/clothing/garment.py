"""Cutting garments out of the mesh's garment helper: a cage around the body that moves with it.

A garment is the helper where a smooth function of the rest position is positive. The cut runs along the function's
zero line, not along the mesh: border vertices are slid onto it, as a linear function of the cage, so that every body
and pose gets the same clean edge.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from synthgen.head.model import Points, head_model
from synthgen.head.skin import split_quads
from synthgen.mesh import unit, vertex_normals
from synthgen.subdivision import subdivide

Field = Callable[[NDArray], NDArray]
"""Rest positions (n, 3) in millimetres -> how far inside the garment (n,), millimetres; about a distance near 0."""


@dataclass(frozen=True)
class Pattern:
    """The topology of one garment; constant.

    Attributes:
        matrix: (n, v) fine vertices = matrix @ cage.
        triangles: (t, 3).
        rest_mm: (n, 3).
        inside_mm: (n,) the field at the vertices: 0 along the cut.
        hems: Border loops as directed edges (e, 2), the garment on their left.
        smoothing: (n, n) average over each vertex and its neighbours.
        uv: (t, 3, 2) texture coordinates of the helper.
    """

    matrix: sparse.csr_matrix
    triangles: NDArray[np.int32]
    rest_mm: NDArray[np.float64]
    inside_mm: NDArray[np.float64]
    hems: NDArray[np.int64]
    smoothing: sparse.csr_matrix
    uv: NDArray[np.float32]


def cut_pattern(field: Field, levels: int) -> Pattern:
    """Return the pattern where a field is positive on the garment helper."""
    model = head_model()
    quads, uvs = model.quads["shirt"], model.quad_uvs["shirt"]
    near = field(model.vertices * 1000)[quads].max(1) > -60
    fine = subdivide(len(model.vertices), quads[near], uvs[near], levels)
    triangles, uv = split_quads(fine.quads), split_quads(fine.corner_uv)
    rest = fine.matrix @ (model.vertices * 1000)
    value = field(rest)
    keep = (value[triangles] > 0).any(1)
    triangles, uv = triangles[keep], uv[keep]
    used, triangles = np.unique(triangles, return_inverse=True)
    triangles = triangles.reshape(-1, 3)
    matrix, value = fine.matrix[used], value[used]
    slide = _slide_onto_cut(value, triangles, rest[used])
    matrix = sparse.csr_matrix(slide @ matrix, dtype=np.float32)
    rest = slide @ rest[used]
    return Pattern(
        matrix=matrix,
        triangles=triangles.astype(np.int32),
        rest_mm=rest,
        inside_mm=np.maximum(slide @ value, 0),
        hems=_border(triangles),
        smoothing=_smoothing(len(used), triangles),
        uv=uv,
    )


def _slide_onto_cut(value: NDArray, triangles: NDArray, rest_mm: NDArray) -> sparse.csr_matrix:
    """Return the matrix that moves vertices outside the cut along an edge onto the field's zero."""
    sides = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    sides = np.concatenate([sides, sides[:, ::-1]])
    crossing = sides[(value[sides[:, 0]] < 0) & (value[sides[:, 1]] > 0)]
    outer, inner = crossing.T
    way = value[outer] / (value[outer] - value[inner]) * np.linalg.norm(rest_mm[outer] - rest_mm[inner], axis=1)
    order = np.argsort(-way)  # the shortest way to the cut is written last and stays
    target = dict(zip(crossing[order, 0].tolist(), crossing[order, 1].tolist(), strict=True))
    outside = np.array(sorted(target))
    inner = np.array([target[v] for v in outside])
    share = value[outside] / (value[outside] - value[inner])
    diagonal = np.ones(len(value))
    diagonal[outside] = 1 - share
    moved = sparse.coo_matrix((share, (outside, inner)), (len(value), len(value)))
    return sparse.csr_matrix(sparse.diags(diagonal) + moved)


def _border(triangles: NDArray) -> NDArray[np.int64]:
    sides = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]).astype(np.int64)
    stride = sides.max() + 1
    forward, backward = sides[:, 0] * stride + sides[:, 1], sides[:, 1] * stride + sides[:, 0]
    return sides[~np.isin(forward, backward)]


def _smoothing(count: int, triangles: NDArray) -> sparse.csr_matrix:
    rows = np.concatenate([triangles[:, k] for k in (0, 1, 2, 0, 1, 2)])
    columns = np.concatenate([triangles[:, k] for k in (1, 2, 0, 2, 0, 1)])
    near = sparse.csr_matrix(
        sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), (count, count)) + sparse.identity(count)
    )
    near.data[:] = 1
    return sparse.csr_matrix(sparse.diags(1 / np.asarray(near.sum(1)).ravel()) @ near)


def drape(pattern: Pattern, posed_cage: Points, ease_m: NDArray, rounds: int) -> Points:
    """Return the garment's vertices on a posed body: eased off it along the normals, then smoothed.

    Args:
        pattern: The garment.
        posed_cage: (v, 3) metres.
        ease_m: (n,) distance added between body and cloth.
        rounds: Smoothing rounds; each costs detail of the body below. Hems stay where they are.
    """
    vertices = pattern.matrix @ posed_cage
    normals = vertex_normals(vertices, pattern.triangles)
    cloth = vertices + normals * ease_m[:, None]
    fixed = np.zeros(len(cloth), bool)
    fixed[np.unique(pattern.hems)] = True
    smooth = cloth
    for _ in range(rounds):
        smooth = np.where(fixed[:, None], cloth, pattern.smoothing @ smooth)
    # smoothing shrinks round shapes: give back what was lost along the normals, never less than the ease
    lost = ((cloth - smooth) * normals).sum(1, keepdims=True)
    return smooth + normals * np.maximum(lost, 0)


def hem_rim(vertices: Points, pattern: Pattern, thickness_m: float, depth_m: float) -> tuple[Points, NDArray]:
    """Return extra vertices and triangles that turn the border inwards, so that cloth has an edge.

    The border is doubled twice: pulled towards the body by the thickness, and from there back under the cloth.
    """
    normals = vertex_normals(vertices, pattern.triangles)
    loop = np.unique(pattern.hems)
    place = {int(vertex): n for n, vertex in enumerate(loop)}
    ahead = np.zeros_like(vertices)
    step = vertices[pattern.hems[:, 1]] - vertices[pattern.hems[:, 0]]
    for end in (0, 1):
        np.add.at(ahead, pattern.hems[:, end], step)
    inward = unit(np.cross(normals, unit(ahead)))[loop]
    lip = vertices[loop] - normals[loop] * thickness_m
    under = lip + inward * depth_m - normals[loop] * thickness_m
    n, m = len(vertices), len(loop)
    rows = []
    for a, b in pattern.hems:
        i, j = place[int(a)], place[int(b)]
        for (p, q), (r, s) in (((a, b), (n + i, n + j)), ((n + i, n + j), (n + m + i, n + m + j))):
            rows += [(q, p, r), (q, r, s)]
    return np.concatenate([lip, under]), np.array(rows, np.int32)
