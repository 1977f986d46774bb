"""What holds masks: loops round the ears, straps round the head. Millimetres of `Fit`."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, maximum_filter1d
from scipy.spatial import KDTree

from synthgen.accessories.cords import press_under_strap, room_on, taut_path
from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import Solid, rounded_rectangle, spline, sweep, tangents, xyz
from synthgen.accessories.kind import Press, Worn, one_after_the_other
from synthgen.accessories.mask.meshes import sheet_mesh
from synthgen.accessories.mask.press import press_under_sheet
from synthgen.accessories.mask.sheet import Sheet
from synthgen.accessories.pieces import Piece, worn_mesh
from synthgen.accessories.surfaces import body_surface, head_and_worn
from synthgen.accessories.yielding import lifted_off
from synthgen.mesh import unit
from synthgen.noise import noise
from synthgen.parts import Part
from synthgen.rng import Key

CORD_MM = 1.15
"""Half the thickness of a loop."""
OVER, LIFTED_MM = frozenset({"glasses"}), 14.0
"""What loops lie over, and from how far off it is sought."""
HANG_MM, GIVES_MM = 14.0, 6.0
"""From a lobe down to a mask that hangs from the ear, and how far its cloth gives way to clothes at each look."""
PULL = 0.35
"""How far loops pull ears off the head, as a share of the target."""
STRAP_MM, SKIN_MM = 1.0, 0.1
"""Thickness of a strap, and its least distance from the skin."""


def ear_loop(fit: Fit, side: str, high: NDArray, low: NDArray, half_mm: float = CORD_MM) -> Solid:
    """Return a loop from the upper corner (3,) of a mask behind an ear to the lower corner (3,)."""
    sign, groove = SIDES[side], fit.ear_groove(side)
    out, back, up = np.diag([sign, 1.0, 1.0])
    # points, and the ways off what the loop lies on
    way = [
        (high, out),
        (0.5 * (high + groove[0]) + 3.0 * out, out + up),
        (groove[0] + 1.2 * out + 1.5 * up, up),
        *((groove[k] + 2.2 * back + 0.4 * out, back) for k in (2, 4, 6, 8)),
        (groove[10] + 1.5 * back - 1.0 * up, back),
        (groove[12] + 1.5 * out - 2.0 * up, back - up),
        (0.5 * (groove[12] + low) + 2.0 * out - 0.5 * up, out - up),
        (low, out),
    ]
    points, off = np.array(way).swapaxes(0, 1)
    path, need = spline(points, 96), half_mm + 0.15
    off = unit(gaussian_filter1d(off[KDTree(points).query(path)[1]], 3.0, axis=0, mode="nearest"))
    ground = body_surface(fit, OVER)
    for _ in range(8):
        distance, normals = ground.distance(path)
        path[1:-1] += (normals * np.clip(need - distance, 0, 6)[:, None])[1:-1]
        path[1:-1] = gaussian_filter1d(path, 1.3, axis=0, mode="nearest")[1:-1]
    path[1:-1] = ground.push_out(ground.push_out(path, need), need)[1:-1]
    path[1:-1] = _over(fit, path, off, need)[1:-1]
    return sweep(path, out, rounded_rectangle(half_mm, half_mm, half_mm, 3))


def _over(fit: Fit, path: NDArray, off: NDArray, need_mm: float) -> NDArray:
    """Return a loop (n, 3) lifted over the temples of glasses, along ways (n, 3) off the head."""
    worn = [mesh for mesh in fit.worn if mesh.instance in OVER]
    if not worn:
        return path
    rays, side = fit.rays_at(worn), np.cross(off, tangents(path))
    starts = [path + LIFTED_MM * off + share * need_mm * side for share in (-1.0, -0.5, 0.0, 0.5, 1.0)]
    hits = np.min([rays.first_hit(start, -off, LIFTED_MM + need_mm)[1] for start in starts], axis=0)
    lift = maximum_filter1d(np.where(np.isfinite(hits), LIFTED_MM + need_mm - hits, 0.0), 5)
    return path + np.maximum(lift, gaussian_filter1d(lift, 2.0))[:, None] * off


def pulled_ears(wear: str) -> Mapping[str, float]:
    """Return the targets of ears that loops pull forwards."""
    return {} if wear == "ear" else {f"ears/{side}-ear-wing-incr": PULL for side in "lr"}


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
    path, away = taut_path(fit.rays, ends, by, room_on(fit, STRAP_MM))
    ground = head_and_worn(fit)
    path[1:-1] = ground.push_out(path[1:-1], STRAP_MM)
    distance, normals = ground.distance(path)
    lying = np.clip(1 - (distance - STRAP_MM) / (2 * half_width_mm + 4), 0, 1)[:, None]
    away = unit(gaussian_filter1d(lying * normals + (1 - lying) * away, 3.0, axis=0, mode="nearest"))
    across = unit(np.cross(tangents(path), away))
    solid = sweep(path, across, rounded_rectangle(half_width_mm, STRAP_MM / 2, 0.4 * STRAP_MM))
    solid = Solid(ground.push_out(solid.vertices, SKIN_MM), solid.triangles)
    return solid, press_under_strap(path, away, half_width_mm) if fit.strands else None


def looped(name: str, sheet: Sheet, points: NDArray, thickness_mm: float, fit: Fit) -> Worn:
    """Return a mask of points (n, m, 3) with loops from its corners round the ears."""
    body = sheet_mesh(name, "cloth", Part.FACEWEAR, points, thickness_mm, fit)
    corners = (("left", -2), ("right", 1))
    loops = [(ear_loop(fit, side, points[-4, column], points[3, column]), "loop") for side, column in corners]
    held = worn_mesh(f"{name}_loops", name, Part.FACEWEAR, loops, fit)
    return Worn((body, held), press_under_sheet(sheet, points, thickness_mm))


def strapped(
    name: str,
    sheet: Sheet,
    points: NDArray,
    thickness_mm: float,
    fit: Fit,
    more: Sequence[Piece] = (),
    half_width_mm: float = 3.5,
    single: bool = False,
) -> Worn:
    """Return a mask of points (n, m, 3) with straps round the head, and other pieces; two straps or a single one."""
    body = sheet_mesh(name, "cloth", Part.FACEWEAR, points, thickness_mm, fit)
    high, low = strap_places(fit, half_width_mm)
    if sheet.on_chin:  # what went over the ears has slid down
        high, low = low, low + xyz(0, 4.0, -3.0 * half_width_mm)
    if single:
        runs = [(points[len(points) // 2, [-2, 1]], high)]
    else:
        runs = [(points[-5, [-2, 1]], high), (points[4, [-2, 1]], low)]
    straps = [head_strap(fit, (ends[0], ends[1]), by, half_width_mm) for ends, by in runs]
    pieces = [*((solid, "strap") for solid, _ in straps), *more]
    held = worn_mesh(f"{name}_straps", name, Part.FACEWEAR, pieces, fit)
    under = [press_under_sheet(sheet, points, thickness_mm), *(press for _, press in straps if press)]
    return Worn((body, held), one_after_the_other([press for press in under if press]))


def strap_places(fit: Fit, half_width_mm: float) -> tuple[NDArray, NDArray]:
    """Return points (3,) of the left side that straps pass: above the ear, and below it."""
    top, lobe = fit.spot("ear_top")[0], fit.spot("lobe")[0]
    return top + xyz(0, 4.0, 6.0 + 1.5 * half_width_mm), lobe + xyz(0, 8.0, -12.0 - half_width_mm)


def hanging(name: str, size_mm: tuple[float, float], thickness_mm: float, fit: Fit, key: Key) -> Worn:
    """Return a mask that hangs from an ear by one loop, beside jaw and neck, its other loop loose.

    Args:
        name: Of the kind.
        size_mm: Width and height of the mask laid flat.
        thickness_mm: Of its cloth.
        fit: The head.
        key: Of the side, and of how it is creased.
    """
    side = "left" if key.child("side").rng().random() < 0.5 else "right"
    ground = body_surface(fit)
    lobe, _ = fit.spot("lobe", side)
    out, down = np.array([SIDES[side], 0.0, 0.0]), fit.down
    ahead = unit(np.cross(out, down)) * SIDES[side]
    width, height = size_mm
    v, s = np.meshgrid(np.linspace(0, 1, 65), np.linspace(-1, 1, 49), indexing="ij")
    gathered = 1 - 0.35 * (2 * v - 1) ** 4
    flat = np.column_stack([60 * s.ravel(), 90 * v.ravel(), 0 * v.ravel()])
    wave = 3.0 * noise(flat, 50.0, key).reshape(s.shape) * np.sin(np.pi * v) + 7.0 * np.cos(np.pi / 2 * s)
    top = lobe + down * HANG_MM + ahead * 6.0
    points = top + down * width * (1 - v)[..., None] + ahead * (s * gathered * height / 2)[..., None]
    points = points + out * (4.0 + wave)[..., None]
    for _ in range(4):
        points = ground.push_out(points.reshape(-1, 3), thickness_mm + 0.8).reshape(points.shape)
        points[1:-1] = gaussian_filter1d(points, 1.0, axis=0, mode="nearest")[1:-1]
    points = ground.push_out(points.reshape(-1, 3), thickness_mm + 0.8).reshape(points.shape)
    points = points if side == "left" else points[:, ::-1]
    body = sheet_mesh(name, "cloth", Part.FACEWEAR, points, thickness_mm, fit)
    ends = sorted((points[-2, 3], points[-2, -4]), key=lambda point: point[1])
    loose = np.array([points[1, 3], points[0, 8] + 22 * down, points[0, -9] + 26 * down, points[1, -4]])
    loose = ground.push_out(spline(loose, 40), 2.0)
    cords = [ear_loop(fit, side, ends[0], ends[1]), sweep(loose, out, rounded_rectangle(CORD_MM, CORD_MM, CORD_MM))]
    held = worn_mesh(f"{name}_loops", name, Part.FACEWEAR, [(cord, "loop") for cord in cords], fit)
    return Worn(lifted_off((body, held), fit, ("_cloth",), GIVES_MM))
