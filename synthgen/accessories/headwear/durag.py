"""A durag: a tight cap with a seam, a flap behind and straps that are tied about the forehead."""

from dataclasses import replace
from typing import Annotated, Literal

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
from synthgen.distributions import NameChoice, Number, TruncatedNormal, Uniform, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.parts import Part
from synthgen.rng import Key

START = (2.0,) * 5 + (2.1, 1.8, 1.1, 0.6, 0.5, 0.5)
END = (4.0,) * 5 + (3.6, 4.2, 4.7, 5.2, 5.5, 5.6)
STATIONS_PER_MM = 0.013
LOWEST_MM = -280.0
"""No durag hangs lower."""
FANS = (
    Fan((7.4, 1.0), ((8.2, 4.4), (9.8, 3.6), (10.6, 2.4)), 3, 1.6, 6.0),
    Fan((8.4, 5.0), ((6.6, 3.0), (8.0, 3.0), (9.6, 3.2)), 4, 2.2, 6.0),
)
"""Cloth is stretched from the temples back, and from the knot up."""
STRAP = Way(
    upper=(
        (0, 24, 712, 0, 7, 0),
        (-40, 16, 735, -4, 6, 0),
        (-68, -2, 760, -5, 0, 0),
        (-72, -55, 788, -5, 0, 0),
        (-56, -117, 802, -3, -3, 0),
        (0, -143, 811, 0, -4, 0),
        (56, -117, 802, 3, -3, 0),
        (72, -55, 788, 5, 0, 0),
        (68, -2, 760, 5, 0, 0),
        (40, 16, 735, 4, 6, 0),
        (0, 24, 712, 0, 7, 0),
    ),
    lower=(
        (0, 21, 692, 0, 7, 0),
        (-40, 14, 708, -4, 6, 0),
        (-66, -2, 733, -5, 0, 0),
        (-73, -60, 760, -5, 0, 0),
        (-58, -120, 774, -3, -3, 0),
        (0, -148, 783, 0, -4, 0),
        (58, -120, 774, 3, -3, 0),
        (73, -60, 760, 5, 0, 0),
        (66, -2, 733, 5, 0, 0),
        (40, 14, 708, 4, 6, 0),
        (0, 21, 692, 0, 7, 0),
    ),
)
KNOT = Knot((0, 23, 702, 0, 2, 0), (20, 15, 13))
TAIL = Way(
    upper=((3, 23, 704, 0, 13, 0), (15, 14, 655, 0, 24, 0), (24, 34, 600, 0, 26, 0), (34, 52, 540, 0, 18, 0)),
    lower=((-3, 23, 700, 0, 13, 0), (-6, 14, 650, 0, 24, 0), (-4, 34, 596, 0, 26, 0), (0, 52, 536, 0, 18, 0)),
)
FLAP = Way(
    upper=((30, 14, 690, 0, 8, 0), (36, 14, 640, 0, 13, 0), (42, 36, 590, 0, 14, 0), (46, 52, 520, 0, 10, 0)),
    lower=((-30, 14, 690, 0, 8, 0), (-36, 14, 640, 0, 13, 0), (-42, 36, 590, 0, 14, 0), (-46, 52, 520, 0, 10, 0)),
)


class DuragSpec(Frozen):
    """A durag."""

    kind: Literal["durag"] = "durag"
    fabric: FabricSpec = FabricSpec(weave=NameChoice(values=("satin", "jersey"), weights=(3, 1)))
    """The cloth."""
    back_mm: Annotated[Number, within(-8, 15)] = TruncatedNormal(mean=0, sd=3, low=-5, high=8)
    """How far back from its usual place on the forehead the edge is."""
    folds: Annotated[Number, within(0.4, 1.6)] = Uniform(low=0.7, high=1.3)
    """Depth of the folds against the usual."""


class Durag(Frozen):
    """One durag; see `DuragSpec`."""

    kind: Literal["durag"] = "durag"
    fabric: Fabric
    back_mm: float
    folds: float
    seed: int


def sample(spec: DuragSpec, key: Key) -> Durag:
    """Draw a durag."""
    return drawn(Durag, spec, key)


def _layers(durag: Durag) -> list[Hood | Panel | Knot]:
    start = tuple(station + durag.back_mm * STATIONS_PER_MM for station in START)
    cap = Hood(
        start,
        END,
        Folds(18, 1.8 * durag.folds, 300),
        folded=(3.2, 4.6),
        span=(5.4, 14.6),
        pinch=0.1,
        hold=0.1,
        size=(24, 52),
        drape=Drape(clearance_mm=1.0),
        fans=FANS,
        seamed=True,
    )
    strap = Panel(STRAP, Folds(10, 2.6 * durag.folds, 160), gathered=(1, 1), size=(76, 15), steps=0)
    flap = Panel(FLAP, Folds(22, 8 * durag.folds, 300), gathered=(1, 1), hold=0.06, size=(30, 26))
    tail = Panel(TAIL, Folds(12, 4 * durag.folds, 300), gathered=(1, 1), hold=0.08, size=(30, 16))
    return [cap, flap, strap, tail, replace(tail, way=TAIL.mirrored()), KNOT]


def build(durag: Durag, fit: Fit) -> Worn:
    """Return a durag on a person."""
    meshes = lay(
        _layers(durag), ground(fit, lowest_mm=LOWEST_MM), fit, "durag", Part.HEADWEAR, 0.7, Key(f"durag/{durag.seed}")
    )
    return Worn(tuple(meshes), press_below(fit, meshes))


def materials(durag: Durag) -> dict[str, Material]:
    """Return the materials of a durag, by the names its meshes use."""
    return {"durag_cloth": fabric_material(durag.fabric)}


DURAG = Kind(DuragSpec, Durag, sample, build, materials, hood="flat", soft=ALL_OF_IT)
