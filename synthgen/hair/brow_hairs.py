"""Hairs of eyebrows: single ones that lie on the skin within an outline."""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from synthgen.hair.brow_outline import BrowOutline
from synthgen.hair.brows import Brows
from synthgen.hair.color import HairColor, pigment
from synthgen.hair.roots import Ground, Roots, chart, scatter
from synthgen.mesh import unit
from synthgen.noise import noise
from synthgen.parts import Part
from synthgen.ramps import smooth_step
from synthgen.rng import Key
from synthgen.strands import Strands, tapered

STRAY_FROM_M = 0.771
"""Height on the chart below which no hair strays: the lid."""
POINTS, ROOT_M, STRAY, FARTHEST = 6, 4.6e-5, 0.16, 5.0
"""Points on a hair, its radius, share of strays, and how far from the centre line those grow over the half width."""
HAIRS, FEWEST = 1700, 1000
GREY_SHARE = 0.6


@lru_cache(maxsize=1)
def _region() -> NDArray[np.int64]:
    """Return the skin's vertices about the brows."""
    x, y, z = chart().T
    return np.flatnonzero((np.abs(x) < 0.072) & (y < -0.085) & (z > 0.768) & (z < 0.815))


def build_brows(brows: Brows, color: HairColor, ground: Ground) -> tuple[Strands, Strands]:
    """Return the left and right brow on the skin, in its frame."""
    key = Key(f"brows/{brows.seed}")
    color = color.elsewhere(brows.color, brows.grey, GREY_SHARE)
    asked = HAIRS * brows.density * brows.thickness**0.8
    count = int(np.clip(asked, FEWEST, 4000)) // 2
    thin = float(np.clip(asked / (2 * count), 0.55, 1.25))  # what is missing in number is missing in width
    tree = KDTree(ground.vertices[_region()])
    left, right = (
        _brow(
            brows, BrowOutline(brows, s * brows.uneven_mm / 2), s, count, thin, color, ground, tree, key.child(str(s))
        )
        for s in (1, -1)
    )
    return left, right


def _brow(
    brows: Brows,
    outline: BrowOutline,
    sign: int,
    count: int,
    thin: float,
    color: HairColor,
    ground: Ground,
    tree: Any,
    key: Key,
) -> Strands:
    def inside(centres: NDArray) -> NDArray:
        ahead = (centres[:, 1] < -0.085) & (centres[:, 2] > STRAY_FROM_M) & (centres[:, 2] < 0.813)
        ahead &= (centres[:, 0] * sign > -0.001) & (np.abs(centres[:, 0]) < 0.070)
        _, across, _ = outline.place(centres)
        between = (brows.unibrow > 0) & (np.abs(centres[:, 0]) < outline.inner)
        return ahead & ((np.abs(across) < FARTHEST) | between)

    roots = scatter(count, lambda at: _density(brows, outline, at, key), inside, key.child("roots"))
    points, length = _comb(brows, outline, sign, roots, ground, tree, key.child("comb"))
    fine = np.clip(0.6 + 0.4 * length / np.median(length), 0.6, 1.2)
    side = "left" if sign > 0 else "right"
    return Strands(
        name=f"brow_{side}",
        points=points,
        radius=tapered(len(points), POINTS, ROOT_M * thin * fine, 0.28),
        part=Part.BROW_LEFT if sign > 0 else Part.BROW_RIGHT,
        instance="person",
        material="brows",
        attributes={"pigment": pigment(color, len(points), key.child("pigment"))},
    )


def _density(brows: Brows, outline: BrowOutline, at: NDArray, key: Key) -> NDArray:
    """Return the density of hairs at points of the chart: soft edges, thinner at the inner end, a few strays."""
    along, across, _ = outline.place(at)
    uneven = np.clip(1 + 0.22 * noise(at * 1e3, 5.0, key.child("patches")), 0.3, 1.6)
    soft = 1.15 - 0.25 * brows.grooming
    x = np.abs(at[:, 0])
    filled = outline.filled(np.clip(x, outline.inner, outline.outer))
    body = filled * np.exp(-0.9 * np.abs(across / soft) ** 2.2)
    ends = (
        smooth_step(along, -0.07, 0.16)
        * (0.5 + 0.5 * smooth_step(along, 0.0, 0.3))
        * (1 - smooth_step(along, 0.78, 1.08))
    )
    stray = STRAY * (1 - brows.grooming) * np.exp(-((across / 2.4) ** 2)) * (1 - smooth_step(along, 1.0, 1.25))
    middle = outline.centre(outline.inner)
    bridge = (
        brows.unibrow * np.exp(-(((at[:, 2] - middle) / 0.0042) ** 2)) * (1 - smooth_step(x, 0, outline.inner + 0.004))
    )
    over = at[:, 2] > STRAY_FROM_M
    return over * np.clip(np.maximum(body * ends, stray * ends) * uneven + 0.75 * bridge, 0, 1)


def _comb(
    brows: Brows, outline: BrowOutline, sign: int, roots: Roots, ground: Ground, tree: Any, key: Key
) -> tuple[NDArray, NDArray]:
    """Return the hairs (n, POINTS, 3) and their lengths: up at the inner end, then outwards, down at the tail."""
    rng, count = key.rng(), len(roots.at)
    along, across, slope = outline.place(roots.at)
    wild = 1 - brows.grooming
    rise = np.interp(along, [-0.1, 0.08, 0.3, 0.6, 1.0], [84, 66, 34, 14, 2])
    rise = rise - np.clip(across, -1.3, 1.3) * np.interp(along, [0, 0.3, 1], [6, 26, 22])
    rise += np.degrees(np.arctan(slope)) + (7 + 16 * wild) * rng.normal(size=count)
    lock = noise(roots.at * 1e3, 4.0, key.child("locks"))
    rise += (5 + 7 * wild) * lock
    length = (
        brows.length_mm
        * 1e-3
        * (0.55 + 0.45 * rng.random(count))
        * np.interp(along, [-0.1, 0.1, 0.5, 0.8, 1.05], [0.55, 0.8, 1.0, 0.85, 0.6])
    )
    length = length * np.where(np.abs(across) > 1.2, 0.7, 1)
    start, normal = ground.under(roots)
    points = np.empty((count, POINTS, 3), np.float32)
    points[:, 0] = start
    step = (length / (POINTS - 1))[:, None]
    curve = (22 + 10 * rng.normal(size=count)) * (1 - 0.3 * wild)
    lift = np.clip(0.26 + 0.10 * rng.normal(size=count), 0.08, 0.6) * (1 + 0.5 * wild)
    vertices, normals = ground.vertices[_region()], ground.normals[_region()]
    at = start
    for k in range(1, POINTS):
        t = k / (POINTS - 1)
        angle = np.radians(rise - curve * t)
        towards = np.stack([sign * np.cos(angle), np.zeros(count), np.sin(angle)], 1)
        flat = unit(towards - (towards * normal).sum(1, keepdims=True) * normal)
        at = at + flat * step
        near = np.asarray(tree.query(at)[1])
        normal = normals[near]
        height = 1.2e-4 + length * (lift * t - 0.55 * lift * t * t)
        at = at + ((height - ((at - vertices[near]) * normal).sum(1))[:, None]) * normal
        points[:, k] = at
    return points, length
