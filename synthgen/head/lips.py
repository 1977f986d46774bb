"""Lips that meet: the shapes of drawn people leave the base mesh's mouth open by up to two millimetres, or crossed."""

import json
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthgen.assets import package_data
from synthgen.head.model import Points, head_model
from synthgen.head.skin import skin_surface

REST_GAP_MM = 0.1
_UNIT = "arkit/mouthClose"


@lru_cache(maxsize=1)
def _gap_weights() -> NDArray[np.float64]:
    """Return weights (v,) whose product with the cage's heights is the mean gap between the lips' inner edges."""
    table = json.loads(package_data("landmarks", "ibug68.json").read_text())
    points = {point["name"]: point for point in table["points"]}
    upper = [name for name in points if name.startswith("upper_lip") and name.endswith("_inner")]
    matrix, weights = skin_surface().matrix, np.zeros(len(head_model().vertices))
    for name in upper:
        for edge, sign in ((name, 1), (name.replace("upper", "lower"), -1)):
            for vertex, share in zip(points[edge]["vertices"], points[edge]["weights"], strict=True):
                weights += sign * share / len(upper) * matrix[vertex].toarray().ravel()
    return weights


def seal_lips(cage: Points) -> Points:
    """Return a neutral cage (v, 3) with its lips moved so that they just meet.

    The move is MakeHuman's own closing of the mouth in the amount that leaves a gap of 0.1 mm; negative where drawn
    lips cross.
    """
    index, delta = head_model().targets[_UNIT]
    weights = _gap_weights()
    gap_m, change_m = float(weights @ cage[:, 2]), float(weights[index] @ delta[:, 2])
    return head_model().displace({_UNIT: (REST_GAP_MM * 1e-3 - gap_m) / change_m}, cage)
