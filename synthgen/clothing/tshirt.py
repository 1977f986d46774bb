"""A T-shirt with a round neck and a ribbed collar."""

from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.drape import Dummy
from synthgen.clothing.finish import rib_coordinates
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.neck import round_neck, sleeve, sleeved
from synthgen.clothing.pattern import Pattern, cut
from synthgen.clothing.sewing import Clothes, ClothesSpec, closeness, sample_clothes, sew
from synthgen.distributions import NameChoice
from synthgen.fabrics import FabricSpec, fabric_material
from synthgen.materials import Material
from synthgen.mesh import Mesh
from synthgen.rng import Key

RIB_MM, SLEEVE_MM, HIP_MM, SLEEVE_HEM_MM = 17.0, 165.0, -35.0, 20.0
FABRIC = FabricSpec(
    pattern=NameChoice(
        values=("plain", "logo", "stripes", "melange", "flowers", "camouflage"), weights=(55, 18, 12, 11, 2, 2)
    )
)


class TShirtSpec(ClothesSpec):
    """A T-shirt with a round neck."""

    kind: Literal["tshirt"] = "tshirt"
    fabric: FabricSpec = FABRIC
    """The cloth."""


class TShirt(Clothes):
    """One T-shirt; see `TShirtSpec`."""

    kind: Literal["tshirt"] = "tshirt"


def sample(spec: TShirtSpec, key: Key) -> TShirt:
    """Draw a T-shirt."""
    return sample_clothes(TShirt, spec, key)


def _inside(rest_mm: NDArray) -> NDArray:
    return sleeved(round_neck(rest_mm), rest_mm, SLEEVE_MM, HIP_MM)


@lru_cache(maxsize=1)
def _pattern() -> Pattern:
    return cut(_inside, [lambda rest: round_neck(rest) - RIB_MM])


def build(shirt: TShirt, body: Dummy) -> tuple[Mesh, ...]:
    """Return the shirt on a body."""
    pattern = _pattern()
    neck = round_neck(pattern.rest_mm)
    ribbed = (neck[pattern.triangles].mean(1) < RIB_MM) & (pattern.middles[:, 2] > 480)
    sewn = sew(
        "tshirt",
        pattern,
        body,
        shirt,
        tight=closeness(neck - RIB_MM, 50),
        folds=1.2,
        raised_mm=0.6 * (neck < RIB_MM + 0.01),
        seams=(neck - RIB_MM, sleeve(pattern.rest_mm, SLEEVE_MM) - SLEEVE_HEM_MM),
        materials=("tshirt", "tshirt_rib"),
        material=ribbed.astype(np.int16),
        uv=rib_coordinates(pattern, ribbed, neck, 90),
    )
    return (sewn.mesh,)


def materials(shirt: TShirt) -> dict[str, Material]:
    """Return what a T-shirt is made of."""
    return {"tshirt": fabric_material(shirt.fabric), "tshirt_rib": fabric_material(shirt.fabric.ribbed())}


TSHIRT = GarmentKind(TShirtSpec, TShirt, sample, build, lambda shirt, rest: _inside(rest), materials)
