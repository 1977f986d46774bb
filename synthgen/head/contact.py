"""Lids that lie on the eye: skin that a shape, an expression or the cornea's bulge left inside it is moved out.

The lids' shapes move them along straight lines, which cut through the ball; and drawn faces bring eyes and lids that do
not fit each other to the millimetre. Seen from the eye's centre, the skin's outermost layer is lifted to a lid's
thickness above the eye, and everything along the same direction is moved in proportion, so that lids stay as thick as
they are and folds keep their order.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, map_coordinates, maximum_filter

from synthgen.head.eyes import Eyeball, shell_profile
from synthgen.head.model import Points, head_model
from synthgen.head.skin import skin_surface
from synthgen.mesh import unit, vertex_normals

THICKNESS_MM = 0.35
"""Least distance of the lids' outer skin from the eye."""
REACH_MM = 9.0
"""Skin farther than this above the eye does not move."""
NEAR_MM = 32.0
"""Skin this far from the eye's centre on the base mesh is looked at."""
BIN_DEG, WIDEST_DEG = 3.0, 100.0
SMOOTH_BINS = 1.3
MOST_PASSES = 8
OUTWARD = 0.15
"""Cosine to the direction from the eye's centre from which on skin counts as outside, not as the lids' lining."""


@dataclass(frozen=True)
class SkinPatch:
    """Skin about one eye: rows of the skin's vertices, and its triangles among them."""

    rows: NDArray[np.int64]
    triangles: NDArray[np.int64]


@lru_cache(maxsize=2)
def skin_patch(side: str) -> SkinPatch:
    """Return the skin about one eye; constant."""
    surface, model = skin_surface(), head_model()
    centre = model.joint(f"{side[0]}-eye", model.vertices) * 1000
    near = np.linalg.norm(surface.rest_mm - centre, axis=1) < NEAR_MM
    triangles = surface.triangles[near[surface.triangles].all(1)]
    rows, local = np.unique(triangles, return_inverse=True)
    return SkinPatch(rows.astype(np.int64), local.reshape(-1, 3))


def rest_on_eyes(skin: Points, eyes: tuple[Eyeball, Eyeball], head_rotation: NDArray) -> Points:
    """Return the skin's vertices (n, 3) with those about the eyes moved out of the eyeballs.

    Args:
        skin: In the world, metres.
        eyes: In place.
        head_rotation: (3, 3) turn of the head in the world.
    """
    moved = skin.copy()
    for eye in eyes:
        patch = skin_patch(eye.side)
        moved[patch.rows] = _lifted(skin[patch.rows], patch.triangles, eye, head_rotation)
    return moved


def depth_mm(points: Points, eye: Eyeball) -> NDArray:
    """Return how deep points (n, 3) of the world lie inside an eye's shell along the way from its centre, mm."""
    local = (points - eye.centre) @ eye.direction.world_from_eye * 1e3
    r, z = shell_profile(eye.radius_m * 1e3).T
    polar = np.arctan2(np.hypot(local[:, 0], local[:, 1]), local[:, 2])
    return np.interp(polar, np.arctan2(r, z), np.hypot(r, z)) - np.linalg.norm(local, axis=1)


def _lifted(points: Points, triangles: NDArray, eye: Eyeball, head_rotation: NDArray) -> Points:
    away = points - eye.centre
    towards = unit(away)
    depth = depth_mm(points, eye) + THICKNESS_MM
    outside = _faces_out(points, triangles, towards)
    at = _bins(towards @ head_rotation)
    lift = _field(at[:, outside], np.clip(depth[outside], 0, None), at)
    # from `lift` deep to REACH_MM above, the way out is shortened in proportion
    height = -depth
    shortened = (height + lift) * REACH_MM / (REACH_MM + lift)
    new = np.where((height < REACH_MM) & (lift > 1e-6), shortened, height)
    for _ in range(MOST_PASSES):  # what is moved may turn outwards, and turn its neighbours
        placed = points + towards * ((new - height) * 1e-3)[:, None]
        outside |= _faces_out(placed, triangles, towards)
        if (new[outside] >= 0).all():
            break
        new = np.where(outside, np.maximum(new, 0), new)
    return points + towards * ((new - height) * 1e-3)[:, None]


def _faces_out(points: Points, triangles: NDArray, towards: NDArray) -> NDArray[np.bool_]:
    return (vertex_normals(points, triangles) * towards).sum(1) > OUTWARD


def _bins(directions: NDArray) -> NDArray:
    """Return places (2, n) on a grid about straight ahead; distances from its middle are angles."""
    x, y, z = directions.T
    polar = np.degrees(np.arccos(np.clip(-y, -1, 1)))
    flat = np.maximum(np.hypot(x, z), 1e-9)
    return (np.stack([x, z]) / flat * np.minimum(polar, WIDEST_DEG) + WIDEST_DEG) / BIN_DEG


def _field(at: NDArray, needed: NDArray, wanted: NDArray) -> NDArray:
    """Return the lift (m,) at wanted places, a smooth cover of what is needed (n,) at others."""
    count = int(2 * WIDEST_DEG / BIN_DEG) + 1
    most, known = np.zeros((count, count)), np.zeros((count, count))
    cell = tuple(np.clip(np.rint(at).astype(int), 0, count - 1))
    np.maximum.at(most, cell, needed)
    known[cell] = 1
    most = maximum_filter(most, 3)
    known = maximum_filter(known, 3)
    weight = gaussian_filter(known, SMOOTH_BINS)
    smooth = gaussian_filter(most * known, SMOOTH_BINS) / np.maximum(weight, 1e-3)
    return map_coordinates(smooth, wanted, order=1, mode="nearest")
