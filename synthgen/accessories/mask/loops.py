"""What holds masks: loops round the ears, straps round the head. Millimetres of `Fit`."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import KDTree

from synthgen.accessories.cords import taut_path
from synthgen.accessories.cover import hair_allowance, press_under, tilted_chart
from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import Solid, rounded_rectangle, spline, sweep, tangents
from synthgen.accessories.kind import Press, Worn, one_after_the_other
from synthgen.accessories.mask.sheet import Sheet, sheet_mesh
from synthgen.accessories.pieces import Piece, worn_mesh
from synthgen.accessories.surfaces import body_surface
from synthgen.mesh import Mesh, unit
from synthgen.parts import Part
from synthgen.strands import Strands

CORD_MM = 1.15
"""Half the thickness of a loop."""
OVER = frozenset({"glasses"})
"""What loops lie over."""
STRAP_MM, REACH_MM = 1.0, 22.0
"""Thickness of a strap, and how far from its middle it moves hair."""


def ear_loop(fit: Fit, side: str, high: NDArray, low: NDArray, half_mm: float = CORD_MM) -> Solid:
    """Return a loop from the upper corner (3,) of a mask behind an ear to the lower corner (3,)."""
    sign, groove = SIDES[side], fit.ear_groove(side)
    out, back, up = np.diag([sign, 1.0, 1.0])
    way = [
        high,
        0.5 * (high + groove[0]) + 3.0 * out,
        groove[0] + 1.2 * out + 1.5 * up,
        *(groove[k] + 2.2 * back + 0.4 * out for k in (2, 4, 6, 8)),
        groove[10] + 1.5 * back - 1.0 * up,
        groove[12] + 1.5 * out - 2.0 * up,
        0.5 * (groove[12] + low) + 2.0 * out - 0.5 * up,
        low,
    ]
    path, need = spline(np.array(way), 96), half_mm + 0.15
    ground = body_surface(fit, OVER)
    for _ in range(8):
        distance, normals = ground.distance(path)
        path[1:-1] += (normals * np.clip(need - distance, 0, 6)[:, None])[1:-1]
        path[1:-1] = gaussian_filter1d(path, 1.3, axis=0, mode="nearest")[1:-1]
    path[1:-1] = ground.push_out(ground.push_out(path, need), need)[1:-1]
    return sweep(path, out, rounded_rectangle(half_mm, half_mm, half_mm, 3))


def head_strap(
    fit: Fit, ends: tuple[NDArray, NDArray], by: NDArray, half_width_mm: float
) -> tuple[Solid, Press | None]:
    """Return a flat strap from one end (3,) round the back of the head to the other, and what it does to hair.

    Args:
        fit: The head.
        ends: Left and right.
        by: (3,) a point of the left side that the strap passes.
        half_width_mm: Half its width.
    """

    def room(middle: NDArray, ways: NDArray) -> NDArray:
        chart = tilted_chart(middle)
        azimuth, elevation, _ = chart.locate(middle + ways)
        return hair_allowance(fit, chart, azimuth[None], elevation[None])[0] + STRAP_MM

    path, away = taut_path(fit.rays, ends, by, room)
    path[1:-1] = fit.push_out(path[1:-1], STRAP_MM)
    across = unit(np.cross(tangents(path), away))
    solid = sweep(path, across, rounded_rectangle(half_width_mm, STRAP_MM / 2, 0.4 * STRAP_MM))
    return solid, _under_strap(path, away, half_width_mm) if fit.strands else None


def _under_strap(path: NDArray, away: NDArray, half_width_mm: float) -> Press:
    """Return what a strap does to hair: it holds it down, ever less beside it."""
    tree = KDTree(path)

    def press(points: NDArray, strands: Strands) -> tuple[NDArray, NDArray]:
        flat = points.reshape(-1, 3).astype(float)
        near, row = tree.query(flat, distance_upper_bound=REACH_MM)
        held = np.flatnonzero(np.isfinite(near))
        off, way = flat[held] - path[row[held]], away[row[held]]
        height = (off * way).sum(1)
        beside = np.maximum(np.sqrt(np.maximum(near[held] ** 2 - height**2, 0)) - half_width_mm, 0)
        most = -STRAP_MM + 0.5 * beside + 0.05 * beside**2
        flat[held] -= way * np.maximum(height - most, 0)[:, None]
        return flat.reshape(points.shape), np.ones(len(points), bool)

    return press


def looped(name: str, sheet: Sheet, points: NDArray, thickness_mm: NDArray | float, fit: Fit) -> Worn:
    """Return a mask of points (n, m, 3) with loops from its corners round the ears."""
    body = sheet_mesh(name, "cloth", Part.FACEWEAR, points, thickness_mm, fit)
    corners = (("left", -2), ("right", 1))
    loops = [(ear_loop(fit, side, points[-4, column], points[3, column]), "loop") for side, column in corners]
    held = worn_mesh(f"{name}_loops", name, Part.FACEWEAR, loops, fit)
    return Worn((body, held), press_of(body, sheet, fit))


def strapped(
    name: str,
    sheet: Sheet,
    points: NDArray,
    thickness_mm: NDArray | float,
    fit: Fit,
    more: Sequence[Piece] = (),
    half_width_mm: float = 3.5,
    single: bool = False,
) -> Worn:
    """Return a mask of points (n, m, 3) with straps round the head, and other pieces; two straps or a single one."""
    body = sheet_mesh(name, "cloth", Part.FACEWEAR, points, thickness_mm, fit)
    high, low = strap_places(fit)
    if single:
        runs = [(points[len(points) // 2, [-2, 1]], high)]
    else:
        runs = [(points[-5, [-2, 1]], high), (points[4, [-2, 1]], low)]
    straps = [head_strap(fit, (ends[0], ends[1]), by, half_width_mm) for ends, by in runs]
    pieces = [*((solid, "strap") for solid, _ in straps), *more]
    held = worn_mesh(f"{name}_straps", name, Part.FACEWEAR, pieces, fit)
    under = [press_of(body, sheet, fit), *(press for _, press in straps if press)]
    return Worn((body, held), one_after_the_other([press for press in under if press]))


def strap_places(fit: Fit) -> tuple[NDArray, NDArray]:
    """Return points (3,) of the left side that straps pass: above the ear, and below it."""
    top, lobe = fit.spot("ear_top")[0], fit.spot("lobe")[0]
    return top + [0, 4.0, 9.0], lobe + [0, 8.0, -16.0]


def press_of(body: Mesh, sheet: Sheet, fit: Fit) -> Press | None:
    """Return what a sheet does to hair under it."""
    if not fit.strands:
        return None
    return press_under(fit, sheet.chart, Solid(fit.from_world(body.vertices), body.triangles))
