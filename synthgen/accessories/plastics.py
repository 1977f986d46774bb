"""Cellulose acetate and other plastics that frames are made of."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthgen.materials import Rgb
from synthgen.noise import noise
from synthgen.rng import Key


@dataclass(frozen=True)
class Plastic:
    """A plastic, plain or with blotches of a second colour.

    Attributes:
        rgb: Albedo, linear sRGB.
        nir: Albedo in the near infrared.
        blotch: Albedo of the blotches, if there are any.
        blotch_mm: Their size.
        clear: Whether one can look through it: then `rgb` and `nir` are what passes.
    """

    rgb: Rgb
    nir: float
    blotch: Rgb | None = None
    blotch_mm: float = 9.0
    clear: bool = False

    def albedo(self, points_mm: NDArray, key: Key) -> dict[str, NDArray]:
        """Return albedo at points (n, 3) as the attributes of a mesh, by name."""
        infrared = np.full(len(points_mm), self.nir, np.float32)
        color = np.tile(np.array(self.rgb, np.float32), (len(points_mm), 1))
        if self.blotch is not None:
            blotch = np.array(self.blotch, np.float32)
            share = np.clip(0.5 + 1.6 * noise(points_mm, self.blotch_mm, key), 0, 1)[:, None]
            color = color + share * (blotch - color)
        return {"albedo_rgb": color, "albedo_nir850": infrared, "albedo_nir940": infrared}


PLASTICS: dict[str, Plastic] = {
    "black": Plastic((0.008, 0.008, 0.009), 0.04),
    "tortoise": Plastic((0.20, 0.062, 0.012), 0.45, blotch=(0.014, 0.006, 0.003)),
    "honey": Plastic((0.48, 0.24, 0.07), 0.6, blotch=(0.17, 0.055, 0.012)),
    "brown": Plastic((0.055, 0.022, 0.010), 0.3),
    "navy": Plastic((0.010, 0.018, 0.070), 0.35),
    "green": Plastic((0.012, 0.055, 0.030), 0.4),
    "red": Plastic((0.30, 0.012, 0.015), 0.55),
    "pink": Plastic((0.60, 0.30, 0.32), 0.7),
    "grey": Plastic((0.16, 0.16, 0.17), 0.4),
    "white": Plastic((0.74, 0.73, 0.70), 0.8),
    "crystal": Plastic((0.92, 0.93, 0.93), 0.95, clear=True),
    "smoke": Plastic((0.36, 0.36, 0.38), 0.8, clear=True),
    "champagne": Plastic((0.86, 0.66, 0.46), 0.92, clear=True),
    "rose": Plastic((0.86, 0.50, 0.52), 0.93, clear=True),
    "ice_blue": Plastic((0.52, 0.72, 0.88), 0.9, clear=True),
}
"""Black is made with carbon or with dyes; the others are dyed and mostly bright in the infrared. Not measured."""
OPAQUE = {name: one for name, one in PLASTICS.items() if not one.clear}
