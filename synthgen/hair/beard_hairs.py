"""Hairs of beards and moustaches, grown where `head.beard` has them."""

import numpy as np
from numpy.typing import NDArray

from synthgen.hair.beard_styles import BEARDS, BeardStyle
from synthgen.hair.color import HairColor, pigment
from synthgen.hair.facial_hair import FacialHair
from synthgen.hair.growth import Growth, blend, grow
from synthgen.hair.moustache import wax
from synthgen.hair.obstacle import Around, Obstacle
from synthgen.hair.roots import Ground, Roots, scatter, skin_tree, triangle_fields
from synthgen.hair.shaping import clump, curl, frizz
from synthgen.head.beard import ZONES, above_jaw_mm, above_lip_mm, angle_deg, beard_area, beard_zones, below_top_mm
from synthgen.noise import noise
from synthgen.parts import Part
from synthgen.ramps import smooth_step
from synthgen.rng import Key
from synthgen.strands import Strands, tapered

FINEST_M, COARSEST_M, PIXEL_SHARE, USUAL_M = 3.4e-5, 8e-5, 0.08, 5.5e-5
GUIDES = 2200
LIP, SOUL, JAW, CHEEK, NECK = (ZONES.index(name) for name in ("lip", "soul", "jaw", "cheek", "neck"))


def _shares(worn: FacialHair, cut: BeardStyle, rest: NDArray, key: Key) -> tuple[NDArray, NDArray]:
    """Return the density (n,) of a beard at places (n, 3) of the base mesh, and the shares (n, 8) of its zones."""
    loose = 1 - worn.neatness
    crisp = 1.0 + 5.0 * loose
    ragged = (0.25 + 1.6 * loose) * noise(rest, 9.0, key.child("edge"))[:, None] * [0.8, 0.3, 1.0]
    zones = beard_zones(rest + ragged, cut.chin_mm, cut.jaw_mm, crisp)
    lengths = np.array(cut.lengths_mm)
    left = zones @ (lengths > 0)
    x, over = np.abs(rest[:, 0]) + ragged[:, 0], above_lip_mm(rest) + ragged[:, 2]
    low, high = cut.lip_band
    band = smooth_step(over - low, -0.5, 0.5) * (1 - smooth_step(over - high, -0.6, 0.6))
    band = band * (1 - smooth_step(x - cut.lip_wide_mm, -1, 1))
    soul = 1 - smooth_step(x - cut.soul_mm, -1, 1)
    left = left - zones[:, JAW] * smooth_step(angle_deg(rest) - cut.jaw_deg, -3, 3) * (cut.jaw > 0)
    left = left - zones[:, LIP] * (1 - band) * (cut.lip > 0) - zones[:, SOUL] * (1 - soul) * (cut.soul > 0)
    return left * _growth(worn, zones, rest, ragged[:, 2], key), zones


def _growth(worn: FacialHair, zones: NDArray, rest: NDArray, ragged: NDArray, key: Key) -> NDArray:
    """Return the density (n,) at which the person's hair grows and is let grow."""
    neat, below = worn.neatness, below_top_mm(rest) + ragged
    side = smooth_step(angle_deg(rest), 56, 66)
    line = (3 + 5 * neat + 16 * (1 - worn.cheeks)) * (1 - 0.8 * side)
    soft = 2 + 10 * (1 - neat) + 8 * (1 - worn.cheeks)
    natural = np.where(zones[:, LIP] > 0.5, 1.0, smooth_step(below - line, -0.3 * soft, soft))
    neckline = smooth_step(above_jaw_mm(rest) + ragged + 26 - 12 * neat, -1 - 9 * (1 - neat), 1)
    uneven = np.clip(1 + 0.2 * noise(rest, 22.0, key.child("broad")), 0.4, 1.4)
    holes = smooth_step(noise(rest, 13.0, key.child("patches")), 1.9 - 2.2 * worn.patches, 2.6 - 1.6 * worn.patches)
    x, z = np.abs(rest[:, 0]), rest[:, 2]
    groove = np.exp(-((x / 2.6) ** 2)) * zones[:, LIP]
    beside = np.exp(-(((x - 29) / 5) ** 2) - (((z - 657) / 7) ** 2)) + np.exp(-(((x - 12) / 4) ** 2)) * (
        (z < 649) & (z > 638)
    )
    bare = 1 - worn.gap * np.clip(0.6 * groove + 0.8 * beside, 0, 1)
    spared = np.clip(1.0 - 0.30 * zones[:, CHEEK] - 0.35 * zones[:, NECK], 0, 1)
    full = beard_area(rest) * natural * neckline * bare * spared
    return np.clip(full * uneven * (1 - 0.85 * worn.patches * holes * (1 - zones[:, LIP])), 0, 1)


