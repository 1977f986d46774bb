"""Buttons and zips on cloth."""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from synthgen.accessories.geometry import Solid, even_steps, joined, loft, sweep
from synthgen.clothing.pattern import Pattern
from synthgen.clothing.sewing import Sewn
from synthgen.head.model import Points
from synthgen.mesh import Mesh, unit
from synthgen.parts import Part

BUTTON = ((0.55, -0.0005), (0.98, 0.0002), (1.0, 0.0012), (0.9, 0.0021), (0.72, 0.0020), (0.6, 0.0013), (0.1, 0.0012))
"""Profile: share of the radius, height in metres above the cloth."""
TOOTH_M = (0.0026, 0.0009, 0.0017)
"""Half width, half length and height of a zip's tooth."""


def places_on(pattern: Pattern, sewn: Sewn, places_mm: NDArray, panel: int = 0) -> tuple[Points, NDArray]:
    """Return points (n, 3) on cloth and its normals there, for (x, z) at rest (n, 2) on a panel."""
    on = np.unique(pattern.triangles[pattern.panel == panel])
    away, near = KDTree(pattern.rest_mm[on][:, [0, 2]]).query(places_mm, k=4)
    share = 1 / np.maximum(away, 0.05)
    share = (share / share.sum(1, keepdims=True))[..., None]
    vertices = on[near]
    return (sewn.vertices[vertices] * share).sum(1), unit((sewn.normals[vertices] * share).sum(1))


def buttons(
    name: str, garment: str, points: Points, normals: NDArray, size_mm: float, part: Part = Part.CLOTHING_UPPER
) -> Mesh:
    """Return round buttons with a rim on cloth; `garment` is their instance."""
    solids = []
    for point, normal in zip(points, normals, strict=True):
        across = unit(np.cross(normal, [0.0, 0.0, 1.0]))
        up = np.cross(across, normal)
        angle = np.arange(14) * 2 * np.pi / 14
        ring = np.cos(angle)[:, None] * across + np.sin(angle)[:, None] * up
        r = size_mm / 2 * 1e-3
        high = 0.6 + size_mm / 28
        rings = np.array([point + ring * share * r + normal * height * high for share, height in BUTTON])
        solids.append(loft(rings))
    return solid_mesh(name, garment, joined(solids), f"{garment}_button", part)


def zipper(name: str, garment: str, path: Points, normals: NDArray, part: Part = Part.CLOTHING_OUTER) -> Mesh:
    """Return a closed zip along a path (n, 3) on cloth: teeth from both sides, and the slider at its end."""
    length = float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())
    count = max(int(length / 0.0026), 2)
    both = even_steps(np.concatenate([path, normals], 1), count)
    points, out = both[:, :3], unit(both[:, 3:])
    along = unit(np.gradient(points, axis=0))
    side = np.cross(along, out)
    square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
    layers = [np.pad(square * size, ((0, 0), (0, 1)), constant_values=z) for size, z in ((1.0, 0), (0.8, 1))]
    corners = np.concatenate(layers) * TOOTH_M
    shift = np.where(np.arange(count) % 2, 1, -1)[:, None] * side * 0.0012
    frame = np.stack([side, along, out], 1)
    vertices = (points + shift)[:, None] + np.einsum("kc,ncd->nkd", corners, frame)
    walls = [(i, (i + 1) % 4, (i + 1) % 4 + 4) for i in range(4)] + [(i, (i + 1) % 4 + 4, i + 4) for i in range(4)]
    faces = np.array([(4, 5, 6), (4, 6, 7), *walls])
    triangles = (faces[None] + 8 * np.arange(count)[:, None, None]).reshape(-1, 3)
    teeth = Solid(vertices.reshape(-1, 3), triangles.astype(np.int32))
    tab_path = points[-1] + out[-1] * 0.003 - along[-1] * np.linspace(0, 0.03, 8)[:, None] + out[-1] * 0.002
    tab = sweep(tab_path, side[-1], _oval(0.0042, 0.0010))
    body = sweep(points[-5:] + out[-5:] * 0.0012, side[-1], _oval(0.0055, 0.0026))
    return solid_mesh(name, garment, joined([teeth, tab, body]), f"{garment}_metal", part)


def _oval(half_width: float, half_height: float, count: int = 12) -> NDArray:
    angle = np.arange(count) * 2 * np.pi / count
    return np.stack([half_width * np.cos(angle), half_height * np.sin(angle)], 1)


def solid_mesh(name: str, garment: str, solid: Solid, material: str, part: Part = Part.CLOTHING_UPPER) -> Mesh:
    """Return a solid as a mesh of a garment."""
    vertices = solid.vertices
    return Mesh(
        name=name,
        vertices=vertices,
        triangles=solid.triangles,
        part=np.full(len(solid.triangles), part, np.int16),
        materials=(material,),
        instance=garment,
        uv=(vertices[solid.triangles][..., [0, 2]] - vertices.mean(0)[[0, 2]]) * 1e3 + [4000.0, 0.0],
        attributes={"rest_mm": (vertices - vertices.mean(0)) * 1e3, "seam": np.zeros(len(vertices))},
    )
