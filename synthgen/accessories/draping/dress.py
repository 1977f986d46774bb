"""From layers of cloth to an item that is worn."""

from collections.abc import Sequence
from dataclasses import replace

from synthgen.accessories.draping.ground import off_skin
from synthgen.accessories.draping.knots import Knot, tied
from synthgen.accessories.draping.layers import Hood, Panel, hood, panel
from synthgen.accessories.draping.meshes import at_rest, cloth_mesh, covered
from synthgen.accessories.fit import Fit
from synthgen.accessories.surfaces import Surface
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.rng import Key


def lay(
    layers: Sequence[Hood | Panel | Knot],
    below: Surface,
    fit: Fit,
    instance: str,
    part: Part,
    thickness_mm: float,
    key: Key,
) -> list[Mesh]:
    """Return the meshes of layers of one cloth over what is below, each over those before it.

    Meshes are called `INSTANCE_1` and so on; their material is called `INSTANCE_cloth`, or as a hood says.
    """
    meshes = []
    for number, layer in enumerate(layers):
        own = key.child(number)
        if isinstance(layer, Knot):
            laid = tied(layer, fit, below, own)
        else:
            cloth = hood(layer, fit, below, own) if isinstance(layer, Hood) else panel(layer, fit, below, own)
            laid = at_rest(cloth, below, thickness_mm)
        # where two edges of a length meet, both are turned under it
        under_mm = thickness_mm if isinstance(layer, Hood) else 2 * thickness_mm
        laid = replace(laid, points=off_skin(fit, laid.points, under_mm))
        name = f"{instance}_{number + 1}"
        material = f"{instance}_{layer.cloth if isinstance(layer, Hood) else 'cloth'}"
        meshes.append(cloth_mesh(laid, fit, name, material, instance, part, thickness_mm))
        if number + 1 < len(layers):
            below = covered(below, laid)
    return meshes
