"""The outline of a person's eyebrows on the chart."""

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from synthgen.hair.brow_shapes import ALONG_MM, CENTRE_MM, HALF_WIDTH_MM, SHAPES
from synthgen.hair.brows import Brows

NARROWEST_MM = 1.2
"""Half the width that single hairs spread over where an outline is narrower: there they grow sparser, not in a line."""
LOWEST_MM = 776.0
"""Skin of the lid begins here: the lower edge of a brow keeps above."""
MOST_ARCHED_MM, GIVE_MM = 7.0, 1.6
"""Rise of the centre line over the straight line between its ends: what is more is pressed into the second number."""


def _less_arched(share: NDArray, centre: NDArray) -> NDArray:
    """Return a centre line whose arch is no higher than faces have it."""
    chord = centre[0] + (centre[-1] - centre[0]) * share
    arch = float((centre - chord).max())
    if arch <= MOST_ARCHED_MM:
        return centre
    kept = MOST_ARCHED_MM + GIVE_MM * np.tanh((arch - MOST_ARCHED_MM) / GIVE_MM)
    return chord + (centre - chord) * kept / arch


class BrowOutline:
    """A brow's centre line and half width over the distance from the midline, metres on the chart."""

    def __init__(self, brows: Brows, higher_mm: float):
        raised, widened = SHAPES[brows.shape]
        x = np.array(ALONG_MM)
        share = (x - x[0]) / (x[-1] - x[0])
        bump = np.exp(-(((share - 0.68) / 0.24) ** 2))
        centre = np.array(CENTRE_MM) + raised + brows.height_mm + higher_mm
        centre += 0.8 * brows.arch_mm * bump + brows.tilt_mm * (share - 0.45)
        centre = _less_arched(share, centre)
        drawn = np.array(HALF_WIDTH_MM) * widened * brows.thickness**0.8
        half = np.hypot(drawn, NARROWEST_MM)
        centre = np.maximum(centre, LOWEST_MM + half * np.where(share < 0.9, 1, 0.3))
        x = x + brows.inner_mm * (1 - share)
        self.inner, self.outer = x[0] * 1e-3, x[-1] * 1e-3
        self.centre, self.half, self.filled = (
            PchipInterpolator(x * 1e-3, values) for values in (centre * 1e-3, half * 1e-3, drawn / half)
        )

    def place(self, at: NDArray) -> tuple[NDArray, NDArray, NDArray]:
        """Return for points (n, 3) of the chart: share of the way along, height over the half width, slope."""
        x = np.clip(np.abs(at[:, 0]), self.inner, self.outer)
        across = (at[:, 2] - self.centre(x)) / np.maximum(self.half(x), 3e-4)
        return (np.abs(at[:, 0]) - self.inner) / (self.outer - self.inner), across, self.centre(x, 1)


def outline_mm(brows: Brows, count: int = 33) -> tuple[NDArray, NDArray, NDArray]:
    """Return the outline of a right brow on the chart: distance from the midline, height, half width (count,), mm."""
    outline = BrowOutline(brows, 0.0)
    x = np.linspace(outline.inner, outline.outer, count)
    return x * 1e3, outline.centre(x) * 1e3, outline.half(x) * 1e3
