"""The colour of eyes: pigment of the iris, redness of the white, contact lenses."""

from typing import Annotated, Literal

import numpy as np

from synthgen.distributions import (
    Name,
    NameChoice,
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
from synthgen.rng import Key

IRIS_COLORS = {
    "blue": (0.08, 0.05),
    "grey": (0.17, 0.02),
    "green": (0.25, 0.80),
    "hazel": (0.44, 0.55),
    "amber": (0.58, 0.80),
    "brown": (0.70, 0.22),
    "dark_brown": (0.86, 0.12),
    "near_black": (1.0, 0.08),
}
"""Melanin of the iris' stroma, 0 to 1, and its pheomelanin share."""
LIGHT_EYED = (0.24, 0.12, 0.14, 0.19, 0.04, 0.20, 0.06, 0.01)
"""How often each colour occurs among people whose ancestry allows light eyes."""
DARK_EYED = (0.0, 0.0, 0.0, 0.02, 0.02, 0.28, 0.42, 0.26)
LENS_COLORS = {
    "blue": (0.10, 0.20, 0.36),
    "grey": (0.24, 0.25, 0.27),
    "green": (0.11, 0.22, 0.10),
    "hazel": (0.24, 0.16, 0.05),
    "brown": (0.14, 0.065, 0.025),
    "violet": (0.19, 0.12, 0.32),
}
"""Print of tinted contact lenses, linear sRGB."""
HETEROCHROMIA = ("none", "complete", "sectoral")
HETEROCHROMIA_SHARES = (0.994, 0.002, 0.004)
"""Of people: well below one in a hundred; the figures are round, not from a survey."""
LENSES = ("none", "clear", "tinted")

Share = Annotated[Number, within(0, 1)]


class EyesSpec(Frozen):
    """How eyes may look. Colour and veins belong to the person; pupil, redness and lenses to the picture."""

    color: Annotated[Name, one_of(IRIS_COLORS)] | None = None
    """Of the iris; without it drawn to fit the person's skin and ancestry."""
    melanin: Share | None = None
    """Of the iris: 0.1 blue .. 1 near black; without it that of the colour, with a little spread."""
    pheomelanin: Annotated[Number, within(0, 0.95)] | None = None
    """Yellow share of the melanin: high in green, hazel and amber eyes; without it that of the colour."""
    heterochromia: Annotated[Name, one_of(HETEROCHROMIA)] | None = None
    """complete: eyes of two colours; sectoral: a wedge of one iris in another. Without it as rare as it is."""
    second_color: Annotated[Name, one_of(IRIS_COLORS)] | None = None
    """The other colour of heterochromia; without it drawn."""
    limbal_ring: Share = Uniform(low=0.35, high=1.0)
    """How dark the iris' outer rim is; it fades with age."""
    pupil_mm: Annotated[Number, within(1.5, 8)] = Uniform(low=2.5, high=5.0)
    """Diameter of the pupil."""
    redness: Share = TruncatedNormal(mean=0.22, sd=0.18, low=0.0, high=0.9)
    """Blood in the white of the eye: 0 clear, 1 inflamed."""
    contact_lens: Annotated[Name, one_of(LENSES)] = "none"
    """clear: only its edge shows; tinted: a printed iris."""
    lens_color: Annotated[Name, one_of(LENS_COLORS)] | None = None
    """Of a tinted lens; without it drawn."""
    bright_pupil: Annotated[Number, within(0, 3)] = Uniform(low=0.6, high=1.4)
    """How strongly the eye's back shines back to a lamp at the camera: white in the infrared, red in visible light."""


class Eyes(Frozen):
    """One pair of eyes.

    Attributes:
        color: Name of the irises' colour.
        melanin: Of the irises, 0 to 1.
        pheomelanin: Share of the melanin.
        heterochromia: Whether, and how, there is a second colour.
        odd_side: The eye that has it.
        second_color: Its name.
        second_pigment: Its melanin and pheomelanin share.
        central_pigment: Density of a brown ring about the pupil.
        limbal_ring: Darkness of the outer rim, 0 to 1.
        pupil_mm: Diameter of the pupil.
        redness: Of the white, 0 to 1.
        contact_lens: none, clear or tinted.
        lens_color: Of a tinted lens.
        bright_pupil: Strength of the retro-reflection.
        seed: Of fibres and veins.
    """

    color: str
    melanin: float
    pheomelanin: float
    heterochromia: Literal["none", "complete", "sectoral"]
    odd_side: Literal["left", "right"]
    second_color: str
    second_pigment: tuple[float, float]
    central_pigment: float
    limbal_ring: float
    pupil_mm: float
    redness: float
    contact_lens: Literal["none", "clear", "tinted"]
    lens_color: str
    bright_pupil: float
    seed: int

    def pigment(self, side: str) -> tuple[float, float]:
        """Return melanin and pheomelanin share of one iris; a sector is left out."""
        if self.heterochromia == "complete" and side == self.odd_side:
            return self.second_pigment
        return self.melanin, self.pheomelanin


def sample_eyes(spec: EyesSpec, ancestry: dict[str, float], tone: float, age: float, person: Key, picture: Key) -> Eyes:
    """Draw eyes: what they are by the person's key, what they do by the picture's."""
    color = _draw_color(spec.color, ancestry, tone, person.child("color"))
    second = draw_name(spec.second_color, person.child("second")) if spec.second_color else _other(color, person)
    kind = draw_one(HETEROCHROMIA, HETEROCHROMIA_SHARES, person.child("heterochromia"))
    kind = draw_name(spec.heterochromia, person.child("heterochromia")) if spec.heterochromia is not None else kind
    melanin, pheomelanin = _pigment(color, person.child("melanin"))
    if spec.melanin is not None:
        melanin = draw_number(spec.melanin, person.child("melanin"))
    if spec.pheomelanin is not None:
        pheomelanin = draw_number(spec.pheomelanin, person.child("pheomelanin"))
    rng = person.child("details").rng()
    fading = 1 - 0.5 * float(np.clip((age - 30) / 50, 0, 1))
    return Eyes(
        color=color,
        melanin=round(melanin, 4),
        pheomelanin=round(pheomelanin, 4),
        heterochromia=kind,  # type: ignore[arg-type]
        odd_side="left" if rng.random() < 0.5 else "right",
        second_color=second,
        second_pigment=_pigment(second, person.child("second_melanin")),
        central_pigment=round(float(rng.uniform(0.05, 1.1) ** 1.5), 4),
        limbal_ring=round(draw_number(spec.limbal_ring, person.child("limbal_ring")) * fading, 4),
        pupil_mm=round(draw_number(spec.pupil_mm, picture.child("pupil_mm")), 3),
        redness=round(draw_number(spec.redness, picture.child("redness")), 4),
        contact_lens=draw_name(spec.contact_lens, picture.child("contact_lens")),  # type: ignore[arg-type]
        lens_color=draw_name(spec.lens_color or NameChoice(values=tuple(LENS_COLORS)), picture.child("lens_color")),
        bright_pupil=round(draw_number(spec.bright_pupil, person.child("bright_pupil")), 4),
        seed=person.child("seed").integer(31),
    )


def _draw_color(wanted: Name | None, ancestry: dict[str, float], tone: float, key: Key) -> str:
    if wanted is not None:
        return draw_name(wanted, key)
    light = float(np.clip(ancestry["caucasian"] * 1.2 - 0.2, 0, 1) * np.clip(1.4 - 2.5 * tone, 0, 1))
    return draw_one(IRIS_COLORS, light * np.array(LIGHT_EYED) + (1 - light) * np.array(DARK_EYED), key)


def _other(color: str, person: Key) -> str:
    """Return a colour that can be told from the first."""
    dark = IRIS_COLORS[color][0] > 0.5
    names = ("blue", "grey", "green") if dark else ("brown", "dark_brown")
    return draw_one(names, (1,) * len(names), person)


def _pigment(color: str, key: Key) -> tuple[float, float]:
    melanin, pheomelanin = np.array(IRIS_COLORS[color]) + key.rng().normal(0, 0.03, 2)
    return round(float(np.clip(melanin, 0.02, 1)), 4), round(float(np.clip(pheomelanin, 0, 0.95)), 4)
