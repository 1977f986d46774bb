"""Keeping hair off the body: what lies too deep is moved out, and what cannot be is cut."""

import numpy as np
from numpy.typing import NDArray

from synthgen.hair.obstacle import Obstacle
from synthgen.hair.shaping import along, cut_before
from synthgen.hair.worn import Worn
from synthgen.ramps import smooth_step

CLEAR_M, CLEAR_SHARE = 0.0011, 0.3
"""How far hairs keep off the skin beyond their first millimetres; short ones no more than a share of their length."""
ON_CLOTHES_M = 0.0036
"""How much farther hair keeps off what lies below the chin: clothes are coarser meshes."""
DEEP_M, LOST_M = -0.0012, -0.025
"""Where a hair cannot be kept outside: after and before it is pushed out."""


def settle(worn: Worn, hairs: NDArray, tucked: NDArray) -> tuple[NDArray, NDArray]:
    """Return hairs kept off the body, those that are not (n,) over the ears cut round them, and what is left of each.

    Roots stay where they are; a hair that cannot be kept outside ends before it goes in.
    """
    reach = np.linalg.norm(hairs[:, -1] - hairs[:, 0], axis=1)[:, None]
    off = np.minimum(np.minimum(CLEAR_SHARE * reach, 0.008) * along(hairs.shape[1]), CLEAR_M)
    off = off + ON_CLOTHES_M * smooth_step(-hairs[..., 2], -0.71, -0.68)
    done, wrong = hairs.copy(), np.zeros(hairs.shape[:2], bool)
    for behind in np.unique(tucked):
        surface, mine = worn.around.beside(behind, worn.style.covers_ears), np.flatnonzero(tucked == behind)
        before = _depth(surface, hairs[mine, 1:])
        near = (before < off[mine, 1:]).any(1)
        mine, before = mine[near], before[near]
        pushed = _rounded(hairs[mine], surface.push_out(hairs[mine], off[mine]))
        pushed[:, 0] = hairs[mine, 0]
        done[mine] = pushed
        wrong[mine, 1:] = (_depth(surface, pushed[:, 1:]) < DEEP_M) | (before < LOST_M)
    wrong[:, 1:] |= worn.around.in_ear(done[:, 1:])
    if not worn.style.covers_ears:
        wrong[tucked] |= worn.around.cloth_before(done[tucked])
    return cut_before(done, wrong)


def _depth(surface: Obstacle, hairs: NDArray) -> NDArray:
    return surface.distance(hairs.reshape(-1, 3))[0].reshape(hairs.shape[:2])


def _rounded(hairs: NDArray, pushed: NDArray) -> NDArray:
    """Return hairs (n, k, 3) that are pushed at least as far, but without a bend at the first point that is."""
    moved = pushed - hairs
    for _ in range(2):
        beside = 0.5 * (moved[:, :-2] + moved[:, 2:])
        less = (moved[:, 1:-1] ** 2).sum(-1) < (beside**2).sum(-1)
        moved[:, 1:-1] = np.where(less[..., None], beside, moved[:, 1:-1])
    return hairs + moved
