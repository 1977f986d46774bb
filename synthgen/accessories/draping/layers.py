"""Layers of cloth on a person: hoods about the face and lengths laid over the body, each over what is below it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from synthgen.accessories.draping.folds import Folds, fold_heights, grid_normals
from synthgen.accessories.draping.ground import lifted
from synthgen.accessories.draping.net import STATIONS, THREADS, mirrored, places, round_about, spread
from synthgen.accessories.draping.relax import Drape, Swath, relax, resampled, swath
from synthgen.accessories.draping.ridges import Fan, Line, Ridge, fanned
from synthgen.accessories.draping.strip import Way, laid
from synthgen.accessories.draping.taut import taut
from synthgen.accessories.fit import Fit
from synthgen.accessories.surfaces import Surface
from synthgen.ramps import smooth_step
from synthgen.rng import Key

OVERLAP = 3
SIDE_EVERY = 4
"""One of so many rows and columns tells which side of a sheet is outside."""
TURNS = 2 * THREADS - 2
CROWD = 1.4
"""How rows of a hood's mesh crowd towards the face; see `Swath`."""
FINE_STATIONS = 240
LEAST_SAMPLES = 8
"""Places along a thread that lengths are measured by; places of a ridge on a sheet below which it is left out."""


@dataclass(frozen=True)
class Hood:
    """A sheet about the face.

    Attributes:
        start: Station of its edge at the face for each thread of the left half.
        end: Station of its other edge.
        behind_mm: How far beyond its station its edge at the face lies, for each thread of the left half.
        folds: Along the threads, from the face outwards.
        folded: Stations where folds begin and where they are full.
        span: First and last thread of a sheet that does not go all around; those of the right half are below 0, or from
            `TURNS` / 2 on.
        led: Stations it is led over; between others it hangs.
        pinch: How much nearer to the middle of the span columns end than they begin, as a share.
        lift_mm: Off the skin before it is pulled taut, for each thread of the left half.
        slack: Extra length along the threads.
        hold: How firmly it keeps its laid form.
        across: Pull between the threads when taut: 0 spans the neck like a tent, more follows it.
        size: Rows and columns when taut; half as far apart when it falls.
        steps: Of falling.
        drape: How it falls.
        fans: Of tension folds, by thread and station; both sides have them.
        seamed: Whether it is sewn of two halves, along the middle of its span.
        cloth: What its material is called after the instance.
    """

    start: tuple[float, ...]
    end: tuple[float, ...]
    folds: Folds
    folded: tuple[float, float] = (3.0, 6.0)
    span: tuple[float, float] | None = None
    led: tuple[int, ...] = tuple(range(len(STATIONS)))
    pinch: float = 0.0
    lift_mm: tuple[float, ...] = (3.0,) * THREADS
    slack: float = 0.02
    hold: float = 0.02
    across: float = 0.15
    size: tuple[int, int] = (24, 70)
    steps: int = 40
    drape: Drape = field(default_factory=Drape)
    behind_mm: tuple[float, ...] = (0.0,) * THREADS
    fans: tuple[Fan, ...] = ()
    seamed: bool = False
    cloth: str = "cloth"


def hood(shape: Hood, fit: Fit, below: Surface, key: Key) -> Swath:
    """Return a hood on a person, over what is below; rows go from the face outwards, columns around from the chin."""
    rows, columns = shape.size
    if shape.span is None:
        around, overlap = np.arange(columns + OVERLAP) / columns * TURNS, OVERLAP
    else:
        around, overlap = np.linspace(*shape.span, columns), 0
    start, end = (round_about(mirrored(line), around % TURNS) for line in (shape.start, shape.end))
    led = list(shape.led)
    net = places(fit, mirrored(shape.lift_mm))[:, led]
    if any(shape.behind_mm):
        start = _farther(net, led, around, start, round_about(mirrored(shape.behind_mm), around % TURNS))
    station = start + (end - start) * np.linspace(0, 1, rows)[:, None]
    middle = 0.0 if shape.span is None else sum(shape.span) / 2
    thread = middle + (around - middle) * (1 - shape.pinch * np.linspace(0, 1, rows)[:, None])
    grid = spread(net, thread, np.interp(station, led, np.arange(len(led))))
    fixed = np.zeros(grid.shape[:2], bool)
    fixed[0] = True
    clearance = shape.drape.clearance_mm + 1
    grid = lifted(below, grid, clearance)
    grid = taut(grid, below, fixed, clearance, 70, shape.across)
    cloth = swath(grid, fixed.astype(float), overlap).finer()
    share = np.linspace(0, 1, len(cloth.points))[:, None]
    full = smooth_step(resampled(station, *cloth.held.shape), *shape.folded)
    rise = fold_heights(cloth.points, shape.folds, key, cloth.overlap) * full
    held = np.full(cloth.held.shape, shape.hold)
    held[0] = 1
    cloth = swath(cloth.points + outward(cloth.points, below) * rise[..., None], held, cloth.overlap)
    cloth = replace(cloth, along=cloth.along * (1 + shape.slack * smooth_step(share, 0.05, 0.3)))
    cloth = relax(cloth, below, fit.down, shape.drape, shape.steps)
    turns = TURNS if shape.span is None else sum(shape.span)
    both = [fan for one in shape.fans for fan in (one, one.mirrored(turns))]
    lines = [line for number, fan in enumerate(both) for line in fanned(fan, key.child("fan", number))]

    def at(line: NDArray) -> tuple[NDArray, NDArray]:
        """Return the row and the column of places on the net."""
        share = np.interp(line[:, 0], around, np.linspace(0, 1, len(around)), np.nan, np.nan)
        first, last = (np.interp(share, np.linspace(0, 1, len(around)), edge) for edge in (start, end))
        n, m = cloth.held.shape
        return (line[:, 1] - first) / (last - first) * (n - 1), share * (m - 1)

    ridges = _ridges(cloth, [(np.stack(at(line), 1), size) for line, size in lines])
    return replace(cloth, ridges=ridges, seamed=shape.seamed, crowd=CROWD)


