"""The form that garments are cut on: the mesh's garment helper, fine, with panels that lie flat.

All places are those of the base mesh at rest, arms held away, in millimetres.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from synthgen.clothing.flatten import flatten
from synthgen.clothing.sheet import in_order, split, whole
from synthgen.head.model import head_model
from synthgen.head.skin import split_quads
from synthgen.subdivision import subdivide

LEVELS = 2
COARSE_BELOW_MM = 115.0, 275.0
"""Triangles of the torso are twice as wide below these heights, in front and behind."""
LOWEST_MM = -62.0
"""Faces of the helper that reach lower are left out."""
PANELS = ("front", "back", "left_front", "left_back", "right_front", "right_back")
APART_MM = np.array([4000.0, 0.0])
"""Between the coordinates of the front and those of other panels: what is printed once is on the front."""
CHEST = (0.0, 385.0)
"""(x, z) of the origin of the front's coordinates."""
ARM_MM = np.array([[168.0, -15.0, 525.0], [313.0, -13.0, 349.0], [431.0, -176.0, 245.0]])
"""Shoulder, elbow and wrist on the left."""
ARMPIT_MM, BETWEEN = (168.0, 451.0), (0.33, -0.94)
"""(x, z) of the armpit, and the way from there down between arm and side."""


@dataclass(frozen=True)
class Form:
    """A fine surface over torso, neck and arms; constant.

    Attributes:
        matrix: (n, v) vertices = matrix @ cage.
        rest_mm: (n, 3).
        triangles: (t, 3).
        panel: (t,) index into `PANELS`.
        uv: (panels, n, 2) millimetres of cloth on each panel; 0 for vertices that are not on it.
    """

    matrix: sparse.csr_matrix
    rest_mm: NDArray[np.float64]
    triangles: NDArray[np.int64]
    panel: NDArray[np.int64]
    uv: NDArray[np.float64]


def angle_of(y: NDArray, x: NDArray) -> NDArray:
    """Return the angle of (x, y), the same bits each time.

    Of columns of a larger array numpy computes it by one of two ways, as the result happens to lie in memory.
    """
    return np.arctan2(np.ascontiguousarray(y), np.ascontiguousarray(x))


def behind_mm(rest_mm: NDArray) -> NDArray:
    """Return how far places (n, 3) lie behind the seams at shoulders, sides and under the arms (n,)."""
    x, y, z = np.abs(rest_mm[:, 0]), rest_mm[:, 1], rest_mm[:, 2]
    side = np.interp(z, [-100, 60, 300, 420, 520, 560, 620], [-25, -25, -40, -18, -12, -8, -18])
    # along an arm the seams follow its axis, which bends forward below the elbow
    forearm = np.clip((x - ARM_MM[1, 0]) / (ARM_MM[2, 0] - ARM_MM[1, 0]), 0, 1)
    arm = ARM_MM[1, 1] + forearm * (ARM_MM[2, 1] - ARM_MM[1, 1])
    share = np.clip((x - 150) / 60, 0, 1)
    return y - (side + share * (arm - side))


def beyond_armhole_mm(rest_mm: NDArray) -> NDArray:
    """Return how far places (n, 3) lie on the arm's side of the armhole (n,)."""
    x, z = np.abs(rest_mm[:, 0]) - ARMPIT_MM[0], rest_mm[:, 2] - ARMPIT_MM[1]
    return np.where(z > 0, x - 0.03 * z, -BETWEEN[1] * x + BETWEEN[0] * z)


def down_arm_mm(rest_mm: NDArray) -> NDArray:
    """Return how far down an arm places (n, 3) lie (n,), from the shoulder joint; on the torso less than that."""
    folded = np.stack([np.abs(rest_mm[:, 0]), rest_mm[:, 1], rest_mm[:, 2]], 1)
    upper, lower = ARM_MM[1] - ARM_MM[0], ARM_MM[2] - ARM_MM[1]
    first, second = np.linalg.norm(upper), np.linalg.norm(lower)
    along = (folded - ARM_MM[0]) @ upper / first
    beyond = (folded - ARM_MM[1]) @ lower / second
    # soft maximum over the bend of the elbow
    return np.where(along < first - 40, along, first + 12 * np.logaddexp((along - first) / 12, beyond / 12) - 8)


def helper_surface(lowest_mm: float, levels: int) -> tuple[sparse.csr_matrix, NDArray, NDArray, NDArray]:
    """Return the garment helper above a height: matrix, rest positions, quads, and coordinates (q, 4, 2)."""
    model = head_model()
    quads, corners = model.quads["shirt"], model.vertices[model.quads["shirt"]] * 1000
    chosen = corners[..., 2].min(1) > lowest_mm
    fine = subdivide(len(model.vertices), quads[chosen], model.quad_uvs["shirt"][chosen], levels)
    used, found = np.unique(fine.quads, return_inverse=True)
    matrix = in_order(fine.matrix[used].astype(np.float64))
    return matrix, matrix @ (model.vertices * 1000), found.reshape(-1, 4), fine.corner_uv


