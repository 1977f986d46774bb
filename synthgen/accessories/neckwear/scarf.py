"""A scarf about the neck."""

from dataclasses import replace
from typing import Annotated, Literal

from synthgen.accessories.draping.dress import lay
from synthgen.accessories.draping.folds import Folds
from synthgen.accessories.draping.ground import ground
from synthgen.accessories.draping.knots import Knot
from synthgen.accessories.draping.layers import Panel
from synthgen.accessories.draping.press import lie_over
from synthgen.accessories.draping.relax import Drape
from synthgen.accessories.draping.ways import COLLAR, COWL, END, HANGING
from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import ALL_OF_IT, Kind, Worn, drawn
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.parts import Part
from synthgen.rng import Key

STYLES = ("once_around", "infinity", "knotted", "hanging")
KNOT = Knot((0, -80, 575, 0, -52, 0), (26, 24, 18))
THICKNESS_MM = 2.2


class ScarfSpec(Frozen):
    """A scarf."""

    kind: Literal["scarf"] = "scarf"
    style: Annotated[Name, one_of(STYLES)] = "all"
    """`once_around` with both ends in front, `infinity` a closed loop worn double, `knotted` in front, `hanging` loose
    about the nape."""
    fabric: FabricSpec = FabricSpec(
        weave=NameChoice(values=("knit", "rib", "twill", "plain", "fleece"), weights=(3, 1, 2, 2, 1)),
        pattern=NameChoice(values=("plain", "tartan", "stripes", "houndstooth", "melange"), weights=(5, 3, 1, 1, 1)),
    )
    """The cloth."""
    bulk_mm: Annotated[Number, within(2, 25)] = Uniform(low=6, high=18)
    """How far it stands out where it goes about the neck."""
    folds: Annotated[Number, within(0.4, 1.6)] = Uniform(low=0.7, high=1.3)
    """Depth of the folds against the usual."""


class Scarf(Frozen):
    """One scarf; see `ScarfSpec`."""

    kind: Literal["scarf"] = "scarf"
    style: str
    fabric: Fabric
    bulk_mm: float
    folds: float
    seed: int


def sample(spec: ScarfSpec, key: Key) -> Scarf:
    """Draw a scarf."""
    return drawn(Scarf, spec, key)


def _layers(scarf: Scarf) -> list[Panel | Knot]:
    drape = Drape(stiffness=0.02, clearance_mm=2.0)
    collar = Panel(
        COLLAR,
        Folds(24, 6 * scarf.folds, 260),
        gathered=(1, 1),
        bulge_mm=scarf.bulk_mm,
        hold=0.12,
        size=(76, 34),
        drape=drape,
    )
    end = Panel(END, Folds(26, 7 * scarf.folds, 400), gathered=(1, 0.6), bulge_mm=0.3 * scarf.bulk_mm, drape=drape)
    end = replace(end, size=(44, 26), hold=0.08)
    if scarf.style == "once_around":
        return [end, replace(end, way=END.mirrored()), collar]
    if scarf.style == "knotted":
        return [end, replace(end, way=END.mirrored()), collar, KNOT]
    if scarf.style == "infinity":
        return [collar, replace(collar, way=COWL, folds=Folds(30, 8 * scarf.folds, 300))]
    return [replace(collar, way=HANGING, bulge_mm=0.5 * scarf.bulk_mm, size=(96, 26))]


def build(scarf: Scarf, fit: Fit) -> Worn:
    """Return a scarf on a person."""
    key = Key(f"scarf/{scarf.seed}")
    meshes = lay(_layers(scarf), ground(fit), fit, "scarf", Part.CLOTHING_ACCESSORY, THICKNESS_MM, key)
    return Worn(tuple(meshes), lie_over(fit, meshes))


def materials(scarf: Scarf) -> dict[str, Material]:
    """Return the materials of a scarf, by the names its meshes use."""
    return {"scarf_cloth": fabric_material(scarf.fabric)}


SCARF = Kind(ScarfSpec, Scarf, sample, build, materials, hood="flat", soft=ALL_OF_IT)
