"""Earmuffs: soft pads over the ears on a band over the head."""

from collections.abc import Mapping
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d

from synthgen.accessories.cover import Chart, hair_allowance, press_under, reach, tilted_chart
from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import Solid, joined, loft, xyz
from synthgen.accessories.headwear.pieces import Piece, hat_mesh
from synthgen.accessories.headwear.seat import pinned_ears
from synthgen.accessories.headwear.shells import drawn_taut, smoothed, webbing
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.distributions import NameChoice, Number, TruncatedNormal, Uniform, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material, Spectrum, Surface
from synthgen.noise import noise
from synthgen.rays import RayScene
from synthgen.rng import Key

AROUND, RINGS, GAP_MM = 112, 26, 0.8
COLORS = NameChoice(values=("black", "white", "grey", "pink", "cream", "brown", "red", "sky", "purple"))


class EarmuffsSpec(Frozen):
    """Pads against the cold over the ears."""

    kind: Literal["earmuffs"] = "earmuffs"
    radius_mm: Annotated[Number, within(28, 60)] = Uniform(low=36, high=48)
    """Of the pads."""
    plump_mm: Annotated[Number, within(8, 40)] = Uniform(low=20, high=32)
    """How far the pads stand out."""
    shaggy: Annotated[Number, within(0, 1)] = Uniform(low=0.2, high=1)
    """How uneven their fur is."""
    forward_deg: Annotated[Number, within(-20, 30)] = TruncatedNormal(mean=2, sd=6, low=-12, high=20)
    """How far the band leans forwards."""
    band_mm: Annotated[Number, within(6, 30)] = Uniform(low=9, high=20)
    """Width of the band."""
    fabric: FabricSpec = FabricSpec(weave="fleece", color=COLORS)
    """Of the pads."""


class Earmuffs(Frozen):
    """One pair of earmuffs; see `EarmuffsSpec`."""

    kind: Literal["earmuffs"] = "earmuffs"
    radius_mm: float
    plump_mm: float
    shaggy: float
    forward_deg: float
    band_mm: float
    fabric: Fabric
    seed: int


def build(item: Earmuffs, fit: Fit) -> Worn:
    """Return the earmuffs on a head."""
    middle = np.mean([fit.ear(side).mean(0) for side in SIDES], axis=0)
    chart = tilted_chart(middle * [0, 1, 1])
    pads = [_pad(item, fit, chart, side) for side in SIDES]
    band, _ = webbing(fit, _band(item, fit, chart, pads), item.band_mm)
    pieces = [*(Piece(pad, "earmuffs_pad") for pad in pads), Piece(band, "earmuffs_band")]
    return Worn((hat_mesh("earmuffs", pieces, fit),), press_under(fit, chart, joined([*pads, band])))


def _pad(item: Earmuffs, fit: Fit, chart: Chart, side: str) -> Solid:
    """Return a pad that fills the space about an ear and bulges outwards."""
    sign, middle = SIDES[side], fit.ear(side).mean(0)
    angle = np.arange(AROUND) * 2 * np.pi / AROUND
    out = np.linspace(0.02, 1, RINGS)[:, None] * item.radius_mm
    y, z = middle[1] + out * np.cos(angle), middle[2] + out * np.sin(angle)
    start = np.stack([np.full(y.shape, sign * 160.0), y, z], -1)
    ways = np.broadcast_to(xyz(-sign, 0, 0), (y.size, 3))

    def highest(rays: RayScene) -> NDArray:
        far = rays.first_hit(start.reshape(-1, 3), ways, 160.0)[1].reshape(y.shape)
        return np.where(np.isfinite(far), 160 - far, 0.0)

    skin = highest(fit.rays)
    if fit.worn_rays is not None:  # straps may be narrower than the grid
        worn = maximum_filter1d(highest(fit.worn_rays), 3, axis=0, mode="nearest")
        skin = np.maximum(skin, maximum_filter1d(worn, 3, axis=1, mode="wrap"))
    azimuth, elevation, _ = chart.locate(np.stack([sign * skin, y, z], -1))
    skin = skin + 0.7 * hair_allowance(fit, chart, azimuth, elevation)
    inner = np.maximum(skin, smoothed(skin, (2, 4))) + GAP_MM
    # beyond the edge of the jaw a pad is flat
    inner = np.maximum(inner, np.quantile(inner, 0.35))
    rise = np.sqrt(np.clip(1 - (np.linspace(0.02, 1, RINGS)[:, None] * 0.98) ** 2.2, 0, 1))
    top = np.maximum(inner + 3, inner.mean() + 6 + item.plump_mm * rise)
    places = np.stack([np.zeros(y.shape), y, z], -1).reshape(-1, 3)
    key = Key(f"earmuffs/{item.seed}/{side}")
    fur = 0.9 * noise(places, 4.5, key.child("fine")) + 1.6 * noise(places, 13.0, key.child("locks"))
    top = top + 1.7 * item.shaggy * fur.reshape(y.shape) * np.clip(rise * 1.5, 0.25, 1)
    edge = np.linspace(0.2, 0.8, 3)[:, None]
    swell = 1 + 0.07 * np.sin(np.pi * edge)
    rim = inner[-1] + edge * (top[-1] - inner[-1])
    x = np.concatenate([inner, rim, top[::-1]])
    wide = [middle[k] + swell * (values[-1] - middle[k]) for k, values in ((1, y), (2, z))]
    ys, zs = (np.concatenate([values, more, values[::-1]]) for values, more in zip((y, z), wide, strict=True))
    rings = np.stack([sign * x, ys, zs], -1)
    uv = np.stack([ys, zs + x], -1)
    return loft(rings, uv=np.concatenate([uv, uv[:, :1]], 1))


def _band(item: Earmuffs, fit: Fit, chart: Chart, pads: list[Solid]) -> NDArray:
    """Return the way of the band from pad to pad over the head."""
    ends = []
    for pad, sign in zip(pads, SIDES.values(), strict=True):
        middle = (pad.vertices.max(0) + pad.vertices.min(0)) / 2
        ends.append(middle + xyz(0.25 * sign * item.plump_mm, 0, 0.55 * item.radius_mm))
    lean = np.radians(item.forward_deg)
    up = xyz(0, -np.sin(lean), np.cos(lean))

    def over(ways: NDArray) -> NDArray:
        azimuth, elevation, _ = chart.locate(chart.centre + ways)
        hair = hair_allowance(fit, chart, azimuth, elevation)
        return np.where(ways @ up > 0, reach(fit.rays, chart, azimuth, elevation) + 0.6 * hair + 2.2, 0)

    return drawn_taut(over, chart.centre, np.array(ends), up)


def materials(item: Earmuffs) -> dict[str, Material]:
    """Return what the earmuffs are made of."""
    band = Surface(Spectrum((0.03, 0.03, 0.032), 0.1, 0.1), roughness=0.45, ior=1.5)
    return {"earmuffs_pad": fabric_material(item.fabric), "earmuffs_band": band}


def targets(item: Earmuffs) -> Mapping[str, float]:
    """Return how they press the ears."""
    return pinned_ears(0.8)


def sample(spec: EarmuffsSpec, key: Key) -> Earmuffs:
    """Draw a pair of earmuffs."""
    return drawn(Earmuffs, spec, key)


EARMUFFS = Kind(EarmuffsSpec, Earmuffs, sample, build, materials, targets, soft=("_pad", "_band"), lift_mm=5.0)
