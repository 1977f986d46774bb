"""A shirt with a collar and buttons, closed or open at the neck, with or without a tie."""

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.closures import buttons, places_on
from synthgen.clothing.collars import neck_edge
from synthgen.clothing.drape import Dummy
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.neck import in_placket, outside_v, round_neck, sleeve, sleeved
from synthgen.clothing.pattern import Pattern, cut
from synthgen.clothing.sewing import Clothes, ClothesSpec, closeness, sample_clothes, sew, step_mm
from synthgen.clothing.shirt_collar import buttonholes_mm, collar_mesh
from synthgen.clothing.tie import tie_meshes
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.materials import Material, Spectrum, Surface
from synthgen.mesh import Mesh
from synthgen.rng import Key

SLEEVE_MM, HIP_MM, CUFF_MM = 448.0, -45.0, 55.0
PLACKET_MM, BUTTON_MM, RAISE_MM, NARROW_MM = 16.0, 10.5, -9.0, -13.0
OPEN_TO_MM, OPEN_HALF_MM = 468.0, 36.0
"""Point and half width of the V of an open neck."""
POCKET_MM = (-125.0, -50.0, 330.0, 415.0)
"""Left, right, lower and upper end of the breast pocket: on the wearer's left it is mirrored."""
NECKS = ("buttoned", "open", "tie")
PATTERNS = ("plain", "upright_stripes", "gingham", "tartan", "windowpane", "dots", "flowers")
SHIRTING = FabricSpec(
    weave=NameChoice(values=("plain", "twill", "denim"), weights=(70, 22, 8)),
    pattern=NameChoice(values=PATTERNS, weights=(56, 14, 8, 12, 4, 3, 3)),
    color=NameChoice(
        values=(
            "white",
            "sky",
            "light_grey",
            "navy",
            "blue",
            "black",
            "pink",
            "cream",
            "khaki",
            "denim",
            "olive",
            "burgundy",
        ),
        weights=(30, 20, 6, 8, 6, 6, 5, 5, 4, 4, 3, 3),
    ),
)
TIES = FabricSpec(
    weave="satin",
    pattern=NameChoice(values=("plain", "stripes", "dots", "herringbone"), weights=(45, 30, 15, 10)),
    scale=Uniform(low=0.35, high=0.7),
    color=NameChoice(values=("navy", "burgundy", "black", "charcoal", "red", "green", "blue", "purple", "grey")),
)


class ShirtSpec(ClothesSpec):
    """A shirt."""

    kind: Literal["shirt"] = "shirt"
    fabric: FabricSpec = SHIRTING
    """The cloth."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.004, high=0.010)
    """How loosely it hangs."""
    neck: Annotated[Name, one_of(NECKS)] = NameChoice(values=NECKS, weights=(25, 55, 20))
    """Buttoned to the top, open at the neck, or with a tie."""
    tie: FabricSpec = TIES
    """The cloth of a tie, if there is one."""


class Shirt(Clothes):
    """One shirt; see `ShirtSpec`."""

    kind: Literal["shirt"] = "shirt"
    neck: str
    tie: Fabric


def sample(spec: ShirtSpec, key: Key) -> Shirt:
    """Draw a shirt."""
    return sample_clothes(Shirt, spec, key)


def _placket(rest_mm: NDArray) -> NDArray:
    return in_placket(rest_mm, PLACKET_MM)


def _pocket(rest_mm: NDArray) -> NDArray:
    left, right, low, high = POCKET_MM
    x, z = rest_mm[:, 0], rest_mm[:, 2]
    point = 0.25 * np.abs(x + (left + right) / 2)
    inside = np.minimum(np.minimum(x + right, -left - x), np.minimum(z - low - point, high - z))
    return np.where(rest_mm[:, 1] < -30, inside, -50.0)


def neckline(rest_mm: NDArray, opened: bool) -> NDArray:
    """Return how far places (n, 3) lie outside the neckline of a shirt (n,), millimetres."""
    high = round_neck(rest_mm, RAISE_MM, NARROW_MM)
    return np.minimum(high, outside_v(rest_mm, OPEN_TO_MM, OPEN_HALF_MM)) if opened else high


def _inside(rest_mm: NDArray, opened: bool) -> NDArray:
    return sleeved(neckline(rest_mm, opened), rest_mm, SLEEVE_MM, HIP_MM)


@lru_cache(maxsize=2)
def _pattern(opened: bool) -> Pattern:
    lines = [_placket, lambda rest: _placket(rest) - 1, _pocket, lambda rest: _pocket(rest) - 1]
    lines.append(lambda rest: sleeve(rest, SLEEVE_MM) - CUFF_MM)
    return cut(lambda rest: _inside(rest, opened), lines)


def build(shirt: Shirt, body: Dummy) -> tuple[Mesh, ...]:
    """Return the shirt on a body."""
    opened = shirt.neck == "open"
    pattern = _pattern(opened)
    rest = pattern.rest_mm
    neck, placket, pocket = neckline(rest, opened), _placket(rest), _pocket(rest)
    cuff = sleeve(rest, SLEEVE_MM) - CUFF_MM
    tight = np.max(
        [closeness(neck, 60), closeness(cuff, 25), 0.75 * closeness(-placket, 45), 0.6 * closeness(-pocket, 30)], 0
    )
    sewn = sew(
        "shirt",
        pattern,
        body,
        shirt,
        tight=tight,
        thickness_m=0.0009,
        folds=1.4,
        raised_mm=step_mm(placket, 1.1) + step_mm(pocket, 0.9),
        seams=(cuff, placket, pocket),
    )
    top = OPEN_TO_MM - 22 if opened else 541
    points, normals = places_on(pattern, sewn, buttonholes_mm(top, top - 88 * 5, 6))
    # the collar of an open neck ends where the V begins; on a closed one its points nearly meet
    edge = neck_edge(pattern, sewn.vertices, ahead_deg=26 if opened else 1.5)
    ends = (0.030, 0.015 if opened else 0.022), (0.042, 0.070)
    collar = collar_mesh("shirt", edge, body, sewn, *ends, skew_m=0.004 if opened else -0.024)
    tie = tie_meshes("shirt", pattern, sewn) if shirt.neck == "tie" else ()
    return sewn.mesh, collar, buttons("shirt_buttons", "shirt", points, normals, BUTTON_MM), *tie


def materials(shirt: Shirt) -> dict[str, Material]:
    """Return what a shirt is made of."""
    found: dict[str, Material] = {
        "shirt": fabric_material(shirt.fabric),
        "shirt_button": Surface(Spectrum((0.62, 0.60, 0.55), 0.65, 0.65), roughness=0.25),
    }
    return found | ({"shirt_tie": fabric_material(shirt.tie)} if shirt.neck == "tie" else {})


SHIRT = GarmentKind(ShirtSpec, Shirt, sample, build, lambda shirt, rest: _inside(rest, shirt.neck == "open"), materials)
