"""Pictures for people to look at: contact sheets and previews."""

import contextlib
import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from synthgen.errors import OutputError
from synthgen.write.sample import write_problem

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}


def picture_format(path: Path) -> str:
    """Return the format that a file name asks for.

    Raises:
        OutputError: If it asks for none that is known.
    """
    if path.suffix.lower() not in FORMATS:
        raise OutputError(f"cannot write {path}: no picture's name (allowed: one that ends in {', '.join(FORMATS)})")
    return FORMATS[path.suffix.lower()]


def save_picture(path: Path, pixels: NDArray[np.uint8]) -> None:
    """Write a picture (h, w, 3) in the format of its name; what was there stays until the new one is whole.

    Raises:
        OutputError: If the name asks for no known format, or the file cannot be written.
    """
    kind = picture_format(path)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(part, format=kind)
        part.replace(path)
    except (OSError, ValueError) as error:
        raise OutputError(write_problem(path, error)) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
