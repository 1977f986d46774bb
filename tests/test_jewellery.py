"""Jewellery: where it is, how it hangs and lies."""

import numpy as np
import pytest
from scipy.spatial import cKDTree

from synthgen.accessories.cords import settle
from synthgen.accessories.earrings.lobes import Hole, swung_clear
from synthgen.accessories.necklace.chain import CHAIN
from synthgen.accessories.surfaces import surface
from synthgen.assemble import assemble
from synthgen.parts import Part
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec
from tests.worn import BARE, built, depth_in_skin_mm, fit_of, put

GROUND = np.stack(np.meshgrid(np.linspace(-300, 300, 61), np.linspace(-300, 300, 61), [0.0]), -1).reshape(-1, 3)
UP = np.tile([0.0, 0.0, 1.0], (len(GROUND), 1))
DOWN = np.array([0.0, 0.0, -1.0])


def test_a_cord_hangs_in_a_catenary():
    ends = np.array([[-100.0, 0, 500], [100.0, 0, 500]])
    t = np.linspace(0, 1, 81)[:, None]
    start = ends[0] + t * (ends[1] - ends[0]) - 60 * np.sin(np.pi * t) * [0, 0.5, 1]
    length = 300.0
    path = settle(start, length, surface(GROUND, UP), 1.0, DOWN)
    assert np.linalg.norm(np.diff(path, axis=0), axis=1).sum() == pytest.approx(length, rel=0.005)
    a = 100 / 1.6221  # 2 a sinh(100 / a) = 300, solved by hand
    assert 2 * a * np.sinh(100 / a) == pytest.approx(length, rel=0.001)
    assert 500 - path[:, 2].min() == pytest.approx(a * (np.cosh(100 / a) - 1), rel=0.01)


def test_a_cord_lies_on_what_is_below():
    start = np.stack([np.linspace(-50, 50, 60), np.zeros(60), np.full(60, 5.0)], 1)
    path = settle(start, 120.0, surface(GROUND, UP), 2.0, DOWN)
    assert path[:, 2].min() > 1.9


@pytest.mark.parametrize("kind", ["studs", "hoops", "drops"])
@pytest.mark.parametrize("person", [2, 7, 11])
def test_earrings_are_in_the_lobes_and_clear_the_neck(kind, person):
    geometry, worn, fit = put(person, earrings={"kind": kind, "side": "both"})
    for mesh in worn:
        side = mesh.name.rsplit("_", 1)[1]
        assert (mesh.part == Part[f"EARRING_{side.upper()}"]).all()
        lobe = fit.spot("lobe", side)[0]
        away = np.linalg.norm(fit.from_world(mesh.vertices) - lobe, axis=1)
        assert away.min() < 3.0
        far = mesh.vertices[away > 9.0]
        assert not len(far) or depth_in_skin_mm(geometry, far).max() < 1.0


def test_earrings_hang_down_however_the_head_is_held():
    drops = {"kind": "drops", "side": "left", "length_mm": 40}
    for _, (mesh,), fit in (put(2, earrings=drops), built(2, earrings=drops, head_pose={"roll_deg": -30})):
        lobe = fit.to_world(fit.spot("lobe", "left")[0][None])[0]
        low = mesh.vertices[mesh.vertices[:, 2].argmin()] - lobe
        assert low[2] < -0.035 and np.hypot(*low[:2]) < 0.6 * abs(low[2])


def test_an_earring_swings_out_of_what_it_would_hang_in_and_no_farther():
    pierced = Hole("left", np.zeros(3), np.array([0.0, 3.0, 0.0]), True, np.array([0.0, -1.0, 0.0]), DOWN)
    hanging = np.linspace(8, 50, 30)[:, None] * DOWN

    def wall(at):
        """Return a neck that is flat, its skin `at` millimetres to the left of the hole."""
        return surface(GROUND[:, [2, 0, 1]] + [at, 0, 0], UP[:, [2, 0, 1]])

    assert swung_clear(hanging, pierced, wall(-5.0)) == pytest.approx(np.eye(3))
    clear = (hanging @ swung_clear(hanging, pierced, wall(1.5)).T)[:, 0] - 1.5
    assert 0.4 < clear.min() < 1.2


def test_an_earring_in_one_ear_is_alone():
    _, worn, _ = put(2, earrings={"kind": "hoops", "side": "right"})
    assert [mesh.name for mesh in worn] == ["hoops_right"]


@pytest.mark.parametrize(
    ("place", "item", "spot"),
    [
        ("nose", {"kind": "nose_stud", "shape": "ball", "side": "left"}, ("wing", "left")),
        ("nose", {"kind": "nose_ring", "side": "right"}, ("nostril_rim", "right")),
        ("nose", {"kind": "septum"}, ("septum", "left")),
        ("piercing", {"kind": "brow_piercing", "side": "right"}, ("brow", "right")),
        ("piercing", {"kind": "lip_piercing", "place": "labret"}, ("labret", "left")),
        ("piercing", {"kind": "lip_piercing", "place": "side_right"}, ("below_lip", "right")),
    ],
)
def test_piercings_are_where_they_are_named_and_show(place, item, spot, expression="surprise"):
    geometry, (mesh,), fit = put(7, expression, **{place: item})
    assert (mesh.part == Part.PIERCING).all()
    away = np.linalg.norm(fit.from_world(mesh.vertices) - fit.spot(*spot)[0], axis=1)
    assert away.min() < 7.0
    assert np.mean(depth_in_skin_mm(geometry, mesh.vertices) == 0) > 0.3


@pytest.mark.parametrize("kind", ["chain", "beads", "choker"])
@pytest.mark.parametrize("person", [2, 7])
def test_necklaces_lie_on_neck_and_clothes(kind, person):
    geometry, worn, fit = built(person, necklace={"kind": kind})
    (mesh,) = worn
    assert (mesh.part == Part.NECKLACE).all() and len(mesh.triangles) < 60_000
    assert depth_in_skin_mm(geometry, mesh.vertices).max() < 1.0
    nape = fit.to_world(fit.anchor("neck")[None])
    assert cKDTree(mesh.vertices).query(nape)[0][0] < 0.035
    cloth = np.concatenate([m.vertices for m in geometry.meshes if m.instance == geometry.instances[1]])
    ground = np.concatenate([geometry.skin, cloth])
    assert np.median(cKDTree(ground).query(mesh.vertices[::20])[0]) < (0.004 if kind == "choker" else 0.009)


def test_a_longer_chain_hangs_lower():
    low = [
        put(2, necklace={"kind": "chain", "length_mm": length, "pendant": "none"})[1][0].vertices[:, 2].min()
        for length in (420, 600)
    ]
    assert low[1] < low[0] - 0.06


def test_pendants_stay_out_of_the_chest():
    worn = {"expression": {"name": "anger"}, "accessories": {"necklace": {"kind": "chain"}}, **BARE}
    scene = sample_scene(SceneSpec.model_validate({"seed": 32, "identity": {"ids": [32]}, **worn}), 0)
    geometry = assemble(scene, 64)
    (chain,) = CHAIN.build(scene.accessories.necklace, fit_of(geometry)).meshes
    assert scene.accessories.necklace.pendant == "disc"
    assert depth_in_skin_mm(geometry, chain.vertices).max() < 1.0