def _near(centres: NDArray) -> NDArray:
    x, y, z = centres.T
    return (z > 570) & (z < 728) & (np.abs(x) < 82) & (y < -50)


def _filled(worn: FacialHair, cut: BeardStyle, key: Key) -> float:
    """Return the area that hair is left on over that where it could grow."""
    _, centres, area = triangle_fields(rest=True)
    rows = np.flatnonzero(_near(centres))
    rows = rows[beard_area(centres[rows]) > 0.02]
    area = area[rows]
    possible, left = beard_area(centres[rows]) @ area, _shares(worn, cut, centres[rows], key)[0] @ area
    return float(left / possible)


def build_facial_hair(
    worn: FacialHair, color: HairColor, ground: Ground, around: Around, gravity: NDArray, pixel_mm: float
) -> tuple[Strands, ...]:
    """Return beard and moustache; arguments as of `build_hair`."""
    cut = BEARDS[worn.style]
    if cut is None:
        return ()
    key = Key(f"facial_hair/{worn.seed}")
    radius = float(np.clip(PIXEL_SHARE * pixel_mm * 1e-3, FINEST_M, COARSEST_M))
    count = int(1000 * cut.strands * worn.density * USUAL_M / radius * _filled(worn, cut, key))
    roots = scatter(count, lambda at: _shares(worn, cut, at, key)[0], _near, key.child("roots"), rest=True)
    zones = beard_zones(roots.at, cut.chin_mm, cut.jaw_mm, 6.0)
    hairs = _grown(worn, cut, roots, zones, ground, around.bare, gravity, key)
    own = color.elsewhere(worn.color, worn.grey, color.beard_first)
    redder = own if worn.color else own.model_copy(update={"pheomelanin": min(own.pheomelanin + 0.08, 1.0)})
    lip = _is_moustache(cut, zones)
    found = []
    for name, part, chosen in (("moustache", Part.MOUSTACHE, lip), ("beard", Part.BEARD, ~lip)):
        if chosen.any():
            tint = pigment(redder, int(chosen.sum()), key.child("pigment", name))
            thick = radius * (0.8 + 0.4 * key.child("radius", name).rng().random(int(chosen.sum())))
            shape = tapered(int(chosen.sum()), hairs.shape[1], thick, 0.75 if cut.short else 0.4)
            found.append(Strands(name, hairs[chosen], shape, part, "person", "beard", {"pigment": tint}))
    return tuple(found)


def _is_moustache(cut: BeardStyle, zones: NDArray) -> NDArray[np.bool_]:
    """Return which hairs (n,) belong to the moustache."""
    if not any(cut.lengths_mm[1:]):
        return np.ones(len(zones), bool)
    return (zones[:, LIP] > 0.5) & (cut.lip > 0)


