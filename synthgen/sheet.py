"""Contact sheets: pictures with their labels drawn over them, to look at."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from synthgen.errors import OutputError
from synthgen.parts import part_colors
from synthgen.read import Sample, read_sample
from synthgen.scene import load_scene
from synthgen.spec import Output
from synthgen.write.picture import save_picture
from synthgen.write.sample import samples

TILE_PX = 384
OVERLAY = 0.45
VISIBLE, HIDDEN, CONTOUR = (80, 255, 120), (255, 90, 90), (255, 220, 60)
GAZE, BOX, AXES = (90, 200, 255), (240, 240, 240), ((255, 80, 80), (80, 255, 80), (100, 140, 255))
GAZE_LENGTH_M, AXIS_LENGTH_M = 0.09, 0.08


def contact_sheet(out: str | Path, number: int = 8) -> Path:
    """Draw OUT/contact_sheet.png: a row per view with the picture, landmarks and pose, parts, depth, normals, matte.

    Args:
        out: Folder of a data set.
        number: At most this many samples.

    Returns:
        The picture's path.

    Raises:
        OutputError: If there are no samples, one cannot be read, or the picture cannot be written.
        SpecError: If a sample's scene.json cannot be read.
    """
    folders = [folder for _, folder in sorted(samples(Path(out)))[:number]]
    if not folders:
        raise OutputError(f"{out} holds no samples")
    rows = [row for folder in folders for row in _rows(folder)]
    path = Path(out) / "contact_sheet.png"
    save_picture(path, np.vstack(rows))
    return path


def _rows(folder: Path) -> list[NDArray[np.uint8]]:
    sample, scene = read_sample(folder), load_scene(folder / "scene.json")
    try:
        return [_row(sample, camera, scene.outputs) for camera in sample.cameras]
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise OutputError(f"{folder} is damaged ({type(error).__name__}: {error}); see: synthgen verify") from error


def _row(sample: Sample, camera: str, outputs: Collection[Output]) -> NDArray[np.uint8]:
    view = sample.labels["cameras"][camera]
    blank = np.zeros((view["height"], view["width"], 3), np.uint8)
    picture = sample.picture(camera) if "rgb" in outputs else blank
    tiles = [picture, draw_labels(picture, view)]
    tiles += [draw(sample, camera, picture) if output in outputs else blank for output, draw in _TILES.items()]
    return np.hstack([_fit(tile) for tile in tiles])


def _fit(tile: NDArray[np.uint8]) -> NDArray[np.uint8]:
    image = Image.fromarray(tile)
    image.thumbnail((TILE_PX, TILE_PX), Image.Resampling.LANCZOS)
    square = Image.new("RGB", (TILE_PX, TILE_PX))
    square.paste(image, ((TILE_PX - image.width) // 2, (TILE_PX - image.height) // 2))
    return np.asarray(square)


def draw_labels(picture: NDArray[np.uint8], view: dict[str, Any]) -> NDArray[np.uint8]:
    """Return a picture (h, w, 3) with landmarks, boxes, eyes, gaze and the head's axes of one view drawn over it."""
    scale = max(1, round(768 / max(picture.shape[:2])))
    image = Image.fromarray(picture).resize((picture.shape[1] * scale, picture.shape[0] * scale))
    pen = ImageDraw.Draw(image)
    for name in ("person", "face"):
        if view["boxes"].get(name):
            pen.rectangle([c * scale for c in view["boxes"][name]], outline=BOX)
    _dots(pen, view["landmarks"].get("ibug68_contour"), scale, CONTOUR, CONTOUR, 3.0, slice(0, 17))
    _dots(pen, view["landmarks"].get("ibug68"), scale, VISIBLE, HIDDEN, 2.0)
    K = np.array(view["K"])
    for side in ("left", "right"):
        eye = view["eyes"][side]
        ring = [(u * scale, v * scale) for u, v in eye["iris_uv"]]
        pen.line([*ring, ring[0]], fill=GAZE, width=1)
        start = np.array(eye["pupil_cam"])
        _arrow(pen, K, start, start + GAZE_LENGTH_M * np.array(eye["gaze_cam"]), GAZE, scale)
    pose = np.array(view["head"]["cam_from_head"])
    for column, color in enumerate(AXES):
        axis = pose[:3, column] * (-1 if column == 2 else 1)  # out of the face, not into the head
        _arrow(pen, K, pose[:3, 3], pose[:3, 3] + AXIS_LENGTH_M * axis, color, scale)
    return np.asarray(image)


def _dots(
    pen: Any, points: Any, scale: int, seen: tuple, hidden: tuple, radius: float, which: slice = slice(None)
) -> None:
    if points is None:
        return
    r = radius * scale / 2
    for (u, v), visible in list(zip(points["uv"], points["visible"], strict=True))[which]:
        if u is not None:
            box = [u * scale - r, v * scale - r, u * scale + r, v * scale + r]
            pen.ellipse(box, fill=seen if visible else hidden)


def _arrow(pen: Any, K: NDArray, start: NDArray, end: NDArray, color: tuple, scale: int) -> None:
    if start[2] > 0 and end[2] > 0:
        a, b = ((K @ point)[:2] / point[2] * scale for point in (start, end))
        pen.line([*map(float, a), *map(float, b)], fill=color, width=2)


def _parts(sample: Sample, camera: str, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    part = sample.array(camera, "segmentation")
    colors = np.array(part_colors(), float)[part]
    mixed = picture * (1 - OVERLAY) + colors * OVERLAY
    return np.where(part[..., None] > 0, mixed, picture).astype(np.uint8)


def _depth(sample: Sample, camera: str, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    depth = sample.array(camera, "depth")
    there = depth > 0
    if not there.any():
        return np.zeros_like(picture)
    near, far = np.percentile(depth[there], [1, 99])
    grey = np.where(there, 230 - 190 * np.clip((depth - near) / max(far - near, 1e-6), 0, 1), 0)
    return np.repeat(grey.astype(np.uint8)[..., None], 3, -1)


def _normals(sample: Sample, camera: str, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    normals = sample.array(camera, "normals") * [1, -1, -1]
    there = np.abs(normals).sum(-1, keepdims=True) > 0
    return np.where(there, (normals * 0.5 + 0.5) * 255, 0).astype(np.uint8)


def _matte(sample: Sample, camera: str, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    alpha = sample.array(camera, "alpha")[..., None]
    return (picture * alpha + np.array([70, 160, 90]) * (1 - alpha)).astype(np.uint8)


_TILES: dict[Output, Callable[[Sample, str, NDArray[np.uint8]], NDArray[np.uint8]]] = {
    "segmentation": _parts,
    "depth": _depth,
    "normals": _normals,
    "alpha": _matte,
}
