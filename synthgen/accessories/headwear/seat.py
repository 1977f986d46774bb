"""How hats sit: a plane from above the brows to the back of the head, over the ears; what they must lie outside of."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import map_coordinates

from synthgen.accessories.cover import (
    Chart,
    azimuths,
    hair_allowance,
    held_at_rim,
    membrane,
    reach,
    tilted_chart,
    worn_reach,
)
from synthgen.accessories.fit import BEFORE_EYES, SIDES, Fit
from synthgen.distributions import Number, within
from synthgen.ramps import smooth_step

Rise = Annotated[Number, within(-5, 45)]
Tilt = Annotated[Number, within(-5, 30)]
Roll = Annotated[Number, within(-8, 8)]
Turn = Annotated[Number, within(-180, 180)]

COLUMNS, ROWS, TOP_RAD = 160, 64, np.pi / 2 - 0.012
EAR_MM, OFF_WORN_MM = 1.0, 0.8
"""Between the top of an ear and the rim above it; and between what is worn below a hat and what the hat covers."""
STEPS_DEG, LEAST_TILT_DEG = 1.0, -4.0
STEPS_MM, MOST_HIGHER_MM, FRAME_RAD = 1.5, 42.0, 0.07
"""How hats are pulled up over what stands before the brows, how far at most, and how far above it they then begin."""
FRONT_MM = 72.0
"""Half the width of the front of glasses: their temples go under hats."""


@dataclass(frozen=True)
class Seat:
    """Where a hat sits.

    Attributes:
        chart: Its plane, elevation 0, is that of the rim; azimuth 0 is the face's.
        lowest: Elevation of the grid's first row.
        skin: (ROWS, COLUMNS) radii of what is to be covered: head, hair and what is worn.
        taut: The same, drawn taut.
    """

    chart: Chart
    lowest: float
    skin: NDArray
    taut: NDArray

    def radius(self, azimuth: ArrayLike, elevation: ArrayLike) -> NDArray:
        """Return the radius (...) of a taut sheet."""
        return self._at(self.taut, azimuth, elevation)

    def covered(self, azimuth: ArrayLike, elevation: ArrayLike) -> NDArray:
        """Return the radius (...) of what is to be covered."""
        return self._at(self.skin, azimuth, elevation)

    def _at(self, values: NDArray, azimuth: ArrayLike, elevation: ArrayLike) -> NDArray:
        azimuth, elevation = np.broadcast_arrays(azimuth, elevation)
        rows = (elevation - self.lowest) / (TOP_RAD - self.lowest) * (ROWS - 1)
        columns = (azimuth / (2 * np.pi) + 0.5) % 1 * COLUMNS
        ring = np.concatenate([values, values[:, :1]], 1)
        return map_coordinates(ring, [rows.ravel(), columns.ravel()], order=1, mode="nearest").reshape(rows.shape)

    def clear(self, points: NDArray, gap_mm: NDArray | float) -> NDArray:
        """Return points (..., 3) moved away from the centre to at least a gap outside of what is to be covered."""
        azimuth, elevation, radius = self.chart.locate(points)
        return self.chart.points(azimuth, elevation, np.maximum(radius, self.radius(azimuth, elevation) + gap_mm))

    @property
    def height(self) -> float:
        """Return how high what is to be covered stands over the rim."""
        elevation = np.linspace(self.lowest, TOP_RAD, ROWS)
        return float((self.taut * np.sin(elevation)[:, None]).max())


def seat(
    fit: Fit,
    rise_mm: float,
    tilt_deg: float,
    roll_deg: float = 0.0,
    lowest_deg: float = -8.0,
    over_ears: bool = False,
    drop_mm: float = 0.0,
) -> Seat:
    """Return how a hat sits on a head.

    Args:
        fit: The head.
        rise_mm: From between the brows up to the rim.
        tilt_deg: How far the rim lies lower behind than in front; less where ears hold it up.
        roll_deg: To the left.
        lowest_deg: Below the rim's plane, down to where the hat reaches.
        over_ears: Whether ears go under it instead of holding it up.
        drop_mm: How far below the rim's plane the centre is.
    """
    chart = _plane(fit, rise_mm, tilt_deg, roll_deg)
    while not over_ears and tilt_deg > LEAST_TILT_DEG and _highest_ear(fit, chart) > -EAR_MM:
        tilt_deg -= STEPS_DEG
        chart = _plane(fit, rise_mm, tilt_deg, roll_deg)
    lowest, front = np.radians(lowest_deg), front_of_glasses(fit)
    for higher in np.arange(0, MOST_HIGHER_MM, STEPS_MM) if len(front) and not drop_mm else ():
        chart = _plane(fit, rise_mm + higher, tilt_deg, roll_deg)
        if chart.locate(front)[1].max() < lowest - FRAME_RAD:
            break
    chart = Chart(chart.centre - drop_mm * chart.axes[2], chart.axes)
    elevation, azimuth = np.meshgrid(np.linspace(lowest, TOP_RAD, ROWS), azimuths(COLUMNS), indexing="ij")
    hair = hair_allowance(fit, chart, azimuth, elevation)
    skin = reach(fit.rays, chart, azimuth, elevation) + held_at_rim(hair, elevation)
    worn = worn_reach(fit, chart, azimuth, elevation)
    skin = np.maximum(skin, np.where(worn > 0, worn + OFF_WORN_MM, 0))
    # a taut sheet near the pole is level
    level = smooth_step(elevation, 1.25, 1.5)
    taut = membrane(skin)
    taut = np.maximum(taut, taut + level * (taut[elevation > 1.25].mean() - taut))
    return Seat(chart, float(lowest), skin, taut)


def _plane(fit: Fit, rise_mm: float, tilt_deg: float, roll_deg: float) -> Chart:
    """Return the chart of a plane through the forehead, about the middle of the head in it."""
    height = fit.anchor("glabella")[2] + rise_mm
    chart = tilted_chart((0, 0, height), tilt_deg, roll_deg=roll_deg)
    back = -chart.directions(0.0, 0.0)
    start = np.array([0.0, -150.0, height])
    front = start + fit.way_to_skin(start[None], np.array([0, 1.0, 0]))[0] * np.array([0, 1.0, 0])
    through = 400 - fit.way_to_skin((front + 400 * back)[None], -back)[0]
    return Chart(front + back * through / 2, chart.axes)


def front_of_glasses(fit: Fit) -> NDArray:
    """Return the vertices (n, 3) of what is worn before the eyes."""
    worn = [mesh.vertices for mesh in fit.worn if np.isin(mesh.part, BEFORE_EYES).all()]
    found = fit.from_world(np.concatenate(worn)) if worn else np.zeros((0, 3))
    return found[np.abs(found[:, 0]) < FRONT_MM]


def _highest_ear(fit: Fit, chart: Chart) -> float:
    """Return how far the higher ear stands over a plane."""
    return max(float(((fit.ear(side) - chart.centre) @ chart.axes[2]).max()) for side in SIDES)


def pinned_ears(amount: float) -> dict[str, float]:
    """Return the shape targets that press both ears to the head, 0 not, 1 flat."""
    found = {}
    for side in "lr":
        found[f"ears/{side}-ear-wing-decr"] = amount
        found[f"ears/{side}-ear-scale-depth-decr"] = 0.8 * amount
    return found