def _farther(net: NDArray, led: Sequence[int], thread: NDArray, station: NDArray, more_mm: NDArray) -> NDArray:
    """Return the stations (m,) so much farther along threads (m,) of a net than others."""
    at = np.linspace(0, len(led) - 1, FINE_STATIONS)
    line = spread(net, np.broadcast_to(thread, (FINE_STATIONS, len(thread))), np.repeat(at[:, None], len(thread), 1))
    away = np.cumsum(np.linalg.norm(np.diff(line, axis=0, prepend=line[:1]), axis=-1), 0)
    stations = np.interp(at, np.arange(len(led)), led)
    wanted = [np.interp(s, stations, way) + more for s, way, more in zip(station, away.T, more_mm, strict=True)]
    return np.array([np.interp(mm, way, stations) for mm, way in zip(wanted, away.T, strict=True)])


def _ridges(cloth: Swath, lines: Sequence[Line]) -> tuple[Ridge, ...]:
    """Return ridges along rows and columns (k, 2) of a sheet where it lies; beyond its edges there is nothing."""
    found = []
    for at, size in lines:
        inside = ((at >= 0) & (at <= np.array(cloth.held.shape) - 1)).all(1)
        if inside.sum() > LEAST_SAMPLES:
            line = [map_coordinates(cloth.points[..., k], at[inside].T, order=3, mode="nearest") for k in range(3)]
            found.append(Ridge(np.stack(line, 1), *size))
    return tuple(found)


@dataclass(frozen=True)
class Panel:
    """A length of cloth laid over the body.

    Attributes:
        way: That it takes.
        folds: Along it.
        gathered: Share of the folds' height at its ends.
        bulge_mm: How far its middle stands out.
        hold: How firmly it keeps its laid form.
        hold_upper: The same at its upper edge, which runs tight.
        size: Rows along it and columns across.
    """

    way: Way
    folds: Folds
    gathered: tuple[float, float] = (0.0, 0.0)
    bulge_mm: float = 0.0
    hold: float = 0.05
    hold_upper: float = 0.5
    size: tuple[int, int] = (60, 56)
    steps: int = 40
    drape: Drape = field(default_factory=Drape)


def panel(shape: Panel, fit: Fit, below: Surface, key: Key) -> Swath:
    """Return a length of cloth on a person, over what is below; rows go along its way, columns from the upper edge."""
    grid = laid(fit, shape.way, *shape.size)
    fixed = np.zeros(grid.shape[:2], bool)
    fixed[[0, -1]] = True
    grid = taut(grid, below, fixed, shape.drape.clearance_mm + 1, 12, 0.3)
    share = np.linspace(0, 1, shape.size[0])[:, None]
    first, last = shape.gathered
    height = np.maximum(np.sin(np.pi * share) ** 0.5, np.where(share < 0.5, first, last))
    rise = fold_heights(grid, shape.folds, key) * height
    rise += shape.bulge_mm * np.sin(np.pi * np.linspace(0, 1, shape.size[1])) ** 0.7
    held = np.full(grid.shape[:2], shape.hold)
    held[:, 0] = shape.hold_upper
    held[[0, -1]] = 1
    cloth = swath(grid + outward(grid, below) * rise[..., None], held)
    return relax(cloth, below, fit.down, shape.drape, shape.steps)


def outward(grid: NDArray, below: Surface) -> NDArray:
    """Return unit normals (n, m, 3) of a grid (n, m, 3), on the side away from what is below."""
    normals = grid_normals(grid)
    few = slice(None, None, SIDE_EVERY)
    out = below.distance(grid[few, few].reshape(-1, 3))[1].reshape(grid[few, few].shape)
    return normals * np.sign((normals[few, few] * out).sum())
