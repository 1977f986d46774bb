"""Keep drawn faces human: distances between facial landmarks stay within two standard deviations of people's.

Independent draws over face-detail axes give, one time in a few, a distance no human face has. The draw is then moved
by the smallest change of sliders (in units of their spread) that brings every distance back into range.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthgen.assets import package_data
from synthgen.head.detail import axes
from synthgen.head.model import Points, head_model

LIMIT_SD = 2.0
MAX_SLIDER = 2.0
_DAMPING = 0.02
_STEPS = 8
_TOLERANCE_SD = 0.02


@dataclass(frozen=True)
class Anthropometry:
    """Distances on the face, as linear functions of the cage.

    Attributes:
        names: Of the distances.
        vertices: (2 k,) landmark vertices, the left ones and then the right ones.
        weights: (m, 2 k, 3) distance in mm = sum of weights * landmark coordinates in metres.
        mean_mm: (m,) over the model's population.
        sd_mm: (m,) over people.
    """

    names: tuple[str, ...]
    vertices: NDArray[np.int64]
    weights: NDArray[np.float64]
    mean_mm: NDArray[np.float64]
    sd_mm: NDArray[np.float64]

    def measure(self, cage: Points) -> NDArray[np.float64]:
        """Return the distances (m,) in mm of a cage (v, 3)."""
        return np.einsum("mkc,kc->m", self.weights, cage[self.vertices])


@lru_cache(maxsize=1)
def anthropometry() -> Anthropometry:
    """Return the table of `assets/head/anthropometry.json`, its right-hand landmarks found by mirroring."""
    table = json.loads(package_data("head", "anthropometry.json").read_text())
    names = list(table["landmarks"])
    left = np.array([table["landmarks"][name] for name in names])
    base = head_model().vertices
    right = np.array([np.linalg.norm(base - base[v] * [-1, 1, 1], axis=1).argmin() for v in left])
    k, measures = len(names), table["measures"]
    weights = np.zeros((len(measures), 2 * k, 3))
    for row, item in enumerate(measures):
        first = names.index(item["from"])
        if item["along"] == "width":  # left minus right of one landmark
            weights[row, first, 0], weights[row, k + first, 0] = 1000, -1000
        else:  # height upwards, depth towards the front, of the left landmarks
            axis, sign = {"height": (2, 1), "depth": (1, -1)}[item["along"]]
            weights[row, first, axis] += 1000 * sign
            weights[row, names.index(item["to"]), axis] -= 1000 * sign
    return Anthropometry(
        names=tuple(item["name"] for item in measures),
        vertices=np.concatenate([left, right]),
        weights=weights,
        mean_mm=np.array([item["mean_mm"] for item in measures]),
        sd_mm=np.array([item["sd_mm"] for item in measures]),
    )


@lru_cache(maxsize=1)
def _responses() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how the distances answer to each axis, (axes, m) in mm per unit, for positive and for negative values."""
    model, table = head_model(), anthropometry()
    zero = table.measure(model.vertices)
    sides = []
    for sign in (1.0, -1.0):
        rows = [table.measure(model.displace(axis.targets(sign))) - zero for axis in axes().values()]
        sides.append(np.array(rows))
    return sides[0], sides[1]


def keep_human(macro_cage: Points, details: Mapping[str, float], limit_sd: float = LIMIT_SD) -> dict[str, float]:
    """Return details moved as little as needed for every distance to be within `limit_sd` of the mean.

    Args:
        macro_cage: (v, 3) the person without face details.
        details: Value of every axis.
        limit_sd: Allowed distance from the population mean, in human standard deviations.

    Returns:
        Values of the same axes. Distances that the macro shape alone pushes out are brought as near as sliders of
        +-2 can; the step is the damped minimum-norm Gauss-Newton step (Levenberg 1944) in slider space.
    """
    table, (plus, minus) = anthropometry(), _responses()
    names = list(axes())
    base = table.measure(macro_cage)
    spread = np.array([axis.sigma for axis in axes().values()]) ** 2
    spread = spread / spread.max()
    one_sided = np.array([not axis.minus for axis in axes().values()])
    z = np.array([details[name] for name in names])
    for _ in range(_STEPS):
        found = base + np.maximum(z, 0) @ plus + np.maximum(-z, 0) @ minus
        error = (found - table.mean_mm) / table.sd_mm
        excess = np.sign(error) * np.maximum(np.abs(error) - limit_sd, 0)
        out = np.abs(excess) > _TOLERANCE_SD
        if not out.any():
            break
        J = (np.where(z[:, None] >= 0, plus, -minus)[:, out] / table.sd_mm[out]).T
        weighted = J * spread
        z = z - spread * (J.T @ np.linalg.solve(weighted @ J.T + _DAMPING * np.eye(int(out.sum())), excess[out]))
        z = np.clip(np.where(one_sided, np.maximum(z, 0), z), -MAX_SLIDER, MAX_SLIDER)
    return dict(zip(names, z.tolist(), strict=True))
