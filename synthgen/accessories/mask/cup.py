"""Moulded cups: a shell that stands off the face all round, with a clip over the nose. Millimetres of `Fit`."""

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.geometry import Solid, lathe, rounded_rectangle, sweep
from synthgen.accessories.jewels import facing
from synthgen.accessories.mask.sheet import Sheet
from synthgen.accessories.pieces import Piece
from synthgen.mesh import unit

RIM = 0.05
"""Width of the flat rim as a share of the sheet."""


def dome(sheet: Sheet, depth_mm: float, flat: float = 0.7) -> NDArray:
    """Return heights (n, m) of a cup: steep at the rim, round in the middle; `flat` below 1 is fuller."""
    v, s = sheet.up[:, None], sheet.across
    return depth_mm * (np.sin(np.pi * np.clip((v - RIM) / (1 - 2 * RIM), 0, 1)) ** 0.8 * _rest(s)) ** flat


def _rest(s: NDArray) -> NDArray:
    return np.cos(np.clip(np.abs(s) / (1 - RIM), 0, 1) * np.pi / 2) ** 0.8


def nose_clip(sheet: Sheet, points: NDArray) -> Solid:
    """Return the strip of metal that is bent over the nose."""
    row = int(np.abs(sheet.up - 0.925).argmin())
    columns = np.flatnonzero(np.abs(sheet.across) < 0.33)
    path, below = points[row, columns], points[row - 2, columns]
    up = unit(path - below)
    out = unit(np.cross(np.gradient(path, axis=0), up))
    return sweep(path + 0.25 * out, up, rounded_rectangle(2.5, 0.45, 0.3))


def valve(sheet: Sheet, points: NDArray, across: float, up: float, radius_mm: float = 15.0) -> list[Piece]:
    """Return an exhalation valve: a low box with slots on the outer side of a mask."""
    row, column = int(np.abs(sheet.up - up).argmin()), int(np.abs(sheet.across - across).argmin())
    at = points[row, column]
    normal = unit(
        np.cross(points[row, column + 2] - points[row, column - 2], points[row + 2, column] - points[row - 2, column])
    )
    turn = facing(normal, points[row + 3, column] - at)
    r = radius_mm
    base = lathe(np.array([[0, -1], [r, -1], [r, 1.6], [0.97 * r, 2.2], [0.86 * r, 2.4], [0, 2.4]]), 40)
    lid = lathe(np.array([[0, 2], [0.8 * r, 2], [0.8 * r, 5.2], [0.76 * r, 6.0], [0.6 * r, 6.5], [0, 6.6]]), 40)
    pieces: list[Piece] = [(base.moved(turn, at), "valve"), (lid.moved(turn, at), "valve")]
    for k in range(-2, 3):
        height = 0.26 * r * k
        half = 0.6 * float(np.sqrt(max(0.75**2 - (height / r) ** 2, 0.04))) * r
        bar = np.stack([np.linspace(-half, half, 6), np.full(6, height), np.full(6, 6.9)], 1)
        pieces.append((sweep(bar, np.array([0, 1.0, 0]), rounded_rectangle(0.8, 0.5, 0.3)).moved(turn, at), "valve"))
    return pieces
