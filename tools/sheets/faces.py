"""Sheets of skin, faces and eyes."""

from collections.abc import Iterator

from sheets.portraits import BARE, Cell, portrait


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


def strangers(size: int) -> Iterator[list[Cell]]:
    for row in range(8):
        yield [
            (f"id {person}", {**portrait(size), "identity": {"ids": [person]}})
            for person in range(2000 + 8 * row, 2008 + 8 * row)
        ]
