"""Sheets over the lower face: where their borders run, drawn taut over nose, cheeks and chin. Millimetres of `Fit`."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, gaussian_filter1d, minimum_filter

from synthgen.accessories.cover import Chart, membrane, reach, tilted_chart
from synthgen.accessories.fit import Fit
from synthgen.noise import noise
from synthgen.ramps import smooth_step
from synthgen.rays import RayScene
from synthgen.rng import Key

WEARS = ("on", "under_nose", "chin")
"""How a mask is worn: over the nose, below it, or pulled down."""
LOOPED_WEARS = (*WEARS, "ear")
"""Those with loops may hang from an ear as well."""
GAP_MM, UNDER_GLASSES = 0.2, 0.5
"""Between skin and the inner side of a sheet, and what pressure of glasses leaves of thickness and gap."""
CLEAR_OF_GLASSES_MM, RISE_MM = 0.4, 1.0
"""Between glasses and cloth, and how much it may rise from cell to cell beside them."""
ROUNDS = 600
CURTAIN = 0.94
"""How far forwards cloth hangs below the chin, as a share of the chin's way from the chart's centre."""
HALF_FACE_MM = 75.0
"""Distance before the chart's centre at which heights of the border are measured."""


@dataclass(frozen=True)
class Cut:
    """The border of a sheet.

    Attributes:
        reach: How far it reaches towards the ears, as a share of the way.
        top_power: How soon the upper border falls from the nose: 1 straight, 2 late.
        high_mm: Height of its upper corners above the mouth.
        low_mm: Height of its lower corners above the mouth.
        under: How far under the chin it reaches, as a share of the way to the throat.
        border_rounds: How stiff the border is: 4 follows the nose as a wire does, 40 bridges its sides.
        hang_mm: How far a point of it hangs below the chin.
    """

    reach: float = 0.66
    top_power: float = 1.5
    high_mm: float = 20.0
    low_mm: float = -22.0
    under: float = 0.38
    border_rounds: int = 8
    hang_mm: float = 0.0


@dataclass(frozen=True)
class Sheet:
    """A sheet drawn taut: a grid of directions with the radius of skin and sheet in each.

    Attributes:
        chart: About a centre behind the mouth.
        azimuth: (n, m) rows from the chin up, columns from right to left.
        elevation: (n, m)
        skin: (n, m) how far the head reaches; 0 where the mouth is open.
        most: (n, m) how far there is room below glasses; inf where there are none.
        radius: (n, m) of the sheet.
        across: (m,) -1 at the right border to 1 at the left.
        up: (n,) 0 at the lower border to 1 at the upper.
        on_chin: Whether it is pulled down.
    """

    chart: Chart
    azimuth: NDArray
    elevation: NDArray
    skin: NDArray
    most: NDArray
    radius: NDArray
    across: NDArray
    up: NDArray
    on_chin: bool = False

    def raised(self, height_mm: NDArray, fit: Fit, thickness_mm: float) -> NDArray:
        """Return the outer points (n, m, 3) of the sheet raised by heights (n, m): off the skin, below glasses."""
        gap = thickness_mm + GAP_MM
        radius = np.maximum(self.radius + height_mm, self.skin + gap)
        under = self.most < radius
        radius = np.where(under, np.maximum(self.most, self.skin + UNDER_GLASSES * gap), radius)
        points = self.chart.points(self.azimuth, self.elevation, radius)
        clearance = np.where(under, UNDER_GLASSES, 1.0) * gap
        return fit.push_out(points.reshape(-1, 3), clearance.ravel()).reshape(points.shape)


def spread(count: int, *marks: float, low: float = 0.0, high: float = 1.0) -> NDArray:
    """Return `count` places from `low` to `high`, closer together about marks: pleats, seams, hems."""
    t = np.linspace(low, high, 4000)
    density = np.ones_like(t)
    for mark in marks:
        density += 3.0 * np.exp(-(((t - mark) / (0.018 * (high - low))) ** 2))
    total = np.cumsum(density) - density[0]
    return np.interp(np.linspace(0, total[-1], count), total, t)


def lay(fit: Fit, wear: str, cut: Cut, across: NDArray, up: NDArray) -> Sheet:
    """Return a sheet on a face, with columns at `across` (m,) and rows at `up` (n,)."""
    face, chin = _anchors(fit), wear == "chin"
    ear = np.mean(
        [fit.spot("ear_front", side)[0] * [sign, 1, 1] for side, sign in (("left", 1), ("right", -1))], axis=0
    )
    lips = face["lips"]
    centre = np.array([0.0, 0.45 * lips[1] + 0.55 * ear[1], lips[2]])
    if chin:
        centre = np.array([0.0, ear[1] - 6.0, face["menton"][2] + 6.0])
    chart = tilted_chart(centre)
    nose = {
        "on": _between(face["rhinion"], face["dorsum"], 0.15),
        "under_nose": _between(face["subnasale"], lips, 0.3),
        "chin": _between(face["lower_lip"], face["labiomental"], 1.1),
    }[wear]
    more = {"on": 0.0, "under_nose": 0.16, "chin": 0.45}[wear]
    below = _between(face["menton"], face["cervical"], min(cut.under + more, 0.95))
    limit = cut.reach * chart.locate(np.array([ear[0], ear[1], centre[2]]))[0]
    drop = {"on": 0.0, "under_nose": -16.0, "chin": 0.0}[wear]
    corners = [lips[2] + cut.high_mm + drop, lips[2] + cut.low_mm + 0.5 * drop]
    if chin:
        corners = [face["labiomental"][2] - 2.0, face["menton"][2] - 10.0]
    high, low = (np.arctan2(z - centre[2], HALF_FACE_MM) for z in corners)
    s = np.abs(across)
    top = high + (chart.locate(nose)[1] - high) * (1 - s**cut.top_power) ** 1.25
    bottom = low + (chart.locate(below)[1] - low) * (1 - s**2.2) ** 0.9
    if cut.hang_mm:
        tip = face["menton"][2] - cut.hang_mm
        height = tip + (corners[1] - tip) * s**1.4
        flat = HALF_FACE_MM + (np.linalg.norm((face["menton"] - centre)[:2]) - HALF_FACE_MM) * (1 - s)
        bottom = np.arctan2(height - centre[2], flat)
    elevation = bottom + up[:, None] * (top - bottom)
    azimuth = np.broadcast_to(across * limit, elevation.shape).copy()
    rays = fit.body_rays if chin else fit.rays
    skin = reach(rays, chart, azimuth, elevation)
    if chin:
        skin[skin > 115.0] = 0.0
    most = room_below_glasses(fit, chart, azimuth, elevation)
    sheet = Sheet(chart, azimuth, elevation, skin, most, skin, across, up, chin)
    return _drawn(_hung(sheet, float(chart.locate(face["menton"])[1])) if cut.hang_mm else sheet, cut)


