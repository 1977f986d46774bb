"""Hats: how they sit, what they do to hair and ears, and sheets with holes."""

from functools import lru_cache

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import cKDTree

from synthgen.accessories.cover import azimuths, tilted_chart
from synthgen.accessories.fit import SIDES
from synthgen.accessories.geometry import volume
from synthgen.accessories.headwear import BANDS, HATS, HELMETS
from synthgen.accessories.headwear.cap import CAP
from synthgen.accessories.headwear.emblem import HALF_MM
from synthgen.accessories.headwear.seat import pinned_ears, seat
from synthgen.accessories.sheets import borders, cut, grid_sheet, stiffened
from synthgen.assemble import assemble
from synthgen.fabrics.patterns import PATTERNS
from synthgen.head.model import head_model
from synthgen.head.skin import skin_surface
from synthgen.materials import Lens
from synthgen.mesh import as_one
from synthgen.parts import Part
from synthgen.passes import LENSES
from synthgen.rays import RayScene
from synthgen.rng import Key
from synthgen.scene import dump_scene, parse_scene, sample_scene
from synthgen.spec import SceneSpec
from tests.test_headwear import head
from tests.worn import depth_in_skin_mm, fit_of, put

KINDS = {kind.name: kind for kind in (*HATS, *HELMETS, *BANDS)}
STYLES = ("crop", "long_straight", "big_afro", "buzz", "curls", "ponytail")
MOST_FACES = 60_000


@lru_cache(maxsize=2)
def wearing(kind, number, hair, **fields):
    """Return the scene and the geometry of a person with a hat."""
    spec = {
        "seed": number,
        "identity": {"ids": [number]},
        "hair": {"style": hair},
        "facial_hair": {"style": "none"},
        "accessories": {"headwear": {"kind": kind, **fields}},
    }
    scene = sample_scene(SceneSpec.model_validate(spec), 0)
    return scene, assemble(scene, skin_map_size=64)


def on_head(geometry, points):
    """Return points of the world in the millimetres of the head."""
    return fit_of(geometry).from_world(points)


def hat_of(geometry, kind):
    return tuple(mesh for mesh in geometry.meshes if mesh.instance == kind)


# --- every kind -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(len(KINDS)))
def test_headwear_rests_on_the_head_over_its_hair(number):
    kind = list(KINDS)[number]
    scene, geometry = wearing(kind, number + 3, STYLES[number % len(STYLES)])
    hat = hat_of(geometry, kind)
    assert sum(len(mesh.triangles) for mesh in hat) <= MOST_FACES
    vertices = np.concatenate([mesh.vertices for mesh in hat])
    assert np.isfinite(vertices).all() and depth_in_skin_mm(geometry, vertices).max() <= 1.0
    assert np.abs(fit_of(geometry).distance(on_head(geometry, vertices))[0]).min() < 2.5
    assert hair_outside(geometry, hat) < 5e-4
    assert parse_scene(dump_scene(scene)) == scene
    materials = KINDS[kind].materials(scene.accessories.headwear)
    assert {name for mesh in hat for name in mesh.materials} <= set(materials)


def hair_outside(geometry, hat):
    """Return the share of the hair's points that have a hat before them, seen from the skin nearest to them and from
    the middle of the head, and nothing of it behind."""
    points = np.concatenate([s.points.reshape(-1, 3)[::9] for s in geometry.strands if s.part == Part.HAIR])
    rays = RayScene(*as_one(hat))
    out = points - fit_of(geometry).to_world(np.array([[0, 75.0, 25.0]]))
    from_middle = rays.first_hit(points, -out)[1] < np.linalg.norm(out, axis=1)
    away, nearest = cKDTree(geometry.skin).query(points)
    from_skin = rays.first_hit(points, geometry.skin[nearest] - points + 1e-9)[1] < away
    return float((from_middle & from_skin & ~np.isfinite(rays.first_hit(points, out, 0.03)[1])).mean())


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_draws_the_same_again_and_fixing_a_field_changes_no_other(kind):
    free, again = (KINDS[kind].sample(KINDS[kind].spec(), Key("x")) for _ in range(2))
    assert free == again
    name = next(name for name in ("roll_deg", "plump_mm") if name in type(free).model_fields)
    fixed = KINDS[kind].sample(KINDS[kind].spec(**{name: 8.0}), Key("x")).model_dump()
    before = free.model_dump()
    assert fixed.pop(name) == 8.0 != before.pop(name)
    assert fixed == before


# --- how hats sit -----------------------------------------------------------------------------------------------------


