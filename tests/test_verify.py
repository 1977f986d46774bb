"""The verifier finds what was spoilt, and says where."""

import hashlib
import json
import shutil
import subprocess
import sys

import numpy as np
import pytest

from synthgen.errors import OutputError
from synthgen.read import read_sample
from synthgen.read.sample import read_exr, read_png
from synthgen.verify import verify_dataset
from synthgen.write.images import write_exr, write_png

SPEC = """
seed: 2
identity: {ids: [8]}
gaze: {kind: camera}
rigs: [{kind: head_orbit, place: {kind: orbit, distance_m: 0.8}, cameras: [{width_px: 96, height_px: 96}]}]
render: {quality: draft}
"""


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """Return a data set of one sample."""
    folder = tmp_path_factory.mktemp("verify")
    (folder / "spec.yaml").write_text(SPEC)
    command = [sys.executable, "-m", "synthgen.cli", "render", str(folder / "spec.yaml"), "-o", str(folder / "out")]
    assert subprocess.run(command, capture_output=True).returncode == 0
    return folder / "out"


@pytest.fixture
def copy(good, tmp_path):
    return shutil.copytree(good, tmp_path / "out")


def sign(out) -> None:
    """Write the manifest anew, so that only what the labels say can give the change away."""
    line = json.loads((out / "manifest.jsonl").read_text())
    for path in (out / "000/000000").iterdir():
        data = path.read_bytes()
        line["files"][path.name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (out / "manifest.jsonl").write_text(json.dumps(line) + "\n")


def edit_labels(out, change) -> None:
    path = out / "000/000000/labels.json"
    labels = json.loads(path.read_text())
    change(labels["cameras"]["default"])
    path.write_text(json.dumps(labels))


def edit_png(out, name, change) -> None:
    path = out / f"000/000000/default.{name}.png"
    pixels = read_png(path).copy()
    change(pixels)
    write_png(path, pixels)


def edit_exr(out, name, change) -> None:
    path = out / f"000/000000/default.{name}.exr"
    planes = {channel: pixels.copy() for channel, pixels in read_exr(path).items()}
    change(planes)
    write_exr(path, planes)


pytestmark = pytest.mark.blender


def test_an_untouched_data_set_has_no_problems(good):
    assert verify_dataset(good).problems == []


def move_landmark(view):
    view["landmarks"]["ibug68"]["uv"][30][0] += 0.5


def move_landmark_in_space(view):
    points = view["landmarks"]["ibug68"]
    x, y, z = points["xyz_cam"][30]
    points["xyz_cam"][30] = [x * 0.95, y * 0.95, z * 0.95]


def show_landmark_outside(view):
    view["landmarks"]["ibug68"]["uv"][0] = [-5.0, 3.0]
    view["landmarks"]["ibug68"]["visible"][0] = True


def turn_head(view):
    view["head"]["yaw_deg"] += 0.1


def stretch_pose(view):
    view["cam_from_world"][0][0] *= 1.1


def widen_box(view):
    view["boxes"]["face"][0] -= 1


def miscount(view):
    view["segmentation"]["nose"] += 1


def lengthen_gaze(view):
    view["eyes"]["left"]["gaze_cam"][2] *= 1.1


def move_pupil(view):
    view["eyes"]["right"]["pupil_apparent_uv"][1] += 12


def move_iris(view):
    view["eyes"]["right"]["iris_uv"][3][1] += 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (move_landmark, "ibug68: uv is not the projection of xyz_cam"),
        (move_landmark_in_space, "visible point 30 is"),
        (show_landmark_outside, "a point outside the image is called visible"),
        (turn_head, "head angles are not those of cam_from_head"),
        (stretch_pose, "cam_from_world is no rigid transform"),
        (widen_box, "box of the face is not that of its pixels"),
        (miscount, "labels count other pixels"),
        (lengthen_gaze, "left eye: gaze is not of unit length"),
        (move_pupil, "right eye: the pupil is called visible but"),
        (move_iris, "right eye: iris_uv is not the projection"),
    ],
)
def test_a_spoilt_label_is_found(copy, change, says):
    edit_labels(copy, change)
    sign(copy)
    problems = verify_dataset(copy).problems
    assert any(says in problem and problem.startswith("000000/default: ") for problem in problems), problems


