"""What is worn: spec and draw, and how glasses sit on heads."""

import numpy as np
import pytest
from scipy.spatial import cKDTree

from synthgen.accessories import glasses
from synthgen.accessories.geometry import ellipsoid, offset_outline, rounded_rectangle, superellipse, sweep, volume
from synthgen.accessories.glasses.dirt import dirt_map, lens_coordinates
from synthgen.accessories.glasses.frames import SHAPES, lens_outline
from synthgen.accessories.glasses.front import head_width, seat, vertex_distance
from synthgen.accessories.glasses.hair import bar, beyond_outline, press_of
from synthgen.accessories.glasses.lenses import DYES, cut, grind, lens_material
from synthgen.accessories.glasses.temples import end_piece, temple_path
from synthgen.accessories.goggles import GOGGLES
from synthgen.assemble import assemble
from synthgen.errors import SpecError
from synthgen.head.skin import skin_surface
from synthgen.materials import ClearPlastic, Surface
from synthgen.parts import Part
from synthgen.scene import dump_scene, parse_scene, sample_scene
from synthgen.spec import SceneSpec, parse_spec
from synthgen.strands import Strands
from synthgen.yaml_source import parse_yaml
from tests.worn import BARE, depth_in_skin_mm, fit_of

PEOPLE = ((2, "neutral"), (7, "happiness"), (11, "anger"))


def scene_of(person=2, expression="neutral", **glasses):
    worn = {"glasses": {"kind": "glasses", **glasses}} if glasses else {}
    spec = {"identity": {"ids": [person]}, "expression": {"name": expression}, "accessories": worn, **BARE}
    return sample_scene(SceneSpec.model_validate(spec), 0)


