"""Rendering: one sample a pixel for exact labels, many for the matte's edges and for the picture."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from synthgen.assemble import SceneGeometry
from synthgen.blender.build import Built, build, hair_parts, lens_parts
from synthgen.blender.lights import hdri_pixels
from synthgen.blender.memory import give_back_the_rest
from synthgen.blender.session import Device, render_passes, silence
from synthgen.blender.shaders.label import NORMAL_PASS, POSITION_PASS, cover_pass
from synthgen.camera import Camera
from synthgen.color import adaptation, black_body_linear
from synthgen.exposure import exposed, incident_light
from synthgen.lighting import shines_in
from synthgen.passes import LENSES, Layer, Passes, put_hair_on
from synthgen.quality import QUALITIES
from synthgen.scene import Scene

NOTHING_M = 1e9
"""Cycles writes 1e10 as the depth of nothing."""
FILTER_PX = 1.5
BOUNCES = {"max": 8, "diffuse": 4, "glossy": 4, "transmission": 8, "transparent": 8}


def render(scene: Scene, geometry: SceneGeometry, device: Device) -> tuple[dict[str, Passes], dict[str, float]]:
    """Render every camera of a scene.

    Labels come first, without light: their passes are those of the first sample, which Cycles fires through the
    pixel's centre, so nothing is averaged. Then the coverage of hair, then the pictures, each for all cameras: what
    Cycles has built of the hair serves both.

    Returns:
        Passes by camera name, and CPU seconds by stage.

    Raises:
        BlenderError: If Cycles gives no picture.
        SpecError: If an environment file is not there.
    """
    clock: dict[str, float] = {}
    with _stage(clock, "build"):
        built = build(geometry)
        _settings(scene, device)
        give_back_the_rest()  # what assembling took
    labels, views = {}, {}
    with _stage(clock, "labels"):
        surfaces = _all_labels(built)
        behind = _all_labels(built, through=True) if "through_lens" in scene.outputs else {}
    built.show_labels()
    built.show_hair(True)
    for camera in geometry.cameras:
        built.look_from(camera)
        with _stage(clock, "coverage"):
            labels[camera.name] = _cover(scene, geometry, camera, surfaces[camera.name])
    with _stage(clock, "labels"):
        through = {name: _through_lens(labels[name], found) for name, found in behind.items()}
        amodal = _amodal(scene, built) if "amodal" in scene.outputs else {}
    built.show_pictures()
    for camera in geometry.cameras:
        built.set_view(camera)
        with _stage(clock, "beauty"):
            color, background = _picture(scene, built, camera)
        views[camera.name] = Passes(
            color=color,
            background=background,
            through_lens=through.get(camera.name),
            amodal=amodal.get(camera.name),
            **labels[camera.name],
        )
    # What Cycles keeps between renders serves one scene only: it would know the next one's materials and images by
    # their addresses, and take them for these. Blender drops it when this is switched off.
    bpy.context.scene.render.use_persistent_data = False
    give_back_the_rest()
    return views, clock


@contextmanager
def _stage(clock: dict[str, float], name: str) -> Iterator[None]:
    started = time.process_time()
    yield
    clock[name] = clock.get(name, 0.0) + time.process_time() - started


def _settings(scene: Scene, device: Device) -> None:
    """Set what holds for every render of a scene."""
    blender, layer = bpy.context.scene, bpy.context.view_layer
    cycles = blender.cycles
    cycles.device = "CPU" if device.kind == "CPU" else "GPU"
    cycles.seed = scene.render.seed
    cycles.use_light_tree = False  # one light dominates; the tree costs 4% and changes nothing
    cycles.caustics_reflective = cycles.caustics_refractive = True  # off, lenses and eyes turn dark
    cycles.sample_clamp_direct = 0.0
    blender.cycles_curves.shape = "RIBBONS"  # a quarter faster than tubes, and looks the same
    cycles.pixel_filter_type, cycles.filter_width = "BLACKMAN_HARRIS", FILTER_PX
    for name in ("z", "position", "normal"):
        setattr(layer, f"use_pass_{name}", True)
    layer.pass_alpha_threshold = 0.5  # holes in nets have the depth of what is behind
    blender.render.use_persistent_data = True
    blender.render.use_motion_blur = False
    blender.render.use_compositing = blender.render.use_sequencer = False


def _bounces(picture: bool) -> None:
    cycles = bpy.context.scene.cycles
    cycles.max_bounces = BOUNCES["max"]
    cycles.diffuse_bounces = BOUNCES["diffuse"] if picture else 0
    cycles.glossy_bounces = BOUNCES["glossy"] if picture else 0
    cycles.transmission_bounces = BOUNCES["transmission"]
    cycles.transparent_max_bounces = BOUNCES["transparent"]
    cycles.sample_clamp_indirect = 10.0 if picture else 0.0
    cycles.use_denoising = picture


def _labels(camera: Camera) -> dict[str, NDArray]:
    cycles = bpy.context.scene.cycles
    _bounces(picture=False)
    cycles.samples, cycles.use_adaptive_sampling = 1, False
    bpy.context.scene.render.film_transparent = True
    found = render_passes()
    depth = found["Depth"][..., 0]
    hit = depth < NOTHING_M
    R = camera.cam_from_world[:3, :3]
    ids = np.where(hit[..., None], found["Combined"][..., :3], 0)
    position = camera.to_cam(found["Position"])
    normal = found["Normal"] @ R.T
    length = np.linalg.norm(normal, axis=-1, keepdims=True)
    unit = normal / np.where(length == 0, 1, length)
    return {
        "depth_m": np.where(hit, depth, 0).astype(np.float32),
        "normal_cam": np.where(hit[..., None], unit, 0).astype(np.float32),
        "part": np.rint(ids[..., 0]).astype(np.uint8),
        "instance": np.rint(ids[..., 1]).astype(np.uint16),
        "position_cam": np.where(hit[..., None], position, 0).astype(np.float32),
        "behind_m": ids[..., 2].astype(np.float32),
    }


def _all_labels(built: Built, through: bool = False) -> dict[str, dict[str, NDArray]]:
    """Return the labels of surfaces by camera name; `through` lenses with the depth of what is behind them."""
    built.show_labels(through)
    found = {}
    for camera in built.geometry.cameras:
        built.look_from(camera)
        found[camera.name] = _labels(camera)
    return found


def _through_lens(labels: dict[str, NDArray], behind: dict[str, NDArray]) -> Layer:
    """Return labels with what is seen through lenses in their place."""
    lens = np.isin(labels["part"], LENSES)
    part, instance = (np.where(lens, behind[name], labels[name]) for name in ("part", "instance"))
    return Layer(part, instance, np.where(lens, behind["behind_m"], labels["depth_m"]))


def _amodal(scene: Scene, built: Built) -> dict[str, Layer]:
    """Return the labels of every view without accessories, the hair as it is without them."""
    built.show_accessories(False)
    surfaces, layers = _all_labels(built), {}
    built.show_hair(True, bare=True)
    for camera in built.geometry.cameras:
        built.look_from(camera)
        found = _cover(scene, built.geometry, camera, surfaces[camera.name])
        layers[camera.name] = Layer(found["part"], found["instance"], found["depth_m"])
    built.show_accessories(True)
    return layers


def _cover(scene: Scene, geometry: SceneGeometry, camera: Camera, surfaces: dict[str, NDArray]) -> dict[str, Any]:
    """Return labels with the matte, lenses and hair: surfaces and strands, many samples where pixels disagree."""
    cycles = bpy.context.scene.cycles
    cycles.samples = QUALITIES[scene.render.quality].coverage_samples
    cycles.use_adaptive_sampling = True
    cycles.adaptive_threshold, cycles.adaptive_min_samples = 0.01, 8
    found = render_passes()
    alpha = np.clip(found["Combined"][..., 3], 0, 1).astype(np.float32)
    surfaces = {name: values for name, values in surfaces.items() if name != "behind_m"}
    parts, lenses = hair_parts(geometry), lens_parts(geometry)
    every = {part: np.clip(found[cover_pass(part)][..., 0], 0, 1).astype(np.float32) for part in (*parts, *lenses)}
    if not parts:
        return {**surfaces, "alpha": alpha, "cover": every}
    cover = {part: every[part] for part in parts}
    share = np.maximum(np.sum([found[cover_pass(part)] for part in parts], axis=0), 1e-9)
    position = camera.to_cam(found[POSITION_PASS][..., :3] / share)
    normal = found[NORMAL_PASS][..., :3] @ camera.cam_from_world[:3, :3].T
    instance = geometry.instances.index((*geometry.strands, *geometry.bare_strands)[0].instance) + 1
    return {**put_hair_on(surfaces, cover, position, normal, instance), "alpha": alpha, "cover": every}


def _picture(scene: Scene, built: Built, camera: Camera) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
    blender, quality = bpy.context.scene, QUALITIES[scene.render.quality]
    cycles = blender.cycles
    _bounces(picture=True)
    cycles.samples, cycles.use_adaptive_sampling = quality.samples, False
    with silence():  # listing the denoisers looks for the drivers of every GPU
        cycles.denoiser, cycles.denoising_quality = "OPENIMAGEDENOISE", quality.denoiser
    cycles.denoising_prefilter, cycles.denoising_input_passes = "ACCURATE", "RGB_ALBEDO_NORMAL"
    blender.render.film_transparent = False
    develop = _development(scene, built.geometry, camera)
    color = render_passes()["Combined"][..., :3] @ develop.T
    if "background" not in scene.outputs:
        return _in_band(color, camera), None
    built.show_person(False)
    cycles.use_denoising = False
    behind = render_passes()["Combined"][..., :3] @ develop.T
    built.show_person(True)
    return _in_band(color, camera), _in_band(behind, camera)


def _in_band(color: NDArray, camera: Camera) -> NDArray[np.float32]:
    """Return a picture as its band records it: in the infrared one value, in all three channels."""
    if camera.band != "rgb":
        color = np.repeat(color.mean(-1, keepdims=True), 3, -1)
    return np.maximum(color, 0).astype(np.float32)


def _development(scene: Scene, geometry: SceneGeometry, camera: Camera) -> NDArray:
    """Return the matrix (3, 3) on radiance that exposes and balances a picture."""
    exposure, balance = scene.render.exposure, scene.render.white_balance
    lamps = [placed for placed in geometry.lamps if shines_in(camera.band, placed.lamp.band)]
    light = incident_light(geometry, camera, lamps, environment_radiance(geometry))
    scale = 2.0**exposure.ev * (1.0 if exposure.kind == "manual" else exposed(light))
    if camera.band != "rgb" or balance.kind == "none" or not light.any():
        return scale * np.eye(3)
    white = light if balance.kind == "auto" else black_body_linear(balance.temperature_k)
    return scale * adaptation(white, balance.degree)


def environment_radiance(geometry: SceneGeometry) -> NDArray[Any]:
    """Return the radiance of a scene's environment as an equirectangular map, its own strength not applied."""
    environment = geometry.environment
    if environment.kind == "hdri":
        return hdri_pixels(environment.name)
    return np.broadcast_to(np.array(environment.color, np.float32), (16, 32, 3))
