"""Baseball and trucker caps, worn with the bill in front, to a side or behind."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.cover import azimuths, press_under
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import Solid, ellipsoid, even_steps, joined, rounded_rectangle, superellipse
from synthgen.accessories.headwear.emblem import EMBLEM_CLOTH, EMBLEMS, emblem_fabric, emblem_pieces
from synthgen.accessories.headwear.pieces import (
    SAME_OR_OTHER,
    Piece,
    SecondColor,
    cord,
    facing,
    hat_mesh,
    plate,
    recolored,
    ribbon,
)
from synthgen.accessories.headwear.seat import TOP_RAD, Rise, Roll, Seat, Tilt, Turn, front_of_glasses, seat
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.sheets import Sheet, borders, cut, grid_sheet, stiffened
from synthgen.distributions import Choice, Name, NameChoice, Number, TruncatedNormal, Uniform, one_of, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material, Spectrum, Surface
from synthgen.mesh import unit
from synthgen.ramps import smooth_step
from synthgen.rays import RayScene
from synthgen.rng import Key

SEAMS: dict[str, tuple[float, ...]] = {
    "baseball": (0, 60, 120, 180, 240, 300),
    "trucker": (50, 115, 180, 245, 310),
}
"""Degrees from the bill where panels meet."""
CLOSURES = ("strap", "snap", "closed")
COLUMNS, ROWS = 216, 46
THICK_MM, GAP_MM, GROOVE_MM = 1.3, 0.6, 0.9
HOLES = 0.5
"""Height of the weave of a trucker's back below which it is open."""
OPENING_MM = (37.0, 44.0)
"""Half the width and the height of the opening above the strap."""
BILL_RAD, BILL_ROWS = 1.08, (65, 22)
FLATTER, OVER_MM = (0.8, 0.6, 0.4, 0.2, 0.0), 0.8
"""What glasses leave of a bill's curve: the first of these shares at which it is so far above them."""
EYELETS_RAD, EYELET_UP_RAD, EMBLEM_RAD = np.radians((30, 90, 150, 210, 270, 330)), 0.9, 0.5


class CapSpec(Frozen):
    """A cap with a bill."""

    kind: Literal["cap"] = "cap"
    style: Annotated[Name, one_of(SEAMS)] = NameChoice(values=("baseball", "trucker"), weights=(3, 1))
    """Of six panels, or of a foam front and a back of mesh."""
    turn_deg: Turn = Choice(values=(0.0, 180.0), weights=(4, 1))
    """Where the bill points: 0 ahead, 180 behind, > 0 to the subject's left."""
    rise_mm: Rise = TruncatedNormal(mean=10, sd=5, low=2, high=24)
    """From between the brows up to the rim."""
    tilt_deg: Tilt = TruncatedNormal(mean=11, sd=3, low=3, high=18)
    """How far the rim lies lower behind than in front, where ears allow it."""
    roll_deg: Roll = TruncatedNormal(mean=0, sd=1, low=-3, high=3)
    """To the subject's left."""
    structure: Annotated[Number, within(0, 1)] = Uniform(low=0.1, high=1)
    """How stiff the front panels stand."""
    bill_mm: Annotated[Number, within(45, 90)] = TruncatedNormal(mean=68, sd=4, low=58, high=78)
    """Length of the bill."""
    curve: Annotated[Number, within(0, 1)] = Uniform(low=0.1, high=0.9)
    """Of the bill: 0 is flat."""
    closure: Annotated[Name, one_of(CLOSURES)] = "all"
    """Opposite the bill: an opening over a strap or plastic snaps, or none."""
    fabric: FabricSpec = FabricSpec(weave="twill")
    """Of the crown; of a trucker's front."""
    second_color: SecondColor = SAME_OR_OTHER
    """Of bill, button and the back of a trucker; "same" as the crown."""
    emblem: Annotated[Name, one_of(EMBLEMS)] = "all"
    """On the front."""
    emblem_fabric: FabricSpec = EMBLEM_CLOTH
    """Of the emblem: its ground if it is a patch, and its colours."""


class Cap(Frozen):
    """One cap; see `CapSpec`."""

    kind: Literal["cap"] = "cap"
    style: str
    turn_deg: float
    rise_mm: float
    tilt_deg: float
    roll_deg: float
    structure: float
    bill_mm: float
    curve: float
    closure: str
    fabric: Fabric
    second_color: str
    emblem: str
    emblem_fabric: Fabric
    seed: int


