"""Where earrings go through the lobes, and how they hang clear of the neck. Millimetres."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.kind import Worn
from synthgen.accessories.pieces import Piece, worn_mesh
from synthgen.accessories.surfaces import Surface, body_surface
from synthgen.mesh import unit
from synthgen.parts import Part
from synthgen.transforms import rotation_about

WORN_ON = {"both": ("left", "right"), "left": ("left",), "right": ("right",)}
"""Sides by the name in specs."""
THICKEST_MM, GROWN_MM, ROOM_MM = 7.0, 4.0, 4.5
"""Thickest lobe that is pierced through, how deep holes in others go, and the least room for what is behind a lobe."""
CLEAR_MM = 0.4


@dataclass(frozen=True)
class Hole:
    """A pierced lobe.

    Attributes:
        side: left or right.
        front: (3,) on the lobe's front.
        back: (3,) behind it, or in it where it is grown to the cheek.
        free: Whether there is room behind it.
        way: (3,) unit, from back to front.
        down: (3,) unit, the way things fall.
    """

    side: str
    front: NDArray
    back: NDArray
    free: bool
    way: NDArray
    down: NDArray

    @property
    def middle(self) -> NDArray:
        """Return the point (3,) in the middle of the lobe."""
        return (self.front + self.back) / 2


def hole(fit: Fit, side: str) -> Hole:
    """Return the hole of a lobe, straight through."""
    front, way = fit.spot("lobe", side)
    through = float(fit.way_to_skin((front - 0.5 * way)[None], -way)[0]) + 0.5
    back = front - (through if through < THICKEST_MM else GROWN_MM) * way
    free = through < THICKEST_MM and float(fit.way_to_skin((back - 0.2 * way)[None], -way)[0]) > ROOM_MM
    return Hole(side, front, back, free, way, fit.down)


def earrings(instance: str, worn_on: str, fit: Fit, make: Callable[[Hole, Surface], Iterable[Piece]]) -> Worn:
    """Return earrings in the lobes that are worn on, each made for its hole among the person and their clothes."""
    around = body_surface(fit)
    return Worn(
        tuple(
            worn_mesh(
                f"{instance}_{side}",
                instance,
                Part[f"EARRING_{side.upper()}"],
                list(make(hole(fit, side), around)),
                fit,
            )
            for side in WORN_ON[worn_on]
        )
    )


def swung_clear(points: NDArray, pierced: Hole, around: Surface) -> NDArray:
    """Return the turn (3, 3) about a hole at which points (n, 3) that hang from it clear what is around.

    Away from the neck if they hang straight, by no more than they must.
    """
    out = np.array([SIDES[pierced.side], 0.0, 0.0])
    axis = unit(np.cross(pierced.down, out))
    below = points[((points - pierced.middle) @ pierced.down) > 7.0]
    for degrees in np.arange(0, 75, 3.0):
        turn = rotation_about(axis, degrees)
        moved = (below - pierced.front) @ turn.T + pierced.front
        if not len(below) or around.distance(moved)[0].min() > CLEAR_MM:
            return turn
    return turn
