"""What lies on lenses: smudges with the ridges of fingers, dust, scratches. As the share of light that they scatter."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from synthgen.noise import noise
from synthgen.rng import Key

SIZE_MM = np.array([72.0, 54.0])
"""What the map of a lens covers, about the middle of the lens."""
PIXELS = (384, 512)
RIDGE_MM, FINGER_MM = 0.46, (6.5, 9.0)
"""Period of the ridges of a finger, and half axes of its print. Source for the first: Kücken and Champod, Journal of
Theoretical Biology 331 (2013) 71, about 0.45 mm in adults."""
FINGERS, SPECKS, SCRATCHES = 7, 320, 40
"""How many there are at an amount of 1."""


@lru_cache(maxsize=4)
def dirt_map(smudges: float, dust: float, scratches: float, seed: int) -> NDArray[np.float32]:
    """Return the share (h, 2 w) of light that a pair of lenses scatters, left lens first, the lowest row first.

    Args:
        smudges: Amount of grease, 0 to 1.
        dust: Amount of dust, 0 to 1.
        scratches: Amount of scratches, 0 to 1.
        seed: Of their places.
    """
    key = Key(f"glasses_dirt/{seed}")
    sides = [
        1 - (1 - _smudges(smudges, side)) * (1 - _dust(dust, side)) * (1 - _scratches(scratches, side))
        for side in (key.child("left"), key.child("right"))
    ]
    return np.clip(np.concatenate(sides, axis=1), 0, 1).astype(np.float32)


def lens_coordinates(flat_mm: NDArray, side: str) -> NDArray:
    """Return where points (..., 2) of a lens lie on the map (..., 2): of the left or the right half."""
    u, v = np.moveaxis(flat_mm / SIZE_MM + 0.5, -1, 0)
    return np.stack([(np.clip(u, 0.01, 0.99) + (side == "right")) / 2, np.clip(v, 0.01, 0.99)], -1)


def _grid() -> tuple[NDArray, NDArray]:
    """Return x and z (h, w) of the pixels of one lens, millimetres from its middle."""
    h, w = PIXELS
    x = ((np.arange(w) + 0.5) / w - 0.5) * SIZE_MM[0]
    z = ((np.arange(h) + 0.5) / h - 0.5) * SIZE_MM[1]
    across, up = np.meshgrid(x, z)
    return across, up


def _patches(wavelength_mm: float, key: Key, longer: float = 1.0, turn: float = 0.0) -> NDArray:
    """Return noise (h, w) of a wavelength, so many times longer along a direction, radians."""
    x, z = _grid()
    along, across = np.cos(turn) * x + np.sin(turn) * z, np.cos(turn) * z - np.sin(turn) * x
    points = np.stack([along.ravel() / longer, across.ravel(), np.zeros(x.size)], 1)
    return noise(points, wavelength_mm, key).reshape(x.shape)


def _smudges(amount: float, key: Key) -> NDArray:
    """Return a veil of grease wiped about, and prints of fingers."""
    if not amount:
        return np.zeros(PIXELS)
    x, z = _grid()
    rng = key.child("smudges").rng()
    turn = rng.uniform(-0.6, 0.6)
    wiped = _patches(9.0, key.child("wiped"), 2.0, turn) + 0.5 * _patches(2.2, key.child("streaks"), 4.0, turn)
    found = 0.09 * amount * np.clip(0.4 + 0.5 * wiped, 0, 2)
    blots = _patches(3.0, key.child("blots"))
    for _ in range(round(FINGERS * amount)):
        turn, middle = rng.uniform(0, np.pi), rng.uniform(-0.45, 0.45, 2) * SIZE_MM
        u = np.cos(turn) * (x - middle[0]) + np.sin(turn) * (z - middle[1])
        v = -np.sin(turn) * (x - middle[0]) + np.cos(turn) * (z - middle[1])
        inside = np.clip(1.25 - (u / FINGER_MM[0]) ** 2 - (v / FINGER_MM[1]) ** 2, 0, 1)
        ridges = 0.5 + 0.5 * np.sin(2 * np.pi * (np.hypot(u, v - 1.5 - 0.04 * u**2) + 0.25 * blots) / RIDGE_MM)
        strength = rng.uniform(0.1, 0.3) * (0.4 + 0.6 * amount)
        found = np.maximum(found, strength * inside * np.clip(0.75 + 0.35 * blots, 0.1, 1) * (0.35 + 0.65 * ridges))
    return np.clip(found, 0, 0.6)


def _dust(amount: float, key: Key) -> NDArray:
    """Return specks of dust, most of them fine."""
    found = np.zeros(PIXELS)
    rng = key.child("dust").rng()
    for count, size_px, peak in ((0.85, 0.6, 0.4), (0.15, 1.1, 0.6)):
        specks = np.zeros(PIXELS)
        number = round(SPECKS * amount * count)
        specks[rng.integers(PIXELS[0], size=number), rng.integers(PIXELS[1], size=number)] = 1
        found = np.maximum(found, peak * gaussian_filter(specks, size_px) * 2 * np.pi * size_px**2)
    return np.clip(found, 0, 0.9)


def _scratches(amount: float, key: Key) -> NDArray:
    """Return fine scratches."""
    found = np.zeros(PIXELS)
    rng = key.child("scratches").rng()
    for _ in range(round(SCRATCHES * amount)):
        start, turn = rng.uniform(0, 1, 2) * PIXELS, rng.uniform(0, np.pi)
        along = np.linspace(0, rng.uniform(10, 70), 300)
        bent = turn + rng.normal(0, 0.12) * along / 90
        line = np.rint(start + np.stack([np.sin(bent), np.cos(bent)], 1) * along[:, None]).astype(int)
        kept = line[((line >= 0) & (line < PIXELS)).all(1)]
        found[kept[:, 0], kept[:, 1]] = rng.uniform(0.06, 0.3)
    return np.clip(1.6 * gaussian_filter(found, 0.6), 0, 0.8)
