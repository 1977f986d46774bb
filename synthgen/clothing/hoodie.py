"""A hooded sweatshirt with the hood down."""

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.closures import cord, places_on
from synthgen.clothing.collars import Edge, fallen, ground, neck_edge, panel, turned_over
from synthgen.clothing.drape import Dummy
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.neck import hem, round_neck, sleeve, sleeved
from synthgen.clothing.pattern import Pattern, cut
from synthgen.clothing.sewing import Clothes, ClothesSpec, Sewn, closeness, sample_clothes, sew, step_mm
from synthgen.clothing.shirt_collar import UP
from synthgen.distributions import NameChoice, Number, Uniform, within
from synthgen.fabrics import FabricSpec, fabric_material
from synthgen.materials import Material
from synthgen.mesh import Mesh, unit
from synthgen.noise import noise
from synthgen.rng import Key

SLEEVE_MM, HIP_MM, CUFF_MM, WELT_MM = 446.0, -38.0, 58.0, 55.0
POCKET_MM = (120.0, 70.0, 30.0, 200.0)
"""Half width below and above, lower and upper end of the pocket."""
LEANS = 0.25
"""How far the hood goes across the back for each metre down."""
PRESSED = 0.7, 0.1
"""Share of its length and of its fullness that a hood has below a jacket."""
HOOD_M, HOOD_FRONT_M, RISE_M, FULL_M = 0.175, 0.030, 0.030, 0.016
"""Length of the hood behind and where it begins in front, how high it stands, and how thick it lies."""
FLAT, FLAT_M = 0.3, 0.008
"""Share of its height and fullness that a hood has below what is worn about the neck; how far from the back it is."""


