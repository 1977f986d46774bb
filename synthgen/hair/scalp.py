"""Where hair grows on the head: hairline, temples, sideburns, and where it is lost. All on the chart, metres."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from synthgen.noise import noise
from synthgen.ramps import smooth_step
from synthgen.rng import Key

AXIS_Y = -0.055
HAIRLINE_DEG = (0, 12, 25, 36, 46, 54, 61, 66, 70, 74, 80, 84, 88, 97, 104, 110, 117, 126, 150, 180)
HAIRLINE_MM = (
    *(833, 834, 837, 836, 821, 805, 798, 790, 772, 754),
    *(754, 775, 788, 788, 773, 750, 725, 708, 700, 697),
)
"""Height of the hairline by the angle from straight ahead: forehead, temple, sideburn, over the ear, nape."""
CROWN = np.array([0.012, 0.022, 0.868])
"""Of the whorl."""
MIDDLE = np.array([0.0, AXIS_Y, 0.79])
RADIUS_M, HAIRLINE_RISE_DEG = 0.092, 32.0
"""Of the top of the head about its middle; and how steep the front hairline is seen from there."""
FRONT_SOFT_M, SOFT_M, JAGGED_M = 0.0085, 0.005, 0.0024
"""Half the width of the hairline over the forehead and elsewhere, and its unevenness."""
THIN_M = 0.013
"""Hairs within this of the front hairline are finer and shorter."""

STAGES = (1, 2, 3, 4, 5, 6, 7)
MIDDLE_LOST_MM = (0, 1, 4, 11, 30, 80, 120)
TEMPLES_LOST_MM = (0, 11, 25, 32, 36, 36, 36)
SPOT_MM = (0, 0, 16, 31, 44, 58, 72)
TOP_KEPT = (1, 1, 0.97, 0.80, 0.34, 0.03, 0.0)
RIM_MM = (900, 900, 900, 890, 880, 842, 806)
"""Male-pattern loss by stage: how far the middle and the temples went back, the radius of the bald spot on the crown,
what is left on top between them, and the height of the rim that stays at the sides.

