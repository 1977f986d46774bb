"""The hair of the head: every style covers the scalp, stays out of the head, and is worn as its numbers say."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.spatial import KDTree

from synthgen.accessories.geometry import volume
from synthgen.errors import SpecError
from synthgen.hair.growth import blend
from synthgen.hair.head_hair import HairSpec, sample_hair
from synthgen.hair.names import NAMED, OLDER, named_hair
from synthgen.hair.popularity import POPULARITY
from synthgen.hair.roots import chart
from synthgen.hair.scalp import REGIONS, Outline, above_hairline, azimuth_deg, kept, loss, regions
from synthgen.hair.styles import STYLES
from synthgen.head.skin import skin_surface
from synthgen.mesh import unit
from synthgen.parts import Part
from synthgen.rays import RayScene
from synthgen.rng import Key, identity_key
from synthgen.spec import load_spec
from synthgen.transforms import apply, invert
from tests.test_hair import person

HAIRY = [name for name, style in STYLES.items() if style is not None]
INSIDE_M, CLOTH_M = 0.0005, 0.001
"""A hair this deep in skin or clothes is less than a pixel of a head that fills 512 pixels from where it should be."""


ABOVE_NECK_M = 0.785
"""Below this the skin behind the head moves with the neck."""


def head_hair(geometry):
    return [strands for strands in geometry.strands if strands.part == Part.HAIR]


def places(strands):
    assert strands.at is not None
    return strands.at


def points_of(geometry, every=1):
    return np.concatenate([s.points[::every, 1:].reshape(-1, 3) for s in head_hair(geometry)]).astype(float)


def upright(geometry, points):
    """Return points (n, 3) in the head's frame: x to the subject's left, y down, z to the back."""
    return apply(invert(geometry.world_from_head), points)


def length_of(strands):
    return np.linalg.norm(np.diff(strands.points, axis=1), axis=2).sum(1)


@pytest.mark.parametrize("style", HAIRY)
def test_every_style_grows_from_the_scalp_and_stays_out_of_head_and_clothes(style):
    pose = {"yaw_deg": 25, "pitch_deg": -12, "roll_deg": 12}
    geometry = person(29, hair={"style": style, "density": 0.5}, head_pose=pose, clothing={"kind": "tshirt"})
    hair = head_hair(geometry)
    assert sum(len(s.points) for s in hair) > 2500
    for strands in hair:
        assert np.isfinite(strands.points).all() and (strands.radius > 0).all()
        assert len(places(strands)) == len(strands.points)
    assert share_inside(geometry) < 0.002


def share_inside(geometry):
    """Return the share of the hair's points that lie in skin or clothes."""
    points = points_of(geometry, every=5)
    wrong = RayScene(geometry.skin, skin_surface().triangles).depth_inside(points) > INSIDE_M
    for mesh in geometry.meshes:
        if mesh.instance != "person" and (mesh.part != Part.HAIR_TIE).all():
            wrong |= RayScene(mesh.vertices, mesh.triangles).depth_inside(points) > CLOTH_M
    return wrong.mean()


@pytest.mark.parametrize(
    ("style", "worn"),
    [
        ("long_straight", ("hoodie", "none")),
        ("box_braids", ("hoodie", "none")),
        ("bob_long", ("shirt", "blazer")),
        ("pigtails", ("shirt", "none")),
        ("long_straight", ("hoodie", "puffer")),
        ("crop", ("shirt", "puffer")),
    ],
)
def test_hair_lies_on_hoods_and_collars(style, worn):
    pose = {"yaw_deg": -20, "pitch_deg": 10, "roll_deg": -10}
    clothes = {"clothing": {"kind": worn[0]}, "outerwear": {"kind": worn[1]}}
    geometry = person(29, hair={"style": style, "density": 0.5}, head_pose=pose, **clothes)
    assert share_inside(geometry) < 0.002


