"""Plain dielectrics, skin and cloth: the Principled shader, driven by numbers and vertex attributes."""

from typing import Any

import bpy
import numpy as np

from synthgen.blender.nodes import Graph
from synthgen.materials import Cloth, Relief, SkinSurface, Surface
from synthgen.skin.relief import TILES_PER_UV, relief_tile

MILLIMETRE = 0.001


def surface(graph: Graph, material: Surface) -> Any:
    """Build a plain surface."""
    return graph.surface(principled(graph, material))


def skin(graph: Graph, material: SkinSurface) -> Any:
    """Build skin: roughness and oil from the mesh, lines and pores from a tile of relief."""
    place = graph.node("VectorMath", {0: graph.node("UVMap").outputs[0], "Scale": TILES_PER_UV}, operation="SCALE")
    tile = graph.node("TexImage", {"Vector": place.outputs[0]}, image=_relief_image())
    heights = graph.node("SeparateColor", {0: tile.outputs["Color"]}).outputs
    pores = graph.math("MULTIPLY", heights[1], graph.attribute("pores").outputs["Fac"])
    shader = principled(graph, material, graph.math("ADD", heights[0], pores))
    oil = graph.math("MULTIPLY", graph.attribute("oil").outputs["Fac"], material.coat)
    graph.link(oil, shader.node.inputs["Coat Weight"])
    return graph.surface(shader)


def _relief_image() -> Any:
    """Return the relief tile as a Blender image, made once per process."""
    name = "skin relief"
    found = bpy.data.images.get(name)
    if found is not None:
        return found
    heights = relief_tile()
    size = len(heights)
    image = bpy.data.images.new(name, size, size, float_buffer=True, is_data=True)
    pixels = np.zeros((size, size, 4), np.float32)
    pixels[..., :2], pixels[..., 3] = heights, 1.0
    image.pixels.foreach_set(pixels.ravel())
    image.pack()
    return image


def cloth(graph: Graph, material: Cloth) -> Any:
    """Build cloth: knit and folds as noise in rest coordinates, and the fibres' fuzz."""
    shader = principled(graph, material)
    shader.node.inputs["Sheen Weight"].default_value = material.sheen
    shader.node.inputs["Sheen Roughness"].default_value = 0.5
    return graph.surface(shader)


def principled(graph: Graph, material: Surface, height_mm: Any = None, color: Any = None) -> Any:
    """Return a Principled shader's output for a surface; `height_mm` is relief, `color` the albedo, as sockets."""
    if color is None:
        color = graph.band_attribute("albedo") if material.albedo is None else graph.spectrum(material.albedo)
    node = graph.node("BsdfPrincipled", {"Base Color": color, "IOR": material.ior})
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
        rest = graph.attribute("rest_mm").outputs["Vector"]
        height_mm = _sum(graph, [_noise(graph, rest, relief) for relief in material.relief])
    if height_mm is not None:
        bump = graph.node("Bump", {"Height": height_mm, "Distance": MILLIMETRE, "Strength": 1.0})
        graph.link(bump.outputs[0], node.inputs["Normal"])
        graph.link(bump.outputs[0], node.inputs["Coat Normal"])
    return node.outputs[0]


def _sum(graph: Graph, heights: list[Any]) -> Any:
    total = heights[0]
    for height in heights[1:]:
        total = graph.math("ADD", total, height)
    return total


def _noise(graph: Graph, rest: Any, relief: Relief) -> Any:
    noise = graph.node("TexNoise", {"Vector": rest, "Scale": relief.per_mm, "Detail": 3.0})
    return graph.math("MULTIPLY", noise.outputs["Fac"], relief.height_mm)
