"""Glasses in pictures and labels."""

import warnings
from dataclasses import replace

import numpy as np
import OpenEXR
import pytest
from scipy.ndimage import binary_erosion

from synthgen.accessories.glasses.dirt import dirt_map
from synthgen.annotate import annotate
from synthgen.annotate.visibility import CLEAR_LENS, clear_materials
from synthgen.assemble import assemble
from synthgen.parts import Part
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec
from synthgen.verify import verify_dataset

LENS = {"kind": "focal", "focal_length_mm": 260, "sensor_width_mm": 36}
CAMERAS = [{"name": band, "width_px": 128, "height_px": 64, "lens": LENS, "band": band} for band in ("rgb", "nir850")]
LENSES = (Part.GLASSES_LENS_LEFT, Part.GLASSES_LENS_RIGHT)
PLACE = {"kind": "orbit", "distance_m": 1.0, "aim_y_m": 0.02}


def data(person=2, cameras=CAMERAS[:1], **glasses):
    worn = {"kind": "glasses", "slide_mm": 0.0, "shape": "square", "mirror": "none", **glasses} if glasses else None
    return {
        "identity": {"ids": [person]},
        "hair": {"style": "bald"},
        "facial_hair": {"style": "none"},
        "expression": {"name": "neutral"},
        "accessories": {"glasses": worn} if worn else {},
        "rigs": [{"kind": "head_orbit", "place": PLACE, "cameras": cameras}],
        "render": {"quality": "draft"},
        "outputs": ["rgb", "alpha", "depth", "segmentation", "instances", "coverage", "through_lens", "amodal"],
    }


def drawn(**more):
    return sample_scene(SceneSpec.model_validate(data(**more)), 0)


@pytest.fixture(scope="module")
def rendered(device):
    """Return a function that gives geometry and passes of a scene, kept for the next call."""
    from synthgen.blender.render import render

    kept = {}

    def get(**more):
        if repr(more) not in kept:
            scene = drawn(**more)
            geometry = assemble(scene)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                kept[repr(more)] = geometry, render(scene, geometry, device)[0]
        return kept[repr(more)]

    return get


WORN = {"sphere_dioptre": -2.0}


def test_frame_and_lenses_have_ids_and_an_instance(rendered):
    geometry, views = rendered(**WORN)
    seen = views["rgb"]
    assert {Part.GLASSES_FRAME, *LENSES} <= set(np.unique(seen.part).tolist())
    number = geometry.instances.index("glasses") + 1
    assert np.array_equal(np.isin(seen.part, [Part.GLASSES_FRAME, *LENSES]), seen.instance == number)
    left, right = (np.flatnonzero((seen.part == lens).any(0)).mean() for lens in LENSES)
    assert left > right, "the subject's left is on the right of the image"


def test_lenses_have_a_soft_share_of_each_pixel(rendered):
    seen = rendered(**WORN)[1]["rgb"]
    for lens in LENSES:
        share, hit = seen.cover[lens], seen.part == lens
        assert share.min() >= 0 and share.max() <= 1
        assert share.sum() == pytest.approx(hit.sum(), rel=0.05)
        assert share[binary_erosion(hit, iterations=3)].min() > 0.99
        assert ((share > 0.1) & (share < 0.9)).sum() > 10, "soft at the rim"
    assert Part.VISOR not in seen.cover and not seen.covered()[seen.part == LENSES[0]].any(), "no hair"


