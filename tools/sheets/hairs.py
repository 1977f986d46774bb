"""Sheets of hair, beards and brows."""

from collections.abc import Iterator
from typing import Any

from sheets.portraits import Cell, in_rows, portrait
from synthgen.hair.beard_styles import BEARDS
from synthgen.hair.popularity import POPULARITY
from synthgen.hair.styles import STYLES

HAIR_COLUMNS = 12


def hair(size: int) -> Iterator[list[Cell]]:
    """Yield every style three times: from three sides, in three colours; docs/images has it at a size of 112."""
    cells = [cell for number, style in enumerate(STYLES) for cell in _styled(number, style, size)]
    yield from in_rows(cells, HAIR_COLUMNS)


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
