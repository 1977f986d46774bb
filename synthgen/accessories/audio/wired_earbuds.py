"""Wired earbuds: cables from both ears meet before the chest and run on down."""

from typing import Annotated, Literal

import numpy as np

from synthgen.accessories.audio.buds import body, cable, seat, stem, tip
from synthgen.accessories.audio.finish import ACCENT, SHELLS, shell
from synthgen.accessories.cords import settle
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import even_steps, rounded_rectangle, spline, sweep
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.necklace.lie import level_axes
from synthgen.accessories.pieces import Piece, worn_mesh
from synthgen.accessories.surfaces import body_surface
from synthgen.distributions import Name, NameChoice, Number, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Material, Spectrum, Surface
from synthgen.mesh import unit
from synthgen.parts import Part
from synthgen.rng import Key

CABLE_MM = 0.85
"""Half the thickness of the cable."""
BELOW_MM = 170.0
"""How far below the joint the cable is followed."""


class WiredEarbudsSpec(Frozen):
    """Earbuds with a cable."""

    kind: Literal["wired_earbuds"] = "wired_earbuds"
    color: Annotated[Name, one_of(SHELLS)] = NameChoice(
        values=("white", "black", "silver", "red"), weights=(6, 4, 1, 1)
    )
    """Of buds and cable."""
    joint_mm: Annotated[Number, within(60, 200)] = Uniform(low=90, high=150)
    """How far below the throat's hollow the two cables meet."""
    slack: Annotated[Number, within(1.0, 1.3)] = Uniform(low=1.0, high=1.06)
    """Length of the cables to the joint against the straightest way."""


class WiredEarbuds(Frozen):
    """One pair of wired earbuds; see `WiredEarbudsSpec`."""

    kind: Literal["wired_earbuds"] = "wired_earbuds"
    color: str
    joint_mm: float
    slack: float


def sample(spec: WiredEarbudsSpec, key: Key) -> WiredEarbuds:
    """Draw wired earbuds."""
    return drawn(WiredEarbuds, spec, key)


def build(worn: WiredEarbuds, fit: Fit) -> Worn:
    """Return earbuds in both ears, and their cables over neck and clothes."""
    ground = body_surface(fit)
    ahead, left = level_axes(fit)
    down = fit.down
    joint = fit.anchor("throat") + down * worn.joint_mm + ahead * 80.0
    joint = ground.drawn_to(joint[None], 3.6)[0]
    pieces: list[Piece] = []
    for side, sign in (("left", 1), ("right", -1)):
        bud = seat(fit, side)
        stems, end = stem(bud, fit, 12.0, 2.1)
        pieces += [*body(bud), *tip(bud, fit), *stems]
        low = joint + left * sign * 1.2 - down * 3.0
        way = spline(
            np.array([end, end + 30 * down + 6 * sign * left, (end + low) / 2 + ahead * 30 + left * sign * 12, low]), 90
        )
        length = worn.slack * float(np.linalg.norm(np.diff(way, axis=0), axis=1).sum())
        path = settle(way, length, ground, CABLE_MM + 0.3, down, 3.0)
        pieces.append(cable(path, CABLE_MM)[1])
    tail = even_steps(np.array([joint, joint + down * BELOW_MM]), 50) + ahead * 20.0
    tail[0] = joint
    tail = settle(tail, BELOW_MM * 1.02, ground, CABLE_MM + 0.4, down, 3.0, 60)
    pieces.append(cable(tail[:-1], 1.1)[1])
    sleeve = joint + unit(tail[4] - tail[0]) * np.linspace(-5, 6, 6)[:, None]
    pieces.append((sweep(sleeve, ahead, rounded_rectangle(2.2, 2.2, 2.0)), "shell"))
    return Worn((worn_mesh("wired_earbuds", "wired_earbuds", Part.HEADPHONES, pieces, fit),))


def materials(worn: WiredEarbuds) -> dict[str, Material]:
    """Return the materials of earbuds, by the names their meshes use."""
    rgb, nir = SHELLS[worn.color]
    return {
        "wired_earbuds_shell": shell(worn.color, 0.2),
        "wired_earbuds_grille": Surface(Spectrum((0.02, 0.02, 0.02), 0.06, 0.06), roughness=0.6),
        "wired_earbuds_tip": Surface(Spectrum((0.55, 0.55, 0.55), 0.6, 0.6), roughness=0.5, ior=1.42),
        "wired_earbuds_metal": ACCENT,
        "wired_earbuds_cable": Surface(Spectrum(rgb, nir, nir), roughness=0.45, ior=1.5),
    }


WIRED_EARBUDS = Kind(WiredEarbudsSpec, WiredEarbuds, sample, build, materials, soft=("_cable",), lift_mm=5.0)
