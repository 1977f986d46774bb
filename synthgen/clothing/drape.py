"""Draping: a pattern on a posed body, loose, in folds, outside of what lies under it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, map_coordinates

from synthgen.accessories.kind import HoodPose
from synthgen.clothing.form import angle_of, form
from synthgen.clothing.pattern import Field, Pattern, averaging
from synthgen.clothing.relax import ROUNDS, Fullness, Ground, buckled, evened, taut
from synthgen.clothing.sleeves import below_arms, long_sleeved, sleeve_falls
from synthgen.head.model import Points, head_model
from synthgen.head.skin import split_quads
from synthgen.mesh import Mesh, as_one, edges_of, face_normals, unit, vertex_normals
from synthgen.ramps import smooth_step
from synthgen.rays import RayScene

SECTORS, LEVEL_M, FALL = 96, 0.006, 0.10
"""Sectors about the body, height of a level, and how fast loose cloth draws in below what it hangs from."""
ROUNDED_M, ROUNDED_ROUNDS = 0.003, 8
"""How far cloth stands off where it turns from what it lies on to falling, and how far that is evened, in edges."""
RESTS = 0.7
"""Share of the ease that is gone where cloth lies on the body from above."""
CLEAR_M = 0.0008
"""Least way from body to cloth."""
SKIN_M, TOP_M = 0.010, 0.63
"""Skin lies no farther than this outside the form; and the height at rest above which there is only head."""
THICKEST_M, PLAIN_M, BESIDE_M = 0.03, 0.02, 0.004
"""What is worn lies no farther than this from the body; away from the neck; and where other limbs are in the way."""
FILL_ROUNDS, EVEN_ROUNDS = 4, 6
"""How far hollows of what is worn below are filled, in edges, and how much steps are evened after that."""
COVERED_ROUNDS = 30
"""Of folding what is worn below other clothes."""
ROOM_SHARE, ACROSS_M, FREE_M = 0.5, 0.14, 1.0
"""Share of the room between arm and side that cloth of either takes, how thick an arm is, and room without end."""
RAISED_ROUNDS = 3
"""How far, in edges, the ways that plackets and pockets are raised are evened."""
FALLS, STANDS_OFF = 0.7, (0.9, 0.2)
"""How far sleeves move down from the arm, and short and long ones away from it, as shares of how far they fall."""


@dataclass(frozen=True)
class Dummy:
    """What cloth is draped over.

    Attributes:
        points: (n, 3) of the form on a posed body, metres.
        normals: (n, 3) there.
        floor_m: (n,) how far cloth stays above the form: where skin or what is worn below is.
        below: (n, 3) the way cloth falls from arms; see `below_arms`.
        room_m: (n,) how far cloth may stand off before it meets an arm or the side.
        covered: Of what is to be worn over it, how far inside places (n, 3) at rest lie, millimetres: there cloth lies
            closer.
        hood: How a hood lies.
    """

    points: Points
    normals: NDArray
    floor_m: NDArray
    below: NDArray
    room_m: NDArray
    covered: Field | None = None
    hood: HoodPose = "down"

    def wearing(self, meshes: Sequence[Mesh]) -> "Dummy":
        """Return the body with clothes on, for what goes over them."""
        height = _height_of(*as_one(meshes), self.points, self.normals, THICKEST_M, BESIDE_M)
        rest = form().rest_mm
        collared = (rest[:, 2] > 470) & (np.abs(rest[:, 0]) < 125)
        height = np.minimum(height, np.where(collared, THICKEST_M, PLAIN_M))
        return replace(self, floor_m=_evened(np.maximum(height, self.floor_m)))


def dummy(posed_cage: Points, hood: HoodPose = "down") -> Dummy:
    """Return a posed body (cage vertices (v, 3), metres) without clothes."""
    base = form()
    points = base.matrix @ posed_cage
    normals = vertex_normals(points, base.triangles)
    skin = _height_of(posed_cage, _body(), points, normals, SKIN_M, 0.0)
    average = averaging(base.triangles, len(skin))
    floor = np.maximum(skin, average @ (average @ skin))
    return Dummy(points, normals, floor, below_arms(points), _room(points, normals), hood=hood)


@lru_cache(maxsize=1)
def _body() -> NDArray[np.int32]:
    """Return the triangles (t, 3) of the base mesh's body below the chin."""
    model = head_model()
    quads = model.quads["body"]
    return split_quads(quads[model.vertices[quads][..., 2].min(1) < TOP_M]).astype(np.int32)


def _height_of(
    vertices: Points, triangles: NDArray, points: Points, normals: NDArray, reach_m: float, beside_m: float
) -> NDArray:
    """Return how high above points (n, 3) a surface lies along their normals (n,), 0 where it is not within reach.

    Where what is met faces back, as the inside of an arm does beside the chest, that is `beside_m`.
    """
    hit, distance = RayScene(vertices, triangles).first_hit(points + normals * reach_m, -normals, reach_m)
    facing = (face_normals(vertices, triangles)[hit] * normals).sum(1) > 0
    return np.where(hit >= 0, np.where(facing, reach_m - distance, beside_m), 0.0)


