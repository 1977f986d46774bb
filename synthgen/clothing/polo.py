"""A polo shirt: knitted collar, short placket with buttons."""

from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.closures import buttons, places_on
from synthgen.clothing.collars import neck_edge
from synthgen.clothing.drape import Dummy
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.neck import in_placket, round_neck, sleeve, sleeved
from synthgen.clothing.pattern import Pattern, cut
from synthgen.clothing.sewing import Clothes, ClothesSpec, closeness, sample_clothes, sew, step_mm
from synthgen.clothing.shirt_collar import buttonholes_mm, collar_mesh
from synthgen.distributions import NameChoice
from synthgen.fabrics import FabricSpec, fabric_material
from synthgen.materials import Material, Spectrum, Surface
from synthgen.mesh import Mesh
from synthgen.rng import Key

SLEEVE_MM, HIP_MM, CUFF_MM = 160.0, -35.0, 24.0
PLACKET_MM, PLACKET_LOW_MM, BUTTON_MM = 15.0, 415.0, 10.5


class PoloSpec(ClothesSpec):
    """A polo shirt."""

    kind: Literal["polo"] = "polo"
    fabric: FabricSpec = FabricSpec(pattern=NameChoice(values=("plain", "stripes", "melange"), weights=(70, 20, 10)))
    """The cloth."""


class Polo(Clothes):
    """One polo shirt; see `PoloSpec`."""

    kind: Literal["polo"] = "polo"


def sample(spec: PoloSpec, key: Key) -> Polo:
    """Draw a polo shirt."""
    return sample_clothes(Polo, spec, key)


def _placket(rest_mm: NDArray) -> NDArray:
    return in_placket(rest_mm, PLACKET_MM, PLACKET_LOW_MM)


def _inside(rest_mm: NDArray) -> NDArray:
    return sleeved(round_neck(rest_mm, 0, -8), rest_mm, SLEEVE_MM, HIP_MM)


@lru_cache(maxsize=1)
def _pattern() -> Pattern:
    cuff = lambda rest: sleeve(rest, SLEEVE_MM) - CUFF_MM  # noqa: E731
    return cut(_inside, [_placket, lambda rest: _placket(rest) - 1, cuff])


def build(polo: Polo, body: Dummy) -> tuple[Mesh, ...]:
    """Return the shirt on a body."""
    pattern = _pattern()
    rest = pattern.rest_mm
    cuff, placket = sleeve(rest, SLEEVE_MM) - CUFF_MM, _placket(rest)
    neck = round_neck(rest, 0, -8)
    sewn = sew(
        "polo",
        pattern,
        body,
        polo,
        tight=np.maximum(closeness(neck, 60), closeness(-placket, 40) * 0.7),
        raised_mm=step_mm(placket, 1.3),
        seams=(cuff, placket),
        materials=("polo", "polo_rib"),
        material=(cuff[pattern.triangles].mean(1) < 0).astype(np.int16),
    )
    points, normals = places_on(pattern, sewn, buttonholes_mm(518, 440, 3))
    edge = neck_edge(pattern, sewn.vertices, ahead_deg=3)
    return (
        sewn.mesh,
        collar_mesh("polo", edge, body, sewn, (0.024, 0.008), (0.040, 0.060), -0.014, material="polo_rib"),
        buttons("polo_buttons", "polo", points, normals, BUTTON_MM),
    )


def materials(polo: Polo) -> dict[str, Material]:
    """Return what a polo shirt is made of."""
    return {
        "polo": fabric_material(polo.fabric),
        "polo_rib": fabric_material(polo.fabric.ribbed()),
        "polo_button": Surface(Spectrum((0.62, 0.60, 0.55), 0.65, 0.65), roughness=0.25),
    }


POLO = GarmentKind(PoloSpec, Polo, sample, build, lambda polo, rest: _inside(rest), materials)
