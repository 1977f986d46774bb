"""Ski goggles: a mirrored lens in a frame with foam, and a wide strap."""

from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import offset_outline
from synthgen.accessories.glasses.lenses import DYES, MIRRORS, lens_material
from synthgen.accessories.goggles.cup import body, place, shield
from synthgen.accessories.goggles.mask import Mask, seated
from synthgen.accessories.goggles.meshes import worn
from synthgen.accessories.goggles.site import AboveBrows, WornAt, site
from synthgen.accessories.goggles.strap import strap
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.plastics import OPAQUE
from synthgen.distributions import Name, NameChoice, Number, TruncatedNormal, Uniform, one_of, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material, Spectrum, Surface
from synthgen.rng import Key

FOAM = np.array([(-9, 0), (-6, 0), (-3, 0), (0.5, 0), (0.5, 0.55), (-7, 0.55)])
FRAME = np.array([(-6, 0.5), (1, 0.45), (3.6, 0.55), (4.6, 0.8), (4.2, 1.02), (2.6, 1.12), (-2.0, 1.12), (-2.6, 0.95)])
"""Sections: millimetres beyond the outline, and 0 at the skin to 1 at the lens."""
THICK_MM = 1.8


class SkiGogglesSpec(Frozen):
    """Goggles for snow."""

    kind: Literal["ski_goggles"] = "ski_goggles"
    frame: Annotated[Name, one_of(OPAQUE)] = "all"
    """Colour of the frame."""
    strap: FabricSpec = FabricSpec(
        weave="webbing",
        pattern=NameChoice(values=("plain", "upright_stripes", "camouflage", "dots"), weights=(6, 3, 1, 1)),
        nir_albedo=Uniform(low=0.3, high=0.75),
    )
    """What the strap is made of."""
    size: Annotated[Number, within(0.9, 1.1)] = Uniform(low=0.95, high=1.06)
    """Against the usual: 168 mm along the face, 88 mm high."""
    dye: Annotated[Name, one_of(DYES)] = "brown"
    """Of the lens."""
    density: Annotated[Number, within(0, 2)] = Uniform(low=0.5, high=1.1)
    """How much dye."""
    mirror: Annotated[Name, one_of(MIRRORS)] = "all"
    """Film on the front."""
    strap_mm: Annotated[Number, within(20, 55)] = Uniform(low=35, high=45)
    """Width of the strap."""
    behind_mm: Annotated[Number, within(-20, 50)] = TruncatedNormal(mean=15, sd=8, low=-10, high=35)
    """Height of the strap at the back of the head above the eyes."""
    worn_at: WornAt = "eyes"
    """Before the eyes, or pushed up on the forehead."""
    above_brows_mm: AboveBrows = Uniform(low=3, high=14)
    """From the brows up to the lower rim of goggles on the forehead."""


class SkiGoggles(Frozen):
    """One pair of ski goggles; see `SkiGogglesSpec`."""

    kind: Literal["ski_goggles"] = "ski_goggles"
    frame: str
    strap: Fabric
    size: float
    dye: str
    density: float
    mirror: str
    strap_mm: float
    behind_mm: float
    worn_at: str
    above_brows_mm: float


def sample(spec: SkiGogglesSpec, key: Key) -> SkiGoggles:
    """Draw ski goggles."""
    return drawn(SkiGoggles, spec, key)


def build(goggles: SkiGoggles, fit: Fit) -> Worn:
    """Return the goggles on a head."""
    size = goggles.size
    at = site(fit, goggles.worn_at, goggles.above_brows_mm, 42 * size)
    rim, radius = seated(Mask(168 * size, 46 * size, 42 * size, 3.2, 11.0, 220.0), at)
    lens = radius(*rim.outline.T)
    frame = body(at.fit, rim, FRAME, lens)
    ends = {}
    for side, sign in SIDES.items():
        s = sign * (rim.outline[:, 0] * sign).max()
        row = int(np.abs(rim.outline - [s, 4.0]).sum(1).argmin())
        ends[side] = place(s + sign * 3, rim.outline[row, 1], 0.45 * rim.skin[row] + 0.55 * lens[row])
    band, pressing = strap(at, ends, goggles.behind_mm, goggles.strap_mm, 2.0)
    ground = shield(offset_outline(rim.outline, 1.0), radius, THICK_MM)
    pieces = [(body(at.fit, rim, FOAM, lens), "foam"), (frame, "frame"), (band, "strap")]
    return worn("ski_goggles", pieces, [frame, pressing], [ground], at)


def materials(goggles: SkiGoggles) -> dict[str, Material]:
    """Return the materials by the names the meshes use."""
    plastic = OPAQUE[goggles.frame]
    return {
        "ski_goggles_foam": Surface(Spectrum((0.03, 0.03, 0.032), 0.12, 0.12), roughness=0.95, ior=1.3),
        "ski_goggles_frame": Surface(Spectrum(plastic.rgb, plastic.nir, plastic.nir), roughness=0.35, ior=1.49),
        "ski_goggles_strap": fabric_material(goggles.strap),
        "ski_goggles_lens": lens_material(1.58, goggles.dye, goggles.density, 0.0, goggles.mirror, "none"),
        "ski_goggles_lens_edge": Surface(Spectrum((0.05, 0.05, 0.05), 0.1, 0.1), roughness=0.4, ior=1.5),
    }


SKI_GOGGLES = Kind(SkiGogglesSpec, SkiGoggles, sample, build, materials)
