"""Where fetched data lives, and how a file gets there whole or not at all."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from synthgen.errors import AssetError


def cache_dir() -> Path:
    """Return the folder of fetched data: `SYNTHGEN_CACHE`, else `synthgen` in the user's cache folder."""
    if chosen := os.environ.get("SYNTHGEN_CACHE"):
        return Path(chosen).expanduser()
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "synthgen"


def package_data(*parts: str) -> Path:
    """Return the path of data we author and ship (`assets/` in the repository, `synthgen/_assets` in a wheel)."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "_assets"
    return (shipped if shipped.is_dir() else package.parent / "assets").joinpath(*parts)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file in one step: another process sees the old content or the new, never a part.

    Raises:
        AssetError: If the folder cannot be written.
    """
    part = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            part = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(path)
    except OSError as error:
        if part is not None:
            part.unlink(missing_ok=True)
        raise AssetError(
            f"cannot write {path}: {error.strerror or error}; set SYNTHGEN_CACHE to a folder you can write"
        ) from error


def content_hash(arrays: Mapping[str, np.ndarray]) -> str:
    """Return the SHA-256 of named arrays: names, types, shapes and values, independent of the file format."""
    digest = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        digest.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()
