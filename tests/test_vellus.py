import numpy as np
import pytest
from scipy.spatial import KDTree

from synthgen.assemble import assemble
from synthgen.hair.vellus import vellus_length_mm
from synthgen.head.skin import skin_surface
from synthgen.parts import Part
from synthgen.pipeline import render_scene
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec


def scene(vellus, focal_mm, size=256):
    lens = {"kind": "focal", "focal_length_mm": focal_mm, "sensor_width_mm": 36}
    camera = {"name": "c", "width_px": size, "height_px": size, "lens": lens}
    spec = {
        "identity": {"ids": [11]},
        "expression": {"name": "neutral"},
        "gaze": {"kind": "angles"},
        "hair": {"style": "bald"},
        "facial_hair": {"style": "none"},
        "skin": {"vellus": vellus, "tone": 0.2},
        "render": {"quality": "draft"},
        "rigs": [{"kind": "head_orbit", "cameras": [camera]}],
    }
    return sample_scene(SceneSpec.model_validate(spec), 0)


def fuzz(*args, **more):
    geometry = assemble(scene(*args, **more), skin_map_size=256)
    return geometry, [s for s in geometry.strands if s.name == "vellus"]


def test_fuzz_grows_only_where_pixels_are_small_enough_to_show_it():
    assert not fuzz(1.0, 85)[1] and not fuzz(0.0, 900)[1]
    geometry, (hairs,) = fuzz(1.0, 900)
    assert 5000 < len(hairs.points) < 40000
    assert hairs.radius[:, 0].min() > 7e-6 and hairs.radius.max() < 1.3e-5
    length = np.linalg.norm(np.diff(hairs.points, axis=1), axis=2).sum(1)
    assert 0.0006 < np.median(length) < 0.002 and np.percentile(length, 99) < 0.008
    surface = skin_surface()
    lips = np.unique(surface.triangles[np.isin(surface.part, [Part.LIP_UPPER, Part.LIP_LOWER])])
    near = KDTree(geometry.skin).query(hairs.points[:, 0])[1]
    assert np.isin(near, lips).mean() < 0.01
    out = (hairs.points[:, -1] - hairs.points[:, 0]) * surface.normals(geometry.skin)[near]
    assert (out.sum(1) > 0).mean() > 0.98


def test_fuzz_is_longer_at_the_jaw_than_on_the_forehead_and_absent_from_eyes_and_lips():
    jaw, forehead, lid, lip = vellus_length_mm(
        np.array([[48, -112, 655], [0, -150, 785], [31, -145, 729], [5, -158, 665.0]])
    )
    assert jaw > 1.4 > forehead > 0.5 and lid < 0.1 and lip == 0


@pytest.mark.blender
def test_labels_know_nothing_of_fuzz():
    with_fuzz, without = (render_scene(scene(v, 900, 160), "cpu", 2).passes["c"] for v in (4.0, 0.0))
    assert np.array_equal(with_fuzz.part, without.part) and np.array_equal(with_fuzz.alpha, without.alpha)
    assert with_fuzz.cover.keys() == without.cover.keys()
    assert np.abs(with_fuzz.color - without.color).max() > 0.001
