"""What people wear on the body: one file per kind of garment.

A new kind is a file with a `GarmentKind`, and its name in `GARMENTS` or `OUTERWEAR`.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Union

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from synthgen.accessories import Nothing
from synthgen.clothing import trousers
from synthgen.clothing.drape import dummy
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.polo import POLO
from synthgen.clothing.shirt import SHIRT
from synthgen.clothing.sweater import SWEATER, TURTLENECK
from synthgen.clothing.tank_top import TANK_TOP
from synthgen.clothing.tshirt import TSHIRT
from synthgen.clothing.vneck import VNECK
from synthgen.frozen import Frozen, kind_of
from synthgen.groups import Group
from synthgen.head.model import Points
from synthgen.materials import Material
from synthgen.mesh import Mesh
from synthgen.rng import Key

GARMENTS: tuple[GarmentKind, ...] = (TSHIRT, VNECK, TANK_TOP, POLO, SHIRT, SWEATER, TURTLENECK)
"""Worn on the skin."""
OUTERWEAR: tuple[GarmentKind, ...] = ()
"""Worn over a garment."""
KINDS: dict[str, GarmentKind] = {kind.name: kind for kind in GARMENTS + OUTERWEAR}

HIDDEN_BELOW_MM = 30.0
"""What lies this far inside a garment is left out of what is worn below."""


def _any_of(kinds: tuple[GarmentKind, ...], attribute: str, *more: type[Frozen]) -> Any:
    models = (*more, *(getattr(kind, attribute) for kind in kinds))
    return Annotated[Union[models], Field(discriminator="kind"), kind_of(*models)]  # noqa: UP007


if TYPE_CHECKING:
    GarmentSpec = Garment = OuterwearSpec = Outerwear = Frozen
else:
    GarmentSpec = _any_of(GARMENTS, "spec")
    Garment = _any_of(GARMENTS, "value")
    OuterwearSpec = _any_of(OUTERWEAR, "spec", Nothing)
    Outerwear = _any_of(OUTERWEAR, "value", Nothing)


EVERYDAY: tuple[tuple[float, GarmentKind], ...] = ((100, TSHIRT),)
"""How often a garment is worn if nothing is asked for, percent."""


def everyday() -> tuple[Group[Any], ...]:
    """Return the garments that are worn if nothing is asked for, as percent groups."""
    return tuple(Group(percent=percent, value=kind.spec()) for percent, kind in EVERYDAY)


def sample_garment(spec: Any, key: Key) -> Any:
    """Draw a garment."""
    return spec if spec.kind == "none" else KINDS[spec.kind].sample(spec, key.child(spec.kind))


def dress(garment: Any, outerwear: Any, legs: trousers.Trousers, posed_cage: Points) -> tuple[Mesh, ...]:
    """Return all clothes on a posed body (cage vertices (v, 3), metres), the inner ones first."""
    body = dummy(posed_cage)
    worn = KINDS[garment.kind].build(garment, body)
    if outerwear.kind != "none":
        over = KINDS[outerwear.kind].build(outerwear, body.wearing(worn))
        worn = tuple(_shown(mesh, covered_mm((outerwear,), mesh.attributes["rest_mm"])) for mesh in worn) + over
    return worn + trousers.build(legs, posed_cage)


def _shown(mesh: Mesh, covered: NDArray) -> Mesh:
    """Return a mesh without what lies well inside what is worn over it."""
    shown = (covered[mesh.triangles] < HIDDEN_BELOW_MM).any(1)
    return replace(
        mesh,
        triangles=mesh.triangles[shown],
        part=mesh.part[shown],
        material=None if mesh.material is None else mesh.material[shown],
        uv=None if mesh.uv is None else mesh.uv[shown],
    ).compact()


def covered_mm(garments: tuple[Any, ...], rest_mm: NDArray) -> NDArray:
    """Return how far inside any of some garments places (n, 3) at rest lie (n,), millimetres; negative outside."""
    inside = [KINDS[one.kind].covers(one, rest_mm) for one in garments if one.kind != "none"]
    return np.max(inside, axis=0)


def clothing_materials(*garments: Any) -> dict[str, Material]:
    """Return the materials of garments, by the names their meshes use."""
    worn = [one for one in garments if one.kind != "none"]
    return {name: material for one in worn for name, material in KINDS[one.kind].materials(one).items()}
