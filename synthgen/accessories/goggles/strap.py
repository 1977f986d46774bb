"""Elastic straps round the head, over its hair. Millimetres."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from synthgen.accessories.cords import taut_radii
from synthgen.accessories.cover import grid_normals, hair_allowance, tilted_chart
from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import Solid, loft
from synthgen.accessories.goggles.cup import AXIS_Y, UNROLLED_MM, skin_radius, worn_radius

AROUND, ACROSS = 240, 5
GAP_MM = 0.4
BESIDE_MM = 4.0
"""How far on either side hair is as low as beneath the strap."""
EAR_MM = 16.0
"""How high above the groove of an ear a strap passes."""
BESIDE_EAR, BEHIND_EAR = 1.75, 2.3
"""Azimuths, radians from straight ahead."""


def strap(
    fit: Fit, ends: dict[str, NDArray], behind_mm: float, width_mm: float, thick_mm: float
) -> tuple[Solid, Solid]:
    """Return a strap from its end (3,) on one side round the back of the head to the other; and what it presses with.

    Args:
        fit: The head.
        ends: Where it is held, by side.
        behind_mm: Height of its middle at the back of the head.
        width_mm: Of the strap.
        thick_mm: Of the strap.
    """
    azimuth = np.arange(AROUND) * 2 * np.pi / AROUND - np.pi
    held = {side: np.arctan2(end[0], AXIS_Y - end[1]) for side, end in ends.items()}
    above = max(fit.ear_groove(side)[0, 2] for side in SIDES) + EAR_MM + width_mm / 3
    knots = [-np.pi, -BEHIND_EAR, -BESIDE_EAR, held["right"], held["left"], BESIDE_EAR, BEHIND_EAR, np.pi]
    between = (above + behind_mm) / 2
    heights = [behind_mm, between, above, ends["right"][2], ends["left"][2], above, between, behind_mm]
    middle = gaussian_filter1d(np.interp(azimuth, knots, heights), AROUND / 48, mode="wrap")
    edge = width_mm / 2
    level = middle + np.array([-edge - BESIDE_MM, *np.linspace(-edge, edge, ACROSS), edge + BESIDE_MM])[:, None]
    behind = (azimuth <= held["right"]) | (azimuth >= held["left"])
    radii = _obstacle(fit, azimuth, level)
    radii[:, ~behind] = np.inf
    for side, end in ends.items():
        radii[:, np.abs(azimuth - held[side]).argmin()] = np.hypot(end[0], AXIS_Y - end[1])
    taut = np.array([taut_radii(row, np.inf) for row in radii])
    inner = np.stack([np.sin(azimuth) * taut, AXIS_Y - np.cos(azimuth) * taut, level], -1)
    start = int(np.flatnonzero(behind & ~np.roll(behind, 1))[0])
    inner = np.roll(inner, -start, 1)[:, : int(behind.sum())]
    outer = inner + thick_mm * grid_normals(inner, np.array([0, AXIS_Y, float(middle.mean())]), around=False)
    presser = loft(np.concatenate([inner, outer[::-1]]).transpose(1, 0, 2))
    return _band(inner[1:-1], outer[1:-1]), presser


def _band(inner: NDArray, outer: NDArray) -> Solid:
    """Return the strap between its sides (m, n, 3) as cloth: across it, and along it."""
    height = np.linalg.norm(outer[1:] - outer[:-1], axis=-1).mean(1)
    across = np.concatenate([[0], np.cumsum(height)]) - height.sum() / 2
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(outer, axis=1), axis=-1).mean(0))])
    around = np.concatenate([across, across[::-1], across[:1]])
    uv = np.stack(np.broadcast_arrays(around, along[:, None]), -1)
    return loft(np.concatenate([inner, outer[::-1]]).transpose(1, 0, 2), uv=uv)


def _obstacle(fit: Fit, azimuth: NDArray, level: NDArray) -> NDArray:
    """Return the least radii (m, n) at heights (m, n): skin, hair as pressed, and a gap."""
    rows = [skin_radius(fit, azimuth * UNROLLED_MM, row) for row in level]
    skin = np.nan_to_num(np.array(rows), nan=1.0)
    z = float(level.mean())
    chart = tilted_chart((0, AXIS_Y, z))
    hair = hair_allowance(fit, chart, azimuth, np.arctan2(level - z, skin))
    worn = np.array([worn_radius(fit, azimuth * UNROLLED_MM, row) for row in level])
    return np.maximum(skin + hair, worn) + GAP_MM
