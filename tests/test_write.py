"""Files: exact values back, whole or not there."""

import json
import resource
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from synthgen.annotate import annotate, attributes
from synthgen.assemble import assemble
from synthgen.errors import OutputError
from synthgen.frame import Frame
from synthgen.passes import Passes
from synthgen.read import read_sample
from synthgen.read.sample import read_exr, read_png
from synthgen.scene import load_scene, sample_scene
from synthgen.spec import SceneSpec
from synthgen.write import Dataset, write_frame
from synthgen.write.images import display, write_exr, write_png


def made_up_frame(index=3) -> Frame:
    """Return a frame whose passes are noise: enough to write and read."""
    spec = SceneSpec.model_validate({"rigs": [{"kind": "head_orbit", "cameras": [{"width_px": 40, "height_px": 24}]}]})
    scene = sample_scene(spec, index)
    geometry = assemble(scene)
    rng = np.random.default_rng(0)
    part = rng.integers(0, 40, (24, 40)).astype(np.uint8)
    there = part > 0
    passes = {
        "default": Passes(
            color=rng.uniform(0, 2, (24, 40, 3)).astype(np.float32),
            alpha=there.astype(np.float32),
            depth_m=np.where(there, rng.uniform(1, 2, (24, 40)), 0).astype(np.float32),
            normal_cam=np.where(there[..., None], [0, 0, -1], 0).astype(np.float32),
            part=part,
            instance=there.astype(np.uint16),
            position_cam=np.zeros((24, 40, 3), np.float32),
        )
    }
    return Frame(scene, passes, annotate(geometry, passes), attributes(scene, geometry), {"kind": "CPU"})


@pytest.fixture(scope="module")
def frame():
    return made_up_frame()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_grey_png_gives_back_every_value(tmp_path, dtype):
    pixels = np.random.default_rng(1).integers(0, np.iinfo(dtype).max, (33, 17), endpoint=True).astype(dtype)
    write_png(tmp_path / "a.png", pixels)
    back = read_png(tmp_path / "a.png")
    assert back.dtype == dtype and np.array_equal(back, pixels)


def test_float_images_give_back_every_bit(tmp_path):
    plane = np.random.default_rng(1).normal(size=(20, 30)).astype(np.float32)
    write_exr(tmp_path / "a.exr", {"Z": plane})
    assert np.array_equal(read_exr(tmp_path / "a.exr")["Z"], plane)


def test_equal_arrays_give_equal_bytes(tmp_path):
    plane = np.random.default_rng(1).normal(size=(20, 30)).astype(np.float32)
    for name in ("a.exr", "b.exr"):
        write_exr(tmp_path / name, {"Z": plane})
    assert (tmp_path / "a.exr").read_bytes() == (tmp_path / "b.exr").read_bytes()


def test_no_png_is_made_of_floats(tmp_path):
    with pytest.raises(ValueError, match="no PNG for float64"):
        write_png(tmp_path / "a.png", np.zeros((2, 2)))


def test_display_is_srgb_of_the_view():
    assert display(np.array([[[0.18, 0, 1e6]]], np.float32)).tolist() == [[[118, 0, 255]]]


def test_a_frame_is_read_back_as_it_was(frame, tmp_path):
    folder = write_frame(frame, tmp_path)
    assert folder == tmp_path / "000/000003"
    sample, passes = read_sample(folder), frame.passes["default"]
    assert np.array_equal(sample.array("default", "segmentation"), passes.part)
    assert np.array_equal(sample.array("default", "instances"), passes.instance)
    assert np.array_equal(sample.array("default", "depth"), passes.depth_m)
    assert np.array_equal(sample.array("default", "normals"), passes.normal_cam)
    assert np.array_equal(sample.picture("default"), display(passes.color))
    assert load_scene(folder / "scene.json") == frame.scene


def test_labels_hold_what_the_contract_names(frame, tmp_path):
    labels = json.loads((write_frame(frame, tmp_path) / "labels.json").read_text())
    assert set(labels) == {"format", "index", "identity", "seed", "attributes", "cameras"}
    assert {"age", "sex", "ancestry", "skin", "expression", "eyes", "clothing", "environment", "lights"} <= set(
        labels["attributes"]
    )
    view = labels["cameras"]["default"]
    assert {
        "width",
        "height",
        "band",
        "K",
        "distortion",
        "cam_from_world",
        "landmarks",
        "boxes",
        "head",
        "eyes",
    } <= set(view)
    assert set(view["landmarks"]) == {"ibug68", "ibug68_contour"}
    assert all(len(view["landmarks"]["ibug68"][key]) == 68 for key in ("uv", "xyz_cam", "visible"))
    eye = view["eyes"]["left"]
    assert {
        "centre_cam",
        "pupil_uv",
        "pupil_cam",
        "iris_uv",
        "gaze_cam",
        "gaze_head",
        "openness",
        "pupil_visible",
    } <= set(eye)
    assert len(eye["iris_uv"]) == 16 and set(view["boxes"]) >= {"head", "face", "person"}


def test_writing_twice_gives_the_same_bytes(frame, tmp_path):
    one, two = write_frame(frame, tmp_path / "a"), write_frame(frame, tmp_path / "b")
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes(), path.name


def test_writing_over_a_sample_replaces_it_whole(frame, tmp_path):
    folder = write_frame(frame, tmp_path)
    (folder / "stray.txt").write_text("x")
    write_frame(frame, tmp_path)
    assert not (folder / "stray.txt").exists()
    assert [path.name for path in folder.parent.iterdir()] == ["000003"]


