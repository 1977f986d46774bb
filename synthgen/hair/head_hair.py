"""The hair of the head: what a person wears, drawn; and the strands of it."""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from synthgen.distributions import (
    Name,
    Number,
    TruncatedNormal,
    Uniform,
    draw_name,
    draw_number,
    draw_one,
    one_of,
    within,
)
from synthgen.frozen import Frozen
from synthgen.hair.color import HairColor, scalp_attributes
from synthgen.hair.combs import COMBS, Rooted
from synthgen.hair.growth import Growth, blend, grow
from synthgen.hair.obstacle import Obstacle
from synthgen.hair.roots import Ground, Roots, scatter
from synthgen.hair.scalp import edge_thinness, in_reach, scalp_density, sideburn
from synthgen.hair.shaping import clump, curl, cut_below, frizz, trim, wander
from synthgen.hair.styles import STYLES, Style
from synthgen.noise import noise
from synthgen.parts import Part
from synthgen.ramps import smooth_step
from synthgen.rng import Key
from synthgen.strands import Strands, tapered

GUIDES = 2600
ROOT_M, FINEST_M, COARSEST_M = 5.5e-5, 3.5e-5, 1.3e-4
PIXEL_SHARE = 0.11
"""Radius of a strand over the size of a pixel where that lies between the finest and the coarsest."""
FACE = ((-0.05, 0.05), -0.098, (0.64, 0.80))
"""No hair of the parted styles may hang before this: |x|, y from here to the front, z."""

Factor = Annotated[Number, within(0.2, 3)]


class HairSpec(Frozen):
    """How hair may be worn. It belongs to the person."""

    style: Annotated[Name, one_of(STYLES)] | None = None
    """Without it drawn to fit sex, age and ancestry."""
    length: Factor = TruncatedNormal(mean=1, sd=0.18, low=0.6, high=1.5)
    """Over the style's own."""
    density: Factor = TruncatedNormal(mean=1, sd=0.16, low=0.5, high=1.4)
    """Hairs for the area, 1 is usual."""
    volume: Factor = TruncatedNormal(mean=1, sd=0.25, low=0.4, high=1.8)
    """Height above the skin over the style's own."""
    frizz: Factor = TruncatedNormal(mean=1, sd=0.35, low=0.3, high=2.2)
    """Disorder of single hairs, 1 is usual."""
    parting_mm: Annotated[Number, within(-50, 50)] = Uniform(low=-38, high=38)
    """Where the parting lies, > 0 to the subject's left; partings to the side stay away from the middle."""
    recession: Annotated[Number, within(0, 2)] | None = None
    """How far the hairline has gone back at the temples; without it by sex and age."""


class Hair(Frozen):
    """One person's hair; fields as in `HairSpec`, drawn.

    Attributes:
        baldness: Share of the way to a bald top.
        seed: Of the strands.
    """

    style: str
    length: float
    density: float
    volume: float
    frizz: float
    parting_mm: float
    recession: float
    baldness: Annotated[float, Field(ge=0, le=1)] = 0.0
    seed: int


MEN = {"buzz": 16, "crop": 34, "side_part": 20, "slicked": 9, "curls": 3, "long_straight": 2, "long_wavy": 2, "bald": 3}
WOMEN = {
    "long_straight": 26,
    "long_wavy": 26,
    "bob": 15,
    "bob_fringe": 8,
    "curls": 9,
    "slicked": 7,
    "crop": 5,
    "side_part": 4,
}
COILY = {"afro": 34, "short_afro": 46, "buzz": 26, "bald": 6}
"""How often styles are worn."""


def sample_hair(spec: HairSpec, ancestry: dict[str, float], age: float, male: float, key: Key) -> Hair:
    """Draw a person's hair."""
    man = float(np.clip(male, 0, 1))
    loss = float(np.clip((age - 28) / 50, 0, 1)) * man
    lost = loss * 1.5 * key.child("baldness").rng().random()
    names = ("length", "density", "volume", "frizz", "parting_mm")
    drawn = {name: draw_number(getattr(spec, name), key.child(name)) for name in names}
    usual = float(np.clip(abs(key.child("recession").rng().normal(0.25, 0.25)) * man + 1.1 * loss * lost, 0, 1.6))
    recession = usual if spec.recession is None else draw_number(spec.recession, key.child("recession"))
    if spec.style is not None:
        style = draw_name(spec.style, key.child("style"))
    elif lost > 0.62:
        style = "bald" if key.child("shaved").rng().random() < 0.35 else "balding"
    else:
        style = _style(ancestry, man, key.child("style"))
    balding = float(np.clip(max(lost, 0.75), 0, 1)) if style == "balding" else 0.0
    return Hair(
        style=style,
        **{name: round(value, 4) for name, value in drawn.items()},
        recession=round(recession, 4),
        baldness=round(balding, 4),
        seed=key.child("seed").integer(31),
    )


