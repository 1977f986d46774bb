"""Cloth by its threads: relief and hollows of the weave, and the dyes of a pattern, looked up in millimetres."""

from typing import Any

from synthgen.blender.images import byte_image
from synthgen.blender.nodes import Graph
from synthgen.blender.shaders.surface import noise_mm, principled
from synthgen.materials import SEAM_REACH_MM, RetroTape, Textile, Tile

FUZZ_ROUGHNESS = 0.4
PIXEL = "pixel"
"""Name of a pixel's size in millimetres at a metre, set for each view."""
TAPE = "tape"
"""Name of the radiance that retroreflective tape sends to the camera, set for each view."""
DRAWN_PX = (1.0, 2.6)
"""Pixels a thread is wide where it begins to be drawn, and where it wholly is."""
CREASE_MM, CREST = 42.0, 0.16
"""Wavelength of small creases, and how far noise is from its mean beside a crest."""
ACROSS, DYED, WHITE = 0.25, 0.35, (1.0, 1.0, 1.0, 1.0)
"""Turns from the weft to where highlights of floating threads are wide, and how far dye tints these."""
THROUGH = 0.4
"""Share of the light that goes through the dyed threads and leaves them as their surface reflects it."""
ROWS_MM, THREAD_MM, STITCH_MM, ROPES_MM = (2.6, 8.8), 1.1, 4.2, 9.0
"""From a seam to two rows of thread beside it, its thickness, from stitch to stitch, and the size of faded patches."""
STITCHES_MM = 6.0
"""From a seam to the stitches along it."""


def textile(graph: Graph, material: Textile) -> Any:
    """Build cloth."""
    color, height = _dyed(graph, material), None
    if material.fade and material.weft is not None:
        color = _over(graph, _faded(graph, material.fade), color, graph.spectrum(material.weft))
    if material.weave is not None:
        seen = _seen(graph, material.thread_mm)
        mean = (*(float(value) for value in material.weave.values.mean((0, 1)) / 255), 1.0)
        threads = _over(graph, seen, mean, _picture(graph, "weave", material.weave))
        threads = graph.node("SeparateColor", {0: threads}).outputs
        if material.weft is not None:
            color = _over(graph, threads[2], color, graph.spectrum(material.weft))
        color = graph.node("VectorMath", {0: color, "Scale": threads[1]}, operation="SCALE").outputs[0]
        height = graph.math("MULTIPLY", threads[0], material.depth_mm)
    if material.uneven:
        color = graph.node("VectorMath", {0: color, "Scale": _yarns(graph, material)}, operation="SCALE").outputs[0]
    if material.seam_mm:
        seam = _seam(graph, material.seam_mm)
        height = seam if height is None else graph.math("ADD", height, seam)
    if material.stitch is not None:
        rows = _stitches(graph)
        color = _over(graph, rows, color, graph.spectrum(material.stitch))
        height = graph.math("MULTIPLY_ADD", rows, THREAD_MM / 2, height or 0.0)
    if material.relief:
        creases = noise_mm(graph, material.relief)
        height = creases if height is None else graph.math("ADD", height, creases)
    if material.crumple_mm:
        creases = _creases(graph, material)
        height = creases if height is None else graph.math("ADD", height, creases)
    shader = principled(graph, material, height, color)
    shader.node.inputs["Sheen Weight"].default_value = material.sheen
    shader.node.inputs["Sheen Roughness"].default_value = FUZZ_ROUGHNESS
    graph.link(color, shader.node.inputs["Sheen Tint"])
    if material.streak:
        inputs = shader.node.inputs
        inputs["Anisotropic"].default_value, inputs["Anisotropic Rotation"].default_value = material.streak, ACROSS
        graph.link(graph.node("Tangent", direction_type="UV_MAP", uv_map="uv").outputs[0], inputs["Tangent"])
        graph.link(_over(graph, DYED, WHITE, color), inputs["Specular Tint"])
        inputs["Metallic"].default_value = THROUGH
    if material.weave is None or not material.open_below:
        return shader
    solid = float((material.weave.values[..., 0] > 255 * material.open_below).mean())
    share = graph.node("Mix", {0: _seen(graph, material.thread_mm), 2: solid, 3: _solid(graph, material)}).outputs[0]
    return _net(graph, share, shader)


