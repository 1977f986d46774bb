"""A turban: long cloth wound about the head."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.draping.folds import Folds
from synthgen.accessories.draping.ground import off_skin
from synthgen.accessories.draping.knots import knot
from synthgen.accessories.draping.meshes import cloth_mesh
from synthgen.accessories.draping.press import press_below
from synthgen.accessories.draping.wrap import Band, band, form
from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import ALL_OF_IT, Kind, Worn, drawn
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.parts import Part
from synthgen.rng import Key

EARS_BACK = 0.4
THICKNESS_MM, PLEATS = 0.8, 6
"""Of the cloth; and pleats of a dastar on each side."""
ABOVE, BELOW = (0.08, 0.05), (0.17, 0.1)
"""How pleats of a dastar come up where they cross those of the other side, before and behind: `Band.sinks`."""
KNOT_DEG, KNOT_MM, KNOT_OFF_MM = 26.0, (13.0, 25.0, 13.0), 2.5


class TurbanSpec(Frozen):
    """A turban."""

    kind: Literal["turban"] = "turban"
    style: Annotated[Name, one_of(lambda: STYLES)] = "all"
    """`dastar` is the Sikh one with steps that meet in a point over the forehead, `wrap` the West African one with a
    high crown, `twist` crosses over the forehead."""
    fabric: FabricSpec = FabricSpec(weave=NameChoice(values=("plain", "jersey", "satin"), weights=(5, 2, 1)))
    """The cloth."""
    size: Annotated[Number, within(0.6, 1.6)] = Uniform(low=0.8, high=1.25)
    """Of what stands off the head, against the usual."""
    height_deg: Annotated[Number, within(-6, 10)] = Uniform(low=-3, high=4)
    """How much higher than usual the edge over the forehead is."""
    folds: Annotated[Number, within(0.4, 1.6)] = Uniform(low=0.7, high=1.3)
    """Depth of the folds against the usual."""


class Turban(Frozen):
    """One turban; see `TurbanSpec`."""

    kind: Literal["turban"] = "turban"
    style: str
    fabric: Fabric
    size: float
    height_deg: float
    folds: float
    seed: int


def sample(spec: TurbanSpec, key: Key) -> Turban:
    """Draw a turban."""
    return drawn(Turban, spec, key)


def _dastar(turban: Turban) -> list[Band]:
    """Return bands that rise in turn from each side to the middle over the forehead."""
    folds, up = Folds(14, 0.7 * turban.folds, 200), turban.height_deg
    found = [_crown(turban, 40 + up, 1.0)]
    for step in range(PLEATS, 0, -1):
        for side in (1, -1):
            front = 20 + up + 6.6 * step + (1.5 if side < 0 else 0)
            ear, back = -16 + 8.0 * step, -26 + 8.6 * step
            found.append(
                Band(
                    azimuths=(-30 * side, 196 * side),
                    lower=(front + 9, front + 2, front - 6, ear + 7, ear, (ear + back) / 2, back, back + 2),
                    width=(13, 14, 16, 18, 20, 22, 22, 22),
                    off_mm=(1.8 if step == 1 else 5.6, -2.6),
                    bulge_mm=0.8,
                    folds=folds,
                    size=(64, 11),
                    sinks=ABOVE if (step + (side > 0)) % 2 else BELOW,
                )
            )
    found.append(
        Band((-62, 62), (2 + up, 12 + up, 20 + up, 20 + up, 12 + up, 2 + up), (20, 20), (0.5, 0.0), 0.6, folds)
    )
    return found


def _crown(turban: Turban, edge: float, rise_mm: float = 2.5) -> Band:
    """Return the cloth over the top."""
    return Band(
        (-184, 184), (edge,) * 2, (88 - edge,) * 2, (0.5, 2), 0.0, Folds(16, rise_mm * turban.folds, 300), (120, 40)
    )


def _wrap(turban: Turban) -> list[Band]:
    """Return wide bands, one over the other, that slant to either side."""
    up, folds = turban.height_deg, Folds(20, 5 * turban.folds, 240)
    found = [_crown(turban, 46)]
    for number, (front, slant) in enumerate(((40, -9), (27, 9), (14, -7))):
        front, behind = front + up, 16 - 20 * number
        ear = front - 8 - 4 * number
        left, right = (ear + slant, front - 3 + slant / 2), (ear - slant, front - 3 - slant / 2)
        lower = (behind, behind + 4, *left, front, *right[::-1], behind + 4, behind)
        found.append(Band((-185, 185), lower, (34, 34), (0.6 + 0.3 * number, -1.0), 5.0, folds, (130, 30)))
    return found


def _twist(turban: Turban) -> list[Band]:
    """Return a fitted cap of folds and two bands that meet over the forehead."""
    up, folds = turban.height_deg, Folds(11, 2.6 * turban.folds, 200)
    found = [_crown(turban, 10)]
    for side in (1, -1):
        found.append(
            Band(
                azimuths=(-7 * side, 186 * side),
                lower=(27 + up, 20 + up, 10 + up, 0, -10, -18, -24, -26),
                width=(16, 26, 36, 44, 48, 50, 50, 48),
                off_mm=(1.0, 0.3),
                bulge_mm=3.0,
                folds=folds,
                size=(80, 40),
            )
        )
    return found


STYLES: dict[str, Callable[[Turban], list[Band]]] = {"dastar": _dastar, "wrap": _wrap, "twist": _twist}
STUFFED_MM = {"dastar": (16.0, 36.0, 13.0), "wrap": (5.0, 46.0, 26.0), "twist": (2.0, 6.0, 8.0)}
"""How far each stands out at the sides, at the top and behind."""


def build(turban: Turban, fit: Fit) -> Worn:
    """Return a turban on a head."""
    on = form(fit, *(np.array(STUFFED_MM[turban.style]) * turban.size))
    key = Key(f"turban/{turban.seed}")
    laid = [band(one, on, key.child(number)) for number, one in enumerate(STYLES[turban.style](turban))]
    if turban.style == "twist":
        way, rise = np.zeros(1), np.radians([KNOT_DEG + turban.height_deg])
        (middle,) = on.chart.points(way, rise, np.maximum(on.at(way, rise), on.skin_at(way, rise) + KNOT_OFF_MM))
        twist = knot(middle, on.chart.directions(0.0, rise[0]), KNOT_MM, key.child("knot"))
        laid.append(replace(twist, points=off_skin(fit, twist.points, THICKNESS_MM)))
    meshes = [
        cloth_mesh(one, fit, f"turban_{number + 1}", "turban_cloth", "turban", Part.HEADWEAR, THICKNESS_MM)
        for number, one in enumerate(laid)
    ]
    return Worn(tuple(meshes), press_below(fit, meshes))


def materials(turban: Turban) -> dict[str, Material]:
    """Return the materials of a turban, by the names its meshes use."""
    return {"turban_cloth": fabric_material(turban.fabric)}


def targets(turban: Turban) -> dict[str, float]:
    """Return how the ears are pressed against the head."""
    del turban
    return {f"ears/{side}-ear-wing-decr": EARS_BACK for side in "lr"}


TURBAN = Kind(TurbanSpec, Turban, sample, build, materials, targets, hood="flat", soft=ALL_OF_IT)
