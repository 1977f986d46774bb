"""What is worn together: every pair of kinds that does not clash, on many people, mesh against mesh.

    python benchmarks/wearing.py                         # 20 people, every pair of kinds of two places
    python benchmarks/wearing.py -n 4 --only cap mask --sheet worst.png

Of two items the one put on later is fitted over the earlier one. Two things are measured, both ways: how deep vertices
of one lie inside the closed solids of the other, by rays; and how far a cut runs, the spread of the points where edges
of one pass through triangles of the other, each half of the head by itself. Sheets have no inside: of what passes
through them, the edges say how far. Prints the worst pairs with who wears them, and fails if one is beyond
the limits. Ears stay unmoved.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from accessories import fit_of
from numpy.typing import NDArray
from pictures import draw

from synthgen.accessories import PLACES, hood_pose, turn
from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import HoodPose
from synthgen.accessories.rules import clash
from synthgen.assemble import assemble
from synthgen.mesh import Mesh, as_one, edges_of, face_normals, sides_of, unit
from synthgen.rays import RayScene
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec

DEEP_MM, CUT_MM, TOUCH_MM = 1.0, 30.0, 0.3
"""Most allowed: what lies on something touches it, and what is soft is pressed; and how far edges pass through what is
but touched."""
CLOTHES = "clothing"
NEAR_M = 0.005
HASH = np.array([73856093, 19349663, 83492791])
"""Of cells in space. Source: Teschner et al., Vision, Modeling, and Visualization (2003) 47."""


@dataclass(frozen=True)
class Pile:
    """Meshes as one, in millimetres of a fit; `solid` are the rays of those that are closed, `sheet` if not all are."""

    vertices: NDArray
    triangles: NDArray
    rays: RayScene
    edges: NDArray
    solid: RayScene | None
    sheet: bool


def pile(meshes: Sequence[Mesh], fit: Fit) -> Pile:
    """Return several meshes as one."""
    vertices, triangles = as_one(meshes)
    vertices = fit.from_world(vertices)
    rays = RayScene(vertices, triangles)
    closed = np.concatenate([np.full(len(mesh.triangles), _is_closed(mesh)) for mesh in meshes])
    solid = rays if closed.all() else RayScene(vertices, triangles[closed]) if closed.any() else None
    return Pile(vertices, triangles, rays, edges_of(triangles), solid, not closed.all())


def _is_closed(mesh: Mesh) -> bool:
    """Tell whether every edge of a mesh has as many triangles on one side as on the other."""
    # vertices at one place count as one, told apart by a hash
    places = (np.round(mesh.vertices * 1e7).astype(np.int64) * HASH).sum(1)
    corners = np.unique(places, return_inverse=True)[1][mesh.triangles]
    sides = sides_of(corners).astype(np.int64)
    sides = sides[sides[:, 0] != sides[:, 1]]
    way = np.where(sides[:, 0] < sides[:, 1], 1, -1)
    row = np.unique(np.sort(sides, axis=1) @ [len(places), 1], return_inverse=True)[1]
    return not np.bincount(row, way).any()


def spec_of(number: int, *worn: tuple[str, str]) -> SceneSpec:
    """Return the spec of a person with kinds on at places."""
    accessories = {place: {"kind": kind} for place, kind in worn if place != CLOTHES}
    accessories["allow"] = []  # type: ignore[assignment]
    return SceneSpec.model_validate(
        {"identity": {"ids": [number]}, "expression": {"name": "neutral"}, "accessories": accessories, "seed": number}
    )


def within(one: Pile, other: Pile) -> float:
    """Return how deep the deepest vertex of a pile lies inside the solids of another, millimetres."""
    low, high = other.vertices.min(0), other.vertices.max(0)
    near = one.vertices[((one.vertices > low) & (one.vertices < high)).all(1)]
    return float(other.solid.depth_inside(near).max(initial=0)) if other.solid and len(near) else 0.0


def crossings(one: Pile, other: Pile) -> tuple[NDArray, NDArray]:
    """Return where edges of a pile pass through triangles of another, (n, 3), and how far their nearer end is beyond.

    What is beyond is measured square to the triangle (n,), millimetres: no more than the edge is long.
    """
    low, high = other.vertices.min(0), other.vertices.max(0)
    a, b = one.vertices[one.edges[:, 0]], one.vertices[one.edges[:, 1]]
    near = ((np.maximum(a, b) > low) & (np.minimum(a, b) < high)).all(1) & (np.linalg.norm(b - a, axis=1) > 1e-4)
    way = (b - a)[near]
    if not len(way):
        return np.zeros((0, 3)), np.zeros(0)
    long = np.linalg.norm(way, axis=1)
    hit, distance = other.rays.first_hit(a[near], way, long)
    met = hit >= 0
    way, long, distance = way[met] / long[met, None], long[met], distance[met]
    square = np.abs((unit(face_normals(other.vertices, other.triangles[hit[met]])) * way).sum(1))
    return a[near][met] + way * distance[:, None], np.minimum(distance, long - distance) * square


def cut_mm(points: NDArray) -> float:
    """Return the longer spread of points (n, 3) on the left or on the right."""
    halves = [points[points[:, 0] * sign > 0] for sign in (1, -1)]
    return max((float(np.linalg.norm(np.ptp(half, axis=0))) for half in halves if len(half)), default=0.0)


def measure(one: Pile, other: Pile) -> dict[str, float]:
    """Return depth and cut of two piles."""
    # edges of a sheet that pass through something thin say nothing of how far it is in
    ways = [(a, b) for a, b in ((one, other), (other, one)) if b.sheet or not a.sheet]
    found = [crossings(*way) for way in ways]
    points, beyond = (np.concatenate([part[k] for part in found]) for k in (0, 1))
    deep = max(within(one, other), within(other, one)) if len(points) else 0.0
    if one.sheet or other.sheet:
        deep = max(deep, float(beyond.max(initial=0)))
    return {"deep": deep, "cut": cut_mm(points[beyond > TOUCH_MM])}


def wearers(number: int) -> dict[HoodPose, Fit]:
    """Return a person with nothing on but clothes, as what is worn over them leaves their hood."""
    alone = fit_of(assemble(sample_scene(spec_of(number), 0), skin_map_size=64))
    if not any("hood" in mesh.name for mesh in alone.worn):
        return {"down": alone, "flat": alone, "up": alone}
    found: dict[HoodPose, Fit] = {"down": alone}
    for pose, worn in (("flat", ("neckwear", "scarf")), ("up", ("headwear", "hood"))):
        found[pose] = replace(alone, worn=fit_of(assemble(sample_scene(spec_of(number, worn), 0), 64)).worn)
    return found


def person(number: int, only: Sequence[str]) -> dict[tuple[str, str], dict[str, float]]:
    """Return what is measured of every pair on a person, by the two kinds."""
    bare = wearers(number)
    kinds = [(place, kind) for place, each in PLACES.items() for kind in each]
    items: dict[str, Any] = {
        kind.name: getattr(sample_scene(spec_of(number, (place, kind.name)), 0).accessories, place)
        for place, kind in kinds
    }
    # what gives way to a garment is not worn
    kinds = [(place, kind) for place, kind in kinds if items[kind.name].kind == kind.name]
    by_name = {kind.name: kind for _, kind in kinds}

    def over(*names: str) -> Fit:
        """Return the person in clothes as some kinds leave them."""
        return bare[hood_pose(by_name[name] for name in names)]

    first = {name: kind.put(items[name], over(name)).meshes for name, kind in by_name.items()}
    boxes = {name: _box(meshes) for name, meshes in first.items()}
    piles = {name: pile(meshes, bare["down"]) for name, meshes in first.items()}
    dressed = {pose: pile(fit.worn, fit) for pose, fit in bare.items()}
    found = {}
    for _, kind in kinds:
        if not only or CLOTHES in only:
            found[CLOTHES, kind.name] = measure(dressed[hood_pose([kind])], piles[kind.name])
    in_turn = sorted(kinds, key=lambda worn: turn(worn[0], items[worn[1].name]))
    for (place, kind), (later_place, later) in combinations(in_turn, 2):
        if place == later_place or (only and not {kind.name, later.name, place, later_place} & set(only)):
            continue
        if clash((place, items[kind.name]), (later_place, items[later.name])):
            continue
        if not _near(boxes[kind.name], boxes[later.name]):
            continue
        fit = over(kind.name, later.name)
        upper = later.put(items[later.name], replace(fit, worn=fit.worn + first[kind.name])).meshes
        found[kind.name, later.name] = measure(piles[kind.name], pile(upper, fit))
    return found


def _box(meshes: Sequence[Mesh]) -> NDArray:
    points = np.concatenate([mesh.vertices for mesh in meshes])
    return np.array([points.min(0), points.max(0)])


def _near(one: NDArray, other: NDArray) -> bool:
    """Tell whether two boxes (2, 3), metres, nearly meet: of items that do not, none need be fitted over the other."""
    return bool(((one[0] < other[1] + NEAR_M) & (other[0] < one[1] + NEAR_M)).all())


def place_of(name: str) -> str:
    """Return the place of a kind."""
    return next((place for place, kinds in PLACES.items() if name in {kind.name for kind in kinds}), CLOTHES)


def _told(pair: tuple[str, str], number: int, values: dict[str, float]) -> str:
    return f"{' + '.join(pair)}, {number}\n{values['deep']:.1f} mm deep, cut {values['cut']:.0f} mm"


def _wearer(pair: tuple[str, str], number: int) -> SceneSpec:
    return spec_of(number, *((place_of(name), name) for name in pair))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=20, help="people")
    parser.add_argument("--first", type=int, default=0, help="number of the first")
    parser.add_argument("--only", nargs="*", default=(), metavar="NAME", help="pairs with these kinds or places")
    parser.add_argument("--sheet", type=Path, help="render the worst pairs to this picture")
    parser.add_argument("--worst", type=int, default=12, help="how many pairs are rendered")
    parser.add_argument("--size", type=int, default=256, help="of a picture, pixels")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    found: dict[tuple[str, str], list[tuple[int, dict[str, float]]]] = defaultdict(list)
    started = time.process_time()
    for number in range(options.first, options.first + options.n):
        for pair, values in person(number, options.only).items():
            found[pair].append((number, values))
    worst = []
    for pair, rows in found.items():
        number, values = max(rows, key=lambda row: max(row[1]["deep"] / DEEP_MM, row[1]["cut"] / CUT_MM))
        share = np.mean([row["deep"] > DEEP_MM or row["cut"] > CUT_MM for _, row in rows])
        worst.append((pair, number, values, share))
    worst.sort(key=lambda row: -max(row[2]["deep"] / DEEP_MM, row[2]["cut"] / CUT_MM))
    beyond = [row for row in worst if row[2]["deep"] > DEEP_MM or row[2]["cut"] > CUT_MM]
    spent = time.process_time() - started
    print(f"{len(worst)} pairs on {options.n} people, {len(beyond)} beyond the limits, {spent:.0f} CPU-s")
    print(f"{'earlier':18}{'later':18}{'deep mm':>8}{'cut mm':>8}{'who':>6}{'share':>8}")
    for pair, number, values, share in beyond:
        print(f"{pair[0]:18}{pair[1]:18}{values['deep']:8.2f}{values['cut']:8.1f}{number:6}{share:8.0%}")
    if options.sheet:
        cases = [(_told(*row[:3]), _wearer(*row[:2])) for row in worst[: options.worst]]
        draw(cases, options.sheet, options.size, options.threads)
    if beyond:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
