"""Plaited hair: three ropes over and under each other, as one braid, cornrows along the scalp, or box braids."""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from synthgen.hair.combs import Rooted, falling
from synthgen.hair.growth import Growth, grow
from synthgen.hair.loose import off_face, parting_m
from synthgen.hair.roots import Roots
from synthgen.hair.scalp import MIDDLE, above_hairline, fineness
from synthgen.hair.settle import settle
from synthgen.hair.shaping import Hairs, clump, frames, frizz, trim
from synthgen.hair.style import Plaits
from synthgen.hair.worn import Tress, Worn, color_locks, rooted
from synthgen.mesh import unit
from synthgen.noise import noise
from synthgen.ramps import smooth_step
from synthgen.rng import Key

PERIOD = 7.0
"""Length along a braid after which a rope is where it was, over the braid's radius."""
POINTS_A_PERIOD = 7
ASIDE, OVER, ROPE = 0.62, 0.34, 0.46
"""How far ropes swing aside and over each other, and their radius, over the braid's radius."""
ROW_TILT_DEG, WIDEST_DEG, COURSE = 24.0, 82.0, 30
PARTING_SHARE, BOX_PARTING_M = 0.96, 0.0008
BRAID_HAIRS, SCALP_SHARE = 54, 2.4
LOOSE_FROM, WAIST, WAIST_LONG = 0.955, 0.42, 0.012
"""Share of a braid's length that is plaited; its radius there over the usual, and the length of the waist."""
APART, APART_ROUNDS = 1.7, 10
"""Distance that the middles of braids keep over their radius, and how often those that are nearer are moved."""


def build(worn: Worn) -> tuple[Tress, ...]:
    """Return the hairs of cornrows or box braids: the braids, and the hair of the scalp drawn into them."""
    plaits = worn.style.plaits
    assert plaits is not None
    roots = rooted(worn, int(SCALP_SHARE * worn.style.strands * worn.hair.density * 5.5e-5 / worn.radius_m))
    courses, first, flat = (_cornrows if plaits.rows else _boxes)(worn, plaits, roots)
    each = int(np.clip(BRAID_HAIRS * 5.5e-5 / worn.radius_m * (2.2 if plaits.rows else 1), 24, 300))
    hairs, braid = plaited(courses, plaits.width * worn.hair.volume**0.3, each, worn, worn.key.child("plaits"), first)
    at = courses[:, 0][braid].astype(np.float32)
    return (flat, Tress(hairs, at, np.full(len(hairs), 1.25), color_locks(0.7 * at), tip_share=0.75))


