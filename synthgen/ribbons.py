"""Hair as a few flat ribbons that face a camera, for drawing it without path tracing."""

import numpy as np
from numpy.typing import NDArray

from synthgen.assemble import SceneGeometry
from synthgen.camera import Camera
from synthgen.materials import HairFibre
from synthgen.mesh import Mesh, unit
from synthgen.strands import Strands

MOST, POINTS = 4000, 9
"""Ribbons for one kind of hair, and points on each."""
WIDEST_M = 6e-4
"""Half the width at which a ribbon that stands for many hairs would look like straw."""
CHIANG = 5.77
"""Square root of what a fibre absorbs, over the logarithm of the colour of hair that light leaves after many fibres.

Source: Chiang et al., Computer Graphics Forum 35 (2016) 275, equation 9, at an azimuthal roughness of 0.39."""


def ribbon_meshes(geometry: SceneGeometry, camera: Camera) -> tuple[Mesh, ...]:
    """Return the hair that labels know of as meshes, as a camera sees it: fewer strands, but as dense."""
    return tuple(
        _ribbons(strands, geometry, camera)
        for strands in geometry.strands
        if strands.part is not None and len(strands.points)
    )


def _ribbons(strands: Strands, geometry: SceneGeometry, camera: Camera) -> Mesh:
    count, points = strands.points.shape[:2]
    kept = np.linspace(0, count - 1, min(count, MOST)).astype(int)
    along = np.unique(np.linspace(0, points - 1, min(points, POINTS)).round().astype(int))
    middle = strands.points[kept][:, along].astype(float)
    half = np.minimum(strands.radius[kept][:, along] * count / len(kept), WIDEST_M)
    way = np.gradient(middle, axis=1)
    view = camera.centre_world - middle
    aside = unit(np.cross(way, view))
    vertices = np.stack([middle - half[..., None] * aside, middle + half[..., None] * aside], 2)
    index = np.arange(vertices[..., 0].size).reshape(vertices.shape[:3])
    a, b, c, d = index[:, :-1, 0], index[:, :-1, 1], index[:, 1:, 1], index[:, 1:, 0]
    triangles = np.stack([a, b, c, a, c, d], -1).reshape(-1, 3).astype(np.int32)
    material = geometry.materials[strands.material]
    assert isinstance(material, HairFibre)
    color = fibre_colors(material, strands.attributes["pigment"][kept])
    assert strands.part is not None
    return Mesh(
        name=strands.name,
        vertices=vertices.reshape(-1, 3),
        triangles=triangles,
        part=np.full(len(triangles), strands.part, np.int16),
        materials=(strands.material,),
        instance=strands.instance,
        attributes={"albedo_rgb": np.repeat(color, 2 * len(along), 0)},
        normals=np.repeat(unit(np.cross(aside, way)), 2, 1).reshape(-1, 3),
    )


def fibre_colors(material: HairFibre, pigment: NDArray) -> NDArray:
    """Return the colour (n, 3), linear, of hair whose strands hold so much melanin (n,), where its dye is."""
    absorbed = np.outer(pigment * material.melanin_left, material.melanin.rgb) + material.dye.rgb
    return np.exp(-CHIANG * np.sqrt(absorbed))
