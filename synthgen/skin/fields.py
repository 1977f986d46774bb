"""Where chromophores, shine and colour lie on the face: values at the vertices of the skin.

Everything is a function of the rest position (millimetres: |x| to the side, y to the back, z up), so that every shape,
age and expression carries it along.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthgen.head.regions import vertex_sets
from synthgen.head.skin import skin_surface
from synthgen.noise import noise
from synthgen.rng import Key
from synthgen.skin.chromophores import transport_length_mm
from synthgen.skin.tone import LIP_SATURATION, SATURATION, VENOUS_SATURATION, Skin

Values = NDArray[np.float32]

MOUTH_ALBEDO = np.array([0.23, 0.055, 0.05, 0.33, 0.28])
CONJUNCTIVA_ALBEDO = np.array([0.50, 0.22, 0.19, 0.50, 0.46])
NOSTRIL_SHADE = 0.22
"""The base mesh's nostrils are shallow: their floor is darkened as the cavity behind would be."""
LIP_TINT_LIGHT = np.array([1.02, 0.91, 0.90, 1.0, 1.0])
LIP_TINT_DARK = np.array([0.88, 0.87, 1.06, 0.95, 0.97])
BANDS_OF_CHANNELS = {"rgb": [0, 1, 2], "nir850": [3, 3, 3], "nir940": [4, 4, 4]}

# name: centre (|x|, y, z) and half widths, millimetres on the base mesh
_LOBES = {
    "cheek": ((40, -138, 699), (20, 40, 19)),
    "nose": ((0, -166, 694), (13, 14, 12)),
    "ala": ((16, -150, 689), (8, 14, 8)),
    "chin": ((0, -158, 637), (18, 25, 14)),
    "forehead": ((0, -145, 782), (52, 60, 26)),
    "brow_zone": ((0, -146, 775), (34, 40, 26)),
    "nose_bridge": ((0, -160, 705), (13, 30, 34)),
    "eye_bag": ((30, -140, 714), (15, 22, 6.5)),
    "inner_canthus": ((17, -140, 724), (8, 18, 9)),
    "orbit": ((31, -140, 729), (25, 30, 19)),
    "mouth_zone": ((0, -150, 661), (36, 40, 22)),
    "temple": ((66, -95, 748), (16, 40, 22)),
    "glabella": ((0, -150, 742), (22, 30, 10)),
}


@lru_cache(maxsize=1)
def _zones() -> dict[str, Values]:
    """Return smooth weights (n,) of face zones at the skin's vertices; constant."""
    surface = skin_surface()
    rest = surface.rest_mm
    folded = np.abs(rest * [1, 0, 0]) + rest * [0, 1, 1]
    zones = {
        name: np.exp(-(((folded - centre) / width) ** 2).sum(1)).astype(np.float32)
        for name, (centre, width) in _LOBES.items()
    }
    sets = vertex_sets()
    zones["lips"] = surface.matrix @ sets["lips"]
    zones["ears"] = surface.matrix @ sets["ears"]
    zones["nostrils"] = surface.matrix @ sets["nostrils"]
    zones["t_zone"] = np.maximum.reduce([zones["brow_zone"], zones["nose_bridge"], 0.8 * zones["chin"]])
    zones["face"] = np.clip((-rest[:, 1] - 60) / 50, 0, 1).astype(np.float32)
    for name in ("mouth", "socket"):
        inside = np.zeros(len(rest), bool)
        inside[surface.triangles[surface.island == name]] = True
        outside = np.zeros(len(rest), bool)
        outside[surface.triangles[surface.island != name]] = True
        zones[name] = (inside & ~outside).astype(np.float32)
    return zones


