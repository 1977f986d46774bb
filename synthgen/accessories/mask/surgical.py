"""A surgical mask: three pleats, welded edges, a wire over the nose, loops round the ears."""

from collections.abc import Mapping
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.mask.loops import hanging, looped, pulled_ears
from synthgen.accessories.mask.nonwoven import COLORS, elastic, nonwoven
from synthgen.accessories.mask.sheet import LOOPED_WEARS, Cut, Sheet, creases, lay, spread
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.ramps import smooth_step
from synthgen.rng import Key

PLEATS = (0.24, 0.45, 0.66)
"""Where the pleats' lower edges are, from the chin up."""
PLEAT, LIP, HEM = 0.17, 0.012, 0.05
"""Height of a pleat, of its edge and of the welded hems, as shares of the mask's height."""
THICKNESS_MM = 0.6
FLAT_MM = (165.0, 92.0)
"""Width and height of the mask laid flat."""


class SurgicalSpec(Frozen):
    """A pleated surgical mask."""

    kind: Literal["surgical"] = "surgical"
    wear: Annotated[Name, one_of(LOOPED_WEARS)] = NameChoice(values=LOOPED_WEARS, weights=(16, 2, 2, 1))
    """How it is worn."""
    color: Annotated[Name, one_of(COLORS)] = NameChoice(values=tuple(COLORS), weights=(6, 3, 1, 1, 1, 1, 2))
    """Of its outer side."""
    nir_albedo: Annotated[Number, within(0.02, 0.9)] = Uniform(low=0.6, high=0.85)
    """In the near infrared, whatever its colour."""
    slack: Annotated[Number, within(0, 1)] = Uniform(low=0.2, high=0.9)
    """How far pleats and creases stand off."""


class Surgical(Frozen):
    """One surgical mask; see `SurgicalSpec`."""

    kind: Literal["surgical"] = "surgical"
    wear: str
    color: str
    nir_albedo: float
    slack: float
    seed: int


def sample(spec: SurgicalSpec, key: Key) -> Surgical:
    """Draw a mask."""
    return drawn(Surgical, spec, key)


def build(mask: Surgical, fit: Fit) -> Worn:
    """Return a mask on a face, or on an ear."""
    if mask.wear == "ear":
        return hanging("surgical", FLAT_MM, THICKNESS_MM, fit, Key(f"surgical/{mask.seed}"))
    marks = [place for edge in PLEATS for place in (edge - LIP, edge)]
    across = spread(81, -0.93, 0.93, low=-1, high=1)
    sheet = lay(fit, mask.wear, Cut(reach=0.72), across, spread(97, *marks, HEM, 1 - HEM))
    return looped("surgical", sheet, sheet.raised(_height(sheet, mask), fit, THICKNESS_MM), THICKNESS_MM, fit)


def _height(sheet: Sheet, mask: Surgical) -> NDArray:
    """Return how far (n, m) the mask stands off a taut sheet: pleats, hems, wire, creases from the corners."""
    v, s = sheet.up[:, None], np.abs(sheet.across)
    edge = np.minimum(v, 1 - v)
    pleats = np.zeros((len(v), len(s)))
    for low in PLEATS:
        fold = np.where(v < low + PLEAT, smooth_step(v, low - LIP, low) * np.clip(1 - (v - low) / PLEAT, 0, 1), 0)
        pleats += fold * (1.2 + 1.2 * mask.slack) * (1 - 0.45 * s**2)
    inside = smooth_step(1 - s, 0, 0.06) * smooth_step(edge, 0, 0.04)
    hems = 0.35 * (1 - smooth_step(edge, HEM - 0.006, HEM + 0.006)) + 0.3 * (1 - smooth_step(1 - s, 0.06, 0.075))
    wire = 0.7 * np.exp(-(((v - 0.965) / 0.012) ** 2)) * (1 - smooth_step(s, 0.38, 0.44))
    folds = (0.4 + 0.8 * mask.slack) * creases(sheet, Key(f"surgical/{mask.seed}"))
    belly = 5.0 * mask.slack * np.sin(np.pi * v) * np.cos(np.pi / 2 * s) ** 2
    return inside * (pleats + folds) + belly + hems + wire


def materials(mask: Surgical) -> dict[str, Material]:
    """Return the materials of a mask, by the names its meshes use."""
    return {"surgical_cloth": nonwoven(mask.color, mask.nir_albedo), "surgical_loop": elastic(mask.color)}


def targets(mask: Surgical) -> Mapping[str, float]:
    """Return how the loops pull the ears."""
    return pulled_ears(mask.wear)


SURGICAL = Kind(SurgicalSpec, Surgical, sample, build, materials, targets, soft=("_loop",), lift_mm=6.0)
