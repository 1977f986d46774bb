"""Hair that is neither gathered nor plaited: cut, combed and left to fall."""

import numpy as np
from numpy.typing import NDArray

from synthgen.hair.combs import COMBS, Rooted
from synthgen.hair.cut import flat_height, layered, lengths, on_top
from synthgen.hair.growth import Growth, blend, grow
from synthgen.hair.roots import Roots
from synthgen.hair.scalp import CROWN, fineness
from synthgen.hair.settle import settle
from synthgen.hair.shaping import clump, cut_above, cut_below, frizz, trim, wander, wind
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
USUAL_M, CLIPPED_M, FINE_M, MOST_FINER = 5.5e-5, (0.005, 0.012), 4.0e-5, 3.2
"""Radius that numbers of hairs are given for. Up to the first length hairs are drawn in their real thickness even from
afar, beyond the second as thick as pixels ask for; that thickness, and by how much more of them there are at most."""
DENSE_M, DENSER = (0.018, 0.055), 1.7
"""Hair shorter than this covers the scalp only if there is more of it; by how much."""
TUCKED_M = -0.003
"""Roots farther than this inside the hill over an ear lie behind the ear."""
CROWN_LIFT, CROWN_M = 0.35, 0.028
"""Hair stands up about the crown, where it parts by itself; so no skin shows there."""


def build(worn: Worn) -> tuple[Tress, ...]:
    """Return the hairs of a style that is worn loose."""
    style, hair, key = worn.style, worn.hair, worn.key
    finer = _finer(worn)
    denser = DENSER if min(style.cut) < DENSE_M[1] else 1.0
    roots = rooted(worn, int(style.strands * hair.density * USUAL_M / worn.radius_m * finer * denser))
    length = lengths(worn, roots.at)
    share = 1 / (1 + (finer - 1) * smooth_step(length, *CLIPPED_M))
    stay = share * (1 - (1 - 1 / denser) * smooth_step(length, *DENSE_M))
    kept = (length > SHAVED_M) & (key.child("finer").rng().random(len(length)) < stay)
    roots, length, thick = roots.rows(kept), length[kept], 1 / (finer * share[kept])
    start, normal = worn.ground.under(roots)
    tucked = np.ones(len(start), bool)
    if style.covers_ears:
        tucked = worn.around.draped.distance(start)[0] < TUCKED_M
    side, fringe = _sides(worn, roots.at), _fringe(style, roots.at, key)
    parted = smooth_step(-roots.at[:, 1], -0.02, 0.0) * (style.parting is not None)
    place = np.column_stack([roots.at, 0.05 * side * parted, 0.05 * fringe, 0.05 * tucked]).astype(np.float32)
    length = np.where(fringe, FRINGE_M, length)
    hairs = _combed(worn, roots, start, normal, length, side, fringe, tucked, place)
    rng, count = key.child("cut").rng(), len(start)
    short = (1 - style.uneven * rng.random(count) ** 1.5) * layered(style, roots.at, fringe)
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
        hairs = cut_above(hairs, flat_height(style, worn, start) + 0.0008 * rng.normal(size=count))
    hairs, left = settle(worn, hairs, tucked)
    whole = left > 0.12
    at = roots.at[whole]
    thin = fineness(at, hair.outline) * thick[whole]
    return (Tress(hairs[whole], at, thin, color_locks(at)),)


def _finer(worn: Worn) -> float:
    """Return how many hairs stand for one where they are clipped so short that thick ones would look like dots."""
    clipped = min(worn.style.cut) < CLIPPED_M[1]
    return float(np.clip(worn.radius_m / FINE_M, 1, MOST_FINER)) if clipped else 1.0


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
    style, hair, comb = worn.style, worn.hair, COMBS[worn.style.comb]
    guard = off_face if style.comb in ("falling", "curtain") and not style.fringe else None
    kinds = [(worn.around.beside(behind, style.covers_ears), tucked == behind) for behind in np.unique(tucked)]
    guides = [np.flatnonzero(mine)[: max(FEWEST_GUIDES, int(mine[:GUIDES].sum()))] for _, mine in kinds]
    every = np.concatenate(guides)
    at, top = roots.at[every], on_top(style, roots.at[every])
    rng = worn.key.child("guides").rng()
    own = np.stack([noise(at * 1e3, 55.0, worn.key.child("own", axis)) for axis in range(3)], 1)
    even = 1 - smooth_step(length[every], *DENSE_M)
    spread = 0.3 + 0.7 * (rng.random(len(at)) * (1 - even) + 0.5 * even)
    front = smooth_step(-at[:, 1], 0.055, 0.118) * top
    layer = (style.volume[0] + style.volume[1] * top + style.volume[2] * front) * hair.volume * spread
    crown = CROWN_LIFT * np.exp(-((np.linalg.norm(at - CROWN, axis=1) / CROWN_M) ** 2)) * (style.adhesion < 0.9)
    lift = np.clip(
        style.lift[0] + style.lift[1] * top + crown + 0.08 * (1 - even) * rng.normal(size=len(at)), 0.05, 0.95
    )
    adhesion = np.full(len(at), style.adhesion) * (1 - 0.5 * top * (style.comb == "whorl"))
    hairs = np.empty((len(roots.at), style.points, 3), np.float32)
    ends = np.cumsum([len(rows) for rows in guides])
    for (surface, mine), rows, end in zip(kinds, guides, ends, strict=True):
        here = slice(end - len(rows), end)
        how = Growth(
            length=length[rows],
            lift=lift[here],
            layer=layer[here],
            settle_m=style.settle,
            bend_m=style.bend,
            gravity=worn.gravity * style.gravity,
            adhesion=adhesion[here],
            guard=guard,
        )
        led = Rooted(
            *(at[here], normal[rows], side[rows], top[here], own[here], fringe[rows]),
            *(parting_m(worn), style.turned_in, style.level or 0.69, style.messy),
        )
        grown = grow(start[rows], normal[rows], style.points, how, lambda p, s, r=led: comb(r, p, s), surface)
        hairs[mine] = blend(grown, place[rows], start[mine], place[mine])
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
