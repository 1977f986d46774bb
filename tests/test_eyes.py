"""Eyes: colours and maps, what depends on the view, and lids that lie on the eyeball and close over it."""

import itertools

import numpy as np
import pytest

from synthgen.assemble import _move_face, _standing_body, assemble
from synthgen.color import luminance
from synthgen.eye_view import gloss_roughness, retro_radiance
from synthgen.head.contact import depth_mm, rest_on_eyes, skin_patch
from synthgen.head.expression import expressions
from synthgen.head.eye_color import IRIS_COLORS, EyesSpec, sample_eyes
from synthgen.head.eyes import Eyeball, eyeball_meshes
from synthgen.head.gaze import SIDES, gaze_target, look
from synthgen.head.iris import iris_map
from synthgen.head.sclera import sclera_map
from synthgen.head.skin import skin_surface
from synthgen.mesh import unit, vertex_normals
from synthgen.rays import RayScene
from synthgen.rng import Key
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec

EUROPEAN = {"african": 0.0, "asian": 0.0, "caucasian": 1.0}


def eyes_of(name, person="p", **fields):
    spec = EyesSpec(color=name, **{"heterochromia": "none", **fields})
    return sample_eyes(spec, EUROPEAN, 0.1, 30, Key(person), Key("q"))


@pytest.fixture(scope="module")
def irises():
    return {name: iris_map(eyes_of(name), "left") for name in IRIS_COLORS}


def test_visible_irises_darken_from_blue_to_near_black(irises):
    light = [
        luminance(irises[name][40:110, :, :3].mean((0, 1))) for name in ("blue", "brown", "dark_brown", "near_black")
    ]
    assert all(a > 1.15 * b for a, b in itertools.pairwise(light))


def test_irises_have_the_hue_of_their_name(irises):
    r, g, b = np.array([irises[name][40:110, :, :3].mean((0, 1)) for name in ("blue", "green", "brown")]).T
    assert b[0] > 1.2 * r[0]
    assert g[1] > b[1] * 1.3
    assert r[2] > 1.3 * g[2] > 1.3 * b[2]


@pytest.mark.parametrize("channel", [3, 4])
def test_in_the_infrared_irises_are_about_equally_bright_whatever_their_colour(irises, channel):
    """Daugman 2004: melanin hardly absorbs there. In visible light the same irises differ more than threefold."""
    seen = [float(found[40:110, :, channel].mean()) for found in irises.values()]
    visible = [luminance(found[40:110, :, :3].mean((0, 1))) for found in irises.values()]
    assert max(seen) < 1.4 * min(seen)
    assert max(visible) > 3 * min(visible)


def test_maps_close_around_without_a_seam():
    eyes = eyes_of("hazel", redness=0.6)
    for values in (iris_map(eyes, "left"), sclera_map(eyes, 60)):
        steps = np.abs(np.diff(values, axis=1)).mean((0, 2))
        seam = np.abs(values[:, 0] - values[:, -1]).mean()
        assert seam < 2.5 * steps.mean()


def test_a_person_keeps_the_pattern_and_two_people_differ():
    one, same, other = (iris_map(eyes_of("brown", person), "left") for person in ("p", "p", "r"))
    assert (one == same).all()
    assert np.abs(one - other).mean() > 0.01


def test_heterochromia_gives_one_eye_another_colour_whole_or_in_part():
    whole = eyes_of("brown", heterochromia="complete", second_color="blue")
    odd, plain = whole.odd_side, "left" if whole.odd_side == "right" else "right"
    blue = [iris_map(whole, side)[40:110, :, 2].mean() for side in (odd, plain)]
    assert blue[0] > 1.5 * blue[1]
    part = eyes_of("brown", heterochromia="sectoral", second_color="blue")
    columns = iris_map(part, part.odd_side)[40:110, :, 2].mean(0) > 2 * blue[1]
    assert 0.03 < columns.mean() < 0.5


def test_redness_reddens_the_white_and_age_yellows_it():
    calm, red, old = (
        sclera_map(eyes_of("blue", redness=redness), age)[..., :3].mean((0, 1))
        for redness, age in ((0.05, 25), (0.9, 25), (0.05, 85))
    )
    assert red[1] / red[0] < 0.95 * calm[1] / calm[0]
    assert old[2] / old[0] < 0.95 * calm[2] / calm[0]


def test_a_tinted_lens_changes_the_visible_iris_and_not_the_infrared_one():
    bare, worn = (
        iris_map(eyes_of("dark_brown", contact_lens=lens, lens_color="blue"), "left")[40:110].mean((0, 1))
        for lens in ("none", "tinted")
    )
    assert worn[2] > 2 * bare[2]
    assert worn[3] == pytest.approx(bare[3], rel=0.1)


def test_eye_colours_follow_ancestry():
    def share_of_light(ancestry, tone):
        found = [sample_eyes(EyesSpec(), ancestry, tone, 30, Key(f"p/{n}"), Key("q")).color for n in range(300)]
        return np.mean([name in ("blue", "grey", "green") for name in found])

    assert 0.3 < share_of_light(EUROPEAN, 0.1) < 0.7
    assert share_of_light({"african": 1.0, "asian": 0.0, "caucasian": 0.0}, 0.8) == 0


