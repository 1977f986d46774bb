"""From solids to the mesh of an item."""

from collections.abc import Sequence

import numpy as np

from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import Solid, joined
from synthgen.mesh import Mesh
from synthgen.parts import Part

Piece = tuple[Solid, str]
"""A solid in millimetres and the name of its material."""


def mesh_of(name: str, instance: str, part: Part, pieces: Sequence[Piece], fit: Fit) -> Mesh:
    """Return pieces as one mesh in the world: with its places in the fit as `rest_mm`, and `uv` if a piece has it."""
    whole = joined([solid for solid, _ in pieces])
    names = tuple(dict.fromkeys(material for _, material in pieces))
    material = np.repeat([names.index(name) for _, name in pieces], [len(solid.triangles) for solid, _ in pieces])
    return Mesh(
        name=name,
        vertices=fit.to_world(whole.vertices),
        triangles=whole.triangles,
        part=np.full(len(whole.triangles), part, np.int16),
        materials=names,
        material=material.astype(np.int16),
        instance=instance,
        uv=whole.uv,
        attributes={"rest_mm": whole.vertices.astype(np.float32)},
    )


def worn_mesh(name: str, instance: str, part: Part, pieces: Sequence[Piece], fit: Fit) -> Mesh:
    """Return what `mesh_of` does; the materials are called `INSTANCE_MATERIAL`."""
    return mesh_of(name, instance, part, [(solid, f"{instance}_{material}") for solid, material in pieces], fit)
