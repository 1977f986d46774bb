import numpy as np
import pytest
from scipy.spatial import KDTree

from synthgen.assemble import assemble
from synthgen.hair.color import DYES, HairColor, HairColorSpec, fibre, grey_share, sample_hair_color
from synthgen.hair.film import DRY, HairFilm
from synthgen.parts import Part
from synthgen.rng import identity_key
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec
from synthgen.wardrobe import scene_materials

BLACK = HairColor(color="black", melanin=4.2, pheomelanin=0.04, grey=0.3)
TEMPLE, CROWN, FRONT = np.array([[0.07, -0.075, 0.80], [0.0, 0.02, 0.868], [0.0, -0.115, 0.845]])


def scene(**fields):
    base = {"identity": {"ids": [29], "sex": "male"}, "expression": {"name": "neutral"}, "gaze": {"kind": "angles"}}
    base |= {"hair": {"style": "crop", "density": 0.4}, "facial_hair": {"style": "short_beard", "density": 0.4}}
    return sample_scene(SceneSpec.model_validate({**base, **fields}), 0)


def strands(part, **fields):
    return next(s for s in assemble(scene(**fields), skin_map_size=256).strands if s.part == part)


def test_grey_begins_where_its_pattern_says():
    def share(pattern):
        return grey_share(BLACK.model_copy(update={"grey_pattern": pattern}), np.array([TEMPLE, CROWN, FRONT]))

    assert np.allclose(share("even"), 0.3)
    temple, crown, front = share("temples")
    assert temple > 0.55 and crown < 0.2
    temple, crown, front = share("front")
    assert front > 0.5 > 0.25 > crown
    lock = np.array([[0.026, -0.10, 0.84], [-0.026, -0.10, 0.84]])
    here, there = grey_share(BLACK.model_copy(update={"grey_pattern": "streak"}), lock)
    assert here > 0.9 and there < 0.2
    white = BLACK.model_copy(update={"grey": 1.0, "grey_pattern": "temples"})
    assert np.allclose(grey_share(white, np.array([TEMPLE, CROWN])), 1)


def test_dyes_are_clear_in_the_infrared_and_bleach_what_shines():
    for name, dye in DYES.items():
        assert dye.infrared <= 0.1 and 0 < dye.melanin_left <= 1
        if name != "none":
            assert max(dye.red, dye.green, dye.blue) >= dye.infrared
    blond = HairColor(color="blond", melanin=0.24, pheomelanin=0.3, grey=0, dye="black")

    def absorbed(color, dyed):
        found = fibre(color, dyed=dyed)
        melanin = color.melanin * (found.melanin_left if dyed else 1)
        return melanin * found.melanin.rgb[1] + found.dye.rgb[1], melanin * found.melanin.nir850 + found.dye.nir850

    dyed, natural = absorbed(blond, True), absorbed(BLACK, False)
    assert dyed[0] > 0.8 * natural[0] and dyed[1] < 0.3 * natural[1]


def test_dyed_hair_has_grown_out_at_the_roots_and_the_face_keeps_its_colour():
    worn = {"color": "brown", "grey": 0, "dye": "platinum", "regrowth_mm": 10}
    hair = strands(Part.HAIR, hair_color=worn)
    length = np.linalg.norm(np.diff(hair.points, axis=1), axis=2).sum(1)
    assert np.median(hair.attributes["dyed_from"] * length) == pytest.approx(0.010, rel=0.1)
    assert "dyed_from" not in strands(Part.HAIR, hair_color={"dye": "none"}).attributes
    materials = scene_materials(scene(hair_color=worn), assemble(scene(), skin_map_size=256).materials["skin"].maps)
    assert materials["hair"].melanin_left < 0.1
    assert materials["beard"].melanin_left == materials["brows"].melanin_left == 1
    assert max(materials["beard"].dye.rgb) == 0


def test_brows_and_beard_follow_the_hair_unless_they_are_set():
    hair = {"color": "black", "grey": 0}
    brow, beard = (np.median(strands(p, hair_color=hair).attributes["pigment"]) for p in (Part.BROW_LEFT, Part.BEARD))
    assert min(brow, beard) > 2.5
    own = {"brows": {"color": "blond"}, "facial_hair": {"style": "short_beard", "density": 0.4, "color": "red"}}
    brow, beard = (
        np.median(strands(p, hair_color=hair, **own).attributes["pigment"]) for p in (Part.BROW_LEFT, Part.BEARD)
    )
    assert brow < 0.5 and 0.4 < beard < 0.9
    grey = strands(Part.BEARD, hair_color={**hair, "grey": 0.3, "beard_first": 2.0}).attributes["pigment"]
    assert (grey < 0.2).mean() == pytest.approx(0.6, abs=0.03)


def test_beards_turn_grey_before_the_scalp_in_most():
    ancestry = {"african": 0.0, "asian": 0.2, "caucasian": 0.8}
    drawn = [
        sample_hair_color(HairColorSpec(), ancestry, 0.2, 50, 1.0, identity_key(n).child("hair_color"))
        for n in range(300)
    ]
    assert np.mean([color.beard_first > 1 for color in drawn]) > 0.7
    assert np.mean([color.dye == "none" for color in drawn]) > 0.85
    assert len({color.grey_pattern for color in drawn}) == 4


def test_water_and_grease_darken_smooth_and_draw_strands_together():
    wet, oily = HairFilm(water=1.0), HairFilm(grease=1.0)
    assert wet.smoothing < oily.smoothing < DRY.smoothing == 1
    assert fibre(BLACK, film=wet).melanin.rgb[0] > 1.3 * fibre(BLACK).melanin.rgb[0]
    dry, soaked = (strands(Part.HAIR, hair_film={"water": water, "grease": 0}).points for water in (0.0, 1.0))
    away = KDTree(dry[:, 0]).query(soaked[:, 0])[0]
    assert (away < 1e-6).mean() > 0.97, "what grows does not depend on the water"

    def gap(points):
        tips = points[:, -1]
        return np.median(np.sort(np.linalg.norm(tips[:400, None] - tips[None], axis=2), axis=1)[:, 4])

    assert gap(soaked) < 0.75 * gap(dry)
