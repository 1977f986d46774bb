"""Cloth that is laid, wrapped and tied: how sheets fall and spread, and how each kind lies on people."""

from functools import lru_cache

import numpy as np
import pytest

from synthgen.accessories import KINDS
from synthgen.accessories.draping.flatten import flat_places
from synthgen.accessories.draping.folds import Folds, fold_heights
from synthgen.accessories.draping.ground import ground, lifted, over
from synthgen.accessories.draping.relax import Drape, relax, swath
from synthgen.accessories.geometry import ellipsoid
from synthgen.accessories.headwear.hood import TUCK_MM
from synthgen.accessories.surfaces import surface
from synthgen.assemble import assemble
from synthgen.head.skin import skin_surface
from synthgen.mesh import as_one, vertex_normals
from synthgen.parts import Part
from synthgen.rays import RayScene
from synthgen.rng import Key
from synthgen.scene import dump_scene, parse_scene, sample_scene
from synthgen.spec import SceneSpec
from tests.worn import depth_in_skin_mm, fit_of

DOWN = np.array([0.0, 0.0, -1.0])
STYLES = (
    *(("headwear", "hijab", {"style": style}) for style in ("khimar", "wrapped", "pinned")),
    *(("headwear", "headscarf", {"tied": tied}) for tied in ("chin", "nape", "loose")),
    *(("headwear", "turban", {"style": style}) for style in ("dastar", "wrap", "twist")),
    ("headwear", "niqab", {}),
    ("headwear", "hood", {}),
    ("headwear", "durag", {}),
    *(("neckwear", "scarf", {"style": style}) for style in ("once_around", "infinity", "knotted", "hanging")),
    *(("neckwear", "shawl", {"style": style}) for style in ("shoulders", "dupatta", "pallu")),
)
PEOPLE = ((2, "surprise", "long_straight"), (11, "happiness", "big_afro"))


def flat_grid(rows, columns, step=10.0, height=0.0):
    """Return a level grid (rows, columns, 3); rows run back, columns to the left."""
    y, x = np.meshgrid(np.arange(rows) * step, np.arange(columns) * step, indexing="ij")
    return np.stack([x, y, np.full(x.shape, height)], -1)


def nothing_below():
    return surface(np.array([[0.0, 0, -1e4]]), np.array([[0.0, 0, 1]]))


# --- sheets -----------------------------------------------------------------------------------------------------------


def test_a_sheet_held_along_one_edge_hangs_straight_down_at_its_length():
    grid, held = flat_grid(13, 9), np.zeros((13, 9))
    held[0] = 1
    fallen = relax(swath(grid, held), nothing_below(), DOWN, Drape(weight_mm=0.05), 1500).points
    assert np.allclose(fallen[0], grid[0], atol=1e-3)
    assert fallen[-1, :, 2] == pytest.approx(-120, abs=6)
    assert np.abs(fallen[-1, :, 1]).max() < 12
    lengths = np.linalg.norm(np.diff(fallen, axis=0), axis=-1)
    assert lengths == pytest.approx(10, rel=0.1)


def test_a_sheet_that_falls_on_a_ball_lies_on_it_and_not_in_it():
    ball = ellipsoid(np.full(3, 60.0), 60)
    below = surface(ball.vertices, vertex_normals(ball.vertices, ball.triangles))
    grid = flat_grid(25, 25, height=62.0) - [120, 120, 0]
    fallen = relax(swath(grid, np.zeros((25, 25))), below, DOWN, Drape(weight_mm=0.4, clearance_mm=1.0), 150).points
    radius = np.linalg.norm(fallen, axis=-1)
    assert radius.min() > 59.5
    assert radius[12, 12] == pytest.approx(61, abs=1)
    assert fallen[[0, 0, -1, -1], [0, -1, 0, -1], 2].max() < 0, "its corners hang down"