def pieces(triangles):
    """Return the triangles of each connected piece of a mesh."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    n = triangles.max() + 1
    sides = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]]])
    _, name = connected_components(coo_matrix((np.ones(len(sides)), sides.T), (n, n)))
    return [triangles[name[triangles[:, 0]] == k] for k in np.unique(name[triangles])]


# --- spec and draw ----------------------------------------------------------------------------------------------------


def test_nobody_wears_anything_unless_asked():
    scene = sample_scene(SceneSpec(), 0)
    assert scene.accessories.glasses.kind == "none" and scene.accessories.worn == ()


def test_a_scene_with_glasses_survives_its_file():
    scene = scene_of(shape="aviator", dye="grey", sphere_dioptre=-3.5)
    assert parse_scene(dump_scene(scene)) == scene
    assert scene.accessories.glasses.shape == "aviator"


def test_glasses_change_no_other_draw():
    bare, worn = scene_of().model_dump(), scene_of(shape="round").model_dump()
    assert bare.pop("accessories") != worn.pop("accessories")
    assert bare == worn


def test_fixing_one_field_of_glasses_changes_no_other():
    free, fixed = (scene_of(**fields).accessories.glasses.model_dump() for fields in ({"gradient": 0.0}, {"size": 1.1}))
    assert free.pop("size") != fixed.pop("size")
    assert free == fixed


def test_percent_groups_share_out_glasses():
    groups = [
        {"percent": 70, "kind": "none"},
        {
            "percent": 30,
            "groups": [
                {"percent": 80, "kind": "glasses"},
                {"percent": 20, "kind": "glasses", "dye": "grey"},
            ],
        },
    ]
    spec = SceneSpec.model_validate({"identity": {"ids": [2]}, "accessories": {"glasses": groups}})
    drawn = [sample_scene(spec, n).accessories.glasses for n in range(60)]
    kinds = [item.kind for item in drawn]
    assert 8 <= kinds.count("glasses") <= 28
    assert {item.dye for item in drawn if item.kind == "glasses"} == {"clear", "grey"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{kind: goggles}", "unknown kind 'goggles'; did you mean 'ski_goggles'. .allowed: none, glasses"),
        ("{kind: glasses, shape: rond}", "'rond' is not known; did you mean 'round'"),
        ("{kind: glasses, sphere_dioptre: -12}", "-12 is outside the allowed range -8 .. 6"),
        ("{shape: round}", "needs a kind"),
    ],
)
def test_a_wrong_request_is_named(text, said):
    with pytest.raises(SpecError, match=said):
        parse_spec(parse_yaml(f"accessories: {{glasses: {text}}}", "spec.yaml"))


# --- geometry ---------------------------------------------------------------------------------------------------------


def test_solids_have_their_true_volume_and_face_outwards():
    ball = ellipsoid(np.array([2.0, 3.0, 4.0]), 64)
    assert volume(ball.vertices, ball.triangles) == pytest.approx(4 / 3 * np.pi * 24, rel=0.01)
    for way in (1, -1):
        line = np.linspace([0, 0, 0], [0, 0, way * 100.0], 30)
        bar = sweep(line, np.array([1.0, 0, 0]), rounded_rectangle(2, 1, 0.01))
        assert volume(bar.vertices, bar.triangles) == pytest.approx(800, rel=0.02)


def test_an_offset_outline_keeps_its_distance():
    ellipse = superellipse(50, 30, 2, 400)
    gap = cKDTree(ellipse).query(offset_outline(ellipse, 3.0))[0]
    assert gap == pytest.approx(3.0, abs=0.02)


@pytest.mark.parametrize("sphere", [-8, -3, 0, 2.5, 6])
@pytest.mark.parametrize("base", [4.5, 7.5])
def test_a_lens_bends_light_by_its_prescription(sphere, base):
    outline = superellipse(40, 30, 3, 96)
    curves = grind(sphere, base, np.linalg.norm(outline, axis=1))
    assert curves.power_d == pytest.approx(sphere, abs=1e-9)
    rim = np.linalg.norm(outline, axis=1)
    assert (curves.back(rim) - curves.front(rim)).min() > 0.99
    height, slope = 0.1, 0.0  # a paraxial ray: n' u' = n u - h (n' - n) / R
    slope = (slope - height * (curves.ior - 1) / curves.front_mm) / curves.ior
    height += slope * curves.centre_mm
    slope = curves.ior * slope - height * (1 - curves.ior) / curves.back_mm
    assert -slope / 0.1 * 1e3 == pytest.approx(sphere, abs=1e-6)


def test_lenses_are_solid_with_normals_that_fit():
    outline = lens_outline(SHAPES["cat_eye"], 53, 40)
    ground = cut(grind(-4, 4.5, np.linalg.norm(outline, axis=1)), outline)
    _, merged = np.unique(np.round(ground.vertices, 6), axis=0, return_inverse=True)
    triangles = merged[ground.triangles]
    sides = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    there, back = {tuple(side) for side in sides.tolist()}, {tuple(side) for side in sides[:, ::-1].tolist()}
    assert there == back and len(there) == len(sides), "closed, each edge once in each direction"
    assert volume(ground.vertices, ground.triangles) > 1000
    corners = ground.vertices[ground.triangles]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    flat /= np.linalg.norm(flat, axis=1, keepdims=True)
    assert (flat * ground.normals[ground.triangles].mean(1)).sum(1).min() > 0.9


@pytest.mark.parametrize("name", SHAPES)
def test_outlines_run_counter_clockwise_and_do_not_cross(name):
    x, z = lens_outline(SHAPES[name], SHAPES[name].width, SHAPES[name].height).T
    turn = np.diff(np.unwrap(np.arctan2(z, x)))
    assert (turn > 0).all(), "star-shaped about the middle"
    assert np.ptp(x) > 0.85 * SHAPES[name].width


def test_dyes_are_dark_in_visible_light_and_clear_in_the_infrared():
    dark = lens_material(1.5, "grey", 1.0, 0.0, "none", "none")
    assert dark.transmission("rgb") < 0.15 < 0.7 < dark.transmission("nir940")
    assert lens_material(1.5, "clear", 1.0, 0.0, "none", "none").transmission("rgb") == pytest.approx(0.92, abs=0.02)
    assert lens_material(1.5, "clear", 1.0, 0.0, "none", "green").transmission("rgb") > 0.96
    assert lens_material(1.5, "green", 1.0, 0.0, "none", "none").transmission("nir850") < 0.35
    half = lens_material(1.5, "brown", 1.0, 1.0, "none", "none")
    assert half.top == DYES["brown"] and half.bottom.rgb == (1, 1, 1)


def test_photochromic_lenses_darken_by_the_daylight_of_the_scene_unless_said():
    def worn(light, **fields):
        spec = {"accessories": {"glasses": {"kind": "glasses", "photochromic": "grey", "dye": "clear", **fields}}}
        spec |= {"identity": {"ids": [2]}, "lighting": {"environment": {"kind": "hdri", "name": light}}}
        item = sample_scene(SceneSpec.model_validate(spec), 0).accessories.glasses
        return item.darkening, glasses.materials(item)["glasses_lens"]

    (sun, dark), (shade, half), (inside, clear) = (worn(light) for light in ("courtyard", "sunset", "interior"))
    assert sun > 0.9 > shade > 0.5 > inside == 0
    assert dark.transmission("rgb") < 0.2 < half.transmission("rgb") < 0.6 < 0.75 < clear.transmission("rgb")
    assert dark.transmission("nir940") > 0.75
    assert worn("courtyard", darkening=0.0)[0] == 0
    assert scene_of(photochromic="none").accessories.glasses.darkening is None


def test_dirt_scatters_a_share_of_the_light_and_more_of_it_the_more_there_is():
    for kind in range(3):
        little, much = (dirt_map(*np.eye(3)[kind] * amount, 5) for amount in (0.2, 1.0))
        assert little.min() >= 0 and much.max() < 0.95 and 0 < little.mean() < much.mean() < 0.2
        left, right = np.split(much, 2, axis=1)
        assert not np.allclose(left, right), "each lens has its own"
    clean = glasses.materials(scene_of(smudges=0.0, dust=0.0, scratches=0.0).accessories.glasses)
    assert clean["glasses_lens"].dirt is None


def test_prints_of_fingers_have_ridges_of_half_a_millimetre():
    print_of = dirt_map(1.0, 0.0, 0.0, 3)[:, :512]
    spectrum = np.abs(np.fft.fft2(print_of - print_of.mean()))
    per_mm = np.hypot(*np.meshgrid(np.fft.fftfreq(512, 72 / 512), np.fft.fftfreq(384, 54 / 384)))
    bands = [spectrum[(per_mm > low) & (per_mm < low + 0.3)].mean() for low in (1.4, 2.02, 2.8)]
    assert bands[1] > 1.5 * bands[0] and bands[1] > 1.5 * bands[2]


def test_the_two_lenses_have_halves_of_the_map_to_themselves():
    corners = np.array([[-30.0, -20], [30, 20]])
    left, right = (lens_coordinates(corners, side) for side in ("left", "right"))
    assert 0 < left[:, 0].min() < left[:, 0].max() < 0.5 < right[:, 0].min() < right[:, 0].max() < 1
    assert (left[1] > left[0]).all()


def test_clear_acetate_is_looked_through_and_plain_acetate_is_not():
    clear, plain = (
        glasses.materials(scene_of(shape="square", plastic=name).accessories.glasses)["glasses_plastic"]
        for name in ("crystal", "black")
    )
    assert isinstance(clear, ClearPlastic) and isinstance(plain, Surface)


# --- on heads ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def heads():
    return {person: assemble(scene_of(person, expression), 64) for person, expression in PEOPLE}


def test_anchors_lie_where_they_are_named(heads):
    for geometry in heads.values():
        fit = fit_of(geometry)
        for side, sign in (("left", 1), ("right", -1)):
            groove = fit.ear_groove(side)
            assert ((groove[:, 0] * sign > 50) & (groove[:, 1] > 40)).all() and groove[0, 2] > groove[-1, 2] + 20
        assert fit.anchor("nose_tip")[1] < fit.anchor("sellion")[1] < 0
        assert 110 < head_width(fit) < 165


def test_distances_to_the_skin_are_signed_and_true_near_it(heads):
    fit = fit_of(heads[2])
    rng = np.random.default_rng(0)
    rows = rng.integers(len(fit.points), size=300)
    near = fit.points[rows] + fit.normals[rows] * rng.uniform(-2, 2, (300, 1))
    away = ((near - fit.points[rows]) * fit.normals[rows]).sum(1)
    assert np.quantile(np.abs(fit.distance(near)[0] - away), 0.8) < 0.15


@pytest.mark.parametrize("person", [p for p, _ in PEOPLE])
@pytest.mark.parametrize("shape", ["aviator", "wayfarer", "rimless", "clubmaster", "safety"])
def test_glasses_rest_on_the_head_and_do_not_cut_it(heads, person, shape):
    geometry, expression = heads[person], dict(PEOPLE)[person]
    worn = scene_of(person, expression, shape=shape, slide_mm=0.0).accessories.glasses
    frame, *lenses = glasses.build(worn, fit_of(geometry)).meshes
    assert sum(len(mesh.triangles) for mesh in (frame, *lenses)) < 60_000
    deep = depth_in_skin_mm(geometry, frame.vertices)
    assert deep.max() < 1.0
    for lens, eye in zip(lenses, geometry.eyes, strict=True):
        assert depth_in_skin_mm(geometry, lens.vertices).max() == 0
        cornea = eye.to_world(np.array([[0, 0, eye.radius_m * 1e3 + 1.4]]))
        assert np.linalg.norm(lens.vertices - cornea, axis=1).min() > 0.006
    # on the nose and in both grooves
    fit = fit_of(geometry)
    tree = cKDTree(frame.vertices)
    for side in ("left", "right"):
        assert tree.query(fit.to_world(fit.ear_groove(side)[:1]))[0][0] < 0.006
    nose = np.isin(skin_surface().part, [Part.NOSE])
    assert tree.query(geometry.skin[np.unique(skin_surface().triangles[nose])])[0].min() < 0.002


@pytest.mark.parametrize("shape", SHAPES)
def test_every_piece_of_glasses_faces_outwards(heads, shape):
    meshes = glasses.build(scene_of(2, shape=shape).accessories.glasses, fit_of(heads[2])).meshes
    for mesh in meshes:
        if mesh.name == "glasses_frame":
            assert min(volume(mesh.vertices * 1e3, piece) for piece in pieces(mesh.triangles)) > 0.1
        else:
            assert volume(mesh.vertices * 1e3, mesh.triangles) > 500
            corners = mesh.vertices[mesh.triangles]
            flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
            assert ((flat * mesh.normals[mesh.triangles].mean(1)).sum(1) > 0).all()


@pytest.mark.parametrize("person", [p for p, _ in PEOPLE])
@pytest.mark.parametrize("shape", ["aviator", "wayfarer"])
def test_glasses_pushed_up_lie_on_the_head_above_the_brows(heads, person, shape):
    geometry, fit = heads[person], fit_of(heads[person])
    frame, *lenses = glasses.build(scene_of(person, shape=shape, worn_at="head").accessories.glasses, fit).meshes
    assert depth_in_skin_mm(geometry, frame.vertices).max() < 1.0
    for lens in lenses:
        assert depth_in_skin_mm(geometry, lens.vertices).max() == 0
        assert fit.from_world(lens.vertices)[:, 2].min() > 35
    assert cKDTree(geometry.skin).query(frame.vertices)[0][fit.from_world(frame.vertices)[:, 2] > 40].min() < 0.003
    tree = cKDTree(frame.vertices)
    assert all(tree.query(fit.to_world(fit.ear_groove(side)[:1]))[0][0] < 0.006 for side in ("left", "right"))


def strands_through(points, part=Part.HAIR):
    """Return straight hair, 8 cm long, that hangs through points (n, 3) in millimetres of a fit."""
    line = points[:, None] + np.linspace(40, -40, 33)[:, None] * np.array([0, 0, 1.0])
    return Strands("hair", line.astype(np.float32), np.full(line.shape[:2], 1e-5, np.float32), part, "person", "hair")


def test_temples_press_near_hair_to_the_head_and_let_the_rest_lie_over_them(heads):
    fit = fit_of(heads[2])
    front = seat(SHAPES["wayfarer"], fit, 1.0, 0.0, 13.0, 0.0, 8.0)
    one = bar(fit, temple_path(fit, "left", end_piece(front, "left")[2], 2.1, 1.4), 2.1, 1.4)
    row = len(one.path) // 3
    hair = strands_through(one.path[row] + np.linspace(-4, 12, 17)[:, None] * one.out[row])
    pressed, left = press_of(front, [one])(hair.points.astype(float), hair)
    assert left.all()
    from_line = pressed[:, 16] - one.path[row]
    aside = from_line @ one.out[row]
    assert (np.abs(aside) > 1.4).all() and (aside < 0).any() and (aside > 0).any()
    assert (np.diff(aside) > 0).all(), "in the order they had"
    assert fit.distance(pressed[:, 16])[0].min() > -0.3
    assert np.array_equal(pressed[:, 0], hair.points[:, 0]), "far away nothing moves"
    beard = strands_through(one.path[row : row + 1], Part.BEARD)
    assert np.array_equal(press_of(front, [one])(beard.points, beard)[0], beard.points)


def test_a_fringe_hangs_before_or_behind_the_lenses(heads):
    fit = fit_of(heads[2])
    front = seat(SHAPES["wayfarer"], fit, 1.0, 0.0, 13.0, 0.0, 8.0)
    middle = front.place(np.zeros((1, 3)), "left")
    hair = strands_through(middle + np.linspace(-8, 8, 9)[:, None] * [0, 1.0, 0])
    pressed, _ = press_of(front, [])(hair.points.astype(float), hair)
    local = (pressed - middle) @ front.turned("left")
    inside = beyond_outline(local[..., [0, 2]], front.outline) < 0
    radius = np.linalg.norm(local[..., [0, 2]] - front.axis, axis=-1)
    ahead, behind = local[..., 1] < front.curves.front(radius), local[..., 1] > front.curves.back(radius)
    assert (ahead | behind)[inside].all()
    assert all((ahead | ~inside)[n].all() or (behind | ~inside)[n].all() for n in range(len(hair.points)))


def test_glasses_that_slide_sit_lower_and_farther_from_the_eyes(heads):
    fit = fit_of(heads[2])
    high, low = (seat(SHAPES["oval"], fit, 1.0, 0.0, 13.0, slide, 8.0) for slide in (0.0, 10.0))
    assert high.origin[2] - low.origin[2] == pytest.approx(9, abs=1)
    assert vertex_distance(low, fit) > vertex_distance(high, fit) + 2
    assert vertex_distance(high, fit) >= 13 - 1e-9


# --- goggles ----------------------------------------------------------------------------------------------------------


def goggled(person, kind, **fields):
    spec = {"identity": {"ids": [person]}, "accessories": {"glasses": {"kind": kind, **fields}}, **BARE}
    return sample_scene(SceneSpec.model_validate(spec), 0).accessories.glasses


@pytest.mark.parametrize("person", [p for p, _ in PEOPLE])
@pytest.mark.parametrize("kind", GOGGLES, ids=lambda kind: kind.name)
def test_goggles_seal_on_the_face_and_clear_the_eyes(heads, person, kind):
    geometry, fit = heads[person], fit_of(heads[person])
    frame, *lenses = kind.build(goggled(person, kind.name), fit).meshes
    assert sum(len(mesh.triangles) for mesh in (frame, *lenses)) < 60_000
    assert depth_in_skin_mm(geometry, frame.vertices).max() < 1.0
    assert {part for lens in lenses for part in np.unique(lens.part)} == {
        Part.GLASSES_LENS_LEFT,
        Part.GLASSES_LENS_RIGHT,
    }
    for lens in lenses:
        assert depth_in_skin_mm(geometry, lens.vertices).max() == 0
        assert volume(lens.vertices * 1e3, lens.triangles) > 500
        assert np.linalg.norm(fit.from_world(lens.vertices)[:, None] - fit.corneas, axis=2).min() > 8
    # the seal lies on the skin all round each eye, over the brow and under it
    tree = cKDTree(fit.from_world(frame.vertices))
    for eye in fit.eyes:
        for way in ([0, 0, 1.0], [0, 0, -1.0], [np.sign(eye[0]), 0, 0]):
            steps = eye + np.linspace(10, 60, 51)[:, None] * np.array(way) - [0, 80, 0]
            hit = fit.way_to_skin(steps, np.array([0, 1.0, 0]))
            skin = (steps + np.where(np.isfinite(hit), hit, 0)[:, None] * [0, 1.0, 0])[np.isfinite(hit)]
            assert tree.query(skin)[0].min() < 2.5, way


@pytest.mark.parametrize("kind", GOGGLES, ids=lambda kind: kind.name)
def test_straps_go_round_the_back_of_the_head(heads, kind):
    fit = fit_of(heads[2])
    frame = kind.build(goggled(2, kind.name), fit).meshes[0]
    points = fit.from_world(frame.vertices)
    behind = points[points[:, 1] > 120]
    assert len(behind) > 50 and behind[:, 0].min() < -30 < 30 < behind[:, 0].max()
    assert np.abs(fit.distance(behind)[0]).max() < 12, "they lie on the bare head, or span its hollows"
    assert min(volume(frame.vertices * 1e3, piece) for piece in pieces(frame.triangles)) > 0.1


@pytest.mark.parametrize("person", [p for p, _ in PEOPLE])
@pytest.mark.parametrize("kind", GOGGLES, ids=lambda kind: kind.name)
def test_goggles_pushed_up_lie_on_the_forehead_above_the_brows(heads, person, kind):
    geometry, fit = heads[person], fit_of(heads[person])
    item = goggled(person, kind.name, worn_at="forehead", above_brows_mm=6.0)
    frame, *lenses = kind.build(item, fit).meshes
    assert depth_in_skin_mm(geometry, frame.vertices).max() < 1.0
    assert all(depth_in_skin_mm(geometry, lens.vertices).max() == 0 for lens in lenses)
    glass = fit.from_world(np.concatenate([lens.vertices for lens in lenses]))
    brow = max(fit.spot("brow", side)[0][2] for side in ("left", "right"))
    assert brow + 4 < glass[:, 2].min() < brow + 30
    # what seals lies on the skin in every direction about the lenses
    points = fit.from_world(frame.vertices)
    near = fit.distance(points)[0] < 0.5
    for lens in lenses:
        middle = fit.from_world(lens.vertices).mean(0)
        aside = np.degrees(np.arctan2((points - middle)[near, 2], (points - middle)[near, 0]))
        assert len(np.unique(aside // 20)) == 18
    behind = points[points[:, 1] > 120]
    assert behind[:, 0].min() < -30 < 30 < behind[:, 0].max() and np.abs(fit.distance(behind)[0]).max() < 12
    assert min(volume(frame.vertices * 1e3, piece) for piece in pieces(frame.triangles)) > 0.1


def test_goggles_are_pushed_up_by_how_far_they_are_above_the_brows(heads):
    fit = fit_of(heads[2])
    kind = next(kind for kind in GOGGLES if kind.name == "safety_goggles")
    items = [goggled(2, kind.name, worn_at="forehead", above_brows_mm=above) for above in (2.0, 20.0)]
    low, high = (fit.from_world(kind.build(item, fit).meshes[1].vertices)[:, 2].min() for item in items)
    assert high - low == pytest.approx(18, abs=4)


def test_hair_stays_beneath_goggles_on_the_forehead(heads):
    fit = fit_of(heads[2])
    kind = next(kind for kind in GOGGLES if kind.name == "ski_goggles")
    worn = kind.build(goggled(2, kind.name, worn_at="forehead", size=1.0), fit)
    brow = fit.spot("brow")[0][2]
    # a fringe 25 mm off the forehead
    ahead = fit.points[(fit.points[:, 1] < 20) & (np.abs(fit.points[:, 0]) < 40) & (fit.points[:, 2] > brow + 30)]
    fringe = strands_through(ahead[::40] - [0, 25.0, 0])
    pressed, left = worn.press(fringe.points.astype(float), fringe)
    rays, middle = fit.rays_at([worn.meshes[1]]), np.array([0, 70.0, 12.0])

    def before(points):
        flat = points.reshape(-1, 3)
        return np.isfinite(rays.first_hit(flat, middle - flat, 80.0)[1]).mean()

    assert left.all() and before(fringe.points) > 0.1 and before(pressed) < 0.002


def test_straps_of_goggles_are_cloth_in_millimetres_along_them(heads):
    frame = next(kind for kind in GOGGLES if kind.name == "ski_goggles").build(
        goggled(2, "ski_goggles"), fit_of(heads[2])
    )
    frame = frame.meshes[0]
    strap = frame.material == frame.materials.index("ski_goggles_strap")
    corners, flat = frame.vertices[frame.triangles[strap]] * 1e3, frame.uv[strap]
    sides = [np.linalg.norm(points - np.roll(points, 1, axis=1), axis=2).ravel() for points in (corners, flat)]
    stretch = (sides[1] / sides[0])[sides[0] > 2.1]  # longer than the strap is thick
    assert np.quantile(stretch, (0.1, 0.5, 0.9)) == pytest.approx(np.ones(3), abs=0.15)
    width, length = np.ptp(flat.reshape(-1, 2), axis=0)
    assert 20 < width < 55 and 250 < length < 550


def test_clear_safety_goggles_carry_what_passes_through_them(heads):
    kind = next(kind for kind in GOGGLES if kind.name == "safety_goggles")
    item = goggled(2, "safety_goggles").model_copy(update={"body": "clear"})
    frame = kind.build(item, fit_of(heads[2])).meshes[0]
    assert isinstance(kind.materials(item)["safety_goggles_body"], ClearPlastic)
    assert frame.attributes["albedo_rgb"].shape == (len(frame.vertices), 3)
    assert all(frame.attributes[f"albedo_{band}"].min() > 0.8 for band in ("rgb", "nir850", "nir940"))
    assert isinstance(kind.materials(item.model_copy(update={"body": "blue"}))["safety_goggles_body"], Surface)
