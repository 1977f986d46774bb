"""The collar of shirts and polos: a stand about the neck and a leaf with points that turns over it."""

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.collars import Edge, fallen, ground, panel, turned_over
from synthgen.clothing.drape import Dummy
from synthgen.clothing.form import form
from synthgen.clothing.sewing import Sewn
from synthgen.mesh import Mesh, unit
from synthgen.parts import Part

UP = unit(np.array([0.0, -0.22, 1.0]))
"""The way collars rise."""
NECK_ABOVE_MM, NECK_WITHIN_MM = 500.0, 105.0
"""Places of the form higher and nearer to its middle than this are the neck."""


def collar_mesh(
    name: str,
    edge: Edge,
    body: Dummy,
    sewn: Sewn,
    rise_m: tuple[float, float],
    width_m: tuple[float, float],
    skew_m: float,
    spread: tuple[float, float] = (0.34, 0.34),
    thickness_m: float = 0.0016,
    gap_m: float = 0.0018,
    roll_m: tuple[float, float] = (0.0032, 0.0032),
    part: Part = Part.CLOTHING_UPPER,
    material: str | None = None,
) -> Mesh:
    """Return a collar on a garment's neckline.

    Args:
        name: Of the garment.
        edge: The neckline.
        body: The neck it stands about.
        sewn: The garment it lies on.
        rise_m: Height of the stand behind and at the front ends.
        width_m: Width of the leaf behind and at its points.
        skew_m: How far the points are drawn to the front.
        spread: Slope of the leaf behind and at its points.
        thickness_m: Of the cloth.
        gap_m: Between the leaf and what it lies on.
        roll_m: Radius of the turn behind and at the front ends.
        part: What it counts as.
        material: The garment's without it.
    """
    ahead = np.clip((np.abs(edge.share) - 0.55) / 0.45, 0, 1) ** 1.5
    rise = rise_m[0] + (rise_m[1] - rise_m[0]) * ahead
    width = width_m[0] + (width_m[1] - width_m[0]) * ahead
    lean = spread[0] + (spread[1] - spread[0]) * ahead
    roll = roll_m[0] + (roll_m[1] - roll_m[0]) * ahead
    grid = turned_over(edge, UP, rise, width, lean, skew_m * ahead, roll)
    rest = form().rest_mm
    neck = (rest[:, 2] > NECK_ABOVE_MM) & (np.hypot(rest[:, 0], rest[:, 1] + 25) < NECK_WITHIN_MM)
    lying = ground((sewn.vertices, sewn.normals), (body.points[neck], body.normals[neck]))
    folded = 8  # the stand and the turn; what comes after lies on the outside
    grid[:, :folded] = ground((body.points[neck], body.normals[neck])).push_out(grid[:, :folded], 0.0012)
    leaf = fallen(edge, grid[:, folded - 1], UP, width, lean, lying, thickness_m + gap_m, grid.shape[1] - folded)
    along = unit(np.gradient(edge.points, axis=0)) * (-np.sign(edge.share) * skew_m * ahead)[:, None]
    grid[:, folded:] = leaf - along[:, None] * np.linspace(0, 1, leaf.shape[1] + 1)[1:, None]
    grid[:, folded:] = lying.push_out(grid[:, folded:], thickness_m + gap_m)
    size = edge.length_m * 1e3, float(rise.max() + width.max()) * 1e3
    return panel(f"{name}_collar", name, grid, thickness_m, size, part, material)


def buttonholes_mm(top_mm: float, bottom_mm: float, count: int) -> NDArray:
    """Return (x, z) at rest (n, 2) of buttons down the front."""
    return np.stack([np.zeros(count), np.linspace(top_mm, bottom_mm, count)], 1)
