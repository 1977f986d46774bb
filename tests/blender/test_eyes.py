"""Eyes in pictures: glints where geometry puts them, and the published order of brightness in the infrared."""

import warnings

import numpy as np
import pytest
from scipy.ndimage import binary_erosion

from synthgen.assemble import assemble
from synthgen.camera import project
from synthgen.head.eyes import CORNEA_RADIUS_MM, LIMBUS_MM
from synthgen.mesh import unit
from synthgen.parts import Part
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec


def photograph(device, apart_m, focal_mm, bright_pupil=1.0, color="brown"):
    """Return geometry, camera and passes of an eye region with one infrared lamp beside the camera."""
    from synthgen.blender.render import render

    lens = {"kind": "focal", "focal_length_mm": focal_mm, "sensor_width_mm": 5.0}
    camera = {"name": "c", "band": "nir850", "width_px": 200, "height_px": 120, "lens": lens}
    lamp = {
        "kind": "area",
        "name": "l",
        "band": "nir850",
        "size_m": 0.012,
        "power_w": 2,
        "place": {"kind": "relative", "x_m": apart_m},
    }
    place = {"kind": "orbit", "distance_m": 0.6, "yaw_deg": 0, "pitch_deg": 0, "y_m": 0.007}
    spec = {
        "identity": {"ids": [117]},
        "hair": {"style": "bald"},
        "lashes": {"density": 0},
        "eyes": {"pupil_mm": 5, "bright_pupil": bright_pupil, "color": color},
        "gaze": {"kind": "camera"},
        "rigs": [{"kind": "head_orbit", "name": "r", "place": place, "cameras": [camera], "lamps": [lamp]}],
        "lighting": {"environment": {"kind": "uniform", "strength": 0.02}},
        "render": {"quality": "standard"},
    }
    scene = sample_scene(SceneSpec.model_validate(spec), 0)
    geometry = assemble(scene)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        passes, _ = render(scene, geometry, device)
    return geometry, geometry.cameras[0], passes["c"]


def glint_uv(eye, camera, lamp_at):
    """Return the pixel where the cornea's sphere mirrors a lamp into the camera: found by halving the angle."""
    edge = np.sqrt((eye.radius_m * 1e3) ** 2 - LIMBUS_MM**2)
    middle = eye.to_world(np.array([[0, 0, edge - np.sqrt(CORNEA_RADIUS_MM**2 - LIMBUS_MM**2)]]))[0]
    normal = unit(camera.centre_world - middle)
    for _ in range(20):
        point = middle + CORNEA_RADIUS_MM * 1e-3 * normal
        normal = unit(unit(camera.centre_world - point) + unit(lamp_at - point))
    return project(camera.to_cam(point)[None], camera.K)[0]


@pytest.mark.parametrize("focal_mm", [15, 28], ids=["portrait", "eyes"])
@pytest.mark.parametrize("apart_m", [0.1, 0.012], ids=["dark_pupil", "bright_pupil"])
def test_a_denoised_picture_has_the_glint_where_the_cornea_mirrors_the_lamp(device, focal_mm, apart_m):
    geometry, camera, passes = photograph(device, apart_m, focal_mm)
    seen = 0
    for eye in geometry.eyes:
        u, v = glint_uv(eye, camera, geometry.lamps[0].world_from_lamp[:3, 3])
        if not camera.inside([u, v]):
            continue
        seen += 1
        side = eye.side.upper()
        own = passes.part == Part[f"PUPIL_{side}"]
        grey = np.where(binary_erosion(own), passes.color[..., 0], 0)  # the rim shares its pixels with the iris
        row, column = np.unravel_index(grey.argmax(), grey.shape)
        assert np.hypot(column + 0.5 - u, row + 0.5 - v) < 1.5
        pupil = np.median(passes.color[..., 0][passes.part == Part[f"PUPIL_{side}"]])
        assert grey.max() > 1.15 * pupil
    assert seen


def level(passes, *names):
    """Return the median brightness of parts, left and right."""
    parts = [Part[name] for name in Part.__members__ if name.startswith(names)]
    return float(np.median(passes.color[..., 0][np.isin(passes.part, parts)]))


def test_pupil_iris_and_white_keep_their_order_of_brightness_by_lamp_angle(device):
    """Off the axis the pupil is darkest, then iris, then white; on the axis it outshines the iris (Morimoto 2000)."""
    _, _, dark = photograph(device, 0.1, 28)
    _, _, bright = photograph(device, 0.006, 28)
    assert level(dark, "PUPIL") < 0.4 * level(dark, "IRIS") < 0.4 * level(dark, "SCLERA")
    assert level(bright, "PUPIL") > 1.3 * level(bright, "IRIS")


def test_brown_and_blue_irises_are_as_bright_as_each_other_in_the_infrared(device):
    blue, brown = (level(photograph(device, 0.1, 28, color=color)[2], "IRIS") for color in ("blue", "dark_brown"))
    assert brown == pytest.approx(blue, rel=0.3)