def plaited(
    courses: NDArray, radius_m: float, each: int, worn: Worn, key: Key, first: NDArray | None = None
) -> tuple[Hairs, NDArray[np.int64]]:
    """Return hairs of braids, and the braid of each (n,).

    Args:
        courses: (b, k, 3) middles of the braids.
        radius_m: Of a braid.
        each: Hairs in each.
        worn: Whose.
        key: Of the draw.
        first: (b, 3) outwards, at the start of each: ropes cross above it; or None.
    """
    longest = np.linalg.norm(np.diff(courses, axis=1), axis=2).sum(1).max()
    points = int(np.clip(longest / (PERIOD * radius_m) * POINTS_A_PERIOD, 12, 150))
    courses = _evenly(courses, points)
    aside, up = frames(courses, first)
    reach = np.linalg.norm(np.diff(courses, axis=1), axis=2).sum(1)
    rng = key.rng()
    braid = np.repeat(np.arange(len(courses)), each)
    count, t = len(braid), np.linspace(0, 1, points)
    rope = rng.integers(0, 3, count)
    period = PERIOD * radius_m * (1 + 0.12 * (key.child("period").rng().random(len(courses)) - 0.5))
    phase = 2 * np.pi * (t * (reach / period)[braid, None] + rope[:, None] / 3 + 0.37 * braid[:, None])
    waist = 1 - (1 - WAIST) * np.exp(-(((t - LOOSE_FROM) / WAIST_LONG) ** 2))
    size = radius_m * (1 - 0.35 * t**2) * (0.55 + 0.45 * smooth_step(t, 0, 0.04)) * waist
    loose = smooth_step(t, LOOSE_FROM, 1.0)
    angle, depth = 2 * np.pi * rng.random(count), np.sqrt(rng.random(count))
    turned = angle[:, None] + 0.5 * phase
    x = ASIDE * np.sin(phase) * (1 - loose) + (ROPE + 0.3 * loose) * depth[:, None] * np.cos(turned)
    y = OVER * np.sin(2 * phase) * (1 - loose) + (ROPE + 0.3 * loose) * depth[:, None] * np.sin(turned)
    hairs = courses[braid] + (size * x)[..., None] * aside[braid] + (size * y)[..., None] * up[braid]
    hairs = hairs.astype(np.float32)
    length = reach[braid]
    own = rng.random(count) ** 2 + 4.0 * (rng.random(count) < worn.style.flyaway)
    hairs = frizz(hairs, length, worn.style.frizz * worn.hair.frizz * own, (20, 60), 0.2, key.child("frizz"))
    hairs = trim(hairs, 1 - 0.05 * rng.random(count))
    hairs, _ = settle(worn, hairs, np.zeros(count, bool))
    return hairs, braid


def _evenly(courses: NDArray, points: int) -> NDArray:
    """Return courses with points at even distances, bends rounded."""
    found = np.empty((len(courses), points, 3))
    for row, course in enumerate(courses):
        done = np.concatenate([[0], np.linalg.norm(np.diff(course, axis=0), axis=1).cumsum()])
        at = np.linspace(0, done[-1], points)
        found[row] = np.stack([np.interp(at, done, course[:, axis]) for axis in range(3)], 1)
    for _ in range(3):
        found[:, 1:-1] = 0.5 * found[:, 1:-1] + 0.25 * (found[:, :-2] + found[:, 2:])
    return found


def _tilted(points: NDArray) -> NDArray:
    """Return points (..., 3) seen from the middle of the head, along an axis from high in front to low behind."""
    c, s = np.cos(np.radians(ROW_TILT_DEG)), np.sin(np.radians(ROW_TILT_DEG))
    x, y, z = np.moveaxis(points - MIDDLE, -1, 0)
    return np.stack([x, c * y - s * z, s * y + c * z], -1)


def _cornrows(worn: Worn, plaits: Plaits, roots: Roots) -> tuple[NDArray, NDArray, Tress]:
    """Return the courses (b, k, 3) of rows from the hairline to the nape and what hangs, outwards there, and hair."""
    across = np.radians(np.linspace(-WIDEST_DEG, WIDEST_DEG, plaits.rows))
    down = np.radians(np.linspace(8, 176, 64))
    c, s = np.cos(np.radians(ROW_TILT_DEG)), np.sin(np.radians(ROW_TILT_DEG))
    a, d = np.meshgrid(across, down, indexing="ij")
    local = np.stack([np.sin(a) * np.sin(d), -np.cos(d), np.cos(a) * np.sin(d)], -1)
    way = np.stack([local[..., 0], c * local[..., 1] + s * local[..., 2], -s * local[..., 1] + c * local[..., 2]], -1)
    at = MIDDLE + 0.15 * way
    surface = worn.around.bare
    for _ in range(14):
        out = surface.distance(at.reshape(-1, 3).astype(np.float32))[0].reshape(at.shape[:2])
        at = at - 0.75 * way * (out - 0.6 * plaits.width)[..., None]
    grows = above_hairline(at.reshape(-1, 3), worn.hair.outline).reshape(at.shape[:2]) > 0.001
    rows, outward = [], []
    for row, kept in zip(at, grows, strict=True):
        if kept.sum() < 8:
            continue
        first, last = np.flatnonzero(kept)[[0, -1]]
        course = row[first : last + 1]
        ahead = unit(course[-1] - course[-4])
        hanging = _hang(worn, course[-1:], ahead[None], plaits.length)
        whole = np.concatenate([course, hanging[0, 1:]])
        rows.append(_evenly(whole[None], 2 * COURSE)[0])
        outward.append(unit(course[0] - MIDDLE))
    return _apart(np.stack(rows), plaits.width, worn), np.stack(outward), _into_rows(worn, roots, across, plaits)


