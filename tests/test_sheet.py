"""Contact sheets of data sets and previews of specs."""

import json
import os
import subprocess
import sys
import warnings
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from synthgen.camera import Camera, intrinsics, project
from synthgen.errors import OutputError
from synthgen.parts import Part, part_colors
from synthgen.preview import CAPTION_PX, SURFACE, preview_sheet
from synthgen.preview import TILE_PX as TILE
from synthgen.sheet import AXES, GAZE, VISIBLE, contact_sheet, draw_labels
from synthgen.sheet import TILE_PX as SHEET_TILE
from synthgen.spec import SceneSpec
from synthgen.write import write_frame
from synthgen.write.picture import save_picture
from tests.test_write import made_up_frame


@pytest.fixture
def view():
    """The labels of one view, made by hand."""
    K = np.array([[100.0, 0, 50], [0, 100, 50], [0, 0, 1]])
    eyes = {}
    for side, x in (("left", 0.2), ("right", -0.2)):
        ring = [[50 + 100 * x + 4 * np.cos(a), 40 + 4 * np.sin(a)] for a in np.arange(8) * np.pi / 4]
        eyes[side] = {"iris_uv": ring, "pupil_cam": [x, -0.1, 1.0], "gaze_cam": [0.0, 0.0, -1.0]}
    return {
        "K": K.tolist(),
        "boxes": {"person": [5, 5, 95, 95], "face": None},
        "landmarks": {"ibug68": {"uv": [[50.0, 60.0], [20.0, 80.0]] * 34, "visible": [True, False] * 34}},
        "eyes": eyes,
        "head": {"cam_from_head": [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]]},
    }


def test_labels_are_drawn_where_they_say(view):
    drawn = draw_labels(np.zeros((100, 100, 3), np.uint8), view)
    scale = drawn.shape[0] // 100

    def colors_near(u, v, radius=2):
        row, column = int(v * scale), int(u * scale)
        near = drawn[row - radius : row + radius + 1, column - radius : column + radius + 1].reshape(-1, 3)
        return {tuple(color) for color in near.tolist()}

    assert VISIBLE in colors_near(50, 60) and VISIBLE not in colors_near(20, 80)
    assert GAZE in colors_near(74, 40)
    tip = project(np.array([[0.08, 0, 1.0]]), np.array(view["K"]))[0]
    assert AXES[0] in colors_near(*(tip - [1, 0]))
    assert colors_near(60, 15) == {(0, 0, 0)}


def test_a_sheet_of_nothing_is_an_error(tmp_path):
    with pytest.raises(OutputError, match="holds no samples"):
        contact_sheet(tmp_path)


@pytest.fixture
def sample(tmp_path):
    """The folder of one sample that holds depth alone."""
    frame = made_up_frame()
    return write_frame(replace(frame, scene=frame.scene.model_copy(update={"outputs": ("depth",)})), tmp_path)


def test_a_sheet_shows_what_there_is(sample, tmp_path):
    tiles = np.asarray(Image.open(contact_sheet(tmp_path))).reshape(SHEET_TILE, 6, SHEET_TILE, 3).swapaxes(0, 1)
    assert [bool(tile.any()) for tile in tiles] == [False, True, False, True, False, False]


def test_a_sheet_of_a_damaged_sample_says_which(sample, tmp_path):
    labels = json.loads((sample / "labels.json").read_text())
    del labels["cameras"]["default"]["boxes"]
    (sample / "labels.json").write_text(json.dumps(labels))
    with pytest.raises(OutputError, match="000003 is damaged .*boxes.*; see: synthgen verify"):
        contact_sheet(tmp_path)
    (sample / "default.depth.exr").unlink()
    (sample / "labels.json").write_text("{}")
    with pytest.raises(OutputError, match="000003: labels.json cannot be read"):
        contact_sheet(tmp_path)


def test_a_sheet_says_which_file_is_missing(sample, tmp_path):
    (sample / "default.depth.exr").unlink()
    with pytest.raises(OutputError, match="default.depth.exr: is not there"):
        contact_sheet(tmp_path)


