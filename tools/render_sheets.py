"""Render the contact sheets of docs/images: what skin, faces and eyes look like now.

    python tools/render_sheets.py [SHEET ...] [--size 192] [--threads 4]

Without names, all of them. A sheet is a table of specs that differ from one portrait.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

import synthgen as sg
from synthgen.accessories.glasses import FRAME_METALS
from synthgen.accessories.glasses.frames import SHAPES
from synthgen.accessories.plastics import PLASTICS
from synthgen.clothing import GARMENTS, OUTERWEAR
from synthgen.hair.beard_styles import BEARDS
from synthgen.hair.popularity import POPULARITY
from synthgen.hair.styles import STYLES
from synthgen.spec import SceneSpec
from synthgen.write.images import display

OUT = Path(__file__).parent.parent / "docs" / "images"
MOST_BYTES = 400_000
Cell = tuple[str, dict[str, Any]]


def portrait(size: int, band: str = "rgb", focal_mm: float = 130.0, key_yaw: float = 40.0) -> dict[str, Any]:
    """Return a frontal portrait in grey surroundings with a key lamp, as a spec's data."""
    lamp = {
        "name": "key",
        "kind": "area",
        "size_m": 0.5,
        "power_w": 5,
        "temperature_k": 5200,
        "place": {"kind": "orbit", "distance_m": 1.4, "yaw_deg": key_yaw, "pitch_deg": 25},
    }
    camera = {
        "name": "front",
        "width_px": size,
        "height_px": size,
        "band": band,
        "lens": {"kind": "focal", "focal_length_mm": focal_mm, "sensor_width_mm": 36},
    }
    lamps = [lamp] if band == "rgb" else [{**lamp, "band": band}]
    return {
        "seed": 1,
        "identity": {"ids": [1005]},
        "expression": {"name": "neutral"},
        "gaze": {"kind": "camera"},
        "lighting": {"environment": {"kind": "uniform", "strength": 0.15}, "lamps": lamps},
        "render": {"exposure": {"kind": "incident", "ev": 0.25}},
        "rigs": [
            {
                "name": "rig",
                "kind": "head_orbit",
                "place": {"kind": "orbit", "distance_m": 1.0, "aim_y_m": 0.01},
                "cameras": [camera],
            }
        ],
    }


def tones(size: int) -> Iterator[list[Cell]]:
    for band in ("rgb", "nir850", "nir940"):
        people = [
            (f"Monk {step} {band}", {"skin": {"monk": step}, "identity": {"ids": [1100 + step]}})
            for step in range(1, 11)
        ]
        yield [(text, {**portrait(size, band), **change}) for text, change in people]


def ages(size: int) -> Iterator[list[Cell]]:
    """Yield people who wear the same hair at every age; only what grows grey or thin does so."""
    for person, style in ((1005, "long_straight"), (1013, "side_part")):
        worn = {"hair": {"style": style}, "hair_color": {"dye": "none"}, "facial_hair": {"style": "none"}}
        yield [
            (f"id {person}, {age}", {**portrait(size), **worn, "identity": {"ids": [person], "age": age}})
            for age in (20, 30, 40, 50, 65, 80)
        ]


def expressions(size: int) -> Iterator[list[Cell]]:
    names = ("neutral", "happiness", "smile_closed", "sadness", "surprise", "fear", "anger", "disgust", "contempt")
    names += ("drowsy", "yawn", "squint")
    for row, person in ((names[:6], 2046), (names[6:], 2058)):
        yield [
            (name, {**portrait(size), "expression": {"name": name, "intensity": 1.0}, "identity": {"ids": [person]}})
            for name in row
        ]


