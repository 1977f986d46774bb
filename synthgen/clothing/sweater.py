"""A sweater with ribbed neck, cuffs and hem; or a turtleneck."""

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.drape import Dummy
from synthgen.clothing.finish import rib_coordinates
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.neck import NECK_AXIS_Y_MM, hem, high_neck, outside_v, round_neck, sleeve, sleeved
from synthgen.clothing.pattern import Pattern, cut
from synthgen.clothing.sewing import Clothes, ClothesSpec, closeness, sample_clothes, sew
from synthgen.clothing.turned_neck import turned_neck
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.fabrics import FabricSpec, fabric_material
from synthgen.materials import Material
from synthgen.mesh import Mesh
from synthgen.rng import Key

RIB_MM, CUFF_MM, WELT_MM, SLEEVE_MM, HIP_MM = 22.0, 60.0, 55.0, 446.0, -38.0
NECKS = ("round", "v")
THICKNESS_M = 0.0026
FRONT_MM, BACK_MM, FOLD_MM, AROUND_MM = 588.0, 607.0, 40.0, 74.0
"""Heights of the turtleneck's top, how far it is turned down, and how far from the neck's axis that ends."""
KNITS = NameChoice(values=("knit", "jersey", "cable", "rib"), weights=(50, 25, 15, 10))


class SweaterSpec(ClothesSpec):
    """A knitted sweater."""

    kind: Literal["sweater"] = "sweater"
    fabric: FabricSpec = FabricSpec(
        weave=KNITS, pattern=NameChoice(values=("plain", "melange", "stripes"), weights=(62, 25, 13))
    )
    """The cloth."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.005, high=0.012)
    """How loosely it hangs."""
    neck: Annotated[Name, one_of(NECKS)] = NameChoice(values=NECKS, weights=(75, 25))
    """Shape of the neckline."""


class Sweater(Clothes):
    """One sweater; see `SweaterSpec`."""

    kind: Literal["sweater"] = "sweater"
    neck: str


class TurtleneckSpec(ClothesSpec):
    """A sweater with a high neck that is turned down."""

    kind: Literal["turtleneck"] = "turtleneck"
    fabric: FabricSpec = FabricSpec(
        weave=NameChoice(values=("jersey", "knit", "rib", "cable"), weights=(45, 30, 15, 10)),
        pattern=NameChoice(values=("plain", "melange", "stripes"), weights=(72, 20, 8)),
    )
    """The cloth."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.003, high=0.009)
    """How loosely it hangs."""


class Turtleneck(Clothes):
    """One turtleneck; see `TurtleneckSpec`."""

    kind: Literal["turtleneck"] = "turtleneck"


def sample_sweater(spec: SweaterSpec, key: Key) -> Sweater:
    """Draw a sweater."""
    return sample_clothes(Sweater, spec, key)


def sample_turtleneck(spec: TurtleneckSpec, key: Key) -> Turtleneck:
    """Draw a turtleneck."""
    return sample_clothes(Turtleneck, spec, key)


def _neckline(rest_mm: NDArray, neck: str) -> NDArray:
    if neck == "turtle":
        return high_neck(rest_mm, FRONT_MM, BACK_MM)
    if neck == "round":
        return round_neck(rest_mm, wide_mm=2)
    return np.minimum(round_neck(rest_mm, wide_mm=4), outside_v(rest_mm, 445, 76))


def _turned(rest_mm: NDArray) -> NDArray:
    """Return how far places (n, 3) lie above the lower end of what is turned down (n,)."""
    around = AROUND_MM - np.hypot(rest_mm[:, 0], rest_mm[:, 1] - NECK_AXIS_Y_MM)
    return np.minimum(FOLD_MM - high_neck(rest_mm, FRONT_MM, BACK_MM), around)


def _inside(rest_mm: NDArray, neck: str) -> NDArray:
    return sleeved(_neckline(rest_mm, neck), rest_mm, SLEEVE_MM, HIP_MM)


@lru_cache(maxsize=3)
def _pattern(neck: str) -> Pattern:
    lines = [
        lambda rest: sleeve(rest, SLEEVE_MM) - CUFF_MM,
        lambda rest: hem(rest, HIP_MM) - WELT_MM,
        lambda rest: _turned(rest) if neck == "turtle" else _neckline(rest, neck) - RIB_MM,
    ]
    return cut(lambda rest: _inside(rest, neck), lines)


def build(top: Sweater | Turtleneck, body: Dummy) -> tuple[Mesh, ...]:
    """Return the sweater on a body."""
    shape = top.neck if isinstance(top, Sweater) else "turtle"
    pattern = _pattern(shape)
    rest = pattern.rest_mm
    neck, cuff, welt = _neckline(rest, shape), sleeve(rest, SLEEVE_MM) - CUFF_MM, hem(rest, HIP_MM) - WELT_MM
    turtle = shape == "turtle"
    at_neck = (neck[pattern.triangles].mean(1) < RIB_MM) & (pattern.middles[:, 2] > 400) & (not turtle)
    ribbed = at_neck | (np.minimum(cuff, welt)[pattern.triangles].mean(1) < 0)
    sewn = sew(
        top.kind,
        pattern,
        body,
        top,
        tight=np.maximum(closeness(neck - (70 if turtle else RIB_MM), 50), closeness(np.minimum(cuff, welt), 40)),
        thickness_m=THICKNESS_M,
        folds=0.9,
        raised_mm=0.0 if turtle else 0.9 * (neck < RIB_MM + 0.01),
        seams=(cuff, welt) if turtle else (neck - RIB_MM, cuff, welt),
        materials=(top.kind, f"{top.kind}_rib"),
        material=ribbed.astype(np.int16),
        uv=rib_coordinates(pattern, at_neck, neck, 90) if at_neck.any() else None,
    )
    if not turtle:
        return (sewn.mesh,)
    return sewn.mesh, turned_neck("turtleneck", pattern, sewn, neck, _turned(rest))


def materials(top: Sweater | Turtleneck) -> dict[str, Material]:
    """Return what a sweater is made of."""
    return {top.kind: fabric_material(top.fabric), f"{top.kind}_rib": fabric_material(top.fabric.ribbed())}


def _covers(top: Sweater | Turtleneck, rest_mm: NDArray) -> NDArray:
    return _inside(rest_mm, top.neck if isinstance(top, Sweater) else "turtle")


SWEATER = GarmentKind(SweaterSpec, Sweater, sample_sweater, build, _covers, materials)
TURTLENECK = GarmentKind(TurtleneckSpec, Turtleneck, sample_turtleneck, build, _covers, materials)
