"""Maps about an eye's axis: rows outwards, columns once around. Noise on them closes without a seam."""

import numpy as np
from numpy.typing import NDArray

from synthgen.rng import Key

Map = NDArray[np.float32]


def ring_noise(key: Key, columns: int, wavelength: float, rows: int = 1) -> Map:
    """Return periodic noise (rows, columns) of unit variance; rows are independent.

    Args:
        key: Address of the draw.
        columns: Once around.
        wavelength: Of the noise, columns; twice the standard deviation of the Gaussian it is smoothed with, times pi.
    """
    white = key.rng().standard_normal((rows, columns), dtype=np.float32)
    frequency = np.fft.rfftfreq(columns)
    smooth = np.exp(-0.5 * (frequency * wavelength) ** 2)
    noise = np.fft.irfft(np.fft.rfft(white, axis=1) * smooth, columns, axis=1)
    return (noise / np.sqrt((noise**2).mean())).astype(np.float32)


def polar_noise(key: Key, shape: tuple[int, int], rows: float, columns: float) -> Map:
    """Return noise of unit variance, smooth over so many rows and columns; it closes around the columns."""
    height, width = shape
    knots = max(2, round(height / rows) + 3)
    at = np.linspace(1, knots - 2, height) if knots > 3 else np.linspace(0.5, knots - 1.5, height)
    away = np.abs(at[:, None] - np.arange(knots))
    cubic = np.where(away < 1, 2 / 3 - away**2 + away**3 / 2, np.clip(2 - away, 0, None) ** 3 / 6)
    noise = cubic.astype(np.float32) @ ring_noise(key, width, columns, knots)
    return noise / np.sqrt((noise**2).mean())


def swept(values: Map, by: Map) -> Map:
    """Return a map turned about the axis by so many columns (h, w) at each place."""
    height, width = values.shape
    at = np.arange(width, dtype=np.float32) + by
    low = np.floor(at)
    share, column = at - low, low.astype(np.int32) % width
    row = np.arange(height)[:, None]
    return values[row, column] * (1 - share) + values[row, (column + 1) % width] * share


def rings(values: NDArray, centre: NDArray | float, width: NDArray | float) -> NDArray:
    """Return a soft ring: 1 where the values are at its centre, falling as a Gaussian of this width."""
    return np.exp(-(((values - centre) / width) ** 2))
