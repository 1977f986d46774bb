"""Lines and furrows of the face away from the lids: nasolabial and marionette folds, glabella, forehead, crow's feet.

Each is a line on the base mesh in the frontal view, with a groove along it and a soft swelling beside it. These are the
folds of the face's shape: a millimetre deep, of the identity's `features`, moving vertices of the unposed head. What is
finer is `skin.wrinkles`: creases of at most 0.5 mm that belong to the skin, deepen with age and fold with expressions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthgen.head.features import one_side
from synthgen.head.regions import vertex_sets
from synthgen.head.skin import INNER_ISLANDS, skin_surface

Outline = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Line:
    """One line, mirrored on both sides of the face.

    Attributes:
        feature: The dimension of `head.features` it belongs to.
        path: Points (|x|, z) on the base mesh, millimetres.
        depth_mm, width_mm: Of the groove at a full fold.
        swell_mm, swell_at_mm, swell_width_mm: Of the swelling to the left of the path's direction.
    """

    feature: str
    path: Outline
    depth_mm: float
    width_mm: float
    swell_mm: float = 0.0
    swell_at_mm: float = 0.0
    swell_width_mm: float = 1.0


LINES = (
    Line("nasolabial_fold", ((19, 699), (23, 690), (28, 679), (32.5, 667), (34, 656)), 1.2, 2.6, 2.2, 7.5, 6.0),
    Line("marionette_fold", ((28.5, 657), (31, 649), (32, 640), (31, 633)), 1.1, 2.3, 1.5, 6.5, 5.0),
    Line("glabella_lines", ((7, 737), (6.5, 744), (7.5, 753), (9.5, 759)), 0.8, 1.3, 0.4, -3.0, 2.2),
    Line("forehead_lines", ((0, 771), (16, 772.5), (32, 772), (44, 768)), 0.5, 1.25, 0.22, 3.0, 2.0),
    Line("forehead_lines", ((0, 780), (15, 782), (32, 781.5), (46, 777)), 0.6, 1.3, 0.25, 3.0, 2.0),
    Line("forehead_lines", ((0, 790), (14, 791.5), (30, 791), (42, 787)), 0.45, 1.3, 0.2, 3.0, 2.0),
    Line("crows_feet", ((50, 730), (55, 733), (61, 737)), 0.5, 1.0, 0.2, 2.2, 1.6),
    Line("crows_feet", ((50, 726.5), (56, 726), (62, 726)), 0.55, 1.0, 0.2, 2.2, 1.6),
    Line("crows_feet", ((49, 722), (54, 719), (59, 715)), 0.45, 1.0, 0.2, 2.2, 1.6),
)


@lru_cache(maxsize=1)
def _heights() -> tuple[NDArray, dict[str, NDArray], NDArray]:
    """Return rows (k,) of uncut skin vertices near lines, (k,) the height of each feature's lines, (k, 3) normals."""
    surface = skin_surface()
    count = surface.insert.get_shape()[1]
    rest = surface.rest_mm[:count].astype(float)
    normals = surface.normals(surface.rest_mm.astype(float))[:count]
    lips = (surface.matrix[:count] @ vertex_sets()["lips"]) > 0.3
    inside = np.zeros(count, bool)
    inside[surface.uncut[np.isin(_uncut_islands(), INNER_ISLANDS)]] = True
    ok = np.isin(np.arange(count), surface.uncut) & (rest[:, 1] < -85) & (rest[:, 2] > 615) & ~lips & ~inside
    flat = np.stack([np.abs(rest[:, 0]), rest[:, 2]], 1)
    total: dict[str, NDArray] = {}
    for line in LINES:
        total[line.feature] = total.get(line.feature, np.zeros(count)) + np.where(ok, _height(line, flat), 0)
    rows = np.flatnonzero(np.any([np.abs(value) > 0.005 for value in total.values()], axis=0))
    return rows, {name: value[rows] for name, value in total.items()}, normals[rows]


def _uncut_islands() -> NDArray[np.str_]:
    """Return the island of each uncut triangle: of the cut triangles made of its corners' first."""
    surface = skin_surface()
    island = np.full(len(surface.rest_mm), "head", surface.island.dtype)
    island[surface.triangles] = surface.island[:, None]
    return island[surface.uncut[:, 0]]


def _height(line: Line, flat: NDArray) -> NDArray:
    """Return the height (n,) in mm of a full line at points (n, 2); it fades at both ends."""
    path = np.array(line.path, float)
    a, step = path[:-1], np.diff(path, axis=0)
    length = np.linalg.norm(step, axis=1)
    t = ((flat[:, None] - a) * step).sum(2) / length**2
    held = np.clip(t, 0, 1)
    gap = flat[:, None] - (a + held[..., None] * step)
    distance = np.linalg.norm(gap, axis=2)
    best = distance.argmin(1)
    pick = np.arange(len(flat))
    side = step[best, 0] * gap[pick, best, 1] - step[best, 1] * gap[pick, best, 0]
    signed = np.sign(side) * distance[pick, best]
    travelled = np.r_[0, np.cumsum(length)[:-1]][best] + held[pick, best] * length[best]
    share = travelled / length.sum()
    starts_midline = path[0, 0] == 0
    fade = (1.0 if starts_midline else np.clip(share / 0.18, 0, 1)) * np.clip((1 - share) / 0.3, 0, 1)
    groove = -line.depth_mm * np.exp(-((signed / line.width_mm) ** 2))
    swell = line.swell_mm * np.exp(-(((signed - line.swell_at_mm) / line.swell_width_mm) ** 2))
    return (groove + swell) * fade


def line_displacement(features: Mapping[str, float], uneven: Mapping[str, float]) -> NDArray:
    """Return the displacement (n, 3) of the uncut skin vertices by the lines of a face, head axes, millimetres."""
    surface = skin_surface()
    rows, heights, normals = _heights()
    left = surface.rest_mm[rows, 0] >= 0
    total = np.zeros(len(rows))
    sides = [one_side(features, uneven, outward) for outward in (1, -1)]
    for name, height in heights.items():
        total += height * np.where(left, sides[0][name], sides[1][name])
    moved = np.zeros((surface.insert.get_shape()[1], 3))
    moved[rows] = total[:, None] * normals
    return moved
