"""Arrays -> Blender images for textures."""

from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from synthgen.blender.session import OF_SCENE


def scene_image(name: str, pixels: NDArray) -> Any:
    """Return numbers (h, w, 4), first row at v = 0, as an image that goes with the scene; the fourth is no opacity."""
    image = float_image(name, pixels)
    image[OF_SCENE] = True
    return image


def byte_image(name: str, values: NDArray[np.uint8]) -> Any:
    """Return bytes (h, w, 3), first row at v = 0, as an image of numbers 0 to 1 that goes with the scene."""
    height, width = values.shape[:2]
    image = bpy.data.images.new(name, width, height, is_data=True)
    pixels = np.ones((height, width, 4), np.float32)
    pixels[..., :3] = values / np.float32(255)
    image.pixels.foreach_set(pixels.ravel())
    image[OF_SCENE] = True
    return image


def float_image(name: str, pixels: NDArray) -> Any:
    """Return numbers (h, w, 4), first row at v = 0, as an image that stays; the fourth is no opacity."""
    height, width = pixels.shape[:2]
    image = bpy.data.images.new(name, width, height, alpha=True, float_buffer=True, is_data=True)
    image.alpha_mode = "CHANNEL_PACKED"
    image.pixels.foreach_set(np.ascontiguousarray(pixels, np.float32).ravel())
    return image