def _apart(courses: NDArray, radius_m: float, worn: Worn) -> NDArray:
    """Return the middles of braids (b, k, 3) moved so that none runs through another, outside of the body as before."""
    points = int(np.linalg.norm(np.diff(courses, axis=1), axis=2).sum(1).max() / radius_m)
    found = _evenly(courses, points)
    count = len(found)
    braid = np.repeat(np.arange(count), points)
    held = smooth_step(np.linspace(0, 1, points), 0.0, 0.12)[:, None]
    for _ in range(APART_ROUNDS):
        flat = found.reshape(-1, 3)
        one, other = KDTree(flat).query_pairs(APART * radius_m, output_type="ndarray").T
        one, other = (rows[braid[one] != braid[other]] for rows in (one, other))
        off = flat[one] - flat[other]
        near = np.linalg.norm(off, axis=1, keepdims=True)
        push = 0.5 * (APART * radius_m - near) * off / np.maximum(near, 1e-5)
        moved = np.zeros_like(flat)
        np.add.at(moved, one, push)
        np.add.at(moved, other, -push)
        moved = moved.reshape(found.shape)
        moved[:, 1:-1] = 0.5 * moved[:, 1:-1] + 0.25 * (moved[:, :-2] + moved[:, 2:])
        found += held * moved
        pushed = worn.around.draped.push_out(found.astype(np.float32), 0.8 * radius_m)
        found += held * (pushed - found)
    return found


def _hang(worn: Worn, start: NDArray, ahead: NDArray, length_m: float) -> Hairs:
    count = len(start)
    how = Growth(
        length=np.full(count, length_m),
        lift=np.full(count, 0.9),
        layer=np.full(count, 0.006),
        settle_m=0.01,
        bend_m=0.015,
        gravity=worn.gravity,
        adhesion=np.zeros(count),
    )
    still = np.zeros((count, 3))
    return grow(start.astype(np.float32), ahead, COURSE, how, lambda p, s: still, worn.around.draped)


def _into_rows(worn: Worn, roots: Roots, across: NDArray, plaits: Plaits) -> Tress:
    """Return the hair of the scalp, drawn from the partings between rows into them."""
    seen = _tilted(roots.at.astype(float))
    spot = np.arctan2(seen[:, 0], seen[:, 2])
    row = np.abs(spot[:, None] - across).argmin(1)
    off, half = spot - across[row], (across[1] - across[0]) / 2
    ragged = 0.02 * noise(roots.at * 1e3, 18, worn.key.child("parting"))
    kept = (np.abs(off) < half * (PARTING_SHARE + ragged)) | (np.abs(spot) > across[-1])
    roots, off, seen = roots.rows(kept), off[kept], seen[kept]
    start, _ = worn.ground.under(roots)
    turn = -off
    middle = np.stack(
        [
            seen[:, 0] * np.cos(turn) + seen[:, 2] * np.sin(turn),
            seen[:, 1] + 0.010,
            seen[:, 2] * np.cos(turn) - seen[:, 0] * np.sin(turn),
        ],
        1,
    )
    c, s = np.cos(np.radians(ROW_TILT_DEG)), np.sin(np.radians(ROW_TILT_DEG))
    x, y, z = middle.T
    goal = np.stack([x, c * y + s * z, -s * y + c * z], 1) + MIDDLE + (start - roots.at)
    return _flat(worn, roots, start, goal, 0.9 * plaits.width)


