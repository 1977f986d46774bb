"""Maps of a person's skin: colour in every band, shine and relief, for the head.

Chromophores are painted in layers (zones, noise, spots, vessels), turned into reflectance by table, then covered by
what lies on top (stubble, make-up). Everything is a function of the place on the base mesh and of the person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from synthgen.rng import Key
from synthgen.skin.atlas import Atlas, atlas
from synthgen.skin.layers import Paint, lay, makeup_layers, stubble_layers
from synthgen.skin.makeup import Makeup
from synthgen.skin.person import LIP_SATURATION, SATURATION, VENOUS_SATURATION, Skin
from synthgen.skin.pigments import Pigments, pigments
from synthgen.skin.texture import MAP_PER_MM, Map, enlarge
from synthgen.skin.wrinkles import movements, wrinkle_height
from synthgen.skin.zones import coarse_zones

SHAPE_SIZE = 512
"""Size of the map whose relief moves vertices; what is finer only turns normals."""
SIZES = (256, 512, 1024, 2048, 4096)
TEXELS_PER_PIXEL = 1.25
LIP_TINT_LIGHT = np.array([1.0, 0.93, 0.92, 1.0, 1.0], np.float32)
LIP_TINT_DARK = np.array([0.88, 0.87, 1.06, 0.95, 0.97], np.float32)
NOSTRIL_SHADE = 0.22
"""The base mesh's nostrils are shallow: their floor is darkened as the cavity behind would be."""
VEIN_SHARE = np.array([0.13, 0.08, 0.03, 0.20, 0.09], np.float32)
"""Share of the light that veins below the skin take, per channel: they show best at 850 nm, see Cuper et al., Med. Eng.
Phys. 35 (2013) 433."""
CAVITY = 0.22
"""Share of the light that a groove of 1 mm loses inside itself."""
HOLLOW, HOLLOW_MM, HOLLOW_MOST = 1.6, 1.0, 0.12
"""The same of pores and furrows for each mm below what lies within a millimetre, and at most: narrow ones lose more."""


@dataclass(frozen=True)
class SkinMaps:
    """Maps (N, N) of one head, first row on top.

    Attributes:
        color: (N, N, 4) linear reflectance R, G, B, and the relief in mm that the mesh does not have.
        infrared: (N, N, 4) reflectance at 850 and 940 nm, roughness, oil.
        shape_mm: (512, 512) relief that moves vertices, the same at every N.
    """

    color: Map
    infrared: Map
    shape_mm: Map

    def shape_at(self, coordinates: NDArray) -> NDArray[np.float32]:
        """Return the relief in mm (n,) at map coordinates (n, 2), bilinear."""
        at = (coordinates * [SHAPE_SIZE, -SHAPE_SIZE] + [0, SHAPE_SIZE] - 0.5).astype(np.float32)
        rows = 16384  # the library's maps are at most 32767 long
        parts = [at[start : start + rows, None] for start in range(0, len(at), rows)]
        pieces = [cv2.remap(self.shape_mm, part[..., 0], part[..., 1], cv2.INTER_LINEAR) for part in parts]
        return np.concatenate(pieces)[:, 0].astype(np.float32)


def map_size(pixels_per_mm: float) -> int:
    """Return the size of maps that a picture of so many pixels per millimetre of face needs."""
    wanted = pixels_per_mm * TEXELS_PER_PIXEL / 0.0029
    return next((size for size in SIZES if size >= wanted), SIZES[-1])


def skin_maps(skin: Skin, age: float, makeup: Makeup, units: Mapping[str, float], size: int) -> SkinMaps:
    """Return the maps of a person with an expression.

    Args:
        skin: The person's.
        age: Years.
        makeup: On it.
        units: ARKit units of the expression: they fold wrinkles and drive blood.
        size: N.
    """
    moved = {name: round(value, 4) for name, value in sorted(movements(units).items())}
    flush = _flush(units)
    return _bake(skin, age, makeup, tuple(moved.items()), flush, size)  # pyright: ignore[reportArgumentType]


def _flush(units: Mapping[str, float]) -> tuple[float, float]:
    """Return the blood that an expression adds to the cheeks and to the whole face, relative to rest.

    Source of the order: Jimenez et al., ACM Trans. Graph. 29 (2010) 141: smiles and anger redden cheeks and forehead.
    """
    smile = (units.get("mouthSmileLeft", 0.0) + units.get("mouthSmileRight", 0.0)) / 2
    frown = (units.get("browDownLeft", 0.0) + units.get("browDownRight", 0.0)) / 2
    return round(0.18 * smile + 0.15 * frown, 4), round(0.18 * frown, 4)


