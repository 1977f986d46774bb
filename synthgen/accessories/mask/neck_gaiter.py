"""A neck gaiter: a tube of jersey round neck and lower face."""

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d

from synthgen.accessories.cords import neck_plane, taut_ring
from synthgen.accessories.cover import (
    Chart,
    azimuths,
    hair_allowance,
    membrane,
    press_under,
    reach,
    thickened,
    tilted_chart,
)
from synthgen.accessories.fit import CLOTHES, Fit
from synthgen.accessories.geometry import xyz
from synthgen.accessories.kind import ALL_OF_IT, Kind, Worn, drawn
from synthgen.accessories.mask.meshes import with_cloth
from synthgen.accessories.mask.sheet import room_below_glasses
from synthgen.accessories.pieces import worn_mesh
from synthgen.accessories.surfaces import Surface, body_surface
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.noise import noise
from synthgen.parts import Part
from synthgen.ramps import smooth_step
from synthgen.rng import Key

WEARS = ("on", "under_nose", "neck")
COLUMNS, ROWS = 160, 84
GAP_MM, LEAST_MM, THICKNESS_MM = 1.0, 0.7, 0.8
CLOSE_MM, BESIDE = 25.0, 7
"""A collar no farther off the neck is under the tube, which is as far off for some cells beside it."""
GATHER_MM, CREASE_MM = 17.0, 0.55
"""From one gather to the next, and depth of creases."""
FACE_RAD = 1.2
"""What is farther round is no face, and may be shoulder."""
SHOULDER_MM = 5.0
"""What is so much farther from the middle than the base of the neck is shoulder."""
BASE_MM, GATHERED_MM = (0.0, -4.0), (34.0, 26.0)
"""Borders above the base of the neck and the throat's hollow."""
MENTON, RADIUS_MM = 732, 85.0
"""The chin's vertex of the base mesh; radius at which cloth is measured round the tube."""


class NeckGaiterSpec(Frozen):
    """A neck gaiter."""

    kind: Literal["neck_gaiter"] = "neck_gaiter"
    wear: Annotated[Name, one_of(WEARS)] = NameChoice(values=WEARS, weights=(6, 1, 2))
    """Over the nose, below it, or about the neck alone."""
    fabric: FabricSpec = FabricSpec(
        weave=NameChoice(values=("jersey", "fleece", "rib"), weights=(6, 2, 1)),
        pattern=NameChoice(values=("plain", "camouflage", "stripes", "flowers", "melange"), weights=(6, 2, 1, 1, 1)),
        scale=Uniform(low=0.5, high=0.9),
    )
    """What it is made of."""
    slack: Annotated[Number, within(0, 1)] = Uniform(low=0.3, high=1)
    """How deep its folds are."""


class NeckGaiter(Frozen):
    """One neck gaiter; see `NeckGaiterSpec`."""

    kind: Literal["neck_gaiter"] = "neck_gaiter"
    wear: str
    fabric: Fabric
    slack: float
    seed: int


def sample(spec: NeckGaiterSpec, key: Key) -> NeckGaiter:
    """Draw a gaiter."""
    return drawn(NeckGaiter, spec, key)


def build(gaiter: NeckGaiter, fit: Fit) -> Worn:
    """Return a gaiter on a head and neck."""
    chart = tilted_chart(_centre(gaiter, fit))
    azimuth = np.broadcast_to(azimuths(COLUMNS), (ROWS, COLUMNS))
    bottom, base = _ring(fit, azimuth[0], chart, *BASE_MM)
    top = (
        _ring(fit, azimuth[0], chart, *GATHERED_MM)[0]
        if gaiter.wear == "neck"
        else _top(gaiter, fit, azimuth[0], chart)
    )
    v = np.linspace(0, 1, ROWS)[:, None]
    elevation = bottom + v * (top - bottom)
    skin = _skin(fit, chart, azimuth, elevation, base, gaiter.wear != "neck")
    ground: Fit | Surface = fit
    if gaiter.wear == "neck":  # pulled up over the nose, it is tucked in
        ground = body_surface(fit)
        skin = np.maximum(skin, _collar(fit, chart, azimuth, elevation, skin))
    room = hair_allowance(fit, chart, azimuth, elevation) if fit.strands else np.zeros_like(skin)
    obstacle = np.where(skin > 0, skin + GAP_MM + 0.5 * room, 0.0)
    held = np.zeros(obstacle.shape, bool)
    held[0], held[-1] = obstacle[0] > 0, obstacle[-1] > 0
    radius = membrane(obstacle, held, 220)
    radius = np.maximum(radius + _folds(gaiter, azimuth, elevation, v), obstacle)
    radius = np.maximum(np.minimum(radius, room_below_glasses(fit, chart, azimuth, elevation)), skin + 0.4)
    inner = chart.points(azimuth, elevation, radius)
    inner = ground.push_out(inner.reshape(-1, 3), LEAST_MM).reshape(inner.shape)
    solid = thickened(inner, THICKNESS_MM, chart.centre, closed=True)
    mesh = worn_mesh("neck_gaiter", "neck_gaiter", Part.FACEWEAR, [(solid, "cloth")], fit)
    offset = solid.vertices - chart.centre
    flat = np.stack([RADIUS_MM * np.arctan2(offset[:, 0], -offset[:, 1]), offset[:, 2]], 1)
    mesh = with_cloth(mesh, flat, 2 * np.pi * RADIUS_MM)
    return Worn((mesh,), press_under(fit, chart, solid) if fit.strands else None)


def _centre(gaiter: NeckGaiter, fit: Fit) -> NDArray:
    """Return a point (3,) inside that all of the tube can be seen from."""
    if gaiter.wear == "neck":
        return neck_plane(fit, 16.0, 12.0)[0]
    lobe = fit.spot("lobe")[0]
    return np.array([0.0, lobe[1] - 4.0, lobe[2] - 22.0])


