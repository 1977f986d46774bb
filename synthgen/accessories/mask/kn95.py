"""A KN95 mask: folded down the middle, welded seams, loops round the ears."""

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

THICKNESS_MM, WELD = 1.1, 0.045
FLAT_MM = (150.0, 100.0)
"""Width and height of the mask laid flat."""


class Kn95Spec(Frozen):
    """A folded KN95 mask."""

    kind: Literal["kn95"] = "kn95"
    wear: Annotated[Name, one_of(LOOPED_WEARS)] = NameChoice(values=LOOPED_WEARS, weights=(16, 2, 2, 1))
    """How it is worn."""
    color: Annotated[Name, one_of(COLORS)] = NameChoice(
        values=("white", "black", "grey", "blue", "pink"), weights=(8, 3, 1, 1, 1)
    )
    """Of its outer side."""
    nir_albedo: Annotated[Number, within(0.02, 0.9)] = Uniform(low=0.6, high=0.85)
    """In the near infrared, whatever its colour."""
    ridge_mm: Annotated[Number, within(6, 26)] = Uniform(low=12, high=19)
    """How far the fold stands off the lips."""


class Kn95(Frozen):
    """One KN95 mask; see `Kn95Spec`."""

    kind: Literal["kn95"] = "kn95"
    wear: str
    color: str
    nir_albedo: float
    ridge_mm: float
    seed: int


def sample(spec: Kn95Spec, key: Key) -> Kn95:
    """Draw a mask."""
    return drawn(Kn95, spec, key)


def build(mask: Kn95, fit: Fit) -> Worn:
    """Return a mask on a face, or on an ear."""
    if mask.wear == "ear":
        return hanging("kn95", FLAT_MM, THICKNESS_MM, fit, Key(f"kn95/{mask.seed}"))
    across = spread(97, -1 + WELD, -0.02, 0.0, 0.02, 1 - WELD, low=-1, high=1)
    sheet = lay(
        fit, mask.wear, Cut(reach=0.76, top_power=1.3, high_mm=18, low_mm=-14), across, spread(81, WELD, 1 - WELD)
    )
    return looped("kn95", sheet, sheet.raised(_height(sheet, mask), fit, THICKNESS_MM), THICKNESS_MM, fit)


def _height(sheet: Sheet, mask: Kn95) -> NDArray:
    """Return how far (n, m) the mask stands off a taut sheet: the fold, its weld, welded edges, a wire inside."""
    v, s = sheet.up[:, None], np.abs(sheet.across)
    edge = np.minimum(v, 1 - v)
    fold = mask.ridge_mm * np.exp(-np.hypot(s, 0.01) / 0.42) * np.sin(np.pi * np.clip(1.02 * v, 0, 1)) ** 0.75
    weld = 1.0 * np.exp(-((s / 0.012) ** 2))
    rim = -0.35 * (1 - smooth_step(np.minimum(edge, 0.9 * (1 - s)), WELD - 0.008, WELD + 0.008))
    dents = 0.12 * np.sin(v * 190) * np.exp(-(((s - 0.03) / 0.012) ** 2))
    wire = 0.6 * np.exp(-(((v - 0.925) / 0.016) ** 2)) * (1 - smooth_step(s, 0.36, 0.42))
    inside = smooth_step(1 - s, 0, 0.08) * smooth_step(edge, 0, 0.06)
    return fold + weld + rim + wire + inside * (dents + 0.5 * creases(sheet, Key(f"kn95/{mask.seed}")))


def materials(mask: Kn95) -> dict[str, Material]:
    """Return the materials of a mask, by the names its meshes use."""
    return {"kn95_cloth": nonwoven(mask.color, mask.nir_albedo), "kn95_loop": elastic(mask.color)}


def targets(mask: Kn95) -> Mapping[str, float]:
    """Return how the loops pull the ears."""
    return pulled_ears(mask.wear)


KN95 = Kind(Kn95Spec, Kn95, sample, build, materials, targets, soft=("_loop",), lift_mm=6.0)
