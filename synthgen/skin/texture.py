"""What maps of skin are painted with: noise, spots and lines. The same at any size, only finer or coarser."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from synthgen.noise import noise
from synthgen.ramps import smooth_step
from synthgen.rng import Key
from synthgen.skin.atlas import COARSE, Atlas, atlas

Map = NDArray[np.float32]

MAP_PER_MM = 0.0029
"""Map coordinates per millimetre of the face; the mean of both axes, which are 12% apart."""
_FACE_ASPECT = 1.25
"""Height of a texel over its width, on the face."""
_SPOT_RADII = 2.2
"""Spots are drawn this many radii wide: beyond, they are under 1% of themselves."""


def enlarge(coarse: Map, size: int) -> Map:
    """Return a map at a size, from a coarse one."""
    return np.asarray(cv2.resize(coarse, (size, size), interpolation=cv2.INTER_LINEAR), np.float32)


def broad_noise(wavelength_mm: float, key: Key) -> Map:
    """Return noise of unit variance on the coarse grid: in space, so that no seam shows. For 5 mm and more."""
    flat = atlas(COARSE)
    return noise(flat.rest_mm.reshape(-1, 3), wavelength_mm, key).reshape(COARSE, COARSE)


def fine_noise(size: int, wavelength_mm: float, key: Key) -> Map:
    """Return noise (size, size) of about unit variance: a random lattice, the same for every size, interpolated."""
    lattice = round(1 / (MAP_PER_MM * wavelength_mm / 2))
    values = key.rng().standard_normal((lattice, lattice), dtype=np.float32)
    method = cv2.INTER_CUBIC if size >= lattice else cv2.INTER_AREA
    return cv2.resize(values, (size, size), interpolation=method) * np.float32(1.35)


@lru_cache(maxsize=6)
def unstretched(size: int) -> Map:
    """Return 1 where texels are as tall and wide as on the face, falling to 0.35 where noise would look drawn out."""
    across, down = atlas(COARSE).texel_mm
    ratio = across / down * _FACE_ASPECT
    return enlarge(1 - 0.65 * smooth_step(np.maximum(ratio, 1 / ratio), 1.3, 1.9), size)


@dataclass(frozen=True)
class Spots:
    """Spots on the face.

    Attributes:
        at: (n, 2) centre in map coordinates, from the top left.
        radius_mm: (n,).
        strength: (n,).
        stretch: (n,) length over width.
        angle: (n,) radians.
    """

    at: NDArray
    radius_mm: NDArray
    strength: NDArray
    stretch: NDArray
    angle: NDArray

    def first(self, count: int) -> "Spots":
        """Return the first few."""
        return Spots(*(getattr(self, name)[:count] for name in self.__dataclass_fields__))


def scatter_spots(
    key: Key, per_mm2: Map, radius_mm: float, spread: float, strength: tuple[float, float] = (1.0, 1.0)
) -> Spots:
    """Draw spots with a density (256, 256) on the coarse grid, their radius log-normal with a spread."""
    flat = atlas(COARSE)
    across, down = flat.texel_mm
    expected = (np.clip(per_mm2, 0, None) * across * down * flat.inside).astype(float).ravel()
    rng, total = key.rng(), float(expected.sum())
    count = int(rng.poisson(total))
    cells = np.searchsorted(np.cumsum(expected) / max(total, 1e-12), rng.random(count)).clip(max=expected.size - 1)
    rows, columns = np.divmod(cells, COARSE)
    return Spots(
        at=(np.stack([columns, rows], -1) + rng.random((count, 2))) / COARSE,
        radius_mm=radius_mm * np.exp(rng.normal(0, spread, count)),
        strength=rng.uniform(*strength, count),
        stretch=rng.uniform(1.0, 1.7, count),
        angle=rng.uniform(0, np.pi, count),
    )


def paint_spots(spots: Spots, flat: Atlas, sharpness: float = 1.5) -> Map:
    """Return the strongest spot at each texel (N, N); sharpness 1 is a Gaussian, more has a flatter top."""
    painted = np.zeros((flat.size, flat.size), np.float32)
    if not len(spots.at):
        return painted
    centre = spots.at * flat.size - 0.5
    column, row = np.clip(np.rint(centre).astype(int), 0, flat.size - 1).T
    across, down = (sizes[row, column] for sizes in flat.texel_mm)
    # a spot below the grid's step is as wide as a texel, and as much fainter
    least = 0.55 * np.sqrt(across * down)
    radius = np.maximum(spots.radius_mm, least)
    strength = spots.strength * np.minimum(1, (spots.radius_mm / least) ** 2)
    reach = np.ceil(_SPOT_RADII * radius * np.sqrt(spots.stretch) / np.minimum(across, down)).astype(int)
    for most in np.unique(2 ** np.ceil(np.log2(np.maximum(reach, 1))).astype(int)):
        mine = np.flatnonzero((reach <= most) & (reach > most // 2))
        steps = np.arange(-most, most + 1)
        dx, dy = (grid.ravel()[None] for grid in np.meshgrid(steps, steps))
        columns, rows = column[mine, None] + dx, row[mine, None] + dy
        x = (columns - centre[mine, None, 0]) * across[mine, None]
        y = (rows - centre[mine, None, 1]) * down[mine, None]
        c, s = np.cos(spots.angle[mine, None]), np.sin(spots.angle[mine, None])
        long = np.sqrt(spots.stretch[mine, None])
        square = ((c * x + s * y) / long) ** 2 + ((c * y - s * x) * long) ** 2
        value = strength[mine, None] * np.exp(-((square / radius[mine, None] ** 2) ** sharpness))
        good = (columns >= 0) & (rows >= 0) & (columns < flat.size) & (rows < flat.size)
        np.maximum.at(painted, (rows[good], columns[good]), value[good].astype(np.float32))
    return painted


def line_distance(points: NDArray, flat: Atlas, reach_mm: float) -> tuple[tuple[slice, slice], Map, Map] | None:
    """Measure how far texels are from a line through points (n, 2) in map coordinates.

    Returns:
        The patch of the map that comes within reach, distances in it in mm, and the place along the line from 0 to 1;
        None if the line lies outside.
    """
    at = points * flat.size - 0.5
    column, row = np.clip(np.rint(at).astype(int), 0, flat.size - 1).T
    mm = np.array([sizes[row, column].mean() for sizes in flat.texel_mm])
    low = np.maximum(np.floor(at.min(0) - reach_mm / mm).astype(int), 0)
    high = np.minimum(np.ceil(at.max(0) + reach_mm / mm).astype(int) + 1, flat.size)
    if (high <= low).any():
        return None
    x, y = np.meshgrid(np.arange(low[0], high[0]), np.arange(low[1], high[1]))
    texels = np.stack([x, y], -1).astype(np.float32) * mm.astype(np.float32)
    corners = (at * mm).astype(np.float32)
    nearest = np.full(x.shape, np.inf, np.float32)
    along = np.zeros(x.shape, np.float32)
    for k, (start, end) in enumerate(pairwise(corners)):
        step = end - start
        t = np.clip(((texels - start) @ step) / max(float(step @ step), 1e-9), 0, 1)
        away = texels - start - t[..., None] * step
        square = np.einsum("ijk,ijk->ij", away, away)
        closer = square < nearest
        nearest[closer] = square[closer]
        along[closer] = (k + t[closer]) / (len(corners) - 1)
    return (slice(low[1], high[1]), slice(low[0], high[0])), np.sqrt(nearest), along