def _skin(fit: Fit, chart: Chart, azimuth: NDArray, elevation: NDArray, base: NDArray, face: bool) -> NDArray:
    """Return how far (n, m) the face reaches, and the neck below the chin, whatever lies beyond it."""
    ways = chart.directions(azimuth, elevation).reshape(-1, 3)
    neck = fit.body_rays.first_hit(chart.centre, ways)[1].reshape(azimuth.shape)
    chin = chart.locate(fit.skin[MENTON])[1]
    far = (
        np.where((elevation > chin) & (np.abs(azimuth) < FACE_RAD), reach(fit.rays, chart, azimuth, elevation), 0.0)
        if face
        else 0.0
    )
    # towards the shoulders the first hit is no neck
    neck = np.minimum(np.where(np.isfinite(neck), neck, 0.0), base + SHOULDER_MM)
    return np.maximum(far, neck)


def _collar(fit: Fit, chart: Chart, azimuth: NDArray, elevation: NDArray, skin: NDArray) -> NDArray:
    """Return how far (n, m) a close collar reaches, for the tube to lie over; 0 where none does."""
    clothes = [mesh for mesh in fit.worn if np.isin(mesh.part, CLOTHES).any()]
    if not clothes:
        return np.zeros_like(skin)
    ways = chart.directions(azimuth, elevation).reshape(-1, 3)
    cloth = fit.rays_at(clothes).first_hit(chart.centre, ways)[1].reshape(azimuth.shape)
    close = maximum_filter1d(np.where(cloth < skin + CLOSE_MM, cloth, 0.0), BESIDE, axis=0, mode="nearest")
    return maximum_filter1d(close, BESIDE, axis=1, mode="wrap")


def _ring(
    fit: Fit, azimuth: NDArray, chart: Chart, above_neck_mm: float, above_throat_mm: float
) -> tuple[NDArray, NDArray]:
    """Return elevation and distance (m,) of a border that runs about the neck; see `neck_plane`."""
    middle, ahead, left = neck_plane(fit, above_neck_mm, above_throat_mm)
    angle = np.linspace(-np.pi, np.pi, 181)
    radius = taut_ring(fit.body_rays, middle, ahead, left, 180)
    around = np.append(np.roll(radius, 90), radius[90])
    points = middle + around[:, None] * (np.cos(angle)[:, None] * ahead + np.sin(angle)[:, None] * left)
    at, elevation, distance = chart.locate(points)
    order = np.argsort(at)
    low, far = (np.interp(azimuth, at[order], values[order], period=2 * np.pi) for values in (elevation, distance))
    return low, far


def _top(gaiter: NeckGaiter, fit: Fit, azimuth: NDArray, chart: Chart) -> NDArray:
    """Return the elevation (m,) of the upper border: from the nose below the ears to the nape."""
    a, b, share = {"on": (5063, 164, 0.3), "under_nose": (5072, 467, 0.3)}[gaiter.wear]
    front = chart.locate(fit.skin[a] + share * (fit.skin[b] - fit.skin[a]))[1]
    lobe = fit.spot("lobe")[0] + xyz(0, 0, -12.0)
    at, side, _ = chart.locate(lobe)
    back = chart.locate(fit.anchor("nape") + xyz(0, 0, -14.0))[1]
    far = np.abs(azimuth)
    ahead = side + (front - side) * (1 - np.clip(far / at, 0, 1) ** 1.7) ** 1.2
    return np.where(far < at, ahead, side + (back - side) * smooth_step(far, at, np.pi))


def _folds(gaiter: NeckGaiter, azimuth: NDArray, elevation: NDArray, v: NDArray) -> NDArray:
    """Return how far (n, m) folds stand off: gathers round the neck below the chin, creases from the nose."""
    key = Key(f"neck_gaiter/{gaiter.seed}")
    height = RADIUS_MM * elevation
    flat = np.stack([22 * np.cos(azimuth), 22 * np.sin(azimuth), height], -1).reshape(-1, 3)
    found, flow, wander = (
        noise(flat, size, key.child(name)).reshape(azimuth.shape)
        for name, size in (("folds", 15.0), ("flow", 40.0), ("wander", 55.0))
    )
    gathers = np.maximum(np.sin(2 * np.pi * height / GATHER_MM + 5.0 * wander), -0.3) * np.clip(0.8 + flow, 0, 1.5)
    deep = (1.5 if gaiter.wear == "neck" else 1 - smooth_step(v, 0.4, 0.75)) * smooth_step(v, 0, 0.06)
    deep = deep * (1 - smooth_step(v, 0.94, 1.0))
    nose = np.arctan2(np.abs(azimuth), (elevation[-1].max() - elevation) + 0.05)
    drawn_down = np.sin(16.0 * nose + 3.0 * wander) * smooth_step(np.abs(azimuth), 0.12, 0.5) * (1 - deep / 1.5)
    hem = 0.5 * (smooth_step(v, 0.955, 0.965))
    loose = deep * (3.0 * gathers + 1.3 * found + 2.0 * flow + 1.8) + 0.35 * flow
    return gaiter.slack * loose + CREASE_MM * drawn_down * (1 - smooth_step(v, 0.9, 0.97)) + hem


def materials(gaiter: NeckGaiter) -> dict[str, Material]:
    """Return the materials of a gaiter, by the names its meshes use."""
    return {"neck_gaiter_cloth": fabric_material(gaiter.fabric)}


NECK_GAITER = Kind(NeckGaiterSpec, NeckGaiter, sample, build, materials, hood="flat", soft=ALL_OF_IT)
