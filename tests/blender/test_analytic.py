"""Labels of shapes whose truth is known in closed form."""

import numpy as np
import pytest

from synthgen.camera import intrinsics, pixel_rays, project
from synthgen.lighting import Environment
from synthgen.parts import Part
from tests.blender.shapes import camera, plane, shape, sphere, stage

CAMERAS = [
    camera(),
    camera(96, 72, intrinsics(140, 140, 48, 36), eye=(-1.5, -2.5, 1.0)),
    camera(65, 97, intrinsics(90, 130, 20.5, 70.25), eye=(0.2, -4, -0.6)),
]


def ray_sphere(cam, radius):
    """Return planar depth (h, w), 0 for a miss, and normals of a sphere at the origin."""
    origin, rays = pixel_rays(cam)
    b = rays @ origin
    disc = b**2 - (origin @ origin - radius**2)
    hit = disc > 0
    t = -b - np.sqrt(np.where(hit, disc, 0))
    points = origin + t[..., None] * rays
    depth = cam.to_cam(points)[..., 2]
    return np.where(hit, depth, 0), np.where(hit[..., None], points / radius, 0) @ cam.cam_from_world[:3, :3].T


@pytest.mark.parametrize("cam", CAMERAS, ids=["wide", "square", "tall"])
def test_depth_and_normals_of_a_sphere_are_true(take, cam):
    seen = take([sphere(0.8)], [cam])["default"]
    depth, normals = ray_sphere(cam, 0.8)
    inner = (depth > 0) & (seen.depth_m > 0)
    rim = (depth > 0) != (seen.depth_m > 0)
    assert rim.sum() <= 6, "the facets of the ball's outline"
    facing = inner & (-(normals * unit_rays(cam)).sum(-1) > 0.2)
    # an icosphere of 20480 facets lies up to 4e-4 m inside its sphere
    assert np.abs(seen.depth_m - depth)[facing].max() < 1.5e-3
    angle = np.degrees(np.arccos(np.clip((seen.normal_cam * normals).sum(-1), -1, 1)))
    assert angle[facing].max() < 0.5


def unit_rays(cam):
    _, rays = pixel_rays(cam)
    return rays @ cam.cam_from_world[:3, :3].T


@pytest.mark.parametrize("cam", CAMERAS, ids=["wide", "square", "tall"])
def test_depth_and_normals_of_a_tilted_plane_are_true(take, cam):
    normal, point = np.array([0.3, -1.0, 0.4]) / np.linalg.norm([0.3, -1.0, 0.4]), np.array([0.1, 0.2, 0.0])
    seen = take([plane(normal, point, 30)], [cam])["default"]
    origin, rays = pixel_rays(cam)
    t = ((point - origin) @ normal) / (rays @ normal)
    truth = cam.to_cam(origin + t[..., None] * rays)
    assert (seen.depth_m > 0).all()
    assert np.abs(seen.depth_m / truth[..., 2] - 1).max() < 1e-5
    assert np.abs(seen.position_cam - truth).max() < 1e-4
    expected = cam.cam_from_world[:3, :3] @ normal
    assert np.abs(seen.normal_cam - expected).max() < 1e-5


@pytest.mark.parametrize("cam", CAMERAS, ids=["wide", "square", "tall"])
def test_every_pixels_point_projects_to_its_centre_within_a_hundredth_of_a_pixel(take, cam):
    seen = take([sphere(0.8)], [cam])["default"]
    v, u = np.nonzero(seen.depth_m > 0)
    uv = project(seen.position_cam[v, u], cam.K)
    assert np.abs(uv - np.stack([u, v], 1) - 0.5).max() < 0.01


