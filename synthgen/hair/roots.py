"""Where hairs grow: points of the skin drawn on one fixed head, so that they stay put on every other face."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from synthgen.head.shape import macro_targets, shape_cage
from synthgen.head.skin import skin_surface
from synthgen.mesh import face_normals, unit
from synthgen.parts import Part
from synthgen.rng import Key

CHART_HEAD = {"masculinity": 0.9, "age": 38.0, "weight": 0.0, "muscle": 0.0}
CHART_ANCESTRY = {"african": 0.0, "asian": 0.3, "caucasian": 0.7}
"""The head that outlines of hair are drawn on. Any would do; it must never change."""
MAX_ROUNDS = 40

Points = NDArray[np.float32]
Density = Callable[[Points], NDArray]


@lru_cache(maxsize=1)
def chart() -> Points:
    """Return the skin's vertices (n, 3) on the chart's head: metres, x to the subject's left, y to the back, z up."""
    cage = shape_cage(macro_targets(ancestry=CHART_ANCESTRY, **CHART_HEAD))
    return (skin_surface().matrix @ cage).astype(np.float32)


@lru_cache(maxsize=1)
def hairy_triangles() -> NDArray[np.bool_]:
    """Return which triangles of the skin may bear hair: not the inside of mouth and lids, lips, ears, nostrils."""
    surface = skin_surface()
    bare = [Part[name] for name in ("LIP_UPPER", "LIP_LOWER", "EAR_LEFT", "EAR_RIGHT", "NOSTRILS", "MOUTH_INTERIOR")]
    return ~np.isin(surface.part, bare) & surface.outer


def quick_tree(points: NDArray) -> KDTree:
    """Return a tree of points (n, 3) that is asked once: it is faster built, and slower searched, than the usual."""
    return KDTree(points, balanced_tree=False, compact_nodes=False)


@lru_cache(maxsize=1)
def skin_tree() -> KDTree:
    """Return a tree of the skin's vertices on the base mesh, millimetres; its indices are the skin's vertices."""
    rest = skin_surface().rest_mm.copy()
    rest[np.setdiff1d(np.arange(len(rest)), skin_surface().outer_vertices)] = 1e6
    return KDTree(rest)


@dataclass(frozen=True)
class Roots:
    """Points of the skin.

    Attributes:
        corners: (n, 3) vertices of the triangle each lies in.
        weights: (n, 3) its barycentric coordinates.
        at: (n, 3) where it lies on the chart, metres, or on the places it was scattered over.
    """

    corners: NDArray[np.int32]
    weights: NDArray[np.float32]
    at: Points

    def on(self, values: NDArray) -> Points:
        """Return values (n, 3) at the roots from those of the skin's vertices (v, 3)."""
        return np.einsum("nk,nkc->nc", self.weights, values[self.corners]).astype(np.float32)

    def rows(self, chosen: NDArray) -> "Roots":
        """Return some of the roots, by index or mask."""
        return Roots(self.corners[chosen], self.weights[chosen], self.at[chosen])


@lru_cache(maxsize=2)
def triangle_fields(rest: bool) -> tuple[NDArray, NDArray, NDArray]:
    """Return the corners (t, 3, 3), centres and areas of the skin's triangles on the chart, or on the base mesh, mm."""
    surface = skin_surface()
    places = surface.rest_mm if rest else chart()
    corners = places[surface.triangles]
    return corners, corners.mean(1), np.linalg.norm(face_normals(places, surface.triangles), axis=1)


def scatter(count: int, density: Density, inside: Callable[[Points], NDArray], key: Key, rest: bool = False) -> Roots:
    """Draw roots, evenly by the chart's area times a density.

    Args:
        count: How many.
        density: Of points (n, 3) of the chart, 0 to 1.
        inside: Whether triangles, by their centres (t, 3), are looked at at all.
        key: Of the draw. A smaller count gives the first of the same roots, up to rounds of the draw.
        rest: Whether areas and `at` are of the base mesh, millimetres, instead of the chart.
    """
    surface, rng = skin_surface(), key.rng()
    corners, centres, areas = triangle_fields(rest)
    candidates = np.flatnonzero(hairy_triangles() & inside(centres))
    area = areas[candidates]
    share = np.cumsum(area) / area.sum()
    found: list[Roots] = []
    total = 0
    for _ in range(MAX_ROUNDS):
        tries = int(count * 1.5) + 500
        chosen = candidates[np.minimum(np.searchsorted(share, rng.random(tries)), len(candidates) - 1)]
        pair = rng.random((tries, 2))
        pair[pair.sum(1) > 1] = 1 - pair[pair.sum(1) > 1]
        weights = np.column_stack([1 - pair.sum(1), pair]).astype(np.float32)
        at = np.einsum("nk,nkc->nc", weights, corners[chosen]).astype(np.float32)
        kept = rng.random(tries) < density(at)
        found.append(Roots(surface.triangles[chosen[kept]], weights[kept], at[kept]))
        total += int(kept.sum())
        if total >= count:
            break
    every = Roots(*(np.concatenate([getattr(r, name) for r in found]) for name in ("corners", "weights", "at")))
    return every.rows(np.arange(min(count, total)))


@dataclass(frozen=True)
class Ground:
    """The skin that hair grows on, with the head upright.

    Attributes:
        vertices: (v, 3) metres.
        normals: (v, 3)
    """

    vertices: NDArray
    normals: NDArray

    def under(self, roots: Roots) -> tuple[Points, Points]:
        """Return points and unit normals (n, 3) of roots."""
        return roots.on(self.vertices), unit(roots.on(self.normals)).astype(np.float32)
