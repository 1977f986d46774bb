"""What people wear beside clothes: one file per item, one field per place it is worn at.

An item has a spec and a value with a `kind` of its own, and `sample`, `build` and `materials`. A new one is a file, a
row of `ITEMS`, and its names in the unions of its place. Every item is an instance of its own, called as its kind.
"""

from types import ModuleType
from typing import Annotated, Literal

from pydantic import Field

from synthgen.accessories import glasses
from synthgen.accessories.fit import Fit
from synthgen.frozen import Frozen, kind_of
from synthgen.groups import Grouped, choose
from synthgen.materials import Material
from synthgen.mesh import Mesh
from synthgen.rng import Key


class Nothing(Frozen):
    """Nothing is worn there."""

    kind: Literal["none"] = "none"


ITEMS: dict[str, ModuleType] = {"glasses": glasses}
"""By kind."""

GlassesSpec = Annotated[
    Nothing | glasses.GlassesSpec, Field(discriminator="kind"), kind_of(Nothing, glasses.GlassesSpec)
]
Glasses = Annotated[Nothing | glasses.Glasses, Field(discriminator="kind")]


class AccessoriesSpec(Frozen):
    """What is worn at each place; nothing unless asked for."""

    glasses: Grouped[GlassesSpec] = Nothing()
    """Before the eyes."""


class Accessories(Frozen):
    """What is worn at each place; see `AccessoriesSpec`."""

    glasses: Glasses = Nothing()

    @property
    def worn(self) -> tuple[Frozen, ...]:
        """Return the items that are worn, in the order in which they are put on."""
        items = (getattr(self, place) for place in type(self).model_fields)
        return tuple(item for item in items if item.kind != "none")


def sample_accessories(spec: AccessoriesSpec, key: Key) -> Accessories:
    """Draw what is worn; each place by a key of its own."""
    drawn = {}
    for place in AccessoriesSpec.model_fields:
        chosen = choose(getattr(spec, place), key.child(place))
        if chosen.kind != "none":
            drawn[place] = ITEMS[chosen.kind].sample(chosen, key.child(place, chosen.kind))
    return Accessories(**drawn)


def build_accessories(accessories: Accessories, fit: Fit) -> tuple[Mesh, ...]:
    """Return the meshes of all items on a head, in the world."""
    return tuple(mesh for item in accessories.worn for mesh in _module(item).build(item, fit))


def accessory_materials(accessories: Accessories) -> dict[str, Material]:
    """Return the materials of all items, by the names their meshes use."""
    return {name: one for item in accessories.worn for name, one in _module(item).materials(item).items()}


def _module(item: Frozen) -> ModuleType:
    return ITEMS[item.kind]  # type: ignore[attr-defined]
