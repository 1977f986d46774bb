"""Teeth and gums on one mesh: scalloped gum line, dark gaps between teeth."""

from typing import Any

from synthgen.blender.nodes import Graph
from synthgen.blender.shaders.surface import MILLIMETRE, principled
from synthgen.head.mouth import ARCH_CENTRE_Y_MM, TEETH_PER_RADIAN
from synthgen.materials import Teeth


def teeth(graph: Graph, material: Teeth) -> Any:
    """Build teeth: enamel below the gum line of the attribute `gum_mm`, split by the angle about the dental arch."""
    rest = graph.node("SeparateXYZ", {0: graph.attribute("rest_mm").outputs["Vector"]})
    forward = graph.math("SUBTRACT", ARCH_CENTRE_Y_MM, rest.outputs[1])
    angle = graph.math("ARCTAN2", rest.outputs[0], forward)
    across = graph.math("ABSOLUTE", graph.math("SINE", graph.math("MULTIPLY", angle, 3.14159265 * TEETH_PER_RADIAN)))
    gum = graph.math("MULTIPLY", graph.attribute("gum_mm").outputs["Fac"], 2.0, clamp=True)
    gap = graph.math("MULTIPLY", graph.math("SUBTRACT", 0.14, across), 7.0, clamp=True)
    enamel, gums = material.enamel, material.gum
    assert enamel.albedo is not None and gums.albedo is not None
    crown = graph.mix(gap, graph.spectrum(enamel.albedo), graph.spectrum(material.gap_albedo))
    shader = principled(graph, enamel)
    node = shader.node
    graph.link(graph.mix(gum, crown, graph.spectrum(gums.albedo)), node.inputs["Base Color"])
    height = graph.math("SUBTRACT", graph.math("POWER", across, 0.35), gum)
    bump = graph.node("Bump", {"Height": height, "Distance": 0.7 * MILLIMETRE, "Strength": 1.0})
    graph.link(bump.outputs[0], node.inputs["Normal"])
    return graph.surface(shader)
