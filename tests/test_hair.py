"""Hair as arrays: where it grows, how it follows the face, what colours it."""

import os
import subprocess
import sys

import numpy as np
import pytest
from scipy.spatial import KDTree

from synthgen.assemble import assemble
from synthgen.hair.brow_outline import outline_mm
from synthgen.hair.brow_shapes import SHAPES
from synthgen.hair.brows import BrowsSpec, sample_brows
from synthgen.hair.color import HairColor, HairColorSpec, fibre, pigment, sample_hair_color
from synthgen.hair.head_hair import HairSpec, sample_hair
from synthgen.hair.popularity import POPULARITY
from synthgen.hair.styles import STYLES
from synthgen.head.skin import skin_surface
from synthgen.parts import Part
from synthgen.rng import Key, identity_key
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec
from synthgen.transforms import apply, invert

BROWS, LASHES = (Part.BROW_LEFT, Part.BROW_RIGHT), (Part.LASHES_LEFT, Part.LASHES_RIGHT)


def person(number=11, **fields):
    base = {"identity": {"ids": [number]}, "expression": {"name": "neutral"}, "gaze": {"kind": "angles"}}
    return assemble(sample_scene(SceneSpec.model_validate({**base, **fields}), 0), skin_map_size=256)


def roots(geometry, parts):
    return np.concatenate([s.points[:, 0] for s in geometry.strands if s.part in parts])


@pytest.fixture(scope="module")
def calm():
    return person()


def test_everyone_has_a_thousand_brow_hairs_and_lashes(calm):
    assert len(roots(calm, BROWS)) >= 1000
    assert 150 < len(roots(calm, LASHES)) < 900


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"expression": {"units": {"browInnerUp": 0.9, "browOuterUpLeft": 0.8}}},
        {"head_pose": {"yaw_deg": 30, "pitch_deg": -20, "roll_deg": 10}},
        {"expression": {"units": {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0}}},
    ],
    ids=["calm", "brows_up", "turned", "eyes_closed"],
)
def test_brows_and_lashes_stay_rooted_in_the_skin(change):
    geometry = person(**change)
    away = KDTree(geometry.skin).query(roots(geometry, (*BROWS, *LASHES)))[0]
    assert away.max() < 0.0016


def test_brows_rise_with_the_skin_and_do_not_slide_on_it(calm):
    up = person(expression={"units": {"browInnerUp": 1.0, "browOuterUpLeft": 1.0, "browOuterUpRight": 1.0}})
    moved = roots(up, BROWS) - roots(calm, BROWS)
    assert np.median(moved[:, 2]) > 0.003
    near = KDTree(calm.skin).query(roots(calm, BROWS))[1]
    assert np.abs(moved - (up.skin - calm.skin)[near]).max() < 0.0012


