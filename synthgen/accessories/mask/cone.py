"""A dust mask: a light cone with pressed ribs, one strap round the head."""

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.mask.cup import dome, nose_clip
from synthgen.accessories.mask.loops import strapped
from synthgen.accessories.mask.nonwoven import COLORS, elastic, nonwoven
from synthgen.accessories.mask.sheet import WEARS, Cut, Sheet, lay, spread
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material, Metal, Spectrum
from synthgen.rng import Key

THICKNESS_MM, RIBS = 1.4, (0.30, 0.42, 0.54, 0.66)


class ConeSpec(Frozen):
    """A dust mask."""

    kind: Literal["cone"] = "cone"
    wear: Annotated[Name, one_of(WEARS)] = NameChoice(values=WEARS, weights=(7, 1, 2))
    """How it is worn."""
    color: Annotated[Name, one_of(COLORS)] = NameChoice(values=("white", "blue", "grey"), weights=(8, 1, 1))
    """Of its outer side."""
    nir_albedo: Annotated[Number, within(0.02, 0.9)] = Uniform(low=0.65, high=0.85)
    """In the near infrared, whatever its colour."""
    depth_mm: Annotated[Number, within(10, 34)] = Uniform(low=18, high=27)
    """How far its tip stands off the lips."""


class Cone(Frozen):
    """One dust mask; see `ConeSpec`."""

    kind: Literal["cone"] = "cone"
    wear: str
    color: str
    nir_albedo: float
    depth_mm: float


def sample(spec: ConeSpec, key: Key) -> Cone:
    """Draw a mask."""
    return drawn(Cone, spec, key)


def build(mask: Cone, fit: Fit) -> Worn:
    """Return a mask on a face."""
    across = spread(81, -0.92, 0.92, low=-1, high=1)
    cut = Cut(reach=0.5, top_power=2.3, high_mm=12, low_mm=-16, under=0.2, border_rounds=5)
    sheet = lay(fit, mask.wear, cut, across, spread(89, 0.06, *RIBS, 0.94))
    points = sheet.raised(_height(sheet, mask), fit, THICKNESS_MM)
    clip = (nose_clip(sheet, points), "clip")
    return strapped("cone", sheet, points, THICKNESS_MM, fit, [clip], 1.6, single=True)


def _height(sheet: Sheet, mask: Cone) -> NDArray:
    """Return how far (n, m) the mask stands off a taut sheet: a cone with pressed ribs."""
    v, s = sheet.up[:, None], np.abs(sheet.across)
    ribs = sum(np.exp(-(((v - rib) / 0.02) ** 2)) for rib in RIBS) * np.clip(1 - s / 0.62, 0, 1) ** 0.5
    return dome(sheet, mask.depth_mm, 0.95) + 0.9 * ribs


def materials(mask: Cone) -> dict[str, Material]:
    """Return the materials of a mask, by the names its meshes use."""
    return {
        "cone_cloth": nonwoven(mask.color, mask.nir_albedo),
        "cone_strap": elastic(),
        "cone_clip": Metal(Spectrum((0.75, 0.75, 0.76), 0.8, 0.8), 0.35),
    }


CONE = Kind(ConeSpec, Cone, sample, build, materials, soft=("cone_strap",), lift_mm=6.0)
