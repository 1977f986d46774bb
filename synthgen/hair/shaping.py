"""What makes hair look like hair: locks, curls, frizz and cuts. Arrays (n, k, 3) in, arrays out; metres."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from synthgen.mesh import unit
from synthgen.ramps import smooth_step
from synthgen.rng import Key

Hairs = NDArray[np.float32]


def along(points: int) -> NDArray[np.float32]:
    """Return the share of the way (k,) from root to tip at each point."""
    return np.linspace(0, 1, points, dtype=np.float32)


def clump(
    hairs: Hairs, place: NDArray, count: int, strength: float, power: float, keep: float, key: Key
) -> tuple[Hairs, NDArray]:
    """Draw hairs together into locks, tips most.

    Args:
        hairs: (n, k, 3).
        place: (n, d) where they stand.
        count: Of locks.
        strength: 0 not at all, 1 wholly.
        power: How late along the hair they meet.
        keep: Share of their distance at the root that stays.
        key: Of the draw.

    Returns:
        The hairs, and the lock of each (n,).
    """
    rng, total = key.rng(), len(hairs)
    centre = rng.choice(total, min(count, total), replace=False)
    lock = np.asarray(KDTree(place[centre]).query(place)[1])
    leader = centre[lock]
    share = strength * (1 - 0.4 * rng.random(total, dtype=np.float32) ** 2)
    weight = share[:, None] * along(hairs.shape[1]) ** power
    apart = (hairs[:, 0] - hairs[leader, 0])[:, None] * np.float32(keep)
    return hairs + weight[..., None].astype(np.float32) * (hairs[leader] + apart - hairs), lock


def frizz(
    hairs: Hairs, length: NDArray, size_m: NDArray, waves_per_m: tuple[float, float], power: float, key: Key
) -> Hairs:
    """Add smooth wandering of each hair's own; `size_m` (n,) at the tip."""
    rng, (count, points) = key.rng(), hairs.shape[:2]
    t = along(points)
    distance = (t * length[:, None]).astype(np.float32)
    moved = np.zeros_like(hairs)
    for octave in range(2):
        waves = rng.uniform(*waves_per_m, (count, 1)).astype(np.float32) * 1.7**octave
        phase = rng.uniform(0, 2 * np.pi, (count, 1)).astype(np.float32)
        way = unit(rng.normal(size=(count, 3))).astype(np.float32) * 0.6**octave
        moved += np.sin(2 * np.pi * distance * waves + phase)[..., None] * way[:, None]
    return hairs + moved * ((t**power) * size_m[:, None]).astype(np.float32)[..., None]


def frames(courses: NDArray, first: NDArray | None = None) -> tuple[NDArray, NDArray]:
    """Return two directions (n, k, 3) square to courses (n, k, 3) and to each other, carried along without twist.

    Args:
        courses: (n, k, 3).
        first: (n, 3) that the second should start along, or None.
    """
    tangent = unit(np.gradient(courses, axis=1))
    aside = np.empty_like(courses)
    if first is None:
        first = np.where(np.abs(tangent[:, 0, 2:3]) < 0.9, [[0, 0, 1.0]], [[1.0, 0, 0]])
    side = unit(np.cross(tangent[:, 0], first))
    for k in range(courses.shape[1]):
        side = unit(side - (side * tangent[:, k]).sum(1, keepdims=True) * tangent[:, k])
        aside[:, k] = side
    return aside, np.cross(tangent, aside)


def curl(
    hairs: Hairs, length: NDArray, radius_m: NDArray, wave_m: NDArray, phase: NDArray, hand: NDArray, from_m: float
) -> Hairs:
    """Wind hairs into helices about their own course; all arguments (n,), but the length over which they begin."""
    points = hairs.shape[1]
    aside, up = frames(hairs)
    distance = along(points) * length[:, None]
    angle = (2 * np.pi * distance / wave_m[:, None] + phase[:, None]) * hand[:, None]
    radius = radius_m[:, None] * (1 - np.exp(-distance / from_m))
    return (hairs + (radius * np.cos(angle))[..., None] * aside + (radius * np.sin(angle))[..., None] * up).astype(
        np.float32
    )


def trim(hairs: Hairs, share: NDArray) -> Hairs:
    """Return hairs cut to a share (n,) of their length, with as many points as before."""
    count, points = hairs.shape[:2]
    at = (along(points) * share[:, None] * (points - 1)).astype(np.float32)
    low = np.minimum(at.astype(int), points - 2)
    between, rows = (at - low)[..., None], np.arange(count)[:, None]
    return (hairs[rows, low] * (1 - between) + hairs[rows, low + 1] * between).astype(np.float32)


def resampled(hairs: Hairs, points: int) -> Hairs:
    """Return hairs with another number of points, evenly along those they have."""
    at = np.linspace(0, hairs.shape[1] - 1, points)
    low = np.minimum(at.astype(int), hairs.shape[1] - 2)
    between = (at - low)[:, None].astype(np.float32)
    return (hairs[:, low] * (1 - between) + hairs[:, low + 1] * between).astype(np.float32)


