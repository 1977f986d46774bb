"""What is worn over something else lies on it, not in it."""

import numpy as np
import pytest

from synthgen.mesh import Mesh
from synthgen.rays import RayScene
from tests.worn import put

PAIRS = {
    "straps under pads": ({"mask": {"kind": "n95", "wear": "on"}}, {"audio": {"kind": "over_ear"}}),
    "loops under pads": ({"mask": {"kind": "surgical", "wear": "on"}}, {"audio": {"kind": "headset"}}),
    "temples under pads": ({"glasses": {"kind": "glasses", "shape": "wayfarer"}}, {"audio": {"kind": "over_ear"}}),
    "studs under pads": ({"earrings": {"kind": "studs", "size_mm": 7}}, {"audio": {"kind": "on_ear"}}),
    "a tie under the band": ({"mask": {"kind": "cone", "wear": "on"}}, {"audio": {"kind": "over_ear"}}),
    "a boom before filters": ({"mask": {"kind": "respirator", "wear": "on"}}, {"audio": {"kind": "headset"}}),
    "temples under a strap": ({"glasses": {"kind": "glasses"}}, {"mask": {"kind": "face_shield"}}),
    "wide glasses behind a shield": (
        {"glasses": {"kind": "glasses", "shape": "cat_eye", "size": 1.15}},
        {"mask": {"kind": "face_shield", "wrap_deg": 70}},
    ),
    "a gaiter under goggles": ({"mask": {"kind": "neck_gaiter", "wear": "on"}}, {"glasses": {"kind": "ski_goggles"}}),
    "a mask under goggles": ({"mask": {"kind": "cloth_mask", "wear": "on"}}, {"glasses": {"kind": "safety_goggles"}}),
}


def deepest_mm(one: list[Mesh], other: list[Mesh]) -> float:
    points = np.concatenate([mesh.vertices for mesh in one])
    return 1e3 * max(float(RayScene(m.vertices, m.triangles).depth_inside(points).max()) for m in other)


def edges_cross_mm(one: list[Mesh], other: list[Mesh]) -> float:
    """Return the spread of the places where edges of one pass through triangles of the other."""
    found = [np.zeros((0, 3))]
    for mesh in one:
        a, b = (mesh.vertices[mesh.triangles[:, k]] for k in (0, 1))
        way = b - a
        long = np.linalg.norm(way, axis=1)
        a, way, long = a[long > 1e-6], way[long > 1e-6], long[long > 1e-6]
        for solid in other:
            hit, distance = RayScene(solid.vertices, solid.triangles).first_hit(a, way, long)
            found.append((a + way / long[:, None] * np.where(hit < 0, 0, distance)[:, None])[hit >= 0])
    points = np.concatenate(found) * 1e3
    return max((float(np.linalg.norm(np.ptp(half, 0))) for half in _halves(points) if len(half)), default=0.0)


def _halves(points):
    return points[points[:, 0] > 0], points[points[:, 0] <= 0]


@pytest.mark.parametrize("first, second", PAIRS.values(), ids=PAIRS)
def test_the_later_lies_on_the_earlier(first, second):
    worn = put(7, **first, **second)[1]
    kind = next(iter(second.values()))["kind"]
    over = [mesh for mesh in worn if mesh.instance == kind]
    under = [mesh for mesh in worn if mesh.instance != kind]
    assert over and under
    assert max(deepest_mm(under, over), deepest_mm(over, under)) < 1.0
    assert max(edges_cross_mm(under, over), edges_cross_mm(over, under)) < 30.0
