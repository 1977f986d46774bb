"""A person's skin: how much of each chromophore, and how it is spread over the face."""

from typing import Annotated

import numpy as np
from scipy.special import ndtri

from synthgen.color import individual_typology_angle, linear_to_lab
from synthgen.distributions import Number, TruncatedNormal, Uniform, draw_number, within
from synthgen.frozen import Frozen
from synthgen.rng import Key
from synthgen.skin.chromophores import SkinTable, melanin_fraction

ANCESTRY_TONES = {"african": 0.78, "asian": 0.30, "caucasian": 0.16}
"""Mean tone at each pole of ancestry; people spread about it by TONE_SD."""
TONE_SD = 0.10
BLOOD = 0.0125
"""Blood volume fraction of the dermis of a face at rest, where it is neither red nor pale."""
SATURATION, LIP_SATURATION, VENOUS_SATURATION = 0.80, 0.97, 0.35
FITZPATRICK_TONES = (0.08, 0.20, 0.38, 0.55, 0.78)
"""Upper tone limits of types I to V."""
MONK_TONES = (0.0, 0.04, 0.10, 0.18, 0.30, 0.45, 0.65, 0.82, 0.94, 1.0)
"""Tone of each step of the Monk scale. Its lightest chips are brighter than the diffuse albedo of any face; they are
matched by order and spacing, not by lightness."""


class SkinSpec(Frozen):
    """How a person's skin may be. It belongs to the person: the same id has the same skin in every picture."""

    tone: Annotated[Number, within(0, 1)] | None = None
    """0 lightest .. 1 darkest, the logarithm of melanin; without it drawn around the mean of the ancestry."""
    redness: Annotated[Number, within(0.4, 2)] = TruncatedNormal(mean=1.0, sd=0.2, low=0.6, high=1.6)
    """Blood in the skin; 1 is usual."""
    oil: Annotated[Number, within(0, 1)] = Uniform(low=0.2, high=0.8)
    """Shine of forehead and nose."""
    pheomelanin: Annotated[Number, within(0.02, 0.5)] = Uniform(low=0.05, high=0.3)
    """Red-yellow share of the melanin."""
    carotene: Annotated[Number, within(0, 0.15)] = Uniform(low=0.0, high=0.1)
    """Yellow pigment of the diet."""


class Skin(Frozen):
    """One person's skin.

    Attributes:
        tone: 0 lightest .. 1 darkest.
        redness: Blood relative to the usual.
        oil: Shine.
        pheomelanin: Share of the melanin.
        carotene: Share.
        seed: Of its irregularities.
    """

    tone: float
    redness: float
    oil: float
    pheomelanin: float
    carotene: float
    seed: int

    @property
    def melanin(self) -> float:
        """Return the melanosome fraction of the epidermis."""
        return float(melanin_fraction(self.tone))

    @property
    def blood(self) -> float:
        """Return the blood fraction of the dermis."""
        return BLOOD * self.redness * (0.9 + 0.25 * (1 - self.tone))

    def table(self, saturation: float = SATURATION, epidermis_mm: float = 0.07) -> SkinTable:
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
        return {
            "tone": self.tone,
            "melanin": round(self.melanin, 5),
            "haemoglobin": round(self.blood, 5),
            "ita_deg": round(float(individual_typology_angle(linear_to_lab(rgb))), 2),
            "fitzpatrick": ("I", "II", "III", "IV", "V", "VI")[int(np.searchsorted(FITZPATRICK_TONES, self.tone))],
            "monk": int(np.abs(np.array(MONK_TONES) - self.tone).argmin()) + 1,
        }


def sample_skin(spec: SkinSpec, ancestry: dict[str, float], key: Key) -> Skin:
    """Draw a person's skin; `ancestry` are the shares that shape the head."""
    if spec.tone is None:
        shares = np.clip(list(ancestry.values()), 0, None)
        mean = float(shares @ [ANCESTRY_TONES[name] for name in ancestry] / shares.sum())
        z = ndtri(np.clip(key.child("tone").rng().random(), 1e-9, 1 - 1e-9))
        tone = abs(mean + TONE_SD * z)  # mirrored at the ends, so that no one piles up there
        tone = float(np.clip(2 - tone if tone > 1 else tone, 0, 1))
    else:
        tone = draw_number(spec.tone, key.child("tone"))
    drawn = {
        name: draw_number(getattr(spec, name), key.child(name))
        for name in ("redness", "oil", "pheomelanin", "carotene")
    }
    rounded = {name: round(value, 5) for name, value in {"tone": tone, **drawn}.items()}
    return Skin(**rounded, seed=key.child("seed").integer(31))
