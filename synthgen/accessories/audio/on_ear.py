"""Headphones whose pads lie on the ears."""

from collections.abc import Mapping
from typing import Literal

from synthgen.accessories.audio.cans import cans, pressed_ears
from synthgen.accessories.audio.cups import Shape
from synthgen.accessories.audio.finish import Headphones, HeadphonesSpec, headphone_materials
from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.materials import Material
from synthgen.rng import Key

PRESSED = 0.8
"""Share of the way that ears are pressed to the head."""


class OnEarSpec(HeadphonesSpec):
    """Headphones on the ears."""

    kind: Literal["on_ear"] = "on_ear"


class OnEar(Headphones):
    """One pair; see `OnEarSpec`."""

    kind: Literal["on_ear"] = "on_ear"


def sample(spec: OnEarSpec, key: Key) -> OnEar:
    """Draw headphones."""
    return drawn(OnEar, spec, key)


def build(worn: OnEar, fit: Fit) -> Worn:
    """Return headphones on a head."""
    shape = Shape(on_ear=True, room=9.0, pad=19.0 * worn.size, thickness=8.0, depth=11.0 * worn.size, square=2.0)
    return cans("on_ear", shape, fit, 9.0, padded=False)


def materials(worn: OnEar) -> dict[str, Material]:
    """Return the materials of headphones, by the names their meshes use."""
    return headphone_materials("on_ear", worn.color, worn.pads)


def targets(worn: OnEar) -> Mapping[str, float]:
    """Return how pads press the ears."""
    return pressed_ears(PRESSED)


ON_EAR = Kind(OnEarSpec, OnEar, sample, build, materials, targets)
