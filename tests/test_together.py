"""What is worn over something else lies on it, not in it."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial import cKDTree

from synthgen.accessories.geometry import ellipsoid
from synthgen.accessories.yielding import lifted_off
from synthgen.assemble import assemble
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.rays import RayScene
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec
from tests.worn import BARE, bare, built, put, wearing

PAIRS = {
    "straps under pads": ({"mask": {"kind": "n95", "wear": "on"}}, {"audio": {"kind": "over_ear"}}),
    "loops under pads": ({"mask": {"kind": "surgical", "wear": "on"}}, {"audio": {"kind": "headset"}}),
    "temples under pads": ({"glasses": {"kind": "glasses", "shape": "wayfarer"}}, {"audio": {"kind": "over_ear"}}),
    "studs under pads": ({"earrings": {"kind": "studs", "size_mm": 7}}, {"audio": {"kind": "on_ear"}}),
    "a tie under the band": ({"mask": {"kind": "cone", "wear": "on"}}, {"audio": {"kind": "over_ear"}}),
    "a boom before filters": ({"mask": {"kind": "respirator", "wear": "on"}}, {"audio": {"kind": "headset"}}),
    "temples under a strap": ({"glasses": {"kind": "glasses"}}, {"mask": {"kind": "face_shield"}}),
    "wide glasses behind a shield": (
        {"glasses": {"kind": "glasses", "shape": "cat_eye", "size": 1.15}},
        {"mask": {"kind": "face_shield", "wrap_deg": 70}},
    ),
    "a gaiter under goggles": ({"mask": {"kind": "neck_gaiter", "wear": "on"}}, {"glasses": {"kind": "ski_goggles"}}),
    "glasses under a bill": (
        {"glasses": {"kind": "glasses", "shape": "butterfly", "size": 1.15}},
        {"headwear": {"kind": "cap", "turn_deg": 0, "rise_mm": 2, "curve": 1, "bill_mm": 80}},
    ),
    "a beanie under goggles": (
        {"headwear": {"kind": "beanie"}},
        {"glasses": {"kind": "ski_goggles", "worn_at": "forehead"}},
    ),
    "a durag under goggles": (
        {"headwear": {"kind": "durag"}},
        {"glasses": {"kind": "safety_goggles", "worn_at": "forehead"}},
    ),
    "a helmet under goggles": (
        {"headwear": {"kind": "bike_helmet"}},
        {"glasses": {"kind": "ski_goggles", "worn_at": "forehead"}},
    ),
    "a mask under goggles": ({"mask": {"kind": "cloth_mask", "wear": "on"}}, {"glasses": {"kind": "safety_goggles"}}),
}

CLOTH_OVER = {
    "a filter under a hijab": ({"mask": {"kind": "respirator", "wear": "chin"}}, {"headwear": {"kind": "hijab"}}),
    "a knot under a durag": ({"mask": {"kind": "bandana", "wear": "on"}}, {"headwear": {"kind": "durag"}}),
    "straps under earmuffs": ({"mask": {"kind": "cone", "wear": "on"}}, {"headwear": {"kind": "earmuffs"}}),
    "a mask under a chin strap": ({"mask": {"kind": "kn95", "wear": "chin"}}, {"headwear": {"kind": "bike_helmet"}}),
    "a scarf under a durag": ({"neckwear": {"kind": "scarf"}}, {"headwear": {"kind": "durag"}}),
}


def deepest_mm(one: list[Mesh], other: list[Mesh]) -> float:
    points = np.concatenate([mesh.vertices for mesh in one])
    return 1e3 * max(float(RayScene(m.vertices, m.triangles).depth_inside(points).max()) for m in other)


def edges_cross_mm(one: list[Mesh], other: list[Mesh]) -> float:
    """Return the spread of the places where edges of one pass through triangles of the other."""
    found = [np.zeros((0, 3))]
    for mesh in one:
        a, b = (mesh.vertices[mesh.triangles[:, k]] for k in (0, 1))
        way = b - a
        long = np.linalg.norm(way, axis=1)
        a, way, long = a[long > 1e-6], way[long > 1e-6], long[long > 1e-6]
        for solid in other:
            hit, distance = RayScene(solid.vertices, solid.triangles).first_hit(a, way, long)
            found.append((a + way / long[:, None] * np.where(hit < 0, 0, distance)[:, None])[hit >= 0])
    points = np.concatenate(found) * 1e3
    return max((float(np.linalg.norm(np.ptp(half, 0))) for half in _halves(points) if len(half)), default=0.0)


def _halves(points):
    return points[points[:, 0] > 0], points[points[:, 0] <= 0]


def over_and_under(second, worn):
    """Return the meshes of the item put on last, and those of what is on before."""
    kind = next(iter(second.values()))["kind"]
    over = [mesh for mesh in worn if mesh.instance == kind]
    under = [mesh for mesh in worn if mesh.instance != kind]
    assert over and under
    return over, under


@pytest.mark.parametrize("first, second", PAIRS.values(), ids=PAIRS)
def test_the_later_lies_on_the_earlier(first, second):
    over, under = over_and_under(second, put(7, **first, **second)[1])
    assert max(deepest_mm(under, over), deepest_mm(over, under)) < 1.0
    assert max(edges_cross_mm(under, over), edges_cross_mm(over, under)) < 30.0


def test_loops_of_masks_lie_over_studs():
    first, second = {"earrings": {"kind": "studs"}}, {"mask": {"kind": "kn95", "wear": "on"}}
    over, under = over_and_under(second, put(13, **first, **second)[1])
    assert max(deepest_mm(under, over), deepest_mm(over, under)) < 0.5


@pytest.mark.parametrize("kind", ("earbuds", "wired_earbuds", "studs"))
def test_what_is_in_ears_is_put_on_before_masks(kind):
    place = "earrings" if kind == "studs" else "audio"
    on = wearing(glasses={"kind": "glasses"}, mask={"kind": "kn95", "wear": "on"}, **{place: {"kind": kind}})
    assert [item.kind for item in on.accessories.worn] == ["glasses", kind, "kn95"]


def test_prints_are_on_the_chest_and_not_on_the_hood():
    clothing = {"kind": "hoodie", "fabric": {"pattern": "logo"}}
    spec = {"identity": {"ids": [4]}, "clothing": clothing, "accessories": {"headwear": {"kind": "hood"}}}
    scene = sample_scene(SceneSpec.model_validate(spec), 0)
    assert scene.accessories.headwear.fabric == scene.clothing.fabric.plain()


@pytest.mark.parametrize("kind", ("bike_helmet", "hard_hat"))
def test_scarves_are_put_on_after_chin_straps(kind):
    on = wearing(neckwear={"kind": "scarf"}, headwear={"kind": kind})
    assert [item.kind for item in on.accessories.worn] == [kind, "scarf"]


def test_a_niqab_lies_over_wide_glasses():
    first, second = {"glasses": {"kind": "glasses", "shape": "butterfly", "size": 1.1}}, {"headwear": {"kind": "niqab"}}
    over, under = over_and_under(second, put(3, **first, **second)[1])
    assert max(edges_cross_mm(under, over), edges_cross_mm(over, under)) < 15.0


# --- cloth that gives way ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first, second", CLOTH_OVER.values(), ids=CLOTH_OVER)
def test_cloth_passes_through_nothing(first, second):
    over, under = over_and_under(second, built(2, **first, **second)[1])
    assert max(edges_cross_mm(under, over), edges_cross_mm(over, under)) < 6.0


def sheet(fit, height_mm, part=Part.HEADWEAR):
    """Return a level square of cloth over a head's crown, 160 mm wide, at a height above it."""
    x, y = np.meshgrid(np.linspace(-80, 80, 41), np.linspace(-80, 80, 41))
    top = fit.points[fit.points[:, 2].argmax()]
    points = np.stack([top[0] + x, top[1] + y, np.full(x.shape, top[2] + height_mm)], -1).reshape(-1, 3)
    k = np.arange(41 * 40).reshape(40, 41)[:, :-1].ravel()
    triangles = np.concatenate([np.stack([k, k + 1, k + 41], 1), np.stack([k + 1, k + 42, k + 41], 1)])
    return Mesh(
        "sheet", fit.to_world(points), triangles, np.full(len(triangles), part, np.int16), ("sheet_cloth",), "sheet"
    )


