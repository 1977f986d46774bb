"""Skin optics: from melanin and blood to reflectance in visible light and at 850 and 940 nm.

A layer of epidermis (melanin) over a half-space of dermis (blood, water, collagen). Wavelengths are nanometres,
coefficients 1/mm. All reflectances are diffuse; the surface's own reflection is left to the renderer.
"""

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from synthgen.color import XYZ_FROM_LINEAR_SRGB

Array = NDArray[np.float64]

VISIBLE_NM: Array = np.arange(400, 721, 10.0)
NIR_NM: Array = np.array([850.0, 940.0])
WAVELENGTHS_NM: Array = np.concatenate([VISIBLE_NM, NIR_NM])

# (nm, HbO2, Hb), molar extinction in 1/(cm M). Source: S. Prahl, Tabulated Molar Extinction Coefficient for Hemoglobin
# in Water, omlc.org/spectra/hemoglobin/summary.html (1998); every line was compared with the table.
_HAEMOGLOBIN = np.array(
    [
        *[(400, 266232, 223296), (410, 466840, 303956), (420, 480360, 407560)],
        *[(430, 246072, 528600), (440, 102580, 413280), (450, 62816, 103292), (460, 44480, 23388.8)],
        *[(470, 33209.2, 16156.4), (480, 26629.2, 14550), (490, 23684.4, 16684), (500, 20932.8, 20862)],
        *[(510, 20035.2, 25773.6), (520, 24202.4, 31589.6), (530, 39956.8, 39036.4), (540, 53236, 46592)],
        *[(550, 43016, 53412), (560, 32613.2, 53788), (570, 44496, 45072), (580, 50104, 37020)],
        *[(590, 14400.8, 28324.4), (600, 3200, 14677.2), (610, 1506, 9443.6), (620, 942, 6509.6)],
        *[(630, 610, 5148.8), (640, 442, 4345.2), (650, 368, 3750.1), (660, 319.6, 3226.6)],
        *[(670, 294, 2795.1), (680, 277.6, 2407.9), (690, 276, 2052), (700, 290, 1794.3)],
        *[(720, 348, 1325.9), (740, 446, 1115.9), (760, 586, 1548.5), (780, 710, 1075.4)],
        *[(800, 816, 761.7), (850, 1058, 691.3), (900, 1198, 761.8), (940, 1214, 693.4)],
    ]
)
# Relative power of CIE standard illuminant D65. Source: CIE 15:2004, table T.1.
_D65 = np.array(
    [
        *[
            (380, 49.98),
            (400, 82.75),
            (420, 93.43),
            (440, 104.86),
            (460, 117.81),
            (480, 115.92),
            (500, 109.35),
        ],
        *[(520, 104.79), (540, 104.41), (560, 100.0), (580, 95.79), (600, 90.01), (620, 87.70), (640, 83.70)],
        *[(660, 80.21), (680, 78.28), (700, 71.61), (720, 61.60), (740, 75.09), (760, 46.42), (780, 63.38)],
    ]
)
SKIN_INDEX = 1.4
BASE_GAIN, SCATTER_GAIN = 0.40, 1.30
"""Factors on the bloodless absorption and the scattering below, fitted to the reflectance of light faces (L* 67,
0.6 at 850 nm)."""
EPIDERMIS_MM = 0.07
ESCAPE = 0.55
"""Share of light scattered back inside the epidermis that leaves through the surface."""
WATER_SHARE = 0.65
LIGHTEST, DARKEST = 0.0055, 0.24
"""Melanosome fraction of the epidermis of the lightest and the darkest faces."""


def melanin_fraction(tone: ArrayLike) -> Array:
    """Return the melanosome volume fraction of the epidermis for a tone from 0 (lightest) to 1 (darkest)."""
    return LIGHTEST * (DARKEST / LIGHTEST) ** np.asarray(tone, float)


def eumelanin_absorption(nm: ArrayLike) -> Array:
    """Return the absorption of eumelanin. Source: Jacques 1998, in Donner & Jensen, EGSR 2006, eq. 5."""
    return 6.6e10 * np.asarray(nm, float) ** -3.33


def pheomelanin_absorption(nm: ArrayLike) -> Array:
    """Return the absorption of pheomelanin. Source: Donner & Jensen, EGSR 2006, eq. 6."""
    return 2.9e14 * np.asarray(nm, float) ** -4.75


def base_absorption(nm: ArrayLike) -> Array:
    """Return the absorption of skin without blood and melanin. Source: Saidi 1992, in Jacques 1998; times BASE_GAIN."""
    return BASE_GAIN * (0.0244 + 8.53 * np.exp(-(np.asarray(nm, float) - 154) / 66.2))


