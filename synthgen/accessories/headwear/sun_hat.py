"""Sun hats: straw or cloth, a round crown with a ribbon, a wide brim that waves."""

from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.cover import press_under
from synthgen.accessories.fit import Fit
from synthgen.accessories.headwear.brimmed import COLUMNS, brim, crown, hatband, rows_up_to, shell
from synthgen.accessories.headwear.pieces import Piece, hat_mesh
from synthgen.accessories.headwear.seat import Rise, Roll, Tilt, Turn, seat
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.distributions import NameChoice, Number, TruncatedNormal, Uniform, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.noise import noise
from synthgen.rng import Key

THICK_MM = 1.8
STRAWS = NameChoice(values=("khaki", "cream", "white", "brown", "black"), weights=(5, 4, 1, 1, 1))
RIBBONS = NameChoice(values=("black", "navy", "cream", "red", "pink", "brown", "green"))


class SunHatSpec(Frozen):
    """A hat with a wide brim."""

    kind: Literal["sun_hat"] = "sun_hat"
    turn_deg: Turn = Uniform(low=-180, high=180)
    """> 0 to the subject's left."""
    rise_mm: Rise = TruncatedNormal(mean=15, sd=5, low=4, high=30)
    """From between the brows up to the rim of the crown."""
    tilt_deg: Tilt = TruncatedNormal(mean=11, sd=4, low=0, high=20)
    """How far the rim lies lower behind than in front, where ears allow it."""
    roll_deg: Roll = TruncatedNormal(mean=0, sd=2, low=-6, high=6)
    """To the subject's left."""
    brim_mm: Annotated[Number, within(50, 160)] = Uniform(low=75, high=125)
    """Width of the brim."""
    droop_mm: Annotated[Number, within(-20, 60)] = Uniform(low=0, high=32)
    """How far the brim's edge lies below its root."""
    floppy_mm: Annotated[Number, within(0, 30)] = Uniform(low=2, high=14)
    """Height of the brim's waves."""
    crown_mm: Annotated[Number, within(4, 40)] = Uniform(low=8, high=18)
    """Height of the crown over the head."""
    ribbon_mm: Annotated[Number, within(8, 50)] = Uniform(low=14, high=34)
    """Height of the ribbon."""
    fabric: FabricSpec = FabricSpec(weave="straw", color=STRAWS)
    """Of crown and brim."""
    ribbon: FabricSpec = FabricSpec(weave="satin", color=RIBBONS)
    """Of the ribbon."""


class SunHat(Frozen):
    """One sun hat; see `SunHatSpec`."""

    kind: Literal["sun_hat"] = "sun_hat"
    turn_deg: float
    rise_mm: float
    tilt_deg: float
    roll_deg: float
    brim_mm: float
    droop_mm: float
    floppy_mm: float
    crown_mm: float
    ribbon_mm: float
    fabric: Fabric
    ribbon: Fabric
    seed: int


def build(hat: SunHat, fit: Fit) -> Worn:
    """Return the hat on a head."""
    on, turn = seat(fit, hat.rise_mm, hat.tilt_deg, hat.roll_deg), np.radians(hat.turn_deg)
    angle = np.linspace(-np.pi, np.pi, COLUMNS, endpoint=False)
    ring = 90 * np.stack([np.cos(angle), np.sin(angle), np.zeros(COLUMNS)], 1)
    wave = hat.floppy_mm * noise(ring, 110.0, Key(f"sun_hat/{hat.seed}"))

    def lift(front: np.ndarray, t: np.ndarray) -> np.ndarray:
        return -hat.droop_mm * t**1.6 + wave * t**2

    inner = crown(on, turn, hat.crown_mm, taper=0.08, boxy=2.9)
    top, under = shell(inner, on, THICK_MM), brim(on, turn, hat.brim_mm, lift, THICK_MM)[0]
    ribbon = hatband(inner, on, THICK_MM, (1, rows_up_to(inner, on, hat.ribbon_mm) + 1))
    pieces = [Piece(top, "sun_hat"), Piece(under, "sun_hat"), Piece(ribbon, "sun_hat_ribbon")]
    return Worn((hat_mesh("sun_hat", pieces, fit),), press_under(fit, on.chart, top, under))


def materials(hat: SunHat) -> dict[str, Material]:
    """Return what the hat is made of."""
    return {"sun_hat": fabric_material(hat.fabric), "sun_hat_ribbon": fabric_material(hat.ribbon)}


def sample(spec: SunHatSpec, key: Key) -> SunHat:
    """Draw a sun hat."""
    return drawn(SunHat, spec, key)


SUN_HAT = Kind(SunHatSpec, SunHat, sample, build, materials)