def test_a_picture_that_cannot_be_written_leaves_the_old_one(tmp_path):
    pixels = np.random.default_rng(0).integers(0, 256, (64, 64, 3)).astype(np.uint8)
    save_picture(tmp_path / "a.png", pixels)
    before = (tmp_path / "a.png").read_bytes()
    done = subprocess.run([sys.executable, "-c", LIMITED, str(tmp_path / "a.png")], capture_output=True, text=True)
    assert done.stdout.startswith("OutputError: cannot write"), done.stdout + done.stderr
    assert (tmp_path / "a.png").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


LIMITED = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from synthgen.errors import OutputError
from synthgen.write.picture import save_picture
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
try:
    save_picture(Path(sys.argv[1]), np.random.default_rng(1).integers(0, 256, (64, 64, 3)).astype(np.uint8))
except OutputError as error:
    print("OutputError:", error)
"""


@pytest.mark.parametrize("name", ["a.xyz", "a", "."])
def test_a_picture_of_no_known_format_is_refused_before_it_is_drawn(name):
    with pytest.raises(OutputError, match=r"no picture's name \(allowed: one that ends in .png, "):
        preview_sheet(SceneSpec(), range(10**9), name)


@pytest.mark.parametrize("platform", ["bogus", "osmesa"])
def test_a_preview_without_opengl_says_what_is_needed(tmp_path, platform):
    (tmp_path / "spec.yaml").write_text("{}")
    command = [sys.executable, "-m", "synthgen.cli", "preview", str(tmp_path / "spec.yaml"), "-n", "1"]
    environment = {**os.environ, "PYOPENGL_PLATFORM": platform, "LD_LIBRARY_PATH": "/nonexistent"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path)
    if platform == "osmesa" and done.returncode == 0:
        pytest.skip("OSMesa is installed here")
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1, done.stderr
    assert f"(PYOPENGL_PLATFORM={platform}: " in done.stderr and "; allowed: egl with a driver" in done.stderr
    assert not (tmp_path / "preview.png").exists()


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """Two samples of two cameras each, drawn by OpenGL."""
    cameras = [{"name": "wide", "width_px": 96, "height_px": 64}, {"name": "nir", "band": "nir850"}]
    data = {"identity": {"ids": [3, 8]}, "rigs": [{"kind": "head_orbit", "cameras": cameras}]}
    path = tmp_path_factory.mktemp("preview") / "below" / "sheet.png"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.asarray(Image.open(preview_sheet(SceneSpec.model_validate(data), range(2), path)))


def test_a_preview_shows_each_view_shaded_and_labelled(preview):
    height = TILE + CAPTION_PX
    assert preview.shape == (2 * height, 4 * TILE, 3), "a row for each sample: two cameras, two tiles each"
    tiles = preview.reshape(2, height, 4, TILE, 3).swapaxes(1, 2)
    assert all(tile[:TILE].std() > 8 for tile in tiles.reshape(-1, height, TILE, 3))
    assert np.abs(tiles[0, 2].astype(int) - tiles[1, 2]).mean() > 1, "the people differ"
    assert (tiles[0, 0, : TILE // 6] == 0).all(), "a wide picture keeps its shape"


def test_the_labelled_tile_of_a_preview_shows_the_colours_of_parts_and_points(preview):
    shaded, labelled = (preview[:TILE, k * TILE : (k + 1) * TILE].astype(int) for k in (2, 3))
    lip = np.array(part_colors()[Part.LIP_UPPER])
    tinted = np.abs(labelled - shaded // 2 - lip // 2).max(-1) < 3
    assert 20 < tinted.sum() < 800
    assert 40 < (labelled == SURFACE).all(-1).sum() < 1500


@pytest.mark.parametrize("size", [(512, 256), (100, 300)])
def test_a_resized_camera_sees_the_same(size):
    camera = Camera("a", 400, 300, intrinsics(500, 600, 210, 140), np.eye(4))
    small = camera.resized(*size)
    points = np.array([[0.1, 0.2, 1.0], [-0.2, 0.1, 2.0]])
    expected = project(points, camera.K) * [size[0] / 400, size[1] / 300]
    assert project(points, small.K) == pytest.approx(expected)
    assert (small.width, small.height) == size
