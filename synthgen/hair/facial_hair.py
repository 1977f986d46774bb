"""Facial hair as it may be worn and as one person wears it."""

from collections.abc import Mapping
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
from synthgen.hair.beard_styles import BEARDS, WEIGHTS
from synthgen.hair.color import NATURAL
from synthgen.rng import Key

Amount = Annotated[Number, within(0, 1)]


class FacialHairSpec(Frozen):
    """How a beard may be worn. It belongs to the person."""

    style: Annotated[Name, one_of(BEARDS)] | None = None
    """Without it drawn for men, none for women; the shadow of a shaved beard is the skin's."""
    length: Annotated[Number, within(0.3, 3)] = TruncatedNormal(mean=1, sd=0.25, low=0.5, high=1.8)
    """Over the style's own."""
    density: Annotated[Number, within(0.1, 2)] = TruncatedNormal(mean=0.95, sd=0.22, low=0.35, high=1.4)
    """Hairs for the area, 1 is usual."""
    neatness: Amount = Uniform(low=0.1, high=1.0)
    """1 trimmed even with crisp lines at cheek and neck, 0 as it grows."""
    cheeks: Amount | None = None
    """How high and full it grows on the cheeks; without it by ancestry."""
    patches: Amount = TruncatedNormal(mean=0.25, sd=0.2, low=0.0, high=0.9)
    """How uneven it grows."""
    gap: Amount = TruncatedNormal(mean=0.35, sd=0.25, low=0.0, high=1.0)
    """How bare it is under the nose, beside the mouth and beside the soul patch."""
    curl: Amount | None = None
    """0 straight, 1 coiled; without it by ancestry."""
    color: Annotated[Name, one_of(NATURAL)] | None = None
    """Without it the hair's natural colour, a little redder."""
    grey: Amount | None = None
    """Share of hairs without pigment; without it by the hair's and `hair_color.beard_first`."""


class FacialHair(Frozen):
    """One person's facial hair; fields as in `FacialHairSpec`, drawn."""

    style: str
    length: float
    density: float
    neatness: float = 0.6
    cheeks: float = 0.7
    patches: float = 0.2
    gap: float = 0.3
    curl: float = 0.3
    color: str | None = None
    grey: float | None = None
    seed: int


def sample_facial_hair(spec: FacialHairSpec, sex: str, ancestry: Mapping[str, float], key: Key) -> FacialHair:
    """Draw a person's facial hair."""
    if spec.style is not None:
        style = draw_name(spec.style, key.child("style"))
    elif sex != "male":
        style = "none"
    else:
        style = draw_one(WEIGHTS, WEIGHTS.values(), key.child("style"))

    def near(name: str, mean: float, sd: float) -> float:
        return float(np.clip(key.child(name).rng().normal(mean, sd), 0, 1))

    usual = {
        "cheeks": near("cheeks", 0.72 - 0.35 * ancestry["asian"], 0.22),
        "curl": near("curl", 0.22 - 0.12 * ancestry["asian"] + 0.55 * ancestry["african"], 0.14),
    }
    drawn = draw_numbers(spec, ("length", "density", "neatness", "patches", "gap"), key) | draw_given(spec, usual, key)
    color = None if spec.color is None else draw_name(spec.color, key.child("color"))
    grey = None if spec.grey is None else round(draw_number(spec.grey, key.child("grey")), 4)
    rounded = {name: round(value, 4) for name, value in drawn.items()}
    return FacialHair(style=style, **rounded, color=color, grey=grey, seed=key.child("seed").integer(31))