def build(cap: Cap, fit: Fit) -> Worn:
    """Return the cap on a head."""
    on = seat(fit, cap.rise_mm, cap.tilt_deg, cap.roll_deg)
    turn = np.radians(cap.turn_deg)
    crown, pieces = _crown(on, cap, turn), []
    if cap.closure != "closed":
        crown = _opened(crown, on, turn)
        pieces += _closure(on, cap, turn)
    whole = joined([stiffened(crown, THICK_MM), *(piece.solid for piece in pieces)])
    bill = _bill_over(front_of_glasses(fit), on, cap, turn)
    pieces += [*_panels(crown, on, cap, turn), *_trims(on, cap, crown, turn), Piece(bill, "cap_second")]
    pieces += emblem_pieces(crown, on.chart, turn, EMBLEM_RAD, cap.emblem, THICK_MM, "cap_emblem")
    return Worn((hat_mesh("cap", pieces, fit),), press_under(fit, on.chart, whole, bill, hides=cap.style != "trucker"))


def _panels(crown: Sheet, on: Seat, cap: Cap, turn: float) -> list[Piece]:
    """Return the crown; a trucker's front and back apart."""
    if cap.style != "trucker":
        return [Piece(stiffened(crown, THICK_MM), "cap_crown")]
    front = np.radians(SEAMS["trucker"][0]) - np.abs(_ahead(on.chart.locate(crown.vertices)[0], turn))
    return [
        Piece(stiffened(cut(crown, front), THICK_MM), "cap_crown"),
        Piece(stiffened(cut(crown, -front), 0.7), "cap_mesh"),
    ]


def _ahead(azimuth: NDArray, turn: float) -> NDArray:
    """Return the angle (...) from the bill, -pi to pi."""
    return (azimuth - turn + np.pi) % (2 * np.pi) - np.pi


def _crown(on: Seat, cap: Cap, turn: float) -> Sheet:
    elevation = np.linspace(on.lowest, TOP_RAD, ROWS)[:, None]
    around = _columns(cap) + turn
    front = _ahead(around, turn)[None]
    around, elevation = np.broadcast_arrays(around[None], elevation)
    radius = on.radius(around, elevation) + GAP_MM
    rise = elevation - on.lowest
    stiff = np.exp(-((np.abs(front) / 0.95) ** 3)) * np.exp(-(((elevation - 0.62) / 0.5) ** 2))
    slack = 3.0 * smooth_step(rise, 0.15, 0.9)
    radius = radius + (3.0 + 9.0 * cap.structure) * stiff * smooth_step(rise, 0, 0.35) + slack
    away = _from_seam(front, SEAMS[cap.style]) * radius * np.cos(elevation)
    groove = np.exp(-((away / 1.4) ** 2)) - 0.5 * np.exp(-(((away - 3.0) / 1.6) ** 2))
    radius = radius - GROOVE_MM * groove * smooth_step(rise, 0.06, 0.16) * smooth_step(elevation, 1.5, 1.35)
    return grid_sheet(on.chart.points(around, elevation, radius), on.chart.centre)


def _columns(cap: Cap) -> NDArray:
    """Return azimuths from the bill, closer together at the seams."""
    even, seams = azimuths(COLUMNS), np.radians(SEAMS[cap.style])
    to = (even[:, None] - seams + np.pi) % (2 * np.pi) - np.pi
    nearest = np.take_along_axis(to, np.abs(to).argmin(1)[:, None], 1)[:, 0]
    return even - 0.75 * nearest * np.exp(-((nearest / 0.16) ** 2))


def _from_seam(front: NDArray, seams_deg: tuple[float, ...]) -> NDArray:
    """Return the angle (...) to the nearest seam."""
    away = (front[..., None] - np.radians(seams_deg) + np.pi) % (2 * np.pi) - np.pi
    return np.abs(away).min(-1)


def _opened(sheet: Sheet, on: Seat, turn: float) -> Sheet:
    """Return the crown with an opening opposite the bill."""
    azimuth, elevation, radius = on.chart.locate(sheet.vertices)
    x = (np.pi - np.abs(_ahead(azimuth, turn))) * radius * np.cos(elevation)
    z = (elevation - on.lowest) * radius
    half, height = OPENING_MM
    return cut(sheet, half * (np.hypot(x / half, z / height) - 1))


def _closure(on: Seat, cap: Cap, turn: float) -> Iterator[Piece]:
    """Yield the strap across the opening, and its studs or buckle."""
    half = 1.25 * OPENING_MM[0] / float(on.radius(turn + np.pi, on.lowest))
    azimuth, elevation = turn + np.pi + np.linspace(-half, half, 41), np.full(41, on.lowest + 0.095)
    path = on.chart.points(azimuth, elevation, on.radius(azimuth, elevation) + GAP_MM + THICK_MM + 0.4)
    up, out = on.chart.axes[2], unit(path - on.chart.centre)
    yield Piece(ribbon(path, up, 17.0, 1.4), "cap_snap" if cap.closure == "snap" else "cap_second")
    if cap.closure == "snap":
        for k in range(8, 34, 3):
            stud = ellipsoid(np.array([2.2, 2.2, 1.3])).moved(facing(out[k]), path[k] + 0.7 * out[k])
            yield Piece(stud, "cap_snap")
    else:
        along = unit(path[27] - path[26])
        frame = even_steps(rounded_rectangle(5.5, 10.5, 1.5), 48, closed=True)
        buckle = path[26] + out[26] * 1.2 + frame[:, :1] * along + frame[:, 1:] * up
        yield Piece(cord(buckle, 0.9, closed=True), "cap_eyelet")