def _boxes(worn: Worn, plaits: Plaits, roots: Roots) -> tuple[NDArray, NDArray, Tress]:
    """Return the courses (b, k, 3) of braids that hang from boxes of the scalp, outwards there, and hair."""
    rng = worn.key.child("boxes").rng()
    some = roots.at[: min(len(roots.at), 5000)].astype(float)
    centres = some[rng.choice(len(some), plaits.braids, replace=False)]
    for _ in range(10):
        nearest = np.asarray(KDTree(centres).query(some)[1])
        total = np.stack([np.bincount(nearest, some[:, axis], len(centres)) for axis in range(3)], 1)
        centres = total / np.maximum(np.bincount(nearest, minlength=len(centres)), 1)[:, None]
    tops = roots.rows(np.asarray(KDTree(roots.at).query(centres)[1]))
    start, normal = worn.ground.under(tops)
    away, box = KDTree(tops.at).query(roots.at, k=2)
    kept = np.asarray(away)[:, 1] - np.asarray(away)[:, 0] > BOX_PARTING_M
    mine = roots.rows(kept)
    goal = (start + 0.006 * normal)[np.asarray(box)[kept, 0]]
    flat = _flat(worn, mine, worn.ground.under(mine)[0], goal, 0.5 * plaits.width)
    count = len(start)
    own = np.stack([noise(tops.at * 1e3, 55.0, worn.key.child("own", axis)) for axis in range(3)], 1)
    side = np.where(tops.at[:, 0] < parting_m(worn), -1.0, 1.0)
    none = np.zeros(count, bool)
    led = Rooted(tops.at, normal, side, np.ones(count), own, none, parting_m(worn), 0.0, 0.0, 1.0)
    how = Growth(
        length=plaits.length * (0.9 + 0.2 * rng.random(count)),
        lift=np.full(count, 0.30),
        layer=plaits.width + worn.style.volume[0] * worn.hair.volume * 3 * rng.random(count),
        settle_m=0.02,
        bend_m=0.016,
        gravity=worn.gravity * worn.style.gravity,
        adhesion=np.full(count, worn.style.adhesion),
        guard=off_face,
    )
    courses = grow(start, normal, COURSE, how, lambda p, s: falling(led, p, s), worn.around.draped)
    return _apart(courses, plaits.width, worn), normal, flat


def _flat(worn: Worn, roots: Roots, start: NDArray, goal: NDArray, high_m: float) -> Tress:
    """Return hairs drawn flat over the scalp from roots (n, 3) to where they enter a braid (n, 3)."""
    points = worn.style.points
    t = np.linspace(0, 1, points)[None, :, None]
    hairs = (start[:, None] * (1 - t) + goal[:, None] * t).astype(np.float32)
    high = np.broadcast_to(0.0004 + high_m * t[..., 0] ** 1.5, hairs.shape[:2]).reshape(-1)
    out, normal = worn.around.bare.distance(hairs.reshape(-1, 3))
    hairs = (hairs.reshape(-1, 3) + normal * np.clip(high - out, -0.02, 0.02)[:, None]).reshape(hairs.shape)
    hairs[:, 0] = start
    hairs = hairs.astype(np.float32)
    place = roots.at.astype(np.float32)
    hairs, _ = clump(hairs, place, 1600, 0.5, 0.6, 0.4, worn.key.child("flat"))
    size = 0.0006 * worn.hair.frizz * worn.key.child("flat", "own").rng().random(len(hairs)) ** 2
    hairs = frizz(hairs, np.full(len(hairs), 0.02), size, (20, 60), 1.0, worn.key.child("flat", "frizz"))
    hairs, _ = settle(worn, hairs, np.ones(len(hairs), bool))
    return Tress(hairs, roots.at, 1.5 * fineness(roots.at, worn.hair.outline), color_locks(roots.at), tip_share=0.8)
