"""What of goggles lies on the face: an outline about the eyes, a body from the skin to the lens, and the lens.

Places are (s, z): s millimetres to the left along a circle of radius `UNROLLED_MM` about a vertical axis in the head, z
up. Radii are distances from that axis.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import gaussian_filter1d, maximum_filter1d

from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import Solid, even_steps, loft, offset_outline
from synthgen.accessories.glasses.lenses import Ground, plate
from synthgen.mesh import unit
from synthgen.rays import RayScene

AXIS_Y, UNROLLED_MM, FAR_MM = 70.0, 90.0, 250.0
POINTS, RINGS = 168, 16
PRESSED_MM = 0.4
"""How deep what seals lies in the skin."""
ON_WORN_MM, BESIDE = PRESSED_MM + 0.6, 5
"""How far goggles keep off what is worn beneath them, and along how many points of a line."""
ABOUT_MM = 1.2 * np.stack(np.meshgrid(np.arange(-2, 3), np.arange(-2, 3)), -1).reshape(-1, 2)
"""Where else, about a point of a line, what is worn counts."""
LASHES_MM = 13.0
"""Least distance from a cornea to the lens."""
Radius = Callable[[NDArray, NDArray], NDArray]
"""Radii (n,) of a surface at s (n,) and z (n,)."""


def place(s: ArrayLike, z: ArrayLike, radius: ArrayLike) -> NDArray:
    """Return points (..., 3)."""
    a = np.asarray(s) / UNROLLED_MM
    return np.stack(np.broadcast_arrays(np.sin(a) * radius, AXIS_Y - np.cos(a) * radius, z), -1)


def locate(points: NDArray) -> tuple[NDArray, NDArray, NDArray]:
    """Return s, z and radius (...) of points (..., 3)."""
    x, y, z = np.moveaxis(points, -1, 0)
    return UNROLLED_MM * np.arctan2(x, AXIS_Y - y), z, np.hypot(x, AXIS_Y - y)


def skin_radius(fit: Fit, s: NDArray, z: NDArray) -> NDArray:
    """Return how far from the axis the skin is (n,); nan where there is none."""
    way = _inwards(fit.rays, s, z)
    return np.where(np.isfinite(way), FAR_MM - way, np.nan)


def worn_radius(fit: Fit, s: NDArray, z: NDArray) -> NDArray:
    """Return how far from the axis goggles stay (n,) along a line for what is worn beneath; 0 where nothing is."""
    if fit.worn_rays is None:
        return np.zeros(len(s))
    flat = np.stack([s, z], 1) + ABOUT_MM[:, None]
    way = _inwards(fit.worn_rays, *flat.reshape(-1, 2).T).reshape(flat.shape[:2]).min(0)
    return maximum_filter1d(np.where(np.isfinite(way), FAR_MM - way + ON_WORN_MM, 0.0), BESIDE, mode="wrap")


def _inwards(rays: RayScene, s: NDArray, z: NDArray) -> NDArray:
    """Return how far (n,) one gets from outside towards the axis."""
    return rays.first_hit(place(s, z, FAR_MM), place(s, z, 0.0) - place(s, z, 1.0))[1]


@dataclass(frozen=True)
class Cup:
    """An outline that seals on the face.

    Attributes:
        outline: (n, 2) s and z, counter-clockwise as (s, z).
        skin: (n,) radii of what it lies on.
        hair: Room that hair takes between that and the skin.
    """

    outline: NDArray
    skin: NDArray
    hair: Radius


def cup(fit: Fit, outline: NDArray, hair: Radius) -> Cup:
    """Return a cup from its outline (n, 2) over hair that takes some room."""
    outline = even_steps(outline, POINTS, closed=True)
    return Cup(outline, _smooth_skin(fit, outline, hair), hair)


def body(fit: Fit, rim: Cup, profile: NDArray, lens: NDArray) -> Solid:
    """Return a ring about a cup.

    Args:
        fit: The head.
        rim: The cup.
        profile: (m, 2): millimetres beyond the outline, and 0 at the skin there to 1 at the lens.
        lens: (n,) radii of the lens at the outline.
    """
    rings = []
    for beyond, share in profile:
        flat = offset_outline(rim.outline, beyond)
        skin = _smooth_skin(fit, flat, rim.hair) - PRESSED_MM
        points = place(flat[:, 0], flat[:, 1], skin + share * (lens - skin))
        rings.append(fit.push_out(points, -PRESSED_MM))
    return loft(np.stack(rings, 1), closed=True)


def _smooth_skin(fit: Fit, flat: NDArray, hair: Radius) -> NDArray:
    """Return the radii (n,) of the skin and the hair on it along a closed line (n, 2)."""
    radius = skin_radius(fit, flat[:, 0], flat[:, 1])
    known = np.isfinite(radius)
    radius = np.interp(np.arange(len(flat)), np.flatnonzero(known), radius[known], period=len(flat)) + hair(*flat.T)
    smooth = gaussian_filter1d(radius, 1.2, mode="wrap")
    return np.maximum(smooth, gaussian_filter1d(worn_radius(fit, flat[:, 0], flat[:, 1]), 1.0, mode="wrap"))


def shield(outline: NDArray, radius: Radius, thick_mm: float) -> Ground:
    """Return a lens of even thickness whose front has radii, inside an outline (n, 2) that is star-shaped."""
    middle = (outline.min(0) + outline.max(0)) / 2
    shares = np.linspace(0, 1, RINGS + 1)[1:]
    flat = np.concatenate([middle[None], *(middle + share * (outline - middle) for share in shares)])

    def surface(at: NDArray) -> NDArray:
        s, z = at.T
        return place(s, z, radius(s, z))

    ahead = surface(flat)
    along_s, along_z = (surface(flat + by) - surface(flat - by) for by in np.eye(2) / 2)
    out = unit(np.cross(along_s, along_z))
    rim = ahead[-len(outline) :]
    along = unit(np.roll(rim, -1, 0) - np.roll(rim, 1, 0))
    return plate(ahead, ahead - thick_mm * out, out, -out, unit(np.cross(along, out[-len(outline) :])), flat[:, 1])
