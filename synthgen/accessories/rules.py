"""What cannot be worn together, and what then gives way.

At one place one item is worn at most. Items at different places may still clash: of two that do, the one put on later
is left out, and the draw says so. Whoever wants the pair anyway allows it by name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from synthgen.frozen import Frozen, did_you_mean

Pair = tuple[str, str]


@dataclass(frozen=True)
class Clash:
    """Items that are not worn together.

    Attributes:
        ones: Kinds, or places for all kinds at them; `kind.field=value` for those that are worn so.
        others: The same.
        because: Why, as the end of "cannot be worn together: ...".
    """

    ones: tuple[str, ...]
    others: tuple[str, ...]
    because: str


ON_EARS = ("over_ear", "on_ear", "headset")
WRAPS = ("hijab", "niqab", "hood")
GOGGLES = ("safety_goggles", "swimming_goggles", "ski_goggles")
SEALED, RAISED = (tuple(f"{kind}.worn_at={place}" for kind in GOGGLES) for place in ("eyes", "forehead"))
BRIMMED = ("cap", "bucket_hat", "fedora", "sun_hat", "cowboy_hat", "chef_hat", "hard_hat", "motorcycle_helmet")
CLASHES = (
    Clash(ON_EARS, ("headwear",), "the band of headphones lies where a hat does"),
    Clash(("glasses.worn_at=head",), ("headwear", *ON_EARS), "both lie on top of the head"),
    Clash(SEALED, ("headwear",), "both go round the head"),
    Clash(RAISED, (*BRIMMED, *WRAPS, "headscarf", "turban", "earmuffs"), "it leaves them no room on the forehead"),
    Clash(GOGGLES, ON_EARS, "both go round the head"),
    Clash(
        ("motorcycle_helmet",),
        ("glasses", "mask", "audio", "earrings", "nose", "piercing", "neckwear"),
        "a full helmet leaves no room in it",
    ),
    Clash(("niqab",), ("mask", "nose", "piercing"), "both are worn before nose and mouth"),
    Clash(WRAPS, ("earrings", "audio", "necklace", "neckwear"), "it wraps ears and neck"),
    Clash(("face_shield",), ("headwear", *ON_EARS), "its band goes round the head"),
    Clash(("neck_gaiter",), ("necklace",), "both go round the neck"),
    Clash(("neck_gaiter", "bandana"), (*WRAPS, "headscarf", "scarf", "shawl"), "both wrap the neck"),
    Clash(("headscarf",), ("earrings", "necklace"), "it is tied over them"),
    Clash(("scarf",), ("headscarf",), "both wrap the neck"),
    Clash(("respirator.wear=chin",), ("hood",), "its filters hang where a hood closes"),
    Clash(("face_shield",), ("scarf",), "the visor ends where it is wound"),
    Clash(("mask.wear=on",), ("nose", "lip_piercing"), "the mask lies on it"),
    Clash(("mask.wear=under_nose", "respirator"), ("lip_piercing",), "the mask lies on it"),
    Clash(("face_shield",), ("ski_goggles", "swimming_goggles"), "both are before the eyes"),
    Clash(("face_shield",), RAISED, "both lie on the forehead"),
    Clash(ON_EARS, ("hoops", "drops"), "the pads lie on the lobes or about them"),
    Clash(("mask.wear=ear",), ("earbuds", "wired_earbuds", "beads", "chain", "earmuffs"), "the mask hangs there"),
    Clash(("wired_earbuds",), ("drops",), "the cables hang where they do"),
    Clash(("bandana",), ("beads",), "its ends hang where they lie"),
    Clash(("earmuffs",), ("audio", "hoops", "drops"), "they lie on the ears"),
    Clash(("turtleneck",), ("choker",), "the collar is where it lies"),
)
"""Every name in it is a kind or a place."""


class LeftOut(Frozen):
    """An item that was drawn but gave way.

    Attributes:
        place: Where it would have been worn.
        kind: What it was.
        over: The kind that is worn instead, at another place.
    """

    place: str
    kind: str
    over: str


def clash(one: tuple[str, Any], other: tuple[str, Any], allow: Iterable[Pair] = ()) -> Clash | None:
    """Return why two items cannot be worn together, or None.

    Args:
        one: Place, and the item as drawn or as asked for; of the latter only what is certain counts.
        other: The same.
        allow: Pairs of kinds that are worn together all the same.
    """
    if {one[1].kind, other[1].kind} in map(set, allow):
        return None
    found = (
        row
        for row in CLASHES
        for a, b in ((one, other), (other, one))
        if any(_is(name, *a) for name in row.ones) and any(_is(name, *b) for name in row.others)
    )
    return next(found, None)


def _is(name: str, place: str, item: Any) -> bool:
    kind, _, worn = name.partition(".")
    if item.kind == "none" or kind not in (place, item.kind):
        return False
    field, _, value = worn.partition("=")
    return not worn or str(getattr(item, field, "")).lower() == value


def give_way(drawn: Mapping[str, Any], allow: Iterable[Pair]) -> tuple[dict[str, Any], tuple[LeftOut, ...]]:
    """Return what is worn of what was drawn, by place in the order of putting on, and what was left out."""
    kept: dict[str, Any] = {}
    left_out = []
    for place, item in drawn.items():
        against = next((on.kind for at, on in kept.items() if clash((at, on), (place, item), allow)), None)
        if against is None:
            kept[place] = item
        else:
            left_out.append(LeftOut(place=place, kind=item.kind, over=against))
    return kept, tuple(left_out)


@dataclass(frozen=True)
class Never:
    """Something that is asked for in vain.

    Attributes:
        place: Where it would be worn.
        kind: What it is.
        over_place: A place where everything that may be drawn clashes with it.
        over: The kinds there.
        because: Why.
    """

    place: str
    kind: str
    over_place: str
    over: tuple[str, ...]
    because: str


def never_worn(asked: Mapping[str, Sequence[Any]], allow: Iterable[Pair]) -> Never | None:
    """Return the first item that always gives way, or None.

    Args:
        asked: What may be drawn, by place in the order of putting on; kind `none` is nothing.
        allow: Pairs of kinds that are worn together all the same.
    """
    allow = tuple(allow)
    places = list(asked)
    for number, place in enumerate(places):
        for item in asked[place]:
            for earlier in places[:number]:
                found = [clash((earlier, on), (place, item), allow) for on in asked[earlier]]
                if found and all(found):
                    kinds = tuple(dict.fromkeys(on.kind for on in asked[earlier]))
                    return Never(place, item.kind, earlier, kinds, found[0].because)  # type: ignore[union-attr]
    return None


def unknown_pair(allow: Iterable[Pair], place_of: Mapping[str, str]) -> str | None:
    """Return what is wrong with the first pair that cannot be allowed, or None.

    Args:
        allow: Pairs of kinds.
        place_of: Place of every kind there is.
    """
    for one, other in allow:
        for name in (one, other):
            if name not in place_of:
                allowed = ", ".join(place_of)
                return f"{name!r} is no kind{did_you_mean(name, list(place_of))} (allowed: {allowed})"
        if place_of[one] == place_of[other]:
            return f"{one} and {other} share a place, {place_of[one]} (allowed: kinds of two places)"
        if not any(_may_be(row, one, other, place_of) or _may_be(row, other, one, place_of) for row in CLASHES):
            return f"{one} and {other} can be worn together as they are (allowed: pairs that clash)"
    return None


def _may_be(row: Clash, one: str, other: str, place_of: Mapping[str, str]) -> bool:
    names = [{name.partition(".")[0] for name in side} for side in (row.ones, row.others)]
    return bool(names[0] & {one, place_of[one]}) and bool(names[1] & {other, place_of[other]})
