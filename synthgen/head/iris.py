"""The iris as a polar map: fibres, collarette, crypts, furrows, limbal ring and ruff, in the person's colour.

Rows run from the pupil's rim (rho 0) to the limbus (rho 1), so that fibres stretch and shorten with the pupil; columns
run once around. Layout after Imesch, Wallow & Albert, Surv. Ophthalmol. 41 Suppl. 2 (1997) S117: pupillary zone with
ruff and sphincter, collarette at a third, ciliary zone with crypts and contraction furrows.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthgen.color import luminance
from synthgen.head.eye_color import LENS_COLORS, Eyes
from synthgen.head.polar import Map, polar_noise, ring_noise, rings, swept
from synthgen.rng import Key
from synthgen.skin.chromophores import VISIBLE_NM, spectrum_to_linear_srgb

SIZE = (128, 768)
COLLARETTE, LIMBAL_RING = 0.30, 0.90
RELIEF_MM = 0.13
"""Height of a fibre or a crypt's edge. Crypts are up to a third of a millimetre deep."""
NIR_ALBEDO = (0.34, 0.31)
"""Of the iris at 850 and 940 nm. Melanin hardly absorbs there: the iris is about as bright whatever its colour.

Source: Daugman, IEEE Trans. Circuits Syst. Video Technol. 14 (2004) 21; level between pupil and sclera.
"""
NIR_LOSS = 0.07
"""What is lost of it from the lightest to the darkest iris."""
LENS_OPACITY, LENS_BAND = 0.72, (0.22, 0.97)


def iris_map(eyes: Eyes, side: str) -> Map:
    """Return the map of one iris (h, w, 6): reflectance R, G, B, 850, 940 nm, and height in millimetres."""
    key = Key(f"iris/{eyes.seed}/{side}")
    rho = np.linspace(0, 1, SIZE[0], dtype=np.float32)[:, None]
    shape = _structure(key, rho)
    melanin, pheomelanin = eyes.pigment(side)
    rgb, nir = _pigmented(key, rho, shape, eyes, melanin, pheomelanin)
    if eyes.heterochromia == "sectoral" and side == eyes.odd_side:
        sector = _sector(key, rho)[..., None]
        other = _pigmented(key, rho, shape, eyes, *eyes.second_pigment)
        rgb, nir = rgb + (other[0] - rgb) * sector, nir + (other[1] - nir) * sector
    if eyes.contact_lens == "tinted":
        rgb, nir = _tinted(key, rho, rgb, nir, eyes.lens_color)
    return np.concatenate([rgb, nir, RELIEF_MM * shape["height"][..., None]], -1).astype(np.float32)


def _structure(key: Key, rho: Map) -> dict[str, Map]:
    """Return what the iris is built of, each (h, w)."""
    width = SIZE[1]
    bend = 3.8 * rho * polar_noise(key.child("bend"), SIZE, 32, 100) + polar_noise(key.child("kink"), SIZE, 11, 30)

    def strands(name: str, rows: float, columns: float) -> Map:
        thread = np.clip(1 - 1.1 * np.abs(polar_noise(key.child(name), SIZE, rows, columns)), 0, 1)
        return swept(thread * np.sqrt(thread), bend)

    fibre = strands("fibre", 44, 11) + 0.7 * strands("thin", 24, 6) + 0.8 * strands("thick", 64, 21)
    fibre = (fibre - fibre.mean()) / fibre.std()
    collarette = COLLARETTE + 0.03 * ring_noise(key.child("collarette"), width, 56)
    collarette += 0.018 * ring_noise(key.child("collarette_fine"), width, 19)
    lacunae = polar_noise(key.child("crypts"), SIZE, 18, 52) - key.child("crypt_share").rng().uniform(0.7, 1.4)
    crypt = np.clip(1.6 * lacunae, 0, 1) * rings(rho, collarette + 0.15, 0.17)
    furrow = np.zeros(SIZE, np.float32)
    for n, at in enumerate((0.55, 0.68, 0.79)):
        where = at + 0.02 * ring_noise(key.child("furrow", n), width, 190)
        furrow += rings(rho, where, 0.016) * np.clip(0.5 + 0.6 * ring_noise(key.child("depth", n), width, 280), 0, 1)
    ridge = rings(rho, collarette, 0.035)
    inner = 1 / (1 + np.exp((rho - collarette) / 0.018))
    height = 0.30 * fibre + 0.8 * ridge - 0.9 * crypt - 0.35 * furrow - 0.25 * inner
    return {
        "fibre": fibre,
        "collarette": np.broadcast_to(collarette, SIZE),
        "ridge": ridge,
        "inner": inner,
        "crypt": crypt,
        "furrow": furrow,
        "height": height,
    }


