"""Contact sheets without path tracing: people, poses, framing and parts of a spec in about a second a sample."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from synthgen.annotate.landmarks import annotate_contour, annotate_landmarks, load_landmarks
from synthgen.annotate.visibility import clear_materials, ray_scene
from synthgen.assemble import SceneGeometry, assemble
from synthgen.camera import Camera
from synthgen.parts import part_colors
from synthgen.rasterise import Raster, Rasteriser
from synthgen.rays import RayScene
from synthgen.ribbons import ribbon_meshes
from synthgen.scene import Scene, sample_scene
from synthgen.spec import SceneSpec
from synthgen.write.picture import picture_format, save_picture

TILE_PX = 288
CAPTION_PX = 14
COLUMNS = 6
CONTOUR, SURFACE = (255, 220, 60), (255, 255, 255)


def preview_sheet(spec: SceneSpec, indices: Sequence[int], out: str | Path) -> Path:
    """Rasterise samples of a spec and write one picture: each view shaded, and with its parts and landmarks.

    Raises:
        AssetError: If the head data has not been fetched.
        OutputError: If the picture cannot be written.
        RasteriserError: If OpenGL is not to be had.
    """
    path, blocks = Path(out), []
    picture_format(path)
    with Rasteriser() as rasteriser:
        for index in indices:
            scene = sample_scene(spec, index)
            geometry = assemble(scene, skin_map_size=256)
            skin = ray_scene(geometry, lambda mesh: mesh.name == "skin")
            views = []
            for camera in geometry.cameras:
                everything = ray_scene(geometry, clear=clear_materials(geometry, camera.band))
                small = _fitted(camera)
                hairy = replace(geometry, meshes=geometry.meshes + ribbon_meshes(geometry, small))
                raster = rasteriser.draw(hairy, small)
                labelled = _labelled(raster, geometry, small, everything, skin)
                views.append(np.hstack([_tile(raster.color, _caption(scene, camera)), _tile(labelled, "")]))
            blocks.append(np.hstack(views))
    abreast = max(1, min(len(blocks), COLUMNS * TILE_PX // blocks[0].shape[1]))
    blocks += [np.zeros_like(blocks[0])] * (-len(blocks) % abreast)
    rows = [np.hstack(blocks[n : n + abreast]) for n in range(0, len(blocks), abreast)]
    save_picture(path, np.vstack(rows))
    return path


def _fitted(camera: Camera) -> Camera:
    """Return the camera whose picture just fits a tile."""
    scale = TILE_PX / max(camera.width, camera.height)
    return camera.resized(max(1, round(camera.width * scale)), max(1, round(camera.height * scale)))


def _labelled(
    raster: Raster, geometry: SceneGeometry, camera: Camera, everything: RayScene, skin: RayScene
) -> NDArray[np.uint8]:
    colors = np.array(part_colors(), np.uint8)[raster.part]
    mixed = np.where(raster.part[..., None] > 0, raster.color // 2 + colors // 2, raster.color)
    image = Image.fromarray(mixed.astype(np.uint8))
    pen = ImageDraw.Draw(image)
    known = load_landmarks("ibug68")
    for points, color in (
        (annotate_contour(known, geometry.skin, camera, skin, everything), CONTOUR),
        (annotate_landmarks(known, geometry.skin, camera, everything), SURFACE),
    ):
        for (u, v), seen in zip(points.uv, points.visible, strict=True):
            if seen:
                pen.ellipse([u - 1, v - 1, u + 1, v + 1], fill=color)
    return np.asarray(image)


def _caption(scene: Scene, camera: Camera) -> str:
    return f"{scene.index} {camera.name}: {scene.identity.sex} {scene.identity.age:.0f}, {scene.expression.name}"


def _tile(pixels: NDArray[np.uint8], caption: str) -> NDArray[np.uint8]:
    """Return a picture in the middle of a square, with room for a caption below."""
    image = Image.new("RGB", (TILE_PX, TILE_PX + CAPTION_PX))
    image.paste(Image.fromarray(pixels), ((TILE_PX - pixels.shape[1]) // 2, (TILE_PX - pixels.shape[0]) // 2))
    ImageDraw.Draw(image).text((4, TILE_PX + 1), caption, fill=(230, 230, 230))
    return np.asarray(image)
