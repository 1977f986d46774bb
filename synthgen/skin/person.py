"""A person's skin: how much of each chromophore, what marks it, and how worn it is."""

from typing import Annotated, Literal

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from synthgen.color import individual_typology_angle, linear_to_lab
from synthgen.distributions import (
    Number,
    TruncatedNormal,
    Uniform,
    draw_given,
    draw_number,
    draw_numbers,
    standard_normal,
    within,
)
from synthgen.frozen import Frozen
from synthgen.rng import Key
from synthgen.skin.chromophores import EPIDERMIS_MM, SkinTable, melanin_fraction
from synthgen.skin.tone import (
    ANCESTRY_TONES,
    FITZPATRICK,
    MONK_TONES,
    TONE_SD,
    fitzpatrick_range,
    fitzpatrick_type,
    monk_step,
    tone_from_ita,
)

BLOOD = 0.0155
"""Blood volume fraction of the dermis of a face at rest, where it is neither red nor pale."""
SATURATION, LIP_SATURATION, VENOUS_SATURATION = 0.80, 0.97, 0.35

Amount = Annotated[Number, within(0, 1)]
_TONES = ("tone", "monk", "fitzpatrick", "ita_deg")


class SkinSpec(Frozen):
    """How a person's skin may be. It belongs to the person: the same id has the same skin in every picture."""

    tone: Amount | None = None
    """0 lightest .. 1 darkest, the logarithm of melanin; without it drawn around the mean of the ancestry."""
    monk: Annotated[Number, within(1, 10)] | None = None
    """Instead of tone: a step of the Monk scale, 1 lightest .. 10 darkest."""
    fitzpatrick: Literal["I", "II", "III", "IV", "V", "VI"] | None = None
    """Instead of tone: a type; the tone is drawn evenly within it."""
    ita_deg: Annotated[Number, within(-75, 60)] | None = None
    """Instead of tone: the individual typology angle of the bare skin, degrees, high is light."""
    redness: Annotated[Number, within(0.3, 3)] = TruncatedNormal(mean=1.0, sd=0.65, low=0.36, high=1.9)
    """Blood in the skin; 1 is usual."""
    oil: Amount = Uniform(low=0.2, high=0.8)
    """Shine of forehead and nose."""
    pheomelanin: Annotated[Number, within(0.02, 0.5)] = Uniform(low=0.03, high=0.35)
    """Red-yellow share of the melanin."""
    carotene: Annotated[Number, within(0, 0.3)] = Uniform(low=0.0, high=0.23)
    """Yellow pigment of the diet."""
    mottling: Annotated[Number, within(0, 2)] = TruncatedNormal(mean=1.0, sd=0.15, low=0.6, high=1.35)
    """Unevenness of colour over millimetres; 1 is usual, 0 is airbrushed."""
    freckles: Annotated[Number, within(0, 1.2)] | None = None
    """Without it drawn: none for most, many for some of the light."""
    moles: Annotated[Number, within(0, 3)] = TruncatedNormal(mean=0.6, sd=0.5, low=0.0, high=2.0)
    """1 is about seven on the face."""
    blemishes: Annotated[Number, within(0, 1.5)] = TruncatedNormal(mean=0.3, sd=0.25, low=0.0, high=1.0)
    """Red spots that come and go."""
    acne: Amount = 0.0
    """Inflamed papules and pustules on cheeks, forehead and chin."""
    age_spots: Amount | None = None
    """Lentigines; without it by age."""
    circles: Amount = Uniform(low=0.05, high=0.7)
    """Dark circles under the eyes."""
    thread_veins: Amount | None = None
    """Widened vessels on nose and cheeks; without it by age."""
    veins: Amount = Uniform(low=0.0, high=0.8)
    """Blue veins at the temples and under the eyes, on light skin; they show best at 850 nm."""
    stubble: Amount | None = None
    """Shadow of a shaved beard; without it drawn by sex."""
    stubble_darkness: Amount = Uniform(low=0.4, high=1.0)
    """Darkness of the hair in the shadow."""
    wrinkles: Annotated[Number, within(0, 1.5)] | None = None
    """Depth of wrinkles; without it by age: 0 at 22, about 0.6 at 55, 1.2 at 85, and by the person."""
    pores: Annotated[Number, within(0, 2)] = TruncatedNormal(mean=1.0, sd=0.3, low=0.4, high=1.8)
    """Depth of pores; 1 is usual."""
    scars: Annotated[Number, within(0, 4)] = 0.0
    """Expected number of scars on the face."""
    birthmark: Amount = 0.0
    """A port-wine or a brown mark; its size and strength."""
    vitiligo: Amount = 0.0
    """Share of the skin around eyes and mouth without pigment."""
    sweat: Amount = 0.0
    """Film and beads of sweat."""
    vellus: Annotated[Number, within(0, 4)] = TruncatedNormal(mean=1.0, sd=0.4, low=0.2, high=2.2)
    """Peach fuzz, 1 is usual, 0 none; drawn where a pixel at the face is smaller than a third of a millimetre."""

    @model_validator(mode="after")
    def _one_tone(self) -> "SkinSpec":
        given = [name for name in _TONES if getattr(self, name) is not None]
        if len(given) > 1:
            raise PydanticCustomError(
                "one_tone",
                "{given} are both given; allowed: at most one of {names}",
                {"given": " and ".join(given), "names": ", ".join(_TONES)},
            )
        return self


