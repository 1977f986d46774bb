"""A stud in a nostril."""

from typing import Annotated, Literal

from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.jewels import JEWELLERY, STONES, facing, jewel_materials, ornament
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.pieces import worn_mesh
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.parts import Part
from synthgen.rng import Key

SHAPES = ("ball", "gem", "disc", "pearl")


class NoseStudSpec(Frozen):
    """A stud in a nostril."""

    kind: Literal["nose_stud"] = "nose_stud"
    side: Annotated[Name, one_of(SIDES)] = NameChoice(values=("left", "right"))
    """Which nostril."""
    shape: Annotated[Name, one_of(SHAPES)] = "all"
    """Of the ornament."""
    size_mm: Annotated[Number, within(1, 5)] = Uniform(low=1.6, high=3.2)
    """Of the ornament."""
    metal: Annotated[Name, one_of(JEWELLERY)] = "all"
    """What is metal."""
    stone: Annotated[Name, one_of(STONES)] = "crystal"
    """What is stone, if anything."""


class NoseStud(Frozen):
    """One stud; see `NoseStudSpec`."""

    kind: Literal["nose_stud"] = "nose_stud"
    side: str
    shape: str
    size_mm: float
    metal: str
    stone: str


def sample(spec: NoseStudSpec, key: Key) -> NoseStud:
    """Draw a stud."""
    return drawn(NoseStud, spec, key)


def build(stud: NoseStud, fit: Fit) -> Worn:
    """Return a stud on a nostril."""
    at, way = fit.spot("wing", stud.side)
    pieces = ornament(stud.shape, stud.size_mm, at, facing(way, -fit.down))
    return Worn((worn_mesh("nose_stud", "nose_stud", Part.PIERCING, pieces, fit),))


def materials(stud: NoseStud) -> dict[str, Material]:
    """Return the materials of a stud, by the names its meshes use."""
    return jewel_materials("nose_stud", stud.metal, stud.stone)


NOSE_STUD = Kind(NoseStudSpec, NoseStud, sample, build, materials)
