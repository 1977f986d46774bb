"""Goggles with one lens before both eyes: an outline with a notch for the nose, and a lens that clears the lashes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import superellipse
from synthgen.accessories.goggles.cup import UNROLLED_MM, Cup, Radius, cup
from synthgen.accessories.goggles.site import Site

NOTCH_MM = 15.0
"""Half the width of the notch for the nose."""
HALF_MM = (86.0, 90.0, 94.0, 98.0, 102.0, 106.0, 112.0, 120.0, 130.0)
"""Half widths of the ellipse that a lens is bent to, the narrowest first."""
SPARE_MM = 8.0
"""How much farther than needed from the lashes a lens may be before a wider one is taken."""


@dataclass(frozen=True)
class Mask:
    """The shape of goggles with one lens.

    Attributes:
        width_mm: Along the face.
        above_mm: How far they reach above the eyes.
        below_mm: And below.
        power: Of the superellipse.
        off_mm: Least distance from skin to lens at the rim.
        round_mm: Radius of the lens up and down.
    """

    width_mm: float
    above_mm: float
    below_mm: float
    power: float
    off_mm: float
    round_mm: float


def outline(mask: Mask, fit: Fit) -> NDArray:
    """Return the outline (n, 2), notched where the nose is."""
    points = superellipse(mask.width_mm, mask.above_mm + mask.below_mm, mask.power, 320)
    s, z = points.T
    z = z + (mask.above_mm - mask.below_mm) / 2
    lift = fit.anchor("dorsum")[2] - 2.0 + mask.below_mm
    low = np.clip(-z / mask.below_mm, 0, 1)
    return np.stack([s, z + max(lift, 0) * low * np.exp(-((s / NOTCH_MM) ** 2))], 1)


def lens_radius(mask: Mask, at: Site, rim: Cup) -> Radius:
    """Return the front of a lens: an ellipse seen from above, round up and down, off skin and what it is before."""
    s, z, least = at.before(rim.outline)
    a = np.concatenate([rim.outline[:, 0], s]) / UNROLLED_MM
    need = np.concatenate([rim.skin + mask.off_mm, least])
    need = need + np.concatenate([rim.outline[:, 1], z]) ** 2 / (2 * mask.round_mm)
    deep = half = np.inf
    for half in HALF_MM:
        left = 1 / need**2 - (np.sin(a) / half) ** 2
        deep = float((np.cos(a) / np.sqrt(np.maximum(left, 1e-9))).max())
        if deep < need[len(rim.outline) :].max() + SPARE_MM:
            break

    def radius(s: NDArray, z: NDArray) -> NDArray:
        a = s / UNROLLED_MM
        plan = 1 / np.sqrt((np.sin(a) / half) ** 2 + (np.cos(a) / deep) ** 2)
        return plan - z**2 / (2 * mask.round_mm)

    return radius


def seated(mask: Mask, at: Site) -> tuple[Cup, Radius]:
    """Return rim and lens of goggles on a head."""
    rim = cup(at.fit, outline(mask, at.upright), at.hair)
    return rim, lens_radius(mask, at, rim)
