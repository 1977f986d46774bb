"""An abaya: a long, wide robe with a high neck, its front and its sleeves edged with a band."""

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.drape import Dummy
from synthgen.clothing.form import beyond_armhole_mm, down_arm_mm
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.neck import in_placket, round_neck, sleeve, sleeved
from synthgen.clothing.pattern import Pattern, cut
from synthgen.clothing.sewing import Clothes, ClothesSpec, closeness, sample_clothes, sew, step_mm
from synthgen.distributions import NameChoice, Number, Uniform, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.materials import Material
from synthgen.mesh import Mesh
from synthgen.rng import Key

SLEEVE_MM, HIP_MM, CUFF_MM, BAND_MM, RAISE_MM = 445.0, -60.0, 45.0, 15.0, -6.0
ELBOW_MM = 150.0
"""Where sleeves begin to widen, from the shoulder joint."""


class AbayaSpec(ClothesSpec):
    """An abaya."""

    kind: Literal["abaya"] = "abaya"
    fabric: FabricSpec = FabricSpec(
        weave=NameChoice(values=("plain", "satin", "jersey"), weights=(70, 15, 15)),
        pattern="plain",
        color=NameChoice(
            values=("black", "charcoal", "navy", "brown", "burgundy", "olive", "grey", "cream"),
            weights=(60, 8, 8, 6, 5, 4, 5, 4),
        ),
    )
    """The cloth."""
    band: FabricSpec = FabricSpec(
        weave="satin",
        pattern=NameChoice(values=("plain", "flowers", "dots"), weights=(60, 30, 10)),
        scale=Uniform(low=0.3, high=0.5),
        color=NameChoice(
            values=("black", "charcoal", "grey", "cream", "burgundy", "navy"), weights=(50, 15, 12, 8, 8, 7)
        ),
    )
    """Along the front and the sleeves' ends."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.014, high=0.022)
    """How loosely it hangs."""
    flare_mm: Annotated[Number, within(0, 30)] = Uniform(low=6, high=16)
    """How much wider sleeves are at their ends."""


class Abaya(Clothes):
    """One abaya; see `AbayaSpec`."""

    kind: Literal["abaya"] = "abaya"
    band: Fabric
    flare_mm: float


def sample(spec: AbayaSpec, key: Key) -> Abaya:
    """Draw an abaya."""
    return sample_clothes(Abaya, spec, key)


def _neckline(rest_mm: NDArray) -> NDArray:
    return round_neck(rest_mm, RAISE_MM, -8)


def _inside(rest_mm: NDArray) -> NDArray:
    return sleeved(_neckline(rest_mm), rest_mm, SLEEVE_MM, HIP_MM)


def _banded(rest_mm: NDArray) -> NDArray:
    """Return how far places (n, 3) lie inside the bands (n,)."""
    cuff = np.where(beyond_armhole_mm(rest_mm) > 0, CUFF_MM - sleeve(rest_mm, SLEEVE_MM), -50.0)
    return np.maximum(in_placket(rest_mm, BAND_MM), cuff)


@lru_cache(maxsize=1)
def _pattern() -> Pattern:
    return cut(_inside, [_banded])


def build(abaya: Abaya, body: Dummy) -> tuple[Mesh, ...]:
    """Return the abaya on a body."""
    pattern = _pattern()
    rest = pattern.rest_mm
    banded = _banded(rest)
    arm = beyond_armhole_mm(rest) > 0
    flare = arm * abaya.flare_mm * np.clip((down_arm_mm(rest) - ELBOW_MM) / (SLEEVE_MM - ELBOW_MM), 0, 1) ** 1.5
    sewn = sew(
        "abaya",
        pattern,
        body,
        abaya,
        tight=np.maximum(closeness(_neckline(rest), 45), 0.4 * closeness(-in_placket(rest, BAND_MM), 30)),
        thickness_m=0.0010,
        folds=0.9,
        raised_mm=flare + step_mm(banded, 0.5),
        seams=(banded,),
        materials=("abaya", "abaya_band"),
        material=(_banded(pattern.middles) > 0).astype(np.int16),
    )
    return (sewn.mesh,)


def materials(abaya: Abaya) -> dict[str, Material]:
    """Return what an abaya is made of."""
    return {"abaya": fabric_material(abaya.fabric), "abaya_band": fabric_material(abaya.band)}


ABAYA = GarmentKind(AbayaSpec, Abaya, sample, build, lambda abaya, rest: _inside(rest), materials)
