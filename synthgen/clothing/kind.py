"""What one kind of garment offers: ranges to draw from, the draw, how it is put on a body."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from synthgen.clothing.drape import Dummy
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.mesh import Mesh
from synthgen.rng import Key


@dataclass(frozen=True)
class GarmentKind:
    """One kind of garment.

    Attributes:
        spec: What may be asked of it; it has a field `kind` whose default is the kind's name.
        value: One draw of it, with the same `kind`.
        sample: (spec, key) -> value.
        build: (value, what it is worn over) -> meshes in the world, all of the instance called as the kind.
        covers: (value, rest positions (n, 3) in millimetres) -> how far inside the garment they lie (n,), millimetres,
            negative outside; what lies well inside is left out of skin and of other garments.
        materials: value -> materials by the names its meshes use.
    """

    spec: type[Frozen]
    value: type[Frozen]
    sample: Callable[[Any, Key], Frozen]
    build: Callable[[Any, Dummy], tuple[Mesh, ...]]
    covers: Callable[[Any, NDArray], NDArray]
    materials: Callable[[Any], Mapping[str, Material]]

    @property
    def name(self) -> str:
        """Return what `kind` is in specs."""
        return self.value.model_fields["kind"].default
