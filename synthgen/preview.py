"""Contact sheets without path tracing: people, poses, framing and parts of a spec in about a second a sample."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from synthgen.annotate.landmarks import annotate_contour, annotate_landmarks, load_landmarks
from synthgen.annotate.visibility import ray_scene
from synthgen.assemble import SceneGeometry, assemble
from synthgen.camera import Camera
from synthgen.errors import OutputError
from synthgen.parts import part_colors
from synthgen.rasterise import Raster, Rasteriser
from synthgen.scene import Scene, sample_scene
from synthgen.spec import SceneSpec
from synthgen.write.sample import write_problem

TILE_PX = 256
COLUMNS = 6


def preview_sheet(spec: SceneSpec, indices: Sequence[int], out: str | Path) -> Path:
    """Rasterise samples of a spec and write one picture: each view shaded, and with its parts and landmarks.

    Raises:
        AssetError: If the head data has not been fetched.
        OutputError: If the picture cannot be written.
        RasteriserError: If OpenGL is not to be had.
    """
    tiles = []
    for index in indices:
        scene = sample_scene(spec, index)
        geometry = assemble(scene)
        for camera in geometry.cameras:
            tiles += _tiles(scene, geometry, camera)
    columns = min(COLUMNS, len(tiles))
    tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % columns)
    rows = [np.hstack(tiles[n : n + columns]) for n in range(0, len(tiles), columns)]
    path = Path(out)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.vstack(rows)).save(path)
    except (OSError, ValueError) as error:
        raise OutputError(write_problem(path, error)) from error
    return path


def _tiles(scene: Scene, geometry: SceneGeometry, camera: Camera) -> list[NDArray[np.uint8]]:
    with Rasteriser(camera.width, camera.height) as rasteriser:
        raster = rasteriser.draw(geometry, camera)
    shaded = _fit(raster.color)
    _caption(shaded, f"{scene.index}: {scene.identity.sex} {scene.identity.age:.0f}, {scene.expression.name}")
    return [np.asarray(shaded), np.asarray(_fit(_labelled(raster, geometry, camera)))]


def _labelled(raster: Raster, geometry: SceneGeometry, camera: Camera) -> NDArray[np.uint8]:
    colors = np.array(part_colors(), np.uint8)[raster.part]
    mixed = np.where(raster.part[..., None] > 0, raster.color // 2 + colors // 2, raster.color)
    image = Image.fromarray(mixed.astype(np.uint8))
    pen = ImageDraw.Draw(image)
    everything = ray_scene(geometry)
    head = ray_scene(geometry, lambda mesh: mesh.name == "skin")
    known = load_landmarks("ibug68")
    radius = max(1.0, camera.width / 300)
    for points, color in (
        (annotate_contour(known, geometry.skin, camera, head, everything), (255, 220, 60)),
        (annotate_landmarks(known, geometry.skin, camera, everything), (255, 255, 255)),
    ):
        for (u, v), seen in zip(points.uv, points.visible, strict=True):
            if seen:
                pen.ellipse([u - radius, v - radius, u + radius, v + radius], fill=color)
    return np.asarray(image)


def _fit(pixels: NDArray[np.uint8]) -> Image.Image:
    image = Image.fromarray(pixels)
    image.thumbnail((TILE_PX, TILE_PX), Image.Resampling.LANCZOS)
    square = Image.new("RGB", (TILE_PX, TILE_PX))
    square.paste(image, ((TILE_PX - image.width) // 2, (TILE_PX - image.height) // 2))
    return square


def _caption(image: Image.Image, text: str) -> None:
    pen = ImageDraw.Draw(image)
    pen.rectangle([0, TILE_PX - 14, TILE_PX, TILE_PX], fill=(0, 0, 0))
    pen.text((4, TILE_PX - 13), text, fill=(230, 230, 230))