def test_long_hair_falls_over_a_hood_and_not_into_it():
    hair = {"style": "long_straight", "density": 0.5}
    geometry = person(29, hair=hair, clothing={"kind": "hoodie"}, outerwear={"kind": "none"})
    (hood,) = [mesh for mesh in geometry.meshes if mesh.name == "hoodie_hood"]
    points = points_of(geometry, every=5)
    hanging = points[points[:, 2] < hood.vertices[:, 2].max() - 0.02]
    backwards = np.tile(geometry.world_from_head[:3, 2], (len(hanging), 1))
    below, _ = RayScene(hood.vertices, hood.triangles).first_hit(hanging, backwards, 0.12)
    place = upright(geometry, hanging)
    behind = (np.abs(place[:, 0]) < 0.07) & (place[:, 2] > 0.06)
    assert behind.sum() > 500 and (below[behind] >= 0).mean() < 0.02


def test_the_measure_sees_what_lies_inside():
    geometry = person(29, hair={"style": "crop"})
    points = points_of(geometry, every=20)
    pushed = points + 0.12 * (geometry.head_centre - points)
    skin = RayScene(geometry.skin, skin_surface().triangles)
    assert (skin.depth_inside(pushed) > INSIDE_M).mean() > 0.5
    assert (skin.depth_inside(points + np.array([0, 0, 0.3])) == 0).all()
    skull = geometry.head_centre + np.array([0, 0, 0.04])  # lower it is near the mouth's walls
    assert skin.depth_inside(skull[None])[0] > 0.05


@pytest.mark.parametrize("style", ["crop", "quiff", "balding", "cornrows", "buzz"])
def test_hair_that_does_not_hang_turns_with_the_head_and_does_not_slide(style):
    hair = {"style": style, "density": 0.5}
    still = person(29, hair=hair)
    turned = person(29, hair=hair, head_pose={"yaw_deg": 40, "pitch_deg": -15, "roll_deg": 12})
    if style == "cornrows":
        still, turned = (SimpleNamespace(g=g, hair=head_hair(g)[:1]) for g in (still, turned))
    else:
        still, turned = (SimpleNamespace(g=g, hair=head_hair(g)) for g in (still, turned))
    before, after = (
        np.concatenate([s.points[places(s)[:, 2] > ABOVE_NECK_M, 0] for s in who.hair]).astype(float)
        for who in (still, turned)
    )
    back = apply(still.g.world_from_head @ invert(turned.g.world_from_head), after)
    assert abs(len(before) - len(after)) < 0.02 * len(before)
    assert np.percentile(KDTree(before).query(back)[0], 98) < 2e-4


@pytest.mark.parametrize("style", ["crop", "quiff", "curls", "long_straight", "balding", "buzz_skin_fade"])
def test_roots_stay_in_the_skin_whatever_the_face_does(style):
    moved = person(29, hair={"style": style, "density": 0.5}, expression={"units": {"jawOpen": 0.7, "browInnerUp": 1}})
    roots = np.concatenate([s.points[:, 0] for s in head_hair(moved)])
    assert KDTree(moved.skin).query(roots)[0].max() < 0.005


def test_hair_covers_the_ears_or_leaves_them_free():
    triangles = skin_surface().triangles[skin_surface().part == Part.EAR_LEFT]

    def before_ear(style):
        geometry = person(29, hair={"style": style, "length": 1, "volume": 1})
        ear = upright(geometry, geometry.skin[np.unique(triangles)])
        hair = upright(geometry, points_of(geometry))
        low, high = np.percentile(ear[:, 1:], 20, axis=0), np.percentile(ear[:, 1:], 80, axis=0)
        beside = ((hair[:, 1:] > low) & (hair[:, 1:] < high)).all(1) & (hair[:, 0] > np.percentile(ear[:, 0], 60))
        return beside.sum()

    assert before_ear("bob") > 300 and before_ear("long_straight") > 300
    for style in ("crop", "side_part", "ponytail", "bun_low"):
        assert before_ear(style) < 25


