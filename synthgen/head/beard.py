"""Where beards grow and what their places are called: functions of the place on the base mesh.

Skin (the shadow of what is shaved) and hair (what is not) both ask here. Millimetres on the base mesh: x to the
subject's left, y to the back, z up; the corner of the mouth lies at (25.5, -143, 662), the chin at (0, -149, 637).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from synthgen.ramps import smooth_step

Weights = NDArray[np.float32]

AXIS_Y_MM = -60.0
TOP_DEG, TOP_MM = (0, 10, 16, 22, 30, 40, 52, 62, 70, 77, 180), (682, 682, 679, 675, 675, 680, 689, 700, 716, 722, 722)
"""Upper edge of the growth by the angle from straight ahead: under the nose, beside it, cheek, sideburn."""
BACK_MM, BACK_Y_MM = (560, 590, 625, 655, 680, 730), (-78, -66, -60, -62, -70, -71)
"""Hindmost growth by height: throat, corner of the jaw, before the ear."""
LOWEST_MM, THROAT_MM = 574.0, 608.0
"""Growth ends above the first; it is full above the second."""
JAW_DEG, JAW_MM = (0, 15, 30, 45, 60, 72, 85), (619, 621, 630, 641, 656, 674, 690)
"""Lower edge of the jaw by angle."""
LIP_EDGE_X_MM, LIP_EDGE_MM = (0, 4, 9, 13, 18, 22, 26, 40), (671.0, 671.3, 673.0, 672.5, 670.4, 667.5, 662.0, 650.0)
"""Upper edge of the upper lip, and the line from its corner down."""


_top = PchipInterpolator(TOP_DEG, TOP_MM)
_jaw = PchipInterpolator(JAW_DEG, JAW_MM)


def angle_deg(rest_mm: NDArray) -> Weights:
    """Return the angle (...) of places (..., 3) from straight ahead, 0 to 180, the same for both sides."""
    return np.degrees(np.arctan2(np.abs(rest_mm[..., 0]), AXIS_Y_MM - rest_mm[..., 1])).astype(np.float32)


def below_top_mm(rest_mm: NDArray) -> Weights:
    """Return how far (...) below the highest line of growth places lie."""
    return (_top(np.clip(angle_deg(rest_mm), 0, 180)) - rest_mm[..., 2]).astype(np.float32)


def above_jaw_mm(rest_mm: NDArray) -> Weights:
    """Return how far (...) above the edge of the jaw places lie; the throat's are below."""
    return (rest_mm[..., 2] - _jaw(np.clip(angle_deg(rest_mm), 0, 85))).astype(np.float32)


def above_lip_mm(rest_mm: NDArray) -> Weights:
    """Return the height (...) of places over the upper lip's edge."""
    return (rest_mm[..., 2] - np.interp(np.abs(rest_mm[..., 0]), LIP_EDGE_X_MM, LIP_EDGE_MM)).astype(np.float32)


def beard_area(rest_mm: NDArray) -> Weights:
    """Return where beards can grow, 0 to 1, at places (..., 3): lip, cheeks, jaw, chin, and down the throat."""
    x, y, z = np.abs(rest_mm[..., 0]), rest_mm[..., 1], rest_mm[..., 2]
    area = smooth_step(below_top_mm(rest_mm), -4, 8)
    behind = y - np.interp(z, BACK_MM, BACK_Y_MM)
    area = area * (1 - smooth_step(behind, -np.interp(z, [600, 680], [22, 7]), 1))
    area = area * smooth_step(z, LOWEST_MM, THROAT_MM)
    groove = np.exp(-((x / 2.3) ** 2)) * smooth_step(z, 671, 675)
    under_lip = smooth_step(x, 7, 10.5) * (1 - smooth_step(x, 16, 21)) * smooth_step(z, 638, 642) * (y < -130)
    return (area * (1 - 0.4 * groove) * (1 - 0.75 * under_lip)).astype(np.float32)


ZONES = ("lip", "soul", "link", "chin", "jaw", "cheek", "side", "neck")
"""Above the mouth, below the lower lip, beside the mouth, chin, edge of the jaw, cheek, before the ear, throat."""


def beard_zones(rest_mm: NDArray, chin_mm: float = 24.0, jaw_mm: float = 11.0, soft_mm: float = 2.0) -> Weights:
    """Return the share (n, 8) of each of `ZONES` at places (n, 3); rows sum to 1.

    Args:
        rest_mm: Places on the base mesh.
        chin_mm: Half width of the chin.
        jaw_mm: Height of the jaw's strip over its edge.
        soft_mm: Over which neighbours blend.
    """
    x, z = np.abs(rest_mm[:, 0]), rest_mm[:, 2]

    def inside(value: NDArray) -> NDArray:
        return smooth_step(value, -soft_mm / 2, soft_mm / 2)

    left = np.ones(len(rest_mm))
    found = {}

    def take(name: str, share: NDArray) -> None:
        nonlocal left
        found[name] = left * share
        left = left - found[name]

    high = above_jaw_mm(rest_mm)
    front = angle_deg(rest_mm) < 50
    take("lip", inside(18 + 0.75 * (684 - z) - x) * inside(z - 661.5 + 0.5 * np.clip(x - 26, 0, 9)) * front)
    take("soul", inside(8.5 - 0.18 * np.clip(650 - z, 0, 12) - x) * inside(z - 638.5) * front)
    take("link", inside(35 - x) * inside(z - 641) * inside(665 - z) * inside(x - 14) * front)
    under = np.minimum(np.minimum(rest_mm[:, 1] + 120, 32 - x), 4 - high)
    take("neck", inside(np.maximum(np.minimum(-5.0 - high, np.maximum(x - chin_mm, 614 - z)), under)))
    take("chin", inside(chin_mm - x))
    take("side", inside(z - 683.0) * inside(angle_deg(rest_mm) - 60))
    take("jaw", inside(jaw_mm - high))
    found["cheek"] = left
    return np.stack([found[name] for name in ZONES], 1).astype(np.float32)
