"""Where cloth lies when it is spread out flat.

Angles come first, then lengths. Source: Levy, Petitjean, Ray, Maillot, ACM Trans. Graph. 21 (2002) 362 (least squares
conformal maps).
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.ndimage import gaussian_filter
from scipy.sparse.linalg import splu

from synthgen.accessories.draping.relax import Swath, resampled, stretched

ROUNDS = 60
"""Of pulling a sheet, once its angles are right, to its lengths."""
STRIDE, SMOOTH = 3, (1.5, 2.5)
"""Steps of the sheet's grid to one of that which is spread, and how far folds are smoothed before angles are taken."""


def flat_places(cloth: Swath) -> NDArray:
    """Return where the points of a sheet lie (n, m, 2) when it is spread out flat, millimetres.

    Angles are kept as well as they can be; the middle column lies on the upright axis, its first row uppermost.
    """
    shape = cloth.held.shape
    n, m = (max(3, round((count - 1) / STRIDE) + 1) for count in shape)
    along, across = (resampled(_summed(length, axis), n, m) for axis, length in enumerate((cloth.along, cloth.across)))
    along, across = _steps(along, 0), _steps(across, 1)
    smooth = resampled(gaussian_filter(cloth.points, (*SMOOTH, 0), mode="nearest"), n, m)
    here, far = smooth[:-1, :-1], smooth[1:, 1:]
    below, beside = smooth[1:, :-1], smooth[:-1, 1:]
    angles = [_angle(below - here, beside - here), _angle(beside - far, below - far)]
    middle = m // 2
    flat = _conformal(along, across, angles, middle, along[:-1, middle].sum())
    return resampled(stretched(_loose(flat, along, across, angles), ROUNDS)[..., :2], *shape)


def _summed(lengths: NDArray, axis: int) -> NDArray:
    """Return how far (n, m) each point lies along its row or column."""
    return np.cumsum(lengths, axis) - lengths


def _steps(places: NDArray, axis: int) -> NDArray:
    """Return the steps (n, m) to the next place; the last once more."""
    steps = np.diff(places, axis=axis)
    return np.concatenate([steps, steps[-1:] if axis == 0 else steps[:, -1:]], axis)


def _angle(a: NDArray, b: NDArray) -> NDArray:
    """Return the angles (n, m) between vectors (n, m, 3), radians."""
    return np.arctan2(np.linalg.norm(np.cross(a, b), axis=-1), (a * b).sum(-1))


def _loose(flat: NDArray, along: NDArray, across: NDArray, angles: list[NDArray]) -> Swath:
    """Return a flat sheet that pulls to its lengths and angles."""
    n, m = along.shape
    a, b = along[:-1, :-1], across[:-1, :-1]
    back = np.sqrt(a**2 + b**2 - 2 * a * b * np.cos(angles[0]))
    # parallelogram law
    down = np.sqrt(np.maximum(a**2 + across[1:, :-1] ** 2 + along[:-1, 1:] ** 2 + b**2 - back**2, 1.0))
    slant = np.pad(np.stack([down, back], -1), ((0, 1), (0, 1), (0, 0)), mode="edge")
    spread = np.concatenate([flat, np.zeros((n, m, 1))], -1)
    return Swath(spread, along, across, slant, np.zeros((n, m)))


def _conformal(along: NDArray, across: NDArray, angles: list[NDArray], middle: int, length: float) -> NDArray:
    """Return the map (n, m, 2) of a grid that keeps its cells' shapes; both ends of the middle column are held."""
    n, m = along.shape
    index = np.arange(n * m).reshape(n, m)
    here, below, beside, far = index[:-1, :-1], index[1:, :-1], index[:-1, 1:], index[1:, 1:]
    cells = []
    for corner, first, second, a, b, angle in (
        (here, below, beside, along[:-1, :-1], across[:-1, :-1], angles[0]),
        (far, beside, below, along[:-1, 1:], across[1:, :-1], angles[1]),
    ):
        # a cell is kept if second - corner is first - corner, turned and scaled
        ratio = (b / np.maximum(a, 1e-9) * np.exp(1j * angle)).ravel()
        weight = np.sqrt(a * b).ravel() / np.maximum(b, 1e-9).ravel()
        cells.append((corner.ravel(), first.ravel(), second.ravel(), ratio, weight))
    corner, first, second, ratio, weight = (np.concatenate(part) for part in zip(*cells, strict=True))
    rows = np.arange(len(corner))
    entries = [(corner, ratio - 1), (first, -ratio), (second, np.ones_like(ratio))]
    matrix = sparse.csr_matrix(
        (
            np.concatenate([weight * value for _, value in entries]),
            (np.tile(rows, 3), np.concatenate([column for column, _ in entries])),
        ),
        (len(corner), n * m),
    )
    held = index[[0, -1], middle]
    free = np.setdiff1d(index.ravel(), held)
    # columns run down, rows to the right: along is -i, and a turn by the angle leads from it to across
    values: NDArray = np.zeros(n * m, complex)
    values[held] = [0, -1j * length]
    inner = matrix[:, free]
    normal = (inner.getH() @ inner).tocsc()
    values[free] = splu(normal).solve(-(inner.getH() @ (matrix[:, held] @ values[held])))
    return np.stack([np.real(values), np.imag(values)], -1).reshape(n, m, 2)
