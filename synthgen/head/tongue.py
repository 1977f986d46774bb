"""The tongue's movements inside the mouth, which ARKit's one unit for it (put out) leaves out."""

from collections.abc import Mapping

import numpy as np

from synthgen.head.model import Points, head_model
from synthgen.ramps import smooth_step

TONGUE_UNITS = ("tongueBackUp", "tongueTipUp")
"""t, d, n, l: the tip behind the upper teeth; k, g: the back at the palate."""
TIP_UP_MM, TIP_BACK_MM, BACK_UP_MM = 13.0, 3.0, 10.0
TIP_FROM_MM, TIP_MM = -118.0, -139.0
"""Places on the base mesh, y: where the tip begins to bend, and its end."""
BACK_MM, BACK_WIDTH_MM = -104.0, 14.0


def raise_tongue(cage: Points, units: Mapping[str, float]) -> Points:
    """Return a cage (v, 3), metres, with the tongue moved by its own units, each 0 to 1."""
    tip, back = (units.get(name, 0.0) for name in ("tongueTipUp", "tongueBackUp"))
    if not tip and not back:
        return cage
    rows = np.unique(head_model().quads["tongue"])
    y = head_model().vertices[rows, 1] * 1000
    bend = smooth_step(-y, -TIP_FROM_MM, -TIP_MM) ** 1.5
    arch = np.exp(-(((y - BACK_MM) / BACK_WIDTH_MM) ** 2))
    moved = cage.copy()
    moved[rows, 2] += (tip * TIP_UP_MM * bend + back * BACK_UP_MM * arch) * 1e-3
    moved[rows, 1] += tip * TIP_BACK_MM * bend * 1e-3
    return moved