def test_closing_the_eyes_turns_the_upper_lashes_down(calm):
    shut = person(expression={"units": {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0}})

    def drop(geometry):
        lashes = [s.points for s in geometry.strands if s.part in LASHES]
        return np.concatenate([(p[:, -1, 2] - p[:, 0, 2])[: len(p) // 2] for p in lashes])  # the upper lids' come first

    assert np.median(drop(shut)) < np.median(drop(calm)) - 0.001


@pytest.mark.parametrize("blink", [0.0, 0.5, 1.0])
def test_lashes_stay_out_of_lids_and_eyes_and_thin_out_in_tufts(blink):
    geometry = person(11, expression={"units": {"eyeBlinkLeft": blink, "eyeBlinkRight": blink}})
    surface = skin_surface()
    firm = surface.outer_vertices
    tree, normals = KDTree(geometry.skin[firm]), surface.normals(geometry.skin)[firm]
    for eye, part in zip(geometry.eyes, LASHES, strict=True):
        (lashes,) = [s for s in geometry.strands if s.part == part]
        beyond = lashes.points[:, 2:].reshape(-1, 3)
        near = tree.query(beyond)[1]
        out = ((beyond - geometry.skin[firm][near]) * normals[near]).sum(1)
        assert (out < -1e-4).mean() < 0.02
        assert np.linalg.norm(beyond - eye.centre, axis=1).min() > eye.radius_m + 0.0004
        assert (lashes.radius[:, -1] < 0.2 * lashes.radius[:, 0]).all()
        upper, lower = np.split(lashes.points, [round(len(lashes.points) * 2 / 3)])
        sizes = [np.linalg.norm(np.diff(p, axis=1), axis=2).sum(1).mean() for p in (upper, lower)]
        assert sizes[1] < 0.75 * sizes[0]
        if blink == 0:
            from_root, from_tip = (KDTree(upper[:, k]).query(upper[:, k], k=2)[0][:, 1] for k in (0, -1))
            assert np.median(from_tip) < 4 * np.median(from_root)


def test_hair_turns_with_the_head(calm):
    turned = person(head_pose={"yaw_deg": 40, "roll_deg": 10})
    for still, moved in zip(calm.strands, turned.strands, strict=True):
        if still.part in BROWS:
            back = apply(calm.world_from_head @ invert(turned.world_from_head), moved.points)
            assert np.abs(back - still.points).max() < 3e-4


def test_equal_scenes_give_equal_strands(calm):
    for one, other in zip(calm.strands, person().strands, strict=True):
        assert one.name == other.name and np.array_equal(one.points, other.points)
        assert np.array_equal(one.attributes["pigment"], other.attributes["pigment"])


def test_no_brow_is_arched_more_than_faces_have_it():
    rises = []
    for n in range(400):
        brows = sample_brows(BrowsSpec(), n % 2, 40, identity_key(n).child("brows"))
        _, centre, _ = outline_mm(brows)
        rises.append((centre - np.linspace(centre[0], centre[-1], len(centre))).max())
    assert 3.0 < np.median(rises) < 6.5 and max(rises) < 9


def test_grey_of_brows_can_be_set():
    (white, dark) = (person(brows={"grey": grey}, hair_color={"color": "black", "grey": 0.5}) for grey in (1.0, 0.0))
    amounts = [next(s for s in g.strands if s.part == Part.BROW_LEFT).attributes["pigment"] for g in (white, dark)]
    assert amounts[0].max() < 0.2 and amounts[1].min() > 0.5


def test_brow_hairs_point_up_within_outwards_and_down_at_the_tail():
    geometry = person(brows={"shape": "natural", "grooming": 1, "tilt_mm": 0, "arch_mm": 0})
    (brow,) = [s for s in geometry.strands if s.part == Part.BROW_LEFT]
    way = brow.points[:, -1] - brow.points[:, 0]
    order = np.argsort(brow.points[:, 0, 0])
    inner, middle, tail = (np.median(np.degrees(np.arctan2(w[:, 2], w[:, 0]))) for w in np.array_split(way[order], 3))
    assert inner > 35 > middle > 0 > tail > -50


def test_brows_differ_widely_between_people():
    drawn = [sample_brows(BrowsSpec(), n % 2, 40, identity_key(n).child("brows")) for n in range(400)]
    assert len(SHAPES) >= 12 and {brows.shape for brows in drawn} == set(SHAPES)
    assert 0.30 < np.std([np.log(brows.thickness) for brows in drawn]) < 0.6
    assert 0.38 < np.std([np.log(brows.density) for brows in drawn]) < 0.6
    assert 1.8 < np.std([brows.height_mm for brows in drawn]) < 2.8
    assert 0.02 < np.mean([brows.unibrow > 0.15 for brows in drawn]) < 0.4


def test_womens_brows_are_thinner_and_higher():
    women, men = (
        [sample_brows(BrowsSpec(), m, 40, identity_key(n).child("brows")) for n in range(200)] for m in (0, 1)
    )
    assert np.mean([b.thickness for b in women]) < 0.75 * np.mean([b.thickness for b in men])
    assert np.mean([b.height_mm for b in women]) > np.mean([b.height_mm for b in men]) + 1.5


@pytest.mark.parametrize("shape", SHAPES)
def test_brows_of_every_shape_keep_off_the_eye(shape):
    wide = {"shape": shape, "thickness": 2.5, "height_mm": -7, "tilt_mm": -6}
    geometry = person(brows=wide)
    above = roots(geometry, (Part.BROW_LEFT,))[:, 2] - geometry.eyes[0].centre[2]
    assert above.min() > 0.004 and np.percentile(above, 5) > 0.007


def test_grey_comes_with_age_and_dark_hair_with_dark_skin():
    def draw(n, tone, age, ancestry):
        return sample_hair_color(HairColorSpec(), ancestry, tone, age, 1, identity_key(n).child("hair_color"))

    pale, dark = {"african": 0, "asian": 0, "caucasian": 1}, {"african": 1, "asian": 0, "caucasian": 0}
    young, old = ([draw(n, 0.1, age, pale).grey for n in range(200)] for age in (22, 75))
    assert np.mean(young) < 0.03 and np.mean(old) > 0.7
    light = {draw(n, 0.1, 30, pale).color for n in range(200)}
    assert {"blond", "brown", "dark_brown", "red"} <= light
    assert np.mean([draw(n, 0.8, 30, dark).melanin > 1.4 for n in range(200)]) > 0.8


def test_natural_hair_stays_darker_in_the_infrared_than_dyed_hair():
    natural = fibre(HairColor(color="black", melanin=4.2, pheomelanin=0, grey=0)).melanin
    dyed = fibre(HairColor(color="blond", melanin=0.2, pheomelanin=0, grey=0, dye="blue"), dyed=True)
    assert natural.rgb[0] > natural.nir850 > natural.nir940 > 0.1
    assert 4.2 * natural.nir850 > 4 * (0.2 * dyed.melanin.nir850 + dyed.dye.nir850)
    assert dyed.dye.rgb[0] > 2 > 0.2 > dyed.dye.nir850


def test_grey_hair_is_white_strands_among_dark_ones():
    grey = HairColor(color="black", melanin=4.2, pheomelanin=0, grey=0.4)
    amounts = pigment(grey, 5000, Key("test"))
    assert 0.36 < (amounts < 0.1).mean() < 0.44
    assert ((amounts < 0.1) | (amounts > 2)).all()


def test_bald_people_have_no_hair_on_the_head():
    assert not [s for s in person(hair={"style": "bald"}).strands if s.part == Part.HAIR]


def test_strands_are_fewer_and_thicker_in_a_small_picture_and_cover_as_much():
    def hair(size):
        cameras = [{"width_px": size, "height_px": size}]
        geometry = person(29, hair={"style": "crop"}, rigs=[{"kind": "head_orbit", "cameras": cameras}])
        return [s for s in geometry.strands if s.part == Part.HAIR]

    small, large = hair(128), hair(1024)
    assert sum(len(s.points) for s in small) * 2 < sum(len(s.points) for s in large)
    covered = [sum(float(s.radius[:, 0].sum()) for s in found) for found in (small, large)]
    assert covered[0] == pytest.approx(covered[1], rel=0.06)


def test_long_hair_hangs_down_however_the_head_is_held():
    tilted = person(29, hair={"style": "long_straight"}, head_pose={"roll_deg": 25})
    hair = next(s for s in tilted.strands if s.part == Part.HAIR)
    fall = hair.points[:, -1] - hair.points[:, 12]
    long = np.linalg.norm(fall, axis=1) > 0.05
    assert np.median(fall[long, 2] / np.linalg.norm(fall[long], axis=1)) < -0.8


def test_strands_are_the_same_in_another_process_with_other_threads(tmp_path):
    code = (
        "import hashlib, sys\n"
        "from tests.test_hair import person\n"
        "strands = person(29, hair={'style': 'long_wavy'}).strands\n"
        "print(hashlib.sha256(b''.join(s.points.tobytes() + s.radius.tobytes() for s in strands)).hexdigest())\n"
    )
    found = []
    for threads in ("1", "4"):
        env = {**os.environ, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads, "PYTHONHASHSEED": threads}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
        found.append(done.stdout.strip())
    assert found[0] == found[1] and len(found[0]) == 64


def test_styles_fit_sex_age_and_ancestry():
    def draw(n, male, age, african):
        ancestry = {"african": african, "asian": 0.0, "caucasian": 1 - african}
        return sample_hair(HairSpec(), ancestry, age, male, identity_key(n).child("hair"))

    men, women, old, coily = (
        [draw(n, *who) for n in range(300)] for who in ((1, 30, 0), (0, 30, 0), (1, 75, 0), (0.5, 30, 1.0))
    )
    long = [name for name, style in STYLES.items() if style and (style.tie or min(style.cut) > 0.1)]
    coils = [name for name, row in POPULARITY.items() if row.coily_men + row.coily_women > row.men + row.women]
    assert np.mean([h.style in long for h in women]) > 0.7 > 0.2 > np.mean([h.style in long for h in men])
    tied = [name for name, style in STYLES.items() if style and style.tie]
    assert 0.08 < np.mean([h.style in tied for h in women]) < 0.24
    assert np.mean([h.norwood > 4.5 for h in old]) > 0.25
    assert np.mean([h.norwood > 4.5 for h in men]) < 0.15
    assert np.mean([h.style in coils for h in coily]) > 0.8
    assert len({h.style for h in men + women + old + coily}) > 0.8 * len(STYLES)
