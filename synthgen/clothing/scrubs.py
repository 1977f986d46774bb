"""Hospital scrubs: a loose top with a V-neck, short sleeves and a breast pocket."""

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.blazer import box
from synthgen.clothing.drape import Dummy
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.neck import outside_v, round_neck, sleeve, sleeved
from synthgen.clothing.pattern import Pattern, cut
from synthgen.clothing.sewing import Clothes, ClothesSpec, closeness, sample_clothes, sew, step_mm
from synthgen.distributions import NameChoice, Number, Uniform, within
from synthgen.fabrics import FabricSpec, fabric_material
from synthgen.materials import Material
from synthgen.mesh import Mesh
from synthgen.rng import Key

SLEEVE_MM, HIP_MM, BAND_MM, HEM_MM = 150.0, -52.0, 24.0, 28.0
POCKET_MM = (48.0, 138.0, 305.0, 415.0)


class ScrubsSpec(ClothesSpec):
    """A top of hospital scrubs."""

    kind: Literal["scrubs"] = "scrubs"
    fabric: FabricSpec = FabricSpec(
        weave="plain",
        color=NameChoice(
            values=("teal", "blue", "navy", "sky", "green", "burgundy", "grey", "purple"),
            weights=(22, 18, 18, 12, 12, 7, 6, 5),
        ),
    )
    """The cloth."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.008, high=0.015)
    """How loosely it hangs."""


class Scrubs(Clothes):
    """One top of scrubs; see `ScrubsSpec`."""

    kind: Literal["scrubs"] = "scrubs"


def sample(spec: ScrubsSpec, key: Key) -> Scrubs:
    """Draw a top of scrubs."""
    return sample_clothes(Scrubs, spec, key)


def _neckline(rest_mm: NDArray) -> NDArray:
    return np.minimum(round_neck(rest_mm, wide_mm=3), outside_v(rest_mm, 440, 74, 560))


def _pocket(rest_mm: NDArray) -> NDArray:
    return box(rest_mm, rest_mm[:, 0], POCKET_MM)


def _inside(rest_mm: NDArray) -> NDArray:
    return sleeved(_neckline(rest_mm), rest_mm, SLEEVE_MM, HIP_MM)


@lru_cache(maxsize=1)
def _pattern() -> Pattern:
    band = lambda rest: BAND_MM - _neckline(rest)  # noqa: E731
    return cut(_inside, [band, lambda rest: band(rest) - 1, _pocket, lambda rest: _pocket(rest) - 1])


def build(scrubs: Scrubs, body: Dummy) -> tuple[Mesh, ...]:
    """Return the top on a body."""
    pattern = _pattern()
    rest = pattern.rest_mm
    neck, pocket = _neckline(rest), _pocket(rest)
    sewn = sew(
        "scrubs",
        pattern,
        body,
        scrubs,
        tight=np.maximum(closeness(neck - BAND_MM, 45), 0.6 * closeness(-pocket, 30)),
        folds=1.2,
        raised_mm=step_mm(BAND_MM - neck, 1.0) + step_mm(pocket, 1.0),
        seams=(neck - BAND_MM, pocket, sleeve(rest, SLEEVE_MM) - HEM_MM),
    )
    return (sewn.mesh,)


def materials(scrubs: Scrubs) -> dict[str, Material]:
    """Return what scrubs are made of."""
    return {"scrubs": fabric_material(scrubs.fabric)}


SCRUBS = GarmentKind(ScrubsSpec, Scrubs, sample, build, lambda scrubs, rest: _inside(rest), materials)
