"""Sheets of glasses, clothes, masks, headphones and jewellery."""

from collections.abc import Iterator
from typing import Any

from sheets.portraits import BARE, Cell, in_rows, portrait
from synthgen.accessories.glasses import FRAME_METALS
from synthgen.accessories.glasses.frames import SHAPES
from synthgen.accessories.plastics import PLASTICS
from synthgen.clothing import GARMENTS, OUTERWEAR
from synthgen.clothing.hoodie import HOODIE

GLASSES_COLUMNS = 7
CLOTHING_COLUMNS = 6
WORN_COLUMNS = 7


PLAIN_GLASSES = {"kind": "glasses", "slide_mm": 0.5, "sphere_dioptre": 0.0, "coating": "green", "density": 1.0}


UP = {"worn_at": "forehead", "above_brows_mm": 8.0}
WOMENS = ("blouse", "abaya")


def glasses(size: int) -> Iterator[list[Cell]]:
    """Yield every shape of glasses, ways to wear them, clear frames and goggles, then lenses of all kinds."""
    plastics, metals = tuple(PLASTICS), tuple(FRAME_METALS)
    cells = []
    for number, shape in enumerate(SHAPES):
        colors = {"plastic": plastics[number % len(plastics)], "metal": metals[number % len(metals)]}
        cells.append((shape, _wearing(size, number, {"shape": shape, **colors}, (0, 35, -35, 60)[number % 4])))
    yield cells[:GLASSES_COLUMNS]
    yield cells[GLASSES_COLUMNS:]
    others: dict[str, tuple[dict[str, Any], float, str]] = {
        "on the head": ({"shape": "wayfarer", "dye": "grey", "plastic": "tortoise", "worn_at": "head"}, 35, "bob"),
        "reading": ({"shape": "half_rim", "slide_mm": 19.0, "metal": "bronze"}, 0, "balding"),
        "in long hair": ({"shape": "round", "metal": "rose_gold"}, -60, "long_straight"),
        "crystal": ({"shape": "wayfarer", "plastic": "crystal"}, 25, "bald"),
        "champagne": ({"shape": "cat_eye", "plastic": "champagne"}, -25, "bald"),
        "smudged": ({"shape": "square", "smudges": 0.8, "dye": "grey", "plastic": "smoke"}, 0, "bald"),
        "photochromic, 60%": ({"shape": "rectangular", "photochromic": "brown", "darkening": 0.6}, 30, "bald"),
    }
    yield [
        (name, _wearing(size, 40 + number, pair, yaw, style=style))
        for number, (name, (pair, yaw, style)) in enumerate(others.items())
    ]
    goggles: tuple[tuple[dict[str, Any], float, str, str], ...] = (
        ({"kind": "safety_goggles", "body": "clear", "dye": "clear"}, 0, "rgb", "side_part"),
        ({"kind": "safety_goggles", "body": "grey", "dye": "yellow"}, 70, "rgb", "long_straight"),
        ({"kind": "ski_goggles", "frame": "white", "strap": {"color": "red"}, "mirror": "gold"}, 25, "rgb", "bob"),
        (
            {**UP, "kind": "ski_goggles", "frame": "black", "strap": {"color": "teal"}, "mirror": "blue"},
            40,
            "rgb",
            "crop",
        ),
        ({**UP, "kind": "safety_goggles", "body": "blue", "dye": "clear"}, 90, "rgb", "long_straight"),
        ({"kind": "ski_goggles", "frame": "white", "strap": {"color": "red"}, "mirror": "gold"}, -25, "nir850", "bob"),
        ({"kind": "swimming_goggles", "rubber": "black", "dye": "blue"}, -30, "rgb", "bald"),
    )
    yield [
        (f"{pair['kind']} {band}", _wearing(size, 50 + number, pair, yaw, band, style, plain={}))
        for number, (pair, yaw, band, style) in enumerate(goggles)
    ]
    lenses = {
        "-7 dioptres": {"shape": "rectangular", "sphere_dioptre": -7.0, "coating": "violet"},
        "+5 dioptres": {"shape": "oval", "sphere_dioptre": 5.0, "coating": "none"},
        "grey": {"shape": "wayfarer", "dye": "grey"},
        "brown, gradient": {"shape": "butterfly", "dye": "brown", "gradient": 0.85, "plastic": "tortoise"},
        "green": {"shape": "aviator", "dye": "green", "metal": "gold"},
        "silver mirror": {"shape": "aviator_single", "dye": "grey", "mirror": "silver"},
        "blue mirror": {"shape": "safety", "dye": "grey", "mirror": "blue"},
    }
    for band in ("rgb", "nir850"):
        yield [
            (f"{name} {band}", _wearing(size, 20 + number, pair, (0, 30, -30)[number % 3], band))
            for number, (name, pair) in enumerate(lenses.items())
        ]


