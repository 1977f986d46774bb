"""Closed solids for things that are worn: outlines in a plane, curves in space, sweeps and lofts. Any unit."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from synthgen.mesh import face_normals, unit

DOME = (0.62, 0.92)
"""Rings of a rounded end: share of a quarter turn."""


def xyz(*values: float) -> NDArray:
    """Return a vector (3,)."""
    return np.array(values, float)


@dataclass(frozen=True)
class Solid:
    """A closed surface.

    Attributes:
        vertices: (v, 3)
        triangles: (t, 3) counter-clockwise seen from outside.
        uv: (t, 3, 2) where its triangles lie on cloth, or None.
    """

    vertices: NDArray[np.float64]
    triangles: NDArray[np.int32]
    uv: NDArray[np.float64] | None = None

    def moved(self, R: NDArray, t: NDArray) -> "Solid":
        """Return the solid turned by R (3, 3), then shifted by t (3,)."""
        return outward(replace(self, vertices=self.vertices @ R.T + t))


def volume(vertices: NDArray, triangles: NDArray) -> float:
    """Return the signed volume inside closed triangles, > 0 if they face outwards: a sum of tetrahedra."""
    centred = vertices - vertices.mean(0)
    return float((centred[triangles[:, 0]] * face_normals(centred, triangles)).sum() / 6)


def outward(solid: Solid) -> Solid:
    """Return the solid with its triangles facing outwards; turned inside out, glass would refract the wrong way."""
    if volume(solid.vertices, solid.triangles) >= 0:
        return solid
    return Solid(solid.vertices, solid.triangles[:, ::-1].copy(), None if solid.uv is None else solid.uv[:, ::-1])


def joined(solids: list[Solid]) -> Solid:
    """Return several solids as one; those without uv lie in the cloth's origin if others have it."""
    starts = np.cumsum([0, *(len(solid.vertices) for solid in solids[:-1])])
    triangles = [solid.triangles + start for solid, start in zip(solids, starts, strict=True)]
    flat = [np.zeros((len(s.triangles), 3, 2)) if s.uv is None else s.uv for s in solids]
    uv = None if all(solid.uv is None for solid in solids) else np.concatenate(flat)
    return Solid(np.concatenate([s.vertices for s in solids]), np.concatenate(triangles).astype(np.int32), uv)


# --- outlines in a plane ----------------------------------------------------------------------------------------------


def superellipse(width: float, height: float, power: float, count: int) -> NDArray:
    """Return points (count, 2) of |2x/w|^p + |2y/h|^p = 1 counter-clockwise from +x: 2 an ellipse, more a box."""
    angle = np.arange(count) * 2 * np.pi / count
    c, s = np.cos(angle), np.sin(angle)
    radius = (np.abs(c) ** power + np.abs(s) ** power) ** (-1 / power)
    return np.stack([radius * c * width / 2, radius * s * height / 2], 1)


def rounded_rectangle(half_x: float, half_y: float, radius: float, corner: int = 3) -> NDArray:
    """Return points (4 * corner, 2) of a rectangle with round corners, counter-clockwise."""
    radius = min(radius, half_x, half_y)
    quarter = np.linspace(0, np.pi / 2, corner)
    points = []
    for turn, (x, y) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        angle = quarter + turn * np.pi / 2
        centre = np.array([x * (half_x - radius), y * (half_y - radius)])
        points.append(centre + radius * np.stack([np.cos(angle), np.sin(angle)], 1))
    return np.concatenate(points)


def even_steps(points: NDArray, count: int, closed: bool = False) -> NDArray:
    """Return a polyline (n, d) as `count` points evenly spaced along it; a closed one ends before its start."""
    line = np.concatenate([points, points[:1]]) if closed else points
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    wanted = np.linspace(0, along[-1], count + 1)[:-1] if closed else np.linspace(0, along[-1], count)
    return np.stack([np.interp(wanted, along, line[:, k]) for k in range(line.shape[1])], 1)


def outline_normals(outline: NDArray) -> NDArray:
    """Return outward unit normals (n, 2) of a closed counter-clockwise outline (n, 2)."""
    ahead = np.roll(outline, -1, 0) - np.roll(outline, 1, 0)
    return unit(np.stack([ahead[:, 1], -ahead[:, 0]], 1))


def offset_outline(outline: NDArray, distance: NDArray | float) -> NDArray:
    """Return a closed counter-clockwise outline (n, 2) moved outwards by a distance, one or (n,)."""
    return outline + outline_normals(outline) * np.broadcast_to(np.asarray(distance), len(outline))[:, None]


# --- curves and solids in space ---------------------------------------------------------------------------------------


def spline(points: NDArray, count: int) -> NDArray:
    """Return `count` evenly spaced points of a smooth curve through points (n, 3).

    Source: Lee, Computer-Aided Design 21 (1989) 363: centripetal parameters keep it from looping.
    """
    steps = np.sqrt(np.linalg.norm(np.diff(points, axis=0), axis=1)) + 1e-9
    along = np.concatenate([[0], np.cumsum(steps)])
    curve = CubicSpline(along, points, bc_type="natural")
    return even_steps(curve(np.linspace(0, along[-1], 8 * count)), count)


