"""A quilted jacket, zipped, with a collar that stands."""

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.closures import places_on, zipper
from synthgen.clothing.collars import Edge, ground, neck_edge, panel
from synthgen.clothing.drape import Dummy
from synthgen.clothing.form import angle_of, beyond_armhole_mm, down_arm_mm
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.neck import outside_v, round_neck, sleeve, sleeved
from synthgen.clothing.pattern import Pattern, cut
from synthgen.clothing.sewing import Clothes, ClothesSpec, closeness, sample_clothes, sew
from synthgen.clothing.shirt_collar import UP
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.fabrics import FabricSpec, fabric_material
from synthgen.materials import Material, Metal, Spectrum
from synthgen.mesh import Mesh
from synthgen.noise import noise
from synthgen.parts import Part
from synthgen.rng import Key

SLEEVE_MM, HIP_MM, FRONT_MM, COLLAR_M = 446.0, -52.0, 7.0, 0.058
ZIPS = ("closed", "half")
OPEN_TO_MM, OPEN_HALF_MM = 415.0, 34.0


class PufferSpec(ClothesSpec):
    """A quilted jacket."""

    kind: Literal["puffer"] = "puffer"
    fabric: FabricSpec = FabricSpec(
        weave="nylon",
        color=NameChoice(
            values=("black", "navy", "olive", "charcoal", "red", "orange", "blue", "khaki", "burgundy", "teal"),
            weights=(30, 16, 10, 10, 8, 5, 6, 5, 5, 5),
        ),
    )
    """The cloth."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.008, high=0.013)
    """How loosely it hangs."""
    baffle_mm: Annotated[Number, within(20, 120)] = Uniform(low=35, high=75)
    """Height of the tubes it is quilted into."""
    zip: Annotated[Name, one_of(ZIPS)] = NameChoice(values=ZIPS, weights=(50, 50))
    """How far it is zipped up."""


class Puffer(Clothes):
    """One quilted jacket; see `PufferSpec`."""

    kind: Literal["puffer"] = "puffer"
    baffle_mm: float
    zip: str


def sample(spec: PufferSpec, key: Key) -> Puffer:
    """Draw a quilted jacket."""
    return sample_clothes(Puffer, spec, key)


def _neckline(rest_mm: NDArray, opened: bool) -> NDArray:
    high = round_neck(rest_mm, 2, 0)
    return np.minimum(high, outside_v(rest_mm, OPEN_TO_MM, OPEN_HALF_MM)) if opened else high


def _inside(rest_mm: NDArray, opened: bool) -> NDArray:
    return sleeved(_neckline(rest_mm, opened), rest_mm, SLEEVE_MM, HIP_MM)


@lru_cache(maxsize=2)
def _pattern(opened: bool) -> Pattern:
    return cut(
        lambda rest: _inside(rest, opened), [lambda rest: np.where(rest[:, 1] < 0, np.abs(rest[:, 0]) - FRONT_MM, 9)]
    )


def quilting(rest_mm: NDArray, baffle_mm: float, key: Key, front: bool = True) -> tuple[NDArray, NDArray]:
    """Return the height (n,) of quilted tubes, millimetres, and the distance (n,) from their seams."""
    arm = beyond_armhole_mm(rest_mm)
    along = np.where(arm > 0, 451 - down_arm_mm(rest_mm), rest_mm[:, 2])
    phase = along / baffle_mm
    away = np.abs(phase - np.round(phase)) * baffle_mm
    away = np.minimum(away, np.abs(arm))
    if front:
        away = np.where(rest_mm[:, 1] < 0, np.minimum(away, np.maximum(np.abs(rest_mm[:, 0]) - FRONT_MM, 0)), away)
    full = np.sqrt(np.clip(1 - (1 - np.clip(away / (0.5 * baffle_mm), 0, 1)) ** 2, 0, 1))
    turn = angle_of(rest_mm[:, 1] + 45, rest_mm[:, 0]) * 150
    stretched = np.stack([turn, 0.45 * along, np.sign(rest_mm[:, 0]) * 600 * (arm > 0)], 1)
    gathered = noise(stretched, 24, key.child("gathered")) * np.exp(-away / 14)
    lumps = noise(stretched, 60, key.child("lumps"))
    return (0.20 * baffle_mm + 3) * full * (1 + 0.14 * lumps) + 1.5 * gathered * np.clip(away / 5, 0, 1), away


def build(puffer: Puffer, body: Dummy) -> tuple[Mesh, ...]:
    """Return the jacket over what is worn."""
    opened = puffer.zip == "half"
    pattern = _pattern(opened)
    rest = pattern.rest_mm
    key = Key(f"puffer/{puffer.seed}")
    height, seams = quilting(rest, puffer.baffle_mm, key)
    neck = _neckline(rest, opened)
    sewn = sew(
        "puffer",
        pattern,
        body,
        puffer,
        tight=np.maximum(closeness(neck, 30), closeness(sleeve(rest, SLEEVE_MM), 30)),
        thickness_m=0.004,
        folds=0.2,
        raised_mm=height * np.clip(pattern.inside_mm / 14, 0, 1),
        seams=(seams,),
        part=Part.CLOTHING_OUTER,
    )
    top = OPEN_TO_MM if opened else 538.0
    places = np.stack([np.zeros(60), np.linspace(HIP_MM + 10, top, 60)], 1)
    points, normals = places_on(pattern, sewn, places)
    edge = neck_edge(pattern, sewn.vertices, ahead_deg=24 if opened else 3)
    return (
        sewn.mesh,
        standing_collar("puffer", edge, body, COLLAR_M, 0.0075, key),
        zipper("puffer_zip", "puffer", points + normals * 0.0012, normals),
    )


def standing_collar(name: str, edge: Edge, body: Dummy, height_m: float, full_m: float, key: Key) -> Mesh:
    """Return a collar of two quilted tubes that stands about the neck."""
    rows = np.linspace(0, 1, 17)
    puffed = np.abs(np.sin(2 * np.pi * rows)) ** 0.6 * full_m
    lean = edge.outward * 0.10
    grid = edge.points[:, None] + (UP + lean)[:, None] * (rows * height_m)[None, :, None]
    lumps = noise(grid.reshape(-1, 3) * 1e3, 30, key.child("collar")).reshape(grid.shape[:2])
    grid = grid + edge.outward[:, None] * (puffed * (1 + 0.18 * lumps) + 0.004)[..., None]
    near = body.points[:, 2] > body.points[:, 2].max() - 0.13
    grid = ground((body.points[near], body.normals[near])).push_out(grid, 0.012)
    size = edge.length_m * 1e3, height_m * 1e3
    return panel(f"{name}_collar", name, grid, 0.010, size, Part.CLOTHING_OUTER)


def materials(puffer: Puffer) -> dict[str, Material]:
    """Return what a quilted jacket is made of."""
    return {
        "puffer": fabric_material(puffer.fabric),
        "puffer_metal": Metal(Spectrum((0.30, 0.30, 0.31), 0.4, 0.4), 0.35),
    }


PUFFER = GarmentKind(
    PufferSpec, Puffer, sample, build, lambda puffer, rest: _inside(rest, puffer.zip == "half"), materials
)
