"""Whole runs: bytes, resuming, crashes, interruption."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from synthgen.verify import verify_dataset

SPEC = """
seed: 5
count: 3
identity: {pool: 20}
expression: {name: all}
rigs: [{kind: head_orbit, cameras: [{width_px: 80, height_px: 80}]}]
render: {quality: draft}
outputs: [rgb, alpha, depth, normals, segmentation, instances, background, position, linear]
"""
SYNTHGEN = [sys.executable, "-m", "synthgen.cli"]


def synthgen(*words, timeout=400, **more) -> subprocess.CompletedProcess:
    command = [*SYNTHGEN, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, **more)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Return a data set of three small samples, rendered by two workers."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "spec.yaml").write_text(SPEC)
    done = synthgen("render", folder / "spec.yaml", "-o", folder / "out", "--workers", 2, "--sheet", "-v")
    assert done.returncode == 0, done.stderr
    return folder / "out", done


SCRIPT = """
import synthgen as sg

print("once")
spec = sg.load_spec("spec.yaml", {"outputs": ["rgb"]})
print(sg.render_dataset(spec, "out", count=1, threads=1).finished)
"""


def test_a_script_without_a_main_guard_is_run_once(tmp_path):
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "script.py").write_text(SCRIPT)
    done = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "once\n[0]\n"
    assert "Traceback" not in done.stderr


def test_a_run_writes_what_the_contract_says(finished):
    out, done = finished
    assert {p.name for p in out.iterdir()} == {
        "000",
        "dataset.json",
        "manifest.jsonl",
        "spec.yaml",
        "contact_sheet.png",
    }
    assert sorted(p.name for p in (out / "000").iterdir()) == ["000000", "000001", "000002"]
    expected = {"rgb.png", "alpha.png", "depth.exr", "normals.exr", "segmentation.png", "instances.png"}
    expected |= {"background.png", "position.exr", "linear.exr"}
    found = {p.name for p in (out / "000/000000").iterdir()}
    assert found == {f"default.{name}" for name in expected} | {"labels.json", "scene.json"}
    assert (out / "spec.yaml").read_text() == SPEC
    assert "contact sheet:" in done.stdout and "where the time went" in done.stderr


def test_a_finished_run_verifies(finished):
    out, _ = finished
    report = verify_dataset(out)
    assert report.problems == []
    assert report.samples == 3 and report.checks > 120


def test_a_run_that_is_complete_is_skipped(finished):
    out, _ = finished
    before = files(out / "000/000001")
    done = synthgen("render", out / "spec.yaml", "-o", out)
    assert done.returncode == 0 and "0 rendered, 3 there before" in done.stdout
    assert files(out / "000/000001") == before


@pytest.mark.slow
@pytest.mark.parametrize("threads", [1, 4])
def test_a_scene_renders_to_the_same_bytes_in_another_process(finished, tmp_path, threads):
    out, _ = finished
    done = synthgen("render", out / "000/000002/scene.json", "-o", tmp_path, "--threads", threads, "--device", "cpu")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{tmp_path / '000/000002'}\n" and done.stderr == ""
    assert files(tmp_path / "000/000002") == files(out / "000/000002")


def test_a_missing_sample_is_made_again_the_same(finished, tmp_path):
    import shutil

    out, _ = finished
    copy = tmp_path / "out"
    shutil.copytree(out, copy)
    before = files(copy / "000/000001")
    shutil.rmtree(copy / "000/000001")
    lines = (copy / "manifest.jsonl").read_text().splitlines()
    kept = [line for line in lines if json.loads(line)["index"] != 1]
    (copy / "manifest.jsonl").write_text("\n".join([*kept, '{"index": 1, "iden']))  # and a line cut short
    assert any("missing" in problem for problem in verify_dataset(copy).problems)
    done = synthgen("render", copy / "spec.yaml", "-o", copy)
    assert done.returncode == 0 and "1 rendered, 2 there before" in done.stdout
    assert files(copy / "000/000001") == before
    assert verify_dataset(copy).problems == []


def test_another_spec_is_refused_in_the_same_folder(finished, tmp_path):
    out, _ = finished
    other = tmp_path / "other.yaml"
    other.write_text(SPEC.replace("seed: 5", "seed: 6"))
    done = synthgen("render", other, "-o", out)
    assert done.returncode == 2
    assert "holds samples of another run (seed was 5, now 6)" in done.stderr


def test_more_samples_of_the_same_spec_may_be_added_by_shards(finished, tmp_path):
    import shutil

    out, _ = finished
    copy = tmp_path / "out"
    shutil.copytree(out, copy)
    done = synthgen("render", copy / "spec.yaml", "-o", copy, "-n", 5, "--shard", "1/2")
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in (copy / "000").iterdir()) == ["000000", "000001", "000002", "000003"]
    assert list(verify_dataset(copy).problems) == ["000004: is missing; run the same render command again"]


def test_a_worker_that_dies_costs_its_sample_a_retry_not_the_run(tmp_path):
    (tmp_path / "spec.yaml").write_text(SPEC)
    process = subprocess.Popen(
        [*SYNTHGEN, "render", str(tmp_path / "spec.yaml"), "-o", str(tmp_path / "out"), "--threads", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    killed = False
    until = time.monotonic() + 300
    while process.poll() is None and time.monotonic() < until:
        if not killed and (tmp_path / "out/000/000000").exists():
            for pid in children(process.pid):
                os.kill(pid, signal.SIGKILL)
                killed = True
        time.sleep(0.05)
    _stdout, stderr = process.communicate(timeout=300)
    assert killed and process.returncode == 0, stderr
    assert "the worker died" in stderr and "tried again" in stderr
    assert verify_dataset(tmp_path / "out").problems == []


def children(pid: int) -> list[int]:
    """Return the worker processes below a process."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            command = (entry / "cmdline").read_text()
        except (OSError, ValueError, IndexError):
            continue
        if parent == pid and "spawn_main" in command:
            found.append(int(entry.name))
    return found


def hears_ctrl_c() -> None:
    """Undo what shells do to commands in the background, which pass it on: they do not hear SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_cleanly_and_a_rerun_goes_on(tmp_path, asked):
    (tmp_path / "spec.yaml").write_text(SPEC)
    command = [*SYNTHGEN, "render", str(tmp_path / "spec.yaml"), "-o", str(tmp_path / "out"), "--threads", "1"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, **pipes, text=True, preexec_fn=hears_ctrl_c)
    until = time.monotonic() + 300
    while not (tmp_path / "out/000/000000").exists() and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(asked)
    _, stderr = process.communicate(timeout=300)
    assert process.returncode == 75, stderr
    assert "run the same command again" in stderr and "Traceback" not in stderr
    assert not list((tmp_path / "out/000").glob(".partial-*"))
    assert synthgen(*command[3:]).returncode == 0
    assert verify_dataset(tmp_path / "out").problems == []


@pytest.mark.parametrize("delay_s", [1.0, 2.0, 2.5, 3.0])
def test_ctrl_c_in_a_terminal_while_workers_start_is_quiet(tmp_path, delay_s):
    """A terminal sends it to every process of the group."""
    (tmp_path / "spec.yaml").write_text(SPEC)
    command = [*SYNTHGEN, "render", str(tmp_path / "spec.yaml"), "-o", str(tmp_path / "out"), "--workers", "2"]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=hears_ctrl_c
    )
    until = time.monotonic() + 60
    while not children(process.pid) and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(delay_s - 1)
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 75 and "run the same command again" in stderr and "Traceback" not in stderr, stderr
