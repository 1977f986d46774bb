"""A blazer with lapels; and a suit: the same over a shirt, with a tie or without."""

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.closures import buttons, places_on
from synthgen.clothing.collars import neck_edge
from synthgen.clothing.drape import Dummy
from synthgen.clothing.form import beyond_armhole_mm
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.lapels import lapel_meshes
from synthgen.clothing.neck import outside_v, round_neck, sleeved
from synthgen.clothing.pattern import Pattern, cut
from synthgen.clothing.sewing import Clothes, ClothesSpec, closeness, sample_clothes, sew, step_mm
from synthgen.distributions import NameChoice, Number, Uniform, within
from synthgen.fabrics import FabricSpec, fabric_material
from synthgen.materials import Material, Spectrum, Surface
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.ramps import smooth_step
from synthgen.rng import Key

SLEEVE_MM, HIP_MM = 440.0, -58.0
TOP_BUTTON_MM, HALF_MM, OVERLAP_MM = 292.0, 62.0, 14.0
PAD_MM = 7.0
WELT_MM, FLAP_MM = (62.0, 140.0, 385.0, 408.0), (55.0, 150.0, 72.0, 118.0)
"""Left, right, lower and upper end of the breast pocket and of the lower ones."""
SUITING = FabricSpec(
    weave=NameChoice(values=("twill", "felt"), weights=(85, 15)),
    pattern=NameChoice(
        values=("plain", "pinstripe", "herringbone", "windowpane", "houndstooth"), weights=(66, 10, 11, 8, 5)
    ),
    color=NameChoice(
        values=("navy", "charcoal", "black", "grey", "brown", "khaki", "burgundy", "olive"),
        weights=(30, 24, 20, 12, 5, 4, 3, 2),
    ),
    accents=NameChoice(values=("light_grey", "grey", "cream", "sky"), weights=(4, 3, 2, 1)),
)


class BlazerSpec(ClothesSpec):
    """A blazer, buttoned."""

    kind: Literal["blazer"] = "blazer"
    fabric: FabricSpec = SUITING
    """The cloth."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.004, high=0.007)
    """How loosely it hangs."""
    lapel_width: Annotated[Number, within(0.6, 1.4)] = Uniform(low=0.8, high=1.15)
    """Of the lapels against the usual."""


class Blazer(Clothes):
    """One blazer; see `BlazerSpec`."""

    kind: Literal["blazer"] = "blazer"
    lapel_width: float


def sample(spec: BlazerSpec, key: Key) -> Blazer:
    """Draw a blazer."""
    return sample_clothes(Blazer, spec, key)


def box(rest_mm: NDArray, x: NDArray, bounds: tuple[float, float, float, float]) -> NDArray:
    """Return how far places (n, 3) in front lie inside a rectangle of (x, z) (n,), left, right, low and high."""
    left, right, low, high = bounds
    z = rest_mm[:, 2]
    return np.where(
        rest_mm[:, 1] < -30, np.minimum(np.minimum(x - left, right - x), np.minimum(z - low, high - z)), -50.0
    )


def _overlap(rest_mm: NDArray) -> NDArray:
    return np.where(rest_mm[:, 1] < -30, rest_mm[:, 0] + OVERLAP_MM, np.where(rest_mm[:, 0] > 0, 50.0, -50.0))


def _pockets(rest_mm: NDArray) -> NDArray:
    return np.maximum(box(rest_mm, rest_mm[:, 0], WELT_MM), box(rest_mm, np.abs(rest_mm[:, 0]), FLAP_MM))


def neckline(rest_mm: NDArray) -> NDArray:
    """Return how far places (n, 3) lie outside neck and front opening of a jacket (n,), millimetres."""
    high = round_neck(rest_mm, 0, 2, 8)
    return np.minimum(high, outside_v(rest_mm, TOP_BUTTON_MM, HALF_MM, 545.0))


def _inside(rest_mm: NDArray) -> NDArray:
    return sleeved(neckline(rest_mm), rest_mm, SLEEVE_MM, HIP_MM)


@lru_cache(maxsize=1)
def _pattern() -> Pattern:
    steps = (_pockets, _overlap)
    return cut(_inside, [line for f in steps for line in (f, lambda rest, f=f: f(rest) - 1)])


def build(blazer: Blazer, body: Dummy) -> tuple[Mesh, ...]:
    """Return the blazer over what is worn."""
    pattern = _pattern()
    rest = pattern.rest_mm
    x, z = np.abs(rest[:, 0]), rest[:, 2]
    pads = PAD_MM * np.exp(-(((x - 158) / 32) ** 2)) * np.clip((z - 500) / 40, 0, 1)
    over = step_mm(_overlap(rest), 2.4, 1.0) * (rest[:, 1] < -30) * (x < 60) * np.clip(1 - (x - 14) / 40, 0, 1)
    sewn = sew(
        "blazer",
        pattern,
        body,
        blazer,
        tight=np.maximum(closeness(neckline(rest), 40), 0.15 + 0.45 * smooth_step(-beyond_armhole_mm(rest), -30, 30)),
        thickness_m=0.0024,
        folds=0.8,
        raised_mm=pads + over + step_mm(_pockets(rest), 1.8),
        seams=(_pockets(rest),),
        part=Part.CLOTHING_OUTER,
        hem_m=0.03,
    )
    edge = neck_edge(pattern, sewn.vertices, count=176)
    points, normals = places_on(pattern, sewn, np.array([[0.0, TOP_BUTTON_MM - 12], [0.0, TOP_BUTTON_MM - 120]]))
    return (
        sewn.mesh,
        *lapel_meshes("blazer", edge, body, sewn, blazer.lapel_width),
        buttons("blazer_buttons", "blazer", points, normals, 20.0, Part.CLOTHING_OUTER),
    )


def materials(blazer: Blazer) -> dict[str, Material]:
    """Return what a blazer is made of."""
    return {
        "blazer": fabric_material(blazer.fabric),
        "blazer_button": Surface(Spectrum((0.03, 0.025, 0.022), 0.2, 0.2), roughness=0.3),
    }


BLAZER = GarmentKind(BlazerSpec, Blazer, sample, build, lambda blazer, rest: _inside(rest), materials)