@lru_cache(maxsize=1)
def _bake(
    skin: Skin,
    age: float,
    makeup: Makeup,
    moved: tuple[tuple[tuple[str, int], float], ...],
    flush: tuple[float, float],
    size: int,
) -> SkinMaps:
    flat, found, z = atlas(size), pigments(skin, age, size), coarse_zones()  # pyright: ignore[reportArgumentType]
    key, folded = Key(f"skin/{skin.seed}/wrinkles"), dict(moved)
    wrinkles = wrinkle_height(key, skin.wrinkles, folded, flat)
    blood = found.blood * enlarge(1 + flush[0] * z["cheek"] + flush[1] * z["face"], size)
    paint = Paint(_reflectance(skin, found, blood, flat), found.roughness.copy(), found.oil.copy())
    paint.albedo *= (1 - CAVITY * np.clip(-wrinkles, 0, 1))[..., None]
    paint.albedo *= (1 - _hollows(found.height_mm, size))[..., None]
    paint.roughness += 0.06 * np.clip(-wrinkles, 0, 1)
    for layer in (*stubble_layers(skin, flat), *makeup_layers(makeup, skin, flat)):
        lay(paint, layer)
    shade = (1 - (1 - NOSTRIL_SHADE) * flat.nostrils)[..., None]
    albedo = np.clip(paint.albedo * shade, 0.002, 0.95)
    shape = _shape(skin, age, key, folded)
    height = found.height_mm + wrinkles - _resized(shape, size)
    rough = np.clip(paint.roughness, 0.22, 0.9)
    return SkinMaps(
        color=np.dstack([albedo[..., :3], height]).astype(np.float32),
        infrared=np.dstack([albedo[..., 3:], rough, np.clip(paint.oil, 0, 1)]).astype(np.float32),
        shape_mm=shape,
    )


def _hollows(height_mm: Map, size: int) -> Map:
    """Return the share of the light that pores and furrows lose inside themselves; < 0 on what stands out."""
    around = cv2.GaussianBlur(height_mm, (0, 0), HOLLOW_MM * MAP_PER_MM * size)
    return np.clip(HOLLOW * (around - height_mm), -HOLLOW_MOST, HOLLOW_MOST)


def _shape(skin: Skin, age: float, key: Key, folded: Mapping[tuple[str, int], float]) -> Map:
    """Return the relief that vertices 0.8 mm apart can follow."""
    flat = atlas(SHAPE_SIZE)
    found = pigments(skin, age, SHAPE_SIZE)  # pyright: ignore[reportArgumentType]
    full = found.height_mm + wrinkle_height(key, skin.wrinkles, folded, flat)
    smooth = cv2.GaussianBlur(full, (0, 0), 0.9)
    # no step where the head's map ends on the neck
    return smooth * enlarge(1 - coarse_zones()["border"], SHAPE_SIZE)


def _resized(shape: Map, size: int) -> Map:
    return shape if size == len(shape) else enlarge(shape, size)


def _reflectance(skin: Skin, found: Pigments, blood: Map, flat: Atlas) -> Map:
    """Return (N, N, 5) reflectances: R, G, B, 850 nm, 940 nm."""
    dark = skin.darkness
    melanin, blood = skin.melanin * found.melanin, skin.blood * blood
    albedo = skin.table(SATURATION).image(melanin, blood)
    venous = found.venous > 0.02
    share = found.venous[venous][:, None]
    albedo[venous] = (
        albedo[venous] * (1 - share) + skin.table(VENOUS_SATURATION)(melanin[venous], blood[venous]) * share
    )
    lips = flat.lips > 0.01
    weight = flat.lips[lips][:, None]
    red = skin.table(LIP_SATURATION, 0.045 + 0.025 * dark)(melanin[lips], blood[lips])
    red = red * (LIP_TINT_LIGHT * (1 - dark) + LIP_TINT_DARK * dark)
    albedo[lips] = albedo[lips] * (1 - weight) + red * weight
    return albedo * (1 - found.veins[..., None] * VEIN_SHARE)


def plain_values(skin: Skin) -> NDArray[np.float32]:
    """Return what the skin of the neck and below is like: R, G, B, 850, 940, roughness, oil."""
    albedo = skin.table(SATURATION)(np.array([skin.melanin]), np.array([skin.blood]))[0]
    return np.array([*albedo, 0.48, 0.12 * skin.oil], np.float32)
