"""What jewellery is made of, and the shapes of its ornaments. Millimetres."""

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.geometry import Solid, ellipsoid, even_steps, lathe, loft, offset_outline, xyz
from synthgen.accessories.metals import metal
from synthgen.accessories.pieces import Piece
from synthgen.materials import Material, Metal, Spectrum, Surface
from synthgen.mesh import unit

JEWELLERY = ("gold", "rose_gold", "silver", "steel", "black")
"""Metals of it."""
STONES: dict[str, Surface] = {
    "crystal": Surface(
        Spectrum((0.72, 0.74, 0.78), 0.75, 0.75), roughness=0.03, ior=2.1, coat=1.0, coat_roughness=0.02
    ),
    "pearl": Surface(Spectrum((0.76, 0.70, 0.62), 0.78, 0.77), roughness=0.28, ior=1.6, coat=0.7, coat_roughness=0.1),
    "turquoise": Surface(Spectrum((0.05, 0.42, 0.42), 0.5, 0.5), roughness=0.2, ior=1.6, coat=0.4),
    "ruby": Surface(Spectrum((0.28, 0.005, 0.02), 0.7, 0.7), roughness=0.03, ior=1.76, coat=1.0, coat_roughness=0.02),
    "sapphire": Surface(
        Spectrum((0.01, 0.02, 0.16), 0.45, 0.5), roughness=0.03, ior=1.76, coat=1.0, coat_roughness=0.02
    ),
    "emerald": Surface(Spectrum((0.01, 0.16, 0.05), 0.5, 0.5), roughness=0.03, ior=1.58, coat=1.0, coat_roughness=0.02),
    "onyx": Surface(Spectrum((0.012, 0.012, 0.013), 0.05, 0.05), roughness=0.08, ior=1.54, coat=0.6),
    "wood": Surface(Spectrum((0.16, 0.075, 0.032), 0.5, 0.52), roughness=0.45, ior=1.5, coat=0.15),
}
"""Polished stones as opaque bodies; plausible, not measured."""
BRILLIANT: dict[str, Metal] = {
    "crystal": Metal(Spectrum((0.86, 0.88, 0.92), 0.85, 0.85), 0.03),
    "ruby": Metal(Spectrum((0.62, 0.015, 0.05), 0.75, 0.75), 0.03),
    "sapphire": Metal(Spectrum((0.025, 0.06, 0.5), 0.5, 0.55), 0.03),
    "emerald": Metal(Spectrum((0.02, 0.42, 0.13), 0.55, 0.55), 0.03),
}
"""Clear stones where they are cut, as mirrors of their colour: what is seen in them are reflections from the facets of
their back. Plausible, not measured."""
ORNAMENTS = ("ball", "disc", "gem", "pearl", "heart", "bar", "cross")


def jewel_materials(instance: str, metal_name: str, stone: str) -> dict[str, Material]:
    """Return the materials of an item of jewellery, by the names its meshes use."""
    cut = BRILLIANT.get(stone, STONES[stone])
    return {f"{instance}_metal": metal(metal_name), f"{instance}_stone": STONES[stone], f"{instance}_gem": cut}


def facing(axis: NDArray, up: NDArray) -> NDArray:
    """Return the turn (3, 3) of an ornament: its z to an axis (3,), its y as near to `up` (3,) as that allows."""
    z = unit(axis)
    x = unit(np.cross(up, z))
    return np.stack([x, np.cross(z, x), z], 1)


