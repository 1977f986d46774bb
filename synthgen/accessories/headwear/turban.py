"""A turban: long cloth wound about the head."""

from collections.abc import Callable
from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.draping.folds import Folds
from synthgen.accessories.draping.meshes import cloth_mesh
from synthgen.accessories.draping.press import press_below
from synthgen.accessories.draping.wrap import Band, band, form
from synthgen.accessories.fit import Fit
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.fabrics import Fabric, FabricSpec, fabric_material
from synthgen.frozen import Frozen
from synthgen.materials import Material
from synthgen.parts import Part
from synthgen.rng import Key

EARS_BACK = 0.4
THICKNESS_MM = 0.8


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
    folds, up = Folds(9, 1.6 * turban.folds, 260), turban.height_deg
    found = [_crown(turban, 44 + up)]
    steps = 6
    for step in range(steps, 0, -1):
        for side in (1, -1):
            front = 21 + up + 7.2 * step + (1.5 if side < 0 else 0)
            ear = -14 + 10.5 * step
            back = -22 + 11.0 * step
            found.append(
                Band(
                    azimuths=(-34 * side, 196 * side),
                    lower=(front + 5, front + 1, front - 6, ear + 6, ear, (ear + back) / 2, back, back + 2),
                    width=(17, 18, 21, 24, 26, 27, 27, 26),
                    off_mm=(4.5, 0.5),
                    bulge_mm=2.5,
                    folds=folds,
                )
            )
    found.append(
        Band(
            (-150, 150), (-22, -20, -8, 10 + up, 22 + up, 22 + up, 10 + up, -8, -20, -22), (26,) * 2, (2, 0), 2.0, folds
        )
    )
    return found


def _crown(turban: Turban, edge: float) -> Band:
    """Return the cloth over the top."""
    return Band(
        (-180, 180), (edge,) * 2, (88 - edge,) * 2, (0.5, 2), 0.0, Folds(16, 2.5 * turban.folds, 300), (120, 40)
    )


def _wrap(turban: Turban) -> list[Band]:
    """Return wide bands, one over the other, that slant to either side."""
    up, folds = turban.height_deg, Folds(20, 5 * turban.folds, 240)
    found = [_crown(turban, 50)]
    for number, (front, slant) in enumerate(((46, -7), (33, 8), (22, -6))):
        front += up
        line = [front + slant, front + 3, front, front + 3, front - slant]
        behind = -20 + 16 * (2 - number)
        lower = (behind, (behind + line[0]) / 2 - 4, *line, (behind + line[-1]) / 2 - 4, behind)
        found.append(Band((-185, 185), lower, (34,) * 2, (3.0 + 2 * number, 0.5), 5.0, folds, (130, 30)))
    return found


def _twist(turban: Turban) -> list[Band]:
    """Return a fitted cap of folds and two bands that cross over the forehead."""
    up, folds = turban.height_deg, Folds(11, 2.6 * turban.folds, 200)
    found = [_crown(turban, 30)]
    for side in (1, -1):
        found.append(
            Band(
                azimuths=(-26 * side, 185 * side),
                lower=(48 + up, 30 + up, 20 + up, 12, -2, -16, -24, -26),
                width=(16, 19, 26, 38, 46, 50, 50, 48),
                off_mm=(3.0 + side, 0.5),
                bulge_mm=3.0,
                folds=folds,
                size=(80, 40),
            )
        )
    return found


STYLES: dict[str, Callable[[Turban], list[Band]]] = {"dastar": _dastar, "wrap": _wrap, "twist": _twist}
STUFFED_MM = {"dastar": (13.0, 26.0, 10.0), "wrap": (10.0, 48.0, 26.0), "twist": (2.0, 6.0, 8.0)}
"""How far each stands out at the sides, at the top and behind."""


def build(turban: Turban, fit: Fit) -> Worn:
    """Return a turban on a head."""
    on = form(fit, *(np.array(STUFFED_MM[turban.style]) * turban.size))
    key = Key(f"turban/{turban.seed}")
    meshes = [
        cloth_mesh(
            band(one, on, key.child(number)),
            fit,
            f"turban_{number + 1}",
            "turban_cloth",
            "turban",
            Part.HEADWEAR,
            THICKNESS_MM,
        )
        for number, one in enumerate(STYLES[turban.style](turban))
    ]
    return Worn(tuple(meshes), press_below(fit, meshes))


def materials(turban: Turban) -> dict[str, Material]:
    """Return the materials of a turban, by the names its meshes use."""
    return {"turban_cloth": fabric_material(turban.fabric)}


def targets(turban: Turban) -> dict[str, float]:
    """Return how the ears are pressed against the head."""
    del turban
    return {f"ears/{side}-ear-wing-decr": EARS_BACK for side in "lr"}


TURBAN = Kind(TurbanSpec, Turban, sample, build, materials, targets)
