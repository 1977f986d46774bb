"""A microphone on a boom. Millimetres of `Fit`."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from synthgen.accessories.audio.cups import Cup
from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import ellipsoid, rounded_rectangle, spline, sweep, xyz
from synthgen.accessories.pieces import Piece
from synthgen.accessories.surfaces import head_and_worn
from synthgen.mesh import unit

MOUTH = 467
"""Vertex of the base mesh in the middle of the upper lip."""
ROUNDS, FOAM_MM = 3, 15.0
"""Of keeping off face and mask, and how far the microphone's middle is from them."""


def boom(cup: Cup, fit: Fit) -> list[Piece]:
    """Return a microphone on a boom, from a cup to the corner of the mouth."""
    sign = SIDES[cup.side]
    start = cup.place(np.array([0.35, -0.45]) * cup.outer, 0.5 * cup.shape.depth)
    mouth = fit.skin[MOUTH] + xyz(sign * 30.0, -4.0, -14.0)
    ground = head_and_worn(fit)
    for _ in range(ROUNDS):
        mouth = ground.push_out(mouth[None], FOAM_MM)[0]
    way = [
        start,
        start + xyz(sign * 3.0, -14.0, -7.0),
        0.45 * start + 0.55 * mouth + xyz(sign * 14.0, -3.0, -3.0),
        mouth,
    ]
    path = spline(np.array(way), 48)
    for _ in range(ROUNDS):
        path[8:] = ground.push_out(path[8:], np.interp(np.arange(8, len(path)), [30, 47], [8.0, FOAM_MM]))
        path[1:-1] = gaussian_filter1d(path, 2.0, axis=0, mode="nearest")[1:-1]
    along = unit(path[-1] - path[-6])
    turn = np.stack([*_square_to(along), along], 1)
    foam = ellipsoid(xyz(7.0, 7.0, 11.0)).moved(turn, path[-1] + 3.0 * along)
    hinge = ellipsoid(xyz(8.0, 8.0, 4.5)).moved(np.stack([cup.axes[0], cup.axes[1], cup.axes[2]], 1), start)
    return [(sweep(path, xyz(0, 0, 1), rounded_rectangle(1.6, 1.6, 1.6)), "shell"), (foam, "foam"), (hinge, "shell")]


def _square_to(along: NDArray) -> tuple[NDArray, NDArray]:
    first = unit(np.cross(along, xyz(0, 0, 1)))
    return first, np.cross(along, first)
