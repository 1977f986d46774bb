"""Hoops: rings through the lobes that hang by their weight."""

from collections.abc import Iterator
from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.earrings.lobes import WORN_ON, Hole, earrings
from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import ring
from synthgen.accessories.jewels import JEWELLERY
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.metals import metal
from synthgen.accessories.pieces import Piece
from synthgen.accessories.surfaces import Surface
from synthgen.distributions import Name, Number, TruncatedNormal, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.mesh import unit
from synthgen.rng import Key
from synthgen.transforms import rotation_about

CLEAR_MM = 0.4
IN_LOBE_MM = 6.5
"""Of a hoop, what is nearer than this to the hole may lie in the lobe."""


class HoopsSpec(Frozen):
    """Hoops in the lobes."""

    kind: Literal["hoops"] = "hoops"
    side: Annotated[Name, one_of(WORN_ON)] = "both"
    """Which ears they are worn in."""
    diameter_mm: Annotated[Number, within(12, 70)] = TruncatedNormal(mean=28, sd=14, low=13, high=60)
    """Of the ring."""
    wire_mm: Annotated[Number, within(0.8, 4)] = Uniform(low=1.2, high=2.8)
    """How thick the ring is."""
    metal: Annotated[Name, one_of(JEWELLERY)] = "all"
    """What they are made of."""


class Hoops(Frozen):
    """One pair of hoops; see `HoopsSpec`."""

    kind: Literal["hoops"] = "hoops"
    side: str
    diameter_mm: float
    wire_mm: float
    metal: str


def sample(spec: HoopsSpec, key: Key) -> Hoops:
    """Draw hoops."""
    return drawn(Hoops, spec, key)


def build(hoops: Hoops, fit: Fit) -> Worn:
    """Return hoops on a head: through the lobe, turned and swung until they clear ear, jaw and neck."""
    radius, wire = (hoops.diameter_mm - hoops.wire_mm) / 2, hoops.wire_mm / 2

    def make(pierced: Hole, around: Surface) -> Iterator[Piece]:
        level = pierced.way - pierced.down * (pierced.way @ pierced.down)
        best = None
        for swing in np.arange(0, 50, 6.0):
            for yaw in np.arange(0, 90, 7.5):
                first = rotation_about(pierced.down, -SIDES[pierced.side] * yaw) @ unit(level)
                out = np.array([SIDES[pierced.side], 0.0, 0.0])
                hang = rotation_about(unit(np.cross(pierced.down, out)), swing) @ pierced.down
                first = unit(first - hang * (first @ hang))
                centre = pierced.middle + hang * radius
                angle = np.arange(40)[:, None] * 2 * np.pi / 40
                path = centre + radius * (np.cos(angle) * first + np.sin(angle) * hang)
                free = path[np.linalg.norm(path - pierced.middle, axis=1) > IN_LOBE_MM]
                short = max(wire + CLEAR_MM - float(around.distance(free)[0].min(initial=np.inf)), 0)
                cost = 40 * short + yaw + 3 * swing
                if best is None or cost < best[0]:
                    best = cost, centre, first, hang
        assert best is not None
        _, centre, first, hang = best
        yield ring(centre, first, hang, radius, wire, 72), "metal"

    return earrings("hoops", hoops.side, fit, make)


def materials(hoops: Hoops) -> dict[str, Material]:
    """Return the materials of hoops, by the names their meshes use."""
    return {"hoops_metal": metal(hoops.metal)}


HOOPS = Kind(HoopsSpec, Hoops, sample, build, materials)
