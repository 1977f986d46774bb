"""The label material: every surface glows in the colour of its ids, and clear ones only refract."""

from typing import Any

from synthgen.blender.nodes import Graph


def label(graph: Graph, clear_ior: float | None = None) -> Any:
    """Build the label material: emission (part, instance, 0); or, for clear surfaces, pure refraction."""
    if clear_ior is not None:
        return graph.surface(graph.node("BsdfRefraction", {"Roughness": 0.0, "IOR": clear_ior}).outputs[0])
    ids = graph.node(
        "CombineXYZ",
        {0: graph.attribute("part").outputs["Fac"], 1: graph.attribute("instance").outputs["Fac"]},
    )
    return graph.surface(graph.node("Emission", {"Color": ids.outputs[0], "Strength": 1.0}).outputs[0])
