"""How necklaces lie: round the neck, over collarbones and clothes. Millimetres."""

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.cords import settle
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import even_steps
from synthgen.accessories.surfaces import Surface
from synthgen.mesh import unit

POINTS = 140
AHEAD_DEG = 35.0
"""How steeply a necklace is held before it falls into place."""


def loop(fit: Fit, ground: Surface, length_mm: float, thickness_mm: float) -> NDArray:
    """Return a necklace (n, 3) at rest, from the clasp in the nape over the left side and back.

    Args:
        fit: The head.
        ground: What it lies on.
        length_mm: Of the whole.
        thickness_mm: Of the cord.
    """
    nape = ground.push_out(fit.anchor("neck")[None], thickness_mm / 2 + 0.5)[0]
    ahead, left = level_axes(fit)
    slope = np.radians(AHEAD_DEG)
    way = np.cos(slope) * ahead + np.sin(slope) * fit.down
    reach = length_mm / 2 / np.pi * 1.06
    angle = np.linspace(0, 2 * np.pi, 4 * POINTS)[:, None]
    circle = nape + reach * ((1 - np.cos(angle)) * way + 0.92 * np.sin(angle) * left)
    return settle(even_steps(circle, POINTS), length_mm, ground, thickness_mm / 2, fit.down)


def level_axes(fit: Fit) -> tuple[NDArray, NDArray]:
    """Return unit vectors ahead and to the left (3,) as the shoulders have it: level in the world."""
    level = fit.world_from_fit[:3, :3].T
    return unit(level @ [0.0, -1.0, 0.0]), unit(level @ [1.0, 0.0, 0.0])


def outward(path: NDArray, ground: Surface) -> NDArray:
    """Return the ground's normals (n, 3) below a cord."""
    return ground.distance(path)[1]
