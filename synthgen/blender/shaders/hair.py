"""Hair: light absorbed by melanin and dye on its way through the fibre."""

from typing import Any

from synthgen.blender.nodes import Graph
from synthgen.materials import HairFibre


def hair(graph: Graph, material: HairFibre) -> Any:
    """Build hair; the melanin of each strand is its attribute `pigment`, a little less at the tips.

    Source: Chiang et al., Computer Graphics Forum 35 (2016) 275: a practical and controllable hair shader.
    """
    along = graph.node("HairInfo").outputs["Intercept"]
    faded = graph.math("SUBTRACT", 1.0, graph.math("MULTIPLY", along, material.tip))
    amount = graph.math("MULTIPLY", graph.attribute("pigment").outputs["Fac"], faded)
    dyed = material.melanin_left < 1 or max(material.dye.rgb) > 0
    inside = _inside(graph, along) if dyed else None
    if dyed:
        gone = graph.math("MULTIPLY", inside, 1 - material.melanin_left)
        amount = graph.math("MULTIPLY", amount, graph.math("SUBTRACT", 1.0, gone))
    total = graph.node("VectorMath", {0: graph.spectrum(material.melanin), "Scale": amount}, operation="SCALE")
    if dyed:
        dye = graph.node("VectorMath", {0: graph.spectrum(material.dye), "Scale": inside}, operation="SCALE")
        total = graph.node("VectorMath", {0: total.outputs[0], 1: dye.outputs[0]}, operation="ADD")
    node = graph.node("BsdfHairPrincipled", model="CHIANG", parametrization="ABSORPTION")
    graph.link(total.outputs[0], node.inputs["Absorption Coefficient"])
    node.inputs["Roughness"].default_value = material.roughness
    node.inputs["Radial Roughness"].default_value = min(material.roughness * 1.3, 0.6)
    node.inputs["Random Roughness"].default_value = 0.15
    return node.outputs[0]


def _inside(graph: Graph, along: Any) -> Any:
    """Return 1 where a strand is dyed, 0 at the roots that have grown since, blended over a tenth of its length."""
    start = graph.attribute("dyed_from").outputs["Fac"]
    begun = graph.math("MULTIPLY", graph.math("SUBTRACT", along, start), 10.0)
    return graph.math("MINIMUM", graph.math("MAXIMUM", graph.math("ADD", begun, 0.5), 0.0), 1.0)
