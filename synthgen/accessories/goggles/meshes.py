"""From pieces of goggles to what is worn."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from synthgen.accessories.cover import press_under, tilted_chart
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import Solid, joined
from synthgen.accessories.glasses.lenses import Ground
from synthgen.accessories.goggles.site import PIVOT, Site
from synthgen.accessories.kind import Worn
from synthgen.accessories.pieces import Piece, worn_mesh
from synthgen.mesh import Mesh
from synthgen.parts import Part


def worn(kind: str, pieces: Sequence[Piece], pressing: Sequence[Solid], lenses: Sequence[Ground], at: Site) -> Worn:
    """Return goggles on a head: what holds the lenses, the lenses, and hair pressed beneath.

    Args:
        kind: Name of the kind; materials are called `KIND_...`.
        pieces: Frame, strap and so on, with the names of their materials.
        pressing: What hair is pressed beneath; where goggles lie on hair, beneath their lenses as well.
        lenses: All in millimetres of the site's fit.
        at: The head.
    """
    frame = worn_mesh(f"{kind}_frame", kind, Part.GLASSES_FRAME, pieces, at.fit)
    over = joined([*pressing, *(Solid(lens.vertices, lens.triangles) for lens in lenses if at.raised)])
    over = replace(over, vertices=at.stood_up(over.vertices))
    press = press_under(at.upright, tilted_chart(PIVOT), over, hides=False)
    return Worn((frame, *(_lens(kind, number, lens, at.fit) for number, lens in enumerate(lenses))), press)


def _lens(kind: str, number: int, ground: Ground, fit: Fit) -> Mesh:
    """Return a lens; what is on the left is the left one, also where one lens is before both eyes."""
    middle = ground.vertices[ground.triangles].mean(1)
    part = np.where(middle[:, 0] > 0, Part.GLASSES_LENS_LEFT, Part.GLASSES_LENS_RIGHT)
    return Mesh(
        name=f"{kind}_lens_{number}",
        vertices=fit.to_world(ground.vertices),
        triangles=ground.triangles,
        part=part.astype(np.int16),
        materials=(f"{kind}_lens", f"{kind}_lens_edge"),
        material=ground.edge.astype(np.int16),
        instance=kind,
        attributes={"front": ground.front, "height": ground.height},
        normals=ground.normals @ fit.world_from_fit[:3, :3].T,
    )
