"""Rims, the bridge and the pads on the nose. Millimetres."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import Solid, ellipsoid, loft, outline_normals, rounded_rectangle, spline, sweep, xyz
from synthgen.accessories.glasses.front import CLEARANCE_MM, EDGE, METAL, PAD, PLASTIC, Front, bars
from synthgen.mesh import unit

PRESSED_MM = 0.7
"""How deep pads press into the skin."""
WIRE = rounded_rectangle(0.75, 0.95, 0.4) + np.array([0.1, 0.7])
SCREW_MM = np.array([1.6, 0.6, 1.4])
_FRONT = ((-0.6, -0.55), (-0.52, -0.8), (-0.3, -0.95), (0, -1.0), (0.7, -1.0), (0.86, -0.95), (0.96, -0.8), (1, -0.5))
_BACK = ((1, 0.4), (1, 1.8), (1, 2.5), (0.95, 2.8), (0.85, 2.95), (0.6, 3.0), (-0.3, 2.9), (-0.6, 2.6))
BEVELLED = np.array(_FRONT + _BACK)
"""Section of acetate: flat before, behind and outside, with rounded edges; outwards in widths, backwards in mm."""
Piece = tuple[Solid, str]
"""A solid and the name of its material."""


def bridge(front: Front, fit: Fit) -> Iterator[Piece]:
    """Yield the bars over the nose, off the skin."""
    for path, profile, thick, material in bars(front):
        clear = path.copy()
        clear[2:-2] = fit.push_out(path[2:-2], thick + CLEARANCE_MM)
        smooth = gaussian_filter1d(clear, 1.5, axis=0, mode="nearest")
        smooth[[0, -1]] = path[[0, -1]]
        yield sweep(smooth, np.array([0, 0, 1.0]), profile), material


def rim(front: Front, side: str) -> Iterator[Piece]:
    """Yield the rim of a lens: a profile (out of the lens, backwards) drawn round it."""
    shape, outline = front.shape, front.outline
    turned = front.turned(side)
    normals = outline_normals(outline)
    out = np.stack([normals[:, 0], np.zeros(len(normals)), normals[:, 1]], 1) @ turned.T
    path = front.place(front.on_front(outline), side)

    def along(rows: NDArray, profile: NDArray) -> Solid:
        return _along(path[rows], out[rows], turned[:, 1], profile, closed=len(rows) == len(path))

    x, z = outline.T / np.abs(outline).max(0)[:, None]
    bold = shape.rim_mm * (1 + 0.25 * np.clip(z, 0, 1) + 0.2 * np.clip(x * z, 0, 1))
    everywhere, upper = np.arange(len(path)), z > -0.1
    match shape.rim:
        case "acetate":
            yield along(everywhere, _acetate(bold)), PLASTIC
        case "metal":
            yield along(everywhere, WIRE), METAL
        case "club":
            yield along(everywhere, WIRE), METAL
            rows = _run(z > 0.12)
            ends = np.clip(np.sin(np.linspace(0, np.pi, len(rows))) * 4, 0.35, 1)
            yield along(rows, _acetate(bold[rows] * 1.1 * ends)), PLASTIC
        case "half":
            yield along(_run(upper), rounded_rectangle(1.0, 1.2, 0.5) + np.array([0.2, 0.7])), METAL
            yield along(_run(~upper), rounded_rectangle(0.25, 0.25, 0.25, 2) + np.array([0.1, 0.7])), EDGE
        case "none":
            for inner, height in ((True, 0.22 * front.height), (False, shape.hinge * front.height / 2)):
                for behind in (-0.3, front.curves.centre_mm + 0.2):
                    screw = front.rim_point(inner, height, side, behind)
                    yield ellipsoid(SCREW_MM).moved(turned, screw), METAL


def _acetate(bold: NDArray) -> NDArray:
    """Return the profile of an acetate rim of a width at each point (n,)."""
    return BEVELLED * np.stack([bold, np.ones_like(bold)], 1)[:, None]


def _along(path: NDArray, out: NDArray, back: NDArray, profile: NDArray, closed: bool = True) -> Solid:
    """Return a profile (out, back), one or one a point, drawn along a rim."""
    shape = np.broadcast_to(profile, (len(path), *profile.shape[-2:]))
    rings = path[:, None] + shape[..., :1] * out[:, None] + shape[..., 1:] * back
    return loft(rings, closed)


def _run(chosen: NDArray) -> NDArray:
    """Return the rows of the chosen points of a closed outline in one run."""
    start = int(np.flatnonzero(chosen & ~np.roll(chosen, 1))[0])
    rows = (start + np.arange(len(chosen))) % len(chosen)
    return rows[chosen[rows]]


def pad(front: Front, fit: Fit, side: str, slide_mm: float) -> Iterator[Piece]:
    """Yield a pad on the side of the nose and what holds it."""
    sign = SIDES[side]
    root = front.pad_root(side)
    solid = front.shape.rim == "acetate"
    radii = np.array([1.1, 3.3, 6.0]) if not solid else np.array([1.4, 3.4, 5.6])
    centre, turned = _on_nose(front, fit, side, slide_mm, root, radii) if not front.up_deg else front.free_pad(side)
    if not solid:
        yield ellipsoid(radii).moved(turned, centre), PAD
        bends = np.array([[0, 2.6, -0.4], [sign * 0.8, 3.0, 0.4]]) @ front.pitched.T
        wire = spline(np.array([root, root + bends[0], (root + centre) / 2 + bends[1], centre]), 18)
        wire = np.concatenate([wire[:1], fit.push_out(wire[1:-3], 0.9), wire[-3:]])
        yield sweep(wire, front.pitched[:, 2], rounded_rectangle(0.5, 0.5, 0.5)), METAL
        return
    # acetate: pad and rim are of one piece
    angle = np.arange(16) * 2 * np.pi / 16
    ring = np.stack([np.zeros(16), np.cos(angle), np.sin(angle)], 1)
    share = np.linspace(0, 1, 9)[:, None]
    spine = root + share * (centre - root)
    sizes = np.array([1.6, 1.6, 6.0]) + share * (radii * [1, 0.9, 1] - [1.6, 1.6, 6.0])
    rings = spine[:, None] + (ring * sizes[:, None]) @ turned.T
    yield loft(rings), PLASTIC
    yield ellipsoid(radii).moved(turned, centre), PLASTIC


def _on_nose(
    front: Front, fit: Fit, side: str, slide_mm: float, root: NDArray, radii: NDArray
) -> tuple[NDArray, NDArray]:
    """Return where a pad lies on the side of the nose and how it is turned (3, 3)."""
    sign = SIDES[side]
    height = 0.6 * fit.anchor("sellion")[2] + 0.4 * fit.anchor("dorsum")[2] - 0.5 * slide_mm
    height = float(np.clip(height, front.origin[2] - 0.3 * front.height, front.origin[2] + 0.2 * front.height))
    depth = root[1] + np.linspace(0.5, 18, 36)
    start = np.stack([np.full(36, fit.eyes[:, 0].mean() + sign * 24), depth, np.full(36, height)], 1)
    way = fit.way_to_skin(start, np.array([-sign, 0.0, 0.0]))
    start, way = start[way < 23], way[way < 23]  # beyond, a ray has passed before the nose
    points = start - xyz(sign, 0, 0) * way[:, None]
    _, normals = fit.distance(points)
    aside = normals[:, 0] * sign
    row = int((aside > 0.6).argmax() if (aside > 0.6).any() else aside.argmax())
    normal = unit(normals[row] * [1, 1, 0.6])
    up = unit(np.array([0, 0, 1.0]) - normal * normal[2])
    turned = np.stack([normal, np.cross(up, normal), up], 1)
    centre = points[row] + normal * radii[0]
    pressed = fit.distance(ellipsoid(radii).moved(turned, centre).vertices)[0].min()
    return centre - normal * (pressed + PRESSED_MM), turned
