"""What a closed service calls hair styles, in ours: each of its 108 names is a style and what differs from it.

Its assets are not at hand; the numbers vary each family as its names suggest, so that no two are alike.
"""

from typing import Any

from synthgen.hair.head_hair import HairSpec

Fields = dict[str, Any]


def _of(style: str, **fields: float) -> Fields:
    return {"style": style, **fields}


def _wavy(style: str, **loose: float) -> tuple[Fields, ...]:
    tight = {"curl": 1.5, "tightness": 1.4}
    parted = (_of(style, parting_mm=0), _of(style, parting_mm=35))
    return (*parted, _of(f"{style}_fringe"), _of(style, **tight), _of(style, **loose))


FAMILIES: dict[str, tuple[Fields, ...]] = {
    "afro": (
        _of("short_afro"),
        _of("afro"),
        _of("big_afro"),
        _of("short_afro", length=0.7),
        _of("afro_fade"),
        _of("big_afro", length=1.3, frizz=1.4),
        _of("afro", curl=1.4, tightness=0.7),
        _of("short_afro", length=1.5),
        _of("afro", length=0.75),
        _of("afro_fade", length=1.3, fade=0.4),
        _of("short_afro", tightness=1.4, fade=0.5),
        _of("afro", tightness=1.3, length=1.2),
        _of("afro_fade", length=0.8, fade=0.8),
    ),
    "afro_ponytail": (
        _of("puff"),
        _of("puff_low"),
        _of("puff", volume=1.5, length=1.25),
        _of("puff", tail_height=0.5, volume=0.8),
    ),
    "balding": tuple(_of("balding", norwood=stage) for stage in (3.0, 4.0, 5.0, 5.6, 6.2, 7.0)),
    "bob": (
        _of("bob", parting_mm=0),
        _of("bob_long", parting_mm=0),
        _of("bob_fringe"),
        _of("bob_short", parting_mm=20),
        _of("bob_flipped", parting_mm=0),
        _of("bob", parting_mm=35),
        _of("bob", parting_mm=-35),
        _of("bob_long", parting_mm=35),
        _of("bob_long", parting_mm=-35),
        _of("bob_fringe", fringe=0.6),
        _of("bob_short", parting_mm=-30, volume=1.4),
        _of("bob_short", fringe=1),
        _of("bob_long", fringe=1),
        _of("bob_long", fringe=0.5),
        _of("bob_flipped", parting_mm=30),
        _of("bob_flipped", fringe=0.8),
        _of("bob", volume=1.6),
        _of("bob", volume=0.6, parting_mm=0),
        _of("bob", layers=0.6),
        _of("bob_long", layers=0.6, parting_mm=20),
        _of("bob_long", layers=0.6, fringe=0.7),
        _of("bob", length=1.2, parting_mm=15),
        _of("bob_fringe", length=1.2),
        _of("bob_short", length=1.1, layers=0.4),
        _of("bob", frizz=2.0, parting_mm=-15),
        _of("bob_long", volume=1.5, parting_mm=-20),
        _of("bob_fringe", volume=1.4, layers=0.4),
        _of("bob_long", length=1.25, parting_mm=0),
    ),
    "buzzcut": (_of("curly_fade", length=0.6), _of("waves_fade")),
    "convertible": (_of("curtain_long", volume=1.3),),
    "curtain": (
        _of("curtain", parting_mm=0),
        _of("curtain_short", parting_mm=0),
        _of("curtain_long", parting_mm=0),
        _of("curtain", parting_mm=30),
        _of("curtain", parting_mm=-30),
        _of("curtain_short", parting_mm=25, volume=1.3),
        _of("curtain_long", parting_mm=30, layers=0.5),
        _of("curtain", volume=1.5, parting_mm=10),
        _of("curtain_short", length=1.25, fade=0.5),
    ),
    "flattop": (
        _of("flat_top"),
        _of("flat_top_tall"),
        _of("flat_top", fade=0.8),
        _of("flat_top_tall", fade=0.8),
        _of("flat_top", length=0.6),
        _of("flat_top_tall", length=1.3, fade=0.2),
    ),
    "frenchcrop": (_of("messy", length=0.8), _of("french_crop"), _of("french_crop", length=1.3, frizz=1.6)),
    "layered": (
        _of("layered", parting_mm=0),
        _of("curls"),
        _of("loose_curls"),
        _of("layered", parting_mm=30, length=1.2),
        _of("long_wavy", layers=0.8),
        _of("long_straight", length=0.75, layers=0.4),
    ),
    "messy": (
        _of("messy_long"),
        _of("messy"),
        _of("messy", length=1.3),
        _of("messy", length=0.75, frizz=1.5),
        _of("messy_long", length=1.3),
        _of("messy_long", volume=1.5, frizz=1.5),
        _of("textured_crop"),
        _of("messy_quiff"),
        _of("messy", volume=1.5),
        _of("pixie"),
        _of("textured_crop", length=1.4, fade=0.2),
    ),
    "mohawk": (_of("fauxhawk"), _of("mohawk")),
    "pompadour": (_of("slicked", volume=1.5), _of("pompadour")),
    "quiff": (_of("comb_over"), _of("quiff")),
    "simple": (_of("long_straight", parting_mm=0), _of("long_straight", parting_mm=30, length=0.8)),
    "slicked": (_of("slicked"),),
    "long_wavy": _wavy("long_wavy", curl=0.6, length=1.2),
    "short_wavy": _wavy("short_wavy", length=1.3, curl=0.7),
}
"""By family, in the order of their numbers."""
NAMED: dict[str, Fields] = {
    f"{family}_{number:02d}": row for family, rows in FAMILIES.items() for number, row in enumerate(rows, start=1)
}
OLDER = {
    "female_hair_bob_1": "bob_01",
    "female_hair_long_chandelierlayers": "layered_01",
    "female_hair_long_curly": "layered_02",
    "female_hair_long_curly_1": "layered_03",
    "female_hair_long_generic_1": "simple_01",
    "female_hair_long_layered_1": "layered_04",
    "female_hair_long_simple_1": "simple_02",
    "female_hair_long_wavy_1": "layered_05",
    "female_hair_medium_bob": "bob_02",
    "female_hair_mid_messy_1": "messy_01",
    "female_hair_short_90s": "convertible_01",
    "male_hair_combover_1": "quiff_01",
    "male_hair_fauxhawk_1": "mohawk_01",
    "male_hair_generic_1": "pompadour_02",
    "male_hair_long_messy_1": "frenchcrop_01",
    "male_hair_mohawk_1": "mohawk_02",
    "male_hair_quiff_1": "quiff_02",
    "male_hair_short_curly_1": "buzzcut_01",
    "male_hair_short_fadepart": "buzzcut_02",
    "male_hair_short_frenchcrop": "frenchcrop_02",
    "male_hair_short_messy_1": "frenchcrop_03",
    "male_hair_short_sweptback_1": "pompadour_01",
    "male_long_straight": "layered_06",
}
"""The names before those, in those."""


def named_hair(name: str) -> HairSpec:
    """Return how hair is worn that the service calls by a name, old or new.

    Raises:
        KeyError: If it is no name of a style.
    """
    return HairSpec.model_validate(NAMED[OLDER.get(name.strip(), name)])
