"""The colour of eyes: iris and white, as albedo at the vertices of the eyeball."""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from synthgen.distributions import Name, Number, Uniform, draw_name, draw_number, one_of, within
from synthgen.frozen import Frozen
from synthgen.rng import Key
from synthgen.skin.chromophores import (
    VISIBLE_NM,
    WAVELENGTHS_NM,
    spectrum_to_linear_srgb,
)

IRIS_COLORS = {
    "blue": (0.10, 0.05),
    "grey": (0.16, 0.02),
    "green": (0.22, 0.80),
    "hazel": (0.44, 0.45),
    "amber": (0.56, 0.80),
    "brown": (0.72, 0.15),
    "dark_brown": (0.95, 0.10),
}
"""Melanin of the iris' stroma, 0 to 1, and its pheomelanin share."""
LIGHT_EYED = (0.22, 0.14, 0.15, 0.20, 0.05, 0.20, 0.04)
"""How often each colour occurs among people whose ancestry allows light eyes."""
DARK_EYED = (0.0, 0.0, 0.0, 0.02, 0.02, 0.36, 0.60)
COLLARETTE, LIMBAL_RING = 0.30, 0.87
"""Where these rings lie between the pupil (0) and the limbus (1)."""


class EyesSpec(Frozen):
    """How eyes may look. The colour belongs to the person, the pupil to the picture."""

    color: Annotated[Name, one_of(IRIS_COLORS)] | None = None
    """Of the iris; without it drawn to fit the person's skin and ancestry."""
    pupil_mm: Annotated[Number, within(1.5, 8)] = Uniform(low=2.5, high=5.0)
    """Diameter of the pupil."""


class Eyes(Frozen):
    """One pair of eyes.

    Attributes:
        color: Name of the iris' colour.
        melanin: Of the iris, 0 to 1.
        pheomelanin: Share of the melanin.
        pupil_mm: Diameter of the pupil.
        seed: Of its fibres.
    """

    color: str
    melanin: float
    pheomelanin: float
    pupil_mm: float
    seed: int


def sample_eyes(spec: EyesSpec, ancestry: dict[str, float], tone: float, person: Key, picture: Key) -> Eyes:
    """Draw eyes: colour by the person's key, pupil by the picture's."""
    if spec.color is None:
        light = np.clip(ancestry["caucasian"] * 1.2 - 0.2, 0, 1) * np.clip(1.4 - 2.5 * tone, 0, 1)
        weights = light * np.array(LIGHT_EYED) + (1 - light) * np.array(DARK_EYED)
        u = person.child("color").rng().random()
        row = int(np.searchsorted(np.cumsum(weights / weights.sum()), u, side="right"))
        color = list(IRIS_COLORS)[min(row, len(IRIS_COLORS) - 1)]
    else:
        color = draw_name(spec.color, person.child("color"))
    melanin, pheomelanin = IRIS_COLORS[color]
    spread = person.child("melanin").rng().normal(0, 0.04, 2)
    return Eyes(
        color=color,
        melanin=round(float(np.clip(melanin + spread[0], 0.02, 1)), 4),
        pheomelanin=round(float(np.clip(pheomelanin + spread[1], 0, 0.9)), 4),
        pupil_mm=round(draw_number(spec.pupil_mm, picture.child("pupil_mm")), 3),
        seed=person.child("seed").integer(31),
    )