def _style(ancestry: dict[str, float], man: float, key: Key) -> str:
    coily = float(np.clip(1.5 * ancestry["african"] - 0.3, 0, 1))
    weights = dict.fromkeys(STYLES, 0.0)
    for table, share in ((MEN, man * (1 - coily)), (WOMEN, (1 - man) * (1 - coily)), (COILY, coily)):
        for name, weight in table.items():
            weights[name] += share * weight / sum(table.values())
    return draw_one(weights, weights.values(), key)


def build_hair(
    hair: Hair, color: HairColor, ground: Ground, around: Obstacle, gravity: NDArray, pixel_mm: float
) -> tuple[Strands, ...]:
    """Return the strands of the head.

    Args:
        hair: Of the person.
        color: Of it.
        ground: The skin, in the chart's frame.
        around: What hair stays out of.
        gravity: (3,) the way down.
        pixel_mm: Size of a pixel at the head: strands are at least a share of it thick, and fewer.
    """
    style = STYLES[hair.style]
    if style is None:
        return ()
    key = Key(f"hair/{hair.seed}")
    radius = float(np.clip(PIXEL_SHARE * pixel_mm * 1e-3, FINEST_M, COARSEST_M))
    count = int(style.strands * style.dense * hair.density * ROOT_M / radius)
    roots = scatter(
        count, lambda at: scalp_density(at, hair.recession, hair.baldness, key), in_reach, key.child("roots")
    )
    side = _sides(hair, style, roots.at, key)
    hairs, kept = _shaped(hair, style, roots, side, ground, around, gravity, key)
    hairs, lock = hairs[kept], _locks(roots.at[kept])
    thin = edge_thinness(roots.at[kept], hair.recession) * (1 - 0.45 * hair.baldness * (roots.at[kept][:, 2] > 0.82))
    return (
        Strands(
            name="hair",
            points=hairs,
            radius=tapered(len(hairs), style.points, radius * thin, 0.42),
            part=Part.HAIR,
            instance="person",
            material="hair",
            attributes=scalp_attributes(color, hairs, roots.at[kept], lock, key.child("pigment")),
        ),
    )


def _sides(hair: Hair, style: Style, at: NDArray, key: Key) -> NDArray:
    """Return the side of the parting (n,) of roots; partings wander a little."""
    middle = hair.parting_mm * 1e-3
    if style.comb == "side_part":
        middle = float(np.copysign(max(abs(middle), 0.028), middle))
    elif style.comb == "part":
        middle *= 0.6
    ragged = 0.0013 * np.sin(at[:, 1] * 150) + 0.0007 * key.child("parting").rng().normal(size=len(at))
    return np.where(at[:, 0] < middle + ragged, -1.0, 1.0)


def _locks(at: NDArray) -> NDArray[np.int64]:
    """Return a lock (n,) for each root, for colour: cells of 7 mm."""
    cells = np.floor(at / 0.007).astype(int)
    return np.unique(cells, axis=0, return_inverse=True)[1].reshape(-1)


def _shaped(
    hair: Hair, style: Style, roots: Roots, side: NDArray, ground: Ground, around: Obstacle, gravity: NDArray, key: Key
) -> tuple[NDArray, NDArray]:
    """Return hairs (n, k, 3), and which to keep."""
    at, count = roots.at, len(roots.at)
    fringe = _fringe(style, at, key)
    place = np.column_stack([at, 0.05 * side * (style.comb in ("part", "side_part")), 0.05 * fringe]).astype(np.float32)
    start, normal = ground.under(roots)
    few = slice(0, min(GUIDES, count))
    guides = _guides(hair, style, at[few], start[few], normal[few], side[few], fringe[few], around, gravity, key)
    rng = key.child("cut").rng()
    short = 1 - style.uneven * rng.random(count) ** 1.5
    short = short * (0.35 + 0.65 * edge_thinness(at, hair.recession)) * (1 - 0.72 * sideburn(at) * (style.top < 0.2))
    hairs = trim(blend(guides, place[few], start, place), short)
    length = short * _length(hair, style, at, fringe)
    if style.wander:
        hairs = wander(hairs, place, style.wander, 260, key.child("wander"))
    lock = np.arange(count)
    for level, locks in enumerate(style.locks):
        hairs, lock = clump(
            hairs, place, locks.count, locks.strength, locks.power, locks.keep, key.child("locks", level)
        )
        if level == 0 and style.curl is not None:
            hairs = _curled(style, hairs, length, lock, key.child("curl"))
    own = rng.random(count) ** 2 * 1.4 + 2.2 * (rng.random(count) < style.flyaway)
    hairs = frizz(hairs, length, style.frizz * hair.frizz * own, _waves(style), 1.0, key.child("frizz"))
    if style.cut is not None:
        low = np.where(fringe, 0.793 - 1.2 * at[:, 0] ** 2, style.cut) + 0.0022 * rng.normal(size=count)
        hairs = cut_below(hairs, low)
    off = np.minimum(np.linspace(0, 0.008, style.points, dtype=np.float32), 0.0011)
    hairs = around.push_out(hairs, off)
    kept = ~_before_face(hairs) | fringe if style.comb == "part" else np.ones(count, bool)
    return hairs, kept


