"""True wireless earbuds, with stems or without."""

from typing import Annotated, Literal

from synthgen.accessories.audio.buds import body, face, seat, stem, tip
from synthgen.accessories.audio.finish import ACCENT, SHELLS, shell
from synthgen.accessories.earrings.lobes import WORN_ON
from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.pieces import Piece, worn_mesh
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material, Spectrum, Surface
from synthgen.parts import Part
from synthgen.rng import Key

SHAPES = ("stem", "round")


class EarbudsSpec(Frozen):
    """True wireless earbuds."""

    kind: Literal["earbuds"] = "earbuds"
    side: Annotated[Name, one_of(WORN_ON)] = NameChoice(values=tuple(WORN_ON), weights=(8, 1, 1))
    """In which ears."""
    shape: Annotated[Name, one_of(SHAPES)] = "all"
    """With a stem or without."""
    stem_mm: Annotated[Number, within(10, 35)] = Uniform(low=17, high=26)
    """Length of the stem."""
    color: Annotated[Name, one_of(SHELLS)] = NameChoice(values=tuple(SHELLS), weights=(4, 1, 1, 8, 1, 1, 1, 1))
    """Of the buds."""


class Earbuds(Frozen):
    """One pair of earbuds; see `EarbudsSpec`."""

    kind: Literal["earbuds"] = "earbuds"
    side: str
    shape: str
    stem_mm: float
    color: str


def sample(spec: EarbudsSpec, key: Key) -> Earbuds:
    """Draw earbuds."""
    return drawn(Earbuds, spec, key)


def build(worn: Earbuds, fit: Fit) -> Worn:
    """Return earbuds in the ears."""
    pieces: list[Piece] = []
    for side in WORN_ON[worn.side]:
        bud = seat(fit, side)
        outside = stem(bud, fit, worn.stem_mm, 2.9)[0] if worn.shape == "stem" else face(bud)
        pieces += [*body(bud), *tip(bud, fit), *outside]
    return Worn((worn_mesh("earbuds", "earbuds", Part.HEADPHONES, pieces, fit),))


def materials(worn: Earbuds) -> dict[str, Material]:
    """Return the materials of earbuds, by the names their meshes use."""
    return {
        "earbuds_shell": shell(worn.color, 0.14),
        "earbuds_grille": Surface(Spectrum((0.02, 0.02, 0.02), 0.06, 0.06), roughness=0.6),
        "earbuds_tip": Surface(Spectrum((0.55, 0.55, 0.55), 0.6, 0.6), roughness=0.5, ior=1.42),
        "earbuds_metal": ACCENT,
    }


EARBUDS = Kind(EarbudsSpec, Earbuds, sample, build, materials)