def ornament(shape: str, size_mm: float, at: NDArray, turn: NDArray) -> list[Piece]:
    """Return an ornament whose back touches a point.

    Args:
        shape: One of `ORNAMENTS`.
        size_mm: Its diameter or height.
        at: (3,) the middle of its back.
        turn: (3, 3) its z the way it faces, its y its top.
    """
    radius = size_mm / 2
    if shape == "ball":
        return [(ellipsoid(np.full(3, radius), 20).moved(turn, at + turn[:, 2] * radius), "metal")]
    if shape == "pearl":
        cup = lathe(np.array([[0.0, 0], [0.45, 0.02], [0.62, 0.3], [0.4, 0.34], [0, 0.3]]) * radius)
        pearl = ellipsoid(np.full(3, radius), 22)
        return [(cup.moved(turn, at), "metal"), (pearl.moved(turn, at + turn[:, 2] * 1.1 * radius), "stone")]
    if shape == "gem":
        return _gem(radius, at, turn)
    outline = {"disc": _disc, "heart": _heart, "bar": _bar, "cross": _cross}[shape]()
    return [(plate(outline * radius, 0.22 * radius + 0.5).moved(turn, at), "metal")]


def plate(outline: NDArray, thickness: float) -> Solid:
    """Return a plate with a rounded edge over a closed counter-clockwise outline (n, 2), its back at z = 0."""
    edge = 0.3 * thickness
    rings = []
    for inset, height in ((edge, 0), (0.3 * edge, 0.3 * edge), (0, edge), (0, thickness - edge)):
        rings.append((inset, height))
    rings += [(inset, thickness - height) for inset, height in rings[1::-1]]
    shapes = [(offset_outline(outline, -inset), height) for inset, height in rings]
    return loft(np.stack([np.column_stack([flat, np.full(len(flat), z)]) for flat, z in shapes]))


def _gem(radius: float, at: NDArray, turn: NDArray) -> list[Piece]:
    """Return a round brilliant in a bezel: flat facets, each with vertices of its own.

    Those of its back are seen through the table: they stand there in its stead, as steep as they look.
    """
    count = 16
    angle = np.arange(count) * 2 * np.pi / count
    ring = np.stack([np.cos(angle), np.sin(angle), np.zeros(count)], 1)
    turned = np.stack([np.cos(angle + np.pi / count), np.sin(angle + np.pi / count), np.zeros(count)], 1)
    star = np.where(np.arange(count) % 2, 0.85, 1.15)[:, None]
    rings = [ring * r + xyz(0, 0, z) for r, z in ((0.25, 0.15), (0.93, 0.75))]
    rings += [turned * 0.80 + xyz(0, 0, 1.0), ring * 0.62 + xyz(0, 0, 1.12)]
    rings += [turned * 0.5 + xyz(0, 0, 1.02), ring * 0.3 * star + xyz(0, 0, 0.88), turned * 0.03 + xyz(0, 0, 0.7)]
    stone = faceted(loft(np.stack(rings) * radius))
    bezel = lathe(np.array([[0, 0], [0.5, 0], [0.98, 0.7], [1.06, 0.86], [0.98, 0.9], [0.9, 0.78], [0, 0.3]]) * radius)
    return [(stone.moved(turn, at), "gem"), (bezel.moved(turn, at), "metal")]


def faceted(solid: Solid) -> Solid:
    """Return a solid whose triangles share no vertices, so that it is shaded flat."""
    triangles = np.arange(solid.triangles.size, dtype=np.int32).reshape(-1, 3)
    return Solid(solid.vertices[solid.triangles].reshape(-1, 3), triangles)


def _disc() -> NDArray:
    angle = np.arange(48) * 2 * np.pi / 48
    return np.stack([np.cos(angle), np.sin(angle)], 1)


def _heart() -> NDArray:
    """Source: Weisstein, Heart Curve, MathWorld."""
    t = np.arange(240) * 2 * np.pi / 240
    x = 16 * np.sin(t) ** 3
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return even_steps(np.stack([x, y + 2], 1)[::-1] / 16, 64, closed=True)


def _bar() -> NDArray:
    x, y = 0.16, 1.0
    return even_steps(np.array([[x, -y], [x, y], [-x, y], [-x, -y]]), 64, closed=True)


def _cross() -> NDArray:
    w, top, arm, bottom, at = 0.14, 1.0, 0.62, -1.0, 0.30
    half = [(w, bottom), (w, at - w), (arm, at - w), (arm, at + w), (w, at + w), (w, top)]
    return even_steps(np.array(half + [(-x, y) for x, y in half[::-1]]), 96, closed=True)