def test_a_projected_square_lies_where_its_corners_say(take):
    cam = camera(128, 128, intrinsics(300, 300, 64, 64), eye=(0, -3, 0))
    corners = np.array([[-0.31, 0, -0.22], [0.33, 0, -0.22], [0.33, 0, 0.27], [-0.31, 0, 0.27]])
    seen = take([shape("square", corners, [[0, 1, 2], [0, 2, 3]])], [cam])["default"]
    (u0, v0), (u1, v1) = project(cam.to_cam(corners), cam.K).min(0), project(cam.to_cam(corners), cam.K).max(0)
    v, u = np.mgrid[0:128, 0:128] + 0.5
    inside = (u > u0) & (u < u1) & (v > v0) & (v < v1)
    assert np.array_equal(seen.part > 0, inside)


def test_part_ids_are_exactly_those_put_in(take):
    cam = camera(eye=(0, -3, 0))
    parts = [Part.NOSE, Part.LIP_UPPER, Part.OTHER]
    strips = []
    for n, part in enumerate(parts):
        x0, x1 = -1.2 + 0.8 * n, -0.4 + 0.8 * n
        corners = [[x0, 0, -2], [x1, 0, -2], [x1, 0, 2], [x0, 0, 2]]
        strips.append(shape(f"strip{n}", corners, [[0, 1, 2], [0, 2, 3]], part))
    seen = take(strips, [cam])["default"]
    assert set(np.unique(seen.part)) == {0, *map(int, parts)}
    origin, rays = pixel_rays(cam)
    x = (origin + (-origin[1] / rays[..., 1])[..., None] * rays)[..., 0]
    truth = np.select(
        [(x > -1.2) & (x < -0.4), (x > -0.4) & (x < 0.4), (x > 0.4) & (x < 1.2)], [int(p) for p in parts], 0
    )
    edge = np.min([np.abs(x - e) for e in (-1.2, -0.4, 0.4, 1.2)], axis=0) < 1e-4
    assert np.array_equal(seen.part[~edge], truth[~edge])


def test_instances_are_numbered_in_order(take):
    ball, wall = sphere(0.5), plane((0, -1, 0), (0, 1, 0))
    seen = take(
        [ball, shape("wall", wall.vertices, wall.triangles, instance="wall")], [camera()], instances=("person", "wall")
    )
    assert set(np.unique(seen["default"].instance)) == {1, 2}


def test_alpha_is_one_on_the_shape_zero_off_it_and_true_on_the_edge(take):
    cam = camera(128, 128, intrinsics(300, 300, 64, 64), eye=(0, -3, 0))
    # an edge that runs through pixels at a known place: half of column 64 is covered
    x = 0.5 / 300 * 3
    corners = [[-1, 0, -1], [x, 0, -1], [x, 0, 1], [-1, 0, 1]]
    alpha = take([shape("half", corners, [[0, 1, 2], [0, 2, 3]])], [cam])["default"].alpha
    assert (alpha[:, :62] == 1).all() and (alpha[:, 67:] == 0).all()
    assert alpha[:, 64].mean() == pytest.approx(0.5, abs=0.045)  # 16 samples here; 0.493 at 128


def test_an_empty_scene_is_background_everywhere(take):
    far = sphere(0.1, centre=(0, 50, 0))
    cam = camera(eye=(0, -3, 0), target=(0, -4, 0))
    seen = take([far], [cam])["default"]
    assert not seen.part.any() and not seen.depth_m.any() and not seen.normal_cam.any() and not seen.alpha.any()


def test_labels_of_two_cameras_at_one_place_are_equal_bit_for_bit(take):
    views = take([sphere(0.8)], [camera(name="rgb"), camera(name="nir", band="nir850")])
    for name in ("depth_m", "normal_cam", "part", "instance", "alpha", "position_cam"):
        assert np.array_equal(getattr(views["rgb"], name), getattr(views["nir"], name)), name


def test_a_grey_ball_in_even_light_shines_as_its_albedo(take):
    """In a white furnace of radiance 1 a diffuse surface of albedo 0.5 shines at about 0.5 plus its mirror's share."""
    seen = take([sphere(0.8)], [camera(eye=(0, -3, 0))], environment=Environment(kind="uniform", strength=1.0))[
        "default"
    ]
    middle = seen.color[30:46, 38:54]
    assert 0.48 < middle.mean() < 0.60
    assert seen.background.mean() == pytest.approx(1.0, abs=1e-3)


