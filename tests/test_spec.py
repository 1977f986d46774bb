"""What a user writes, and what a user's mistake is answered with."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from synthgen.errors import SpecError
from synthgen.spec import SceneSpec, dump_spec, json_schema, load_spec, parse_spec
from synthgen.yaml_source import parse_yaml

CONFIGS = sorted((Path(__file__).parent.parent / "configs").glob("*.yaml"))


def load(text: str) -> SceneSpec:
    return parse_spec(parse_yaml(text, "spec.yaml"))


def test_an_empty_spec_is_a_spec():
    assert load("{}") == SceneSpec()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("head_pose: {yaw: 3}", "line 1: head_pose: unknown field 'yaw'; did you mean 'yaw_deg'?"),
        ("head_poze: {}", "unknown field 'head_poze'; did you mean 'head_pose'?"),
        ("\nhead_pose:\n  yaw_deg: left", "line 3: head_pose.yaw_deg: 'left' is no number"),
        ("head_pose: {yaw_deg: 95}", "95 is outside the allowed range -80 .. 80"),
        ("head_pose: {yaw_deg: {kind: normal, mean: 0, sd: 3}}", "a normal is unbounded, use truncated_normal"),
        (
            "head_pose: {yaw_deg: {kind: uniform, low: 9, high: 1}}",
            "low (9.0) is above high (1.0); allowed: low <= high",
        ),
        ("head_pose: {yaw_deg: {kind: unform, low: 0, high: 1}}", "unknown kind 'unform'; did you mean 'uniform'?"),
        ("gaze: {yaw_deg: 3}", "gaze: needs a kind (allowed: angles, point, camera)"),
        ("expression: [{percent: 40}, {percent: 40}]", "percents of its groups sum to 80; allowed: exactly 100"),
        ("expression: [{percent: 100, nam: happiness}]", "expression.0: unknown field 'nam'; did you mean 'name'?"),
        ("expression: {name: hapiness}", "'hapiness' is not known; did you mean 'happiness'?"),
        ("expression: {units: {jawOpn: 1}}", "'jawOpn' is not an ARKit unit; did you mean 'jawOpen'?"),
        ("gaze: {kind: angels}", "gaze: unknown kind 'angels'; did you mean 'angles'?"),
        ("gaze: {kind: camera, camera: rear}", "gaze looks into camera 'rear', which is not in the rigs"),
        ("rigs: []", "rigs: is empty; allowed: at least 1"),
        ("rigs: [{kind: head_orbit, cameras: []}]", "rigs.0.cameras: is empty; allowed: at least 1"),
        ("rigs: [{kind: head_orbit, cameras: [{width_px: 8}]}]", "8 is too small; allowed: 16 or more"),
        ("rigs: [{kind: head_orbit, cameras: [{}, {}]}]", "two cameras are called 'default'"),
        ("lighting: {lamps: [{kind: area, name: a}, {kind: spot, name: a}]}", "two lamps are called 'a'"),
        ("outputs: [rgb, rgb]", "two outputs are called 'rgb'"),
        ("rigs: [{kind: preset, preset: dashbord}]", "'dashbord' is not known; did you mean 'dashboard'?"),
        ("identity: {ids: [1], pool: 3}", "has both ids and pool"),
        ("identity: {ids: [-1]}", "-1 is too small; allowed: 0 or more"),
        ("identity: {age: {kind: uniform, low: 5, high: 30}}", "uniform 5 .. 30 is outside the allowed range 18 .. 90"),
        ("identity: {ancestry: {kind: mix}}", "all shares are 0"),
        ("render: {quality: best}", "'best' is not known (allowed: draft, standard, high, reference)"),
        ("lighting: {environment: {kind: hdri, name: cty}}", "'cty' is no environment; did you mean 'city'?"),
        ("lighting: {environment: {kind: hdri, name: nowhere.exr}}", "nowhere.exr is not there"),
        ("lighting: {lamps: [{kind: area, name: a, place: {kind: relative}}]}", "is placed relative to a rig"),
        ("lighting: {lamps: [{kind: area, name: 'a b'}]}", "'a b' is no label"),
        ("outputs: [rgb, hair]", "'hair' is not known"),
        ("seed: -1", "-1 is too small"),
        ("seed: 1.5", "1.5 is no whole number"),
        ("count: 0", "0 is too small"),
        ("seed: 1\nseed: 2", "'seed' is written twice"),
        ("a: [1, 2", "cannot be read as YAML"),
        ("- 1", "a spec is a mapping"),
    ],
)
def test_a_mistake_is_answered_with_where_what_and_what_is_allowed(text, says):
    with pytest.raises(SpecError) as caught:
        load(text)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value), "one problem, one line"


def test_each_of_several_mistakes_has_its_own_line():
    with pytest.raises(SpecError) as caught:
        load("seed: -1\ncount: 0\nhead_pose: {yaw: 1}")
    assert len(str(caught.value).splitlines()) == 3


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SpecError, match="nowhere.yaml: cannot be read"):
        load_spec(tmp_path / "nowhere.yaml")


def test_a_binary_file_is_no_spec(tmp_path):
    (tmp_path / "spec.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SpecError, match="not a text file"):
        load_spec(tmp_path / "spec.yaml")


def test_environment_files_are_found_relative_to_the_spec(spec_file, tmp_path):
    (tmp_path / "room.exr").write_bytes(b"")
    spec = load_spec(spec_file("lighting: {environment: {kind: hdri, name: room.exr}}"))
    assert spec.lighting.environment.name == str(tmp_path / "room.exr")


def test_an_environment_file_that_is_not_there_is_named_with_its_field_and_line():
    with pytest.raises(
        SpecError, match=r"spec.yaml, line 2: lighting.environment.name: environment file .*a.exr is not"
    ):
        load("lighting:\n  environment: {kind: hdri, name: a.exr}")
    with pytest.raises(
        SpecError, match=r"line 2: lighting.0.environment.name.values.1: environment file .*b.hdr is not"
    ):
        load("lighting:\n - {percent: 100, environment: {kind: hdri, name: {kind: choice, values: [city, b.hdr]}}}")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty; allowed: fields with values, or {} for all defaults"),
        ("# nothing\n", "is empty; allowed: fields with values"),
        ("a: &a [*a]", "nested without end"),
        ("a: " + "[" * 3000, "nested without end or too deeply"),
        ("? [a, b]\n: 3", "line 1: cannot be read as YAML: a list, a mapping or a date is no field name"),
        ("2021-01-01: 3", "a date is no field name; allowed: text"),
        ("seed: 1\n\tcount: 2", "allowed: spaces for indentation"),
        ("seed: \0", "not a text file (it holds character 0x0)"),
        ("seed: 1\n\nhead_poze: {}", "line 3: the spec: unknown field 'head_poze'"),
        (
            "accessories:\n  headwear: {kind: cap}\n  audio: {kind: on_ear}",
            "line 2: accessories.headwear: cap can never be worn with accessories.audio: on_ear",
        ),
    ],
)
def test_a_file_that_is_no_spec_is_answered_with_one_sentence(text, says):
    with pytest.raises(SpecError) as caught:
        load(text)
    assert says in str(caught.value) and "\n" not in str(caught.value)


def test_every_output_a_spec_may_ask_for_can_be_written():
    from typing import get_args

    from synthgen.spec import Output
    from synthgen.write.outputs import WRITERS

    assert set(get_args(Output)) == set(WRITERS)


def test_scientific_notation_is_a_number():
    assert load("head_pose: {yaw_deg: 1e-3}").head_pose.yaw_deg == 0.001


def test_overrides_replace_values_inside_mappings_and_lists(spec_file):
    path = spec_file("rigs: [{kind: head_orbit, cameras: [{name: a}]}]")
    spec = load_spec(path, {"seed": 5, "rigs.0.cameras.0.width_px": 64, "head_pose.yaw_deg": 3})
    assert (spec.seed, spec.rigs[0].cameras[0].width_px, spec.head_pose.yaw_deg) == (5, 64, 3.0)


@pytest.mark.parametrize("path", ["rigs.4.name", "rigs.².name", "seed.x"])
def test_an_override_of_something_that_is_not_there_is_an_error(spec_file, path):
    with pytest.raises(SpecError, match="--set"):
        load_spec(spec_file("seed: 1\nrigs: [{kind: head_orbit}]"), {path: 1})


def test_a_spec_survives_being_written_and_read():
    spec = load(
        "seed: 4\nexpression: [{percent: 30, name: anger}, {percent: 70, intensity: 0.5}]\nidentity: {ids: [3, 4]}"
    )
    assert load(dump_spec(spec)) == spec


def test_groups_of_a_union_and_groups_of_groups_survive_too():
    spec = load("""