def test_the_eye_is_seen_through_its_lens(rendered):
    _, views = rendered(**WORN)
    seen, layer = views["rgb"], views["rgb"].through_lens
    for side, lens in zip(("LEFT", "RIGHT"), LENSES, strict=True):
        behind = layer.part[seen.part == lens]
        assert {Part[f"IRIS_{side}"], Part[f"PUPIL_{side}"], Part[f"SCLERA_{side}"]} <= set(behind.tolist())
        assert (behind == lens).mean() < 0.05, "but for the lens' edge"
    clear = ~np.isin(seen.part, LENSES)
    assert np.array_equal(layer.part[clear], seen.part[clear]) and (layer.instance[clear] == seen.instance[clear]).all()
    iris = np.isin(layer.part, [Part.IRIS_LEFT, Part.IRIS_RIGHT])
    gap = layer.depth_m[iris] - seen.depth_m[iris]
    assert gap.min() > 0.012 and gap.max() < 0.030, "cornea to lens, and the chamber"


def test_without_accessories_labels_are_those_of_the_bare_face(rendered):
    layer, bare = rendered(**WORN)[1]["rgb"].amodal, rendered()[1]["rgb"]
    assert np.array_equal(layer.part, bare.part)
    assert np.array_equal(layer.depth_m, bare.depth_m)
    assert np.array_equal(layer.instance, bare.instance)


def test_who_wears_nothing_has_the_same_labels_in_all_layers(rendered):
    bare = rendered()[1]["rgb"]
    for layer in (bare.through_lens, bare.amodal):
        assert np.array_equal(layer.part, bare.part) and np.array_equal(layer.depth_m, bare.depth_m)


def test_clear_lenses_take_little_light_from_the_face_and_dark_ones_much(device):
    from synthgen.blender.render import render

    def share(dye):
        """Return the light from behind the lenses against that of the same frame without lenses."""
        scene = drawn(sphere_dioptre=0.0, coating="green", dye=dye, density=1.0)
        whole = assemble(scene)
        empty = replace(whole, meshes=tuple(mesh for mesh in whole.meshes if "lens" not in mesh.name))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            seen, frame = (render(scene, geometry, device)[0]["rgb"] for geometry in (whole, empty))
        lens = np.isin(seen.part, LENSES)
        return seen.color[lens].mean() / frame.color[lens].mean()

    assert 0.9 < share("clear") < 1.1
    assert share("grey") < 0.2  # twice through the dye, and what is reflected


def test_dirt_and_clear_frames_scatter_and_pass_light(device):
    from synthgen.blender.render import render

    def seen(part, **glasses):
        scene = drawn(sphere_dioptre=0.0, coating="green", density=1.0, dust=0.0, scratches=0.0, **glasses)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            passes = render(scene, assemble(scene), device)[0]["rgb"]
        return passes.color[np.isin(passes.part, part)].mean()

    clean, smudged = (seen(LENSES, dye="grey", smudges=amount, plastic="black") for amount in (0.0, 1.0))
    share = dirt_map(1.0, 0.0, 0.0, drawn(shape="square").accessories.glasses.seed).mean()
    assert 1.1 * clean < smudged < clean + share, "brighter where it is dirty, by no more than a white card would be"
    frame = [Part.GLASSES_FRAME]
    black, crystal = (seen(frame, plastic=name, dye="clear", smudges=0.0) for name in ("black", "crystal"))
    assert crystal > 4 * black


def test_prescriptions_change_the_size_of_the_eyes_behind(device):
    from synthgen.blender.build import build
    from synthgen.blender.render import _all_labels, _settings

    area = {}
    for sphere in (-8.0, 0.0, 6.0):
        scene = drawn(sphere_dioptre=sphere, shape="oval", vertex_mm=14.0)
        built = build(assemble(scene))
        _settings(scene, device)
        part = _all_labels(built, through=True)["rgb"]["part"]
        area[sphere] = np.isin(part, [Part.IRIS_LEFT, Part.PUPIL_LEFT]).sum()
    # spectacle magnification is about 1 / (1 - d F), d the distance from lens to iris
    assert area[-8.0] / area[0.0] == pytest.approx((1 + 8 * 0.017) ** -2, abs=0.06)
    assert area[6.0] / area[0.0] == pytest.approx((1 - 6 * 0.020) ** -2, abs=0.12)


