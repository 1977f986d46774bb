"""Garments: cut along lines, flat panels, draped outside of bodies and of each other."""

import numpy as np
import pytest

from synthgen.accessories import Nothing
from synthgen.assemble import assemble
from synthgen.clothing import EVERYDAY, GARMENTS, KINDS, OUTERWEAR, covered_mm
from synthgen.clothing.drape import Dummy
from synthgen.clothing.flatten import flatten
from synthgen.clothing.form import form
from synthgen.clothing.pattern import cut, loops
from synthgen.clothing.sheet import split, whole
from synthgen.errors import SpecError
from synthgen.eye_view import tape_radiance
from synthgen.mesh import as_one, border_of, face_normals
from synthgen.parts import Part
from synthgen.rays import RayScene
from synthgen.rng import Key
from synthgen.scene import dump_scene, parse_scene, sample_scene
from synthgen.spec import SceneSpec, parse_spec
from synthgen.yaml_source import parse_yaml
from tests.worn import BARE, bare_body, depth_in_skin_mm

MOST_FACES = 60_000
INNER = [kind.name for kind in GARMENTS]
OUTER = [kind.name for kind in OUTERWEAR]


@pytest.fixture(scope="module")
def body() -> Dummy:
    return bare_body()


def drawn(name: str, seed: int = 0, **fields):
    kind = KINDS[name]
    return kind.sample(kind.spec.model_validate({"kind": name, **fields}), Key(f"test/{seed}"))


def dressed(person: int, pose: dict | None = None, **worn):
    spec = {"identity": {"ids": [person]}, "head_pose": pose or {}, **BARE, **worn}
    return assemble(sample_scene(SceneSpec.model_validate(spec), 0), skin_map_size=64)


# --- cutting and flattening -------------------------------------------------------------------------------------------


def square(count: int = 9):
    x, y = np.meshgrid(np.linspace(-1, 1, count), np.linspace(-1, 1, count))
    points = np.stack([x.ravel(), y.ravel(), 0 * x.ravel()], 1)
    index = np.arange(count * count).reshape(count, count)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    return points, np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])


@pytest.mark.parametrize("offset", [0.0, 0.11, 0.37])
def test_edges_run_along_the_line_that_cloth_is_cut_at(offset):
    points, triangles = square()
    sheet = whole(len(points), triangles)
    sheet.locked[np.unique(border_of(triangles))] = True
    sheet, value = split(sheet, points @ [1.0, 0.4, 0] - offset)
    at = sheet.weights @ points
    area = face_normals(at, sheet.triangles)[:, 2]
    assert (area > 0).all() and area.sum() / 2 == pytest.approx(4)
    assert (at[value == 0] @ [1.0, 0.4, 0]) == pytest.approx(offset, abs=1e-9)
    corners = value[sheet.triangles]
    assert not ((corners.max(1) > 0) & (corners.min(1) < 0)).any()
    assert len(border_of(sheet.triangles)) >= 32


def test_a_curved_panel_lies_flat_with_its_lengths():
    flat, triangles = square(17)
    radius, half_turn, height = 50.0, 1.0, 40.0
    angle = flat[:, 0] * half_turn
    points = np.stack([radius * np.sin(angle), -radius * np.cos(angle), flat[:, 1] * height], 1)
    found = flatten(points, triangles, points[:, 2])
    assert np.ptp(found[:, 0]) == pytest.approx(2 * radius * half_turn, rel=0.01)
    assert np.ptp(found[:, 1]) == pytest.approx(2 * height, rel=0.01)
    assert np.corrcoef(found[:, 0], angle)[0, 1] > 0.999  # seen from outside, not mirrored


def test_stripes_run_straight_across_the_chest():
    base = form()
    front = np.unique(base.triangles[base.panel == 0])
    place, flat = base.rest_mm[front], base.uv[0, front]
    for height in (200, 300, 400, 480):
        row = (np.abs(place[:, 2] - height) < 8) & (np.abs(place[:, 0]) < 115)
        off = flat[row, 1] - place[row, 2]
        assert np.ptp(off) < 10
        assert np.abs(np.rad2deg(np.arctan(np.polyfit(place[row, 0], off, 1)[0]))) < 1


