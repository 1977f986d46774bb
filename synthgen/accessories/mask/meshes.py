"""Meshes of sheets: cloth with thickness, and where it lies when it is flat. Millimetres of `Fit`."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.fit import Fit
from synthgen.mesh import Mesh, unit
from synthgen.parts import Part

LEAST_GAP_MM = 0.15
"""Between skin and the inner side of a sheet, and its least thickness."""


def cloth_coordinates(points: NDArray) -> NDArray:
    """Return where points (n, m, 3) of a sheet lie on the flat cloth (n, m, 2): lengths from its middle."""
    n, m = points.shape[:2]
    u = np.cumsum(np.linalg.norm(np.diff(points, axis=1, prepend=points[:, :1]), axis=-1), 1)
    v = np.cumsum(np.linalg.norm(np.diff(points, axis=0, prepend=points[:1]), axis=-1), 0)
    return np.stack([u - u[:, m // 2 : m // 2 + 1], v - v[n // 2]], -1)


def sheet_mesh(
    name: str,
    material: str,
    part: Part,
    outer: NDArray,
    thickness_mm: NDArray | float,
    fit: Fit,
    uv: NDArray | None = None,
) -> Mesh:
    """Return a sheet with thickness and a round rim as a mesh in the world.

    Args:
        name: Of the mesh and its instance.
        material: Of the mesh's material, after the instance's name.
        part: What it is.
        outer: (n, m, 3) its outer side: rows upwards, columns from right to left.
        thickness_mm: One, or (n, m).
        fit: The head.
        uv: (n, m, 2) coordinates of the cloth; measured if not given.
    """
    n, m = outer.shape[:2]
    uv = cloth_coordinates(outer) if uv is None else uv
    normal = unit(np.cross(np.gradient(outer, axis=1), np.gradient(outer, axis=0)))
    room = fit.distance(outer.reshape(-1, 3))[0].reshape(n, m) - LEAST_GAP_MM
    thickness = np.clip(np.minimum(thickness_mm, room), LEAST_GAP_MM, None)[..., None]
    inner = outer - normal * thickness
    border = np.concatenate(
        [
            np.arange(m),
            np.arange(2 * m - 1, n * m, m),
            np.arange(n * m - 2, (n - 1) * m - 1, -1),
            np.arange((n - 2) * m, 0, -m),
        ]
    )
    middle = (outer.reshape(-1, 3)[border] + inner.reshape(-1, 3)[border]) / 2
    along = np.roll(middle, -1, 0) - np.roll(middle, 1, 0)
    away = unit(np.cross(along, normal.reshape(-1, 3)[border]))
    rim = middle + 0.5 * thickness.reshape(-1, 1)[border] * away
    index = np.arange(n * m).reshape(n, m)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    edge = np.arange(len(border)) + 2 * n * m
    ahead, outside, inside = np.roll(edge, -1), border, border + n * m
    outside_next, inside_next = np.roll(outside, -1), np.roll(inside, -1)
    strips = [
        (outside, edge, ahead),
        (outside, ahead, outside_next),
        (edge, inside, inside_next),
        (edge, inside_next, ahead),
    ]
    triangles = np.concatenate([faces, faces[:, ::-1] + n * m, *(np.stack(strip, 1) for strip in strips)])
    vertices = np.concatenate([outer.reshape(-1, 3), inner.reshape(-1, 3), rim])
    flat = uv.reshape(-1, 2)
    mesh = Mesh(
        name=name,
        vertices=fit.to_world(vertices),
        triangles=triangles.astype(np.int32),
        part=np.full(len(triangles), part, np.int16),
        materials=(f"{name}_{material}",),
        instance=name,
    )
    return with_cloth(mesh, np.concatenate([flat, flat, flat[border]]))


def with_cloth(mesh: Mesh, flat: NDArray, around_mm: float | None = None) -> Mesh:
    """Return a mesh with places (v, 2) on flat cloth; `around_mm` is the length after which a tube closes."""
    uv = flat[mesh.triangles]
    if around_mm is not None:
        uv[..., 0] -= around_mm * np.round((uv[..., 0] - uv[:, :1, 0]) / around_mm)
    rest = np.column_stack([flat, np.zeros(len(flat))]).astype(np.float32)
    return replace(mesh, uv=uv.astype(np.float32)).with_attributes({"rest_mm": rest})
