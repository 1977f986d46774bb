"""The cups of headphones: where they sit on ears, and what they do to hair. Millimetres of `Fit`."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates, maximum_filter

from synthgen.accessories.cover import hair_allowance, tilted_chart
from synthgen.accessories.fit import CLOTHES, SIDES, Fit
from synthgen.accessories.geometry import xyz
from synthgen.accessories.kind import Press
from synthgen.mesh import unit
from synthgen.rays import RayScene
from synthgen.strands import Strands
from synthgen.transforms import rotation

ANGLES = 72
LEAN_DEG = 12.0
"""How far cups lean back as ears do."""
FAR_MM, NEAR_MM, CELL_MM, GRID = 120.0, 60.0, 2.0, 96
BESIDE = 5
"""Cells across that a pad keeps off what is worn in one of them."""
CLEAR_MM = 3.0
"""Between a plate and an ear in its cup, or what is worn beneath it."""
STEEPEST, ON_EAR, ABOUT_EAR = 0.35, 0.35, 0.85
"""Most slope of a plate against the upright, and how much of the head's slope it takes on an ear and about it."""


@dataclass(frozen=True)
class Shape:
    """What differs between headphones, millimetres.

    Attributes:
        on_ear: Whether pads lie on the ears rather than about them.
        room: From the ear to the opening of pads that lie about it; half the opening of those that lie on it.
        pad: Width of the pad.
        thickness: Of the pad at its thinnest.
        depth: Of the shell.
        square: Power of the outline: 2 an ellipse, more a rounded box.
    """

    on_ear: bool
    room: float
    pad: float
    thickness: float
    depth: float
    square: float = 2.3


@dataclass(frozen=True)
class Cup:
    """A cup in place: plane of its plate, and outlines on it.

    Attributes:
        side: left or right.
        origin: (3,) middle of the plate.
        axes: (3, 3) rows: towards the face, up, and out of the head.
        inner: (2,) half axes of the pad's opening.
        outer: (2,) those of its outer edge.
        shape: What it was made from.
        skin: (n, n) height of skin and ear over the plate's plane, < 0, on a grid of cells of `CELL_MM`.
        worn: (n, n) that of what is worn beneath, and a little beside it.
        room_mm: Height that hair takes under the pad.
    """

    side: str
    origin: NDArray
    axes: NDArray
    inner: NDArray
    outer: NDArray
    shape: Shape
    skin: NDArray
    worn: NDArray
    room_mm: float

    def place(self, flat: NDArray, height: NDArray | float) -> NDArray:
        """Return points (..., 3) over places (..., 2) of the plate."""
        up = np.broadcast_to(np.asarray(height, float), flat.shape[:-1])[..., None]
        return self.origin + flat @ self.axes[:2] + up * self.axes[2]

    def outline(self, share: float) -> NDArray:
        """Return the outline (m, 2) between the pad's opening, 0, and its outer edge, 1; negative ones are smaller."""
        half = self.inner + share * (self.outer - self.inner) if share >= 0 else self.outer * -share
        angle = np.arange(ANGLES) * 2 * np.pi / ANGLES
        c, s = np.cos(angle), np.sin(angle)
        radius = (np.abs(c) ** self.shape.square + np.abs(s) ** self.shape.square) ** (-1 / self.shape.square)
        return radius[:, None] * np.stack([c, s], 1) * half

    def height(self, of: NDArray, flat: NDArray) -> NDArray:
        """Return the height (...) of `skin` or `worn` at places (..., 2) of the plate."""
        cells = np.moveaxis(flat / CELL_MM + (GRID - 1) / 2, -1, 0)
        return map_coordinates(of, cells.reshape(2, -1), order=1, mode="nearest").reshape(flat.shape[:-1])


def seat(shape: Shape, fit: Fit, side: str) -> Cup:
    """Return a cup on an ear: its plane lies as the head does about the ear."""
    out = xyz(SIDES[side], 0, 0)
    ear = fit.ear(side)
    centre, half = (ear.max(0) + ear.min(0)) / 2, (ear.max(0) - ear.min(0)) / 2
    inner = np.array([shape.room, 1.1 * shape.room]) if shape.on_ear else half[1:] + shape.room
    upright = np.stack([xyz(0, -1, 0), xyz(0, 0, 1), out]) @ rotation("x", -LEAN_DEG).T
    start = centre + out * (FAR_MM - np.abs(centre[0]))
    flat = Cup(side, start, upright, inner, inner + shape.pad, shape, np.zeros((0, 0)), np.zeros((0, 0)), 0.0)
    ring = np.concatenate([flat.outline(share) for share in (0.2, 0.5, 0.8)])
    slope = np.linalg.lstsq(np.column_stack([ring, np.ones(len(ring))]), _way(flat, fit.rays, ring), rcond=None)[0]
    tilt = np.clip(slope[:2], -STEEPEST, STEEPEST) * (ON_EAR if shape.on_ear else ABOUT_EAR)
    normal = unit(upright[2] - tilt @ upright[:2])
    ahead = unit(upright[0] - normal * (upright[0] @ normal))
    axes = np.stack([ahead, np.cross(ahead, normal) * SIDES[side], normal])
    cup = replace(flat, axes=axes, room_mm=_hair_room(fit, centre, out))
    ring = np.concatenate([cup.outline(share) for share in (0.3, 0.5, 0.7)])
    plate = float(np.quantile(_way(cup, fit.rays, ring), 0.9)) + shape.thickness + cup.room_mm
    if not shape.on_ear:
        plate = max(plate, float(((ear - start) @ normal).max()) + CLEAR_MM)
    below = np.linalg.norm(_places() / cup.outer, axis=-1) < 1.0
    plate = max(plate, float(_worn(cup, fit)[below].max()) + CLEAR_MM)
    cup = replace(cup, origin=start + plate * normal)
    return replace(cup, skin=_way(cup, fit.rays, _places()), worn=maximum_filter(_worn(cup, fit), BESIDE))


