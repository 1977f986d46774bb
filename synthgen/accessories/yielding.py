"""Soft things over what is worn already: where cloth cuts it, cloth is lifted off. Millimetres of `Fit`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from synthgen.accessories.fit import BEFORE_EYES, Fit
from synthgen.accessories.surfaces import skin_of
from synthgen.mesh import Mesh, as_one, edges_of, unit
from synthgen.parts import Part
from synthgen.rays import RayScene

REACH_MM, IN_ALL, CLEAR_MM, TOUCH_MM = 45.0, 4.0, 0.4, 0.05
"""How far cloth is lifted at each look, how often that at most, how far off it then is, and how deep cuts are left."""
STANDS_OFF, OFF_REACH_MM = (*BEFORE_EYES, Part.VISOR), 6.0
"""What stands before the face: cloth stays behind it but where it nearly touches the skin, and goes so far there."""
LOOKS, STEP_SHARE = 10, 0.055
"""How often cuts are looked for; and how far what is cut goes at least, as a share of its reach, where all is so steep
that nothing is above."""
STEEPEST, TENT_ROUNDS, EVEN_ROUNDS = 0.8, 24, 8
"""Slope at which what is about goes along, how far, in neighbours, and how much that is evened."""
ABOUT = 12
"""Neighbours of a vertex, those on the other side of the cloth among them."""
CELL_MM = 45.0
"""What is farther away than one such cell is not looked at."""


@dataclass(frozen=True)
class _Net:
    """Triangles (t, 3) of points (n, 3), and their edges (e, 2)."""

    points: NDArray
    triangles: NDArray
    edges: NDArray

    @cached_property
    def rays(self) -> RayScene:
        return RayScene(self.points, self.triangles)


@dataclass(frozen=True)
class _Cloth:
    """What is soft.

    Attributes:
        gives: (n,) which points do.
        ways: (n, 3) off the body.
        about: (n, k) neighbours in space, the point itself first.
        away: (n, k) how far they are.
    """

    gives: NDArray[np.bool_]
    ways: NDArray
    about: NDArray
    away: NDArray


def lifted_off(meshes: Sequence[Mesh], fit: Fit, soft: Sequence[str], reach_mm: float = REACH_MM) -> tuple[Mesh, ...]:
    """Return meshes in the world, what is soft lifted off what is worn already where it cuts that, with what is about.

    What lies below cloth without touching it, or above it, stays so.

    Args:
        meshes: Of one item.
        fit: The head.
        soft: Endings of the names of materials that give way.
        reach_mm: How far they do at each look at most.
    """
    gives = np.concatenate([np.isin(np.arange(len(mesh.vertices)), mesh.rows_of(*soft)) for mesh in meshes])
    if not fit.worn or not gives.any():
        return tuple(meshes)
    vertices, triangles = as_one(meshes)
    points = start = fit.from_world(vertices)
    off = [bool(np.isin(mesh.part, STANDS_OFF).all()) for mesh in fit.worn]
    for stands_off in (True, False):
        worn = [mesh for mesh, one in zip(fit.worn, off, strict=True) if one == stands_off]
        if worn:
            reach = min(OFF_REACH_MM, reach_mm) if stands_off else reach_mm
            points = _lifted(points, triangles, gives, worn, fit, reach)
    if points is start:
        return tuple(meshes)
    world = np.split(fit.to_world(points), np.cumsum([len(mesh.vertices) for mesh in meshes])[:-1])
    return tuple(replace(mesh, vertices=at) for mesh, at in zip(meshes, world, strict=True))


def _lifted(
    points: NDArray, triangles: NDArray, gives: NDArray, worn: Sequence[Mesh], fit: Fit, reach_mm: float
) -> NDArray:
    """Return where the points (n, 3) of cloth go of which some (n,) give way."""
    below, below_triangles = as_one(worn)
    below = fit.from_world(below)
    ours, theirs = _near(points, below)
    net, under = _part(points, triangles, ours), _part(below, below_triangles, theirs)
    if not len(net.triangles) or not len(under.triangles):
        return points
    gives, cloth, gone = gives[ours], None, np.zeros(len(net.points))
    step = STEP_SHARE * reach_mm
    for _ in range(LOOKS):
        cut = _cut(net, under) & gives
        if not cut.any():
            break
        cloth = cloth or _cloth(net.points, gives, fit)
        lift = np.minimum(_lift(net, cloth, under, cut, reach_mm, step), IN_ALL * reach_mm - gone)
        gone = gone + lift
        net = replace(net, points=net.points + cloth.ways * lift[:, None])
    if not gone.any():
        return points
    points = points.copy()
    points[ours] = net.points
    return points


def _part(points: NDArray, triangles: NDArray, chosen: NDArray) -> _Net:
    """Return the triangles all of whose points are chosen, and all chosen points (n,)."""
    number = np.cumsum(chosen) - 1
    found = number[triangles[chosen[triangles].all(1)]]
    return _Net(points[chosen], found, edges_of(found))


def _near(one: NDArray, other: NDArray) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which points (n, 3) have some of the others (m, 3) in their cell or one beside it, and the other way."""
    low = np.minimum(one.min(0), other.min(0)) - 2 * CELL_MM
    base = np.array([1, 1 << 20, 1 << 40])
    cells = [np.floor((points - low) / CELL_MM).astype(np.int64) @ base for points in (one, other)]
    steps = np.stack(np.meshgrid(*[[-1, 0, 1]] * 3), -1).reshape(-1, 3) @ base
    about = [(np.unique(cell)[:, None] + steps).ravel() for cell in cells]
    return np.isin(cells[0], about[1]), np.isin(cells[1], about[0])


