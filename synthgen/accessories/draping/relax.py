"""How cloth comes to rest: a grid of points pulled to its lengths, bent, weighed down and kept off what is below.

Source: Muller, Heidelberger, Hennix, Ratcliff, J. Visual Communication and Image Representation 18 (2007) 109
(position based dynamics), with the neighbours of one colour moved at a time.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.ndimage import map_coordinates

from synthgen.accessories.draping.ground import SINKS_MM, planes
from synthgen.accessories.draping.ridges import Ridge
from synthgen.accessories.surfaces import Surface

LOOK_EVERY = 8
"""Steps between two searches for what is below each point."""


@dataclass(frozen=True)
class Swath:
    """A sheet of cloth as a grid, millimetres.

    Attributes:
        points: (n, m, 3) where it is; rows lie one after the other along the threads, columns side by side.
        along: (n, m) length of the cloth for a step to the next row.
        across: (n, m) the same to the next column.
        slant: (n, m, 2) the same to the next row and column, and from the next column to the next row.
        held: (n, m) how firmly a point is kept where it began: 0 free, 1 fixed.
        overlap: Columns at the right edge that are the same as those at the left one: cloth that closes.
        ridges: That stand in it where it lies.
        seamed: Whether it is sewn of two halves, along its middle column.
        crowd: Power by which rows of its mesh crowd towards the first one.
    """

    points: NDArray
    along: NDArray
    across: NDArray
    slant: NDArray
    held: NDArray
    overlap: int = 0
    ridges: tuple[Ridge, ...] = ()
    seamed: bool = False
    crowd: float = 1.0

    def finer(self) -> "Swath":
        """Return the sheet on a grid twice as fine, along a smooth surface."""
        n, m = self.held.shape
        rows, columns = 2 * n - 1, 2 * m - 1
        return Swath(
            points=resampled(self.points, rows, columns),
            along=resampled(self.along, rows, columns) / 2,
            across=resampled(self.across, rows, columns) / 2,
            slant=resampled(self.slant, rows, columns) / 2,
            held=resampled(self.held, rows, columns),
            overlap=max(2 * self.overlap - 1, 0),
        )


def swath(points: NDArray, held: NDArray, overlap: int = 0) -> Swath:
    """Return the sheet that lies without tension or slack where a grid (n, m, 3) lies."""

    def lengths(ways: NDArray) -> NDArray:
        missing = [(0, points.shape[k] - ways.shape[k]) for k in range(2)]
        return np.pad(np.linalg.norm(ways, axis=-1), missing, mode="edge")

    slant = [points[1:, 1:] - points[:-1, :-1], points[1:, :-1] - points[:-1, 1:]]
    return Swath(
        points=points,
        along=lengths(np.diff(points, axis=0)),
        across=lengths(np.diff(points, axis=1)),
        slant=np.stack([lengths(ways) for ways in slant], -1),
        held=held,
        overlap=overlap,
    )


def resampled(values: NDArray, rows: int, columns: int, first: int = 0, last: int = -1, crowd: float = 1.0) -> NDArray:
    """Return values (n, m) or (n, m, k) of a grid, from its column `first` to `last`, on another.

    Cubic splines for vectors, linear for single values. Rows lie nearer to the first with a power `crowd` above 1.
    """
    n, m = values.shape[:2]
    down, side = (n - 1) * np.linspace(0, 1, rows) ** crowd, np.linspace(first, last % m, columns)
    if values.ndim == 2:
        return map_coordinates(values, np.meshgrid(down, side, indexing="ij"), order=1)
    return CubicSpline(np.arange(m), CubicSpline(np.arange(n), values)(down), axis=1)(side)


@dataclass(frozen=True)
class Drape:
    """How a sheet falls.

    Attributes:
        weight_mm: How far a free point falls in the first step.
        stiffness: How much a fold resists, 0 to 0.06.
        clearance_mm: Between what is below and the middle of the cloth.
        friction: Share of a slide that contact takes away in each step.
        push: Share of compression that a step takes away, beside that of tension: low where cloth crumples.
        damping: Share of its motion that a point keeps from step to step.
    """

    weight_mm: float = 0.25
    stiffness: float = 0.02
    clearance_mm: float = 1.2
    friction: float = 0.5
    push: float = 0.6
    damping: float = 0.9


def relax(cloth: Swath, below: Surface, down: NDArray, drape: Drape, steps: int) -> Swath:
    """Return a sheet after some steps of falling and being pulled back to its lengths."""
    points = _planar(cloth.points)
    before, start = points.copy(), points.copy()
    held = cloth.held.astype(np.float32)
    free = 1 - held
    pulls = _pulls(cloth, free)
    fall = (drape.weight_mm * np.asarray(down)).astype(np.float32)[:, None, None]
    flat, loose = points.reshape(3, -1), free.ravel()
    at = normal = flat
    for step in range(steps):
        moved = ((points - before) * np.float32(drape.damping) + fall) * free
        before[...] = points
        points += moved
        for a, b, rest, weight_a, weight_b in pulls:
            _pull(points[a], points[b], rest, weight_a, weight_b, np.float32(drape.push))
        for view, weights in ((points, free), (points.swapaxes(1, 2), free.T)):
            _unbend(view, weights, np.float32(drape.stiffness))
        if cloth.overlap:
            mean = (points[..., : cloth.overlap] + points[..., -cloth.overlap :]) / 2
            points[..., : cloth.overlap] = points[..., -cloth.overlap :] = mean
        if step % LOOK_EVERY == 0:
            at, normal = (np.ascontiguousarray(part.T, np.float32) for part in planes(below, flat.T, SINKS_MM))
        height = ((flat - at) * normal).sum(0) - np.float32(drape.clearance_mm)
        touches = ((height < 0) & normal.any(0)) * loose
        flat -= touches * height * normal
        slide = flat - before.reshape(3, -1)
        slide -= (slide * normal).sum(0) * normal
        flat -= np.float32(drape.friction) * touches * slide
        points += held * (start - points)
    return replace(cloth, points=np.moveaxis(points, 0, -1).astype(float))


def stretched(cloth: Swath, rounds: int) -> NDArray:
    """Return the points (n, m, 3) of a sheet pulled to its lengths, with nothing in its way."""
    points = _planar(cloth.points)
    pulls = _pulls(cloth, (1 - cloth.held).astype(np.float32))
    for _ in range(rounds):
        for a, b, rest, weight_a, weight_b in pulls:
            _pull(points[a], points[b], rest, weight_a, weight_b, np.float32(1.0))
    return np.moveaxis(points, 0, -1).astype(float)


def _planar(points: NDArray) -> NDArray[np.float32]:
    """Return the coordinates (3, n, m) of a grid of points (n, m, 3), each in one piece of memory."""
    return np.ascontiguousarray(np.moveaxis(points, -1, 0), np.float32)


_Slices = tuple[slice, slice]
_Pull = tuple[tuple[Any, ...], tuple[Any, ...], NDArray, NDArray, NDArray]


def _pulls(cloth: Swath, free: NDArray) -> list[_Pull]:
    """Return pairs of neighbours by colour: where they are in (3, n, m), their length, and how far each one gives."""
    found: list[_Pull] = []
    down, back = cloth.slant[..., 0], np.roll(cloth.slant[..., 1], 1, 1)
    for rows, columns, length, firm in (
        (1, 0, cloth.along, 1.0),
        (0, 1, cloth.across, 1.0),
        (1, 1, down, 0.3),
        (1, -1, back, 0.3),
    ):
        for parity in (0, 1):
            a, b = _pair(free.shape, rows, columns, parity)
            total = np.maximum(free[a] + free[b], 1e-6)
            weight_a, weight_b = (np.float32(firm) * free[end] / total for end in (a, b))
            found.append(((..., *a), (..., *b), length[a].astype(np.float32), weight_a, weight_b))
    return found


def _pair(shape: tuple[int, ...], rows: int, columns: int, parity: int) -> tuple[_Slices, _Slices]:
    """Return the slices of every other point and of their neighbours, so that no point is in both."""
    count = (shape[0 if rows else 1] - parity) // 2
    here, there = slice(parity, parity + 2 * count - 1, 2), slice(parity + 1, parity + 2 * count, 2)
    if not rows:
        return (slice(None), here), (slice(None), there)
    if not columns:
        return (here, slice(None)), (there, slice(None))
    left, right = slice(0, shape[1] - 1), slice(1, shape[1])
    return ((here, left), (there, right)) if columns > 0 else ((here, right), (there, left))


def _pull(a: NDArray, b: NDArray, rest: NDArray, wa: NDArray, wb: NDArray, push: np.float32) -> None:
    """Move two grids of neighbours (3, n, m) towards their lengths, in place."""
    way = b - a
    square = way * way
    length = np.sqrt(square[0] + square[1] + square[2]) + np.float32(1e-6)
    over = 1 - rest / length
    if push != 1:
        over = np.where(over < 0, over * push, over)
    a += way * (over * wa)
    b -= way * (over * wb)


def _unbend(points: NDArray, free: NDArray, stiffness: np.float32) -> None:
    """Move points (3, n, m) down the gradient of their squared second differences along rows, in place."""
    bend = stiffness * (points[:, :-2] - 2 * points[:, 1:-1] + points[:, 2:])
    points[:, 1:-1] += 2 * bend * free[1:-1]
    points[:, :-2] -= bend * free[:-2]
    points[:, 2:] -= bend * free[2:]
