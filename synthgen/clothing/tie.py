"""A tie: a knot below the collar and a blade that hangs on the shirt."""

import numpy as np

from synthgen.accessories.geometry import even_steps, loft
from synthgen.clothing.closures import places_on, solid_mesh
from synthgen.clothing.collars import ground, panel
from synthgen.clothing.pattern import Pattern
from synthgen.clothing.sewing import Sewn
from synthgen.mesh import Mesh, unit
from synthgen.parts import Part

TOP_MM, END_MM = 556.0, 0.0
"""Heights at rest of the knot's top and the blade's end."""
KNOT_M, KNOT_TOP_M, KNOT_LOW_M, KNOT_DEEP_M = 0.040, 0.021, 0.0125, 0.0085
"""Length, half widths and half thickness of the knot."""


def tie_meshes(garment: str, pattern: Pattern, sewn: Sewn) -> tuple[Mesh, ...]:
    """Return a tie on a buttoned shirt; `garment` is its instance."""
    heights = np.linspace(TOP_MM, END_MM, 60)
    points, normals = places_on(pattern, sewn, np.stack([np.zeros(60), heights], 1))
    normals = unit(normals * [0.15, 1, 1])
    line = even_steps(np.concatenate([points, normals * 1e-9], 1), 150)
    path, out = line[:, :3], unit(line[:, 3:] * 1e9)
    fallen = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    knot = fallen < KNOT_M
    side = np.array([1.0, 0.0, 0.0])
    share = np.clip(fallen[knot] / KNOT_M, 0, 1)
    half = KNOT_TOP_M + (KNOT_LOW_M - KNOT_TOP_M) * share
    angle = np.arange(28) * 2 * np.pi / 28
    round_off = np.sqrt(np.clip(1 - (2 * share - 1) ** 6, 0.02, 1))
    c, s = np.cos(angle), np.sin(angle)
    rings = (
        (path[knot] + out[knot] * (KNOT_DEEP_M + 0.002))[:, None]
        + np.sign(c)[None, :, None] * np.abs(c)[None, :, None] ** 0.7 * (half * round_off)[:, None, None] * side
        + s[None, :, None] * (KNOT_DEEP_M * round_off)[:, None, None] * out[knot][:, None]
    )
    knot_mesh = solid_mesh(f"{garment}_knot", garment, loft(rings[::-1]), f"{garment}_tie", Part.CLOTHING_ACCESSORY)
    blade = fallen > KNOT_M - 0.012
    along = (fallen[blade] - KNOT_M) / (fallen[-1] - KNOT_M)
    width = np.interp(along, [-0.1, 0, 0.12, 0.9, 1], [0.0105, 0.011, 0.020, 0.040, 0.040])
    across = np.linspace(-1, 1, 9)
    dimple = -0.0035 * np.exp(-((across / 0.35) ** 2))[None] * np.exp(-((along / 0.06) ** 2))[:, None]
    arch = 0.0035 * (1 - across**2)[None] + 0.004 + dimple + 0.004 * np.exp(-((along / 0.05) ** 2))[:, None]
    grid = path[blade][:, None] + side * (across * width[:, None])[..., None] + out[blade][:, None] * arch[..., None]
    grid = ground((sewn.vertices, sewn.normals)).push_out(grid, 0.0050)
    length = float(fallen[-1] - KNOT_M) * 1e3
    blade_mesh = panel(
        f"{garment}_blade",
        garment,
        grid.transpose(1, 0, 2)[:, ::-1],
        0.0022,
        (46.0, length),
        Part.CLOTHING_ACCESSORY,
        f"{garment}_tie",
    )
    return knot_mesh, blade_mesh
