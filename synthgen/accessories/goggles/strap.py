"""Elastic straps round the head, over its hair. Millimetres."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from synthgen.accessories.cords import taut_radii
from synthgen.accessories.cover import azimuths, grid_normals, hair_allowance, tilted_chart
from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import Solid, loft
from synthgen.accessories.goggles.cup import AXIS_Y, UNROLLED_MM, skin_radius, worn_radius
from synthgen.accessories.goggles.site import Site

AROUND, ACROSS = 240, 5
GAP_MM = 0.4
BESIDE_MM = 4.0
"""How far on either side hair is as low as beneath the strap."""
EAR_MM = 16.0
"""How high above the groove of an ear a strap passes."""
BESIDE_EAR, BEHIND_EAR = 1.75, 2.3
"""Azimuths, radians from straight ahead."""


def strap(
    at: Site, ends: dict[str, NDArray], behind_mm: float, width_mm: float, thick_mm: float
) -> tuple[Solid, Solid]:
    """Return a strap from its end (3,) on one side round the back of the head to the other; and what it presses with.

    Args:
        at: The head.
        ends: Where it is held, by side.
        behind_mm: Height of its middle at the back of the head.
        width_mm: Of the strap.
        thick_mm: Of the strap.
    """
    fit, edge = at.upright, width_mm / 2
    azimuth = azimuths(AROUND)
    offset = np.array([-edge - BESIDE_MM, *np.linspace(-edge, edge, ACROSS), edge + BESIDE_MM])
    # its ends are as upright as the goggles
    held = {side: at.stood_up(end + offset[:, None] * [0, 0, 1.0]) for side, end in ends.items()}
    spread = {side: np.arctan2(end[:, 0], AXIS_Y - end[:, 1]) for side, end in held.items()}
    level = _heights(fit, azimuth, offset, behind_mm, width_mm, spread, {side: end[:, 2] for side, end in held.items()})
    radii = _obstacle(fit, azimuth, level)
    radii[(azimuth > spread["right"][:, None]) & (azimuth < spread["left"][:, None])] = np.inf
    for side, end in held.items():
        nearest = np.abs(azimuth - spread[side][:, None]).argmin(1)
        radii[np.arange(len(offset)), nearest] = np.hypot(end[:, 0], AXIS_Y - end[:, 1])
    ahead = spread["left"] - spread["right"]
    count = AROUND - round(AROUND * float(ahead.mean()) / (2 * np.pi))
    rows = []
    for height, reach, left, open_rad in zip(level, radii, spread["left"], ahead, strict=True):
        a = left + np.linspace(0, 2 * np.pi - open_rad, count)
        taut, z = (np.interp(a, azimuth, row, period=2 * np.pi) for row in (taut_radii(reach, np.inf), height))
        rows.append(np.stack([np.sin(a) * taut, AXIS_Y - np.cos(a) * taut, z], -1))
    inner = np.array(rows)
    outer = inner + thick_mm * grid_normals(inner, np.array([0, AXIS_Y, float(level.mean())]), around=False)
    presser = loft(np.concatenate([inner, outer[::-1]]).transpose(1, 0, 2))
    band = _band(inner[1:-1], outer[1:-1])
    return at.pitched(band), at.pitched(presser)


def _heights(
    fit: Fit,
    azimuth: NDArray,
    offset: NDArray,
    behind_mm: float,
    width_mm: float,
    spread: dict[str, NDArray],
    high: dict[str, NDArray],
) -> NDArray:
    """Return the heights (m, n) of lines along a strap, so far (m,) above its middle, at azimuths (n,).

    They pass over the ears, from azimuths (m,) and heights (m,) of their ends by side.
    """
    above = max(fit.ear_groove(side)[0, 2] for side in SIDES) + EAR_MM + width_mm / 3
    beside = np.array([behind_mm, (above + behind_mm) / 2, above])
    rows = []
    for row, up in enumerate(offset):
        ahead = [spread["right"][row], spread["left"][row]]
        heights = [*beside + up, high["right"][row], high["left"][row], *beside[::-1] + up]
        knots = [-np.pi, -BEHIND_EAR, -BESIDE_EAR, *ahead, BESIDE_EAR, BEHIND_EAR, np.pi]
        rows.append(np.interp(azimuth, knots, heights))
    return gaussian_filter1d(np.array(rows), AROUND / 48, axis=1, mode="wrap")


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
