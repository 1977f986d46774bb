"""What headphones and earbuds are made of."""

from typing import Annotated

from synthgen.distributions import Name, Number, Uniform, one_of, within
from synthgen.fabrics.weaves import weave_tile
from synthgen.frozen import Frozen
from synthgen.materials import Material, Metal, Relief, Rgb, Spectrum, Surface, Textile

SHELLS: dict[str, tuple[Rgb, float]] = {
    "black": ((0.012, 0.012, 0.013), 0.06),
    "graphite": ((0.07, 0.072, 0.078), 0.25),
    "silver": ((0.42, 0.42, 0.43), 0.5),
    "white": ((0.76, 0.76, 0.75), 0.8),
    "beige": ((0.52, 0.43, 0.32), 0.65),
    "navy": ((0.02, 0.035, 0.10), 0.35),
    "red": ((0.33, 0.02, 0.02), 0.6),
    "rose": ((0.55, 0.30, 0.27), 0.65),
}
"""Colour, linear sRGB, and albedo in the near infrared of plastics; plausible, not measured."""
PADS: dict[str, tuple[Rgb, float]] = {
    "black": ((0.014, 0.013, 0.013), 0.1),
    "grey": ((0.11, 0.108, 0.105), 0.35),
    "brown": ((0.10, 0.052, 0.028), 0.45),
    "white": ((0.60, 0.58, 0.55), 0.7),
}
ACCENT = Metal(Spectrum((0.72, 0.71, 0.69), 0.78, 0.8), 0.22)
STEEL = Metal(Spectrum((0.30, 0.30, 0.31), 0.4, 0.42), 0.3)


class HeadphonesSpec(Frozen):
    """What all headphones have."""

    color: Annotated[Name, one_of(SHELLS)] = "all"
    """Of the shells."""
    pads: Annotated[Name, one_of(PADS)] = "all"
    """Of pads, and of the band if it has any."""
    size: Annotated[Number, within(0.85, 1.2)] = Uniform(low=0.93, high=1.08)
    """Of pads and shells against the usual."""


class Headphones(Frozen):
    """One pair; see `HeadphonesSpec`."""

    color: str
    pads: str
    size: float


def shell(color: str, roughness: float = 0.32) -> Surface:
    """Return the plastic of a shell."""
    rgb, nir = SHELLS[color]
    return Surface(Spectrum(rgb, nir, nir), roughness=roughness, ior=1.5, coat=0.1)


def pad(color: str) -> Surface:
    """Return artificial leather over foam."""
    rgb, nir = PADS[color]
    return Surface(Spectrum(rgb, nir, nir), roughness=0.45, ior=1.5, relief=(Relief(0.9, 0.05),))


def headphone_materials(kind: str, color: str, pads: str) -> dict[str, Material]:
    """Return the materials of headphones, by the names their meshes use."""
    return {
        f"{kind}_pad": pad(pads),
        f"{kind}_shell": shell(color),
        f"{kind}_accent": ACCENT,
        f"{kind}_steel": STEEL,
        f"{kind}_mesh": Textile(
            Spectrum((0.02, 0.02, 0.021), 0.05, 0.05), 0.9, weave=weave_tile("plain"), depth_mm=0.2
        ),
        f"{kind}_foam": Textile(
            Spectrum((0.012, 0.012, 0.012), 0.15, 0.15), roughness=1.0, relief=(Relief(1.6, 0.25),)
        ),
    }
