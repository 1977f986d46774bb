"""Knots in cloth: small bodies of gathered folds."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.draping.folds import Folds, fold_heights
from synthgen.accessories.draping.ground import lifted
from synthgen.accessories.draping.meshes import Laid
from synthgen.accessories.draping.strip import Anchor, anchored
from synthgen.accessories.fit import Fit
from synthgen.accessories.surfaces import Surface
from synthgen.mesh import unit
from synthgen.rng import Key

SHAPE, POLES = (26, 36), (0.12, 0.88)
CLEARANCE_MM = 1.0
DEEP, FLAT = 0.16, 0.1
"""Depth of a knot's folds over its size, and of its side against the head over the other."""


@dataclass(frozen=True)
class Knot:
    """A knot.

    Attributes:
        place: Of its middle.
        radii_mm: Half its length along the cloth, its width up and down, and how far it stands out.
        tilt: How far its length leans up to the left, as a slope.
    """

    place: Anchor
    radii_mm: tuple[float, float, float]
    tilt: float = 0.0


def tied(shape: Knot, fit: Fit, below: Surface, key: Key) -> Laid:
    """Return a knot on a person, over what is below."""
    (middle,) = lifted(below, anchored(fit, (shape.place,)), DEEP * min(shape.radii_mm))
    ahead = np.array([middle[0], middle[1] - fit.anchor("nape")[1] / 2, 0.0])
    laid = knot(middle, ahead, shape.radii_mm, key, shape.tilt)
    points = lifted(below, laid.points, CLEARANCE_MM).reshape(-1, 3)
    # the head is no longer part of what is below where cloth lies on it
    return replace(laid, points=fit.push_out(points, CLEARANCE_MM).reshape(laid.points.shape))


def knot(middle: NDArray, ahead: NDArray, radii_mm: tuple[float, float, float], key: Key, tilt: float = 0.0) -> Laid:
    """Return a knot about a place (3,) that stands out ahead (3,); see `Knot`."""
    along = unit(np.array([1.0, 0.0, tilt]))
    away = unit(ahead - along * (ahead @ along))
    up = np.cross(along, away)
    rows, columns = SHAPE
    polar = np.linspace(*POLES, rows)[:, None] * np.pi
    angle = np.linspace(0, 2 * np.pi, columns)
    long, wide, deep = radii_mm
    x, y, z = np.broadcast_arrays(
        -long * np.cos(polar), wide * np.sin(polar) * np.cos(angle), deep * np.sin(polar) * np.sin(angle)
    )
    z = np.where(z < 0, FLAT * z, z)
    points = x[..., None] * along + y[..., None] * up + z[..., None] * away
    normals = unit(points / np.array(radii_mm).mean() ** 2)
    size = min(radii_mm)
    rise = fold_heights(points, Folds(0.55 * size, DEEP * size, 4 * size), key)
    fade = np.minimum(np.arange(columns), np.arange(columns)[::-1]) / 4
    points = points + normals * (rise * np.clip(fade, 0, 1))[..., None]
    flat = np.stack(np.broadcast_arrays(angle * wide, (polar - np.pi / 2) * long), -1)
    return Laid(middle + points, normals, flat, closed=True, hemmed=False)
