"""Where hair grows on the head: hairline, temples, sideburns, and where it is lost. All on the chart, metres."""

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from synthgen.noise import noise
from synthgen.ramps import smooth_step
from synthgen.rng import Key

AXIS_Y = -0.055
HAIRLINE_DEG = (0, 12, 25, 36, 46, 54, 61, 66, 70, 74, 80, 84, 88, 97, 104, 110, 117, 126, 150, 180)
HAIRLINE_MM = (
    *(837, 838, 841, 840, 824, 807, 799, 790, 772, 754),
    *(754, 775, 788, 788, 773, 750, 725, 708, 700, 697),
)
"""Height of the hairline by the angle from straight ahead: forehead, temple, sideburn, over the ear, nape."""
CROWN = np.array([0.012, 0.022, 0.868])
"""Of the whorl."""
SOFT_M, JAGGED_M = 0.0045, 0.0022


def azimuth_deg(at: NDArray) -> NDArray:
    """Return the angle (n,) of points from straight ahead, 0 to 180, the same for both sides."""
    return np.degrees(np.arctan2(np.abs(at[:, 0]), -(at[:, 1] - AXIS_Y)))


_LINE = PchipInterpolator(HAIRLINE_DEG, np.array(HAIRLINE_MM) * 1e-3)


def above_hairline(at: NDArray, recession: float = 0.0) -> NDArray:
    """Return the height (n,) of points above the hairline; receding begins at the temples."""
    angle = azimuth_deg(at)
    temples = 0.024 * np.exp(-(((angle - 38) / 15) ** 2)) + 0.010 * np.exp(-((angle / 26) ** 2))
    return at[:, 2] - _LINE(np.clip(angle, 0, 180)) - recession * temples


def in_reach(centres: NDArray) -> NDArray:
    """Return which triangles, by their centres, may bear hair of the head."""
    return (centres[:, 2] > 0.685) & (centres[:, 1] > -0.15) & (above_hairline(centres) > -0.015)


def scalp_density(at: NDArray, recession: float, baldness: float, key: Key) -> NDArray:
    """Return the density of hair at points: soft, uneven edges; lost on top and crown with baldness."""
    jag = noise(at * 1e3, 7.0, key.child("fine")) + 1.2 * noise(at * 1e3, 34.0, key.child("broad"))
    density = smooth_step(above_hairline(at, recession) + 0.6 * JAGGED_M * jag, -SOFT_M, 1.6 * SOFT_M)
    angle = azimuth_deg(at)
    ear = (angle > 82) & (angle < 112) & (np.abs(at[:, 0]) > 0.079)
    density = density * ~ear
    if baldness > 0:
        ragged = 0.006 * noise(at * 1e3, 60.0, key.child("bald")) + 0.003 * noise(at * 1e3, 14.0, key.child("bald2"))
        top = at[:, 2] - 0.806 + ragged - 0.30 * np.maximum(at[:, 1] - 0.02, 0)
        density = density * (
            1 - 0.985 * min(1.0, 1.25 * baldness) * smooth_step(top, 0.052 - 0.044 * baldness, 0.076 - 0.044 * baldness)
        )
    return density


def edge_thinness(at: NDArray, recession: float) -> NDArray:
    """Return 1 inside and less towards the front hairline, where hairs are short and thin."""
    front = 1 - smooth_step(azimuth_deg(at), 70, 110)
    return 1 - (1 - smooth_step(above_hairline(at, recession), -0.004, 0.010)) * 0.55 * front


def sideburn(at: NDArray) -> NDArray:
    """Return 1 on the sideburns, 0 elsewhere."""
    return (1 - smooth_step(at[:, 2], 0.785, 0.800)) * (azimuth_deg(at) < 95)


def natural_flow(points: NDArray, swirl: float) -> NDArray:
    """Return the way short hair grows (n, 3): away from the crown, in a whorl about it."""
    away = points - CROWN
    reach = np.linalg.norm(away, axis=1, keepdims=True)
    away = away / np.maximum(reach, 1e-6)
    about = np.cross([0, 0.25, 1.0], away)
    return away + swirl * np.exp(-reach / 0.05) * about