def with_ball(fit, height_mm):
    """Return the head with a ball of 20 mm worn on the crown, at a height above it."""
    solid = ellipsoid(np.full(3, 10.0), 24)
    vertices = fit.to_world(solid.vertices + fit.points[fit.points[:, 2].argmax()] + [0, 0, height_mm])
    part = np.full(len(solid.triangles), Part.HEADWEAR, np.int16)
    return replace(fit, worn=(Mesh("ball", vertices, solid.triangles, part, ("ball",), "ball"),))


def heights(fit, mesh):
    return fit.from_world(mesh.vertices)[:, 2].reshape(41, 41)


def test_cloth_is_lifted_off_what_it_cuts_and_nothing_else_moves():
    fit = bare(2)[1]
    flat = sheet(fit, 20.0)
    (lifted,) = lifted_off((flat,), with_ball(fit, 16.0), ("_cloth",))
    rise = heights(fit, lifted) - heights(fit, flat)
    assert 5.5 < rise[20, 20] < 9.0 and rise.min() > -0.01
    assert np.abs(rise[[0, -1]]).max() < 0.01  # 80 mm away
    assert 0.2 < rise[20, 24] < rise[20, 20]  # it tents beside the ball
    assert edges_cross_mm([lifted], list(with_ball(fit, 16.0).worn)) == 0


