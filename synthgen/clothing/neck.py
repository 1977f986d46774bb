"""Necklines, sleeves and hems as functions of the place at rest."""

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.form import ARMPIT_MM, beyond_armhole_mm, down_arm_mm

NECK_FRONT_MM, NECK_BACK_MM = (-80.0, 549.0), (25.0, 592.0)
"""(y, z) of a round neckline, in front and behind."""
NECK_AXIS_Y_MM, NECK_HOLE_MM, NECK_BLEND_MM = -30.0, 80.0, 13.0
"""Where the neck stands, how wide the hole is at the shoulders, and how softly front and sides meet."""
FRONT_Y_MM = -30.0
"""What lies before this at rest is in front."""
HOLE_TOP_MM = 520.0
"""Where armholes without sleeves begin to turn outwards."""
PIT_MM = (152.0, 445.0, 36.0)
"""(x, z) of the side below the armpit at rest, and how far about it arm and side meet."""
HIDDEN_BELOW_MM = 30.0
"""What lies this far inside a garment is left out of what is worn below."""
CHIN_CLEARANCE_MM = 596.0
"""Above this nothing is covered: the face juts out over the neck."""


def round_neck(rest_mm: NDArray, drop_mm: float = 0.0, wide_mm: float = 0.0, back_mm: float = 0.0) -> NDArray:
    """Return how far places (n, 3) lie outside a round neckline (n,), dropped in front, wider, or dropped behind."""
    x, y, z = np.abs(rest_mm[:, 0]), rest_mm[:, 1], rest_mm[:, 2]
    (y0, z0), (y1, z1) = NECK_FRONT_MM, NECK_BACK_MM
    z0, z1 = z0 - drop_mm, z1 - back_mm
    slope = (z1 - z0) / (y1 - y0)
    below = (z0 + slope * (y - y0) - z) / np.hypot(1, slope)
    clear = CHIN_CLEARANCE_MM if drop_mm >= 0 else CHIN_CLEARANCE_MM - drop_mm
    beside = np.minimum(np.hypot(x, y - NECK_AXIS_Y_MM) - NECK_HOLE_MM - wide_mm, clear - z)
    return NECK_BLEND_MM * np.logaddexp(below / NECK_BLEND_MM, beside / NECK_BLEND_MM)


def outside_v(rest_mm: NDArray, lowest_mm: float, half_mm: float, top_mm: float = 560.0) -> NDArray:
    """Return how far places (n, 3) lie outside a V in front (n,) whose point is at a height, so wide at the top."""
    x, y, z = np.abs(rest_mm[:, 0]), rest_mm[:, 1], rest_mm[:, 2]
    steep = (top_mm - lowest_mm) / half_mm
    out = (lowest_mm + steep * x - z) / np.hypot(1, steep)
    return np.maximum(out, y - FRONT_Y_MM)


def sleeve(rest_mm: NDArray, length_mm: float) -> NDArray:
    """Return how far places (n, 3) lie above the end of a sleeve (n,), so long from the shoulder joint."""
    return np.where(beyond_armhole_mm(rest_mm) > -25, length_mm - down_arm_mm(rest_mm), 120.0)


def hem(rest_mm: NDArray, height_mm: float) -> NDArray:
    """Return how far places (n, 3) lie above the lower hem (n,); those on arms always do."""
    return np.where(beyond_armhole_mm(rest_mm) > 0, 120.0, rest_mm[:, 2] - height_mm)


def armless(rest_mm: NDArray, in_mm: float, low_mm: float = 0.0) -> NDArray:
    """Return how far places (n, 3) lie inside the armholes of a garment without sleeves (n,).

    Args:
        rest_mm: The places.
        in_mm: How far the straps end before the shoulder.
        low_mm: How far the holes reach below the armpit.
    """
    low = ARMPIT_MM[1] - low_mm
    down = np.clip((HOLE_TOP_MM - rest_mm[:, 2]) / (HOLE_TOP_MM - low), 0, 2)
    edge = ARMPIT_MM[0] - in_mm + (in_mm + 4) * down**2.6
    return np.minimum(edge - np.abs(rest_mm[:, 0]), -beyond_armhole_mm(rest_mm))


def deep_in_pits(inside_mm: NDArray, rest_mm: NDArray) -> NDArray:
    """Return how far places (n, 3) lie inside a garment without sleeves (n,): where the arm squeezes cloth, deep."""
    pit = np.hypot(np.abs(rest_mm[:, 0]) - PIT_MM[0], rest_mm[:, 2] - PIT_MM[1]) < PIT_MM[2]
    return inside_mm + np.where(pit & (inside_mm > 1), HIDDEN_BELOW_MM, 0.0)


def high_neck(rest_mm: NDArray, front_mm: float, back_mm: float) -> NDArray:
    """Return how far places (n, 3) lie below the top of a tube about the neck (n,), of a height in front and behind."""
    slope = (back_mm - front_mm) / 100.0
    top = front_mm + slope * (rest_mm[:, 1] + 75)
    return (top - rest_mm[:, 2]) / np.hypot(1, slope)


def sleeved(outside_neck_mm: NDArray, rest_mm: NDArray, sleeve_mm: float, hem_mm: float) -> NDArray:
    """Return how far places (n, 3) lie inside a garment with sleeves (n,).

    Args:
        outside_neck_mm: (n,) how far they lie outside its neckline.
        rest_mm: The places.
        sleeve_mm: Length of the sleeves from the shoulder joint.
        hem_mm: Height of the lower hem.
    """
    return np.minimum(np.minimum(outside_neck_mm, sleeve(rest_mm, sleeve_mm)), hem(rest_mm, hem_mm))


def in_placket(rest_mm: NDArray, half_mm: float, lowest_mm: float = -np.inf) -> NDArray:
    """Return how far places (n, 3) lie inside a placket in front (n,), so wide to each side and down to a height."""
    inside = np.minimum(half_mm - np.abs(rest_mm[:, 0]), rest_mm[:, 2] - lowest_mm)
    return np.where(rest_mm[:, 1] < FRONT_Y_MM, inside, -50.0)
