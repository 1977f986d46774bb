"""A durag: a tight cap with a seam, a flap behind and straps that are tied about the forehead."""

from typing import Annotated, Literal

from synthgen.accessories.draping.dress import lay
from synthgen.accessories.draping.folds import Folds
from synthgen.accessories.draping.ground import ground
from synthgen.accessories.draping.layers import Hood, Panel
from synthgen.accessories.draping.press import press_below
from synthgen.accessories.draping.relax import Drape
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
STRAP = Way(
    upper=(
        (-20, 20, 705, 0, 10, 0),
        (-66, 0, 752, -5, 0, 0),
        (-72, -55, 782, -5, 0, 0),
        (-56, -117, 794, -3, -3, 0),
        (0, -143, 802, 0, -4, 0),
        (56, -117, 794, 3, -3, 0),
        (72, -55, 782, 5, 0, 0),
        (66, 0, 752, 5, 0, 0),
        (20, 20, 705, 0, 10, 0),
    ),
    lower=(
        (-20, 17, 685, 0, 10, 0),
        (-66, -2, 735, -5, 0, 0),
        (-73, -60, 764, -5, 0, 0),
        (-58, -120, 774, -3, -3, 0),
        (0, -148, 783, 0, -4, 0),
        (58, -120, 774, 3, -3, 0),
        (73, -60, 764, 5, 0, 0),
        (66, -2, 735, 5, 0, 0),
        (20, 17, 685, 0, 10, 0),
    ),
)
FLAP = Way(
    upper=((30, 14, 690, 0, 13, 0), (34, 14, 640, 0, 16, 0), (38, 36, 590, 0, 16, 0), (40, 52, 520, 0, 10, 0)),
    lower=((-30, 14, 690, 0, 13, 0), (-34, 14, 640, 0, 16, 0), (-38, 36, 590, 0, 16, 0), (-40, 52, 520, 0, 10, 0)),
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


def _layers(durag: Durag) -> list[Hood | Panel]:
    start = tuple(station + durag.back_mm * STATIONS_PER_MM for station in START)
    cap = Hood(
        start,
        END,
        Folds(18, 1.2 * durag.folds, 300),
        folded=(3.2, 4.6),
        span=(5.4, 14.6),
        pinch=0.1,
        hold=0.1,
        size=(26, 56),
        drape=Drape(clearance_mm=1.0),
    )
    strap = Panel(STRAP, Folds(9, 1.6 * durag.folds, 160), gathered=(1, 1), size=(64, 10), steps=0)
    flap = Panel(FLAP, Folds(22, 6 * durag.folds, 300), gathered=(0.5, 0.8), hold=0.06, size=(30, 24))
    return [cap, flap, strap]


def build(durag: Durag, fit: Fit) -> Worn:
    """Return a durag on a person."""
    meshes = lay(_layers(durag), ground(fit), fit, "durag", Part.HEADWEAR, 0.7, Key(f"durag/{durag.seed}"))
    return Worn(tuple(meshes), press_below(fit, meshes))


def materials(durag: Durag) -> dict[str, Material]:
    """Return the materials of a durag, by the names its meshes use."""
    return {"durag_cloth": fabric_material(durag.fabric)}


DURAG = Kind(DuragSpec, Durag, sample, build, materials, about_neck=True, soft=ALL_OF_IT)