Source: the stages as drawn in Norwood, Southern Medical Journal 68 (1975) 1359; the numbers are ours."""
LOSS_SOFT_M = 0.013
"""Half the width of the border of bald skin: hair thins out over some 25 mm."""
REGIONS = ("forelock", "top", "crown", "temple", "side", "sideburn", "back", "nape")


@dataclass(frozen=True)
class Outline:
    """How a person's hair is bounded and lost.

    Attributes:
        recession: 0 a young hairline, 1 gone back 24 mm at the temples.
        lower_m: How much lower over the forehead than the chart's.
        peak: Depth of the widow's peak, 0 to 1.
        stage: Of male-pattern loss, 1 to 7.
        thinning: Of female-pattern loss on top, 0 to 1.
    """

    recession: float = 0.0
    lower_m: float = 0.0
    peak: float = 0.0
    stage: float = 1.0
    thinning: float = 0.0


def azimuth_deg(at: NDArray) -> NDArray:
    """Return the angle (n,) of points from straight ahead, 0 to 180, the same for both sides."""
    return np.degrees(np.arctan2(np.abs(at[:, 0]), -(at[:, 1] - AXIS_Y)))


_LINE = PchipInterpolator(HAIRLINE_DEG, np.array(HAIRLINE_MM) * 1e-3)


def above_hairline(at: NDArray, outline: Outline) -> NDArray:
    """Return the height (n,) of points above the hairline; receding begins at the temples."""
    angle = azimuth_deg(at)
    temples = 0.024 * np.exp(-(((angle - 38) / 15) ** 2)) + 0.010 * np.exp(-((angle / 26) ** 2))
    front = 1 - smooth_step(angle, 44, 66)
    peak = 0.009 * outline.peak * np.exp(-((at[:, 0] / 0.011) ** 2))
    line = _LINE(np.clip(angle, 0, 180)) + outline.recession * temples
    return at[:, 2] - line + outline.lower_m * front + peak


def in_reach(centres: NDArray) -> NDArray:
    """Return which triangles, by their centres, may bear hair of the head."""
    low = Outline(lower_m=0.012, peak=1.0)
    return (centres[:, 2] > 0.685) & (centres[:, 1] > -0.15) & (above_hairline(centres, low) > -0.018)


def loss(at: NDArray, stage: float) -> NDArray:
    """Return how far points (n,) lie inside the bald skin of a stage, metres; negative where hair is kept."""
    middle, temples, spot, rim = (
        float(np.interp(stage, STAGES, row)) * 1e-3 for row in (MIDDLE_LOST_MM, TEMPLES_LOST_MM, SPOT_MM, RIM_MM)
    )
    up = at - MIDDLE
    steep = np.arctan2(up[:, 2], -up[:, 1]) - np.radians(HAIRLINE_RISE_DEG)
    across = np.abs(at[:, 0])
    gone = middle + max(temples - 0.35 * middle, 0) * np.exp(-(((across - 0.050) / 0.020) ** 2))
    front = np.minimum(gone - RADIUS_M * steep, at[:, 2] - 0.806) - LOSS_SOFT_M * (gone < 0.002)
    crown = spot - np.linalg.norm(at - CROWN, axis=1) - 0.03 * (spot < 0.004)
    top = at[:, 2] - rim - 0.25 * np.maximum(at[:, 1] - 0.02, 0)
    return np.maximum(np.maximum(front, crown), top)


def scalp_density(at: NDArray, outline: Outline, key: Key) -> NDArray:
    """Return the density (n,) of hair at points, 0 to 1, before any is lost: soft, uneven edges."""
    fine, broad = noise(at * 1e3, 6.0, key.child("fine")), noise(at * 1e3, 34.0, key.child("broad"))
    angle = azimuth_deg(at)
    front = 1 - smooth_step(angle, 50, 75)
    soft = SOFT_M + (FRONT_SOFT_M - SOFT_M) * front
    height = above_hairline(at, outline) + JAGGED_M * (0.7 * fine + broad * front)
    return smooth_step(height, -0.6 * soft, 1.4 * soft) ** (1 + 0.6 * front)


def kept(at: NDArray, outline: Outline, key: Key) -> NDArray:
    """Return the share (n,) of hairs at points that are not lost with age."""
    share = np.ones(len(at))
    if outline.stage > 1:
        ragged = 0.0045 * noise(at * 1e3, 45.0, key.child("bald")) + 0.0025 * noise(at * 1e3, 12.0, key.child("bald2"))
        gone = smooth_step(loss(at, outline.stage) + ragged, -LOSS_SOFT_M, LOSS_SOFT_M)
        left = float(np.interp(outline.stage, STAGES, TOP_KEPT))
        share = (1 - 0.985 * gone) * (1 - (1 - left) * on_top(at))
    return share * (1 - 0.72 * outline.thinning * diffuse(at))


def on_top(at: NDArray) -> NDArray:
    """Return 1 (n,) on the top of the head that male-pattern loss reaches, 0 at the sides and behind."""
    return smooth_step(at[:, 2] - 0.25 * np.maximum(at[:, 1] - 0.02, 0), 0.826, 0.852)


def diffuse(at: NDArray) -> NDArray:
    """Return where (n,) female-pattern loss thins hair: along the middle of the top, less at the very front.

    Source: Ludwig, British Journal of Dermatology 97 (1977) 247.
    """
    behind = smooth_step(at[:, 1], -0.128, -0.095)
    return smooth_step(at[:, 2], 0.815, 0.862) * np.exp(-((at[:, 0] / 0.042) ** 2)) * (0.35 + 0.65 * behind)


def fineness(at: NDArray, outline: Outline) -> NDArray:
    """Return the thickness (n,) of hairs over the usual: finer at the front hairline, miniaturised where hair goes."""
    front = 1 - smooth_step(azimuth_deg(at), 70, 110)
    edge = 1 - smooth_step(above_hairline(at, outline), -0.006, THIN_M)
    fine = 1 - 0.55 * edge * front
    if outline.stage > 1:
        going = smooth_step(loss(at, outline.stage), -2.2 * LOSS_SOFT_M, 0.6 * LOSS_SOFT_M)
        left = float(np.interp(outline.stage, STAGES, TOP_KEPT))
        fine = fine * (1 - 0.55 * np.maximum(going, (1 - left) * on_top(at)))
    return fine * (1 - 0.35 * outline.thinning * diffuse(at))


def sideburn(at: NDArray) -> NDArray:
    """Return 1 on the sideburns, 0 elsewhere."""
    return (1 - smooth_step(at[:, 2], 0.785, 0.800)) * (azimuth_deg(at) < 95)


def regions(at: NDArray) -> NDArray[np.int8]:
    """Return the region (n,) of roots, by its place in `REGIONS`; `at` is (n, 3) on the chart."""
    angle = azimuth_deg(at)
    top, back = at[:, 2] > 0.826, angle > 112
    names = [
        (top & (at[:, 1] < -0.085), "forelock"),
        (top & (at[:, 1] > 0.0), "crown"),
        (top, "top"),
        (back & (at[:, 2] < 0.745), "nape"),
        (back, "back"),
        (at[:, 2] < 0.79, "sideburn"),
        (angle < 66, "temple"),
    ]
    found = np.select([mask for mask, _ in names], [REGIONS.index(name) for _, name in names], REGIONS.index("side"))
    return found.astype(np.int8)


def natural_flow(points: NDArray, swirl: float) -> NDArray:
    """Return the way short hair grows (n, 3): away from the crown, in a whorl about it."""
    away = points - CROWN
    reach = np.linalg.norm(away, axis=1, keepdims=True)
    away = away / np.maximum(reach, 1e-6)
    about = np.cross([0, 0.25, 1.0], away)
    return away + swirl * np.exp(-reach / 0.05) * about
