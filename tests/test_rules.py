"""What cannot be worn together."""

from dataclasses import dataclass

import pytest

from synthgen.accessories import PLACES
from synthgen.accessories.rules import CLASHES, LeftOut, clash, give_way, never_worn, unknown_pair
from synthgen.clothing import SAMPLE as GARMENTS

COMING = {"motorcycle_helmet"}
"""Names in the table that nothing has yet."""
KINDS = {kind.name: kind for kinds in PLACES.values() for kind in kinds}


@dataclass(frozen=True)
class Item:
    kind: str
    worn_at: str = "eyes"


CAP, BAND, NOTHING = Item("cap"), Item("over_ear"), Item("none")
GLASSES, UP = Item("glasses"), Item("glasses", "head")


@pytest.mark.parametrize("row", CLASHES, ids=lambda row: row.because)
def test_every_name_in_the_table_is_a_kind_or_a_place_and_can_be_worn_so(row):
    for name in (*row.ones, *row.others):
        kind, _, worn = name.partition(".")
        assert (kind in KINDS or kind in PLACES or kind in GARMENTS) != (kind in COMING), name
        if worn:
            field, value = worn.split("=")
            worn_so = PLACES[kind] if kind in PLACES else (KINDS[kind],)
            assert value and any(field in one.value.model_fields for one in worn_so)


def test_a_place_stands_for_all_kinds_at_it_in_either_order():
    assert clash(("audio", BAND), ("headwear", CAP)) and clash(("headwear", CAP), ("audio", BAND))
    assert not clash(("audio", BAND), ("headwear", NOTHING)) and not clash(("mask", Item("ffp2")), ("headwear", CAP))


def test_how_a_thing_is_worn_may_matter():
    assert clash(("glasses", UP), ("headwear", CAP)) and not clash(("glasses", GLASSES), ("headwear", CAP))


def test_the_later_gives_way_and_is_named():
    drawn = {"glasses": GLASSES, "audio": BAND, "headwear": CAP}
    kept, left_out = give_way(drawn, ())
    assert kept == {"glasses": GLASSES, "audio": BAND}
    assert left_out == (LeftOut(place="headwear", kind="cap", over="over_ear"),)
    assert give_way(drawn, [("cap", "over_ear")]) == (drawn, ())


def test_what_gave_way_makes_nothing_else_give_way():
    drawn = {"glasses": UP, "audio": BAND, "headwear": CAP}
    kept, left_out = give_way(drawn, [("glasses", "cap")])
    assert list(kept) == ["glasses", "headwear"] and [item.kind for item in left_out] == ["over_ear"]


def test_what_is_asked_for_in_vain_is_found():
    asked = {"audio": [BAND], "headwear": [NOTHING, CAP]}
    found = never_worn(asked, ())
    assert found and (found.place, found.kind, found.over_place, found.over) == (
        "headwear",
        "cap",
        "audio",
        ("over_ear",),
    )
    assert never_worn(asked, [("over_ear", "cap")]) is None
    assert never_worn({"audio": [BAND, NOTHING], "headwear": [CAP]}, ()) is None, "half of the draws wear it"


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("over_eer", "cap"), "'over_eer' is no kind; did you mean 'over_ear'. .allowed: glasses, over_ear, cap"),
        (("cap", "beanie"), "share a place, headwear"),
        (("glasses", "scarf"), "can be worn together as they are"),
    ],
)
def test_a_pair_that_needs_no_permission_is_refused(pair, said):
    place_of = {"glasses": "glasses", "over_ear": "audio", "cap": "headwear", "beanie": "headwear", "scarf": "neckwear"}
    with pytest.raises(AssertionError, match=said):
        raise AssertionError(unknown_pair([pair], place_of))
    assert unknown_pair([("cap", "glasses"), ("over_ear", "beanie")], place_of) is None
