"""Hoops: rings through the lobes that hang by their weight."""

from collections.abc import Iterator
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.earrings.lobes import WORN_ON, Hole, earrings
from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import ring
from synthgen.accessories.jewels import JEWELLERY
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.metals import metal
from synthgen.accessories.pieces import Piece
from synthgen.accessories.surfaces import Surface, surface
from synthgen.distributions import Name, Number, TruncatedNormal, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.mesh import unit
from synthgen.parts import Part
from synthgen.rng import Key
from synthgen.transforms import rotation_about

CLEAR_MM = 0.4
IN_LOBE_MM = 6.5
"""Of a hoop, what is nearer than this to the hole may lie in the lobe."""
SLIDES_MM = (0.0, 0.5, -0.5, 1.0, -1.0, 1.5, -1.5, 2.0, -2.0, 2.5, -2.5)
"""How far a ring may slide forth or back in its hole."""


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

    mask = _mask(fit)

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
        angle = np.arange(72)[:, None] * 2 * np.pi / 72
        path = centre + radius * (np.cos(angle) * first + np.sin(angle) * hang)
        centre = centre + _slid(path, pierced.way, mask)
        yield ring(centre, first, hang, radius, wire, 72), "metal"

    return earrings("hoops", hoops.side, fit, make)


def _mask(fit: Fit) -> Surface | None:
    """Return what of masks may run behind a lobe, if one is worn."""
    worn = [mesh for mesh in fit.worn if np.isin(mesh.part, Part.FACEWEAR).any()]
    if not worn:
        return None
    points = fit.from_world(np.concatenate([mesh.vertices for mesh in worn]))
    return surface(points, np.concatenate([m.shading_normals() for m in worn]) @ fit.world_from_fit[:3, :3])


def _slid(path: NDArray, way: NDArray, mask: Surface | None) -> NDArray:
    """Return how a ring (n, 3) slides (3,) along its hole to keep off the loops of a mask."""
    if mask is None:
        return 0.0 * way
    room = [float(mask.distance(path + far * way)[0].min()) - 0.1 * abs(far) for far in SLIDES_MM]
    return SLIDES_MM[int(np.argmax(room))] * way


def materials(hoops: Hoops) -> dict[str, Material]:
    """Return the materials of hoops, by the names their meshes use."""
    return {"hoops_metal": metal(hoops.metal)}


HOOPS = Kind(HoopsSpec, Hoops, sample, build, materials)
