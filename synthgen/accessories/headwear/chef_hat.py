"""Chef's hats: a stiff band, and a pleated top that stands tall or falls to a side."""

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.cover import azimuths, press_under, thickened
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import joined, spline
from synthgen.accessories.headwear.pieces import Piece, hat_mesh
from synthgen.accessories.headwear.seat import Rise, Roll, Seat, Tilt, seat
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.distributions import NameChoice, Number, TruncatedNormal, Uniform, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.noise import noise
from synthgen.ramps import smooth_step
from synthgen.rng import Key

COLUMNS, BAND_ROWS, TOP_ROWS = 240, 10, 50
GAP_MM, BAND_MM, CLOTH_MM = 0.8, 1.6, 1.0
COLORS = NameChoice(values=("white", "black", "cream", "charcoal"), weights=(8, 1, 1, 1))


class ChefHatSpec(Frozen):
    """A cook's hat."""

    kind: Literal["chef_hat"] = "chef_hat"
    rise_mm: Rise = TruncatedNormal(mean=16, sd=5, low=5, high=30)
    """From between the brows up to the rim."""
    tilt_deg: Tilt = TruncatedNormal(mean=8, sd=3, low=0, high=16)
    """How far the rim lies lower behind than in front, where ears allow it."""
    roll_deg: Roll = TruncatedNormal(mean=0, sd=1, low=-3, high=3)
    """To the subject's left."""
    band_mm: Annotated[Number, within(40, 160)] = Uniform(low=62, high=95)
    """Height of the band."""
    top_mm: Annotated[Number, within(25, 120)] = Uniform(low=55, high=100)
    """Height of the pleated top over the band."""
    puff: Annotated[Number, within(0, 0.5)] = Uniform(low=0.18, high=0.38)
    """How much wider than the band the top is."""
    flop: Annotated[Number, within(0, 1)] = Uniform(low=0, high=0.8)
    """How far the top falls to a side."""
    pleats: Annotated[Number, within(12, 60)] = Uniform(low=24, high=40)
    """Number of pleats."""
    fabric: FabricSpec = FabricSpec(weave="plain", color=COLORS)
    """Of the whole hat."""


class ChefHat(Frozen):
    """One chef's hat; see `ChefHatSpec`."""

    kind: Literal["chef_hat"] = "chef_hat"
    rise_mm: float
    tilt_deg: float
    roll_deg: float
    band_mm: float
    top_mm: float
    puff: float
    flop: float
    pleats: float
    fabric: Fabric
    seed: int


def build(hat: ChefHat, fit: Fit) -> Worn:
    """Return the hat on a head."""
    on = seat(fit, hat.rise_mm, hat.tilt_deg, hat.roll_deg)
    azimuth = azimuths(COLUMNS)
    ring = on.radius(azimuth, 0.0) + GAP_MM
    heights = np.linspace(-3, hat.band_mm, BAND_ROWS)[:, None]
    band = _rings(on, azimuth, ring * (1 + 0.00025 * heights), heights)
    stiff = thickened(on.clear(band, GAP_MM), BAND_MM, on.chart.centre, closed=True, inside_every=3)
    soft = thickened(_top(on, hat, azimuth, ring), CLOTH_MM, on.chart.centre, inside_every=5)
    pieces = [Piece(stiff, "chef_hat"), Piece(soft, "chef_hat")]
    return Worn((hat_mesh("chef_hat", pieces, fit),), press_under(fit, on.chart, joined([soft, stiff])))


def _rings(on: Seat, azimuth: NDArray, out: NDArray, up: NDArray) -> NDArray:
    """Return points (m, n, 3) so far out from the axis and up from the rim."""
    level = on.chart.directions(azimuth, 0.0)
    return on.chart.centre + level * np.asarray(out)[..., None] + np.asarray(up)[..., None] * on.chart.axes[2]


def _top(on: Seat, hat: ChefHat, azimuth: NDArray, ring: NDArray) -> NDArray:
    """Return the pleated cloth: from inside the band out over it, and in to the middle."""
    key = Key(f"chef_hat/{hat.seed}")
    low, tall, wide = hat.band_mm - 6, hat.top_mm, 1 + hat.puff
    corners = [(0.985, 0), (0.99, 6), (wide * 0.97, 6 + 0.24 * tall), (wide, 6 + 0.5 * tall)]
    corners += [(0.86 * wide, 6 + 0.86 * tall), (0.45, 6 + tall), (0.012, 6 + 0.96 * tall)]
    profile = spline(np.array([(90 * out, up, 0) for out, up in corners]), TOP_ROWS)
    out, up = profile[:, :1] / 90, profile[:, 1:2]
    share = np.linspace(0, 1, TOP_ROWS)[:, None]
    loose = smooth_step(share, 0.08, 0.3) * smooth_step(share, 1.0, 0.75)
    wander = 0.5 * noise(np.stack([np.cos(azimuth), np.sin(azimuth), 0 * azimuth], 1) * 80, 60.0, key.child("pleats"))
    wave = np.abs(np.sin(0.5 * round(hat.pleats) * azimuth + wander))
    points = _rings(on, azimuth, ring * out, low + up)
    lump = noise((points - on.chart.centre).reshape(-1, 3), 55.0, key.child("lumps")).reshape(out.size, -1)
    points = _rings(on, azimuth, ring * out * (1 + loose * (0.10 * (wave - 0.6) + 0.04 * lump)), low + up)
    side = key.child("side").rng().uniform(-np.pi, np.pi)
    fallen = hat.flop * smooth_step(up, 8, 6 + tall)
    lean = np.cos(azimuth - side)
    points = points + (0.35 * tall * fallen)[..., None] * on.chart.directions(side, 0.0)
    return points - (0.30 * tall * fallen * (0.6 + 0.5 * lean))[..., None] * on.chart.axes[2]


def materials(hat: ChefHat) -> dict[str, Material]:
    """Return what the hat is made of."""
    return {"chef_hat": fabric_material(hat.fabric)}


def sample(spec: ChefHatSpec, key: Key) -> ChefHat:
    """Draw a chef's hat."""
    return drawn(ChefHat, spec, key)


CHEF_HAT = Kind(ChefHatSpec, ChefHat, sample, build, materials)
