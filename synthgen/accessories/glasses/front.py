"""Where the front of a pair of glasses sits: as near to the eyes as nose, cheeks and brows allow. Millimetres."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import ellipsoid, offset_outline, rounded_rectangle, xyz
from synthgen.accessories.glasses.frames import Rim, Shape, lens_outline
from synthgen.accessories.glasses.lenses import Curves, grind
from synthgen.mesh import unit
from synthgen.transforms import rotation

CLEARANCE_MM = 0.8
"""Between skin and what does not rest on it."""
END_PIECES_MM = 9.0
"""What the front is wider than lenses and bridge."""
BELOW_PUPIL = 0.06
"""How far the middle of a lens lies below the pupil, as a share of its height."""
WIDER_MM = (0.0, 2.0, 4.0, 6.0, 8.0)
"""Wider bridges to try where a broad nose holds the front too far off."""
TOO_FAR_MM, COST_OF_WIDTH = 2.5, 0.22
RIM_BACK_MM: dict[Rim, float] = {"acetate": 3.1, "club": 3.1, "metal": 1.5, "half": 1.8, "none": 0.0}
"""How far rims reach behind the front of the lens."""
PLASTIC, METAL, PAD, EDGE = "glasses_plastic", "glasses_metal", "glasses_pad", "glasses_lens_edge"
PAD_MM = np.array([1.4, 3.4, 6.0])
"""Half axes of the largest pads."""
PRESSED_SHARE, MOST_HAIR_MM = 0.3, 10.0
"""Of the height of hair, what is left of it under glasses that lie on it; and the most."""


@dataclass(frozen=True)
class Front:
    """The front of a pair of glasses in place.

    Attributes:
        shape: What it was made from.
        outline: (n, 2) of the left lens about the middle of its box.
        axis: (2,) where the lens' optical axis meets that plane: before the pupil.
        curves: Of the lenses.
        half_mm: From the midline to the middle of a lens' box.
        tilt_deg: Of the whole front.
        origin: (3,) of its frame on the head.
        up_deg: How far the pair is pushed up on the head about the ears; 0 before the eyes.
    """

    shape: Shape
    outline: NDArray
    axis: NDArray
    curves: Curves
    half_mm: float
    tilt_deg: float
    origin: NDArray
    up_deg: float = 0.0

    @property
    def pitched(self) -> NDArray:
        """Return the matrix (3, 3) that turns what is ahead of a face to where the pair looks."""
        return rotation("x", -self.up_deg)

    @property
    def height(self) -> float:
        """Return the height of a lens."""
        return float(np.ptp(self.outline[:, 1]))

    def turned(self, side: str) -> NDArray:
        """Return the matrix (3, 3) from a lens' frame to the head's; that of the right lens mirrors."""
        wrapped = rotation("z", self.shape.wrap_deg)
        return rotation("x", self.tilt_deg - self.up_deg) @ np.diag([SIDES[side], 1, 1]) @ wrapped

    def place(self, points: NDArray, side: str) -> NDArray:
        """Return points (n, 3) of a lens' frame (x away from the nose, y backwards) on the head."""
        middle = rotation("x", self.tilt_deg - self.up_deg) @ [SIDES[side] * self.half_mm, 0, 0]
        return self.origin + middle + points @ self.turned(side).T

    def on_front(self, flat: NDArray, behind_mm: float = 0.0) -> NDArray:
        """Return points (n, 3) of a lens' frame on its front surface, or so far behind it, above points (n, 2)."""
        depth = self.curves.front(np.linalg.norm(flat - self.axis, axis=1)) + behind_mm
        return np.stack([flat[:, 0], depth, flat[:, 1]], 1)

    def on_back(self, flat: NDArray) -> NDArray:
        """Return points (n, 3) of a lens' frame on its back surface."""
        return np.stack([flat[:, 0], self.curves.back(np.linalg.norm(flat - self.axis, axis=1)), flat[:, 1]], 1)

    def pad_root(self, side: str) -> NDArray:
        """Return the point (3,) of the rim that holds a pad."""
        return self.rim_point(True, -0.04 * self.height, side, 1.0)

    def free_pad(self, side: str) -> tuple[NDArray, NDArray]:
        """Return where a pad is and how it is turned (3, 3) when it rests on nothing."""
        sign = SIDES[side]
        centre = self.pad_root(side) + self.pitched @ [-sign * 2.5, 5.5, 0]
        return centre, self.pitched @ rotation("z", -sign * 35.0) @ rotation("y", -sign * 15.0)

    def rim_point(self, inner: bool, height: float, side: str, behind_mm: float = 0.0) -> NDArray:
        """Return the point (3,) of the rim, towards the nose or away from it, at a height above the middle."""
        x, z = self.outline.T
        half = (x < 0) if inner else (x > 0)
        row = np.where(half, np.abs(z - height), np.inf).argmin()
        return self.place(self.on_front(self.outline[row : row + 1], behind_mm), side)[0]


