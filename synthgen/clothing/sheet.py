"""Cutting a triangle mesh along lines where functions of its vertices are zero."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from synthgen.mesh import edges_of

ON_LINE = 1e-6
"""Vertices whose function is nearer to zero lie on its line."""
NEAR = 0.34
"""Vertices nearer to a line than this share of an edge slide onto it; elsewhere edges are split."""


@dataclass(frozen=True)
class Sheet:
    """A mesh whose vertices are blends of another mesh's vertices.

    Attributes:
        weights: (n, m) vertices = weights @ those of the other mesh.
        triangles: (t, 3).
        source: (t,) the triangle of the other mesh that each lies in.
        locked: (n,) whether a vertex lies on a line and may not slide.
    """

    weights: sparse.csr_matrix
    triangles: NDArray[np.int64]
    source: NDArray[np.int64]
    locked: NDArray[np.bool_]


def in_order(matrix: Any) -> sparse.csr_matrix:
    """Return a matrix with each row's entries by column: a product adds in that order, whatever was done before."""
    found = sparse.csr_matrix(matrix)
    found.sum_duplicates()
    return found


def whole(count: int, triangles: NDArray) -> Sheet:
    """Return a mesh of `count` vertices as it is."""
    return Sheet(
        sparse.csr_matrix(sparse.identity(count)),
        np.asarray(triangles, np.int64),
        np.arange(len(triangles)),
        np.zeros(count, bool),
    )


def split(sheet: Sheet, values: NDArray) -> tuple[Sheet, NDArray]:
    """Return the mesh with edges along the zero line of a function, and the function at its vertices, 0 there.

    Args:
        sheet: The mesh.
        values: (n,) the function at its vertices.
    """
    sheet, values = _slide(sheet, np.where(np.abs(values) < ON_LINE, 0.0, values))
    triangles = sheet.triangles
    edges = edges_of(triangles)
    a, b = edges.T
    crossing = values[a] * values[b] < 0
    a, b = edges[crossing].T
    share = values[a] / (values[a] - values[b])
    n, k = len(values), len(a)
    rows = np.arange(k)
    blend = sparse.csr_matrix(
        (np.concatenate([1 - share, share]), (np.concatenate([rows, rows]), np.concatenate([a, b]))), (k, n)
    )
    number = np.full((3, len(triangles)), -1)
    found = {"keys": a * n + b, "rows": rows}
    for side, (i, j) in enumerate(((0, 1), (1, 2), (2, 0))):
        low, high = np.minimum(triangles[:, i], triangles[:, j]), np.maximum(triangles[:, i], triangles[:, j])
        key = low * n + high
        at = np.minimum(np.searchsorted(found["keys"], key), max(k - 1, 0))
        hit = (found["keys"][at] == key) if k else np.zeros(len(key), bool)
        number[side, hit] = n + at[hit]
    pieces, source = _cut_triangles(triangles, number, sheet.source)
    grown = Sheet(
        in_order(sparse.vstack([sheet.weights, blend @ sheet.weights])),
        pieces,
        source,
        np.concatenate([sheet.locked | (values == 0), np.ones(k, bool)]),
    )
    return grown, np.concatenate([values, np.zeros(k)])


def _slide(sheet: Sheet, values: NDArray) -> tuple[Sheet, NDArray]:
    """Return the mesh with the vertices near the line slid onto it, along the edge with the shortest way."""
    edges = edges_of(sheet.triangles)
    both = np.concatenate([edges, edges[:, ::-1]])
    a, b = both[values[both[:, 0]] * values[both[:, 1]] < 0].T
    share = values[a] / (values[a] - values[b])
    near = (share < NEAR) & ~sheet.locked[a]
    a, b, share = a[near], b[near], share[near]
    order = np.lexsort((b, share, a))
    a, b, share = a[order], b[order], share[order]
    first = np.concatenate([[True], a[1:] != a[:-1]]) if len(a) else np.zeros(0, bool)
    a, b, share = a[first], b[first], share[first]
    n = len(values)
    diagonal = np.ones(n)
    diagonal[a] = 1 - share
    move = sparse.csr_matrix(sparse.diags(diagonal) + sparse.coo_matrix((share, (a, b)), (n, n)))
    values = values.copy()
    values[a] = 0
    return replace(sheet, weights=in_order(move @ sheet.weights)), values


def _cut_triangles(triangles: NDArray, number: NDArray, source: NDArray) -> tuple[NDArray, NDArray]:
    """Return triangles cut at the new vertices (3, t) on their sides, -1 for none, and where each came from."""
    count = (number >= 0).sum(0)
    kept = count == 0
    pieces, origin = [triangles[kept]], [source[kept]]
    for turn in range(3):
        a, b, c = (triangles[:, (turn + k) % 3] for k in range(3))
        ab, bc = number[turn], number[(turn + 1) % 3]
        one = (count == 1) & (ab >= 0)
        pieces += [np.stack([a, ab, c], 1)[one], np.stack([ab, b, c], 1)[one]]
        two = (count == 2) & (ab >= 0) & (bc >= 0)
        pieces += [np.stack([ab, b, bc], 1)[two], np.stack([a, ab, bc], 1)[two], np.stack([a, bc, c], 1)[two]]
        origin += [source[one]] * 2 + [source[two]] * 3
    return np.concatenate(pieces), np.concatenate(origin)


def keep(sheet: Sheet, chosen: NDArray) -> tuple[Sheet, NDArray]:
    """Return the chosen triangles (t,) with the vertices they use, and which vertices these are."""
    used, triangles = np.unique(sheet.triangles[chosen], return_inverse=True)
    return (
        Sheet(
            in_order(sheet.weights[used]),
            triangles.reshape(-1, 3),
            sheet.source[chosen],
            sheet.locked[used],
        ),
        used,
    )
