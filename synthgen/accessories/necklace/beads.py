"""A string of beads or pearls."""

from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import ellipsoid, even_steps, joined
from synthgen.accessories.jewels import STONES
from synthgen.accessories.kind import ALL_OF_IT, Kind, Worn, drawn
from synthgen.accessories.necklace.lie import loop
from synthgen.accessories.pieces import worn_mesh
from synthgen.accessories.surfaces import body_surface
from synthgen.distributions import Name, Number, TruncatedNormal, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.parts import Part
from synthgen.rng import Key


class BeadsSpec(Frozen):
    """Beads about the neck."""

    kind: Literal["beads"] = "beads"
    length_mm: Annotated[Number, within(380, 800)] = TruncatedNormal(mean=470, sd=60, low=410, high=650)
    """Of the whole string."""
    bead_mm: Annotated[Number, within(3, 20)] = Uniform(low=5, high=11)
    """Diameter of the largest beads, in front."""
    graded: Annotated[Number, within(0, 0.6)] = Uniform(low=0, high=0.4)
    """How much smaller those in the nape are, as a share."""
    stone: Annotated[Name, one_of(STONES)] = "all"
    """What they are made of."""


class Beads(Frozen):
    """One string of beads; see `BeadsSpec`."""

    kind: Literal["beads"] = "beads"
    length_mm: float
    bead_mm: float
    graded: float
    stone: str


def sample(spec: BeadsSpec, key: Key) -> Beads:
    """Draw beads."""
    return drawn(Beads, spec, key)


def build(beads: Beads, fit: Fit) -> Worn:
    """Return beads on a person."""
    path = even_steps(loop(fit, body_surface(fit), beads.length_mm, beads.bead_mm), 2000)
    along = np.linspace(0, 1, len(path))
    diameter = beads.bead_mm * (1 - beads.graded * np.abs(2 * along - 1))
    # a bead every time the cord has run one diameter
    passed = np.cumsum(np.full(len(path), beads.length_mm / len(path)) / diameter)
    at = np.searchsorted(passed, np.arange(0.5, passed[-1], 1.0))
    ball = ellipsoid(np.full(3, 0.5), 14)
    solid = joined([ball.moved(np.eye(3) * diameter[k], path[k]) for k in at])
    return Worn((worn_mesh("beads", "beads", Part.NECKLACE, [(solid, "stone")], fit),))


def materials(beads: Beads) -> dict[str, Material]:
    """Return the materials of beads, by the names their meshes use."""
    return {"beads_stone": STONES[beads.stone]}


BEADS = Kind(BeadsSpec, Beads, sample, build, materials, hood="flat", soft=ALL_OF_IT, lift_mm=20.0)