def _thinned(quads: NDArray, rest: NDArray) -> NDArray[np.int64]:
    """Return triangles (t, 3) of refined quads, four of them taken as one again where cloth is far from the face."""
    four = quads.reshape(-1, 4, 4)  # each begins at its parent's corner, then the middle of the parent's next side
    middle = rest[four[:, 0, 2]]
    low = middle[:, 2] < np.where(behind_mm(middle) < 0, *COARSE_BELOW_MM)
    coarse = low & (beyond_armhole_mm(middle) <= 0)
    fine = split_quads(four[~coarse].reshape(-1, 4))
    corners, sides, centre = four[coarse, :, 0], four[coarse, :, 1], four[coarse, 0, 2]
    joined = np.isin(sides, four[~coarse, :, 1])
    whole_quads = ~joined.any(1)
    pieces = [fine, split_quads(corners[whole_quads])]
    for k in range(4):  # a fan where a neighbour is finer
        a, b, middle_of_side = corners[:, k], np.roll(corners, -1, 1)[:, k], sides[:, k]
        halved = joined[:, k]
        pieces.append(np.stack([a, middle_of_side, centre], 1)[halved])
        pieces.append(np.stack([middle_of_side, b, centre], 1)[halved])
        pieces.append(np.stack([a, b, centre], 1)[~halved & ~whole_quads])
    return np.concatenate(pieces)


@lru_cache(maxsize=1)
def form() -> Form:
    """Return the form, made once per process."""
    matrix, rest, quads, _ = helper_surface(LOWEST_MM, LEVELS)
    used, triangles = np.unique(_thinned(quads, rest), return_inverse=True)
    matrix, rest = in_order(matrix[used]), rest[used]
    sheet = whole(len(rest), triangles.reshape(-1, 3))
    for field in (beyond_armhole_mm, behind_mm):
        sheet, _ = split(sheet, field(sheet.weights @ rest))
    matrix, rest = in_order(sheet.weights @ matrix), sheet.weights @ rest
    middle = rest[sheet.triangles].mean(1)
    back, arm = (behind_mm(middle) > 0).astype(np.int64), beyond_armhole_mm(middle) > 0
    panel = np.where(arm, np.where(middle[:, 0] > 0, 2, 4), 0) + back
    return Form(matrix, rest, sheet.triangles, np.asarray(panel, np.int64), _coordinates(rest, sheet.triangles, panel))


def _coordinates(rest: NDArray, triangles: NDArray, panel: NDArray) -> NDArray:
    found = np.zeros((len(PANELS), len(rest), 2))
    for number, way in ((0, 1.0), (1, -1.0)):
        used, local = np.unique(triangles[panel == number], return_inverse=True)
        flat = flatten(rest[used], local.reshape(-1, 3), rest[used, 2])
        near = np.argsort(np.hypot(rest[used, 0] - CHEST[0], rest[used, 2] - CHEST[1]))[:12]
        found[number, used] = flat - flat[near].mean(0)
        assert way * np.corrcoef(flat[:, 0], rest[used, 0])[0, 1] > 0
    found[1] += APART_MM
    for number in (2, 4):
        found[number : number + 2] = _sleeve(rest, triangles, panel, number) + APART_MM
    return found


def _sleeve(rest: NDArray, triangles: NDArray, panel: NDArray, number: int) -> NDArray:
    """Return the coordinates (2, n, 2) of a sleeve's front and back, one piece that is open under the arm."""
    chosen = np.isin(panel, (number, number + 1))
    corners, behind = triangles[chosen], panel[chosen] == number + 1
    seam = np.intersect1d(corners[behind], corners[~behind])
    share = np.clip((np.abs(rest[seam, 0]) - ARM_MM[0, 0]) / (ARM_MM[2, 0] - ARM_MM[0, 0]), 0, 1)
    axis = np.interp(share * 263, [0, 145, 263], ARM_MM[:, 2])
    under = seam[rest[seam, 2] < axis]
    twin = np.arange(len(rest))
    twin[under] = len(rest) + np.arange(len(under))
    corners = np.where(behind[:, None], twin[corners], corners)
    places = np.concatenate([rest, rest[under]])
    used, local = np.unique(corners, return_inverse=True)
    flat = flatten(places[used], local.reshape(-1, 3), -down_arm_mm(places[used]))
    both = np.zeros((len(places), 2))
    both[used] = flat
    return np.stack([both[: len(rest)], both[twin]])