def test_panels_keep_lengths():
    base = form()
    for number, flat in enumerate(base.uv):
        triangles = base.triangles[base.panel == number]
        a, b = triangles[:, 0], triangles[:, 1]
        real = np.linalg.norm(base.rest_mm[a] - base.rest_mm[b], axis=1)
        ratio = np.linalg.norm(flat[a] - flat[b], axis=1)[real > 1] / real[real > 1]
        assert np.quantile(ratio, 0.05) > 0.88 and np.quantile(ratio, 0.95) < 1.12


def test_panels_meet_in_closed_seams():
    pattern = cut(lambda rest: KINDS["tshirt"].covers(None, rest))
    assert len(loops(pattern.hems)) == 4  # neck, sleeves, hem


# --- garments ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", KINDS)
def test_a_garment_is_built_the_same_twice_with_few_faces(name, body):
    first, second = (KINDS[name].build(drawn(name), body) for _ in range(2))
    faces: dict[str, int] = {}
    for a, b in zip(first, second, strict=True):
        assert np.array_equal(a.vertices, b.vertices) and np.isfinite(a.vertices).all()
        assert a.uv is not None and np.isfinite(a.uv).all()
        assert set(a.materials) <= set(KINDS[name].materials(drawn(name)))
        faces[a.instance] = faces.get(a.instance, 0) + len(a.triangles)
    assert max(faces.values()) <= MOST_FACES


