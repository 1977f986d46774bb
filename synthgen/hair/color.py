"""What colours hair: two melanins, strands without any, and dye; in visible light and the near infrared."""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from synthgen.distributions import (
    Name,
    NameChoice,
    Number,
    TruncatedNormal,
    draw_name,
    draw_number,
    draw_numbers,
    draw_one,
    one_of,
    within,
)
from synthgen.frozen import Frozen
from synthgen.hair.film import DRY, HairFilm
from synthgen.materials import HairFibre, Spectrum
from synthgen.ramps import smooth_step
from synthgen.rng import Key

EUMELANIN_RGB, PHEOMELANIN_RGB = (0.506, 0.841, 1.653), (0.343, 0.733, 1.924)
"""Absorption across a fibre of the pigments, per unit of concentration.

Source: d'Eon et al., EGSR 2011, table 2 (as Chiang et al., CGF 35 (2016), 275); red, green, blue."""
RED_NM = 630.0
EUMELANIN_POWER, PHEOMELANIN_POWER = -3.33, -4.75
"""How absorption falls with the wavelength. Source: Jacques, Photochem. Photobiol. 67 (1998); Donner & Jensen 2006."""

NATURAL = {
    "black": (4.2, 0.04),
    "darkest_brown": (3.0, 0.07),
    "dark_brown": (2.1, 0.12),
    "brown": (1.2, 0.16),
    "golden_brown": (0.85, 0.34),
    "light_brown": (0.72, 0.22),
    "dark_blond": (0.44, 0.26),
    "blond": (0.24, 0.30),
    "ash_blond": (0.22, 0.10),
    "light_blond": (0.13, 0.32),
    "strawberry_blond": (0.26, 0.62),
    "auburn": (1.1, 0.62),
    "red": (0.62, 0.88),
}
"""Concentration of melanin, and the pheomelanin share of it."""
LIGHT_HAIRED = (0.04, 0.06, 0.16, 0.20, 0.08, 0.14, 0.12, 0.08, 0.03, 0.03, 0.015, 0.03, 0.015)
DARK_HAIRED = (0.56, 0.24, 0.15, 0.04, 0.01, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
"""How often each colour occurs among people whose ancestry allows light hair, and the others."""
WHITE = 0.025
"""Concentration left in a strand without pigment: keratin is a little yellow."""


class Dye(NamedTuple):
    """Absorption across a fibre at full strength, and the share of the melanin left by the bleaching before it."""

    red: float
    green: float
    blue: float
    infrared: float
    melanin_left: float


DYES: dict[str, Dye] = {
    "none": Dye(0.0, 0.0, 0.0, 0.0, 1.0),
    "black": Dye(3.2, 3.4, 3.6, 0.10, 0.85),
    "dark_brown": Dye(1.2, 1.8, 3.1, 0.07, 0.75),
    "brown": Dye(0.55, 0.95, 1.8, 0.06, 0.6),
    "chocolate": Dye(0.75, 1.35, 2.0, 0.06, 0.65),
    "copper": Dye(0.10, 0.85, 1.9, 0.04, 0.3),
    "honey": Dye(0.06, 0.20, 0.62, 0.03, 0.14),
    "blond": Dye(0.03, 0.09, 0.30, 0.02, 0.12),
    "platinum": Dye(0.03, 0.04, 0.04, 0.02, 0.03),
    "silver": Dye(0.20, 0.18, 0.15, 0.02, 0.03),
    "red": Dye(0.12, 2.6, 2.2, 0.03, 0.12),
    "burgundy": Dye(0.5, 2.9, 1.9, 0.05, 0.3),
    "cherry": Dye(0.7, 2.4, 2.0, 0.05, 0.6),
    "pink": Dye(0.03, 0.85, 0.42, 0.02, 0.04),
    "purple": Dye(0.75, 2.0, 0.35, 0.04, 0.08),
    "blue": Dye(2.4, 0.85, 0.22, 0.05, 0.05),
    "teal": Dye(2.4, 0.42, 0.45, 0.05, 0.05),
    "green": Dye(1.4, 0.35, 1.5, 0.05, 0.05),
}
"""Dyes are clear in the infrared: what is dark there is the melanin that was left. Source: J. Cosmet. Sci. 51 (2000)
184: synthetic dyes do not absorb above 750 nm."""
GREY_PATTERNS = ("even", "temples", "front", "streak")

DYED = dict.fromkeys(DYES, 0.4) | {"none": 90, "brown": 2, "dark_brown": 1.5, "blond": 2, "black": 1, "honey": 1}
"""How often each is worn, percent or so."""

Amount = Annotated[Number, within(0, 1)]


_PLAIN = ("beard_first", "tips", "regrowth_mm")


class HairColorSpec(Frozen):
    """How a person's hair may be coloured. It belongs to the person, and brows, lashes and beard follow it."""

    color: Annotated[Name, one_of(NATURAL)] | None = None
    """Natural colour; without it drawn to fit skin and ancestry."""
    grey: Amount | None = None
    """Share of strands without pigment; without it by age."""
    grey_pattern: Annotated[Name, one_of(GREY_PATTERNS)] = NameChoice(values=GREY_PATTERNS, weights=(5, 4, 2, 0.4))
    """Where the white strands are: salt and pepper everywhere, first at the temples, first in front, or in a lock."""
    beard_first: Annotated[Number, within(0.2, 3)] = TruncatedNormal(mean=1.3, sd=0.35, low=0.6, high=2.2)
    """Share of white hairs in the beard over that of the scalp."""
    tips: Amount = TruncatedNormal(mean=0.1, sd=0.12, low=0, high=0.5)
    """How much lighter the tips are than the roots; 1 has lost nearly all pigment there."""
    dye: Annotated[Name, one_of(DYES)] = NameChoice(values=tuple(DYES), weights=tuple(DYED.values()))
    """Of the hair of the head alone."""
    regrowth_mm: Annotated[Number, within(0, 200)] = TruncatedNormal(mean=6, sd=8, low=0, high=40)
    """Length at the roots that has grown since the hair was dyed."""


class HairColor(Frozen):
    """One person's hair colour.

    Attributes:
        color: Name of the natural colour.
        melanin: Concentration; 0.2 is blond, 4 black.
        pheomelanin: Red share of the melanin.
        grey: Share of strands without pigment.
        dye: Name of the dye, or none.
        grey_pattern: Where the grey is.
        beard_first: Share of white hairs in the beard over `grey`.
        tips: Share of the pigment that is lost at the tips.
        regrowth_mm: Length at the roots without dye.
    """

    color: str
    melanin: float
    pheomelanin: float
    grey: float
    dye: str = "none"
    grey_pattern: str = "even"
    beard_first: float = 1.15
    tips: float = 0.1
    regrowth_mm: float = 0.0

    def elsewhere(self, color: str | None, grey: float | None, first: float = 1.0) -> "HairColor":
        """Return the colour of hair of the face: this one, unless a colour or a share of grey is set for it."""
        melanin, red = (self.melanin, self.pheomelanin) if color is None else NATURAL[color]
        share = min(self.grey * first, 1.0) if grey is None else grey
        return self.model_copy(update={"melanin": melanin, "pheomelanin": red, "grey": share, "dye": "none"})


def sample_hair_color(
    spec: HairColorSpec, ancestry: dict[str, float], tone: float, age: float, male: float, key: Key
) -> HairColor:
    """Draw a person's hair colour.

    Args:
        spec: What it may be.
        ancestry: The shares that shape the head.
        tone: Of the skin, 0 lightest to 1 darkest.
        age: Years.
        male: 0 female .. 1 male.
        key: Of the person.
    """
    if spec.color is None:
        light = np.clip(ancestry["caucasian"] * 1.25 - 0.25, 0, 1) * np.clip(1.5 - 2.6 * tone, 0, 1)
        weights = light * np.array(LIGHT_HAIRED) + (1 - light) * np.array(DARK_HAIRED)
        color = draw_one(NATURAL, weights, key.child("color"))
    else:
        color = draw_name(spec.color, key.child("color"))
    melanin, red = NATURAL[color]
    spread = key.child("melanin").rng().normal(size=2)
    grey = grey_at(age, male, key.child("grey")) if spec.grey is None else draw_number(spec.grey, key.child("grey"))
    return HairColor(
        color=color,
        melanin=round(float(melanin * np.exp(0.2 * spread[0])), 4),
        pheomelanin=round(float(np.clip(red + 0.05 * spread[1], 0, 1)), 4),
        grey=round(float(grey), 4),
        dye=draw_name(spec.dye, key.child("dye")),
        grey_pattern=draw_name(spec.grey_pattern, key.child("grey_pattern")),
        **draw_numbers(spec, _PLAIN, key, 4),
    )


def grey_at(age: float, male: float, key: Key) -> float:
    """Return the share of grey strands at an age: half at 58 +- 10 years, women later (many of them by dye).

    Source: Panhard et al., Br. J. Dermatol. 167 (2012) 865: at 45-65 74% of people have grey, 27% of the hair on mean.
    """
    u = float(np.clip(key.rng().random(), 1e-4, 1 - 1e-4))
    half = 58 + 10 * float(ndtri(u)) + 8 * (1 - np.clip(male, 0, 1))
    share = 1 / (1 + np.exp(-(age - half) / 5.0))
    return float(share) if share > 0.01 else 0.0


def fibre(color: HairColor, roughness: float = 0.3, dyed: bool = False, film: HairFilm = DRY) -> HairFibre:
    """Return the material of hair; its strands carry `pigment`, the concentration of melanin in each.

    Args:
        color: Of the person.
        roughness: Along the fibre.
        dyed: Whether the dye is in; then the strands carry `dyed_from` as well.
        film: Water and grease on it.
    """
    red, dark = color.pheomelanin, film.darkening
    rgb = [dark * ((1 - red) * e + red * p) for e, p in zip(EUMELANIN_RGB, PHEOMELANIN_RGB, strict=True)]

    def infrared(nm: float) -> float:
        eumelanin = EUMELANIN_RGB[0] * (nm / RED_NM) ** EUMELANIN_POWER
        return dark * ((1 - red) * eumelanin + red * PHEOMELANIN_RGB[0] * (nm / RED_NM) ** PHEOMELANIN_POWER)

    dye = DYES[color.dye if dyed else "none"]
    return HairFibre(
        melanin=Spectrum((rgb[0], rgb[1], rgb[2]), infrared(850), infrared(940)),
        dye=Spectrum((dark * dye.red, dark * dye.green, dark * dye.blue), dye.infrared, dye.infrared),
        roughness=roughness * film.smoothing,
        tip=0.04 + 0.9 * color.tips,
        melanin_left=dye.melanin_left,
    )


def grey_share(color: HairColor, at: NDArray) -> NDArray:
    """Return the share (n,) of white strands at places (n, 3) of the chart."""
    angle = np.degrees(np.arctan2(np.abs(at[:, 0]), -(at[:, 1] + 0.055)))
    temples = np.exp(-(((angle - 72) / 30) ** 2)) * (1 - smooth_step(at[:, 2], 0.80, 0.86))
    if color.grey_pattern == "temples":
        factor = 0.35 + 2.2 * temples
    elif color.grey_pattern == "front":
        factor = 0.45 + 1.5 * smooth_step(-at[:, 1], 0.055, 0.105)
    elif color.grey_pattern == "streak":
        lock = np.exp(-(((at[:, 0] - 0.026) / 0.009) ** 4)) * smooth_step(-at[:, 1], 0.045, 0.065)
        return np.clip(0.4 * color.grey + 0.95 * lock * smooth_step(color.grey, 0.02, 0.15), 0, 1)
    else:
        factor = np.ones(len(at))
    return np.clip(color.grey * factor + color.grey**3 * (1 - factor), 0, 1)


def scalp_attributes(
    color: HairColor, hairs: NDArray, at: NDArray, lock: NDArray, key: Key, rooted: bool = True
) -> dict[str, NDArray[np.float32]]:
    """Return what each strand of the head carries for its material.

    Args:
        color: Of the person.
        hairs: (n, k, 3) strands, metres.
        at: (n, 3) their roots on the chart.
        lock: (n,) lock each belongs to.
        key: Of the draw.
        rooted: Whether they begin at the skin, and so with what grew out under a dye.
    """
    found = {"pigment": pigment(color, len(hairs), key, lock, grey_share(color, at))}
    if color.dye != "none":
        length = np.linalg.norm(np.diff(hairs, axis=1), axis=-1).sum(1)
        own = np.exp(0.12 * key.child("regrowth").rng().normal(size=len(hairs)))
        grown = color.regrowth_mm * 1e-3 * own * rooted
        found["dyed_from"] = (grown / np.maximum(length, 1e-4)).astype(np.float32)
    return found


def pigment(
    color: HairColor, count: int, key: Key, lock: NDArray | None = None, white: NDArray | float | None = None
) -> NDArray[np.float32]:
    """Return the concentration of melanin in each of `count` strands: most near the person's, the grey ones white.

    Args:
        color: Of the person.
        count: Of strands.
        key: Of the draw.
        lock: (count,) lock each strand belongs to; strands of a lock are alike. Or None.
        white: Share of strands without pigment, one or (count,), if it is not the person's.
    """
    rng = key.rng()
    own = rng.normal(size=count)
    if lock is not None:
        own = 0.6 * own + 0.8 * key.child("lock").rng().normal(size=int(lock.max(initial=0)) + 1)[lock]
    spread = 0.10 + 0.14 * np.exp(-color.melanin)  # streaks show in light hair
    amount = color.melanin * np.exp(spread * own)
    bare = rng.random(count) < np.clip(color.grey if white is None else white, 0, 1)
    return np.where(bare, WHITE * np.exp(0.3 * own), amount).astype(np.float32)
