"""The front edges of the lids, as vertices of the cage."""

import json
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthgen.assets import package_data
from synthgen.head.model import head_model
from synthgen.head.regions import body_islands

SIDES = ("left", "right")
RINGS = 3
"""Edges from the border of the socket's texture, which lies behind the lid's edge, to its front."""


@dataclass(frozen=True)
class LidMargin:
    """One eye's lids; vertices of the cage.

    Attributes:
        upper, lower: Front edge from the inner to the outer corner, both included.
        inside: (v,) true for vertices behind the front edges of both eyes: the lids' thickness and the socket.
    """

    upper: NDArray[np.int64]
    lower: NDArray[np.int64]
    inside: NDArray[np.bool_]


def lid_points(side: str) -> list[tuple[list[int], list[float]]]:
    """Return (vertices, weights) of the iBUG points of one eye, from the inner corner over the upper lid and back."""
    table = json.loads(package_data("landmarks", "ibug68.json").read_text())
    points = {point["name"]: (point["vertices"], point["weights"]) for point in table["points"]}
    names = [
        *(f"eye_{side}_inner_corner", f"upper_lid_{side}_inner", f"upper_lid_{side}_outer"),
        *(f"eye_{side}_outer_corner", f"lower_lid_{side}_outer", f"lower_lid_{side}_inner"),
    ]
    return [points[name] for name in names]


@lru_cache(maxsize=2)
def lid_margin(side: str) -> LidMargin:
    """Return the lids' margins of one side."""
    quads, base = head_model().quads["body"], head_model().vertices
    inside = np.zeros(len(base), bool)
    inside[quads[body_islands() == "socket"]] = True
    edges = np.concatenate([quads[:, [0, 1]], quads[:, [1, 2]], quads[:, [2, 3]], quads[:, [3, 0]]])
    ring = inside
    for _ in range(RINGS):
        before, inside = inside, inside.copy()
        inside[edges[before[edges].any(1)]] = True
        ring = inside & ~before
        inside = before | ring
    outward = 1 if side == "left" else -1
    rim = np.flatnonzero(ring & (base[:, 0] * outward > 0))
    inner, outer = (lid_points(side)[k][0][0] for k in (0, 3))
    x, z = base[:, 0] * outward, base[:, 2]
    chord = z[inner] + (z[outer] - z[inner]) * (x[rim] - x[inner]) / (x[outer] - x[inner])
    rim, over = (array[(x[rim] > x[inner]) & (x[rim] < x[outer])] for array in (rim, z[rim] - chord))
    halves = [rim[over > 0.0002], rim[over < -0.0002]]
    upper, lower = (np.r_[inner, half[x[half].argsort()], outer].astype(np.int64) for half in halves)
    return LidMargin(upper, lower, inside & ~ring)
