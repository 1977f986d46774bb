"""Environment and lamps -> Blender's world and lights."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix as BlenderMatrix

from synthgen.assemble import PlacedLamp
from synthgen.camera import Band
from synthgen.color import XYZ_FROM_LINEAR_SRGB
from synthgen.errors import SpecError
from synthgen.lighting import HDRIS, Environment
from synthgen.transforms import rotation

MAP_RESOLUTION = 2048
"""Of the environment's importance map: as good as Blender's automatic choice at a quarter of its cost; 1024 is not."""


def hdri_file(name: str) -> Path:
    """Return the file of one of Blender's environments, or of the user's.

    Raises:
        SpecError: If it is not there.
    """
    folder = Path(bpy.utils.resource_path("LOCAL")) / "datafiles" / "studiolights" / "world"
    path = folder / f"{name}.exr" if name in HDRIS else Path(name)
    if not path.is_file():
        raise SpecError(f"environment file {path} is not there")
    return path


def hdri_image(name: str) -> Any:
    """Return an environment as a Blender image, loaded once per process.

    Raises:
        SpecError: If it is not there or no image.
    """
    path = hdri_file(name)
    for image in bpy.data.images:
        if image.filepath == str(path):
            return image
    image = bpy.data.images.load(str(path))
    if not image.size[0]:
        bpy.data.images.remove(image)
        raise SpecError(f"environment file {path} is no image that can be read")
    return image


@lru_cache(maxsize=8)
def hdri_pixels(name: str) -> np.ndarray:
    """Return an environment's linear radiance (h, w, 3), at most 256 wide, first row on top."""
    image = hdri_image(name)
    width, height = image.size
    pixels = np.empty(width * height * image.channels, np.float32)
    image.pixels.foreach_get(pixels)
    rgb = pixels.reshape(height, width, image.channels)[::-1, :, :3]
    step = max(1, width // 256)
    rows, columns = height // step * step, width // step * step
    return rgb[:rows, :columns].reshape(rows // step, step, columns // step, step, 3).mean((1, 3))


def set_world(environment: Environment, band: Band) -> None:
    """Make an environment the world. In the infrared it is grey, with the luminance of its visible light."""
    world = bpy.data.worlds.new("world")
    tree = world.node_tree
    background = tree.nodes["Background"]
    background.inputs["Strength"].default_value = environment.strength
    if environment.kind == "uniform":
        color = environment.color
        grey = float(np.dot(XYZ_FROM_LINEAR_SRGB[1], color))
        background.inputs["Color"].default_value = (*(color if band == "rgb" else (grey,) * 3), 1.0)
    else:
        texture = tree.nodes.new("ShaderNodeTexEnvironment")
        texture.image = hdri_image(environment.name)
        texture.interpolation = "Cubic"  # a small part of the map fills the picture: linear shows its pixels
        coordinates = tree.nodes.new("ShaderNodeTexCoord")
        mapping = tree.nodes.new("ShaderNodeMapping")
        # the lookup direction turns against the surroundings
        mapping.inputs["Rotation"].default_value = (0, 0, -np.radians(environment.rotation_deg))
        tree.links.new(coordinates.outputs["Generated"], mapping.inputs["Vector"])
        tree.links.new(mapping.outputs["Vector"], texture.inputs["Vector"])
        color = texture.outputs["Color"]
        if band != "rgb":
            grey = tree.nodes.new("ShaderNodeRGBToBW")
            tree.links.new(color, grey.inputs["Color"])
            color = grey.outputs["Val"]
        tree.links.new(color, background.inputs["Color"])
        world.cycles.sampling_method = "MANUAL"
        world.cycles.sample_map_resolution = MAP_RESOLUTION
    bpy.context.scene.world = world


def add_lamp(placed: PlacedLamp) -> Any:
    """Add a lamp and return its object. Lamps light and are mirrored, but are not seen by the camera."""
    lamp = placed.lamp
    data = bpy.data.lights.new(lamp.name, lamp.kind.upper())
    data.energy = lamp.power_w
    data.color = lamp.color
    if lamp.kind == "area":
        data.shape = "DISK" if lamp.shape == "disk" else "RECTANGLE"
        data.size = lamp.size_m
        if lamp.shape == "rectangle":
            data.size_y = lamp.size_m * lamp.aspect
    else:
        data.shadow_soft_size = lamp.size_m / 2
    if lamp.kind == "spot":
        data.spot_size = np.radians(lamp.beam_deg)
        data.spot_blend = lamp.blend
    holder = bpy.data.objects.new(lamp.name, data)
    pose = placed.world_from_lamp.copy()
    pose[:3, :3] = pose[:3, :3] @ rotation("x", 180)  # Blender's lamps shine along -z
    holder.matrix_world = BlenderMatrix(pose.tolist())
    holder.visible_camera = False
    bpy.context.scene.collection.objects.link(holder)
    return holder
