"""What lies on the skin: the shadow of a shaved beard, and make-up."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthgen.head.beard import beard_area
from synthgen.ramps import smooth_step
from synthgen.rng import Key
from synthgen.skin.atlas import COARSE, Atlas, atlas
from synthgen.skin.makeup import LIP_COLORS, SHADOW_COLORS, Makeup
from synthgen.skin.person import SATURATION, Skin
from synthgen.skin.texture import Map, enlarge, fine_noise, paint_spots, scatter_spots
from synthgen.skin.zones import coarse_zones

BURIED_TINT = np.array([0.46, 0.55, 0.62, 0.76, 0.80], np.float32)
"""Transmission of shafts under the skin: bluish, since short waves come back from above them."""
_STUBBLE_PER_MM2 = 0.9


@dataclass
class Paint:
    """What is painted on: (N, N, 5) albedo, (N, N) roughness and oil."""

    albedo: Map
    roughness: Map
    oil: Map


@dataclass(frozen=True)
class Layer:
    """One coat.

    Attributes:
        weight: (N, N) opacity.
        albedo: Five channels it has, or five it multiplies by if `filters`.
        filters: Whether it filters what lies below.
        gloss: Added to the oil at full weight.
        roughness: Added at full weight.
    """

    weight: Map
    albedo: tuple[float, ...]
    filters: bool = False
    gloss: float = 0.0
    roughness: float = 0.0


def lay(paint: Paint, layer: Layer) -> None:
    """Put a layer on."""
    touched = layer.weight > 0.002
    weight = np.clip(layer.weight[touched], 0, 1)[:, None]
    below, color = paint.albedo[touched], np.array(layer.albedo, np.float32)
    paint.albedo[touched] = below * (1 - weight) + (below * color if layer.filters else color) * weight
    paint.oil[touched] += layer.gloss * weight[:, 0]
    paint.roughness[touched] += layer.roughness * weight[:, 0]


def buried_weight(skin: Skin, area: NDArray) -> NDArray:
    """Return the opacity of the shafts below shaved skin where beards grow by a share `area`."""
    return np.clip(1.2 * skin.stubble * skin.stubble_darkness * area, 0, 0.9)


def stubble_layers(skin: Skin, flat: Atlas) -> Iterator[Layer]:
    """Yield the shafts below the skin, and the tips above it."""
    if skin.stubble <= 0.01:
        return
    key = Key(f"skin/{skin.seed}/stubble")
    area = beard_area(atlas(COARSE).rest_mm) * (1 - np.clip(1.4 * coarse_zones()["lips"], 0, 1))
    area *= 1 - np.clip(2 * coarse_zones()["nostrils"], 0, 1)
    yield Layer(buried_weight(skin, enlarge(area, flat.size)), tuple(map(float, BURIED_TINT)), filters=True)
    spots = scatter_spots(key.child("tips"), _STUBBLE_PER_MM2 * area, 0.19, 0.25, (0.5, 1.0))
    fair = 1 - skin.stubble_darkness
    hair = (0.02 + 0.20 * fair, 0.014 + 0.12 * fair, 0.010 + 0.05 * fair, 0.11 + 0.3 * fair, 0.14 + 0.3 * fair)
    tips = paint_spots(spots, flat) * np.clip(1 - 1.4 * flat.lips, 0, 1)
    yield Layer(np.clip(0.9 * skin.stubble * tips, 0, 0.9), hair)


def makeup_layers(makeup: Makeup, skin: Skin, flat: Atlas) -> Iterator[Layer]:
    """Yield the coats of make-up from the first to the last."""
    zones, size = coarse_zones(), flat.size
    key = Key(f"skin/{skin.seed}/makeup")
    grain = fine_noise(size, 1.2, key) if makeup != Makeup() else np.zeros((size, size), np.float32)
    lips = np.clip(flat.lips, 0, 1)
    if makeup.foundation > 0:
        plain = skin.table(SATURATION)(np.array([skin.melanin]), np.array([skin.blood * 1.15]))[0]
        weight = 0.6 * makeup.foundation * enlarge(zones["face"] * (1 - zones["border"]), size) * (1 - lips)
        yield Layer(weight * smooth_step(flat.lid_mm, 0.5, 3), tuple(map(float, plain)), gloss=-0.12, roughness=0.03)
    if makeup.blush > 0:
        yield Layer(0.38 * makeup.blush * enlarge(zones["blush"], size), (0.55, 0.17, 0.17, 0.60, 0.55))
    if makeup.eyeshadow > 0:
        lid = enlarge(zones["upper_lid"], size) * (flat.rest_mm[..., 2] > 729)
        weight = 0.9 * makeup.eyeshadow * lid * np.clip(0.9 + 0.1 * grain, 0, 1)
        yield Layer(weight, (*SHADOW_COLORS[makeup.eyeshadow_color], 0.35, 0.35), roughness=0.05)
    if makeup.eyeliner > 0:
        width = np.where(flat.rest_mm[..., 2] > 728.2, 1.1, 0.6)
        line = np.exp(-((flat.lid_mm / width) ** 2))
        yield Layer(makeup.eyeliner * line, (0.012, 0.010, 0.010, 0.03, 0.03))
    if makeup.lipstick > 0:
        weight = makeup.lipstick * smooth_step(lips, 0.30, 0.62) * np.clip(0.95 + 0.05 * grain, 0, 1)
        film = (*LIP_COLORS[makeup.lipstick_color], 0.50, 0.47)
        yield Layer(weight, film, gloss=makeup.gloss, roughness=-0.16 * makeup.gloss)
