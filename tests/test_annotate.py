"""Labels from geometry alone."""

import numpy as np
import pytest
from scipy.spatial import cKDTree

from synthgen.annotate.eyes import annotate_eye, apparent_point
from synthgen.annotate.landmarks import annotate_contour, annotate_landmarks, load_landmarks, surface_points
from synthgen.annotate.visibility import ray_scene, visible
from synthgen.assemble import assemble
from synthgen.camera import Camera, intrinsics, project
from synthgen.errors import AssetError
from synthgen.head.eyes import CORNEA_INDEX, CORNEA_RADIUS_MM, LIMBUS_MM, Eyeball
from synthgen.head.gaze import look
from synthgen.rays import RayScene
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec
from synthgen.transforms import head_angles, invert, look_at


def person(yaw=0.0, camera_yaw=0.0, **fields):
    rig = {"kind": "head_orbit", "place": {"kind": "orbit", "distance_m": 1.0, "yaw_deg": camera_yaw}}
    spec = SceneSpec.model_validate(
        {"identity": {"ids": [2], "asymmetry": 0}, "head_pose": {"yaw_deg": yaw}, "rigs": [rig], **fields}
    )
    return assemble(sample_scene(spec, 0))


@pytest.fixture(scope="module")
def frontal():
    return person()


def test_points_of_a_symmetric_face_mirror_each_other(frontal):
    known = load_landmarks("ibug68")
    points = surface_points(known, frontal.skin)
    middle = frontal.world_from_head[:3, 3]
    mirrored = (points - middle) * [-1, 1, 1] + middle
    gap = np.linalg.norm(mirrored - points[known.swap], axis=1)
    assert gap.max() < 0.0008  # the skin's own unevenness has no mirror


def test_landmarks_lie_on_the_skin(frontal):
    known = load_landmarks("ibug68")
    points = surface_points(known, frontal.skin)
    skin = next(mesh for mesh in frontal.meshes if mesh.name == "skin")
    scene = RayScene(skin.vertices, skin.triangles)
    _, nearest = cKDTree(skin.vertices).query(points)
    out = skin.shading_normals()[nearest]
    _, distance = scene.first_hit(points + 0.0001 * out, -out)  # lips nearly touch: not from farther off
    assert np.median(np.abs(distance - 0.0001)) < 1e-7
    assert np.abs(distance - 0.0001).max() < 3e-5  # where the skin curves, the nearest vertex' normal leans


def test_an_unknown_set_is_named_with_those_there_are():
    with pytest.raises(AssetError, match="no landmark set 'ibug86' .allowed: ibug68"):
        load_landmarks("ibug86")


def test_a_frontal_face_shows_all_inner_points(frontal):
    camera = frontal.cameras[0]
    seen = annotate_landmarks(load_landmarks("ibug68"), frontal.skin, camera, ray_scene(frontal)).visible
    assert seen[17:60].all()


def test_a_turned_face_hides_the_far_side_and_its_outline_slides():
    geometry = person(yaw=50)
    camera, known = geometry.cameras[0], load_landmarks("ibug68")
    everything, head = ray_scene(geometry), ray_scene(geometry, lambda mesh: mesh.name == "skin")
    fixed = annotate_landmarks(known, geometry.skin, camera, everything)
    moved = annotate_contour(known, geometry.skin, camera, head, everything)
    assert not fixed.visible[12:16].any(), "the subject's left jaw is turned away"
    assert moved.visible[11:16].all(), "but its outline is seen"
    assert np.array_equal(fixed.uv[17:], moved.uv[17:])
    # the face looks to the image's right: the outline lies left of the hidden points, at the edge of the face
    assert (moved.uv[12:16, 0] <= fixed.uv[12:16, 0] + 1e-6).all() or (
        moved.xyz_cam[12:16, 2] < fixed.xyz_cam[12:16, 2]
    ).all()