def grazing(size: int) -> Iterator[list[Cell]]:
    for age in (22, 75):
        yield [
            (
                f"{age}, light from {yaw} deg",
                {
                    **portrait(size, focal_mm=190.0, key_yaw=yaw),
                    "lighting": {
                        "environment": {"kind": "uniform", "strength": 0.02},
                        "lamps": portrait(size, key_yaw=yaw)["lighting"]["lamps"],
                    },
                    **BARE,
                    "identity": {"ids": [1003], "age": age},
                },
            )
            for yaw in (-80, -60, 60, 80)
        ]


def eyes(size: int) -> Iterator[list[Cell]]:
    """Gaze to its ends, pupils of all sizes, and a pupil that is dark or bright as the infrared lamp stands."""
    view = portrait(size, focal_mm=520.0)
    view["rigs"][0]["place"] |= {"aim_x_m": 0.031, "aim_y_m": 0.012}
    view["hair"] = {"style": "bald"}
    turns = ((0, 0), (-32, 0), (32, 0), (0, 22), (0, -28), (-25, -18))
    people = (2003, 2004, 1005, 2011, 2021, 2008)
    yield [
        (
            f"gaze {yaw}, {pitch}",
            {
                **view,
                "identity": {"ids": [person]},
                "gaze": {"kind": "angles", "yaw_deg": yaw, "pitch_deg": pitch},
            },
        )
        for (yaw, pitch), person in zip(turns, people, strict=True)
    ]
    colors = ("blue", "grey", "green", "hazel", "amber", "dark_brown")
    yield [
        (f"{color}, pupil {pupil} mm", {**view, "eyes": {"color": color, "pupil_mm": pupil}})
        for color, pupil in zip(colors, (1.5, 2.5, 3.5, 5, 6.5, 8), strict=True)
    ]
    cells = []
    for band, away in (("nir850", 18), ("nir850", 1), ("nir940", 18), ("nir940", 1)):
        lamp = {"name": "led", "kind": "spot", "band": band, "power_w": 3, "size_m": 0.01, "beam_deg": 60}
        lamp["place"] = {"kind": "orbit", "distance_m": 1.0, "yaw_deg": away, "pitch_deg": 0}
        dim = {"kind": "uniform", "strength": 0.002}
        change = {"eyes": {"pupil_mm": 6.0}, "lighting": {"environment": dim, "lamps": [lamp]}}
        camera = view["rigs"][0]["cameras"][0] | {"band": band}
        rigs = [{**view["rigs"][0], "cameras": [camera]}]
        cells.append((f"{band}, lamp {away} deg off", {**view, **change, "rigs": rigs}))
    lids = ({"name": "drowsy"}, {"name": "eyes_closed"})
    yield [*cells, *((str(lid["name"]), {**view, "expression": lid}) for lid in lids)]


def marks(size: int) -> Iterator[list[Cell]]:
    base = portrait(size, focal_mm=180.0)
    skins = {
        "freckles": {"freckles": 1.1, "tone": 0.08},
        "acne": {"acne": 0.8, "tone": 0.2},
        "vitiligo": {"vitiligo": 0.6, "tone": 0.65},
        "scars, birthmark": {"scars": 4.0, "birthmark": 0.7, "tone": 0.2},
        "stubble": {"stubble": 1.0, "tone": 0.2},
        "sweat": {"sweat": 1.0, "tone": 0.35},
    }
    marked = zip(skins.items(), (2000, 2007, 2058, 2016, 2042, 2051), strict=True)
    shaved = {**base, "facial_hair": {"style": "none"}}
    yield [(name, {**shaved, "skin": skin, "identity": {"ids": [person]}}) for (name, skin), person in marked]
    faces = {
        "lipstick": {"lipstick": 0.95, "lipstick_color": "red", "gloss": 0.7},
        "eyeshadow": {"eyeshadow": 0.9, "eyeshadow_color": "blue", "eyeliner": 0.9},
        "blush": {"blush": 1.0},
        "foundation": {"foundation": 1.0},
        "all": {"lipstick": 0.9, "lipstick_color": "plum", "eyeshadow": 0.8, "eyeliner": 1.0, "blush": 0.7},
    }
    made_up = zip(faces.items(), (2035, 2033, 2059, 2011, 2055), strict=True)
    cells = [(name, {**base, "makeup": face, "identity": {"ids": [person]}}) for (name, face), person in made_up]
    infrared = {**portrait(size, "nir850", focal_mm=180.0), "makeup": faces["all"], "identity": {"ids": [2055]}}
    yield [*cells, ("all, 850 nm", infrared)]


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
            {"kind": "ski_goggles", "frame": "black", "strap": {"color": "teal"}, "mirror": "blue"},
            130,
            "rgb",
            "side_part",
        ),
        ({"kind": "ski_goggles", "frame": "white", "strap": {"color": "red"}, "mirror": "gold"}, -25, "nir850", "bob"),
        ({"kind": "swimming_goggles", "rubber": "black", "dye": "blue"}, -30, "rgb", "bald"),
        ({"kind": "swimming_goggles", "rubber": "black", "dye": "blue"}, 0, "nir850", "bald"),
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


