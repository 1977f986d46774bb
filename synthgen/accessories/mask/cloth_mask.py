"""A sewn cloth mask: two halves with a seam down the middle, loops round the ears."""

from collections.abc import Mapping
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.mask.loops import hanging, looped, pulled_ears
from synthgen.accessories.mask.sheet import LOOPED_WEARS, Cut, Sheet, creases, lay, spread
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import FABRIC_COLORS, Material, Spectrum, Textile
from synthgen.ramps import smooth_step
from synthgen.rng import Key

THICKNESS_MM, HEM = 1.2, 0.07
PATTERNS = NameChoice(
    values=("plain", "flowers", "dots", "gingham", "stripes", "tartan", "camouflage", "houndstooth"),
    weights=(8, 2, 2, 1, 1, 1, 1, 1),
)
FLAT_MM = (175.0, 105.0)
"""Width and height of the mask laid flat."""


class ClothMaskSpec(Frozen):
    """A sewn cloth mask."""

    kind: Literal["cloth_mask"] = "cloth_mask"
    wear: Annotated[Name, one_of(LOOPED_WEARS)] = NameChoice(values=LOOPED_WEARS, weights=(16, 2, 2, 1))
    """How it is worn."""
    fabric: FabricSpec = FabricSpec(
        weave=NameChoice(values=("plain", "jersey", "denim", "twill", "satin"), weights=(4, 3, 1, 1, 1)),
        pattern=PATTERNS,
        scale=Uniform(low=0.35, high=0.7),
    )
    """Of its outer side."""
    belly_mm: Annotated[Number, within(0, 14)] = Uniform(low=3, high=9)
    """How far it stands off the lips."""


class ClothMask(Frozen):
    """One cloth mask; see `ClothMaskSpec`."""

    kind: Literal["cloth_mask"] = "cloth_mask"
    wear: str
    fabric: Fabric
    belly_mm: float
    seed: int


def sample(spec: ClothMaskSpec, key: Key) -> ClothMask:
    """Draw a mask."""
    return drawn(ClothMask, spec, key)


def build(mask: ClothMask, fit: Fit) -> Worn:
    """Return a mask on a face, or on an ear."""
    if mask.wear == "ear":
        return hanging("cloth_mask", FLAT_MM, THICKNESS_MM, fit, Key(f"cloth_mask/{mask.seed}"))
    across = spread(89, -1 + HEM, -0.02, 0.0, 0.02, 1 - HEM, low=-1, high=1)
    sheet = lay(fit, mask.wear, Cut(reach=0.72, top_power=1.6), across, spread(81, HEM, 1 - HEM))
    return looped("cloth_mask", sheet, sheet.raised(_height(sheet, mask), fit, THICKNESS_MM), THICKNESS_MM, fit)


def _height(sheet: Sheet, mask: ClothMask) -> NDArray:
    """Return how far (n, m) the mask stands off a taut sheet: belly, seam, hems, creases."""
    v, s = sheet.up[:, None], np.abs(sheet.across)
    edge = np.minimum(v, 1 - v)
    belly = mask.belly_mm * np.exp(-((s / 0.55) ** 2)) * np.sin(np.pi * v) ** 0.8
    seam = 0.8 * np.exp(-((s / 0.016) ** 2)) - 0.5 * np.exp(-((s / 0.045) ** 2))
    hems = 0.5 * (1 - smooth_step(np.minimum(edge, 0.8 * (1 - s)), HEM - 0.012, HEM + 0.012))
    inside = smooth_step(1 - s, 0, 0.08) * smooth_step(edge, 0, 0.06)
    return belly + inside * (seam + 0.9 * creases(sheet, Key(f"cloth_mask/{mask.seed}"))) + hems


def materials(mask: ClothMask) -> dict[str, Material]:
    """Return the materials of a mask, by the names its meshes use."""
    light = "black" if max(FABRIC_COLORS[mask.fabric.colors[0]]) < 0.1 else "white"
    loop = Spectrum(FABRIC_COLORS[light], mask.fabric.nir[0], mask.fabric.nir[0])
    return {
        "cloth_mask_cloth": fabric_material(mask.fabric),
        "cloth_mask_loop": Textile(loop, roughness=0.9, sheen=0.3),
    }


def targets(mask: ClothMask) -> Mapping[str, float]:
    """Return how the loops pull the ears."""
    return pulled_ears(mask.wear)


CLOTH_MASK = Kind(ClothMaskSpec, ClothMask, sample, build, materials, targets, soft=("_loop",), lift_mm=6.0)