def _waves(style: Style) -> tuple[float, float]:
    """Return the least and most waves a metre of single hairs' wandering."""
    longest = max(style.top, style.side)
    return 0.5 / longest, 2.0 / longest


def _fringe(style: Style, at: NDArray, key: Key) -> NDArray[np.bool_]:
    if not style.fringe:
        return np.zeros(len(at), bool)
    ragged = 0.006 * noise(at * 1e3, 40, key.child("fringe")) + 0.006 * key.child("fringe", "own").rng().normal(
        size=len(at)
    )
    return (at[:, 1] + ragged < -0.088) & (np.abs(at[:, 0]) + ragged < 0.052)


def _length(hair: Hair, style: Style, at: NDArray, fringe: NDArray) -> NDArray:
    """Return the length (n,) that hair has at roots, before it is cut unevenly."""
    own = 1.0 if style.cut is not None else hair.length
    length = style.side + (style.top - style.side) * _top(style, at)
    return own * np.where(fringe, 0.115, length)


def _top(style: Style, at: NDArray) -> NDArray:
    """Return 1 on top of the head, 0 at its sides."""
    if style.top > 0.2:
        return np.ones(len(at))
    forward = 0.15 * np.maximum(-0.10 - at[:, 1], 0)
    return smooth_step(at[:, 2] + forward, 0.802, 0.844)


def _guides(
    hair: Hair,
    style: Style,
    at: NDArray,
    start: NDArray,
    normal: NDArray,
    side: NDArray,
    fringe: NDArray,
    around: Obstacle,
    gravity: NDArray,
    key: Key,
) -> NDArray:
    """Return guide hairs (g, k, 3)."""
    rng, top = key.child("guides").rng(), _top(style, at)
    own = np.stack([noise(at * 1e3, 55.0, key.child("own", axis)) for axis in range(3)], 1)
    spread = 0.3 + 0.7 * rng.random(len(at))
    how = Growth(
        length=_length(hair, style, at, fringe),
        lift=np.clip(style.lift[0] + style.lift[1] * top + 0.08 * rng.normal(size=len(at)), 0.05, 0.95),
        layer=(style.volume[0] + style.volume[1] * top) * hair.volume * spread,
        settle_m=style.settle,
        bend_m=0.016,
        gravity=gravity * style.gravity,
        adhesion=np.full(len(at), style.adhesion) * (1 - 0.5 * top * (style.comb == "whorl")),
    )
    rooted = Rooted(at, normal, side, top, own, fringe)
    comb = COMBS[style.comb]
    return grow(start, normal, style.points, how, lambda p, s: comb(rooted, p, s), around)


def _curled(style: Style, hairs: NDArray, length: NDArray, lock: NDArray, key: Key) -> NDArray:
    """Return hairs wound into curls, those of a lock alike."""
    assert style.curl is not None
    radius, wave, begin = style.curl
    rng, count = key.rng(), len(hairs)
    of_lock = rng.random((int(lock.max()) + 1, 4))[lock]
    own = rng.normal(size=(2, count))
    return curl(
        hairs,
        length,
        radius * (0.65 + 0.7 * of_lock[:, 0]) * (1 + 0.1 * own[0]),
        wave * (0.75 + 0.5 * of_lock[:, 1]),
        2 * np.pi * of_lock[:, 2] + 0.25 * own[1],
        np.where(of_lock[:, 3] < 0.5, -1.0, 1.0),
        begin,
    )


def _before_face(hairs: NDArray) -> NDArray[np.bool_]:
    """Return which hairs hang before the face."""
    (left, right), front, (low, high) = FACE
    x, y, z = np.moveaxis(hairs, -1, 0)
    return ((x > left) & (x < right) & (y < front) & (z > low) & (z < high)).any(1)
