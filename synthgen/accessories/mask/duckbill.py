"""A duckbill mask: two panels that meet in a beak before the mouth, two straps round the head."""

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.mask.cup import nose_clip
from synthgen.accessories.mask.loops import strapped
from synthgen.accessories.mask.nonwoven import COLORS, elastic, nonwoven
from synthgen.accessories.mask.sheet import WEARS, Cut, Sheet, creases, lay, spread
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material, Metal, Spectrum
from synthgen.ramps import smooth_step
from synthgen.rng import Key

THICKNESS_MM, SEAM = 1.0, 0.5


class DuckbillSpec(Frozen):
    """A duckbill mask."""

    kind: Literal["duckbill"] = "duckbill"
    wear: Annotated[Name, one_of(WEARS)] = NameChoice(values=WEARS, weights=(8, 1, 1))
    """How it is worn."""
    color: Annotated[Name, one_of(COLORS)] = NameChoice(values=("white", "blue", "black"), weights=(5, 3, 1))
    """Of its outer side."""
    nir_albedo: Annotated[Number, within(0.02, 0.9)] = Uniform(low=0.65, high=0.85)
    """In the near infrared, whatever its colour."""
    beak_mm: Annotated[Number, within(15, 45)] = Uniform(low=24, high=34)
    """How far the beak stands off the lips."""


class Duckbill(Frozen):
    """One duckbill mask; see `DuckbillSpec`."""

    kind: Literal["duckbill"] = "duckbill"
    wear: str
    color: str
    nir_albedo: float
    beak_mm: float
    seed: int


def sample(spec: DuckbillSpec, key: Key) -> Duckbill:
    """Draw a mask."""
    return drawn(Duckbill, spec, key)


def build(mask: Duckbill, fit: Fit) -> Worn:
    """Return a mask on a face."""
    across = spread(89, -0.95, 0.95, low=-1, high=1)
    cut = Cut(reach=0.62, top_power=1.7, high_mm=8, low_mm=-12, border_rounds=5)
    sheet = lay(fit, mask.wear, cut, across, spread(89, 0.05, SEAM - 0.02, SEAM, SEAM + 0.02, 0.95))
    points = sheet.raised(_height(sheet, mask), fit, THICKNESS_MM)
    return strapped("duckbill", sheet, points, THICKNESS_MM, fit, [(nose_clip(sheet, points), "clip")], 2.5)


def _height(sheet: Sheet, mask: Duckbill) -> NDArray:
    """Return how far (n, m) the mask stands off a taut sheet: two flat panels up to the seam of the beak."""
    v, s = sheet.up[:, None], np.abs(sheet.across)
    panel = 1 - np.hypot((v - SEAM) / 0.5, 0.03)
    beak = mask.beak_mm * np.clip(panel, 0, 1) ** 0.85 * (1 - s**3.5) ** 0.9
    seam = 1.2 * np.exp(-(((v - SEAM) / 0.01) ** 2)) * smooth_step(1 - s, 0, 0.1)
    edge = np.minimum(v, 1 - v)
    inside = smooth_step(1 - s, 0, 0.08) * smooth_step(edge, 0, 0.06)
    rim = -0.3 * (1 - smooth_step(edge, 0.04, 0.05))
    return beak + seam + rim + 0.8 * inside * creases(sheet, Key(f"duckbill/{mask.seed}"))


def materials(mask: Duckbill) -> dict[str, Material]:
    """Return the materials of a mask, by the names its meshes use."""
    return {
        "duckbill_cloth": nonwoven(mask.color, mask.nir_albedo),
        "duckbill_strap": elastic(mask.color),
        "duckbill_clip": Metal(Spectrum((0.75, 0.75, 0.76), 0.8, 0.8), 0.35),
    }


DUCKBILL = Kind(DuckbillSpec, Duckbill, sample, build, materials, soft=("duckbill_strap",), lift_mm=6.0)
