"""Metals that frames and jewellery are made of, plated with or lacquered over."""

from synthgen.materials import Metal, Spectrum

METALS: dict[str, tuple[Spectrum, float]] = {
    "gold": (Spectrum((1.0, 0.735, 0.364), 0.978, 0.979), 0.14),
    "rose_gold": (Spectrum((0.97, 0.68, 0.44), 0.971, 0.974), 0.14),
    "silver": (Spectrum((0.989, 0.984, 0.978), 0.996, 0.996), 0.14),
    "copper": (Spectrum((0.929, 0.63, 0.519), 0.964, 0.968), 0.2),
    "steel": (Spectrum((0.56, 0.55, 0.53), 0.64, 0.66), 0.18),
    "matte_silver": (Spectrum((0.70, 0.70, 0.69), 0.80, 0.82), 0.42),
    "bronze": (Spectrum((0.36, 0.21, 0.11), 0.70, 0.72), 0.28),
    "gunmetal": (Spectrum((0.20, 0.20, 0.21), 0.30, 0.31), 0.22),
    "black": (Spectrum((0.03, 0.03, 0.031), 0.07, 0.07), 0.25),
}
"""Reflectance at normal incidence and roughness. Gold, silver and copper from their indices of refraction in air (after
Johnson & Christy, Phys. Rev. B 6 (1972) 4370, not read there), seen by CIE 1931 eyes in daylight and cut to sRGB; rose
gold lies midway between gold and copper. The rest, and every roughness, is plausible, not measured."""
LACQUERS: dict[str, tuple[Spectrum, float]] = {
    "white": (Spectrum((0.82, 0.81, 0.78), 0.82, 0.82), 0.5),
    "blue": (Spectrum((0.03, 0.08, 0.26), 0.45, 0.45), 0.3),
    "red": (Spectrum((0.38, 0.02, 0.02), 0.6, 0.6), 0.3),
    "green": (Spectrum((0.03, 0.14, 0.07), 0.4, 0.4), 0.3),
}
"""The same of coloured lacquer on metal; plausible, not measured."""


def metal(name: str) -> Metal:
    """Return a metal by name."""
    return Metal(*METALS[name])
