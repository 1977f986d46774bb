"""The eye's outer shell: a clear, refracting cornea that turns white across the limbus."""

from typing import Any

from synthgen.blender.nodes import Graph
from synthgen.blender.shaders.surface import principled
from synthgen.materials import EyeShell

BLEND_IN_MM, BLEND_OUT_MM = 0.65, 0.55
GLINT_ROUGHNESS = 0.045
"""Rough enough that lamps are sampled: with a perfect mirror a small lamp's glint is missed or eaten as a firefly."""


def eye_shell(graph: Graph, material: EyeShell) -> Any:
    """Build cornea and sclera as one shader, told apart by the distance from the optical axis."""
    local = graph.node("SeparateXYZ", {0: graph.attribute("eye_mm").outputs["Vector"]})
    x, y, z = (local.outputs[k] for k in range(3))
    radius = graph.math("SQRT", graph.math("ADD", graph.math("MULTIPLY", x, x), graph.math("MULTIPLY", y, y)))
    white = graph.ramp(radius, material.limbus_mm - BLEND_IN_MM, material.limbus_mm + BLEND_OUT_MM)
    white = graph.math("MAXIMUM", white, graph.math("LESS_THAN", z, 0.0))
    clear = graph.node("BsdfRefraction", {"Roughness": 0.0, "IOR": material.ior}).outputs[0]
    mirror = graph.node("BsdfAnisotropic", {"Roughness": GLINT_ROUGHNESS}).outputs[0]
    fresnel = graph.node("Fresnel", {"IOR": material.ior}).outputs[0]
    cornea = graph.node("MixShader", {0: fresnel, 1: clear, 2: mirror}).outputs[0]
    # light reaches the iris straight through: no caustics to sample
    path = graph.node("LightPath").outputs
    straight = graph.math("MAXIMUM", path["Is Shadow Ray"], path["Is Diffuse Ray"])
    through = graph.node("BsdfTransparent").outputs[0]
    cornea = graph.node("MixShader", {0: straight, 1: cornea, 2: through}).outputs[0]
    sclera = principled(graph, material.sclera)
    return graph.surface(graph.node("MixShader", {0: white, 1: cornea, 2: sclera}).outputs[0])
