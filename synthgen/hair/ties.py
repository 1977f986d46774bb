"""Hair ties: bands of fabric about gathered hair and about the ends of braids."""

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.geometry import sweep, tangents
from synthgen.hair.gathered import TIE_M, braid_course, braid_width, knots_of
from synthgen.hair.obstacle import Around
from synthgen.hair.plaits import LOOSE_FROM, WAIST
from synthgen.hair.worn import Hair, style_of
from synthgen.mesh import Mesh, unit
from synthgen.parts import Part

THICK_M, FOLDS, FOLD = 0.0024, 13, 0.16
"""Radius of a band, and its folds: how many about it, and how deep over that."""
STEPS, CORNERS = 104, 10


def build_ties(hair: Hair, around: Around, gravity: NDArray) -> tuple[Mesh, ...]:
    """Return the ties of a style, each an instance of its own; none for most styles. Arguments as of `build_hair`."""
    style = style_of(hair)
    if style is None or style.tie is None:
        return ()
    tie, rings = style.tie, []
    for knot in knots_of(tie, around):
        rings.append((knot.at, knot.axis, TIE_M))
        if tie.ends == "braid":
            course = braid_course(tie, knot, gravity, around)[0].astype(float)
            end = round(LOOSE_FROM * (len(course) - 1))
            rings.append((course[end], tangents(course)[end], WAIST * braid_width(tie, hair)))
    return tuple(_band(number, *ring) for number, ring in enumerate(rings))


def _band(number: int, at: NDArray, axis: NDArray, inner_m: float) -> Mesh:
    """Return a folded ring about a point (3,), square to an axis (3,)."""
    first = unit(np.cross(axis, [1.0, 0.1, 0.0]))
    turn = np.linspace(0, 2 * np.pi, STEPS, endpoint=False)[:, None]
    path = at + (inner_m + 0.5 * THICK_M) * (np.cos(turn) * first + np.sin(turn) * np.cross(axis, first))
    corner = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    size = THICK_M * (1 + FOLD * np.sin(FOLDS * turn))
    profile = np.stack([size * np.cos(corner), size * np.sin(corner)], -1)
    solid = sweep(path, axis, profile, closed=True)
    name = "hair_tie" if number == 0 else f"hair_tie_{number + 1}"
    part = np.full(len(solid.triangles), Part.HAIR_TIE, np.int16)
    return Mesh(name, solid.vertices, solid.triangles, part, ("hair_tie",), name)
