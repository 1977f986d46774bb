"""A ring or horseshoe through the septum."""

from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import ellipsoid, ring, rounded_rectangle, sweep
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

SHAPES = ("ring", "horseshoe")
ABOVE_MM = 2.6
"""How far above the lower edge of the septum the hole is."""
OPEN_RAD = 0.45
"""Half the opening of a horseshoe."""
CLEAR_MM = 0.5


class SeptumSpec(Frozen):
    """A ring through the septum."""

    kind: Literal["septum"] = "septum"
    shape: Annotated[Name, one_of(SHAPES)] = "all"
    """A ring is closed, a horseshoe ends in two balls."""
    diameter_mm: Annotated[Number, within(6, 16)] = Uniform(low=8, high=11)
    """Of the ring."""
    wire_mm: Annotated[Number, within(0.6, 2.5)] = Uniform(low=1.0, high=1.6)
    """How thick the ring is."""
    metal: Annotated[Name, one_of(JEWELLERY)] = "all"
    """What it is made of."""


class Septum(Frozen):
    """One ring; see `SeptumSpec`."""

    kind: Literal["septum"] = "septum"
    shape: str
    diameter_mm: float
    wire_mm: float
    metal: str


def sample(spec: SeptumSpec, key: Key) -> Septum:
    """Draw a ring."""
    return drawn(Septum, spec, key)


def build(worn: Septum, fit: Fit) -> Worn:
    """Return a ring through the septum that hangs before the lip: swung forwards until it clears it."""
    at, out = fit.spot("septum")
    hole = at - out * ABOVE_MM
    radius, wire = (worn.diameter_mm - worn.wire_mm) / 2, worn.wire_mm / 2
    ball = 1.5 * wire + 0.4 if worn.shape == "horseshoe" else wire
    side = np.array([1.0, 0.0, 0.0])
    for forward in np.arange(0.15, 3.0, 0.15):
        hang = unit(fit.down + forward * np.array([0.0, -1.0, 0.0]))
        hang = unit(hang - side * (hang @ side))
        low = hole + hang * 2 * radius + side * np.linspace(-1, 1, 7)[:, None] * radius * np.sin(OPEN_RAD)
        if fit.distance(low)[0].min() > ball + CLEAR_MM:
            break
    centre = hole + hang * radius
    pieces: list[Piece] = []
    if worn.shape == "ring":
        pieces.append((ring(centre, side, hang, radius, wire), "metal"))
    else:
        angle = np.linspace(OPEN_RAD, 2 * np.pi - OPEN_RAD, 40)[:, None]
        path = centre + radius * (np.cos(angle) * hang + np.sin(angle) * side)
        pieces.append((sweep(path, np.cross(hang, side), rounded_rectangle(wire, wire, wire, 4)), "metal"))
        pieces += [(ellipsoid(np.full(3, ball), 16).moved(np.eye(3), path[end]), "metal") for end in (0, -1)]
    return Worn((worn_mesh("septum", "septum", Part.PIERCING, pieces, fit),))


def materials(worn: Septum) -> dict[str, Material]:
    """Return the materials of a ring, by the names its meshes use."""
    return {"septum_metal": metal(worn.metal)}


SEPTUM = Kind(SeptumSpec, Septum, sample, build, materials)