def blood_absorption(nm: ArrayLike, saturation: float) -> Array:
    """Return the absorption of whole blood, 150 g haemoglobin per litre, at an oxygen saturation in [0, 1]."""
    table = _HAEMOGLOBIN.T
    at = np.asarray(nm, float)
    oxy, deoxy = np.interp(at, table[0], table[1]), np.interp(at, table[0], table[2])
    return 2.303 * 150 / 64500 / 10 * (saturation * oxy + (1 - saturation) * deoxy)


def water_absorption(nm: ArrayLike) -> Array:
    """Return the absorption of water. Source: Hale & Querry, Appl. Opt. 12 (1973) 555."""
    return np.interp(
        np.asarray(nm, float), [400, 700, 760, 850, 900, 940, 970], [0, 0.0006, 0.0026, 0.0043, 0.0068, 0.0267, 0.045]
    )


def carotene_absorption(nm: ArrayLike) -> Array:
    """Return the absorption of carotene and bilirubin per unit share: one lobe about 470 nm."""
    return _lobe(np.asarray(nm, float), 470.0, 32.0, 22.0)


def reduced_scattering(nm: ArrayLike) -> Array:
    """Return the reduced scattering of skin. Source: Jacques, Phys. Med. Biol. 58 (2013) R37, table 1; gain fitted."""
    return SCATTER_GAIN * 4.6 * (np.asarray(nm, float) / 500) ** -1.421


def _mismatch() -> float:
    """Return the internal reflection parameter at the surface. Source: Groenhuis et al., Appl. Opt. 22 (1983) 2456."""
    n = SKIN_INDEX
    r = -1.440 / n**2 + 0.710 / n + 0.668 + 0.0636 * n
    return (1 + r) / (1 - r)


def half_space_reflectance(absorption: Array, scattering: Array) -> Array:
    """Return the diffuse reflectance of a half-space. Source: Flock et al., IEEE Trans. Biomed. Eng. 36 (1989) 1162."""
    albedo, k = scattering / (scattering + absorption), _mismatch()
    return albedo / (1 + 2 * k * (1 - albedo) + (1 + 2 * k / 3) * np.sqrt(3 * (1 - albedo)))


def reflectance(
    melanin: ArrayLike,
    blood: ArrayLike,
    *,
    pheomelanin_share: float = 0.12,
    saturation: float = 0.75,
    carotene: float = 0.05,
    epidermis_mm: float = EPIDERMIS_MM,
) -> Array:
    """Return the diffuse reflectance (..., 35) of skin at WAVELENGTHS_NM.

    Args:
        melanin: Melanosome volume fraction of the epidermis, 0.01 to 0.45.
        blood: Blood volume fraction of the dermis, 0.002 to 0.1.
        pheomelanin_share: Of the melanin.
        saturation: Oxygen saturation of the blood.
        carotene: Share, 0 to 0.15.
        epidermis_mm: Thickness of the melanin's layer.

    Kubelka-Munk slab (K = 2 mu_a, S = 3/4 mu_s') over a diffusing half-space, coupled by their mutual reflection.
    """
    nm = WAVELENGTHS_NM
    cm, ch = np.asarray(melanin, float)[..., None], np.asarray(blood, float)[..., None]
    pigment = (1 - pheomelanin_share) * eumelanin_absorption(nm) + pheomelanin_share * pheomelanin_absorption(nm)
    upper = cm * pigment + (1 - cm) * base_absorption(nm) + 0.3 * carotene * carotene_absorption(nm)
    K, S = 2 * upper, 0.75 * 0.9 * reduced_scattering(nm)
    a = 1 + K / S
    b = np.sqrt(a * a - 1)
    sinh, cosh = np.sinh(b * S * epidermis_mm), np.cosh(b * S * epidermis_mm)
    R1, T1 = sinh / (a * sinh + b * cosh), b / (a * sinh + b * cosh)
    R2 = half_space_reflectance(_dermis_absorption(ch, saturation, carotene), reduced_scattering(nm))
    return R1 * ESCAPE + T1 * T1 * R2 / (1 - R1 * R2 * ESCAPE)


def _dermis_absorption(blood: ArrayLike, saturation: float, carotene: float) -> Array:
    nm, ch = WAVELENGTHS_NM, np.asarray(blood, float)
    return (
        ch * blood_absorption(nm, saturation)
        + (1 - ch) * base_absorption(nm)
        + WATER_SHARE * water_absorption(nm)
        + carotene * carotene_absorption(nm)
    )


def transport_length_mm(blood: float, saturation: float = 0.75, carotene: float = 0.05) -> dict[str, tuple[float, ...]]:
    """Return how far light spreads under the skin, 1 / sqrt(3 mu_a (mu_a + mu_s')), per band.

    Visible light in three channels (600-650, 520-570, 440-480 nm); melanin lies above and does not enter.
    """
    absorption = _dermis_absorption(blood, saturation, carotene)
    length = 1 / np.sqrt(3 * absorption * (absorption + reduced_scattering(WAVELENGTHS_NM)))
    nm = WAVELENGTHS_NM
    channels = [length[(nm >= low) & (nm <= high)].mean() for low, high in ((600, 650), (520, 570), (440, 480))]
    return {
        "rgb": tuple(map(float, channels)),
        "nir850": (float(length[-2]),) * 3,
        "nir940": (float(length[-1]),) * 3,
    }


