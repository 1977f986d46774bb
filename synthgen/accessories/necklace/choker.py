"""A band close about the neck."""

from dataclasses import replace
from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.cords import neck_plane, taut_ring
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import rounded_rectangle, sweep
from synthgen.accessories.jewels import JEWELLERY, ORNAMENTS, STONES, facing, jewel_materials, ornament
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.pieces import Piece, worn_mesh
from synthgen.accessories.surfaces import set_off
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import FABRIC_COLORS, Material, Relief, Spectrum, Textile
from synthgen.parts import Part
from synthgen.rng import Key

PENDANTS = ("none", *ORNAMENTS)
THICKNESS_MM, GAP_MM = 1.2, 0.5
ABOVE_NAPE_MM, ABOVE_THROAT_MM = 22.0, (20.0, 15.0, 10.0, 5.0)
"""How far above the base of the neck and above the throat's hollow a choker is: the highest that the chin leaves."""
DEEPEST_MM = 0.5
"""How far the chin may press on it."""
SKIN_MM = 0.1
"""Least distance from the skin."""


class ChokerSpec(Frozen):
    """A band of velvet close about the neck."""

    kind: Literal["choker"] = "choker"
    width_mm: Annotated[Number, within(3, 25)] = Uniform(low=6, high=16)
    """Of the band."""
    color: Annotated[Name, one_of(FABRIC_COLORS)] = NameChoice(values=("black", "black", "navy", "burgundy", "white"))
    """Of the band."""
    nir_albedo: Annotated[Number, within(0, 1)] = Uniform(low=0.05, high=0.7)
    """Of the band in the near infrared, whatever its colour."""
    pendant: Annotated[Name, one_of(PENDANTS)] = NameChoice(values=PENDANTS, weights=(7, *([1] * len(ORNAMENTS))))
    """What hangs from it."""
    pendant_mm: Annotated[Number, within(5, 25)] = Uniform(low=7, high=14)
    """Size of the pendant."""
    metal: Annotated[Name, one_of(JEWELLERY)] = "all"
    """What of the pendant is metal."""
    stone: Annotated[Name, one_of(STONES)] = "all"
    """What of the pendant is stone, if anything."""


class Choker(Frozen):
    """One choker; see `ChokerSpec`."""

    kind: Literal["choker"] = "choker"
    width_mm: float
    color: str
    nir_albedo: float
    pendant: str
    pendant_mm: float
    metal: str
    stone: str


def sample(spec: ChokerSpec, key: Key) -> Choker:
    """Draw a choker."""
    return drawn(Choker, spec, key)


def build(choker: Choker, fit: Fit) -> Worn:
    """Return a choker on a neck."""
    rays = fit.body_rays
    for above in ABOVE_THROAT_MM:
        middle, ahead, left = neck_plane(fit, ABOVE_NAPE_MM, above)
        axis = np.cross(ahead, left)
        rows = [
            taut_ring(rays, middle + height * axis, ahead, left, 120)
            for height in np.linspace(-0.5, 0.5, 5) * choker.width_mm
        ]
        radius = np.max(rows, axis=0) + GAP_MM + THICKNESS_MM / 2
        angle = np.arange(len(radius))[:, None] * 2 * np.pi / len(radius)
        path = middle + radius[:, None] * (np.cos(angle) * ahead + np.sin(angle) * left)
        band = sweep(path, axis, rounded_rectangle(choker.width_mm / 2, THICKNESS_MM / 2, 0.5, 4), closed=True)
        if fit.distance(band.vertices)[0].min() > -DEEPEST_MM:
            break
    band = replace(band, vertices=fit.push_out(band.vertices, SKIN_MM))
    pieces: list[Piece] = [(band, "band")]
    if choker.pendant != "none":
        at = path[0] - axis * (choker.width_mm / 2 + choker.pendant_mm / 2) + ahead * 0.2
        solids, names = zip(*ornament(choker.pendant, choker.pendant_mm, at, facing(ahead, axis)), strict=True)
        pieces += zip(set_off(solids, fit, SKIN_MM), names, strict=True)
    return Worn((worn_mesh("choker", "choker", Part.NECKLACE, pieces, fit),))


def materials(choker: Choker) -> dict[str, Material]:
    """Return the materials of a choker, by the names its meshes use."""
    color = Spectrum(FABRIC_COLORS[choker.color], choker.nir_albedo, choker.nir_albedo)
    velvet = Textile(color, roughness=0.9, ior=1.4, sheen=0.6, relief=(Relief(2.5, 0.05),))
    return {"choker_band": velvet, **jewel_materials("choker", choker.metal, choker.stone)}


CHOKER = Kind(ChokerSpec, Choker, sample, build, materials)