PLAIN_GLASSES = {"kind": "glasses", "slide_mm": 0.5, "sphere_dioptre": 0.0, "coating": "green", "density": 1.0}


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


WOMENS = ("blouse", "abaya")


def clothing(size: int) -> Iterator[list[Cell]]:
    """Yield every garment, outerwear over others, and patterns in visible light and at 850 nm."""
    cells = []
    for number, kind in enumerate((*GARMENTS, *OUTERWEAR)):
        worn = {"outerwear" if kind in OUTERWEAR else "clothing": {"kind": kind.name}}
        below = {"clothing": {"kind": ("shirt", "shirt", "tshirt", "sweater", "tshirt")[number % 5]}}
        worn = {**below, **worn} if kind in OUTERWEAR else worn
        if kind.name in WOMENS:
            worn["identity"] = {"ids": [5000 + number], "sex": "female"}
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
    for first in range(0, len(cells), CLOTHING_COLUMNS):
        row = cells[first : first + CLOTHING_COLUMNS]
        yield row + [("", {})] * (CLOTHING_COLUMNS - len(row))


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


def headwear(size: int) -> Iterator[list[Cell]]:
    """Yield every kind of hat and helmet, on heads with all kinds of hair, then some of them in the infrared."""
    cells = [
        (text, _under(size, number, hat, hair, (0, 38, -30, 65, -75)[number % 5]))
        for number, (text, hat, hair) in enumerate(HATS)
    ]
    for first in range(0, len(cells), HATS_COLUMNS):
        yield cells[first : first + HATS_COLUMNS]
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


DRAPED_COLUMNS = 6


def drape(size: int) -> Iterator[list[Cell]]:
    """Yield every kind of wrapped, tied and laid cloth, then some of it in the infrared."""
    cells = []
    for number, (text, place, item, hair, person) in enumerate(DRAPED):
        cells.append((text, _draped(size, place, item, hair, person, (0, 25, -30, 0, 40, -20)[number % 6])))
    for first in range(0, len(cells), DRAPED_COLUMNS):
        yield cells[first : first + DRAPED_COLUMNS]
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


def _cloth(color: str, weave: str = "twill", pattern: str = "plain", **more: Any) -> dict[str, Any]:
    return {"weave": weave, "color": color, "pattern": pattern, **more}


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
    for first in range(0, len(cells), WORN_COLUMNS):
        yield cells[first : first + WORN_COLUMNS]


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
    for first in range(0, len(cells), WORN_COLUMNS):
        yield cells[first : first + WORN_COLUMNS]


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


def strangers(size: int) -> Iterator[list[Cell]]:
    for row in range(8):
        yield [
            (f"id {person}", {**portrait(size), "identity": {"ids": [person]}})
            for person in range(2000 + 8 * row, 2008 + 8 * row)
        ]


