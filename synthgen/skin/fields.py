"""Skin at the vertices of the mesh: relief that moves them, and colour where no map reaches."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthgen.head.beard import beard_area
from synthgen.head.skin import skin_surface
from synthgen.noise import noise
from synthgen.ramps import smooth_step
from synthgen.rng import Key
from synthgen.skin.atlas import map_coordinates_of, mapped_triangles
from synthgen.skin.chromophores import transport_length_mm
from synthgen.skin.layers import BURIED_TINT, buried_weight
from synthgen.skin.maps import SkinMaps, plain_values
from synthgen.skin.person import SATURATION, Skin
from synthgen.skin.relief import UV_PER_M
from synthgen.skin.zones import border_distance_mm, zone_weights

Values = NDArray[np.float32]

MOUTH_ALBEDO = np.array([0.23, 0.055, 0.05, 0.33, 0.28])
CONJUNCTIVA_ALBEDO = np.array([0.50, 0.22, 0.19, 0.50, 0.46])
WET_ROUGHNESS, WET_OIL = 0.25, 0.9
BANDS_OF_CHANNELS = {"rgb": [0, 1, 2], "nir850": [3, 3, 3], "nir940": [4, 4, 4]}


@dataclass(frozen=True)
class _Layout:
    """Where the skin's vertices lie in the maps; constant.

    Attributes:
        mapped: Rows of the vertices that lie in the maps.
        coordinates: (m, 2) of those.
        triangle_coordinates: (t, 3, 2) of the triangles' corners; 0 where no map reaches.
        body: Rows of the vertices of neck and chest.
        inside: Rows of the vertices inside the mouth and inside the lids, by island.
    """

    mapped: NDArray
    coordinates: Values
    triangle_coordinates: Values
    body: NDArray
    inside: dict[str, NDArray]


@lru_cache(maxsize=1)
def layout() -> _Layout:
    """Return where the skin's vertices lie in the maps."""
    surface, chosen = skin_surface(), mapped_triangles()
    corners = np.where(chosen[:, None, None], map_coordinates_of(surface.uv), 0).astype(np.float32)
    coordinates = np.full((len(surface.rest_mm), 2), -1, np.float32)
    coordinates[surface.triangles[chosen]] = corners[chosen]
    mapped = np.flatnonzero(coordinates[:, 0] >= 0)
    inside = {}
    for name in ("mouth", "socket"):
        rows = np.unique(surface.triangles[surface.island == name])
        inside[name] = np.setdiff1d(rows, surface.triangles[surface.island != name])
    body = np.unique(surface.triangles[surface.island == "body"])
    return _Layout(mapped, coordinates[mapped], corners, body, inside)


@lru_cache(maxsize=1)
def _body() -> tuple[Values, Values, Values]:
    """Return of the vertices of neck and chest (b): (b, 3) place, (b,) way from the map's border, (b,) beard."""
    rest = skin_surface().rest_mm[layout().body]
    return rest, smooth_step(border_distance_mm(rest), 2, 16), beard_area(rest)


def _body_albedo(skin: Skin) -> Values:
    """Return the reflectance (b, 5) of neck and chest: as the map's border where they meet it, mottled beyond."""
    (rest, away, beard), key = _body(), Key(f"skin/{skin.seed}/body")
    uneven = 0.7 * noise(rest, 26, key.child("broad")) + 0.7 * noise(rest, 9, key.child("patchy"))
    melanin = 1 + away * skin.mottling * (1 - 0.6 * skin.darkness) * 0.08 * uneven
    blood = 1 + away * skin.mottling * 0.16 * uneven
    albedo = skin.table(SATURATION)(skin.melanin * melanin, skin.blood * np.clip(blood, 0.3, None))
    shadow = buried_weight(skin, beard)[:, None]
    return albedo * (1 - shadow + shadow * BURIED_TINT)


