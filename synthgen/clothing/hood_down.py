"""A hood that is not worn: a bag that hangs on the back, and its opening's hem as a soft roll about the neck."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, gaussian_filter1d

from synthgen.accessories.geometry import ellipsoid, joined, ring, spline, superellipse, sweep, xyz
from synthgen.clothing.closures import places_on, solid_mesh
from synthgen.clothing.collars import Edge, Ground, fallen, ground, panel
from synthgen.clothing.drape import Dummy
from synthgen.clothing.pattern import Pattern
from synthgen.clothing.sewing import Sewn
from synthgen.clothing.shirt_collar import UP
from synthgen.head.model import Points
from synthgen.materials import SEAM_REACH_MM
from synthgen.mesh import Mesh, unit
from synthgen.noise import noise
from synthgen.ramps import smooth_step
from synthgen.rng import Key

LEANS = 0.25
"""How far the hood goes across the back for each metre down."""
PRESSED = 0.7, 0.1, 0.4
"""Share of its length, of its fullness and of its roll that a hood has below a jacket."""
FLAT, FLAT_M = 0.3, 0.008
"""Share of its height and fullness that a hood has below what is worn about the neck; how far from the back it is."""
AT = [0.0, 0.3, 0.5, 0.75, 0.9, 1.0]
"""Places on half the neckline, from the middle of the back to that of the front, for which there follow, in metres:"""
RISE_M = [0.030, 0.034, 0.034, 0.026, 0.015, 0.007]
ROLL_M = [0.015, 0.016, 0.015, 0.011, 0.007, 0.0045]
LONG_M = [0.170, 0.135, 0.060, 0.034, 0.022, 0.013]
FULL_M = [0.034, 0.025, 0.018, 0.010, 0.005, 0.002]
"""How high the opening's hem stands, the radius of the roll beside it, how far cloth falls from there, how thick."""
HEM_M, SUNK_M, CLOTH_M = 0.0030, 0.006, 0.0032
"""Radius of the hem, how far the roll is sunk below it, and the cloth's thickness."""
CROSS_M, ABOVE_M = 0.030, 0.007
"""How far each end goes beyond the middle in front, and how far the left one lies above the other there."""
STAND, HEM, ROLL, FALL, UNDER = 4, 4, 6, 19, 4
"""Rows of points: the lining up to the hem, about the hem, over the roll, down, and in below."""
GAP_M = 0.0045
"""Between the hood and what it lies on."""
HEM_ROW = STAND + HEM + 4
"""Where the hem is stitched down."""
EYELET_AT, EYELET_ROW = 0.84, STAND + HEM + 2
EYELET_M, LACE_M, KNOT_M = (0.0046, 0.0012), 0.0025, (0.0048, 0.0044, 0.0062)
"""Radius of an eyelet and of its wire, of the cord, and half the axes of a knot."""


@dataclass(frozen=True)
class Hood:
    """A hood that is not worn.

    Attributes:
        mesh: Its cloth.
        eyelets: (2, 3) of its cord, left and right, metres.
        normals: (2, 3) there.
        outside: Of its cloth, for what lies on it.
    """

    mesh: Mesh
    eyelets: Points
    normals: NDArray
    outside: Ground


def hood(edge: Edge, body: Dummy, sewn: Sewn, key: Key) -> Hood:
    """Return the hood on the back.

    Args:
        edge: The whole neckline, a point of it at the middle of the back.
        body: Whose hood it is; it says how the hood lies.
        sewn: What it lies on.
        key: Of its folds.
    """
    flat = body.hood != "down"
    low = FLAT if flat else 1.0
    long, full, round_ = PRESSED if body.covered else (1.0, low, low)
    at = np.abs(edge.share)
    rise, roll, width, thick = (np.interp(at, AT, values) for values in (RISE_M, ROLL_M, LONG_M, FULL_M))
    rise, roll = (gaussian_filter1d(each, 2, mode="nearest") for each in (rise * low, roll * round_))
    width, thick = (gaussian_filter1d(each, 3, mode="nearest") for each in (width * long, thick * full))
    on = ground((sewn.vertices, sewn.normals))
    near = body.points[:, 2] > body.points[:, 2].max() - 0.13
    neck = ground((body.points[near], body.normals[near]))
    top = neck.push_out(_opening(edge, rise, roll), 0.004)
    behind = smooth_step(at, 0.75, 0.15)
    fall = fallen(edge, top[:, -1], UP, width, LEANS * behind + 0.5 * (1 - behind), on, GAP_M, FALL)
    fall = _bagged(fall, thick, behind * full, key)
    below = on.push_out(on.drawn_in(fall[:, -4 : -4 - 2 * UNDER : -2], GAP_M / 2), GAP_M / 3)
    grid = _crossed(edge, np.concatenate([top, fall, below], 1))
    grid[:, STAND + HEM : -UNDER] = on.push_out(grid[:, STAND + HEM : -UNDER], GAP_M)
    if flat:
        grid[:, STAND + HEM :] = on.push_out(on.drawn_in(grid[:, STAND + HEM :], FLAT_M), GAP_M)
    mesh = panel("hoodie_hood", "hoodie", grid[::-1], CLOTH_M, (edge.length_m * 1e3, 1e3 * (max(LONG_M) + 0.08)))
    mesh = mesh.with_attributes({"seam": _seams(edge, grid[::-1], len(mesh.vertices))})
    eyelets = np.abs(edge.share[:, None] - [-EYELET_AT, EYELET_AT]).argmin(0)
    normals, seen = _outward(grid), slice(STAND + HEM, -UNDER)
    outside = ground((grid[:, seen].reshape(-1, 3), normals[:, seen].reshape(-1, 3)))
    return Hood(mesh, grid[eyelets, EYELET_ROW], normals[eyelets, EYELET_ROW], outside)