def seat(
    shape: Shape, fit: Fit, size: float, sphere_d: float, vertex_mm: float, slide_mm: float, tilt_deg: float
) -> Front:
    """Return the front in place: as near to the eyes as nose, cheeks and brows allow, never nearer than asked for.

    A bridge that a broad nose would hold too far off is made wider.
    """
    width = head_width(fit)
    down = unit(fit.anchor("nose_tip") - fit.anchor("sellion")) * [0, 1, 1] * slide_mm
    best: tuple[float, Front] | None = None
    for wider in WIDER_MM:
        bridged = replace(shape, bridge=shape.bridge + wider, width=shape.width - wider / 2)
        front = _sized(bridged, fit, width, size, sphere_d, down[2], tilt_deg)
        way = float(fit.way_to_skin(_touching(front), np.array([0.0, 1.0, 0.0])).min()) - CLEARANCE_MM
        spare = vertex_distance(front, fit) - (vertex_mm - down[1])
        front = replace(front, origin=front.origin + xyz(0, min(way, spare), 0))
        too_far = vertex_distance(front, fit) - (vertex_mm - down[1]) - TOO_FAR_MM
        cost = max(too_far, 0) + COST_OF_WIDTH * wider
        if best is None or cost < best[0]:
            best = cost, front
        if too_far <= 0:
            break
    assert best is not None
    return best[1]


def seat_up(shape: Shape, fit: Fit, size: float, sphere_d: float, tilt_deg: float, up_deg: float) -> Front:
    """Return the front pushed up over the forehead about the ears, where it lies on the head or on its hair."""
    front = replace(_sized(shape, fit, head_width(fit), size, sphere_d, 0.0, tilt_deg), up_deg=up_deg)
    ears = np.mean([fit.ear_groove(side)[0] for side in SIDES], axis=0)
    back = front.pitched @ [0, 1.0, 0]
    hinge = front.pitched @ [0, 0, shape.hinge * front.height / 2]
    far = replace(front, origin=ears - hinge - 300 * back)
    pads = [ellipsoid(PAD_MM).moved(turned, at).vertices for at, turned in map(far.free_pad, SIDES)]
    way = float(fit.way_to_skin(np.concatenate([_touching(far), *pads]), back).min()) - CLEARANCE_MM
    there = far.origin + way * back
    near = np.linalg.norm(fit.hair - there, axis=1) < 0.7 * shape.width if len(fit.hair) else np.zeros(0, bool)
    height = np.quantile(fit.distance(fit.hair[near][::50])[0], 0.8) if near.sum() > 500 else 0.0
    return replace(far, origin=there - min(PRESSED_SHARE * max(float(height), 0), MOST_HAIR_MM) * back)


def head_width(fit: Fit) -> float:
    """Return how wide the head is at the temples, between the hinges and the ears."""
    y, z = (grid.ravel() for grid in np.meshgrid(np.linspace(16, 34, 5), np.linspace(0, 10, 3)))
    total = 0.0
    for sign in SIDES.values():
        start = np.stack([np.full(len(y), 150.0 * sign), y, z], 1)
        total += 150 - float(fit.way_to_skin(start, np.array([-sign, 0.0, 0.0])).min())
    return total


def _sized(
    shape: Shape, fit: Fit, head_mm: float, size: float, sphere_d: float, lower_mm: float, tilt_deg: float
) -> Front:
    """Return a front that is as wide as the head, far before the face."""
    scale = np.clip((head_mm + 2) / (2 * shape.width + shape.bridge + END_PIECES_MM), 0.82, 1.16) * size
    width, height = shape.width * scale, shape.height * scale**0.7
    half = shape.bridge * (1 + scale) / 4 + width / 2
    outline = lens_outline(shape, width, height)
    middle = -BELOW_PUPIL * height + lower_mm
    axis = np.clip([np.abs(fit.eyes[:, 0]).mean() - half, fit.eyes[:, 2].mean() - middle], -7, 7)
    curves = grind(sphere_d, shape.base_d, np.linalg.norm(outline - axis, axis=1))
    origin = np.array([fit.eyes[:, 0].mean(), fit.corneas[:, 1].min() - 60, middle])
    return Front(shape, outline, axis, curves, half, tilt_deg, origin)


def vertex_distance(front: Front, fit: Fit) -> float:
    """Return the least distance from a cornea straight ahead to the back of its lens."""
    backs = [front.place(front.on_back(front.axis[None]), side)[0, 1] for side in SIDES]
    return float((fit.corneas[:, 1] - backs).min())


def _touching(front: Front) -> NDArray:
    """Return points (n, 3) of the front that meet the face first."""
    rim = 1.0 if front.shape.rim in ("metal", "none") else front.shape.rim_mm
    back = RIM_BACK_MM[front.shape.rim]
    rims = [front.on_front(offset_outline(front.outline, rim * share), back) for share in (0, 0.6, 1.15)]
    lens = [front.on_back(front.outline * share) for share in (0.5, 0.75, 1.0)]
    points = np.concatenate([*rims, *lens])
    over = [path + xyz(0, thick, 0) for path, _, thick, _ in bars(front)]
    return np.concatenate([*(front.place(points, side) for side in SIDES), *over])


def bars(front: Front) -> Iterator[tuple[NDArray, NDArray, float, str]]:
    """Yield path, profile (up, back), half depth and material of each bar over the nose."""
    solid = front.shape.rim == "acetate"
    heights = {1: ((0.24, 2.4 if solid else 3.2),), 2: ((0.14, 1.4), (0.42, 0.4))}[front.shape.bars]
    for number, (share, rise) in enumerate(heights):
        ends = [front.rim_point(True, share * front.height, side, 1.0 if solid else 0.7) for side in SIDES]
        t = np.linspace(0, 1, 21)[:, None]
        arch = np.sin(np.pi * t)
        path = ends[0] + t * (ends[1] - ends[0]) + arch * [0, -1.2, rise]
        if solid:
            up = 2.6 if number == 0 and front.shape.bars == 1 else 1.5
            yield path, rounded_rectangle(up, 1.8, 1.3), 1.8, PLASTIC
        else:
            yield path, rounded_rectangle(0.9, 0.9, 0.9), 0.9, METAL
