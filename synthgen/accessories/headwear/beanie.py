"""Beanies: knitted, with or without a turned-up cuff, tight or hanging behind, with or without a pompom."""

from collections.abc import Mapping
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.cover import azimuths, grid_normals, press_under, thickened
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import Solid, ellipsoid, joined
from synthgen.accessories.headwear.pieces import Piece, hat_mesh
from synthgen.accessories.headwear.seat import Rise, Roll, Seat, Tilt, pinned_ears, seat
from synthgen.accessories.headwear.slouch import slouched
from synthgen.accessories.kind import ALL_OF_IT, Kind, Worn, drawn
from synthgen.distributions import Choice, NameChoice, Number, TruncatedNormal, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.noise import noise
from synthgen.ramps import smooth_step
from synthgen.rng import Key

MOST_COLUMNS, ROWS, CUFF_ROWS = 320, 58, 14
THICK_MM, GAP_MM, CUFF_MM = 2.0, 0.4, 2.8
RIB_MM, GATHERS = 1.3, 9
CUFFED = 0.45
"""What a cuff leaves of the slouch."""
KNITS = NameChoice(values=("knit", "rib", "cable", "fleece", "jersey"), weights=(4, 4, 1, 1, 1))
PATTERNS = NameChoice(values=("plain", "stripes", "melange"), weights=(6, 1, 2))


class BeanieSpec(Frozen):
    """A knitted cap."""

    kind: Literal["beanie"] = "beanie"
    rise_mm: Rise = TruncatedNormal(mean=8, sd=7, low=-4, high=28)
    """From between the brows up to the edge."""
    tilt_deg: Tilt = TruncatedNormal(mean=17, sd=4, low=8, high=26)
    """How far the edge lies lower behind than in front."""
    roll_deg: Roll = TruncatedNormal(mean=0, sd=1.5, low=-4, high=4)
    """To the subject's left."""
    cuff_mm: Annotated[Number, within(0, 90)] = Choice(values=(0.0, 40.0, 50.0, 60.0, 70.0), weights=(2, 1, 2, 2, 1))
    """Height of the turned-up edge; 0 without."""
    slouch: Annotated[Number, within(0, 1)] = Choice(values=(0.0, 0.15, 0.4, 0.8), weights=(3, 3, 2, 1))
    """How far it hangs over behind; 0 fits tight."""
    ribs: Annotated[Number, within(0, 90)] = Choice(values=(0.0, 44.0, 60.0, 72.0), weights=(1, 1, 2, 1))
    """Number of knitted ribs; 0 is smooth."""
    pompom_mm: Annotated[Number, within(0, 45)] = Choice(values=(0.0, 28.0, 34.0), weights=(5, 1, 1))
    """Radius of the pompom; 0 without."""
    ears: Annotated[Number, within(0, 1)] = Choice(values=(0.0, 1.0), weights=(1, 2))
    """Whether the ears' tops go under it, 1, or hold it up, 0."""
    fabric: FabricSpec = FabricSpec(weave=KNITS, pattern=PATTERNS)
    """Of the whole cap."""


class Beanie(Frozen):
    """One beanie; see `BeanieSpec`."""

    kind: Literal["beanie"] = "beanie"
    rise_mm: float
    tilt_deg: float
    roll_deg: float
    cuff_mm: float
    slouch: float
    ribs: float
    pompom_mm: float
    ears: float
    fabric: Fabric
    seed: int


def build(beanie: Beanie, fit: Fit) -> Worn:
    """Return the beanie on a head."""
    on = seat(fit, beanie.rise_mm, beanie.tilt_deg, beanie.roll_deg, lowest_deg=-4, over_ears=beanie.ears > 0.5)
    inner = _body(on, beanie, fit.down)
    body = thickened(inner, THICK_MM, on.chart.centre, inside_every=8)
    pieces = [Piece(body, "beanie")]
    if beanie.cuff_mm:
        pieces.append(Piece(_cuff(on, beanie, inner), "beanie"))
    if beanie.pompom_mm:
        pieces.append(Piece(_pompom(on, beanie, inner), "beanie_pompom"))
    cover = joined([piece.solid for piece in pieces])
    return Worn((hat_mesh("beanie", pieces, fit),), press_under(fit, on.chart, cover))


def _ribbed(azimuth: NDArray, ribs: float) -> NDArray:
    """Return the height (...) of ribs: round wales, narrow grooves."""
    return RIB_MM * np.abs(np.sin(round(ribs) * (azimuth + np.pi) / 2)) ** 0.6 if ribs else np.zeros_like(azimuth)