def through_cloth_mm(geometry, inner, covers: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """Return how far vertices of a mesh that lie under cloth stick out of it, by rays back towards the body."""
    cloth = [mesh for mesh in geometry.meshes if mesh.name in names]
    vertices, triangles = as_one(cloth)
    under = covers > 6
    points, normals = inner.vertices[under], inner.shading_normals()[under]
    hit, distance = RayScene(vertices, triangles).first_hit(points, -normals, 0.012)
    facing = (face_normals(vertices, triangles)[hit] * normals).sum(1) > 0
    return np.where((hit >= 0) & facing, distance * 1e3, 0.0)


POSES = ({}, {"yaw_deg": 45}, {"pitch_deg": -30, "roll_deg": 15})


@pytest.mark.parametrize("name", ["tshirt", "tank_top", "scrubs", "shirt", "turtleneck", "hoodie"])
def test_no_skin_that_is_shown_sticks_out_of_cloth(name):
    for person, pose in zip((3, 8, 21), POSES, strict=True):
        geometry = dressed(person, pose, clothing={"kind": name})
        skin = next(mesh for mesh in geometry.meshes if mesh.name == "skin")
        covers = KINDS[name].covers(drawn(name), skin.attributes["rest_mm"])
        out = through_cloth_mm(geometry, skin, covers, (name,))
        assert (out > 1).mean() < 0.006, (person, out.max())


@pytest.mark.parametrize("name", OUTER)
def test_what_is_worn_below_does_not_stick_out_of_outerwear(name):
    for person, inner in ((3, "tshirt"), (8, "sweater")):
        geometry = dressed(person, clothing={"kind": inner}, outerwear={"kind": name})
        below = next(mesh for mesh in geometry.meshes if mesh.name == inner)
        covers = KINDS[name].covers(drawn(name), below.attributes["rest_mm"])
        covers[KINDS[inner].covers(drawn(inner), below.attributes["rest_mm"]) < 3] = 0  # edges are turned in
        out = through_cloth_mm(geometry, below, covers, (name,))
        assert (out > 1).mean() < 0.01, (person, out.max())
        assert {mesh.instance for mesh in geometry.meshes if mesh.part[0] == Part.CLOTHING_OUTER} == {name}


def test_a_hood_that_is_down_is_a_bag_with_cords_and_outside_of_the_head():
    for person, pose in zip((3, 8, 21), POSES, strict=True):
        geometry = dressed(person, pose, clothing={"kind": "hoodie"})
        meshes = {mesh.name: mesh for mesh in geometry.meshes}
        hood, garment = meshes["hoodie_hood"].vertices, meshes["hoodie"]
        assert (depth_in_skin_mm(geometry, hood) > 1).mean() < 0.01
        low = hood[hood[:, 2] < np.quantile(hood[:, 2], 0.3)]
        off = RayScene(garment.vertices, garment.triangles).first_hit(low, np.tile([0.0, -1, 0], (len(low), 1)), 0.1)[1]
        assert np.quantile(off[np.isfinite(off)], 0.9) > 0.02
        for name, way in (("left", 1), ("right", -1)):
            cord = meshes[f"hoodie_cord_{name}"].vertices
            assert way * (cord[:, 0].mean() - garment.vertices[:, 0].mean()) > 0.01
            assert hood[:, 2].min() < cord[:, 2].max() < hood[:, 2].max()


# --- spec and draw ----------------------------------------------------------------------------------------------------


def test_people_wear_everyday_clothes_and_no_outerwear_unless_asked():
    assert sum(percent for percent, _ in EVERYDAY) == 100
    scenes = [sample_scene(SceneSpec(seed=1), number) for number in range(40)]
    assert len({type(scene.clothing) for scene in scenes}) > 6
    assert {type(scene.outerwear) for scene in scenes} == {Nothing}


@pytest.mark.parametrize("name", INNER)
def test_a_scene_with_any_garment_is_read_back(name):
    spec = SceneSpec.model_validate({"clothing": {"kind": name}, "outerwear": {"kind": "puffer"}})
    scene = sample_scene(spec, 0)
    assert parse_scene(dump_scene(scene)) == scene


def test_a_seed_changes_folds_and_nothing_of_the_cut(body):
    one, two = (KINDS["tshirt"].build(drawn("tshirt", seed), body)[0] for seed in (1, 2))
    assert np.array_equal(one.triangles, two.triangles)
    assert np.abs(one.vertices - two.vertices).max() > 1e-3


def test_a_garment_that_is_not_known_is_named():
    with pytest.raises(SpecError, match=r"clothing.*unknown kind 'tshrt'; did you mean 'tshirt'"):
        parse_spec(parse_yaml("clothing: {kind: tshrt}"))
    with pytest.raises(SpecError, match=r"clothing.neck.*'opn'.*buttoned, open, tie"):
        parse_spec(parse_yaml("clothing: {kind: shirt, neck: opn}"))


def test_skin_and_shirt_below_a_jacket_are_covered():
    chest = np.array([[0.0, -120.0, 200.0], [0.0, -120.0, 440.0]])
    worn = drawn("shirt", neck="open"), drawn("blazer")
    assert (covered_mm(worn, chest) > 0).tolist() == [True, True]
    assert KINDS["blazer"].covers(worn[1], chest)[1] < 0 < KINDS["shirt"].covers(worn[0], chest)[0]


def test_tape_shines_back_to_a_camera_beside_the_lamp():
    def radiance(yaw: float) -> float:
        lamp = {"name": "led", "kind": "spot", "band": "nir850", "power_w": 3, "size_m": 0.01, "beam_deg": 60}
        lamp["place"] = {"kind": "orbit", "distance_m": 1.0, "yaw_deg": yaw}
        camera = {"name": "nir", "width_px": 64, "height_px": 64, "band": "nir850"}
        rig = {"kind": "head_orbit", "place": {"kind": "orbit", "distance_m": 1.0}, "cameras": [camera]}
        geometry = dressed(3, lighting={"lamps": [lamp]}, rigs=[rig])
        return tape_radiance(geometry, geometry.cameras[0])

    near, far = radiance(0.5), radiance(20)
    assert near > 500 * far
