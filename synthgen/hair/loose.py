"""Hair that is neither gathered nor plaited: cut, combed and left to fall."""

import numpy as np
from numpy.typing import NDArray

from synthgen.hair.combs import COMBS, Rooted
from synthgen.hair.growth import Growth, blend, grow
from synthgen.hair.roots import Roots
from synthgen.hair.scalp import CROWN, THIN_M, above_hairline, azimuth_deg, fineness, sideburn
from synthgen.hair.shaping import along, clump, cut_above, cut_before, cut_below, frizz, trim, wander, wind
from synthgen.hair.style import Style
from synthgen.hair.worn import Tress, Worn, color_locks, rooted
from synthgen.noise import noise
from synthgen.ramps import smooth_step
from synthgen.rng import Key

GUIDES, FEWEST_GUIDES = 3600, 200
FACE_X_M, FACE_Y_M, FACE_Z_M = 0.051, -0.098, (0.62, 0.805)
"""No hair that falls may hang before this part of the face: |x| below the first, y before the second, z between."""
FRINGE_M, FRINGE_Z_M = 0.115, 0.794
SHAVED_M = 0.0003
CLIPPED_M, USUAL_M, MOST_FINER = (0.005, 0.012), 5.5e-5, 2.2
"""Up to the first length hairs are drawn in their real thickness even from afar, beyond the second as thick as pixels
ask for; that thickness, and by how much more of them there are at most."""
TUCKED_M = -0.003
"""Roots farther than this inside the hill over an ear lie behind the ear."""
FADE_LOW_M, FADE_RISE_M = 0.716, 0.062
"""Height on the chart from which on sides are clipped longer and longer, at a fade of 0, and how much higher at 1."""
FADE_BEND_M, FADE_GAIN = 0.060, 0.75
"""Within the first so many the clipped length grows slowly, then by so much a height; below 1, tips of the hair end at
different heights and no ledge hangs over what is shorter."""
CROWN_LIFT, CROWN_M = 0.35, 0.028
"""Hair stands up about the crown, where it parts by itself; so no skin shows there."""
CLEAR_M, CLEAR_SHARE = 0.0011, 0.3
"""How far hairs keep off the skin beyond their first millimetres; short ones no more than a share of their length."""
ON_CLOTHES_M = 0.0036
"""How much farther hair keeps off what lies below the chin: clothes are coarser meshes."""
DEEP_M, LOST_M = -0.0012, -0.025
"""Where a hair cannot be kept outside: after and before it is pushed out."""


def build(worn: Worn) -> tuple[Tress, ...]:
    """Return the hairs of a style that is worn loose."""
    style, hair, key = worn.style, worn.hair, worn.key
    finer = _finer(worn)
    roots = rooted(worn, int(style.strands * hair.density * USUAL_M / worn.radius_m * finer))
    length = lengths(worn, roots.at)
    share = 1 / (1 + (finer - 1) * smooth_step(length, *CLIPPED_M))
    kept = (length > SHAVED_M) & (key.child("finer").rng().random(len(length)) < share)
    roots, length, thick = roots.rows(kept), length[kept], 1 / (finer * share[kept])
    start, normal = worn.ground.under(roots)
    tucked = (worn.around.draped.distance(start)[0] < TUCKED_M) | (not style.covers_ears)
    side, fringe = _sides(worn, roots.at), _fringe(style, roots.at, key)
    parted = smooth_step(-roots.at[:, 1], -0.02, 0.0) * (style.parting is not None)
    place = np.column_stack([roots.at, 0.05 * side * parted, 0.05 * fringe, 0.05 * tucked]).astype(np.float32)
    length = np.where(fringe, FRINGE_M, length)
    hairs = _combed(worn, roots, start, normal, length, side, fringe, tucked, place)
    rng, count = key.child("cut").rng(), len(start)
    short = (1 - style.uneven * rng.random(count) ** 1.5) * _layered(style, roots.at, fringe)
    hairs, length = trim(hairs, short), short * length
    hairs = _in_locks(worn, hairs, place, length)
    own = (rng.random(count) ** 2 * 1.4 + 2.2 * (rng.random(count) < style.flyaway)) * np.minimum(1, length / 0.02)
    waves = 0.5 / max(style.cut), 2.0 / max(style.cut)
    hairs = frizz(hairs, length, style.frizz * hair.frizz * own, waves, 1.0, key.child("frizz"))
    if style.level is not None:
        low = style.level - 0.10 * (hair.length - 1) + 0.0022 * rng.normal(size=count)
        hairs = cut_below(hairs, np.where(fringe, 0.0, low))
    if fringe.any():
        over = FRINGE_Z_M - 1.2 * roots.at[:, 0] ** 2 + 0.0022 * rng.normal(size=count)
        hairs = cut_below(hairs, np.where(fringe, over, -1.0))
    if style.flat is not None:
        hairs = cut_above(hairs, _flat(style, worn, start) + 0.0008 * rng.normal(size=count))
    hairs, left = settle(worn, hairs, tucked)
    whole = left > 0.12
    at = roots.at[whole]
    thin = fineness(at, hair.outline) * thick[whole]
    return (Tress(hairs[whole], at, thin, color_locks(at)),)


