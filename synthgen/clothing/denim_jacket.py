"""A denim jacket: turned-down collar, yoke, breast pockets, metal buttons, worn open."""

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.blazer import box
from synthgen.clothing.closures import buttons, places_on
from synthgen.clothing.collars import neck_edge
from synthgen.clothing.drape import Dummy
from synthgen.clothing.form import behind_mm, beyond_armhole_mm
from synthgen.clothing.kind import GarmentKind
from synthgen.clothing.neck import hem, outside_v, round_neck, sleeve, sleeved
from synthgen.clothing.pattern import Pattern, cut
from synthgen.clothing.relax import evened
from synthgen.clothing.sewing import Clothes, ClothesSpec, Sewn, closeness, sample_clothes, sew, step_mm
from synthgen.clothing.shirt_collar import collar_mesh
from synthgen.distributions import NameChoice, Number, Uniform, within
from synthgen.fabrics import FabricSpec, fabric_material
from synthgen.materials import SEAM_REACH_MM, Material, Metal, Spectrum
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.ramps import smooth_step
from synthgen.rng import Key

SLEEVE_MM, HIP_MM, CUFF_MM, BAND_MM = 440.0, 20.0, 48.0, 42.0
POINT_MM, HALF_MM, PLACKET_MM, YOKE_MM = 130.0, 62.0, 24.0, 440.0
FLAP_MM = (52.0, 138.0, 398.0, 440.0)
DARTS_MM = (62.0, 0.07), (128.0, 0.17)
"""Where the seams below each pocket begin at its height, and how far they go to the middle for each millimetre down."""
CREST_MM, RUBBED, SMOOTH_ROUNDS = (0.5, 4.0), 0.8, 20
"""Height of folds, against cloth evened so far in edges, from where they are worn; and how worn edges are."""


