"""What people wear on the body: one file per kind of garment.

A new kind is a file with a `GarmentKind`, and its name in `GARMENTS` or `OUTERWEAR`.
"""

from typing import TYPE_CHECKING, Annotated, Any, Union

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from synthgen.accessories import Nothing
from synthgen.accessories.kind import HoodPose
from synthgen.clothing import trousers
from synthgen.clothing.abaya import ABAYA
from synthgen.clothing.blazer import BLAZER
from synthgen.clothing.blouse import BLOUSE
from synthgen.clothing.denim_jacket import DENIM_JACKET
from synthgen.clothing.drape import dummy
from synthgen.clothing.hoodie import HOODIE
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.kurta import KURTA
from synthgen.clothing.layers import layered
from synthgen.clothing.polo import POLO
from synthgen.clothing.puffer import PUFFER
from synthgen.clothing.scrubs import SCRUBS
from synthgen.clothing.shirt import SHIRT
from synthgen.clothing.suit import SUIT
from synthgen.clothing.sweater import SWEATER, TURTLENECK
from synthgen.clothing.tank_top import TANK_TOP
from synthgen.clothing.tshirt import TSHIRT
from synthgen.clothing.vest import HIGH_VISIBILITY, VEST
from synthgen.clothing.vneck import VNECK
from synthgen.frozen import Frozen, kind_of
from synthgen.head.model import Points
from synthgen.materials import Material
from synthgen.mesh import Mesh
from synthgen.rng import Key

GARMENTS: tuple[GarmentKind, ...] = (
    TSHIRT,
    VNECK,
    TANK_TOP,
    POLO,
    SHIRT,
    HOODIE,
    SWEATER,
    TURTLENECK,
    BLOUSE,
    SCRUBS,
    KURTA,
    ABAYA,
    SUIT,
)
"""Worn on the skin."""
OUTERWEAR: tuple[GarmentKind, ...] = (BLAZER, VEST, DENIM_JACKET, PUFFER, HIGH_VISIBILITY)
"""Worn over a garment."""
KINDS: dict[str, GarmentKind] = {kind.name: kind for kind in GARMENTS + OUTERWEAR}


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


EVERYDAY: tuple[tuple[float, GarmentKind], ...] = (
    (26, TSHIRT),
    (7, VNECK),
    (3, TANK_TOP),
    (9, POLO),
    (18, SHIRT),
    (12, HOODIE),
    (10, SWEATER),
    (3, TURTLENECK),
    (3, BLOUSE),
    (1, SCRUBS),
    (1, KURTA),
    (7, SUIT),
)
"""How often a garment is worn if nothing is asked for, percent."""


def everyday() -> tuple[dict[str, Any], ...]:
    """Return the garments that are worn if nothing is asked for, as the data of percent groups."""
    return tuple({"percent": percent, "kind": kind.name} for percent, kind in EVERYDAY)


def sample_garment(spec: Any, key: Key) -> Any:
    """Draw a garment."""
    return spec if spec.kind == "none" else KINDS[spec.kind].sample(spec, key.child(spec.kind))


def dress(
    garment: Any, outerwear: Any, legs: trousers.Trousers, posed_cage: Points, hood: HoodPose = "down"
) -> tuple[Mesh, ...]:
    """Return all clothes on a posed body (cage vertices (v, 3), metres), the inner ones first."""
    body = dummy(posed_cage, hood)
    inner = KINDS[garment.kind]
    if outerwear.kind == "none":
        worn = inner.build(garment, body)
    else:
        worn = layered(inner, garment, KINDS[outerwear.kind], outerwear, body)
    return worn + trousers.build(legs, posed_cage)


def covered_mm(garments: tuple[Any, ...], rest_mm: NDArray) -> NDArray:
    """Return how far inside any of some garments places (n, 3) at rest lie (n,), millimetres; negative outside."""
    inside = [KINDS[one.kind].covers(one, rest_mm) for one in garments if one.kind != "none"]
    return np.max(inside, axis=0)


def clothing_materials(*garments: Any) -> dict[str, Material]:
    """Return the materials of garments, by the names their meshes use."""
    worn = [one for one in garments if one.kind != "none"]
    return {name: material for one in worn for name, material in KINDS[one.kind].materials(one).items()}
