"""Swimming goggles: a cup on each eye, a piece over the nose, and two straps."""

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import Solid, offset_outline, rounded_rectangle, spline, superellipse, sweep
from synthgen.accessories.glasses.lenses import DYES, MIRRORS, Ground, lens_material
from synthgen.accessories.goggles.cup import UNROLLED_MM, Cup, Radius, body, cup, locate, place, shield
from synthgen.accessories.goggles.meshes import worn
from synthgen.accessories.goggles.site import AboveBrows, Site, WornAt, site
from synthgen.accessories.goggles.strap import strap
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.pieces import Piece
from synthgen.distributions import Name, NameChoice, Number, TruncatedNormal, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material, Spectrum, Surface
from synthgen.rng import Key

RUBBERS: dict[str, Spectrum] = {
    "black": Spectrum((0.013, 0.013, 0.014), 0.05, 0.05),
    "blue": Spectrum((0.015, 0.07, 0.32), 0.55, 0.55),
    "white": Spectrum((0.70, 0.71, 0.71), 0.8, 0.8),
    "red": Spectrum((0.36, 0.012, 0.015), 0.6, 0.6),
    "green": Spectrum((0.06, 0.30, 0.09), 0.55, 0.55),
}
"""Albedo of silicone rubber; plausible, not measured."""
SEAL = np.array([(-3.5, 0), (2.0, 0), (2.8, 0.12), (1.6, 0.35), (0.8, 0.5), (-0.6, 0.5), (-0.8, 0.35), (-1.4, 0.15)])
SHELL = np.array([(-0.4, 0.42), (1.2, 0.42), (1.4, 0.7), (0.6, 1.1), (-1.6, 1.1), (-1.8, 0.9)])
"""Sections: millimetres beyond the outline, and 0 at the skin to 1 at the lens."""
WIDTH_MM, HEIGHT_MM, NASAL_MM = 60.0, 38.0, 11.0
OFF_MM, THICK_MM, FLAT_MM = 6.0, 1.6, 90.0


class SwimmingGogglesSpec(Frozen):
    """Goggles for swimmers."""

    kind: Literal["swimming_goggles"] = "swimming_goggles"
    rubber: Annotated[Name, one_of(RUBBERS)] = "all"
    """Colour of seals and straps."""
    size: Annotated[Number, within(0.88, 1.12)] = Uniform(low=0.94, high=1.06)
    """Against the usual: cups of 60 by 38 mm."""
    dye: Annotated[Name, one_of(DYES)] = NameChoice(values=("clear", "blue", "grey", "yellow"), weights=(4, 3, 2, 1))
    """Of the lenses."""
    density: Annotated[Number, within(0, 2)] = Uniform(low=0.4, high=1.0)
    """How much dye."""
    mirror: Annotated[Name, one_of(MIRRORS)] = NameChoice(
        values=("none", "silver", "blue", "gold"), weights=(6, 2, 1, 1)
    )
    """Film on the front."""
    behind_mm: Annotated[Number, within(0, 60)] = TruncatedNormal(mean=30, sd=8, low=10, high=50)
    """Height between the straps at the back of the head, above the eyes."""
    worn_at: WornAt = "eyes"
    """Before the eyes, or pushed up on the forehead."""
    above_brows_mm: AboveBrows = Uniform(low=3, high=14)
    """From the brows up to the lower rim of goggles on the forehead."""


class SwimmingGoggles(Frozen):
    """One pair of swimming goggles; see `SwimmingGogglesSpec`."""

    kind: Literal["swimming_goggles"] = "swimming_goggles"
    rubber: str
    size: float
    dye: str
    density: float
    mirror: str
    behind_mm: float
    worn_at: str
    above_brows_mm: float


def sample(spec: SwimmingGogglesSpec, key: Key) -> SwimmingGoggles:
    """Draw swimming goggles."""
    return drawn(SwimmingGoggles, spec, key)


