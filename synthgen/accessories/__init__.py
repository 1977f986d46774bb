"""What people wear beside clothes: one file per kind of item, one field per place it is worn at.

A new kind is a file with a `Kind`, and its name in the tuple of its place's package.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union

import numpy as np
from pydantic import Field, create_model

from synthgen.accessories.audio import AUDIO
from synthgen.accessories.earrings import EARRINGS
from synthgen.accessories.fit import Fit
from synthgen.accessories.glasses import GLASSES
from synthgen.accessories.goggles import GOGGLES
from synthgen.accessories.headwear import HEADWEAR
from synthgen.accessories.kind import HoodPose, Kind, Press, Worn, one_after_the_other
from synthgen.accessories.mask import MASK
from synthgen.accessories.necklace import NECKLACE
from synthgen.accessories.neckwear import NECKWEAR
from synthgen.accessories.nose import NOSE
from synthgen.accessories.piercing import PIERCING
from synthgen.accessories.rules import LeftOut, Pair, give_way
from synthgen.frozen import Frozen, kind_of
from synthgen.groups import Grouped, choose
from synthgen.materials import Material
from synthgen.parts import Part
from synthgen.rng import Key
from synthgen.strands import Strands
from synthgen.transforms import Matrix, invert

PLACES: dict[str, tuple[Kind, ...]] = {
    "glasses": (GLASSES, *GOGGLES),
    "mask": MASK,
    "earrings": EARRINGS,
    "nose": NOSE,
    "piercing": PIERCING,
    "necklace": NECKLACE,
    "audio": AUDIO,
    "neckwear": NECKWEAR,
    "headwear": HEADWEAR,
}
"""Kinds by the place they are worn at, in the order in which they are put on: each over those before it; but see
`OUT_OF_TURN`."""

OUT_OF_TURN: dict[str, str] = {
    **dict.fromkeys((kind.name for kind in GOGGLES), "piercing"),
    **dict.fromkeys(("studs", "earbuds", "wired_earbuds"), "glasses"),
    **dict.fromkeys(("bike_helmet", "hard_hat"), "audio"),
}
"""Kinds that are put on after those of another place instead: goggles seal on masks; loops lie over what is in ears;
scarves lie over chin straps. Goggles on the forehead come last of all."""

WHERE = {
    "glasses": "Before the eyes.",
    "mask": "Over mouth and nose, or pulled down.",
    "audio": "On or in the ears.",
    "earrings": "In the lobes.",
    "nose": "Jewellery of the nose.",
    "piercing": "Jewellery of brow or lips.",
    "necklace": "About the neck, over clothes.",
    "neckwear": "About neck and shoulders, over clothes.",
    "headwear": "On the head.",
}
"""What the places are, for the documents."""

KINDS: dict[str, Kind] = {kind.name: kind for kinds in PLACES.values() for kind in kinds}
UNPRESSED = (Part.LASHES_LEFT, Part.LASHES_RIGHT)


def turn(place: str, item: Any) -> float:
    """Return when an item is put on, to sort by."""
    places = list(PLACES)
    if getattr(item, "worn_at", "") == "forehead":
        return len(places)
    return places.index(OUT_OF_TURN[item.kind]) + 0.5 if item.kind in OUT_OF_TURN else places.index(place)


class Nothing(Frozen):
    """Nothing is worn there."""

    kind: Literal["none"] = "none"


def _one_of_each(attribute: str) -> dict[str, Any]:
    """Return a field for each place that holds nothing or one of its kinds, specs or values."""
    fields = {}
    for place, kinds in PLACES.items():
        models = (Nothing, *(getattr(kind, attribute) for kind in kinds))
        item = Annotated[Union[models], Field(discriminator="kind"), kind_of(*models)]  # noqa: UP007
        fields[place] = (Grouped[item] if attribute == "spec" else item, Field(Nothing(), description=WHERE[place]))
    return fields


class _Asked(Frozen):
    """What is worn at each place; nothing unless asked for."""

    allow: tuple[Pair, ...] = ()
    """Pairs of kinds, such as [over_ear, beanie], that are worn together although they clash."""


class _Drawn(Frozen):
    """What is worn at each place; see `AccessoriesSpec`."""

    left_out: tuple[LeftOut, ...] = ()

    @property
    def hood(self) -> HoodPose:
        """Return how the hood of clothes lies."""
        return hood_pose(_kind(item) for item in self.worn)

    @property
    def worn(self) -> tuple[Frozen, ...]:
        """Return the items that are worn, in the order in which they are put on."""
        on = [(place, item) for place in PLACES if (item := getattr(self, place)).kind != "none"]
        return tuple(item for _, item in sorted(on, key=lambda worn: turn(*worn)))


if TYPE_CHECKING:
    AccessoriesSpec = _Asked
    Accessories = _Drawn
else:
    AccessoriesSpec = create_model(
        "AccessoriesSpec", __base__=_Asked, __doc__=_Asked.__doc__, __module__=__name__, **_one_of_each("spec")
    )
    Accessories = create_model(
        "Accessories", __base__=_Drawn, __doc__=_Drawn.__doc__, __module__=__name__, **_one_of_each("value")
    )


def sample_accessories(
    spec: AccessoriesSpec, key: Key, clothes: Mapping[str, Frozen] | None = None, daylight: float = 0.0
) -> Accessories:
    """Draw what is worn; each place by a key of its own.

    Args:
        spec: What may be worn.
        key: To draw by.
        clothes: Garments by place; accessories give way to them.
        daylight: Ultraviolet light there is; 1 out in the sun.
    """
    drawn: dict[str, Any] = dict(clothes or {})
    for place in PLACES:
        chosen: Any = choose(getattr(spec, place), key.child(place))
        if chosen.kind != "none":
            kind = KINDS[chosen.kind]
            drawn[place] = kind.lit(kind.sample(chosen, key.child(place, chosen.kind)), daylight)
    kept, left_out = give_way(drawn, spec.allow)
    if "headwear" in kept and kept["headwear"].kind == "hood" and getattr(kept.get("clothing"), "kind", "") == "hoodie":
        cloth = kept["clothing"].fabric
        cloth = cloth.plain() if cloth.pattern == "logo" else cloth  # the print is on the chest
        kept["headwear"] = kept["headwear"].model_copy(update={"fabric": cloth})
    return Accessories(**{place: kept[place] for place in PLACES if place in kept}, left_out=left_out)


def hood_pose(kinds: Iterable[Kind]) -> HoodPose:
    """Return how the hood of clothes lies below what is worn: it is up if that is the hood."""
    found = {kind.hood for kind in kinds}
    return "up" if "up" in found else "flat" if "flat" in found else "down"


def put_on(accessories: Accessories, fit: Fit) -> Worn:
    """Return all items on a head, each fitted over those before it."""
    meshes, presses = [], []
    for item in accessories.worn:
        worn = _kind(item).put(item, fit)
        fit = replace(fit, worn=fit.worn + worn.meshes)
        meshes += worn.meshes
        presses += [worn.press] if worn.press else []
    return Worn(tuple(meshes), one_after_the_other(presses))


def press_hair(press: Press, strands: Sequence[Strands], world_from_fit: Matrix) -> tuple[Strands, ...]:
    """Return hair in the world as what is worn leaves it: pressed, and without strands that are hidden."""
    found = []
    for grown in strands:
        if grown.part not in UNPRESSED:
            local = grown.moved(invert(world_from_fit))
            points, left = press(local.points * 1e3, local)
            moved = replace(local, points=(points * 1e-3).astype(np.float32)).moved(world_from_fit)
            grown = moved if left.all() else moved.rows(left)
        if len(grown.points):
            found.append(grown)
    return tuple(found)


def moved_targets(accessories: Accessories) -> dict[str, float]:
    """Return the shape targets of the head that items move, and by how much."""
    found: dict[str, float] = {}
    for item in accessories.worn:
        for name, amount in _kind(item).targets(item).items():
            found[name] = found.get(name, 0.0) + amount
    return found


def accessory_materials(accessories: Accessories) -> dict[str, Material]:
    """Return the materials of all items, by the names their meshes use."""
    return {name: one for item in accessories.worn for name, one in _kind(item).materials(item).items()}


def _kind(item: Any) -> Kind:
    return KINDS[item.kind]