def test_ears_hold_a_rim_up():
    fit = head("bald")[1]
    low = seat(fit, rise_mm=5, tilt_deg=30)
    over = seat(fit, rise_mm=5, tilt_deg=30, over_ears=True)
    for on, held in ((low, True), (over, False)):
        ears = max(((fit.ear(side) - on.chart.centre) @ on.chart.axes[2]).max() for side in SIDES)
        assert (ears <= 0) == held


def test_a_seat_lies_on_the_forehead_at_its_height_and_outside_of_the_head():
    fit = head("crop")[1]
    for rise in (5.0, 25.0):
        on = seat(fit, rise, 10)
        front = on.chart.points(0.0, 0.0, on.radius(0.0, 0.0))
        assert front[2] == pytest.approx(fit.anchor("glabella")[2] + rise, abs=2.5)
        assert abs(float(fit.distance(front[None])[0][0])) < 4
    high = fit.points[(fit.points - on.chart.centre) @ on.chart.axes[2] > 5]
    azimuth, elevation, radius = on.chart.locate(high)
    assert (on.radius(azimuth, elevation) - radius).min() > -0.7
    cleared = on.clear(high, 3.0)
    assert (on.chart.locate(cleared)[2] - on.radius(azimuth, elevation)).min() == pytest.approx(3.0)


def test_pinned_ears_stand_off_less():
    def farthest(amount):
        cage = head_model().displace(pinned_ears(amount), head_model().vertices)
        surface = skin_surface()
        ear = np.unique(surface.triangles[surface.part == Part.EAR_LEFT])
        return (surface.matrix @ cage)[ear, 0].max()

    assert farthest(0.8) < farthest(0.0) - 0.004


@pytest.mark.parametrize("turn", [0, 90, 180])
def test_the_bill_of_a_cap_points_where_it_is_turned(turn):
    fit = head("bald")[1]
    cap = CAP.sample(CAP.spec(turn_deg=turn, roll_deg=0, emblem="none", closure="closed"), Key("cap"))
    (mesh,) = CAP.build(cap, fit).meshes
    bill = np.unique(mesh.triangles[mesh.material == mesh.materials.index("cap_second")])
    points = fit.from_world(mesh.vertices[bill])
    tip = points[np.hypot(points[:, 0], points[:, 1] - 70).argmax()] - [0, 70, 0]
    ahead = np.degrees(np.arctan2(tip[0], -tip[1]))
    assert abs((ahead - turn + 180) % 360 - 180) < 22


def test_a_visor_is_a_lens_of_the_helmet():
    scene, geometry = wearing("motorcycle_helmet", 4, "crop", style="full", visor="closed")
    shell, visor = hat_of(geometry, "motorcycle_helmet")
    assert set(visor.part) == {Part.VISOR} and Part.VISOR in LENSES and set(shell.part) == {Part.HEADWEAR}
    assert isinstance(geometry.materials[visor.materials[0]], Lens)
    assert volume(visor.vertices * 1e3, visor.triangles) > 1e4
    eyes = np.array([eye.centre for eye in geometry.eyes])
    ahead = np.broadcast_to(fit_of(geometry).world_from_fit[:3, :3] @ [0, -1.0, 0], eyes.shape)
    assert np.isfinite(RayScene(visor.vertices, visor.triangles).first_hit(eyes, ahead)[1]).all()
    assert not np.isfinite(RayScene(shell.vertices, shell.triangles).first_hit(eyes, ahead)[1]).any()
    assert scene.accessories.headwear.style == "full"


# --- sheets with holes ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def dome():
    elevation, azimuth = np.meshgrid(np.linspace(0, np.pi / 2 - 0.01, 60), azimuths(160), indexing="ij")
    chart = tilted_chart((0, 0, 0))
    return grid_sheet(chart.points(azimuth, elevation, np.full(azimuth.shape, 100.0)), chart.centre)


def area(vertices, triangles):
    corners = vertices[triangles]
    return np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1).sum() / 2


def test_a_hole_is_cut_along_its_line():
    sheet = dome()
    middle = np.array([0, -100 * np.cos(0.8), 100 * np.sin(0.8)])
    away = np.linalg.norm(sheet.vertices - middle, axis=1) - 30
    opened = cut(sheet, away)
    # the cap of a sphere within a chord c has the area pi c^2 (Archimedes)
    assert area(sheet.vertices, sheet.triangles) - area(opened.vertices, opened.triangles) == pytest.approx(
        np.pi * 30**2, rel=0.01
    )
    rim, hole = sorted(borders(opened), key=len, reverse=True)
    assert np.linalg.norm(opened.vertices[hole] - middle, axis=1) == pytest.approx(30, abs=0.15)
    assert np.abs(opened.vertices[rim][:, 2]).max() < 1e-9
    width = area(np.pad(opened.uv.reshape(-1, 2), ((0, 0), (0, 1))), np.arange(len(opened.uv) * 3).reshape(-1, 3))
    assert width < area(np.pad(sheet.uv.reshape(-1, 2), ((0, 0), (0, 1))), np.arange(len(sheet.uv) * 3).reshape(-1, 3))


