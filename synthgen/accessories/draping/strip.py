"""Lengths of cloth laid along a way over the body, from anchors on the base mesh."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.spatial import KDTree

from synthgen.accessories.fit import Fit
from synthgen.head.skin import skin_surface

Anchor = tuple[float, float, float, float, float, float]
"""A place on the base mesh and how far off the skin there, to the left, to the back and up; millimetres."""


@dataclass(frozen=True)
class Way:
    """The way a length of cloth takes.

    Attributes:
        upper: Anchors of one edge, in order.
        lower: Of the other edge, as many.
    """

    upper: tuple[Anchor, ...]
    lower: tuple[Anchor, ...]

    def mirrored(self) -> "Way":
        """Return the same way on the other side."""
        return Way(_mirrored(self.upper), _mirrored(self.lower))


def _mirrored(edge: tuple[Anchor, ...]) -> tuple[Anchor, ...]:
    return tuple((-x, y, z, -left, back, up) for x, y, z, left, back, up in edge)


@lru_cache(maxsize=64)
def _nearest(anchors: tuple[Anchor, ...]) -> NDArray[np.integer]:
    return skin_surface().outer_vertices[_rest_tree().query(np.array(anchors)[:, :3])[1]]


@lru_cache(maxsize=1)
def _rest_tree() -> KDTree:
    return KDTree(skin_surface().rest_mm[skin_surface().outer_vertices])


def anchored(fit: Fit, anchors: Sequence[Anchor]) -> NDArray:
    """Return where anchors lie on a person, (n, 3)."""
    rows = _nearest(tuple(anchors))
    return fit.skin[rows] + np.array(anchors)[:, 3:]


def laid(fit: Fit, way: Way, rows: int, columns: int) -> NDArray:
    """Return a grid of points (rows, columns, 3) between the edges of a way."""
    edges = np.stack([anchored(fit, edge) for edge in (way.upper, way.lower)], 1)
    steps = np.linalg.norm(np.diff(edges.mean(1), axis=0), axis=1)
    at = np.concatenate([[0], np.cumsum(np.sqrt(steps))])
    lines = CubicSpline(at, edges, bc_type="natural")(np.linspace(0, at[-1], rows))
    share = np.linspace(0, 1, columns)[:, None]
    return lines[:, :1] * (1 - share) + lines[:, 1:] * share
