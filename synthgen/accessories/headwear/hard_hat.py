"""Hard hats: a moulded shell with ribs and a peak, on a suspension that keeps it off the head."""

from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.cover import azimuths, press_under, thickened
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import Solid, joined
from synthgen.accessories.headwear.emblem import EMBLEM_CLOTH, EMBLEMS, emblem_pieces
from synthgen.accessories.headwear.pieces import Piece, band, hat_mesh
from synthgen.accessories.headwear.seat import TOP_RAD, Rise, Roll, Seat, Tilt, seat
from synthgen.accessories.headwear.shells import LINER, WEBBING, chin_strap, paint, rounded_over, webbing
from synthgen.accessories.kind import Kind, Worn, drawn, one_after_the_other
from synthgen.accessories.sheets import Sheet, grid_sheet, stiffened
from synthgen.distributions import Choice, Name, NameChoice, Number, TruncatedNormal, Uniform, one_of, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import FABRIC_COLORS, Material
from synthgen.ramps import smooth_step
from synthgen.rng import Key

COLUMNS, ROWS, BRIM_ROWS = 176, 44, 10
THICK_MM = 2.6
STICKERS = tuple(name for name in EMBLEMS if name != "embroidery")
COLORS = NameChoice(values=("yellow", "white", "orange", "red", "blue", "green", "grey"), weights=(5, 5, 3, 2, 2, 1, 1))


class HardHatSpec(Frozen):
    """A hat for building sites."""

    kind: Literal["hard_hat"] = "hard_hat"
    rise_mm: Rise = TruncatedNormal(mean=18, sd=4, low=8, high=30)
    """From between the brows up to the band."""
    tilt_deg: Tilt = TruncatedNormal(mean=8, sd=3, low=0, high=15)
    """How far the band lies lower behind than in front, where ears allow it."""
    roll_deg: Roll = TruncatedNormal(mean=0, sd=1, low=-3, high=3)
    """To the subject's left."""
    room_mm: Annotated[Number, within(8, 40)] = Uniform(low=11, high=18)
    """Between head and shell."""
    peak_mm: Annotated[Number, within(15, 60)] = Uniform(low=28, high=44)
    """Length of the peak in front."""
    brim_mm: Annotated[Number, within(4, 45)] = Choice(values=(6.0, 9.0, 32.0), weights=(3, 3, 1))
    """Width of the brim at the sides and behind."""
    ribs: Annotated[Number, within(0, 5)] = Choice(values=(1.0, 3.0, 5.0))
    """Number of ribs along the top."""
    color: Annotated[Name, one_of(FABRIC_COLORS)] = COLORS
    """Of the shell."""
    nir_albedo: Annotated[Number, within(0.02, 0.9)] = Uniform(low=0.3, high=0.85)
    """Of the shell in the near infrared."""
    emblem: Annotated[Name, one_of(STICKERS)] = NameChoice(values=("none", "patch", "round_patch"))
    """Stuck on the front."""
    emblem_fabric: FabricSpec = EMBLEM_CLOTH
    """Of the emblem."""
    strap: Annotated[Number, within(0, 1)] = Choice(values=(0.0, 1.0), weights=(2, 1))
    """Whether a strap runs under the chin: 0 or 1."""


class HardHat(Frozen):
    """One hard hat; see `HardHatSpec`."""

    kind: Literal["hard_hat"] = "hard_hat"
    rise_mm: float
    tilt_deg: float
    roll_deg: float
    room_mm: float
    peak_mm: float
    brim_mm: float
    ribs: float
    color: str
    nir_albedo: float
    emblem: str
    emblem_fabric: Fabric
    strap: float


def build(hat: HardHat, fit: Fit) -> Worn:
    """Return the hat on a head."""
    on = seat(fit, hat.rise_mm, hat.tilt_deg, hat.roll_deg, lowest_deg=-6)
    sheet = _shell(on, hat)
    whole = stiffened(sheet, THICK_MM)
    brim = _brim(on, sheet, hat)
    pieces = [Piece(whole, "hard_hat_shell"), Piece(brim, "hard_hat_shell")]
    inner = _suspension(on)
    pieces.append(Piece(inner, "hard_hat_band"))
    pieces += emblem_pieces(sheet, on.chart, 0.0, 0.42, hat.emblem, THICK_MM, "hard_hat_emblem")
    presses = [press_under(fit, on.chart, joined([whole, inner]), brim)]
    if hat.strap > 0.5:
        strap, press = webbing(fit, chin_strap(fit, on, 1.15, on.lowest), 15.0)
        pieces.append(Piece(strap, "hard_hat_webbing"))
        presses.append(press)
    return Worn((hat_mesh("hard_hat", pieces, fit),), one_after_the_other(presses))


def _shell(on: Seat, hat: HardHat) -> Sheet:
    azimuth, elevation = np.broadcast_arrays(azimuths(COLUMNS), np.linspace(0.03, TOP_RAD, ROWS)[:, None])
    radius = rounded_over(on.radius(azimuth, elevation), hat.room_mm, (5, 9))
    points = on.chart.points(azimuth, elevation, radius)
    x = (points - on.chart.centre) @ on.chart.axes[0]
    lanes = {1: (0,), 3: (0, 27), 5: (0, 18, 36)}.get(round(hat.ribs), (0,)) if hat.ribs else ()
    over = smooth_step(elevation, 0.12, 0.45) * smooth_step(np.abs(x), 62, 50)
    for lane in lanes:
        radius = radius + 4.0 * over * np.exp(-(((np.abs(x) - lane) / 6.5) ** 4))
    return grid_sheet(on.chart.points(azimuth, elevation, radius), on.chart.centre)


def _brim(on: Seat, shell: Sheet, hat: HardHat) -> Solid:
    """Return peak and brim, from the shell's rim outwards."""
    ring = shell.vertices[:COLUMNS]
    azimuth = on.chart.locate(ring)[0]
    front = np.exp(-((np.abs(azimuth) / 0.85) ** 3))
    width = hat.brim_mm + (hat.peak_mm - hat.brim_mm) * np.maximum(front, 0)
    t = np.linspace(-0.06, 1, BRIM_ROWS)[:, None]
    drop = 0.22 * width * np.maximum(t, 0) ** 1.4 * (1 - 0.5 * front) + 6 * front * np.sin(azimuth) ** 2 * np.maximum(
        t, 0
    )
    out = on.chart.directions(azimuth, 0.0)
    under = ring + out * (width * t)[..., None] - on.chart.axes[2] * drop[..., None]
    return thickened(under, THICK_MM, on.chart.centre - 400 * on.chart.axes[2], closed=True, inside_every=2)


def _suspension(on: Seat) -> Solid:
    """Return the band that rests on the head."""
    return band(on, azimuths(120), -0.05, 0.2, np.full(120, 0.6), 1.5)


def materials(hat: HardHat) -> dict[str, Material]:
    """Return what the hat is made of."""
    return {
        "hard_hat_shell": paint(hat.color, hat.nir_albedo, 0.55),
        "hard_hat_band": LINER,
        "hard_hat_webbing": WEBBING,
        "hard_hat_emblem": fabric_material(hat.emblem_fabric),
    }


def sample(spec: HardHatSpec, key: Key) -> HardHat:
    """Draw a hard hat."""
    return drawn(HardHat, spec, key)


HARD_HAT = Kind(HardHatSpec, HardHat, sample, build, materials, soft=("hard_hat_webbing",), lift_mm=6.0)
