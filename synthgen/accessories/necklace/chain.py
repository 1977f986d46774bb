"""A chain, with a pendant or without."""

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import Solid, even_steps, joined, rounded_rectangle, sweep, tangents
from synthgen.accessories.jewels import JEWELLERY, ORNAMENTS, STONES, facing, jewel_materials, ornament
from synthgen.accessories.kind import ALL_OF_IT, Kind, Worn, drawn
from synthgen.accessories.necklace.lie import loop, outward
from synthgen.accessories.pieces import Piece, worn_mesh
from synthgen.accessories.surfaces import body_surface, set_off
from synthgen.distributions import Name, NameChoice, Number, TruncatedNormal, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.mesh import unit
from synthgen.parts import Part
from synthgen.rng import Key

PENDANTS = ("none", *ORNAMENTS)
LINK = 1.55
"""Length of a link over the distance from link to link."""


class ChainSpec(Frozen):
    """A chain about the neck."""

    kind: Literal["chain"] = "chain"
    length_mm: Annotated[Number, within(380, 800)] = TruncatedNormal(mean=470, sd=60, low=400, high=650)
    """Of the whole chain."""
    link_mm: Annotated[Number, within(1.8, 9)] = TruncatedNormal(mean=3, sd=1.2, low=2, high=7)
    """From link to link."""
    pendant: Annotated[Name, one_of(PENDANTS)] = NameChoice(values=PENDANTS)
    """What hangs from it."""
    pendant_mm: Annotated[Number, within(5, 40)] = TruncatedNormal(mean=15, sd=5, low=8, high=30)
    """Size of the pendant."""
    metal: Annotated[Name, one_of(JEWELLERY)] = "all"
    """What is metal."""
    stone: Annotated[Name, one_of(STONES)] = "all"
    """What of the pendant is stone, if anything."""


class Chain(Frozen):
    """One chain; see `ChainSpec`."""

    kind: Literal["chain"] = "chain"
    length_mm: float
    link_mm: float
    pendant: str
    pendant_mm: float
    metal: str
    stone: str


def sample(spec: ChainSpec, key: Key) -> Chain:
    """Draw a chain."""
    return drawn(Chain, spec, key)


def build(chain: Chain, fit: Fit) -> Worn:
    """Return a chain on a person."""
    ground = body_surface(fit)
    path = loop(fit, ground, chain.length_mm, 0.85 * chain.link_mm)
    pieces: list[Piece] = [(links(path, outward(path, ground), chain.link_mm), "metal")]
    if chain.pendant != "none":
        low = int((path @ fit.down).argmax())
        out = outward(path[low : low + 1], ground)[0]
        hang = unit(fit.down - out * (fit.down @ out) + 0.02 * fit.down)
        at = path[low] + hang * (chain.pendant_mm / 2 + 0.6 * chain.link_mm)
        back = at + out * (0.4 - float(ground.distance(at[None])[0].min()))
        solids, names = zip(*ornament(chain.pendant, chain.pendant_mm, back, facing(out, -hang)), strict=True)
        pieces += zip(set_off(solids, ground, 0.2), names, strict=True)
    return Worn((worn_mesh("chain", "chain", Part.NECKLACE, pieces, fit),))


def links(path: NDArray, out: NDArray, pitch_mm: float) -> Solid:
    """Return a chain of oval links along a path (n, 3), each turned a quarter against the one before.

    Args:
        path: (n, 3)
        out: (n, 3) away from what it lies on.
        pitch_mm: From link to link.
    """
    length = np.linalg.norm(np.diff(path, axis=0), axis=1).sum()
    count = max(int(length / pitch_mm), 2)
    at, ways = even_steps(path, count), unit(even_steps(out, count))
    along = tangents(at)
    side = unit(np.cross(along, ways))
    up = np.cross(side, along)
    angle = (np.arange(10) * 2 * np.pi / 10)[:, None]
    thick = 0.17 * pitch_mm
    profile = rounded_rectangle(thick, thick, thick, 2)
    found = []
    for k in range(count):
        lean = np.pi / 4 if k % 2 else -np.pi / 4
        across = np.cos(lean) * side[k] + np.sin(lean) * up[k]
        oval = at[k] + pitch_mm * (0.5 * LINK * np.cos(angle) * along[k] + 0.38 * np.sin(angle) * across)
        found.append(sweep(oval, np.cross(along[k], across), profile, closed=True))
    return joined(found)


def materials(chain: Chain) -> dict[str, Material]:
    """Return the materials of a chain, by the names its meshes use."""
    return jewel_materials("chain", chain.metal, chain.stone)


CHAIN = Kind(ChainSpec, Chain, sample, build, materials, hood="flat", soft=ALL_OF_IT, lift_mm=20.0)
