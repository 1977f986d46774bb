"""Landmark sets: fixed points on the skin, and jaw points that move to the visible outline as people mark them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import KDTree

from synthgen.annotate.visibility import unoccluded, visible
from synthgen.assets import package_data
from synthgen.camera import Camera, project
from synthgen.errors import AssetError
from synthgen.frame import Landmarks
from synthgen.head.model import Points
from synthgen.head.skin import skin_surface
from synthgen.rays import RayScene

TRACK_STEP_MM = 0.8
GRAZING_M = 0.004
"""Slack of the visibility of outline points: their rays graze the skin."""


@dataclass(frozen=True)
class LandmarkSet:
    """A set of points on the skin.

    Attributes:
        name: Such as ibug68.
        points: Names of the points.
        matrix: (n, v) points = matrix @ vertices of the skin surface; each lies in one of its triangles.
        swap: (n,) index of each point's mirror image.
        tracks: For each outline point, vertices of the skin surface along the line it moves on when it is hidden, from
            the point towards the middle of the face.
    """

    name: str
    points: tuple[str, ...]
    matrix: sparse.csr_matrix
    swap: NDArray[np.int64]
    tracks: Mapping[int, NDArray[np.int64]]


@lru_cache(maxsize=8)
def load_landmarks(name: str) -> LandmarkSet:
    """Return a landmark set of `assets/landmarks`.

    Points and tracks are authored on the cage's vertices; here they are put onto the refined surface at rest.

    Raises:
        AssetError: If there is no such set.
    """
    path = package_data("landmarks", f"{name}.json")
    if not path.exists():
        known = sorted(file.stem for file in package_data("landmarks").glob("*.json"))
        raise AssetError(f"no landmark set {name!r} (allowed: {', '.join(known)})")
    table = json.loads(path.read_text())
    rest = skin_surface().rest_mm.astype(float)
    places = np.array([np.average(rest[p["vertices"]], axis=0, weights=p["weights"]) for p in table["points"]])
    return LandmarkSet(
        name=table["name"],
        points=tuple(p["name"] for p in table["points"]),
        matrix=_onto_surface(places),
        swap=np.array(table["swap"]),
        tracks=_tracks(places, {int(n): rest[track["front"]] for n, track in table["tracks"].items()}, table["swap"]),
    )


def _onto_surface(points_mm: NDArray) -> sparse.csr_matrix:
    """Return barycentric weights (n, v) of the surface points nearest to points (n, 3) of the rest mesh."""
    surface = skin_surface()
    rest, used = surface.rest_mm.astype(float), surface.used
    nearest = np.asarray(KDTree(rest[used]).query(points_mm, k=6)[1])
    rows, columns, weights = [], [], []
    for n, point in enumerate(points_mm):
        around = surface.triangles[np.isin(surface.triangles, used[nearest[n]]).any(1)]
        bary = _closest(point, rest[around])
        gaps = np.linalg.norm(np.einsum("tk,tkc->tc", bary, rest[around]) - point, axis=1)
        best = int(gaps.argmin())
        rows += [n] * 3
        columns += around[best].tolist()
        weights += bary[best].tolist()
    return sparse.csr_matrix((weights, (rows, columns)), (len(points_mm), len(rest)))


def _closest(point: NDArray, corners: NDArray) -> NDArray:
    """Return barycentric coordinates (t, 3) of the point of each triangle (t, 3, 3) near a point, clipped to it."""
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    e0, e1, away = b - a, c - a, point - a
    d00, d01, d11 = (e0 * e0).sum(1), (e0 * e1).sum(1), (e1 * e1).sum(1)
    d20, d21 = (away * e0).sum(1), (away * e1).sum(1)
    scale = np.maximum(d00 * d11 - d01 * d01, 1e-18)
    v, w = (d11 * d20 - d01 * d21) / scale, (d00 * d21 - d01 * d20) / scale
    inside = np.clip(np.stack([1 - v - w, v, w], 1), 0, None)
    return inside / inside.sum(1, keepdims=True)


def _tracks(places: NDArray, fronts: Mapping[int, NDArray], swap: list[int]) -> dict[int, NDArray[np.int64]]:
    """Return for each outline point the surface's vertices from it across the face to its mirror image, in order.

    Args:
        places: (n, 3) the set's points at rest, millimetres.
        fronts: The authored lines from outline points towards the middle of the face.
        swap: Index of each point's mirror image.
    """
    surface = skin_surface()
    tree = KDTree(surface.rest_mm[surface.used])
    front = RayScene(surface.rest_mm, surface.triangles)
    found = {}
    for n, line in fronts.items():
        near = _resample(np.concatenate([places[n][None], line]))
        far = _resample(np.concatenate([places[swap[n]][None], fronts[swap[n]]]))[::-1]
        middle = _resample(np.stack([near[-1], far[0]])) if swap[n] != n else near[-1:]
        # between the two lines the way leads over nose and mouth: the foremost skin there
        hit, _ = front.first_hit(middle * [1, 0, 1] - [0, 1000.0, 0], np.broadcast_to([0.0, 1, 0], middle.shape))
        over = surface.triangles[hit[hit >= 0], 0]
        ends = [surface.used[tree.query(part)[1]] for part in (near, far)]
        way = np.concatenate([ends[0], over, ends[1]])
        found[n] = way[np.concatenate([[True], np.diff(way) != 0])]
    return found


def _resample(line: NDArray) -> NDArray:
    """Return a polyline (m, 3) in steps of about a millimetre."""
    steps = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    along = np.linspace(0, steps[-1], max(2, round(steps[-1] / TRACK_STEP_MM)))
    return np.stack([np.interp(along, steps, line[:, k]) for k in range(3)], 1)


def surface_points(landmarks: LandmarkSet, skin: Points) -> Points:
    """Return the points (n, 3) of a set on a skin surface (v, 3), in its frame and unit."""
    return landmarks.matrix @ skin


def annotate_landmarks(landmarks: LandmarkSet, skin: Points, camera: Camera, everything: RayScene) -> Landmarks:
    """Return the points of a set as a camera sees them."""
    world = surface_points(landmarks, skin)
    return _view(world, camera, visible(world, camera, everything))


def annotate_contour(
    landmarks: LandmarkSet, skin: Points, camera: Camera, head: RayScene, everything: RayScene
) -> Landmarks:
    """Return the points of a set with hidden outline points moved to the visible silhouette.

    A jaw point that the head itself hides slides along its track towards the middle of the face to the first place
    that is seen: the edge of the face in the image, where people mark it.

    Args:
        landmarks: The set.
        skin: The skin surface (n, 3) in the world.
        camera: The camera.
        head: Rays against the skin alone.
        everything: Rays against all that is opaque.
    """
    world = surface_points(landmarks, skin)
    outline = np.array(sorted(landmarks.tracks))
    seen = unoccluded(world[outline], camera, head)
    for point in outline[~seen]:
        world[point] = _slide(world[point], skin[landmarks.tracks[int(point)]], camera, head)
    found = visible(world, camera, everything)
    found[outline] = visible(world[outline], camera, everything, GRAZING_M)
    return _view(world, camera, found)


def _slide(start: NDArray, track: Points, camera: Camera, head: RayScene) -> NDArray:
    """Return the first point of a track (m, 3) that a camera sees; where it started if there is none."""
    seen = unoccluded(track, camera, head)
    return track[seen.argmax()] if seen.any() else start


def _view(world: Points, camera: Camera, seen: NDArray) -> Landmarks:
    points = camera.to_cam(world)
    uv = np.full((len(points), 2), np.nan)
    ahead = points[:, 2] > 0
    uv[ahead] = project(points[ahead], camera.K)
    return Landmarks(uv=uv, xyz_cam=points, visible=seen)