def test_head_angles_add_head_and_camera():
    geometry = person(yaw=25, camera_yaw=25)
    yaw, pitch, roll = head_angles(geometry.cameras[0].cam_from_world @ geometry.world_from_head)
    assert yaw == pytest.approx(0, abs=1.5) and abs(pitch) < 6 and abs(roll) < 1e-6


def test_a_point_behind_the_camera_or_outside_the_image_is_not_visible(frontal):
    camera = frontal.cameras[0]
    back = camera.centre_world + 2 * (camera.centre_world - frontal.head_centre)
    aside = frontal.head_centre + np.array([5.0, -0.2, 0])
    assert not visible(np.array([back, aside]), camera, ray_scene(frontal)).any()


def test_eyes_that_look_into_the_camera_say_so():
    geometry = person(yaw=20, gaze={"kind": "camera"})
    camera = geometry.cameras[0]
    for eye, openness in zip(geometry.eyes, geometry.openness, strict=True):
        label = annotate_eye(eye, openness, geometry, camera, ray_scene(geometry))
        to_camera = -label.centre_cam / np.linalg.norm(label.centre_cam)
        assert label.gaze_cam == pytest.approx(to_camera, abs=1e-9)
        assert np.degrees(np.arccos(label.gaze_cam @ label.optical_axis_cam)) == pytest.approx(5.2, abs=0.1)


def test_closed_lids_hide_the_pupils_and_open_ones_do_not(frontal):
    camera = frontal.cameras[0]

    def seen(geometry):
        scene = ray_scene(geometry)
        return [annotate_eye(eye, 1.0, geometry, camera, scene).pupil_visible for eye in geometry.eyes]

    assert seen(frontal) == [True, True]
    assert seen(person(expression={"units": {"eyeBlinkLeft": 1}})) == [False, True]


def an_eye() -> Eyeball:
    left, _ = look([0.031, -1, 0], np.array([[0.031, 0, 0], [-0.031, 0, 0]]), np.eye(3))
    return Eyeball("left", np.array([0.031, 0, 0]), 0.0142, left, 4.0)


@pytest.mark.parametrize("place", [(0.031, -0.6, 0), (0.3, -0.5, 0.2), (-0.3, -0.6, -0.1)])
def test_the_apparent_pupil_obeys_snells_law(place):
    eye = an_eye()
    camera = Camera("c", 100, 100, intrinsics(500, 500, 50, 50), invert(look_at(place, eye.centre)))
    point = apparent_point(eye, camera)
    edge = np.sqrt(14.2**2 - LIMBUS_MM**2)
    centre = eye.to_world(np.array([[0, 0, edge - np.sqrt(CORNEA_RADIUS_MM**2 - LIMBUS_MM**2)]]))[0]
    normal = (point - centre) / np.linalg.norm(point - centre)
    assert np.linalg.norm(point - centre) * 1e3 == pytest.approx(CORNEA_RADIUS_MM)
    incoming = (point - place) / np.linalg.norm(point - place)
    inside = (eye.pupil_centre - point) / np.linalg.norm(eye.pupil_centre - point)
    outer, inner = np.linalg.norm(np.cross(normal, incoming)), np.linalg.norm(np.cross(normal, inside))
    assert outer == pytest.approx(CORNEA_INDEX * inner, abs=1e-6)
    assert np.cross(incoming, normal) @ inside == pytest.approx(0, abs=1e-6)


def test_a_pupil_seen_from_aside_appears_nearer_to_the_camera_than_it_is():
    eye = an_eye()
    camera = Camera("c", 400, 400, intrinsics(4000, 4000, 200, 200), invert(look_at([0.5, -0.5, 0], eye.centre)))
    true = project(camera.to_cam(eye.pupil_centre), camera.K)
    apparent = project(camera.to_cam(apparent_point(eye, camera)), camera.K)
    assert 1 < np.linalg.norm(apparent - true) < 20


def test_a_pupil_is_not_seen_from_behind_the_head():
    eye = an_eye()
    camera = Camera("c", 100, 100, intrinsics(500, 500, 50, 50), invert(look_at([0, 1.0, 0], eye.centre)))
    assert apparent_point(eye, camera) is None
