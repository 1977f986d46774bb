"""Waxed moustaches: hairs follow a line from the middle of the lip past the corner of the mouth, to a drawn-out tip."""

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.spatial import KDTree

from synthgen.hair.roots import Ground, skin_tree
from synthgen.mesh import unit
from synthgen.ramps import smooth_step
from synthgen.rng import Key

ON_LIP_MM = ((2.0, -157.0, 675.5), (9.0, -156.5, 676.0), (17.0, -154.0, 673.5), (25.0, -148.0, 668.0))
"""Places of the base mesh that the line passes over, on the left."""
OFF_SKIN_M = (0.0022, 0.0034, 0.0040, 0.0046)
THICK_SHARE, THICK_M = (0.0, 0.25, 0.55, 0.8, 1.0), (0.0032, 0.0040, 0.0030, 0.0017, 0.0004)
"""Radius of the whole by the share of the way to the tip."""
SAMPLES = 160


def wax(
    start: NDArray, ground: Ground, reach_m: float, curled: bool, length: NDArray, points: int, key: Key
) -> NDArray[np.float32]:
    """Return the hairs (n, points, 3) of a waxed moustache.

    Args:
        start: (n, 3) roots.
        ground: The skin.
        reach_m: How far the tip stands beyond the corner of the mouth.
        curled: Whether the ends are turned up.
        length: (n,) metres.
        points: On each hair.
        key: Of the draw.
    """
    rng, hairs = key.rng(), np.empty((len(start), points, 3), np.float32)
    t = np.linspace(0, 1, points)
    middle = ground.vertices[skin_tree().query((0.0, -157.0, 675.0))[1]]
    for sign in (1, -1):
        mine = np.flatnonzero((start[:, 0] >= middle[0]) == (sign > 0))
        if not len(mine):
            continue
        line = _line(ground, sign, reach_m, curled)
        steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
        way = np.concatenate([[0], np.cumsum(steps)])
        on_lip = line[way < 0.040]
        first = way[KDTree(on_lip).query(start[mine])[1]]
        last = np.minimum(first + length[mine], way[-1] * (1 - 0.06 * rng.random(len(mine)) ** 2))
        last = np.where(rng.random(len(mine)) < 0.3, way[-1], last)
        at = first[:, None] + (last - first)[:, None] * t
        course = np.stack([np.interp(at, way, line[:, k]) for k in range(3)], -1)
        along = unit(np.stack([np.interp(at, way, np.gradient(line[:, k])) for k in range(3)], -1))
        radius = np.interp(at / way[-1], THICK_SHARE, THICK_M)
        disc = rng.normal(size=(len(mine), 3)) * 0.55
        aside = disc[:, None] - (disc[:, None] * along).sum(-1, keepdims=True) * along
        free = smooth_step(t * (last - first)[:, None], 0.0, 0.010)[..., None]
        hairs[mine] = course + (1 - free) * (start[mine] - course[:, 0])[:, None] + free * radius[..., None] * aside
    return hairs


def _line(ground: Ground, sign: int, reach_m: float, curled: bool) -> NDArray:
    """Return the line (SAMPLES, 3) of one side, from the middle to the tip."""
    vertex = np.asarray(skin_tree().query(np.array(ON_LIP_MM) * [sign, 1, 1])[1])
    knots = ground.vertices[vertex] + ground.normals[vertex] * np.array(OFF_SKIN_M)[:, None]
    out, up = np.array([sign * 0.93, 0.30, -0.12]), np.array([0.0, -0.05, 1.0])
    begin = knots[-1]
    if curled:
        turn = np.radians(np.array([30, 75, 125, 180, 235]))
        radius = reach_m * np.array([0.46, 0.44, 0.40, 0.34, 0.27])[:, None]
        centre = begin + out * 0.62 * reach_m + up * 0.36 * reach_m
        ends = centre + radius * (np.sin(turn)[:, None] * out - np.cos(turn)[:, None] * up)
    else:
        share = np.array([0.4, 0.75, 1.0])[:, None]
        ends = begin + share * reach_m * out + 0.10 * share**2 * reach_m * up
    every = np.concatenate([knots, ends])
    way = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(every, axis=0), axis=1))])
    return CubicSpline(way, every)(np.linspace(0, way[-1], SAMPLES))
