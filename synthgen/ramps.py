"""Smooth transitions between two values."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def smooth_step(value: ArrayLike, low: ArrayLike, high: ArrayLike) -> NDArray:
    """Return 0 below `low`, 1 above `high`, smooth between."""
    t = np.clip((np.asarray(value) - low) / (np.asarray(high) - low), 0, 1)
    return t * t * (3 - 2 * t)
