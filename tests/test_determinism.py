"""Laws of drawing: the same address gives the same value, and nothing else moves it."""

import re
from pathlib import Path

import numpy as np
import pytest

from synthgen.rng import Key
from synthgen.run.shards import shard_indices
from synthgen.scene import dump_scene, parse_scene, sample_scene
from synthgen.spec import SceneSpec

FREE = {
    "identity": {"pool": 100},
    "head_pose": {
        "yaw_deg": {"kind": "uniform", "low": -40, "high": 40},
        "pitch_deg": {"kind": "normal", "mean": 0, "sd": 0},
    },
    "expression": {"name": "all", "intensity": {"kind": "uniform", "low": 0, "high": 1}},
}
FREE["head_pose"].pop("pitch_deg")


def scene(changes: dict | None = None, index: int = 3, **top):
    return sample_scene(SceneSpec.model_validate({**FREE, **(changes or {}), **top}), index)


def test_the_same_index_gives_the_same_scene():
    assert scene() == scene()


def test_other_indices_and_seeds_give_other_scenes():
    assert scene(index=4).head_pose != scene().head_pose
    assert scene(seed=1).head_pose != scene().head_pose


def test_fixing_one_field_leaves_every_other_draw_unchanged():
    free = scene()
    pinned = scene({"head_pose": {"yaw_deg": 0}})
    assert pinned.head_pose.yaw_deg == 0
    assert pinned.model_copy(update={"head_pose": free.head_pose}) == free


def test_adding_a_lamp_leaves_every_other_draw_unchanged():
    lamps = [{"kind": "area", "name": "key", "power_w": {"kind": "uniform", "low": 1, "high": 9}}]
    one = scene({"lighting": {"lamps": lamps}})
    two = scene({"lighting": {"lamps": [{"kind": "point", "name": "first"}, *lamps]}})
    assert two.lighting.lamps[1] == one.lighting.lamps[0]
    assert two.model_copy(update={"lighting": one.lighting}) == one


def test_the_order_of_cameras_and_rigs_does_not_matter():
    rigs = [
        {
            "kind": "head_orbit",
            "name": name,
            "cameras": [
                {
                    "name": f"{name}_cam",
                    "lens": {"kind": "focal", "focal_length_mm": {"kind": "uniform", "low": 30, "high": 90}},
                }
            ],
        }
        for name in ("a", "b")
    ]
    forward, backward = scene({"rigs": rigs}), scene({"rigs": rigs[::-1]})
    assert forward.rigs == backward.rigs[::-1]


def test_an_identity_is_the_same_person_under_any_seed_pose_and_light():
    one = scene({"identity": {"ids": [42]}}, seed=1)
    other = scene({"identity": {"ids": [42]}, "head_pose": {"yaw_deg": 30}}, seed=2, index=9)
    assert one.identity == other.identity
    assert one.skin == other.skin
    assert one.teeth == other.teeth
    of_the_picture = {"pupil_mm", "redness", "contact_lens", "lens_color"}
    assert one.eyes.model_dump(exclude=of_the_picture) == other.eyes.model_dump(exclude=of_the_picture)


def test_changing_the_expression_does_not_change_the_person():
    calm = scene({"expression": {"name": "neutral"}})
    assert calm.identity == scene().identity


@pytest.mark.parametrize("shards", [1, 2, 3, 7])
def test_shards_share_out_every_index_once(shards):
    shared = sorted(index for r in range(shards) for index in shard_indices(20, (r, shards)))
    assert shared == list(range(20))


def test_a_pool_is_dealt_evenly():
    spec = SceneSpec.model_validate({"identity": {"pool": 5, "renders_per_identity": 2}})
    from synthgen.head.identity import choose_id

    ids = [choose_id(spec.identity, spec.seed, index) for index in range(20)]
    assert all(ids[k] == ids[k + 1] for k in range(0, 20, 2))
    assert sorted(ids[0:10:2]) == sorted(ids[10:20:2]) == list(range(5))


def test_explicit_ids_come_in_order_with_their_renders():
    from synthgen.head.identity import IdentitySpec, choose_id

    spec = IdentitySpec.model_validate({"ids": [23, 80], "renders_per_identity": 3})
    assert [choose_id(spec, 0, index) for index in range(6)] == [23, 23, 23, 80, 80, 80]
    assert SceneSpec.model_validate({"identity": {"ids": [23, 80], "renders_per_identity": 3}}).total == 6


def test_a_scene_survives_its_json():
    drawn = scene()
    assert parse_scene(dump_scene(drawn)) == drawn


def test_keys_of_different_addresses_are_independent():
    values = np.array([[Key(f"{i}/{name}").rng().random() for i in range(2000)] for name in ("a", "b", "a/b")])
    assert np.abs(values.mean(1) - 0.5).max() < 0.03
    assert np.abs(np.corrcoef(values) - np.eye(3)).max() < 0.08


BANNED = {
    r"\bnp\.random\.(?!default_rng|Generator)": "global numpy randomness",
    r"\bimport random\b|\bfrom random\b": "the standard library's random",
    r"\buuid\.(?!uuid4\(\)\.hex\[:8\])": "uuid beyond names of temporary files",
    r"default_rng\(\)": "an unseeded generator",
    r"datetime\.now|time\.time\(\)(?! -)": "the clock",
}


@pytest.mark.parametrize("pattern", BANNED)
def test_library_code_draws_from_keys_alone(pattern):
    package = Path(__file__).parent.parent / "synthgen"
    for path in package.rglob("*.py"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            assert not re.search(pattern, line), f"{path}:{number} uses {BANNED[pattern]}"
