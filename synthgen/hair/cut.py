"""How long hair is cut, by where it grows."""

import numpy as np
from numpy.typing import NDArray

from synthgen.hair.scalp import THIN_M, above_hairline, azimuth_deg, sideburn
from synthgen.hair.style import Style
from synthgen.hair.worn import Worn
from synthgen.noise import noise
from synthgen.ramps import smooth_step

FADE_LOW_M, FADE_RISE_M = 0.716, 0.062
"""Height on the chart from which on sides are clipped longer and longer, at a fade of 0, and how much higher at 1."""
FADE_BEND_M, FADE_GAIN = 0.060, 0.75
"""Within the first so many the clipped length grows slowly, then by so much a height; below 1, tips of the hair end at
different heights and no ledge hangs over what is shorter."""


def lengths(worn: Worn, at: NDArray) -> NDArray:
    """Return the length (n,) of hair at roots on the chart, metres, before it is cut unevenly."""
    style, hair = worn.style, worn.hair
    front, top, crown, side, nape = style.cut
    ahead, behind = smooth_step(-at[:, 1], 0.045, 0.115), smooth_step(at[:, 1], -0.035, 0.025)
    upper = top + (front - top) * ahead + (crown - top) * behind
    low = smooth_step(azimuth_deg(at), 105, 145) * (1 - smooth_step(at[:, 2], 0.715, 0.790))
    lower = side + (nape - side) * low
    length = lower + (upper - lower) * on_top(style, at)
    length = length * (1.0 if style.flat is not None else hair.length)
    edge = smooth_step(above_hairline(at, hair.outline), -0.006, THIN_M)
    front_edge = 1 - smooth_step(azimuth_deg(at), 70, 110)
    length = length * (1 - (1 - edge) * (0.25 + 0.40 * front_edge))
    if max(side, nape) < 0.05:
        length = length * (1 - 0.55 * sideburn(at))
    if style.fade is not None:
        length = _faded(style, at, length, style.fade, above_hairline(at, hair.outline))
    if style.strip is not None:
        ragged = np.abs(at[:, 0]) + 0.0015 * noise(at * 1e3, 9, worn.key.child("strip"))
        out = smooth_step(ragged, style.strip - 0.003, style.strip + 0.004)
        length = length * (1 - out) + np.minimum(length, max(side, style.shortest)) * out
    return length


def on_top(style: Style, at: NDArray) -> NDArray:
    """Return 1 (n,) on top of the head, 0 at its sides; long hair is all alike."""
    if min(style.cut) > 0.1:
        return np.ones(len(at))
    forward = 0.15 * np.maximum(-0.10 - at[:, 1], 0)
    return smooth_step(at[:, 2] + forward, 0.802, 0.844)


def _faded(style: Style, at: NDArray, length: NDArray, fade: float, above: NDArray) -> NDArray:
    """Return lengths (n,) clipped at the sides and behind: shortest below, the longer the higher they grow."""
    taper = smooth_step(above, -0.004, 0.016)
    length = style.shortest + (length - style.shortest).clip(0) * (0.45 + 0.55 * taper)
    if fade <= 0:
        return length
    line = FADE_LOW_M + FADE_RISE_M * fade - 0.02 * (1 - fade) * smooth_step(azimuth_deg(at), 100, 150)
    over = np.maximum(at[:, 2] - line, 0)
    clipped = FADE_GAIN * over**2 / (over + FADE_BEND_M)
    swept = on_top(style, at) * (1 - smooth_step(at[:, 1], 0.0, 0.04))
    return np.minimum(length, style.shortest + clipped + max(style.cut) * swept)


def layered(style: Style, at: NDArray, fringe: NDArray) -> NDArray:
    """Return the share (n,) of its length that hair keeps when cut in layers: upper hair is shorter."""
    if not style.layers:
        return np.ones(len(at))
    upper = smooth_step(at[:, 2], 0.75, 0.87)
    return 1 - 0.48 * style.layers * upper * ~fringe


def flat_height(style: Style, worn: Worn, start: NDArray) -> NDArray:
    """Return the height (n,) at which hair with roots (n, 3) is cut to a flat top."""
    assert style.flat is not None
    top = worn.ground.vertices[:, 2].max()
    return top + style.flat * worn.hair.length - 0.06 * (start[:, 1] - start[:, 1].mean()) - 0.004
