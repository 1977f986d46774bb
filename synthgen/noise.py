"""Smooth noise at points in space."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from synthgen.rng import Key


def noise(points_mm: NDArray, wavelength_mm: float, key: Key) -> NDArray[np.float32]:
    """Return smooth noise (n,) of unit variance at points (n, 3): cubic B-splines over a random lattice."""
    step = wavelength_mm / 2
    low = points_mm.min(0) - 2 * step
    shape = tuple(np.ceil((points_mm.max(0) - low) / step).astype(int) + 3)
    lattice = key.rng().standard_normal(shape, dtype=np.float32)
    found = map_coordinates(lattice, ((points_mm - low) / step).T, order=3, prefilter=False, mode="nearest")
    return (found / found.std()).astype(np.float32)
