"""Every spec in configs/ can be checked, drawn, and (small) rendered, with labels that verify."""

import json
from pathlib import Path

import numpy as np
import pytest
import yaml
from jsonschema import Draft202012Validator
from PIL import Image

from synthgen.pipeline import render_dataset, render_scene
from synthgen.read import read_sample
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec, json_schema, load_spec
from synthgen.verify import verify_dataset
from synthgen.write import write_frame

CONFIGS = sorted((Path(__file__).parents[2] / "configs").glob("*.yaml"))


def made_small(spec: SceneSpec, longest_px: int = 80) -> SceneSpec:
    """Return a spec whose cameras see the same at so many pixels."""
    data = spec.model_dump(mode="json")
    for rig in data["rigs"]:
        for camera in rig["cameras"]:
            whole = max(camera["width_px"], camera["height_px"])
            for side in ("width_px", "height_px"):
                camera[side] = round(camera[side] * longest_px / whole)
    data["render"]["quality"] = "draft"
    return SceneSpec.model_validate(data)


@pytest.fixture(scope="module", params=CONFIGS, ids=lambda path: path.stem)
def config(request):
    return request.param


@pytest.fixture(scope="module")
def rendered(config, tmp_path_factory):
    """Return the spec and the folder of a data set of its first sample."""
    spec = made_small(load_spec(config))
    out = tmp_path_factory.mktemp(config.stem)
    summary = render_dataset(spec, out, 1, device="cpu", threads=2, on_event=lambda event: None)
    assert summary.finished == [0]
    return spec, out


def test_it_says_what_it_is_for_and_passes_the_schema(config):
    text = config.read_text()
    assert text.startswith("# ") and len(text.splitlines()[0]) > 20
    Draft202012Validator(json_schema()).validate(yaml.safe_load(text))


def test_its_scenes_differ(config):
    spec = load_spec(config)
    scenes = [sample_scene(spec, index) for index in range(6)]
    assert len({scene.identity.id for scene in scenes}) >= 5
    assert len({scene.model_dump_json() for scene in scenes}) == 6


def test_its_samples_verify(rendered):
    _, out = rendered
    report = verify_dataset(out)
    assert report.samples == 1 and report.checks > 20 and report.problems == []


def test_every_camera_sees_a_person_that_is_neither_black_nor_burnt_out(rendered):
    spec, out = rendered
    sample = read_sample(out / "000/000000")
    assert set(sample.cameras) == {camera.name for rig in spec.rigs for camera in rig.cameras}
    for camera in sample.cameras:
        there = sample.array(camera, "segmentation") > 0
        assert 0.05 < there.mean() < 0.95, camera
        assert 8 < np.median(sample.picture(camera)[there]) < 247, camera


def test_cameras_of_two_bands_in_one_place_have_the_same_labels(device, tmp_path):
    """Visible light and infrared of one instant: other pixels, the same bytes of every label."""
    data = yaml.safe_load("""
        identity: {ids: [12]}
        expression: {name: happiness}
        head_pose: {yaw_deg: 14}
        rigs:
          - kind: head_orbit
            cameras:
              - {name: rgb, width_px: 96, height_px: 80}
              - {name: nir, width_px: 96, height_px: 80, band: nir940}
            lamps: [{kind: area, name: torch, band: nir940, power_w: 2, size_m: 0.05, place: {kind: relative}}]
        lighting: {environment: {kind: uniform, strength: 0.3}}
        render: {quality: draft}
        outputs: [rgb, alpha, depth, normals, segmentation, instances, position]
    """)
    write_frame(render_scene(sample_scene(SceneSpec.model_validate(data), 0), "cpu"), tmp_path)
    folder = tmp_path / "000/000000"
    for name in ("alpha.png", "depth.exr", "normals.exr", "segmentation.png", "instances.png", "position.exr"):
        assert (folder / f"rgb.{name}").read_bytes() == (folder / f"nir.{name}").read_bytes(), name
    assert (folder / "rgb.rgb.png").read_bytes() != (folder / "nir.nir940.png").read_bytes()
    views = json.loads((folder / "labels.json").read_text())["cameras"]
    assert {**views["rgb"], "band": None} == {**views["nir"], "band": None}
    with Image.open(folder / "nir.nir940.png") as picture:
        assert picture.mode == "L"
