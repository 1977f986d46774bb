"""Checks of a finished data set: files against the manifest, labels against passes."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from synthgen.errors import SynthgenError
from synthgen.parts import class_table
from synthgen.read import read_sample
from synthgen.scene import load_scene
from synthgen.verify.consistency import check_view
from synthgen.write.dataset import Dataset
from synthgen.write.sample import PARTIAL, file_table, sample_folder, samples


@dataclass
class Report:
    """What was found.

    Attributes:
        samples: Folders looked at.
        checks: Single facts checked.
        problems: One sentence each, beginning with where.
    """

    samples: int = 0
    checks: int = 0
    problems: list[str] = field(default_factory=list)

    def expect(self, holds: bool, where: str, what: str) -> None:
        """Count a fact, and note it if it does not hold."""
        self.checks += 1
        if not holds:
            self.problems.append(f"{where}: {what}")


def verify_dataset(out: str | Path) -> Report:
    """Check a data set on disk.

    Raises:
        OutputError: If the folder holds no data set.
    """
    out, report = Path(out), Report()
    dataset = Dataset(out)
    described = dataset.description()
    report.expect(described.get("format") == 1, "dataset.json", f"format {described.get('format')}, expected 1")
    report.expect(described.get("classes") == class_table(), "dataset.json", "class table is not this version's")
    listed, there = dataset.lines(), {index for index, _ in samples(out)}
    for index in sorted(set(range(described["count"])) - there - dataset.failed()):
        report.expect(False, f"{index:06d}", "is missing; run the same render command again")
    for index in sorted(set(listed) - there):
        report.expect(False, f"{index:06d}", "is in the manifest but its folder is not there")
    for folder in sorted(out.glob(f"[0-9]*/{PARTIAL}*")):
        report.expect(False, folder.name, "is left over from a process that died; it can be deleted")
    for index in sorted(there):
        _check_sample(out, index, listed.get(index), described, report)
    return report


def _check_sample(out: Path, index: int, line: dict[str, Any] | None, described: dict, report: Report) -> None:
    folder, where = sample_folder(out, index), f"{index:06d}"
    report.samples += 1
    report.expect(line is not None, where, "is not in the manifest; run the same render command again")
    if line is not None and not _check_files(folder, where, line["files"], report):
        return
    try:
        sample, scene = read_sample(folder), load_scene(folder / "scene.json")
        report.expect(sample.labels["index"] == index == scene.index, where, "labels, scene and folder differ in index")
        same = sample.labels["identity"] == str(scene.identity.id)
        report.expect(same, where, "labels and scene differ in identity")
        report.expect(sample.cameras == described["cameras"], where, "its cameras are not those of dataset.json")
        for camera in sample.cameras:
            for problem in check_view(sample, camera, scene.outputs, report):
                report.problems.append(f"{where}/{camera}: {problem}")
    except SynthgenError as error:
        report.expect(False, where, f"cannot be read: {error}")
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        report.expect(False, where, f"labels.json is not of format 1 ({type(error).__name__}: {error})")


def _check_files(folder: Path, where: str, expected: dict[str, dict[str, Any]], report: Report) -> bool:
    try:
        found = file_table(folder)
    except OSError as error:
        report.expect(False, where, f"cannot be read: {error.filename}: {error.strerror}")
        return False
    for name in sorted(set(expected) | set(found)):
        if name not in found:
            report.expect(False, where, f"{name} is missing")
        elif name not in expected:
            report.expect(False, where, f"{name} is not in the manifest")
        else:
            report.expect(found[name] == expected[name], where, f"{name} is not the file that was written")
    return found == expected