def _wearing(
    size: int,
    number: int,
    pair: dict[str, Any],
    yaw: float,
    band: str = "rgb",
    style: str = "bald",
    plain: dict[str, Any] = PLAIN_GLASSES,
) -> dict[str, Any]:
    """Return a portrait of a person with glasses on."""
    data = portrait(size, band, focal_mm=165 if style == "bald" else 120)
    data["rigs"][0]["place"] |= {"yaw_deg": yaw, "aim_y_m": 0.0 if style == "bald" else 0.02}
    return {
        **data,
        "identity": {"ids": [3000 + number]},
        "gaze": {"kind": "angles"},
        "accessories": {"glasses": {**plain, **pair}},
        "hair": {"style": style},
        "facial_hair": {"style": "none"},
    }


def clothing(size: int) -> Iterator[list[Cell]]:
    """Yield every garment, outerwear over others, and patterns in visible light and at 850 nm."""
    cells = []
    for number, kind in enumerate((*GARMENTS, *OUTERWEAR)):
        worn = {"outerwear" if kind in OUTERWEAR else "clothing": {"kind": kind.name}}
        below = {"clothing": {"kind": ("shirt", "shirt", "tshirt", "sweater", "tshirt")[number % 5]}}
        worn = {**below, **worn} if kind in OUTERWEAR else worn
        if kind.name in WOMENS:
            worn["identity"] = {"ids": [5000 + number], "sex": "female"}
        if kind is HOODIE:
            worn["hair"] = {"style": "crop"}
        cells.append((kind.name, _clothed(size, number, worn)))
    patterned = {
        "tshirt, stripes": ("tshirt", {"pattern": "stripes", "color": "white", "accents": "navy", "nir_contrast": 1}),
        "shirt, tartan": ("shirt", {"pattern": "tartan", "color": "red", "weave": "twill", "nir_contrast": 0}),
        "sweater, cable": ("sweater", {"pattern": "plain", "color": "cream", "weave": "cable"}),
        "polo, black": ("polo", {"pattern": "plain", "color": "black", "nir_albedo": 0.6}),
    }
    for band in ("rgb", "nir850"):
        for number, (name, (kind, fabric)) in enumerate(patterned.items()):
            worn = {"clothing": {"kind": kind, "fabric": fabric}}
            cells.append((f"{name} {band}", _clothed(size, 20 + number, worn, band)))
    tape = {"clothing": {"kind": "tshirt"}, "outerwear": {"kind": "high_visibility"}}
    cells += [(f"lamp by the camera {band}", _clothed(size, 19, tape, band, 1.0)) for band in ("rgb", "nir850")]
    cells.append(("weaves from close by", _closer(_clothed(size, 2, {"clothing": _close()}))))
    behind = _clothed(size, 8, {"clothing": {"kind": "hoodie"}, "hair": {"style": "crop"}})
    behind["rigs"][0]["place"]["yaw_deg"] = 150
    cells.append(("hoodie from behind", behind))
    yield from in_rows(cells, CLOTHING_COLUMNS)


def _close() -> dict[str, Any]:
    return {"kind": "turtleneck", "fabric": {"weave": "knit", "pattern": "plain", "color": "teal"}}


def _closer(data: dict[str, Any]) -> dict[str, Any]:
    data["rigs"][0]["cameras"][0]["lens"]["focal_length_mm"] = 260.0
    data["rigs"][0]["place"]["aim_y_m"] = -0.17
    return data


def _clothed(size: int, number: int, worn: dict[str, Any], band: str = "rgb", key_yaw: float = 65.0) -> dict[str, Any]:
    """Return a picture of a person from the waist up."""
    data = portrait(size, band, focal_mm=66, key_yaw=key_yaw)
    data["rigs"][0]["place"] |= {"aim_y_m": -0.20, "distance_m": 1.25, "yaw_deg": (0, 25, -25, 0, 40)[number % 5]}
    if key_yaw < 5:
        data["rigs"][0]["place"]["yaw_deg"] = 0
        lamp = data["lighting"]["lamps"][0]
        lamp |= {"size_m": 0.01, "place": lamp["place"] | {"pitch_deg": 0, "distance_m": 1.25}}
    return {**data, "seed": 5 + number, "identity": {"ids": [5000 + number]}, "gaze": {"kind": "angles"}, **worn}


