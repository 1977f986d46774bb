"""Collars, lapels and hoods: strips of cloth along an edge that rise from it and turn over."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import KDTree

from synthgen.accessories.geometry import even_steps
from synthgen.clothing.form import angle_of
from synthgen.clothing.pattern import Pattern, loops
from synthgen.head.model import Points
from synthgen.mesh import Mesh, unit, vertex_normals
from synthgen.parts import Part

LEAF_SMOOTH = 4.0
"""Over how many points of an edge the way a leaf falls is evened."""


@dataclass(frozen=True)
class Edge:
    """A neckline from the wearer's left front round the back to the right.

    Attributes:
        points: (n, 3) evenly spaced, metres.
        outward: (n, 3) unit, away from the neck, level.
        rest_mm: (n, 3) where they are at rest.
        share: (n,) from -1 over 0 at the middle of the back to 1.
        length_m: Of the edge.
    """

    points: Points
    outward: NDArray
    rest_mm: NDArray
    share: NDArray
    length_m: float


def neck_edge(pattern: Pattern, vertices: Points, count: int = 96, ahead_deg: float = 0.0) -> Edge:
    """Return the neckline of a garment, without what lies nearer to straight ahead than an angle.

    Args:
        pattern: The garment.
        vertices: (n, 3) as draped.
        count: Of points.
        ahead_deg: Half the angle, about the neck, that is left out in front.
    """
    loop = max(loops(pattern.hems), key=lambda found: pattern.rest_mm[found, 2].max())
    return _edge(pattern, vertices, loop, count, ahead_deg)


def _edge(pattern: Pattern, vertices: Points, loop: NDArray, count: int, ahead_deg: float) -> Edge:
    rest = pattern.rest_mm[loop]
    angle = np.rad2deg(angle_of(rest[:, 0], rest[:, 1] + 30))  # 0 behind, 180 ahead, > 0 on the left
    if angle[np.abs(angle).argmin() - 1] < angle[np.abs(angle).argmin()]:
        loop, angle = loop[::-1], angle[::-1]
    start = int(np.argmax(angle))
    loop, angle, rest = np.roll(loop, -start), np.roll(angle, -start), pattern.rest_mm[np.roll(loop, -start)]
    kept = np.abs(angle) <= 180 - ahead_deg
    line = gaussian_filter1d(vertices[loop[kept]], 2, axis=0, mode="nearest")
    both = even_steps(np.concatenate([line, rest[kept] * 1e-9], 1), count)
    points, at = both[:, :3], both[:, 3:] * 1e9
    centre = points.mean(0)
    outward = unit((points - centre) * [1, 1, 0])
    length = float(np.linalg.norm(np.diff(points, axis=0), axis=1).sum())
    return Edge(points, outward, at, np.linspace(-1, 1, count), length)


@dataclass(frozen=True)
class Ground:
    """Surfaces that collars lie on.

    Attributes:
        tree: Of their points, metres.
        normals: (n, 3)
    """

    tree: KDTree
    normals: NDArray

    def push_out(self, points: Points, gap_m: NDArray | float, reach_m: float = 0.05) -> Points:
        """Return points (..., 3) moved out to at least a gap above the ground where that is near."""
        flat = points.reshape(-1, 3)
        gap = np.broadcast_to(gap_m, points.shape[:-1]).reshape(-1)
        for _ in range(2):
            away, nearest = self.tree.query(flat)
            normals = self.normals[nearest]
            height = ((flat - self.tree.data[nearest]) * normals).sum(1)
            flat = flat + normals * (np.maximum(gap - height, 0) * (away < reach_m))[:, None]
        return flat.reshape(points.shape)

    def drawn_in(self, points: Points, gap_m: float) -> Points:
        """Return points (..., 3) moved in to at most a gap above the ground."""
        flat = points.reshape(-1, 3)
        for _ in range(4):
            nearest = self.tree.query(flat)[1]
            normals = self.normals[nearest]
            height = ((flat - self.tree.data[nearest]) * normals).sum(1)
            flat = flat - normals * np.maximum(height - gap_m, 0)[:, None]
        return flat.reshape(points.shape)


def ground(*surfaces: tuple[Points, NDArray]) -> Ground:
    """Return surfaces, each points (n, 3) and their normals, as one ground."""
    points, normals = (np.concatenate(parts) for parts in zip(*surfaces, strict=True))
    return Ground(KDTree(points, balanced_tree=False, compact_nodes=False), normals)


def panel(
    name: str,
    garment: str,
    grid: Points,
    thickness_m: NDArray | float,
    size_mm: tuple[float, float],
    part: Part = Part.CLOTHING_UPPER,
    material: str | None = None,
) -> Mesh:
    """Return a grid of points as cloth with two faces and edges between them.

    Args:
        name: Of the mesh.
        garment: The instance, and the material unless one is given.
        grid: (n, m, 3) the outer face, metres; counter-clockwise from outside as its first index goes to the right
            and its second up.
        thickness_m: One or (n, m).
        size_mm: Of the cloth along both indices.
        part: What it counts as.
        material: Its name.
    """
    n, m = grid.shape[:2]
    index = np.arange(n * m).reshape(n, m)
    a, b, c, d = index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]
    front = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    normals = vertex_normals(grid.reshape(-1, 3), front)
    depth = np.broadcast_to(thickness_m, (n, m)).reshape(-1, 1)
    back = grid.reshape(-1, 3) - normals * depth
    border = np.concatenate([index[:-1, 0], index[-1, :-1], index[:0:-1, -1], index[0, :0:-1]])
    after = np.roll(border, -1)
    out = unit(np.cross(grid.reshape(-1, 3)[after] - grid.reshape(-1, 3)[np.roll(border, 1)], normals[border]))
    middle = (grid.reshape(-1, 3) + back)[border] / 2 + out * depth[border] * 0.45
    k, count = n * m, len(border)
    bulge = 2 * k + np.arange(count)
    walls = [
        np.stack([border, bulge, after], 1),
        np.stack([after, bulge, np.roll(bulge, -1)], 1),
        np.stack([bulge, k + border, np.roll(bulge, -1)], 1),
        np.stack([np.roll(bulge, -1), k + border, k + after], 1),
    ]
    triangles = np.concatenate([front, front[:, ::-1] + k, *walls]).astype(np.int32)
    flat = np.stack(np.meshgrid(np.linspace(0, size_mm[0], n), np.linspace(0, size_mm[1], m), indexing="ij"), -1)
    flat = np.concatenate([flat.reshape(-1, 2)] * 2 + [flat.reshape(-1, 2)[border]])
    vertices = np.concatenate([grid.reshape(-1, 3), back, middle])
    around = np.zeros(k)
    across, along = np.meshgrid(np.linspace(0, size_mm[1], m), np.linspace(0, size_mm[0], n))
    away = np.minimum(np.minimum(across, size_mm[1] - across), np.minimum(along, size_mm[0] - along))
    around = np.clip(12 - away.reshape(-1), 0, 12)
    return Mesh(
        name=name,
        vertices=vertices,
        triangles=triangles,
        part=np.full(len(triangles), part, np.int16),
        materials=(material or garment,),
        instance=garment,
        uv=flat[triangles] + [4000.0, 0.0],
        attributes={
            "rest_mm": (vertices - vertices.mean(0)) * 1e3,
            "seam": np.concatenate([around, around, np.full(count, 12.0)]),
        },
    )


def fallen(
    edge: Edge, start: Points, up: NDArray, width_m: NDArray, lean: NDArray, on: Ground, gap_m: float, rows: int
) -> Points:
    """Return rows (n, rows, 3) of a leaf that falls from its turn, meets what it lies on and goes on along it.

    Args:
        edge: That the collar is sewn on.
        start: (n, 3) where the leaf begins.
        up: (3,) the way the collar rises.
        width_m: (n,) of the leaf.
        lean: (n,) how far it goes across the cloth for each metre down.
        on: What it lies on.
        gap_m: Between that and the leaf.
        rows: How many.
    """
    along = unit(gaussian_filter1d(np.gradient(edge.points, axis=0), LEAF_SMOOTH, axis=0, mode="nearest"))
    normal = on.normals[on.tree.query(edge.points, k=8)[1]].mean(1)
    across = np.cross(along, unit(gaussian_filter1d(normal, LEAF_SMOOTH, axis=0, mode="nearest")))
    across *= np.sign((across * edge.outward).sum(1, keepdims=True))
    fall = (along @ up)[:, None] * along - up
    way = unit(fall + lean[:, None] * unit(across))
    step = (width_m / rows)[:, None]
    at, found = start, []
    for _ in range(rows):
        there = on.push_out(at + way * step, gap_m)
        at = at + unit(there - at) * step
        at = gaussian_filter1d(at, 1.0, axis=0, mode="nearest")
        found.append(at)
    return np.stack(found, 1)


def turned_over(
    edge: Edge,
    up: NDArray,
    rise_m: NDArray,
    width_m: NDArray,
    spread: NDArray | float,
    skew_m: NDArray | float = 0.0,
    roll_m: NDArray | float = 0.003,
    rows: tuple[int, int, int] = (3, 5, 10),
) -> Points:
    """Return the outer face (n, m, 3) of a strip that rises from an edge, turns over and falls, from right to left.

    Args:
        edge: Where it is sewn on.
        up: (3,) the way it rises.
        rise_m: (n,) how high it stands.
        width_m: (n,) how far it falls on the outside.
        spread: Slope of what falls: how far it goes outwards for each metre down, one or (n,).
        skew_m: How far its lower edge is drawn along the edge towards the front on both sides, (n,).
        roll_m: Radius of the turn, one or (n,).
        rows: Points up, over and down.
    """
    climb, over, fall = rows
    rise, width = rise_m[:, None, None], width_m[:, None, None]
    out, along = edge.outward[:, None], unit(np.gradient(edge.points, axis=0))[:, None]
    lean = np.broadcast_to(spread, len(edge.points))[:, None, None]
    down = unit(out * lean - up)
    steps = np.linspace(0, 1, climb)[None, :, None]
    stand = edge.points[:, None] + up * (rise * steps) - out * 0.0015 * steps
    top = stand[:, -1:]
    turn = np.linspace(0, np.pi, over + 1)[None, 1:, None]
    roll = np.broadcast_to(roll_m, len(edge.points))[:, None, None]
    arc = top + out * roll * (1 - np.cos(turn)) + up * roll * np.sin(turn) * 1.2
    share = np.linspace(0, 1, fall + 1)[None, 1:, None]
    towards = (
        -np.sign(edge.share)[:, None, None] * along * np.asarray(np.broadcast_to(skew_m, len(rise_m)))[:, None, None]
    )
    leaf = arc[:, -1:] + down * width * share - towards * share
    return np.concatenate([stand, arc, leaf], 1)