@pytest.mark.parametrize("pupil_mm", [1.5, 8.0])
def test_the_pupil_is_as_wide_as_asked_for(pupil_mm):
    eye = Eyeball("left", np.zeros(3), 0.0143, look([0, -1, 0], np.zeros((2, 3)), np.eye(3))[0], pupil_mm)
    inner = eyeball_meshes(eye)[1]
    local = inner.attributes["eye_mm"]
    rim = local[np.unique(inner.triangles[inner.material == 1])]
    assert np.hypot(rim[:, 0], rim[:, 1]).min() == pytest.approx(pupil_mm / 2, abs=1e-6)


def watched(yaw_deg=0.0, distance_m=0.6, apart_m=0.1, band="nir850"):
    """Return the geometry of a person looking at a camera with a small lamp beside it."""
    camera = {"name": "c", "band": band, "width_px": 320, "height_px": 320}
    lamp = {
        "kind": "area",
        "name": "l",
        "band": band if band != "rgb" else "visible",
        "size_m": 0.01,
        "power_w": 1,
        "place": {"kind": "relative", "x_m": apart_m},
    }
    place = {"kind": "orbit", "distance_m": distance_m, "yaw_deg": yaw_deg}
    rig = {"kind": "head_orbit", "name": "r", "place": place, "cameras": [camera], "lamps": [lamp]}
    scene = {"identity": {"ids": [3]}, "rigs": [rig], "gaze": {"kind": "camera"}, "eyes": {"pupil_mm": 4}}
    geometry = assemble(sample_scene(SceneSpec.model_validate(scene), 0))
    return geometry, geometry.cameras[0]


def test_a_pupil_shines_back_only_to_a_lamp_beside_the_camera():
    """Bright with the lamp on the axis, dark from a few degrees on."""
    near, beside, far = (retro_radiance(g.eyes[0], g, c) for g, c in (watched(apart_m=a) for a in (0.002, 0.012, 0.08)))
    assert near > beside > 0.3 * near
    assert far < 1e-4 * near


def test_glints_are_widened_to_a_pixel_and_no_further():
    close, usual = (gloss_roughness(*watched(distance_m=d)) for d in (0.25, 1.2))
    assert close < usual < 0.4


@pytest.mark.parametrize("person", range(100, 130))
def test_lids_lie_on_the_eye_and_close_over_it(person):
    """Whatever gaze and expression, no outer skin lies inside the eye, and closed lids leave none of it to be seen."""
    scene = sample_scene(SceneSpec.model_validate({"identity": {"ids": [person]}}), 0)
    body = _standing_body(scene.identity)
    gazes = list(itertools.product((-35, 0, 35), (-25, 0, 25)))
    half = {"eyeBlinkLeft": 0.5, "eyeBlinkRight": 0.5}
    looks = [expressions()[name] for name in ("neutral", "squint", "eyes_closed", "happiness")] + [half]
    cases = [(gaze, looks[(n + person) % len(looks)]) for n, gaze in enumerate(gazes)]
    cases.append(((0, 0), expressions()["eyes_closed"]))
    for (yaw, pitch), units in cases:
        angles = scene.gaze.model_copy(update={"yaw_deg": float(yaw), "pitch_deg": float(pitch)})
        target = gaze_target(angles, np.eye(3), body.eye_centres.mean(0), body.head_centre)
        directions = look(target, body.eye_centres, np.eye(3))
        asked = scene.model_copy(update={"expression": scene.expression.model_copy(update={"units": units})})
        _, cage = _move_face(asked, body, directions)
        left, right = (
            Eyeball(side, centre, float(radius), direction, 4.0)
            for side, centre, radius, direction in zip(
                SIDES, body.eye_centres, body.eye_radii_m, directions, strict=True
            )
        )
        skin = rest_on_eyes(skin_surface().matrix @ cage, (left, right), np.eye(3))
        for eye in (left, right):
            rows, triangles = skin_patch(eye.side).rows, skin_patch(eye.side).triangles
            normals = vertex_normals(skin[rows], triangles)
            outer = (normals * unit(skin[rows] - eye.centre)).sum(1) > 0.2
            assert depth_mm(skin[rows][outer], eye).max() < -0.1
            if units == expressions()["eyes_closed"]:
                assert _eyeball_seen(skin[rows], triangles, eye) == 0


def _eyeball_seen(points, triangles, eye):
    """Return how many of a grid of rays from straight ahead reach the eye's front before the skin."""
    x, z = np.meshgrid(np.linspace(-14, 14, 57), np.linspace(-9, 9, 37))
    flat = np.stack([x.ravel(), np.full(x.size, -60.0), z.ravel()], 1) * 1e-3
    start = eye.centre + flat
    _, to_skin = RayScene(points, triangles).first_hit(start, np.tile([0.0, 1, 0], (len(start), 1)))
    shell = eyeball_meshes(eye)[0]
    _, to_eye = RayScene(shell.vertices, shell.triangles).first_hit(start, np.tile([0.0, 1, 0], (len(start), 1)))
    return int((to_eye < to_skin).sum())
