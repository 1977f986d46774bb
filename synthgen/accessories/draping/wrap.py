"""Long cloth wound about the head: a round form, and bands that lie on it like shingles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import map_coordinates

from synthgen.accessories.cover import (
    Chart,
    azimuths,
    grid_normals,
    hair_allowance,
    held_at_rim,
    membrane,
    reach,
    tilted_chart,
)
from synthgen.accessories.draping.folds import Folds, fold_heights
from synthgen.accessories.draping.meshes import Laid
from synthgen.accessories.fit import Fit
from synthgen.mesh import unit
from synthgen.ramps import smooth_step
from synthgen.rng import Key

GRID = (46, 90)
LOWEST_DEG, HIGHEST_DEG = -60.0, 89.0
TILT_DEG = 8.0
RIM_DEG = (-2.0, 19.0, 6.0)
"""Elevation below which cloth lies tight: at the sides, how much more ahead and less behind, and more over the brow."""
HELD_RAD, CLEAR_MM = 0.12, 0.8
"""How far above that hair is still held tight; and between head and cloth."""
TUCKED, SUNK_MM = (0.3, 0.8), 6.0
"""Shares of a band's width where it begins to go under the next and where it has; how deep ends lie under others."""


@dataclass(frozen=True)
class Form:
    """What bands are wound on.

    Attributes:
        chart: Directions from the middle of the skull.
        radius: (m, n) by elevation, from `LOWEST_DEG` to `HIGHEST_DEG`, and azimuth.
        skin: The same of the head.
    """

    chart: Chart
    radius: NDArray
    skin: NDArray

    def at(self, azimuth: NDArray, elevation: NDArray) -> NDArray:
        """Return radii (...) in directions, radians."""
        return self._at(self.radius, azimuth, elevation)

    def skin_at(self, azimuth: NDArray, elevation: NDArray) -> NDArray:
        """Return radii (...) of the head in directions, radians."""
        return self._at(self.skin, azimuth, elevation)

    def _at(self, radii: NDArray, azimuth: NDArray, elevation: NDArray) -> NDArray:
        m, n = radii.shape
        low, high = np.radians(LOWEST_DEG), np.radians(HIGHEST_DEG)
        rows = (np.clip(elevation, low, high) - low) / (high - low) * (m - 1)
        columns = (azimuth + np.pi) / (2 * np.pi) * n % n
        ring = np.hstack([radii[:, -3:], radii, radii[:, :3]])
        return map_coordinates(ring, [rows.ravel(), columns.ravel() + 3], order=2, mode="nearest").reshape(rows.shape)


def form(fit: Fit, side_mm: float, top_mm: float, back_mm: float) -> Form:
    """Return the form that cloth takes about a head: taut over the pressed hair, and stuffed.

    Args:
        fit: The head.
        side_mm: How far it stands out at the sides.
        top_mm: At the top.
        back_mm: Behind.
    """
    chart = tilted_chart((fit.anchor("glabella") + fit.anchor("nape")) / 2 + [0, 0, 25], TILT_DEG)
    elevation, azimuth = np.meshgrid(
        np.radians(np.linspace(LOWEST_DEG, HIGHEST_DEG, GRID[0])), azimuths(GRID[1]), indexing="ij"
    )
    skin = reach(fit.rays, chart, azimuth, elevation)
    up = np.sin(np.maximum(elevation, 0)) ** 2
    behind = np.clip(-np.cos(azimuth), 0, 1) ** 2 * np.cos(elevation) ** 2 * smooth_step(elevation, -0.55, 0.1)
    ahead = np.cos(azimuth)
    rim = np.radians(RIM_DEG[0] + RIM_DEG[1] * ahead + RIM_DEG[2] * np.maximum(ahead, 0) ** 4)
    hair = held_at_rim(hair_allowance(fit, chart, azimuth, elevation), elevation - rim - HELD_RAD)
    stuffed = (side_mm * (1 - up) + top_mm * up) * smooth_step(elevation - rim, 0.0, 0.55) + back_mm * behind
    return Form(chart, membrane(skin + hair, rounds=60) + stuffed, skin)


@dataclass(frozen=True)
class Band:
    """One turn of cloth, or a part of one. Degrees; azimuth 0 is ahead, > 0 to the left.

    Attributes:
        azimuths: Where it begins and ends.
        lower: Elevation of its lower edge at places evenly between these.
        width: Its width there, up from the lower edge.
        off_mm: How far its lower edge and its upper edge lie above the form.
        bulge_mm: How far its middle stands out.
        folds: Along it.
        size: Points along it and across.
        sinks: Shares of its length over which its beginning and its end come up from under others.
    """

    azimuths: tuple[float, float]
    lower: tuple[float, ...]
    width: tuple[float, ...]
    off_mm: tuple[float, float]
    bulge_mm: float
    folds: Folds
    size: tuple[int, int] = (90, 24)
    sinks: tuple[float, float] = (0.0, 0.0)


def band(shape: Band, on: Form, key: Key) -> Laid:
    """Return a band on a form; rows go along it, columns from its lower edge up."""
    rows, columns = shape.size
    share, across = np.linspace(0, 1, rows)[:, None], np.linspace(0, 1, columns)
    azimuth = np.radians(shape.azimuths[0] + (shape.azimuths[1] - shape.azimuths[0]) * share)
    lower, width = (_smooth(share, line) for line in (shape.lower, shape.width))
    elevation = np.radians(lower + width * across)
    azimuth = np.broadcast_to(azimuth, elevation.shape)
    first, last = shape.off_mm
    off = first + (last - first) * smooth_step(across, *TUCKED)
    off += shape.bulge_mm * np.sin(np.pi * np.minimum(across / TUCKED[1], 1)) ** 0.7
    for way, sinks in zip((share, 1 - share), shape.sinks, strict=True):
        if sinks:
            off = off - SUNK_MM * (1 - smooth_step(way, 0.3 * sinks, sinks))
    radius = np.maximum(on.at(azimuth, elevation) + off, on.skin_at(azimuth, elevation) + CLEAR_MM)
    points = on.chart.points(azimuth, elevation, radius)
    inner = np.clip(4 * np.minimum(across, 1 - across), 0, 1)
    points = points + (fold_heights(points, shape.folds, key) * inner)[..., None] * unit(points - on.chart.centre)
    normals = grid_normals(points, on.chart.centre, around=False)
    return Laid(points, normals, _flat(points), closed=False, hemmed=False)


def _smooth(at: NDArray, values: tuple[float, ...]) -> NDArray:
    """Return values (...) between evenly spaced ones: by shape-preserving cubics."""
    return PchipInterpolator(np.linspace(0, 1, len(values)), values)(at)


def _flat(points: NDArray) -> NDArray:
    """Return where points (n, m, 3) of a grid lie flat (n, m, 2): across the columns, along the rows."""
    along = np.cumsum(np.linalg.norm(np.diff(points, axis=0, prepend=points[:1]), axis=-1), 0)
    across = np.cumsum(np.linalg.norm(np.diff(points, axis=1, prepend=points[:, :1]), axis=-1), 1)
    return np.stack([across, np.broadcast_to(along[:, [points.shape[1] // 2]], across.shape)], -1)
