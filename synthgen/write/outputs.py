"""One function for each kind of file a view can have."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from synthgen.camera import Band
from synthgen.passes import Layer, Passes
from synthgen.spec import Output
from synthgen.write.images import display, split, write_exr, write_png


def write_picture(passes: Passes, band: Band, stem: Path) -> None:
    """Write the picture: 8-bit sRGB, or 8-bit grey for an infrared camera."""
    _write_display(passes.color, band, stem, "rgb" if band == "rgb" else band)


def write_background(passes: Passes, band: Band, stem: Path) -> None:
    """Write the same view without the person."""
    assert passes.background is not None
    _write_display(passes.background, band, stem, "background")


def _write_display(color: np.ndarray, band: Band, stem: Path, name: str) -> None:
    pixels = display(color)
    write_png(_file(stem, f"{name}.png"), pixels if band == "rgb" else pixels[..., 0])


def write_linear(passes: Passes, band: Band, stem: Path) -> None:
    """Write the picture before the view transform, scene-linear float32."""
    channels = split(passes.color, "RGB") if band == "rgb" else {"Y": passes.color[..., 0]}
    write_exr(_file(stem, "linear.exr"), channels)


def write_alpha(passes: Passes, band: Band, stem: Path) -> None:
    """Write the matte, 16-bit."""
    write_png(_file(stem, "alpha.png"), np.rint(passes.alpha * 65535).astype(np.uint16))


def write_depth(passes: Passes, band: Band, stem: Path) -> None:
    """Write planar depth, float32 metres."""
    write_exr(_file(stem, "depth.exr"), {"Z": passes.depth_m})


def write_normals(passes: Passes, band: Band, stem: Path) -> None:
    """Write normals in the camera frame, float32."""
    write_exr(_file(stem, "normals.exr"), split(passes.normal_cam, "XYZ"))


def write_position(passes: Passes, band: Band, stem: Path) -> None:
    """Write surface points in the camera frame, float32 metres."""
    write_exr(_file(stem, "position.exr"), split(passes.position_cam, "XYZ"))


def write_segmentation(passes: Passes, band: Band, stem: Path) -> None:
    """Write class ids, 8-bit."""
    write_png(_file(stem, "segmentation.png"), passes.part)


def write_instances(passes: Passes, band: Band, stem: Path) -> None:
    """Write instance ids, 16-bit."""
    write_png(_file(stem, "instances.png"), passes.instance)


def write_coverage(passes: Passes, band: Band, stem: Path) -> None:
    """Write the share of each pixel that each kind of hair and each lens covers, float32, one channel a kind."""
    channels = {part.name.lower(): share for part, share in passes.cover.items()}
    write_exr(_file(stem, "coverage.exr"), channels or {"hair": np.zeros_like(passes.alpha)})


def write_through_lens(passes: Passes, band: Band, stem: Path) -> None:
    """Write the labels of what is seen through lenses."""
    assert passes.through_lens is not None
    _write_layer(passes.through_lens, stem, "through_lens")


def write_amodal(passes: Passes, band: Band, stem: Path) -> None:
    """Write the labels without accessories."""
    assert passes.amodal is not None
    _write_layer(passes.amodal, stem, "amodal")


def _write_layer(layer: Layer, stem: Path, name: str) -> None:
    write_png(_file(stem, f"{name}.segmentation.png"), layer.part)
    write_png(_file(stem, f"{name}.instances.png"), layer.instance)
    write_exr(_file(stem, f"{name}.depth.exr"), {"Z": layer.depth_m})


def _file(stem: Path, suffix: str) -> Path:
    return stem.with_name(f"{stem.name}.{suffix}")


WRITERS: dict[Output, Callable[[Passes, Band, Path], None]] = {
    "rgb": write_picture,
    "alpha": write_alpha,
    "depth": write_depth,
    "normals": write_normals,
    "segmentation": write_segmentation,
    "instances": write_instances,
    "background": write_background,
    "position": write_position,
    "linear": write_linear,
    "coverage": write_coverage,
    "through_lens": write_through_lens,
    "amodal": write_amodal,
}
"""By output name; `rgb` means the picture, whatever the camera's band."""