def _trims(on: Seat, cap: Cap, crown: Sheet, turn: float) -> Iterator[Piece]:
    """Yield button, eyelets and the binding along the borders."""
    azimuth, elevation, _ = on.chart.locate(crown.vertices)
    top = crown.vertices[elevation.argmax()] + on.chart.axes[2] * 1.6
    yield Piece(ellipsoid(np.array([6.5, 6.5, 3.2]), 20).moved(on.chart.axes.T, top), "cap_second")
    for middle in EYELETS_RAD if cap.style == "baseball" else ():
        k = np.hypot(_ahead(azimuth, turn + middle) * np.cos(EYELET_UP_RAD), elevation - EYELET_UP_RAD).argmin()
        turned, place = facing(crown.normals[k]), crown.vertices[k] + crown.normals[k] * (THICK_MM + 0.2)
        ring = np.pad(superellipse(5.8, 5.8, 2, 16), ((0, 0), (0, 1))) @ turned.T + place
        yield Piece(cord(ring, 0.9, closed=True), "cap_second")
        yield Piece(ellipsoid(np.array([2.4, 2.4, 0.35]), 12).moved(turned, place), "cap_eyelet")
    for loop in borders(crown):
        path = even_steps(crown.offset(THICK_MM / 2)[loop], 200, closed=True)
        yield Piece(cord(path, 1.0, closed=True), "cap_crown")


def _bill_over(glasses: NDArray, on: Seat, cap: Cap, turn: float) -> Solid:
    """Return the bill, bent no lower than the vertices (n, 3) of what stands before the eyes."""
    bill = _bill(on, cap, turn, cap.curve)
    above, down = glasses + OVER_MM * on.chart.axes[2], np.broadcast_to(-on.chart.axes[2], glasses.shape)
    for share in FLATTER if len(glasses) else ():
        if (RayScene(bill.vertices, bill.triangles).first_hit(above, down)[0] < 0).all():
            break
        bill = _bill(on, cap, turn, share * cap.curve)
    return bill


def _bill(on: Seat, cap: Cap, turn: float, curve: float) -> Solid:
    """Return the bill: from temple to temple, curved across, and falling a little."""
    across, outwards = BILL_ROWS
    u = np.linspace(-1, 1, across)
    azimuth = turn + u * BILL_RAD
    e = np.full(across, on.lowest + 0.03)
    root = on.chart.points(azimuth, e, on.radius(azimuth, e) + GAP_MM + 1.2)
    up = on.chart.axes[2]
    ahead = on.chart.directions(turn, 0.0)
    side = np.cross(ahead, up)
    x = (root - on.chart.centre) @ side
    half = np.abs(x).max()
    length = cap.bill_mm * np.clip(1 - np.abs(u) ** 2.6, 0, 1) ** 0.75
    t = np.linspace(0, 1, outwards)
    drop = (4.0 + 30.0 * curve * (x / half) ** 2)[:, None] * t**0.9 * (length / cap.bill_mm)[:, None] ** 0.7
    drop = drop + 0.10 * length[:, None] * t
    points = root[:, None] + ahead * (length[:, None] * t)[..., None] - up * drop[..., None]
    return plate(points, 2.8, up)


def materials(cap: Cap) -> dict[str, Material]:
    """Return what the cap is made of."""
    second = recolored(cap.fabric, cap.second_color)
    return {
        "cap_crown": fabric_material(cap.fabric),
        "cap_second": fabric_material(second),
        "cap_mesh": replace(fabric_material(second.model_copy(update={"weave": "mesh"})), open_below=HOLES),
        "cap_snap": Surface(Spectrum((0.03, 0.03, 0.03), 0.08, 0.08), roughness=0.35, ior=1.5),
        "cap_eyelet": Surface(Spectrum((0.08, 0.08, 0.08), 0.2, 0.2), roughness=0.4, ior=1.5),
        "cap_emblem": fabric_material(emblem_fabric(cap.emblem, cap.emblem_fabric, cap.fabric)),
    }


def sample(spec: CapSpec, key: Key) -> Cap:
    """Draw a cap."""
    return drawn(Cap, spec, key)


CAP = Kind(CapSpec, Cap, sample, build, materials)