def hair(size: int) -> Iterator[list[Cell]]:
    """Yield every style three times: from three sides, in three colours; docs/images has it at a size of 112."""
    cells = [cell for number, style in enumerate(STYLES) for cell in _styled(number, style, size)]
    for first in range(0, len(cells), HAIR_COLUMNS):
        row = cells[first : first + HAIR_COLUMNS]
        yield row + [("", {})] * (HAIR_COLUMNS - len(row))


def _styled(number: int, style: str, size: int) -> Iterator[Cell]:
    row = POPULARITY[style]
    coily = row.coily_men + row.coily_women > row.men + row.women
    man = row.men + row.coily_men > row.women + row.coily_women
    mix = (
        {"african": 1.0}
        if coily
        else ({"asian": 1.0}, {"caucasian": 1.0}, {"asian": 0.4, "caucasian": 0.6})[number % 3]
    )
    turns = (0, 50, 100), (-25, 90, 180), (20, -60, 150)
    colors = ("black", "dark_brown", "black") if coily else ("dark_brown", ("blond", "light_brown")[number % 2], "red")
    for cell, (yaw, color) in enumerate(zip(turns[number % 3], colors, strict=True)):
        data = portrait(size, focal_mm=92)
        data["rigs"][0]["place"]["yaw_deg"] = yaw
        bright, behind = (number + cell) % 2 == 0, abs(yaw) >= 90
        key, back = data["lighting"]["lamps"][0], {**data["lighting"]["lamps"][0], "name": "back"}
        key = {**key, "place": {**key["place"], "yaw_deg": (yaw + 220) % 360 - 180}}
        back = {**back, "place": {**back["place"], "yaw_deg": (yaw + 320) % 360 - 180}, "power_w": 1 if behind else 3}
        identity = {"ids": [4000 + 3 * number + cell], "age": (24, 34, 46)[cell], "sex": "male" if man else "female"}
        yield (
            style if cell == 0 else "",
            {
                **data,
                "identity": {**identity, "ancestry": {"kind": "mix", **mix}},
                "gaze": {"kind": "angles"},
                "hair": {"style": style, **({} if style == "balding" else {"norwood": 1})},
                "hair_color": {"color": color, "grey": 0.5 if number % 6 == 5 and cell == 1 else 0, "dye": "none"},
                "facial_hair": {"style": "none"},
                "lighting": {
                    "environment": {"kind": "uniform", "strength": 0.9 if bright else 0.012},
                    "lamps": [{**key, "power_w": 0.5 if behind else 4}, back],
                },
            },
        )


def beards(size: int) -> Iterator[list[Cell]]:
    names = [name for name in BEARDS if name != "none"]
    colors = ({"color": "black"}, {"color": "red"}, {"color": "brown", "grey": 0.6})
    for start in range(0, len(names), 10):
        for shade, yaw in zip(colors, (0, 35, 0), strict=True):
            row = []
            for n, name in enumerate(names[start : start + 10], start=start):
                base = portrait(size, focal_mm=165.0)
                base["rigs"][0]["place"] |= {"aim_y_m": -0.04, "yaw_deg": yaw}
                man = {"ids": [1200 + n], "sex": "male", "age": 36}
                person = {"identity": man, "hair": {"style": "bald"}, "facial_hair": {"style": name}}
                row.append((name, {**base, **person, "hair_color": {"grey": 0.0, **shade}}))
            yield row + [("", {})] * (10 - len(row))


def brows(size: int) -> Iterator[list[Cell]]:
    for first in range(3000, 3012, 4):
        row = []
        for person in range(first, first + 4):
            base = portrait(size, focal_mm=290.0)
            base["rigs"][0]["place"]["aim_y_m"] = 0.022
            base["rigs"][0]["cameras"][0] |= {"width_px": 2 * size}
            row.append((f"id {person}", {**base, "identity": {"ids": [person]}, "hair": {"style": "bald"}}))
        yield row


