"""One sample's folder, complete or not there."""

import errno
import hashlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

from synthgen.errors import OutputError
from synthgen.frame import Frame
from synthgen.scene import dump_scene
from synthgen.write.labels import labels_json
from synthgen.write.outputs import WRITERS

PARTIAL = ".partial-"


def sample_folder(out: Path, index: int) -> Path:
    """Return the folder of a sample: OUT/000/000007."""
    return out / f"{index // 1000:03d}" / f"{index:06d}"


def samples(out: Path) -> Iterator[tuple[int, Path]]:
    """Yield index and folder of the finished samples of a data set, in no order; other files are passed over.

    Raises:
        OutputError: If a folder cannot be looked into.
    """
    try:
        for thousand in _folders(out):
            for folder in _folders(thousand):
                if folder == sample_folder(out, int(folder.name)):
                    yield int(folder.name), folder
    except OSError as error:
        raise OutputError(f"{error.filename}: cannot be read ({error.strerror})") from error


def _folders(path: Path) -> list[Path]:
    if not path.is_dir():
        return []
    with os.scandir(path) as entries:
        return [path / entry.name for entry in entries if entry.name.isdecimal() and entry.is_dir()]


def require_writable(out: Path) -> None:
    """Make a folder if it is not there, and make sure that files can be written into it.

    Raises:
        OutputError: If not.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise OutputError(write_problem(out, error)) from error


def write_frame(frame: Frame, out: str | Path) -> Path:
    """Write one frame as OUT/000/000007; the folder appears in one step when it is complete.

    Returns:
        The folder. One that was there is replaced.

    Raises:
        OutputError: If it cannot be written; what was there stays.
    """
    final = sample_folder(Path(out), frame.scene.index)
    partial = final.with_name(f"{PARTIAL}{final.name}-{os.getpid()}-{uuid.uuid4().hex[:8]}")
    try:
        partial.mkdir(parents=True)
        for name, labels in frame.labels.items():
            for output in frame.scene.outputs:
                WRITERS[output](frame.passes[name], labels.camera.band, partial / name)
        (partial / "labels.json").write_text(labels_json(frame), encoding="utf-8")
        (partial / "scene.json").write_text(dump_scene(frame.scene), encoding="utf-8")
        for file in partial.iterdir():
            _sync(file)
        _sync(partial)
        _replace(partial, final)
    except (OSError, RuntimeError) as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise OutputError(write_problem(final, error)) from error
    return final


def write_problem(path: Path, error: Exception) -> str:
    """Return one sentence on why a path cannot be written."""
    number = getattr(error, "errno", None)
    if number == errno.ENOSPC or (number is None and _is_full(path)):
        return f"cannot write {path}: the disk is full; free some space and run again, finished samples are kept"
    if isinstance(error, FileExistsError):
        return f"cannot write {path}: it is a file; allowed: a folder"
    reason = getattr(error, "strerror", None) or error
    return f"cannot write {path}: {reason}"


def _is_full(path: Path) -> bool:
    """Tell whether a disk has no room; the EXR library reports it without an error number."""
    existing = next((folder for folder in path.parents if folder.exists()), Path("/"))
    return shutil.disk_usage(existing).free < 4 * 1024 * 1024


def _replace(partial: Path, final: Path) -> None:
    old = None
    if final.exists():
        old = final.with_name(f"{PARTIAL}old-{uuid.uuid4().hex[:8]}")
        final.rename(old)
    partial.rename(final)
    _sync(final.parent)
    if old is not None:
        shutil.rmtree(old, ignore_errors=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def file_table(folder: Path) -> dict[str, dict[str, int | str]]:
    """Return size and SHA-256 of every file in a sample's folder, by name."""
    table: dict[str, dict[str, int | str]] = {}
    for file in sorted(folder.iterdir()):
        data = file.read_bytes()
        table[file.name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    return table
