"""What belongs to a run as a whole: dataset.json, spec.yaml, manifest.jsonl, failures.jsonl."""

import fcntl
import hashlib
import importlib.metadata
import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import synthgen
from synthgen.annotate import LANDMARK_SETS
from synthgen.annotate.landmarks import load_landmarks
from synthgen.errors import OutputError
from synthgen.parts import class_table
from synthgen.read import read_sample
from synthgen.scene import FORMAT
from synthgen.spec import SceneSpec
from synthgen.write.sample import PARTIAL, file_table, samples, write_problem

STALE_S = 3600.0
"""Partial folders older than this are left over from a process that died."""


class Dataset:
    """A data set on disk, being written."""

    def __init__(self, out: Path):
        """Name the folder; nothing is read or written yet."""
        self.out = out

    def prepare(self, spec: SceneSpec, spec_text: str, count: int) -> None:
        """Create the folder and its describing files, or check that what is there belongs to the same spec.

        Raises:
            OutputError: If the folder cannot be written or holds samples of another spec.
        """
        wanted = _describe(spec, count)
        try:
            self.out.mkdir(parents=True, exist_ok=True)
            begun, holds = (self.out / "dataset.json").exists(), any(samples(self.out))
            if begun:
                found = self.description()
                self._check_same(found, wanted, holds)
                wanted["count"] = max(count, found["count"])
            elif holds:
                raise OutputError(f"{self.out} holds samples but no dataset.json; choose another folder")
            _write_whole(self.out / "dataset.json", json.dumps(wanted, indent=1) + "\n")
            _write_whole(self.out / "spec.yaml", spec_text)
            self._sweep()
        except OSError as error:
            raise OutputError(write_problem(self.out, error)) from error

    def description(self) -> dict[str, Any]:
        """Return what dataset.json says.

        Raises:
            OutputError: If it is not there, or damaged.
        """
        path = self.out / "dataset.json"
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise OutputError(f"{self.out} holds no data set (dataset.json: {error.strerror})") from error
        except ValueError as error:
            raise OutputError(f"{path} is damaged ({error}); bring back a copy, or choose another folder") from error
        if not (isinstance(found, dict) and isinstance(found.get("count"), int) and "cameras" in found):
            raise OutputError(f"{path} is damaged (no count or cameras); bring back a copy, or choose another folder")
        return found

    def _check_same(self, found: dict[str, Any], wanted: dict[str, Any], holds: bool) -> None:
        for name in ("format", "synthgen", "seed", "spec_sha256"):
            if found.get(name) != wanted[name]:
                what = f"{name} was {found.get(name)}, now {wanted[name]}"
                what = "its spec.yaml says something else" if name == "spec_sha256" else what
                raise OutputError(
                    f"{self.out} {'holds samples of' if holds else 'was begun for'} another run ({what}); "
                    "choose another folder, or delete this one"
                )

    def _sweep(self) -> None:
        for folder in self.out.glob(f"[0-9]*/{PARTIAL}*"):
            if time.time() - folder.stat().st_mtime > STALE_S:
                shutil.rmtree(folder, ignore_errors=True)

    def lines(self) -> dict[int, dict[str, Any]]:
        """Return the manifest's lines by index; a line that was cut short or is damaged is left out.

        Raises:
            OutputError: If the manifest cannot be read.
        """
        lines = _read_lines(self.out / "manifest.jsonl")
        return {line["index"]: line for line in lines if isinstance(line.get("files"), dict)}

    def failed(self) -> set[int]:
        """Return the indices of the samples that were given up.

        Raises:
            OutputError: If the list cannot be read.
        """
        return {line["index"] for line in _read_lines(self.out / "failures.jsonl")}

    def finished(self) -> set[int]:
        """Return the indices of finished samples; those a process wrote but did not list are listed now.

        Raises:
            OutputError: If one of these cannot be read, or the manifest cannot be read or written.
        """
        listed, there = self.lines(), dict(samples(self.out))
        for index in sorted(there.keys() - listed):
            try:
                identity = read_sample(there[index]).labels["identity"]
                self.add({"index": index, "identity": identity, "files": file_table(there[index])})
            except OSError as error:
                raise OutputError(f"{error.filename}: cannot be read ({error.strerror})") from error
            except OutputError as error:
                raise OutputError(f"{error}; delete {there[index]} and run again") from error
        return set(there)

    def add(self, line: dict[str, Any]) -> None:
        """Append a finished sample to the manifest.

        Raises:
            OutputError: If it cannot be written.
        """
        _append(self.out / "manifest.jsonl", line)

    def fail(self, index: int, tries: int, error: str) -> None:
        """Append a sample that was given up.

        Raises:
            OutputError: If it cannot be written.
        """
        _append(self.out / "failures.jsonl", {"index": index, "tries": tries, "error": error})

    def forget_failures(self, indices: set[int]) -> None:
        """Take samples off the list of failures, as they are tried again or have been finished."""
        path = self.out / "failures.jsonl"
        rest = [line for line in _read_lines(path) if line["index"] not in indices]
        if rest:
            _write_whole(path, "".join(json.dumps(line) + "\n" for line in rest))
        else:
            path.unlink(missing_ok=True)


def _describe(spec: SceneSpec, count: int) -> dict[str, Any]:
    text = spec.model_copy(update={"count": None}).model_dump_json()
    sets = [load_landmarks(name) for name in LANDMARK_SETS]
    described = {s.name: {"points": list(s.points), "swap": s.swap.tolist()} for s in sets}
    return {
        "format": FORMAT,
        "synthgen": synthgen.__version__,
        "bpy": _version("bpy"),
        "seed": spec.seed,
        "count": count,
        "spec_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "classes": class_table(),
        "landmarks": {**described, **{f"{name}_contour": value for name, value in described.items()}},
        "cameras": [camera.name for rig in spec.rigs for camera in rig.cameras],
        "outputs": list(spec.outputs),
    }


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a list of samples; a line cut short by a crash, or otherwise no line of ours, is left out."""
    try:
        texts = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise OutputError(f"{path}: cannot be read ({error.strerror})") from error
    found = []
    for text in texts:
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if isinstance(line, dict) and isinstance(line.get("index"), int):
            found.append(line)
    return found


def _append(path: Path, line: dict[str, Any]) -> None:
    """Append a line in one write under a lock: several shards may share a folder."""
    try:
        with path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - 1, 0))
            torn = size > 0 and file.read(1) != b"\n"
            file.write((b"\n" if torn else b"") + json.dumps(line).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise OutputError(write_problem(path, error)) from error


def _write_whole(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