def hair_colors(size: int) -> Iterator[list[Cell]]:
    dry: dict[str, Any] = {"grey": 0.0, "dye": "none"}
    shades: dict[str, dict[str, Any]] = {
        **{name: {**dry, "color": name} for name in ("black", "brown", "red", "light_blond")},
        "temples": {"color": "dark_brown", "grey": 0.35, "grey_pattern": "temples", "dye": "none"},
        "salt and pepper": {"color": "black", "grey": 0.5, "grey_pattern": "even", "dye": "none"},
        "dyed black": {"color": "light_blond", "grey": 0.0, "dye": "black", "regrowth_mm": 0},
        "platinum, regrown": {"color": "black", "grey": 0.0, "dye": "platinum", "regrowth_mm": 25},
        "blue": {"color": "dark_brown", "grey": 0.0, "dye": "blue", "regrowth_mm": 8},
    }
    worn = {
        "identity": {"ids": [1005]},
        "hair": {"style": "side_part", "density": 1.2},
        "facial_hair": {"style": "none"},
    }
    for band in ("rgb", "nir850", "nir940"):
        row = [(name, {**portrait(size, band), **worn, "hair_color": shade}) for name, shade in shades.items()]
        soaked = {"hair_color": shades["brown"], "hair_film": {"water": 1.0, "grease": 0.0}}
        yield [*row, ("brown, wet", {**portrait(size, band), **worn, **soaked})]


HAIR_COLUMNS, GLASSES_COLUMNS, CLOTHING_COLUMNS, HATS_COLUMNS, WORN_COLUMNS = 12, 7, 6, 7, 7
LARGE_HATS = ("sun_hat", "cowboy_hat", "chef_hat", "motorcycle_helmet", "hard_hat")
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
BARE = {"hair": {"style": "bald"}, "facial_hair": {"style": "none"}}
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


SHEETS = {
    "tones": tones,
    "ages": ages,
    "expressions": expressions,
    "grazing": grazing,
    "eyes": eyes,
    "marks": marks,
    "hair": hair,
    "glasses": glasses,
    "clothing": clothing,
    "headwear": headwear,
    "drape": drape,
    "masks": masks,
    "audio": audio,
    "strangers": strangers,
    "beards": beards,
    "brows": brows,
    "hair_colors": hair_colors,
}


def render_cell(text: str, data: dict[str, Any], size: int, threads: int) -> np.ndarray:
    """Return one picture with its name; black where there is nothing to show."""
    if not data:
        return np.zeros((size, size, 3), np.uint8)
    frame = sg.render_scene(sg.sample_scene(SceneSpec.model_validate(data), 0), "cpu", threads)
    picture = Image.fromarray(display(frame.passes["front"].color))
    ImageDraw.Draw(picture).text((3, 2), text, fill=(255, 255, 255), stroke_width=1, stroke_fill=(0, 0, 0))
    return np.asarray(picture)


def save(sheet: np.ndarray, path: Path) -> None:
    """Write a sheet at the best quality that stays under the size of a picture in docs."""
    for quality in range(90, 40, -5):
        Image.fromarray(sheet).save(path, quality=quality)
        if path.stat().st_size < MOST_BYTES:
            return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="SHEET", help=", ".join(SHEETS))
    parser.add_argument("--size", type=int, default=192)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    if unknown := set(options.names) - set(SHEETS):
        parser.error(f"{', '.join(sorted(unknown))} is no sheet; allowed: {', '.join(SHEETS)}")
    options.out.mkdir(parents=True, exist_ok=True)
    for name in options.names or SHEETS:
        rows = [
            np.hstack([render_cell(*cell, options.size, options.threads) for cell in row])
            for row in SHEETS[name](options.size)
        ]
        save(np.vstack(rows), options.out / f"{name}.jpg")
        print(options.out / f"{name}.jpg", flush=True)


if __name__ == "__main__":
    main()
