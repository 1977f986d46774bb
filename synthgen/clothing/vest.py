"""Vests: the waistcoat of a suit, and a high-visibility vest with retroreflective bands."""

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.blazer import SUITING, box
from synthgen.clothing.closures import buttons, places_on
from synthgen.clothing.drape import Dummy
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.neck import armless, deep_in_pits, hem, outside_v, round_neck
from synthgen.clothing.pattern import Pattern, cut
from synthgen.clothing.sewing import Clothes, ClothesSpec, closeness, sample_clothes, sew, step_mm
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.fabrics import FabricSpec, fabric_material
from synthgen.materials import Material, RetroTape, Spectrum, Surface
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.rng import Key

POINT_MM, HALF_MM, HIP_MM, OVERLAP_MM = 330.0, 60.0, -20.0, 12.0
WELTS_MM = (62.0, 130.0, 168.0, 182.0)
TAPE_MM, LEVELS_MM, BRACE_MM = 25.0, (120.0, 220.0), 100.0
"""Half width of the bands, heights of the level ones, and where those over the shoulders run."""
FLUORESCENT = {"yellow": (0.66, 0.86, 0.03), "orange": (0.95, 0.21, 0.025)}
"""Albedo with what dyes shine of themselves, linear sRGB; plausible values, not measured."""


class VestSpec(ClothesSpec):
    """A waistcoat."""

    kind: Literal["vest"] = "vest"
    fabric: FabricSpec = SUITING
    """The cloth."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.003, high=0.005)
    """How loosely it hangs."""


class Vest(Clothes):
    """One waistcoat; see `VestSpec`."""

    kind: Literal["vest"] = "vest"


class HighVisibilitySpec(ClothesSpec):
    """A high-visibility vest: it sends back the light of lamps near the camera."""

    kind: Literal["high_visibility"] = "high_visibility"
    fabric: FabricSpec = FabricSpec(weave="plain", color="yellow")
    """The cloth; its colour in visible light is `dye`."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.006, high=0.012)
    """How loosely it hangs."""
    dye: Annotated[Name, one_of(FLUORESCENT)] = NameChoice(values=("yellow", "orange"), weights=(65, 35))
    """Fluorescent colour."""


class HighVisibility(Clothes):
    """One high-visibility vest; see `HighVisibilitySpec`."""

    kind: Literal["high_visibility"] = "high_visibility"
    dye: str


def sample_vest(spec: VestSpec, key: Key) -> Vest:
    """Draw a waistcoat."""
    return sample_clothes(Vest, spec, key)


def sample_high_visibility(spec: HighVisibilitySpec, key: Key) -> HighVisibility:
    """Draw a high-visibility vest."""
    return sample_clothes(HighVisibility, spec, key)


def _front(rest_mm: NDArray) -> NDArray:
    return np.minimum(round_neck(rest_mm, 0, 4, 10), outside_v(rest_mm, POINT_MM, HALF_MM, 550))


def _vest_inside(rest_mm: NDArray) -> NDArray:
    points = np.where(rest_mm[:, 1] < -30, 0.55 * np.abs(np.abs(rest_mm[:, 0]) - 45), 40) - 38
    edges = np.minimum(_front(rest_mm), armless(rest_mm, 16, 20))
    return np.minimum(edges, hem(rest_mm, HIP_MM) - np.clip(points, -40, 0))


def _overlap(rest_mm: NDArray) -> NDArray:
    return np.where(rest_mm[:, 1] < -30, rest_mm[:, 0] + OVERLAP_MM, 50.0)


def _welts(rest_mm: NDArray) -> NDArray:
    x = np.abs(rest_mm[:, 0])
    slope = 0.12 * (x - 96)
    return box(rest_mm - np.stack([0 * x, 0 * x, slope], 1), x, WELTS_MM)


def _safety_inside(rest_mm: NDArray) -> NDArray:
    edges = np.minimum(round_neck(rest_mm, 10, 16, 14), outside_v(rest_mm, 400, 52, 560))
    return np.minimum(np.minimum(edges, armless(rest_mm, -4, 42)), hem(rest_mm, -40.0))


