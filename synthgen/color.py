"""Colour: the sRGB curve, CIELAB, and the view transform that turns scene-linear light into a photograph."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

XYZ_FROM_LINEAR_SRGB: Array = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
"""IEC 61966-2-1, D65."""
D65_WHITE: Array = XYZ_FROM_LINEAR_SRGB.sum(1)

BRADFORD: Array = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
"""Sharpened cone responses of XYZ. Source: ICC.1:2022, annex E."""
MOST_GAIN = 4.0
"""Of a cone's response: no camera makes white of light that lacks a colour."""

SHOULDER_START = 0.6
"""Scene-linear value (1 = a sunlit white card at the metered exposure) above which highlights roll off."""


def linear_to_srgb(linear: ArrayLike) -> NDArray:
    """Encode linear values in [0, 1] with the sRGB curve. Source: IEC 61966-2-1."""
    x = np.clip(np.asarray(linear), 0, 1)
    return np.where(x <= 0.0031308, 12.92 * x, 1.055 * np.power(x, 1 / 2.4, where=x > 0, out=np.zeros_like(x)) - 0.055)


def srgb_to_linear(srgb: ArrayLike) -> NDArray:
    """Decode sRGB values in [0, 1]. Source: IEC 61966-2-1."""
    x = np.asarray(srgb)
    return np.where(x <= 0.04045, x / 12.92, np.power((np.maximum(x, 0) + 0.055) / 1.055, 2.4))


def view_linear(scene_linear: ArrayLike) -> NDArray:
    """Compress scene-linear light into [0, 1) as a camera does: identity up to 0.6, then an exponential shoulder.

    y = x for x <= s, and s + (1 - s) (1 - exp(-(x - s) / (1 - s))) above, with s = `SHOULDER_START`; value and slope
    are continuous, and `scene_linear` inverts it. The sRGB curve is applied afterwards.
    """
    x, s = np.maximum(np.asarray(scene_linear), 0), SHOULDER_START
    return np.where(x <= s, x, s + (1 - s) * -np.expm1(-(np.maximum(x, s) - s) / (1 - s)))


def scene_linear(view: ArrayLike) -> NDArray:
    """Return the scene-linear light that `view_linear` turned into these values in [0, 1)."""
    y, s = np.asarray(view, float), SHOULDER_START
    return np.where(y <= s, y, s - (1 - s) * np.log1p(-(np.minimum(np.maximum(y, s), 1 - 1e-12) - s) / (1 - s)))


def linear_to_lab(linear: ArrayLike) -> NDArray:
    """Return CIELAB (..., 3) of linear sRGB (..., 3), D65 white. Source: CIE 15:2004, eq. 8.3-8.11."""
    t = np.asarray(linear, float) @ XYZ_FROM_LINEAR_SRGB.T / D65_WHITE
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


def individual_typology_angle(lab: ArrayLike) -> Array:
    """Return the ITA in degrees of CIELAB colours (..., 3): atan((L* - 50) / b*).

    Source: Chardon, Cretois & Hourseau, Int. J. Cosmet. Sci. 13 (1991) 191-208.
    """
    lab = np.asarray(lab, float)
    return np.degrees(np.arctan2(lab[..., 0] - 50, lab[..., 2]))


def luminance(linear: ArrayLike) -> NDArray:
    """Return the relative luminance (...) of linear sRGB (..., 3)."""
    return np.asarray(linear) @ XYZ_FROM_LINEAR_SRGB[1]


def adaptation(white: ArrayLike, degree: float = 1.0) -> Array:
    """Return the matrix (3, 3) on linear sRGB colours that turns a white into grey of the same luminance.

    Args:
        white: (3,) linear sRGB of a white card in the light as it is.
        degree: 1 adapts fully, 0 not at all.

    Source: von Kries' gains on Bradford's cone responses, ICC.1:2022, annex E; degree as in CIECAM02, CIE 159:2004.
    """
    xyz = XYZ_FROM_LINEAR_SRGB @ np.asarray(white, float)
    seen = np.maximum(BRADFORD @ (xyz / max(xyz[1], 1e-9)), 1e-3)
    full = np.clip((BRADFORD @ D65_WHITE / D65_WHITE[1]) / seen, 1 / MOST_GAIN, MOST_GAIN)
    gains = degree * full + 1 - degree
    to_cones = BRADFORD @ XYZ_FROM_LINEAR_SRGB
    return np.linalg.solve(to_cones, gains[:, None] * to_cones)


def black_body_linear(temperature_k: float) -> Array:
    """Return the linear sRGB colour (3,) of a black body, scaled so that its largest channel is 1.

    Chromaticity by Kim et al., valid 1667-25000 K. Source: US patent 7024034 B2 (2006), cubic spline fit.
    """
    t = float(np.clip(temperature_k, 1667, 25000))
    if t < 4000:
        x = -0.2661239e9 / t**3 - 0.2343589e6 / t**2 + 0.8776956e3 / t + 0.179910
    else:
        x = -3.0258469e9 / t**3 + 2.1070379e6 / t**2 + 0.2226347e3 / t + 0.240390
    if t < 2222:
        y = -1.1063814 * x**3 - 1.34811020 * x**2 + 2.18555832 * x - 0.20219683
    elif t < 4000:
        y = -0.9549476 * x**3 - 1.37418593 * x**2 + 2.09137015 * x - 0.16748867
    else:
        y = 3.0817580 * x**3 - 5.87338670 * x**2 + 3.75112997 * x - 0.37001483
    rgb = np.linalg.inv(XYZ_FROM_LINEAR_SRGB) @ np.array([x / y, 1.0, (1 - x - y) / y])
    rgb = np.maximum(rgb, 0)
    return rgb / rgb.max()
