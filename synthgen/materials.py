"""What surfaces are made of, as physical numbers for visible light and the near infrared. No shader nodes here."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from synthgen.camera import Band
from synthgen.color import XYZ_FROM_LINEAR_SRGB

if TYPE_CHECKING:
    from synthgen.skin.maps import SkinMaps

Rgb = tuple[float, float, float]
SEAM_REACH_MM = 12.0
"""How far seams reach into cloth."""


@dataclass(frozen=True)
class Spectrum:
    """A reflectance in every band: linear sRGB for visible light, one number for each infrared line."""

    rgb: Rgb
    nir850: float
    nir940: float

    def in_band(self, band: Band) -> Rgb:
        """Return the three channels a renderer needs; grey in the infrared."""
        if band == "rgb":
            return self.rgb
        value = self.nir850 if band == "nir850" else self.nir940
        return value, value, value


@dataclass(frozen=True)
class Scatter:
    """Light under a surface.

    Attributes:
        weight: Share of the diffuse light that goes through the volume.
        radius_m: Effective transport length for each channel of each band, metres.
    """

    weight: float
    radius_m: dict[Band, Rgb]


@dataclass(frozen=True)
class Relief:
    """Fine shape below the mesh: noise in rest coordinates.

    Attributes:
        per_mm: Cycles of the noise per millimetre.
        height_mm: Its amplitude.
    """

    per_mm: float
    height_mm: float


@dataclass(frozen=True)
class Surface:
    """An opaque dielectric.

    Attributes:
        albedo: One reflectance, or None if the mesh carries `albedo_rgb`, `albedo_nir850`, `albedo_nir940`.
        roughness: Of the reflecting surface, 0 to 1; or the mesh's attribute `roughness` if None.
        ior: Index of refraction.
        scatter: Light under the surface, if any.
        coat: Weight of a clear wet layer.
        coat_roughness: Of that layer.
        relief: Fine shape, coarse to fine.
    """

    albedo: Spectrum | None
    roughness: float | None = 0.5
    ior: float = 1.45
    scatter: Scatter | None = None
    coat: float = 0.0
    coat_roughness: float = 0.08
    relief: tuple[Relief, ...] = ()


@dataclass(frozen=True)
class SkinSurface(Surface):
    """Skin: its mesh carries albedo, roughness, `oil` (share of the coat) and `pores` (share of their depth).

    Attributes:
        maps: Colour and shine instead of the mesh's, at its `map_uv`.
    """

    maps: "SkinMaps | None" = None


@dataclass(frozen=True)
class Tile:
    """A picture on cloth.

    Attributes:
        values: (h, w, 3) three numbers a pixel, 255 for 1; rows from the bottom up.
        width_mm: Of cloth that it fills.
        height_mm: The same.
        once: Whether it lies once about the origin, nothing around it, instead of repeating from there.
    """

    values: NDArray[np.uint8] = field(repr=False)
    width_mm: float
    height_mm: float
    once: bool = False


@dataclass(frozen=True)
class Textile(Surface):
    """Cloth by its threads; its mesh carries `uv` in millimetres of cloth, and `rest_mm` if it is crumpled.

    Attributes:
        weave: Height of the threads from 0 to 1, light that hollows keep, share of the weft.
        depth_mm: Of the weave.
        open_below: Height of the weave below which there is nothing, in the picture and in labels: one sees through.
        thread_mm: From one of its threads or loops to the next; finer than a pixel they are not drawn.
        weft: Reflectance of the weft if it is dyed otherwise.
        pattern: Cover of each accent, each over those before it.
        accents: Reflectances of the pattern's colours.
        sheen: Weight of the fibres' fuzz.
        streak: How much narrower highlights are along the weft than across it, 0 to 1, as threads that float reflect.
        uneven: Share by which yarns are lighter and darker than the mean.
        yarn_mm: How wide such yarns look and how far they stay so, along the cloth's v.
        seam_mm: Depth of seams; the mesh carries `seam`, `SEAM_REACH_MM` less the distance from one, 0 beyond that.
        stitch: Thread of the two rows along one side of seams, if any; the mesh carries `stitched`, > 0 on that side.
        fade: Share of the dye that is lost where the mesh's `wear` is 1, and less beside seams.
        crumple_mm: Height of creases too small for the mesh, in places at rest.
        crumple_at_mm: Where in space those are that it has.
    """

    weave: Tile | None = None
    depth_mm: float = 0.0
    open_below: float = 0.0
    thread_mm: float = 1.0
    weft: Spectrum | None = None
    pattern: Tile | None = None
    accents: tuple[Spectrum, ...] = ()
    sheen: float = 0.25
    streak: float = 0.0
    uneven: float = 0.0
    yarn_mm: tuple[float, float] = (1.5, 6.0)
    seam_mm: float = 0.0
    stitch: Spectrum | None = None
    fade: float = 0.0
    crumple_mm: float = 0.0
    crumple_at_mm: float = 0.0


@dataclass(frozen=True)
class RetroTape(Surface):
    """Retroreflective tape: a grey surface that also sends light back to where it came from.

    Attributes:
        tint: Of what is sent back.
    """

    tint: Spectrum = Spectrum((1.0, 1.0, 1.0), 1.0, 1.0)


@dataclass(frozen=True)
class Metal:
    """A bare or lacquered metal.

    Attributes:
        reflectance: At normal incidence.
        roughness: Of its surface, 0 to 1.
    """

    reflectance: Spectrum
    roughness: float


@dataclass(frozen=True)
class Lens:
    """A lens of glasses: clear, dyed or mirrored. Its mesh carries `front`, 1 on the front surface and 0 elsewhere,
    and `height`, 0 at its lower edge to 1 at the upper one.

    Attributes:
        ior: Index of refraction.
        top: Transmission of the dye, straight through, at the upper edge.
        bottom: The same at the lower edge.
        reflection: Share that a coating leaves of the reflection of each surface; 1 without a coating.
        mirror: Reflectance of a metal film on the front.
        dirt: (h, w) share of light that what lies on the front scatters, at the mesh's `uv`; None if it is clean.
    """

    ior: float
    top: Spectrum
    bottom: Spectrum
    reflection: Spectrum
    mirror: Spectrum
    dirt: NDArray[np.float32] | None = field(default=None, repr=False, compare=False)

    def transmission(self, band: Band) -> float:
        """Return the share of light that passes the middle of the lens, by luminance in visible light."""
        surface = ((self.ior - 1) / (self.ior + 1)) ** 2
        dye = np.sqrt(np.array(self.top.in_band(band)) * self.bottom.in_band(band))
        left = 1 - surface * np.array(self.reflection.in_band(band))
        passed = dye * left**2 * (1 - np.array(self.mirror.in_band(band)))
        return float(passed @ XYZ_FROM_LINEAR_SRGB[1])


@dataclass(frozen=True)
class ClearPlastic:
    """A plastic that one can look through, bent by its surfaces. Its mesh carries what passes through it straight, as
    `albedo_rgb`, `albedo_nir850`, `albedo_nir940`.

    Attributes:
        ior: Index of refraction.
        roughness: Of what is seen through it.
    """

    ior: float
    roughness: float


@dataclass(frozen=True)
class PolarMap:
    """A map about an eye's axis.

    Attributes:
        values: (h, w, 6) reflectance R, G, B, 850, 940 nm, and height in millimetres; columns run once around, counted
            from the eye's local +x towards +y.
        first: Where the first row lies: distance from the axis in mm, or angle from it in radians.
        last: Where the last row lies.
    """

    values: NDArray[np.float32] = field(repr=False)
    first: float
    last: float


@dataclass(frozen=True)
class Iris:
    """An iris, drawn by distance from the axis.

    Attributes:
        map: Its pattern.
    """

    map: PolarMap

    @property
    def mean_rgb(self) -> Rgb:
        """Return its colour seen from afar."""
        r, g, b = (float(value) for value in self.map.values[..., :3].mean((0, 1)))
        return r, g, b


@dataclass(frozen=True)
class Pupil:
    """The opening of an iris: black, but for a lamp near the camera's axis.

    Attributes:
        side: Of the eye.
        dark: What it reflects at other angles.
        retro: Colour of what comes straight back to a lamp, as a share of what a white card would send.
    """

    side: str
    dark: Spectrum
    retro: Spectrum


@dataclass(frozen=True)
class EyeShell:
    """Cornea and sclera in one: clear inside the limbus, white outside, blended over about a millimetre.

    Attributes:
        sclera: How the white of the eye reflects, but for its colour.
        map: Colour of the white by the angle from the axis.
        limbus_mm: Radius where clear and white are half each.
        ior: Index of the cornea; labels look through it, refracted.
    """

    sclera: Surface
    map: PolarMap
    limbus_mm: float
    ior: float


@dataclass(frozen=True)
class HairFibre:
    """Hair: its strands carry `pigment`, the concentration of melanin.

    Attributes:
        melanin: Absorption across a fibre for a concentration of 1, in every band.
        dye: Absorption that is added from the share `dyed_from` of each strand's length on.
        roughness: Along the fibre, 0 to 1.
        tip: Share of the pigment that the tips have lost.
        melanin_left: Share of the pigment where the dye is; below 1 the hair was bleached before.
    """

    melanin: Spectrum
    dye: Spectrum
    roughness: float = 0.3
    tip: float = 0.08
    melanin_left: float = 1.0


Material = Surface | Metal | Lens | ClearPlastic | EyeShell | Iris | Pupil | HairFibre


FABRIC_COLORS: dict[str, Rgb] = {
    "white": (0.74, 0.74, 0.72),
    "cream": (0.68, 0.62, 0.49),
    "light_grey": (0.45, 0.45, 0.45),
    "grey": (0.20, 0.20, 0.205),
    "charcoal": (0.052, 0.054, 0.058),
    "black": (0.018, 0.018, 0.019),
    "navy": (0.016, 0.025, 0.070),
    "blue": (0.035, 0.105, 0.33),
    "sky": (0.25, 0.42, 0.62),
    "denim": (0.045, 0.075, 0.14),
    "teal": (0.015, 0.17, 0.18),
    "green": (0.03, 0.15, 0.055),
    "olive": (0.115, 0.125, 0.042),
    "khaki": (0.33, 0.26, 0.15),
    "yellow": (0.67, 0.45, 0.05),
    "orange": (0.56, 0.17, 0.03),
    "red": (0.36, 0.025, 0.025),
    "burgundy": (0.11, 0.012, 0.025),
    "pink": (0.60, 0.26, 0.31),
    "purple": (0.12, 0.045, 0.19),
    "brown": (0.105, 0.055, 0.03),
}
"""Diffuse albedo of dyed cotton, linear sRGB."""
