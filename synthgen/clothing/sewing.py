"""What most garments share: ranges, the draw, and the way from a pattern to draped cloth."""

from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.drape import Dummy, drape
from synthgen.clothing.finish import cloth_mesh, near_seams
from synthgen.clothing.folds import excess, fold_heights
from synthgen.clothing.pattern import Pattern
from synthgen.clothing.relax import Fullness, evened
from synthgen.distributions import Number, Uniform, draw_name, draw_number, within
from synthgen.fabrics import Fabric, FabricSpec, sample_fabric
from synthgen.frozen import Frozen
from synthgen.head.model import Points
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.ramps import smooth_step
from synthgen.rng import Key

UNDER_EASE, UNDER_HANG, UNDER_MM = 0.4, 0.15, (-50.0, 10.0)
"""Share of looseness that is left below other clothes, and how far inside them it begins and ends to be less."""
STIFF = 0.07
"""Of cloth a millimetre thick, in `Fullness`."""
T = TypeVar("T", bound=Frozen)


class ClothesSpec(Frozen):
    """Ranges that all garments have."""

    fabric: FabricSpec = FabricSpec()
    """The cloth."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.004, high=0.011)
    """How loosely it hangs."""


class Clothes(Frozen):
    """What all garments have; see `ClothesSpec`."""

    fabric: Fabric
    ease_m: float
    seed: int


def sample_clothes(value: type[T], spec: Any, key: Key) -> T:
    """Draw a garment: cloth, ease, and all other fields of its spec as names or numbers."""
    fields: dict[str, Any] = {}
    for name in type(spec).model_fields:
        asked = getattr(spec, name)
        if name == "kind":
            continue
        if isinstance(asked, FabricSpec):
            fields[name] = sample_fabric(asked, key.child(name))
        elif isinstance(asked, str) or isinstance(getattr(asked, "values", [0.0])[0], str):
            fields[name] = draw_name(asked, key.child(name))
        else:
            fields[name] = round(draw_number(asked, key.child(name)), 5)
    return value(**{**fields, "seed": key.child("seed").integer(31)})


@dataclass(frozen=True)
class Sewn:
    """A garment's cloth on a body.

    Attributes:
        mesh: With its edges; its first vertices are the pattern's.
        vertices: (n, 3) of the pattern, metres.
        normals: (n, 3) there.
    """

    mesh: Mesh
    vertices: Points
    normals: NDArray


def sew(
    name: str,
    pattern: Pattern,
    body: Dummy,
    clothes: Clothes,
    tight: NDArray,
    thickness_m: float = 0.0012,
    hang: float = 1.0,
    folds: float = 1.0,
    slack: float = 1.04,
    raised_mm: NDArray | float = 0.0,
    seams: tuple[NDArray, ...] = (),
    part: Part = Part.CLOTHING_UPPER,
    materials: tuple[str, ...] | None = None,
    material: NDArray | None = None,
    uv: NDArray | None = None,
    hem_m: float = 0.012,
) -> Sewn:
    """Return a garment draped over a body.

    Args:
        name: Of mesh and instance.
        pattern: The garment.
        body: What it is worn over.
        clothes: Its draw.
        tight: (n,) from 0 where it hangs freely to 1 where it lies close, as at necklines and cuffs.
        thickness_m: Of the cloth.
        hang: How straight it falls from chest and shoulder blades.
        folds: Their height against that of a shirt.
        slack: Length of the cloth against what the body needs.
        raised_mm: (n,) what lies on top: plackets, pockets, quilting.
        seams: Distances (n,) of further seams, millimetres.
        part: What it counts as.
        materials: Names; the mesh's own without them.
        material: (t,) index of each triangle's material.
        uv: (t, 3, 2) instead of the pattern's.
        hem_m: How far edges are turned in.
    """
    rest, free = pattern.rest_mm, (1 - np.clip(tight, 0, 1)) * (0.8 + 0.2 * np.clip(pattern.inside_mm / 45, 0, 1))
    hangs = hang * np.clip(clothes.ease_m / 0.007, 0.3, 1) * np.ones(len(rest))
    if body.covered:
        under = smooth_step(body.covered(rest), *UNDER_MM)
        free, hangs = free * (1 - (1 - UNDER_EASE) * under), hangs * (1 - (1 - UNDER_HANG) * under)
    ease = clothes.ease_m * (0.25 + 0.75 * free)
    full = _fullness(pattern, folds * free, clothes.ease_m, thickness_m, Key(f"{name}/{clothes.seed}"))
    vertices = drape(
        pattern,
        body,
        ease,
        full,
        hangs,
        slack=slack,
        raised_m=1e-3 * np.asarray(raised_mm),
        held=np.clip(tight, 0, 1) ** 2,
    )
    mesh = cloth_mesh(
        name, pattern, vertices, thickness_m, part, materials, material, uv, near_seams(pattern, seams), hem_m
    )
    return Sewn(mesh, vertices, mesh.shading_normals()[: len(vertices)])


def _fullness(pattern: Pattern, much: NDArray, ease_m: float, thickness_m: float, key: Key) -> Fullness:
    """Return what folds come from, so much of it (n,) as against a loose shirt, and more the looser it is."""
    heights_mm = much * (0.9 + 190 * ease_m) * fold_heights(pattern.rest_mm, key)
    return Fullness(
        (much * (1.3 + 50 * ease_m))[:, None, None] * excess(pattern.rest_mm, key),
        1e-3 * evened(heights_mm, pattern.smoothing, 2),
        STIFF * (thickness_m / 1e-3) ** 1.5,
    )


def closeness(distance_mm: NDArray, fades_mm: float) -> NDArray:
    """Return 1 at an edge (n,) that falls to 0 so far from it."""
    return np.clip(1 - np.maximum(distance_mm, 0) / fades_mm, 0, 1)


def step_mm(inside: NDArray, height_mm: float, edge_mm: float = 0.9) -> NDArray:
    """Return the height (n,) of a patch that lies on cloth where a distance is positive."""
    return height_mm * np.clip(np.asarray(inside) / edge_mm, 0, 1)
