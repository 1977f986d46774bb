"""Motorcycle helmets: a painted shell over the whole head or open in front, with a visor."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, maximum_filter1d

from synthgen.accessories.cover import azimuths, press_under
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import Solid, ellipsoid, even_steps, joined
from synthgen.accessories.glasses.lenses import DYES, MIRRORS, lens_material
from synthgen.accessories.headwear.pieces import Piece, cord, facing, hat_mesh
from synthgen.accessories.headwear.seat import TOP_RAD, Roll, Seat, Tilt, pinned_ears, seat
from synthgen.accessories.headwear.shells import LINER, RUBBER, paint, rounded_over, smoothed
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.sheets import Sheet, borders, cut, grid_sheet, stiffened
from synthgen.accessories.surfaces import body_surface
from synthgen.distributions import Name, NameChoice, Number, TruncatedNormal, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import FABRIC_COLORS, Material
from synthgen.mesh import Mesh, unit
from synthgen.parts import Part
from synthgen.ramps import smooth_step
from synthgen.rng import Key

COLUMNS, ROWS, COARSER = 150, 56, 2
SHELL_MM, LINER_GAP_MM, RISE_MM, DROP_MM = 4.0, 0.8, 14.0, 46.0
ROUND, LOWEST_ROUND_RAD, BELOW_MM = 2.25, -0.3, 130.0
"""Power of the shell's superellipsoid, what of the head it is fitted to, and how far it reaches down."""
CHIN_RAD, CHIN_ROOM_MM, LEAST_FOAM_MM, PADS_RAD = -0.80, 20.0, 8.0, -0.58
"""Elevation of the bar before the chin, its room there, the least thickness of the foam elsewhere, and
down to where there are pads."""
RIM_DEG = ((0, 45, 80, 120, 180), (-63, -60, -50, -43, -38))
"""Elevation of the lower edge by the angle from the front."""
CLEAR_MM, RIM_WIDE = 6.0, 15
"""Between shell and shoulders, and columns over which the rim rises to clear them."""
SNUG_RAD, CHEEKS_RAD = (-0.1, 0.35), (1.4, 1.9)
"""Elevation and azimuth up to which pads follow the cheeks, and from where on they do not."""
VISORS = ("closed", "open", "none")
PORT_RAD, ABOVE_EYES_RAD, BELOW_EYES_RAD, CORNER = 1.18, 0.44, 0.40, 3.2
"""Half the width of the opening, how far it goes over and under the eyes, and how square it is."""
OVERLAP_RAD, VISOR_OFF_MM, VISOR_MM, RAISED_RAD, POLYCARBONATE = 0.11, 3.2, 2.0, 0.82, 1.585
STRIPE_MM, PIVOT_RAD = 24.0, 1.42
INSTANCE = "motorcycle_helmet"
COLORS = NameChoice(values=("black", "white", "red", "blue", "grey", "charcoal", "yellow", "green", "orange"))


class MotorcycleHelmetSpec(Frozen):
    """A helmet for motorcyclists."""

    kind: Literal["motorcycle_helmet"] = "motorcycle_helmet"
    style: Annotated[Name, one_of(("full", "open"))] = NameChoice(values=("full", "open"), weights=(3, 1))
    """With a bar before the chin, or without."""
    tilt_deg: Tilt = TruncatedNormal(mean=7, sd=2, low=2, high=12)
    """How far it is tilted backwards."""
    roll_deg: Roll = TruncatedNormal(mean=0, sd=1, low=-3, high=3)
    """To the subject's left."""
    foam_mm: Annotated[Number, within(16, 45)] = Uniform(low=22, high=30)
    """Between head and shell."""
    color: Annotated[Name, one_of(FABRIC_COLORS)] = COLORS
    """Of the shell."""
    stripe: Annotated[Name, one_of(("same", *FABRIC_COLORS))] = NameChoice(
        values=("same", "white", "black", "red", "yellow"), weights=(4, 1, 1, 1, 1)
    )
    """Of a stripe over the top; "same" as the shell."""
    nir_albedo: Annotated[Number, within(0.02, 0.9)] = Uniform(low=0.05, high=0.8)
    """Of the shell in the near infrared."""
    gloss: Annotated[Number, within(0, 1)] = Uniform(low=0.2, high=1)
    """Of the shell: 0 is matt."""
    visor: Annotated[Name, one_of(VISORS)] = "all"
    """Down before the eyes, raised, or none."""
    dye: Annotated[Name, one_of(DYES)] = NameChoice(values=("clear", "grey", "yellow"), weights=(3, 2, 1))
    """Of the visor; most dyes are clear in the near infrared."""
    density: Annotated[Number, within(0, 2)] = Uniform(low=0.4, high=1)
    """How much dye: 1 is usual for sunglasses."""
    mirror: Annotated[Name, one_of(MIRRORS)] = "none"
    """Film on the visor."""


