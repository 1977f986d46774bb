"""The shapes that glasses come in, as rows of numbers."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.geometry import even_steps, superellipse

Rim = Literal["acetate", "metal", "half", "club", "none"]
POINTS = 96


@dataclass(frozen=True)
class Shape:
    """The front of a pair of glasses, millimetres, before it is scaled to a head.

    Attributes:
        width: Of a lens.
        height: Of a lens.
        bridge: Between the lenses.
        power: Of the superellipse: 2 an ellipse, 5 nearly a box.
        rim: acetate or metal all round, half (metal above, a thread below), club (acetate above, metal below), none.
        rim_mm: Width of an acetate rim.
        taper: How much wider the lens is above than below.
        flick: How far its outer upper corner is drawn up.
        drop: Share of the teardrop of an aviator.
        nasal: How far its lower inner corner makes way for the nose, as a share of the width.
        bars: Over the nose.
        base_d: Power of the front surface of a lens without power: how round the front is.
        wrap_deg: How far each lens is turned round the face.
        hinge: Height of the hinge above the middle, as a share of the half height.
    """

    width: float
    height: float
    bridge: float
    power: float
    rim: Rim
    rim_mm: float = 2.8
    taper: float = 0.0
    flick: float = 0.0
    drop: float = 0.0
    nasal: float = 0.13
    bars: int = 1
    base_d: float = 4.5
    wrap_deg: float = 4.0
    hinge: float = 0.55


SHAPES: dict[str, Shape] = {
    "round": Shape(46, 45, 21, 2.0, "metal", nasal=0.04, hinge=0.25),
    "oval": Shape(49, 34, 19, 2.2, "metal", nasal=0.06, hinge=0.3),
    "rectangular": Shape(52, 32, 18, 4.5, "acetate"),
    "square": Shape(52, 43, 18, 4.0, "acetate", rim_mm=3.2),
    "aviator": Shape(57, 50, 15, 2.3, "metal", drop=1.0, nasal=0.07, bars=2, base_d=5.5, hinge=0.62),
    "aviator_single": Shape(56, 48, 16, 2.5, "metal", drop=0.9, nasal=0.07, base_d=5.5, hinge=0.62),
    "aviator_acetate": Shape(56, 48, 16, 2.4, "acetate", drop=0.9, bars=2, base_d=5.5, rim_mm=2.6),
    "wayfarer": Shape(50, 39, 19, 3.0, "acetate", rim_mm=3.6, taper=0.20, flick=3.0, nasal=0.11),
    "cat_eye": Shape(53, 40, 17, 2.8, "acetate", rim_mm=3.2, taper=0.10, flick=7.0, nasal=0.11),
    "butterfly": Shape(57, 48, 16, 2.7, "acetate", rim_mm=3.0, taper=0.18, flick=4.5, nasal=0.14, base_d=5.0),
    "clubmaster": Shape(50, 40, 20, 2.9, "club", taper=0.16, flick=2.0, nasal=0.10),
    "rimless": Shape(52, 36, 18, 3.6, "none", nasal=0.12),
    "half_rim": Shape(53, 34, 18, 4.0, "half"),
    "safety": Shape(62, 44, 12, 3.0, "acetate", rim_mm=2.2, nasal=0.18, base_d=7.5, wrap_deg=12.0),
}


def lens_outline(shape: Shape, width: float, height: float) -> NDArray:
    """Return the outline (n, 2) of the left lens about the middle of its box; +x is away from the nose."""
    points = superellipse(2.0, 2.0, shape.power, 4 * POINTS)
    x, y = points.T
    x = x * (1 + shape.taper * y / 2)
    below = np.clip(-y, 0, None)
    # a teardrop is flat above and hangs down away from the nose
    y = y * np.where(y < 0, 1 + 0.1 * shape.drop * np.clip(x + 0.4, 0, 1), 1 - 0.14 * shape.drop)
    x = x + shape.drop * below**1.5 * (0.06 + 0.24 * np.clip(-x, 0, 1))
    x, y = x * width / 2, y * height / 2
    corner = ((x / width - 0.48) / 0.2) ** 2 + ((y / height - 0.42) / 0.3) ** 2
    lift = shape.flick * np.exp(-corner)
    x, y = x + 0.35 * lift, y + lift
    inner, lower = np.clip(-2 * x / width, 0, None), np.clip(0.15 - 2 * y / height, 0, 1.1)
    x = x + shape.nasal * width * inner**1.2 * lower**1.3
    outline = even_steps(np.stack([x, y], 1), POINTS, closed=True)
    return outline - (outline.min(0) + outline.max(0)) / 2
