"""Headbands: knitted for the cold, of stretch cloth for sport."""

from collections.abc import Mapping
from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.cover import azimuths, press_under, thickened
from synthgen.accessories.fit import Fit
from synthgen.accessories.headwear.pieces import Piece, hat_mesh
from synthgen.accessories.headwear.seat import Rise, Roll, Tilt, pinned_ears, seat
from synthgen.accessories.kind import ALL_OF_IT, Kind, Worn, drawn
from synthgen.distributions import Choice, NameChoice, Number, TruncatedNormal, Uniform, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.rng import Key

COLUMNS, ROWS, GAP_MM = 220, 15, 0.4
CLOTHS = NameChoice(values=("jersey", "knit", "rib", "fleece", "nylon", "cable"), weights=(3, 3, 2, 1, 1, 1))
PATTERNS = NameChoice(values=("plain", "stripes", "melange"), weights=(5, 2, 1))


class HeadbandSpec(Frozen):
    """A band of cloth round the head."""

    kind: Literal["headband"] = "headband"
    rise_mm: Rise = TruncatedNormal(mean=30, sd=5, low=16, high=42)
    """From between the brows up to the middle of the band."""
    tilt_deg: Tilt = TruncatedNormal(mean=16, sd=4, low=5, high=26)
    """How far the band lies lower behind than in front, where ears allow it."""
    roll_deg: Roll = TruncatedNormal(mean=0, sd=1, low=-3, high=3)
    """To the subject's left."""
    width_mm: Annotated[Number, within(15, 100)] = Uniform(low=30, high=72)
    """Of the band."""
    thick_mm: Annotated[Number, within(1, 5)] = Uniform(low=1.4, high=3)
    """Of the cloth."""
    ears: Annotated[Number, within(0, 1)] = Choice(values=(0.0, 1.0), weights=(1, 1))
    """Whether the ears' tops go under it, 1, or hold it up, 0."""
    fabric: FabricSpec = FabricSpec(weave=CLOTHS, pattern=PATTERNS)
    """Of the band."""


class Headband(Frozen):
    """One headband; see `HeadbandSpec`."""

    kind: Literal["headband"] = "headband"
    rise_mm: float
    tilt_deg: float
    roll_deg: float
    width_mm: float
    thick_mm: float
    ears: float
    fabric: Fabric


def build(item: Headband, fit: Fit) -> Worn:
    """Return the headband on a head."""
    half = np.degrees(item.width_mm / 2 / 88)
    on = seat(fit, item.rise_mm, item.tilt_deg, item.roll_deg, lowest_deg=-half - 2, over_ears=item.ears > 0.5)
    half = item.width_mm / 2 / on.radius(azimuths(COLUMNS), 0.0).mean()
    share = np.linspace(-1, 1, ROWS)[:, None]
    azimuth, elevation = np.broadcast_arrays(azimuths(COLUMNS), half * share)
    # stretched cloth lies closest at its edges
    radius = on.radius(azimuth, elevation) + GAP_MM + 0.8 * (1 - share**2)
    band = thickened(on.chart.points(azimuth, elevation, radius), item.thick_mm, on.chart.centre, closed=True)
    press = press_under(fit, on.chart, band)
    return Worn((hat_mesh("headband", [Piece(band, "headband")], fit),), press)


def materials(item: Headband) -> dict[str, Material]:
    """Return what the headband is made of."""
    return {"headband": fabric_material(item.fabric)}


def targets(item: Headband) -> Mapping[str, float]:
    """Return how it presses the ears."""
    return pinned_ears(0.6) if item.ears > 0.5 else {}


def sample(spec: HeadbandSpec, key: Key) -> Headband:
    """Draw a headband."""
    return drawn(Headband, spec, key)


HEADBAND = Kind(HeadbandSpec, Headband, sample, build, materials, targets, soft=ALL_OF_IT)
