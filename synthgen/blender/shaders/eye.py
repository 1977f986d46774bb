"""The eye: a clear, refracting cornea that turns white across the limbus; the iris; the pupil that shines back."""

from typing import Any

import numpy as np

from synthgen.blender.images import scene_image
from synthgen.blender.nodes import Graph
from synthgen.blender.shaders.surface import MILLIMETRE, principled
from synthgen.camera import BANDS, Band
from synthgen.materials import EyeShell, Iris, PolarMap, Pupil

BLEND_IN_MM, BLEND_OUT_MM = 1.05, 0.6
PADDING = 2
"""Edge rows added to a map: cubic look-up reaches across its ends."""
GLOSS = "gloss"
"""Name of the roughness of wet surfaces, set for each view to what a pixel can resolve."""
RETRO = "retro"
"""Name of the radiance a pupil sends back to the camera, set for each view."""


def eye_shell(graph: Graph, material: EyeShell) -> Any:
    """Build cornea and sclera as one shader, told apart by the distance from the optical axis."""
    radius, angle, z = _cylinder(graph)
    white = graph.ramp(radius, material.limbus_mm - BLEND_IN_MM, material.limbus_mm + BLEND_OUT_MM)
    white = graph.math("MAXIMUM", white, graph.math("LESS_THAN", z, 0.0))
    gloss = graph.value(GLOSS, 0.045)
    clear = graph.node("BsdfRefraction", {"Roughness": 0.0, "IOR": material.ior}).outputs[0]
    mirror = graph.node("BsdfAnisotropic", {"Roughness": gloss}).outputs[0]
    fresnel = graph.node("Fresnel", {"IOR": material.ior}).outputs[0]
    cornea = graph.node("MixShader", {0: fresnel, 1: clear, 2: mirror}).outputs[0]
    # light reaches the iris straight through: no caustics to sample
    path = graph.node("LightPath").outputs
    straight = graph.math("MAXIMUM", path["Is Shadow Ray"], path["Is Diffuse Ray"])
    through = graph.node("BsdfTransparent").outputs[0]
    cornea = graph.node("MixShader", {0: straight, 1: cornea, 2: through}).outputs[0]
    texture = _polar_texture(graph, material.map, graph.math("ARCTAN2", radius, z), angle)
    sclera = principled(graph, material.sclera, albedo=texture.outputs["Color"])
    bump = graph.node("Bump", {"Height": texture.outputs["Alpha"], "Distance": MILLIMETRE, "Strength": 1.0})
    graph.link(bump.outputs[0], sclera.node.inputs["Coat Normal"])
    graph.link(gloss, sclera.node.inputs["Coat Roughness"])
    return graph.node("MixShader", {0: white, 1: cornea, 2: sclera}).outputs[0]


def iris(graph: Graph, material: Iris) -> Any:
    """Build an iris: its map by distance and angle, fibres and crypts as relief."""
    radius, angle, _ = _cylinder(graph)
    texture = _polar_texture(graph, material.map, radius, angle)
    bump = graph.node("Bump", {"Height": texture.outputs["Alpha"], "Distance": MILLIMETRE, "Strength": 1.0})
    diffuse = graph.node("BsdfDiffuse", {"Color": texture.outputs["Color"], "Normal": bump.outputs[0]})
    return diffuse.outputs[0]


def pupil(graph: Graph, material: Pupil) -> Any:
    """Build a pupil: nearly black, and glowing by what its eye's back sends to the camera of the view."""
    dark = graph.node("BsdfDiffuse", {"Color": graph.spectrum(material.dark)})
    glow = graph.node(
        "Emission", {"Color": graph.spectrum(material.retro), "Strength": graph.value(f"{RETRO}_{material.side}", 0.0)}
    )
    return graph.node("AddShader", {0: dark.outputs[0], 1: glow.outputs[0]}).outputs[0]


def _cylinder(graph: Graph) -> tuple[Any, Any, Any]:
    """Return distance from the axis (mm), share of the circle, and height along the axis (mm)."""
    local = graph.node("SeparateXYZ", {0: graph.attribute("eye_mm").outputs["Vector"]})
    x, y, z = (local.outputs[k] for k in range(3))
    radius = graph.math("SQRT", graph.math("ADD", graph.math("MULTIPLY", x, x), graph.math("MULTIPLY", y, y)))
    return radius, graph.math("DIVIDE", graph.math("ARCTAN2", y, x), 2 * np.pi), z


def _polar_texture(graph: Graph, polar: PolarMap, value: Any, angle: Any) -> Any:
    """Return a texture node of a polar map: colour of the band, and height in millimetres as alpha."""
    height = polar.values.shape[0]
    span = graph.math("DIVIDE", graph.math("SUBTRACT", value, polar.first), polar.last - polar.first)
    rows = height + 2 * PADDING
    inside = graph.math("MULTIPLY", graph.math("MULTIPLY", span, 1.0, clamp=True), (height - 1) / rows)
    row = graph.math("ADD", inside, (PADDING + 0.5) / rows)
    turned = graph.math("ADD", angle, graph.attribute("eye_turn").outputs["Fac"])
    where = graph.node("CombineXYZ", {0: turned, 1: row})
    return graph.band_image(_band_images(graph.material.name, polar), where.outputs[0])


def _band_images(name: str, polar: PolarMap) -> dict[Band, Any]:
    """Return a map as one Blender image for each band; repeated edge rows keep its two ends apart."""
    values = np.pad(polar.values, ((PADDING, PADDING), (0, 0), (0, 0)), mode="edge")
    return {band: scene_image(f"{name} {band}", values[..., channels]) for band, channels in _CHANNELS.items()}


_CHANNELS: dict[Band, list[int]] = dict(zip(BANDS, ([0, 1, 2, 5], [3, 3, 3, 5], [4, 4, 4, 5]), strict=True))