class MotorcycleHelmet(Frozen):
    """One motorcycle helmet; see `MotorcycleHelmetSpec`."""

    kind: Literal["motorcycle_helmet"] = "motorcycle_helmet"
    style: str
    tilt_deg: float
    roll_deg: float
    foam_mm: float
    color: str
    stripe: str
    nir_albedo: float
    gloss: float
    visor: str
    dye: str
    density: float
    mirror: str


def build(helmet: MotorcycleHelmet, fit: Fit) -> Worn:
    """Return the helmet on a head."""
    on = seat(fit, RISE_MM, helmet.tilt_deg, helmet.roll_deg, lowest_deg=-72, over_ears=True, drop_mm=DROP_MM)
    eyes = float(on.chart.locate(fit.eyes.mean(0))[1])
    azimuth, elevation, head, shell = _grid(on, helmet, fit)
    outside = grid_sheet(on.chart.points(azimuth, elevation, shell), on.chart.centre)
    opened = cut(outside, -_port(on, outside, eyes, helmet.style))
    liner = _liner(on, eyes, azimuth, elevation, head, shell)
    pieces = [*_painted(on, opened, helmet), Piece(liner, "motorcycle_liner")]
    for loop in borders(opened):
        path = even_steps(opened.offset(SHELL_MM / 2)[loop], 160, closed=True)
        pieces.append(Piece(cord(path, 2.9, closed=True), "motorcycle_rubber"))
    meshes, visor = [], None
    if helmet.visor != "none":
        visor = _visor(on, outside, eyes, helmet)
        pieces += [Piece(solid, "motorcycle_rubber") for solid in _pivots(on, outside, eyes)]
        meshes.append(_visor_mesh(on, visor, fit))
    press = press_under(
        fit, on.chart, joined([liner, stiffened(opened, SHELL_MM)]), visor and stiffened(visor, VISOR_MM)
    )
    return Worn((hat_mesh(INSTANCE, pieces, fit), *meshes), press)