def build(goggles: SwimmingGoggles, fit: Fit) -> Worn:
    """Return the goggles on a head."""
    at = site(fit, goggles.worn_at, goggles.above_brows_mm, HEIGHT_MM * goggles.size / 2 + 1)
    pieces: list[Piece] = []
    lenses: list[Ground] = []
    pressing: list[Solid] = []
    ends, nasal = {}, []
    for (side, sign), cornea in zip(SIDES.items(), fit.corneas, strict=True):
        rim, radius = _cup(at, sign, cornea, goggles.size)
        lens = radius(*rim.outline.T)
        pieces += [(body(at.fit, rim, SEAL, lens), "seal"), (body(at.fit, rim, SHELL, lens), "shell")]
        pressing.append(pieces[-2][0])
        lenses.append(shield(offset_outline(rim.outline, 0.3), radius, THICK_MM))
        aside = rim.outline[:, 0] * sign
        outer, inner = int(aside.argmax()), int(aside.argmin())
        deep = 0.4 * rim.skin + 0.6 * lens
        ends[side] = place(rim.outline[outer, 0] + sign, rim.outline[outer, 1], deep[outer])
        nasal.append(place(rim.outline[inner, 0], rim.outline[inner, 1] + 3, deep[inner]))
    middle = (nasal[0] + nasal[1]) / 2 - [0, 2.0, 0]
    over = at.fit.push_out(spline(np.array([nasal[0], middle, nasal[1]]), 24), 2.4)
    pieces.append((sweep(over, np.array([0, 0, 1.0]), rounded_rectangle(3.0, 1.6, 1.2)), "seal"))
    for up in (-14.0, 16.0):
        band, presser = strap(at, ends, goggles.behind_mm + up, 7.0, 1.4)
        pieces.append((band, "seal"))
        pressing.append(presser)
    return worn("swimming_goggles", pieces, pressing, lenses, at)


def _cup(at: Site, sign: int, cornea: NDArray, size: float) -> tuple[Cup, Radius]:
    """Return the rim about an eye, and the front of its lens: nearly flat, turned outwards."""
    s, z, _ = (float(value) for value in locate(cornea))
    z = 0.0 if at.raised else z
    width = min(WIDTH_MM * size, 2 * (abs(s) + 4 - NASAL_MM) * 1.16)
    outline = superellipse(width, HEIGHT_MM * size, 2.6, 240)
    middle = sign * (NASAL_MM + width / 2)
    x = outline[:, 0] * sign / width
    # narrower towards the nose, as the orbit is
    outline[:, 1] *= 1 - 0.18 * np.clip(-2 * x, 0, 1)
    rim = cup(at.fit, outline + np.array([middle, z - 1.0]), at.hair)
    axis = middle / UNROLLED_MM

    def front(s: NDArray, z: NDArray, far: float) -> NDArray:
        a = s / UNROLLED_MM - axis
        return far / np.cos(a) - ((UNROLLED_MM * a) ** 2 + z**2) / (2 * FLAT_MM)

    inside_s, inside_z, least = at.before(rim.outline)
    s, z = np.append(rim.outline[:, 0], inside_s), np.append(rim.outline[:, 1], inside_z)
    need = np.append(rim.skin + OFF_MM, least)
    far = float(((need - front(s, z, 0.0)) * np.cos(s / UNROLLED_MM - axis)).max())
    return rim, lambda s, z: front(s, z, far)


def materials(goggles: SwimmingGoggles) -> dict[str, Material]:
    """Return the materials by the names the meshes use."""
    rubber = RUBBERS[goggles.rubber]
    return {
        "swimming_goggles_seal": Surface(rubber, roughness=0.32, ior=1.43),
        "swimming_goggles_shell": Surface(rubber, roughness=0.14, ior=1.58, coat=0.4),
        "swimming_goggles_lens": lens_material(1.58, goggles.dye, goggles.density, 0.0, goggles.mirror, "none"),
        "swimming_goggles_lens_edge": Surface(Spectrum((0.1, 0.11, 0.12), 0.2, 0.2), roughness=0.4, ior=1.5),
    }


SWIMMING_GOGGLES = Kind(SwimmingGogglesSpec, SwimmingGoggles, sample, build, materials)
