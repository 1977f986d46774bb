"""Headphones whose pads lie about the ears."""

from collections.abc import Mapping
from typing import Literal

from synthgen.accessories.audio.cans import cans, pressed_ears
from synthgen.accessories.audio.cups import Shape
from synthgen.accessories.audio.finish import Headphones, HeadphonesSpec, headphone_materials
from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.materials import Material
from synthgen.rng import Key

PRESSED = 0.35
"""Share of the way that ears are pressed to the head."""


class OverEarSpec(HeadphonesSpec):
    """Headphones about the ears."""

    kind: Literal["over_ear"] = "over_ear"


class OverEar(Headphones):
    """One pair; see `OverEarSpec`."""

    kind: Literal["over_ear"] = "over_ear"


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
