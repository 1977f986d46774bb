"""Where goggles are worn: before the eyes, or pushed up on the forehead.

Pushed up, they are made as before the eyes, in axes of a head that is pitched forwards until that place is ahead.
"""

from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from synthgen.accessories.cover import azimuths, hair_allowance, held_at_rim, tilted_chart
from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import Solid
from synthgen.accessories.goggles.cup import AXIS_Y, LASHES_MM, UNROLLED_MM, Radius, locate, skin_radius, worn_radius
from synthgen.distributions import Name, Number, one_of, within
from synthgen.transforms import rigid, rotation

WORN_AT = ("eyes", "forehead")
WornAt = Annotated[Name, one_of(WORN_AT)]
AboveBrows = Annotated[Number, within(0, 30)]
PIVOT = np.array([0.0, AXIS_Y, 12.0])
"""Of the head, about which it is pitched: the forehead curves about it."""
BROW_MM = 6.0
"""From the middle of a brow to its upper edge."""
UNDER_LENS_MM = 5.0
"""Least distance from the forehead to a lens."""
SHARES = np.array([0.0, 0.35, 0.7, 0.9])
"""Of an outline, where that is looked at."""
HAIR_GRID, HAIR_RAD = (24, 72), 1.2
"""Elevations, up to this one, and azimuths that the height of hair is looked at in."""


@dataclass(frozen=True)
class Site:
    """A head as goggles meet it.

    Attributes:
        fit: The head in axes whose origin is level with the middle of the goggles, which are ahead.
        upright: The same head upright; the same fit before the eyes.
        hair: Room that hair takes beneath what seals.
    """

    fit: Fit
    upright: Fit
    hair: Radius

    @property
    def raised(self) -> bool:
        """Return whether they are on the forehead."""
        return self.fit is not self.upright

    def stood_up(self, points: NDArray) -> NDArray:
        """Return points (n, 3) of the fit's axes in those of the upright head."""
        return self.upright.from_world(self.fit.to_world(points)) if self.raised else points

    def pitched(self, solid: Solid) -> Solid:
        """Return a solid of the upright head's axes in those of the fit."""
        at = self.fit.from_world(self.upright.to_world(solid.vertices)) if self.raised else solid.vertices
        return replace(solid, vertices=at)

    def before(self, outline: NDArray) -> tuple[NDArray, NDArray, NDArray]:
        """Return s, z and the least radius (k,) of a lens inside an outline (n, 2): it clears lashes or forehead."""
        if not self.raised:
            s, z, radius = locate(self.fit.corneas)
            inside = (s > outline[:, 0].min()) & (s < outline[:, 0].max())
            return s[inside], z[inside], radius[inside] + LASHES_MM
        middle = (outline.min(0) + outline.max(0)) / 2
        s, z = (middle + SHARES[:, None, None] * (outline[::8] - middle)).reshape(-1, 2).T
        below = np.nan_to_num(skin_radius(self.fit, s, z)) + self.hair(s, z)
        return s, z, np.maximum(below, worn_radius(self.fit, s, z)) + UNDER_LENS_MM


def site(fit: Fit, worn_at: str, above_brows_mm: float, below_mm: float) -> Site:
    """Return where goggles are worn.

    Args:
        fit: The head.
        worn_at: One of `WORN_AT`.
        above_brows_mm: How far on the forehead their lower rim is above the brows.
        below_mm: How far that is below their middle.
    """
    if worn_at == "eyes":
        return Site(fit, fit, lambda s, z: np.zeros(len(s)))
    _, y, z = np.mean([fit.spot("brow", side)[0] for side in SIDES], axis=0) - PIVOT
    pitch_rad = np.arctan2(z, -y) + (BROW_MM + above_brows_mm + below_mm) / np.hypot(y, z)
    R = rotation("x", float(np.degrees(pitch_rad)))
    there = fit.in_axes(rigid(R, np.array([0, AXIS_Y, 0]) - R @ PIVOT))
    return Site(there, fit, _hair(there))


def _hair(fit: Fit) -> Radius:
    """Return the room that hair takes where it is held tight."""
    m, n = HAIR_GRID
    elevation, azimuth = np.meshgrid(np.linspace(-HAIR_RAD, HAIR_RAD, m), azimuths(n), indexing="ij")
    room = hair_allowance(fit, tilted_chart((0, AXIS_Y, 0)), azimuth, elevation)
    tight = held_at_rim(room, np.zeros(HAIR_GRID))

    def hair(s: NDArray, z: NDArray) -> NDArray:
        rows = (np.arctan2(z, UNROLLED_MM) / HAIR_RAD + 1) / 2 * (m - 1)
        columns = (s / UNROLLED_MM / (2 * np.pi) + 0.5) * n
        return map_coordinates(tight, [rows, columns], order=1, mode="nearest")

    return hair
