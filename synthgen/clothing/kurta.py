"""A kurta: a long loose shirt with a band collar and a placket down to the chest."""

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.closures import buttons, places_on
from synthgen.clothing.collars import ground, neck_edge, panel
from synthgen.clothing.drape import Dummy
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.neck import in_placket, round_neck, sleeve, sleeved
from synthgen.clothing.pattern import Pattern, cut
from synthgen.clothing.sewing import Clothes, ClothesSpec, closeness, sample_clothes, sew, step_mm
from synthgen.clothing.shirt_collar import UP, buttonholes_mm
from synthgen.distributions import NameChoice, Number, Uniform, within
from synthgen.fabrics import FabricSpec, fabric_material
from synthgen.materials import Material, Spectrum, Surface
from synthgen.mesh import Mesh
from synthgen.rng import Key

SLEEVE_MM, HIP_MM, CUFF_MM = 440.0, -58.0, 40.0
PLACKET_MM, PLACKET_LOW_MM, BAND_M = 17.0, 325.0, 0.030


class KurtaSpec(ClothesSpec):
    """A kurta."""

    kind: Literal["kurta"] = "kurta"
    fabric: FabricSpec = FabricSpec(
        weave=NameChoice(values=("plain", "satin"), weights=(80, 20)),
        pattern=NameChoice(values=("plain", "upright_stripes", "flowers", "herringbone"), weights=(66, 12, 12, 10)),
        color=NameChoice(
            values=("white", "cream", "sky", "navy", "burgundy", "green", "yellow", "orange", "pink", "teal", "black"),
            weights=(26, 18, 10, 10, 8, 6, 5, 4, 5, 4, 4),
        ),
    )
    """The cloth."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.008, high=0.014)
    """How loosely it hangs."""


class Kurta(Clothes):
    """One kurta; see `KurtaSpec`."""

    kind: Literal["kurta"] = "kurta"


def sample(spec: KurtaSpec, key: Key) -> Kurta:
    """Draw a kurta."""
    return sample_clothes(Kurta, spec, key)


def _neckline(rest_mm: NDArray) -> NDArray:
    return round_neck(rest_mm, -5, -10)


def _placket(rest_mm: NDArray) -> NDArray:
    return in_placket(rest_mm, PLACKET_MM, PLACKET_LOW_MM)


def _inside(rest_mm: NDArray) -> NDArray:
    return sleeved(_neckline(rest_mm), rest_mm, SLEEVE_MM, HIP_MM)


@lru_cache(maxsize=1)
def _pattern() -> Pattern:
    return cut(_inside, [_placket, lambda rest: _placket(rest) - 1])


def build(kurta: Kurta, body: Dummy) -> tuple[Mesh, ...]:
    """Return the kurta on a body."""
    pattern = _pattern()
    rest = pattern.rest_mm
    placket = _placket(rest)
    sewn = sew(
        "kurta",
        pattern,
        body,
        kurta,
        tight=np.maximum(closeness(_neckline(rest), 50), 0.6 * closeness(-placket, 35)),
        thickness_m=0.0010,
        folds=1.05,
        raised_mm=step_mm(placket, 1.2),
        seams=(placket, sleeve(rest, SLEEVE_MM) - CUFF_MM),
    )
    edge = neck_edge(pattern, sewn.vertices, ahead_deg=2)
    height = BAND_M * np.linspace(0, 1, 9)[None, :, None]
    grid = edge.points[:, None] + UP * height + edge.outward[:, None] * 0.0022
    near = body.points[:, 2] > body.points[:, 2].max() - 0.13
    grid = ground((body.points[near], body.normals[near])).push_out(grid, 0.0045)
    band = panel("kurta_band", "kurta", grid, 0.0022, (edge.length_m * 1e3, BAND_M * 1e3))
    points, normals = places_on(pattern, sewn, buttonholes_mm(528, 350, 4))
    return sewn.mesh, band, buttons("kurta_buttons", "kurta", points, normals, 11.0)


def materials(kurta: Kurta) -> dict[str, Material]:
    """Return what a kurta is made of."""
    return {
        "kurta": fabric_material(kurta.fabric),
        "kurta_button": Surface(Spectrum((0.45, 0.36, 0.22), 0.5, 0.5), roughness=0.3),
    }


KURTA = GarmentKind(KurtaSpec, Kurta, sample, build, lambda kurta, rest: _inside(rest), materials)