def displacement_mm(maps: SkinMaps) -> Values:
    """Return how far the relief of the maps moves each vertex of the skin (n,) along its normal."""
    where = layout()
    moved = np.zeros(len(skin_surface().rest_mm), np.float32)
    moved[where.mapped] = maps.shape_at(where.coordinates)
    return moved


def skin_attributes(skin: Skin, maps: SkinMaps) -> dict[str, Values]:
    """Return per-vertex values of the skin mesh: albedo in every band, roughness, oil, shares of pores and of lines.

    The colour is for triangles without a map: body, inside of mouth and lids. Where they meet the head it is the map's.
    """
    where, plain = layout(), plain_values(skin)
    values = np.tile(plain, (len(skin_surface().rest_mm), 1))
    values[where.body, :5] = _body_albedo(skin)
    size = len(maps.color)
    columns, rows = np.clip((where.coordinates * [size, -size] + [0, size]).astype(int), 0, size - 1).T
    values[where.mapped] = np.concatenate([maps.color[rows, columns, :3], maps.infrared[rows, columns]], 1)
    for name, albedo in (("mouth", MOUTH_ALBEDO), ("socket", CONJUNCTIVA_ALBEDO)):
        values[where.inside[name]] = [*albedo, WET_ROUGHNESS, WET_OIL]
    return {
        **{f"albedo_{band}": values[:, channels] for band, channels in BANDS_OF_CHANNELS.items()},
        "roughness": values[:, 5],
        "oil": values[:, 6],
        "pores": skin.pores * _pores(),
        "lines": _lines(),
    }


@lru_cache(maxsize=1)
def _pores() -> Values:
    """Return the share of the pores' depth at the skin's vertices; largest on nose and its wings."""
    surface, where = skin_surface(), layout()
    z = zone_weights(surface.rest_mm)
    share = 0.55 * z["cheek"] + z["nose"] + 0.9 * z["ala"] + 0.45 * z["forehead"] + 0.5 * z["chin"] + 0.25 * z["face"]
    kept = np.zeros(len(share), np.float32)
    kept[where.mapped] = np.clip(share[where.mapped], 0, 1)
    return kept


@lru_cache(maxsize=1)
def _lines() -> Values:
    """Return the share of the lines' depth at the skin's vertices; small where the tile of relief is drawn out."""
    surface = skin_surface()
    corners, flat = surface.rest_mm[surface.triangles], surface.uv
    away, at = ((values[:, 1:] - values[:, :1]).transpose(0, 2, 1).astype(float) for values in (corners, flat))
    area = np.linalg.det(at)
    flip = np.stack([at[:, 1, 1], -at[:, 0, 1], -at[:, 1, 0], at[:, 0, 0]], -1).reshape(-1, 2, 2)
    # lengths along the skin over those meant, along the longest and the shortest way
    way = away @ flip / np.where(np.abs(area) < 1e-12, np.inf, area)[:, None, None] * UV_PER_M / 1000
    metric = way.transpose(0, 2, 1) @ way
    middle = np.trace(metric, axis1=1, axis2=2) / 2
    apart = np.sqrt(np.maximum(middle**2 - np.linalg.det(metric), 0))
    drawn_out = np.sqrt(np.maximum(middle + apart, 1 / np.maximum(middle - apart, 1e-6)))
    share = np.repeat(1 - 0.85 * smooth_step(drawn_out, 1.4, 2.2), 3)
    rows = surface.triangles.ravel()
    count = np.bincount(rows, minlength=len(surface.rest_mm))
    return (np.bincount(rows, share, len(count)) / np.maximum(count, 1)).astype(np.float32)


def scatter_radius_m(skin: Skin) -> dict[str, tuple[float, ...]]:
    """Return how far light spreads under this skin, per band, metres."""
    lengths = transport_length_mm(skin.blood * 1.4, SATURATION, skin.carotene)
    return {band: tuple(value * 1e-3 for value in values) for band, values in lengths.items()}
