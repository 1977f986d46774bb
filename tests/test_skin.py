"""Skin: its optics against published numbers, its maps at any size, its marks, and what expressions do to it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import synthgen as sg
from synthgen.color import individual_typology_angle, linear_to_lab
from synthgen.head.skin import skin_surface
from synthgen.rng import Key
from synthgen.skin.atlas import atlas, map_coordinates_of, mapped_triangles
from synthgen.skin.chromophores import (
    NIR_NM,
    WAVELENGTHS_NM,
    SkinTable,
    blood_absorption,
    eumelanin_absorption,
    melanin_fraction,
    reflectance,
    spectrum_to_linear_srgb,
    water_absorption,
)
from synthgen.skin.fields import _lines
from synthgen.skin.makeup import Makeup
from synthgen.skin.maps import _hollows, map_size, skin_maps
from synthgen.skin.person import Skin, SkinSpec, sample_skin
from synthgen.skin.pigments import pigments, uneven_steps
from synthgen.skin.texture import fine_noise, paint_spots, scatter_spots
from synthgen.skin.tone import tone_from_ita
from synthgen.skin.wrinkles import movements, wrinkle_height
from synthgen.skin.zones import zone_weights
from synthgen.spec import SceneSpec

PLAIN = Skin(tone=0.3, redness=1.0, oil=0.5, pheomelanin=0.12, carotene=0.05, seed=5)
ANCESTRY = {"african": 0.3, "asian": 0.3, "caucasian": 0.4}


def at(spectrum: np.ndarray, nm: float) -> float:
    return float(np.interp(nm, WAVELENGTHS_NM, spectrum))


# --- optics


@pytest.mark.parametrize(
    ("nm", "oxygenated", "deoxygenated"), [(550, 23.0, 28.6), (650, 0.20, 2.0), (850, 0.57, 0.37), (940, 0.65, 0.37)]
)
def test_blood_absorbs_as_published(nm, oxygenated, deoxygenated):
    # Prahl, omlc.org: 150 g/l whole blood, 1/mm
    assert float(blood_absorption(nm, 1.0)) == pytest.approx(oxygenated, rel=0.03)
    assert float(blood_absorption(nm, 0.0)) == pytest.approx(deoxygenated, rel=0.03)


def test_melanin_and_water_absorb_as_published():
    # Jacques: 494, 276, 109, 77 per cm at 550, 650, 850, 940; Hale & Querry: .043 and .267 per cm at 850 and 940
    assert eumelanin_absorption([550, 650, 850, 940]) == pytest.approx([49.4, 27.6, 10.9, 7.7], rel=0.08)
    assert water_absorption([850, 940]) == pytest.approx([0.0043, 0.0267])


def test_skin_of_every_tone_reflects_as_people_do():
    light, dark = (reflectance(melanin_fraction(tone), 0.018) for tone in (0.0, 1.0))
    # light skin peaks between 720 and 840 nm, dark skin towards 900 (Jacquez et al. 1955, in AMRL-TR 1951-56)
    assert 0.50 < at(light, 850) < 0.68 and at(light, 650) > at(light, 550) + 0.2
    # the darkest faces reflect 4 to 7% of green light and a third at 850 nm
    assert 0.04 < at(dark, 550) < 0.07 and 0.30 < at(dark, 850) < 0.45
    assert at(dark, NIR_NM[1]) > at(dark, NIR_NM[0])
    # five- to six-fold in the green, less than two-fold in the infrared
    assert 4.5 < at(light, 550) / at(dark, 550) < 6.5
    assert at(light, 850) / at(dark, 850) < 2.0 and at(light, 940) / at(dark, 940) < 1.7


def test_white_is_white():
    assert spectrum_to_linear_srgb(np.ones(len(WAVELENGTHS_NM))) == pytest.approx([1, 1, 1], abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 1), st.floats(0.004, 0.06))
def test_more_melanin_and_more_blood_reflect_less(tone, blood):
    base = reflectance(melanin_fraction(tone), blood)
    assert (reflectance(melanin_fraction(tone) * 1.1, blood) < base).all()
    assert (reflectance(melanin_fraction(tone), blood * 1.1) < base).all()


def test_image_lookup_equals_the_formula():
    table = SkinTable(pheomelanin_share=0.12, saturation=0.8, carotene=0.05)
    rng = Key("test").rng()
    melanin, blood = rng.uniform(0.01, 0.3, (40, 30)), rng.uniform(0.004, 0.08, (40, 30))
    spectrum = reflectance(melanin, blood, pheomelanin_share=0.12, saturation=0.8, carotene=0.05)
    expected = np.concatenate([spectrum_to_linear_srgb(spectrum), spectrum[..., -2:]], -1)
    assert np.abs(table.image(melanin, blood) - expected).max() < 0.004


@pytest.mark.parametrize("ita", [50, 30, 10, -20, -45])
def test_tone_from_angle_gives_that_angle(ita):
    skin = PLAIN.model_copy(update={"tone": tone_from_ita(ita, 0.0155)})
    rgb = skin.table()(np.array([skin.melanin]), np.array([0.0155]))[0, :3]
    assert float(individual_typology_angle(linear_to_lab(rgb))) == pytest.approx(ita, abs=1.5)


# --- the atlas


def test_atlas_lies_where_the_mesh_says():
    from synthgen.head.skin import skin_surface

    surface, flat = skin_surface(), atlas(512)
    chosen = np.flatnonzero(mapped_triangles())[::97]
    centres = surface.rest_mm[surface.triangles[chosen]].mean(1)
    coordinates = map_coordinates_of(surface.uv[chosen]).mean(1)
    columns, rows = np.clip((coordinates * [512, -512] + [0, 512]).astype(int), 0, 511).T
    away = np.linalg.norm(flat.rest_mm[rows, columns] - centres, axis=1)
    front = (centres[:, 1] < -80) & (np.abs(centres[:, 0]) < 60)
    assert np.quantile(away[front], 0.98) < 1.0
    assert flat.inside[rows, columns].mean() > 0.99


def test_the_face_has_the_texels_it_was_promised():
    flat = atlas(1024)
    across, down = flat.texel_mm
    face = flat.inside & (flat.rest_mm[..., 1] < -115) & (np.abs(flat.rest_mm[..., 2] - 690) < 50)
    assert 1 / 1024 / np.median(np.sqrt(across * down)[face]) == pytest.approx(0.0029, rel=0.08)


# --- maps


def test_a_person_is_the_same_at_every_map_size():
    small, large = (skin_maps(PLAIN, 40, Makeup(), {}, size) for size in (512, 1024))
    halved = large.color[..., :3].reshape(512, 2, 512, 2, 3).mean((1, 3))
    assert np.abs(halved - small.color[..., :3]).mean() < 0.004
    assert np.corrcoef(halved[..., 1].ravel(), small.color[..., 1].ravel())[0, 1] > 0.95
    assert (small.shape_mm == large.shape_mm).all()


def test_equal_skin_gives_equal_maps_and_another_seed_another():
    first = skin_maps(PLAIN, 40, Makeup(), {}, 256).color.copy()
    pigments.cache_clear()
    from synthgen.skin.maps import _bake

    _bake.cache_clear()
    assert (skin_maps(PLAIN, 40, Makeup(), {}, 256).color == first).all()
    other = skin_maps(PLAIN.model_copy(update={"seed": 6}), 40, Makeup(), {}, 256)
    assert np.abs(other.color - first).max() > 0.01


@pytest.mark.parametrize("pixels_per_mm", [0.1, 0.6, 1.2, 3.0, 6.0])
def test_maps_are_as_fine_as_the_picture(pixels_per_mm):
    size = map_size(pixels_per_mm)
    assert size == 256 or size * 0.0029 >= pixels_per_mm or size == 4096
    assert size == 256 or size // 2 * 0.0029 < pixels_per_mm * 1.26


def test_map_meets_the_neck_without_a_step():
    from synthgen.skin.maps import plain_values

    flat = atlas(512)
    found = skin_maps(PLAIN, 70, Makeup(), {}, 512)
    neck = flat.inside & (zone_weights(flat.rest_mm)["border"] > 0.999)
    assert neck.sum() > 300
    assert np.abs(found.color[neck][:, :3] - plain_values(PLAIN)[:3]).max() < 0.004
    assert np.abs(found.shape_mm[neck]).max() < 0.02


@pytest.mark.parametrize(
    ("change", "zone", "channel", "sign"),
    [
        ({"redness": 2.0}, "cheek", 1, -1),
        ({"tone": 0.7}, "cheek", 0, -1),
        ({"circles": 1.0}, "eye_bag", 0, -1),
        ({"acne": 1.0}, "cheek", 1, -1),
        ({"stubble": 1.0}, "chin", 0, -1),
        ({"vitiligo": 0.9}, "mouth_zone", 2, 1),
        ({"freckles": 1.0}, "cheek", 2, -1),
        ({"thread_veins": 1.0}, "ala", 1, -1),
    ],
)
def test_each_mark_changes_its_zone(change, zone, channel, sign):
    flat = atlas(512)
    weight = zone_weights(flat.rest_mm)[zone] * flat.inside
    plain, marked = (
        skin_maps(PLAIN.model_copy(update=update), 40, Makeup(), {}, 512).color[..., channel]
        for update in ({"circles": 0.0}, {"circles": 0.0, **change})
    )
    difference = float(((marked - plain) * weight).sum() / weight.sum())
    assert difference * sign > 0.001


@pytest.mark.parametrize("mark", [{"scars": 3}, {"birthmark": 0.8}, {"moles": 3.0}, {"sweat": 1.0}, {"age_spots": 1.0}])
def test_each_rare_mark_is_seen(mark):
    plain, marked = (skin_maps(PLAIN.model_copy(update=update), 40, Makeup(), {}, 512) for update in ({}, mark))
    changed = np.abs(np.dstack([marked.color - plain.color, marked.infrared - plain.infrared])).max(-1) > 0.02
    assert 20 < changed.sum() < 200_000


def test_veins_show_best_at_850_nm():
    plain, veined = (
        skin_maps(PLAIN.model_copy(update={"tone": 0.1, "veins": v}), 40, Makeup(), {}, 512) for v in (0.0, 1.0)
    )
    loss = {
        "red": 1 - veined.color[..., 0] / plain.color[..., 0],
        "850": 1 - veined.infrared[..., 0] / plain.infrared[..., 0],
        "940": 1 - veined.infrared[..., 1] / plain.infrared[..., 1],
    }
    assert loss["850"].max() > 0.05
    assert loss["850"].max() > loss["red"].max() and loss["850"].max() > loss["940"].max()


def test_lipstick_is_dark_red_to_the_eye_and_bright_in_the_infrared():
    makeup = Makeup(lipstick=1.0, lipstick_color="plum", eyeliner=1.0)
    made = skin_maps(PLAIN, 30, makeup, {}, 512)
    flat = atlas(512)
    lips, lid = flat.lips > 0.95, flat.lid_mm < 0.4
    assert made.color[lips][:, 0].mean() < 0.2 and made.infrared[lips][:, 0].mean() > 0.42
    assert made.color[lid][:, :3].mean() < 0.15 and made.infrared[lid][:, 0].mean() < 0.15


# --- wrinkles


def test_wrinkles_deepen_with_age_and_with_movement():
    flat, key = atlas(512), Key("test/wrinkles")
    depth = {w: float(-wrinkle_height(key, w, {}, flat).min()) for w in (0.0, 0.5, 1.2)}
    assert depth[0.0] < 0.2 < depth[0.5] < depth[1.2] < 1.0
    raised = wrinkle_height(key, 0.3, movements({"browInnerUp": 1, "browOuterUpLeft": 1, "browOuterUpRight": 1}), flat)
    still = wrinkle_height(key, 0.3, {}, flat)
    moved = raised - still
    forehead = (flat.rest_mm[..., 2] > 752) & (flat.rest_mm[..., 1] < -100)
    assert moved[forehead].min() < -0.15
    assert np.abs(moved[~forehead & (flat.rest_mm[..., 2] < 735)]).max() < 1e-6


@pytest.mark.parametrize(
    ("unit", "side"), [("mouthSmileLeft", 1), ("mouthSmileRight", -1), ("noseSneerLeft", 1), ("eyeSquintRight", -1)]
)
def test_one_sided_units_fold_one_side(unit, side):
    flat, key = atlas(512), Key("test/wrinkles")
    moved = wrinkle_height(key, 0.5, movements({unit: 1.0}), flat) - wrinkle_height(key, 0.5, {}, flat)
    own, other = (moved[flat.rest_mm[..., 0] * side > 3], moved[flat.rest_mm[..., 0] * side < -3])
    assert own.min() < -0.1 and np.abs(other).max() < 1e-6


def test_pores_and_furrows_hold_less_light_than_what_stands_out():
    height = np.zeros((512, 512), np.float32)
    height[200:202], height[300:302] = -0.05, 0.05
    lost = _hollows(height, 512)
    assert lost[200:202].min() > 0.02
    assert lost[300:302].max() < -0.02
    assert np.abs(lost[:150]).max() < 1e-6


def test_lines_of_the_relief_are_shallow_only_where_its_tile_is_drawn_out():
    share, surface = _lines(), skin_surface()
    rest = surface.rest_mm[surface.used]
    cheek = np.linalg.norm(np.abs(rest * [1, 0, 0]) + rest * [0, 1, 1] - [40, -138, 699], axis=1) < 12
    assert np.median(share[surface.used][cheek]) > 0.99
    socket = np.unique(surface.triangles[surface.island == "socket"])
    assert np.median(share[socket]) < 0.4


def test_smiles_redden_cheeks():
    still = skin_maps(PLAIN, 30, Makeup(), {}, 256).color
    smile = skin_maps(PLAIN, 30, Makeup(), {"mouthSmileLeft": 1.0, "mouthSmileRight": 1.0}, 256).color
    flat = atlas(256)
    cheek = (np.abs(np.abs(flat.rest_mm[..., 0]) - 44) < 8) & (np.abs(flat.rest_mm[..., 2] - 702) < 6)
    cheek &= flat.rest_mm[..., 1] < -80
    assert (smile[cheek][:, 1].mean() - still[cheek][:, 1].mean()) < -0.004


# --- texture


def test_spots_are_as_many_and_as_large_as_asked():
    density = np.where(atlas(256).inside, 0.002, 0).astype(np.float32)
    across, down = atlas(256).texel_mm
    expected = float((density * across * down).sum())
    spots = scatter_spots(Key("test/spots"), density, 2.0, 0.0)
    assert len(spots.at) == pytest.approx(expected, abs=4 * expected**0.5)
    painted = paint_spots(spots, atlas(1024))
    area = atlas(1024).texel_mm[0] * atlas(1024).texel_mm[1]
    each = float((painted * area).sum()) / len(spots.at)
    # the integral of exp(-(r / R)^3) over the plane is pi R^2 Gamma(5 / 3)
    assert each == pytest.approx(np.pi * 4 * 0.9027, rel=0.15)


def test_fine_noise_is_the_same_at_every_size():
    small, large = fine_noise(512, 6.0, Key("test/noise")), fine_noise(1024, 6.0, Key("test/noise"))
    halved = large.reshape(512, 2, 512, 2).mean((1, 3))
    assert np.abs(halved - small).max() < 0.1
    assert small.std() == pytest.approx(1.0, abs=0.25)


# --- people


def test_skin_belongs_to_the_person_not_to_the_run():
    drawn = [
        sg.sample_scene(SceneSpec.model_validate({"seed": seed, "identity": {"ids": [42]}}), 0).skin for seed in (1, 2)
    ]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("tone", [0.5, 0.7, 0.95])
def test_a_step_of_unevenness_is_one_step_of_lightness_on_any_skin(tone):
    skin = PLAIN.model_copy(update={"tone": tone})
    step, _ = uneven_steps(skin)
    rgb = skin.table(0.8)(skin.melanin * np.array([1 - step / 2, 1 + step / 2]), np.full(2, skin.blood))[:, :3]
    assert -np.diff(linear_to_lab(rgb)[:, 0])[0] == pytest.approx(1.0, abs=0.12)


def test_people_differ_in_tone_and_hue():
    rows = []
    for person in range(150):
        key = Key(f"identity/{person}")
        weights = key.child("mix").rng().dirichlet([0.45] * 3)
        ancestry = dict(zip(ANCESTRY, weights, strict=True))
        skin = sample_skin(SkinSpec(), ancestry, 40, 1.0, key)
        rgb = skin.table()(np.array([skin.melanin]), np.array([skin.blood * 1.4]))[0, :3]
        lab = linear_to_lab(rgb)
        rows.append([float(individual_typology_angle(lab)), np.degrees(np.arctan2(lab[2], lab[1]))])
    spread, hue = np.std(rows, axis=0)
    assert spread > 27 and hue > 6


@pytest.mark.parametrize(
    ("skin", "sentence"),
    [
        ({"tone": 0.3, "monk": 4}, "at most one of tone, monk, fitzpatrick, ita_deg"),
        ({"tone": 1.5}, "tone"),
        ({"fitzpatrick": "VII"}, "fitzpatrick"),
        ({"freckels": 1}, "did you mean"),
    ],
)
def test_impossible_skin_is_refused(skin, sentence):
    with pytest.raises(ValidationError, match=sentence):
        SceneSpec.model_validate({"skin": skin})


@pytest.mark.parametrize(("asked", "expected"), [({"monk": 1}, 1), ({"monk": 10}, 10), ({"monk": 6}, 6)])
def test_tone_by_monk(asked, expected):
    skin = sample_skin(SkinSpec.model_validate(asked), ANCESTRY, 40, 0.0, Key("identity/1"))
    assert skin.attributes()["monk"] == expected


@pytest.mark.parametrize("kind", ["I", "III", "VI"])
def test_tone_by_fitzpatrick(kind):
    skin = sample_skin(SkinSpec(fitzpatrick=kind), ANCESTRY, 40, 0.0, Key("identity/1"))
    assert skin.attributes()["fitzpatrick"] == kind
