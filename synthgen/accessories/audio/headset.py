"""A headset: light headphones with a microphone on a boom."""

from collections.abc import Mapping
from typing import Annotated, Literal

from synthgen.accessories.audio.cans import cans, pressed_ears
from synthgen.accessories.audio.cups import Shape
from synthgen.accessories.audio.finish import Headphones, HeadphonesSpec, headphone_materials
from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.distributions import Name, NameChoice, one_of
from synthgen.materials import Material
from synthgen.rng import Key

PRESSED = 0.7
"""Share of the way that ears are pressed to the head."""
SIDES = ("left", "right")


class HeadsetSpec(HeadphonesSpec):
    """A headset with a microphone."""

    kind: Literal["headset"] = "headset"
    microphone: Annotated[Name, one_of(SIDES)] = NameChoice(values=SIDES)
    """On which side the boom is."""


class Headset(Headphones):
    """One headset; see `HeadsetSpec`."""

    kind: Literal["headset"] = "headset"
    microphone: str


def sample(spec: HeadsetSpec, key: Key) -> Headset:
    """Draw a headset."""
    return drawn(Headset, spec, key)


def build(worn: Headset, fit: Fit) -> Worn:
    """Return a headset on a head."""
    shape = Shape(on_ear=True, room=7.0, pad=17.0 * worn.size, thickness=9.0, depth=9.0 * worn.size, square=2.0)
    return cans("headset", shape, fit, 7.0, padded=False, microphone=worn.microphone)


def materials(worn: Headset) -> dict[str, Material]:
    """Return the materials of a headset, by the names their meshes use."""
    return headphone_materials("headset", worn.color, worn.pads)


def targets(worn: Headset) -> Mapping[str, float]:
    """Return how pads press the ears."""
    return pressed_ears(PRESSED)


HEADSET = Kind(HeadsetSpec, Headset, sample, build, materials, targets)
