"""What disposable masks are made of."""

from synthgen.fabrics.weaves import weave_tile
from synthgen.materials import Rgb, Spectrum, Textile

COLORS: dict[str, Rgb] = {
    "blue": (0.30, 0.52, 0.66),
    "white": (0.76, 0.77, 0.77),
    "green": (0.36, 0.60, 0.50),
    "pink": (0.74, 0.45, 0.50),
    "lilac": (0.48, 0.43, 0.64),
    "grey": (0.30, 0.31, 0.33),
    "black": (0.02, 0.02, 0.021),
}
"""Non-woven polypropylene; plausible, not measured."""


def nonwoven(color: str, nir_albedo: float) -> Textile:
    """Return non-woven cloth of a colour."""
    albedo = Spectrum(COLORS[color], nir_albedo, round(nir_albedo * 0.98, 4))
    return Textile(albedo, roughness=0.8, weave=weave_tile("felt"), depth_mm=0.05, sheen=0.12)


def elastic(color: str = "white") -> Textile:
    """Return knitted elastic: black on black masks, else white."""
    black, white = Spectrum((0.02, 0.02, 0.021), 0.5, 0.5), Spectrum((0.76, 0.76, 0.75), 0.78, 0.76)
    return Textile(black if color == "black" else white, roughness=0.9)


def latex() -> Textile:
    """Return the yellow rubber of straps."""
    return Textile(Spectrum((0.66, 0.47, 0.16), 0.7, 0.68), roughness=0.55, sheen=0.0)