def masks(size: int) -> Iterator[list[Cell]]:
    """Yield every kind of mask, ways to wear them, and some in the infrared."""
    fabric = {"weave": "plain", "pattern": "flowers", "color": "navy", "scale": 0.6}
    kinds = {
        "surgical": {"color": "blue"},
        "cloth_mask": {"fabric": fabric},
        "kn95": {"color": "white"},
        "n95": {"valve": "front", "color": "white"},
        "duckbill": {"color": "white"},
        "cone": {"color": "white"},
        "respirator": {"rubber": "grey", "filters": "pink"},
        "neck_gaiter": {"fabric": {"weave": "jersey", "color": "olive", "pattern": "camouflage"}},
        "bandana": {"fabric": {**fabric, "color": "red", "pattern": "dots"}},
        "face_shield": {},
    }
    on = {
        kind: {"kind": kind, **more} | ({} if kind == "face_shield" else {"wear": "on"}) for kind, more in kinds.items()
    }
    worn = {
        "under the nose": {"mask": {**on["surgical"], "wear": "under_nose"}},
        "on the chin": {"mask": {**on["kn95"], "wear": "chin"}},
        "on an ear": {"mask": {**on["surgical"], "wear": "ear"}},
        "under glasses": {"mask": on["cloth_mask"], "glasses": {"kind": "glasses", "shape": "round", "metal": "gold"}},
    }
    cells = [
        (kind, _dressed(size, n, {"mask": mask}, (35, -30, 20, 0)[n % 4])) for n, (kind, mask) in enumerate(on.items())
    ]
    cells += [(text, _dressed(size, 12 + n, items, (30, -30)[n % 2])) for n, (text, items) in enumerate(worn.items())]
    haired = _dressed(size, 17, {"mask": on["n95"]}, 70)
    bearded = _dressed(size, 18, {"mask": on["kn95"]}, 35)
    cells += [
        ("straps over hair", {**haired, "hair": {"style": "bob"}}),
        ("over a beard", {**bearded, "facial_hair": {"style": "full_beard"}}),
    ]
    infrared = ("surgical", "cloth_mask", "n95", "respirator", "bandana")
    cells += [(f"{k} nir850", _dressed(size, 20 + n, {"mask": on[k]}, 25, "nir850")) for n, k in enumerate(infrared)]
    yield from in_rows(cells, WORN_COLUMNS)


def audio(size: int) -> Iterator[list[Cell]]:
    """Yield headphones, earbuds and jewellery, and some in the infrared."""
    items: list[tuple[str, dict[str, Any], float, dict[str, Any]]] = [
        ("over_ear", {"audio": {"kind": "over_ear", "color": "black", "pads": "black"}}, 40, {"hair": "crop"}),
        ("over_ear", {"audio": {"kind": "over_ear", "color": "white", "pads": "white"}}, -65, {"hair": "bob"}),
        ("on_ear", {"audio": {"kind": "on_ear", "color": "silver", "pads": "black"}}, -35, {"hair": "afro"}),
        ("headset", {"audio": {"kind": "headset", "microphone": "left", "color": "black"}}, 35, {"hair": "side_part"}),
        ("earbuds", {"audio": {"kind": "earbuds", "side": "both", "shape": "stem", "color": "white"}}, 70, {}),
        ("earbuds", {"audio": {"kind": "earbuds", "side": "both", "shape": "round", "color": "black"}}, 60, {}),
        ("wired_earbuds", {"audio": {"kind": "wired_earbuds", "color": "white"}}, 15, {}),
        ("studs", {"earrings": {"kind": "studs", "side": "both", "shape": "gem", "size_mm": 7}}, 55, {}),
        ("hoops", {"earrings": {"kind": "hoops", "side": "both", "metal": "gold", "diameter_mm": 42}}, 30, {}),
        ("drops", {"earrings": {"kind": "drops", "side": "both", "shape": "pearl", "stone": "pearl"}}, 40, {}),
        ("chain, heart", {"necklace": {"kind": "chain", "pendant": "heart", "metal": "gold", "length_mm": 430}}, 0, {}),
        ("beads", {"necklace": {"kind": "beads", "stone": "turquoise", "bead_mm": 9, "length_mm": 430}}, 20, {}),
        ("choker", {"necklace": {"kind": "choker", "color": "black", "pendant": "gem"}}, -20, {}),
        ("nose_ring", {"nose": {"kind": "nose_ring", "side": "left", "metal": "silver"}}, 30, {}),
        ("septum", {"nose": {"kind": "septum", "shape": "horseshoe", "metal": "steel"}}, -10, {}),
        ("brow, labret", {"piercing": {"kind": "brow_piercing", "side": "left", "metal": "steel"}}, 25, {}),
    ]
    close = {"studs", "hoops", "drops", "earbuds", "nose_ring", "septum", "brow, labret"}
    cells = []
    for n, (text, worn, yaw, more) in enumerate(items):
        low = -0.06 if "necklace" in worn or text == "wired_earbuds" else 0.0
        data = _dressed(size, 30 + n, worn, yaw, focal_mm=230 if text in close else 130, aim_y_m=low - 0.02)
        cells.append((text, {**data, **({"hair": {"style": more["hair"]}} if more else {})}))
    for n, number in enumerate((0, 4, 8, 11, 12)):
        text, worn, yaw, _ = items[number]
        cells.append((f"{text} nir850", _dressed(size, 50 + n, worn, yaw, "nir850", focal_mm=150, aim_y_m=-0.04)))
    yield from in_rows(cells, WORN_COLUMNS)


def _dressed(
    size: int,
    number: int,
    worn: dict[str, Any],
    yaw: float,
    band: str = "rgb",
    focal_mm: float = 140,
    aim_y_m: float = -0.03,
) -> dict[str, Any]:
    """Return a portrait of a bald person with things on."""
    data = portrait(size, band, focal_mm=focal_mm, key_yaw=40 + 0.6 * yaw)
    data["rigs"][0]["place"] |= {"yaw_deg": yaw, "aim_y_m": aim_y_m}
    return {**data, "identity": {"ids": [3100 + number]}, "gaze": {"kind": "angles"}, "accessories": worn, **BARE}