@pytest.mark.parametrize("height_mm, soft", [(40.0, ("_cloth",)), (-5.0, ("_cloth",)), (16.0, ("_shell",))])
def test_cloth_stays_where_nothing_cuts_it_or_it_is_hard(height_mm, soft):
    fit = bare(2)[1]
    flat = sheet(fit, 20.0)
    (found,) = lifted_off((flat,), with_ball(fit, height_mm), soft)
    assert np.array_equal(found.vertices, flat.vertices)


def test_hoods_lie_as_what_is_worn_leaves_them():
    def hooded(**accessories):
        spec = {"identity": {"ids": [4]}, "clothing": {"kind": "hoodie"}, **BARE, "accessories": accessories}
        scene = sample_scene(SceneSpec.model_validate(spec), 0)
        return scene, {mesh.name: mesh for mesh in assemble(scene, 64).meshes}

    (_, down), (_, flat) = hooded(), hooded(neckwear={"kind": "scarf"})
    scene, up = hooded(headwear={"kind": "hood"})

    def off_the_back_mm(meshes):
        hood = meshes["hoodie_hood"].vertices
        behind = hood[hood[:, 1] > hood[:, 1].max() - 0.08]
        return 1e3 * np.quantile(cKDTree(meshes["hoodie"].vertices).query(behind)[0], 0.9)

    assert off_the_back_mm(flat) < 16 < 28 < off_the_back_mm(down) < 45
    assert "hoodie_hood" not in up and scene.accessories.headwear.fabric == scene.clothing.fabric


@pytest.mark.parametrize("hat", [{"kind": "beanie", "rise_mm": 0}, {"kind": "headband", "rise_mm": 10, "width_mm": 40}])
def test_hats_sit_above_the_rims_of_glasses(hat):
    glasses = {"kind": "glasses", "shape": "square", "size": 1.15}
    hats = []
    for accessories in ({"headwear": hat}, {"glasses": glasses, "headwear": hat}):
        _, worn, fit = put(4, **accessories)
        hats.append(np.concatenate([fit.from_world(mesh.vertices) for mesh in worn if mesh.instance == hat["kind"]]))
    frame = np.concatenate([fit.from_world(mesh.vertices) for mesh in worn if mesh.instance == "glasses"])
    top = frame[np.abs(frame[:, 0]) < 40, 2].max()
    ahead = [points[(points[:, 1] < frame[:, 1].min() + 25) & (np.abs(points[:, 0]) < 40), 2].min() for points in hats]
    assert ahead[0] < top < ahead[1]


def test_straps_stay_at_the_chin_above_a_scarf():
    def lowest_mm(**more):
        _, worn, fit = put(7, headwear={"kind": "bike_helmet"}, **more)
        return min(fit.from_world(mesh.vertices)[:, 2].min() for mesh in worn if mesh.instance == "bike_helmet")

    assert lowest_mm(neckwear={"kind": "scarf", "style": "infinity"}) > lowest_mm() - 3