def _finer(worn: Worn) -> float:
    """Return how many hairs stand for one where they are clipped so short that thick ones would look like dots."""
    clipped = min(worn.style.cut) < CLIPPED_M[1]
    return float(np.clip(worn.radius_m / USUAL_M, 1, MOST_FINER)) if clipped else 1.0


def lengths(worn: Worn, at: NDArray) -> NDArray:
    """Return the length (n,) of hair at roots on the chart, metres, before it is cut unevenly."""
    style, hair = worn.style, worn.hair
    front, top, crown, side, nape = style.cut
    ahead, behind = smooth_step(-at[:, 1], 0.045, 0.115), smooth_step(at[:, 1], -0.035, 0.025)
    upper = top + (front - top) * ahead + (crown - top) * behind
    low = smooth_step(azimuth_deg(at), 105, 145) * (1 - smooth_step(at[:, 2], 0.715, 0.790))
    lower = side + (nape - side) * low
    length = lower + (upper - lower) * on_top(style, at)
    length = length * (1.0 if style.flat is not None else hair.length)
    edge = smooth_step(above_hairline(at, hair.outline), -0.006, THIN_M)
    front_edge = 1 - smooth_step(azimuth_deg(at), 70, 110)
    length = length * (1 - (1 - edge) * (0.25 + 0.40 * front_edge))
    if max(side, nape) < 0.05:
        length = length * (1 - 0.55 * sideburn(at))
    if style.fade is not None:
        length = _faded(style, at, length, style.fade, above_hairline(at, hair.outline))
    if style.strip is not None:
        ragged = np.abs(at[:, 0]) + 0.0015 * noise(at * 1e3, 9, worn.key.child("strip"))
        out = smooth_step(ragged, style.strip - 0.003, style.strip + 0.004)
        length = length * (1 - out) + np.minimum(length, max(side, style.shortest)) * out
    return length


def on_top(style: Style, at: NDArray) -> NDArray:
    """Return 1 (n,) on top of the head, 0 at its sides; long hair is all alike."""
    if min(style.cut) > 0.1:
        return np.ones(len(at))
    forward = 0.15 * np.maximum(-0.10 - at[:, 1], 0)
    return smooth_step(at[:, 2] + forward, 0.802, 0.844)


def _faded(style: Style, at: NDArray, length: NDArray, fade: float, above: NDArray) -> NDArray:
    """Return lengths (n,) clipped at the sides and behind: shortest below, the longer the higher they grow."""
    taper = smooth_step(above, -0.004, 0.016)
    length = style.shortest + (length - style.shortest).clip(0) * (0.45 + 0.55 * taper)
    if fade <= 0:
        return length
    line = FADE_LOW_M + FADE_RISE_M * fade - 0.02 * (1 - fade) * smooth_step(azimuth_deg(at), 100, 150)
    over = np.maximum(at[:, 2] - line, 0)
    clipped = FADE_GAIN * over**2 / (over + FADE_BEND_M)
    swept = on_top(style, at) * (1 - smooth_step(at[:, 1], 0.0, 0.04))
    return np.minimum(length, style.shortest + clipped + max(style.cut) * swept)