def _columns(ribs: float) -> int:
    """Return how many columns there are, the same number to each rib: grooves run along columns."""
    return round(ribs) * (MOST_COLUMNS // round(ribs)) if round(ribs) else MOST_COLUMNS


def _body(on: Seat, beanie: Beanie, down: NDArray) -> NDArray:
    """Return the inner side (ROWS, n, 3)."""
    key = Key(f"beanie/{beanie.seed}")
    top = np.pi / 2 - 0.012
    azimuth, elevation = np.broadcast_arrays(
        azimuths(_columns(beanie.ribs)), np.linspace(on.lowest, top, ROWS)[:, None]
    )
    lump = noise(60 * on.chart.directions(azimuth, elevation).reshape(-1, 3), 42.0, key.child("lumps"))
    loose = smooth_step(elevation, 0.25, 0.9)
    radius = on.radius(azimuth, elevation) + GAP_MM
    radius = radius + loose * (1.5 + 1.2 * np.maximum(0.35 + 0.5 * lump.reshape(radius.shape), 0))
    points = on.chart.points(azimuth, elevation, radius)
    out = grid_normals(points, on.chart.centre)
    if beanie.slouch:
        slouch = beanie.slouch * (CUFFED if beanie.cuff_mm else 1)
        points = slouched(on, slouch, (ROWS, azimuth.shape[1]), beanie.cuff_mm, down, key)
        out = grid_normals(points, on.chart.centre)
    ribs = _ribbed(azimuth, beanie.ribs) * (1 - smooth_step(elevation, 1.3, 1.5))
    gather = smooth_step(elevation, 1.1, 1.5) * (1 - smooth_step(elevation, 1.5, 1.56))
    points = points + (ribs + 1.3 * gather * np.cos(GATHERS * azimuth))[..., None] * out
    return on.clear(points, GAP_MM)


def _cuff(on: Seat, beanie: Beanie, inner: NDArray) -> Solid:
    """Return the turned-up edge over the body."""
    normals = grid_normals(inner, on.chart.centre)
    away = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(inner, axis=0), axis=-1).mean(1))])
    heights = np.linspace(0, beanie.cuff_mm, CUFF_ROWS)
    rows = np.interp(heights, away, np.arange(len(away)))
    low = np.floor(rows).astype(int)
    share = (rows - low)[:, None, None]
    base, out = (values[low] * (1 - share) + values[low + 1] * share for values in (inner, normals))
    t = heights / beanie.cuff_mm
    puff = np.interp(t, [0, 0.12, 0.5, 0.88, 1], [0.2, 1.6, 2.2, 1.8, 0.9])
    azimuth = azimuths(inner.shape[1])
    wave = 1.0 + 0.5 * noise(60 * on.chart.directions(azimuth, 0.0), 55.0, Key(f"beanie/{beanie.seed}/cuff"))
    lowered = base - 1.5 * (1 - t)[:, None, None] ** 4 * on.chart.axes[2]
    lifted = lowered + out * (THICK_MM + puff[:, None] * np.maximum(wave, 0.3) + 0.2)[..., None]
    return thickened(lifted, CUFF_MM, on.chart.centre, closed=True, inside_every=6)


def _pompom(on: Seat, beanie: Beanie, inner: NDArray) -> Solid:
    """Return a ball of yarn ends on the top."""
    ball = ellipsoid(np.full(3, 1.0), 56)
    rough = noise(ball.vertices * 40, 5.0, Key(f"beanie/{beanie.seed}/pompom"))
    soft = noise(ball.vertices * 40, 22.0, Key(f"beanie/{beanie.seed}/soft"))
    radius = beanie.pompom_mm * (1 + 0.06 * rough + 0.05 * soft)
    middle = inner[-1].mean(0) + on.chart.axes[2] * 0.75 * beanie.pompom_mm
    uv = np.stack([ball.vertices[:, 0] + ball.vertices[:, 1], ball.vertices[:, 2]], 1) * beanie.pompom_mm
    rested = on.clear(ball.vertices * radius[:, None] + middle, GAP_MM + 0.5 * THICK_MM)
    return Solid(rested, ball.triangles, uv[ball.triangles])


def materials(beanie: Beanie) -> dict[str, Material]:
    """Return what the beanie is made of."""
    pompom = beanie.fabric.model_copy(update={"weave": "fleece"})
    return {"beanie": fabric_material(beanie.fabric), "beanie_pompom": fabric_material(pompom)}


def targets(beanie: Beanie) -> Mapping[str, float]:
    """Return how it presses the ears."""
    return pinned_ears(0.55) if beanie.ears > 0.5 else {}


def sample(spec: BeanieSpec, key: Key) -> Beanie:
    """Draw a beanie."""
    return drawn(Beanie, spec, key)


BEANIE = Kind(BeanieSpec, Beanie, sample, build, materials, targets, soft=ALL_OF_IT)