def open_label(graph: Graph, material: Textile, label: Any) -> Any:
    """Return the label of cloth with holes: in them that of what is behind, as long as they are drawn."""
    if not material.open_below:
        return label
    fine = graph.math("LESS_THAN", _seen(graph, material.thread_mm), 0.5)
    return _net(graph, graph.math("MAXIMUM", fine, _solid(graph, material)), label)


def _solid(graph: Graph, material: Textile) -> Any:
    """Return 1 where threads are, 0 in the holes between them."""
    assert material.weave is not None
    height = graph.node("SeparateColor", {0: _picture(graph, "weave", material.weave)}).outputs[0]
    return graph.math("GREATER_THAN", height, material.open_below)


def _net(graph: Graph, solid: Any, shader: Any) -> Any:
    """Return what is seen of a net: a shader, and what is behind."""
    clear = graph.node("BsdfTransparent").outputs[0]
    return graph.node("MixShader", {0: solid, 1: clear, 2: shader}).outputs[0]


def tape(graph: Graph, material: RetroTape) -> Any:
    """Build retroreflective tape: what it sends back to the camera of the view is set for each view."""
    plain = principled(graph, material)
    facing = graph.node("LayerWeight", {"Blend": 0.5}).outputs["Facing"]
    strength = graph.math("MULTIPLY", graph.value(TAPE, 0.0), graph.math("SUBTRACT", 1.0, facing))
    glow = graph.node("Emission", {"Color": graph.spectrum(material.tint), "Strength": strength})
    return graph.node("AddShader", {0: plain, 1: glow.outputs[0]}).outputs[0]


def _dyed(graph: Graph, material: Textile) -> Any:
    """Return the colour of the ground with the pattern on it."""
    assert material.albedo is not None
    color = graph.spectrum(material.albedo)
    if material.pattern is None:
        return color
    covers = graph.node("SeparateColor", {0: _picture(graph, "pattern", material.pattern)}).outputs
    for cover, accent in zip(covers, material.accents, strict=False):
        color = _over(graph, cover, color, graph.spectrum(accent))
    return color


def _yarns(graph: Graph, material: Textile) -> Any:
    """Return what the colour is multiplied by: yarns that are a little lighter or darker, longer than wide."""
    wide, long = material.yarn_mm
    place = graph.node("UVMap", uv_map="uv").outputs[0]
    place = graph.node("VectorMath", {0: place, 1: (1 / wide, 1 / long, 1.0)}, operation="MULTIPLY").outputs[0]
    waves = graph.node("TexNoise", {"Vector": place, "Scale": 1.0, "Detail": 2.0}, noise_dimensions="2D").outputs["Fac"]
    return graph.math("MULTIPLY_ADD", graph.math("SUBTRACT", waves, 0.5), 4 * material.uneven, 1.0)


def _seen(graph: Graph, thread_mm: float) -> Any:
    """Return 1 where a thread fills pixels, falling to 0 where it is finer: else they would beat with each other."""
    away = graph.node("CameraData").outputs["View Distance"]
    pixels = graph.math("DIVIDE", thread_mm, graph.math("MULTIPLY", away, graph.value(PIXEL, 1.0)))
    return graph.ramp(pixels, *DRAWN_PX)


def _seam(graph: Graph, depth_mm: float) -> Any:
    """Return the height of seams: a groove where pieces meet, and cloth drawn in along the stitches beside it."""
    reach = graph.attribute("seam").outputs["Fac"]
    groove = graph.ramp(reach, SEAM_REACH_MM - 1.6, SEAM_REACH_MM - 0.2)
    stitches = graph.math("SUBTRACT", reach, SEAM_REACH_MM - STITCHES_MM)
    line = graph.math("MULTIPLY", graph.math("ABSOLUTE", stitches), 1 / 1.3, clamp=True)
    drawn = graph.math("SUBTRACT", graph.math("MULTIPLY", line, 0.45), groove)
    return graph.math("MULTIPLY", drawn, depth_mm)


