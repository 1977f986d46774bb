"""A hooded sweatshirt with the hood down."""

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.collars import neck_edge
from synthgen.clothing.drape import Dummy
from synthgen.clothing.hood_down import hood, laces
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.neck import hem, round_neck, sleeve, sleeved
from synthgen.clothing.pattern import Pattern, cut
from synthgen.clothing.sewing import Clothes, ClothesSpec, closeness, sample_clothes, sew, step_mm
from synthgen.distributions import NameChoice, Number, Uniform, within
from synthgen.fabrics import FabricSpec, fabric_material
from synthgen.materials import Material, Metal, Spectrum
from synthgen.mesh import Mesh
from synthgen.rng import Key

SLEEVE_MM, HIP_MM, CUFF_MM, WELT_MM = 446.0, -38.0, 58.0, 55.0
POCKET_MM = (120.0, 70.0, 30.0, 200.0)
"""Half width below and above, lower and upper end of the pocket."""


class HoodieSpec(ClothesSpec):
    """A hooded sweatshirt, hood down; up, and of its cloth, where the headwear is `hood`."""

    kind: Literal["hoodie"] = "hoodie"
    fabric: FabricSpec = FabricSpec(
        weave=NameChoice(values=("fleece", "jersey"), weights=(45, 55)),
        pattern=NameChoice(values=("plain", "logo", "melange", "camouflage"), weights=(50, 25, 22, 3)),
    )
    """The cloth."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.008, high=0.015)
    """How loosely it hangs."""


class Hoodie(Clothes):
    """One hooded sweatshirt; see `HoodieSpec`."""

    kind: Literal["hoodie"] = "hoodie"


def sample(spec: HoodieSpec, key: Key) -> Hoodie:
    """Draw a hooded sweatshirt."""
    return sample_clothes(Hoodie, spec, key)


def _pocket(rest_mm: NDArray) -> NDArray:
    wide, narrow, low, high = POCKET_MM
    x, z = np.abs(rest_mm[:, 0]), rest_mm[:, 2]
    half = wide + (narrow - wide) * np.clip((z - low - 60) / (high - low - 60), 0, 1)
    return np.where(rest_mm[:, 1] < -30, np.minimum(half - x, np.minimum(z - low, high - z)), -50.0)


def _neckline(rest_mm: NDArray) -> NDArray:
    return round_neck(rest_mm, 14, -2)


def _inside(rest_mm: NDArray) -> NDArray:
    return sleeved(_neckline(rest_mm), rest_mm, SLEEVE_MM, HIP_MM)


@lru_cache(maxsize=1)
def _pattern() -> Pattern:
    lines = [_pocket, lambda rest: _pocket(rest) - 1]
    lines += [lambda rest: sleeve(rest, SLEEVE_MM) - CUFF_MM, lambda rest: hem(rest, HIP_MM) - WELT_MM]
    return cut(_inside, lines)


def build(hoodie: Hoodie, body: Dummy) -> tuple[Mesh, ...]:
    """Return the sweatshirt on a body."""
    pattern = _pattern()
    rest = pattern.rest_mm
    cuff, welt, pocket = sleeve(rest, SLEEVE_MM) - CUFF_MM, hem(rest, HIP_MM) - WELT_MM, _pocket(rest)
    ends = np.minimum(cuff, welt)
    sewn = sew(
        "hoodie",
        pattern,
        body,
        hoodie,
        tight=np.maximum(closeness(_neckline(rest), 40), closeness(ends, 35)),
        thickness_m=0.0028,
        folds=0.9,
        raised_mm=step_mm(pocket, 2.2),
        seams=(cuff, welt, pocket),
        materials=("hoodie", "hoodie_rib"),
        material=(ends[pattern.triangles].mean(1) < 0).astype(np.int16),
    )
    key = Key(f"hoodie/{hoodie.seed}")
    bag = hood(neck_edge(pattern, sewn.vertices, count=81), body, sewn, key)
    return sewn.mesh, *(() if body.hood == "up" else (bag.mesh,)), *laces(pattern, sewn, bag, key)


def materials(hoodie: Hoodie) -> dict[str, Material]:
    """Return what a sweatshirt is made of."""
    return {
        "hoodie": fabric_material(hoodie.fabric),
        "hoodie_rib": fabric_material(hoodie.fabric.ribbed()),
        "hoodie_cord": fabric_material(hoodie.fabric.plain("twill")),
        "hoodie_metal": Metal(Spectrum((0.55, 0.54, 0.52), 0.6, 0.6), 0.35),
    }


HOODIE = GarmentKind(HoodieSpec, Hoodie, sample, build, lambda hoodie, rest: _inside(rest), materials)
