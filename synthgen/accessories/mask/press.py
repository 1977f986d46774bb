"""What masks do to hair beneath them. Millimetres of `Fit`."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from synthgen.accessories.kind import Press
from synthgen.accessories.mask.sheet import Sheet
from synthgen.parts import Part
from synthgen.strands import Strands

HAIR_MM, HIDDEN_MM, BESIDE_MM = 0.3, 6.0, 25.0
"""Between hair and sheet; how far from the border hair cannot be seen; and how far beside it hair is moved."""


def press_under_sheet(sheet: Sheet, outer: NDArray, thickness_mm: float) -> Press:
    """Return what a sheet with outer points (n, m, 3) does to hair: held under it, free again beside it."""
    n, m = sheet.azimuth.shape
    limit, bottom, top = sheet.azimuth[0, -1], sheet.elevation[0], sheet.elevation[-1]
    inner = np.linalg.norm(outer - sheet.chart.centre, axis=-1) - thickness_mm - HAIR_MM
    rows, columns = np.arange(n), np.arange(m)

    def press(points: NDArray, strands: Strands) -> tuple[NDArray, NDArray]:
        stays = np.ones(len(points), bool)
        if strands.part in (Part.BROW_LEFT, Part.BROW_RIGHT):
            return points, stays
        azimuth, elevation, radius = sheet.chart.locate(points)
        across = np.clip(azimuth / limit, -1, 1)
        low, high = (np.interp(across, sheet.across, border) for border in (bottom, top))
        up = np.clip((elevation - low) / (high - low), 0, 1)
        at = np.stack([np.interp(up, sheet.up, rows), np.interp(across, sheet.across, columns)])
        most = map_coordinates(inner, at.reshape(2, -1), order=1, mode="nearest").reshape(radius.shape)
        ways = sheet.chart.directions(azimuth, elevation) - sheet.chart.directions(
            across * limit, np.clip(elevation, low, high)
        )
        beside = np.linalg.norm(ways, axis=-1) * most
        inside = (beside == 0) & (radius < most + thickness_mm)
        most = most + 0.8 * beside + 0.05 * beside**2
        pressed = sheet.chart.points(azimuth, elevation, np.minimum(radius, most))
        near = np.minimum(np.minimum(up, 1 - up) * (high - low), (1 - np.abs(across)) * limit) * radius
        stays = (~inside | (near < HIDDEN_MM)).any(1)
        return np.where((beside < BESIDE_MM)[..., None], pressed, points), stays

    return press
