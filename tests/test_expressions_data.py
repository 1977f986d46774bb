"""The mixtures in assets/expressions: complete, within range, even on both sides, and safe for the lids."""

import re

import numpy as np
import pytest
import yaml

from synthgen.assets import package_data
from synthgen.head.eyes import Eyeball, eyeball_frames, eyeball_meshes
from synthgen.head.gaze import look
from synthgen.head.identity import IdentitySpec, sample_identity
from synthgen.head.lids import closing_amounts
from synthgen.head.model import head_model
from synthgen.head.orbit import keep_off_eyes
from synthgen.head.shape import expression_targets
from synthgen.head.skin import skin_surface
from synthgen.head.tongue import TONGUE_UNITS
from synthgen.rays import RayScene

EMOTIONS = ("happiness", "sadness", "surprise", "fear", "anger", "disgust", "contempt")
EYE_STATES = ("drowsy", "eyes_closed", "blink", "wink_left", "wink_right", "squint", "brows_raised", "frown")
VISEMES = ("sil", "pp", "ff", "th", "dd", "kk", "ch", "ss", "nn", "rr", "aa", "e", "ih", "oh", "ou")
REQUIRED = {
    "emotions": ("neutral", *EMOTIONS, "smile_closed", "laugh"),
    "states": (*EYE_STATES, "yawn", "mouth_open", "pout", "kiss"),
    "visemes": tuple(f"viseme_{name}" for name in VISEMES),
}
ONE_SIDED = {"contempt", "smirk", "wink_left", "wink_right", "jaw_left", "jaw_right"}
MIRRORED = (("wink_left", "wink_right"), ("jaw_left", "jaw_right"))
MAX_SQUINT = 0.9
"""cheekSquint + eyeSquint of one side; the eyeball came through the skin from 1.0 on, in 1 of 40 people."""
GRID_M = 0.00025


def read(family):
    return package_data("expressions", f"{family}.yaml").read_text()


@pytest.fixture(scope="module")
def entries():
    return {name: entry for family in REQUIRED for name, entry in yaml.safe_load(read(family)).items()}


def mirror(units):
    def other(unit):
        return re.sub("Left$|Right$", lambda side: {"Left": "Right", "Right": "Left"}[side[0]], unit)

    return {other(unit): amount for unit, amount in units.items()}


@pytest.mark.parametrize("family", REQUIRED)
def test_every_required_name_is_in_the_file_of_its_family(family):
    assert set(REQUIRED[family]) <= yaml.safe_load(read(family)).keys()


def test_there_are_fifteen_visemes():
    assert len(yaml.safe_load(read("visemes"))) == 15


def test_no_name_occurs_twice():
    names = [name for family in REQUIRED for name in re.findall(r"^(\w+):", read(family), re.MULTILINE)]
    assert len(names) == len(set(names))


def test_every_file_names_its_sources():
    for family in REQUIRED:
        assert "Facial Action Coding System" in read(family).partition("\n\n")[0]


def test_every_entry_has_units_and_a_description_that_names_facs_codes(entries):
    for name, entry in entries.items():
        assert entry.keys() == {"description", "units"}, name
        assert re.search(r"\(FACS A[UD] ", entry["description"]), name


def test_every_unit_is_one_of_the_52_face_units_or_of_the_tongue(entries):
    known = {name.removeprefix("arkit/") for name in head_model().targets if name.startswith("arkit/")}
    assert len(known) == 52
    for name, entry in entries.items():
        assert entry["units"].keys() <= known | set(TONGUE_UNITS), name


def test_every_amount_is_above_0_and_at_most_1(entries):
    for name, entry in entries.items():
        assert all(0 < amount <= 1 for amount in entry["units"].values()), name


def test_only_neutral_moves_nothing(entries):
    assert [name for name, entry in entries.items() if not entry["units"]] == ["neutral"]


def test_both_sides_move_alike_unless_the_expression_is_one_sided(entries):
    for name in entries.keys() - ONE_SIDED:
        assert mirror(entries[name]["units"]) == entries[name]["units"], name