class HoodieSpec(ClothesSpec):
    """A hooded sweatshirt, hood down; up, and of its cloth, where the headwear is `hood`."""

    kind: Literal["hoodie"] = "hoodie"
    fabric: FabricSpec = FabricSpec(
        weave=NameChoice(values=("fleece", "jersey"), weights=(45, 55)),
        pattern=NameChoice(values=("plain", "logo", "melange", "camouflage"), weights=(50, 25, 22, 3)),
    )
    """The cloth."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.008, high=0.015)
    """How loosely it hangs."""


class Hoodie(Clothes):
    """One hooded sweatshirt; see `HoodieSpec`."""

    kind: Literal["hoodie"] = "hoodie"


def sample(spec: HoodieSpec, key: Key) -> Hoodie:
    """Draw a hooded sweatshirt."""
    return sample_clothes(Hoodie, spec, key)


def _pocket(rest_mm: NDArray) -> NDArray:
    wide, narrow, low, high = POCKET_MM
    x, z = np.abs(rest_mm[:, 0]), rest_mm[:, 2]
    half = wide + (narrow - wide) * np.clip((z - low - 60) / (high - low - 60), 0, 1)
    return np.where(rest_mm[:, 1] < -30, np.minimum(half - x, np.minimum(z - low, high - z)), -50.0)


def _neckline(rest_mm: NDArray) -> NDArray:
    return round_neck(rest_mm, 14, -2)


def _inside(rest_mm: NDArray) -> NDArray:
    return sleeved(_neckline(rest_mm), rest_mm, SLEEVE_MM, HIP_MM)


@lru_cache(maxsize=1)
def _pattern() -> Pattern:
    lines = [_pocket, lambda rest: _pocket(rest) - 1]
    lines += [lambda rest: sleeve(rest, SLEEVE_MM) - CUFF_MM, lambda rest: hem(rest, HIP_MM) - WELT_MM]
    return cut(_inside, lines)


def build(hoodie: Hoodie, body: Dummy) -> tuple[Mesh, ...]:
    """Return the sweatshirt on a body."""
    pattern = _pattern()
    rest = pattern.rest_mm
    cuff, welt, pocket = sleeve(rest, SLEEVE_MM) - CUFF_MM, hem(rest, HIP_MM) - WELT_MM, _pocket(rest)
    ends = np.minimum(cuff, welt)
    sewn = sew(
        "hoodie",
        pattern,
        body,
        hoodie,
        tight=np.maximum(closeness(_neckline(rest), 40), closeness(ends, 35)),
        thickness_m=0.0028,
        folds=0.9,
        raised_mm=step_mm(pocket, 2.2),
        seams=(cuff, welt, pocket),
        materials=("hoodie", "hoodie_rib"),
        material=(ends[pattern.triangles].mean(1) < 0).astype(np.int16),
    )
    key = Key(f"hoodie/{hoodie.seed}")
    edge = neck_edge(pattern, sewn.vertices, ahead_deg=7)
    hood = () if body.hood == "up" else (_hood(edge, body, sewn, key),)
    return sewn.mesh, *hood, *_cords(pattern, sewn, key)


def _hood(edge: Edge, body: Dummy, sewn: Sewn, key: Key) -> Mesh:
    """Return the hood lying on the back, or pressed flat there."""
    flat = body.hood == "flat"
    behind = np.clip(1 - np.abs(edge.share) / 0.8, 0, 1) ** 0.8
    stands = FLAT if flat else 1.0
    long, full = PRESSED if body.covered else (1.0, stands)
    width = HOOD_FRONT_M + (HOOD_M * long - HOOD_FRONT_M) * behind**1.4
    grid = turned_over(edge, UP, RISE_M * stands * (0.55 + 0.45 * behind), width, 0.55, 0.0, 0.011, rows=(4, 7, 22))
    on = ground((sewn.vertices, sewn.normals))
    grid[:, 11:] = fallen(edge, grid[:, 10], UP, width, LEANS * behind + 0.5 * (1 - behind), on, 0.0065, 22)
    # the outer rim gathers: it is cut far longer than the neckline
    share = np.clip((np.arange(grid.shape[1]) - 10) / 22, 0, 1)
    places = grid.reshape(-1, 3) * 1e3
    lumps = noise(places, 75, key.child("lumps")).reshape(grid.shape[:2])
    creases = noise(places * [1, 1, 0.35], 34, key.child("creases")).reshape(grid.shape[:2])
    weight = np.sin(np.pi * np.clip(share * 0.9 + 0.08, 0, 1))[None]
    outward = unit(edge.outward[::-1])[:, None] + np.array([0, 0, 0.35])
    high = FULL_M * np.sin(np.pi * np.clip(share, 0, 1) ** 0.8) * behind[::-1, None]
    grid = grid + outward * (full * (high + 0.0045 * lumps * weight + 0.0022 * creases * weight))[..., None]
    neck = ground((body.points[_near_neck(body)], body.normals[_near_neck(body)]))
    grid[:, :8] = neck.push_out(grid[:, :8], 0.004)
    grid[:, 8:] = on.push_out(grid[:, 8:], 0.0065)
    if flat:
        grid[:, 8:] = on.push_out(on.drawn_in(grid[:, 8:], FLAT_M), 0.0065)
    return panel("hoodie_hood", "hoodie", grid, 0.0045, (edge.length_m * 1e3, (HOOD_M + RISE_M) * 1e3))


def _near_neck(body: Dummy) -> NDArray[np.bool_]:
    top = body.points[:, 2].max()
    return body.points[:, 2] > top - 0.13


def _cords(pattern: Pattern, sewn: Sewn, key: Key) -> tuple[Mesh, ...]:
    found = []
    for side in (1, -1):
        long = key.child("cord", side).rng().uniform(110, 170)
        places = np.stack([side * np.linspace(26, 34, 7), 532 - long * np.linspace(0, 1, 7)], 1)
        points, normals = places_on(pattern, sewn, places)
        points = points + normals * 0.0034
        points[0] += normals[0] * 0.006
        found.append(cord(f"hoodie_cord_{'left' if side > 0 else 'right'}", "hoodie", points, 0.0027, "hoodie_cord"))
    return tuple(found)


def materials(hoodie: Hoodie) -> dict[str, Material]:
    """Return what a sweatshirt is made of."""
    return {
        "hoodie": fabric_material(hoodie.fabric),
        "hoodie_rib": fabric_material(hoodie.fabric.ribbed()),
        "hoodie_cord": fabric_material(hoodie.fabric.plain("twill")),
    }


HOODIE = GarmentKind(HoodieSpec, Hoodie, sample, build, lambda hoodie, rest: _inside(rest), materials)
