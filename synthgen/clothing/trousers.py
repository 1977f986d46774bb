"""Plain trousers, so that a wide view ends in clothes and not in nothing."""

from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.finish import cloth_mesh
from synthgen.clothing.form import Form, helper_surface
from synthgen.clothing.pattern import Pattern, cut
from synthgen.distributions import NameChoice, Uniform
from synthgen.fabrics import Fabric, FabricSpec, fabric_material, sample_fabric
from synthgen.frozen import Frozen
from synthgen.head.model import Points
from synthgen.head.skin import split_quads
from synthgen.materials import Material
from synthgen.mesh import Mesh, vertex_normals
from synthgen.parts import Part
from synthgen.rng import Key

WAIST_MM, ANKLE_MM = 5.0, -760.0
EASE_M, THICKNESS_M = 0.001, 0.0015
MM_PER_UV = 1500.0
"""Of the helper's texture coordinates, about."""
FABRIC = FabricSpec(
    weave=NameChoice(values=("twill", "denim")),
    color=NameChoice(values=("black", "navy", "charcoal", "denim", "khaki", "grey")),
    nir_albedo=Uniform(low=0.25, high=0.7),
)


class Trousers(Frozen):
    """Plain trousers.

    Attributes:
        fabric: The cloth.
    """

    kind: Literal["trousers"] = "trousers"
    fabric: Fabric


def sample(key: Key) -> Trousers:
    """Draw trousers in a sober colour."""
    return Trousers(fabric=sample_fabric(FABRIC, key.child("fabric")))


def covers(rest_mm: NDArray) -> NDArray:
    """Return how far inside the trousers (n,) points (n, 3) of the rest mesh lie, millimetres; negative outside."""
    arm = (np.abs(rest_mm[:, 0]) > 250) & (rest_mm[:, 2] > -100)
    inside = np.minimum(WAIST_MM - rest_mm[:, 2], rest_mm[:, 2] - ANKLE_MM)
    return np.where(arm, -200.0, inside)


@lru_cache(maxsize=1)
def _legs() -> tuple[Form, Pattern]:
    matrix, rest, quads, uv = helper_surface(-np.inf, levels=1)
    triangles = split_quads(quads)
    flat = np.zeros((1, len(rest), 2))
    flat[0, quads] = uv * MM_PER_UV
    legs = Form(matrix, rest, triangles, np.zeros(len(triangles), np.int64), flat)
    return legs, cut(covers, base=legs)


def build(trousers: Trousers, posed_cage: Points) -> tuple[Mesh, ...]:
    """Return the trousers on a posed body (cage vertices (v, 3), metres)."""
    del trousers  # the cloth is the material's
    legs, pattern = _legs()
    vertices = pattern.weights @ (legs.matrix @ posed_cage)
    vertices = vertices + vertex_normals(vertices, pattern.triangles) * EASE_M
    return (cloth_mesh("trousers", pattern, vertices, THICKNESS_M, Part.CLOTHING_LOWER),)


def materials(trousers: Trousers) -> dict[str, Material]:
    """Return what trousers are made of."""
    return {"trousers": fabric_material(trousers.fabric)}
