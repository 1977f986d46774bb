"""Headphones and earbuds: where they rest, what they do to ears and hair."""

import numpy as np
import pytest
from scipy.spatial import cKDTree

from synthgen.accessories import moved_targets
from synthgen.parts import Part
from synthgen.rays import RayScene
from tests.worn import built, depth_in_skin_mm, of_material, put, wearing


@pytest.mark.parametrize(("kind", "person"), [("over_ear", 7), ("on_ear", 2), ("headset", 11)])
def test_pads_rest_on_the_head_and_the_band_clears_it(kind, person):
    geometry, (mesh,), fit = built(person, audio={"kind": kind})
    assert len(mesh.triangles) < 60_000
    assert depth_in_skin_mm(geometry, mesh.vertices).max() < 1.0
    pads = of_material(mesh, "_pad")
    for sign in (1, -1):
        side = pads[fit.from_world(pads)[:, 0] * sign > 30]
        assert cKDTree(geometry.skin).query(side)[0].min() < 0.0025
    top = fit.from_world(mesh.vertices)
    crown = fit.points[:, 2].max()
    assert 0 < top[:, 2].max() - crown < 25


@pytest.mark.parametrize("kind", ["over_ear", "headset"])
def test_the_band_holds_the_cups_from_above(kind):
    _, (mesh,), fit = put(2, audio={"kind": kind, "microphone": "left"} if kind == "headset" else {"kind": kind})
    steel, pads = (fit.from_world(of_material(mesh, ending)) for ending in ("_steel", "_pad"))
    for side in (1, -1):
        ear = fit.ear("left" if side > 0 else "right")[:, 2]
        assert steel[steel[:, 0] * side > 0, 2].min() > ear.min() + 0.25 * np.ptp(ear), "a fork is no sling"
        low = pads[(pads[:, 0] * side > 0) & (pads[:, 2] < ear.max()), 2].min()
        assert low < ear.min() + 0.5 * np.ptp(ear)


def test_over_ear_pads_lie_about_the_ear_and_clear_it():
    geometry, (mesh,), fit = put(2, audio={"kind": "over_ear"})
    skin = next(mesh for mesh in geometry.meshes if mesh.name == "skin")
    ear = fit.from_world(skin.vertices[np.unique(skin.triangles[skin.part == Part.EAR_LEFT])])
    pads = fit.from_world(of_material(mesh, "_pad"))
    pads = pads[(pads[:, 0] > 30) & (pads[:, 2] < ear[:, 2].max() + 60)]
    assert pads[:, 1].min() < ear[:, 1].min() and pads[:, 1].max() > ear[:, 1].max()
    assert pads[:, 2].min() < ear[:, 2].min() and pads[:, 2].max() > ear[:, 2].max()


def test_pads_press_the_ears():
    moved = moved_targets(wearing(2, audio={"kind": "on_ear"}).accessories)
    assert {name.split("/")[1] for name in moved} == {"l-ear-wing-decr", "r-ear-wing-decr"}
    assert all(0 < amount <= 1 for amount in moved.values())


@pytest.mark.parametrize("kind", ["earbuds", "wired_earbuds"])
@pytest.mark.parametrize("person", [2, 7, 11])
def test_buds_sit_in_the_concha(kind, person):
    geometry, (mesh,), fit = put(person, audio={"kind": kind})
    shell, soft = of_material(mesh, "_shell"), of_material(mesh, "_tip")
    assert depth_in_skin_mm(geometry, shell).max() < 1.0
    assert depth_in_skin_mm(geometry, soft).max() < 2.0
    for side, sign in (("left", 1), ("right", -1)):
        if (fit.from_world(soft)[:, 0] * sign > 0).any():
            concha = fit.to_world(fit.spot("concha", side)[0][None])
            assert cKDTree(soft).query(concha)[0][0] < 0.008
            assert cKDTree(geometry.skin).query(shell)[0].min() < 0.001


def test_earbuds_may_be_in_one_ear():
    _, (mesh,), fit = put(2, audio={"kind": "earbuds", "side": "left"})
    assert (fit.from_world(mesh.vertices)[:, 0] > 0).all()


def test_a_cable_hangs_over_the_clothes_and_does_not_enter_the_body():
    geometry, (mesh,), fit = put(7, audio={"kind": "wired_earbuds", "joint_mm": 100})
    cable = of_material(mesh, "_cable")
    assert depth_in_skin_mm(geometry, cable).max() < 1.0
    clothes = [RayScene(m.vertices, m.triangles) for m in geometry.meshes if m.instance not in ("person", "trousers")]
    below = [np.isfinite(cloth.first_hit(cable, np.tile([0, -1.0, 0], (len(cable), 1)), 0.02)[1]) for cloth in clothes]
    assert np.mean(np.any(below, axis=0)) < 0.02
    assert fit.from_world(cable)[:, 2].min() < fit.anchor("throat")[2] - 220


def test_the_microphone_is_before_the_corner_of_the_mouth():
    _, (mesh,), fit = put(2, audio={"kind": "headset", "microphone": "right"})
    foam = fit.from_world(of_material(mesh, "_foam"))
    mouth = fit.skin[467]
    assert np.linalg.norm(foam.mean(0) - mouth) < 55 and foam[:, 0].max() < 0


@pytest.mark.parametrize("style", ["bob", "afro"])
def test_hair_is_under_pads_and_band(style):
    geometry, (mesh,), fit = built(3, audio={"kind": "over_ear"}, hair={"style": style})
    points = np.concatenate([s.points.reshape(-1, 3) for s in geometry.strands if s.part == Part.HAIR])[::4]
    rays, middle = RayScene(mesh.vertices, mesh.triangles), fit.to_world(np.array([[0.0, 70.0, 20.0]]))[0]
    out = points - middle
    under, over = (np.isfinite(rays.first_hit(points, way, 0.04)[1]) for way in (out, -out))
    for part in (fit.from_world(points)[:, 2] > 60, fit.from_world(points)[:, 2] < 30):
        assert (under & part).sum() > 100
        assert (over & ~under & part).sum() < 0.03 * (under & part).sum()