def spoil_segmentation(pixels):
    pixels[40:44, 40:44] = 200


def spoil_instances(pixels):
    pixels[0, 0] = 1


def spoil_alpha(pixels):
    pixels[45:50, 45:50] = 0


def spoil_depth(planes):
    planes["Z"][48, 48] = 0


def spoil_depth_shift(planes):
    planes["Z"] += np.where(planes["Z"] > 0, 0.1, 0).astype(np.float32)


def spoil_normals(planes):
    planes["X"][48, 48] = 2


@pytest.mark.parametrize(
    ("edit", "name", "change", "says"),
    [
        (edit_png, "segmentation", spoil_segmentation, "segmentation holds id 200"),
        (edit_png, "instances", spoil_instances, "instances and segmentation differ"),
        (edit_png, "alpha", spoil_alpha, "alpha is below 1 well inside"),
        (edit_exr, "depth", spoil_depth, "depth and segmentation differ in what is background at 1 pixels"),
        (edit_exr, "depth", spoil_depth_shift, "off the surface"),
        (edit_exr, "normals", spoil_normals, "normals are not of unit length"),
    ],
)
def test_a_spoilt_pass_is_found(copy, edit, name, change, says):
    edit(copy, name, change)
    sign(copy)
    problems = verify_dataset(copy).problems
    assert any(says in problem for problem in problems), problems


def test_a_changed_file_is_found_by_its_hash(copy):
    (copy / "000/000000/default.rgb.png").write_bytes(b"x")
    assert "000000: default.rgb.png is not the file that was written" in verify_dataset(copy).problems


def test_missing_and_stray_files_are_named(copy):
    (copy / "000/000000/default.alpha.png").unlink()
    (copy / "000/000000/notes.txt").write_text("x")
    problems = verify_dataset(copy).problems
    assert "000000: default.alpha.png is missing" in problems
    assert "000000: notes.txt is not in the manifest" in problems


def test_a_folder_that_is_no_data_set_is_an_error(tmp_path):
    with pytest.raises(OutputError, match="holds no data set"):
        verify_dataset(tmp_path)


def test_strange_things_in_a_sample_are_named(copy):
    (copy / "000/000000/default.depth.exr").unlink()
    (copy / "000/000000/default.depth.exr").mkdir()
    assert any("cannot be read: " in p and "depth.exr: Is a directory" in p for p in verify_dataset(copy).problems)


def test_labels_of_another_shape_are_a_problem_not_a_crash(copy):
    edit_labels(copy, lambda view: view.update(landmarks=[3]))
    sign(copy)
    assert any("000000: labels.json is not of format 1" in problem for problem in verify_dataset(copy).problems)


@pytest.mark.parametrize("name", ["manifest.jsonl", "failures.jsonl"])
def test_a_damaged_list_is_a_problem_not_a_crash(copy, name):
    (copy / name).write_bytes(b'[3]\n{"index": 0}\n{"index": "x"}\n\xff\xff\n{')
    problems = verify_dataset(copy).problems
    expected = ["000000: is not in the manifest; run the same render command again"]
    assert problems == (expected if name == "manifest.jsonl" else [])


def test_a_data_set_of_tiny_pictures_has_no_problems(tmp_path):
    """At 64 px an iris is one and a half pixels across: lids may leave none of it to a pixel's centre."""
    (tmp_path / "spec.yaml").write_text(TINY)
    command = [sys.executable, "-m", "synthgen.cli", "render", str(tmp_path / "spec.yaml"), "-o", str(tmp_path / "out")]
    assert subprocess.run(command, capture_output=True).returncode == 0
    assert verify_dataset(tmp_path / "out").problems == []


TINY = """
seed: 2
count: 3
identity: {pool: 20}
rigs: [{kind: head_orbit, cameras: [{width_px: 64, height_px: 64}]}]
render: {quality: draft}
"""


def test_an_unreadable_file_is_a_problem_not_a_crash(copy):
    (copy / "000/000000/default.depth.exr").write_bytes(b"no exr")
    sign(copy)
    assert any("cannot be read as EXR" in problem for problem in verify_dataset(copy).problems)


def test_reading_a_folder_without_labels_is_an_error(tmp_path):
    with pytest.raises(OutputError, match="labels.json cannot be read"):
        read_sample(tmp_path)
