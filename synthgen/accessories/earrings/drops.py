"""Drops: ornaments on a hook that hang below the lobes."""

from collections.abc import Iterator
from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.earrings.lobes import WORN_ON, Hole, earrings, swung_clear
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import joined, ring, rounded_rectangle, spline, sweep
from synthgen.accessories.jewels import JEWELLERY, ORNAMENTS, STONES, facing, jewel_materials, ornament
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.pieces import Piece
from synthgen.accessories.surfaces import Surface
from synthgen.distributions import Name, Number, TruncatedNormal, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.mesh import unit
from synthgen.rng import Key

LINK_MM, WIRE_MM = 2.2, 0.35


class DropsSpec(Frozen):
    """Drop earrings."""

    kind: Literal["drops"] = "drops"
    side: Annotated[Name, one_of(WORN_ON)] = "both"
    """Which ears they are worn in."""
    shape: Annotated[Name, one_of(ORNAMENTS)] = "all"
    """Of the ornament."""
    size_mm: Annotated[Number, within(4, 30)] = TruncatedNormal(mean=11, sd=4, low=6, high=22)
    """Of the ornament."""
    length_mm: Annotated[Number, within(8, 60)] = TruncatedNormal(mean=20, sd=10, low=10, high=45)
    """From the lobe down to the ornament."""
    metal: Annotated[Name, one_of(JEWELLERY)] = "all"
    """What is metal."""
    stone: Annotated[Name, one_of(STONES)] = "all"
    """What is stone, if anything."""


class Drops(Frozen):
    """One pair of drop earrings; see `DropsSpec`."""

    kind: Literal["drops"] = "drops"
    side: str
    shape: str
    size_mm: float
    length_mm: float
    metal: str
    stone: str


def sample(spec: DropsSpec, key: Key) -> Drops:
    """Draw drop earrings."""
    return drawn(Drops, spec, key)


def build(drops: Drops, fit: Fit) -> Worn:
    """Return drop earrings on a head."""

    def make(pierced: Hole, around: Surface) -> Iterator[Piece]:
        way, down = pierced.way, pierced.down
        side = unit(np.cross(down, way))
        level = unit(way - down * (way @ down))
        turn = facing(level + 0.5 * unit(np.cross(side, down)), -down)
        top = pierced.front + 2.6 * way + 5.0 * down
        chain = [top + down * step for step in np.arange(0, max(drops.length_mm - 5, 0) + 1e-6, LINK_MM)]
        links = [
            ring(at + down * 0.5 * LINK_MM, *((down, level) if k % 2 else (down, side)), 0.62 * LINK_MM, WIRE_MM, 12)
            for k, at in enumerate(chain)
        ]
        below = chain[-1] + down * (1.1 * LINK_MM + drops.size_mm / 2)
        hanging = [(joined(links), "metal"), *ornament(drops.shape, drops.size_mm, below, turn)]
        clear = swung_clear(np.concatenate([solid.vertices for solid, _ in hanging]), pierced, around)
        for solid, material in hanging:
            yield solid.moved(clear, pierced.front - clear @ pierced.front), material
        held = (top - pierced.front) @ clear.T + pierced.front
        tail = [pierced.back - 1.2 * way + 4 * down, pierced.back - 1.2 * way] if pierced.free else [pierced.back]
        hook = [*tail, pierced.middle - 0.6 * down]
        hook += [pierced.front + 1.8 * way + 0.6 * down, held + 0.4 * down]
        yield sweep(spline(np.array(hook), 40), side, rounded_rectangle(0.38, 0.38, 0.38)), "metal"

    return earrings("drops", drops.side, fit, make)


def materials(drops: Drops) -> dict[str, Material]:
    """Return the materials of drop earrings, by the names their meshes use."""
    return jewel_materials("drops", drops.metal, drops.stone)


DROPS = Kind(DropsSpec, Drops, sample, build, materials)
