"""Plain dielectrics, skin and cloth: the Principled shader, driven by numbers and vertex attributes."""

from typing import Any

from synthgen.blender.nodes import Graph
from synthgen.materials import Cloth, Relief, SkinSurface, Surface

MILLIMETRE = 0.001


def surface(graph: Graph, material: Surface) -> Any:
    """Build a plain surface."""
    return graph.surface(principled(graph, material))


def skin(graph: Graph, material: SkinSurface) -> Any:
    """Build skin: roughness and oil from the mesh, pores and fine lines as relief."""
    rest = graph.attribute("rest_mm").outputs["Vector"]
    height = _sum(graph, [_skin_lines(graph, rest, material.relief), _pores(graph, rest), _lumps(graph, rest)])
    shader = principled(graph, material, height)
    node = shader.node
    graph.link(
        graph.math("MULTIPLY", graph.attribute("oil").outputs["Fac"], material.coat),
        node.inputs["Coat Weight"],
    )
    return graph.surface(shader)


def cloth(graph: Graph, material: Cloth) -> Any:
    """Build cloth: crossed threads in rest coordinates, broad folds, and the fibres' fuzz."""
    rest = graph.attribute("rest_mm").outputs["Vector"]
    threads = []
    for direction in ("X", "Z"):
        wave = graph.node(
            "TexWave",
            {"Vector": rest, "Scale": material.threads_per_mm, "Distortion": 0.6},
            wave_type="BANDS",
        )
        wave.bands_direction = direction
        threads.append(graph.math("MULTIPLY", wave.outputs["Fac"], 0.05))
    folds = [_noise(graph, rest, relief) for relief in material.relief]
    shader = principled(graph, material, _sum(graph, [*threads, *folds]))
    shader.node.inputs["Sheen Weight"].default_value = material.sheen
    shader.node.inputs["Sheen Roughness"].default_value = 0.5
    return graph.surface(shader)


def principled(graph: Graph, material: Surface, height_mm: Any = None) -> Any:
    """Return a Principled shader's output for a surface; `height_mm` is relief as a socket, millimetres."""
    albedo = graph.band_attribute("albedo") if material.albedo is None else graph.spectrum(material.albedo)
    node = graph.node("BsdfPrincipled", {"Base Color": albedo, "IOR": material.ior})
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


def _lumps(graph: Graph, rest: Any) -> Any:
    """Return soft unevenness of about a centimetre, which breaks up broad highlights."""
    noise = graph.node("TexNoise", {"Vector": rest, "Scale": 0.11, "Detail": 2.0})
    return graph.math("MULTIPLY", noise.outputs["Fac"], 0.22)


def _skin_lines(graph: Graph, rest: Any, reliefs: tuple[Relief, ...]) -> Any:
    """Return the net of fine lines: edges of two cell patterns, warped, and grain below them."""
    *cells, grain = reliefs
    warp = graph.node("TexNoise", {"Vector": rest, "Scale": 0.8, "Detail": 2.0})
    warped = graph.node("VectorMath", {0: rest, 1: warp.outputs["Color"]}, operation="ADD").outputs[0]
    heights = []
    for relief in cells:
        edge = graph.node("TexVoronoi", {"Vector": warped, "Scale": relief.per_mm}, feature="DISTANCE_TO_EDGE")
        rise = graph.math("MINIMUM", graph.math("MULTIPLY", edge.outputs["Distance"], 5.0), 1.0)
        heights.append(graph.math("MULTIPLY", rise, relief.height_mm))
    return _sum(graph, [*heights, _noise(graph, rest, grain)])


def _pores(graph: Graph, rest: Any) -> Any:
    """Return pits 0.3 mm wide, where the mesh's attribute `pores` has them."""
    cells = graph.node("TexVoronoi", {"Vector": rest, "Scale": 1.15, "Randomness": 1.0}, feature="F1")
    pit = graph.math("SUBTRACT", 1.0, graph.math("MULTIPLY", cells.outputs["Distance"], 3.6), clamp=True)
    depth = graph.math("MULTIPLY", pit, graph.attribute("pores").outputs["Fac"])
    return graph.math("MULTIPLY", depth, -0.07)
