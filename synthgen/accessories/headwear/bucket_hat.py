"""Bucket hats: a low flat crown and a stitched brim that slopes down."""

from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.cover import press_under
from synthgen.accessories.fit import Fit
from synthgen.accessories.headwear.brimmed import COLUMNS, brim, crown, seams, shell
from synthgen.accessories.headwear.pieces import Piece, cord, hat_mesh
from synthgen.accessories.headwear.seat import Rise, Roll, Tilt, Turn, seat
from synthgen.accessories.kind import ALL_OF_IT, Kind, Worn, drawn
from synthgen.distributions import NameChoice, Number, TruncatedNormal, Uniform, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.noise import noise
from synthgen.rng import Key

THICK_MM, STITCHES = 1.6, (0.12, 0.27, 0.42, 0.57, 0.72, 0.87)
WEAVES = NameChoice(values=("twill", "denim", "plain", "nylon", "fleece"), weights=(4, 2, 2, 1, 1))
PRINTS = NameChoice(
    values=("plain", "flowers", "camouflage", "gingham", "upright_stripes", "dots"), weights=(7, 1, 1, 1, 1, 1)
)


class BucketHatSpec(Frozen):
    """A soft hat with a brim that slopes down."""

    kind: Literal["bucket_hat"] = "bucket_hat"
    turn_deg: Turn = Uniform(low=-180, high=180)
    """> 0 to the subject's left."""
    rise_mm: Rise = TruncatedNormal(mean=10, sd=5, low=0, high=24)
    """From between the brows up to the rim of the crown."""
    tilt_deg: Tilt = TruncatedNormal(mean=9, sd=4, low=0, high=18)
    """How far the rim lies lower behind than in front, where ears allow it."""
    roll_deg: Roll = TruncatedNormal(mean=0, sd=1.5, low=-5, high=5)
    """To the subject's left."""
    brim_mm: Annotated[Number, within(25, 75)] = Uniform(low=38, high=60)
    """Width of the brim, along its slope."""
    slope_deg: Annotated[Number, within(5, 65)] = Uniform(low=28, high=55)
    """How steeply the brim falls."""
    crown_mm: Annotated[Number, within(2, 25)] = Uniform(low=4, high=11)
    """Height of the crown over the head."""
    limp: Annotated[Number, within(0, 1)] = Uniform(low=0.1, high=0.8)
    """How wavy the brim is."""
    fabric: FabricSpec = FabricSpec(weave=WEAVES, pattern=PRINTS)
    """Of the whole hat."""


class BucketHat(Frozen):
    """One bucket hat; see `BucketHatSpec`."""

    kind: Literal["bucket_hat"] = "bucket_hat"
    turn_deg: float
    rise_mm: float
    tilt_deg: float
    roll_deg: float
    brim_mm: float
    slope_deg: float
    crown_mm: float
    limp: float
    fabric: Fabric
    seed: int


def build(hat: BucketHat, fit: Fit) -> Worn:
    """Return the hat on a head."""
    on, turn = seat(fit, hat.rise_mm, hat.tilt_deg, hat.roll_deg), np.radians(hat.turn_deg)
    angle = np.linspace(-np.pi, np.pi, COLUMNS, endpoint=False)
    ring = 60 * np.stack([np.cos(angle), np.sin(angle), np.zeros(COLUMNS)], 1)
    wave = noise(ring, 70.0, Key(f"bucket_hat/{hat.seed}"))
    slope = np.radians(hat.slope_deg + 9 * hat.limp * wave)

    def lift(front: np.ndarray, t: np.ndarray) -> np.ndarray:
        return -hat.brim_mm * np.sin(slope) * t**1.08

    inner = crown(on, turn, hat.crown_mm, taper=0.10, boxy=5.5)
    inner = on.clear(
        inner
        + 0.8
        * hat.limp
        * noise(inner.reshape(-1, 3), 45.0, Key(f"crown/{hat.seed}")).reshape(*inner.shape[:2], 1)
        * on.chart.directions(0.0, 0.3),
        0.3,
    )
    top = shell(inner, on, THICK_MM)
    under, upper = brim(on, turn, hat.brim_mm * np.cos(slope), lift, THICK_MM)
    edge = inner[np.abs(np.linspace(0, 1, len(inner)) - 0.5).argmin()]
    out = edge - on.chart.centre
    welt = cord(edge + THICK_MM * out / np.linalg.norm(out, axis=1, keepdims=True), 1.0, closed=True)
    sewn = [welt, *seams(upper, STITCHES)]
    pieces = [Piece(solid, "bucket_hat") for solid in (top, under, *sewn)]
    return Worn((hat_mesh("bucket_hat", pieces, fit),), press_under(fit, on.chart, top, under))


def materials(hat: BucketHat) -> dict[str, Material]:
    """Return what the hat is made of."""
    return {"bucket_hat": fabric_material(hat.fabric)}


def sample(spec: BucketHatSpec, key: Key) -> BucketHat:
    """Draw a bucket hat."""
    return drawn(BucketHat, spec, key)


BUCKET_HAT = Kind(BucketHatSpec, BucketHat, sample, build, materials, soft=ALL_OF_IT)
