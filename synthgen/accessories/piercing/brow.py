"""A barbell through the skin of a brow."""

from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import ellipsoid, rounded_rectangle, spline, sweep
from synthgen.accessories.jewels import JEWELLERY
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.metals import metal
from synthgen.accessories.pieces import worn_mesh
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.mesh import unit
from synthgen.parts import Part
from synthgen.rng import Key

DEPTH_MM, WIRE_MM = 1.6, 0.6
"""How deep the bar runs, and half its thickness."""


class BrowPiercingSpec(Frozen):
    """A barbell in a brow."""

    kind: Literal["brow_piercing"] = "brow_piercing"
    side: Annotated[Name, one_of(SIDES)] = NameChoice(values=("left", "right"))
    """Which brow."""
    ball_mm: Annotated[Number, within(2, 5)] = Uniform(low=2.5, high=3.5)
    """Diameter of the balls."""
    length_mm: Annotated[Number, within(6, 14)] = Uniform(low=8, high=11)
    """Between the balls."""
    tilt_deg: Annotated[Number, within(-40, 60)] = Uniform(low=0, high=30)
    """How far its upper end leans outwards."""
    metal: Annotated[Name, one_of(JEWELLERY)] = "all"
    """What it is made of."""


class BrowPiercing(Frozen):
    """One barbell; see `BrowPiercingSpec`."""

    kind: Literal["brow_piercing"] = "brow_piercing"
    side: str
    ball_mm: float
    length_mm: float
    tilt_deg: float
    metal: str


def sample(spec: BrowPiercingSpec, key: Key) -> BrowPiercing:
    """Draw a barbell."""
    return drawn(BrowPiercing, spec, key)


def build(worn: BrowPiercing, fit: Fit) -> Worn:
    """Return a barbell in a brow."""
    at, out = fit.spot("brow", worn.side)
    up = unit(np.array([0.0, 0.0, 1.0]) - out * out[2])
    aside = np.cross(out, up)
    aside = aside * np.sign(aside[0] * SIDES[worn.side])
    lean = np.radians(worn.tilt_deg)
    along = np.cos(lean) * up + np.sin(lean) * aside
    ends = at + np.array([[-0.5], [0.5]]) * worn.length_mm * along
    ends = ends - (fit.distance(ends)[0] - 0.42 * worn.ball_mm)[:, None] * fit.distance(ends)[1]
    path = spline(np.stack([ends[0], at - DEPTH_MM * out, ends[1]]), 20)
    pieces = [(sweep(path, out, rounded_rectangle(WIRE_MM, WIRE_MM, WIRE_MM)), "metal")]
    ball = ellipsoid(np.full(3, worn.ball_mm / 2), 16)
    pieces += [(ball.moved(np.eye(3), end), "metal") for end in ends]
    return Worn((worn_mesh("brow_piercing", "brow_piercing", Part.PIERCING, pieces, fit),))


def materials(worn: BrowPiercing) -> dict[str, Material]:
    """Return the materials of a barbell, by the names its meshes use."""
    return {"brow_piercing_metal": metal(worn.metal)}


BROW_PIERCING = Kind(BrowPiercingSpec, BrowPiercing, sample, build, materials)
