"""What materials show for labels: surfaces glow in the colour of their ids, clear ones only refract."""

from typing import Any

from synthgen.blender.nodes import Graph
from synthgen.parts import Part
from synthgen.passes import LENSES

PICTURE, LABEL, THROUGH = 0, 1, 2
"""What an object's materials show: its index. `THROUGH` are labels that also look through lenses."""
POSITION_PASS, NORMAL_PASS = "hair position", "hair normal"


def cover_pass(part: Part) -> str:
    """Return the name of the pass that holds the coverage of a part."""
    return f"cover {part.name}"


def surface_label(graph: Graph) -> Any:
    """Return the label of a surface: emission (part, instance, 0), or (part, instance, planar depth) of `THROUGH`."""
    depth = graph.math("MULTIPLY", graph.node("CameraData").outputs["View Z Depth"], _through(graph))
    ids = graph.node(
        "CombineXYZ",
        {0: graph.attribute("part").outputs["Fac"], 1: graph.attribute("instance").outputs["Fac"], 2: depth},
    )
    return graph.node("Emission", {"Color": ids.outputs[0], "Strength": 1.0}).outputs[0]


def clear_label(graph: Graph, ior: float) -> Any:
    """Return the label of what labels look through: pure refraction."""
    return graph.node("BsdfRefraction", {"Roughness": 0.0, "IOR": ior}).outputs[0]


def lens_label(graph: Graph, ior: float) -> Any:
    """Return the label of a lens: its own, or what is seen through it; each kind's coverage goes to its pass."""
    part = graph.attribute("part").outputs["Fac"]
    for kind in LENSES:
        covered = graph.math("COMPARE", part, float(kind), 0.5)
        graph.node("OutputAOV", {"Value": covered}, aov_name=cover_pass(kind))
    return graph.node("MixShader", {0: _through(graph), 1: surface_label(graph), 2: clear_label(graph, ior)}).outputs[0]


def _through(graph: Graph) -> Any:
    """Return 1 if the object shows `THROUGH`, else 0."""
    return graph.math("SUBTRACT", graph.node("ObjectInfo").outputs["Object Index"], float(LABEL), clamp=True)


def hair_label(graph: Graph, part: Part) -> Any:
    """Return the label of hair: coverage, place and normal go to passes of their own, averaged over the pixel."""
    geometry = graph.node("NewGeometry").outputs
    graph.node("OutputAOV", {"Value": 1.0}, aov_name=cover_pass(part))
    graph.node("OutputAOV", {"Color": geometry["Position"]}, aov_name=POSITION_PASS)
    graph.node("OutputAOV", {"Color": geometry["Normal"]}, aov_name=NORMAL_PASS)
    ids = graph.node("CombineXYZ", {0: float(part), 1: 0.0, 2: 1.0})
    return graph.node("Emission", {"Color": ids.outputs[0], "Strength": 1.0}).outputs[0]


def picture_or_label(graph: Graph, picture: Any, label: Any) -> Any:
    """Give a material a picture and a label, shown by the index of its object, and return it.

    For another material Cycles would copy the geometry and build its tree again; for another index it does neither.
    """
    graph.material.cycles.emission_sampling = "NONE"  # labels light nothing, nor does what glows in pictures
    index = graph.node("ObjectInfo").outputs["Object Index"]
    graph.node("OutputMaterial", {"Surface": graph.node("MixShader", {0: index, 1: picture, 2: label}).outputs[0]})
    return graph.material
