"""What lies around the head, and hats: charts, taut sheets, hair that is pressed under them."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from synthgen.accessories.cover import (
    azimuths,
    hair_allowance,
    hair_height,
    membrane,
    press_under,
    reach,
    thickened,
    tilted_chart,
    worn_reach,
)
from synthgen.accessories.geometry import ellipsoid, volume
from synthgen.assemble import assemble
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.rays import RayScene
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec
from tests.worn import fit_of

CENTRE = (0.0, 75.0, 20.0)
GRID = np.meshgrid(np.linspace(0, np.pi / 2 - 0.02, 30), azimuths(120), indexing="ij")


@lru_cache(maxsize=8)
def head(style, person=2, expression="neutral"):
    """Return a bare head with hair that no hood or collar moves."""
    spec = {
        "identity": {"ids": [person]},
        "expression": {"name": expression},
        "hair": {"style": style},
        "facial_hair": {"style": "none"},
        "clothing": {"kind": "tshirt"},
    }
    geometry = assemble(sample_scene(SceneSpec.model_validate(spec), 0), skin_map_size=64)
    return geometry, fit_of(geometry, geometry.strands)


def skullcap(fit, chart):
    """Return a plain cover over the upper head and its hair."""
    elevation, azimuth = GRID
    room = hair_allowance(fit, chart, azimuth, elevation)
    radius = membrane(reach(fit.rays, chart, azimuth, elevation) + room + 1.0)
    return thickened(chart.points(azimuth, elevation, radius), 1.5, chart.centre)


# --- covers -----------------------------------------------------------------------------------------------------------


def test_a_chart_finds_its_own_points_again():
    chart = tilted_chart(CENTRE, tilt_deg=12, turn_deg=40, roll_deg=-3)
    elevation, azimuth = GRID
    radius = 80 + 10 * np.cos(azimuth)
    found = chart.locate(chart.points(azimuth, elevation, radius))
    for got, wanted in zip(found, (azimuth, elevation, radius), strict=True):
        assert np.cos(got - wanted).min() > 1 - 1e-12 or got == pytest.approx(wanted)
    assert found[2] == pytest.approx(radius)


@pytest.mark.parametrize(
    ("turns", "ahead"),
    [({}, (0, -1, 0)), ({"turn_deg": 90}, (1, 0, 0)), ({"tilt_deg": 90}, (0, 0, 1)), ({"roll_deg": 30}, (0, -1, 0))],
)
def test_a_chart_turns_left_and_tilts_backwards(turns, ahead):
    assert tilted_chart(CENTRE, **turns).directions(0.0, 0.0) == pytest.approx(ahead, abs=1e-12)


def test_reach_is_the_farthest_hit():
    balls = [ellipsoid(np.array([size] * 3), 48) for size in (30.0, 50.0)]
    chart = tilted_chart((0, 0, 0))
    for ball, size in zip(balls, (30, 50), strict=True):
        assert reach(RayScene(ball.vertices, ball.triangles), chart, 0.3, 0.2) == pytest.approx(size, rel=0.01)


def test_a_taut_sheet_is_never_inside_and_straight_where_it_is_free():
    obstacle = np.full((40, 60), 10.0)
    obstacle[20, 30] = 30.0
    sheet = membrane(obstacle, rounds=2000)
    assert (sheet >= obstacle).all()
    free = sheet[1:-1, 1:-1] > obstacle[1:-1, 1:-1]
    mean = (sheet[2:, 1:-1] + sheet[:-2, 1:-1] + sheet[1:-1, 2:] + sheet[1:-1, :-2]) / 4
    assert np.abs(mean - sheet[1:-1, 1:-1])[free].max() < 0.02
    held = np.zeros(obstacle.shape, bool)
    held[:, 0] = True
    assert (membrane(obstacle, held, rounds=2000, around=False)[:, 0] == 10).all()


def test_a_thickened_sheet_has_its_volume():
    chart, (elevation, azimuth) = tilted_chart((0, 0, 0)), GRID
    cap = thickened(chart.points(azimuth, elevation, np.full(azimuth.shape, 100.0)), 2.0, chart.centre)
    assert volume(cap.vertices, cap.triangles) == pytest.approx(2 * np.pi * (102**3 - 100**3) / 3, rel=0.04)
    band = thickened(
        chart.points(azimuth[:10], elevation[:10], np.full((10, 120), 100.0)), 2.0, chart.centre, closed=True
    )
    height = np.sin(elevation[9, 0])
    assert volume(band.vertices, band.triangles) == pytest.approx(2 * np.pi * (102**3 - 100**3) / 3 * height, rel=0.04)


def test_hair_takes_the_more_room_the_more_there_is():
    chart, (elevation, azimuth) = tilted_chart(CENTRE, 12), GRID
    room = [
        float(hair_allowance(head(style)[1], chart, azimuth, elevation)[azimuth.shape[0] // 2 :].mean())
        for style in ("bald", "buzz", "crop", "big_afro")
    ]
    assert room[0] == 0 and 1 < room[1] < 2.5 < room[2] < 7 < room[3] < 13
    high = hair_height(head("big_afro")[1], chart, azimuth, elevation)[15:].mean()
    assert high > 3 * room[3]


def test_what_is_worn_counts_in_the_directions_it_lies_in():
    fit = head("bald")[1]
    chart, (elevation, azimuth) = tilted_chart(CENTRE), GRID
    wire = chart.points(np.linspace(0.5, 0.9, 50), np.full(50, 0.3), np.full(50, 140.0))
    mesh = Mesh("wire", fit.to_world(wire), np.array([[0, 1, 2]], np.int32), np.array([Part.OTHER]), ("m",), "wire")
    found = worn_reach(replace(fit, worn=(mesh,)), chart, azimuth, elevation)
    on = found > 0
    assert found[on] == pytest.approx(140) and on.sum() >= 8
    assert (np.abs(elevation[on] - 0.3) < 0.15).all() and (azimuth[on] > 0.4).all() and (azimuth[on] < 1.0).all()
    shirt = replace(mesh, part=np.array([Part.CLOTHING_UPPER]))
    assert not worn_reach(replace(fit, worn=(shirt,)), chart, azimuth, elevation).any()


@pytest.mark.parametrize("style", ["buzz", "crop", "long_straight", "big_afro", "curls"])
def test_no_hair_pokes_through_a_cover(style):
    fit = head(style)[1]
    chart = tilted_chart(CENTRE, 12)
    cover = skullcap(fit, chart)
    press, rays = press_under(fit, chart, cover), RayScene(cover.vertices, cover.triangles)
    points, pressed, left = under_press(press, fit)
    outside = [
        float((rays.first_hit(p, chart.directions(a, e))[0] < 0).mean())
        for p, a, e in (over(chart, points), over(chart, pressed))
    ]
    assert outside[0] > 0.1 and outside[1] == 0
    # what is left out was wholly under the cover; at least a third is where hair is short
    hidden = chart.locate(pressed[~left])[1] if not left.all() else np.ones(1)
    assert hidden.min() > 0.05
    if style in ("buzz", "crop"):
        assert 0.3 < 1 - left.mean() < 0.8


def under_press(press, fit):
    """Return points (n, k, 3) of the hair with the longest strands, where they are pressed to, and which are left."""
    strands = max((s for s in fit.strands if s.part == Part.HAIR), key=lambda s: s.points.size)
    points = fit.from_world(strands.points.reshape(-1, 3)).reshape(strands.points.shape)
    return points, *press(points, strands)


def over(chart, points):
    """Return the points above a cover's rim, and their directions."""
    azimuth, elevation, _ = chart.locate(points.reshape(-1, 3))
    above = elevation > 0.06
    return points.reshape(-1, 3)[above], azimuth[above], elevation[above]


def test_hair_far_below_a_rim_stays_where_it_was():
    fit = head("long_straight")[1]
    chart = tilted_chart(CENTRE, 12)
    points, pressed, left = under_press(press_under(fit, chart, skullcap(fit, chart)), fit)
    low = points[..., 2] < -120
    assert low.any() and np.abs(pressed - points)[low].max() < 0.5
    steps, before = (np.linalg.norm(np.diff(p[left], axis=1), axis=-1) for p in (pressed, points))
    assert (steps - before).max() < 6