def test_a_sheet_that_is_held_does_not_move():
    grid = flat_grid(6, 6)
    assert np.allclose(relax(swath(grid, np.ones((6, 6))), nothing_below(), DOWN, Drape(), 30).points, grid, atol=1e-3)


@pytest.mark.parametrize("degrees", [60, 150])
def test_what_can_be_developed_spreads_out_at_its_lengths(degrees):
    turn = np.linspace(0, np.radians(degrees), 40)
    along = np.linspace(80, 240, 34)[:, None]
    cone = np.stack(
        [0.5 * along * np.cos(turn / 0.5), 0.5 * along * np.sin(turn / 0.5), -along * 0.75**0.5 + 0 * turn], -1
    )
    flat = flat_places(swath(cone, np.zeros(cone.shape[:2])))
    for axis in (0, 1):
        spread, true = (np.linalg.norm(np.diff(g, axis=axis), axis=-1) for g in (flat, cone))
        assert spread / true == pytest.approx(1, abs=0.06)
    square, true = ((np.diff(g, axis=0)[:, :-1] * np.diff(g, axis=1)[:-1]).sum(-1) for g in (flat, cone))
    cell = np.linalg.norm(np.diff(cone, axis=0)[:, :-1], axis=-1) * np.linalg.norm(np.diff(cone, axis=1)[:-1], axis=-1)
    assert np.abs(square - true).max() < 0.12 * cell.max()


def test_folds_of_cloth_that_closes_meet_where_it_does():
    angle = np.arange(85) / 80 * 2 * np.pi
    ring = np.stack([90 * np.cos(angle), 90 * np.sin(angle), 0 * angle], -1)
    tube = ring + np.array([0, 0, -5.0]) * np.arange(30)[:, None, None]
    rise = fold_heights(tube, Folds(30, 6), Key("folds"), overlap=5)
    assert rise[:, :5] == pytest.approx(rise[:, 80:], abs=0.01)
    assert rise.min() >= 0 and 2 < rise.std() + rise.mean() < 9
    # ridges run along the rows: little changes down a column, much along a row
    assert np.abs(np.diff(rise, axis=0)).mean() < 0.4 * np.abs(np.diff(rise, axis=1)).mean()


def test_a_layer_hides_what_is_below_it_and_nothing_beside_it():
    floor = flat_grid(40, 40, 3.0).reshape(-1, 3)
    up = np.broadcast_to([0.0, 0, 1], floor.shape)
    layer = np.array([40.0, 40, 0]) + flat_grid(11, 11, 4.0, 5.0)
    inner = np.zeros((11, 11), bool)
    inner[1:-1, 1:-1] = True
    both = over(surface(floor, up), layer.reshape(-1, 3), np.broadcast_to([0.0, 0, 1], (121, 3)), inner.ravel())
    left = both.points[both.points[:, 2] == 0]
    under = (np.abs(left[:, :2] - 60) < 15).all(1)
    assert not under.any() and len(floor) - len(left) < 1.3 * (40 / 3) ** 2
    raised = lifted(both, np.array([[60.0, 60, 1], [10, 10, 1]]), 2.0)
    assert raised[:, 2] == pytest.approx([7, 2])


# --- spec and draw ----------------------------------------------------------------------------------------------------


def asked(place, kind, fields, person=2, expression="neutral", hair="bald"):
    spec = {
        "identity": {"ids": [person]},
        "expression": {"name": expression},
        "hair": {"style": hair},
        "facial_hair": {"style": "full_beard"} if kind == "niqab" else {"style": "none"},
        "accessories": {place: {"kind": kind, **fields}},
    }
    return sample_scene(SceneSpec.model_validate(spec), 0)


@pytest.mark.parametrize(("place", "kind", "fields"), STYLES)
def test_a_scene_with_cloth_survives_its_file(place, kind, fields):
    scene = asked(place, kind, fields)
    assert parse_scene(dump_scene(scene)) == scene
    assert getattr(scene.accessories, place).kind == kind


