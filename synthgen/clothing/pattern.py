"""Garments as pieces of the form: cut where a smooth function of the place at rest is positive."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from synthgen.clothing.form import Form, form
from synthgen.clothing.sheet import Sheet, in_order, keep, split, whole
from synthgen.mesh import border_of, edges_of

Field = Callable[[NDArray], NDArray]
"""Rest positions (n, 3) in millimetres -> a number for each (n,); about a distance near its zero line."""
NEARBY_MM = 60.0


@dataclass(frozen=True)
class Pattern:
    """The topology of one garment.

    Attributes:
        weights: (n, f) vertices = weights @ those of the form.
        triangles: (t, 3).
        panel: (t,) index into the form's panels.
        rest_mm: (n, 3).
        inside_mm: (n,) the field that the garment was cut by: 0 along the cut.
        uv: (t, 3, 2) millimetres of cloth.
        hems: Border as directed edges (e, 2), the garment on their left.
    """

    weights: sparse.csr_matrix
    triangles: NDArray[np.int32]
    panel: NDArray[np.int64]
    rest_mm: NDArray[np.float64]
    inside_mm: NDArray[np.float64]
    uv: NDArray[np.float32]
    hems: NDArray[np.int64]

    @property
    def middles(self) -> NDArray:
        """Return the middles (t, 3) of the triangles at rest."""
        return self.rest_mm[self.triangles].mean(1)

    @cached_property
    def threads(self) -> "Threads":
        """Return what keeps the cloth's lengths."""
        return _threads(self)

    @cached_property
    def rim(self) -> NDArray[np.int64]:
        """Return the vertices of the border."""
        return np.unique(self.hems)

    @cached_property
    def smoothing(self) -> sparse.csr_matrix:
        """Return the matrix (n, n) that averages each vertex with its neighbours."""
        return averaging(self.triangles, len(self.rest_mm))


def averaging(triangles: NDArray, count: int) -> sparse.csr_matrix:
    """Return the matrix (n, n) that averages each of `count` vertices with its neighbours."""
    edges = edges_of(triangles)
    both = np.concatenate([edges, edges[:, ::-1], np.repeat(np.arange(count)[:, None], 2, 1)])
    near = sparse.csr_matrix((np.ones(len(both)), (both[:, 0], both[:, 1])), (count, count))
    return in_order(sparse.diags(1 / np.asarray(near.sum(1)).ravel()) @ near)


@dataclass(frozen=True)
class Threads:
    """The edges of a pattern, which cloth does not let grow.

    Attributes:
        edges: (e, 2).
        length_mm: (e,) at rest.
        apart: (e, n) from the second end of an edge to its first.
        pull: (n, e) the mean over a vertex's edges, of opposite sign at their two ends.
        mean: (n, e) the mean over a vertex's edges.
    """

    edges: NDArray[np.int64]
    length_mm: NDArray[np.float32]
    apart: sparse.csr_matrix
    pull: sparse.csr_matrix
    mean: sparse.csr_matrix


def _threads(pattern: Pattern) -> Threads:
    edges = edges_of(pattern.triangles)
    count, rows = len(pattern.rest_mm), np.tile(np.arange(len(edges)), 2)
    ends = np.concatenate([edges[:, 0], edges[:, 1]])
    share = (1 / np.bincount(ends, minlength=count)).astype(np.float32)[ends]
    sign = np.repeat(np.array([-1, 1], np.float32), len(edges))
    length = np.linalg.norm(pattern.rest_mm[edges[:, 0]] - pattern.rest_mm[edges[:, 1]], axis=1)
    shape = (count, len(edges))
    return Threads(
        edges.astype(np.int64),
        length.astype(np.float32),
        in_order(sparse.csr_matrix((-sign, (rows, ends)), shape[::-1])),
        in_order(sparse.csr_matrix((sign * share, (ends, rows)), shape)),
        in_order(sparse.csr_matrix((share, (ends, rows)), shape)),
    )


def cut(inside: Field, lines: Sequence[Field] = (), base: Form | None = None) -> Pattern:
    """Return the piece of a form where a function is positive.

    Args:
        inside: The function.
        lines: Further functions along whose zero lines edges run.
        base: What it is cut from; the form of the upper body without it.
    """
    base = base or form()
    near = (inside(base.rest_mm)[base.triangles] > -NEARBY_MM).any(1)
    sheet, _ = keep(whole(len(base.rest_mm), base.triangles), near)
    sheet = Sheet(sheet.weights, sheet.triangles, np.flatnonzero(near), _on_seams(base.triangles, base.panel, sheet))
    sheet, value = split(sheet, inside(sheet.weights @ base.rest_mm))
    sheet, _ = keep(sheet, value[sheet.triangles].mean(1) > 0)
    border = np.unique(border_of(sheet.triangles))
    for line in lines:
        sheet.locked[border] = True
        sheet, _ = split(sheet, line(sheet.weights @ base.rest_mm))
    rest, panel = sheet.weights @ base.rest_mm, base.panel[sheet.source]
    uv = np.zeros((len(sheet.triangles), 3, 2), np.float32)
    for number, flat in enumerate(base.uv):
        on = panel == number
        uv[on] = (sheet.weights @ flat)[sheet.triangles[on]]
    inside_mm = np.maximum(inside(rest), 0)
    hems = border_of(sheet.triangles)
    inside_mm[np.unique(hems)] = 0
    return Pattern(sheet.weights, sheet.triangles.astype(np.int32), panel, rest, inside_mm, uv, hems)


def _on_seams(triangles: NDArray, panel: NDArray, sheet: Sheet) -> NDArray[np.bool_]:
    """Return which vertices of a part of the form lie where panels meet."""
    first, last = np.full(triangles.max() + 1, 99), np.full(triangles.max() + 1, -1)
    for k in range(3):
        np.minimum.at(first, triangles[:, k], panel)
        np.maximum.at(last, triangles[:, k], panel)
    return (first < last)[sheet.weights.indices]  # a row is one vertex of the form


def loops(hems: NDArray) -> list[NDArray[np.int64]]:
    """Return the closed borders (n,) of directed edges (e, 2), each in order, the surface on the left."""
    after = dict(hems.tolist())
    found = []
    while after:
        start, _ = next(iter(after.items()))
        loop = []
        at = start
        while at in after:
            loop.append(at)
            at = after.pop(at)
        found.append(np.array(loop))
    return found
