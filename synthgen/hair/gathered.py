"""Hair gathered at a tie: pulled along the scalp, and the tail, bun, puff or braid behind it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthgen.hair.growth import Growth, blend, grow
from synthgen.hair.loose import parting_m
from synthgen.hair.obstacle import EAR_CELL_M, EAR_MARGIN_M, Around, Obstacle
from synthgen.hair.plaits import plaited
from synthgen.hair.roots import Roots
from synthgen.hair.scalp import MIDDLE, above_hairline, fineness
from synthgen.hair.settle import settle
from synthgen.hair.shaping import Coils, Hairs, clump, frizz, trim, wander, wind
from synthgen.hair.style import Tie
from synthgen.hair.worn import Hair, Tress, Worn, color_locks, rooted
from synthgen.mesh import unit
from synthgen.noise import noise
from synthgen.ramps import smooth_step
from synthgen.rng import Key

LOWEST_DEG, HIGHEST_DEG = -24.0, 66.0
"""How steeply a tie at height 0 and 1 is seen from the middle of the head."""
EDGE_M, EDGE_SHARE, EDGE_THIN = (0.0, 0.026), 0.32, 0.42
"""Hair pulled off the face shows how sparse and fine it grows along the hairline: up to where, and its share and radius
there over the usual."""
SIDEWARDS = 1.25
"""How far the ties of pigtails lie to the side, over how far behind."""
TIE_M, TIE_OFF_M = 0.0085, 0.006
"""Radius of the hair in a tie, and how far the tie stands off the head."""
BUN_M = 0.030
WISPS = 0.030
TAIL_SHARE, TAIL_POINTS, TAIL_GUIDES = 0.6, 20, 260
PUFF_HAIRS, PUFF_POINTS = 18000, 24
BUN_HAIRS, BUN_POINTS = 15000, 44
BRAID_HAIRS, BRAID_POINTS = 700, 28


@dataclass(frozen=True)
class Knot:
    """A tie in place.

    Attributes:
        at: (3,) its middle, metres.
        axis: (3,) the way hair leaves it.
        across: (2, 3) two directions square to the axis.
    """

    at: NDArray
    axis: NDArray
    across: NDArray


def build(worn: Worn) -> tuple[Tress, ...]:
    """Return the hairs of a gathered style."""
    style, key = worn.style, worn.key
    tie = style.tie
    assert tie is not None
    roots = rooted(worn, int(style.strands * worn.hair.density * 5.5e-5 / worn.radius_m))
    inside = smooth_step(above_hairline(roots.at, worn.hair.outline), *EDGE_M)
    roots = roots.rows(key.child("edge").rng().random(len(inside)) < EDGE_SHARE + (1 - EDGE_SHARE) * inside)
    start, _ = worn.ground.under(roots)
    knots = knots_of(tie, worn.around)
    ragged = 0.0015 * np.sin(roots.at[:, 1] * 210)
    mine = (roots.at[:, 0] > parting_m(worn) + ragged).astype(int) if tie.two else np.zeros(len(start), int)
    found: list[Tress] = []
    for number, knot in enumerate(knots):
        chosen = mine == number
        found += _one(worn, tie, knot, roots.rows(chosen), start[chosen], key.child("knot", number))
    return tuple(found)


def _one(worn: Worn, tie: Tie, knot: Knot, roots: Roots, start: NDArray, key: Key) -> list[Tress]:
    """Return the hairs that go to one tie."""
    style, rng, count = worn.style, key.child("pulled").rng(), len(start)
    hairs = _pulled(worn, knot, roots, start, key)
    arriving = unit(hairs[:, int(0.78 * style.points)] - knot.at) @ knot.across.T
    arriving = arriving / np.maximum(np.linalg.norm(arriving, axis=1, keepdims=True), 1e-4)
    disc = arriving * (TIE_M * np.sqrt(rng.random((count, 1)))) + 0.0008 * rng.normal(size=(count, 2))
    ends = knot.at + disc @ knot.across
    near = smooth_step(np.linspace(0, 1, style.points), 0.66, 1.0)[:, None]
    hairs = (hairs * (1 - near) + near * ends[:, None]).astype(np.float32)
    place = roots.at.astype(np.float32)
    for level, locks in enumerate(style.locks):
        hairs, _ = clump(hairs, place, locks.count, locks.strength, locks.power, locks.keep, key.child("locks", level))
    length = np.full(count, 0.12)
    own = rng.random(count) ** 2 * np.sin(np.pi * np.clip(1.2 * rng.random(count), 0, 1))
    hairs = frizz(hairs, length, style.frizz * worn.hair.frizz * own, (6, 16), 0.5, key.child("frizz"))
    hairs, left = settle(worn, hairs, np.ones(count, bool))
    whole = left > 0.2
    edge = smooth_step(above_hairline(roots.at, worn.hair.outline), *EDGE_M)
    thin = np.minimum(fineness(roots.at, worn.hair.outline), EDGE_THIN + (1 - EDGE_THIN) * edge)
    pulled = Tress(hairs[whole], roots.at[whole], thin[whole], color_locks(roots.at[whole]), tip_share=0.85)
    wisps = _wisps(worn, hairs, roots, thin, key.child("wisps"))
    behind = {"tail": _tail, "bun": _bun, "puff": _puff, "braid": _braid}[tie.ends]
    return [pulled, wisps, *behind(worn, tie, knot, roots, disc, key.child(tie.ends))]


def knots_of(tie: Tie, around: Around) -> list[Knot]:
    """Return where hair is gathered: behind, or first on the right and then on the left."""
    return [_knot(tie, side, around.bare) for side in ((-1, 1) if tie.two else (0,))]


def _knot(tie: Tie, side: int, surface: Obstacle) -> Knot:
    steep = np.radians(LOWEST_DEG + (HIGHEST_DEG - LOWEST_DEG) * tie.height)
    level = unit(np.array([SIDEWARDS * side, 1.0, 0.0]))
    way = unit(level * np.cos(steep) + np.array([0, 0, np.sin(steep)]))
    at = MIDDLE + 0.16 * way
    for _ in range(16):
        at = at - 0.7 * way * surface.distance(at[None].astype(np.float32))[0][0]
    axis = unit(way + np.array([0, 0, 0.25]))
    first = unit(np.cross(axis, [1.0, 0.1, 0.0]))
    return Knot(at + way * TIE_OFF_M, axis, np.stack([first, np.cross(axis, first)]))


def _pulled(worn: Worn, knot: Knot, roots: Roots, start: NDArray, key: Key) -> Hairs:
    """Return hairs (n, k, 3) along the scalp from roots to a tie, round the ears."""
    style, count = worn.style, len(start)
    t = np.linspace(0, 1, style.points)[None, :]
    a, b = start - MIDDLE, knot.at - MIDDLE
    far, near = np.linalg.norm(a, axis=1, keepdims=True), np.linalg.norm(b)
    one, other = a / far, b / near
    angle = np.arccos(np.clip(one @ other, -0.999, 0.9999))[:, None]
    share = np.sin((1 - t) * angle) / np.sin(angle), np.sin(t * angle) / np.sin(angle)
    radius = far * (1 - t) + near * t
    way = share[0][..., None] * one[:, None] + share[1][..., None] * other
    paths = (MIDDLE + way * radius[..., None]).astype(np.float32)
    spread = 0.3 + 0.7 * key.child("layer").rng().random((count, 1))
    gone = t * angle * 0.09
    ridge = np.exp(0.6 * _ridges(roots, knot, key.child("ridges")))[:, None]
    layer = 0.0006 + (1 - np.exp(-gone / 0.02)) * style.volume[0] * worn.hair.volume * spread * ridge
    layer = layer + TIE_OFF_M * smooth_step(t, 0.80, 1.0)
    for _ in range(4):
        paths = _round_ears(paths, worn.around)
        out, normal = worn.around.bare.distance(paths.reshape(-1, 3))
        short = layer.astype(np.float32).reshape(-1) - out
        paths = (paths.reshape(-1, 3) + normal * np.clip(short, -0.02, 0.02)[:, None]).reshape(paths.shape)
        paths[:, 0] = start
        smooth = paths.copy()
        smooth[:, 1:-1] = 0.5 * paths[:, 1:-1] + 0.25 * (paths[:, :-2] + paths[:, 2:])
        paths = smooth
    return paths


def _ridges(roots: Roots, knot: Knot, key: Key) -> NDArray:
    """Return noise (n,) that hairs which run side by side share: what a comb leaves."""
    around = (unit(roots.at - MIDDLE) - unit(knot.at - MIDDLE)) @ knot.across.T
    aside = np.arctan2(around[:, 0], around[:, 1])
    place = 90 * np.stack([np.cos(aside), np.sin(aside), 0.25 * np.linalg.norm(around, axis=1)], 1)
    return noise(place, 13.0, key.child("broad")) + 0.9 * noise(place, 5.0, key.child("fine"))


def _round_ears(paths: Hairs, around: Around) -> Hairs:
    """Return paths moved out of the columns of the ears: up and over them."""
    moved = paths.copy()
    for low, full in around.ears:
        high = low + np.array(full.shape) * EAR_CELL_M
        middle, half = (low + high)[1:] / 2, (high - low)[1:] / 2 - EAR_MARGIN_M + 0.003
        side = np.sign(low[0] + high[0])
        off = (moved[..., 1:] - middle) / half
        way = off + np.array([0.0, 0.6])
        way = way / np.maximum(np.linalg.norm(way, axis=-1, keepdims=True), 1e-6)
        within = (np.linalg.norm(off, axis=-1) < 1) & (side * moved[..., 0] > 0.05)
        within[:, 0] = False
        moved[..., 1:] = np.where(within[..., None], middle + way * half, moved[..., 1:])
    return moved.astype(np.float32)


def _wisps(worn: Worn, hairs: Hairs, roots: Roots, thin: NDArray, key: Key) -> Tress:
    """Return short loose hairs among those that are pulled back, most of all along the edge."""
    rng = key.rng()
    likely = WISPS * worn.hair.frizz * (0.5 + 2.0 * (1 - smooth_step(thin, 0.5, 0.95)))
    chosen = rng.random(len(hairs)) < likely
    few = trim(hairs[chosen], 0.10 + 0.28 * rng.random(chosen.sum()))
    lifted = np.linspace(0, 1, few.shape[1])[None, :] ** 1.5 * rng.uniform(0.001, 0.010, (len(few), 1))
    outward = unit(few - MIDDLE.astype(np.float32))
    few = few + (outward * lifted[..., None]).astype(np.float32)
    few = frizz(few, np.full(len(few), 0.05), np.full(len(few), 0.003), (8, 25), 1.0, key.child("frizz"))
    few, _ = settle(worn, few, np.ones(len(few), bool))
    at = roots.at[chosen]
    return Tress(few, at, 0.7 * thin[chosen], color_locks(at), tip_share=0.3)


def _fall(
    starts: NDArray, axis: NDArray, length: NDArray, points: int, layer_m: float, gravity: NDArray, around: Around
) -> Hairs:
    """Return courses (n, points, 3) that leave along an axis and fall."""
    count = len(starts)
    how = Growth(
        length=length,
        lift=np.full(count, 0.95),
        layer=np.full(count, layer_m),
        settle_m=0.02,
        bend_m=0.032,
        gravity=gravity,
        adhesion=np.zeros(count),
    )
    still = np.zeros((count, 3))
    normals = np.broadcast_to(axis, (count, 3))
    return grow(starts.astype(np.float32), normals, points, how, lambda p, s: still, around.draped)


def _tail(worn: Worn, tie: Tie, knot: Knot, roots: Roots, disc: NDArray, key: Key) -> list[Tress]:
    count = int(TAIL_SHARE * len(disc))
    rng = key.rng()
    disc = disc[:count] * np.sqrt(worn.hair.volume)
    starts = knot.at + disc @ knot.across
    some, long = starts[:TAIL_GUIDES], np.full(min(TAIL_GUIDES, count), tie.length)
    guides = _fall(some, knot.axis, long, TAIL_POINTS, 0.006, worn.gravity, worn.around)
    place = np.column_stack([disc, np.zeros(count)]).astype(np.float32)
    hairs = blend(guides, place[: len(guides)], starts, place)
    middle = guides.mean(0)
    t = np.linspace(0, 1, TAIL_POINTS)
    full = 1 + (1.6 * np.sin(np.pi * np.clip(t * 1.05, 0, 1) ** 0.6) * worn.hair.volume)[:, None]
    hairs = (middle + (hairs - middle) * full).astype(np.float32)
    spread = 3 * place
    length = tie.length * (1 - worn.style.uneven * 1.4 * rng.random(count) ** 1.5)
    hairs = trim(hairs, length / tie.length)
    hairs = wander(hairs, spread, 0.006, 26, key.child("wander"))
    for level, (locks, strength, keep) in enumerate(((40, 0.55, 0.6), (420, 0.7, 0.35))):
        hairs, lock = clump(hairs, spread, locks, strength, 0.7, keep, key.child("locks", level))
        if level == 0:
            wave = Coils(0.006 * worn.hair.curl, 0.11 / worn.hair.tightness, 0.07)
            hairs, _ = wind(hairs, lock, length, wave, np.ones(count), key.child("wave"))
    own = rng.random(count) ** 2 + 2.5 * (rng.random(count) < worn.style.flyaway)
    hairs = frizz(hairs, length, 0.003 * worn.hair.frizz * own, (4, 14), 1.0, key.child("frizz"))
    hairs, left = settle(worn, hairs, np.zeros(count, bool))
    at = roots.at[:count]
    kept = left > 0.1
    return [Tress(hairs[kept], at[kept], np.ones(kept.sum()), color_locks(at[kept]), rooted=False)]


def _bun(worn: Worn, tie: Tie, knot: Knot, roots: Roots, disc: NDArray, key: Key) -> list[Tress]:
    """Wind a rope of hair about the tie, from the outside up and in."""
    rng, size = key.rng(), tie.width / BUN_M * worn.hair.volume**0.4
    count = int(min(BUN_HAIRS * 5.5e-5 / worn.radius_m, len(disc)))
    share = 0.30 + 0.40 * rng.random((count, 1))
    begin = rng.random((count, 1)) * (1 - 0.6 * share) - 0.1
    rope = np.clip(begin + np.linspace(0, 1, BUN_POINTS)[None] * share, 0, 1)
    turn = 2 * np.pi * 2.15 * rope + 2 * np.pi * key.child("turn").rng().random()
    around_m, high_m = 0.026 * (1 - 0.62 * rope**1.4), 0.004 + 0.032 * rope**1.2
    thick, twist = 0.0165 * (1 - 0.25 * rope), 2 * np.pi * 1.6 * rope
    angle, depth = 2 * np.pi * rng.random((count, 1)), np.sqrt(0.35 + 0.65 * rng.random((count, 1)))
    lock = np.round(angle / (2 * np.pi) * 9)
    bundled = 0.5 * lock / 9 * 2 * np.pi + 0.5 * angle
    wobble = 0.0014 * np.sin(3 * turn + angle)
    out = around_m + np.cos(bundled + twist) * depth * thick + wobble
    local = np.stack(
        [out * np.cos(turn), out * np.sin(turn), high_m + 0.95 * np.sin(bundled + twist) * depth * thick], -1
    )
    axes = np.stack([*knot.across, knot.axis])
    hairs = (knot.at + size * local @ axes).astype(np.float32)
    place = np.column_stack([0.02 * np.cos(bundled), 0.02 * np.sin(bundled), 0.05 * begin]).astype(np.float32)
    hairs, _ = clump(hairs, place, 700, 0.4, 0.4, 0.5, key.child("locks"))
    own = rng.random(count) ** 2 + 3.0 * (rng.random(count) < 0.03)
    hairs = frizz(hairs, np.full(count, 0.2), 0.0012 * worn.hair.frizz * own, (6, 20), 0.4, key.child("frizz"))
    hairs, left = settle(worn, hairs, np.ones(count, bool))
    kept = left > 0.3
    at = roots.at[:count][kept]
    return [Tress(hairs[kept], at, np.ones(len(at)), color_locks(at), tip_share=0.8, rooted=False)]


def _puff(worn: Worn, tie: Tie, knot: Knot, roots: Roots, disc: NDArray, key: Key) -> list[Tress]:
    """Let coily hair burst from the tie into a ball."""
    rng = key.rng()
    count = int(min(PUFF_HAIRS * 5.5e-5 / worn.radius_m * worn.hair.density, len(disc)))
    ball = unit(rng.normal(size=(count, 3)))
    ways = unit(ball + 0.75 * knot.axis)
    starts = knot.at + 1.6 * disc[:count] @ knot.across
    length = (
        tie.length * (0.72 + 0.28 * rng.random(count)) * (0.85 + 0.3 * worn.hair.volume * (ways @ knot.axis).clip(0))
    )
    t = np.linspace(0, 1, PUFF_POINTS)[None, :, None]
    hairs = (starts[:, None] + ways[:, None] * length[:, None, None] * t).astype(np.float32)
    place = (0.06 * ways).astype(np.float32)
    hairs, lock = clump(hairs, place, 1500, 0.7, 0.45, 0.5, key.child("locks"))
    coils = Coils(0.0034 * worn.hair.curl / worn.hair.tightness**0.5, 0.0135 / worn.hair.tightness, 0.008, 0.8)
    own = 1 + 0.15 * rng.normal(size=count)
    hairs, _ = wind(hairs, lock, length, coils, own, key.child("coils"))
    loose = rng.random(count) ** 2 * 1.5 + 2.0 * (rng.random(count) < 0.05)
    hairs = frizz(hairs, length, 0.003 * worn.hair.frizz * loose, (25, 80), 0.7, key.child("frizz"))
    hairs, left = settle(worn, hairs, np.ones(count, bool))
    kept = left > 0.35
    at = roots.at[:count][kept]
    return [Tress(hairs[kept], at, np.ones(len(at)), color_locks(at), tip_share=0.6, rooted=False)]


def braid_course(tie: Tie, knot: Knot, gravity: NDArray, around: Around) -> Hairs:
    """Return the middle (1, k, 3) of the braid that hangs from a tie."""
    return _fall(knot.at[None], knot.axis, np.array([tie.length]), BRAID_POINTS, tie.width, gravity, around)


def braid_width(tie: Tie, hair: Hair) -> float:
    """Return the radius of a braid, metres."""
    return tie.width * hair.volume**0.3


def _braid(worn: Worn, tie: Tie, knot: Knot, roots: Roots, disc: NDArray, key: Key) -> list[Tress]:
    course = braid_course(tie, knot, worn.gravity, worn.around)
    count = int(np.clip(BRAID_HAIRS * 4 * 5.5e-5 / worn.radius_m, 300, len(disc)))
    hairs, _ = plaited(course, braid_width(tie, worn.hair), count, worn, key)
    at = roots.at[: len(hairs)]
    return [Tress(hairs, at, np.full(len(hairs), 1.2), color_locks(at), tip_share=0.7, rooted=False)]
