"""Lenses of glasses: their surfaces by prescription, and what they are dyed and coated with."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthgen.materials import Lens, Spectrum
from synthgen.mesh import unit

RINGS = 9
CENTRE_MM, EDGE_MM = 1.8, 1.0
"""Thinnest a lens may be in the middle and at its edge."""
INDICES = ((3.0, 1.50), (5.0, 1.60), (99.0, 1.67))
"""Index of refraction up to so many dioptres: strong lenses are made of denser plastic."""
FLATTEST_D, ROUNDEST_D, HOLLOW_D = 1.0, 8.5, 0.5
"""Of front surfaces; and how much a back surface is hollow at least."""

DYES: dict[str, Spectrum] = {
    "clear": Spectrum((0.99, 0.992, 0.988), 0.99, 0.99),
    "grey": Spectrum((0.115, 0.12, 0.125), 0.85, 0.88),
    "brown": Spectrum((0.21, 0.11, 0.05), 0.85, 0.88),
    "green": Spectrum((0.10, 0.14, 0.095), 0.33, 0.30),
    "blue": Spectrum((0.13, 0.22, 0.50), 0.86, 0.88),
    "yellow": Spectrum((0.88, 0.74, 0.10), 0.90, 0.91),
    "rose": Spectrum((0.75, 0.34, 0.37), 0.90, 0.91),
}
"""Transmission at density 1, linear sRGB and infrared. Organic dyes are nearly clear beyond 800 nm; green is glass with
iron, which is not. Plausible values, not measured on one product."""
MIRRORS: dict[str, Spectrum] = {
    "none": Spectrum((0.0, 0.0, 0.0), 0.0, 0.0),
    "silver": Spectrum((0.50, 0.51, 0.52), 0.70, 0.70),
    "gold": Spectrum((0.56, 0.33, 0.08), 0.60, 0.60),
    "blue": Spectrum((0.06, 0.20, 0.55), 0.25, 0.20),
    "red": Spectrum((0.52, 0.14, 0.07), 0.40, 0.40),
}
"""Reflectance of the film on the front: metal mirrors the infrared too, stacks of oxides are tuned to visible light."""
COATINGS: dict[str, Spectrum] = {
    "none": Spectrum((1.0, 1.0, 1.0), 1.0, 1.0),
    "green": Spectrum((0.12, 0.24, 0.15), 0.8, 1.0),
    "blue": Spectrum((0.11, 0.15, 0.38), 0.8, 1.0),
    "violet": Spectrum((0.24, 0.11, 0.32), 0.8, 1.0),
}
"""Share of the plain reflection that an antireflective coating leaves, by the colour of what is left."""


@dataclass(frozen=True)
class Curves:
    """The two spheres of a lens about one axis, millimetres; both bulge forwards.

    Attributes:
        front_mm: Radius of the front.
        back_mm: Radius of the back.
        centre_mm: Thickness on the axis.
        ior: Index of refraction.
    """

    front_mm: float
    back_mm: float
    centre_mm: float
    ior: float

    def front(self, radius_mm: NDArray) -> NDArray:
        """Return how far the front lies behind its foremost point at a distance from the axis."""
        return _sag(self.front_mm, radius_mm)

    def back(self, radius_mm: NDArray) -> NDArray:
        """Return how far the back lies behind the foremost point of the front."""
        return self.centre_mm + _sag(self.back_mm, radius_mm)

    @property
    def power_d(self) -> float:
        """Return the power in dioptres. Source: Jalie, Ophthalmic Lenses and Dispensing, 3rd ed., ch. 3: thick lens."""
        first = (self.ior - 1) / self.front_mm * 1e3
        second = (1 - self.ior) / self.back_mm * 1e3
        return first + second - self.centre_mm * 1e-3 / self.ior * first * second


def _sag(sphere_mm: float, radius_mm: NDArray) -> NDArray:
    return sphere_mm - np.sqrt(np.maximum(sphere_mm**2 - np.asarray(radius_mm) ** 2, 1.0))


def index_of(sphere_d: float) -> float:
    """Return the index of refraction of the plastic that a lens of a power is made of."""
    return next(index for most, index in INDICES if abs(sphere_d) <= most)


def grind(sphere_d: float, plano_base_d: float, rim_mm: NDArray) -> Curves:
    """Return the surfaces of a lens of a power, thick enough everywhere out to its rim.

    The base curve rises by half the prescription (Vogel's rule for minus lenses), so that strong lenses stay meniscus.

    Args:
        sphere_d: Power, dioptres.
        plano_base_d: Power of the front surface of a lens without power.
        rim_mm: (n,) distances of the rim from the axis.
    """
    ior = index_of(sphere_d)
    base = float(np.clip(plano_base_d + sphere_d / 2, max(FLATTEST_D, sphere_d + HOLLOW_D), ROUNDEST_D))
    front, centre = (ior - 1) / base * 1e3, CENTRE_MM

    def back() -> float:
        return (1 - ior) / (sphere_d - base) * (1 - centre * 1e-3 / ior * base) * 1e3

    for _ in range(4):  # the back depends on the thickness, and the thickness on both
        centre = max(CENTRE_MM, EDGE_MM + float((_sag(front, rim_mm) - _sag(back(), rim_mm)).max()))
    return Curves(front, back(), centre, ior)


PHOTOCHROMIC = {"grey": DYES["grey"], "brown": DYES["brown"]}
"""Dyes that darken in ultraviolet light, fully dark; undarkened, `PALE` of their density is left."""
PALE = 0.06


@dataclass(frozen=True)
class Ground:
    """A lens cut to an outline, in its own frame: x, z in its plane, y backwards, the origin on the front's axis.

    Attributes:
        vertices: (v, 3) millimetres; those of the front, the back and the edge are apart.
        normals: (v, 3)
        triangles: (t, 3)
        edge: (t,) whether a triangle belongs to the edge.
        front: (v,) 1 on the front surface.
        height: (v,) 0 at the lowest to 1 at the highest point.
    """

    vertices: NDArray[np.float64]
    normals: NDArray[np.float64]
    triangles: NDArray[np.int32]
    edge: NDArray[np.bool_]
    front: NDArray[np.float32]
    height: NDArray[np.float32]


def cut(curves: Curves, outline: NDArray) -> Ground:
    """Return a lens with exact normals, cut to a counter-clockwise outline (n, 2) about its axis."""
    count = len(outline)
    middle = (outline.min(0) + outline.max(0)) / 2
    shares = np.linspace(0, 1, RINGS + 1)[1:]
    flat = np.concatenate([middle[None], *(middle + share * (outline - middle) for share in shares)])
    radius = np.linalg.norm(flat, axis=1)
    ahead = np.stack([flat[:, 0], curves.front(radius), flat[:, 1]], 1)
    behind = np.stack([flat[:, 0], curves.back(radius), flat[:, 1]], 1)
    out = unit(ahead - [0, curves.front_mm, 0])
    into = -unit(behind - [0, curves.centre_mm + curves.back_mm, 0])
    across = unit(np.roll(outline, -1, 0) - np.roll(outline, 1, 0))
    aside = np.stack([across[:, 1], np.zeros(count), -across[:, 0]], 1)
    return plate(ahead, behind, out, into, aside, flat[:, 1])


def plate(ahead: NDArray, behind: NDArray, out: NDArray, into: NDArray, aside: NDArray, height: NDArray) -> Ground:
    """Return a lens from the points of its surfaces: a middle, then rings that run counter-clockwise seen from ahead.

    Args:
        ahead: (n, 3) on the front.
        behind: (n, 3) on the back.
        out: (n, 3) normals of the front.
        into: (n, 3) normals of the back.
        aside: (m, 3) normals of the edge, of as many points as a ring has.
        height: (n,) of the points, any unit.
    """
    count = len(aside)
    face = _disc(count, (len(ahead) - 1) // count)
    first, last = 2 * len(ahead), len(ahead) - count
    here = np.arange(count)
    ahead_of = np.roll(here, -1)
    a, b, c, d = first + here, first + ahead_of, first + count + ahead_of, first + count + here
    wall = np.concatenate([np.stack([a, c, b], 1), np.stack([a, d, c], 1)])
    height = (height - height.min()) / np.ptp(height)
    # counter-clockwise in (x, z) faces -y, which is forwards
    return Ground(
        vertices=np.concatenate([ahead, behind, ahead[last:], behind[last:]]),
        normals=np.concatenate([out, into, aside, aside]),
        triangles=np.concatenate([face, face[:, ::-1] + len(ahead), wall]).astype(np.int32),
        edge=np.repeat([False, True], [2 * len(face), len(wall)]),
        front=np.repeat(np.array([1, 0], np.float32), [len(ahead), len(ahead) + 2 * count]),
        height=np.concatenate([height, height, height[last:], height[last:]]).astype(np.float32),
    )


def _disc(count: int, rings: int) -> NDArray:
    """Return the triangles of a disc: a point, then rings of so many points, counter-clockwise."""
    here = np.arange(count)
    ahead = np.roll(here, -1)
    triangles = [np.stack([np.zeros(count, int), 1 + here, 1 + ahead], 1)]
    for ring in range(rings - 1):
        inner, outer = 1 + ring * count, 1 + (ring + 1) * count
        triangles += [
            np.stack([inner + here, outer + here, outer + ahead], 1),
            np.stack([inner + here, outer + ahead, inner + ahead], 1),
        ]
    return np.concatenate(triangles)


def lens_material(
    ior: float,
    dye: str,
    density: float,
    gradient: float,
    mirror: str,
    coating: str,
    darkened: Spectrum | None = None,
    dirt: NDArray | None = None,
) -> Lens:
    """Return what a lens is made of.

    Args:
        ior: Index of refraction.
        dye: Name of the dye.
        density: How much of it; 1 is that of usual sunglasses.
        gradient: Share of the dye that the lower edge lacks.
        mirror: Name of the film on the front.
        coating: Name of the antireflective coating.
        darkened: Transmission of a photochromic dye.
        dirt: Share of light that what lies on it scatters; see `dirt.dirt_map`.
    """
    top, bottom = dyed(DYES[dye], density), dyed(DYES[dye], density * (1 - gradient))
    return Lens(
        ior=ior,
        top=_both(top, darkened) if darkened else top,
        bottom=_both(bottom, darkened) if darkened else bottom,
        reflection=COATINGS[coating],
        mirror=MIRRORS[mirror],
        dirt=dirt,
    )


def darkened(dye: str, share: float) -> Spectrum:
    """Return the transmission of a photochromic dye, 0 undarkened to 1 fully dark."""
    return dyed(PHOTOCHROMIC[dye], PALE + (1 - PALE) * share)


def _both(one: Spectrum, other: Spectrum) -> Spectrum:
    r, g, b = (a * b for a, b in zip(one.rgb, other.rgb, strict=True))
    return Spectrum((r, g, b), one.nir850 * other.nir850, one.nir940 * other.nir940)


def dyed(dye: Spectrum, density: float) -> Spectrum:
    """Return the transmission of so much dye. Source: the law of Bouguer, Lambert and Beer."""
    r, g, b = (float(value**density) for value in dye.rgb)
    return Spectrum((r, g, b), dye.nir850**density, dye.nir940**density)