def _sides(worn: Worn, at: NDArray) -> NDArray:
    """Return the side of the parting (n,) of roots; partings wander a little."""
    ragged = 0.0011 * np.sin(at[:, 1] * 150) + 0.0005 * worn.key.child("parting").rng().normal(size=len(at))
    return np.where(at[:, 0] < parting_m(worn) + ragged, -1.0, 1.0)


def parting_m(worn: Worn) -> float:
    """Return where the parting lies, > 0 to the subject's left."""
    if worn.style.parting is None:
        return 0.0
    least, factor = worn.style.parting
    drawn = worn.hair.parting_mm * 1e-3 * factor
    return float(np.copysign(max(abs(drawn), least), drawn))


def _fringe(style: Style, at: NDArray, key: Key) -> NDArray[np.bool_]:
    if not style.fringe:
        return np.zeros(len(at), bool)
    own = key.child("fringe", "own").rng().normal(size=len(at))
    ragged = 0.006 * noise(at * 1e3, 40, key.child("fringe")) + 0.006 * own
    return (at[:, 1] + ragged < -0.088) & (np.abs(at[:, 0]) + ragged < 0.006 + 0.046 * style.fringe)


def _layered(style: Style, at: NDArray, fringe: NDArray) -> NDArray:
    """Return the share (n,) of its length that hair keeps when cut in layers: upper hair is shorter."""
    if not style.layers:
        return np.ones(len(at))
    upper = smooth_step(at[:, 2], 0.75, 0.87)
    return 1 - 0.48 * style.layers * upper * ~fringe


def _flat(style: Style, worn: Worn, start: NDArray) -> NDArray:
    assert style.flat is not None
    top = worn.ground.vertices[:, 2].max()
    return top + style.flat * worn.hair.length - 0.06 * (start[:, 1] - start[:, 1].mean()) - 0.004


def _combed(
    worn: Worn,
    roots: Roots,
    start: NDArray,
    normal: NDArray,
    length: NDArray,
    side: NDArray,
    fringe: NDArray,
    tucked: NDArray,
    place: NDArray,
) -> NDArray:
    """Return hairs (n, k, 3) grown from guides: those behind the ears and the others each about their own obstacle."""
    style, hair, at = worn.style, worn.hair, roots.at
    rng, top = worn.key.child("guides").rng(), on_top(style, at)
    own = np.stack([noise(at * 1e3, 55.0, worn.key.child("own", axis)) for axis in range(3)], 1)
    spread = 0.3 + 0.7 * rng.random(len(at))
    front = smooth_step(-at[:, 1], 0.055, 0.118) * top
    layer = (style.volume[0] + style.volume[1] * top + style.volume[2] * front) * hair.volume * spread
    crown = CROWN_LIFT * np.exp(-((np.linalg.norm(at - CROWN, axis=1) / CROWN_M) ** 2)) * (style.adhesion < 0.9)
    lift = np.clip(style.lift[0] + style.lift[1] * top + crown + 0.08 * rng.normal(size=len(at)), 0.05, 0.95)
    adhesion = np.full(len(at), style.adhesion) * (1 - 0.5 * top * (style.comb == "whorl"))
    few = np.arange(len(at)) < GUIDES
    hairs = np.empty((len(at), style.points, 3), np.float32)
    for behind, surface in ((True, worn.around.bare), (False, worn.around.draped)):
        mine, guides = tucked == behind, few & (tucked == behind)
        if guides.sum() < FEWEST_GUIDES:
            guides = mine & (np.cumsum(mine) <= FEWEST_GUIDES)
        if not mine.any():
            continue
        how = Growth(
            length=length[guides],
            lift=lift[guides],
            layer=layer[guides],
            settle_m=style.settle,
            bend_m=style.bend,
            gravity=worn.gravity * style.gravity,
            adhesion=adhesion[guides],
            guard=off_face if style.comb in ("falling", "curtain") and not style.fringe else None,
        )
        led = Rooted(
            *(at[guides], normal[guides], side[guides], top[guides], own[guides], fringe[guides]),
            *(parting_m(worn), style.turned_in, style.level or 0.69, style.messy),
        )
        comb = COMBS[style.comb]
        grown = grow(start[guides], normal[guides], style.points, how, lambda p, s, c=comb, r=led: c(r, p, s), surface)
        hairs[mine] = blend(grown, place[guides], start[mine], place[mine])
    return hairs


