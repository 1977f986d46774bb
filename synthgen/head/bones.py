"""The brow ridge and the skull's width of one person, set on the base cage."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthgen.head.features import one_side
from synthgen.head.model import Points, head_model
from synthgen.ramps import smooth_step


def set_bones(cage: Points, features: Mapping[str, float], uneven: Mapping[str, float]) -> Points:
    """Return a cage (v, 3) with the brow ridges and the skull of a person's `head.features`."""
    moved = np.array(cage)
    ridges, skull = _fields()
    for ridge, outward in zip(ridges, (1, -1), strict=True):
        moved[:, 1] -= 1e-3 * one_side(features, uneven, outward)["brow_ridge_mm"] * ridge
    moved[:, 0] += 0.5e-3 * features["skull_width_mm"] * skull
    return moved


@lru_cache(maxsize=1)
def _fields() -> tuple[tuple[NDArray, NDArray], NDArray]:
    """Return shares (v,) of the left and the right brow ridge, and of the skull's widening, > 0 on the left.

    A ridge is an arch along the orbit's upper rim; the skull widens over the temples, most at the parietal bones.
    """
    x, y, z = head_model().vertices.T * 1000
    side = np.abs(x)
    crest = 749.5 + 3.0 * np.sin(np.clip(side / 55, 0, 1) * np.pi) - 4.0 * np.clip((side - 45) / 15, 0, 1) ** 2
    up = np.where(z > crest, (z - crest) / 10.0, (crest - z) / 7.0)
    along = smooth_step(62 - side, 0, 24) * (0.45 + 0.55 * smooth_step(side, 2, 15))
    ridge = np.exp(-(up**2)) * along * smooth_step(-y, 105, 120)
    left = np.clip(x / 8 + 0.5, 0, 1)  # both sides share the middle
    skull = (
        np.sign(x) * np.sin(np.clip(side / 62, 0, 1) * np.pi / 2) * smooth_step(z, 742, 806) * smooth_step(y, -150, -70)
    )
    return (ridge * left, ridge * (1 - left)), skull
