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
    melanin = graph.node("VectorMath", {0: graph.spectrum(material.melanin), "Scale": amount}, operation="SCALE")
    total = graph.node("VectorMath", {0: melanin.outputs[0], 1: graph.spectrum(material.dye)}, operation="ADD")
    node = graph.node("BsdfHairPrincipled", model="CHIANG", parametrization="ABSORPTION")
    graph.link(total.outputs[0], node.inputs["Absorption Coefficient"])
    node.inputs["Roughness"].default_value = material.roughness
    node.inputs["Radial Roughness"].default_value = min(material.roughness * 1.3, 0.6)
    node.inputs["Random Roughness"].default_value = 0.15
    return node.outputs[0]
