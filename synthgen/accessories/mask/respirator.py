"""A half-face respirator: a rubber facepiece with two filters, straps round the head."""

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import lathe, xyz
from synthgen.accessories.jewels import facing
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.mask.cup import dome
from synthgen.accessories.mask.loops import strapped
from synthgen.accessories.mask.nonwoven import elastic
from synthgen.accessories.mask.sheet import Cut, Sheet, lay, spread
from synthgen.accessories.pieces import Piece
from synthgen.accessories.surfaces import body_surface, set_off
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material, Rgb, Spectrum, Surface
from synthgen.mesh import unit
from synthgen.ramps import smooth_step
from synthgen.rng import Key

WEARS = ("on", "chin")
RUBBERS: dict[str, tuple[Rgb, float]] = {
    "grey": ((0.16, 0.17, 0.18), 0.35),
    "black": ((0.018, 0.018, 0.019), 0.05),
    "blue": ((0.06, 0.12, 0.22), 0.4),
}
FILTERS: dict[str, tuple[Rgb, float]] = {
    "pink": ((0.62, 0.16, 0.30), 0.7),
    "black": ((0.03, 0.03, 0.03), 0.06),
    "white": ((0.70, 0.70, 0.68), 0.75),
    "yellow": ((0.62, 0.50, 0.10), 0.7),
}
"""Colour, linear sRGB, and albedo in the near infrared; plausible, not measured."""
THICKNESS_MM, GAP_MM = 2.6, 0.5
PORT = (0.50, 0.46)
"""Where a filter sits: across and up the facepiece."""


class RespiratorSpec(Frozen):
    """A half-face respirator."""

    kind: Literal["respirator"] = "respirator"
    wear: Annotated[Name, one_of(WEARS)] = NameChoice(values=WEARS, weights=(9, 1))
    """How it is worn."""
    rubber: Annotated[Name, one_of(RUBBERS)] = "all"
    """Colour of the facepiece."""
    filters: Annotated[Name, one_of(FILTERS)] = "all"
    """Colour of the filters."""
    filter_mm: Annotated[Number, within(40, 100)] = Uniform(low=62, high=80)
    """Diameter of the filters."""


class Respirator(Frozen):
    """One respirator; see `RespiratorSpec`."""

    kind: Literal["respirator"] = "respirator"
    wear: str
    rubber: str
    filters: str
    filter_mm: float


def sample(spec: RespiratorSpec, key: Key) -> Respirator:
    """Draw a respirator."""
    return drawn(Respirator, spec, key)


def build(mask: Respirator, fit: Fit) -> Worn:
    """Return a respirator on a face."""
    cut = Cut(reach=0.5, top_power=2.0, high_mm=10, low_mm=-18, border_rounds=3)
    sheet = lay(fit, mask.wear, cut, spread(73, -0.88, 0.88, low=-1, high=1), spread(73, 0.08, 0.92))
    points = sheet.raised(_height(sheet), fit, THICKNESS_MM)
    pieces, ground = _middle(sheet, points), body_surface(fit)
    for side in SIDES:
        solids, materials = zip(*_filter(sheet, points, side, mask.filter_mm), strict=True)
        pieces += zip(set_off(solids, ground, GAP_MM), materials, strict=True)
    return strapped("respirator", sheet, points, THICKNESS_MM, fit, pieces, 6.0)


def _height(sheet: Sheet) -> NDArray:
    """Return how far (n, m) the facepiece stands off: a soft rim that lies on the face, then the body."""
    v, s = np.meshgrid(sheet.up, sheet.across, indexing="ij")
    edge = np.minimum(np.minimum(v, 1 - v), 0.8 * (1 - np.abs(s)))
    rim = 1.5 * np.exp(-(((edge - 0.05) / 0.035) ** 2))
    nose = -5.0 * smooth_step(v, 0.55, 0.8) * np.clip(1 - np.abs(s) / 0.5, 0, 1)
    return np.maximum(dome(sheet, 17.0, 0.75) + nose, 0) + rim


def _turn(sheet: Sheet, points: NDArray, across: float, up: float) -> tuple[NDArray, NDArray]:
    """Return a point (3,) of the facepiece, and its normal (3,)."""
    row, column = int(np.abs(sheet.up - up).argmin()), int(np.abs(sheet.across - across).argmin())
    along = points[row, column + 3] - points[row, column - 3]
    return points[row, column], unit(np.cross(along, points[row + 3, column] - points[row - 3, column]))


def _middle(sheet: Sheet, points: NDArray) -> list[Piece]:
    """Return the cover of the exhalation valve before the mouth."""
    at, normal = _turn(sheet, points, 0.0, 0.42)
    turn = facing(unit(normal + xyz(0, 0, -0.35)), np.array([0, 0, 1.0]))
    profile = [[0, -2.5], [19, -2.5], [19, 3], [18, 5], [15.5, 6.2], [15, 9.5], [13.8, 11], [10, 12], [0, 12.4]]
    return [(lathe(np.array(profile, float), 40).moved(turn, at), "shell")]


def _filter(sheet: Sheet, points: NDArray, side: str, diameter_mm: float) -> list[Piece]:
    """Return a filter and its mount, turned out, forwards and a little down."""
    sign, r = SIDES[side], diameter_mm / 2
    at, normal = _turn(sheet, points, sign * PORT[0], PORT[1])
    way = unit(unit(normal * [0.75, 1, 1]) + xyz(0, -0.15, -0.25))
    turn = facing(way, np.array([0, 0, 1.0]))
    mount = [[0, -3], [0.5 * r, -3], [0.5 * r, 4], [0.56 * r, 5], [0.56 * r, 8], [0, 8]]
    can = [[0, 7], [0.9 * r, 7], [r, 8.5], [r, 22], [0.96 * r, 24], [0.86 * r, 25], [0.82 * r, 23.8], [0, 23.8]]
    ribs = [[0, 23.4], [0.7 * r, 23.4], [0.7 * r, 24.8], [0.6 * r, 25], [0.6 * r, 23.9], [0.4 * r, 23.9]]
    ribs += [[0.4 * r, 25.2], [0.3 * r, 25.2], [0.3 * r, 24.0], [0, 24.0]]
    return [
        (lathe(np.array(mount), 40).moved(turn, at), "shell"),
        (lathe(np.array(can), 56).moved(turn, at), "filter"),
        (lathe(np.array(ribs), 56).moved(turn, at), "shell"),
    ]


def materials(mask: Respirator) -> dict[str, Material]:
    """Return the materials of a respirator, by the names its meshes use."""
    (rubber, nir), (color, filter_nir) = RUBBERS[mask.rubber], FILTERS[mask.filters]
    return {
        "respirator_cloth": Surface(Spectrum(rubber, nir, nir), roughness=0.5, ior=1.5),
        "respirator_shell": Surface(Spectrum((0.03, 0.03, 0.032), 0.08, 0.08), roughness=0.35, ior=1.5),
        "respirator_filter": Surface(Spectrum(color, filter_nir, filter_nir), roughness=0.4, ior=1.5),
        "respirator_strap": elastic("black"),
    }


RESPIRATOR = Kind(RespiratorSpec, Respirator, sample, build, materials, soft=("respirator_strap",), lift_mm=6.0)
