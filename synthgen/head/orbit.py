"""The eye region of one person, set on the base cage: how far apart, deep, long, tilted and open the eyes are.

Lids turn about the eye's centre, so that they stay in contact with the eyeball; whole orbits are shifted with a smooth
falloff. The amounts that give the wanted measures are solved on the person's own face, left and right alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthgen.head.features import one_side
from synthgen.head.lid_margin import SIDES, lid_margin, lid_points
from synthgen.head.model import Points, head_model
from synthgen.head.skin import skin_surface
from synthgen.ramps import smooth_step

ORBIT_MM = (18.0, 36.0)
"""Distance from the eye's centre on the base mesh to which all moves with the eye, and from which nothing does."""
LID_MM, CORNER_MM = (20.0, 33.0), (19.0, 48.0)
"""The same for turns of the lids, and of the outer corner, whose skin gives way as far as the temple."""
LID_REACH_DEG = 36.0
"""Elevation over which the turn of a lid's margin fades towards brow or cheek."""
LOWER_LID_MM, LOWER_SHARE = 2.2, 0.3
"""The lower lid stands this far below the pupil's centre, and lower by a share of the lids' opening.

So 4.6 mm at an opening of 8, as people's (margin-reflex distance 2); of a change in opening the upper lid takes more.
"""
PUPIL_DROP_DEG = 1.5
"""Of the optical axis below the line of sight."""
MAX_TURN_DEG = 28.0
"""No lid corner or margin is turned further from where the other targets put it."""
CORNER_REACH = 0.006
"""How far an outer corner turned by a degree goes off the eye, as a share of its distance from the centre."""
OVERLAP_DEG = 2.0
"""Closed lids overlap by this much, so that no gap is left."""
_STEPS = 12


@dataclass(frozen=True)
class EyeMeasures:
    """Measures of one face's eyes, seen from the front without perspective.

    Attributes:
        interpupillary_mm: Between the eyes' centres of rotation.
        intercanthal_mm: Between the inner corners.
        fissure_mm: (2,) length of the left and right lid fissure, corner to corner.
        tilt_deg: (2,) how far the outer corner stands above the inner one, seen from the front.
        aspect_ratio: (2,) eye aspect ratio (|p2 p6| + |p3 p5|) / (2 |p1 p4|). Source: Soukupova & Cech, CVWW 2016.
    """

    interpupillary_mm: float
    intercanthal_mm: float
    fissure_mm: NDArray[np.float64]
    tilt_deg: NDArray[np.float64]
    aspect_ratio: NDArray[np.float64]


@dataclass(frozen=True)
class _Eye:
    """Constant fields of one side's orbit; rows are cage vertices.

    Attributes:
        rows: (k,) vertices that move.
        orbit: (k,) share of the orbit's shift.
        outer, inner: (k,) share of the turn of the corners about the vertical, 1 at the corner.
        tilt: (k,) share of the tilt: 1 at the outer corner, -1 at the inner one.
        upper, lower: (k, 3) share of the margin's turn: even, peaked towards the nose, peaked towards the temple.
        points: (6, k) the lids' landmarks from these vertices: inner corner, upper inner, upper outer, outer corner,
            lower outer, lower inner.
    """

    rows: NDArray[np.int64]
    orbit: NDArray
    outer: NDArray
    inner: NDArray
    tilt: NDArray
    upper: NDArray
    lower: NDArray
    points: NDArray


@dataclass(frozen=True)
class _Turns:
    """Amounts of one side, degrees."""

    outer: float = 0.0
    inner: float = 0.0
    tilt: float = 0.0
    upper: float = 0.0
    lower: float = 0.0


def _fade(value: NDArray, start: float, end: float) -> NDArray:
    """Return 1 below start, 0 above end, smooth between."""
    return 1 - smooth_step(value, start, end)


def _polar(points: Points, centre: NDArray, outward: int) -> tuple[NDArray, NDArray, NDArray]:
    """Return azimuth (> 0 to the temple) and elevation in degrees, and distance, of points (k, 3) about an eye."""
    d = (points - centre) * [outward, 1, 1]
    distance = np.linalg.norm(d, axis=1)
    return np.degrees(np.arctan2(d[:, 0], -d[:, 1])), np.degrees(np.arcsin(d[:, 2] / distance)), distance


def _direction(azimuth: NDArray, elevation: NDArray, outward: int) -> NDArray:
    """Return unit vectors (k, 3) of what `_polar` returns."""
    a, e = np.radians(azimuth), np.radians(elevation)
    return np.stack([outward * np.sin(a) * np.cos(e), -np.cos(a) * np.cos(e), np.sin(e)], 1)


@lru_cache(maxsize=1)
def _eyes() -> tuple[_Eye, _Eye]:
    left, right = (_eye(side, outward) for side, outward in zip(SIDES, (1, -1), strict=True))
    return left, right


