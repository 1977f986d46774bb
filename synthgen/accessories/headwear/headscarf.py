"""A headscarf: a square folded to a triangle, tied or laid over the hair."""

from dataclasses import replace
from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.draping.dress import lay
from synthgen.accessories.draping.folds import Folds
from synthgen.accessories.draping.ground import ground
from synthgen.accessories.draping.knots import Knot
from synthgen.accessories.draping.layers import Hood, Panel
from synthgen.accessories.draping.press import press_below
from synthgen.accessories.draping.relax import Drape
from synthgen.accessories.draping.ridges import Fan
from synthgen.accessories.draping.strip import Way
from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import ALL_OF_IT, Kind, Worn, drawn
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.parts import Part
from synthgen.rng import Key

TIES = ("chin", "nape", "loose")
STATIONS_PER_MM = 0.011
LOWEST_MM = -340.0
"""No headscarf hangs lower."""
CHIN_START = (1.9, 1.8, 1.7, 1.65, 1.65, 1.7, 1.8, 1.9, 2.0, 2.05, 2.05)
CHIN_END = (2.7, 2.8, 3.3, 4.3, 5.2, 5.8, 6.1, 6.3, 6.6, 6.9, 7.1)
NAPE_START = (2.0,) * 5 + (2.2, 2.1, 1.9, 1.75, 1.7, 1.7)
NAPE_END = (4.0,) * 5 + (4.1, 4.4, 4.9, 5.4, 5.9, 6.1)
LOOSE_START = (2.0,) * 3 + (2.0, 2.05, 2.05, 2.05, 2.05, 2.05, 2.05, 2.05)
LOOSE_END = (8.0,) * 3 + (8.4, 8.2, 7.8, 7.6, 7.6, 7.8, 8.0, 8.1)
CHIN_FANS = (
    Fan((0.9, 2.2), ((4.6, 4.6), (6.0, 4.4), (7.4, 3.8), (8.6, 2.8)), 6, 5.0, 6.5),
    Fan((8.4, 5.6), ((6.0, 3.4), (8.0, 3.0), (9.8, 3.6)), 3, 2.6, 9.0),
)
NAPE_FANS = (
    Fan((6.0, 3.6), ((8.6, 4.4), (9.8, 3.6), (10.8, 2.6), (10.6, 2.0)), 6, 2.6, 6.5),
    Fan((6.4, 2.2), ((9.4, 2.2), (10.6, 2.6)), 2, 2.0, 6.0),
)
LOOSE_FANS = (Fan((4.6, 2.3), ((7.6, 4.6), (9.0, 3.8), (10.2, 2.9)), 4, 3.2, 9.0),)
"""Tension folds from under the chin and from the nape up, from the ties over the top, and from the cheeks back."""
KNOT = Knot((0, -112, 612, 0, -9, -9), (19, 12, 12))
TAIL = Way(
    upper=(
        (6, -112, 612, 0, -10, -6),
        (22, -74, 590, 0, -34, 0),
        (36, -95, 545, 0, -24, 0),
        (50, -112, 500, 0, -16, 0),
    ),
    lower=(
        (0, -112, 612, 0, -10, -12),
        (2, -74, 590, 0, -35, -4),
        (2, -95, 540, 0, -25, 0),
        (4, -112, 490, 0, -16, 0),
    ),
)


class HeadscarfSpec(Frozen):
    """A headscarf."""

    kind: Literal["headscarf"] = "headscarf"
    tied: Annotated[Name, one_of(TIES)] = "all"
    """Under the `chin`, at the `nape` below the hair, or `loose` over hair and shoulders."""
    fabric: FabricSpec = FabricSpec(
        weave=NameChoice(values=("plain", "satin", "jersey"), weights=(4, 2, 1)),
        pattern=NameChoice(values=("plain", "flowers", "dots", "tartan", "windowpane"), weights=(4, 4, 2, 1, 1)),
    )
    """The cloth."""
    back_mm: Annotated[Number, within(-5, 40)] = Uniform(low=-4, high=22)
    """How far back from its foremost place the edge over the forehead is: hair shows before it."""
    folds: Annotated[Number, within(0.4, 1.6)] = Uniform(low=0.7, high=1.3)
    """Depth of the folds against the usual."""


class Headscarf(Frozen):
    """One headscarf; see `HeadscarfSpec`."""

    kind: Literal["headscarf"] = "headscarf"
    tied: str
    fabric: Fabric
    back_mm: float
    folds: float
    seed: int


def sample(spec: HeadscarfSpec, key: Key) -> Headscarf:
    """Draw a headscarf."""
    return drawn(Headscarf, spec, key)


def _layers(scarf: Headscarf) -> list[Hood | Panel | Knot]:
    above = np.array([0, 0, 0, 0, 0.2, 0.5, 0.8, 1, 1, 1, 1]) * scarf.back_mm * STATIONS_PER_MM
    if scarf.tied == "chin":
        head = Hood(
            tuple(CHIN_START + above),
            CHIN_END,
            Folds(28, 4 * scarf.folds),
            folded=(3.2, 5.5),
            hold=0.05,
            fans=CHIN_FANS,
        )
        tail = Panel(TAIL, Folds(16, 4 * scarf.folds), size=(26, 22))
        return [head, tail, replace(tail, way=TAIL.mirrored()), KNOT]
    if scarf.tied == "nape":
        return [
            Hood(
                tuple(NAPE_START + above),
                NAPE_END,
                Folds(22, 3.5 * scarf.folds),
                folded=(3.0, 5.0),
                span=(5.6, 14.4),
                pinch=0.35,
                hold=0.06,
                size=(26, 56),
                fans=NAPE_FANS,
            )
        ]
    return [
        Hood(
            tuple(LOOSE_START + above),
            LOOSE_END,
            Folds(46, 9 * scarf.folds, 500),
            folded=(2.8, 5.0),
            span=(3.2, 16.8),
            led=(0, 1, 2, 3, 4, 7, 8, 9),
            across=0.04,
            size=(30, 66),
            lift_mm=(3, 3, 8, 14, 14, 12, 8, 5, 4, 4, 4),
            drape=Drape(stiffness=0.008),
            fans=LOOSE_FANS,
        )
    ]


def build(scarf: Headscarf, fit: Fit) -> Worn:
    """Return a headscarf on a person."""
    meshes = lay(
        _layers(scarf),
        ground(fit, lowest_mm=LOWEST_MM),
        fit,
        "headscarf",
        Part.HEADWEAR,
        0.8,
        Key(f"headscarf/{scarf.seed}"),
    )
    return Worn(tuple(meshes), press_below(fit, meshes))


def materials(scarf: Headscarf) -> dict[str, Material]:
    """Return the materials of a headscarf, by the names its meshes use."""
    return {"headscarf_cloth": fabric_material(scarf.fabric)}


def targets(scarf: Headscarf) -> dict[str, float]:
    """Return how the ears are pressed against the head."""
    return {f"ears/{side}-ear-wing-decr": 0.7 if scarf.tied == "chin" else 0.3 for side in "lr"}


HEADSCARF = Kind(HeadscarfSpec, Headscarf, sample, build, materials, targets, hood="flat", soft=ALL_OF_IT)