def test_norwood_stages_lose_more_and_more_from_the_temples_to_the_top():
    at = chart()[np.unique(skin_surface().triangles[skin_surface().part == Part.SCALP])]
    at = at[above_hairline(at, Outline()) > 0.004]
    shares = [kept(at, Outline(stage=stage), Key("test")).mean() for stage in range(1, 8)]
    assert shares[0] == 1 and np.all(np.diff(shares) < 0)
    crown = at[np.linalg.norm(at - [0.012, 0.022, 0.868], axis=1) < 0.018]
    middle = at[(np.abs(at[:, 0]) < 0.02) & (np.abs(at[:, 1] + 0.075) < 0.012)]
    temples = at[(np.abs(np.abs(at[:, 0]) - 0.05) < 0.008) & (at[:, 1] < -0.105)]
    assert (loss(temples, 2.5) > -0.01).mean() > 0.5 > (loss(crown, 2.5) > 0).mean()
    assert (loss(crown, 4) > 0).all() and (loss(middle, 4) < 0).all()
    assert (loss(middle, 6.5) > 0).all()
    sides = at[(azimuth_deg(at) > 75) & (at[:, 2] < 0.804)]
    assert kept(sides, Outline(stage=7), Key("test")).mean() > 0.6


def test_the_edge_of_bald_skin_is_soft_and_its_hairs_are_thin():
    geometry = person(29, hair={"style": "balding", "norwood": 6, "density": 1})
    strands = head_hair(geometry)[0]
    depth = loss(places(strands), 6.0)
    assert (np.abs(depth) < 0.006).mean() > 0.02
    at_edge, inside = strands.radius[depth > -0.002, 0], strands.radius[depth < -0.035, 0]
    assert np.median(at_edge) < 0.7 * np.median(inside)


def test_fades_are_shorter_below_and_higher_the_more():
    def side_length(fade):
        hair = head_hair(person(29, hair={"style": "crop", "fade": fade, "length": 1}))
        at, length = np.concatenate([places(s) for s in hair]), np.concatenate([length_of(s) for s in hair])
        side = (azimuth_deg(at) > 80) & (azimuth_deg(at) < 120)
        return [np.median(length[side & (np.abs(at[:, 2] - z) < 0.006)]) for z in (0.790, 0.808)]

    none, low, high = side_length(0.0), side_length(0.35), side_length(1.0)
    assert none[0] > low[0] > high[0] and high[0] < 0.5 * none[0]
    assert none[1] > high[1]


@pytest.mark.parametrize(
    ("style", "field", "low", "high", "measure"),
    [
        ("long_straight", "length", 0.7, 1.4, lambda p: -np.percentile(p[:, 1], 98)),
        ("bob", "volume", 0.5, 1.8, lambda p: -np.percentile(np.abs(p[:, 0]), 95)),
        ("long_straight", "fringe", 0.0, 1.0, lambda p: -np.sum((p[:, 2] < 0.01) & (np.abs(p[:, 0]) < 0.035))),
        ("ponytail", "tail_height", 0.0, 1.0, lambda p: np.percentile(p[p[:, 2] > p[:, 2].max() - 0.03][:, 1], 5)),
        ("layered", "layers", 0.0, 1.0, lambda p: np.mean(p[:, 1])),
        ("afro", "length", 0.6, 1.5, lambda p: np.percentile(p[:, 1], 2)),
    ],
)
def test_a_field_does_what_it_says(style, field, low, high, measure):
    small, large = (
        measure(
            upright(
                person(29, hair={"style": style, field: value}),
                points_of(person(29, hair={"style": style, field: value})),
            )
        )
        for value in (low, high)
    )
    assert large < small


