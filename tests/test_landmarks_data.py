"""The 68 landmarks in assets/landmarks/ibug68.json: complete, symmetric and where they say they are."""

import json
from itertools import pairwise

import numpy as np
import pytest

from synthgen.assets import package_data
from synthgen.head.model import head_model
from synthgen.head.regions import body_islands
from synthgen.head.shape import expression_targets, shape_cage
from synthgen.head.skin import skin_surface

LEFT_LIDS = ((44, 46), (43, 47))
"""Upper and lower lid at the outer and inner third of the left eye."""


@pytest.fixture(scope="module")
def ibug():
    return json.loads(package_data("landmarks", "ibug68.json").read_text())


def place_mm(ibug, cage):
    fine = skin_surface().matrix @ (cage * 1000)
    return np.array([np.average(fine[p["vertices"]], 0, p["weights"]) for p in ibug["points"]])


@pytest.fixture(scope="module")
def rest_mm(ibug):
    return place_mm(ibug, head_model().vertices)


def test_there_are_68_points_with_names_of_their_own(ibug):
    assert len({point["name"] for point in ibug["points"]}) == 68


def test_the_weights_of_every_point_sum_to_one(ibug):
    for point in ibug["points"]:
        assert 1 <= len(point["vertices"]) == len(point["weights"]) <= 4
        assert sum(point["weights"]) == pytest.approx(1)


def test_flipping_twice_changes_nothing(ibug):
    swap = np.array(ibug["swap"])
    assert (swap[swap] == np.arange(68)).all()


def test_flipped_points_are_mirror_images(ibug, rest_mm):
    assert rest_mm == pytest.approx(rest_mm[ibug["swap"]] * [-1, 1, 1], abs=1e-3)


def test_flipped_names_change_side(ibug):
    names = [point["name"] for point in ibug["points"]]
    exchanged = str.maketrans({"<": "right", ">": "left"})
    for name, other in zip(names, ibug["swap"], strict=True):
        assert names[other] == name.replace("left", "<").replace("right", ">").translate(exchanged)


def test_flipped_tracks_are_mirror_images(ibug):
    cage = head_model().vertices
    for index, track in ibug["tracks"].items():
        twin = ibug["tracks"][str(ibug["swap"][int(index)])]
        for half in ("front", "back"):
            assert cage[track[half]] == pytest.approx(cage[twin[half]] * [-1, 1, 1], abs=1e-6)


def test_the_jaw_runs_from_the_right_ear_over_the_chin_to_the_left(rest_mm):
    assert (np.diff(rest_mm[:17, 0]) > 0).all()
    assert rest_mm[:17, 2].argmin() == 8


def test_neighbours_on_the_jaw_are_evenly_spaced_in_a_frontal_view(rest_mm):
    steps = np.linalg.norm(np.diff(rest_mm[:17, [0, 2]], axis=0), axis=1)
    assert steps.max() / steps.min() < 1.4


def test_no_point_lies_inside_the_mouth_or_the_eye_socket(ibug):
    model = head_model()
    islands = body_islands()
    skin = set(model.quads["body"][islands == "head"].ravel().tolist())
    hidden = set(model.quads["body"][np.isin(islands, ["socket", "mouth"])].ravel().tolist())
    used = {vertex for point in ibug["points"] for vertex in point["vertices"]}
    assert used <= skin - hidden


def test_lid_points_are_the_front_edge_of_the_lids_where_skin_and_eye_meet_in_a_frontal_view(rest_mm):
    for upper, lower in LEFT_LIDS:
        assert 7 < rest_mm[upper, 2] - rest_mm[lower, 2] < 11
        assert abs(rest_mm[upper, 1] - rest_mm[lower, 1]) < 1.5


def test_lid_points_meet_when_the_eye_closes(ibug):
    # The blink target closes the visible gap at 0.7 to 0.8 of its full amount; beyond, the lids overlap.
    closed = place_mm(ibug, shape_cage(expression_targets({"eyeBlinkLeft": 0.75, "eyeBlinkRight": 0.75})))
    for upper, lower in LEFT_LIDS:
        assert np.linalg.norm(closed[upper] - closed[lower]) < 2


def test_opening_the_jaw_parts_the_inner_lips(ibug, rest_mm):
    opened = place_mm(ibug, shape_cage(expression_targets({"jawOpen": 0.7})))
    assert rest_mm[62, 2] - rest_mm[66, 2] < 2
    assert opened[62, 2] - opened[66, 2] > 15


def test_every_track_passes_its_jaw_point(ibug, rest_mm):
    fine = skin_surface().rest_mm
    assert set(ibug["tracks"]) == {str(i) for i in range(17)}
    for index, track in ibug["tracks"].items():
        line = fine[track["back"][::-1] + track["front"]]
        dense = np.concatenate([np.linspace(a, b, 50) for a, b in pairwise(line)])
        assert np.linalg.norm(dense - rest_mm[int(index)], axis=1).min() < 3


def test_every_track_runs_to_the_middle_of_the_face_without_gaps(ibug):
    fine = skin_surface().rest_mm
    for track in ibug["tracks"].values():
        assert 6 <= len(track["front"]) <= 14 and 3 <= len(track["back"]) <= 6
        steps = np.linalg.norm(np.diff(fine[track["front"]], axis=0), axis=1)
        assert steps.max() < 20
        assert abs(fine[track["front"][-1], 0]) < 31
