"""An N95 mask: a moulded cup, with a valve or without, two straps round the head."""

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.mask.cup import dome, nose_clip, valve
from synthgen.accessories.mask.loops import strapped
from synthgen.accessories.mask.nonwoven import COLORS, latex, nonwoven
from synthgen.accessories.mask.sheet import WEARS, Cut, Sheet, lay, spread
from synthgen.accessories.pieces import Piece
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material, Metal, Spectrum, Surface
from synthgen.noise import noise
from synthgen.rng import Key

THICKNESS_MM = 1.8
VALVES = {"none": None, "front": (0.0, 0.5), "side": (0.34, 0.42)}
"""Where the valve is: across and up the sheet."""


class N95Spec(Frozen):
    """A moulded N95 mask."""

    kind: Literal["n95"] = "n95"
    wear: Annotated[Name, one_of(WEARS)] = NameChoice(values=WEARS, weights=(8, 1, 1))
    """How it is worn."""
    valve: Annotated[Name, one_of(VALVES)] = "all"
    """Whether air leaves through a valve, and where."""
    color: Annotated[Name, one_of(COLORS)] = NameChoice(
        values=("white", "grey", "black", "green"), weights=(8, 1, 1, 1)
    )
    """Of its outer side."""
    nir_albedo: Annotated[Number, within(0.02, 0.9)] = Uniform(low=0.65, high=0.85)
    """In the near infrared, whatever its colour."""
    depth_mm: Annotated[Number, within(8, 30)] = Uniform(low=13, high=22)
    """How far the cup stands off the lips."""


class N95(Frozen):
    """One N95 mask; see `N95Spec`."""

    kind: Literal["n95"] = "n95"
    wear: str
    valve: str
    color: str
    nir_albedo: float
    depth_mm: float
    seed: int


def sample(spec: N95Spec, key: Key) -> N95:
    """Draw a mask."""
    return drawn(N95, spec, key)


def build(mask: N95, fit: Fit) -> Worn:
    """Return a mask on a face."""
    across = spread(81, -0.9, 0.9, low=-1, high=1)
    cut = Cut(reach=0.58, top_power=2.2, high_mm=16, low_mm=-20, border_rounds=4)
    sheet = lay(fit, mask.wear, cut, across, spread(81, 0.06, 0.94))
    points = sheet.raised(_height(sheet, mask), fit, THICKNESS_MM)
    pieces: list[Piece] = [(nose_clip(sheet, points), "clip")]
    place = VALVES[mask.valve]
    if place is not None:
        pieces += valve(sheet, points, *place)
    return strapped("n95", sheet, points, THICKNESS_MM, fit, pieces)


def _height(sheet: Sheet, mask: N95) -> NDArray:
    """Return how far (n, m) the mask stands off a taut sheet: the cup, its embossed border, its slight unevenness."""
    v, s = np.meshgrid(sheet.up, sheet.across, indexing="ij")
    border = np.hypot(s, 2 * v - 1)
    emboss = 0.7 * np.exp(-(((border - 0.84) / 0.03) ** 2)) - 0.5 * np.exp(-(((border - 0.91) / 0.02) ** 2))
    flat = np.column_stack([60 * s.ravel(), 60 * v.ravel(), 0 * v.ravel()])
    return dome(sheet, mask.depth_mm) + emboss + 0.25 * noise(flat, 16.0, Key(f"n95/{mask.seed}")).reshape(s.shape)


def materials(mask: N95) -> dict[str, Material]:
    """Return the materials of a mask, by the names its meshes use."""
    return {
        "n95_cloth": nonwoven(mask.color, mask.nir_albedo),
        "n95_strap": latex(),
        "n95_clip": Metal(Spectrum((0.75, 0.75, 0.76), 0.8, 0.8), 0.35),
        "n95_valve": Surface(Spectrum((0.72, 0.72, 0.71), 0.75, 0.75), roughness=0.35, ior=1.49),
    }


N95_MASK = Kind(N95Spec, N95, sample, build, materials, soft=("n95_strap",), lift_mm=6.0)