def test_curl_bends_hair_at_every_point():
    def bend_deg(curl):
        (hair,) = head_hair(person(29, hair={"style": "curls", "curl": curl}))
        step = unit(np.diff(hair.points.astype(float), axis=1))
        return np.degrees(np.arccos(np.clip((step[:, 1:] * step[:, :-1]).sum(2), -1, 1))).mean()

    assert bend_deg(0.0) < 8 < 40 < bend_deg(1.0) < bend_deg(1.5)


def test_fields_that_a_style_does_not_have_stay_empty():
    drawn = sample_hair(HairSpec(style="afro", fade=0.5, fringe=1, tail_height=1), ANCESTRY, 30, 1, Key("x"))
    assert drawn.fade is drawn.fringe is drawn.layers is drawn.tail_height is None
    drawn = sample_hair(HairSpec(style="crop", fade=0.5), ANCESTRY, 30, 1, Key("x"))
    assert drawn.fade == 0.5


ANCESTRY = {"african": 0.0, "asian": 0.0, "caucasian": 1.0}


def test_a_wrong_style_or_stage_is_refused_with_what_is_allowed(tmp_path):
    for text, said in (("{style: mullet}", "'mullet' is not known"), ("{norwood: 8}", "outside the allowed range 1")):
        path = tmp_path / "spec.yaml"
        path.write_text(f"hair: {text}\n")
        with pytest.raises(SpecError, match=said):
            load_spec(path)


def test_every_style_has_a_weight_and_somebody_wears_it():
    assert list(POPULARITY) == list(STYLES)
    assert all(row.men or row.women or row.coily_men or row.coily_women for row in POPULARITY.values())


def test_loss_comes_with_age_to_men_and_diffuse_thinning_to_women():
    def draw(n, male, age):
        return sample_hair(HairSpec(), ANCESTRY, age, male, identity_key(n).child("hair"))

    young, old, women = ([draw(n, *who) for n in range(400)] for who in ((1, 25), (1, 65), (0, 65)))
    assert 0.08 < np.mean([h.norwood >= 3 for h in young]) < 0.25
    assert np.mean([h.norwood >= 3 for h in old]) > 0.5
    assert max(h.norwood for h in women) == 1 and max(h.thinning for h in old) == 0
    assert 0.1 < np.mean([h.thinning > 0.2 for h in women]) < 0.6


def test_what_ties_hair_is_a_thing_of_its_own_about_the_hair():
    for style, count in (("ponytail", 1), ("pigtails", 2), ("twin_braids", 4), ("bob", 0)):
        geometry = person(29, hair={"style": style, "density": 0.5})
        ties = [mesh for mesh in geometry.meshes if (mesh.part == Part.HAIR_TIE).all()]
        assert len(ties) == count == sum(name.startswith("hair_tie") for name in geometry.instances)
        for tie in ties:
            assert volume(tie.vertices, tie.triangles) > 0
            middle, size = tie.vertices.mean(0), np.ptp(tie.vertices, axis=0).max() / 2
            near = np.linalg.norm(points_of(geometry) - middle, axis=1)
            assert (near < 0.7 * size).sum() > 50


def test_braids_do_not_run_through_each_other():
    geometry = person(29, hair={"style": "box_braids", "density": 0.5}, clothing={"kind": "tshirt"})
    hanging = head_hair(geometry)[1]
    starts, braid = np.unique(places(hanging), axis=0, return_inverse=True)
    middles = np.stack([hanging.points[braid.reshape(-1) == b].mean(0) for b in range(len(starts))])[:, 20:-12:4]
    flat, owner = middles.reshape(-1, 3), np.repeat(np.arange(len(starts)), middles.shape[1])
    one, other = KDTree(flat).query_pairs(0.003, output_type="ndarray").T
    assert (owner[one] != owner[other]).sum() < 0.02 * len(flat)


