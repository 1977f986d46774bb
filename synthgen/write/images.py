"""Arrays -> image files whose bytes depend on the pixels alone."""

from pathlib import Path

import numpy as np
import OpenEXR
from numpy.typing import NDArray
from PIL import Image

from synthgen.color import linear_to_srgb, view_linear

PNG_LEVEL = 6


def display(color_linear: NDArray) -> NDArray[np.uint8]:
    """Return 8-bit sRGB of a scene-linear picture: `view_linear`, then the sRGB curve, rounded."""
    return np.rint(linear_to_srgb(view_linear(color_linear)) * 255).astype(np.uint8)


def write_png(path: Path, pixels: NDArray) -> None:
    """Write 8-bit grey or RGB, or 16-bit grey.

    Raises:
        ValueError: If the array is of another kind.
    """
    if (pixels.dtype == np.uint8 and (pixels.ndim == 2 or pixels.shape[2:] == (3,))) or (
        pixels.dtype == np.uint16 and pixels.ndim == 2
    ):
        image = Image.fromarray(pixels)
    else:
        raise ValueError(f"no PNG for {pixels.dtype} of shape {pixels.shape}")
    image.save(path, format="PNG", compress_level=PNG_LEVEL)


def write_exr(path: Path, channels: dict[str, NDArray]) -> None:
    """Write float32 channels (h, w), losslessly compressed."""
    header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage}
    planes = {name: np.ascontiguousarray(plane, np.float32) for name, plane in channels.items()}
    OpenEXR.File(header, planes).write(str(path))


def split(vectors: NDArray, names: str) -> dict[str, NDArray]:
    """Return the channels of an array (h, w, n) by one-letter names."""
    return {name: vectors[..., k] for k, name in enumerate(names)}