gaze: [{percent: 60, kind: camera}, {percent: 40, groups: [{percent: 30, kind: point}, {percent: 70, kind: angles}]}]
lighting: {environment: {kind: uniform, strength: 2}, lamps: [{kind: spot, name: a}]}
rigs: [{kind: preset, name: b, preset: dashboard, cameras: [{name: c, lens: {kind: intrinsics, fx_px: 900, fy_px: 900, cx_px: 200, cy_px: 200}}]}]
""")
    assert load(dump_spec(spec)) == spec
    assert SceneSpec.model_validate_json(spec.model_dump_json()) == spec


@pytest.mark.parametrize("path", CONFIGS, ids=lambda p: p.name)
def test_every_config_is_valid_and_fits_the_schema(path):
    spec = load_spec(path)
    assert load(dump_spec(spec)) == spec
    jsonschema.validate(yaml.safe_load(path.read_text()), json_schema())


@pytest.mark.parametrize("text", ["head_pose: {yaw: 1}", "rigs: []", "expression: [{name: anger}]", "gaze: {kind: x}"])
def test_the_schema_refuses_what_the_spec_refuses(text):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(text), json_schema())


def test_the_schema_explains_fields():
    text = json.dumps(json_schema())
    assert "> 0 turns to the subject's left." in text


DRIVER = """
identity: {ids: [341, 342], renders_per_identity: 5}
head_pose:
  - {percent: 50, pitch_deg: {kind: uniform, low: -15, high: 0}, yaw_deg: {kind: uniform, low: -20, high: 20}}
  - {percent: 50, pitch_deg: {kind: uniform, low: 0, high: 45}, yaw_deg: {kind: uniform, low: -45, high: 45}}
