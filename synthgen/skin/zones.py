"""Zones of the face as smooth weights: functions of the place on the base mesh, so that every shape carries them along.

Millimetres: |x| to the side, y to the back, z up.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from synthgen.head.skin import skin_surface
from synthgen.ramps import smooth_step
from synthgen.skin.atlas import COARSE, atlas, mapped_triangles

Weights = NDArray[np.float32]

# name: centre (|x|, y, z) and half widths
_LOBES = {
    "cheek": ((40, -138, 699), (20, 40, 19)),
    "cheek_apple": ((40, -145, 702), (15, 30, 13)),
    "nose": ((0, -166, 694), (13, 14, 12)),
    "ala": ((16, -150, 689), (8, 14, 8)),
    "chin": ((0, -158, 637), (18, 25, 14)),
    "forehead": ((0, -145, 782), (52, 60, 26)),
    "brow_zone": ((0, -146, 775), (34, 40, 26)),
    "nose_bridge": ((0, -160, 705), (13, 30, 34)),
    "nose_saddle": ((0, -155, 712), (26, 30, 16)),
    "eye_bag": ((30, -140, 714), (15, 22, 6.5)),
    "upper_lid": ((32, -140, 736), (17, 25, 6)),
    "inner_canthus": ((17, -140, 724), (8, 18, 9)),
    "orbit": ((31, -140, 729), (25, 30, 19)),
    "mouth_zone": ((0, -150, 661), (36, 40, 22)),
    "temple": ((66, -95, 748), (16, 40, 22)),
    "glabella": ((0, -150, 742), (22, 30, 10)),
    "blush": ((46, -128, 704), (20, 40, 15)),
}


def zone_weights(rest_mm: NDArray) -> dict[str, Weights]:
    """Return weights in [0, 1] of every zone at places (..., 3) on the base mesh."""
    folded = np.concatenate([np.abs(rest_mm[..., :1]), rest_mm[..., 1:]], -1).astype(np.float32)
    zones = {}
    for name, (centre, width) in _LOBES.items():
        away = (folded - np.array(centre, np.float32)) / np.array(width, np.float32)
        zones[name] = np.exp(-np.einsum("...k,...k->...", away, away))
    zones["t_zone"] = np.maximum.reduce([zones["brow_zone"], zones["nose_bridge"], 0.8 * zones["chin"]])
    zones["face"] = np.clip((-folded[..., 1] - 60) / 50, 0, 1)
    zones["border"] = 1 - smooth_step(border_distance_mm(rest_mm), 1.5, 14)
    return zones


@lru_cache(maxsize=1)
def coarse_zones() -> dict[str, Weights]:
    """Return the zones on the coarse grid of the atlas, (256, 256) each; the lips, ears and nostrils with them."""
    flat = atlas(COARSE)
    return {**zone_weights(flat.rest_mm), "lips": flat.lips, "ears": flat.ears, "nostrils": flat.nostrils}


@lru_cache(maxsize=1)
def _border() -> KDTree:
    """Return the line under the jaw and across the nape where the head's map ends."""
    surface, mapped = skin_surface(), mapped_triangles()
    sides = np.zeros((2, len(surface.rest_mm)), bool)
    sides[0, surface.triangles[mapped]] = True
    sides[1, surface.triangles[surface.island == "body"]] = True
    line = surface.rest_mm[sides.all(0)]
    return KDTree(line[(line[:, 2] > 590) & (np.abs(line[:, 0]) < 80)])


def border_distance_mm(rest_mm: NDArray) -> Weights:
    """Return the distance of places (..., 3) from the line where the head's map ends, at most 40 mm."""
    found, _ = _border().query(rest_mm.reshape(-1, 3), distance_upper_bound=40)
    return np.minimum(found, 40).reshape(rest_mm.shape[:-1]).astype(np.float32)