def _places() -> NDArray:
    """Return the places (n, n, 2) of a plate's cells."""
    grid = (np.arange(GRID) - (GRID - 1) / 2) * CELL_MM
    return np.stack(np.meshgrid(grid, grid, indexing="ij"), -1)


def _worn(cup: Cup, fit: Fit) -> NDArray:
    """Return the height (n, n) of what is worn beneath a plate: by rays, and by its vertices, for what is thin."""
    found = _way(cup, fit.worn_rays, _places())
    for mesh in fit.worn:
        if not np.isin(mesh.part, CLOTHES).any():
            local = (fit.from_world(mesh.vertices) - cup.origin) @ cup.axes.T
            cells = np.round(local[:, :2] / CELL_MM + (GRID - 1) / 2).astype(int)
            near = ((cells >= 0) & (cells < GRID)).all(1) & (np.abs(local[:, 2]) < NEAR_MM)
            np.maximum.at(found, tuple(cells[near].T), local[near, 2])
    return found


def _way(cup: Cup, rays: RayScene | None, flat: NDArray) -> NDArray:
    """Return the height (...) of triangles at places (..., 2) over a plane; far below where there are none."""
    if rays is None:
        return np.full(flat.shape[:-1], -FAR_MM)
    start = cup.place(flat.reshape(-1, 2), NEAR_MM)
    way = rays.first_hit(start, np.broadcast_to(-cup.axes[2], start.shape))[1]
    return (NEAR_MM - np.where(np.isfinite(way), way, NEAR_MM + FAR_MM)).reshape(flat.shape[:-1])


def _hair_room(fit: Fit, centre: NDArray, out: NDArray) -> float:
    """Return how high hair stays under a pad."""
    if not fit.strands:
        return 0.0
    chart = tilted_chart(centre - 70.0 * out)
    places = centre + np.array([[0, 25, 15], [0, 0, 42], [0, 30, -15]])
    azimuth, elevation, _ = chart.locate(places)
    return 0.6 * float(np.mean(hair_allowance(fit, chart, azimuth[None], elevation[None])))


def press_under_cup(cup: Cup) -> Press:
    """Return what a cup does to hair: pressed under the pad, held in the cup, free again beside it."""
    grid = (np.arange(GRID) - (GRID - 1) / 2) * CELL_MM
    a, b = np.meshgrid(grid, grid, indexing="ij")
    p = cup.shape.square
    reach = [(np.abs(a / half[0]) ** p + np.abs(b / half[1]) ** p) ** (1 / p) for half in (cup.inner, cup.outer)]
    pressed = np.minimum(np.maximum(cup.skin, -cup.shape.thickness - 26.0) + 0.8 * cup.room_mm + 0.2, -2.0)
    limit = np.where(reach[0] < 1, -1.5, pressed)
    beside = np.maximum(reach[1] - 1, 0) * cup.outer.mean()
    edge = float(np.quantile(pressed[(reach[0] > 1) & (reach[1] < 1)], 0.7))
    limit = np.where(reach[1] < 1, limit, edge + 0.9 * beside + 0.03 * beside**2)

    def press(points: NDArray, strands: Strands) -> tuple[NDArray, NDArray]:
        local = (points.reshape(-1, 3) - cup.origin) @ cup.axes.T
        near = (np.abs(local[:, :2]) < (GRID / 2 - 1) * CELL_MM).all(1) & (local[:, 2] > -45) & (local[:, 2] < 90)
        rows = np.flatnonzero(near)
        cells = local[rows, :2].T / CELL_MM + (GRID - 1) / 2
        most = map_coordinates(limit, cells, order=1, mode="nearest")
        local[rows, 2] = np.minimum(local[rows, 2], most)
        return (local @ cup.axes + cup.origin).reshape(points.shape), np.ones(len(points), bool)

    return press
