"""Masks: how they lie on faces, what holds them, what they do to hair."""

import numpy as np
import pytest
from scipy.spatial import cKDTree

from synthgen.accessories import PLACES, accessory_materials, put_on
from synthgen.errors import SpecError
from synthgen.materials import Lens
from synthgen.parts import Part
from synthgen.rays import RayScene
from synthgen.scene import dump_scene, parse_scene
from synthgen.spec import parse_spec
from synthgen.yaml_source import parse_yaml
from tests.worn import bare, built, depth_in_skin_mm, put, wearing

KINDS = [kind.name for kind in PLACES["mask"]]


def skin_of(geometry, *parts):
    mesh = next(mesh for mesh in geometry.meshes if mesh.name == "skin")
    return mesh.vertices[np.unique(mesh.triangles[np.isin(mesh.part, parts)])]


@pytest.mark.parametrize("kind", KINDS)
def test_a_mask_covers_the_mouth_and_does_not_cut_the_head(kind):
    geometry, worn, fit = put(7, "surprise", mask={"kind": kind} | ({} if kind == "face_shield" else {"wear": "on"}))
    points = np.concatenate([mesh.vertices for mesh in worn])
    assert sum(len(mesh.triangles) for mesh in worn) < 60_000
    assert depth_in_skin_mm(geometry, points).max() < 1.0
    lips, local = fit.from_world(skin_of(geometry, Part.LIP_UPPER, Part.LIP_LOWER)), fit.from_world(points)
    before = local[(np.abs(local[:, 0]) < 25) & (np.abs(local[:, 2] - lips[:, 2].mean()) < 12)]
    assert len(before) > 20 and before[:, 1].min() < lips[:, 1].min()


@pytest.mark.parametrize(("wear", "shown"), [("under_nose", ("nose_tip",)), ("chin", ("nose_tip", "subnasale"))])
def test_a_mask_pulled_down_shows_what_is_above_it(wear, shown):
    _, worn, fit = put(2, mask={"kind": "surgical", "wear": wear})
    top = fit.from_world(worn[0].vertices)[:, 2].max()
    assert all(top < fit.anchor(name)[2] for name in shown)


def test_loops_run_behind_both_ears_and_pull_them():
    geometry, worn, fit = built(2, mask={"kind": "surgical", "wear": "on"})
    loops = cKDTree(next(mesh for mesh in worn if mesh.name.endswith("loops")).vertices)
    for side in ("left", "right"):
        assert loops.query(fit.to_world(fit.ear_groove(side)[[2, 6]]))[0].max() < 0.006
    wide = [np.ptp(skin_of(g, Part.EAR_LEFT, Part.EAR_RIGHT)[:, 0]) for g in (geometry, bare(2)[0])]
    assert wide[0] > wide[1] + 0.001


def test_a_mask_on_an_ear_leaves_the_face_free():
    geometry, worn, fit = put(2, mask={"kind": "surgical", "wear": "ear"})
    away = cKDTree(worn[0].vertices).query(skin_of(geometry, Part.LIP_UPPER, Part.LIP_LOWER, Part.NOSE))[0]
    assert away.min() > 0.03
    points = fit.from_world(worn[0].vertices)
    lobe = fit.spot("lobe", "left" if points[:, 0].mean() > 0 else "right")[0]
    assert abs(points[:, 1].mean() - lobe[1]) < 25 and points[:, 2].max() < lobe[2]


@pytest.mark.parametrize("kind", ["n95", "duckbill", "respirator"])
def test_straps_pass_above_and_below_the_ears_round_the_back(kind):
    _, worn, fit = put(2, mask={"kind": kind, "wear": "on"})
    mesh = next(mesh for mesh in worn if mesh.name.endswith("straps"))
    strap = mesh.materials.index(f"{kind}_strap")
    points = fit.from_world(mesh.vertices[np.unique(mesh.triangles[mesh.material == strap])])
    ear = fit.ear_groove("left")
    beside = points[(np.abs(points[:, 1] - ear[:, 1].mean()) < 6) & (points[:, 0] > 30)]
    assert beside[:, 2].max() > ear[0, 2] and beside[:, 2].min() < ear[-1, 2]
    assert (points[np.abs(points[:, 0]) < 5, 1] > 60).any()


