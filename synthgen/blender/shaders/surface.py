"""Plain dielectrics, skin and cloth: the Principled shader, driven by numbers and vertex attributes."""

from typing import Any

import bpy
import numpy as np

from synthgen.blender.images import float_image, scene_image
from synthgen.blender.nodes import Graph
from synthgen.materials import Relief, SkinSurface, Surface
from synthgen.skin.relief import TILES_PER_UV, relief_tile

MILLIMETRE = 0.001


def surface(graph: Graph, material: Surface) -> Any:
    """Build a plain surface."""
    return principled(graph, material)


def skin(graph: Graph, material: SkinSurface) -> Any:
    """Build skin: colour and shine from its maps or the mesh, lines and pores from a tile of relief."""
    place = graph.node("VectorMath", {0: _coordinates(graph, "uv"), "Scale": TILES_PER_UV}, operation="SCALE")
    tile = graph.node("TexImage", {"Vector": place.outputs[0]}, image=_relief_image())
    heights = graph.node("SeparateColor", {0: tile.outputs["Color"]}).outputs
    pores = graph.math("MULTIPLY", heights[1], graph.attribute("pores").outputs["Fac"])
    lines = graph.math("MULTIPLY", heights[0], graph.attribute("lines").outputs["Fac"])
    height = graph.math("ADD", lines, pores)
    if material.maps is None:
        shader = principled(graph, material, height)
        oil = graph.attribute("oil").outputs["Fac"]
    else:
        at = _coordinates(graph, "map_uv")
        color = graph.node("TexImage", {"Vector": at}, image=scene_image("skin color", material.maps.color[::-1]))
        other = graph.node("TexImage", {"Vector": at}, image=scene_image("skin infrared", material.maps.infrared[::-1]))
        near, far, rough = graph.node("SeparateColor", {0: other.outputs["Color"]}).outputs
        height = graph.math("ADD", height, color.outputs["Alpha"])
        shader = principled(graph, material, height, graph.band_choice(color.outputs["Color"], near, far), rough)
        oil = other.outputs["Alpha"]
    graph.link(graph.math("MULTIPLY", oil, material.coat), shader.node.inputs["Coat Weight"])
    return shader


def _coordinates(graph: Graph, name: str) -> Any:
    return graph.node("UVMap", uv_map=name).outputs[0]


def _relief_image() -> Any:
    """Return the relief tile as a Blender image, made once per process."""
    name = "skin relief"
    found = bpy.data.images.get(name)
    if found is not None:
        return found
    heights = relief_tile()
    size = len(heights)
    pixels = np.zeros((size, size, 4), np.float32)
    pixels[..., :2], pixels[..., 3] = heights, 1.0
    return float_image(name, pixels)


def principled(graph: Graph, material: Surface, height_mm: Any = None, albedo: Any = None, rough: Any = None) -> Any:
    """Return a Principled shader's output for a surface.

    Args:
        graph: To build in.
        material: The surface.
        height_mm: Relief as a socket, millimetres.
        albedo: Colour as a socket, instead of the material's.
        rough: Roughness as a socket, instead of the material's.
    """
    if albedo is None:
        albedo = graph.band_attribute("albedo") if material.albedo is None else graph.spectrum(material.albedo)
    node = graph.node("BsdfPrincipled", {"Base Color": albedo, "IOR": material.ior})
    if rough is None:
        rough = graph.attribute("roughness").outputs["Fac"] if material.roughness is None else material.roughness
    graph.link(rough, node.inputs["Roughness"])
    if material.scatter is not None:
        node.subsurface_method = "RANDOM_WALK"
        node.inputs["Subsurface Weight"].default_value = material.scatter.weight
        node.inputs["Subsurface Scale"].default_value = 1.0
        graph.band_vector(node.inputs["Subsurface Radius"], material.scatter.radius_m)
    node.inputs["Coat Weight"].default_value = material.coat
    node.inputs["Coat Roughness"].default_value = material.coat_roughness
    node.inputs["Coat IOR"].default_value = 1.45
    if height_mm is None and material.relief:
        height_mm = noise_mm(graph, material.relief)
    if height_mm is not None:
        bump = graph.node("Bump", {"Height": height_mm, "Distance": MILLIMETRE, "Strength": 1.0})
        graph.link(bump.outputs[0], node.inputs["Normal"])
        graph.link(bump.outputs[0], node.inputs["Coat Normal"])
    return node.outputs[0]


def noise_mm(graph: Graph, reliefs: tuple[Relief, ...]) -> Any:
    """Return the height of relief in millimetres, as noise in rest coordinates."""
    rest = graph.attribute("rest_mm").outputs["Vector"]
    total = None
    for relief in reliefs:
        noise = graph.node("TexNoise", {"Vector": rest, "Scale": relief.per_mm, "Detail": 3.0})
        height = graph.math("MULTIPLY", noise.outputs["Fac"], relief.height_mm)
        total = height if total is None else graph.math("ADD", total, height)
    return total
