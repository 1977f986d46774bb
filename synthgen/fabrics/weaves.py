"""Weaves: their threads, and how these look. Any tile is made once per process."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthgen.fabrics import threads
from synthgen.fabrics.threads import Heights
from synthgen.materials import Rgb, Tile
from synthgen.rng import Key


@dataclass(frozen=True)
class Weave:
    """One way to make cloth.

    Attributes:
        make: The threads.
        tile_mm: After which they repeat.
        threads: Or loops, across a tile.
        depth_mm: From the lowest to the highest place.
        hollow: Share of light that the lowest places lose.
        roughness: Of the threads' surface, 0 to 1.
        sheen: Weight of the fuzz of fibre ends.
        ior: Of the fibres.
        streak: See `Textile`, as the next two.
        uneven: Contrast of yarns.
        yarn_mm: Their size.
        weft: Whether the weft is undyed, as in denim.
        stitch: Visible colour of the thread that its seams are sewn with, if it shows.
        fade: See `Textile`.
        crumple_mm: Height of small creases.
        seam_mm: Depth of seams.
    """

    make: Callable[[Key], Heights]
    tile_mm: float
    threads: int
    depth_mm: float
    hollow: float = 0.5
    roughness: float = 0.85
    sheen: float = 0.25
    ior: float = 1.45
    streak: float = 0.0
    uneven: float = 0.04
    yarn_mm: tuple[float, float] = (1.5, 4.5)
    weft: bool = False
    stitch: Rgb | None = None
    fade: float = 0.0
    crumple_mm: float = 0.0
    seam_mm: float = 0.9


WEAVES: dict[str, Weave] = {
    "jersey": Weave(threads.jersey, 24, 26, 0.16, crumple_mm=0.5),
    "rib": Weave(threads.rib, 26, 16, 0.7, hollow=0.6),
    "knit": Weave(threads.coarse_knit, 42, 14, 1.1, hollow=0.6, roughness=0.95, sheen=0.4),
    "cable": Weave(threads.cable, 110, 24, 4.5, hollow=0.6, roughness=0.95, sheen=0.4),
    "plain": Weave(threads.plain, 9, 32, 0.10, crumple_mm=1.3, sheen=0.12),
    "twill": Weave(threads.twill, 12, 16, 0.13, crumple_mm=0.5, sheen=0.18),
    "denim": Weave(
        threads.denim,
        18,
        16,
        0.25,
        weft=True,
        sheen=0.1,
        uneven=0.17,
        yarn_mm=(1.2, 9.0),
        stitch=(0.50, 0.25, 0.06),
        fade=0.35,
        crumple_mm=1.0,
    ),
    "satin": Weave(
        threads.satin,
        10,
        12,
        0.03,
        hollow=0.15,
        roughness=0.7,
        sheen=0.0,
        ior=1.55,
        streak=0.75,
        uneven=0.02,
        crumple_mm=0.3,
    ),
    "webbing": Weave(threads.webbing, 26, 16, 0.35, hollow=0.5, sheen=0.1),
    "fleece": Weave(threads.fleece, 60, 50, 0.55, hollow=0.35, roughness=1.0, sheen=0.8),
    "felt": Weave(threads.felt, 20, 40, 0.12, hollow=0.25, roughness=1.0, sheen=0.5),
    "nylon": Weave(threads.nylon, 20, 32, 0.04, hollow=0.1, roughness=0.5, sheen=0.0, crumple_mm=0.8),
    "straw": Weave(threads.straw, 26, 4, 0.9, hollow=0.6, roughness=0.55, sheen=0.0),
    "mesh": Weave(threads.mesh, 24, 8, 0.8, hollow=0.9, roughness=0.5, sheen=0.0),
    "leather": Weave(threads.leather, 48, 40, 0.16, hollow=0.3, roughness=0.42, sheen=0.0, crumple_mm=0.3),
}


@lru_cache(maxsize=len(WEAVES))
def weave_tile(name: str) -> Tile:
    """Return a weave as a tile: height from the lowest to the highest place, light that hollows keep, weft."""
    weave = WEAVES[name]
    heights, weft = weave.make(Key(f"weave/{name}"))
    low, high = np.quantile(heights, (0.005, 0.995))
    heights = np.clip((heights - low) / (high - low), 0, 1)
    light = 1 - weave.hollow * (1 - heights) ** 2
    return Tile(_bytes(heights, light, weft), weave.tile_mm, weave.tile_mm)


def _bytes(*channels: NDArray) -> NDArray[np.uint8]:
    return np.round(np.stack(channels, -1) * 255).astype(np.uint8)
