"""One garment over another."""

from dataclasses import replace
from functools import partial
from typing import Any

from synthgen.clothing.drape import Dummy
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.neck import HIDDEN_BELOW_MM
from synthgen.mesh import Mesh


def layered(inner: GarmentKind, below: Any, outer: GarmentKind, above: Any, body: Dummy) -> tuple[Mesh, ...]:
    """Return two garments on a body, the inner one without what cannot be seen of it."""
    worn = inner.build(below, replace(body, covered=partial(outer.covers, above)))
    over = outer.build(above, body.wearing(worn))
    return tuple(_shown(mesh, outer, above) for mesh in worn) + over


def _shown(mesh: Mesh, outer: GarmentKind, above: Any) -> Mesh:
    """Return a mesh without what lies well inside what is worn over it; collars and the like stay whole."""
    if mesh.name != mesh.instance:
        return mesh
    covered = outer.covers(above, mesh.attributes["rest_mm"])
    shown = (covered[mesh.triangles] < HIDDEN_BELOW_MM).any(1)
    return replace(
        mesh,
        triangles=mesh.triangles[shown],
        part=mesh.part[shown],
        material=None if mesh.material is None else mesh.material[shown],
        uv=None if mesh.uv is None else mesh.uv[shown],
    ).compact()
