"""Glasses: what may be asked of them, one draw of it, and what they are made of."""

from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.fit import Fit
from synthgen.accessories.glasses.dirt import dirt_map
from synthgen.accessories.glasses.frames import SHAPES
from synthgen.accessories.glasses.lenses import COATINGS, DYES, MIRRORS, PHOTOCHROMIC, darkened, index_of, lens_material
from synthgen.accessories.glasses.meshes import build_glasses
from synthgen.accessories.kind import Kind, Worn
from synthgen.accessories.metals import LACQUERS, METALS
from synthgen.accessories.plastics import PLASTICS
from synthgen.distributions import (
    Name,
    Number,
    TruncatedNormal,
    Uniform,
    draw_name,
    draw_number,
    draw_numbers,
    one_of,
    within,
)
from synthgen.frozen import Frozen
from synthgen.materials import ClearPlastic, Material, Metal, Spectrum, Surface
from synthgen.rng import Key

FRAME_METALS = {**METALS, **LACQUERS}
WORN_AT = ("eyes", "head")
SATURATION = 3.0
"""Of the darkening of photochromic lenses by daylight."""
UP_DEG = (48.0, 64.0)
"""How far glasses on the head are pushed up about the ears."""


class GlassesSpec(Frozen):
    """Spectacles or sunglasses."""

    kind: Literal["glasses"] = "glasses"
    shape: Annotated[Name, one_of(SHAPES)] = "all"
    """Of the front; with it come rims of acetate, of metal, or none."""
    plastic: Annotated[Name, one_of(PLASTICS)] = "all"
    """Of what is acetate: whole frames, or the tips of metal ones."""
    metal: Annotated[Name, one_of(FRAME_METALS)] = "all"
    """Of what is metal: whole frames, or hinges."""
    size: Annotated[Number, within(0.85, 1.15)] = Uniform(low=0.95, high=1.06)
    """Against the width that fits the head."""
    dye: Annotated[Name, one_of(DYES)] = "clear"
    """Of the lenses. Most dyes are clear in the near infrared; green is not."""
    density: Annotated[Number, within(0, 2)] = Uniform(low=0.7, high=1.2)
    """How much dye: 1 is usual for sunglasses."""
    gradient: Annotated[Number, within(0, 1)] = 0.0
    """Share of the dye that the lower edge lacks."""
    mirror: Annotated[Name, one_of(MIRRORS)] = "none"
    """Film on the front of the lenses."""
    photochromic: Annotated[Name, one_of(("none", *PHOTOCHROMIC))] = "none"
    """Dye that darkens in daylight."""
    darkening: Annotated[Number, within(0, 1)] | None = None
    """How far that dye has darkened; without it, by the daylight of the scene's environment: fully out in the sun, not
    indoors, at night, in uniform light or in files of one's own. Behind a windscreen say 0."""
    smudges: Annotated[Number, within(0, 1)] = TruncatedNormal(mean=0.06, sd=0.12, low=0, high=0.6)
    """Grease on the lenses, with prints of fingers."""
    dust: Annotated[Number, within(0, 1)] = TruncatedNormal(mean=0.03, sd=0.08, low=0, high=0.5)
    """Dust on the lenses."""
    scratches: Annotated[Number, within(0, 1)] = TruncatedNormal(mean=0.02, sd=0.08, low=0, high=0.5)
    """Scratches in the lenses."""
    coating: Annotated[Name, one_of(COATINGS)] = "all"
    """Antireflective coating, by the colour it still reflects."""
    sphere_dioptre: Annotated[Number, within(-8, 6)] = TruncatedNormal(mean=-1, sd=2.2, low=-8, high=6)
    """Power of the lenses: < 0 for the short-sighted, whose eyes look smaller through them."""
    vertex_mm: Annotated[Number, within(12, 16)] = TruncatedNormal(mean=13, sd=1, low=12, high=16)
    """From cornea to lens, where the nose allows it; never less."""
    worn_at: Annotated[Name, one_of(WORN_AT)] = "eyes"
    """Before the eyes, or pushed up on the head."""
    slide_mm: Annotated[Number, within(0, 24)] = TruncatedNormal(mean=1, sd=1.5, low=0, high=6)
    """How far they have slid down the nose; beyond about 12 the eyes look over them, as with reading glasses."""
    tilt_deg: Annotated[Number, within(0, 15)] = TruncatedNormal(mean=8, sd=2, low=3, high=13)
    """How far the lower rims lean towards the cheeks."""


