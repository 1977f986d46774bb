"""Cowboy hats: a crown with three creases, a wide brim curled up at the sides."""

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
from synthgen.ramps import smooth_step
from synthgen.rng import Key

THICK_MM, BAND_MM = 2.6, 9.0
WEAVES = NameChoice(values=("felt", "straw", "leather"), weights=(4, 2, 1))
COLORS = NameChoice(values=("brown", "black", "cream", "khaki", "charcoal", "white"), weights=(4, 3, 2, 2, 1, 1))


class CowboyHatSpec(Frozen):
    """A hat with a creased crown and a curled brim."""

    kind: Literal["cowboy_hat"] = "cowboy_hat"
    turn_deg: Turn = TruncatedNormal(mean=0, sd=3, low=-10, high=10)
    """> 0 to the subject's left."""
    rise_mm: Rise = TruncatedNormal(mean=13, sd=5, low=4, high=28)
    """From between the brows up to the rim of the crown."""
    tilt_deg: Tilt = TruncatedNormal(mean=8, sd=3, low=0, high=16)
    """How far the rim lies lower behind than in front, where ears allow it."""
    roll_deg: Roll = TruncatedNormal(mean=0, sd=1.5, low=-5, high=5)
    """To the subject's left."""
    brim_mm: Annotated[Number, within(60, 130)] = Uniform(low=82, high=110)
    """Width of the brim."""
    curl_mm: Annotated[Number, within(0, 80)] = Uniform(low=22, high=55)
    """How far the brim is curled up at the sides."""
    crown_mm: Annotated[Number, within(16, 45)] = Uniform(low=20, high=32)
    """Height of the crown over the head, before it is creased."""
    crease_mm: Annotated[Number, within(4, 25)] = Uniform(low=10, high=18)
    """Depth of the creases."""
    fabric: FabricSpec = FabricSpec(weave=WEAVES, color=COLORS)
    """Of crown and brim."""
    band: FabricSpec = FabricSpec(weave="leather", color=NameChoice(values=("brown", "black", "charcoal")))
    """Of the band."""


class CowboyHat(Frozen):
    """One cowboy hat; see `CowboyHatSpec`."""

    kind: Literal["cowboy_hat"] = "cowboy_hat"
    turn_deg: float
    rise_mm: float
    tilt_deg: float
    roll_deg: float
    brim_mm: float
    curl_mm: float
    crown_mm: float
    crease_mm: float
    fabric: Fabric
    band: Fabric


def build(hat: CowboyHat, fit: Fit) -> Worn:
    """Return the hat on a head."""
    on, turn = seat(fit, hat.rise_mm, hat.tilt_deg, hat.roll_deg), np.radians(hat.turn_deg)

    def dent(x: np.ndarray, y: np.ndarray, up: np.ndarray) -> np.ndarray:
        middle = np.exp(-((x / 13) ** 2)) * smooth_step(y, 72, 30)
        sides = np.exp(-(((np.abs(x) - 46) / 13) ** 2)) * np.exp(-(((y + 12) / 42) ** 2))
        return hat.crease_mm * (middle + 0.8 * sides) * smooth_step(up, 0.7, 1.0)

    def lift(front: np.ndarray, t: np.ndarray) -> np.ndarray:
        curled = hat.curl_mm * np.abs(np.sin(front)) ** 2.6 * t**1.9
        return curled - (6 + 8 * np.cos(front) ** 2) * t**1.3 * np.cos(front) ** 2

    inner = crown(on, turn, hat.crown_mm, taper=0.13, boxy=3.6, pinch=0.22, dent=dent)
    front = np.linspace(-np.pi, np.pi, COLUMNS, endpoint=False)
    width = hat.brim_mm * (1 - 0.16 * np.sin(front) ** 2) - 0.35 * hat.curl_mm * np.abs(np.sin(front)) ** 2.6
    top, under = shell(inner, on, THICK_MM), brim(on, turn, width, lift, THICK_MM)[0]
    ribbon = hatband(inner, on, THICK_MM, (1, rows_up_to(inner, on, BAND_MM) + 1), 1.6)
    pieces = [Piece(top, "cowboy_hat"), Piece(under, "cowboy_hat"), Piece(ribbon, "cowboy_hat_band")]
    return Worn((hat_mesh("cowboy_hat", pieces, fit),), press_under(fit, on.chart, top, under))


def materials(hat: CowboyHat) -> dict[str, Material]:
    """Return what the hat is made of."""
    return {"cowboy_hat": fabric_material(hat.fabric), "cowboy_hat_band": fabric_material(hat.band)}


def sample(spec: CowboyHatSpec, key: Key) -> CowboyHat:
    """Draw a cowboy hat."""
    return drawn(CowboyHat, spec, key)


COWBOY_HAT = Kind(CowboyHatSpec, CowboyHat, sample, build, materials)
