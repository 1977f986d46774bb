"""Patterns on cloth: where which dye lies, as tiles. Layers go one over another on the ground colour."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from synthgen.fabrics.emblems import emblem
from synthgen.materials import Tile
from synthgen.rng import Key

ACCENTS = {"white": 5.0, "black": 3.0, "navy": 3.0, "cream": 2.0, "red": 2.0, "grey": 2.0, "sky": 1.5, "blue": 1.5}
ACCENTS |= {"light_grey": 1.5, "burgundy": 1.0, "green": 1.0, "yellow": 1.0, "pink": 0.8, "khaki": 0.8, "orange": 0.6}
WOODLAND = {"olive": 3.0, "khaki": 3.0, "brown": 2.0, "black": 2.0, "charcoal": 1.0}

Layers = tuple[NDArray, ...]
"""Cover (h, w), 0 to 1, of up to three dyes; rows from the bottom up, columns along x."""


@dataclass(frozen=True)
class Pattern:
    """One way to colour cloth.

    Attributes:
        draw: (key, height and width in pixels) -> layers.
        size_mm: (width, height) after which it repeats at a scale of 1.
        size_px: (width, height) of its tile.
        once: Whether it is there once, about the origin of the cloth, instead of repeating.
        colors: How often a colour is taken for a layer.
    """

    draw: Callable[[Key, tuple[int, int]], Layers]
    size_mm: tuple[float, float]
    size_px: tuple[int, int] = (512, 512)
    once: bool = False
    colors: Mapping[str, float] = field(default_factory=lambda: ACCENTS)

    def tile(self, scale: float, seed: int) -> Tile:
        """Return the pattern at a scale; a seed is one variant of it."""
        width, height = self.size_px
        layers = self.draw(Key(f"pattern/{seed}"), (height, width))
        found = np.zeros((height, width, 3), np.uint8)
        for n, layer in enumerate(layers):
            found[..., n] = np.round(np.clip(layer, 0, 1) * 255)
        return Tile(found, self.size_mm[0] * scale, self.size_mm[1] * scale, self.once)


def grid(shape: tuple[int, int]) -> tuple[NDArray, NDArray]:
    """Return x and y (h, w) of a tile's pixels, 0 to 1."""
    height, width = shape
    x, y = np.meshgrid((np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height)
    return x, y


def _bands(at: NDArray, edges: list[tuple[float, float]], soft: float) -> NDArray:
    """Return 1 where positions 0 to 1 lie in one of some (middle, width) bands that repeat."""
    found = np.zeros_like(at)
    for middle, width in edges:
        away = np.abs((at - middle + 0.5) % 1 - 0.5)
        found = np.maximum(found, np.clip((width / 2 - away) / soft + 0.5, 0, 1))
    return found


RHYTHMS: tuple[tuple[list[tuple[float, float]], list[tuple[float, float]]], ...] = (
    ([(0.5, 0.5)], []),
    ([(0.5, 0.34)], []),
    ([(0.25, 0.22), (0.75, 0.22)], []),
    ([(0.5, 0.16)], []),
    ([(0.35, 0.28)], [(0.8, 0.12)]),
    ([(0.3, 0.14), (0.5, 0.14)], [(0.4, 0.05)]),
)
"""Bands (middle, width) of the second and the third colour."""


def _stripes(key: Key, at: NDArray, pixels: int) -> Layers:
    first, second = RHYTHMS[key.child("rhythm").rng().integers(len(RHYTHMS))]
    return _bands(at, first, 1.5 / pixels), _bands(at, second, 1.5 / pixels)


def stripes(key: Key, shape: tuple[int, int]) -> Layers:
    """Return level stripes."""
    return _stripes(key, grid(shape)[1], shape[0])


def upright_stripes(key: Key, shape: tuple[int, int]) -> Layers:
    """Return upright stripes."""
    return _stripes(key, grid(shape)[0], shape[1])


def pinstripe(key: Key, shape: tuple[int, int]) -> Layers:
    """Return thin upright lines of single threads."""
    x, y = grid(shape)
    thread = 0.55 + 0.45 * np.cos(2 * np.pi * y * 12)
    return (_bands(x, [(0.5, 0.05)], 1.5 / shape[1]) * thread,)


def gingham(key: Key, shape: tuple[int, int]) -> Layers:
    """Return gingham: bands of one colour each way, full where they cross and half elsewhere."""
    x, y = grid(shape)
    soft = 2 / shape[0]
    return ((_bands(x, [(0.5, 0.5)], soft) + _bands(y, [(0.5, 0.5)], soft)) / 2,)


def windowpane(key: Key, shape: tuple[int, int]) -> Layers:
    """Return thin lines far apart each way."""
    x, y = grid(shape)
    lines = [_bands(at, [(0.5, 0.045)], 2 / shape[0]) for at in (x, y)]
    return (np.maximum(*lines) * 0.6 + np.minimum(*lines) * 0.4,)


def tartan(key: Key, shape: tuple[int, int]) -> Layers:
    """Return tartan: one sett of bands each way, crossed as in twill."""
    rng = key.child("sett").rng()
    wide, narrow = rng.uniform(0.24, 0.38), rng.uniform(0.02, 0.05)
    offset = rng.uniform(0.10, 0.16)
    broad = [(0.5, wide)] if rng.random() < 0.5 else [(0.5 - offset, wide / 2), (0.5 + offset, wide / 2)]
    setts = (broad, [(0.0, narrow * 1.3)], [(0.5, narrow), (0.0, narrow * 0.4)])
    x, y = grid(shape)
    ribs = 0.5 + 0.5 * np.clip(2.5 * np.cos(2 * np.pi * 64 * (x + y)), -1, 1)
    return tuple(_bands(x, sett, 2 / shape[1]) * (1 - ribs) + _bands(y, sett, 2 / shape[0]) * ribs for sett in setts)


def houndstooth(key: Key, shape: tuple[int, int]) -> Layers:
    """Return houndstooth: four threads of each colour both ways, crossed as in twill."""
    x, y = grid(shape)
    i, j = np.floor(x * 8).astype(int), np.floor(y * 8).astype(int)
    warp_up = (i + j) % 4 < 2
    cover = np.where(warp_up, i < 4, j < 4).astype(float)
    return (gaussian_filter(cover, shape[0] / 200, mode="wrap"),)


def herringbone(key: Key, shape: tuple[int, int]) -> Layers:
    """Return herringbone: diagonals that turn back and forth."""
    x, y = grid(shape)
    folded = np.abs((x * 2) % 2 - 1)
    return (0.15 + 0.7 * (0.5 + 0.5 * np.clip(1.8 * np.cos(2 * np.pi * (4 * folded + 8 * y)), -1, 1)),)


def dots(key: Key, shape: tuple[int, int]) -> Layers:
    """Return dots in staggered rows."""
    radius = key.child("radius").rng().uniform(0.11, 0.19)
    x, y = grid(shape)
    found = np.zeros(shape)
    for cx, cy in ((0.25, 0.25), (0.75, 0.75)):
        away = np.hypot((x - cx + 0.5) % 1 - 0.5, (y - cy + 0.5) % 1 - 0.5)
        found = np.maximum(found, np.clip((radius - away) * shape[0] / 2 + 0.5, 0, 1))
    return (found,)


def flowers(key: Key, shape: tuple[int, int]) -> Layers:
    """Return flowers with a heart of another colour, and leaves, strewn about."""
    rng = key.rng()
    x, y = grid(shape)
    petals, hearts, leaves = (np.zeros(shape) for _ in range(3))
    for place in _apart(rng, 11, 0.2):
        radius, turn, count = rng.uniform(0.06, 0.115), rng.uniform(0, 2 * np.pi), rng.integers(5, 7)
        dx, dy = ((at - c + 0.5) % 1 - 0.5 for at, c in zip((x, y), place, strict=True))
        away, angle = np.hypot(dx, dy), np.arctan2(dy, dx) + turn
        edge = radius * (0.72 + 0.28 * np.abs(np.cos(count * angle / 2)))
        petals = np.maximum(petals, _inside(edge - away, shape))
        hearts = np.maximum(hearts, _inside(0.26 * radius - away, shape))
        for leaf in (0.8, 3.4):
            along = dx * np.cos(turn + leaf) + dy * np.sin(turn + leaf)
            across = -dx * np.sin(turn + leaf) + dy * np.cos(turn + leaf)
            share = np.clip((along - 0.7 * radius) / (1.3 * radius), 0, 1)
            leaves = np.maximum(leaves, _inside(0.3 * radius * np.sin(np.pi * share) - np.abs(across) - 0.004, shape))
    return petals * (1 - 0.2 * hearts), hearts, leaves * (1 - petals)


def _inside(distance: NDArray, shape: tuple[int, int]) -> NDArray:
    return np.clip(distance * shape[0] / 2 + 0.5, 0, 1)


def _apart(rng: np.random.Generator, count: int, least: float) -> list[NDArray]:
    """Return up to `count` random places (2,) on a tile that repeats, no two nearer than `least`."""
    found: list[NDArray] = []
    for place in rng.uniform(0, 1, (40 * count, 2)):
        gaps = [np.linalg.norm((place - other + 0.5) % 1 - 0.5) for other in found]
        if len(found) < count and min(gaps, default=1.0) > least:
            found.append(place)
    return found


def camouflage(key: Key, shape: tuple[int, int]) -> Layers:
    """Return blotches in three layers."""
    found = []
    for n, (size, share) in enumerate(((0.16, 0.48), (0.10, 0.34), (0.07, 0.2))):
        white = key.child("blotch", n).rng().standard_normal(shape)
        height = gaussian_filter(white, np.multiply(shape, size / 2.5) * [0.7, 1.3], mode="wrap")
        height += 0.25 * height.std() * _unit(gaussian_filter(white, np.multiply(shape, 0.012), mode="wrap"))
        cut = np.quantile(height, 1 - share)
        found.append(np.clip((height - cut) / height.std() * 14 + 0.5, 0, 1))
    return tuple(found)


def _unit(values: NDArray) -> NDArray:
    return values / values.std()


def melange(key: Key, shape: tuple[int, int]) -> Layers:
    """Return fibres of two colours spun together, along the courses of a knit."""
    white = key.rng().standard_normal(shape)
    flecks = _unit(gaussian_filter(white, (0.7, 5.0), mode="wrap"))
    return (np.clip(0.35 + 0.3 * flecks, 0, 1),)


def logo(key: Key, shape: tuple[int, int]) -> Layers:
    """Return an emblem of up to two colours."""
    return emblem(key, shape)


PATTERNS: dict[str, Pattern | None] = {
    "plain": None,
    "stripes": Pattern(stripes, (40, 40), (8, 512)),
    "upright_stripes": Pattern(upright_stripes, (16, 16), (512, 8)),
    "pinstripe": Pattern(pinstripe, (14, 14), (256, 128)),
    "gingham": Pattern(gingham, (16, 16), (128, 128)),
    "windowpane": Pattern(windowpane, (48, 48)),
    "tartan": Pattern(tartan, (110, 110)),
    "houndstooth": Pattern(houndstooth, (14, 14), (128, 128)),
    "herringbone": Pattern(herringbone, (22, 22), (256, 256)),
    "dots": Pattern(dots, (26, 26), (256, 256)),
    "flowers": Pattern(flowers, (110, 110)),
    "camouflage": Pattern(camouflage, (260, 260), colors=WOODLAND),
    "melange": Pattern(melange, (60, 60)),
    "logo": Pattern(logo, (230, 230), once=True),
}
"""None is the ground alone."""
