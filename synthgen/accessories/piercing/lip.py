"""Studs and rings about the lips."""

from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import ellipsoid, ring
from synthgen.accessories.jewels import JEWELLERY
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.metals import metal
from synthgen.accessories.pieces import Piece, worn_mesh
from synthgen.distributions import Name, Number, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.mesh import unit
from synthgen.parts import Part
from synthgen.rng import Key

PLACES = {
    "labret": (("labret", "left"),),
    "monroe": (("above_lip", "left"),),
    "monroe_right": (("above_lip", "right"),),
    "side_left": (("below_lip", "left"),),
    "side_right": (("below_lip", "right"),),
    "both_sides": (("below_lip", "left"), ("below_lip", "right")),
}
"""Spots by the name of a piercing: below the lower lip, above the upper one on the left or right, at the sides."""
SHAPES = ("ball", "ring")


class LipPiercingSpec(Frozen):
    """A piercing about the lips."""

    kind: Literal["lip_piercing"] = "lip_piercing"
    place: Annotated[Name, one_of(PLACES)] = "all"
    """Where it is."""
    shape: Annotated[Name, one_of(SHAPES)] = "ball"
    """A ball on the skin, or a ring half in it."""
    size_mm: Annotated[Number, within(1.5, 12)] = Uniform(low=2.5, high=3.5)
    """Diameter of the ball; a ring is three times as wide."""
    metal: Annotated[Name, one_of(JEWELLERY)] = "all"
    """What it is made of."""


class LipPiercing(Frozen):
    """One piercing; see `LipPiercingSpec`."""

    kind: Literal["lip_piercing"] = "lip_piercing"
    place: str
    shape: str
    size_mm: float
    metal: str


def sample(spec: LipPiercingSpec, key: Key) -> LipPiercing:
    """Draw a piercing."""
    return drawn(LipPiercing, spec, key)


def build(worn: LipPiercing, fit: Fit) -> Worn:
    """Return a piercing about the lips."""
    pieces: list[Piece] = []
    for name, side in PLACES[worn.place]:
        at, out = fit.spot(name, side)
        if worn.shape == "ball":
            pieces.append(
                (ellipsoid(np.full(3, worn.size_mm / 2), 16).moved(np.eye(3), at + 0.4 * worn.size_mm * out), "metal")
            )
        else:
            up = unit(np.array([0.0, 0.0, 1.0]) - out * out[2])
            pieces.append(
                (
                    ring(at + 0.25 * worn.size_mm * out + up * 0.8 * worn.size_mm, out, up, 1.5 * worn.size_mm, 0.5),
                    "metal",
                )
            )
    return Worn((worn_mesh("lip_piercing", "lip_piercing", Part.PIERCING, pieces, fit),))


def materials(worn: LipPiercing) -> dict[str, Material]:
    """Return the materials of a piercing, by the names its meshes use."""
    return {"lip_piercing_metal": metal(worn.metal)}


LIP_PIERCING = Kind(LipPiercingSpec, LipPiercing, sample, build, materials)
