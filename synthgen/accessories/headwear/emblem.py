"""Emblems on hats: patches sewn on, or threads sewn into the cloth."""

from dataclasses import replace

import numpy as np

from synthgen.accessories.cover import Chart
from synthgen.accessories.headwear.pieces import Piece, cord
from synthgen.accessories.sheets import Sheet, borders, cut, stiffened
from synthgen.distributions import Uniform
from synthgen.fabrics import Fabric, FabricSpec
from synthgen.mesh import unit

EMBLEMS = ("none", "embroidery", "patch", "round_patch")
HALF_MM: dict[str, tuple[float, float, float]] = {
    "embroidery": (44.0, 31.0, 24.0),
    "patch": (43.0, 28.0, 6.0),
    "round_patch": (35.0, 35.0, 35.0),
}
"""Half width, half height and radius of the corners: emblems of the usual scales lie wholly on them."""
RAISED_MM = {"embroidery": 0.25, "patch": 1.3, "round_patch": 1.3}
EMBLEM_CLOTH = FabricSpec(weave="twill", pattern="logo", scale=Uniform(low=0.25, high=0.28))
"""An emblem of a usual size."""


def emblem_pieces(
    sheet: Sheet, chart: Chart, azimuth: float, elevation: float, emblem: str, over_mm: float, material: str
) -> list[Piece]:
    """Return an emblem on the outside of a sheet, about a direction, so far over where the sheet lies."""
    if emblem == "none":
        return []
    middle = (unit(sheet.vertices - chart.centre) @ chart.directions(azimuth, elevation)).argmax()
    out = sheet.normals[middle]
    across = unit(np.cross(chart.axes[2], out))
    flat = (sheet.vertices - sheet.vertices[middle]) @ np.stack([across, np.cross(out, across)], 1)
    half_x, half_y, corner = HALF_MM[emblem]
    beyond = np.abs(flat) - (half_x - corner, half_y - corner)
    inside = corner - np.linalg.norm(np.maximum(beyond, 0), axis=1) - np.minimum(beyond.max(1), 0)
    facing = sheet.normals @ out > 0.2
    sewn = cut(sheet, np.where(facing, inside, -50.0))
    place = (sewn.vertices - sheet.vertices[middle]) @ np.stack([across, np.cross(out, across)], 1)
    sewn = replace(sewn, vertices=sewn.offset(over_mm - 0.2), uv=place[sewn.triangles])
    found = [Piece(stiffened(sewn, 0.2 + RAISED_MM[emblem]), material)]
    if emblem != "embroidery":
        edge = max(borders(sewn), key=len)
        found.append(Piece(cord(sewn.offset(0.75 * RAISED_MM[emblem])[edge], 0.8, closed=True), material))
    return found


def emblem_fabric(emblem: str, own: Fabric, ground: Fabric) -> Fabric:
    """Return the cloth of an emblem: its own, or that it is embroidered on."""
    if emblem != "embroidery":
        return own
    return own.model_copy(
        update={
            "weave": ground.weave,
            "colors": (ground.colors[0], *own.colors[1:]),
            "nir": (ground.nir[0], *own.nir[1:]),
        }
    )