def _grid(on: Seat, helmet: MotorcycleHelmet, fit: Fit) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """Return azimuth, elevation, and radii of head and shell's inside (ROWS, COLUMNS)."""
    around = azimuths(COLUMNS)
    rim, body = np.radians(np.interp(np.degrees(np.abs(around)), *RIM_DEG)), body_surface(fit)
    for least in (CLEAR_MM, None):
        elevation = rim + np.linspace(0, 1, ROWS)[:, None] * (TOP_RAD - rim)
        azimuth, elevation = np.broadcast_arrays(around, elevation)
        head = on.radius(azimuth, elevation) + LINER_GAP_MM
        shell = _shell(on, azimuth, elevation, head, helmet)
        if least:
            low = slice(0, ROWS // 3)
            outside = on.chart.points(azimuth[low], elevation[low], shell[low] + SHELL_MM)
            meets = body.distance(outside.reshape(-1, 3))[0].reshape(outside.shape[:2]) < least
            first = (meets * np.arange(1, len(meets) + 1)[:, None]).max(0)
            first = maximum_filter1d(first, RIM_WIDE, mode="wrap").astype(int)
            rim = gaussian_filter1d(np.take_along_axis(elevation, first[None], 0)[0], RIM_WIDE / 3, mode="wrap")
    close = on.covered(azimuth, elevation)
    padded = np.maximum(close, smoothed(close, (1.5, 3))) + LINER_GAP_MM
    snug = smooth_step(elevation, *SNUG_RAD[::-1]) * smooth_step(np.abs(azimuth), *CHEEKS_RAD[::-1])
    head = head + snug * np.minimum(padded - head, 0)
    return azimuth, elevation, np.minimum(head, shell - LEAST_FOAM_MM / 2), shell


def _shell(on: Seat, azimuth: NDArray, elevation: NDArray, head: NDArray, helmet: MotorcycleHelmet) -> NDArray:
    """Return the radii (ROWS, COLUMNS) of the shell's inside: round about the head, with a bar before the chin."""
    ways = on.chart.directions(azimuth, elevation) @ on.chart.axes.T
    reach = (head[..., None] * ways)[elevation > LOWEST_ROUND_RAD]
    low, high = reach.min(0) - helmet.foam_mm, reach.max(0) + helmet.foam_mm
    low[2] = -BELOW_MM
    half = np.where(ways < 0, -low, high)
    half[..., 0] = max(-low[0], high[0])
    shell = ((np.abs(ways) / half) ** ROUND).sum(-1) ** (-1 / ROUND)
    before = np.exp(-((azimuth / 0.75) ** 2) - ((elevation - CHIN_RAD) / 0.36) ** 2)
    chin = (head + CHIN_ROOM_MM - shell)[before > 0.8].max()
    shell = shell + np.maximum(chin, 0) * before / 0.8
    # where the head is nearer than the padding can be, it bulges
    close = rounded_over(head, LEAST_FOAM_MM, (2, 4))
    return np.where(elevation > LOWEST_ROUND_RAD, np.maximum(shell, np.minimum(close, head + 2 * LEAST_FOAM_MM)), shell)


def _port(on: Seat, sheet: Sheet, eyes: float, style: str, wider: float = 0.0, raised: float = 0.0) -> NDArray:
    """Return how far (v,) a sheet's vertices lie within the opening, about millimetres; `raised` in the middle."""
    azimuth, elevation, radius = on.chart.locate(sheet.vertices)
    elevation = elevation - raised * np.cos(np.minimum(np.abs(azimuth), np.pi / 2))
    low = BELOW_EYES_RAD if style == "full" else 2.0
    middle, half = eyes + (ABOVE_EYES_RAD - low) / 2, (ABOVE_EYES_RAD + low) / 2
    out = (np.abs(azimuth) / (PORT_RAD + wider)) ** CORNER + (np.abs(elevation - middle) / (half + wider)) ** CORNER
    return radius * 0.4 * (1 - out ** (1 / CORNER))


def _painted(on: Seat, sheet: Sheet, helmet: MotorcycleHelmet) -> list[Piece]:
    """Return the shell, with its stripe apart."""
    if helmet.stripe == "same":
        return [Piece(stiffened(sheet, SHELL_MM), "motorcycle_shell")]
    x = np.abs((sheet.vertices - on.chart.centre) @ on.chart.axes[0])
    above = sheet.vertices @ on.chart.axes[2] - on.chart.centre @ on.chart.axes[2]
    inside = np.minimum(STRIPE_MM - x, above + 20)
    return [
        Piece(stiffened(cut(sheet, -inside), SHELL_MM), "motorcycle_shell"),
        Piece(stiffened(cut(sheet, inside), SHELL_MM), "motorcycle_stripe"),
    ]


def _liner(on: Seat, eyes: float, azimuth: NDArray, elevation: NDArray, head: NDArray, shell: NDArray) -> Solid:
    """Return foam and cheek pads, from the head to the shell; none before mouth and chin."""
    rows = np.r_[0 : len(head) - 1 : COARSER, len(head) - 1]
    coarse = np.ix_(rows, np.arange(0, COLUMNS, COARSER))
    inside = grid_sheet(on.chart.points(azimuth[coarse], elevation[coarse], head[coarse]), on.chart.centre)
    inside = replace(inside, normals=unit(inside.vertices - on.chart.centre))
    thick = (shell - head)[coarse] - 0.3
    thick = np.append(thick.ravel(), thick[-1].mean())
    low = PADS_RAD - on.chart.locate(inside.vertices)[1]
    away = -np.max([_port(on, inside, eyes, "full", 0.02), _mouth(on, inside, eyes), 100 * low], axis=0)
    outer = cut(replace(inside, vertices=inside.offset(thick)), away)
    pads = cut(inside, away)
    return stiffened(pads, np.linalg.norm(outer.vertices - pads.vertices, axis=1))


def _mouth(on: Seat, sheet: Sheet, eyes: float) -> NDArray:
    """Return how far (v,) a sheet's vertices lie before mouth and chin, about millimetres."""
    azimuth, elevation, _ = on.chart.locate(sheet.vertices)
    return 100 * np.minimum(0.72 - np.abs(azimuth), eyes - 0.1 - elevation)


def _visor(on: Seat, sheet: Sheet, eyes: float, helmet: MotorcycleHelmet) -> Sheet:
    """Return the inside of the visor, before the opening or raised over it."""
    raised = RAISED_RAD if helmet.visor == "open" else 0.0
    lens = cut(sheet, _port(on, sheet, eyes, "full", OVERLAP_RAD, raised))
    return replace(lens, vertices=lens.offset(SHELL_MM + VISOR_OFF_MM))


def _pivots(on: Seat, sheet: Sheet, eyes: float) -> list[Solid]:
    """Return the discs that the visor turns about."""
    found = []
    for azimuth in (-PIVOT_RAD, PIVOT_RAD):
        k = (unit(sheet.vertices - on.chart.centre) @ on.chart.directions(azimuth, eyes + 0.05)).argmax()
        place = sheet.vertices[k] + sheet.normals[k] * (SHELL_MM + VISOR_OFF_MM + 1)
        found.append(ellipsoid(np.array([17.0, 17.0, 4.5]), 28).moved(facing(sheet.normals[k]), place))
    return found


def _visor_mesh(on: Seat, visor: Sheet, fit: Fit) -> Mesh:
    solid = stiffened(visor, VISOR_MM)
    n = len(visor.vertices)
    front = np.zeros(len(solid.vertices))
    front[n : 2 * n] = 1
    up = solid.vertices @ on.chart.axes[2]
    values = {"front": front, "height": (up - up.min()) / np.ptp(up)}
    return hat_mesh(INSTANCE, [Piece(solid, "motorcycle_visor", values)], fit, Part.VISOR, "motorcycle_visor")


def materials(helmet: MotorcycleHelmet) -> dict[str, Material]:
    """Return what the helmet is made of."""
    shell = paint(helmet.color, helmet.nir_albedo, helmet.gloss)
    stripe = helmet.color if helmet.stripe == "same" else helmet.stripe
    return {
        "motorcycle_shell": shell,
        "motorcycle_stripe": paint(stripe, helmet.nir_albedo, helmet.gloss),
        "motorcycle_rubber": RUBBER,
        "motorcycle_liner": LINER,
        "motorcycle_visor": lens_material(POLYCARBONATE, helmet.dye, helmet.density, 0.0, helmet.mirror, "none"),
    }


def targets(helmet: MotorcycleHelmet) -> Mapping[str, float]:
    """Return how it presses the ears."""
    return pinned_ears(0.8)


def sample(spec: MotorcycleHelmetSpec, key: Key) -> MotorcycleHelmet:
    """Draw a motorcycle helmet."""
    return drawn(MotorcycleHelmet, spec, key)


MOTORCYCLE_HELMET = Kind(MotorcycleHelmetSpec, MotorcycleHelmet, sample, build, materials, targets, hood="flat")