def _pigmented(
    key: Key, rho: Map, shape: dict[str, Map], eyes: Eyes, melanin: float, pheomelanin: float
) -> tuple[NDArray, NDArray]:
    """Return reflectance (h, w, 3) in visible light and (h, w, 2) in the infrared."""
    fibre, ridge, crypt = shape["fibre"], shape["ridge"], shape["crypt"]
    patch = polar_noise(key.child("pigment"), SIZE, 32, 225)
    density = 6.2 * melanin**1.9 * (1 + 0.14 * fibre - 0.15 * ridge + 0.2 * patch)
    centre = rings(rho, 0.7 * shape["collarette"], 0.19) * eyes.central_pigment * (1 - 0.6 * melanin)
    density += centre * (1 + 0.3 * fibre)
    freckles = key.child("freckles").rng().random() < 0.3
    if freckles:
        density += 4 * np.clip(polar_noise(key.child("freckle"), SIZE, 7, 30) - 2.9, 0, 1)
    relief = np.clip(1 - 0.6 * crypt - 0.18 * shape["furrow"] + 0.28 * fibre + 0.35 * ridge, 0.15, 2.2)
    rgb = _stroma_rgb(round(pheomelanin, 4), np.clip(density, 0, 9)) * relief[..., None]
    loss = NIR_LOSS * np.clip(density / 5, 0, 1)
    nir = (np.array(NIR_ALBEDO) - loss[..., None]) * (0.35 + 0.65 * relief[..., None])
    width = SIZE[1]
    limbal = 1 / (1 + np.exp(-(rho - LIMBAL_RING - 0.012 * ring_noise(key.child("limbal"), width, 140)) / 0.035))
    limbal = limbal[..., None] * eyes.limbal_ring
    ruff = rings(rho, 0.0, 0.03 + 0.006 * ring_noise(key.child("ruff"), width, 14))[..., None]
    dim = (1 - 0.12 * shape["inner"])[..., None]
    rgb = rgb * (1 - limbal * [0.86, 0.83, 0.76]) * (1 - 0.9 * ruff) * dim
    nir = nir * (1 - 0.5 * limbal) * (1 - 0.6 * ruff) * dim
    return np.clip(rgb, 0.002, 0.9), np.clip(nir, 0.01, 0.9)


def _sector(key: Key, rho: Map) -> Map:
    """Return 1 inside a wedge of the iris, 0 outside, with a ragged edge."""
    rng = key.child("sector").rng()
    turn = np.arange(SIZE[1]) / SIZE[1]
    away = np.abs((turn - rng.random() + 0.5) % 1 - 0.5)
    ragged = 0.012 * polar_noise(key.child("sector_edge"), SIZE, 48, 45)
    return (1 / (1 + np.exp((away + ragged - rng.uniform(0.05, 0.16)) / 0.006))).astype(np.float32)


def _tinted(key: Key, rho: Map, rgb: NDArray, nir: NDArray, color: str) -> tuple[NDArray, NDArray]:
    """Return the iris under the printed dots of a tinted lens; its dyes are clear in the infrared."""
    low, high = LENS_BAND
    dots = polar_noise(key.child("dots"), SIZE, 4, 14)
    cover = 1 / (1 + np.exp(-(dots + 1.3) * 5)) / (1 + np.exp(-(rho - low - 0.02 * dots) / 0.03))
    cover = (cover / (1 + np.exp((rho - high) / 0.01)) * LENS_OPACITY)[..., None]
    light = luminance(rgb)[..., None]
    printed = np.array(LENS_COLORS[color]) * (0.55 + 0.45 * light / max(float(light.mean()), 1e-3))
    edge = (1 - 0.8 / (1 + np.exp(-(rho - 0.88) / 0.03)))[..., None]
    return rgb + (np.clip(printed, 0, 0.8) * edge - rgb) * cover, nir * (1 - 0.08 * cover)


def _stroma_rgb(pheomelanin: float, density: NDArray) -> NDArray:
    """Return linear sRGB (..., 3) of stroma with a melanin density (...) in [0, 9]."""
    grid, table = stroma_table(pheomelanin)
    return np.stack([np.interp(density, grid, table[:, k]) for k in range(3)], -1)


@lru_cache(maxsize=16)
def stroma_table(pheomelanin: float) -> tuple[NDArray, NDArray]:
    """Return densities (n,) and the linear sRGB (n, 3) of stroma with so much melanin.

    Collagen scatters blue light back before a black layer; melanin filters it twice, and scatters a little brown back
    itself. The shape of the spectra is the skin's (Donner & Jensen 2006); levels are set by eye.
    """
    nm = VISIBLE_NM
    steep = (nm / 600) ** -4.5
    eumelanin = 1.35 * steep / (1 + 0.35 * steep)  # saturates in the blue, or browns turn orange
    yellow = 0.5 * (nm / 600) ** -2.0 + 1.5 / (1 + np.exp((nm - 495) / 22))
    absorb = (1 - pheomelanin) * eumelanin + pheomelanin * yellow
    scatter = 0.062 + 0.165 * (nm / 460) ** -2.6
    grid = np.linspace(0, 9, 128)
    d = grid[:, None]
    spectrum = scatter * np.exp(-1.24 * d * absorb)
    spectrum = spectrum + 0.36 * (1 - np.exp(-0.22 * d * d)) * np.exp(-absorb * (0.75 + 0.46 * d)) + 0.006
    return grid, spectrum_to_linear_srgb(spectrum)