def _cloth(points: NDArray, gives: NDArray, fit: Fit) -> _Cloth:
    tree = KDTree(points, balanced_tree=False, compact_nodes=False)
    away, about = map(np.asarray, tree.query(points, k=min(ABOUT, len(points))))
    skin = skin_of(fit)
    ways = skin.normals[skin.tree.query(points)[1]]
    for _ in range(3):
        ways = unit(ways[about].mean(1))
    return _Cloth(gives, ways, about, away)


def _lift(net: _Net, cloth: _Cloth, under: _Net, cut: NDArray, reach_mm: float, step_mm: float) -> NDArray:
    """Return how far (n,) cloth has to go of which some points (n,) cut something."""
    need = np.zeros(len(cut))
    # the outermost of what is above
    far = under.rays.first_hit(net.points + cloth.ways * reach_mm, -cloth.ways, reach_mm + CLEAR_MM)[1]
    above = np.isfinite(far)
    need[above] = np.maximum(reach_mm - far[above] + CLEAR_MM, 0)
    # and what stands out between points of cloth
    away, nearest = KDTree(net.points).query(under.points, distance_upper_bound=reach_mm)
    near = np.isfinite(away)
    hit, deep = net.rays.first_hit(under.points[near], -cloth.ways[np.asarray(nearest)[near]], reach_mm)
    np.maximum.at(need, net.triangles[hit[hit >= 0]], (deep[hit >= 0] + CLEAR_MM)[:, None])
    need[~_joined(need > CLEAR_MM, cut, cloth.about)] = 0
    need[cut] = np.maximum(need[cut], step_mm)
    need *= cloth.gives
    lift = need
    for _ in range(TENT_ROUNDS):
        lift = (lift[cloth.about] - STEEPEST * cloth.away).max(1) * cloth.gives
    for _ in range(EVEN_ROUNDS):
        lift = np.maximum(need, lift[cloth.about].mean(1)) * cloth.gives
    return lift


def _cut(net: _Net, under: _Net) -> NDArray[np.bool_]:
    """Return which points (n,) of a net have edges that pass through what is worn, or triangles that its edges do."""
    found = np.zeros(len(net.points), bool)
    found[net.edges[_through(net, under.rays)[0]]] = True
    found[net.triangles[_through(under, net.rays)[1]]] = True
    return found


def _through(net: _Net, rays: RayScene) -> tuple[NDArray, NDArray]:
    """Return which edges of a net pass through something, and the triangles they do."""
    a, way = net.points[net.edges[:, 0]], net.points[net.edges[:, 1]] - net.points[net.edges[:, 0]]
    long = np.linalg.norm(way, axis=1)
    fine = np.flatnonzero(long > 2 * TOUCH_MM)
    a, way, long = a[fine], way[fine], long[fine]
    hit, _ = rays.first_hit(a + way * (TOUCH_MM / long)[:, None], way, long - 2 * TOUCH_MM)
    return fine[hit >= 0], hit[hit >= 0]


def _joined(chosen: NDArray, seeds: NDArray, about: NDArray) -> NDArray[np.bool_]:
    """Return which of the chosen points (n,) hang together with one of the seeds (n,) by neighbours that do."""
    count, either = len(chosen), chosen | seeds
    a, b = np.repeat(np.arange(count), about.shape[1]), about.ravel()
    both = either[a] & either[b]
    graph = sparse.coo_matrix((np.ones(both.sum()), (a[both], b[both])), (count, count))
    label = connected_components(graph, directed=False)[1]
    return chosen & np.isin(label, label[seeds])
