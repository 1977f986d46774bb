"""Catmull-Clark subdivision as sparse matrices, ending on the limit surface.

The topology of a head never changes, so refinement is a matrix computed once: fine = M @ coarse. Coarse vertex i is
fine vertex i, and every fine vertex lies on the limit surface, so labels hung on the mesh do not move with its level.

Source: Catmull & Clark 1978 (refinement); Halstead, Kass & DeRose, SIGGRAPH 1993, eq. 3 and appendix (limit points);
Biermann, Levin & Zorin, SIGGRAPH 2000 (boundary rules).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Index = NDArray[np.integer]


@dataclass(frozen=True)
class Subdivision:
    """A refined mesh as a linear function of its cage.

    Attributes:
        matrix: (fine, coarse) weights; rows sum to 1.
        quads: (f, 4) corners of the fine faces, counter-clockwise as in the cage.
        parent: (f,) the cage face each fine face lies in.
        corner_uv: (f, 4, 2) texture coordinates at the fine corners, interpolated bilinearly in the cage face.
    """

    matrix: sparse.csr_matrix
    quads: Index
    parent: Index
    corner_uv: NDArray[np.float32]


def subdivide(vertex_count: int, quads: Index, corner_uv: NDArray[np.floating], levels: int) -> Subdivision:
    """Return the operator that refines a quad mesh `levels` times and moves it onto its limit surface.

    Args:
        vertex_count: Number of cage vertices; those no face uses are kept where they are.
        quads: (f, 4) cage faces.
        corner_uv: (f, 4, 2) texture coordinates at the cage corners.
        levels: Refinements; each splits a quad into four.
    """
    matrix: Any = sparse.identity(vertex_count, format="csr")
    parent = np.arange(len(quads))
    uv = np.asarray(corner_uv, np.float64)
    quads = np.asarray(quads, np.int64)
    for _ in range(levels):
        step, quads = _refine(matrix.shape[0], quads)
        matrix = step @ matrix
        parent = np.repeat(parent, 4)
        uv = _refine_uv(uv)
    matrix = sparse.csr_matrix(_limit(matrix.shape[0], quads) @ matrix)
    matrix.sort_indices()
    return Subdivision(
        matrix.astype(np.float32), quads.astype(np.int32), parent.astype(np.int32), uv.astype(np.float32)
    )


def _edges(quads: NDArray) -> tuple[NDArray, NDArray, NDArray]:
    """Return unique edges (e, 2), the edge of each face side (f, 4), and how many faces each edge has."""
    other, stride = np.roll(quads, -1, 1), quads.max() + 1
    code = np.minimum(quads, other) * stride + np.maximum(quads, other)  # one integer per edge sorts fast
    codes, side_edge, counts = np.unique(code, return_inverse=True, return_counts=True)
    return np.stack([codes // stride, codes % stride], 1), side_edge.reshape(-1, 4), counts


def _matrix(rows: NDArray, columns: NDArray, values: NDArray, shape: tuple[int, int]) -> sparse.csr_matrix:
    return sparse.csr_matrix(sparse.coo_matrix((values, (rows, columns)), shape))


def _scale_rows(matrix: sparse.csr_matrix, factors: NDArray) -> sparse.csr_matrix:
    return sparse.csr_matrix(sparse.diags(factors) @ matrix)


def _refine(count: int, quads: NDArray) -> tuple[sparse.csr_matrix, NDArray]:
    """Return one refinement: weights of old vertices, then edge points, then face points; and the new quads."""
    edges, side_edge, faces_of_edge = _edges(quads)
    n_edges, n_faces = len(edges), len(quads)
    face_points = _matrix(np.repeat(np.arange(n_faces), 4), quads.ravel(), np.full(quads.size, 0.25), (n_faces, count))
    ends = _matrix(np.repeat(np.arange(n_edges), 2), edges.ravel(), np.full(edges.size, 1.0), (n_edges, count))
    edge_faces = _matrix(side_edge.ravel(), np.repeat(np.arange(n_faces), 4), np.ones(quads.size), (n_edges, n_faces))
    inner = faces_of_edge == 2
    edge_points = _scale_rows(ends, np.where(inner, 0.25, 0.5)) + _scale_rows(
        sparse.csr_matrix(edge_faces @ face_points), np.where(inner, 0.25, 0.0)
    )
    vertex_points = _vertex_rule(count, quads, edges, inner, ends, face_points)
    step = sparse.csr_matrix(sparse.vstack([vertex_points, edge_points, face_points]))
    e = count + side_edge
    centre = (count + n_edges + np.arange(n_faces))[:, None]
    corners = [np.stack([quads[:, k], e[:, k], centre[:, 0], e[:, k - 1]], 1) for k in range(4)]
    # keep each small quad's first corner its parent's corner k, in the parent's order
    return step, np.stack(corners, 1).reshape(-1, 4)


def _vertex_rule(count, quads, edges, inner, ends, face_points) -> sparse.csr_matrix:
    """Return new positions of old vertices: (Q + 2R + (n - 3) S) / n inside, (1, 6, 1) / 8 along a boundary."""
    valence = np.bincount(edges.ravel(), minlength=count).astype(float)
    on_boundary = np.zeros(count, bool)
    on_boundary[edges[~inner]] = True
    used = valence > 0
    free = used & ~on_boundary
    n = np.where(used, valence, 1)
    vertex_faces = _matrix(quads.ravel(), np.repeat(np.arange(len(quads)), 4), np.ones(quads.size), (count, len(quads)))
    Q = _scale_rows(sparse.csr_matrix(vertex_faces @ face_points), np.where(free, 1 / n, 0))
    R = _scale_rows(sparse.csr_matrix(ends.T @ ends), np.where(free, 0.5 / n, 0))  # mean of edge midpoints
    inside = _scale_rows(Q + 2 * R, 1 / n) + sparse.diags(np.where(free, (n - 3) / n, 0))
    rim = ends[~inner]
    along = sparse.csr_matrix(rim.T @ rim)  # 2 on the diagonal, 1 for each boundary neighbour
    border = _scale_rows(along, np.where(on_boundary, 1 / 8, 0)) + sparse.diags(np.where(on_boundary, 0.5, 0))
    return sparse.csr_matrix(inside + border + sparse.diags(np.where(used, 0.0, 1.0)))


def _limit(count: int, quads: NDArray) -> sparse.csr_matrix:
    """Return limit positions: (n^2 v + 4 sum of edge neighbours + sum of opposite corners) / (n (n + 5))."""
    edges, _, faces_of_edge = _edges(quads)
    inner = faces_of_edge == 2
    valence = np.bincount(edges.ravel(), minlength=count).astype(float)
    on_boundary = np.zeros(count, bool)
    on_boundary[edges[~inner]] = True
    used = valence > 0
    free = used & ~on_boundary
    both = np.concatenate([edges, edges[:, ::-1]])
    neighbours = _matrix(both[:, 0], both[:, 1], np.ones(len(both)), (count, count))
    opposite = _matrix(quads.ravel(), np.roll(quads, -2, 1).ravel(), np.ones(quads.size), (count, count))
    n = np.where(used, valence, 1)
    inside = _scale_rows(4 * neighbours + opposite, np.where(free, 1 / (n * (n + 5)), 0))
    rim = np.concatenate([edges[~inner], edges[~inner][:, ::-1]])
    rim_neighbours = _matrix(rim[:, 0], rim[:, 1], np.ones(len(rim)), (count, count))
    border = _scale_rows(rim_neighbours, np.where(on_boundary, 1 / 6, 0))
    own = np.where(free, n / (n + 5), np.where(on_boundary, 4 / 6, 1.0))
    return sparse.csr_matrix(inside + border + sparse.diags(own))


def _refine_uv(uv: NDArray) -> NDArray:
    middle, centre = (uv + np.roll(uv, -1, 1)) / 2, uv.mean(1)
    quads = [np.stack([uv[:, k], middle[:, k], centre, middle[:, k - 1]], 1) for k in range(4)]
    return np.stack(quads, 1).reshape(-1, 4, 2)
