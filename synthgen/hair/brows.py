"""Eyebrows: a drawn outline filled with single hairs that lie on the skin."""

from functools import lru_cache
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.spatial import KDTree

from synthgen.distributions import (
    Name,
    Number,
    TruncatedNormal,
    Uniform,
    draw_given,
    draw_name,
    draw_number,
    draw_numbers,
    draw_one,
    one_of,
    within,
)
from synthgen.frozen import Frozen
from synthgen.hair.color import NATURAL, HairColor, pigment
from synthgen.hair.roots import Ground, Roots, chart, scatter
from synthgen.mesh import unit
from synthgen.noise import noise
from synthgen.parts import Part
from synthgen.ramps import smooth_step
from synthgen.rng import Key
from synthgen.strands import Strands, tapered

ALONG_MM = (8.5, 15.0, 23.0, 32.0, 42.0, 51.0, 58.0)
"""Distances from the midline of the chart's head at which outlines are given."""
CENTRE_MM = (782.6, 784.2, 785.8, 787.2, 787.2, 784.6, 780.2)
HALF_WIDTH_MM = (3.0, 4.2, 4.5, 4.0, 3.2, 2.2, 1.2)
SHAPES: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "natural": ((0, 0, 0, 0, 0, 0, 0), (1, 1, 1, 1, 1, 1, 1)),
    "straight": ((2.5, 1.5, 0, -2.0, -3.0, -1.5, 1.5), (1, 1, 1, 1, 1.05, 1.1, 1.1)),
    "soft_arch": ((-0.5, -0.2, 0.5, 1.2, 1.2, 0.3, -0.8), (0.9, 0.95, 0.95, 0.95, 0.95, 1, 1)),
    "high_arch": ((-1.5, -1.2, 0, 2.0, 3.0, 1.4, -1.5), (0.9, 0.95, 0.95, 0.85, 0.8, 0.75, 0.7)),
    "angled": ((-1.0, -1.0, -0.5, 1.0, 3.2, 0.8, -1.6), (1, 1, 1, 1, 0.95, 0.8, 0.7)),
    "rounded": ((-2.5, -1.2, 0.8, 2.2, 1.6, -1.0, -3.5), (0.9, 0.9, 0.95, 1, 1, 0.9, 0.8)),
    "s_curve": ((-1.2, -1.7, -1.3, 0.6, 2.4, 1.2, -1.2), (1, 0.95, 0.95, 1, 0.95, 0.8, 0.7)),
    "upward": ((-2.5, -2.0, -1.0, 0.5, 2.5, 4.0, 4.5), (1, 1, 1, 1, 1, 0.95, 0.9)),
    "drooping": ((2.0, 1.8, 1.2, 0, -1.8, -3.8, -6.0), (1, 1, 1, 1, 1, 1.05, 1.1)),
    "short": ((0.5, 0.3, 0, -0.5, -0.8, -1.0, -1.0), (1.1, 1.1, 1.05, 0.9, 0.55, 0.15, 0.02)),
    "club": ((0, 0, 0, 0, 0, 0, 0), (1.7, 1.5, 1.15, 0.85, 0.7, 0.65, 0.6)),
    "wide_tail": ((0, 0, 0, 0, 0, 0, -0.5), (0.7, 0.75, 0.9, 1.1, 1.35, 1.6, 1.6)),
    "bushy": ((0, 0, 0, 0.3, 0, -0.5, -1), (1.35, 1.35, 1.3, 1.35, 1.45, 1.6, 1.7)),
    "low_straight": ((-1.0, -2.0, -3.2, -4.8, -5.0, -3.0, 0.0), (1.2, 1.15, 1.1, 1.05, 1.1, 1.15, 1.1)),
}
"""Height over the natural line (mm) and share of its width at ALONG_MM."""
NARROWEST_MM = 1.2
"""Half the width that single hairs spread over where an outline is narrower: there they grow sparser, not in a line."""
LOWEST_MM = 776.0
"""Skin of the lid begins here: the lower edge of a brow keeps above."""
MOST_ARCHED_MM, GIVE_MM = 7.0, 1.6
"""Rise of the centre line over the straight line between its ends: what is more is pressed into the second number."""
POINTS, ROOT_M, STRAY = 6, 4.6e-5, 0.16
HAIRS, FEWEST = 1700, 1000
GREY_SHARE = 0.6

Signed = Annotated[Number, within(-15, 15)]
Factor = Annotated[Number, within(0.1, 4)]


