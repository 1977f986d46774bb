"""Fedoras and trilbies: felt, a dented crown pinched in front, a ribbon, a snapped brim."""

from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.cover import press_under
from synthgen.accessories.fit import Fit
from synthgen.accessories.headwear.brimmed import brim, crown, hatband, rows_up_to, shell
from synthgen.accessories.headwear.pieces import Piece, hat_mesh
from synthgen.accessories.headwear.seat import Rise, Roll, Tilt, Turn, seat
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.distributions import NameChoice, Number, TruncatedNormal, Uniform, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.ramps import smooth_step
from synthgen.rng import Key

THICK_MM = 2.2
FELTS = NameChoice(values=("charcoal", "brown", "grey", "navy", "black", "khaki", "burgundy", "olive", "light_grey"))
RIBBONS = NameChoice(values=("black", "charcoal", "brown", "navy", "burgundy", "cream", "grey"))


class FedoraSpec(Frozen):
    """A felt hat with a dented crown."""

    kind: Literal["fedora"] = "fedora"
    turn_deg: Turn = TruncatedNormal(mean=0, sd=4, low=-12, high=12)
    """> 0 to the subject's left."""
    rise_mm: Rise = TruncatedNormal(mean=14, sd=5, low=4, high=28)
    """From between the brows up to the rim."""
    tilt_deg: Tilt = TruncatedNormal(mean=9, sd=4, low=0, high=18)
    """How far the rim lies lower behind than in front, where ears allow it."""
    roll_deg: Roll = TruncatedNormal(mean=0, sd=2, low=-6, high=6)
    """To the subject's left."""
    brim_mm: Annotated[Number, within(30, 80)] = Uniform(low=40, high=68)
    """Width of the brim; trilbies have short ones."""
    snap_mm: Annotated[Number, within(0, 25)] = Uniform(low=3, high=18)
    """How far the brim is turned down in front and up behind."""
    crown_mm: Annotated[Number, within(16, 40)] = Uniform(low=18, high=28)
    """Height of the crown over the head, before it is dented."""
    dent_mm: Annotated[Number, within(4, 22)] = Uniform(low=9, high=17)
    """Depth of the crease along the top."""
    pinch: Annotated[Number, within(0, 0.5)] = Uniform(low=0.15, high=0.36)
    """How far the front is pinched, as a share of the width."""
    ribbon_mm: Annotated[Number, within(10, 50)] = Uniform(low=22, high=42)
    """Height of the ribbon."""
    fabric: FabricSpec = FabricSpec(weave="felt", color=FELTS)
    """Of crown and brim."""
    ribbon: FabricSpec = FabricSpec(weave="satin", color=RIBBONS)
    """Of the ribbon."""


class Fedora(Frozen):
    """One fedora; see `FedoraSpec`."""

    kind: Literal["fedora"] = "fedora"
    turn_deg: float
    rise_mm: float
    tilt_deg: float
    roll_deg: float
    brim_mm: float
    snap_mm: float
    crown_mm: float
    dent_mm: float
    pinch: float
    ribbon_mm: float
    fabric: Fabric
    ribbon: Fabric


def build(hat: Fedora, fit: Fit) -> Worn:
    """Return the hat on a head."""
    on, turn = seat(fit, hat.rise_mm, hat.tilt_deg, hat.roll_deg), np.radians(hat.turn_deg)

    def dent(x: np.ndarray, y: np.ndarray, up: np.ndarray) -> np.ndarray:
        along = smooth_step(y, 78, 30) * (1 + 0.25 * smooth_step(y, 0, -60))
        return hat.dent_mm * np.exp(-((x / 24) ** 2)) * along * smooth_step(up, 0.75, 1.0)

    def lift(front: np.ndarray, t: np.ndarray) -> np.ndarray:
        sides = 9 * np.sin(front) ** 2 * t**2
        return sides + 3 * t - hat.snap_mm * np.cos(front) * t**1.7 * np.where(np.cos(front) > 0, 1.0, 0.7)

    inner = crown(on, turn, hat.crown_mm, taper=0.12, boxy=3.4, pinch=hat.pinch, dent=dent)
    width = hat.brim_mm * (1 - 0.08 * np.sin(np.linspace(-np.pi, np.pi, inner.shape[1], endpoint=False)) ** 2)
    top, under = shell(inner, on, THICK_MM), brim(on, turn, width, lift, THICK_MM)[0]
    ribbon = hatband(inner, on, THICK_MM, (1, rows_up_to(inner, on, hat.ribbon_mm) + 1))
    pieces = [Piece(top, "fedora_felt"), Piece(under, "fedora_felt"), Piece(ribbon, "fedora_ribbon")]
    return Worn((hat_mesh("fedora", pieces, fit),), press_under(fit, on.chart, top, under))


def materials(hat: Fedora) -> dict[str, Material]:
    """Return what the hat is made of."""
    return {"fedora_felt": fabric_material(hat.fabric), "fedora_ribbon": fabric_material(hat.ribbon)}


def sample(spec: FedoraSpec, key: Key) -> Fedora:
    """Draw a fedora."""
    return drawn(Fedora, spec, key)


FEDORA = Kind(FedoraSpec, Fedora, sample, build, materials)