class Glasses(Frozen):
    """One pair of glasses; see `GlassesSpec`."""

    kind: Literal["glasses"] = "glasses"
    shape: str
    plastic: str
    metal: str
    size: float
    dye: str
    density: float
    gradient: float
    mirror: str
    photochromic: str
    darkening: float | None
    """None until the light is known."""
    smudges: float
    dust: float
    scratches: float
    coating: str
    sphere_dioptre: float
    vertex_mm: float
    worn_at: str
    slide_mm: float
    tilt_deg: float
    seed: int


_NAMES = ("shape", "plastic", "metal", "dye", "mirror", "photochromic", "coating", "worn_at")
_NUMBERS = (
    "size",
    "density",
    "gradient",
    "smudges",
    "dust",
    "scratches",
    "sphere_dioptre",
    "vertex_mm",
    "slide_mm",
    "tilt_deg",
)


def sample(spec: GlassesSpec, key: Key) -> Glasses:
    """Draw a pair of glasses."""
    return Glasses(
        **{name: draw_name(getattr(spec, name), key.child(name)) for name in _NAMES},  # type: ignore[arg-type]
        **draw_numbers(spec, _NUMBERS, key, 4),  # type: ignore[arg-type]
        darkening=None if spec.darkening is None else round(draw_number(spec.darkening, key.child("darkening")), 4),
        seed=key.child("seed").integer(31),
    )


def lit(glasses: Glasses, daylight: float) -> Glasses:
    """Return the glasses as so much daylight leaves them: 1 is the ultraviolet light out in the sun."""
    if glasses.photochromic == "none" or glasses.darkening is not None:
        return glasses
    return glasses.model_copy(update={"darkening": round(1 - float(np.exp(-SATURATION * daylight)), 4)})


def build(glasses: Glasses, fit: Fit) -> Worn:
    """Return the glasses on a head."""
    key = Key(f"glasses/{glasses.seed}")
    up = UP_DEG[0] + (UP_DEG[1] - UP_DEG[0]) * float(key.child("up").rng().random())
    return build_glasses(
        SHAPES[glasses.shape],
        PLASTICS[glasses.plastic],
        fit,
        size=glasses.size,
        sphere_d=glasses.sphere_dioptre,
        vertex_mm=glasses.vertex_mm,
        slide_mm=glasses.slide_mm,
        tilt_deg=glasses.tilt_deg,
        up_deg=up if glasses.worn_at == "head" else 0.0,
        key=key,
    )


def materials(glasses: Glasses) -> dict[str, Material]:
    """Return the materials of a pair of glasses, by the names its meshes use."""
    reflectance, roughness = FRAME_METALS[glasses.metal]
    plain = Surface(albedo=None, roughness=0.14, ior=1.49, coat=0.4)
    dirt = (glasses.smudges, glasses.dust, glasses.scratches)
    changing = glasses.photochromic != "none"
    return {
        "glasses_plastic": ClearPlastic(1.49, 0.03) if PLASTICS[glasses.plastic].clear else plain,
        "glasses_metal": Metal(reflectance, roughness),
        "glasses_pad": Surface(Spectrum((0.52, 0.48, 0.42), 0.7, 0.7), roughness=0.2, ior=1.42),
        "glasses_lens_edge": Surface(Spectrum((0.30, 0.33, 0.32), 0.4, 0.4), roughness=0.5, ior=1.5),
        "glasses_lens": lens_material(
            index_of(glasses.sphere_dioptre),
            glasses.dye,
            glasses.density,
            glasses.gradient,
            glasses.mirror,
            glasses.coating,
            darkened(glasses.photochromic, glasses.darkening or 0.0) if changing else None,
            dirt_map(*dirt, glasses.seed) if any(dirt) else None,
        ),
    }


GLASSES = Kind(GlassesSpec, Glasses, sample, build, materials, lit=lit)
