"""Plain trousers, so that a wide view ends in clothes and not in nothing."""

from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.garment import Pattern, cut_pattern, drape, hem_rim
from synthgen.frozen import Frozen
from synthgen.head.model import Points
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.rng import Key

WAIST_MM, ANKLE_MM = 5.0, -760.0


class Trousers(Frozen):
    """Plain trousers.

    Attributes:
        color: Name of a fabric colour.
        nir_albedo: Albedo in the near infrared.
    """

    kind: Literal["trousers"] = "trousers"
    color: str
    nir_albedo: float


def sample(key: Key) -> Trousers:
    """Draw trousers in a sober colour."""
    colors = ("black", "navy", "charcoal", "denim", "khaki", "grey")
    rng = key.rng()
    return Trousers(color=str(rng.choice(colors)), nir_albedo=round(float(rng.uniform(0.25, 0.7)), 4))


def covers(rest_mm: NDArray) -> NDArray:
    """Return how far inside the trousers (n,) points (n, 3) of the rest mesh lie, millimetres; negative outside."""
    arm = (np.abs(rest_mm[:, 0]) > 250) & (rest_mm[:, 2] > -100)
    inside = np.minimum(WAIST_MM - rest_mm[:, 2], rest_mm[:, 2] - ANKLE_MM)
    return np.where(arm, -200.0, inside)


@lru_cache(maxsize=1)
def _pattern() -> Pattern:
    return cut_pattern(covers, levels=1)


def build(trousers: Trousers, posed_cage: Points) -> tuple[Mesh, ...]:
    """Return the trousers on a posed body (cage vertices (v, 3), metres)."""
    del trousers  # colour and albedo are the material's
    pattern = _pattern()
    vertices = drape(pattern, posed_cage, np.full(len(pattern.rest_mm), 0.001), rounds=2)
    extra, rim = hem_rim(vertices, pattern, 0.0015, 0.012)
    triangles = np.concatenate([pattern.triangles, rim])
    border = np.unique(pattern.hems)
    return (
        Mesh(
            name="trousers",
            vertices=np.concatenate([vertices, extra]),
            triangles=triangles.astype(np.int32),
            part=np.full(len(triangles), Part.CLOTHING_LOWER, np.int16),
            materials=("trousers",),
            instance="trousers",
            attributes={"rest_mm": np.concatenate([pattern.rest_mm, *[pattern.rest_mm[border]] * 2])},
        ),
    )
