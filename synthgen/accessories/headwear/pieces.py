"""Pieces that hats are sewn and moulded from, and the mesh of them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.cover import cloth_uv, thickened
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import Solid, loft, rounded_rectangle, superellipse, sweep
from synthgen.accessories.headwear.seat import Seat
from synthgen.accessories.pieces import mesh_of
from synthgen.distributions import Name, NameChoice, one_of
from synthgen.fabrics import Fabric
from synthgen.materials import FABRIC_COLORS
from synthgen.mesh import Mesh, unit
from synthgen.parts import Part

SecondColor = Annotated[Name, one_of(("same", *FABRIC_COLORS))]
SAME_OR_OTHER = NameChoice(values=("same", "black", "white", "navy", "red", "grey"), weights=(6, 1, 1, 1, 1, 1))


def recolored(fabric: Fabric, color: str) -> Fabric:
    """Return a plain cloth of a color that else is like another; that itself for "same"."""
    if color == "same":
        return fabric
    return fabric.model_copy(update={"pattern": "plain", "colors": (color,), "nir": fabric.nir[-1:]})


@dataclass(frozen=True)
class Piece:
    """One solid of one material.

    Attributes:
        solid: Millimetres.
        material: Name.
        attributes: Of its vertices, for the material.
    """

    solid: Solid
    material: str
    attributes: Mapping[str, NDArray] = field(default_factory=dict)


def hat_mesh(instance: str, pieces: Sequence[Piece], fit: Fit, part: Part = Part.HEADWEAR, name: str = "") -> Mesh:
    """Return pieces as one mesh in the world, with all attributes that some of them have; 0 where they have none."""
    attributes: dict[str, NDArray] = {}
    for wanted in dict.fromkeys(attribute for piece in pieces for attribute in piece.attributes):
        like = next(piece.attributes[wanted] for piece in pieces if wanted in piece.attributes)
        nothing = np.zeros(like.shape[1:], np.float32)
        parts = [
            piece.attributes.get(wanted, np.broadcast_to(nothing, (len(piece.solid.vertices), *nothing.shape)))
            for piece in pieces
        ]
        attributes[wanted] = np.concatenate(parts)
    solids = [(piece.solid, piece.material) for piece in pieces]
    return mesh_of(name or instance, instance, part, solids, fit).with_attributes(attributes)


def cord(path: NDArray, radius_mm: float, closed: bool = False, sides: int = 6) -> Solid:
    """Return a round cord along a path (n, 3)."""
    along = path[1] - path[0]
    across = np.eye(3)[np.abs(along).argmin()]
    return sweep(path, across, superellipse(2 * radius_mm, 2 * radius_mm, 2, sides), closed)


def ribbon(path: NDArray, up: NDArray, width_mm: float, thickness_mm: float, closed: bool = False) -> Solid:
    """Return a flat ribbon along a path (n, 3), `up` (3,) or (n, 3) across it."""
    across = rounded_rectangle(width_mm / 2, thickness_mm / 2, min(thickness_mm / 2, 0.6))
    return sweep(path, up, across, closed)


def facing(way: NDArray) -> NDArray:
    """Return a rotation (3, 3) that turns +z to a way."""
    across = unit(np.cross(way, np.eye(3)[np.abs(way).argmin()]))
    return np.stack([across, np.cross(way, across), way], 1)


def band(
    seat: Seat, azimuth: NDArray, low: NDArray | float, high: NDArray | float, gap: NDArray, thick: float
) -> Solid:
    """Return a band round the head between elevations, a gap (n,) or (m, n) outside of what is covered."""
    share = np.linspace(0, 1, 9)[:, None]
    elevation = low + share * (np.asarray(high) - low)
    a, e = np.broadcast_arrays(azimuth, elevation)
    inner = seat.chart.points(a, e, seat.radius(a, e) + gap)
    return thickened(inner, thick, seat.chart.centre, closed=True, inside_every=4)


def plate(top: NDArray, thickness_mm: float, up: NDArray) -> Solid:
    """Return a sheet that ends all round, such as a bill, from a grid (m, n, 3) of its upper side, on cloth.

    Args:
        top: Rows from one side to the other, columns from its root outwards.
        thickness_mm: Below the upper side.
        up: (3,)
    """
    normals = np.cross(np.gradient(top, axis=0), np.gradient(top, axis=1))
    normals = unit(np.where((normals**2).sum(-1, keepdims=True) > 1e-9, normals, up))
    normals = normals * np.where(normals @ up < 0, -1.0, 1.0)[..., None]
    below = top - normals * thickness_mm
    edge = unit(top[:, -1] - top[:, -2] + 1e-9)
    rim = (top[:, -1] + below[:, -1]) / 2 + edge * thickness_mm / 2
    rings = np.concatenate([top, rim[:, None], below[:, ::-1]], 1)
    flat = cloth_uv(np.moveaxis(top, 0, 1), around=False)
    flat = np.moveaxis(flat, 0, 1)
    uv = np.concatenate([flat, flat[:, -1:], flat[:, ::-1], flat[:, :1]], 1)
    return loft(rings, uv=uv)
