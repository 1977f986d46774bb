"""Lenses of glasses, and metal."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from synthgen.blender.images import scene_image
from synthgen.blender.nodes import Graph
from synthgen.materials import ClearPlastic, Lens, Metal, Spectrum

GRADIENT = (0.12, 0.88)
"""Heights between which a gradient runs."""
TOTAL = (0.6, 0.95)
"""Fresnel reflectances between which a coating loses its effect: nothing coated escapes total reflection."""

SCATTERED_BACK, SCATTERED_AHEAD = 0.35, 0.55
"""Shares of what dirt scatters; grease and dust send most of it on."""


def metal(graph: Graph, material: Metal) -> Any:
    """Build a metal."""
    node = graph.node("BsdfPrincipled", {"Base Color": graph.spectrum(material.reflectance), "Metallic": 1.0})
    node.inputs["Roughness"].default_value = material.roughness
    return node.outputs[0]


def lens(graph: Graph, material: Lens) -> Any:
    """Build one surface of a lens: light is split by Fresnel's law, coating and mirror; the dye is shared by both.

    Light that shines on what is behind goes straight through, dyed: there are no caustics to sample.
    """
    inside = graph.node("NewGeometry").outputs["Backfacing"]
    # straight light does not bend, so that from within its angle is that outside: else much of it would seem trapped
    outer = graph.math("POWER", material.ior, graph.math("SUBTRACT", 1.0, graph.math("MULTIPLY", inside, 2.0)))
    height = graph.ramp(graph.attribute("height").outputs["Fac"], *GRADIENT)
    top, bottom = (graph.spectrum(_of_one_surface(dye)) for dye in (material.top, material.bottom))
    dye = _mixed(graph, height, bottom, top)
    reflected = _reflected(graph, material, material.ior)
    passed = _vector(graph, "MULTIPLY", dye, _less_than_one(graph, reflected))
    straight = _vector(graph, "MULTIPLY", dye, _less_than_one(graph, _reflected(graph, material, outer)))
    refracted = graph.node("BsdfRefraction", {"Color": passed, "Roughness": 0.0, "IOR": material.ior}).outputs[0]
    mirrored = graph.node("BsdfAnisotropic", {"Color": reflected, "Roughness": 0.0}).outputs[0]
    seen = graph.node("AddShader", {0: refracted, 1: mirrored}).outputs[0]
    if material.dirt is not None:
        seen = _dirty(graph, material.dirt, seen)
    return _lit_straight(graph, seen, straight)


def clear_plastic(graph: Graph, material: ClearPlastic) -> Any:
    """Build one surface of a clear plastic: it refracts and reflects, and what it shades is dyed, not dark."""
    dye = graph.node("Gamma", {"Color": graph.band_attribute("albedo"), "Gamma": 0.5}).outputs[0]
    look = {"Color": dye, "Roughness": material.roughness, "IOR": material.ior}
    seen = graph.node("BsdfGlass", look).outputs[0]
    return _lit_straight(graph, seen, dye)


def _lit_straight(graph: Graph, seen: Any, straight: Any) -> Any:
    """Return what is seen, or for light that shines on what is behind a straight passage of a colour."""
    through = graph.node("BsdfTransparent", {"Color": straight}).outputs[0]
    path = graph.node("LightPath").outputs
    lighting = graph.math("MAXIMUM", path["Is Shadow Ray"], path["Is Diffuse Ray"])
    return graph.node("MixShader", {0: lighting, 1: seen, 2: through}).outputs[0]


def _dirty(graph: Graph, dirt: NDArray, seen: Any) -> Any:
    """Return a clean surface with what lies on its front: it scatters light both ways."""
    pixels = np.repeat(dirt[..., None], 4, -1)
    at = graph.node("UVMap", uv_map="uv").outputs[0]
    share = graph.node("TexImage", {"Vector": at}, image=scene_image("lens dirt", pixels)).outputs["Color"]
    on_front = graph.math("MULTIPLY", share, graph.attribute("front").outputs["Fac"])
    back = graph.node("BsdfDiffuse", {"Color": (*(SCATTERED_BACK,) * 3, 1.0)}).outputs[0]
    ahead = graph.node("BsdfTranslucent", {"Color": (*(SCATTERED_AHEAD,) * 3, 1.0)}).outputs[0]
    scattered = graph.node("AddShader", {0: back, 1: ahead}).outputs[0]
    return graph.node("MixShader", {0: on_front, 1: seen, 2: scattered}).outputs[0]


def _reflected(graph: Graph, material: Lens, ior: Any) -> Any:
    """Return the share of light that a surface and its film reflect."""
    fresnel = graph.node("Fresnel", {"IOR": ior}).outputs[0]
    coated = _scaled(graph, graph.spectrum(material.reflection), fresnel)
    bare = graph.node("CombineXYZ", dict.fromkeys(range(3), fresnel)).outputs[0]
    surface = _mixed(graph, graph.ramp(fresnel, *TOTAL), coated, bare)
    film = _scaled(graph, graph.spectrum(material.mirror), graph.attribute("front").outputs["Fac"])
    return _vector(graph, "ADD", film, _vector(graph, "MULTIPLY", surface, _less_than_one(graph, film)))


def _of_one_surface(dye: Spectrum) -> Spectrum:
    """Return the transmission of a dye that light meets at each of two surfaces."""
    r, g, b = (value**0.5 for value in dye.rgb)
    return Spectrum((r, g, b), dye.nir850**0.5, dye.nir940**0.5)


def _vector(graph: Graph, operation: str, a: Any, b: Any) -> Any:
    return graph.node("VectorMath", {0: a, 1: b}, operation=operation).outputs[0]


def _less_than_one(graph: Graph, color: Any) -> Any:
    return graph.node("VectorMath", {0: (1.0, 1.0, 1.0), 1: color}, operation="SUBTRACT").outputs[0]


def _scaled(graph: Graph, color: Any, factor: Any) -> Any:
    return graph.node("VectorMath", {0: color, "Scale": factor}, operation="SCALE").outputs[0]


def _mixed(graph: Graph, share: Any, none: Any, full: Any) -> Any:
    """Return one color at a share of 0, another at 1."""
    change = _vector(graph, "SUBTRACT", full, none)
    return _vector(graph, "ADD", none, _scaled(graph, change, share))