def _length(worn: FacialHair, cut: BeardStyle, rest: NDArray, zones: NDArray, key: Key) -> NDArray:
    """Return the length (n,) of hairs, metres."""
    lengths = np.array(cut.lengths_mm)
    left = np.maximum(zones @ (lengths > 0), 0.05)
    mm = (zones @ lengths) / left * worn.length
    if cut.led == "brush":
        over = np.clip(above_lip_mm(rest) + 1.5, 1.5, 20) * 1.25
        mm = mm + zones[:, LIP] * (over - mm)
    elif cut.led in ("parted", "down") and cut.lip:
        to_lip = 2.2 * np.clip(above_lip_mm(rest) + 3.0, 1.5, 20)
        mm = np.where(zones[:, LIP] > 0.5, np.minimum(mm, np.maximum(to_lip, 0.55 * mm)), mm)
    uneven = 0.22 + 0.33 * (1 - worn.neatness)
    return mm * 1e-3 * (1 - uneven * key.child("cut").rng().random(len(rest)) ** 1.5)


def _grown(
    worn: FacialHair,
    cut: BeardStyle,
    roots: Roots,
    zones: NDArray,
    ground: Ground,
    around: Obstacle,
    gravity: NDArray,
    key: Key,
) -> NDArray[np.float32]:
    """Return the hairs (n, k, 3)."""
    rest, count, rng = roots.at, len(roots.at), key.child("grow").rng()
    length = _length(worn, cut, rest, zones, key)
    longest, loose = float(np.percentile(length, 90)), 1 - worn.neatness
    points = int(np.interp(longest, [0.002, 0.006, 0.014, 0.03, 0.09], [4, 6, 10, 16, 28]))
    start, normal = ground.under(roots)
    if cut.point:
        reach = np.linalg.norm(_tip(worn, cut, ground) - start, axis=1) * (0.88 + 0.2 * rng.random(count))
        length = np.where(zones[:, LIP] < 0.5, np.minimum(length, np.maximum(reach, 0.006)), length)
    comb = _comb(worn, cut, rest, zones, start, normal, ground, key)
    few = slice(0, count if cut.short else min(count, GUIDES))
    stand = 0.42 if cut.short else 0.30 + 0.12 * cut.flare
    depth = np.minimum(0.30 * length, 0.006 + 0.010 * cut.flare)
    how = Growth(
        length=length[few],
        lift=np.clip(stand + (0.07 + 0.08 * loose) * rng.normal(size=count)[few], 0.1, 0.9),
        layer=depth[few] * rng.random(count)[few],
        settle_m=0.5 * longest,
        bend_m=0.006 if cut.short else 0.010,
        gravity=(0.2 + 0.4 * smooth_step(longest, 0.02, 0.06)) * gravity,
        adhesion=np.zeros(count)[few],
    )
    hairs = grow(start[few], normal[few], points, how, lambda p, s: comb(p, s, few), around)
    if cut.short:
        hairs = _ruffled(hairs, length, 0.14 + 0.12 * loose, rng)
        hairs[:, 1:] = around.push_out(hairs[:, 1:], 1e-4)
        return hairs
    lip = _is_moustache(cut, zones)
    place = np.column_stack([rest * 1e-3, 0.03 * lip, 0.002 * np.sign(rest[:, 0]) * lip]).astype(np.float32)
    hairs = _to_length(blend(hairs, place[few], start, place), length)
    hairs, lock = clump(hairs, place, max(count // 40, 40), 0.45, 1.0, 0.5, key.child("locks"))
    hairs, _ = clump(hairs, place, max(count // 7, 80), 0.55, 0.8, 0.4, key.child("wisps"))
    hairs = _waved(worn, hairs, length, lock, key.child("curl"))
    if cut.led in ("curled", "straight"):
        hairs[lip] = wax(
            start[lip], ground, cut.reach_mm * 1e-3 * worn.length**0.5, cut.led == "curled", length[lip], points, key
        )
    own = (0.4 + 0.9 * loose) * rng.random(count) ** 2 * np.where(lip & (cut.reach_mm > 0), 0.45, 1.0)
    hairs = frizz(hairs, length, own * np.minimum(0.05 * length + 0.0005, 0.003), (25, 80), 1.0, key.child("frizz"))
    hairs[:, 1:] = around.push_out(
        hairs[:, 1:], np.minimum(np.linspace(0, 0.004, points, dtype=np.float32)[1:], 0.0005)
    )
    return hairs


def _to_length(hairs: NDArray, length: NDArray) -> NDArray[np.float32]:
    """Return hairs scaled about their roots to their own length: the blend of neighbours has theirs."""
    has = np.linalg.norm(np.diff(hairs, axis=1), axis=-1).sum(1)
    return (hairs[:, :1] + (hairs - hairs[:, :1]) * (length / np.maximum(has, 1e-5))[:, None, None]).astype(np.float32)


def _tip(worn: FacialHair, cut: BeardStyle, ground: Ground) -> NDArray:
    """Return the point (3,) below the chin that a pointed beard is drawn to."""
    chin = ground.vertices[skin_tree().query((0.0, -149.0, 637.0))[1]]
    return chin + np.array([0, -0.003, -0.85 * cut.chin * 1e-3 * worn.length - 0.010])


def _comb(
    worn: FacialHair,
    cut: BeardStyle,
    rest: NDArray,
    zones: NDArray,
    start: NDArray,
    normal: NDArray,
    ground: Ground,
    key: Key,
):
    """Return the comb of guides: (points, lengths, rows) -> ways."""
    side, x = np.sign(rest[:, 0]), np.abs(rest[:, 0])
    own = np.stack([noise(rest, 18.0, key.child("own", axis)) for axis in range(3)], 1)
    own = own * (0.15 + 0.25 * (1 - worn.neatness))
    lip = zones[:, LIP]
    parted = {"parted": 1.0, "down": 0.55, "brush": 0.18, "droop": 0.55}.get(cut.led, 1.0)
    aside = 0.12 + 0.16 * cut.flare + lip * (parted * smooth_step(x, 0.5, 12) - 0.1)
    down = -1 + lip * (0.25 if cut.led == "parted" else 0.0)
    back = -0.15 + 0.35 * zones[:, CHEEK] * (1 - cut.flare)
    rough = np.stack([side * aside, back, down], 1) + own + 0.28 * cut.flare * normal * (1 - lip)[:, None]
    tip = _tip(worn, cut, ground)
    drawn = cut.point * (1 - lip) * smooth_step(-rest[:, 1], 70, 115)

    def comb(p: NDArray, s: NDArray, few: slice) -> NDArray:
        to_go = np.maximum(p[:, 2] - tip[2], 0.004)[:, None]
        towards = np.clip((tip - p) * [1, 1, 0] / to_go, -1.2, 1.2) - [0, 0, 1]
        pull = (drawn[few] * smooth_step(s[:, 0], 0.0, 0.012))[:, None]
        return rough[few] * (1 - 0.9 * pull) + 1.2 * pull * towards

    return comb


def _waved(worn: FacialHair, hairs: NDArray, length: NDArray, lock: NDArray, key: Key) -> NDArray[np.float32]:
    """Return hairs curled as the person's are, those of a lock alike."""
    rng, count = key.rng(), len(hairs)
    of_lock = rng.random((int(lock.max()) + 1, 3))[lock]
    size = (0.35 + 1.5 * worn.curl) * np.clip(length / 0.02, 0.25, 1.2) * 1e-3
    wave = (0.024 - 0.015 * worn.curl) * (0.7 + 0.6 * of_lock[:, 1])
    wave = np.maximum(wave, 4.5 * length / hairs.shape[1])
    phase = 2 * np.pi * of_lock[:, 2] + 0.9 * rng.normal(size=count)
    hand = np.where(of_lock[:, 0] < 0.5, -1.0, 1.0)
    return curl(hairs, length, size * (0.4 + 1.2 * rng.random(count)), wave, phase, hand, 0.008)


def _ruffled(hairs: NDArray, length: NDArray, share: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return short hairs, each bent its own way by a share of its length."""
    bend = rng.normal(size=(len(hairs), 1, 3)) * (share * length)[:, None, None]
    return (hairs + np.linspace(0, 1, hairs.shape[1])[None, :, None] * bend).astype(np.float32)
