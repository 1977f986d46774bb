"""A hijab: one cloth about the face, over hair, ears and neck."""

from dataclasses import replace
from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.draping.dress import lay
from synthgen.accessories.draping.folds import Folds
from synthgen.accessories.draping.ground import ground
from synthgen.accessories.draping.layers import Hood, Panel
from synthgen.accessories.draping.press import hide
from synthgen.accessories.draping.relax import Drape
from synthgen.accessories.draping.ridges import Fan
from synthgen.accessories.draping.ways import END, SWEEP
from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.distributions import Name, NameChoice, Number, TruncatedNormal, Uniform, one_of, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.parts import Part
from synthgen.rng import Key

STYLES = ("khimar", "wrapped", "pinned")
SIDES = ("left", "right")
EDGE = (1.8, 1.7, 1.6, 1.5, 1.4, 1.3, 1.2, 1.0, 0.85, 0.78, 0.78)
"""Stations of the edge at the face."""
FORWARD = 0.016
"""Stations that a millimetre is worth at the face."""
TENT = (0, 1, 2, 3, 4, 7, 8, 9)
"""Stations of a cape: it hangs free about the neck."""
SHOULDERS = (6.5, 6.5, 6.6, 7.0, 7.3, 7.5, 7.6, 7.7, 7.8, 7.9, 8.0)
TUCKED = (6.4, 6.4, 6.4, 6.6, 6.9, 7.1, 7.2, 7.3, 7.4, 7.4, 7.4)
NECK = (0, 1, 2, 3, 4, 5, 7, 8, 9)
FANS = (
    Fan((2.6, 2.0), ((5.0, 4.6), (6.2, 4.2), (7.4, 3.8), (8.8, 3.0)), 5, 4.5, 7.0),
    Fan((6.2, 1.5), ((7.4, 4.4), (8.6, 4.0), (9.8, 3.2)), 3, 2.8, 8.0),
    Fan((4.6, 1.7), ((12.2, 2.1), (12.6, 3.4)), 3, 2.2, 7.0, bend=0.02),
)
"""Tension folds: from under the jaw over the side, from the temple back, and from cheek to cheek over the top."""
EARS_BACK, CAP_MM = 0.8, 2.5


class HijabSpec(Frozen):
    """A hijab."""

    kind: Literal["hijab"] = "hijab"
    style: Annotated[Name, one_of(STYLES)] = "all"
    """`khimar` falls over the shoulders like a cape, `wrapped` is swept under the chin over one shoulder, `pinned` is
    closed under the chin with both ends in front."""
    side: Annotated[Name, one_of(SIDES)] = "all"
    """Over which shoulder it is swept."""
    fabric: FabricSpec = FabricSpec(weave=NameChoice(values=("jersey", "plain", "satin"), weights=(3, 3, 1)))
    """The cloth."""
    back_mm: Annotated[Number, within(-8, 15)] = TruncatedNormal(mean=0, sd=3, low=-6, high=8)
    """How far back from its usual place at the face the edge is."""
    bun_mm: Annotated[Number, within(0, 40)] = TruncatedNormal(mean=14, sd=9, low=0, high=32)
    """How far bound hair stands out behind below it."""
    folds: Annotated[Number, within(0.4, 1.6)] = Uniform(low=0.7, high=1.3)
    """Depth of the folds against the usual."""


class Hijab(Frozen):
    """One hijab; see `HijabSpec`."""

    kind: Literal["hijab"] = "hijab"
    style: str
    side: str
    fabric: Fabric
    back_mm: float
    bun_mm: float
    folds: float
    seed: int


def sample(spec: HijabSpec, key: Key) -> Hijab:
    """Draw a hijab."""
    return drawn(Hijab, spec, key)


def _layers(hijab: Hijab) -> list[Hood | Panel]:
    start = tuple(np.array(EDGE) + hijab.back_mm * FORWARD)
    head = Hood(
        start=start,
        end=SHOULDERS,
        folds=Folds(36, 13 * hijab.folds, 420),
        folded=(3.2, 5.6),
        led=TENT,
        across=0.04,
        hold=0.05,
        fans=FANS,
    )
    sweep = SWEEP if hijab.side == "left" else SWEEP.mirrored()
    if hijab.style == "khimar":
        cape = (8.2, 8.1, 8, 7.9, 7.6, 7.5, 7.5, 7.6, 7.8, 7.9, 8)
        soft, folds = Drape(stiffness=0.004), Folds(44, 22 * hijab.folds, 420)
        return [replace(head, end=cape, folds=folds, folded=(3.6, 6.6), drape=soft)]
    if hijab.style == "wrapped":
        head = replace(head, end=TUCKED, folds=Folds(30, 8 * hijab.folds), folded=(3.6, 6), led=NECK, across=0.1)
        swept = Panel(sweep, Folds(24, 9 * hijab.folds, 400), size=(56, 46))
        return [replace(head, size=(26, 68)), replace(swept, way=sweep.mirrored(), size=(46, 34)), swept]
    ends = [END, END.mirrored()] if hijab.side == "left" else [END.mirrored(), END]
    return [head, *(Panel(way, Folds(24, 7 * hijab.folds, 400), size=(48, 26)) for way in ends)]


def build(hijab: Hijab, fit: Fit) -> Worn:
    """Return a hijab on a person."""
    below = ground(fit, CAP_MM, hijab.bun_mm)
    meshes = lay(_layers(hijab), below, fit, "hijab", Part.HEADWEAR, 0.8, Key(f"hijab/{hijab.seed}"))
    return Worn(tuple(meshes), hide(fit, meshes))


def materials(hijab: Hijab) -> dict[str, Material]:
    """Return the materials of a hijab, by the names its meshes use."""
    return {"hijab_cloth": fabric_material(hijab.fabric)}


def targets(hijab: Hijab) -> dict[str, float]:
    """Return how the ears are pressed against the head."""
    del hijab
    return {f"ears/{side}-ear-wing-decr": EARS_BACK for side in "lr"}


HIJAB = Kind(HijabSpec, Hijab, sample, build, materials, targets)