# --- on people --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def dressed(person, expression, hair):
    """Return the fit of a person with hair and shirt."""
    spec = {"identity": {"ids": [person]}, "expression": {"name": expression}, "hair": {"style": hair}}
    geometry = assemble(sample_scene(SceneSpec.model_validate(spec), 0), 64)
    return geometry, fit_of(geometry, geometry.strands)


@lru_cache(maxsize=64)
def draped(kind, fields, who):
    """Return what is worn of a kind on one of the people, built once."""
    known = KINDS[kind]
    item = known.sample(known.spec.model_validate({"kind": kind, **dict(fields)}), Key(f"draping/{kind}"))
    return item, known.build(item, dressed(*PEOPLE[who])[1])


@pytest.mark.parametrize("who", range(len(PEOPLE)))
def test_nothing_inside_the_mouth_holds_cloth(who):
    fit = dressed(*PEOPLE[who])[1]
    found = ground(fit)
    corners = fit.skin[skin_surface().vertices_of(Part.LIP_UPPER)]
    about = found.tree.query(corners)[1]
    near = np.unique(np.concatenate([about, *found.tree.query_ball_point(corners, 8.0)]).astype(int))
    assert len(near) > 40 and found.normals[near, 1].max() < 0.05


@pytest.mark.parametrize("who", range(len(PEOPLE)))
@pytest.mark.parametrize(("place", "kind", "fields"), STYLES)
def test_cloth_lies_on_people_and_not_in_them(place, kind, fields, who):
    geometry, fit = dressed(*PEOPLE[who])
    meshes = draped(kind, tuple(fields.items()), who)[1].meshes
    assert sum(len(mesh.triangles) for mesh in meshes) < 63_000
    wanted = Part.HEADWEAR if place == "headwear" else Part.CLOTHING_ACCESSORY
    for mesh in meshes:
        assert np.isfinite(mesh.vertices).all() and (mesh.part == wanted).all() and mesh.instance == kind
        near = mesh.vertices[fit.tree.query(fit.from_world(mesh.vertices))[0] < 20]
        assert depth_in_skin_mm(geometry, near).max(initial=0) < 1.0


def test_long_hair_is_bunched_in_a_hood():
    fit = dressed(*PEOPLE[0])[1]
    strands = max((one for one in fit.strands if one.part == Part.HAIR), key=lambda one: one.points.size)
    points = fit.from_world(strands.points.reshape(-1, 3)).reshape(strands.points.shape)
    pressed, left = draped("hood", (), 0)[1].press(points, strands)
    low = fit.anchor("nape")[2] - TUCK_MM
    deep = points[..., 2] < low - 60
    there = pressed[np.arange(len(points)), np.maximum((points[..., 2] < low).argmax(1) - 1, 0)]
    assert left.any() and deep.sum() > 1000
    assert np.quantile(np.linalg.norm(pressed - there[:, None], axis=-1)[deep], 0.99) < 50


def test_hems_keep_out_of_ears():
    durag = {"kind": "durag", "back_mm": -3.75, "folds": 1.22}
    spec = {"seed": 16, "identity": {"ids": [16]}, "expression": {"name": "happiness"}}
    scene = sample_scene(SceneSpec.model_validate({**spec, "accessories": {"headwear": durag}}), 0)
    geometry = assemble(scene, 64)
    cloth = np.concatenate([mesh.vertices for mesh in geometry.meshes if mesh.instance == "durag"])
    assert depth_in_skin_mm(geometry, cloth).max() < 0.5


@pytest.mark.parametrize(("place", "kind", "fields"), STYLES)
def test_patterns_run_true_in_millimetres_of_cloth(place, kind, fields):
    mesh = draped(kind, tuple(fields.items()), 0)[1].meshes[0]
    corners, uv = mesh.vertices[mesh.triangles] * 1e3, mesh.uv
    assert uv is not None
    sides = np.linalg.norm(np.roll(corners, -1, 1) - corners, axis=-1)
    flat = np.linalg.norm(np.roll(uv, -1, 1) - uv, axis=-1)
    ratio = (flat / np.maximum(sides, 1e-3))[sides > 1.5]
    assert np.median(ratio) == pytest.approx(1, abs=0.1)
    assert np.quantile(ratio, 0.2) > 0.7 and np.quantile(ratio, 0.8) < 1.45


