"""What the closed Human API calls facial hair, brows and their colours, in our words: fields of our specs by name.

Source of the names: Synthesis AI's Human API, "Facial Hair Styles & Colors" and "Eyebrows".
"""

from typing import Any

Fields = dict[str, Any]

FACIAL_HAIR: dict[str, Fields] = {
    "beard_ducktail_01": {"style": "chin_ducktail"},
    "beard_dutch_01": {"style": "dutch"},
    "beard_klingon_01": {"style": "klingon"},
    "full_ducktail_01": {"style": "ducktail"},
    "full_garibaldi_01": {"style": "garibaldi"},
    "full_generic_01": {"style": "full_beard"},
    "mustache_english_01": {"style": "english"},
    "mustache_painters_01": {"style": "painters"},
    "mustache_walrus_01": {"style": "walrus"},
}
"""Fields of `FacialHairSpec`. The names of older releases lack the number."""


def _brow(shape: str, thickness: float = 1.0, density: float = 1.0, **more: float) -> Fields:
    return {"shape": shape, "thickness": thickness, "density": density, **more}


_NEAT, _WILD = {"grooming": 0.95}, {"grooming": 0.15}
_WOMAN = {
    "broad": _brow("wide_tail", 1.1, 1.1),
    "curve": _brow("rounded", 0.9),
    "high": _brow("soft_arch", 0.9, height_mm=2.5),
    "narrow": _brow("natural", 0.6, inner_mm=3.0),
    "short": _brow("short", 0.9),
    "wide": _brow("natural", 1.0, inner_mm=-2.0),
    "unibrow": _brow("natural", 1.1, 1.1, unibrow=0.8),
    "thinStraight": _brow("straight", 0.55),
}
_ARCHES = (_brow("high_arch", 0.8), _brow("high_arch", 1.0, arch_mm=-0.8), _brow("soft_arch", 0.85, arch_mm=1.2))
_POINTS = (_brow("angled", 0.8), _brow("angled", 1.0, arch_mm=-0.8))
_STRAIGHTS = (_brow("straight", 0.8), _brow("low_straight", 0.8), _brow("straight", 1.1))
_MAN = {
    "broad": (_brow("wide_tail", 1.3, 1.2), _brow("club", 1.2, 1.2)),
    "high": (_brow("natural", 1.2, height_mm=2.5),),
    "thick": (_brow("bushy", 1.5, 1.4), _brow("low_straight", 1.6, 1.5)),
    "thin": (_brow("natural", 0.6, 0.8), _brow("straight", 0.6, 0.8), _brow("drooping", 0.6, 0.8)),
    "unibrow": (_brow("bushy", 1.3, 1.3, unibrow=0.9),),
    "wide": (_brow("natural", 1.3, 1.1, inner_mm=-2.0),),
}


def _brows() -> dict[str, Fields]:
    """Return every brow by its new name: women's kept and wild ones first, then men's, as the service numbers them."""
    found: dict[str, Fields] = {}
    counts: dict[str, int] = {}

    def add(name: str, rows: tuple[Fields, ...]) -> None:
        for row in rows:
            counts[name] = counts.get(name, 0) + 1
            found[f"{name}_{counts[name]:02d}"] = row

    many = {"highArch": _ARCHES, "point": _POINTS, "straight": _STRAIGHTS}
    women = {**{name: (row,) for name, row in _WOMAN.items()}, **many}
    for group in (women, _MAN):
        for kept in (_NEAT, _WILD):
            for name, rows in group.items():
                add(name, tuple({**row, **kept} for row in rows))
    return found


BROWS: dict[str, Fields] = _brows()
"""Fields of `BrowsSpec`."""


def _colored(color: str, grey: float = 0.0, **more: str) -> Fields:
    return {"color": color, "grey": grey, **more}


HAIR_COLORS: dict[str, Fields] = {
    "beeline_honey": _colored("dark_blond"),
    "light_brown": _colored("light_brown"),
    "leather_black": _colored("black"),
    "light_ash_blonde": _colored("ash_blond"),
    "chocolate_brown": _colored("brown"),
    "copper_shimmer": _colored("red"),
    "chocolate_cherry": _colored("dark_brown", dye="cherry"),
    "reddish_blonde": _colored("strawberry_blond"),
    "pure_diamond": _colored("light_blond", dye="platinum"),
    "ruby_fusion": _colored("auburn", dye="burgundy"),
    "medium_champagne": _colored("blond"),
    "dark_golden_brown": _colored("golden_brown"),
    "dark_brown": _colored("dark_brown"),
    "darkest_brown": _colored("darkest_brown"),
    "brown_graying": _colored("brown", grey=0.35),
    "blonde_graying": _colored("dark_blond", grey=0.4),
    "red_graying": _colored("auburn", grey=0.35),
    "salt_and_pepper": _colored("black", grey=0.5),
    "gray": _colored("dark_brown", grey=0.8),
    "white_gray": _colored("brown", grey=0.98),
}
"""Fields of `HairColorSpec`, for hair of the head and of the face."""
