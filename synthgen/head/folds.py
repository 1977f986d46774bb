"""Folds of the skin that are a person's own: upper-lid crease and hood, epicanthus, bags, tear trough.

They displace the refined skin of the unposed head. A fold is skin that slides down over the skin beneath and stands a
little off it; as the lid closes it unrolls. Distances are millimetres on the base mesh.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from synthgen.head.face_lines import line_displacement
from synthgen.head.features import one_side
from synthgen.head.lid_map import LidMap, lid_maps
from synthgen.head.model import Points
from synthgen.head.skin import skin_surface
from synthgen.ramps import smooth_step

LID_THICKNESS_MM = 2.6
"""The upper lid's outer skin stands at least this far off the eyeball."""
HOOD_MM, FOLD_MM = 5.6, 0.9
"""How far a full hood and the edge of any crease slide down."""
CREASE_MM, BAG_MM, TROUGH_MM, ROLL_MM = 1.5, 2.6, 1.7, 0.9
FULLNESS_MM, HOLLOW_MM, WEB_MM = 2.2, 3.2, 4.2


def fold_skin(
    cage: Points,
    centres: Points,
    radii_m: NDArray,
    features: Mapping[str, float],
    uneven: Mapping[str, float],
    openness: tuple[float, float],
) -> Points:
    """Return how far the folds move the skin's vertices (n, 3), in head axes, metres.

    Args:
        cage: (v, 3) the unposed cage with its expression.
        centres: (2, 3) centres of the eyes of the unposed person.
        radii_m: (2,) of the eyeballs.
        features: Dimensions of `head.features`.
        uneven: What is added to them on the left and taken off on the right.
        openness: Of the left and the right lid, relative to the same person at rest.
    """
    surface = skin_surface()
    count = surface.insert.get_shape()[1]
    moved = np.zeros((count, 3))
    for lids, outward, centre, radius, opened in zip(lid_maps(), (1, -1), centres, radii_m, openness, strict=True):
        points = (surface.matrix[lids.rows] @ cage) * 1000
        side = one_side(features, uneven, outward)
        moved[lids.rows] = _lid_displacement(lids, points, centre * 1000, float(radius) * 1000, side, opened) * 1e-3
    moved += line_displacement(features, uneven) * 1e-3
    return surface.insert @ moved


def _lid_displacement(
    lids: LidMap, points: Points, centre: NDArray, radius: float, f: Mapping[str, float], opened: float
) -> NDArray:
    """Return the displacement (k, 3) of one side's rows, millimetres."""
    smooth = np.zeros_like(points)
    smooth[lids.fill.places] = lids.fill(points) - points[lids.fill.places]
    across = np.einsum("kc,kc->k", smooth, lids.out)[:, None] * lids.out  # keep the vertices' places along the skin
    out, down, lateral = _upper(lids, f, opened)
    more = _lower(lids, f)
    web = _web(lids, f)
    move = across + (out + more + web[0])[:, None] * lids.out
    place = points + move
    # the lid lies on the eyeball
    lid = smooth_step(lids.above, 0.3, 1.5) * (1 - smooth_step(lids.above, 7, 11)) * smooth_step(lids.along, 0, 0.3)
    lid = lid * (1 - smooth_step(lids.along, 0.7, 1.05))
    away = place - centre
    distance = np.linalg.norm(away, axis=1)
    least = radius + LID_THICKNESS_MM
    lift = lid * np.logaddexp(0, (least - distance) / 0.35) * 0.35
    move = move + lift[:, None] * away / distance[:, None]
    move = move + (down + web[1])[:, None] * lids.down + (lateral + web[2])[:, None] * lids.lateral
    return (lids.even @ move) * lids.free[:, None]


def _bump(x: NDArray, centre: NDArray | float, width: float) -> NDArray:
    return np.exp(-(((x - centre) / width) ** 2))


