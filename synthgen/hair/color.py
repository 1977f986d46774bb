"""What colours hair: two melanins, strands without any, and dye; in visible light and the near infrared."""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from synthgen.distributions import Name, NameChoice, Number, draw_name, draw_number, draw_one, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import HairFibre, Spectrum
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
DYES: dict[str, tuple[float, float, float, float]] = {
    "none": (0.0, 0.0, 0.0, 0.0),
    "black": (3.2, 3.4, 3.6, 0.10),
    "red": (0.12, 2.6, 2.2, 0.03),
    "burgundy": (0.5, 2.9, 1.9, 0.05),
    "cherry": (0.7, 2.4, 2.0, 0.05),
    "platinum": (0.02, 0.03, 0.05, 0.02),
    "pink": (0.03, 0.85, 0.42, 0.02),
    "purple": (0.75, 2.0, 0.35, 0.04),
    "blue": (2.4, 0.85, 0.22, 0.05),
    "teal": (2.4, 0.42, 0.45, 0.05),
    "green": (1.4, 0.35, 1.5, 0.05),
}
"""Absorption of dyes at full strength in red, green, blue and the infrared, where they are clear. Before a bright dye
the hair is bleached, so its melanin goes (`BLEACHED`)."""
BLEACHED = 0.12
"""Share of the melanin that bleaching leaves."""

Amount = Annotated[Number, within(0, 1)]


class HairColorSpec(Frozen):
    """How a person's hair may be coloured. It belongs to the person, and brows, lashes and beard follow it."""

    color: Annotated[Name, one_of(NATURAL)] | None = None
    """Natural colour; without it drawn to fit skin and ancestry."""
    grey: Amount | None = None
    """Share of strands without pigment; without it by age."""
    dye: Annotated[Name, one_of(DYES)] = NameChoice(
        values=("none", "red", "burgundy", "pink", "purple", "blue", "teal", "black"),
        weights=(0.94, 0.01, 0.01, 0.01, 0.01, 0.005, 0.005, 0.01),
    )
    """Of the hair of the head alone."""


class HairColor(Frozen):
    """One person's hair colour.

    Attributes:
        color: Name of the natural colour.
        melanin: Concentration; 0.2 is blond, 4 black.
        pheomelanin: Red share of the melanin.
        grey: Share of strands without pigment.
        dye: Name of the dye, or none.
    """

    color: str
    melanin: float
    pheomelanin: float
    grey: float
    dye: str = "none"


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
    )


def grey_at(age: float, male: float, key: Key) -> float:
    """Return the share of grey strands at an age: half at 58 +- 10 years, women later (many of them by dye).

    Source: Panhard et al., Br. J. Dermatol. 167 (2012) 865: at 45-65 74% of people have grey, 27% of the hair on mean.
    """
    u = float(np.clip(key.rng().random(), 1e-4, 1 - 1e-4))
    half = 58 + 10 * float(ndtri(u)) + 8 * (1 - np.clip(male, 0, 1))
    share = 1 / (1 + np.exp(-(age - half) / 5.0))
    return float(share) if share > 0.01 else 0.0


def fibre(color: HairColor, roughness: float = 0.3, dyed: bool = False) -> HairFibre:
    """Return the material of hair; its strands carry `pigment`, the concentration of melanin in each.

    Args:
        color: Of the person.
        roughness: Along the fibre; wet or oiled hair has less.
        dyed: Whether the dye is in.
    """
    red = color.pheomelanin
    rgb = [(1 - red) * e + red * p for e, p in zip(EUMELANIN_RGB, PHEOMELANIN_RGB, strict=True)]

    def infrared(nm: float) -> float:
        eumelanin = EUMELANIN_RGB[0] * (nm / RED_NM) ** EUMELANIN_POWER
        return (1 - red) * eumelanin + red * PHEOMELANIN_RGB[0] * (nm / RED_NM) ** PHEOMELANIN_POWER

    r, g, b, nir = DYES[color.dye] if dyed else DYES["none"]
    return HairFibre(
        melanin=Spectrum((rgb[0], rgb[1], rgb[2]), infrared(850), infrared(940)),
        dye=Spectrum((r, g, b), nir, nir),
        roughness=roughness,
    )


def pigment(
    color: HairColor, count: int, key: Key, lock: NDArray | None = None, grey: float = 1.0, dyed: bool = False
) -> NDArray[np.float32]:
    """Return the concentration of melanin in each of `count` strands: most near the person's, the grey ones white.

    Args:
        color: Of the person.
        count: Of strands.
        key: Of the draw.
        lock: (count,) lock each strand belongs to; strands of a lock are alike. Or None.
        grey: Factor on the share of grey strands: brows turn grey later, beards earlier.
        dyed: Whether the hair was bleached for a dye.
    """
    rng = key.rng()
    own = rng.normal(size=count)
    if lock is not None:
        own = 0.6 * own + 0.8 * key.child("lock").rng().normal(size=int(lock.max(initial=0)) + 1)[lock]
    spread = 0.10 + 0.14 * np.exp(-color.melanin)  # streaks show in light hair
    amount = color.melanin * np.exp(spread * own) * (BLEACHED if dyed and color.dye != "none" else 1.0)
    white = rng.random(count) < np.clip(color.grey * grey, 0, 1)
    return np.where(white, WHITE * np.exp(0.3 * own), amount).astype(np.float32)
