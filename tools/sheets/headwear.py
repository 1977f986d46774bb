"""Sheets of hats, helmets and cloth about head and neck."""

from collections.abc import Iterator
from typing import Any

from sheets.portraits import Cell, in_rows, portrait

HATS_COLUMNS = 7


def _cloth(color: str, weave: str = "twill", pattern: str = "plain", **more: Any) -> dict[str, Any]:
    return {"weave": weave, "color": color, "pattern": pattern, **more}


LARGE_HATS = ("sun_hat", "cowboy_hat", "chef_hat", "motorcycle_helmet", "hard_hat")


DRAPED_COLUMNS = 6


HATS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("cap", {"kind": "cap", "turn_deg": 0, "fabric": _cloth("navy"), "emblem": "embroidery"}, "crop"),
    (
        "trucker",
        {"kind": "cap", "turn_deg": 0, "fabric": _cloth("white"), "second_color": "blue", "style": "trucker"},
        "curls",
    ),
    ("backwards", {"kind": "cap", "turn_deg": 180, "closure": "strap", "fabric": _cloth("black")}, "crop"),
    ("sideways", {"kind": "cap", "turn_deg": 60, "fabric": _cloth("red"), "emblem": "patch"}, "short_afro"),
    ("slouchy", {"kind": "beanie", "cuff_mm": 0, "slouch": 0.7, "ribs": 60, "fabric": _cloth("grey", "knit")}, "crop"),
    ("beanie", {"kind": "beanie", "cuff_mm": 60, "ribs": 60, "fabric": _cloth("olive", "knit")}, "long_straight"),
    (
        "pompom",
        {"kind": "beanie", "cuff_mm": 50, "pompom_mm": 32, "fabric": _cloth("red", "rib", "stripes")},
        "long_wavy",
    ),
    ("bucket hat", {"kind": "bucket_hat", "fabric": _cloth("khaki")}, "crop"),
    ("bucket hat", {"kind": "bucket_hat", "fabric": _cloth("olive", "twill", "camouflage")}, "curls"),
    ("fedora", {"kind": "fedora", "fabric": _cloth("brown", "felt")}, "side_part"),
    ("trilby", {"kind": "fedora", "brim_mm": 36, "snap_mm": 14, "fabric": _cloth("grey", "felt")}, "buzz"),
    ("sun hat", {"kind": "sun_hat"}, "long_straight"),
    ("cowboy hat", {"kind": "cowboy_hat", "fabric": _cloth("brown", "felt")}, "crop"),
    ("cowboy hat", {"kind": "cowboy_hat", "fabric": _cloth("cream", "straw")}, "ponytail"),
    ("hard hat", {"kind": "hard_hat", "color": "yellow", "emblem": "patch", "strap": 0}, "crop"),
    ("hard hat", {"kind": "hard_hat", "color": "white", "strap": 1, "ribs": 5}, "buzz"),
    ("bike helmet", {"kind": "bike_helmet", "style": "road", "color": "red"}, "crop"),
    ("bike helmet", {"kind": "bike_helmet", "style": "urban", "color": "grey", "gloss": 0.1}, "bob"),
    ("motorcycle", {"kind": "motorcycle_helmet", "style": "full", "visor": "closed", "color": "blue"}, "crop"),
    ("tinted visor", {"kind": "motorcycle_helmet", "style": "full", "visor": "closed", "dye": "grey"}, "crop"),
    ("open, raised", {"kind": "motorcycle_helmet", "style": "open", "visor": "open", "color": "red"}, "crop"),
    ("headband", {"kind": "headband", "width_mm": 55, "fabric": _cloth("teal", "jersey")}, "afro"),
    ("knitted", {"kind": "headband", "width_mm": 80, "ears": 1, "fabric": _cloth("cream", "cable")}, "long_wavy"),
    ("chef's hat", {"kind": "chef_hat", "fabric": _cloth("white", "plain")}, "crop"),
    ("chef's hat", {"kind": "chef_hat", "flop": 0.9, "top_mm": 60, "band_mm": 60}, "ponytail"),
    ("earmuffs", {"kind": "earmuffs", "fabric": _cloth("grey", "fleece")}, "long_straight"),
    ("earmuffs", {"kind": "earmuffs", "fabric": _cloth("pink", "fleece")}, "crop"),
    ("afro, cap", {"kind": "cap", "turn_deg": 0, "fabric": _cloth("green"), "emblem": "round_patch"}, "big_afro"),
)
"""Name, what is worn, and the hair below."""