def test_a_folder_that_cannot_be_made_is_one_sentence(frame, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write .*: Not a directory"):
        write_frame(frame, tmp_path / "file")


LIMITED = """
import resource, signal, sys
from tests.test_write import made_up_frame
from synthgen.write import write_frame
from synthgen.errors import OutputError
frame = made_up_frame()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
try:
    write_frame(frame, sys.argv[1])
except OutputError as error:
    print("OutputError:", error)
"""


def test_a_write_that_breaks_off_leaves_nothing_behind(tmp_path):
    """Files may not grow beyond 3 kB here, as on a disk that fills up halfway."""
    done = subprocess.run([sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, text=True)
    assert done.stdout.startswith("OutputError: cannot write"), done.stdout + done.stderr
    assert not list(tmp_path.glob("000/*"))
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 3000


def test_the_manifest_is_appended_line_by_line_and_survives_a_torn_line(tmp_path):
    dataset = Dataset(tmp_path)
    dataset.add({"index": 0, "files": {}})
    with (tmp_path / "manifest.jsonl").open("a") as file:
        file.write('{"index": 1, "ide')
    dataset.add({"index": 2, "files": {}})
    assert sorted(dataset.lines()) == [0, 2]


def test_failures_are_listed_and_taken_off_again(tmp_path):
    dataset = Dataset(tmp_path)
    dataset.fail(4, 3, "why")
    dataset.fail(5, 1, "why")
    dataset.forget_failures({4})
    assert '"index": 5' in (tmp_path / "failures.jsonl").read_text()
    dataset.forget_failures({5})
    assert not (tmp_path / "failures.jsonl").exists()


def test_a_folder_with_samples_of_unknown_origin_is_refused(tmp_path):
    (tmp_path / "000/000001").mkdir(parents=True)
    with pytest.raises(OutputError, match="holds samples but no dataset.json"):
        Dataset(tmp_path).prepare(SceneSpec(), "", 1)


def begin(folder, **spec) -> Dataset:
    dataset = Dataset(folder)
    dataset.prepare(SceneSpec.model_validate(spec), "", 1)
    return dataset


def test_a_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write .*file: it is a file; allowed: a folder"):
        begin(tmp_path / "file")


def test_a_changed_spec_is_told_from_samples_that_are_there(frame, tmp_path):
    begin(tmp_path)
    with pytest.raises(OutputError, match=r"was begun for another run \(its spec.yaml says something else\); choose"):
        begin(tmp_path, render={"quality": "high"})
    write_frame(frame, tmp_path)
    with pytest.raises(OutputError, match=r"holds samples of another run \(seed was 0, now 1\)"):
        begin(tmp_path, seed=1)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"count": "many", "cameras": []}', '{"count": 1}'])
def test_a_damaged_description_is_one_sentence(tmp_path, text):
    begin(tmp_path)
    (tmp_path / "dataset.json").write_text(text)
    with pytest.raises(OutputError, match="dataset.json is damaged .*; bring back a copy, or choose another folder"):
        begin(tmp_path)


@pytest.mark.parametrize(
    "damage", [b"[3]\n", b'{"index": "x"}\n', b'{"index": 3}\n', b"\xff\xfe\x00 no text\n", b"{" * 3]
)
def test_damaged_lines_of_the_manifest_are_written_anew(frame, tmp_path, damage):
    write_frame(frame, tmp_path)
    (tmp_path / "manifest.jsonl").write_bytes(damage)
    (tmp_path / "failures.jsonl").write_bytes(damage)
    dataset = Dataset(tmp_path)
    assert dataset.lines() == {}
    assert dataset.finished() == {3} and set(dataset.lines()) == {3}
    dataset.forget_failures({3})
    assert dataset.failed() == set()


def test_a_sample_that_is_neither_listed_nor_readable_is_named(frame, tmp_path):
    (write_frame(frame, tmp_path) / "labels.json").write_text("[]")
    with pytest.raises(OutputError, match="000003: labels.json cannot be read .*; delete .*000003 and run again"):
        Dataset(tmp_path).finished()


def test_only_folders_of_samples_count_as_samples(frame, tmp_path):
    folder = write_frame(frame, tmp_path)
    (folder.parent / "0junk").mkdir()
    (folder.parent / "7").mkdir()
    (folder.parent / "000009").write_text("a file")
    (tmp_path / "001/000002").mkdir(parents=True)
    assert Dataset(tmp_path).finished() == {3}


def test_samples_beyond_a_million_are_found_again(frame, tmp_path):
    far = frame.scene.model_copy(update={"index": 1_234_567})
    folder = write_frame(replace(frame, scene=far), tmp_path)
    assert folder == tmp_path / "1234/1234567"
    assert Dataset(tmp_path).finished() == {1_234_567}


def test_what_a_sample_does_not_have_is_named(frame, tmp_path):
    sample = read_sample(write_frame(frame, tmp_path))
    with pytest.raises(OutputError, match=r"no pass 'dept'; did you mean 'depth'\? \(allowed: alpha, depth"):
        sample.array("default", "dept")
    with pytest.raises(OutputError, match="position.exr: is not there; only what the spec's outputs name is written"):
        sample.array("default", "position")
    for read in (sample.picture, lambda camera: sample.array(camera, "depth")):
        with pytest.raises(OutputError, match=r"no camera 'left' \(allowed: default\)"):
            read("left")
    sample.path("default", "rgb.png").unlink()
    with pytest.raises(OutputError, match="rgb.png: is not there"):
        sample.picture("default")


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"identity": "1", "cameras": []}'])
def test_labels_that_are_none_are_named(frame, tmp_path, text):
    folder = write_frame(frame, tmp_path)
    (folder / "labels.json").write_text(text)
    with pytest.raises(OutputError, match="labels.json cannot be read"):
        read_sample(folder)
