"""A niqab: a cloth about the face and a veil before it that leaves the eyes free."""

from typing import Annotated, Literal

from synthgen.accessories.draping.dress import lay
from synthgen.accessories.draping.folds import Folds
from synthgen.accessories.draping.ground import ground
from synthgen.accessories.draping.layers import Hood
from synthgen.accessories.draping.press import hide
from synthgen.accessories.draping.relax import Drape
from synthgen.accessories.draping.ridges import Fan
from synthgen.accessories.fit import Fit
from synthgen.accessories.headwear.hijab import CAP_MM, EARS_BACK, FANS, TENT
from synthgen.accessories.kind import ALL_OF_IT, Kind, Worn, drawn
from synthgen.distributions import NameChoice, Number, TruncatedNormal, Uniform, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.parts import Part
from synthgen.rng import Key

BROW, CHEEK = 0.3, 0.05
"""Stations of the upper and the lower edge of the slit when it is neither wide nor narrow."""
STATIONS_PER_MM = 0.018
SOBER = NameChoice(values=("black", "charcoal", "navy", "brown", "grey", "burgundy"), weights=(10, 2, 2, 1, 1, 1))
TIED = Fan((5.6, 0.9), ((0.6, 1.2), (1.6, 2.6), (3.0, 5.0), (4.6, 6.6)), 5, 3.2, 8.0, 0.06)
"""Tension folds of the veil, from where it is tied over the ears."""
CAPE = (8.8, 8.7, 8.5, 8.3, 8, 7.8, 7.8, 8, 8.3, 8.5, 8.6)


class NiqabSpec(Frozen):
    """A niqab."""

    kind: Literal["niqab"] = "niqab"
    fabric: FabricSpec = FabricSpec(weave=NameChoice(values=("plain", "jersey")), color=SOBER)
    """The cloth."""
    slit_mm: Annotated[Number, within(22, 60)] = TruncatedNormal(mean=40, sd=6, low=28, high=54)
    """Height of the opening before the eyes."""
    length: Annotated[Number, within(0, 1)] = Uniform(low=0.2, high=1.0)
    """Of the veil: 0 to below the chin, 1 over the chest."""
    folds: Annotated[Number, within(0.4, 1.6)] = Uniform(low=0.7, high=1.3)
    """Depth of the folds against the usual."""


class Niqab(Frozen):
    """One niqab; see `NiqabSpec`."""

    kind: Literal["niqab"] = "niqab"
    fabric: Fabric
    slit_mm: float
    length: float
    folds: float
    seed: int


def sample(spec: NiqabSpec, key: Key) -> Niqab:
    """Draw a niqab."""
    return drawn(Niqab, spec, key)


def _layers(niqab: Niqab) -> list[Hood]:
    more = (niqab.slit_mm - 40) / 2 * STATIONS_PER_MM
    brow, cheek = BROW + more, CHEEK - more
    cape = Hood(
        start=(1.7, 1.6, 1.4, 1.2, 1.0, 0.75, brow + 0.25, brow, brow, brow, brow),
        end=CAPE,
        folds=Folds(52, 18 * niqab.folds, 500),
        folded=(3.4, 6.4),
        led=TENT,
        across=0.04,
        fans=FANS,
        drape=Drape(stiffness=0.006),
    )
    tip = 7.2 + 1.4 * niqab.length
    veil = Hood(
        start=(cheek, cheek, cheek, cheek, cheek + 0.05, 0.5, 0.9, 0, 0, 0, 0),
        end=(tip, tip, tip, tip - 0.1, tip - 0.4, tip - 0.6, tip - 0.8, 7, 7, 7, 7),
        folds=Folds(46, 11 * niqab.folds, 500),
        folded=(1.0, 6.0),
        span=(-6.5, 6.5),
        led=(0, 1, 8, 9),
        across=0.03,
        hold=0.01,
        pinch=0.5,
        size=(26, 36),
        drape=Drape(clearance_mm=2.2),
        fans=(TIED,),
    )
    return [cape, veil]


def build(niqab: Niqab, fit: Fit) -> Worn:
    """Return a niqab on a person."""
    meshes = lay(
        _layers(niqab), ground(fit, CAP_MM, 10.0), fit, "niqab", Part.HEADWEAR, 0.8, Key(f"niqab/{niqab.seed}")
    )
    return Worn(tuple(meshes), hide(fit, meshes))


def materials(niqab: Niqab) -> dict[str, Material]:
    """Return the materials of a niqab, by the names its meshes use."""
    return {"niqab_cloth": fabric_material(niqab.fabric)}


def targets(niqab: Niqab) -> dict[str, float]:
    """Return how the ears are pressed against the head."""
    del niqab
    return {f"ears/{side}-ear-wing-decr": EARS_BACK for side in "lr"}


NIQAB = Kind(NiqabSpec, Niqab, sample, build, materials, targets, hood="flat", soft=ALL_OF_IT)
