"""Draping: a pattern on a posed body, loose, in folds, outside of what lies under it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, map_coordinates

from synthgen.accessories.kind import HoodPose
from synthgen.clothing.form import angle_of, form
from synthgen.clothing.pattern import Pattern, averaging
from synthgen.head.model import Points, head_model
from synthgen.head.skin import split_quads
from synthgen.mesh import Mesh, as_one, edges_of, face_normals, unit, vertex_normals
from synthgen.rays import RayScene

SECTORS, LEVEL_M, FALL = 96, 0.006, 0.10
"""Sectors about the body, height of a level, and how fast loose cloth draws in below what it hangs from."""
RESTS = 0.85
"""Share of the ease that is gone where cloth lies on the body from above."""
CLEAR_M = 0.0008
"""Least way from body to cloth."""
SKIN_M, TOP_M = 0.010, 0.63
"""Skin lies no farther than this outside the form; and the height at rest above which there is only head."""
THICKEST_M, PLAIN_M, BESIDE_M = 0.03, 0.014, 0.004
"""What is worn lies no farther than this from the body; away from the neck; and where other limbs are in the way."""
FILL_ROUNDS, EVEN_ROUNDS = 4, 6
"""How far hollows of what is worn below are filled, in edges, and how much steps are evened after that."""
ALIKE_ROUNDS = 12
"""How far, in edges, movement along the cloth is evened."""
PULL, SOFT = 0.9, 0.5
"""Share of what is too long that each round takes back, and of the way to the neighbours' mean every fourth round."""


@dataclass(frozen=True)
class Dummy:
    """What cloth is draped over.

    Attributes:
        points: (n, 3) of the form on a posed body, metres.
        normals: (n, 3) there.
        floor_m: (n,) how far cloth stays above the form: where skin or what is worn below is.
        covered: Whether something is to be worn over it: then cloth lies closer.
        hood: How a hood lies.
    """

    points: Points
    normals: NDArray
    floor_m: NDArray
    covered: bool = False
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
    return Dummy(points, normals, np.maximum(skin, average @ (average @ skin)), hood=hood)


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


def _evened(height: NDArray) -> NDArray:
    """Return heights (n,) above the form with hollows filled and steps made even."""
    base = form()
    a, b = edges_of(base.triangles).T
    for _ in range(FILL_ROUNDS):
        wide = height.copy()
        np.maximum.at(wide, a, height[b])
        np.maximum.at(wide, b, height[a])
        height = wide
    average = averaging(base.triangles, len(height))
    for _ in range(EVEN_ROUNDS):
        height = average @ height
    return height


def drape(
    pattern: Pattern,
    body: Dummy,
    ease_m: NDArray,
    hang: float = 0.0,
    slack: float = 1.0,
    folds_m: NDArray | float = 0.0,
    rounds: int = 24,
    held: NDArray | float = 0.0,
) -> Points:
    """Return the garment's vertices (n, 3) on a body, metres.

    Args:
        pattern: The garment.
        body: What it is worn over.
        ease_m: (n,) distance added between body and cloth.
        hang: Share of the way to cloth that falls straight from chest, shoulder blades and belly.
        slack: Length of the cloth against what the body needs; what is too long lies in folds.
        folds_m: (n,) height of folds to begin with.
        rounds: Of letting lengths be kept.
        held: (n,) share of each correction that is not made, as at a tight neckline.
    """
    under, normals = pattern.weights @ body.points, unit(pattern.weights @ body.normals)
    floor = pattern.weights @ body.floor_m + CLEAR_M
    resting = 1 - RESTS * np.clip(normals[:, 2], 0, 1)
    out = np.asarray(ease_m) * resting + pattern.weights @ body.floor_m
    cloth = under + normals * out[:, None]
    if hang:
        cloth = cloth + hang * _fallen(pattern, cloth)
    loose = np.broadcast_to(1 - np.asarray(held), len(cloth))[:, None].astype(np.float32)
    cloth = _relaxed(pattern, cloth, slack, rounds, loose, (under, normals, floor))
    height = np.broadcast_to(folds_m, len(cloth))
    cloth = cloth + vertex_normals(cloth, pattern.triangles) * height[:, None]
    return cloth + normals * _missing(cloth, under, normals, floor)[:, None]


def _missing(cloth: Points, under: Points, normals: NDArray, floor: NDArray) -> NDArray:
    """Return how far cloth (n, 3) is below its floor (n,)."""
    return np.maximum(floor - np.einsum("ij,ij->i", cloth - under, normals), 0)


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
    grid = gaussian_filter1d(gaussian_filter1d(grid, 1.6, axis=1, mode="wrap"), 1.5, axis=0, mode="nearest")
    found = np.zeros(len(cloth))
    found[on] = map_coordinates(grid, [level[on], angle[on] - 0.5], order=1, mode="grid-wrap")
    more = np.clip(found - radius, 0, 0.08) * (level > below - 2)
    return unit(away) * (more * np.isin(np.arange(len(cloth)), on))[:, None]


def _below_arms(rest_z: NDArray, level: NDArray) -> int:
    """Return the level of the armpits."""
    near = np.abs(rest_z - 435) < 15
    return int(level[near].mean()) if near.any() else 0


def _relaxed(
    pattern: Pattern,
    cloth: Points,
    slack: float,
    rounds: int,
    loose: NDArray,
    body: tuple[Points, NDArray, NDArray],
) -> Points:
    """Return cloth that is nowhere longer than it was cut: position based dynamics, all edges at once.

    Lengths are those of the pattern at rest, scaled as the body under them is on the whole.

    Source: Mueller et al., J. Visual Communication and Image Representation 18 (2007) 109.
    """
    threads = pattern.threads
    a, b = threads.edges.T
    scale = np.linalg.norm(cloth[a] - cloth[b], axis=1) / np.maximum(threads.length_mm, 0.05)
    spread = threads.mean @ scale
    for _ in range(30):
        spread = pattern.smoothing @ spread
    length = (threads.length_mm * (spread[a] + spread[b]) / 2 * slack).astype(np.float32)
    origin = cloth.mean(0)
    x, under = ((points - origin).astype(np.float32) for points in (cloth, body[0]))
    normals, floor = (values.astype(np.float32) for values in body[1:])
    first, smoothing = x, pattern.smoothing.astype(np.float32)
    for step in range(rounds):
        apart = x[a] - x[b]
        now = np.sqrt(np.einsum("ij,ij->i", apart, apart)) + np.float32(1e-9)
        wrong = np.maximum(1 - length / now, 0)
        x = x + loose * np.float32(PULL) * (threads.pull @ (apart * wrong[:, None]))
        if step % 4 == 3:
            x = x + loose * np.float32(SOFT) * (smoothing @ x - x)
        x = x + normals * _missing(x, under, normals, floor)[:, None]
    # along the cloth neighbours move alike, or else edges and seams become ragged where triangles are uneven
    moved = x - first
    along = moved - normals * np.einsum("ij,ij->i", moved, normals)[:, None]
    even = along
    for _ in range(ALIKE_ROUNDS):
        even = smoothing @ even
    return (x + even - along).astype(np.float64) + origin