def _hung(sheet: Sheet, chin: float) -> Sheet:
    """Return a sheet that falls straight down from an elevation of the chin, as if there were something under it."""
    level = np.cos(sheet.elevation) * sheet.skin
    rows = np.abs(sheet.elevation - chin).argmin(0)
    drop = np.maximum(chin - sheet.elevation, 0)
    held = CURTAIN * level[rows, np.arange(len(rows))] / np.cos(sheet.elevation) * (1 - 0.12 * drop)
    return replace(sheet, skin=np.where(drop > 0, np.maximum(sheet.skin, held), sheet.skin))


def _anchors(fit: Fit) -> dict[str, NDArray]:
    return {name: fit.skin[vertex] for name, vertex in MIDLINE.items()}


MIDLINE = {
    "rhinion": 5063,
    "dorsum": 164,
    "subnasale": 5072,
    "lips": 467,
    "lower_lip": 495,
    "labiomental": 724,
    "menton": 732,
    "cervical": 797,
}
"""Vertices of the base mesh, named after the anatomy they lie near."""


def _between(a: NDArray, b: NDArray, share: float) -> NDArray:
    return a + share * (b - a)


def _drawn(sheet: Sheet, cut: Cut) -> Sheet:
    """Return a sheet taut between its borders, which lie on the skin."""
    rows = np.asarray(distance_transform_edt(sheet.skin == 0, return_distances=False, return_indices=True))
    filled = sheet.skin[rows[0], rows[1]] + GAP_MM
    held = np.zeros(filled.shape, bool)
    held[[0, -1]] = held[:, [0, -1]] = True
    loop = np.concatenate([filled[0], filled[1:-1, -1], filled[-1, ::-1], filled[-2:0:-1, 0]])
    taut = loop.copy()
    for _ in range(cut.border_rounds):
        taut = np.maximum(loop, gaussian_filter1d(taut, 1.5, mode="wrap"))
    n, m = filled.shape
    obstacle = np.where(sheet.skin == 0, 0.0, sheet.skin + GAP_MM)
    obstacle[0], obstacle[-1] = taut[:m], taut[m + n - 2 : 2 * m + n - 2][::-1]
    obstacle[1:-1, -1], obstacle[1:-1, 0] = taut[m : m + n - 2], taut[2 * m + n - 2 :][::-1]
    return replace(sheet, radius=membrane(obstacle, held, ROUNDS, around=False))


def room_below_glasses(fit: Fit, chart: Chart, azimuth: NDArray, elevation: NDArray) -> NDArray:
    """Return how far (n, m) one can go before what is worn before the eyes; inf where nothing is."""
    worn = [mesh for mesh in fit.worn if mesh.instance in BELOW]
    ways = chart.directions(azimuth, elevation).reshape(-1, 3)
    found = np.full(len(ways), np.inf)
    for mesh in worn:
        rays = RayScene(fit.from_world(mesh.vertices), mesh.triangles)
        found = np.minimum(found, rays.first_hit(chart.centre, ways)[1])
    room = found.reshape(azimuth.shape) - CLEAR_OF_GLASSES_MM
    for _ in range(8 if worn else 0):
        room = np.minimum(room, minimum_filter(room, 3) + RISE_MM)
    return room


BELOW = frozenset({"glasses"})
"""What a mask slides under."""


def creases(sheet: Sheet, key: Key) -> NDArray:
    """Return creases (n, m) that run from the corners, and unevenness, of about a millimetre."""
    s, v = np.meshgrid(sheet.across, sheet.up)
    found = np.zeros_like(s)
    for corner, (x, y) in enumerate(((-1, 0.03), (-1, 0.97), (1, 0.03), (1, 0.97))):
        own = key.child("corner", corner)
        turns, phase = own.child("turns").rng().uniform(14, 22), own.child("phase").rng().uniform(0, 6)
        far = np.hypot(s - x, 1.4 * (v - y))
        angle = np.arctan2(1.4 * (v - y), np.abs(s - x) + 0.05)
        found += np.sin(turns * angle + phase) * np.exp(-((far / 0.36) ** 2)) * smooth_step(far, 0.02, 0.12)
    flat = np.column_stack([60 * s.ravel(), 90 * v.ravel(), 0 * v.ravel()])
    return found + 0.5 * noise(flat, 34.0, key.child("uneven")).reshape(s.shape)
