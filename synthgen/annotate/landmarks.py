"""Landmark sets: fixed points on the skin, and jaw points that move to the visible outline as people mark them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from synthgen.annotate.visibility import unoccluded, visible
from synthgen.assets import package_data
from synthgen.camera import Camera, project
from synthgen.errors import AssetError
from synthgen.frame import Landmarks
from synthgen.head.model import Points, head_model
from synthgen.rays import RayScene

TRACK_STEPS = 96
GRAZING_M = 0.004
"""Slack of the visibility of outline points: their rays graze the skin."""


@dataclass(frozen=True)
class LandmarkSet:
    """A set of points on the skin.

    Attributes:
        name: Such as ibug68.
        points: Names of the points.
        matrix: (n, v) points = matrix @ skin surface's first v rows (the cage's vertices on the limit surface).
        swap: (n,) index of each point's mirror image.
        tracks: For each outline point, cage vertices of the line it moves along when it is hidden, from the point
            towards the middle of the face.
    """

    name: str
    points: tuple[str, ...]
    matrix: sparse.csr_matrix
    swap: NDArray[np.int64]
    tracks: Mapping[int, NDArray[np.int64]]


@lru_cache(maxsize=8)
def load_landmarks(name: str) -> LandmarkSet:
    """Return a landmark set of `assets/landmarks`.

    Raises:
        AssetError: If there is no such set.
    """
    path = package_data("landmarks", f"{name}.json")
    if not path.exists():
        known = sorted(file.stem for file in package_data("landmarks").glob("*.json"))
        raise AssetError(f"no landmark set {name!r} (allowed: {', '.join(known)})")
    table = json.loads(path.read_text())
    points = table["points"]
    rows = np.concatenate([np.full(len(p["vertices"]), n) for n, p in enumerate(points)])
    columns = np.concatenate([p["vertices"] for p in points])
    weights = np.concatenate([p["weights"] for p in points])
    shape = (len(points), len(head_model().vertices))
    return LandmarkSet(
        name=table["name"],
        points=tuple(p["name"] for p in points),
        matrix=sparse.csr_matrix((weights, (rows, columns)), shape),
        swap=np.array(table["swap"]),
        tracks={int(n): np.array(track["front"]) for n, track in table["tracks"].items()},
    )


def surface_points(landmarks: LandmarkSet, skin: Points) -> Points:
    """Return the points (n, 3) of a set on a skin surface, in its frame and unit."""
    return landmarks.matrix @ skin[: landmarks.matrix.shape[1]]


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
    line = np.concatenate([start[None], track])
    steps = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    along = np.linspace(0, steps[-1], TRACK_STEPS)
    places = np.stack([np.interp(along, steps, line[:, k]) for k in range(3)], 1)
    seen = unoccluded(places, camera, head)
    return places[seen.argmax()] if seen.any() else start


def _view(world: Points, camera: Camera, seen: NDArray) -> Landmarks:
    points = camera.to_cam(world)
    uv = np.full((len(points), 2), np.nan)
    ahead = points[:, 2] > 0
    uv[ahead] = project(points[ahead], camera.K)
    return Landmarks(uv=uv, xyz_cam=points, visible=seen)
