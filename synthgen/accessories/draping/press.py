"""What cloth does to hair."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.cover import press_under
from synthgen.accessories.draping.ground import head_chart
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import Solid, joined
from synthgen.accessories.kind import Press
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.rays import RayScene
from synthgen.strands import Strands

REACH_MM = 45.0
"""Cloth this near above a root hides it."""


def cloth_solid(fit: Fit, meshes: Sequence[Mesh]) -> Solid:
    """Return all meshes as one, in the frame of the fit."""
    return joined([Solid(fit.from_world(mesh.vertices), mesh.triangles) for mesh in meshes])


def hide(fit: Fit, meshes: Sequence[Mesh]) -> Press:
    """Return what closed cloth does: the head's hair is gone, and so is all else that grows below it."""
    cloth = cloth_solid(fit, meshes)
    rays = RayScene(cloth.vertices, cloth.triangles)

    def press(points: NDArray, strands: Strands) -> tuple[NDArray, NDArray]:
        if strands.part == Part.HAIR:
            return points, np.zeros(len(points), bool)
        roots = points[:, 0]
        out = fit.normals[fit.tree.query(roots)[1]]
        return points, rays.first_hit(roots, out, REACH_MM)[0] < 0

    return press


def press_below(fit: Fit, meshes: Sequence[Mesh]) -> Press:
    """Return what open cloth does: hair is pressed between head and cloth, and spreads from under its edge."""
    return press_under(fit, head_chart(fit), cloth_solid(fit, meshes))


PRESSES: dict[str, Callable[[Fit, Sequence[Mesh]], Press]] = {"closed": hide, "open": press_below}
