"""Pads, shells and forks of headphones, on the plane of a cup. Millimetres of `Fit`."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from synthgen.accessories.audio.cups import FAR_MM, Cup
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import Solid, loft, rounded_rectangle, sweep
from synthgen.accessories.pieces import Piece

PAD = ((0.0, 1.0), (0.02, 0.5), (0.12, 0.14), (0.34, 0.0), (0.64, 0.0), (0.88, 0.16), (1.0, 0.6), (1.0, 1.0))
"""Section of a pad: from its inner to its outer edge, from the head to the plate."""
SQUEEZED_MM = 0.35
"""Between pad and skin."""


def pad(cup: Cup, fit: Fit) -> Solid:
    """Return the pad: it lies on the skin, or on the ear, and ends at the plate."""
    rings = []
    for share, depth in PAD:
        flat = cup.outline(share)
        skin = gaussian_filter1d(cup.height(cup.skin, flat), 1.5, mode="wrap")
        skin = np.maximum(skin, gaussian_filter1d(skin, 4.0, mode="wrap")) + SQUEEZED_MM + cup.room_mm
        skin = np.maximum(skin, cup.height(cup.worn, flat) + SQUEEZED_MM)
        skin = np.clip(skin, -FAR_MM, -2.5)
        if cup.shape.on_ear:
            skin = np.maximum(skin, -cup.shape.thickness - 5.0)
        else:
            skin = np.maximum(skin, -cup.shape.thickness - 26.0)
        placed = cup.place(flat, skin * (1 - depth))
        rings.append(fit.push_out(placed, SQUEEZED_MM) if depth < 1 else placed)
    rings = np.stack(rings)
    return loft(np.concatenate([rings, cup.place(cup.outline(0.5), 0.5)[None]]), closed=True)


def shell(cup: Cup) -> list[Piece]:
    """Return the shell behind a pad: plate, body, a ring and a lid."""
    d = cup.shape.depth
    body = [(-0.05, -0.6), (-0.90, -0.6), (-0.985, 0.2), (-1.0, 1.6), (-1.0, 0.45 * d), (-0.94, 0.75 * d)]
    body += [(-0.80, 0.94 * d), (-0.6, d), (-0.05, d)]
    ring = [
        (-0.60, 0.95 * d),
        (-0.60, 1.05 * d),
        (-0.585, 1.08 * d),
        (-0.53, 1.08 * d),
        (-0.515, 1.04 * d),
        (-0.515, 0.95 * d),
    ]
    lid = [(-0.51, 0.9 * d), (-0.51, 1.0 * d), (-0.48, 1.03 * d), (-0.25, 1.05 * d), (-0.02, 1.05 * d)]
    cover = [(-0.05, -0.9), (-0.7, -0.9), (-0.7, -0.3), (-0.05, -0.3)]
    found: list[Piece] = []
    for profile, material, closed in (
        (body, "shell", False),
        (ring, "accent", True),
        (lid, "shell", False),
        (cover, "mesh", False),
    ):
        rings = np.stack([cup.place(cup.outline(share), height) for share, height in profile])
        found.append((loft(rings, closed=closed), material))
    return found


def fork(cup: Cup) -> tuple[list[Piece], NDArray]:
    """Return the fork that holds a cup, and the point (3,) where the band meets it."""
    height = 0.42 * cup.shape.depth
    angle = np.linspace(-0.15, np.pi + 0.15, 41)
    flat = np.stack([np.cos(angle), np.sin(angle)], 1) * (cup.outer + 2.6)
    path = cup.place(flat, height)
    solid = sweep(path, cup.axes[2], rounded_rectangle(3.4, 1.3, 0.9))
    pins = [
        sweep(
            cup.place(flat[end] * np.linspace(0.9, 1.0, 6)[:, None], height),
            cup.axes[2],
            rounded_rectangle(2.6, 2.6, 2.6),
        )
        for end in (3, -4)
    ]
    top = cup.place(np.array([0.0, cup.outer[1] + 2.6]), height)
    return [(solid, "steel"), *((pin, "steel") for pin in pins)], top
