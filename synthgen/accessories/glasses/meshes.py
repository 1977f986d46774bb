"""From a seated front to meshes."""

import numpy as np

from synthgen.accessories.fit import SIDES, Fit
from synthgen.accessories.geometry import joined, xyz
from synthgen.accessories.glasses.dirt import lens_coordinates
from synthgen.accessories.glasses.frames import Shape
from synthgen.accessories.glasses.front import EDGE, METAL, PAD, PLASTIC, Front, seat, seat_up
from synthgen.accessories.glasses.hair import bar, press_of
from synthgen.accessories.glasses.lenses import cut
from synthgen.accessories.glasses.rims import Piece, bridge, pad, rim
from synthgen.accessories.glasses.temples import THICK_MM, end_piece, is_acetate, temple, temple_path
from synthgen.accessories.kind import Worn
from synthgen.accessories.plastics import Plastic
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.rng import Key

MATERIALS = (PLASTIC, METAL, PAD, EDGE)


def build_glasses(
    shape: Shape,
    plastic: Plastic,
    fit: Fit,
    *,
    size: float,
    sphere_d: float,
    vertex_mm: float,
    slide_mm: float,
    tilt_deg: float,
    up_deg: float,
    key: Key,
) -> Worn:
    """Return the meshes in the world, frame, left and right lens, and what they do to hair.

    Args:
        shape: Row of numbers.
        plastic: Of acetate parts.
        fit: The head.
        size: Against the width that fits.
        sphere_d: Power of the lenses, dioptres.
        vertex_mm: Least distance from cornea to lens.
        slide_mm: How far they have slid down the nose.
        tilt_deg: Lower rims towards the cheeks.
        up_deg: How far they are pushed up on the head; 0 before the eyes.
        key: Of the plastic's pattern.
    """
    if up_deg:
        front = seat_up(shape, fit, size, sphere_d, tilt_deg, up_deg)
    else:
        front = seat(shape, fit, size, sphere_d, vertex_mm, slide_mm, tilt_deg)
    thick = THICK_MM[is_acetate(front)]
    lines = {side: temple_path(fit, side, end_piece(front, side)[2], *thick) for side in SIDES}
    pieces = [*bridge(front, fit)]
    for side, line in lines.items():
        pieces += [*rim(front, side), *pad(front, fit, side, slide_mm), *temple(front, line, side)]
    frame = _mesh(pieces, plastic, fit, key)
    press = press_of(front, [bar(fit, line, *thick) for line in lines.values()])
    return Worn((frame, *(_lens(front, fit, side) for side in SIDES)), press)


def _mesh(pieces: list[Piece], plastic: Plastic, fit: Fit, key: Key) -> Mesh:
    whole = joined([solid for solid, _ in pieces])
    material = np.repeat([MATERIALS.index(name) for _, name in pieces], [len(solid.triangles) for solid, _ in pieces])
    return Mesh(
        name="glasses_frame",
        vertices=fit.to_world(whole.vertices),
        triangles=whole.triangles,
        part=np.full(len(whole.triangles), Part.GLASSES_FRAME, np.int16),
        materials=MATERIALS,
        material=material.astype(np.int16),
        instance="glasses",
        attributes=plastic.albedo(whole.vertices, key),
    )


def _lens(front: Front, fit: Fit, side: str) -> Mesh:
    """Return a lens, its normals those of the ground surfaces."""
    ground = cut(front.curves, front.outline - front.axis)
    vertices = front.place(ground.vertices + xyz(front.axis[0], 0, front.axis[1]), side)
    normals = ground.normals @ front.turned(side).T @ fit.world_from_fit[:3, :3].T
    triangles = ground.triangles if side == "left" else ground.triangles[:, ::-1].copy()
    return Mesh(
        name=f"glasses_lens_{side}",
        vertices=fit.to_world(vertices),
        triangles=triangles,
        part=np.full(len(triangles), Part[f"GLASSES_LENS_{side.upper()}"], np.int16),
        materials=("glasses_lens", EDGE),
        material=ground.edge.astype(np.int16),
        instance="glasses",
        uv=lens_coordinates((ground.vertices[:, [0, 2]] + front.axis)[triangles], side),
        attributes={"front": ground.front, "height": ground.height},
        normals=normals,
    )