def tangents(path: NDArray, closed: bool = False) -> NDArray:
    """Return unit tangents (n, 3) of a polyline (n, 3)."""
    if closed:
        return unit(np.roll(path, -1, 0) - np.roll(path, 1, 0))
    return unit(np.gradient(path, axis=0))


def loft(rings: NDArray, closed: bool = False, uv: NDArray | None = None) -> Solid:
    """Return the solid over rings (n, m, 3): walls between neighbours, and fans over both ends if not closed.

    On cloth, `uv` (n, m + 1, 2) says where each point of a ring lies, the first one once more at the end.
    """
    n, m = rings.shape[:2]
    index = np.arange(n * m).reshape(n, m)
    here = index if closed else index[:-1]
    ahead = np.roll(index, -1, 0) if closed else index[1:]
    a, b, c, d = here, np.roll(here, -1, 1), np.roll(ahead, -1, 1), ahead
    triangles = [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)]
    vertices = rings.reshape(-1, 3)
    places = []
    if uv is not None:
        near, far = (uv, np.roll(uv, -1, 0)) if closed else (uv[:-1], uv[1:])
        a, b, c, d = near[:, :-1], near[:, 1:], far[:, 1:], far[:, :-1]
        places = [np.stack([a, b, c], 2).reshape(-1, 3, 2), np.stack([a, c, d], 2).reshape(-1, 3, 2)]
    if not closed:
        ends = [rings[0].mean(0), rings[-1].mean(0)]
        vertices = np.concatenate([vertices, ends])
        for ring, centre, way in ((index[0], n * m, -1), (index[-1], n * m + 1, 1)):
            fan = np.stack([ring, np.roll(ring, -1), np.full(m, centre)], 1)
            triangles.append(fan[:, ::way])
        if uv is not None:
            for row, way in ((uv[0], -1), (uv[-1], 1)):
                fan = np.stack([row[:-1], row[1:], np.broadcast_to(row.mean(0), row[1:].shape)], 1)
                places.append(fan[:, ::way])
    on_cloth = np.concatenate(places) if places else None
    return outward(Solid(vertices, np.concatenate(triangles).astype(np.int32), on_cloth))


def sweep(path: NDArray, across: NDArray, profile: NDArray, closed: bool = False) -> Solid:
    """Return a profile drawn along a path; open ends are rounded.

    Args:
        path: (n, 3)
        across: Direction of the profile's first axis, (3,) or (n, 3); what of it runs along the path is taken out.
        profile: (m, 2) or (n, m, 2) closed, about the path; the second axis is along x first axis.
        closed: Whether the path ends where it begins.
    """
    along = tangents(path, closed)
    first = np.broadcast_to(np.asarray(across, float), path.shape)
    first = unit(first - along * (first * along).sum(1, keepdims=True))
    second = np.cross(along, first)
    shape = np.broadcast_to(profile, (len(path), *np.shape(profile)[-2:]))
    rings = path[:, None] + shape[..., :1] * first[:, None] + shape[..., 1:] * second[:, None]
    if not closed:
        reach = 0.8 * np.abs(shape).max(1).min(1)
        rings = np.concatenate(
            [_dome(rings[0], -along[0] * reach[0])[::-1], rings, _dome(rings[-1], along[-1] * reach[-1])]
        )
    return loft(rings, closed)


def _dome(ring: NDArray, reach: NDArray) -> NDArray:
    """Return rings (k, m, 3) beyond an end, each smaller."""
    centre = ring.mean(0)
    quarter = np.array(DOME)[:, None, None] * np.pi / 2
    return centre + (ring - centre) * np.cos(quarter) + reach * np.sin(quarter)


def ellipsoid(radii: NDArray, count: int = 16) -> Solid:
    """Return an ellipsoid about the origin from its three half axes."""
    polar = np.linspace(0, np.pi, count // 2 + 2)[1:-1]
    angle = np.arange(count) * 2 * np.pi / count
    ring = np.stack([np.cos(angle), np.sin(angle), np.zeros(count)], 1)
    rings = ring * np.sin(polar)[:, None, None] + np.array([0, 0, 1.0]) * np.cos(polar)[:, None, None]
    return loft(rings * np.asarray(radii))


def lathe(profile: NDArray, count: int = 32) -> Solid:
    """Return a profile (n, 2) of radius and height turned about the z axis; it may begin and end on the axis."""
    angle = np.arange(count) * 2 * np.pi / count
    ring = np.stack([np.cos(angle), np.sin(angle)], 1)
    radius = np.maximum(profile[:, 0], 1e-6)
    rings = [np.column_stack([ring * r, np.full(count, z)]) for r, z in zip(radius, profile[:, 1], strict=True)]
    return loft(np.stack(rings))


def ring(centre: NDArray, first: NDArray, second: NDArray, radius: float, wire: float, count: int = 48) -> Solid:
    """Return a ring of round wire.

    Args:
        centre: (3,)
        first: (3,) unit, in the plane of the ring.
        second: (3,) unit, in it and square to the first.
        radius: Of its middle line.
        wire: Half the wire's thickness.
        count: Of sections.
    """
    angle = (np.arange(count) * 2 * np.pi / count)[:, None]
    path = centre + radius * (np.cos(angle) * first + np.sin(angle) * second)
    return sweep(path, np.cross(first, second), rounded_rectangle(wire, wire, wire, 4), closed=True)
