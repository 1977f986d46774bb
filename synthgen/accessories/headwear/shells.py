"""What helmets are moulded from: paints, foam, shells about the head, straps under the chin."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, gaussian_filter1d
from scipy.spatial import ConvexHull

from synthgen.accessories.cords import press_under_strap
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import Solid, spline, tangents, xyz
from synthgen.accessories.headwear.pieces import ribbon
from synthgen.accessories.headwear.seat import Seat
from synthgen.accessories.kind import Press
from synthgen.accessories.surfaces import head_and_worn
from synthgen.materials import FABRIC_COLORS, Spectrum, Surface
from synthgen.mesh import unit

STRAP_ANGLES, STRAP_POINTS, STRAP_GAP_MM, STRAP_SMOOTH = 181, 72, 1.1, 4.0
BEHIND_CHIN_MM = 24.0
HELD_FINER, EDGE_MM, SUNK_MM = 4, 1.5, 0.6
"""Points that hair is held by for one of a strap, how far beyond a strap's edges it is, and how much deeper than it
lies: straps turn about themselves."""
FOAM = Surface(Spectrum((0.016, 0.016, 0.017), 0.05, 0.05), roughness=0.75, ior=1.4)
"""Black expanded polystyrene; carbon keeps it dark in the infrared."""
LINER = Surface(Spectrum((0.022, 0.022, 0.024), 0.3, 0.3), roughness=0.95, ior=1.4)
WEBBING = Surface(Spectrum((0.015, 0.015, 0.016), 0.25, 0.25), roughness=0.8, ior=1.45)
RUBBER = Surface(Spectrum((0.012, 0.012, 0.012), 0.04, 0.04), roughness=0.6, ior=1.5)


def paint(color: str, nir_albedo: float, gloss: float) -> Surface:
    """Return coloured plastic or paint: matt at a gloss of 0, lacquered at 1."""
    albedo = Spectrum(FABRIC_COLORS[color], nir_albedo, nir_albedo)
    return Surface(albedo, roughness=0.55 - 0.3 * gloss, ior=1.5, coat=0.8 * gloss, coat_roughness=0.25 - 0.2 * gloss)


def smoothed(values: NDArray, width: tuple[float, float]) -> NDArray:
    """Return values (m, n) smoothed over rows, and over columns that run around."""
    return gaussian_filter(gaussian_filter(values, (width[0], 0), mode="nearest"), (0, width[1]), mode="wrap")


def rounded_over(inner: NDArray, least_mm: float, width: tuple[float, float]) -> NDArray:
    """Return radii (m, n) of a smooth shell that is everywhere at least so far over others.

    Args:
        inner: (m, n) radii on a grid whose columns run around.
        least_mm: Between them and the shell.
        width: Of the smoothing, in rows and columns.
    """
    smooth = smoothed(inner, width)
    # lifted where it is too near, and smoothed again so that the lift does not show
    short = np.maximum(inner - smooth, 0)
    lift = smoothed(short, width)
    left = np.maximum(short - lift, 0).max()
    return smooth + lift + left + least_mm


def drawn_taut(reach: Callable[[NDArray], NDArray], origin: NDArray, ends: NDArray, toward: NDArray) -> NDArray:
    """Return the shortest way (STRAP_POINTS, 3) from one end to the other round something, in one plane.

    Args:
        reach: Directions (n, 3) from the origin -> how far (n,) it reaches in them; 0 where it is not.
        origin: (3,) inside.
        ends: (2, 3)
        toward: (3,) from the origin to what it goes round.
    """
    across = unit(ends[0] - ends[1])
    down = unit(toward - across * (toward @ across))
    angle = np.linspace(-0.15, np.pi + 0.15, STRAP_ANGLES)
    far = reach(np.cos(angle)[:, None] * across + np.sin(angle)[:, None] * down)
    touched = (far[:, None] * np.stack([np.cos(angle), np.sin(angle)], 1))[far > 0]
    flat = np.concatenate([touched, (ends - origin) @ np.stack([across, down], 1)])
    hull = ConvexHull(flat).vertices
    start, end = (int(np.flatnonzero(hull == len(touched) + k)[0]) for k in (0, 1))
    chain = np.roll(hull, -start)[: (end - start) % len(hull) + 1]
    if flat[chain, 1].mean() < flat[len(touched) :, 1].mean():
        chain = np.roll(hull, -end)[: (start - end) % len(hull) + 1][::-1]
    return spline(origin + flat[chain] @ np.stack([across, down]), STRAP_POINTS)


def chin_strap(fit: Fit, on: Seat, azimuth: float, low: float) -> NDArray:
    """Return the way (STRAP_POINTS, 3) of a strap from a shell's rim on the left, at an angle from the front, under the
    chin to the right."""
    ends = np.array([on.chart.points(sign * azimuth, low, on.radius(sign * azimuth, low) + 4.0) for sign in (1, -1)])
    chin = fit.anchor("menton") + xyz(0, BEHIND_CHIN_MM, 0)
    middle = ends.mean(0)
    origin = (chin + middle) / 2

    def reach(ways: NDArray) -> NDArray:
        away = fit.rays.first_hit(origin + 200 * ways, -ways, 200.0)[1]
        if fit.worn_rays is not None:
            away = np.minimum(away, fit.worn_rays.first_hit(origin + 200 * ways, -ways, 200.0)[1])
        return np.where(np.isfinite(away), 200 - away + STRAP_GAP_MM, 0)

    return drawn_taut(reach, origin, ends, chin - middle)


def webbing(fit: Fit, path: NDArray, width_mm: float) -> tuple[Solid, Press]:
    """Return a strap along a way (n, 3) about the head, flat on skin and what is worn, and what it does to hair."""
    ground = head_and_worn(fit)
    for _ in range(3):
        normals = unit(gaussian_filter1d(ground.distance(path)[1], STRAP_SMOOTH, axis=0))
        across = unit(np.cross(tangents(path), normals))
        edges = np.stack([path + side * width_mm * across for side in (-0.5, -0.25, 0, 0.25, 0.5)])
        short = STRAP_GAP_MM - ground.distance(edges.reshape(-1, 3))[0].reshape(edges.shape[:2]).min(0)
        lift = gaussian_filter1d(np.clip(short, 0, 8), 1.0)
        path = path + np.maximum(lift, np.clip(short, 0, 8))[:, None] * normals
    rows = np.linspace(0, len(path) - 1, HELD_FINER * len(path))
    held = [np.stack([np.interp(rows, np.arange(len(path)), axis) for axis in line.T], 1) for line in (path, normals)]
    away = unit(held[1])
    return ribbon(path, across, width_mm, 1.4), press_under_strap(
        held[0] - SUNK_MM * away, away, width_mm / 2 + EDGE_MM
    )
