"""A whole person through the pipeline: labels against passes, and against two independent renderers."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
import trimesh

from synthgen.annotate import annotate
from synthgen.assemble import assemble
from synthgen.camera import pixel_rays, project
from synthgen.head.eyes import CORNEA_INDEX
from synthgen.parts import Part
from synthgen.passes import MAJORITY
from synthgen.rays import RayScene
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec

PEOPLE = [
    {"identity": {"ids": [11]}},
    {
        "identity": {"ids": [4]},
        "head_pose": {"yaw_deg": 35, "pitch_deg": -10, "roll_deg": 12},
        "expression": {"name": "happiness"},
        "gaze": {"kind": "angles", "yaw_deg": -15, "pitch_deg": 8},
    },
    {
        "identity": {"ids": [29], "features": {"eye_aspect_ratio": 0.34}},
        "head_pose": {"yaw_deg": -20, "pitch_deg": 25},
        "expression": {"units": {"jawOpen": 0.7}},
        "gaze": {"kind": "camera"},
    },
]
CAMERA = {
    "width_px": 128,
    "height_px": 112,
    "lens": {"kind": "focal", "focal_length_mm": 85, "sensor_width_mm": 30, "pixel_aspect": 1.1, "lens_shift_x": 0.05},
}


@pytest.fixture(scope="module", params=range(len(PEOPLE)), ids=["calm", "turned", "mouth_open"])
def person(request, device):
    """Return the scene, geometry, passes and labels of one person."""
    from synthgen.blender.render import render

    rig = {"kind": "head_orbit", "place": {"kind": "orbit", "distance_m": 0.9, "yaw_deg": 10}, "cameras": [CAMERA]}
    spec = SceneSpec.model_validate({**PEOPLE[request.param], "rigs": [rig], "render": {"quality": "draft"}})
    scene = sample_scene(spec, 0)
    geometry = assemble(scene)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        passes, _ = render(scene, geometry, device)
    return scene, geometry, passes["default"], annotate(geometry, passes)["default"]


def test_all_parts_of_a_face_are_there(person):
    _, _, passes, _ = person
    names = (
        "FOREHEAD",
        "NOSE",
        "CHIN",
        "LIP_UPPER",
        "LIP_LOWER",
        "IRIS_LEFT",
        "SCLERA_RIGHT",
        "NECK",
        "CLOTHING_UPPER",
    )
    assert {Part[name] for name in names} <= set(np.unique(passes.part))


def cast_through_corneas(geometry, camera):
    """Return part and first depth (h, w) by Embree, bending rays at corneas by Snell's law."""
    vertices, triangles, parts, clear, normals, offset = [], [], [], [], [], 0
    for mesh in geometry.meshes:
        vertices.append(mesh.vertices)
        triangles.append(mesh.triangles + offset)
        parts.append(mesh.part)
        cornea = np.zeros(len(mesh.triangles), bool)
        if "cornea" in mesh.materials:
            cornea = mesh.material == mesh.materials.index("cornea")
        clear.append(cornea)
        normals.append(mesh.shading_normals())
        offset += len(mesh.vertices)
    V, T = np.concatenate(vertices), np.concatenate(triangles)
    P, C, N = np.concatenate(parts), np.concatenate(clear), np.concatenate(normals)
    scene = RayScene(V, T)
    origin, rays = pixel_rays(camera)
    flat = rays.reshape(-1, 3)
    hit, distance = scene.first_hit(origin, flat)
    part = np.where(hit >= 0, P[hit], 0)
    points = origin + np.where(hit >= 0, distance, 0)[:, None] * flat
    depth = np.where(hit >= 0, camera.to_cam(points)[:, 2], 0)
    for ray in np.flatnonzero((hit >= 0) & C[hit]):
        corner = V[T[hit[ray]]]
        weight = trimesh.triangles.points_to_barycentric(corner[None], points[ray][None])[0]
        n = weight @ N[T[hit[ray]]]
        n /= np.linalg.norm(n)
        cosine = -(n @ flat[ray])
        ratio = 1 / CORNEA_INDEX
        bent = ratio * flat[ray] + (ratio * cosine - np.sqrt(1 - ratio**2 * (1 - cosine**2))) * n
        inner, _ = scene.first_hit(points[ray] + 1e-5 * bent, bent[None])
        part[ray] = P[inner[0]]
    shape = rays.shape[:2]
    return part.reshape(shape), depth.reshape(shape)


