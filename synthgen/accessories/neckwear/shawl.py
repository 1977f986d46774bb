"""A shawl or dupatta: wide thin cloth over shoulders and chest."""

from typing import Annotated, Literal

from synthgen.accessories.draping.dress import lay
from synthgen.accessories.draping.folds import Folds
from synthgen.accessories.draping.ground import ground
from synthgen.accessories.draping.layers import Hood, Panel
from synthgen.accessories.draping.press import lie_over
from synthgen.accessories.draping.relax import Drape
from synthgen.accessories.draping.ways import PALLU, SWAG
from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import ALL_OF_IT, Kind, Worn, drawn
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.parts import Part
from synthgen.rng import Key

STYLES = ("shoulders", "dupatta", "pallu")
SIDES = ("left", "right")
START = (6.0, 6.0, 6.0, 6.0, 6.2, 6.3, 6.3, 6.2, 6.1, 6.1, 6.1)
END = (9.0, 9.0, 9.0, 8.8, 8.6, 8.5, 8.5, 8.6, 8.8, 9.0, 9.0)


class ShawlSpec(Frozen):
    """A shawl."""

    kind: Literal["shawl"] = "shawl"
    style: Annotated[Name, one_of(STYLES)] = "all"
    """Over both `shoulders` like a cape, as a `dupatta` low over the chest with both ends behind, or over one shoulder
    like the end of a sari, its `pallu`."""
    side: Annotated[Name, one_of(SIDES)] = "left"
    """Shoulder of a pallu."""
    fabric: FabricSpec = FabricSpec(
        weave=NameChoice(values=("plain", "satin", "twill"), weights=(3, 2, 1)),
        pattern=NameChoice(values=("plain", "flowers", "dots", "stripes"), weights=(5, 2, 1, 1)),
    )
    """The cloth."""
    folds: Annotated[Number, within(0.4, 1.6)] = Uniform(low=0.7, high=1.3)
    """Depth of the folds against the usual."""


class Shawl(Frozen):
    """One shawl; see `ShawlSpec`."""

    kind: Literal["shawl"] = "shawl"
    style: str
    side: str
    fabric: Fabric
    folds: float
    seed: int


def sample(spec: ShawlSpec, key: Key) -> Shawl:
    """Draw a shawl."""
    return drawn(Shawl, spec, key)


def _layer(shawl: Shawl) -> Hood | Panel:
    if shawl.style == "shoulders":
        return Hood(
            START,
            END,
            Folds(52, 9 * shawl.folds, 400),
            folded=(6.3, 8.0),
            span=(1.0, 19.0),
            across=0.03,
            hold=0.03,
            size=(26, 76),
            drape=Drape(stiffness=0.008),
        )
    way = SWAG if shawl.style == "dupatta" else PALLU if shawl.side == "left" else PALLU.mirrored()
    return Panel(way, Folds(28, 8 * shawl.folds, 500), gathered=(0.7, 0.7), hold=0.05, size=(84, 54))


def build(shawl: Shawl, fit: Fit) -> Worn:
    """Return a shawl on a person."""
    key = Key(f"shawl/{shawl.seed}")
    meshes = lay([_layer(shawl)], ground(fit), fit, "shawl", Part.CLOTHING_ACCESSORY, 0.8, key)
    return Worn(tuple(meshes), lie_over(fit, meshes))


def materials(shawl: Shawl) -> dict[str, Material]:
    """Return the materials of a shawl, by the names its meshes use."""
    return {"shawl_cloth": fabric_material(shawl.fabric)}


SHAWL = Kind(ShawlSpec, Shawl, sample, build, materials, hood="flat", soft=ALL_OF_IT)
