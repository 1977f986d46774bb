"""A ring round the rim of a nostril."""

from typing import Annotated, Literal

from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import ring
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

RIM_SHARE = 0.72
"""How far above the rim the hole is, as a share of the ring's radius."""


class NoseRingSpec(Frozen):
    """A ring in a nostril."""

    kind: Literal["nose_ring"] = "nose_ring"
    side: Annotated[Name, one_of(SIDES)] = NameChoice(values=("left", "right"))
    """Which nostril."""
    diameter_mm: Annotated[Number, within(6, 14)] = Uniform(low=7.5, high=10)
    """Of the ring."""
    wire_mm: Annotated[Number, within(0.5, 1.6)] = Uniform(low=0.7, high=1.2)
    """How thick the ring is."""
    metal: Annotated[Name, one_of(JEWELLERY)] = "all"
    """What it is made of."""


class NoseRing(Frozen):
    """One ring; see `NoseRingSpec`."""

    kind: Literal["nose_ring"] = "nose_ring"
    side: str
    diameter_mm: float
    wire_mm: float
    metal: str


def sample(spec: NoseRingSpec, key: Key) -> NoseRing:
    """Draw a ring."""
    return drawn(NoseRing, spec, key)


def build(worn: NoseRing, fit: Fit) -> Worn:
    """Return a ring round the rim of a nostril: in the plane across the rim, its middle just below it."""
    wing, out = fit.spot("nostril", worn.side)
    rim, _ = fit.spot("nostril_rim", worn.side)
    up = unit(wing - rim)
    across = unit(out - up * (out @ up))
    radius = (worn.diameter_mm - worn.wire_mm) / 2
    # the wing is about 2 mm thick: the ring's outer half shows beside it
    solid = ring(rim - across * (0.4 * radius) + up * (1 - RIM_SHARE) * radius, across, up, radius, worn.wire_mm / 2)
    return Worn((worn_mesh("nose_ring", "nose_ring", Part.PIERCING, [(solid, "metal")], fit),))


def materials(worn: NoseRing) -> dict[str, Material]:
    """Return the materials of a ring, by the names its meshes use."""
    return {"nose_ring_metal": metal(worn.metal)}


NOSE_RING = Kind(NoseRingSpec, NoseRing, sample, build, materials)