def off_borders(wrong, passes, geometry, reach_px):
    """Return the wrong pixels whose part and depth are not met within reach_px of their centre: borders are rounding.

    Single floats place a vertex 0.9 m away to 6e-8 m, a hundredth of a pixel where a border is nearly parallel to it.
    """
    if not wrong.any():
        return wrong
    camera = geometry.cameras[0]
    nearest, farthest = np.full(wrong.shape, np.inf), np.full(wrong.shape, -np.inf)
    for shift in (0, 1, 2, 3, 4, 5, 6, 7, 8):
        K = camera.K.copy()
        if shift:
            K[:2, 2] += reach_px * np.array([np.cos(shift * np.pi / 4), np.sin(shift * np.pi / 4)])
        part, depth = cast_through_corneas(geometry, replace(camera, K=K))
        same = part == passes.part
        nearest[same], farthest[same] = np.minimum(nearest, depth)[same], np.maximum(farthest, depth)[same]
    explained = (passes.depth_m > nearest - 2e-4) & (passes.depth_m < farthest + 2e-4)
    return wrong & ~explained


def test_embree_sees_the_same_parts_and_depth_even_through_the_cornea(person):
    _, geometry, passes, _ = person
    part, depth = cast_through_corneas(geometry, geometry.cameras[0])
    bare = passes.covered() <= MAJORITY
    wrong = bare & ((part != passes.part) | (np.abs(depth - passes.depth_m) > 2e-4))
    assert wrong.sum() <= 3, f"{wrong.sum()} of {wrong.size} pixels differ"
    assert not off_borders(wrong, passes, geometry, 0.01).any()
    eyes = np.isin(passes.part, [Part.IRIS_LEFT, Part.IRIS_RIGHT, Part.PUPIL_LEFT, Part.PUPIL_RIGHT])
    assert eyes.sum() >= 6, "the check must reach the eyes"