def _upper(lids: LidMap, f: Mapping[str, float], opened: float) -> tuple[NDArray, NDArray, NDArray]:
    """Return how far the upper lid's skin moves out, down and to the temple (k,), millimetres."""
    h, s = lids.above, lids.along
    over = smooth_step(s, -0.25, 0.15) * (1 - smooth_step(s, 0.9, 1.5))
    shape = 0.62 + 0.38 * np.sin(np.pi * np.clip(s, 0, 1) * 0.85 + 0.25) - 0.25 * smooth_step(s, 0.8, 1.3)
    inner = 1 - f["crease_taper"] * 0.62 * (1 - smooth_step(s, 0.0, 0.55))
    crease_at = np.maximum(f["crease_height_mm"] * shape * inner, 1.6)
    past = h - crease_at
    depth = f["crease"]
    hood = f["hooding"] * HOOD_MM * (0.55 + 0.6 * np.clip(s, 0, 0.85))
    slide = np.minimum(depth * FOLD_MM + hood, crease_at - 0.1) * over * opened
    grip = smooth_step(past, -0.6, 1.1) * np.exp(-((np.maximum(past, 0) / 7.5) ** 2))
    folded = np.clip(depth + 0.8 * f["hooding"], 0, 1)
    ledge = (0.14 * folded + 0.17 * slide) * smooth_step(past, -0.6, 1.1) * np.exp(-((np.maximum(past, 0) / 6.0) ** 2))
    groove = -CREASE_MM * depth * _bump(past, -0.1, 0.95) * (0.35 + 0.65 * opened)
    full = f["lid_fullness"]
    body = FULLNESS_MM * max(full, 0) * _bump(h, 6.5, 4.5) * smooth_step(s, -0.15, 0.3)
    hollow = -HOLLOW_MM * max(-full, 0) * _bump(h, crease_at + 3.5, 3.6) * (1.15 - 0.5 * np.clip(s, 0, 1))
    out = (ledge + groove + body + hollow) * over
    return out, slide * grip, np.zeros_like(out)


def _lower(lids: LidMap, f: Mapping[str, float]) -> NDArray:
    """Return how far the lower lid's skin moves out (k,), millimetres."""
    d, s = lids.below, lids.along
    over = smooth_step(s, -0.2, 0.12) * (1 - smooth_step(s, 0.95, 1.35))
    bag_depth = 7.2 + 1.2 * np.sin(np.pi * np.clip(s, 0, 1))
    bag = BAG_MM * f["eye_bags"] * _bump(d, bag_depth - 1.0, 3.6) * smooth_step(d, 1.5, 4)
    rim = -0.6 * f["eye_bags"] * _bump(d, bag_depth + 4.0, 2.4)
    trough = _bump(d, 9.5 + 3.0 * np.clip(s, 0, 1), 2.6) * (1 - 0.75 * smooth_step(s, 0.35, 1.0))
    line = _bump(d, 9.5 + 3.0 * np.clip(s, 0, 1), 1.3) * (1 - 0.75 * smooth_step(s, 0.35, 1.0))
    tear = -TROUGH_MM * f["tear_trough"] * (0.65 * trough + 0.35 * line)
    roll = ROLL_MM * f["lower_lid_roll"] * (_bump(d, 2.6, 1.6) - 0.4 * _bump(d, 5.4, 1.7))
    return (bag + rim + tear + roll) * over


def _web(lids: LidMap, f: Mapping[str, float]) -> tuple[NDArray, NDArray, NDArray]:
    """Return how far the epicanthal fold moves out, down and to the temple (k,), millimetres."""
    u, v = lids.inner_mm.T
    share = f["epicanthus"] * np.exp(-(((u + 1.5) / 4.0) ** 2) - ((v - 2.0) / 4.5) ** 2)
    return 0.30 * WEB_MM * share, 0.35 * WEB_MM * share, 0.75 * WEB_MM * share