def _eye(side: str, outward: int) -> _Eye:
    base = head_model().vertices
    centre = head_model().joint(f"{side[0]}-eye", base)
    azimuth, elevation, distance = _polar(base, centre, outward)
    distance = distance * 1000
    matrix = np.zeros((6, len(base)))
    for row, (vertices, weights) in enumerate(lid_points(side)):
        matrix[row] = np.asarray(weights) @ skin_surface().matrix[vertices].toarray()
    corners = matrix @ base
    at, height, _ = _polar(corners, centre, outward)
    # margins as parabolas over azimuth through corner, middle and corner
    along = (azimuth - at[0]) / (at[3] - at[0])
    level = height[0] + (height[3] - height[0]) * along
    arch = np.clip(4 * along * (1 - along), 0, 1)
    top = level + arch * (height[1:3].mean() - (height[0] + height[3]) / 2) / 0.89
    bottom = level + arch * (height[4:6].mean() - (height[0] + height[3]) / 2) / 0.89
    turning = np.ones(len(base))
    turning[_rigid(side)] = 0
    near = turning * _fade(distance, *LID_MM) * _fade(np.abs(azimuth), 85, 130)
    above = near * _fade(elevation - top, 0, LID_REACH_DEG)
    below = near * _fade(bottom - elevation, 0, LID_REACH_DEG)
    upper_side = 1 - _fade(elevation - (top + bottom) / 2, -2, 2)
    sides = near * _fade(np.abs(elevation - level), 16, 50)
    corner = _fade(distance, *CORNER_MM) * _fade(np.abs(elevation - level), 14, 58) * turning
    shape = np.stack([arch**0.7, arch**0.7 * (1 - along) * 1.6, arch**0.7 * along * 1.6], 1)
    rows = np.flatnonzero(distance < CORNER_MM[1])
    rows = rows[(base[rows, 0] * outward > 0)]
    return _Eye(
        rows=rows,
        orbit=_fade(distance, *ORBIT_MM)[rows],
        outer=(corner * np.clip(azimuth / at[3], 0, 1) ** 1.5 * _fade(azimuth, at[3] + 4, at[3] + 75))[rows],
        inner=(sides * np.clip(azimuth / at[0], 0, 1) ** 1.5)[rows],
        tilt=(sides * np.clip(2 * along - 1, -1.2, 1.2) * _fade(np.abs(azimuth), 60, 110))[rows],
        upper=(shape * (above * upper_side)[:, None])[rows],
        lower=(shape * (below * (1 - upper_side))[:, None])[rows],
        points=matrix[:, rows],
    )


def _rigid(side: str) -> NDArray[np.int64]:
    """Return the vertices of one eyeball and its joint, which are shifted but never turned."""
    model = head_model()
    rows = [model.quads[f"eye_{side}"].ravel().astype(np.int64), model.joints[f"{side[0]}-eye"]]
    return np.unique(np.concatenate(rows))


def keep_off_eyes(cage: Points, rest: Points, centres: Points) -> Points:
    """Return a cage (v, 3) whose lids do not cut through the eyes, and where shut only just overlap.

    Targets move lids along straight lines; on their way over the eye they would cut through it, so they are held as far
    from its centre as at rest. An upper lid that has passed the lower one turns back to it.

    Args:
        cage: (v, 3) the unposed cage with its expression.
        rest: (v, 3) the same person, neutral.
        centres: (2, 3) centres of the eyes.
    """
    moved = cage.copy()
    for eye, side, centre, outward in zip(_eyes(), SIDES, centres, (1, -1), strict=True):
        share = np.clip(np.maximum(eye.upper[:, 0], eye.lower[:, 0]) * 3, 0, 1)
        away = cage[eye.rows] - centre
        distance = np.linalg.norm(away, axis=1)
        least = np.linalg.norm(rest[eye.rows] - centre, axis=1)
        moved[eye.rows] += (share * np.maximum(least - distance, 0) / distance)[:, None] * away
        margin = lid_margin(side)
        at, top, _ = _polar(moved[margin.upper], centre, outward)
        below, bottom, _ = _polar(moved[margin.lower], centre, outward)
        passed = np.clip(np.interp(at, below, bottom) - top - OVERLAP_DEG, 0, None)
        if passed.any():
            azimuth, elevation, distance = _polar(moved[eye.rows], centre, outward)
            back = np.interp(azimuth, at, passed) * np.clip(1.2 * eye.upper[:, 0], 0, 1)
            turned = centre + distance[:, None] * _direction(azimuth, elevation + back, outward)
            moved[eye.rows] = np.where(back[:, None] > 0, turned, moved[eye.rows])
    return moved


