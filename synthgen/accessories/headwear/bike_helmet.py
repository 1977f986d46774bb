"""Bicycle helmets: foam with long vents under a thin shell, straps that meet under the ears."""

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.cover import azimuths, press_under
from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import Solid, joined, spline, xyz
from synthgen.accessories.headwear.pieces import Piece, hat_mesh
from synthgen.accessories.headwear.seat import TOP_RAD, Rise, Roll, Seat, Tilt, seat
from synthgen.accessories.headwear.shells import FOAM, WEBBING, chin_strap, paint, rounded_over, webbing
from synthgen.accessories.kind import Kind, Press, Worn, drawn, one_after_the_other
from synthgen.accessories.sheets import Sheet, cut, grid_sheet, stiffened
from synthgen.distributions import Name, NameChoice, Number, TruncatedNormal, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import FABRIC_COLORS, Material
from synthgen.mesh import unit
from synthgen.ramps import smooth_step
from synthgen.rng import Key

COLUMNS, ROWS = 150, 40
SKIN_MM, REST_MM, LOWEST_RAD, BELOW_LOBE_MM = 1.2, 4.0, -0.12, 26.0
LANES_MM = {"road": (0.0, 23.0, 45.0, 64.0), "urban": (16.0, 46.0)}
VENTS_RAD: dict[str, tuple[tuple[float, float], ...]] = {
    "road": ((0.32, 0.98), (1.16, 1.72), (1.92, 2.62)),
    "urban": ((0.75, 1.15), (1.75, 2.2)),
}
"""Lanes of vents by their distance from the middle, and where each vent begins and ends, by the angle from the front
over the top."""
COLORS = NameChoice(values=("white", "black", "red", "blue", "grey", "green", "yellow", "navy", "orange", "pink"))


class BikeHelmetSpec(Frozen):
    """A helmet for cyclists."""

    kind: Literal["bike_helmet"] = "bike_helmet"
    style: Annotated[Name, one_of(LANES_MM)] = "all"
    """Of many long vents, or of few short ones."""
    rise_mm: Rise = TruncatedNormal(mean=16, sd=4, low=8, high=28)
    """From between the brows up to the rim."""
    tilt_deg: Tilt = TruncatedNormal(mean=6, sd=3, low=0, high=14)
    """How far the rim lies lower behind than in front, where ears allow it."""
    roll_deg: Roll = TruncatedNormal(mean=0, sd=1, low=-3, high=3)
    """To the subject's left."""
    foam_mm: Annotated[Number, within(14, 35)] = Uniform(low=19, high=26)
    """Thickness of the foam."""
    vent_mm: Annotated[Number, within(4, 9)] = Uniform(low=5.5, high=8)
    """Half the width of a vent."""
    color: Annotated[Name, one_of(FABRIC_COLORS)] = COLORS
    """Of the shell."""
    nir_albedo: Annotated[Number, within(0.02, 0.9)] = Uniform(low=0.05, high=0.8)
    """Of the shell in the near infrared."""
    gloss: Annotated[Number, within(0, 1)] = Uniform(low=0, high=1)
    """Of the shell: 0 is matt."""


class BikeHelmet(Frozen):
    """One bicycle helmet; see `BikeHelmetSpec`."""

    kind: Literal["bike_helmet"] = "bike_helmet"
    style: str
    rise_mm: float
    tilt_deg: float
    roll_deg: float
    foam_mm: float
    vent_mm: float
    color: str
    nir_albedo: float
    gloss: float


def build(helmet: BikeHelmet, fit: Fit) -> Worn:
    """Return the helmet on a head."""
    on = seat(fit, helmet.rise_mm, helmet.tilt_deg, helmet.roll_deg, lowest_deg=-10)
    whole, thickness = _foam(on, helmet)
    vented, depth = _vented(whole, thickness, on, helmet)
    skin = Sheet(vented.offset(depth), vented.normals, vented.triangles, vented.uv)
    pieces = [Piece(stiffened(vented, depth), "bike_helmet_foam"), Piece(stiffened(skin, SKIN_MM), "bike_helmet_shell")]
    straps, presses = zip(*_straps(fit, on), strict=True)
    pieces.append(Piece(joined(list(straps)), "bike_helmet_webbing"))
    press = press_under(fit, on.chart, stiffened(whole, thickness), hides=False)
    return Worn((hat_mesh("bike_helmet", pieces, fit),), one_after_the_other([press, *presses]))


