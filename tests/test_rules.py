"""What cannot be worn together."""

from dataclasses import dataclass

import pytest

from synthgen.accessories import PLACES, Nothing
from synthgen.accessories.rules import CLASHES, LeftOut, clash, give_way, never_worn, unknown_pair
from synthgen.clothing import KINDS as GARMENTS
from synthgen.errors import SpecError
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec, parse_spec
from synthgen.yaml_source import parse_yaml

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
        assert kind in KINDS or kind in PLACES or kind in GARMENTS, name
        if worn:
            field, value = worn.split("=")
            worn_so = PLACES[kind] if kind in PLACES else (KINDS[kind],)
            assert value and any(field in one.value.model_fields for one in worn_so)


def test_a_place_stands_for_all_kinds_at_it_in_either_order():
    assert clash(("audio", BAND), ("headwear", CAP)) and clash(("headwear", CAP), ("audio", BAND))
    assert not clash(("audio", BAND), ("headwear", NOTHING)) and not clash(("mask", Item("ffp2")), ("headwear", CAP))


def test_how_a_thing_is_worn_may_matter():
    assert clash(("glasses", UP), ("headwear", CAP)) and not clash(("glasses", GLASSES), ("headwear", CAP))


def test_goggles_on_the_forehead_are_worn_over_soft_hats_and_not_over_brims():
    up, sealed, beanie = Item("ski_goggles", "forehead"), Item("ski_goggles"), Item("beanie")
    assert not clash(("glasses", up), ("headwear", beanie)) and clash(("glasses", sealed), ("headwear", beanie))
    assert clash(("glasses", up), ("headwear", CAP)) and clash(("glasses", UP), ("headwear", beanie))
    worn = spec(glasses={"kind": "ski_goggles", "worn_at": "forehead"}, headwear={"kind": "beanie"})
    assert [item.kind for item in sample_scene(worn, 0).accessories.worn] == ["beanie", "ski_goggles"]


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


def spec(**accessories):
    return SceneSpec.model_validate({"identity": {"ids": [2]}, "accessories": accessories})


CAPS = [{"percent": 50, "kind": "cap"}, {"percent": 50, "kind": "none"}]
UP_OR_NOT = [{"percent": 50, "kind": "glasses", "worn_at": "head"}, {"percent": 50, "kind": "none"}]


def test_groups_drawn_on_their_own_give_way_where_they_clash_and_nowhere_else():
    drawn = [sample_scene(spec(glasses=UP_OR_NOT, headwear=CAPS), n).accessories for n in range(40)]
    asked = [sample_scene(spec(headwear=CAPS), n).accessories.headwear for n in range(40)]
    up = [worn.glasses.kind == "glasses" for worn in drawn]
    for worn, cap, pushed_up in zip(drawn, asked, up, strict=True):
        out = (LeftOut(place="headwear", kind="cap", over="glasses"),) if pushed_up and cap.kind == "cap" else ()
        assert worn.left_out == out and worn.headwear == (Nothing() if out else cap)
    assert 5 < sum(bool(worn.left_out) for worn in drawn) < 18


def test_what_is_allowed_is_worn_together():
    drawn = [sample_scene(spec(glasses=UP_OR_NOT, headwear=CAPS, allow=[["cap", "glasses"]]), n) for n in range(12)]
    assert all(not scene.accessories.left_out for scene in drawn)
    assert any(len(scene.accessories.worn) == 2 for scene in drawn)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "{glasses: {kind: glasses, worn_at: head}, headwear: {kind: cap}}",
            "line 1: .*accessories.headwear: cap can never be worn with accessories.glasses: glasses: both lie on top "
            "of the head .allowed: none or another kind at either, or accessories.allow: ..glasses, cap...",
        ),
        ("{allow: [[cap, mask]]}", "'mask' is no kind"),
        ("{allow: [[cap, beanie]]}", "cap and beanie share a place, headwear .allowed: kinds of two places"),
        ("{allow: [[cap]]}", "accessories.allow.0.1: is missing"),
    ],
)
def test_a_spec_that_asks_for_what_is_never_worn_is_an_error(text, said):
    with pytest.raises(SpecError, match=said):
        parse_spec(parse_yaml(f"accessories: {text}", "spec.yaml"))


def test_places_are_put_on_in_their_order():
    assert next(iter(PLACES)) == "glasses" and list(PLACES)[-1] == "headwear"