def test_a_stiffened_sheet_is_closed_and_as_thick_as_asked():
    sheet = cut(dome(), np.abs(dome().vertices[:, 0]) - 20)
    solid = stiffened(sheet, 2.0)
    assert volume(solid.vertices, solid.triangles) == pytest.approx(
        2.0 * area(sheet.vertices, sheet.triangles), rel=0.04
    )
    corners = np.round(solid.vertices, 9)
    _, same = np.unique(corners, axis=0, return_inverse=True)
    welded = same.reshape(-1)[solid.triangles]
    sides = np.concatenate([welded[:, [0, 1]], welded[:, [1, 2]], welded[:, [2, 0]]])
    _, count = np.unique(np.sort(sides, 1), axis=0, return_counts=True)
    assert (count == 2).all()


@pytest.mark.parametrize("cuff_mm", [0, 50])
def test_a_slouchy_beanie_hangs_behind_and_is_no_wider_in_front(cuff_mm):
    tight, loose = (
        put(2, headwear={"kind": "beanie", "cuff_mm": cuff_mm, "pompom_mm": 0, "slouch": slouch, "ribs": 0})
        for slouch in (0, 0.8)
    )
    (geometry, (mesh,), fit), (_, (still,), _) = loose, tight
    crown, before = (fit.from_world(one.vertices) for one in (mesh, still))
    assert np.ptp(crown[:, 1]) > np.ptp(before[:, 1]) + (25 if cuff_mm == 0 else 2)
    if not cuff_mm:
        end = crown[crown[:, 1] > crown[:, 1].max() - 8]
        assert 20 < crown[:, 2].max() - end[:, 2].mean() < 110, "it falls"
        assert np.ptp(end[:, 0]) < 0.6 * np.ptp(crown[:, 0]), "to a rounded end"
        assert np.abs(crown.min(0) - before.min(0)).max() < 8, "the edge stays where it is"
    fronts = [points[points[:, 1] < fit.anchor("glabella")[1] + 20] for points in (crown, before)]
    assert np.ptp(fronts[0][:, 0]) < np.ptp(fronts[1][:, 0]) + 4
    assert depth_in_skin_mm(geometry, mesh.vertices).max() < 1.0


def test_a_beanie_has_as_many_wales_as_it_is_knitted_with():
    (mesh,), fit = put(2, headwear={"kind": "beanie", "cuff_mm": 0, "pompom_mm": 0, "slouch": 0, "ribs": 60})[1:]
    points = fit.from_world(mesh.vertices)
    middle = points.mean(0)
    height = np.quantile(points[:, 2], 0.4)
    about = np.linspace(-np.pi, np.pi, 3600, endpoint=False)
    ways = np.stack([np.sin(about), -np.cos(about), 0 * about], 1)
    far = fit.rays_at([mesh]).first_hit(np.array([middle[0], middle[1], height]) + 300 * ways, -ways)[1]
    wales = far - gaussian_filter1d(far, 40, mode="wrap")
    assert ((wales < 0) & (np.roll(wales, 1) >= 0)).sum() == pytest.approx(60, abs=2)


@pytest.mark.parametrize("emblem", ["embroidery", "patch", "round_patch"])
def test_emblems_lie_wholly_on_what_is_sewn(emblem):
    half_x, half_y, corner = HALF_MM[emblem]
    pattern = PATTERNS["logo"]
    for seed in range(12):
        tile = pattern.tile(0.28, seed)
        cover = tile.values.max(-1) if tile.values.ndim == 3 else tile.values
        y, x = np.argwhere(cover > cover.max() / 2).T
        x, y = ((at + 0.5) / size - 0.5 for at, size in ((x, cover.shape[1]), (y, cover.shape[0])))
        beyond = np.abs(np.stack([x * tile.width_mm, y * tile.height_mm], 1)) - [half_x - corner, half_y - corner]
        inside = corner - np.linalg.norm(np.maximum(beyond, 0), axis=1) - np.minimum(beyond.max(1), 0)
        assert inside.min() > 0.5, seed