def _foam(on: Seat, helmet: BikeHelmet) -> tuple[Sheet, NDArray]:
    """Return the inside of the foam without vents, its normals away from the centre, and the foam's thickness there."""
    azimuth = azimuths(COLUMNS)
    # over the ears the rim is higher, behind them it reaches down
    rim = (
        0.02
        + 0.05 * np.exp(-(((np.abs(azimuth) - 1.6) / 0.5) ** 2))
        + LOWEST_RAD * smooth_step(np.abs(azimuth), 2.0, 2.8)
    )
    elevation = rim + np.linspace(0, 1, ROWS)[:, None] * (TOP_RAD - rim)
    azimuth, elevation = np.broadcast_arrays(azimuth, elevation)
    inner = on.radius(azimuth, elevation) + REST_MM * smooth_step(elevation, 0.0, 0.3) + 0.8
    outer = rounded_over(inner, helmet.foam_mm - 5, (4, 9))
    tail = np.exp(-(((np.pi - np.abs(azimuth)) / 0.8) ** 2)) * smooth_step(elevation, -0.1, 0.5)
    outer = outer + 9 * tail * smooth_step(elevation, 1.35, 0.8)
    edge = smooth_step(elevation - rim, 0.0, 0.30)
    points = on.chart.points(azimuth, elevation, inner)
    sheet = grid_sheet(points, on.chart.centre)
    thickness = (outer - inner) * (0.5 + 0.5 * edge)
    thickness = np.append(thickness.ravel(), thickness[-1].mean())
    return Sheet(sheet.vertices, unit(sheet.vertices - on.chart.centre), sheet.triangles, sheet.uv), thickness


def _vented(sheet: Sheet, thickness: NDArray, on: Seat, helmet: BikeHelmet) -> tuple[Sheet, NDArray]:
    """Return the foam's inside with vents cut out, and its thickness."""
    outside = sheet.offset(thickness)
    x, y, z = ((outside - on.chart.centre) @ on.chart.axes.T).T
    over = np.arctan2(z, -y)
    far = np.hypot(y, z)
    away = np.full(len(x), np.inf)
    for lane in LANES_MM[helmet.style]:
        for begin, end in VENTS_RAD[helmet.style]:
            shift = 0.12 * (lane > 30)
            beyond = np.maximum(np.maximum(begin + shift - over, over - end + shift), 0) * far
            wide = helmet.vent_mm * (1 if lane else 0.8)
            # ends taper and lanes spread towards the widest part of the head
            centre = lane * (0.82 + 0.28 * np.sin(over.clip(0, np.pi)))
            away = np.minimum(away, np.hypot(np.abs(x) - centre, beyond) - wide)
    vented = cut(sheet, away)
    far_side = cut(Sheet(outside, sheet.normals, sheet.triangles, sheet.uv), away)
    return vented, np.linalg.norm(far_side.vertices - vented.vertices, axis=1)


def _straps(fit: Fit, on: Seat) -> list[tuple[Solid, Press]]:
    """Return the strap under the chin, those from behind the ears that join it below them, and what they do to hair."""
    path = chin_strap(fit, on, 1.05, 0.06)
    found = [webbing(fit, path, 15.0)]
    for side, sign in SIDES.items():
        below = fit.ear_groove(side)[-1, 2] - BELOW_LOBE_MM
        half = path if sign > 0 else path[::-1]
        joint = half[np.abs(half[: len(half) // 2, 2] - below).argmin()]
        start = on.chart.points(sign * 2.45, -0.05, on.radius(sign * 2.45, -0.05) + 3)
        ear = fit.ear(side)
        past = xyz(fit.ear_groove(side)[-1, 0], ear[:, 1].max() + 8, ear[:, 2].min() - 5)
        found.append(webbing(fit, spline(np.array([start, past, joint]), 36), 12.0))
    return found


def materials(helmet: BikeHelmet) -> dict[str, Material]:
    """Return what the helmet is made of."""
    return {
        "bike_helmet_foam": FOAM,
        "bike_helmet_shell": paint(helmet.color, helmet.nir_albedo, helmet.gloss),
        "bike_helmet_webbing": WEBBING,
    }


def sample(spec: BikeHelmetSpec, key: Key) -> BikeHelmet:
    """Draw a bicycle helmet."""
    return drawn(BikeHelmet, spec, key)


BIKE_HELMET = Kind(BikeHelmetSpec, BikeHelmet, sample, build, materials, soft=("bike_helmet_webbing",), lift_mm=6.0)
