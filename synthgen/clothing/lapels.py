"""The collar and lapels of jackets."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, gaussian_filter1d

from synthgen.accessories.geometry import even_steps
from synthgen.clothing.collars import Edge, Ground, ground, panel
from synthgen.clothing.drape import Dummy
from synthgen.clothing.sewing import Sewn
from synthgen.clothing.shirt_collar import collar_mesh
from synthgen.mesh import Mesh, unit
from synthgen.parts import Part

NOTCH_MM = 500.0
"""Height at rest where lapels end and the collar begins."""
TUCKED_MM = 14.0
"""How far the collar goes on below the lapels."""
LAPEL_M, ROLL_M, THICKNESS_M, GAP_M = 0.082, 0.004, 0.0024, 0.0016
ROWS, COLUMNS = 14, 60


def lapel_meshes(garment: str, edge: Edge, body: Dummy, sewn: Sewn, width: float = 1.0) -> tuple[Mesh, ...]:
    """Return two lapels and a collar along the front and the neckline of a jacket.

    Args:
        garment: The instance, and the material.
        edge: From the left front's lowest button up, round the neck, and down to the right.
        body: The neck.
        sewn: The jacket.
        width: Of the lapels against the usual.
    """
    lying = ground((sewn.vertices, sewn.normals))
    low = edge.rest_mm[:, 2] < NOTCH_MM
    left, right = low & (edge.share < 0), low & (edge.share > 0)
    found = [_lapel(garment, edge, chosen, side, lying, sewn, width) for chosen, side in ((left, 1), (right, -1))]
    top = np.flatnonzero(edge.rest_mm[:, 2] >= NOTCH_MM - TUCKED_MM)
    first, last = top[0], top[-1] + 1
    points = edge.points[first:last]
    upper = Edge(
        points,
        edge.outward[first:last],
        edge.rest_mm[first:last],
        np.linspace(-1, 1, len(points)),
        float(np.linalg.norm(np.diff(points, axis=0), axis=1).sum()),
    )
    collar = collar_mesh(
        garment,
        upper,
        body,
        sewn,
        (0.023, 0.002),
        (0.044, 0.040),
        -0.020,
        spread=(0.5, 2.6),
        thickness_m=THICKNESS_M,
        gap_m=GAP_M,
        roll_m=(0.0045, 0.001),
        part=Part.CLOTHING_OUTER,
    )
    return (*found, collar)


def _lapel(garment: str, edge: Edge, chosen: NDArray, side: int, lying: Ground, sewn: Sewn, width: float) -> Mesh:
    points = edge.points[chosen]
    points = _smooth(even_steps(points[np.argsort(points[:, 2])], COLUMNS))
    normals = unit(_smooth(sewn.normals[lying.tree.query(points, k=6)[1]].mean(1)))
    along = unit(np.gradient(points, axis=0))
    across = np.cross(along, normals)
    across = unit(_smooth(across * np.sign(across[:, :1]) * side))
    up = np.linspace(0, 1, COLUMNS)
    reach = LAPEL_M * width * np.minimum(up / 0.95, 1) ** 0.75
    share = np.linspace(0, 1, ROWS)
    roll = ROLL_M * np.sqrt(np.clip(1 - (1 - np.clip(share / 0.12, 0, 1)) ** 2, 0, 1)) - 0.0008
    # the tip points up a little, the more the nearer to the notch
    lift = 0.005 * width * up[:, None] ** 6 * share
    flat = points[:, None] + across[:, None] * (reach[:, None] * share)[..., None] + along[:, None] * lift[..., None]
    over = lying.push_out(flat, (THICKNESS_M + GAP_M) * np.minimum(reach[:, None] / 0.012, 1))
    height = ((over - flat) * normals[:, None]).sum(-1)
    height = gaussian_filter(height, (3.0, 1.5), mode="nearest") + (roll * np.minimum(reach / 0.02, 1)[:, None])
    grid = lying.push_out(flat + normals[:, None] * height[..., None], 0.0008)
    grid = grid.transpose(1, 0, 2) if side > 0 else grid.transpose(1, 0, 2)[::-1]
    name = "left" if side > 0 else "right"
    size = LAPEL_M * 1e3, float(np.linalg.norm(np.diff(points, axis=0), axis=1).sum()) * 1e3
    return panel(f"{garment}_lapel_{name}", garment, grid, THICKNESS_M, size, Part.CLOTHING_OUTER)


def _smooth(values: NDArray) -> NDArray:
    return gaussian_filter1d(values, 3.0, axis=0, mode="nearest")
