import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.camera import Camera, intrinsics, pixel_rays, project, unproject
from synthgen.transforms import (
    apply,
    direction,
    direction_angles,
    head_angles,
    invert,
    look_at,
    rigid,
    rotation,
    turn,
    turn_to_angles,
)

yaw, pitch, roll = st.floats(-179, 179), st.floats(-85, 85), st.floats(-179, 179)


@given(yaw, pitch, roll)
def test_angles_survive_the_matrix(a, b, c):
    assert turn_to_angles(turn(a, b, c)) == pytest.approx((a, b, c), abs=1e-6)


@given(yaw, pitch)
def test_directions_survive_their_angles(a, b):
    assert direction_angles(direction(a, b)) == pytest.approx((a, b), abs=1e-6)


def test_yaw_turns_to_the_subjects_left_pitch_up_and_roll_to_the_left_shoulder():
    assert turn(90, 0, 0) @ [0, -1, 0] == pytest.approx([1, 0, 0])
    assert turn(0, 90, 0) @ [0, -1, 0] == pytest.approx([0, 0, 1])
    assert turn(0, 0, 90) @ [0, 0, 1] == pytest.approx([1, 0, 0])


def test_a_head_that_faces_the_camera_has_the_identity_as_its_rotation():
    from synthgen.transforms import WORLD_FROM_HEAD_AXES

    cam = invert(look_at([0, -1, 1.5], [0, 0, 1.5]))
    pose = cam @ rigid(WORLD_FROM_HEAD_AXES, [0, 0, 1.5])
    assert pose[:3, :3] == pytest.approx(np.eye(3), abs=1e-12)
    assert head_angles(pose) == pytest.approx((0, 0, 0), abs=1e-9)


@pytest.mark.parametrize(("angles", "seen"), [((20, 0, 0), "right"), ((0, 20, 0), "up"), ((0, 0, 20), "clockwise")])
def test_head_angles_say_what_the_image_shows(angles, seen):
    from synthgen.transforms import WORLD_FROM_HEAD_AXES

    camera = Camera("c", 100, 100, intrinsics(100, 100, 50, 50), invert(look_at([0, -1, 0], [0, 0, 0])))
    head = rigid(turn(*angles) @ WORLD_FROM_HEAD_AXES, [0, 0, 0])
    assert head_angles(camera.cam_from_world @ head) == pytest.approx(angles, abs=1e-9)
    nose, crown = (project(camera.to_cam(apply(head, [p]))[0], camera.K) - 50 for p in ([0, 0, -0.1], [0, -0.1, 0]))
    assert {"right": nose[0] > 1, "up": nose[1] < -1, "clockwise": crown[0] > 1}[seen]


def test_invert_undoes_a_transform():
    T = rigid(turn(10, 20, 30), [1, 2, 3])
    assert invert(T) @ T == pytest.approx(np.eye(4), abs=1e-12)


def test_projection_agrees_with_opencv_half_a_pixel_apart():
    points = np.random.default_rng(0).uniform([-1, -1, 1], [1, 1, 4], (200, 3))
    K = intrinsics(520, 500, 150.3, 119.6)
    theirs = K.copy()
    theirs[:2, 2] -= 0.5  # OpenCV's first pixel has its centre at (0, 0)
    uv, _ = cv2.projectPoints(points, np.zeros(3), np.zeros(3), theirs, None)
    assert project(points, K) - 0.5 == pytest.approx(uv[:, 0], abs=1e-9)


@given(st.floats(0, 640), st.floats(0, 480), st.floats(0.1, 50))
def test_unprojecting_and_projecting_return_the_pixel(u, v, depth):
    K = intrinsics(700, 690, 310.5, 231.25)
    assert project(unproject([u, v], depth, K), K) == pytest.approx([u, v], abs=1e-6)


def test_projecting_a_point_behind_the_camera_is_an_error():
    with pytest.raises(ValueError, match="z <= 0"):
        project([[0, 0, -1.0]], intrinsics(1, 1, 0, 0))


def test_pixel_rays_go_through_pixel_centres():
    camera = Camera("c", 8, 6, intrinsics(9, 7, 3.5, 2.5), invert(look_at([1, -2, 0.5], [0, 0, 0])))
    origin, rays = pixel_rays(camera)
    uv = project(camera.to_cam(origin + 3 * rays), camera.K)
    v, u = np.mgrid[0:6, 0:8] + 0.5
    assert uv == pytest.approx(np.stack([u, v], -1), abs=1e-9)


@pytest.mark.parametrize(("axis", "moved"), [("x", [0, 0, 1]), ("y", [0, 1, 0]), ("z", [-1, 0, 0])])
def test_rotations_are_right_handed(axis, moved):
    assert rotation(axis, 90) @ [0, 1, 0] == pytest.approx(moved, abs=1e-12)


def test_a_camera_cannot_look_straight_down():
    with pytest.raises(ValueError, match="straight up or down"):
        look_at([0, 0, 2], [0, 0, 0])