@pytest.mark.parametrize("fields", [{"style": style} for style in ("khimar", "wrapped", "pinned")])
def test_a_hijab_covers_hair_ears_and_neck_and_leaves_the_face(fields):
    geometry, fit = dressed(*PEOPLE[0])
    _, worn = draped("hijab", tuple(fields.items()), 0)
    cloth = RayScene(*as_one(worn.meshes))
    skin = skin_surface()
    normals = skin.normals(geometry.skin)

    ahead = geometry.world_from_head[:3, :3] @ [0.0, 0.0, -1.0]

    def hidden(*parts, way=None):
        rows = np.unique(skin.triangles[np.isin(skin.part, parts)])
        ways = normals[rows] if way is None else np.tile(way, (len(rows), 1))
        return (cloth.first_hit(geometry.skin[rows], ways, 0.4)[0] >= 0).mean()

    assert hidden(Part.EAR_LEFT, Part.EAR_RIGHT) > 0.9 and hidden(Part.SCALP) > 0.95
    assert hidden(Part.NOSE, Part.LIP_UPPER, Part.LIP_LOWER, Part.EYELID_UPPER_LEFT, way=ahead) == 0
    press = worn.press
    for strands in geometry.strands:
        points = fit.from_world(strands.points.reshape(-1, 3)).reshape(strands.points.shape)
        assert press is not None
        _, left = press(points, strands)
        if strands.part == Part.HAIR:
            assert not left.any()
        if strands.part in (Part.BROW_LEFT, Part.BROW_RIGHT):
            assert left.all()


def test_a_niqab_hides_mouth_and_nose_and_leaves_the_eyes_free():
    geometry, _ = dressed(*PEOPLE[0])
    _, worn = draped("niqab", (), 0)
    cloth = RayScene(*as_one(worn.meshes))
    ahead = geometry.world_from_head[:3, :3] @ [0.0, 0.0, -1.0]
    skin = skin_surface()
    for parts, seen in (((Part.LIP_UPPER, Part.LIP_LOWER), 0.0), ((Part.CHIN,), 0.0)):
        rows = np.unique(skin.triangles[np.isin(skin.part, parts)])
        assert (cloth.first_hit(geometry.skin[rows], np.tile(ahead, (len(rows), 1)))[0] < 0).mean() == seen
    for eye in geometry.eyes:
        assert cloth.first_hit(eye.centre[None], ahead[None])[0][0] < 0


@pytest.mark.parametrize(
    ("kind", "fields"), [("headscarf", {"tied": "chin"}), ("hood", {}), ("durag", {}), ("turban", {"style": "wrap"})]
)
def test_hair_stays_below_open_cloth(kind, fields):
    geometry, fit = dressed(*PEOPLE[1])
    _, worn = draped(kind, tuple(fields.items()), 1)
    cloth = fit.rays_at(worn.meshes)
    strands = next(s for s in geometry.strands if s.part == Part.HAIR)
    points = fit.from_world(strands.points.reshape(-1, 3)).reshape(strands.points.shape)
    assert worn.press is not None
    pressed, left = worn.press(points, strands)
    middle = (fit.anchor("glabella") + fit.anchor("nape")) / 2 + [0, 0, 25]

    def outside(of):
        flat = of[left].reshape(-1, 3)[::7]
        away = np.linalg.norm(flat - middle, axis=1)
        met, far = cloth.first_hit(middle, flat - middle)
        return ((met >= 0) & (far < away - 0.5)).mean()

    assert outside(points) > 0.1
    assert outside(pressed) < 0.01