def _room(points: Points, normals: NDArray) -> NDArray:
    """Return how far cloth may stand off (n,): a share of the way from points of the form to another part of it."""
    triangles = form().triangles
    start = points + normals * BESIDE_M / 4
    hit, distance = RayScene(points, triangles).first_hit(start, normals, ACROSS_M)
    inside = (face_normals(points, triangles)[hit] * normals).sum(1) > 0
    return np.where(hit >= 0, np.where(inside, 0.0, ROOM_SHARE * distance), FREE_M)


def _evened(height: NDArray) -> NDArray:
    """Return heights (n,) above the form with hollows filled and steps made even."""
    base = form()
    a, b = edges_of(base.triangles).T
    for _ in range(FILL_ROUNDS):
        wide = height.copy()
        np.maximum.at(wide, a, height[b])
        np.maximum.at(wide, b, height[a])
        height = wide
    return evened(height, averaging(base.triangles, len(height)), EVEN_ROUNDS)


def drape(
    pattern: Pattern,
    body: Dummy,
    ease_m: NDArray,
    full: Fullness,
    hang: NDArray,
    slack: float = 1.0,
    raised_m: NDArray | float = 0.0,
    held: NDArray | float = 0.0,
) -> Points:
    """Return the garment's vertices (n, 3) on a body, metres.

    Args:
        pattern: The garment.
        body: What it is worn over.
        ease_m: (n,) distance added between body and cloth.
        full: What folds come from.
        hang: (n,) share of the way to cloth that falls straight from chest, shoulder blades and belly.
        slack: Length of the cloth against what the body needs before it lies in folds.
        raised_m: (n,) height of what lies on top.
        held: (n,) share of each correction that is not made, as at a tight neckline.
    """
    under, normals = pattern.weights @ body.points, unit(pattern.weights @ body.normals)
    lying = pattern.weights @ body.floor_m
    way, room = pattern.weights @ body.below, pattern.weights @ body.room_m
    beneath = np.einsum("ij,ij->i", way, normals)
    resting = 1 - RESTS * np.clip(np.maximum(normals[:, 2], -beneath), 0, 1)
    cloth = under + normals * (ease_m * resting + lying)[:, None]
    falls = np.minimum(sleeve_falls(pattern.rest_mm, beneath, ease_m), room)[:, None]
    cloth = cloth + (FALLS * way + STANDS_OFF[long_sleeved(pattern.rest_mm)] * normals) * falls
    cloth = cloth + hang[:, None] * _fallen(pattern, cloth)
    ground = Ground(under, normals, lying + CLEAR_M, np.maximum(room, lying + CLEAR_M))
    loose = np.broadcast_to(1 - np.asarray(held), len(cloth))
    rounds = COVERED_ROUNDS if body.covered else ROUNDS
    cloth = buckled(pattern, taut(pattern, cloth, slack, loose, ground), full, loose, ground, rounds)
    out = unit(evened(vertex_normals(cloth, pattern.triangles), pattern.smoothing, RAISED_ROUNDS))
    return ground.lifted(cloth + out * np.broadcast_to(raised_m, len(cloth))[:, None])


def _fallen(pattern: Pattern, cloth: Points) -> NDArray:
    """Return how cloth (n, 3) moves outwards if below the widest places it falls straight."""
    torso = np.isin(pattern.panel, (0, 1))
    on = np.unique(pattern.triangles[torso])
    centre = np.array([0.0, cloth[on, 1].mean(), 0.0])
    away = (cloth - centre) * [1, 1, 0]
    radius = np.linalg.norm(away, axis=1)
    angle = angle_of(away[:, 1], away[:, 0]) / (2 * np.pi) * SECTORS
    top = cloth[on, 2].max()
    level = (top - cloth[:, 2]) / LEVEL_M
    count = int(level[on].max()) + 2
    grid = np.zeros((count, SECTORS))
    i, j = level[on].astype(int), np.floor(angle[on]).astype(int) % SECTORS
    np.maximum.at(grid, (i, j), radius[on])
    for row in range(1, count):
        grid[row] = np.where(grid[row] == 0, grid[row - 1], grid[row])
    below = _below_arms(pattern.rest_mm[on, 2], level[on])
    for row in range(below, count):
        grid[row] = np.maximum(grid[row], grid[row - 1] - FALL * LEVEL_M)
    grid = gaussian_filter1d(gaussian_filter1d(grid, 2.0, axis=1, mode="wrap"), 6.0, axis=0, mode="nearest")
    found = np.zeros(len(cloth))
    found[on] = map_coordinates(grid, [level[on], angle[on] - 0.5], order=1, mode="grid-wrap")
    more = np.clip(found + ROUNDED_M - radius, 0, 0.08) * smooth_step(level, below - 3, below + 8)
    more = evened(more * np.isin(np.arange(len(cloth)), on), pattern.smoothing, ROUNDED_ROUNDS)
    return unit(away) * more[:, None]


def _below_arms(rest_z: NDArray, level: NDArray) -> int:
    """Return the level of the armpits."""
    near = np.abs(rest_z - 435) < 15
    return int(level[near].mean()) if near.any() else 0