def measure_eyes(cage: Points) -> EyeMeasures:
    """Return the measures of the eyes of a neutral, unposed cage (v, 3), metres."""
    model = head_model()
    centres = [model.joint(f"{side[0]}-eye", cage) for side in SIDES]
    rims = [eye.points @ cage[eye.rows] * 1000 for eye in _eyes()]
    shape = np.array([_rim_measures(rim, outward) for rim, outward in zip(rims, (1, -1), strict=True)])
    return EyeMeasures(
        interpupillary_mm=float(centres[0][0] - centres[1][0]) * 1000,
        intercanthal_mm=float(rims[0][0, 0] - rims[1][0, 0]),
        fissure_mm=shape[:, 0],
        tilt_deg=shape[:, 1],
        aspect_ratio=shape[:, 2],
    )


def _rim_measures(rim_mm: NDArray, outward: int) -> tuple[float, float, float]:
    p = rim_mm[:, [0, 2]] * [outward, 1]
    across = p[3] - p[0]
    length = float(np.linalg.norm(across))
    ratio = float(np.linalg.norm(p[1] - p[5]) + np.linalg.norm(p[2] - p[4])) / (2 * length)
    return length, float(np.degrees(np.arctan2(across[1], across[0]))), ratio


def set_eyes(cage: Points, wanted: Mapping[str, float], uneven: Mapping[str, float]) -> Points:
    """Return a cage (v, 3) whose eyes have the wanted measures.

    Args:
        cage: (v, 3) a neutral, unposed person, metres.
        wanted: Dimensions of `head.features`.
        uneven: What is added to them on the subject's left and taken off on the right.
    """
    model, moved = head_model(), np.array(cage)
    for eye, side, outward in zip(_eyes(), SIDES, (1, -1), strict=True):
        goal = one_side(wanted, uneven, outward)
        centre = model.joint(f"{side[0]}-eye", cage)
        shift = np.array([outward * goal["interpupillary_mm"] / 2000 - centre[0], goal["orbital_depth_mm"] / 1000, 0.0])
        start = cage[eye.rows] + eye.orbit[:, None] * shift
        moved[eye.rows] = _solve(eye, start, centre + shift, outward, goal)
    return moved


def _solve(eye: _Eye, start: Points, centre: NDArray, outward: int, goal: Mapping[str, float]) -> Points:
    """Return the rows (k, 3) of one orbit turned so that its measures are met; fixed-point steps, a few are enough."""
    turns, found = _Turns(), start
    limit = MAX_TURN_DEG
    for _ in range(_STEPS):
        found = _turned(eye, start, centre, outward, turns, goal["lid_peak"])
        rim = eye.points @ found * 1000
        length, tilt, ratio = _rim_measures(rim, outward)
        radius = np.linalg.norm(rim - centre * 1000, axis=1)
        nose = goal["intercanthal_mm"] / 2 - outward * rim[0, 0]
        inner = turns.inner + np.degrees(nose / radius[0]) * 1.2
        outer = turns.outer + np.degrees((goal["fissure_mm"] - length + nose) / radius[3]) * 1.4
        gap = goal["eye_aspect_ratio"] * length
        pupil = 1000 * centre[2] - radius[4] * np.sin(np.radians(PUPIL_DROP_DEG))
        drop = pupil - LOWER_LID_MM - LOWER_SHARE * gap - rim[4:6, 2].mean()
        lift = drop + (goal["eye_aspect_ratio"] - ratio) * length
        turns = replace(
            turns,
            inner=float(np.clip(inner, -limit, limit)),
            outer=float(np.clip(outer, -limit, limit)),
            tilt=float(np.clip(turns.tilt + (goal["canthal_tilt_deg"] - tilt) * 0.9, -limit, limit)),
            upper=float(np.clip(turns.upper + np.degrees(lift / radius[1]), -limit, limit)),
            lower=float(np.clip(turns.lower + np.degrees(drop / radius[4]), -limit, limit)),
        )
    return found


def _turned(eye: _Eye, start: Points, centre: NDArray, outward: int, turns: _Turns, peak: float) -> Points:
    azimuth, elevation, distance = _polar(start, centre, outward)
    # with a peak of 1 the margin's turn at the temple grows by half of that of the middle, at the nose it shrinks
    azimuth = azimuth + turns.outer * eye.outer + turns.inner * eye.inner
    lean = eye.upper[:, 2] - eye.upper[:, 1]
    elevation = elevation + turns.tilt * eye.tilt + 3.0 * peak * lean
    elevation = elevation + turns.upper * eye.upper[:, 0] + turns.lower * eye.lower[:, 0]
    # a corner turned far would hide behind the eye: it leaves it a little, as corners do
    distance = distance * (1 + CORNER_REACH * max(turns.outer, 0.0) * eye.outer**6)
    away = _direction(azimuth, elevation, outward)
    # points that no turn reaches keep their exact place
    reached = (eye.outer > 0) | (eye.inner > 0) | (eye.tilt != 0) | (eye.upper[:, 0] > 0) | (eye.lower[:, 0] > 0)
    return np.where(reached[:, None], centre + distance[:, None] * away, start)