DRAPED: list[tuple[str, str, dict[str, Any], str, int]] = [
    (
        "hijab, khimar",
        "headwear",
        {"kind": "hijab", "style": "khimar", "fabric": _cloth("sky", "jersey"), "underscarf_mm": 0},
        "bun",
        1024,
    ),
    (
        "hijab, wrapped",
        "headwear",
        {
            "kind": "hijab",
            "style": "wrapped",
            "fabric": _cloth("teal", "satin"),
            "underscarf_mm": 0,
            "pin": "none",
        },
        "bun",
        1005,
    ),
    (
        "hijab, wrapped",
        "headwear",
        {
            "kind": "hijab",
            "style": "wrapped",
            "side": "right",
            "fabric": _cloth("cream", "plain", "flowers"),
            "underscarf_mm": 9,
            "underscarf": _cloth("white", "jersey"),
            "pin": "temple",
            "pin_head": "bar",
        },
        "bun",
        1021,
    ),
    (
        "hijab, pinned",
        "headwear",
        {
            "kind": "hijab",
            "style": "pinned",
            "fabric": _cloth("navy", "plain"),
            "underscarf_mm": 12,
            "underscarf": _cloth("grey", "jersey"),
            "pin": "jaw",
            "pin_head": "ball",
        },
        "bun",
        1022,
    ),
    ("niqab", "headwear", {"kind": "niqab", "fabric": _cloth("black", "plain")}, "bun", 1030),
    ("hood", "headwear", {"kind": "hood", "fabric": _cloth("grey", "fleece")}, "crop", 1009),
    (
        "headscarf, chin",
        "headwear",
        {"kind": "headscarf", "tied": "chin", "fabric": _cloth("red", "plain", "flowers")},
        "long_straight",
        1030,
    ),
    (
        "headscarf, nape",
        "headwear",
        {"kind": "headscarf", "tied": "nape", "fabric": _cloth("navy", "plain", "dots")},
        "long_wavy",
        1005,
    ),
    (
        "headscarf, loose",
        "headwear",
        {"kind": "headscarf", "tied": "loose", "fabric": _cloth("burgundy", "plain")},
        "long_straight",
        1021,
    ),
    ("turban, dastar", "headwear", {"kind": "turban", "style": "dastar", "fabric": _cloth("orange")}, "crop", 1017),
    (
        "turban, wrap",
        "headwear",
        {"kind": "turban", "style": "wrap", "fabric": _cloth("yellow", "plain", "flowers")},
        "short_afro",
        1041,
    ),
    (
        "turban, twist",
        "headwear",
        {"kind": "turban", "style": "twist", "fabric": _cloth("pink", "jersey")},
        "bob",
        1005,
    ),
    ("durag", "headwear", {"kind": "durag", "fabric": _cloth("burgundy", "satin")}, "buzz", 1017),
    (
        "scarf, once around",
        "neckwear",
        {"kind": "scarf", "style": "once_around", "fabric": _cloth("burgundy", "knit")},
        "bob",
        1024,
    ),
    (
        "scarf, infinity",
        "neckwear",
        {"kind": "scarf", "style": "infinity", "fabric": _cloth("red", "twill", "tartan")},
        "crop",
        1009,
    ),
    (
        "scarf, hanging",
        "neckwear",
        {"kind": "scarf", "style": "hanging", "fabric": _cloth("grey", "twill", "houndstooth")},
        "messy",
        1013,
    ),
    (
        "shawl, dupatta",
        "neckwear",
        {"kind": "shawl", "style": "dupatta", "fabric": _cloth("teal", "satin", "flowers")},
        "braid",
        1021,
    ),
    (
        "shawl, pallu",
        "neckwear",
        {"kind": "shawl", "style": "pallu", "fabric": _cloth("red", "satin", "flowers")},
        "bun_low",
        1022,
    ),
]


def headwear(size: int) -> Iterator[list[Cell]]:
    """Yield every kind of hat and helmet, on heads with all kinds of hair, then some of them in the infrared."""
    cells = [
        (text, _under(size, number, hat, hair, (0, 38, -30, 65, -75)[number % 5]))
        for number, (text, hat, hair) in enumerate(HATS)
    ]
    yield from in_rows(cells, HATS_COLUMNS)
    chosen = [(number, *HATS[number]) for number in (0, 1, 5, 8, 10, 16, 19)]
    yield [
        (f"{text} nir850", _under(size, number, hat, hair, (0, 38, -30)[number % 3], "nir850"))
        for number, text, hat, hair in chosen
    ]


def _under(size: int, number: int, hat: dict[str, Any], hair: str, yaw: float, band: str = "rgb") -> dict[str, Any]:
    """Return a portrait of a person with something on the head."""
    data = portrait(size, band, focal_mm=86 if hat["kind"] in LARGE_HATS else 112, key_yaw=40 if yaw < 30 else 10)
    data["rigs"][0]["place"] |= {"yaw_deg": yaw, "pitch_deg": 4, "aim_y_m": 0.02 if hat["kind"] in LARGE_HATS else 0.03}
    data["lighting"]["environment"]["strength"] = 0.3 if band == "rgb" else 0.1
    return {
        **data,
        "identity": {"ids": [3200 + number]},
        "gaze": {"kind": "angles"},
        "hair": {"style": hair},
        "accessories": {"headwear": hat},
    }


def drape(size: int) -> Iterator[list[Cell]]:
    """Yield every kind of wrapped, tied and laid cloth, then some of it in the infrared."""
    cells = []
    for number, (text, place, item, hair, person) in enumerate(DRAPED):
        cells.append((text, _draped(size, place, item, hair, person, (0, 25, -30, 0, 40, -20)[number % 6])))
    yield from in_rows(cells, DRAPED_COLUMNS)
    yield [
        (f"{text} nir850", _draped(size, place, item, hair, person, (0, 30, -30)[number % 3], "nir850"))
        for number, (text, place, item, hair, person) in enumerate(DRAPED[k] for k in (1, 3, 7, 8, 12, 16))
    ]


def _draped(
    size: int, place: str, item: dict[str, Any], hair: str, person: int, yaw: float, band: str = "rgb"
) -> dict[str, Any]:
    """Return a half-length portrait of a person who wears some cloth."""
    head = item["kind"] in ("turban", "durag")
    data = portrait(size, band, focal_mm=92 if head else 74, key_yaw=yaw - 55 if yaw > 0 else yaw + 55)
    data["rigs"][0]["place"] |= {"yaw_deg": yaw, "pitch_deg": 2, "aim_y_m": 0.0 if head else -0.05}
    data["lighting"]["environment"]["strength"] = 0.2 if band == "rgb" else 0.07
    return {
        **data,
        "identity": {"ids": [person]},
        "gaze": {"kind": "angles"},
        "hair": {"style": hair},
        "accessories": {place: item},
    }
