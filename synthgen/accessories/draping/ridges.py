"""Ridges that stand in cloth where it is pulled: fans of tension folds from a pin, a temple or the nape."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from synthgen.mesh import unit
from synthgen.ramps import smooth_step
from synthgen.rng import Key

SAMPLES, REACH = 48, 2.6
"""Places along a ridge, and widths beside it where nothing of it is left."""
RISES, FADES = 0.18, 0.45
"""Shares of its length where a ridge has its full height, and where it begins to fade."""
NARROW, WIDENS, STEEP = 0.65, 0.7, 0.45
"""Width at its root against the usual, how much it widens, and how much narrower one side is than the other."""
BLEND = 3.0
"""Power that heights are summed up with: ridges that meet are hardly higher than one."""


@dataclass(frozen=True)
class Ridge:
    """One ridge on a sheet as it lies.

    Attributes:
        line: (k, 3) from its root, millimetres.
        height_mm: Of its highest place.
        width_mm: From its crest to where it is lost, near enough.
        steep: Side that is steeper, 1 or -1.
    """

    line: NDArray
    height_mm: float
    width_mm: float
    steep: float


@dataclass(frozen=True)
class Fan:
    """Ridges that spread from where cloth is held; places are in the sheet's own two coordinates.

    Attributes:
        root: Where they begin.
        ends: Places between which they end, in order.
        count: Of ridges.
        height_mm: Of a usual one.
        width_mm: The same.
        spread: How far apart they begin, as a share of how far apart they end.
        bend: How far they bow to the side, as a share of their length.
    """

    root: tuple[float, float]
    ends: tuple[tuple[float, float], ...]
    count: int
    height_mm: float
    width_mm: float
    spread: float = 0.12
    bend: float = 0.08

    def mirrored(self, turns: float) -> "Fan":
        """Return the same on the other side of a hood: thread 0 becomes thread `turns`."""
        ends = tuple((turns - thread, station) for thread, station in self.ends)
        return replace(self, root=(turns - self.root[0], self.root[1]), ends=ends, bend=-self.bend)


Line = tuple[NDArray, tuple[float, float, float]]
"""Places (k, 2) of a ridge on a sheet; its height, its width, and its steeper side."""


def fanned(fan: Fan, key: Key) -> list[Line]:
    """Return the ridges of a fan, no two alike."""
    rng = key.rng()
    root, ends = np.array(fan.root), np.array(fan.ends)
    along = np.linspace(0, 1, SAMPLES)[:, None]
    found = []
    for number in range(fan.count):
        share = np.clip((number + 0.5 + 0.7 * (rng.random() - 0.5)) / fan.count, 0, 1) * (len(ends) - 1)
        end = np.array([np.interp(share, np.arange(len(ends)), axis) for axis in ends.T])
        middle = ends.mean(0)
        start = root + fan.spread * (end - middle)
        end = start + (end - start) * rng.uniform(0.65, 1.1)
        way = end - start
        bow = fan.bend * rng.uniform(0.3, 1.7) * np.array([-way[1], way[0]])
        wave = 0.3 * bow * np.sin(2 * np.pi * (along * rng.uniform(0.8, 1.6) + rng.random()))
        line = start + along * way + 4 * along * (1 - along) * bow + wave
        height, width = fan.height_mm * rng.uniform(0.55, 1.35), fan.width_mm * rng.uniform(0.75, 1.3)
        found.append((line, (height, width, float(rng.choice([-1.0, 1.0])))))
    return found


def ridge_heights(points: NDArray, normals: NDArray, ridges: Sequence[Ridge]) -> NDArray:
    """Return how far ridges rise (n, m) from a sheet of points (n, m, 3) along its normals (n, m, 3)."""
    flat, out = points.reshape(-1, 3), normals.reshape(-1, 3)
    total = np.zeros(len(flat))
    for ridge in ridges:
        reach = REACH * ridge.width_mm * (1 + WIDENS)
        low, high = ridge.line.min(0) - reach, ridge.line.max(0) + reach
        near = np.flatnonzero(((flat > low) & (flat < high)).all(1))
        away, found = KDTree(ridge.line).query(flat[near], distance_upper_bound=reach)
        near, nearest = near[np.isfinite(away)], np.asarray(found)[np.isfinite(away)]
        ways = np.gradient(ridge.line, axis=0)
        step = np.linalg.norm(ways, axis=1)
        ways = ways / np.maximum(step, 1e-9)[:, None]
        offset, along = flat[near] - ridge.line[nearest], ways[nearest]
        share = (nearest + (offset * along).sum(1) / step[nearest]) / (len(ridge.line) - 1)
        beside = (offset * unit(np.cross(along, out[near]))).sum(1)
        width = ridge.width_mm * (NARROW + WIDENS * np.clip(share, 0, 1))
        width = width * np.where(beside * ridge.steep > 0, 1 - STEEP, 1 + STEEP)
        fade = smooth_step(share, 0, RISES) * (1 - smooth_step(share, FADES, 1))
        total[near] += (ridge.height_mm * fade * np.exp(-((beside / width) ** 2))) ** BLEND
    return (total ** (1 / BLEND)).reshape(points.shape[:2])