def test_a_mask_slides_under_the_rims_of_glasses():
    glasses = {"kind": "glasses", "shape": "square", "slide_mm": 12.0, "size": 1.1}
    _, worn, fit = put(7, "surprise", glasses=glasses, mask={"kind": "cloth_mask", "wear": "on"})
    mask = next(mesh for mesh in worn if mesh.name == "cloth_mask")
    frame = next(mesh for mesh in worn if mesh.name == "glasses_frame")
    rims, cloth = fit.from_world(frame.vertices), fit.from_world(mask.vertices)
    rims = rims[(rims[:, 1] < fit.corneas[:, 1].max()) & (rims[:, 2] < cloth[:, 2].max())]
    rays = RayScene(cloth, mask.triangles)
    behind, before = (
        np.isfinite(rays.first_hit(rims, np.tile(way, (len(rims), 1)))[1]) for way in ([0, 1, 0], [0, -1, 0])
    )
    assert (behind & ~before).sum() > 20, "the rims reach over the mask"
    assert before.sum() < 0.1 * behind.sum()


def test_a_beard_is_under_the_mask_and_brows_are_not_touched():
    geometry, worn, fit = built(
        3004, mask={"kind": "cloth_mask", "wear": "on", "belly_mm": 0}, facial_hair={"style": "full_beard"}
    )
    mask = next(mesh for mesh in worn if mesh.name == "cloth_mask")
    rays = RayScene(mask.vertices, mask.triangles)
    points = next(strands for strands in geometry.strands if strands.part == Part.BEARD).points.reshape(-1, 3)
    local = fit.from_world(points) - fit.anchor("subnasale")
    points = points[(np.abs(local[:, 0]) < 30) & (np.abs(local[:, 2] + 18) < 18)]
    out = points - fit.to_world(fit.anchor("subnasale")[None] * [0, 0, 1] - [0, 0, 15])
    below, over = (rays.first_hit(points, way)[1] for way in (out, -out))
    assert np.isfinite(below).sum() > 500, "hair is under the mask"
    assert np.sum(~np.isfinite(below) & (over < 0.008)) < 0.005 * np.isfinite(below).sum(), "and none comes through"
    brows = [next(s for s in g.strands if s.part == Part.BROW_LEFT).points for g in (geometry, bare(3004)[0])]
    assert np.abs(brows[0] - brows[1]).max() < 1e-6


def test_a_visor_is_clear_and_has_a_part_of_its_own():
    scene = wearing(2, mask={"kind": "face_shield"})
    visor = put_on(scene.accessories, bare(2)[1]).meshes[-1]
    assert (visor.part == Part.VISOR).all() and visor.materials[0] == "face_shield_visor"
    lens = accessory_materials(scene.accessories)["face_shield_visor"]
    assert isinstance(lens, Lens) and lens.transmission("rgb") > 0.8


def test_cloth_of_masks_is_laid_flat_without_stretch():
    _, worn, _ = put(2, mask={"kind": "cloth_mask", "wear": "on"})
    mesh = worn[0]
    corners, flat = mesh.vertices[mesh.triangles] * 1e3, mesh.uv
    long = [np.linalg.norm(points[:, 1] - points[:, 0], axis=1) for points in (corners, flat)]
    assert 0.8 < np.median(long[1] / long[0]) < 1.2


def test_a_scene_with_a_mask_survives_its_file():
    scene = wearing(mask={"kind": "cloth_mask", "fabric": {"pattern": "dots"}})
    assert parse_scene(dump_scene(scene)) == scene


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{kind: ffp2}", "unknown kind 'ffp2' .allowed: none, surgical"),
        ("{kind: n95, wear: ear}", "'ear' is not known .allowed: on, under_nose, chin"),
        ("{kind: kn95, ridge_mm: 60}", "60 is outside the allowed range 6 .. 26"),
    ],
)
def test_a_wrong_request_is_named(text, said):
    with pytest.raises(SpecError, match=said):
        parse_spec(parse_yaml(f"accessories: {{mask: {text}}}", "spec.yaml"))