def _lobe(x: Array, mean: float, below: float, above: float) -> Array:
    t = (x - mean) / np.where(x < mean, below, above)
    return np.exp(-0.5 * t * t)


@lru_cache(maxsize=1)
def _rgb_weights() -> Array:
    """Return (33, 3) weights that turn a visible reflectance into linear sRGB under D65; white gives exactly 1.

    Colour matching functions: Wyman, Sloan & Shirley, J. Computer Graphics Techniques 2(2) (2013), multi-lobe fit.
    """
    nm = VISIBLE_NM
    x = 1.056 * _lobe(nm, 599.8, 37.9, 31.0) + 0.362 * _lobe(nm, 442.0, 16.0, 26.7)
    x = x - 0.065 * _lobe(nm, 501.1, 20.4, 26.2)
    y = 0.821 * _lobe(nm, 568.8, 46.9, 40.5) + 0.286 * _lobe(nm, 530.9, 16.3, 31.1)
    z = 1.217 * _lobe(nm, 437.0, 11.8, 36.0) + 0.681 * _lobe(nm, 459.0, 26.0, 13.8)
    weighted = np.stack([x, y, z]) * np.interp(nm, *_D65.T)
    rgb = np.linalg.inv(XYZ_FROM_LINEAR_SRGB) @ (weighted / weighted[1].sum())
    return (rgb / rgb.sum(1, keepdims=True)).T


def spectrum_to_linear_srgb(spectrum: Array) -> Array:
    """Return linear sRGB (..., 3) under D65 of reflectances (..., 35) at WAVELENGTHS_NM, clipped to [0, 1]."""
    return np.clip(spectrum[..., : len(VISIBLE_NM)] @ _rgb_weights(), 0, 1)


class SkinTable:
    """Reflectance of skin for any melanin and blood by table: five channels R, G, B, 850, 940 nm.

    The axes are the square roots of the fractions, as in Jimenez et al., ACM Trans. Graph. 29 (2010) 141.
    """

    SIZE, MELANIN_MAX, BLOOD_MAX = 64, 0.6, 0.16

    def __init__(
        self,
        *,
        pheomelanin_share: float,
        saturation: float,
        carotene: float,
        epidermis_mm: float = EPIDERMIS_MM,
    ):
        """Tabulate for one person's fixed optics."""
        share = np.linspace(0, 1, self.SIZE) ** 2
        melanin, blood = np.meshgrid(share * self.MELANIN_MAX, share * self.BLOOD_MAX, indexing="ij")
        spectrum = reflectance(
            melanin,
            blood,
            pheomelanin_share=pheomelanin_share,
            saturation=saturation,
            carotene=carotene,
            epidermis_mm=epidermis_mm,
        )
        rgb = spectrum_to_linear_srgb(spectrum)
        self._table = np.concatenate([rgb, spectrum[..., -2:]], -1).astype(np.float32)

    def __call__(self, melanin: NDArray, blood: NDArray) -> NDArray[np.float32]:
        """Return reflectance (n, 5) by bilinear interpolation; fractions (n,) beyond the table are clipped."""
        n = self.SIZE
        x = np.sqrt(np.clip(melanin / self.MELANIN_MAX, 0, 1)) * (n - 1)
        y = np.sqrt(np.clip(blood / self.BLOOD_MAX, 0, 1)) * (n - 1)
        i, j = np.minimum(x.astype(int), n - 2), np.minimum(y.astype(int), n - 2)
        fx, fy = (x - i)[:, None], (y - j)[:, None]
        t = self._table
        near = t[i, j] * (1 - fy) + t[i, j + 1] * fy
        far = t[i + 1, j] * (1 - fy) + t[i + 1, j + 1] * fy
        return (near * (1 - fx) + far * fx).astype(np.float32)

    def image(self, melanin: NDArray, blood: NDArray) -> NDArray[np.float32]:
        """Return reflectance (h, w, 5) of maps (h, w) of fractions, by bilinear interpolation to 1/32 of a cell."""
        n = self.SIZE
        rows = np.sqrt(np.clip(melanin / self.MELANIN_MAX, 0, 1)).astype(np.float32) * (n - 1)
        columns = np.sqrt(np.clip(blood / self.BLOOD_MAX, 0, 1)).astype(np.float32) * (n - 1)
        found = np.empty((*melanin.shape, 5), np.float32)
        found[..., :3] = cv2.remap(np.ascontiguousarray(self._table[..., :3]), columns, rows, cv2.INTER_LINEAR)
        found[..., 3:] = cv2.remap(np.ascontiguousarray(self._table[..., 3:]), columns, rows, cv2.INTER_LINEAR)
        return found
