"""What things lie on: the whole person with what is worn already, as points with normals. Millimetres of `Fit`."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from synthgen.accessories.fit import CLOTHES, LOWEST_REST_MM, Fit, quick_tree
from synthgen.accessories.geometry import Solid
from synthgen.head.skin import skin_surface
from synthgen.mesh import as_one, distance_from, unit
from synthgen.rays import RayScene

COVERED_MM = 60.0
"""Skin with clothes this near above it is none to lie on."""
FACING = 0.25
"""Clothes face outwards where their normals lean at least so much away from the skin."""

ABOUT_NEAREST = 0.3
"""Share that skin may be farther than the nearest to say which way clothes face."""


@dataclass(frozen=True)
class Surface:
    """A surface to lie on.

    Attributes:
        points: (n, 3)
        normals: (n, 3) outward.
        tree: Of the points.
    """

    points: NDArray
    normals: NDArray
    tree: KDTree

    def distance(self, points: NDArray) -> tuple[NDArray, NDArray]:
        """Return the distance (n,) of points (n, 3) outside (> 0) or inside, and the way out (n, 3).

        It is that from the plane of the nearest vertex.
        """
        return distance_from(self.tree, self.normals, points)

    def push_out(self, points: NDArray, clearance_mm: NDArray | float) -> NDArray:
        """Return points (n, 3) moved along the surface's normals to at least a clearance, one or (n,)."""
        distance, normals = self.distance(points)
        return points + normals * np.maximum(clearance_mm - distance, 0)[:, None]

    def drawn_to(self, points: NDArray, height_mm: float) -> NDArray:
        """Return points (n, 3) from farther away at a height over the surface."""
        for _ in range(6):
            distance, normals = self.distance(points)
            points = points - (distance - height_mm)[:, None] * normals
        return points


def surface(points: NDArray, normals: NDArray) -> Surface:
    """Return a surface from its points (n, 3) and normals there."""
    return Surface(points, normals, quick_tree(points))


@lru_cache(maxsize=1)
def _below_head() -> NDArray[np.integer]:
    """Return the skin's vertices below the head that things can lie on."""
    skin = skin_surface()
    used = skin.outer_vertices
    return used[skin.rest_mm[used, 2] <= LOWEST_REST_MM]


def skin_of(fit: Fit) -> Surface:
    """Return the skin of a person, below clothes too, but for the inside of mouth and lids."""
    rows = _below_head()
    return surface(np.concatenate([fit.points, fit.skin[rows]]), np.concatenate([fit.normals, fit.skin_normals[rows]]))


def body_surface(fit: Fit, instances: frozenset[str] | None = None) -> Surface:
    """Return the person as far as they show, and what they wear: of that some `instances`, all without them."""
    return surface(*body_points(fit, instances))


def body_points(
    fit: Fit,
    instances: frozenset[str] | None = None,
    head: tuple[NDArray, NDArray] | None = None,
    lowest_mm: float = -np.inf,
) -> tuple[NDArray, NDArray]:
    """Return the points (n, 3) and normals of the person as far as they show, and of what they wear.

    Args:
        fit: The person.
        instances: Of what they wear that counts; all without it.
        head: Points (n, 3) and normals to lie on instead of the head's own.
        lowest_mm: What is lower is left out.
    """
    rows = _below_head()
    rows = rows[fit.skin[rows, 2] > lowest_mm]
    below, normals = fit.skin[rows], fit.skin_normals[rows]
    worn = [mesh for mesh in fit.worn if instances is None or mesh.instance in instances]
    on_head = (fit.points, fit.normals) if head is None else head
    points, ways = [on_head[0]], [on_head[1]]
    if worn:
        vertices, triangles = as_one(worn)
        vertices = fit.from_world(vertices)
        high = vertices[:, 2] > lowest_mm
        free = ~np.isfinite(
            RayScene(vertices, triangles[high[triangles].any(1)]).first_hit(below, normals, COVERED_MM)[1]
        )
        below, normals = below[free], normals[free]
        skin = quick_tree(np.concatenate([fit.points, fit.skin[rows]]))
        facing = np.concatenate([mesh.shading_normals() for mesh in worn]) @ fit.world_from_fit[:3, :3]
        vertices, facing = vertices[high], facing[high]
        away = unit(vertices - skin.data[skin.query(vertices, eps=ABOUT_NEAREST)[1]])
        outer = (away * facing).sum(1) > FACING
        points.append(vertices[outer])
        ways.append(facing[outer])
    return np.concatenate([below, *points]), np.concatenate([normals, *ways])


def head_and_worn(fit: Fit) -> Fit | Surface:
    """Return the head, with the accessories that are on it if there are any."""
    on = frozenset(mesh.instance for mesh in fit.worn if not np.isin(mesh.part, CLOTHES).any())
    return body_surface(fit, on) if on else fit


def set_off(solids: Sequence[Solid], ground: Fit | Surface, gap_mm: float) -> list[Solid]:
    """Return rigid solids moved together off what they would cut, to a gap: out from where they are deepest."""
    solids = list(solids)
    for _ in range(6):
        distance, ways = ground.distance(np.concatenate([solid.vertices for solid in solids]))
        deepest = int(distance.argmin())
        if distance[deepest] >= gap_mm:
            break
        solids = [solid.moved(np.eye(3), (gap_mm - distance[deepest]) * ways[deepest]) for solid in solids]
    return solids