def iris_albedo(eyes: Eyes, uv: NDArray, side: str) -> NDArray:
    """Return reflectance (n, 5) (R, G, B, 850, 940 nm) of the iris at (angle share, 0 pupil .. 1 limbus).

    Light scattered back by the stroma is filtered twice by its melanin; melanin itself scatters a little brown and
    infrared back, which makes brown irises the brighter ones in the infrared.
    """
    rng = Key(f"iris/{eyes.seed}/{side}").rng()
    angle, rho = uv[:, 0], uv[:, 1]
    fibre = _ring_noise(rng, angle, 70) * 0.8 + _ring_noise(rng, angle, 31) * 0.6
    collarette = COLLARETTE + 0.03 * _ring_noise(rng, angle, 9)
    ridge = np.exp(-(((rho - collarette) / 0.04) ** 2))
    crypt = np.clip(_ring_noise(rng, angle, 13) - 0.7, 0, 1) * np.exp(-(((rho - collarette - 0.15) / 0.14) ** 2))
    density = 5 * eyes.melanin**1.7 * (1 + 0.16 * fibre - 0.15 * ridge)
    density += 0.3 * (1 - 0.5 * eyes.melanin) * np.exp(-(((rho - 0.75 * collarette) / 0.17) ** 2)) * (1 + 0.3 * fibre)
    albedo = _stroma_table(eyes.pheomelanin)(np.clip(density, 0, 9))
    albedo = albedo * np.clip(1 + 0.28 * fibre + 0.35 * ridge - 0.55 * crypt, 0.2, 2)[:, None]
    limbal = 1 / (1 + np.exp(-(rho - LIMBAL_RING - 0.01 * _ring_noise(rng, angle, 8)) / 0.035))
    albedo *= 1 - limbal[:, None] * [0.84, 0.81, 0.74, 0.5, 0.45]
    albedo *= 1 - 0.9 * np.exp(-((rho / 0.025) ** 2))[:, None] * [1, 1, 1, 0.7, 0.7]
    return np.clip(albedo, 0.002, 0.9)


def _stroma_table(pheomelanin: float):
    """Return a function of melanin density (n,) in [0, 9] -> reflectance (n, 5)."""
    nm = WAVELENGTHS_NM
    mu = (1 - pheomelanin) * (nm / 600) ** -3.33 + 0.8 * pheomelanin * (nm / 600) ** -4.75
    mu = mu ** np.where(nm < VISIBLE_NM[-1] + 80, 0.62, 1.0)  # keeps browns from turning orange
    scatter = 0.045 + 0.135 * (nm / 460) ** -2.3
    grid = np.linspace(0, 9, 128)
    d = grid[:, None]
    spectrum = scatter * np.exp(-1.24 * d * mu) + 0.46 * (1 - np.exp(-0.22 * d * d)) * np.exp(-mu * (1.75 + 0.2 * d))
    table = np.concatenate([spectrum_to_linear_srgb(spectrum), spectrum[:, -2:]], 1)
    return lambda density: np.stack([np.interp(density, grid, table[:, k]) for k in range(5)], 1)


def sclera_albedo(eyes: Eyes, local_mm: NDArray, age: float, side: str) -> NDArray:
    """Return reflectance (n, 5) of the sclera at points (n, 3) of the eye's frame: redder away from the iris."""
    old = float(np.clip((age - 30) / 55, 0, 1))
    polar = np.arctan2(np.hypot(local_mm[:, 0], local_mm[:, 1]), local_mm[:, 2])
    angle = (np.arctan2(local_mm[:, 1], local_mm[:, 0]) / (2 * np.pi)) % 1
    rng = Key(f"sclera/{eyes.seed}/{side}").rng()
    veins = np.clip(0.5 * _ring_noise(rng, angle, 40) + 0.5 * _ring_noise(rng, angle, 17) - 0.6, 0, 1)
    far = np.clip((polar - 0.5) / 0.75, 0, 1) ** 1.2
    blood = np.clip(0.35 * far + 0.5 * veins * far, 0, 1)[:, None]
    base = np.array([0.66, 0.59, 0.53, 0.62, 0.56]) * (1 - old * np.array([0.03, 0.06, 0.16, 0.02, 0.02]))
    return base * (1 - blood * [0.22, 0.46, 0.45, 0.08, 0.08])


def _ring_noise(rng: np.random.Generator, angle: NDArray, waves: int) -> NDArray:
    """Return smooth periodic noise (n,) of about unit variance along the angle share, up to `waves` cycles."""
    k = np.arange(max(1, waves // 3), waves + 1)
    phase = rng.uniform(0, 2 * np.pi, len(k))
    weight = rng.normal(size=len(k))
    share, place = np.unique(angle, return_inverse=True)
    values = np.cos(2 * np.pi * share[:, None] * k + phase) @ weight
    return (values / (np.sqrt((weight**2).sum() / 2) + 1e-9))[place]