def cut_above(hairs: Hairs, height: NDArray) -> Hairs:
    """Return hairs cut where they first rise above a height (n,)."""
    flip = np.array([1, 1, -1], np.float32)
    return (cut_below((hairs * flip).astype(np.float32), -height) * flip).astype(np.float32)


def cut_before(hairs: Hairs, wrong: NDArray[np.bool_]) -> tuple[Hairs, NDArray]:
    """Return hairs cut before their first point (n, k) that is wrong, and the share (n,) of each that is left."""
    points = hairs.shape[1]
    first = np.where(wrong.any(1), wrong.argmax(1), points)
    left = np.clip((first - 1) / (points - 1), 0.0, 1.0)
    cut = left < 1
    hairs = hairs.copy()
    hairs[cut] = trim(hairs[cut], np.maximum(left[cut], 0.02))
    return hairs, left


def cut_below(hairs: Hairs, height: NDArray) -> Hairs:
    """Return hairs cut where they first fall below a height (n,)."""
    points, rows = hairs.shape[1], np.arange(len(hairs))
    below = hairs[..., 2] < height[:, None]
    crosses = below.any(1)
    first = np.maximum(np.where(crosses, below.argmax(1), points - 1), 1)
    over, under = hairs[rows, first - 1, 2], hairs[rows, first, 2]
    part = np.clip((over - height) / np.maximum(over - under, 1e-6), 0, 1)
    return trim(hairs, np.maximum(np.where(crosses, (first - 1 + part) / (points - 1), 1.0), 0.03))


def wind(
    hairs: Hairs, lock: NDArray, length: NDArray, coils: "Coils", own: NDArray, key: Key
) -> tuple[Hairs, NDArray[np.float32]]:
    """Wind locks of hair into helices, the hairs of a lock together, so that they read as ringlets.

    Args:
        hairs: (n, k, 3).
        lock: (n,) lock of each.
        length: (n,) metres.
        coils: What they are wound into.
        own: (n,) how much of the helix each hair follows; 1 is all.
        key: Of the draw.

    Returns:
        The hairs, and the displacement of each lock (m, k, 3).
    """
    rng, points = key.rng(), hairs.shape[1]
    leader, member = np.unique(lock, return_index=True)[1], np.unique(lock, return_inverse=True)[1].reshape(-1)
    course, reach = hairs[leader].astype(float), length[leader]
    drawn = rng.random((len(leader), 4))
    aside, up = frames(course)
    distance = along(points) * reach[:, None]
    wave = coils.wave_m * (1 + coils.variety * (drawn[:, 1] - 0.5))
    hand = np.where(course[:, 0, 0] < 0, -1.0, 1.0) * np.where(drawn[:, 3] < 0.25, -1.0, 1.0)
    angle = (2 * np.pi * (distance / wave[:, None] + drawn[:, 2:3])) * hand[:, None]
    begun = smooth_step(distance, coils.begin_m * (0.3 + 0.7 * drawn[:, :1]), coils.begin_m * 1.6 + 1e-4)
    size = coils.radius_m * (1 + coils.variety * (drawn[:, :1] - 0.5)) * begun
    moved = (size[..., None] * (np.cos(angle)[..., None] * aside + np.sin(angle)[..., None] * up)).astype(np.float32)
    return (hairs + own[:, None, None] * moved[member]).astype(np.float32), moved


@dataclass(frozen=True)
class Coils:
    """The helix that locks are wound into.

    Attributes:
        radius_m: Of it.
        wave_m: Length along the hair of one turn.
        begin_m: Length from the root over which it begins.
        variety: How far locks differ, 0 to 1.
    """

    radius_m: float
    wave_m: float
    begin_m: float
    variety: float = 0.5


def wander(hairs: Hairs, place: NDArray, size_m: float, count: int, key: Key) -> Hairs:
    """Bend broad strands of hair together: each of `count` regions sways its own slow way, blended in between."""
    rng = key.rng()
    centre = rng.choice(len(hairs), min(count, len(hairs)), replace=False)
    away, near = KDTree(place[centre]).query(place, k=min(4, len(centre)))
    weight = np.exp(-((np.asarray(away) / 0.02) ** 2)) + 1e-6
    weight = (weight / weight.sum(1, keepdims=True)).astype(np.float32)
    t = along(hairs.shape[1])
    phase = rng.uniform(0, 2 * np.pi, (len(centre), 3)).astype(np.float32)
    waves = rng.uniform(0.7, 1.8, (len(centre), 3)).astype(np.float32)
    sway = np.sin(2 * np.pi * t[None, :, None] * waves[:, None] + phase[:, None]) * t[None, :, None]
    moved = np.zeros_like(hairs)
    for column in range(weight.shape[1]):
        moved += weight[:, column, None, None] * sway[np.asarray(near)[:, column]]
    return (hairs + np.float32(size_m) * moved).astype(np.float32)