def test_one_sided_expressions_move_the_sides_differently(entries):
    for name in ONE_SIDED:
        assert mirror(entries[name]["units"]) != entries[name]["units"], name


@pytest.mark.parametrize(("left", "right"), MIRRORED)
def test_left_and_right_versions_are_mirror_images(entries, left, right):
    assert mirror(entries[left]["units"]) == entries[right]["units"]


def test_no_two_expressions_are_the_same(entries):
    mixtures = [tuple(sorted(entry["units"].items())) for entry in entries.values()]
    assert len(mixtures) == len(set(mixtures))


def test_visemes_move_the_mouth_only(entries):
    for name in REQUIRED["visemes"]:
        assert all(unit.startswith(("jaw", "mouth", "tongue")) for unit in entries[name]["units"]), name


def test_the_lips_are_held_together_only_against_an_open_jaw(entries):
    for name, entry in entries.items():
        assert entry["units"].get("mouthClose", 0) <= entry["units"].get("jawOpen", 0), name


@pytest.mark.parametrize("side", ["Left", "Right"])
def test_cheek_and_lid_leave_the_fold_below_the_eye_room(entries, side):
    for name, entry in entries.items():
        units = entry["units"]
        squint = units.get(f"cheekSquint{side}", 0) + units.get(f"eyeSquint{side}", 0)
        assert squint <= MAX_SQUINT + 1e-9, name


def open_height_mm(cage, centre, eyeball):
    """How much of an eyeball is seen from the front: the greatest height of a column of it, millimetres."""
    surface = skin_surface()
    skin = surface.matrix @ cage
    near = (np.abs(skin[surface.triangles].mean(1) - centre) < [0.03, 0.04, 0.03]).all(1)
    triangles = surface.triangles[near]
    rays = RayScene(
        np.concatenate([skin, eyeball.vertices]), np.concatenate([triangles, eyeball.triangles + len(skin)])
    )
    steps = np.arange(-0.018, 0.018, GRID_M)
    x, z = np.meshgrid(steps, steps)
    origins = centre + np.stack([x, np.full_like(x, -0.1), z], -1).reshape(-1, 3)
    hit, _ = rays.first_hit(origins, np.broadcast_to([0.0, 1.0, 0.0], origins.shape))
    return (hit >= len(triangles)).reshape(x.shape).sum(0).max() * GRID_M * 1000


def open_heights_mm(person, units):
    """Return `open_height_mm` of a person's left and right eye, looking ahead."""
    cage = sample_identity(IdentitySpec(), person).cage()
    centres, radii = eyeball_frames(cage)
    directions = look(centres.mean(0) + np.array([0, -3, 0]), centres, np.eye(3))
    still = {unit: amount for unit, amount in units.items() if not unit.startswith("eyeBlink")}
    closing = closing_amounts(head_model().displace(expression_targets(still), cage), centres)
    moved = keep_off_eyes(head_model().displace(expression_targets(units, closing), cage), cage, centres)
    heights = []
    for side, centre, radius, turned in zip(("left", "right"), centres, radii, directions, strict=True):
        shell, _ = eyeball_meshes(Eyeball(side, centre, float(radius), turned, 3.5))
        heights.append(open_height_mm(moved, centre, shell))
    return heights


@pytest.mark.parametrize("person", [1, 6, 9, 107])
@pytest.mark.parametrize("name", ["eyes_closed", "blink"])
def test_closed_lids_leave_no_gap_that_shows_the_eye(entries, name, person):
    assert max(open_heights_mm(person, entries[name]["units"])) < 0.1


@pytest.mark.parametrize("person", [1, 6])
def test_a_wink_closes_its_own_eye_only(entries, person):
    left, right = open_heights_mm(person, entries["wink_left"]["units"])
    assert left < 0.1
    assert right > 4


@pytest.mark.parametrize("person", [1, 6])
def test_drowsy_eyes_are_neither_open_nor_shut(entries, person):
    rest = np.array(open_heights_mm(person, {}))
    share = open_heights_mm(person, entries["drowsy"]["units"]) / rest
    assert (share > 0.1).all()
    assert (share < 0.6).all()
