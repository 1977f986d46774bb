"""Boxes around what is seen, and around what is there."""

import numpy as np
from numpy.typing import NDArray

from synthgen.assemble import SceneGeometry
from synthgen.camera import Camera, project
from synthgen.parts import PARTS, Part

_FACE_WORDS = (
    *("skin", "forehead", "cheek", "chin", "jaw", "nose", "nostrils", "temple", "eyelid", "under_eye", "sclera"),
    *("iris", "pupil", "caruncle", "brow", "lashes", "lip", "mouth", "teeth", "tongue", "beard", "moustache"),
)
FACE = frozenset(Part[name.upper()] for name in PARTS if name.startswith(_FACE_WORDS))
"""Parts of the face, from the hairline to the chin."""
HEAD = FACE | {Part[name.upper()] for name in ("scalp", "hair", "ear_left", "ear_right")}
"""Parts of the head."""


def seen_box(mask: NDArray[np.bool_]) -> list[float] | None:
    """Return [x0, y0, x1, y1] around the pixels of a mask, along pixel edges; None if it is empty."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        return None
    return [float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1)]


def whole_box(geometry: SceneGeometry, camera: Camera, parts: frozenset[Part] | set[Part]) -> list[float] | None:
    """Return [x0, y0, x1, y1] around the projection of parts, hidden or out of the image as they may be.

    None if any of it lies behind the camera.
    """
    wanted = np.array(sorted(parts))
    points = [m.vertices[np.unique(m.triangles[np.isin(m.part, wanted)])] for m in geometry.meshes]
    points_cam = camera.to_cam(np.concatenate(points))
    if not len(points_cam) or (points_cam[:, 2] <= 0).any():
        return None
    uv = project(points_cam, camera.K)
    return [*map(float, uv.min(0)), *map(float, uv.max(0))]


def boxes(geometry: SceneGeometry, camera: Camera, part: NDArray[np.uint8]) -> dict[str, list[float] | None]:
    """Return all boxes of one view."""
    return {
        "head": seen_box(np.isin(part, list(HEAD))),
        "face": seen_box(np.isin(part, list(FACE))),
        "person": seen_box(part != Part.BACKGROUND),
        "head_whole": whole_box(geometry, camera, HEAD),
        "face_whole": whole_box(geometry, camera, FACE),
    }