def _outward(grid: Points) -> NDArray:
    """Return the normals (n, m, 3) of rows of points from left to right."""
    return unit(np.cross(np.gradient(grid, axis=1), np.gradient(grid, axis=0)))


def _opening(edge: Edge, rise: NDArray, roll: NDArray) -> Points:
    """Return rows (n, m, 3) of the lining, the hem and the roll beside it."""
    up, out = UP, edge.outward[:, None]
    rise, roll = rise[:, None, None], roll[:, None, None]
    stand = edge.points[:, None] + up * rise * np.linspace(0, 1, STAND)[:, None]
    turn = np.linspace(0, np.pi, HEM + 1)[1:, None]
    hem = stand[:, -1:] + HEM_M * (out * (1 - np.cos(turn)) + up * 1.4 * np.sin(turn))
    turn = np.linspace(0.15 * np.pi, np.pi, ROLL)[:, None]
    centre = hem[:, -1:] + out * roll - up * (roll * 0.9 + np.minimum(SUNK_M, 0.4 * rise))
    return np.concatenate([stand, hem, centre + roll * (up * np.sin(turn) - out * np.cos(turn))], 1)


def _bagged(fall: Points, thick: NDArray, loose: NDArray, key: Key) -> Points:
    """Return what falls (n, m, 3) with air in it: it stands off, in folds that hang from side to side."""
    share = np.linspace(0, 1, fall.shape[1])
    out = unit(gaussian_filter(_outward(fall), (4, 3, 0), mode="nearest"))
    places = fall.reshape(-1, 3) * 1e3
    lumps = noise(places, 70, key.child("lumps")).reshape(fall.shape[:2])
    warp = noise(places * [1, 1, 0.6], 90, key.child("warp")).reshape(fall.shape[:2])
    hanging = np.sin(2 * np.pi * (2.3 * share + 0.22 * warp)) * np.sin(np.pi * share)
    creases = noise(places * [1, 1, 0.4], 34, key.child("creases")).reshape(fall.shape[:2])
    end = np.sqrt(np.clip(1 - np.clip((share - 0.72) / 0.28, 0, 1) ** 2, 0, 1))
    high = (0.35 + 0.65 * smooth_step(share, 0, 0.55)) * end
    folds = loose[:, None] * end * (0.0065 * hanging + 0.0022 * creases) + 0.10 * thick[:, None] * lumps * end
    return fall + out * (thick[:, None] * high + folds)[..., None]


def _seams(edge: Edge, grid: Points, count: int) -> NDArray:
    """Return how near the stitches along the hem and the seam down the middle are, as `Textile.seam_mm` needs it."""
    along = np.cumsum(np.linalg.norm(np.diff(grid, axis=1, prepend=grid[:, :1]), axis=-1), 1)
    from_hem = np.abs(along - along[:, [HEM_ROW]])
    from_middle = np.where(np.arange(grid.shape[1]) < STAND, 1.0, np.abs(edge.share * edge.length_m / 2)[:, None])
    near = np.maximum(SEAM_REACH_MM - 1e3 * np.minimum(from_hem, from_middle), 0).reshape(-1)
    return np.concatenate([near, np.zeros(count - len(near))])


def _crossed(edge: Edge, grid: Points) -> Points:
    """Return the hood with its ends one above the other in front."""
    ends = smooth_step(np.abs(edge.share), 0.82, 1.0)
    along = unit(np.gradient(edge.points, axis=0)) * np.sign(edge.share)[:, None]
    over = ABOVE_M * smooth_step(-edge.share, 0.7, 0.95)
    return grid + (along * (CROSS_M * ends)[:, None] + edge.outward * over[:, None])[:, None]


def laces(pattern: Pattern, sewn: Sewn, on: Hood, key: Key) -> tuple[Mesh, ...]:
    """Return the cord that hangs from each eyelet, with a knot near its end, and the metal eyelets."""
    found, rings = [], []
    for side, name, eyelet, normal in zip((1, -1), ("left", "right"), on.eyelets, on.normals, strict=True):
        long = key.child("cord", side).rng().uniform(110, 170)
        steps = np.linspace(0, 1, 7)
        places = np.stack([side * (30 + 6 * steps), 505 - long * steps], 1)
        points, out = places_on(pattern, sewn, places)
        hanging = spline(np.concatenate([[eyelet + normal * 0.004], points + out * LACE_M * 1.3]), 38)
        path = np.concatenate([[eyelet - normal * 0.003], on.outside.push_out(hanging, LACE_M * 1.1, 0.02)])
        knot = ellipsoid(np.array(KNOT_M), 8).moved(np.eye(3), path[-3])
        lace = joined([sweep(path, xyz(1, 0.1, 0), superellipse(2 * LACE_M, 2 * LACE_M, 2, 8)), knot])
        found.append(solid_mesh(f"hoodie_cord_{name}", "hoodie", lace, "hoodie_cord"))
        across = unit(np.cross(normal, xyz(0, 0, 1)))
        rings.append(ring(eyelet + normal * 0.0006, across, np.cross(normal, across), *EYELET_M, 20))
    return *found, solid_mesh("hoodie_eyelets", "hoodie", joined(rings), "hoodie_metal")
