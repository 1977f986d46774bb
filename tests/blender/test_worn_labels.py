"""Labels of people who wear many things: layers without them and through what is clear, and what hides landmarks."""

import warnings

import numpy as np
import pytest
from scipy.ndimage import binary_fill_holes

from synthgen import render_scene
from synthgen.annotate import annotate
from synthgen.assemble import assemble
from synthgen.parts import Part
from synthgen.passes import LENSES
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec
from synthgen.verify.consistency import ACCESSORIES

LENS = {"kind": "focal", "focal_length_mm": 110, "sensor_width_mm": 36}
NOSE, MOUTH, CHIN, BROWS = slice(31, 36), slice(48, 60), slice(7, 10), slice(17, 27)
MUCH = {
    "glasses": {"kind": "glasses", "dye": "clear", "sphere_dioptre": 0, "slide_mm": 0},
    "mask": {"kind": "n95"},
    "necklace": {"kind": "chain"},
    "headwear": {"kind": "bucket_hat"},
}


@pytest.fixture(scope="module")
def seen(device):
    """Return a function that gives passes and labels of a person with long hair who wears some things."""
    from synthgen.blender.render import render

    kept = {}

    def get(**worn):
        if repr(worn) not in kept:
            spec = {
                "identity": {"ids": [4], "sex": "female"},
                "hair": {"style": "long_straight"},
                "expression": {"name": "neutral"},
                "clothing": {"kind": "tshirt"},
                "accessories": worn,
                "rigs": [
                    {
                        "kind": "head_orbit",
                        "place": {"kind": "orbit", "distance_m": 1.0, "aim_y_m": 0.01},
                        "cameras": [{"name": "rgb", "width_px": 96, "height_px": 96, "lens": LENS}],
                    }
                ],
                "render": {"quality": "draft"},
                "outputs": ["rgb", "segmentation", "coverage", "through_lens", "amodal"],
            }
            scene = sample_scene(SceneSpec.model_validate(spec), 0)
            geometry = assemble(scene)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                passes = render(scene, geometry, device)[0]
            kept[repr(worn)] = passes["rgb"], annotate(geometry, passes)["rgb"].landmarks["ibug68"]
        return kept[repr(worn)]

    return get


def test_the_layer_without_accessories_is_that_of_who_wears_nothing(seen):
    (worn, _), (bare, _) = seen(**MUCH), seen()
    assert np.isin([Part.HEADWEAR, Part.FACEWEAR, Part.GLASSES_FRAME, Part.NECKLACE], worn.part).all()
    assert not np.isin(worn.amodal.part, ACCESSORIES).any()
    # the share of hair in a pixel has noise
    assert (worn.amodal.part != bare.part).mean() < 0.003
    same = (worn.amodal.part == bare.part) & (bare.part != Part.HAIR)
    assert np.array_equal(worn.amodal.depth_m[same], bare.depth_m[same])
    hidden = np.isin(worn.part, ACCESSORIES)
    assert (np.isin(worn.amodal.part, [Part.HAIR]) & hidden).sum() > 50, "pressed and hidden hair is there again"


def test_landmarks_are_known_behind_everything_and_hidden_by_what_is_opaque(seen):
    (_, worn), (_, bare) = seen(**MUCH), seen()
    assert np.allclose(worn.uv, bare.uv) and np.allclose(worn.xyz_cam, bare.xyz_cam)
    assert bare.visible[NOSE].all() and bare.visible[MOUTH].all()
    assert not (worn.visible[NOSE].any() or worn.visible[MOUTH].any() or worn.visible[CHIN].any())
    eyes = slice(36, 48)
    assert worn.visible[eyes].sum() >= 10, "behind clear lenses"


def test_a_visor_is_looked_through_as_lenses_are(seen):
    (worn, points), (bare, without) = seen(mask={"kind": "face_shield"}), seen()
    visor = worn.part == Part.VISOR
    assert visor.sum() > 500 and worn.cover[Part.VISOR][visor].mean() > 0.9
    behind = worn.through_lens.part[visor]
    assert (behind == Part.VISOR).mean() < 0.05
    assert {Part.NOSE, Part.LIP_UPPER, Part.CHEEK_LEFT} <= set(behind.tolist())
    face = ~np.isin(bare.part, [Part.BACKGROUND, Part.HAIR])
    both = visor & face & ~np.isin(worn.through_lens.part, [*LENSES, Part.HEADWEAR, Part.FACEWEAR])
    assert (worn.through_lens.part == bare.part)[both].mean() > 0.85, "at its place but for refraction"
    assert points.visible[MOUTH].all() and points.visible[NOSE].all() and without.visible[NOSE].all()


def test_goggles_have_a_left_and_a_right_lens_that_show_the_eyes(seen):
    worn, points = seen(glasses={"kind": "safety_goggles", "dye": "clear"})
    left, right = (worn.part == lens for lens in LENSES[:2])
    assert left.sum() > 200 and right.sum() > 200
    assert np.flatnonzero(left.any(0)).mean() > np.flatnonzero(right.any(0)).mean(), "the subject's left"
    for side, lens in (("LEFT", left), ("RIGHT", right)):
        assert Part[f"IRIS_{side}"] in worn.through_lens.part[lens]
    assert points.visible[36:48].all()
    _, dark = seen(glasses={"kind": "ski_goggles", "dye": "grey", "density": 1.5, "mirror": "silver"})
    assert not dark.visible[36:48].any()


def test_goggles_on_the_forehead_hide_nothing_of_the_eyes_and_show_what_they_are_before(seen):
    worn, points = seen(glasses={"kind": "safety_goggles", "dye": "clear", "worn_at": "forehead"})
    bare, without = seen()
    lens = np.isin(worn.part, LENSES[:2])
    assert lens.sum() > 200
    assert (points.visible | ~without.visible)[17:48].all(), "brows, nose and eyes"
    shown = worn.through_lens.part[lens]
    assert {Part.FOREHEAD, Part.SCALP} <= set(shown.tolist()) and not np.isin(shown, LENSES).any()
    assert not np.isin(worn.amodal.part, ACCESSORIES).any() and (worn.amodal.part != bare.part).mean() < 0.003


@pytest.mark.parametrize(("focal_mm", "drawn"), [(420, True), (60, False)])
def test_the_back_of_a_trucker_is_a_net_that_labels_look_through(focal_mm, drawn):
    lens = {"kind": "focal", "focal_length_mm": focal_mm, "sensor_width_mm": 36}
    camera = {"name": "rgb", "width_px": 96, "height_px": 96, "lens": lens}
    place = {"kind": "orbit", "distance_m": 1.0, "yaw_deg": 110, "aim_y_m": 0.1 if drawn else 0.03}
    spec = {
        "identity": {"ids": [4]},
        "hair": {"style": "bald"},
        "accessories": {"headwear": {"kind": "cap", "style": "trucker", "turn_deg": 0, "closure": "closed"}},
        "rigs": [{"kind": "head_orbit", "place": place, "cameras": [camera]}],
        "render": {"quality": "draft"},
        "outputs": ["rgb", "segmentation", "depth", "amodal"],
    }
    seen = render_scene(sample_scene(SceneSpec.model_validate(spec), 0), "cpu", 2).passes["rgb"]
    hat, scalp = seen.part == Part.HEADWEAR, seen.part == Part.SCALP
    through = scalp & binary_fill_holes(hat)
    assert hat.sum() > 200 and (through.sum() > 0.05 * hat.sum()) == drawn and drawn == through.any()
    assert np.abs((seen.depth_m - seen.amodal.depth_m)[through]).max(initial=0) < 1e-5