def _tape(rest_mm: NDArray) -> NDArray:
    x, z = np.abs(rest_mm[:, 0]), rest_mm[:, 2]
    level = np.max([TAPE_MM - np.abs(z - height) for height in LEVELS_MM], axis=0)
    brace = np.minimum(TAPE_MM - np.abs(x - BRACE_MM), z - LEVELS_MM[-1])
    return np.maximum(level, brace)


@lru_cache(maxsize=1)
def _vest_pattern() -> Pattern:
    lines = [line for f in (_overlap, _welts) for line in (f, lambda rest, f=f: f(rest) - 1)]
    return cut(_vest_inside, lines)


@lru_cache(maxsize=1)
def _safety_pattern() -> Pattern:
    return cut(_safety_inside, [_tape, lambda rest: np.where(rest[:, 1] < -30, np.abs(rest[:, 0]) - 1.5, 50)])


def build_vest(vest: Vest, body: Dummy) -> tuple[Mesh, ...]:
    """Return the waistcoat over what is worn."""
    pattern = _vest_pattern()
    rest = pattern.rest_mm
    over = step_mm(_overlap(rest), 2.0, 1.0) * (rest[:, 1] < -30) * np.clip(1 - (np.abs(rest[:, 0]) - 12) / 40, 0, 1)
    sewn = sew(
        "vest",
        pattern,
        body,
        vest,
        tight=np.maximum(closeness(pattern.inside_mm, 30), 0.5),
        thickness_m=0.0022,
        hang=0.3,
        folds=0.8,
        raised_mm=over + step_mm(_welts(rest), 1.5),
        seams=(_welts(rest), pattern.inside_mm),
        part=Part.CLOTHING_OUTER,
        hem_m=0.025,
    )
    places = np.stack([np.zeros(5), np.linspace(POINT_MM - 14, 80, 5)], 1)
    points, normals = places_on(pattern, sewn, places)
    return sewn.mesh, buttons("vest_buttons", "vest", points, normals, 14.0, Part.CLOTHING_OUTER)


def build_high_visibility(vest: HighVisibility, body: Dummy) -> tuple[Mesh, ...]:
    """Return the high-visibility vest over what is worn."""
    pattern = _safety_pattern()
    rest = pattern.rest_mm
    tape = _tape(rest)
    front = np.where(rest[:, 1] < -30, rest[:, 0], 50.0)
    sewn = sew(
        "high_visibility",
        pattern,
        body,
        vest,
        tight=closeness(pattern.inside_mm, 25) * 0.6,
        thickness_m=0.0016,
        folds=0.8,
        raised_mm=step_mm(tape, 0.5),
        seams=(tape, front),
        part=Part.CLOTHING_OUTER,
        materials=("high_visibility", "high_visibility_tape"),
        material=(_tape(pattern.middles) > 0).astype(np.int16),
    )
    return (sewn.mesh,)


def materials_vest(vest: Vest) -> dict[str, Material]:
    """Return what a waistcoat is made of."""
    return {
        "vest": fabric_material(vest.fabric),
        "vest_button": Surface(Spectrum((0.03, 0.025, 0.022), 0.2, 0.2), roughness=0.3),
    }


def materials_high_visibility(vest: HighVisibility) -> dict[str, Material]:
    """Return what a high-visibility vest is made of."""
    nir = vest.fabric.nir[0]
    return {
        "high_visibility": fabric_material(vest.fabric, Spectrum(FLUORESCENT[vest.dye], nir, nir)),
        "high_visibility_tape": RetroTape(Spectrum((0.36, 0.37, 0.38), 0.36, 0.36), roughness=0.38),
    }


VEST = GarmentKind(
    VestSpec, Vest, sample_vest, build_vest, lambda vest, rest: deep_in_pits(_vest_inside(rest), rest), materials_vest
)
HIGH_VISIBILITY = GarmentKind(
    HighVisibilitySpec,
    HighVisibility,
    sample_high_visibility,
    build_high_visibility,
    lambda vest, rest: deep_in_pits(_safety_inside(rest), rest),
    materials_high_visibility,
)