def _stitches(graph: Graph) -> Any:
    """Return 1 on the thread of two rows of stitches along the stitched side of seams, 0 elsewhere."""
    away = graph.math("SUBTRACT", SEAM_REACH_MM, graph.attribute("seam").outputs["Fac"])
    off = [graph.math("ABSOLUTE", graph.math("SUBTRACT", away, row)) for row in ROWS_MM]
    line = graph.math("SUBTRACT", 1.0, graph.ramp(graph.math("MINIMUM", *off), 0.4 * THREAD_MM, 0.6 * THREAD_MM))
    place = graph.node("SeparateXYZ", {0: graph.attribute("rest_mm").outputs["Vector"]}).outputs
    along = graph.math("FRACT", graph.math("DIVIDE", graph.math("ADD", place[0], place[2]), STITCH_MM))
    stitch = graph.math("LESS_THAN", along, 0.8)
    side = graph.math("GREATER_THAN", graph.attribute("stitched").outputs["Fac"], 0.02)
    return graph.math("MULTIPLY", graph.math("MULTIPLY", line, stitch), side)


def _faded(graph: Graph, most: float) -> Any:
    """Return the share of the dye that is rubbed off: where the mesh is worn, and in patches where seams are thick."""
    place = graph.attribute("rest_mm").outputs["Vector"]
    patches = graph.node("TexNoise", {"Vector": place, "Scale": 1 / ROPES_MM, "Detail": 1.0}).outputs["Fac"]
    ropes = graph.ramp(patches, 0.38, 0.66)
    near = graph.ramp(graph.attribute("seam").outputs["Fac"], SEAM_REACH_MM - 9, SEAM_REACH_MM - 1)
    uneven = graph.math("MULTIPLY_ADD", ropes, 0.35, 0.65)
    worn = graph.math("MULTIPLY", graph.attribute("wear").outputs["Fac"], uneven)
    both = graph.math("MAXIMUM", worn, graph.math("MULTIPLY", graph.math("MULTIPLY", near, ropes), 0.6))
    return graph.math("MULTIPLY", both, most)


def _creases(graph: Graph, material: Textile) -> Any:
    """Return the height of small creases: crests where warped noise crosses its mean, that come and go."""
    place = graph.node("VectorMath", {0: graph.attribute("rest_mm").outputs["Vector"]}, operation="ADD")
    place.inputs[1].default_value = (material.crumple_at_mm, 0.0, 0.0)
    place = place.outputs[0]
    bent = graph.node("TexNoise", {"Vector": place, "Scale": 0.5 / CREASE_MM, "Detail": 1.0}).outputs["Color"]
    moved = graph.node("VectorMath", {0: bent, "Scale": 1.6 * CREASE_MM}, operation="SCALE").outputs[0]
    moved = graph.node("VectorMath", {0: place, 1: moved}, operation="ADD").outputs[0]
    waves = graph.node("TexNoise", {"Vector": moved, "Scale": 1 / CREASE_MM, "Detail": 1.0}).outputs["Fac"]
    off = graph.math("ABSOLUTE", graph.math("SUBTRACT", waves, 0.5))
    crests = graph.math("SUBTRACT", 1.0, graph.ramp(off, 0.0, CREST))
    patches = graph.node("TexNoise", {"Vector": place, "Scale": 0.3 / CREASE_MM, "Detail": 1.0}).outputs["Fac"]
    crests = graph.math("MULTIPLY", crests, graph.ramp(patches, 0.42, 0.66))
    return graph.math("MULTIPLY", crests, material.crumple_mm)


def _over(graph: Graph, share: Any, below: Any, above: Any) -> Any:
    node = graph.node("Mix", data_type="RGBA")
    for value, name in ((share, "Factor_Float"), (below, "A_Color"), (above, "B_Color")):
        graph.link(value, next(socket for socket in node.inputs if socket.identifier == name))
    return next(socket for socket in node.outputs if socket.identifier == "Result_Color")


def _picture(graph: Graph, name: str, tile: Tile) -> Any:
    """Return a tile's colour where the cloth has it."""
    size = (1 / tile.width_mm, 1 / tile.height_mm, 1.0)
    start = (0.5, 0.5, 0.0) if tile.once else (0.0, 0.0, 0.0)
    place = graph.node("UVMap", uv_map="uv").outputs[0]
    place = graph.node("VectorMath", {0: place, 1: size, 2: start}, operation="MULTIPLY_ADD").outputs[0]
    image = byte_image(f"{graph.material.name} {name}", tile.values)
    node = graph.node(
        "TexImage", {"Vector": place}, image=image, interpolation="Cubic", extension="CLIP" if tile.once else "REPEAT"
    )
    return node.outputs["Color"]