class Skin(Frozen):
    """One person's skin; every field as in `SkinSpec`, drawn.

    Attributes:
        seed: Of its irregularities.
    """

    tone: float
    redness: float
    oil: float
    pheomelanin: float
    carotene: float
    mottling: float = 1.0
    freckles: float = 0.0
    moles: float = 0.0
    blemishes: float = 0.0
    acne: float = 0.0
    age_spots: float = 0.0
    circles: float = 0.3
    thread_veins: float = 0.0
    veins: float = 0.0
    stubble: float = 0.0
    stubble_darkness: float = 0.7
    wrinkles: float = 0.0
    pores: float = 1.0
    scars: Annotated[int, Field(ge=0)] = 0
    birthmark: float = 0.0
    vitiligo: float = 0.0
    sweat: float = 0.0
    vellus: float = 1.0
    seed: int = 0

    @property
    def melanin(self) -> float:
        """Return the melanosome fraction of the epidermis."""
        return float(melanin_fraction(self.tone))

    @property
    def blood(self) -> float:
        """Return the blood fraction of the dermis."""
        return BLOOD * self.redness * (0.9 + 0.25 * (1 - self.tone))

    @property
    def darkness(self) -> float:
        """Return 0 for light and medium skin, 1 for the darkest: how much pigment hides what lies below."""
        return float(np.clip((self.tone - 0.35) / 0.5, 0, 1))

    def table(self, saturation: float = SATURATION, epidermis_mm: float = EPIDERMIS_MM) -> SkinTable:
        """Return this person's reflectances by melanin and blood."""
        return SkinTable(
            pheomelanin_share=self.pheomelanin,
            saturation=saturation,
            carotene=self.carotene,
            epidermis_mm=epidermis_mm,
        )

    def attributes(self) -> dict[str, float | int | str]:
        """Return what labels say of the skin."""
        rgb = self.table()(np.array([self.melanin]), np.array([self.blood]))[0, :3]
        named = ("freckles", "moles", "acne", "stubble", "wrinkles", "scars", "birthmark", "vitiligo", "sweat")
        return {
            "tone": self.tone,
            "melanin": round(self.melanin, 5),
            "haemoglobin": round(self.blood, 5),
            "ita_deg": round(float(individual_typology_angle(linear_to_lab(rgb))), 2),
            "fitzpatrick": fitzpatrick_type(self.tone),
            "monk": monk_step(self.tone),
            **{name: getattr(self, name) for name in named},
        }


def sample_skin(spec: SkinSpec, ancestry: dict[str, float], age: float, male: float, key: Key) -> Skin:
    """Draw a person's skin.

    Args:
        spec: What it may be.
        ancestry: The shares that shape the head.
        age: Years.
        male: 0 female .. 1 male.
        key: Of the person.
    """
    tone = _tone(spec, ancestry, key)
    plain = ("redness", "oil", "pheomelanin", "carotene", "mottling", "moles", "blemishes", "acne", "circles")
    plain += ("veins", "stubble_darkness", "pores", "birthmark", "vitiligo", "sweat", "vellus")
    drawn = draw_numbers(spec, plain, key)
    wear = float(np.clip((age - 45) / 40, 0, 1))
    usual = {
        "freckles": max(0.0, _normal(key, "freckles", -0.25, 0.45)) * float(np.clip(1.4 - 2.6 * tone, 0, 1)),
        "age_spots": wear * abs(_normal(key, "age_spots", 0.6, 0.3)) * 0.8,
        "thread_veins": (0.08 + 0.5 * wear) * abs(_normal(key, "thread_veins", 0.8, 0.5)),
        "stubble": float(male > 0.5) * max(0.0, _normal(key, "stubble", 0.35, 0.3)),
        "wrinkles": age_weight(age) * float(np.exp(_normal(key, "wrinkles", 0.0, 0.3))),
    }
    highest = {"freckles": 1.2, "wrinkles": 1.5}
    bounded = {name: float(np.clip(value, 0, highest.get(name, 1.0))) for name, value in usual.items()}
    drawn |= draw_given(spec, bounded, key)
    scars = key.child("scars", "count").rng().poisson(draw_number(spec.scars, key.child("scars")))
    rounded = {name: round(value, 5) for name, value in {"tone": tone, **drawn}.items()}
    return Skin(**rounded, scars=int(scars), seed=key.child("seed").integer(31))


def age_weight(age: float) -> float:
    """Return how wrinkled an average skin is: 0 until 22, about 0.2 at 35, 0.6 at 55, 1.2 at 85."""
    return 1.25 * float(np.clip((age - 22) / 63, 0, 1)) ** 1.05


def _normal(key: Key, name: str, mean: float, sd: float) -> float:
    return mean + sd * standard_normal(key.child(name))


def _tone(spec: SkinSpec, ancestry: dict[str, float], key: Key) -> float:
    if spec.tone is not None:
        return draw_number(spec.tone, key.child("tone"))
    if spec.monk is not None:
        return float(np.interp(draw_number(spec.monk, key.child("tone")), np.arange(1, 11), MONK_TONES))
    if spec.ita_deg is not None:
        return tone_from_ita(draw_number(spec.ita_deg, key.child("tone")), BLOOD)
    if spec.fitzpatrick is not None:
        low, high = fitzpatrick_range(FITZPATRICK.index(spec.fitzpatrick))
        return draw_number(Uniform(low=low, high=high), key.child("tone"))
    shares = np.clip(list(ancestry.values()), 0, None)
    mean = float(shares @ [ANCESTRY_TONES[name] for name in ancestry] / shares.sum())
    tone = abs(_normal(key, "tone", mean, TONE_SD))  # mirrored at the ends, so that no one piles up there
    return float(np.clip(2 - tone if tone > 1 else tone, 0, 1))