def test_incident_exposure_renders_a_white_card_as_one(device):
    """A meter at the face: radiance of a white card times the factor is 1, by lamp and by environment."""
    from synthgen.assemble import PlacedLamp
    from synthgen.exposure import incident_scale
    from synthgen.lighting import Lamp
    from synthgen.places import Orbit

    cam = camera(eye=(0, -1, 0))
    even = stage([sphere(0.1)], [cam])
    assert incident_scale(even, cam, [], np.ones((32, 64, 3))) == pytest.approx(1.0, rel=2e-3)
    place = Orbit(distance_m=2, yaw_deg=0, pitch_deg=0, roll_deg=0, x_m=0, y_m=0, aim_x_m=0, aim_y_m=0)
    lamp = Lamp(name="l", kind="point", band="visible", power_w=10, color=(1, 1, 1), place=place, size_m=0.01)
    placed = PlacedLamp(lamp, place.world_from_device(np.zeros(3)))
    geometry = stage([sphere(0.1)], [cam])
    face = -geometry.world_from_head[:3, 2]
    towards = (cam.centre_world / np.linalg.norm(cam.centre_world) + face) / np.linalg.norm(
        cam.centre_world / np.linalg.norm(cam.centre_world) + face
    )
    irradiance = 10 / (4 * np.pi) / 4 * max(towards @ [0, -1, 0], 0)
    assert incident_scale(geometry, cam, [placed], None) == pytest.approx(np.pi / irradiance, rel=1e-6)


def test_white_balance_takes_the_tint_of_the_light_at_the_face(device, settings):
    from synthgen.blender.render import render
    from synthgen.scene import WhiteBalance

    environment = Environment(kind="uniform", strength=1.0, color=(1.0, 0.6, 0.3))
    card = stage([plane((0, -1, 0), (0, 0, 0), 0.6)], [camera(32, 32)], environment=environment)

    def ratio(**balance):
        look = settings.render.model_copy(update={"white_balance": WhiteBalance(**balance)})
        views, _ = render(settings.model_copy(update={"render": look}), card, device)
        seen = views["default"]
        assert seen.background[0, 0, 0] / seen.background[0, 0, 2] == pytest.approx(
            seen.color[16, 16, 0] / seen.color[16, 16, 2], rel=0.03
        )
        return seen.color[8:24, 8:24, 0].mean() / seen.color[8:24, 8:24, 2].mean()

    assert ratio(kind="none") == pytest.approx(1 / 0.3, rel=0.01)
    assert ratio(kind="auto") == pytest.approx(1.0, rel=0.01)
    assert 1.2 < ratio(kind="auto", degree=0.6) < 2.5
    assert ratio(kind="manual", temperature_k=3000) < 0.8 < 1.2 < ratio(kind="manual", temperature_k=5000) < 1 / 0.3


def test_metered_light_agrees_with_the_renderer(take):
    """A white card lit by an environment alone comes out of Cycles as the meter says."""
    from synthgen.blender.lights import hdri_pixels
    from synthgen.color import luminance
    from synthgen.exposure import environment_light

    for rotation in (0.0, 70.0, -140.0):
        environment = Environment(kind="hdri", name="sunset", rotation_deg=rotation, strength=0.7)
        for normal in ((0, -1, 0), (0.8, -0.6, 0), (0, -0.6, 0.8)):
            n = np.array(normal, float)
            cam = camera(32, 32, intrinsics(200, 200, 16, 16), eye=tuple(2.0 * n + [0, -0.001, 0]), target=(0, 0, 0))
            seen = take([plane(n, (0, 0, 0), 0.6)], [cam], environment=environment)["default"]
            expected = 0.5 * luminance(environment_light(environment, hdri_pixels("sunset"), n)) / np.pi
            assert float(luminance(seen.color[8:24, 8:24]).mean()) == pytest.approx(expected, rel=0.25)
