"""Where cloth lies when it is spread out flat.

Angles come first, then lengths. Source: Levy, Petitjean, Ray, Maillot, ACM Trans. Graph. 21 (2002) 362 (least squares
conformal maps).
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import splu

from synthgen.accessories.draping.relax import Swath, resampled, stretched

ROUNDS = 60
"""Of pulling a sheet, once its angles are right, to its lengths."""
STRIDE = 3
"""Steps of the sheet's grid to one of that which is spread."""


def flat_places(cloth: Swath) -> NDArray:
    """Return where the points of a sheet lie (n, m, 2) when it is spread out flat, millimetres.

    Angles are kept as well as they can be; the middle column lies on the upright axis, its first row uppermost.
    """
    shape = cloth.held.shape
    n, m = (max(3, round((count - 1) / STRIDE) + 1) for count in shape)
    down, side = (shape[0] - 1) / (n - 1), (shape[1] - 1) / (m - 1)
    along = resampled(cloth.along, n, m) * down
    across = resampled(cloth.across, n, m) * side
    # the slant of a long cell has the angle of a short one
    angle = _corner(cloth.along, cloth.across, cloth.slant[..., 1])
    angle = resampled(angle, n, m)
    middle = m // 2
    length = along[:-1, middle].sum()
    flat = _conformal(along, across, angle, middle, length)
    slant = [np.sqrt(along**2 + across**2 - sign * 2 * along * across * np.cos(angle)) for sign in (-1, 1)]
    spread = np.concatenate([flat, np.zeros((n, m, 1))], -1)
    loose = Swath(spread, along, across, np.stack(slant, -1), np.zeros((n, m)))
    return resampled(stretched(loose, ROUNDS)[..., :2], *shape)


def _corner(along: NDArray, across: NDArray, slant: NDArray) -> NDArray:
    """Return the angle (n, m) of each cell between its column and its row, radians: the law of cosines."""
    cosine = (along**2 + across**2 - slant**2) / np.maximum(2 * along * across, 1e-9)
    return np.arccos(np.clip(cosine, -0.95, 0.95))


def _conformal(along: NDArray, across: NDArray, angle: NDArray, middle: int, length: float) -> NDArray:
    """Return the map (n, m, 2) of a grid that keeps its cells' shapes; both ends of the middle column are held."""
    n, m = along.shape
    index = np.arange(n * m).reshape(n, m)
    here, below, beside, far = index[:-1, :-1], index[1:, :-1], index[:-1, 1:], index[1:, 1:]
    turn = np.exp(1j * angle[:-1, :-1])
    cells = []
    for corner, first, second, a, b in (
        (here, below, beside, along[:-1, :-1], across[:-1, :-1]),
        (far, beside, below, along[:-1, 1:], across[1:, :-1]),
    ):
        # a cell is kept if second - corner is first - corner, turned and scaled
        ratio = (b / np.maximum(a, 1e-9) * turn).ravel()
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