class BrowsSpec(Frozen):
    """How eyebrows may be. They belong to the person; their colour is near the hair's."""

    shape: Annotated[Name, one_of(SHAPES)] | None = None
    """Outline; without it drawn, women's arched more often."""
    thickness: Factor | None = None
    """Of the outline, 1 is usual; without it drawn, log-normal."""
    density: Factor | None = None
    """Hairs for the area, 1 is usual; without it drawn, log-normal."""
    height_mm: Signed = TruncatedNormal(mean=-0.5, sd=2.2, low=-5, high=5)
    """Above the usual place."""
    arch_mm: Signed = TruncatedNormal(mean=-0.4, sd=1.2, low=-3, high=2.4)
    """Rise of the outer third over the shape's own."""
    tilt_mm: Signed = TruncatedNormal(mean=0.9, sd=1.4, low=-3, high=4)
    """Rise of the outer end over the inner."""
    inner_mm: Signed = TruncatedNormal(mean=0.5, sd=2.4, low=-3.5, high=6)
    """How much farther from the midline the brow begins."""
    length_mm: Annotated[Number, within(2, 25)] = TruncatedNormal(mean=8.5, sd=1.8, low=5, high=15)
    """Of the hairs."""
    grooming: Annotated[Number, within(0, 1)] = Uniform(low=0.0, high=1.0)
    """1 combed and plucked, 0 in all directions and beyond the outline."""
    unibrow: Annotated[Number, within(0, 1)] | None = None
    """Hair between the brows; without it drawn, none for most."""
    grey: Annotated[Number, within(0, 1)] | None = None
    """Share of hairs without pigment; without it somewhat less than the hair's."""
    color: Annotated[Name, one_of(NATURAL)] | None = None
    """Without it the hair's natural colour."""


class Brows(Frozen):
    """One person's eyebrows; fields as in `BrowsSpec`, drawn.

    Attributes:
        grey: None is 0.6 of the hair's.
        color: None is the hair's.
        uneven_mm: How much higher the left brow is than the right one.
        seed: Of the hairs.
    """

    shape: str
    thickness: float
    density: float
    height_mm: float
    arch_mm: float
    tilt_mm: float
    inner_mm: float
    length_mm: float
    grooming: float
    unibrow: float
    uneven_mm: float
    grey: float | None = None
    color: str | None = None
    seed: int


def sample_brows(spec: BrowsSpec, male: float, age: float, key: Key) -> Brows:
    """Draw a person's eyebrows; men's are thicker, lower and straighter, old ones thinner and longer."""
    man, old = float(np.clip(male, 0, 1)), float(np.clip((age - 50) / 35, 0, 1))

    def normal(name: str) -> float:
        return float(np.clip(key.child(name).rng().normal(), -2.6, 2.6))

    usual: dict[str, float] = {
        "thickness": float(np.exp(0.36 * normal("thickness") + 0.42 * (man - 0.75))),
        "density": float(np.exp(0.45 * normal("density") + 0.26 * man - 0.14 - 0.3 * old)),
        "unibrow": max(0.0, 0.35 * normal("unibrow") - 0.35 + 0.2 * man),
    }
    low, high = {"thickness": 0.35, "density": 0.25, "unibrow": 0.0}, {"unibrow": 1.0}
    bounded = {name: float(np.clip(value, low[name], high.get(name, 3.2))) for name, value in usual.items()}
    drawn = draw_given(spec, bounded, key)
    drawn |= draw_numbers(spec, ("height_mm", "arch_mm", "tilt_mm", "inner_mm", "length_mm", "grooming"), key)
    if spec.height_mm == BrowsSpec().height_mm:
        drawn["height_mm"] -= 2.0 * (man - 0.4)
    if spec.length_mm == BrowsSpec().length_mm:
        drawn["length_mm"] += 3.0 * old * man
    if spec.grooming == BrowsSpec().grooming:
        drawn["grooming"] **= 0.6 + 0.9 * man
    return Brows(
        shape=_shape(man, key) if spec.shape is None else draw_name(spec.shape, key.child("shape")),
        **{name: round(value, 4) for name, value in drawn.items()},
        uneven_mm=round(0.7 * normal("uneven"), 4),
        color=None if spec.color is None else draw_name(spec.color, key.child("color")),
        grey=None if spec.grey is None else round(draw_number(spec.grey, key.child("grey")), 4),
        seed=key.child("seed").integer(31),
    )


