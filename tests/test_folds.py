"""Folds and edges of draped cloth: ridges where it is pulled, hems, what shows below it and what pins it."""

import numpy as np
import pytest

from synthgen.accessories.draping.meshes import Laid, cloth_mesh
from synthgen.accessories.draping.ridges import Fan, Ridge, fanned, ridge_heights
from synthgen.accessories.surfaces import surface
from synthgen.assemble import assemble
from synthgen.materials import SEAM_REACH_MM
from synthgen.mesh import as_one, vertex_normals
from synthgen.parts import Part
from synthgen.rng import Key
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec
from tests.worn import bare, built, depth_in_skin_mm, put

LINE = np.stack([np.linspace(20, 80, 40), np.full(40, 50.0), np.zeros(40)], 1)


def level(rows=51, columns=51, step=2.0):
    """Return points and upward normals (rows, columns, 3) of a level sheet."""
    y, x = np.meshgrid(np.arange(rows) * step, np.arange(columns) * step, indexing="ij")
    return np.stack([x, y, 0 * x], -1), np.broadcast_to([0.0, 0, 1], (rows, columns, 3))


def test_a_ridge_stands_along_its_line_and_nowhere_else():
    points, normals = level()
    rise = ridge_heights(points, normals, [Ridge(LINE, 4.0, 5.0, 1.0)])
    assert rise.min() == 0 and rise.max() == pytest.approx(4, abs=0.2)
    assert np.unravel_index(rise.argmax(), rise.shape)[0] == 25
    assert rise[:10].max() == 0 and rise[:, :8].max() < 0.01 and rise[:, 42:].max() < 0.1
    # one side is steeper than the other
    below, above = (rise[rows, 20] for rows in (slice(19, 25), slice(31, 25, -1)))
    assert (below[:-1] > above[:-1]).all() or (above[:-1] > below[:-1]).all()


def test_ridges_that_meet_are_hardly_higher_than_one():
    points, normals = level()
    one = Ridge(LINE, 4.0, 5.0, 1.0)
    assert ridge_heights(points, normals, [one, one]).max() < 5.2


def test_ridges_of_a_fan_begin_near_its_root_and_end_apart():
    lines = [line for line, _ in fanned(Fan((0, 0), ((4, 10), (0, 12), (-4, 10)), 6, 3.0, 8.0), Key("fan"))]
    starts, ends = (np.array([line[at] for line in lines]) for at in (0, -1))
    assert len(lines) == 6 and np.ptp(starts, 0).max() < 0.3 * np.ptp(ends, 0).max()
    assert np.linalg.norm(ends - starts, axis=1).min() > 5
    assert len({round(float(np.linalg.norm(end)), 6) for end in ends}) == 6


@pytest.mark.parametrize(("hemmed", "seamed"), [(True, False), (False, False), (False, True)])
def test_seams_lie_at_hems_and_where_halves_meet(hemmed, seamed):
    points, normals = level()
    fit = bare(2)[1]
    laid = Laid(points, normals, points[..., :2] - [50.0, 0], closed=False, hemmed=hemmed, seamed=seamed)
    mesh = cloth_mesh(laid, fit, "sheet", "cloth", "sheet", Part.HEADWEAR, 0.8)
    seam, (x, y, _) = mesh.attributes["seam"], fit.from_world(mesh.vertices).T
    edge, middle = np.minimum.reduce([x, y, 100 - x, 100 - y]) < 0.1, np.abs(x - 50) < 0.1
    inside = (np.abs(x - 50) < 30) & (np.abs(y - 50) < 30)
    assert (seam[edge & ~middle] > 0).all() == hemmed
    assert (seam[middle & inside] == SEAM_REACH_MM).all() == seamed
    assert seam[inside & (np.abs(x - 50) > 20)].max() == 0


def test_a_turned_edge_is_flat_again_within_a_millimetre():
    points, normals = level(17, 17, 6.0)
    fit = bare(2)[1]
    laid = Laid(points, normals, points[..., :2], closed=False)
    mesh = cloth_mesh(laid, fit, "sheet", "cloth", "sheet", Part.HEADWEAR, 0.8)
    at, up = fit.from_world(mesh.vertices), mesh.shading_normals() @ fit.world_from_fit[:3, :3]
    from_edge = 48 - np.abs(at[:, :2] - 48).max(1)
    inner = (from_edge > 0.1) & (np.abs(at[:, 2]) < 0.01)
    assert from_edge[inner].min() < 1 and up[inner, 2].min() > 0.9


@pytest.mark.parametrize("shown_mm", [6, 14])
def test_an_underscarf_shows_as_far_as_asked_and_goes_on_below(shown_mm):
    fields = {"kind": "hijab", "style": "khimar", "back_mm": 0, "underscarf_mm": shown_mm}
    _, (cap, hijab), fit = put(2, headwear=fields)
    assert cap.materials == ("hijab_cap",) and hijab.materials == ("hijab_cloth",)
    ahead = [fit.from_world(mesh.vertices) for mesh in (cap, hijab)]
    _, back, up = fit.anchor("glabella")
    ahead = [at[(np.abs(at[:, 0]) < 6) & (at[:, 1] < back + 100) & (at[:, 2] > up)] for at in ahead]
    edges = [points[points[:, 2].argmin()] for points in ahead]
    assert np.linalg.norm((edges[1] - edges[0])[1:]) == pytest.approx(shown_mm, abs=3)
    assert np.linalg.norm(ahead[0][ahead[0][:, 2].argmax()] - edges[1]) > 15
    # the cap lies below the hijab wherever both are
    points, out = fit.from_world(cap.vertices), fit.normals[fit.tree.query(fit.from_world(cap.vertices))[1]]
    met, away = fit.rays_at([hijab]).first_hit(points, -out, 6.0)
    assert (away[met >= 0] > 0.8).sum() < 0.005 * len(points)


@pytest.mark.parametrize(("style", "place", "head"), [("wrapped", "jaw", "ball"), ("pinned", "temple", "bar")])
def test_a_pin_lies_on_the_cloth(style, place, head):
    worn = built(2, headwear={"kind": "hijab", "style": style, "pin": place, "pin_head": head})[1]
    *cloth, pin = worn
    assert pin.materials == ("hijab_pin",)
    vertices, triangles = as_one(cloth)
    on = surface(vertices * 1e3, vertex_normals(vertices, triangles))
    height = on.distance(pin.vertices * 1e3)[0]
    assert -1.5 < height.min() < 1 and height.max() > 3
    assert np.linalg.norm(np.ptp(pin.vertices, 0)) * 1e3 < 40


@pytest.mark.parametrize("person", [2, 5])
def test_knots_stay_out_of_the_head(person):
    worn = {"expression": {"name": "neutral"}, "accessories": {"headwear": {"kind": "durag"}}}
    scene = sample_scene(SceneSpec.model_validate({"seed": person, "identity": {"ids": [person]}, **worn}), 0)
    geometry = assemble(scene, 64)
    knot = next(mesh for mesh in geometry.meshes if mesh.name == "durag_6")
    assert depth_in_skin_mm(geometry, knot.vertices).max() < 1.0
