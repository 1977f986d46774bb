"""Combs: the way hair is led at points about the head, in the chart's frame."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthgen.hair.scalp import CROWN, MIDDLE, natural_flow
from synthgen.mesh import unit
from synthgen.ramps import smooth_step

FRONT_Y, CROWN_Y = -0.15, CROWN[1]
DOWN = np.array([0, 0, -1.0])


@dataclass(frozen=True)
class Rooted:
    """What a comb knows of the hairs it leads.

    Attributes:
        at: (n, 3) roots.
        normal: (n, 3) skin there.
        side: (n,) side of the parting, -1 or 1.
        top: (n,) 1 on top, 0 at the sides.
        own: (n, 3) slow noise over the scalp.
        fringe: (n,) whether it falls over the forehead.
        parting_m: Where the parting lies.
        turned_in: How far tips are turned in, < 0 out.
        level: Height that hair ends at.
        messy: How far hair goes its own way; 1 is usual.
    """

    at: NDArray
    normal: NDArray
    side: NDArray
    top: NDArray
    own: NDArray
    fringe: NDArray
    parting_m: float
    turned_in: float
    level: float
    messy: float

    @property
    def front(self) -> NDArray:
        """Return 1 (n, 1) at the front of the top, 0 from its middle on."""
        return smooth_step(-self.at[:, 1], 0.055, 0.118)[:, None]


def _over_sides(rooted: Rooted, over: NDArray, back: float = 0.25, power: float = 0.5) -> NDArray:
    """Return a way on top (n, 3), blended into down and back at the sides; the later the greater the power."""
    share = rooted.top[:, None] ** power
    return over * share + np.array([0, back, -1.0]) * (1 - share)


def whorl(rooted: Rooted, p: NDArray, s: NDArray) -> NDArray:
    """Lead hair as it grows: from the crown forwards on top, down at the sides."""
    up = smooth_step(rooted.normal[:, 2], 0.4, 0.9)[:, None]
    own = 0.35 * rooted.messy * rooted.own
    return natural_flow(p, 0.7) + own + np.array([0.2, 0, 0]) * up + np.array([0, 0.1, -0.7]) * (1 - up)


def forward(rooted: Rooted, p: NDArray, s: NDArray) -> NDArray:
    """Lead hair forwards over the forehead, down at the sides."""
    fan = np.stack([2.0 * rooted.at[:, 0], np.full(len(p), -1.0), np.full(len(p), -0.15)], 1)
    behind = smooth_step(rooted.at[:, 1], -0.03, 0.03)[:, None]
    over = fan * (1 - behind) + natural_flow(p, 0.7) * behind
    return _over_sides(rooted, over, 0.1) + 0.22 * rooted.messy * rooted.own


def side_part(rooted: Rooted, p: NDArray, s: NDArray) -> NDArray:
    """Lead hair across from a parting and back, down at the sides."""
    heavy = (rooted.side * np.sign(rooted.parting_m) < 0)[:, None]
    behind = smooth_step(rooted.at[:, 1], -0.045, 0.01)[:, None]
    across = np.array([1.0, 0, 0]) * rooted.side[:, None] * (1 - behind) + behind * natural_flow(p, 1.2)
    over = across * np.where(heavy, 0.85, 0.5) + np.array([0, 0.75, 0]) + np.where(heavy, 0.05, -0.5) * -DOWN
    rise = rooted.front * heavy * (1 - smooth_step(s, 0.010, 0.030)) * np.array([0, 0.1, 0.9])
    return _over_sides(rooted, over + rise, 0.5) + 0.14 * rooted.messy * rooted.own


def back(rooted: Rooted, p: NDArray, s: NDArray) -> NDArray:
    """Lead hair straight back and down behind."""
    down = 0.30 + 0.9 * smooth_step(p[:, 1], 0.0, 0.05)
    return np.array([0, 1.0, 0]) + DOWN * down[:, None] + 0.13 * rooted.messy * rooted.own


def quiff(rooted: Rooted, p: NDArray, s: NDArray) -> NDArray:
    """Lead the front up and then back, the rest back, down at the sides."""
    rise = rooted.front * (1 - smooth_step(s, 0.012, 0.050))
    over = np.array([0, 0.9, -0.15]) * (1 - rise) + np.array([0, -0.12, 1.0]) * rise
    slant = np.array([0.30, 0, 0]) * np.sign(-rooted.parting_m) * (1 - rise)
    return _over_sides(rooted, over + slant, 0.5) + 0.17 * rooted.messy * rooted.own


def up(rooted: Rooted, p: NDArray, s: NDArray) -> NDArray:
    """Lead hair straight up on top, straight out at the sides."""
    share = rooted.top[:, None]
    return share * np.array([0, -0.05, 1.0]) + (1 - share) * rooted.normal + 0.10 * rooted.messy * rooted.own


def crest(rooted: Rooted, p: NDArray, s: NDArray) -> NDArray:
    """Lead hair to a crest over the middle of the head, away from it in profile."""
    profile = unit((rooted.at - MIDDLE) * [0.0, 1.0, 1.0])
    inwards = np.stack([-9 * p[:, 0], np.zeros(len(p)), np.zeros(len(p))], 1)
    return _over_sides(rooted, profile + inwards + 0.12 * rooted.messy * rooted.own, 0.3, 1.0)


def radial(rooted: Rooted, p: NDArray, s: NDArray) -> NDArray:
    """Lead hair straight away from the head, at the front edge not before the face."""
    away = unit(rooted.at - MIDDLE)
    before = np.maximum(-away[:, 1:2], 0) * (1 - 0.6 * away[:, 2:3])
    return away + before * np.array([0, 0.9, 0.25]) + 0.14 * rooted.messy * rooted.own


def falling(rooted: Rooted, p: NDArray, s: NDArray) -> NDArray:
    """Lead hair away from a parting that ends at the crown, off the face, and let it fall before or behind."""
    led = _from_parting(rooted, p, 0.30 + 0.55 * rooted.front[:, 0])
    return np.where(rooted.fringe[:, None], _fringe(rooted, p), led)


def curtain(rooted: Rooted, p: NDArray, s: NDArray) -> NDArray:
    """Lead hair away from a parting and forwards, so that it frames the forehead."""
    return _from_parting(rooted, p, 0.15 - 0.28 * rooted.front[:, 0])


def _from_parting(rooted: Rooted, p: NDArray, backwards: NDArray) -> NDArray:
    high, behind = smooth_step(p[:, 2], 0.785, 0.86), smooth_step(p[:, 1], 0.0, 0.035)
    reached = np.clip((p[:, 1] - FRONT_Y) / (CROWN_Y - FRONT_Y), 0, 1)
    line_x = rooted.parting_m * (1 - reached) + (0.4 * rooted.parting_m + 0.6 * CROWN[0]) * reached
    off = p[:, 0] - line_x
    before = 1 - smooth_step(rooted.at[:, 1], CROWN_Y - 0.012, CROWN_Y + 0.006)
    sideways = before * rooted.side * np.maximum(np.abs(off), 0.012) + (1 - before) * off
    away = unit(np.stack([sideways, np.maximum(p[:, 1] - CROWN_Y, 0), np.full(len(p), -0.006)], 1)) * high[:, None]
    low = smooth_step(-p[:, 2], -0.705, -0.63) * smooth_step(np.abs(p[:, 0]), 0.045, 0.085)
    front_or_back = np.where(rooted.at[:, 1] + 0.02 * rooted.own[:, 0] < -0.068, -0.9, 0.8)
    off_face = backwards * smooth_step(p[:, 2], 0.72, 0.80)
    level = np.stack([np.zeros(len(p)), off_face * (1 - behind) + front_or_back * low, np.full(len(p), -0.2)], 1)
    over_level = p[:, 2] - rooted.level
    tips = smooth_step(-over_level, -0.055, -0.015) * (1 - smooth_step(-over_level, 0.0, 0.05))
    inwards = (0.55 * rooted.turned_in * tips)[:, None] * unit((p - MIDDLE) * [1, 1, 0])
    over_crown = 0.9 * smooth_step(p[:, 1], -0.055, -0.005) * (1 - smooth_step(p[:, 1], 0.01, 0.04)) * high
    level[:, 1] += over_crown
    return away + level - inwards + 0.11 * rooted.messy * rooted.own * high[:, None]


def _fringe(rooted: Rooted, p: NDArray) -> NDArray:
    high = smooth_step(p[:, 2], 0.79, 0.86)
    ahead = np.stack([2.6 * rooted.at[:, 0], -0.8 * high, np.full(len(p), -0.15)], 1)
    return ahead + 0.08 * rooted.messy * rooted.own


Comb = Callable[[Rooted, NDArray, NDArray], NDArray]
COMBS: dict[str, Comb] = {
    "whorl": whorl,
    "forward": forward,
    "side_part": side_part,
    "back": back,
    "quiff": quiff,
    "up": up,
    "crest": crest,
    "radial": radial,
    "falling": falling,
    "curtain": curtain,
}