def _shape(man: float, key: Key) -> str:
    arched = ("soft_arch", "high_arch", "angled", "rounded", "s_curve")
    heavy = ("straight", "bushy", "low_straight", "club", "wide_tail")
    weights = np.array([1 - 0.7 * man if s in arched else 0.2 + 1.15 * man if s in heavy else 0.8 for s in SHAPES])
    rare = {
        "high_arch": 0.3,
        "angled": 0.3,
        "s_curve": 0.5,
        "upward": 0.3,
        "drooping": 0.5,
        "short": 0.5,
        "natural": 3.0,
    }
    weights *= [rare.get(shape, 1.0) for shape in SHAPES]
    return draw_one(SHAPES, weights, key.child("shape"))


def _less_arched(share: NDArray, centre: NDArray) -> NDArray:
    """Return a centre line whose arch is no higher than faces have it."""
    chord = centre[0] + (centre[-1] - centre[0]) * share
    arch = float((centre - chord).max())
    if arch <= MOST_ARCHED_MM:
        return centre
    kept = MOST_ARCHED_MM + GIVE_MM * np.tanh((arch - MOST_ARCHED_MM) / GIVE_MM)
    return chord + (centre - chord) * kept / arch


class _Outline:
    """A brow's centre line and half width over the distance from the midline, metres on the chart."""

    def __init__(self, brows: Brows, higher_mm: float):
        raised, widened = SHAPES[brows.shape]
        x = np.array(ALONG_MM)
        share = (x - x[0]) / (x[-1] - x[0])
        bump = np.exp(-(((share - 0.68) / 0.24) ** 2))
        centre = np.array(CENTRE_MM) + raised + brows.height_mm + higher_mm
        centre += 0.8 * brows.arch_mm * bump + brows.tilt_mm * (share - 0.45)
        centre = _less_arched(share, centre)
        drawn = np.array(HALF_WIDTH_MM) * widened * brows.thickness**0.8
        half = np.hypot(drawn, NARROWEST_MM)
        centre = np.maximum(centre, LOWEST_MM + half * np.where(share < 0.9, 1, 0.3))
        x = x + brows.inner_mm * (1 - share)
        self.inner, self.outer = x[0] * 1e-3, x[-1] * 1e-3
        self.centre, self.half, self.filled = (
            PchipInterpolator(x * 1e-3, values) for values in (centre * 1e-3, half * 1e-3, drawn / half)
        )

    def place(self, at: NDArray) -> tuple[NDArray, NDArray, NDArray]:
        """Return for points (n, 3) of the chart: share of the way along, height over the half width, slope."""
        x = np.clip(np.abs(at[:, 0]), self.inner, self.outer)
        across = (at[:, 2] - self.centre(x)) / np.maximum(self.half(x), 3e-4)
        return (np.abs(at[:, 0]) - self.inner) / (self.outer - self.inner), across, self.centre(x, 1)


def outline_mm(brows: Brows, count: int = 33) -> tuple[NDArray, NDArray, NDArray]:
    """Return the outline of a right brow on the chart: distance from the midline, height, half width (count,), mm."""
    outline = _Outline(brows, 0.0)
    x = np.linspace(outline.inner, outline.outer, count)
    return x * 1e3, outline.centre(x) * 1e3, outline.half(x) * 1e3


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
        _brow(brows, _Outline(brows, s * brows.uneven_mm / 2), s, count, thin, color, ground, tree, key.child(str(s)))
        for s in (1, -1)
    )
    return left, right


def _brow(
    brows: Brows,
    outline: _Outline,
    sign: int,
    count: int,
    thin: float,
    color: HairColor,
    ground: Ground,
    tree: Any,
    key: Key,
) -> Strands:
    def inside(centres: NDArray) -> NDArray:
        ahead = (centres[:, 1] < -0.085) & (centres[:, 2] > 0.770) & (centres[:, 2] < 0.813)
        return ahead & (centres[:, 0] * sign > -0.001) & (np.abs(centres[:, 0]) < 0.070)

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


def _density(brows: Brows, outline: _Outline, at: NDArray, key: Key) -> NDArray:
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
    return np.clip(np.maximum(body * ends, stray * ends) * uneven + 0.75 * bridge, 0, 1)


def _comb(
    brows: Brows, outline: _Outline, sign: int, roots: Roots, ground: Ground, tree: Any, key: Key
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