def off_face(points: NDArray) -> NDArray:
    """Return points (n, 3) moved aside from before the face."""
    x, y, z = points.T
    low, high = FACE_Z_M
    within = smooth_step(z, low, low + 0.02) * (1 - smooth_step(z, high - 0.02, high)) * (y < FACE_Y_M)
    wide = FACE_X_M * within
    moved = points.copy()
    moved[:, 0] = np.where(np.abs(x) < wide, np.copysign(wide, x), x)
    return moved


def _in_locks(worn: Worn, hairs: NDArray, place: NDArray, length: NDArray) -> NDArray:
    """Return hairs drawn into locks, and wound."""
    style, key = worn.style, worn.key
    if style.wander:
        hairs = wander(hairs, place, style.wander * style.messy**0.5, 260, key.child("wander"))
    free = smooth_step(length, 0.006, 0.035)[:, None, None].astype(np.float32)
    for level, locks in enumerate(style.locks):
        drawn, lock = clump(
            hairs, place, locks.count, locks.strength, locks.power, locks.keep, key.child("locks", level)
        )
        hairs = hairs + (drawn - hairs) * free
        if level == 0 and style.coils is not None:
            own = 1 + 0.10 * key.child("coils", "own").rng().normal(size=len(hairs))
            hairs, _ = wind(hairs, lock, length, style.coils, own, key.child("coils"))
    return hairs


def _rounded(hairs: NDArray, pushed: NDArray) -> NDArray:
    """Return hairs (n, k, 3) that are pushed at least as far, but without a bend at the first point that is."""
    moved = pushed - hairs
    for _ in range(2):
        beside = 0.5 * (moved[:, :-2] + moved[:, 2:])
        less = (moved[:, 1:-1] ** 2).sum(-1) < (beside**2).sum(-1)
        moved[:, 1:-1] = np.where(less[..., None], beside, moved[:, 1:-1])
    return hairs + moved


def settle(worn: Worn, hairs: NDArray, tucked: NDArray) -> tuple[NDArray, NDArray]:
    """Return hairs kept off the body, those that are not (n,) over the ears cut round them, and what is left of each.

    Roots stay where they are; a hair that cannot be kept outside ends before it goes in.
    """
    reach = np.linalg.norm(hairs[:, -1] - hairs[:, 0], axis=1)[:, None]
    off = np.minimum(np.minimum(CLEAR_SHARE * reach, 0.008) * along(hairs.shape[1]), CLEAR_M)
    done = np.empty_like(hairs)
    wrong = np.zeros(hairs.shape[:2], bool)
    for behind, surface in ((True, worn.around.bare), (False, worn.around.draped)):
        mine = tucked == behind
        if not mine.any():
            continue
        before = surface.distance(hairs[mine][:, 1:].reshape(-1, 3))[0].reshape(mine.sum(), -1)
        low = ON_CLOTHES_M * smooth_step(-hairs[mine][..., 2], -0.71, -0.68)
        pushed = _rounded(hairs[mine], surface.push_out(hairs[mine], off[mine] + low))
        pushed[:, 0] = hairs[mine, 0]
        depth = surface.distance(pushed[:, 1:].reshape(-1, 3))[0].reshape(before.shape)
        done[mine] = pushed
        wrong[mine, 1:] = (depth < DEEP_M) | (before < LOST_M)
    wrong[:, 1:] |= worn.around.in_ear(done[:, 1:])
    return cut_before(done, wrong)