def test_dark_lenses_hide_landmarks_and_clear_ones_do_not():
    eyes = slice(36, 48)

    def shown(**glasses):
        geometry = assemble(drawn(cameras=CAMERAS, **glasses), 64)
        empty = {camera.name: _nothing(camera) for camera in geometry.cameras}
        labels = annotate(geometry, empty)
        return {name: one.landmarks["ibug68"].visible[eyes] for name, one in labels.items()}, labels, geometry

    seen, labels, _ = shown(dye="clear")
    assert seen["rgb"].all() and seen["nir850"].all() and labels["rgb"].eyes["left"].pupil_visible
    seen, labels, geometry = shown(dye="grey", density=1.0)
    assert not seen["rgb"].any() and not labels["rgb"].eyes["left"].pupil_visible
    assert seen["nir850"].all() and labels["nir850"].eyes["left"].pupil_visible
    lens = geometry.materials["glasses_lens"]
    assert lens.transmission("rgb") < CLEAR_LENS < lens.transmission("nir850")
    assert "glasses_lens" in clear_materials(geometry, "nir850") - clear_materials(geometry, "rgb")


def _nothing(camera):
    from synthgen.passes import Passes

    flat = np.zeros((camera.height, camera.width), np.float32)
    three = np.zeros((*flat.shape, 3), np.float32)
    return Passes(three, flat, flat, three, flat.astype(np.uint8), flat.astype(np.uint16), three)


@pytest.fixture(scope="module")
def written(device, tmp_path_factory):
    """Return the folder of a data set of one sample with glasses and all layers."""
    from synthgen.pipeline import render_scene
    from synthgen.write import Dataset, write_frame
    from synthgen.write.sample import file_table

    folder = tmp_path_factory.mktemp("glasses")
    spec = SceneSpec.model_validate(data(**WORN))
    dataset = Dataset(folder)
    dataset.prepare(spec, "", 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        at = write_frame(render_scene(sample_scene(spec, 0), "cpu", 1), folder)
    dataset.add({"index": 0, "identity": "2", "files": file_table(at)})
    return folder


def test_a_data_set_with_glasses_has_no_problems(written):
    from synthgen.read import read_sample

    assert verify_dataset(written).problems == []
    sample = read_sample(written / "000/000000")
    assert sample.labels["attributes"]["accessories"][0]["shape"] == "square"
    assert sample.labels["cameras"]["rgb"]["instances"]["4"] == "glasses"
    assert Part.GLASSES_FRAME not in sample.array("rgb", "amodal.segmentation")
    assert sample.array("rgb", "through_lens.depth").max() > 0.5
    with OpenEXR.File(str(written / "000/000000/rgb.coverage.exr")) as file:
        assert {"glasses_lens_left", "glasses_lens_right"} <= set(file.channels())


@pytest.mark.parametrize(
    ("layer", "number", "said"),
    [
        ("amodal", Part.GLASSES_FRAME, "amodal holds .'glasses_frame'., which it leaves out"),
        ("amodal", 0, "amodal: instances and segmentation differ in what is background"),
        ("through_lens", Part.LIP_UPPER, "through_lens and segmentation differ at"),
    ],
)
def test_a_spoilt_layer_is_found(written, tmp_path, layer, number, said):
    import re
    import shutil

    from synthgen.read.sample import read_png
    from synthgen.verify import Report, _check_sample
    from synthgen.write.dataset import Dataset
    from synthgen.write.images import write_png
    from synthgen.write.sample import file_table

    copy = shutil.copytree(written, tmp_path / "out")
    path = copy / f"000/000000/rgb.{layer}.segmentation.png"
    pixels = read_png(path).copy()
    pixels[:8, 60:68] = number
    write_png(path, pixels)
    report = Report()
    _check_sample(copy, 0, {"files": file_table(path.parent)}, Dataset(copy).description(), report)
    assert any(re.search(said, problem) for problem in report.problems), report.problems
