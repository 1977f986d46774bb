"""Cloth: what may be asked of it, one draw of it, and what it is made of.

A mesh of cloth carries `uv` in millimetres along it, u across and v up, and `rest_mm`.
"""

from typing import Annotated

from synthgen.color import luminance
from synthgen.distributions import Choice, Name, Number, Uniform, draw_name, draw_number, draw_one, one_of, within
from synthgen.fabrics.patterns import PATTERNS
from synthgen.fabrics.weaves import WEAVES, weave_tile
from synthgen.frozen import Frozen
from synthgen.materials import FABRIC_COLORS, Spectrum, Textile
from synthgen.rng import Key

CRUMPLES, CRUMPLES_APART_MM = 61, 1700.0
"""How many ways cloth is crumpled, and how far apart they lie in one noise."""
LEGIBLE = 2.5
"""Contrast of colours to the ground, from which on what is printed once, such as a word, can be read."""
LAYERS = 3
"""Most colours of a pattern beside the ground."""
WEFT_RGB = (0.62, 0.61, 0.57)
"""Albedo of cotton that was not dyed."""
THREAD_NIR = 0.6
"""Albedo of sewing thread in the near infrared."""


class FabricSpec(Frozen):
    """Cloth by its weave, its pattern and its colours."""

    weave: Annotated[Name, one_of(WEAVES)] = "jersey"
    """How threads lie; with it come relief, roughness and fuzz."""
    pattern: Annotated[Name, one_of(PATTERNS)] = "plain"
    """What is woven in or printed on."""
    scale: Annotated[Number, within(0.25, 4)] = Uniform(low=0.8, high=1.25)
    """Size of the pattern against the usual."""
    color: Annotated[Name, one_of(FABRIC_COLORS)] = "all"
    """Of the ground in visible light."""
    accents: Annotated[Name, one_of(FABRIC_COLORS)] | None = None
    """Of the pattern's up to three further colours, none drawn twice where there are others; without it, those that
    often go with the pattern. What is there once, a logo, stands out from the ground."""
    nir_albedo: Annotated[Number, within(0.02, 0.9)] = Uniform(low=0.25, high=0.75)
    """Of each dye in the near infrared, whatever its colour: most dyes are clear there, carbon black is not."""
    nir_contrast: Annotated[Number, within(0, 1)] = Choice(values=(0.0, 0.2, 0.6, 1.0), weights=(3, 2, 1, 1))
    """How much of the pattern is left in the near infrared: 0 where its dyes are all clear."""


class Fabric(Frozen):
    """One cloth; see `FabricSpec`."""

    weave: str
    pattern: str
    scale: float
    colors: tuple[str, ...]
    """The ground's, then the pattern's."""
    nir: tuple[float, ...]
    """Albedo of each at 850 nm."""
    seed: int

    def ribbed(self) -> "Fabric":
        """Return the cloth of collars and cuffs in the colour of the ground."""
        return self.model_copy(update={"weave": "rib", "pattern": "plain"})

    def plain(self, weave: str | None = None) -> "Fabric":
        """Return the same cloth without its pattern, in its own or another weave."""
        return self.model_copy(update={"weave": weave or self.weave, "pattern": "plain"})


def sample_fabric(spec: FabricSpec, key: Key) -> Fabric:
    """Draw a cloth."""
    nir = draw_number(spec.nir_albedo, key.child("nir_albedo"))
    contrast = draw_number(spec.nir_contrast, key.child("nir_contrast"))
    pattern = draw_name(spec.pattern, key.child("pattern"))
    colors, infrared = [draw_name(spec.color, key.child("color"))], [nir]
    for n in range(LAYERS if PATTERNS[pattern] else 0):
        colors.append(_accent(spec.accents, pattern, colors, key.child("accent", n)))
        own = draw_number(spec.nir_albedo, key.child("nir_albedo", n))
        infrared.append(nir + contrast * (own - nir))
    return Fabric(
        weave=draw_name(spec.weave, key.child("weave")),
        pattern=pattern,
        scale=round(draw_number(spec.scale, key.child("scale")), 4),
        colors=tuple(colors),
        nir=tuple(round(value, 4) for value in infrared),
        seed=key.child("seed").integer(31),
    )


def _accent(asked: Name | None, pattern: str, taken: list[str], key: Key) -> str:
    """Return a colour for a layer of a pattern that is not yet taken, if there is any left."""
    if isinstance(asked, str):
        return asked
    known = PATTERNS[pattern]
    if asked is None:
        weights = dict(known.colors if known else {})
    else:
        weights = dict(zip(asked.values, asked.weights or [1.0] * len(asked.values), strict=True))
    weights = {name: weight for name, weight in weights.items() if weight > 0}
    if known and known.once:
        weights = {name: weight for name, weight in weights.items() if _contrast(name, taken[0]) > LEGIBLE} or weights
    left = {name: weight for name, weight in weights.items() if name not in taken} or weights
    return draw_one(left, left.values(), key)


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two dyes, 1 to 21. Source: W3C, Web Content Accessibility Guidelines 2.2, 1.4.3."""
    low, high = sorted(float(luminance(FABRIC_COLORS[name])) for name in (one, other))
    return (high + 0.05) / (low + 0.05)


def fabric_material(fabric: Fabric, dye: Spectrum | None = None) -> Textile:
    """Return what a cloth is made of; a dye of its own instead of the ground's named colour."""
    weave, pattern = WEAVES[fabric.weave], PATTERNS[fabric.pattern]
    ground, *accents = (_dye(color, nir) for color, nir in zip(fabric.colors, fabric.nir, strict=True))
    return Textile(
        albedo=dye or ground,
        roughness=weave.roughness,
        ior=weave.ior,
        weave=weave_tile(fabric.weave),
        depth_mm=weave.depth_mm,
        thread_mm=weave.tile_mm / weave.threads,
        weft=Spectrum(WEFT_RGB, fabric.nir[0], fabric.nir[0]) if weave.weft else None,
        pattern=pattern.tile(fabric.scale, fabric.seed) if pattern else None,
        accents=tuple(accents),
        sheen=weave.sheen,
        streak=weave.streak,
        uneven=weave.uneven,
        yarn_mm=weave.yarn_mm,
        seam_mm=weave.seam_mm,
        stitch=Spectrum(weave.stitch, THREAD_NIR, THREAD_NIR) if weave.stitch else None,
        fade=weave.fade,
        crumple_mm=weave.crumple_mm,
        crumple_at_mm=float(fabric.seed % CRUMPLES) * CRUMPLES_APART_MM,
    )


def _dye(color: str, nir: float) -> Spectrum:
    return Spectrum(FABRIC_COLORS[color], nir, round(nir**0.95, 4))
