"""Studs: an ornament on the lobe, a clutch behind it."""

from collections.abc import Iterator
from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.earrings.lobes import WORN_ON, Hole, earrings
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import lathe, rounded_rectangle, sweep
from synthgen.accessories.jewels import JEWELLERY, ORNAMENTS, STONES, facing, jewel_materials, ornament
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.pieces import Piece
from synthgen.accessories.surfaces import Surface
from synthgen.distributions import Name, Number, TruncatedNormal, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.rng import Key

CLUTCH = np.array([[0, 0], [2.2, 0], [2.4, 0.25], [2.2, 0.5], [1.1, 0.6], [1.0, 1.8], [0, 1.9]])
"""Radius and height of the clutch behind a lobe."""


class StudsSpec(Frozen):
    """Studs in the lobes."""

    kind: Literal["studs"] = "studs"
    side: Annotated[Name, one_of(WORN_ON)] = "both"
    """Which ears they are worn in."""
    shape: Annotated[Name, one_of(ORNAMENTS)] = "all"
    """Of the ornament."""
    size_mm: Annotated[Number, within(2, 14)] = TruncatedNormal(mean=5, sd=2, low=3, high=11)
    """Of the ornament."""
    metal: Annotated[Name, one_of(JEWELLERY)] = "all"
    """What is metal."""
    stone: Annotated[Name, one_of(STONES)] = "all"
    """What is stone, if anything."""


class Studs(Frozen):
    """One pair of studs; see `StudsSpec`."""

    kind: Literal["studs"] = "studs"
    side: str
    shape: str
    size_mm: float
    metal: str
    stone: str


def sample(spec: StudsSpec, key: Key) -> Studs:
    """Draw studs."""
    return drawn(Studs, spec, key)


def build(studs: Studs, fit: Fit) -> Worn:
    """Return studs on a head."""

    def make(pierced: Hole, around: Surface) -> Iterator[Piece]:
        up = -pierced.down
        front = facing(pierced.way, up)
        yield from ornament(studs.shape, studs.size_mm, pierced.front + 0.2 * pierced.way, front)
        behind = 3.0 if pierced.free else 0.0
        length = float(np.linalg.norm(pierced.front - pierced.back)) + behind
        post = pierced.front + np.linspace(0.4, -length, 8)[:, None] * pierced.way
        yield sweep(post, up, rounded_rectangle(0.4, 0.4, 0.4)), "metal"
        if pierced.free:
            yield lathe(CLUTCH).moved(facing(-pierced.way, up), pierced.back - 0.2 * pierced.way), "metal"

    return earrings("studs", studs.side, fit, make)


def materials(studs: Studs) -> dict[str, Material]:
    """Return the materials of studs, by the names their meshes use."""
    return jewel_materials("studs", studs.metal, studs.stone)


STUDS = Kind(StudsSpec, Studs, sample, build, materials)
