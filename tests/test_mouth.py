"""Teeth: single crowns on both arches, carried by the jaw without bending."""

import itertools

import numpy as np
import pytest

from synthgen.head.dentition import WIDTHS_MM, TeethSpec, crown_shape, gum_height_mm, place_crowns, sample_teeth
from synthgen.head.model import head_model
from synthgen.head.mouth import mouth_meshes
from synthgen.head.tongue import raise_tongue
from synthgen.mesh import face_normals
from synthgen.parts import Part
from synthgen.rng import Key

ARCHES = ("upper", "lower")


def teeth_of(person="p", age=30, **fields):
    return sample_teeth(TeethSpec(**fields), age, Key(person))


def meshes(cage, teeth):
    return {mesh.name: mesh for mesh in mouth_meshes(cage, teeth)}


@pytest.mark.parametrize("arch", ARCHES)
def test_an_arch_has_fourteen_crowns_of_human_width_side_by_side(arch):
    crowns = place_crowns(teeth_of(crowding=0, gap_mm=0, size=1), arch)
    assert [crown.kind for crown in crowns] == [*range(6, -1, -1), *range(7)]
    for crown in crowns:
        points = crown_shape(crown, 0.2)[0]
        across = np.ptp((points - crown.origin) @ crown.axes[0])
        assert across == pytest.approx(WIDTHS_MM[arch][crown.kind], rel=0.15)
    for one, other in itertools.pairwise(crowns):
        between = np.linalg.norm(one.origin - other.origin)
        assert between == pytest.approx((one.width_mm + other.width_mm) / 2, rel=0.15)


@pytest.mark.parametrize("arch", ARCHES)
def test_crowns_are_closed_outwards_and_stand_in_the_gum(arch):
    for crown in place_crowns(teeth_of(), arch):
        points, triangles, share = crown_shape(crown, 0.3)
        out = (face_normals(points, triangles) * (points[triangles].mean(1) - points.mean(0))).sum(1)
        assert (out > 0).mean() > 0.9
        root = points[share > 1.2]
        assert (gum_height_mm(root, [crown]) > 0).all()


@pytest.mark.parametrize("arch", ARCHES)
def test_the_front_teeth_face_forward_and_their_edges_lead(arch):
    for crown in place_crowns(teeth_of(crowding=0), arch)[5:9]:
        assert crown.axes[1][1] < -0.7
        assert np.sign(crown.axes[2][2]) == (1 if arch == "upper" else -1)


@pytest.mark.parametrize("overbite", [-1.0, 1.0, 3.0, 5.0])
def test_upper_front_teeth_cover_lower_ones_as_far_as_asked(overbite):
    teeth = teeth_of(crowding=0, wear=0, overbite_mm=overbite)
    upper, lower = (
        np.mean([crown.origin[2] for crown in place_crowns(teeth, arch) if crown.kind == 0]) for arch in ARCHES
    )
    assert lower - upper == pytest.approx(overbite, abs=0.3)


def test_lower_front_teeth_bite_behind_upper_ones():
    teeth = teeth_of(crowding=0, wear=0, overbite_mm=3.0)
    front = {arch: [crown for crown in place_crowns(teeth, arch) if crown.kind == 0] for arch in ARCHES}
    for upper, lower in zip(front["upper"], front["lower"], strict=True):
        points = crown_shape(upper, 0.0)[0]
        edge = lower.origin + 1.0 * lower.axes[2]
        level = points[np.abs(points[:, 2] - edge[2]) < 1.0]
        assert level[:, 1].max() < edge[1] + 0.6


@pytest.mark.parametrize(("unit", "rises", "stays"), [("tongueTipUp", -138, -100), ("tongueBackUp", -104, -138)])
def test_the_tongue_rises_where_it_is_asked_to(unit, rises, stays):
    rest = head_model().vertices
    rows = np.unique(head_model().quads["tongue"])
    moved = raise_tongue(rest, {unit: 1.0})
    up, y = (moved - rest)[rows, 2] * 1000, rest[rows, 1] * 1000
    assert up[np.abs(y - rises) < 3].min() > 8
    assert np.abs(up[np.abs(y - stays) < 3]).max() < 1.5
    others = np.setdiff1d(np.arange(len(rest)), rows)
    assert (moved[others] == rest[others]).all()


def test_the_jaw_turns_the_lower_teeth_without_bending_them():
    model, teeth = head_model(), teeth_of()
    shut, opened = (meshes(model.displace({"arkit/jawOpen": amount}), teeth) for amount in (0.0, 1.0))
    for name, least_m, most_m in (("teeth_upper", 0.0, 1e-3), ("teeth_lower", 0.012, 0.08)):
        a, b = shut[name].vertices, opened[name].vertices
        moved = np.linalg.norm(a - b, axis=1)
        assert least_m <= moved.mean() <= most_m, name
        middle = (a - a.mean(0)), (b - b.mean(0))
        turn = np.linalg.svd(middle[0].T @ middle[1])
        turned = middle[0] @ (turn[0] @ turn[2])
        assert np.abs(turned - middle[1]).max() < 1.5e-3


def test_upper_front_teeth_cover_the_lower_ones():
    found = meshes(head_model().vertices, teeth_of(wear=0, crowding=0))
    upper, lower = (found[f"teeth_{arch}"].vertices for arch in ARCHES)
    front = [points[np.abs(points[:, 0]) < 0.006] for points in (upper, lower)]
    assert front[0][:, 2].min() < front[1][:, 2].max()
    assert front[0][:, 1].min() < front[1][:, 1].min() - 0.001


def test_teeth_are_labelled_as_such_and_gums_as_the_inside_of_the_mouth():
    found = meshes(head_model().vertices, teeth_of())
    assert set(found["teeth_upper"].part) == {Part.TEETH_UPPER}
    assert set(found["teeth_lower"].part) == {Part.TEETH_LOWER}
    assert set(found["gum_upper"].part) == {Part.MOUTH_INTERIOR}


def test_old_teeth_are_yellower_shorter_and_longer_out_of_the_gum():
    young, old = ([teeth_of(f"{n}", age) for n in range(40)] for age in (20, 85))
    for name in ("wear", "yellowness", "recession_mm"):
        assert np.mean([getattr(t, name) for t in old]) > np.mean([getattr(t, name) for t in young]) + 0.2
    colors = [
        meshes(head_model().vertices, teeth_of(yellowness=y))["teeth_upper"].attributes["albedo_rgb"].mean(0)
        for y in (0, 1)
    ]
    assert colors[1][2] / colors[1][0] < 0.8 * colors[0][2] / colors[0][0]
