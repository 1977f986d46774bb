"""Scales of skin tone, and how they lie on ours: 0 lightest .. 1 darkest, the logarithm of melanin."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthgen.color import individual_typology_angle, linear_to_lab
from synthgen.skin.chromophores import SkinTable, melanin_fraction

ANCESTRY_TONES = {"african": 1.08, "asian": 0.28, "caucasian": 0.04}
"""Tone at each pole of ancestry about which people spread by TONE_SD, mirrored at both ends of the scale; with it the
angle of typology spreads over drawn people by 30 degrees, as in photographs of people."""
TONE_SD = 0.13
FITZPATRICK = ("I", "II", "III", "IV", "V", "VI")
FITZPATRICK_TONES = (0.08, 0.20, 0.38, 0.54, 0.76)
"""Upper tone limits of types I to V."""
MONK_TONES = (0.0, 0.04, 0.10, 0.18, 0.30, 0.45, 0.65, 0.82, 0.94, 1.0)
"""Tone of each step of the Monk scale. Its lightest chips are brighter than the diffuse albedo of any face; they are
matched by order and spacing, not by lightness."""


def fitzpatrick_type(tone: float) -> str:
    """Return the Fitzpatrick type, I to VI, of a tone."""
    return FITZPATRICK[int(np.searchsorted(FITZPATRICK_TONES, tone))]


def fitzpatrick_range(index: int) -> tuple[float, float]:
    """Return the tones between which a type, 0 to 5, lies."""
    limits = (0.0, *FITZPATRICK_TONES, 1.0)
    return limits[index], limits[index + 1]


def monk_step(tone: float) -> int:
    """Return the step of the Monk scale, 1 to 10, nearest to a tone."""
    return int(np.abs(np.array(MONK_TONES) - tone).argmin()) + 1


def tone_from_ita(ita_deg: float, blood: float) -> float:
    """Return the tone whose bare skin has an individual typology angle; the nearest one beyond the ends.

    Source: Chardon et al., Int. J. Cosmet. Sci. 13 (1991) 191.
    """
    tones, angles = _ita_curve(blood)
    return float(np.interp(-ita_deg, -angles, tones))


@lru_cache(maxsize=4)
def _ita_curve(blood: float) -> tuple[NDArray, NDArray]:
    tones = np.linspace(0, 1, 201)
    table = SkinTable(pheomelanin_share=0.12, saturation=0.8, carotene=0.05)
    rgb = table(melanin_fraction(tones), np.full(len(tones), blood))[:, :3]
    return tones, np.array([float(individual_typology_angle(linear_to_lab(one))) for one in rgb])
