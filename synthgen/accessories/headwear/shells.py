"""What helmets are moulded from: paints, foam, shells about the head, straps under the chin."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.spatial import ConvexHull

from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import Solid, even_steps
from synthgen.accessories.headwear.pieces import ribbon
from synthgen.accessories.headwear.seat import Seat
from synthgen.materials import FABRIC_COLORS, Spectrum, Surface
from synthgen.mesh import unit

STRAP_ANGLES, STRAP_POINTS, STRAP_GAP_MM = 181, 72, 1.3
BEHIND_CHIN_MM = 24.0
FOAM = Surface(Spectrum((0.016, 0.016, 0.017), 0.05, 0.05), roughness=0.75, ior=1.4)
"""Black expanded polystyrene; carbon keeps it dark in the infrared."""
LINER = Surface(Spectrum((0.022, 0.022, 0.024), 0.3, 0.3), roughness=0.95, ior=1.4)
WEBBING = Surface(Spectrum((0.015, 0.015, 0.016), 0.25, 0.25), roughness=0.8, ior=1.45)
RUBBER = Surface(Spectrum((0.012, 0.012, 0.012), 0.04, 0.04), roughness=0.6, ior=1.5)


def paint(color: str, nir_albedo: float, gloss: float) -> Surface:
    """Return coloured plastic or paint: matt at a gloss of 0, lacquered at 1."""
    albedo = Spectrum(FABRIC_COLORS[color], nir_albedo, nir_albedo)
    return Surface(albedo, roughness=0.55 - 0.3 * gloss, ior=1.5, coat=0.8 * gloss, coat_roughness=0.25 - 0.2 * gloss)


def rounded_over(inner: NDArray, least_mm: float, width: tuple[float, float]) -> NDArray:
    """Return radii (m, n) of a smooth shell that is everywhere at least so far over others.

    Args:
        inner: (m, n) radii on a grid whose columns run around.
        least_mm: Between them and the shell.
        width: Of the smoothing, in rows and columns.
    """
    smooth = gaussian_filter(inner, width, mode=("nearest", "wrap"))
    # lifted where it is too near, and smoothed again so that the lift does not show
    short = np.maximum(inner - smooth, 0)
    lift = gaussian_filter(short, width, mode=("nearest", "wrap"))
    left = np.maximum(short - lift, 0).max()
    return smooth + lift + left + least_mm


def chin_strap(fit: Fit, on: Seat, azimuth: float, low: float, width_mm: float = 15.0) -> Solid:
    """Return a strap from a shell's rim at an angle from the front, under the chin to the other side, drawn taut."""
    ends = [on.chart.points(sign * azimuth, low, on.radius(sign * azimuth, low) + 4.0) for sign in (1, -1)]
    chin = fit.anchor("menton") + np.array([0, BEHIND_CHIN_MM, 0])
    middle = (ends[0] + ends[1]) / 2
    down = unit(chin - middle)
    across = unit(ends[0] - ends[1])
    origin = (chin + middle) / 2
    angle = np.linspace(-0.15, np.pi + 0.15, STRAP_ANGLES)
    ways = np.cos(angle)[:, None] * across + np.sin(angle)[:, None] * down
    hit = fit.rays.first_hit(origin + 200 * ways, -ways, 200.0)[1]
    found = np.isfinite(hit)
    touched = origin + (200 - hit[found, None]) * ways[found]
    points = np.concatenate([touched, ends])
    flat = (points - origin) @ np.stack([across, down], 1)
    flat = flat * (1 + STRAP_GAP_MM / np.linalg.norm(flat, axis=1, keepdims=True))
    hull = ConvexHull(flat).vertices
    start, end = (int(np.flatnonzero(hull == len(touched) + k)[0]) for k in (0, 1))
    chain = np.roll(hull, -start)
    chain = chain[: (end - start) % len(hull) + 1]
    if flat[chain, 1].mean() < flat[[len(touched), len(touched) + 1], 1].mean():
        chain = np.roll(hull, -end)[: (start - end) % len(hull) + 1]
    path = even_steps(origin + flat[chain] @ np.stack([across, down]), STRAP_POINTS)
    return ribbon(path, np.cross(across, down), width_mm, 1.4)