gaze: {kind: angles, yaw_deg: {kind: choice, values: [-15, 0, 15]}, pitch_deg: {kind: choice, values: [-15, 0, 15]}}
expression:
  - {percent: 25, name: {kind: choice, values: [eyes_closed, mouth_open]}, intensity: {kind: choice, values: [0, 0.5, 1]}}
  - {percent: 75, name: all, intensity: 0.75}
lighting: {environment: {kind: hdri, name: all, rotation_deg: {kind: uniform, low: -180, high: 180}, strength: 0.1}}
rigs:
  - kind: preset
    name: dash
    preset: dashboard
    place: {kind: relative, pitch_deg: 19.7}
    cameras:
      - {name: dashboard-nir, width_px: 1024, height_px: 768, band: nir850, lens: {kind: focal, focal_length_mm: 3.7, sensor_width_mm: 5.4855}}
      - {name: dashboard-rgb, place: {kind: relative, x_m: 0.05, yaw_deg: {kind: uniform, low: -5, high: 5}}, window_offset_x_px: 12}
    lamps:
      - {kind: area, name: illuminator, band: nir850, power_w: 5, size_m: 0.5, shape: rectangle, place: {kind: relative, y_m: 0.1}}
  - kind: head_orbit
    name: phone
    tracking: false
    place: {kind: orbit, distance_m: {kind: uniform, low: 0.7, high: 2}, yaw_deg: {kind: uniform, low: -20, high: 20}, x_m: 0.05}
    cameras: [{name: phone, lens: {kind: focal, focal_length_mm: 150, sensor_width_mm: 150, lens_shift_x: 0.1}}]
    lamps:
      - {kind: spot, name: torch, red: {kind: uniform, low: 0, high: 1}, place: {kind: relative, z_m: {kind: uniform, low: 1.5, high: 3}}}
      - {kind: point, name: glow, power_w: 0.11}
"""


def test_a_spec_can_say_what_the_closed_services_jobs_said():
    from synthgen.scene import sample_scene

    spec = load(DRIVER)
    assert spec.total == 10
    scene = sample_scene(spec, 7)
    assert [camera.name for rig in scene.rigs for camera in rig.cameras] == ["dashboard-nir", "dashboard-rgb", "phone"]
    assert scene.identity.id == 342
