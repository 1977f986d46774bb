"""From layers of cloth to an item that is worn."""

from collections.abc import Sequence

from synthgen.accessories.draping.ground import ground
from synthgen.accessories.draping.layers import Hood, Panel, covered, hood, panel
from synthgen.accessories.draping.meshes import cloth_mesh
from synthgen.accessories.fit import Fit
from synthgen.accessories.surfaces import Surface
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.rng import Key


def lay(
    layers: Sequence[Hood | Panel], fit: Fit, instance: str, part: Part, thickness_mm: float, key: Key
) -> tuple[list[Mesh], Surface]:
    """Return the meshes of layers of one cloth, each over those before it, and the surface they leave.

    Meshes are called `INSTANCE_1` and so on; their material is called `INSTANCE_cloth`.
    """
    below, meshes = ground(fit), []
    for number, layer in enumerate(layers):
        own = key.child(number)
        cloth = hood(layer, fit, below, own) if isinstance(layer, Hood) else panel(layer, fit, below, own)
        name = f"{instance}_{number + 1}"
        meshes.append(cloth_mesh(cloth, below, fit, name, f"{instance}_cloth", instance, part, thickness_mm))
        below = covered(below, cloth)
    return meshes, below
