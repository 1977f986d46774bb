"""How sleeves hang: cloth lies on the arm from above and stands off it below."""

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.form import beyond_armhole_mm, down_arm_mm, form
from synthgen.head.model import Points
from synthgen.mesh import unit
from synthgen.ramps import smooth_step

LONG_MM = 300.0
"""Sleeves that reach farther down the arm than this are long."""
OPEN_M, SAG = 0.010, 1.3
"""How far short sleeves fall from the arm, and what each metre of ease adds to that of any."""
SHOULDER_MM, ELBOW_MM, WRIST_MM = 50.0, 228.0, 400.0
"""Places down the arm between which it is straight."""
DOWN = np.array([0.0, 0.0, -1.0])


def long_sleeved(rest_mm: NDArray) -> bool:
    """Return whether a garment (vertices (n, 3) at rest) has long sleeves."""
    on_arm = beyond_armhole_mm(rest_mm) > 0
    return bool(down_arm_mm(rest_mm[on_arm]).max(initial=0) > LONG_MM)


def sleeve_falls(rest_mm: NDArray, beneath: NDArray, ease_m: NDArray) -> NDArray:
    """Return how far sleeves fall from arms (n,), metres.

    Args:
        rest_mm: (n, 3).
        beneath: (n,) 1 where cloth is below the arm, -1 on top of it.
        ease_m: (n,) looseness.
    """
    most = SAG * ease_m + (0 if long_sleeved(rest_mm) else OPEN_M)
    return most * smooth_step(beneath, -0.8, 0.9) * smooth_step(down_arm_mm(rest_mm), 20, 140)


def below_arms(points: Points) -> NDArray:
    """Return the way (n, 3) across the arm that points down, of unit length; 0 on the torso.

    Args:
        points: (n, 3) of the form on a posed body, metres.
    """
    rest = form().rest_mm
    down, arm = down_arm_mm(rest), smooth_step(beyond_armhole_mm(rest), -10, 40)
    way = np.zeros_like(points)
    for side in (1, -1):
        on = (side * rest[:, 0] > 0) & (arm > 0)
        section = [points[on & (np.abs(down - at) < 12)].mean(0) for at in (SHOULDER_MM, ELBOW_MM, WRIST_MM)]
        upper, lower = unit(np.diff(section, axis=0))
        axis = unit(upper + smooth_step(down[on], ELBOW_MM - 30, ELBOW_MM + 30)[:, None] * (lower - upper))
        way[on] = unit(DOWN - axis * (axis @ DOWN)[:, None])
    return way * arm[:, None]
