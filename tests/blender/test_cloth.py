"""How cloth reflects light."""

from dataclasses import replace

import numpy as np
import pytest

from synthgen.camera import intrinsics
from synthgen.fabrics import FabricSpec, fabric_material, sample_fabric
from synthgen.lighting import Environment, Lamp
from synthgen.materials import SEAM_REACH_MM, Spectrum, Textile
from synthgen.places import Orbit
from synthgen.rng import Key
from tests.blender.shapes import camera, shape, sphere, stage


@pytest.fixture(scope="module")
def spread(device, settings):
    """Return a function that renders a ball of a black weave before a lamp: how wide it shines across over upright."""
    from synthgen.assemble import PlacedLamp
    from synthgen.blender.render import render

    place = Orbit(distance_m=3, yaw_deg=0, pitch_deg=0, roll_deg=0, x_m=0, y_m=0, aim_x_m=0, aim_y_m=0)
    lamp = Lamp(name="l", kind="point", band="visible", power_w=60, color=(1, 1, 1), place=place, size_m=0.05)
    lamps = (PlacedLamp(lamp, place.world_from_device(np.zeros(3))),)

    def rendered(weave: str, axes: tuple[int, int]) -> float:
        ball = sphere(0.8)
        cloth = {"weave": weave, "pattern": "plain", "color": "black"}
        material = replace(
            fabric_material(sample_fabric(FabricSpec.model_validate(cloth), Key("ball"))), crumple_mm=0.0
        )
        ball = replace(ball, uv=1e3 * ball.vertices[ball.triangles][..., axes], materials=("cloth",))
        before = stage([ball], [camera(64, 64, eye=(0, -3, 0))], Environment(kind="uniform", strength=0.0))
        view = render(settings, replace(before, lamps=lamps, materials={"cloth": material}), device)[0]["default"]
        light = np.nan_to_num(view.color[..., 0]) * (view.alpha > 0.99)
        rows, columns = ((light * (at - (light * at).sum() / light.sum()) ** 2).sum() for at in np.indices(light.shape))
        return float(np.sqrt(columns / rows))

    return rendered


def test_satin_shines_across_its_weft_and_knitwear_alike_in_all_ways(spread):
    assert spread("satin", (0, 2)) < 0.9 and spread("satin", (2, 0)) > 1.1
    assert spread("jersey", (0, 2)) == pytest.approx(1, abs=0.05)


def test_two_rows_of_thread_run_along_the_stitched_side_of_a_seam(device, settings):
    from synthgen.blender.render import render

    x = np.array([-1.0, 0, 1])
    cloth = shape("cloth", [(i, 0, k) for i in x for k in (-1, 1)], [(0, 2, 1), (1, 2, 3), (2, 4, 3), (3, 4, 5)])
    seam, side = np.repeat(SEAM_REACH_MM * (1 - np.abs(x)), 2), np.repeat(x, 2)
    attributes = {"seam": seam, "stitched": side, "rest_mm": np.zeros((6, 3))}
    cloth = replace(cloth, attributes=attributes, uv=np.zeros((4, 3, 2)), materials=("cloth",))
    white, red = (Spectrum(rgb, 0.5, 0.5) for rgb in ((0.8, 0.8, 0.8), (0.8, 0.0, 0.0)))
    ahead = camera(96, 24, intrinsics(96, 96, 48, 12), eye=(0, -2.2, 0))
    before = stage([cloth], [ahead], Environment(kind="uniform", strength=1.0))
    view = render(settings, replace(before, materials={"cloth": Textile(white, stitch=red)}), device)[0]["default"]
    row = view.color[12, 5:91]
    at = np.linspace(-1, 1, 96)[5:91] * 1.1 * SEAM_REACH_MM
    thread = row[:, 1] < 0.5 * row[:, 0]
    assert not thread[at < 1].any()
    starts = np.flatnonzero(np.diff(thread.astype(int)) == 1)
    assert at[starts] == pytest.approx([2.6, 8.8], abs=1.0)
