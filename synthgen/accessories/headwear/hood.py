"""The hood of a hoodie or jacket, up: it rises from the collar."""

from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.draping.dress import lay
from synthgen.accessories.draping.folds import Folds
from synthgen.accessories.draping.ground import ground
from synthgen.accessories.draping.layers import Hood as Sheet
from synthgen.accessories.draping.press import tuck_in
from synthgen.accessories.draping.relax import Drape
from synthgen.accessories.draping.ridges import Fan
from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import ALL_OF_IT, Kind, Worn, drawn
from synthgen.distributions import NameChoice, Number, Uniform, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.parts import Part
from synthgen.rng import Key

START = (5.6, 5.2, 4.3, 2.9, 2.3, 2.0, 1.9, 1.85, 1.9, 1.95, 1.95)
END = (6.7, 6.62, 6.5, 6.2, 5.95, 5.95, 6.0, 6.05, 6.1, 6.15, 6.15)
"""Stations of the edge at the face, and of the seam at the collar."""
STATIONS_PER_MM = 0.011
ROOM = np.array((0.2, 0.3, 0.6, 0.9, 1.0, 1.0, 1.0, 0.9, 0.8, 0.7, 0.7))
FANS = (
    Fan((3.4, 4.6), ((5.6, 2.8), (7.2, 3.4), (8.4, 4.2)), 4, 3.6, 10.0),
    Fan((9.4, 5.9), ((6.2, 4.4), (7.8, 3.8), (9.4, 3.8)), 3, 4.0, 12.0),
)
"""Folds from the throat up, and from the collar behind."""
THICKNESS_MM, TUCK_MM = 2.2, 10.0


class HoodSpec(Frozen):
    """A raised hood."""

    kind: Literal["hood"] = "hood"
    fabric: FabricSpec = FabricSpec(weave=NameChoice(values=("jersey", "fleece", "nylon"), weights=(4, 2, 1)))
    """The cloth; a hoodie's hood is of the hoodie's instead."""
    back_mm: Annotated[Number, within(-15, 50)] = Uniform(low=-5, high=30)
    """How far back from its usual place the edge over the forehead is."""
    room_mm: Annotated[Number, within(4, 35)] = Uniform(low=10, high=24)
    """How far it stands off the head."""
    folds: Annotated[Number, within(0.4, 1.6)] = Uniform(low=0.7, high=1.3)
    """Depth of the folds against the usual."""


class Hood(Frozen):
    """One raised hood; see `HoodSpec`."""

    kind: Literal["hood"] = "hood"
    fabric: Fabric
    back_mm: float
    room_mm: float
    folds: float
    seed: int


def sample(spec: HoodSpec, key: Key) -> Hood:
    """Draw a hood."""
    return drawn(Hood, spec, key)


def build(hood: Hood, fit: Fit) -> Worn:
    """Return a hood on a person."""
    above = np.array([0, 0, 0, 0.3, 0.6, 0.9, 1, 1, 1, 1, 1]) * hood.back_mm * STATIONS_PER_MM
    sheet = Sheet(
        start=tuple(START + above),
        end=END,
        folds=Folds(42, 5 * hood.folds, 160),
        folded=(3.0, 5.0),
        led=(0, 1, 2, 3, 4, 6, 7, 8, 9),
        lift_mm=tuple(ROOM * hood.room_mm),
        across=0.06,
        hold=0.06,
        drape=Drape(stiffness=0.03, clearance_mm=2.0),
        fans=FANS,
        seamed=True,
    )
    # it lies on the crown and stands off behind
    below = ground(fit, bun_mm=1.3 * hood.room_mm)
    meshes = lay([sheet], below, fit, "hood", Part.HEADWEAR, THICKNESS_MM, Key(f"hood/{hood.seed}"))
    return Worn(tuple(meshes), tuck_in(fit, meshes, fit.anchor("nape")[2] - TUCK_MM))


def materials(hood: Hood) -> dict[str, Material]:
    """Return the materials of a hood, by the names its meshes use."""
    return {"hood_cloth": fabric_material(hood.fabric)}


HOOD = Kind(HoodSpec, Hood, sample, build, materials, hood="up", soft=ALL_OF_IT)
