"""What lies on hair: water and grease draw strands together, make them shine and darken them."""

from dataclasses import replace
from typing import Annotated

import numpy as np

from synthgen.distributions import Number, TruncatedNormal, draw_numbers, within
from synthgen.frozen import Frozen
from synthgen.hair.obstacle import Around
from synthgen.hair.shaping import clump
from synthgen.hair.style import Style
from synthgen.parts import Part
from synthgen.rng import Key
from synthgen.strands import Strands

DRAWN = (Part.HAIR, Part.BEARD, Part.MOUSTACHE)
"""Hair long enough to stick together."""
SHORTEST_M = 0.004


class HairFilmSpec(Frozen):
    """How wet and greasy hair may be. It belongs to the picture."""

    water: Annotated[Number, within(0, 1)] = 0.0
    """0 dry, 1 soaked."""
    grease: Annotated[Number, within(0, 1)] = TruncatedNormal(mean=0.1, sd=0.12, low=0, high=0.6)
    """0 freshly washed, 1 unwashed for weeks or oiled."""


class HairFilm(Frozen):
    """Water and grease on hair; fields as in `HairFilmSpec`, drawn."""

    water: float = 0.0
    grease: float = 0.0

    @property
    def smoothing(self) -> float:
        """Return the factor on the roughness: a liquid fills the scales of the cuticle."""
        return (1 - 0.45 * self.water) * (1 - 0.3 * self.grease)

    @property
    def darkening(self) -> float:
        """Return the factor on absorption: light takes longer ways through fibres that touch."""
        return 1 + 0.5 * self.water + 0.15 * self.grease

    @property
    def sticking(self) -> float:
        """Return how much strands are drawn together, 0 to 1."""
        return min(0.9 * self.water + 0.5 * self.grease**1.5, 0.95)


DRY = HairFilm()


def sample_hair_film(spec: HairFilmSpec, key: Key) -> HairFilm:
    """Draw the state of the hair in one picture."""
    return HairFilm(**draw_numbers(spec, ("water", "grease"), key, 4))


def wet(style: Style, film: HairFilm) -> Style:
    """Return a style as it falls when hair is wet: heavy, flat and smooth, with its curls drawn out."""
    water = film.water
    if not water:
        return style
    coils = style.coils
    return replace(
        style,
        lift=(style.lift[0] * (1 - 0.6 * water), style.lift[1] * (1 - 0.8 * water)),
        volume=(
            style.volume[0] * (1 - 0.5 * water),
            style.volume[1] * (1 - 0.85 * water),
            style.volume[2] * (1 - 0.85 * water),
        ),
        gravity=style.gravity + 0.6 * water,
        adhesion=style.adhesion + (0.95 - style.adhesion) * 0.9 * water,
        frizz=style.frizz * (1 - 0.6 * water),
        flyaway=style.flyaway * (1 - 0.9 * water),
        coils=None if coils is None else replace(coils, radius_m=coils.radius_m * (1 - 0.35 * water)),
    )


def stick(strands: Strands, film: HairFilm, around: Around, key: Key) -> Strands:
    """Return strands drawn together by what lies on them, outside of the head as before."""
    hairs = strands.points
    if film.sticking < 0.03 or strands.part not in DRAWN or len(hairs) < 50:
        return strands
    length = float(np.median(np.linalg.norm(hairs[:, -1] - hairs[:, 0], axis=1)))
    if length < SHORTEST_M:
        return strands
    count = int(len(hairs) / np.interp(film.sticking, [0, 1], [8, 45]))
    drawn, _ = clump(hairs, hairs[:, 0], max(count, 40), film.sticking, 0.6, 0.25, key)
    drawn[:, 1:] = around.bare.push_out(drawn[:, 1:], 3e-4)
    return Strands(**{**vars(strands), "points": drawn.astype(np.float32)})
