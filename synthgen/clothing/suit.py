"""A suit jacket over a shirt, worn as one."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.blazer import BLAZER, Blazer, BlazerSpec
from synthgen.clothing.drape import Dummy
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.layers import layered
from synthgen.clothing.shirt import SHIRT, SHIRTING, Shirt, ShirtSpec
from synthgen.distributions import NameChoice
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.mesh import Mesh
from synthgen.rng import Key

DRESS = SHIRTING.model_copy(
    update={
        "weave": "plain",
        "pattern": NameChoice(values=("plain", "upright_stripes", "gingham"), weights=(80, 14, 6)),
        "color": NameChoice(values=("white", "sky", "pink", "light_grey", "black"), weights=(60, 25, 6, 6, 3)),
    }
)


class SuitSpec(Frozen):
    """A suit: jacket over shirt."""

    kind: Literal["suit"] = "suit"
    jacket: BlazerSpec = BlazerSpec()
    """What is seen most."""
    shirt: ShirtSpec = ShirtSpec(fabric=DRESS, neck=NameChoice(values=("tie", "open"), weights=(75, 25)))
    """What is worn below."""


class Suit(Frozen):
    """One suit; see `SuitSpec`."""

    kind: Literal["suit"] = "suit"
    jacket: Blazer
    shirt: Shirt


def sample(spec: SuitSpec, key: Key) -> Suit:
    """Draw a suit."""
    return Suit(
        jacket=BLAZER.sample(spec.jacket, key.child("jacket")),  # type: ignore[arg-type]
        shirt=SHIRT.sample(spec.shirt, key.child("shirt")),  # type: ignore[arg-type]
    )


def build(suit: Suit, body: Dummy) -> tuple[Mesh, ...]:
    """Return jacket and shirt on a body; each is an instance of its own."""
    return layered(SHIRT, suit.shirt, BLAZER, suit.jacket, body)


def covers(suit: Suit, rest_mm: NDArray) -> NDArray:
    """Return how far inside a suit places (n, 3) lie (n,), millimetres."""
    return np.maximum(SHIRT.covers(suit.shirt, rest_mm), BLAZER.covers(suit.jacket, rest_mm))


def materials(suit: Suit) -> dict[str, Material]:
    """Return what a suit is made of."""
    return {**SHIRT.materials(suit.shirt), **BLAZER.materials(suit.jacket)}


SUIT = GarmentKind(SuitSpec, Suit, sample, build, covers, materials)
