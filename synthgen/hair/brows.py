"""Eyebrows as they may be and as one person has them."""

from typing import Annotated

import numpy as np

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
from synthgen.hair.brow_shapes import SHAPES
from synthgen.hair.color import NATURAL
from synthgen.rng import Key

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