def test_hair_falls_from_the_back_of_the_head_to_the_back_without_a_bend_at_the_collar():
    hair = {"style": "long_straight", "density": 0.5, "frizz": 0.3}
    geometry = person(29, hair=hair, clothing={"kind": "tshirt"})
    hair = upright(geometry, points_of(geometry))
    behind = hair[(np.abs(hair[:, 0]) < 0.05) & (hair[:, 2] > 0.08)]
    heights = np.arange(0.03, 0.17, 0.01)
    outline = np.array([np.percentile(behind[np.abs(behind[:, 1] - y) < 0.008, 2], 90) for y in heights])
    assert np.abs(np.diff(outline, 2)).max() < 0.008


def test_wet_hair_lies_flat():
    def over_the_skin(water):
        geometry = person(29, hair={"style": "quiff", "density": 0.5}, hair_film={"water": water, "grease": 0})
        return np.percentile(KDTree(geometry.skin).query(points_of(geometry, every=7))[0], 95)

    assert over_the_skin(1.0) < 0.6 * over_the_skin(0.0)


def test_strands_know_their_region_of_the_scalp():
    hair = head_hair(person(29, hair={"style": "crop", "norwood": 1}))
    found = np.concatenate([regions(places(s)) for s in hair])
    assert set(found) == set(range(len(REGIONS)))
    at = np.concatenate([places(s) for s in hair])
    assert at[found == REGIONS.index("forelock")][:, 1].max() < at[found == REGIONS.index("crown")][:, 1].min()
    assert at[found == REGIONS.index("nape")][:, 2].max() < at[found == REGIONS.index("top")][:, 2].min()


FAMILIES = {"afro": 13, "afro_ponytail": 4, "balding": 6, "bob": 28, "buzzcut": 2, "convertible": 1, "curtain": 9}
FAMILIES |= {"flattop": 6, "frenchcrop": 3, "layered": 6, "messy": 11, "mohawk": 2, "pompadour": 2, "quiff": 2}
FAMILIES |= {"simple": 2, "slicked": 1, "long_wavy": 5, "short_wavy": 5}
"""How many styles of each family the closed service has, by its documentation."""


def test_each_of_the_108_names_is_a_style_of_its_own_whose_fields_apply():
    expected = [f"{family}_{n:02d}" for family, count in FAMILIES.items() for n in range(1, count + 1)]
    assert sorted(NAMED) == sorted(expected) and len(NAMED) == 108
    assert len({repr(sorted(row.items())) for row in NAMED.values()}) == 108
    for name, row in NAMED.items():
        drawn = sample_hair(named_hair(name), ANCESTRY, 30, 1, Key("x"))
        for field, value in row.items():
            assert getattr(drawn, field) == value or field == "hairline_mm", f"{name}: {field} has no effect"


def test_the_older_names_lead_to_newer_ones():
    assert len(OLDER) == 23 and set(OLDER.values()) <= set(NAMED)
    assert named_hair("male_hair_short_curly_1 ").style == NAMED["buzzcut_01"]["style"]


def test_depth_inside_is_that_of_a_cube():
    corners = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], float)
    quads = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    triangles = np.array([t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))], np.int32)
    points = np.array([[0.5, 0.5, 0.5], [0.1, 0.4, 0.6], [0.5, 0.97, 0.5], [1.2, 0.5, 0.5], [-3, 0.2, 0.2]])
    depth = RayScene(corners, triangles).depth_inside(points)
    assert depth == pytest.approx([0.5, 0.1, 0.03, 0, 0], abs=2e-3)


@pytest.mark.parametrize("guides", [1, 2, 5])
def test_hairs_between_few_guides_are_shaped_as_those(guides):
    place = np.linspace(0, 0.01, 12)[:, None] * [1.0, 0, 0]
    course = np.linspace(0, 0.1, 6)[None, :, None] * [0, 0, 1.0]
    hairs = blend(place[:guides, None] + course, place[:guides], place, place)
    assert hairs == pytest.approx(place[:, None] + course, abs=1e-6)
