"""A tank top: straps, deep armholes."""

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.drape import Dummy
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.neck import armless, deep_in_pits, hem, round_neck
from synthgen.clothing.pattern import Pattern, cut
from synthgen.clothing.sewing import Clothes, ClothesSpec, closeness, sample_clothes, sew
from synthgen.distributions import NameChoice, Number, Uniform, within
from synthgen.fabrics import FabricSpec, fabric_material
from synthgen.materials import Material
from synthgen.mesh import Mesh
from synthgen.rng import Key

DROP_MM, WIDE_MM, BACK_MM = 62.0, 22.0, 34.0
STRAP_MM, LOW_MM, HIP_MM, BAND_MM = 38.0, 12.0, -35.0, 9.0


class TankTopSpec(ClothesSpec):
    """A tank top."""

    kind: Literal["tank_top"] = "tank_top"
    fabric: FabricSpec = FabricSpec(
        weave=NameChoice(values=("jersey", "rib"), weights=(70, 30)),
        pattern=NameChoice(values=("plain", "stripes", "logo", "flowers"), weights=(70, 10, 10, 10)),
    )
    """The cloth."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.002, high=0.005)
    """How loosely it hangs."""


class TankTop(Clothes):
    """One tank top; see `TankTopSpec`."""

    kind: Literal["tank_top"] = "tank_top"


def sample(spec: TankTopSpec, key: Key) -> TankTop:
    """Draw a tank top."""
    return sample_clothes(TankTop, spec, key)


def _neckline(rest_mm: NDArray) -> NDArray:
    return round_neck(rest_mm, DROP_MM, WIDE_MM, BACK_MM)


def _openings(rest_mm: NDArray) -> NDArray:
    return np.minimum(_neckline(rest_mm), armless(rest_mm, STRAP_MM, LOW_MM))


def _inside(rest_mm: NDArray) -> NDArray:
    return np.minimum(_openings(rest_mm), hem(rest_mm, HIP_MM))


@lru_cache(maxsize=1)
def _pattern() -> Pattern:
    return cut(_inside)


def build(top: TankTop, body: Dummy) -> tuple[Mesh, ...]:
    """Return the top on a body."""
    pattern = _pattern()
    edge = _openings(pattern.rest_mm)
    sewn = sew("tank_top", pattern, body, top, tight=closeness(edge, 60), hang=0.6, seams=(edge - BAND_MM,))
    return (sewn.mesh,)


def materials(top: TankTop) -> dict[str, Material]:
    """Return what a tank top is made of."""
    return {"tank_top": fabric_material(top.fabric)}


TANK_TOP = GarmentKind(
    TankTopSpec, TankTop, sample, build, lambda top, rest: deep_in_pits(_inside(rest), rest), materials
)
