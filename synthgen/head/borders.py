"""Cut triangles where the label changes inside them, so that borders between parts run where they are defined.

Without this, borders would follow the mesh in a zigzag as coarse as its triangles.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

BISECTIONS = 7
KEEP_OFF_ENDS = 0.04
"""Cuts nearer than this share of an edge to its end are moved off it: no slivers thinner than that."""

Label = Callable[[NDArray, NDArray], NDArray]
"""Values at points (n, k) and the triangle each belongs to (n,) -> label (n,)."""


@dataclass(frozen=True)
class CutMesh:
    """A mesh whose triangles each lie in one part.

    Attributes:
        insert: (n + m, n) new vertices from old: the old ones, then those put on edges.
        triangles: (t, 3).
        parent: (t,) the triangle each was cut from.
        corner: (t, 3, 3) barycentric place of its corners in the parent.
        label: (t,)
    """

    insert: sparse.csr_matrix
    triangles: NDArray[np.int32]
    parent: NDArray[np.int64]
    corner: NDArray[np.float64]
    label: NDArray[np.int16]


def cut_along_borders(values: NDArray, triangles: NDArray, group: NDArray, label: Label) -> CutMesh:
    """Return a mesh cut along the borders of a label.

    Args:
        values: (n, k) what the label depends on, at the vertices; linear over triangles.
        triangles: (t, 3).
        group: (t,) labels of different groups are unrelated: edges between groups are not cut.
        label: The label.
    """
    corner_label = np.stack([label(values[triangles[:, k]], np.arange(len(triangles))) for k in range(3)], 1)
    edges, edge_of, first_triangle = _inner_edges(triangles, group)
    # each edge is cut once, as its first triangle sees it, so that both sides agree
    ends = np.stack([label(values[edges[:, k]], first_triangle) for k in (0, 1)], 1)
    cut = np.flatnonzero((ends[:, 0] != ends[:, 1]) & (first_triangle >= 0))
    share = _bisect(values, edges[cut], first_triangle[cut], ends[cut, 0], label)
    n = len(values)
    new_vertex = np.full(len(edges), -1)
    new_vertex[cut] = n + np.arange(len(cut))
    insert = _insertion(n, edges[cut], share)
    corners, parent, bary = _split(triangles, edge_of, new_vertex, share, n)
    whole = (corner_label[parent] == corner_label[parent][:, :1]).all(1)
    at = np.einsum("tck,tkv->tcv", bary, values[triangles[parent]]).mean(1)
    found = np.where(whole, corner_label[parent, 0], label(at, parent))
    return CutMesh(insert, corners.astype(np.int32), parent, bary, found.astype(np.int16))


def _inner_edges(triangles: NDArray, group: NDArray) -> tuple[NDArray, NDArray, NDArray]:
    """Return edges (e, 2) with the lower index first, the edge of each side (t, 3), and a triangle of each edge.

    The triangle is -1 for edges between groups.
    """
    other = np.roll(triangles, -1, 1)
    low, high = np.minimum(triangles, other).astype(np.int64), np.maximum(triangles, other).astype(np.int64)
    stride = int(high.max()) + 1
    codes, first, edge_of = np.unique(low * stride + high, return_index=True, return_inverse=True)
    edge_of = edge_of.reshape(-1, 3)
    first_triangle = first // 3
    between = np.zeros(len(codes), bool)
    for k in range(3):
        between[edge_of[:, k]] |= group[first_triangle[edge_of[:, k]]] != group
    return np.stack([codes // stride, codes % stride], 1), edge_of, np.where(between, -1, first_triangle)


def _bisect(values: NDArray, edges: NDArray, triangle: NDArray, near: NDArray, label: Label) -> NDArray:
    """Return where along each edge the label stops being that of its first end, as a share of its length."""
    low, high = np.zeros(len(edges)), np.ones(len(edges))
    a, b = values[edges[:, 0]], values[edges[:, 1]]
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        same = label(a + (b - a) * middle[:, None], triangle) == near
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return np.clip((low + high) / 2, KEEP_OFF_ENDS, 1 - KEEP_OFF_ENDS)


def _insertion(count: int, edges: NDArray, share: NDArray) -> sparse.csr_matrix:
    m = len(edges)
    rows = np.repeat(np.arange(m), 2)
    weights = np.stack([1 - share, share], 1).ravel()
    on_edges = sparse.csr_matrix((weights, (rows, edges.ravel())), (m, count))
    return sparse.csr_matrix(sparse.vstack([sparse.identity(count, format="csr"), on_edges]))


def _split(
    triangles: NDArray, edge_of: NDArray, new_vertex: NDArray, share: NDArray, count: int
) -> tuple[NDArray, NDArray, NDArray]:
    """Return corners, parent and barycentric corners of all triangles after cutting their marked edges."""
    cuts = new_vertex[edge_of]
    marked = cuts >= 0
    order = np.array([[0, 1, 2], [1, 2, 0], [2, 0, 1]])
    corners = [triangles[~marked.any(1)]]
    parents = [np.flatnonzero(~marked.any(1))]
    places = [np.broadcast_to(np.eye(3), (len(parents[0]), 3, 3))]
    # turn each cut triangle so that its case is (cut, -, -), (cut, -, cut) or (cut, cut, cut)
    patterns = {
        (True, False, False): ((3, 1, 2), (0, 3, 2)),
        (True, False, True): ((0, 3, 5), (3, 1, 2), (3, 2, 5)),
        (True, True, True): ((0, 3, 5), (3, 1, 4), (5, 4, 2), (3, 4, 5)),
    }
    for turn in range(3):
        turned = marked[:, order[turn]]
        for pattern, pieces in patterns.items():
            rows = np.flatnonzero((turned == pattern).all(1))
            if not len(rows) or (all(pattern) and turn):
                continue
            vertex = triangles[rows][:, order[turn]]
            cut = cuts[rows][:, order[turn]]
            names = np.concatenate([vertex, np.maximum(cut, 0)], 1)
            place = _places(vertex, cut, share, count, order[turn])
            for piece in pieces:
                corners.append(names[:, piece])
                parents.append(rows)
                places.append(place[:, piece])
    return np.concatenate(corners), np.concatenate(parents), np.concatenate(places)


def _places(vertex: NDArray, cut: NDArray, share: NDArray, count: int, order: NDArray) -> NDArray:
    """Return the barycentric places (n, 6, 3) of three corners and three edge points in the unturned triangle."""
    n = len(vertex)
    place = np.zeros((n, 6, 3))
    for k in range(3):
        place[:, k, order[k]] = 1
        number = np.maximum(cut[:, k] - count, 0)
        along = share[number] if len(share) else np.zeros(n)
        start = vertex[:, k] < vertex[:, (k + 1) % 3]  # edges run from the lower index to the higher
        toward = np.where(start, along, 1 - along)
        place[:, 3 + k, order[k]] = 1 - toward
        place[:, 3 + k, order[(k + 1) % 3]] = toward
    return place
