"""The fixed class table: the finest parts a picture's pixels can belong to. Append only; ids never change.

Left and right are the subject's.
"""

import colorsys
from enum import IntEnum


class Part(IntEnum):
    """The finest parts a pixel can belong to."""

    BACKGROUND = 0
    SKIN = 1  # face skin that is none of the named regions below
    FOREHEAD = 2
    CHEEK_LEFT = 3
    CHEEK_RIGHT = 4
    CHIN = 5
    JAW = 6
    NOSE = 7
    NOSTRILS = 8
    TEMPLE_LEFT = 9
    TEMPLE_RIGHT = 10
    EYELID_UPPER_LEFT = 11
    EYELID_UPPER_RIGHT = 12
    EYELID_LOWER_LEFT = 13
    EYELID_LOWER_RIGHT = 14
    UNDER_EYE_LEFT = 15
    UNDER_EYE_RIGHT = 16
    SCLERA_LEFT = 17
    SCLERA_RIGHT = 18
    IRIS_LEFT = 19
    IRIS_RIGHT = 20
    PUPIL_LEFT = 21
    PUPIL_RIGHT = 22
    CARUNCLE_LEFT = 23
    CARUNCLE_RIGHT = 24
    BROW_LEFT = 25
    BROW_RIGHT = 26
    LASHES_LEFT = 27
    LASHES_RIGHT = 28
    EAR_LEFT = 29
    EAR_RIGHT = 30
    LIP_UPPER = 31
    LIP_LOWER = 32
    MOUTH_INTERIOR = 33
    TEETH_UPPER = 34
    TEETH_LOWER = 35
    TONGUE = 36
    SCALP = 37
    NECK = 38
    TORSO = 39
    ARMS = 40
    HAIR = 41
    BEARD = 42
    MOUSTACHE = 43
    CLOTHING_UPPER = 44
    CLOTHING_LOWER = 45
    CLOTHING_OUTER = 46
    CLOTHING_ACCESSORY = 47
    GLASSES_FRAME = 48
    GLASSES_LENS_LEFT = 49
    GLASSES_LENS_RIGHT = 50
    HEADWEAR = 51
    FACEWEAR = 52
    HEADPHONES = 53
    EARRING_LEFT = 54
    EARRING_RIGHT = 55
    CABIN = 56
    OTHER = 57
    HAIR_TIE = 58


PARTS = tuple(part.name.lower() for part in Part)
"""Names of the parts by id."""


def part_colors() -> list[tuple[int, int, int]]:
    """Return one display colour (8-bit sRGB) per part; background is black, neighbours differ clearly."""
    colors = [(0, 0, 0)]
    for number in range(1, len(PARTS)):
        # the golden angle spreads hues; value and saturation alternate so that close hues still differ
        hue, value = (number * 0.61803398875) % 1, (1.0, 0.8, 0.6)[number % 3]
        r, g, b = colorsys.hsv_to_rgb(hue, (0.55, 0.85)[number % 2], value)
        colors.append((round(r * 255), round(g * 255), round(b * 255)))
    return colors


def class_table() -> list[dict[str, object]]:
    """Return the class table as it is written to dataset.json: id, name, colour."""
    return [
        {"id": n, "name": name, "color": list(c)} for n, (name, c) in enumerate(zip(PARTS, part_colors(), strict=True))
    ]
