"""One sample from disk, as arrays and the labels' plain JSON."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import OpenEXR
from numpy.typing import NDArray
from PIL import Image

from synthgen.errors import OutputError
from synthgen.frozen import did_you_mean

LAYERS = ("through_lens", "amodal")
PASSES = (
    *("alpha", "depth", "normals", "position", "segmentation", "instances"),
    *(f"{layer}.{name}" for layer in LAYERS for name in ("segmentation", "instances", "depth")),
)


@dataclass(frozen=True)
class Sample:
    """A sample's folder.

    Attributes:
        folder: Where it lies.
        labels: labels.json.
    """

    folder: Path
    labels: dict[str, Any]

    @property
    def cameras(self) -> list[str]:
        """Return the names of the cameras."""
        return list(self.labels["cameras"])

    def path(self, camera: str, name: str) -> Path:
        """Return the path of a file of one view, such as `depth.exr`.

        Raises:
            OutputError: If there is no such camera.
        """
        if camera not in self.cameras:
            raise OutputError(f"{self.folder}: no camera {camera!r} (allowed: {', '.join(self.cameras)})")
        return self.folder / f"{camera}.{name}"

    def layers(self, camera: str) -> list[str]:
        """Return the names of the layers of labels that a view has: amodal, through_lens.

        Raises:
            OutputError: If there is no such camera.
        """
        return [layer for layer in LAYERS if self.path(camera, f"{layer}.segmentation.png").is_file()]

    def picture(self, camera: str) -> NDArray[np.uint8]:
        """Return the picture (h, w, 3), infrared ones in grey.

        Raises:
            OutputError: If it cannot be read.
        """
        band = self.labels["cameras"].get(camera, {}).get("band")
        pixels = read_png(self.path(camera, f"{band}.png"))
        return pixels if pixels.ndim == 3 else np.repeat(pixels[..., None], 3, -1)

    def array(self, camera: str, name: str) -> NDArray:
        """Return a pass: alpha in [0, 1]; depth, normals, position in metres or units; segmentation, instances ids.

        Those of layers are called `amodal.depth`, `through_lens.segmentation` and so on.

        Raises:
            OutputError: If there is no such pass, or it cannot be read.
        """
        if name not in PASSES:
            raise OutputError(f"no pass {name!r}{did_you_mean(name, list(PASSES))} (allowed: {', '.join(PASSES)})")
        if name == "alpha":
            return read_png(self.path(camera, "alpha.png")).astype(np.float64) / 65535
        kind = name.rpartition(".")[2]
        if kind in ("segmentation", "instances"):
            return read_png(self.path(camera, f"{name}.png"))
        planes = read_exr(self.path(camera, f"{name}.exr"))
        order = {"depth": "Z", "normals": "XYZ", "position": "XYZ"}[kind]
        return planes[order] if len(order) == 1 else np.stack([planes[channel] for channel in order], -1)


def read_sample(folder: str | Path) -> Sample:
    """Read a sample's folder.

    Raises:
        OutputError: If it holds no labels that can be read.
    """
    folder = Path(folder)
    try:
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise OutputError(f"{folder}: labels.json cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise OutputError(f"{folder}: labels.json cannot be read ({error})") from error
    if not (isinstance(labels, dict) and isinstance(labels.get("cameras"), dict) and "identity" in labels):
        raise OutputError(f"{folder}: labels.json cannot be read (no labels of a sample)")
    return Sample(folder, labels)


def read_png(path: Path) -> NDArray:
    """Return the pixels of a PNG, 8 or 16 bit.

    Raises:
        OutputError: If it cannot be read.
    """
    _require(path)
    try:
        with Image.open(path) as image:
            pixels = np.array(image)
    except (OSError, SyntaxError) as error:
        raise OutputError(f"{path}: cannot be read as PNG") from error
    return pixels.astype(np.uint16) if pixels.dtype == np.int32 else pixels


def read_exr(path: Path) -> dict[str, NDArray[np.float32]]:
    """Return the channels (h, w) of an EXR file.

    Raises:
        OutputError: If it cannot be read.
    """
    _require(path)
    try:
        channels = OpenEXR.File(str(path), separate_channels=True).channels()
        return {name: channel.pixels for name, channel in channels.items()}
    except (RuntimeError, ValueError, TypeError) as error:
        raise OutputError(f"{path}: cannot be read as EXR") from error


def _require(path: Path) -> None:
    if not path.is_file():
        raise OutputError(f"{path}: is not there; only what the spec's outputs name is written")
