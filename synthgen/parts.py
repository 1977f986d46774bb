"""The fixed class table: the finest parts a picture's pixels can belong to. Append only; ids never change.

Left and right are the subject's.
"""

import colorsys
from enum import IntEnum

PARTS = (
    "background",
    "skin",  # face skin that is none of the named regions below
    "forehead",
    "cheek_left",
    "cheek_right",
    "chin",
    "jaw",
    "nose",
    "nostrils",
    "temple_left",
    "temple_right",
    "eyelid_upper_left",
    "eyelid_upper_right",
    "eyelid_lower_left",
    "eyelid_lower_right",
    "under_eye_left",
    "under_eye_right",
    "sclera_left",
    "sclera_right",
    "iris_left",
    "iris_right",
    "pupil_left",
    "pupil_right",
    "caruncle_left",
    "caruncle_right",
    "brow_left",
    "brow_right",
    "lashes_left",
    "lashes_right",
    "ear_left",
    "ear_right",
    "lip_upper",
    "lip_lower",
    "mouth_interior",
    "teeth_upper",
    "teeth_lower",
    "tongue",
    "scalp",
    "neck",
    "torso",
    "arms",
    "hair",
    "beard",
    "moustache",
    "clothing_upper",
    "clothing_lower",
    "clothing_outer",
    "clothing_accessory",
    "glasses_frame",
    "glasses_lens_left",
    "glasses_lens_right",
    "headwear",
    "facewear",
    "headphones",
    "earring_left",
    "earring_right",
    "cabin",
    "other",
)

Part = IntEnum("Part", {name.upper(): number for number, name in enumerate(PARTS)})
"""The finest parts, `Part.LIP_UPPER` and so on."""


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
