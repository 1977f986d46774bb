"""The same scene by OpenGL instead of path tracing: quick looks, and an independent check of labels."""

import os
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synthgen.annotate.visibility import opaque
from synthgen.assemble import SceneGeometry
from synthgen.camera import Camera
from synthgen.errors import SynthgenError
from synthgen.materials import EyeShell, Iris, Pupil, Spectrum, Surface
from synthgen.mesh import Mesh
from synthgen.system_libraries import PREVIEW, missing, remedy
from synthgen.transforms import invert

NEAR_M, FAR_M = 0.05, 50.0
GL_FROM_CV = np.diag([1.0, -1, -1, 1])
FALLBACK = Spectrum((0.5, 0.5, 0.5), 0.5, 0.5)


class RasteriserError(SynthgenError):
    """OpenGL without a screen is not to be had."""


@dataclass(frozen=True)
class Raster:
    """One view by OpenGL.

    Attributes:
        part: (h, w) `Part` at the pixel's centre, clear surfaces left out. uint8.
        depth_m: (h, w) planar z, metres; 0 where there is nothing. float32.
        color: (h, w, 3) simple shading, 8-bit sRGB.
    """

    part: NDArray[np.uint8]
    depth_m: NDArray[np.float32]
    color: NDArray[np.uint8]


@lru_cache(maxsize=1)
def _pyrender() -> ModuleType:
    """Import pyrender on EGL, else OSMesa.

    Raises:
        RasteriserError: If neither works; the message says what to install.
    """
    lacking = missing(PREVIEW)
    platforms = ["osmesa"] if lacking else ["egl", "osmesa"]
    if "PYOPENGL_PLATFORM" not in os.environ:
        os.environ["PYOPENGL_PLATFORM"] = platforms[0]
    try:
        import pyrender
    except ImportError as error:
        if lacking:
            raise RasteriserError(
                f"preview needs OpenGL libraries that are not installed; {remedy(lacking)}"
            ) from error
        raise RasteriserError("preview needs pyrender; run: pip install 'synthgen[preview]'") from error
    return pyrender


class Rasteriser:
    """Draws views; keeps one OpenGL context. Use as a context manager, one at a time: closing one ends EGL for all."""

    def __init__(self) -> None:
        """Open a context.

        Raises:
            RasteriserError: If OpenGL is not to be had.
        """
        try:
            self._renderer = _pyrender().OffscreenRenderer(64, 64)
        except RasteriserError:
            raise
        except Exception as error:  # whatever a driver raises
            platform = os.environ.get("PYOPENGL_PLATFORM")
            raise RasteriserError(
                f"preview cannot open OpenGL without a screen (PYOPENGL_PLATFORM={platform}: {error}); "
                "allowed: egl with a driver such as Mesa's, or osmesa with its library"
            ) from error

    def __enter__(self) -> "Rasteriser":
        return self

    def __exit__(self, *_: object) -> None:
        self._renderer.delete()

    def draw(self, geometry: SceneGeometry, camera: Camera) -> Raster:
        """Return a view of a scene."""
        gl = _pyrender()
        scene = gl.Scene(bg_color=[0.16, 0.17, 0.19, 1.0], ambient_light=[0.35] * 3)
        ids: dict[Any, tuple[int, int, int]] = {}
        for mesh in geometry.meshes:
            kept = opaque(mesh)
            normals = mesh.shading_normals()
            for part in np.unique(mesh.part[kept]):
                rows = kept & (mesh.part == part)
                node = scene.add(_gl_mesh(gl, mesh, normals, rows, geometry))
                ids[node] = (int(part), 0, 0)
        (fx, _, cx), (_, fy, cy), _ = camera.K
        lens = gl.IntrinsicsCamera(fx, fy, cx, cy, znear=NEAR_M, zfar=FAR_M)
        pose = invert(camera.cam_from_world) @ GL_FROM_CV
        scene.add(lens, pose=pose)
        scene.add(gl.DirectionalLight(intensity=2.5), pose=_key_light(pose))
        self._renderer.viewport_width, self._renderer.viewport_height = camera.width, camera.height
        parts, depth = self._renderer.render(scene, gl.RenderFlags.SEG, seg_node_map=ids)
        color, _ = self._renderer.render(scene)
        return Raster(parts[..., 0].copy(), depth.copy(), color.copy())


def _key_light(pose: NDArray) -> NDArray:
    """Return the pose of a light over the camera's left shoulder."""
    turn = np.eye(4)
    angle, tilt = np.radians(-35), np.radians(-25)
    about_y = np.array([[np.cos(angle), 0, np.sin(angle)], [0, 1, 0], [-np.sin(angle), 0, np.cos(angle)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(tilt), -np.sin(tilt)], [0, np.sin(tilt), np.cos(tilt)]])
    turn[:3, :3] = about_y @ about_x
    return pose @ turn


def _gl_mesh(gl: ModuleType, mesh: Mesh, normals: NDArray, rows: NDArray[np.bool_], geometry: SceneGeometry) -> Any:
    used, triangles = np.unique(mesh.triangles[rows], return_inverse=True)
    triangles = triangles.reshape(-1, 3)
    triangles = np.concatenate([triangles, triangles[:, ::-1]])  # drawing ids culls back faces, whatever the material
    albedo = mesh.attributes.get("albedo_rgb")
    if albedo is not None:
        colors = np.column_stack([np.clip(albedo[used], 0, 1), np.ones(len(used))]).astype(np.float32)
        base = [1.0, 1.0, 1.0, 1.0]
    else:
        slot = 0 if mesh.material is None else int(mesh.material[rows.argmax()])
        colors, base = None, [*_plain_color(geometry.materials[mesh.materials[slot]]), 1.0]
    primitive = gl.Primitive(
        positions=mesh.vertices[used].astype(np.float32),
        normals=normals[used].astype(np.float32),
        color_0=colors,
        indices=triangles.astype(np.uint32),
        material=gl.MetallicRoughnessMaterial(
            baseColorFactor=base, metallicFactor=0.0, roughnessFactor=0.7, doubleSided=True
        ),
    )
    return gl.Mesh([primitive])


def _plain_color(material: object) -> tuple[float, float, float]:
    if isinstance(material, EyeShell):
        return (material.sclera.albedo or FALLBACK).rgb
    if isinstance(material, Iris):
        return material.mean_rgb
    if isinstance(material, Pupil):
        return material.dark.rgb
    if isinstance(material, Surface):
        return (material.albedo or FALLBACK).rgb
    return FALLBACK.rgb
