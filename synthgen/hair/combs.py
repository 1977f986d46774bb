"""Combs: the way hair is led at points about the head, in the chart's frame."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthgen.hair.scalp import natural_flow
from synthgen.mesh import unit
from synthgen.ramps import smooth_step

MIDDLE = np.array([0.0, -0.05, 0.79])


@dataclass(frozen=True)
class Rooted:
    """What a comb knows of the hairs it leads.

    Attributes:
        at: (n, 3) roots.
        normal: (n, 3) skin there.
        side: (n,) side of the parting, -1 or 1.
        top: (n,) 1 on top, 0 at the sides.
        own: (n, 3) each hair's own slow noise.
        fringe: (n,) whether it falls over the forehead.
    """

    at: NDArray
    normal: NDArray
    side: NDArray
    top: NDArray
    own: NDArray
    fringe: NDArray


def whorl(rooted: Rooted, p: NDArray, s: NDArray) -> NDArray:
    """Lead hair as it grows: from the crown forwards on top, down at the sides."""
    up = smooth_step(rooted.normal[:, 2], 0.4, 0.9)[:, None]
    return natural_flow(p, 0.7) + 0.35 * rooted.own + np.array([0.2, 0, 0]) * up + np.array([0, -0.1, -0.7]) * (1 - up)


def side_part(rooted: Rooted, p: NDArray, s: NDArray) -> NDArray:
    """Lead hair away from a parting and back, down at the sides."""
    front = smooth_step(-rooted.at[:, 1], 0.07, 0.125)[:, None]
    over = np.array([1.0, 0, 0]) * rooted.side[:, None] + np.array([0, 0.55, 0]) * (1 - 0.4 * front) - [0, 0, 0.25]
    share = np.sqrt(rooted.top)[:, None]
    return over * share + np.array([0, 0.38, -1.0]) * (1 - share) + 0.16 * rooted.own


def back(rooted: Rooted, p: NDArray, s: NDArray) -> NDArray:
    """Lead hair straight back and down behind."""
    down = 0.35 + 0.8 * smooth_step(p[:, 1], 0.0, 0.05)
    return np.array([0, 1.0, 0]) - np.array([0, 0, 1.0]) * down[:, None] + 0.13 * rooted.own


def radial(rooted: Rooted, p: NDArray, s: NDArray) -> NDArray:
    """Lead hair straight away from the head."""
    return unit(rooted.at - MIDDLE) + 0.30 * rooted.own


def part(rooted: Rooted, p: NDArray, s: NDArray) -> NDArray:
    """Lead hair from a parting to both sides, off the face, and let it fall."""
    behind = smooth_step(rooted.at[:, 1], 0.0, 0.04)
    front = smooth_step(-rooted.at[:, 1], 0.055, 0.11)
    high = smooth_step(p[:, 2], 0.79, 0.86)
    aside = rooted.side * (1 - 0.8 * behind) * high
    backwards = (0.16 + 0.50 * front) * smooth_step(p[:, 2], 0.70, 0.80) + 0.9 * behind * smooth_step(
        p[:, 2], 0.83, 0.87
    )
    inwards = 0.5 * smooth_step(-p[:, 2], -0.735, -0.70) * (1 - smooth_step(-p[:, 2], -0.69, -0.64))
    led = np.stack([aside, backwards, np.full(len(p), -0.2)], 1)
    led = led + 0.10 * rooted.own * high[:, None] - inwards[:, None] * 0.5 * unit((p - MIDDLE) * [1, 1, 0])
    forward = np.stack([3.0 * rooted.at[:, 0], -0.8 * high, np.full(len(p), -0.15)], 1) + 0.07 * rooted.own
    return np.where(rooted.fringe[:, None], forward, led)


COMBS: dict[str, Callable[[Rooted, NDArray, NDArray], NDArray]] = {
    "whorl": whorl,
    "side_part": side_part,
    "back": back,
    "radial": radial,
    "part": part,
}
