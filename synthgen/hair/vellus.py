"""Peach fuzz: the fine pale hair of the whole face, seen against the light and at grazing angles, from close by."""

import numpy as np
from numpy.typing import NDArray

from synthgen.hair.roots import Ground, scatter
from synthgen.head.beard import above_jaw_mm, above_lip_mm, angle_deg, beard_area
from synthgen.mesh import unit
from synthgen.noise import noise
from synthgen.ramps import smooth_step
from synthgen.rng import Key
from synthgen.strands import Strands, tapered

HAIRS = 26000
"""Of a face at a factor of 1, if drawn one by one. Source of the order: Otberg et al., J. Invest. Dermatol. 122 (2004)
14: 290 follicles a square centimetre on the forehead, most of them vellus."""
RADIUS_M, PIXEL_SHARE, COARSEST_M = 1.0e-5, 0.05, 2.0e-5
SEEN_MM, FULL_MM = 0.34, 0.22
"""Size of a pixel at the face from which none are drawn, and up to which all are."""
POINTS = 5
PALE = 0.035
"""Concentration of melanin: next to none."""


def vellus_length_mm(rest_mm: NDArray) -> NDArray:
    """Return the mean length (n,) of the fuzz at places (n, 3) of the base mesh; 0 where none grows."""
    x, z, angle = np.abs(rest_mm[:, 0]), rest_mm[:, 2], angle_deg(rest_mm)
    jaw = beard_area(rest_mm - np.array([0, 0, 9.0]))
    temple = smooth_step(angle, 55, 72) * (1 - smooth_step(z, 742, 765))
    length = 0.75 + 1.1 * jaw + 1.6 * temple * smooth_step(z, 640, 680)
    nose = np.exp(-((x / 15) ** 2)) * smooth_step(z, 678, 684) * (1 - smooth_step(z, 735, 750)) * (angle < 40)
    length = length * (1 - 0.75 * nose)
    eye = np.exp(-((((x - 31) / 22) ** 2 + ((z - 729) / 14) ** 2) ** 2)) * (angle < 60)
    lips = (above_lip_mm(rest_mm) < 0.8) & (z > 648) & (x < 27) & (angle < 40)
    low = smooth_step(above_jaw_mm(rest_mm), -34, -8)
    return length * (1 - eye) * ~lips * low


def _near(centres: NDArray) -> NDArray:
    return (centres[:, 2] > 590) & (centres[:, 2] < 806) & (centres[:, 1] < -62)


def build_vellus(amount: float, seed: int, ground: Ground, pixel_mm: float) -> tuple[Strands, ...]:
    """Return the fuzz of a face, or nothing if pixels are too large to see it.

    Args:
        amount: Factor on the number, 1 is usual.
        seed: Of the person's skin.
        ground: The skin.
        pixel_mm: Size of a pixel at the face.
    """
    seen = float(1 - smooth_step(pixel_mm, FULL_MM, SEEN_MM))
    radius = float(np.clip(0.5 * PIXEL_SHARE * pixel_mm * 1e-3, RADIUS_M, COARSEST_M))
    count = int(HAIRS * amount * seen * RADIUS_M / radius)
    if count < 100:
        return ()
    key = Key(f"vellus/{seed}")
    roots = scatter(
        count,
        lambda at: np.clip(vellus_length_mm(at), 0, 1) * (1 - 0.3 * (np.abs(at[:, 0]) < 12)),
        _near,
        key.child("roots"),
        rest=True,
    )
    rng, count = key.child("shape").rng(), len(roots.at)
    start, normal = ground.under(roots)
    length = 1e-3 * vellus_length_mm(roots.at) * np.exp(0.3 * rng.normal(size=count))
    flat = unit(_way(roots.at, key) + 0.35 * rng.normal(size=(count, 3)))
    flat = unit(flat - (flat * normal).sum(1, keepdims=True) * normal)
    lift = np.radians(np.clip(rng.normal(34, 12, count), 8, 70))[:, None, None]
    t = np.linspace(0, 1, POINTS)[None, :, None]
    bow = 0.35 * t * t
    ahead, up = np.cos(lift) * t + np.sin(lift) * bow, np.sin(lift) * (t - bow)
    points = start[:, None] + length[:, None, None] * (ahead * flat[:, None] + up * normal[:, None])
    own = radius * rng.uniform(0.75, 1.25, count)
    pale = (PALE * np.exp(0.4 * rng.normal(size=count))).astype(np.float32)
    shape = tapered(count, POINTS, own, 0.3)
    return (Strands("vellus", points.astype(np.float32), shape, None, "person", "vellus", {"pigment": pale}),)


def _way(rest_mm: NDArray, key: Key) -> NDArray:
    """Return the way (n, 3) it lies: from the middle outwards and down, on the forehead outwards and up."""
    high = smooth_step(rest_mm[:, 2], 745, 775)
    side = np.sign(rest_mm[:, 0]) * smooth_step(np.abs(rest_mm[:, 0]), 0, 14)
    slow = np.stack([noise(rest_mm, 30.0, key.child("way", axis)) for axis in range(3)], 1)
    return np.stack([0.55 * side, np.full(len(side), 0.45), -0.9 + 1.2 * high], 1) + 0.3 * slow
