"""A bandana: a kerchief folded to a triangle, over the nose or about the neck, tied behind."""

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import Solid, ellipsoid, rounded_rectangle, spline, sweep, xyz
from synthgen.accessories.kind import ALL_OF_IT, Kind, Worn, drawn, one_after_the_other
from synthgen.accessories.mask.loops import head_strap
from synthgen.accessories.mask.meshes import sheet_mesh, with_cloth
from synthgen.accessories.mask.press import press_under_sheet
from synthgen.accessories.mask.sheet import Cut, Sheet, lay, spread
from synthgen.accessories.pieces import Piece, worn_mesh
from synthgen.accessories.surfaces import body_surface, set_off
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.noise import noise
from synthgen.parts import Part
from synthgen.ramps import smooth_step
from synthgen.rng import Key

WEARS = ("on", "under_nose", "chin")
THICKNESS_MM = 0.7
KNOT_MM = np.array([0.0, 0.0, -8.0])
"""From the middle of the nape to the knot."""
KNOT_GAP_MM = 0.3


class BandanaSpec(Frozen):
    """A bandana over the lower face."""

    kind: Literal["bandana"] = "bandana"
    wear: Annotated[Name, one_of(WEARS)] = NameChoice(values=WEARS, weights=(6, 1, 1))
    """How it is worn."""
    fabric: FabricSpec = FabricSpec(
        weave="plain",
        pattern=NameChoice(values=("flowers", "dots", "plain", "windowpane"), weights=(4, 2, 2, 1)),
        scale=Uniform(low=0.45, high=0.8),
        color=NameChoice(values=("red", "navy", "black", "white", "green", "yellow"), weights=(3, 3, 3, 1, 1, 1)),
    )
    """What it is made of."""
    drop_mm: Annotated[Number, within(20, 120)] = Uniform(low=45, high=90)
    """How far its point hangs below the chin."""


class Bandana(Frozen):
    """One bandana; see `BandanaSpec`."""

    kind: Literal["bandana"] = "bandana"
    wear: str
    fabric: Fabric
    drop_mm: float
    seed: int


def sample(spec: BandanaSpec, key: Key) -> Bandana:
    """Draw a bandana."""
    return drawn(Bandana, spec, key)


def build(bandana: Bandana, fit: Fit) -> Worn:
    """Return a bandana on a face."""
    cut = Cut(reach=0.97, top_power=1.35, high_mm=22, low_mm=-10, border_rounds=14, hang_mm=bandana.drop_mm)
    sheet = lay(fit, bandana.wear, cut, spread(97, low=-1, high=1), spread(89, 0.97))
    points = sheet.raised(_height(sheet, bandana), fit, THICKNESS_MM)
    body = sheet_mesh("bandana", "cloth", Part.FACEWEAR, points, THICKNESS_MM, fit)
    middle = len(sheet.up) // 2
    strap, press = head_strap(fit, (points[middle, -3], points[middle, 2]), fit.anchor("nape") + KNOT_MM, 11.0)
    band = worn_mesh("bandana_tie", "bandana", Part.FACEWEAR, [(strap, "cloth"), *_knot(strap, fit)], fit)
    local = fit.from_world(band.vertices)
    presses = [one for one in (press_under_sheet(sheet, points, THICKNESS_MM), press) if one]
    return Worn((body, with_cloth(band, local[:, [0, 2]])), one_after_the_other(presses))


def _height(sheet: Sheet, bandana: Bandana) -> NDArray:
    """Return how far (n, m) the cloth stands off: folds where it hangs, creases drawn to the sides, a hem."""
    s, v = np.meshgrid(sheet.across, sheet.up)
    flat = np.column_stack([70 * s.ravel(), 30 * v.ravel(), 0 * v.ravel()])
    folds = noise(flat, 24.0, Key(f"bandana/{bandana.seed}")).reshape(s.shape)
    far = np.abs(s)
    drag = np.sin(26 * (v - 0.9 + 0.25 * far)) * 0.9 * smooth_step(far, 0.35, 0.9) * (1 - smooth_step(far, 0.9, 1.0))
    loose = (1 - smooth_step(v, 0.35, 0.8)) * (1 - smooth_step(far, 0.7, 1.0))
    return 3.5 * loose * folds + drag + 0.4 * smooth_step(v, 0.965, 0.975)


def _knot(strap: Solid, fit: Fit) -> list[Piece]:
    """Return a knot behind the head and its two ends."""
    at = strap.vertices[strap.vertices[:, 1] > strap.vertices[:, 1].max() - 1.0].mean(0)
    ground = body_surface(fit)
    knot = ellipsoid(np.array([11.0, 7.0, 9.0]), 20).moved(np.eye(3), at + xyz(0, 9.0, 0))
    pieces: list[Piece] = [(solid, "cloth") for solid in set_off([knot], ground, KNOT_GAP_MM)]
    for sign in (1, -1):
        way = np.array([[4, 7, -2], [12, 10, -16], [15, 9, -36], [19, 8, -58]], float) * [sign, 1, 1]
        path = spline(at + way, 30)
        path = ground.push_out(path, 4.0)
        wide = np.interp(np.linspace(0, 1, 30), [0, 0.3, 0.9, 1], [5.0, 10.0, 13.0, 9.0])
        profile = np.stack([rounded_rectangle(half, 0.9, 0.6) for half in wide])
        end = sweep(path, np.array([1.0, 0.25 * sign, 0]), profile)
        pieces += [(solid, "cloth") for solid in set_off([end], ground, KNOT_GAP_MM)]
    return pieces


def materials(bandana: Bandana) -> dict[str, Material]:
    """Return the materials of a bandana, by the names its meshes use."""
    return {"bandana_cloth": fabric_material(bandana.fabric)}


BANDANA = Kind(BandanaSpec, Bandana, sample, build, materials, soft=ALL_OF_IT)