def test_opengl_sees_the_same_parts_and_depth_outside_the_eyes(person):
    from synthgen.rasterise import Rasteriser

    _, geometry, passes, _ = person
    camera = geometry.cameras[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Rasteriser() as rasteriser:
            raster = rasteriser.draw(geometry, camera)
    eyes = [p for p in Part if p.name.startswith(("IRIS", "PUPIL", "SCLERA"))]
    outside = ~np.isin(passes.part, eyes) & ~np.isin(raster.part, eyes) & (passes.covered() <= MAJORITY)
    wrong = outside & ((raster.part != passes.part) | (np.abs(raster.depth_m - passes.depth_m) > 2e-4))
    assert wrong.sum() <= 8, f"{wrong.sum()} of {outside.sum()} pixels differ"
    drawn = replace(passes, part=raster.part, depth_m=raster.depth_m)
    # OpenGL leaves out back faces, such as the far side of the caruncle's edge
    assert off_borders(wrong, drawn, geometry, 0.02).sum() <= 1


def test_a_shifted_image_would_fail_those_checks(person):
    """The two tests above are not vacuous: moved by one pixel, hundreds of labels differ."""
    _, _, passes, _ = person
    assert (np.roll(passes.part, 1, axis=1) != passes.part).sum() > 300


ON_PART = {
    range(27, 31): {"NOSE"},
    range(31, 36): {"NOSE", "NOSTRILS", "SKIN"},
    range(36, 48): {"EYELID", "SCLERA", "CARUNCLE", "IRIS"},
    range(48, 60): {"LIP", "SKIN", "JAW", "CHIN", "MOUTH"},
    range(60, 68): {"LIP", "MOUTH", "TEETH", "TONGUE"},
}


def test_visible_landmarks_lie_on_their_parts(person):
    _, _, passes, labels = person
    points = labels.landmarks["ibug68"]
    checked = 0
    for indices, names in ON_PART.items():
        for i in indices:
            if not points.visible[i]:
                continue
            u, v = points.uv[i].astype(int)
            near = {Part(p).name for p in np.unique(passes.part[max(v - 1, 0) : v + 2, max(u - 1, 0) : u + 2])}
            assert any(found.startswith(tuple(names)) for found in near), f"point {i} lies on {near}"
            checked += 1
    assert checked >= 30


def test_landmark_pixels_are_the_projection_of_landmark_points(person):
    _, _, _, labels = person
    for name, points in labels.landmarks.items():
        assert project(points.xyz_cam, labels.camera.K) == pytest.approx(points.uv, abs=1e-9), name


def test_outline_points_lie_on_the_edge_of_the_face_or_on_the_jaw(person):
    """A jaw point that slid lies on the silhouette: within 1.5 px there is neck, shirt or background."""
    _, _, passes, labels = person
    fixed, moved = labels.landmarks["ibug68"], labels.landmarks["ibug68_contour"]
    slid = [i for i in range(17) if np.abs(fixed.uv[i] - moved.uv[i]).max() > 1e-6]
    for i in slid:
        u, v = moved.uv[i]
        if not labels.camera.inside(moved.uv[i]):
            continue
        rows, columns = np.mgrid[0 : passes.part.shape[0], 0 : passes.part.shape[1]]
        near = np.hypot(columns + 0.5 - u, rows + 0.5 - v) < 2.2
        others = {Part(p).name for p in np.unique(passes.part[near])}
        outside = {"BACKGROUND", "NECK", "CLOTHING_UPPER", "EAR_LEFT", "EAR_RIGHT", "NOSE", "LIP_UPPER", "SCALP"}
        depth = passes.depth_m[near]
        assert others & outside or np.ptp(depth) > 0.01, f"point {i} lies inside the face, on {others}"


def test_apparent_pupils_lie_in_the_pupils_pixels(person):
    _, _, passes, labels = person
    for side, eye in labels.eyes.items():
        if not eye.pupil_visible:
            continue
        u, v = eye.pupil_apparent_uv.astype(int)
        near = {Part(p).name for p in np.unique(passes.part[v - 1 : v + 2, u - 1 : u + 2])}
        assert near & {f"PUPIL_{side.upper()}", f"IRIS_{side.upper()}"}


def test_both_eyes_look_at_the_point_the_spec_gives(person):
    scene, geometry, _, labels = person
    if scene.gaze.kind == "camera":
        target = np.zeros(3)
    else:
        yaw, pitch = np.deg2rad([scene.gaze.yaw_deg, scene.gaze.pitch_deg])
        ahead = np.array([np.sin(yaw) * np.cos(pitch), -np.sin(pitch), -np.cos(yaw) * np.cos(pitch)])
        in_head = scene.gaze.distance_m * ahead  # x to the subject's left, y down, z to the back of the head
        cam_from_head = geometry.cameras[0].cam_from_world @ geometry.world_from_head
        target = cam_from_head[:3, :3] @ in_head + cam_from_head[:3, 3]
    for eye in labels.eyes.values():
        wanted = target - eye.centre_cam
        assert eye.gaze_cam == pytest.approx(wanted / np.linalg.norm(wanted), abs=1e-6)


def test_normals_face_the_camera(person):
    _, _, passes, _ = person
    there = passes.depth_m > 0
    rays = passes.position_cam / np.maximum(np.linalg.norm(passes.position_cam, axis=-1, keepdims=True), 1e-9)
    facing = -(passes.normal_cam * rays).sum(-1)[there]
    assert (facing > -0.05).mean() > 0.995


def test_the_matte_agrees_with_the_parts(person):
    _, _, passes, _ = person
    hard = passes.part > 0
    assert np.abs(passes.alpha.mean() - hard.mean()) < 0.005
    assert ((passes.alpha > 0.5) != hard).mean() < 0.01


def test_hair_has_its_label_where_it_covers_most_of_a_pixel_and_nowhere_else(person):
    _, geometry, passes, _ = person
    kinds = {int(strands.part) for strands in geometry.strands}
    assert {Part.BROW_LEFT, Part.BROW_RIGHT, Part.LASHES_LEFT, Part.LASHES_RIGHT} <= kinds == set(passes.cover)
    hair, shares = np.isin(passes.part, list(kinds)), np.stack(list(passes.cover.values()))
    assert shares.min() >= 0 and shares.max() <= 1 and (hair == (passes.covered() > MAJORITY)).all()
    most = np.array(list(passes.cover))[shares.argmax(0)]
    assert (passes.part[hair] == most[hair]).all()
    assert hair.sum() > 10
    partly = (passes.covered() > 0.05) & (passes.covered() < 0.95)
    assert partly.sum() > 20, "coverage is soft"


def test_hair_lies_at_the_depth_of_the_skin_it_grows_on(person):
    _, geometry, passes, _ = person
    _, behind = cast_through_corneas(geometry, geometry.cameras[0])
    brow = np.isin(passes.part, [Part.BROW_LEFT, Part.BROW_RIGHT]) & (behind > 0)
    brows = passes.covered(frozenset({Part.BROW_LEFT, Part.BROW_RIGHT}))
    brow &= passes.covered() - brows < 0.05  # where hair of the head hangs behind an outline, the place is between
    ahead = (behind - passes.depth_m)[brow]
    assert brow.sum() > 20 and (np.abs(ahead) < 0.02).all() and np.abs(np.median(ahead)) < 0.004


def test_the_picture_is_finite_and_neither_black_nor_burnt_out(person):
    _, _, passes, _ = person
    face = passes.color[passes.part == Part.FOREHEAD]
    assert np.isfinite(passes.color).all()
    assert 0.02 < face.mean() < 1.5