def skin_attributes(skin: Skin) -> dict[str, Values]:
    """Return per-vertex values of the skin mesh: albedo in every band, roughness, oil and pores."""
    surface, zone, key = skin_surface(), _zones(), Key(f"skin/{skin.seed}")
    dark = float(np.clip((skin.tone - 0.35) / 0.5, 0, 1))
    used = surface.used
    rest = surface.rest_mm[used]
    z = {name: values[used] for name, values in zone.items()}
    broad, patchy = noise(rest, 26, key.child("broad")), noise(rest, 7, key.child("patchy"))
    grain = key.child("grain").rng().standard_normal(len(used), dtype=np.float32)
    skin_only = 1 - z["lips"]
    melanin = _melanin(z, dark, broad, patchy, grain) * skin_only + z["lips"] * (0.42 + 0.6 * dark) * (1 + 0.1 * grain)
    blood = _blood(z, broad, patchy, grain) * skin_only + z["lips"] * 4.6 * (1 - 0.45 * dark) * (1 + 0.1 * patchy)
    albedo = _albedo(
        skin, z, skin.melanin * np.clip(melanin, 0.15, None), skin.blood * np.clip(blood, 0.25, None), dark
    )
    rough = 0.48 + 0.03 * patchy + 0.02 * grain - 0.13 * skin.oil * z["t_zone"] + 0.03 * z["cheek"]
    rough = rough * skin_only + 0.36 * z["lips"]
    oil = (0.10 + 0.55 * skin.oil) * z["t_zone"] * np.clip(1 + 0.35 * patchy, 0, 2) + 0.12 * skin.oil + 0.12 * z["lips"]
    wet = np.maximum(z["mouth"], z["socket"])
    pores = np.clip(0.55 * z["cheek"] + z["nose"] + 0.9 * z["ala"] + 0.45 * z["forehead"] + 0.5 * z["chin"], 0, 1)
    pores = (0.25 * z["face"] + pores) * skin_only * (1 - wet)
    values = {
        **{f"albedo_{band}": albedo[:, channels] for band, channels in BANDS_OF_CHANNELS.items()},
        "roughness": np.clip(rough, 0.28, 0.9) * (1 - wet) + 0.25 * wet,
        "oil": np.clip(oil, 0, 1) * (1 - wet) + 0.9 * wet,
        "pores": pores,
    }
    return {name: _scatter(array, used, len(surface.rest_mm)) for name, array in values.items()}


def unevenness_mm(skin: Skin) -> Values:
    """Return how far the skin's vertices (n,) stand off the smooth surface: soft lumps that break up highlights."""
    surface, zone, key = skin_surface(), _zones(), Key(f"skin/{skin.seed}/unevenness")
    rest = surface.rest_mm[surface.used]
    height = 0.045 * noise(rest, 9, key.child("fine")) + 0.03 * noise(rest, 18, key.child("broad"))
    skin_only = 1 - np.maximum(zone["mouth"], zone["socket"])[surface.used]
    return _scatter(height * skin_only, surface.used, len(surface.rest_mm))


def _melanin(z: dict[str, Values], dark: float, broad: Values, patchy: Values, grain: Values) -> Values:
    """Return melanin relative to the person's own (n,)."""
    mottling = (1 - 0.55 * dark) * (0.06 * broad + 0.04 * patchy + 0.045 * grain)
    return (
        1
        + mottling
        + 0.10 * (1 + dark) * z["forehead"]
        - 0.08 * z["cheek"]
        + 0.12 * (0.4 + dark) * z["orbit"]
        + 0.14 * (0.5 + dark) * z["mouth_zone"]
        + 0.10 * z["temple"]
        - 0.25 * (1 - dark) * z["nose"]
    )


def _blood(z: dict[str, Values], broad: Values, patchy: Values, grain: Values) -> Values:
    """Return blood relative to the person's own (n,)."""
    return (
        1
        + 0.09 * broad
        + 0.07 * patchy
        + 0.10 * grain
        + 0.95 * z["cheek"]
        + 1.15 * z["nose"]
        + 1.35 * z["ala"]
        + 0.9 * z["ears"]
        + 0.30 * z["chin"]
        + 0.35 * z["inner_canthus"]
        + 0.30 * z["eye_bag"]
        - 0.12 * z["forehead"]
        - 0.15 * z["mouth_zone"]
        + 0.25 * z["glabella"]
    )


def _albedo(skin: Skin, z: dict[str, Values], melanin: Values, blood: Values, dark: float) -> NDArray:
    """Return (n, 5) reflectances: R, G, B, 850 nm, 940 nm."""
    arterial = skin.table(SATURATION)(melanin, blood)
    venous = skin.table(VENOUS_SATURATION)(melanin, blood)
    share = np.clip(0.35 * z["eye_bag"] + 0.2 * z["inner_canthus"] + 0.10 * z["temple"], 0, 1)[:, None]
    albedo = arterial * (1 - share) + venous * share
    lips = skin.table(LIP_SATURATION, 0.045 + 0.025 * dark)(melanin, blood)
    lips = lips * (LIP_TINT_LIGHT * (1 - dark) + LIP_TINT_DARK * dark)
    for colour, name in ((lips, "lips"), (MOUTH_ALBEDO, "mouth"), (CONJUNCTIVA_ALBEDO, "socket")):
        weight = z[name][:, None]
        albedo = albedo * (1 - weight) + colour * weight
    return np.clip(albedo * (1 - (1 - NOSTRIL_SHADE) * z["nostrils"][:, None]), 0.002, 0.95)


def _scatter(values: NDArray, rows: NDArray, count: int) -> Values:
    full = np.zeros((count, *values.shape[1:]), np.float32)
    full[rows] = values
    return full


def scatter_radius_m(skin: Skin) -> dict[str, tuple[float, ...]]:
    """Return how far light spreads under this skin, per band, metres."""
    lengths = transport_length_mm(skin.blood * 1.4, SATURATION, skin.carotene)
    return {band: tuple(value * 1e-3 for value in values) for band, values in lengths.items()}
