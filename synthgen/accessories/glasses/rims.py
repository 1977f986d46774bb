"""Rims, the bridge and the pads on the nose. Millimetres."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import Solid, ellipsoid, loft, outline_normals, rounded_rectangle, spline, sweep, xyz
from synthgen.accessories.glasses.front import CLEARANCE_MM, METAL, PAD, PLASTIC, Front, bars
from synthgen.mesh import unit

PRESSED_MM = 0.7
"""How deep pads press into the skin."""
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
    x, z = outline.T / np.abs(outline).max(0)[:, None]
    bold = shape.rim_mm * (1 + 0.25 * np.clip(z, 0, 1) + 0.2 * np.clip(x * z, 0, 1))
    back = turned[:, 1]
    acetate = np.array(
        [[-0.6, -0.9], [0.3, -1.0], [0.75, -0.75], [1, -0.2], [1, 1.6], [0.75, 2.6], [0.3, 3.0], [-0.6, 2.8]]
    )
    thin = rounded_rectangle(0.75, 0.95, 0.4) + np.array([0.1, 0.7])
    upper = z > -0.1
    if shape.rim == "acetate":
        yield _along(path, out, back, acetate * np.stack([bold, np.ones_like(bold)], 1)[:, None]), PLASTIC
    elif shape.rim == "metal":
        yield _along(path, out, back, thin), METAL
    elif shape.rim == "club":
        yield _along(path, out, back, thin), METAL
        rows = _run(upper & (z > 0.15))
        brow = acetate * np.stack([bold * 1.35, np.ones_like(bold)], 1)[:, None]
        yield _along(path[rows], out[rows], back, brow[rows], closed=False), PLASTIC
    elif shape.rim == "half":
        rows, rest = _run(upper), _run(~upper)
        yield (
            _along(path[rows], out[rows], back, rounded_rectangle(1.0, 1.2, 0.5) + np.array([0.2, 0.7]), closed=False),
            METAL,
        )
        thread = rounded_rectangle(0.3, 0.3, 0.3, 2) + np.array([0.1, 0.7])
        yield _along(path[rest], out[rest], back, thread, closed=False), PAD
    else:
        for inner, height in ((True, 0.22 * front.height), (False, shape.hinge * front.height / 2)):
            for behind in (-0.4, front.curves.centre_mm + 0.6):
                yield (
                    ellipsoid(np.array([1.6, 0.8, 1.4])).moved(turned, front.rim_point(inner, height, side, behind)),
                    METAL,
                )


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
    root = front.rim_point(True, -0.04 * front.height, side, 1.0)
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
    solid = front.shape.rim == "acetate"
    radii = np.array([1.1, 3.3, 6.0]) if not solid else np.array([1.4, 3.4, 5.6])
    normal = unit(normals[row] * [1, 1, 0.6])
    up = unit(np.array([0, 0, 1.0]) - normal * normal[2])
    turned = np.stack([normal, np.cross(up, normal), up], 1)
    centre = points[row] + normal * radii[0]
    pressed = fit.distance(ellipsoid(radii).moved(turned, centre).vertices)[0].min()
    centre = centre - normal * (pressed + PRESSED_MM)
    if not solid:
        yield ellipsoid(radii).moved(turned, centre), PAD
        wire = spline(
            np.array([root, root + xyz(0, 2.6, -0.4), (root + centre) / 2 + xyz(sign * 0.8, 3.0, 0.4), centre]), 18
        )
        wire = np.concatenate([wire[:1], fit.push_out(wire[1:-3], 0.9), wire[-3:]])
        yield sweep(wire, np.array([0, 0, 1.0]), rounded_rectangle(0.5, 0.5, 0.5)), METAL
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
