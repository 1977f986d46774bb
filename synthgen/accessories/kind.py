"""What one kind of item offers: ranges to draw from, the draw, and how it is put on a head."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.fit import Fit
from synthgen.accessories.yielding import REACH_MM, lifted_off
from synthgen.distributions import draw_name, draw_number
from synthgen.fabrics import Fabric, sample_fabric
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.mesh import Mesh
from synthgen.rng import Key
from synthgen.strands import Strands

V = TypeVar("V", bound=Frozen)
HoodPose = Literal["down", "flat", "up"]
"""Of a garment with a hood: it hangs, it is pressed flat by what is worn about the neck, or it is up and headwear."""
ALL_OF_IT = ("",)
"""As what is soft of an item."""
Press = Callable[[NDArray, Strands], tuple[NDArray, NDArray]]
"""What an item does to hair: (points (n, k, 3) of strands in the millimetres of `Fit`, the strands) -> (where the
points go, which strands (n,) are left)."""


@dataclass(frozen=True)
class Worn:
    """An item on a head.

    Attributes:
        meshes: In the world. One instance for each item, called as its kind.
        press: What it does to all hair but the lashes.
    """

    meshes: tuple[Mesh, ...]
    press: Press | None = None


def _unchanged(item: Any, daylight: float) -> Any:
    return item


def _nothing(item: Any) -> Mapping[str, float]:
    return {}


@dataclass(frozen=True)
class Kind:
    """One kind of item.

    Attributes:
        spec: What may be asked of it; it has a field `kind` whose default is the kind's name.
        value: One draw of it, with the same `kind`.
        sample: (spec, key) -> value.
        build: (value, fit) -> what is worn.
        materials: value -> materials by the names its meshes use.
        targets: value -> shape targets of the head that it moves, ears mostly, and by how much.
        lit: (value, daylight) -> the value as so much ultraviolet light leaves it, 1 out in the sun.
        hood: How it leaves the hood of clothes: flat below what lies about the neck.
        soft: Endings of materials of what gives way to what is worn already, as cloth does; `ALL_OF_IT`.
        lift_mm: How far it does at each look at most.
    """

    spec: type[Frozen]
    value: type[Frozen]
    sample: Callable[[Any, Key], Frozen]
    build: Callable[[Any, Fit], Worn]
    materials: Callable[[Any], Mapping[str, Material]]
    targets: Callable[[Any], Mapping[str, float]] = _nothing
    lit: Callable[[Any, float], Any] = _unchanged
    hood: HoodPose = "down"
    soft: tuple[str, ...] = ()
    lift_mm: float = REACH_MM

    @property
    def name(self) -> str:
        """Return what `kind` is in specs."""
        return self.value.model_fields["kind"].default

    def put(self, item: Any, fit: Fit) -> Worn:
        """Return an item on a head, lifted off what it would cut if it is soft."""
        worn = self.build(item, fit)
        return replace(worn, meshes=lifted_off(worn.meshes, fit, self.soft, self.lift_mm)) if self.soft else worn


def one_after_the_other(presses: Sequence[Press]) -> Press | None:
    """Return what several items do to hair, each to what those before it left; None if there are none."""
    if not presses:
        return None

    def press(points: NDArray, strands: Strands) -> tuple[NDArray, NDArray]:
        left = np.ones(len(points), bool)
        for one in presses:
            points, stays = one(points, strands)
            left &= stays
        return points, left

    return press


_DRAW: dict[Any, Callable[[Any, Key], Any]] = {
    str: draw_name,
    float: lambda asked, key: round(draw_number(asked, key), 4),
    Fabric: sample_fabric,
}


def drawn(value: type[V], spec: Frozen, key: Key) -> V:
    """Return a value whose fields are drawn from a spec's of the same names: names, numbers to 4
    digits, cloth, and a seed."""
    found: dict[str, Any] = {}
    for name, field in value.model_fields.items():
        if name == "seed":
            found[name] = key.child(name).integer(31)
        elif name != "kind":
            found[name] = _DRAW[field.annotation](getattr(spec, name), key.child(name))
    return value(**found)
