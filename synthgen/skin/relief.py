"""The fine shape of skin as a tile: lines and grain, and pores.

Baked once and looked up as an image: far cheaper to render than procedural noise, which costs a path tracer three
evaluations wherever light leaves the skin.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.spatial import KDTree

from synthgen.rng import Key

TILE_PX, TILE_MM = 512, 22.0
UV_PER_M = 0.93
"""Texture coordinates per metre of MakeHuman's face."""
TILES_PER_UV = 1 / (UV_PER_M * TILE_MM * 1e-3)

_LINES = ((0.65, 0.022), (0.32, 0.010))
"""Cell size and depth in mm of the net of skin lines. Source: Hashimoto, J. Invest. Dermatol. 62 (1974): 0.2-1 mm."""
_GRAIN_MM = 0.018
_PORE_SPACING_MM, _PORE_RADIUS_MM, _PORE_DEPTH_MM = 0.85, 0.14, 0.075


@lru_cache(maxsize=1)
def relief_tile() -> NDArray[np.float32]:
    """Return heights (512, 512, 2) in mm of a tile that repeats every 22 mm: lines with grain, and pores."""
    key = Key("skin/relief")
    grid = (np.arange(TILE_PX) + 0.5) * TILE_MM / TILE_PX
    warp = 0.25 * _periodic_noise(key.child("warp"), 1.2)
    places = np.stack(np.meshgrid(grid, grid, indexing="ij"), -1) + warp[..., None] * [1.0, -1.0]
    places = places.reshape(-1, 2) % TILE_MM
    lines = _GRAIN_MM * _periodic_noise(key.child("grain"), 0.12) * 0.5
    for n, (cell, depth) in enumerate(_LINES):
        points = key.child("lines", n).rng().uniform(0, TILE_MM, (round((TILE_MM / cell) ** 2), 2))
        near, _ = KDTree(points, boxsize=TILE_MM).query(places, k=2)
        ridge = np.clip((near[:, 1] - near[:, 0]) / (0.35 * cell), 0, 1).reshape(TILE_PX, TILE_PX)
        lines = lines + depth * ridge
    rng = key.child("pores").rng()
    pores = rng.uniform(0, TILE_MM, (round((TILE_MM / _PORE_SPACING_MM) ** 2), 2))
    size = np.exp(rng.normal(0, 0.35, len(pores)))
    distance, owner = KDTree(pores, boxsize=TILE_MM).query(places)
    pit = np.exp(-((distance / (_PORE_RADIUS_MM * size[owner])) ** 2)) * np.minimum(size[owner], 1.6)
    return np.stack([lines, -_PORE_DEPTH_MM * pit.reshape(TILE_PX, TILE_PX)], -1).astype(np.float32)


def _periodic_noise(key: Key, wavelength_mm: float) -> NDArray[np.float64]:
    """Return smooth periodic noise (512, 512) of unit variance."""
    white = key.rng().standard_normal((TILE_PX, TILE_PX))
    smooth = gaussian_filter(white, wavelength_mm / 2.5 * TILE_PX / TILE_MM, mode="wrap")
    return smooth / smooth.std()
