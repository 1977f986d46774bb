"""A hijab: one cloth about the face, over hair, ears and neck."""

from dataclasses import replace
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.draping.dress import lay
from synthgen.accessories.draping.folds import Folds
from synthgen.accessories.draping.ground import ground
from synthgen.accessories.draping.layers import Hood, Panel
from synthgen.accessories.draping.pins import HEADS_MM, pin
from synthgen.accessories.draping.press import hide
from synthgen.accessories.draping.relax import Drape
from synthgen.accessories.draping.ridges import Fan
from synthgen.accessories.draping.ways import END, SWEEP
from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import ALL_OF_IT, Kind, Worn, drawn
from synthgen.accessories.metals import METALS, metal
from synthgen.distributions import Choice, Name, NameChoice, Number, TruncatedNormal, Uniform, one_of, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.parts import Part
from synthgen.rng import Key

PINS = ("none", "jaw", "temple")
PLACES = {"jaw": (54, -94, 656), "temple": (72, -52, 724)}
"""Of pins, on the left of the base mesh."""
CAP_SHOWS = np.array([0, 0, 0, 0, 0.2, 0.6, 1, 1, 1, 1, 1])
"""How far a cap shows at each thread."""
CAP_SPAN, CAP_BEHIND, CAP_DEEP = (4.5, 15.5), 0.3, (0.6, 1.8)
"""Threads of a cap; how far below a hijab its sides are, and how far these and the rest reach under it, stations."""
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
    Fan((2.6, 2.0), ((5.0, 4.6), (6.2, 4.2), (7.4, 3.8), (8.8, 3.0)), 5, 4.8, 6.5),
    Fan((6.2, 1.5), ((7.4, 4.4), (8.6, 4.0), (9.8, 3.2)), 4, 3.6, 6.5),
    Fan((4.6, 1.7), ((12.2, 2.1), (12.6, 3.4)), 3, 3.0, 6.0, bend=0.02),
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
    underscarf_mm: Annotated[Number, within(0, 18)] = Choice(values=(0, 6, 9, 12, 15), weights=(6, 1, 1, 1, 1))
    """How much of a close cap below shows before its edge over forehead and temples; 0 without one."""
    underscarf: FabricSpec = FabricSpec(
        weave="jersey",
        color=NameChoice(values=("black", "white", "grey", "cream", "navy", "brown"), weights=(5, 2, 1, 1, 1, 1)),
    )
    """Cloth of the cap."""
    pin: Annotated[Name, one_of(PINS)] = NameChoice(values=PINS, weights=(3, 1, 1))
    """Where the pin of a `wrapped` or `pinned` one is seen: under the jaw or at the temple. A khimar is sewn."""
    pin_head: Annotated[Name, one_of(HEADS_MM)] = "all"
    """What is seen of the pin."""
    pin_metal: Annotated[Name, one_of(METALS)] = NameChoice(values=("gold", "silver", "rose_gold", "black"))
    """Of the pin."""


class Hijab(Frozen):
    """One hijab; see `HijabSpec`."""

    kind: Literal["hijab"] = "hijab"
    style: str
    side: str
    fabric: Fabric
    back_mm: float
    bun_mm: float
    folds: float
    underscarf_mm: float
    underscarf: Fabric
    pin: str
    pin_head: str
    pin_metal: str
    seed: int


def sample(spec: HijabSpec, key: Key) -> Hijab:
    """Draw a hijab."""
    return drawn(Hijab, spec, key)


def _layers(hijab: Hijab) -> list[Hood | Panel]:
    edge = np.array(EDGE) + hijab.back_mm * FORWARD
    under = [_cap(edge)] if hijab.underscarf_mm else []
    return [*under, *_over(hijab, edge)]


def _cap(edge: NDArray) -> Hood:
    """Return an underscarf whose edge is at stations (threads,)."""
    start = edge + CAP_BEHIND * (1 - CAP_SHOWS)
    return Hood(
        start=tuple(start),
        end=tuple(start + CAP_DEEP[0] + (CAP_DEEP[1] - CAP_DEEP[0]) * CAP_SHOWS),
        folds=Folds(30, 0),
        span=CAP_SPAN,
        size=(6, 30),
        steps=0,
        drape=Drape(clearance_mm=0.2),
        cloth="cap",
    )


def _over(hijab: Hijab, edge: NDArray) -> list[Hood | Panel]:
    """Return the layers of the hijab itself, whose edge is at stations (threads,)."""
    head = Hood(
        start=tuple(edge),
        behind_mm=tuple(hijab.underscarf_mm * CAP_SHOWS),
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
        swept = Panel(sweep, Folds(24, 9 * hijab.folds, 400), size=(52, 42))
        return [replace(head, size=(24, 64)), replace(swept, way=sweep.mirrored(), size=(42, 30)), swept]
    ends = [END, END.mirrored()] if hijab.side == "left" else [END.mirrored(), END]
    return [head, *(Panel(way, Folds(24, 7 * hijab.folds, 400), size=(48, 26)) for way in ends)]


def _pinned(hijab: Hijab) -> bool:
    return hijab.pin != "none" and hijab.style != "khimar"


def build(hijab: Hijab, fit: Fit) -> Worn:
    """Return a hijab on a person."""
    below = ground(fit, CAP_MM, hijab.bun_mm)
    meshes = lay(_layers(hijab), below, fit, "hijab", Part.HEADWEAR, 0.8, Key(f"hijab/{hijab.seed}"))
    press = hide(fit, meshes)
    if _pinned(hijab):
        left, back, up = PLACES[hijab.pin]
        place = (-left if hijab.side == "left" else left, back, up, 0, 0, 0)
        meshes.append(pin(hijab.pin_head, place, fit, meshes, "hijab"))
    return Worn(tuple(meshes), press)


def materials(hijab: Hijab) -> dict[str, Material]:
    """Return the materials of a hijab, by the names its meshes use."""
    found: dict[str, Material] = {"hijab_cloth": fabric_material(hijab.fabric)}
    if hijab.underscarf_mm:
        found["hijab_cap"] = fabric_material(hijab.underscarf)
    if _pinned(hijab):
        found["hijab_pin"] = metal(hijab.pin_metal)
    return found


def targets(hijab: Hijab) -> dict[str, float]:
    """Return how the ears are pressed against the head."""
    del hijab
    return {f"ears/{side}-ear-wing-decr": EARS_BACK for side in "lr"}


HIJAB = Kind(HijabSpec, Hijab, sample, build, materials, targets, hood="flat", soft=ALL_OF_IT)
