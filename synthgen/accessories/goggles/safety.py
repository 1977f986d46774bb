"""Safety goggles: a clear lens in a soft body with side shields, and an elastic strap."""

from dataclasses import replace
from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import offset_outline
from synthgen.accessories.glasses.lenses import DYES, lens_material
from synthgen.accessories.goggles.cup import body, place, shield
from synthgen.accessories.goggles.mask import Mask, seated
from synthgen.accessories.goggles.meshes import worn
from synthgen.accessories.goggles.site import AboveBrows, WornAt, site
from synthgen.accessories.goggles.strap import strap
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.distributions import Name, NameChoice, Number, TruncatedNormal, Uniform, one_of, within
from synthgen.fabrics.weaves import weave_tile
from synthgen.frozen import Frozen
from synthgen.materials import ClearPlastic, Material, Spectrum, Surface, Textile
from synthgen.rng import Key

BODIES: dict[str, Spectrum] = {
    "clear": Spectrum((0.90, 0.92, 0.91), 0.93, 0.92),
    "black": Spectrum((0.012, 0.012, 0.013), 0.05, 0.05),
    "grey": Spectrum((0.14, 0.15, 0.16), 0.4, 0.4),
    "blue": Spectrum((0.02, 0.09, 0.30), 0.5, 0.5),
    "green": Spectrum((0.02, 0.20, 0.08), 0.5, 0.5),
    "white": Spectrum((0.72, 0.73, 0.73), 0.8, 0.8),
}
"""Albedo of soft PVC, of the clear one what passes; plausible, not measured."""
_OUTSIDE = ((-5, 0), (-2, 0), (1.5, 0), (2.6, 0.10), (2.4, 0.6), (2.8, 1.0), (2.2, 1.12))
_INSIDE = ((-2.2, 1.12), (-2.6, 0.9), (0.4, 0.55), (-0.2, 0.12))
SECTION = np.array(_OUTSIDE + _INSIDE)
"""Section of the body: millimetres beyond the outline, and 0 at the skin to 1 at the lens."""
THICK_MM = 2.0


class SafetyGogglesSpec(Frozen):
    """Goggles for the laboratory and the workshop."""

    kind: Literal["safety_goggles"] = "safety_goggles"
    body: Annotated[Name, one_of(BODIES)] = NameChoice(values=tuple(BODIES), weights=(6, 2, 2, 1, 1, 1))
    """Colour of the soft body."""
    size: Annotated[Number, within(0.9, 1.1)] = Uniform(low=0.95, high=1.05)
    """Against the usual: 156 mm along the face, 76 mm high."""
    dye: Annotated[Name, one_of(DYES)] = NameChoice(values=("clear", "yellow", "grey"), weights=(0.85, 0.1, 0.05))
    """Of the lens."""
    density: Annotated[Number, within(0, 2)] = 1.0
    """How much dye."""
    behind_mm: Annotated[Number, within(-20, 50)] = TruncatedNormal(mean=20, sd=10, low=-10, high=40)
    """Height of the strap at the back of the head above the eyes."""
    worn_at: WornAt = "eyes"
    """Before the eyes, or pushed up on the forehead."""
    above_brows_mm: AboveBrows = Uniform(low=3, high=14)
    """From the brows up to the lower rim of goggles on the forehead."""


class SafetyGoggles(Frozen):
    """One pair of safety goggles; see `SafetyGogglesSpec`."""

    kind: Literal["safety_goggles"] = "safety_goggles"
    body: str
    size: float
    dye: str
    density: float
    behind_mm: float
    worn_at: str
    above_brows_mm: float


def sample(spec: SafetyGogglesSpec, key: Key) -> SafetyGoggles:
    """Draw safety goggles."""
    return drawn(SafetyGoggles, spec, key)


def build(goggles: SafetyGoggles, fit: Fit) -> Worn:
    """Return the goggles on a head."""
    size = goggles.size
    at = site(fit, goggles.worn_at, goggles.above_brows_mm, 38 * size)
    rim, radius = seated(Mask(156 * size, 36 * size, 38 * size, 3.6, 11.0, 320.0), at)
    lens = radius(*rim.outline.T)
    ends = {}
    for side, sign in SIDES.items():
        s = sign * (rim.outline[:, 0] * sign).max()
        row = int(np.abs(rim.outline - [s, 2.0]).sum(1).argmin())
        ends[side] = place(s + sign * 2, rim.outline[row, 1], 0.5 * rim.skin[row] + 0.5 * lens[row])
    band, pressing = strap(at, ends, goggles.behind_mm, 15.0, 1.2)
    ground = shield(offset_outline(rim.outline, 0.4), radius, THICK_MM)
    skirt = body(at.fit, rim, SECTION, lens)
    on = worn("safety_goggles", [(skirt, "body"), (band, "strap")], [skirt, pressing], [ground], at)
    frame, *lenses = on.meshes
    passes, count = BODIES[goggles.body], len(frame.vertices)
    frame = frame.with_attributes(
        {
            "albedo_rgb": np.tile(np.array(passes.rgb, np.float32), (count, 1)),
            "albedo_nir850": np.full(count, passes.nir850, np.float32),
            "albedo_nir940": np.full(count, passes.nir940, np.float32),
        }
    )
    return replace(on, meshes=(frame, *lenses))


def materials(goggles: SafetyGoggles) -> dict[str, Material]:
    """Return the materials by the names the meshes use."""
    dyed = Surface(BODIES[goggles.body], roughness=0.3, ior=1.53)
    return {
        "safety_goggles_body": ClearPlastic(1.53, 0.2) if goggles.body == "clear" else dyed,
        "safety_goggles_strap": Textile(
            Spectrum((0.02, 0.02, 0.02), 0.35, 0.35), 0.9, weave=weave_tile("webbing"), depth_mm=0.35, thread_mm=1.6
        ),
        "safety_goggles_lens": lens_material(1.58, goggles.dye, goggles.density, 0.0, "none", "none"),
        "safety_goggles_lens_edge": Surface(Spectrum((0.3, 0.33, 0.33), 0.4, 0.4), roughness=0.4, ior=1.58),
    }


SAFETY_GOGGLES = Kind(SafetyGogglesSpec, SafetyGoggles, sample, build, materials)
