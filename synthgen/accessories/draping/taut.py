"""Cloth pulled taut over what is below it: the start of every sheet."""

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.draping.ground import SINKS_MM, planes
from synthgen.accessories.surfaces import Surface

LOOK_EVERY = 5


def taut(
    points: NDArray, below: Surface, fixed: NDArray, clearance_mm: float, rounds: int, across: float = 0.25
) -> NDArray:
    """Return a grid of points pulled smooth between its fixed ones and kept off what is below.

    Args:
        points: (n, m, 3) rows along which the cloth runs, columns side by side.
        below: What it lies on.
        fixed: (n, m) points that stay.
        clearance_mm: Between what is below and the cloth.
        rounds: Of smoothing.
        across: Pull between columns, as a share of the whole; without it columns span hollows like strings.
    """
    grid = points.copy()
    flat = grid.reshape(-1, 3)
    loose = ~fixed
    for step in range(rounds):
        if step % LOOK_EVERY == 0:
            at, normal = planes(below, flat, SINKS_MM)
        grid[...] = np.where(loose[..., None], 0.5 * grid + 0.5 * _around(grid, across), grid)
        height = np.einsum("ij,ij->i", flat - at, normal) - clearance_mm
        flat += np.where((height < 0) & loose.ravel(), -height, 0)[:, None] * normal
    return grid


def _around(grid: NDArray, across: float) -> NDArray:
    """Return the weighted mean of each point's neighbours in a grid (n, m, k); ends of columns stay."""
    up, side = grid.copy(), grid.copy()
    up[1:-1] = (grid[:-2] + grid[2:]) / 2
    side[:, 1:-1] = (grid[:, :-2] + grid[:, 2:]) / 2
    return (1 - across) * up + across * side
