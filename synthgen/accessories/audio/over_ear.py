"""Headphones whose pads lie about the ears."""

from collections.abc import Mapping
from typing import Annotated, Literal

from synthgen.accessories.audio.cans import cans, pressed_ears
from synthgen.accessories.audio.cups import Shape
from synthgen.accessories.audio.finish import PADS, SHELLS, headphone_materials
from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.distributions import Name, Number, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.rng import Key

PRESSED = 0.35
"""Share of the way that ears are pressed to the head."""


class OverEarSpec(Frozen):
    """Headphones about the ears."""

    kind: Literal["over_ear"] = "over_ear"
    color: Annotated[Name, one_of(SHELLS)] = "all"
    """Of the shells."""
    pads: Annotated[Name, one_of(PADS)] = "all"
    """Of pads and band."""
    size: Annotated[Number, within(0.85, 1.2)] = Uniform(low=0.93, high=1.08)
    """Of pads and shells against the usual."""


class OverEar(Frozen):
    """One pair; see `OverEarSpec`."""

    kind: Literal["over_ear"] = "over_ear"
    color: str
    pads: str
    size: float


def sample(spec: OverEarSpec, key: Key) -> OverEar:
    """Draw headphones."""
    return drawn(OverEar, spec, key)


def build(worn: OverEar, fit: Fit) -> Worn:
    """Return headphones on a head."""
    shape = Shape(on_ear=False, room=4.0 * worn.size, pad=17.0 * worn.size, thickness=14.0, depth=17.0 * worn.size)
    return cans("over_ear", shape, fit, 14.0, padded=True)


def materials(worn: OverEar) -> dict[str, Material]:
    """Return the materials of headphones, by the names their meshes use."""
    return headphone_materials("over_ear", worn.color, worn.pads)


def targets(worn: OverEar) -> Mapping[str, float]:
    """Return how pads press the ears."""
    return pressed_ears(PRESSED)


OVER_EAR = Kind(OverEarSpec, OverEar, sample, build, materials, targets)