class DenimJacketSpec(ClothesSpec):
    """A denim jacket, open."""

    kind: Literal["denim_jacket"] = "denim_jacket"
    fabric: FabricSpec = FabricSpec(
        weave="denim",
        color=NameChoice(values=("denim", "blue", "navy", "black", "sky"), weights=(50, 15, 12, 13, 10)),
    )
    """The cloth."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.005, high=0.010)
    """How loosely it hangs."""


class DenimJacket(Clothes):
    """One denim jacket; see `DenimJacketSpec`."""

    kind: Literal["denim_jacket"] = "denim_jacket"


def sample(spec: DenimJacketSpec, key: Key) -> DenimJacket:
    """Draw a denim jacket."""
    return sample_clothes(DenimJacket, spec, key)


def _opening(rest_mm: NDArray) -> NDArray:
    return outside_v(rest_mm, POINT_MM - 500, HALF_MM + 20, 560)


def _neckline(rest_mm: NDArray) -> NDArray:
    return np.minimum(round_neck(rest_mm, 0, 0, 4), _opening(rest_mm))


def _inside(rest_mm: NDArray) -> NDArray:
    return sleeved(_neckline(rest_mm), rest_mm, SLEEVE_MM, HIP_MM)


def _flaps(rest_mm: NDArray) -> NDArray:
    x = np.abs(rest_mm[:, 0])
    return box(rest_mm, x, FLAP_MM) - 0.3 * np.abs(x - 95) * (rest_mm[:, 2] < 419)


def _bands(rest_mm: NDArray) -> NDArray:
    ends = np.minimum(sleeve(rest_mm, SLEEVE_MM) - CUFF_MM, hem(rest_mm, HIP_MM) - BAND_MM)
    return np.minimum(ends, np.where(rest_mm[:, 1] < -30, _opening(rest_mm) - PLACKET_MM, 99))


def _yoke(rest_mm: NDArray) -> NDArray:
    return rest_mm[:, 2] - YOKE_MM


def _dart(rest_mm: NDArray, begins_mm: float, slope: float) -> NDArray:
    """Return how far places (n, 3) lie outside a seam that runs down from a pocket (n,)."""
    return np.abs(rest_mm[:, 0]) - begins_mm + slope * (FLAP_MM[2] - rest_mm[:, 2])


@lru_cache(maxsize=1)
def _pattern() -> Pattern:
    steps = (_flaps, _bands)
    lines = [line for f in steps for line in (f, lambda rest, f=f: f(rest) + (1 if f is _bands else -1))]
    return cut(_inside, [*lines, _yoke, *(lambda rest, dart=dart: _dart(rest, *dart) for dart in DARTS_MM)])


def _seams(pattern: Pattern) -> NDArray:
    """Return distances (k, n) from all seams, > 0 on the side with stitches."""
    rest = pattern.rest_mm
    below = (rest[:, 2] < FLAP_MM[2]) & (rest[:, 1] < -30) & (_bands(rest) > 0)
    darts = [np.where(below, _dart(rest, *dart), 99.0) for dart in DARTS_MM]
    edges = _flaps(rest), -_bands(rest), pattern.inside_mm
    hole = beyond_armhole_mm(rest)
    return np.stack([-hole, behind_mm(rest), np.where(hole < 0, _yoke(rest), 99.0), *edges, *darts])


def _rubbed(pattern: Pattern, sewn: Sewn) -> NDArray:
    """Return how worn the mesh is (v,): on the crests of folds, and where its edges are turned in."""
    low = evened(sewn.vertices, pattern.smoothing, SMOOTH_ROUNDS)
    height = 1e3 * ((sewn.vertices - low) * sewn.normals).sum(1)
    crest = smooth_step(height - evened(height, pattern.smoothing, 2 * SMOOTH_ROUNDS), *CREST_MM)
    return np.concatenate([crest, np.full(len(sewn.mesh.vertices) - len(crest), RUBBED)])


def build(jacket: DenimJacket, body: Dummy) -> tuple[Mesh, ...]:
    """Return the jacket over what is worn."""
    pattern = _pattern()
    rest, seams = pattern.rest_mm, _seams(pattern)
    sewn = sew(
        "denim_jacket",
        pattern,
        body,
        jacket,
        tight=np.maximum(closeness(_neckline(rest), 30), closeness(_bands(rest), 30) * 0.8),
        thickness_m=0.0022,
        folds=0.9,
        raised_mm=step_mm(_flaps(rest), 2.0) + step_mm(-_bands(rest), 1.5),
        seams=tuple(seams[2:]),
        part=Part.CLOTHING_OUTER,
    )
    side = np.sign(np.take_along_axis(seams, np.abs(seams).argmin(0)[None], 0)[0])
    turned_in = np.full(len(sewn.mesh.vertices) - len(rest), -1.0)
    cloth = sewn.mesh.with_attributes({"stitched": np.concatenate([side, turned_in]), "wear": _rubbed(pattern, sewn)})
    edge = neck_edge(pattern, sewn.vertices, ahead_deg=34)
    collar = collar_mesh(
        "denim_jacket",
        edge,
        body,
        sewn,
        (0.028, 0.008),
        (0.055, 0.072),
        0.004,
        spread=(0.55, 1.4),
        thickness_m=0.0026,
        gap_m=0.0045,
        roll_m=(0.0045, 0.0015),
        part=Part.CLOTHING_OUTER,
    )
    places = np.array([[x, z] for x, z in _studs()])
    points, normals = places_on(pattern, sewn, places)
    collar = collar.with_attributes(
        {"stitched": np.ones(len(collar.vertices)), "wear": RUBBED * collar.attributes["seam"] / SEAM_REACH_MM}
    )
    return cloth, collar, buttons("denim_jacket_studs", "denim_jacket", points, normals, 16.0, Part.CLOTHING_OUTER)


def _studs() -> list[tuple[float, float]]:
    """Return (x, z) at rest of the buttons: down the left front, and on the pockets' flaps."""
    steep = (560 - (POINT_MM - 500)) / (HALF_MM + 20)
    front = [((z - (POINT_MM - 500)) / steep + PLACKET_MM / 2, z) for z in (520.0, 462.0, 352.0, 270.0, 188.0, 106.0)]
    return [*front, (95.0, 408.0), (-95.0, 408.0)]


def materials(jacket: DenimJacket) -> dict[str, Material]:
    """Return what a denim jacket is made of."""
    return {
        "denim_jacket": fabric_material(jacket.fabric),
        "denim_jacket_button": Metal(Spectrum((0.62, 0.38, 0.22), 0.8, 0.8), 0.3),
    }


DENIM_JACKET = GarmentKind(DenimJacketSpec, DenimJacket, sample, build, lambda jacket, rest: _inside(rest), materials)
