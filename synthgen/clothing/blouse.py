"""A soft blouse with a wrapped V-neck, gathered shoulders and long sleeves."""

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.drape import Dummy
from synthgen.clothing.form import beyond_armhole_mm
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.neck import outside_v, round_neck, sleeve, sleeved
from synthgen.clothing.pattern import Pattern, cut
from synthgen.clothing.sewing import Clothes, ClothesSpec, closeness, sample_clothes, sew, step_mm
from synthgen.distributions import NameChoice, Number, Uniform, within
from synthgen.fabrics import FabricSpec, fabric_material
from synthgen.materials import Material
from synthgen.mesh import Mesh
from synthgen.noise import noise
from synthgen.rng import Key

SLEEVE_MM, HIP_MM, CUFF_MM = 444.0, -40.0, 36.0
POINT_MM, HALF_MM, LAP_MM = 455.0, 66.0, 3.0


class BlouseSpec(ClothesSpec):
    """A blouse."""

    kind: Literal["blouse"] = "blouse"
    fabric: FabricSpec = FabricSpec(
        weave=NameChoice(values=("satin", "plain"), weights=(60, 40)),
        pattern=NameChoice(values=("plain", "flowers", "dots", "upright_stripes"), weights=(58, 22, 12, 8)),
        color=NameChoice(
            values=("white", "cream", "pink", "black", "navy", "teal", "burgundy", "sky", "red", "purple", "green"),
            weights=(20, 16, 10, 12, 10, 6, 7, 7, 5, 3, 4),
        ),
    )
    """The cloth."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.005, high=0.011)
    """How loosely it hangs."""


class Blouse(Clothes):
    """One blouse; see `BlouseSpec`."""

    kind: Literal["blouse"] = "blouse"


def sample(spec: BlouseSpec, key: Key) -> Blouse:
    """Draw a blouse."""
    return sample_clothes(Blouse, spec, key)


def _neckline(rest_mm: NDArray) -> NDArray:
    return np.minimum(round_neck(rest_mm, wide_mm=4), outside_v(rest_mm, POINT_MM, HALF_MM, 560))


def _lap(rest_mm: NDArray) -> NDArray:
    """Return how far places (n, 3) in front lie on the right piece, which is wrapped over the left (n,)."""
    steep = (560 - POINT_MM) / HALF_MM
    beyond = (steep * rest_mm[:, 0] + rest_mm[:, 2] - POINT_MM + LAP_MM) / np.hypot(1, steep)
    return np.where(rest_mm[:, 1] < -30, -beyond, -60.0)


def _inside(rest_mm: NDArray) -> NDArray:
    return sleeved(_neckline(rest_mm), rest_mm, SLEEVE_MM, HIP_MM)


@lru_cache(maxsize=1)
def _pattern() -> Pattern:
    lines = [_lap, lambda rest: _lap(rest) - 2.4, lambda rest: sleeve(rest, SLEEVE_MM) - CUFF_MM]
    return cut(_inside, lines)


def build(blouse: Blouse, body: Dummy) -> tuple[Mesh, ...]:
    """Return the blouse on a body."""
    pattern = _pattern()
    rest = pattern.rest_mm
    neck, cuff = _neckline(rest), sleeve(rest, SLEEVE_MM) - CUFF_MM
    lap = step_mm(_lap(rest), 1.6, 2.4) * np.clip(1 - (_lap(rest) - 2) / 50, 0, 1)
    # gathers fall from the shoulder seams
    gathers = noise(rest * [1, 0.2, 0.12], 17, Key(f"blouse/{blouse.seed}/gathers"))
    gathers *= 1.5 * np.clip((rest[:, 2] - 380) / 110, 0, 1) * np.clip((rest[:, 2] - 380) / 30, 0, 1)
    gathers *= np.clip(-beyond_armhole_mm(rest) / 25, 0, 1)
    sewn = sew(
        "blouse",
        pattern,
        body,
        blouse,
        tight=np.maximum(closeness(neck, 35), closeness(cuff, 20)),
        thickness_m=0.0007,
        folds=1.1,
        raised_mm=lap + gathers * np.clip(neck / 30, 0, 1),
        seams=(cuff, neck, _lap(rest)),
    )
    return (sewn.mesh,)


def materials(blouse: Blouse) -> dict[str, Material]:
    """Return what a blouse is made of."""
    return {"blouse": fabric_material(blouse.fabric)}


BLOUSE = GarmentKind(BlouseSpec, Blouse, sample, build, lambda blouse, rest: _inside(rest), materials)
