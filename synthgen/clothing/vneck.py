"""A T-shirt with a V-neck."""

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.drape import Dummy
from synthgen.clothing.finish import rib_coordinates
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.neck import outside_v, round_neck, sleeve, sleeved
from synthgen.clothing.pattern import Pattern, cut
from synthgen.clothing.sewing import Clothes, ClothesSpec, closeness, sample_clothes, sew
from synthgen.distributions import NameChoice, Number, Uniform, within
from synthgen.fabrics import FabricSpec, fabric_material
from synthgen.materials import Material
from synthgen.mesh import Mesh
from synthgen.rng import Key

BAND_MM, SLEEVE_MM, HIP_MM, SLEEVE_HEM_MM = 12.0, 155.0, -35.0, 20.0
TOP_MM, HALF_MM = 560.0, 74.0
"""Height and half width of the V where it leaves the shoulders."""


class VNeckSpec(ClothesSpec):
    """A T-shirt with a V-neck."""

    kind: Literal["vneck"] = "vneck"
    fabric: FabricSpec = FabricSpec(
        pattern=NameChoice(values=("plain", "melange", "stripes", "flowers"), weights=(70, 18, 9, 3))
    )
    """The cloth."""
    depth_mm: Annotated[Number, within(60, 180)] = Uniform(low=85, high=140)
    """From the shoulders down to the point of the V."""


class VNeck(Clothes):
    """One T-shirt with a V-neck; see `VNeckSpec`."""

    kind: Literal["vneck"] = "vneck"
    depth_mm: float


def sample(spec: VNeckSpec, key: Key) -> VNeck:
    """Draw a T-shirt with a V-neck."""
    return sample_clothes(VNeck, spec, key)


def neckline(rest_mm: NDArray, depth_mm: float) -> NDArray:
    """Return how far places (n, 3) lie outside a V-neck (n,)."""
    return np.minimum(round_neck(rest_mm, wide_mm=2), outside_v(rest_mm, TOP_MM - depth_mm, HALF_MM, TOP_MM))


def _inside(rest_mm: NDArray, depth_mm: float) -> NDArray:
    return sleeved(neckline(rest_mm, depth_mm), rest_mm, SLEEVE_MM, HIP_MM)


@lru_cache(maxsize=2)
def _pattern(depth_mm: float) -> Pattern:
    return cut(lambda rest: _inside(rest, depth_mm), [lambda rest: neckline(rest, depth_mm) - BAND_MM])


def build(shirt: VNeck, body: Dummy) -> tuple[Mesh, ...]:
    """Return the shirt on a body."""
    pattern = _pattern(shirt.depth_mm)
    neck = neckline(pattern.rest_mm, shirt.depth_mm)
    ribbed = (neck[pattern.triangles].mean(1) < BAND_MM) & (pattern.middles[:, 2] > 370)
    sewn = sew(
        "vneck",
        pattern,
        body,
        shirt,
        tight=closeness(neck - BAND_MM, 50),
        raised_mm=0.6 * (neck < BAND_MM + 0.01),
        seams=(neck - BAND_MM, sleeve(pattern.rest_mm, SLEEVE_MM) - SLEEVE_HEM_MM),
        materials=("vneck", "vneck_rib"),
        material=ribbed.astype(np.int16),
        uv=rib_coordinates(pattern, ribbed, neck, 90),
    )
    return (sewn.mesh,)


def materials(shirt: VNeck) -> dict[str, Material]:
    """Return what the shirt is made of."""
    return {"vneck": fabric_material(shirt.fabric), "vneck_rib": fabric_material(shirt.fabric.ribbed())}


VNECK = GarmentKind(VNeckSpec, VNeck, sample, build, lambda shirt, rest: _inside(rest, shirt.depth_mm), materials)
