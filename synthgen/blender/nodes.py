"""A short way to write shader node graphs."""

from typing import Any

import bpy

from synthgen.camera import Band
from synthgen.materials import Spectrum


class Graph:
    """One material's node graph, and the values in it that depend on the band."""

    def __init__(self, name: str):
        """Make an empty material of this name."""
        self.material = bpy.data.materials.new(name)
        self.tree = self.material.node_tree
        self.tree.nodes.clear()
        self._spectra: list[tuple[Any, Spectrum]] = []
        self._attributes: list[tuple[Any, str]] = []
        self._choices: list[tuple[Any, dict[Band, Any]]] = []
        self._vectors: list[tuple[Any, dict[Band, tuple[float, float, float]]]] = []
        self._images: list[tuple[Any, dict[Band, Any]]] = []
        self.named: dict[str, Any] = {}

    def node(self, kind: str, inputs: dict[Any, Any] | None = None, **settings: Any) -> Any:
        """Add a shader node; inputs are values or sockets, by name or index."""
        node = self.tree.nodes.new(f"ShaderNode{kind}")
        for name, value in settings.items():
            setattr(node, name, value)
        for name, value in (inputs or {}).items():
            self.link(value, node.inputs[name])
        return node

    def link(self, value: Any, socket: Any) -> None:
        """Connect a socket, or set a value."""
        if hasattr(value, "is_output"):
            self.tree.links.new(value, socket)
        else:
            socket.default_value = value

    def math(self, operation: str, *values: Any, clamp: bool = False) -> Any:
        """Return the output of a math node."""
        node = self.node("Math", dict(enumerate(values)), operation=operation, use_clamp=clamp)
        return node.outputs[0]

    def ramp(self, value: Any, low: float, high: float) -> Any:
        """Return a value's smooth step from 0 at `low` to 1 at `high`."""
        inputs = {"Value": value, "From Min": low, "From Max": high}
        return self.node("MapRange", inputs, interpolation_type="SMOOTHSTEP").outputs["Result"]

    def attribute(self, name: str) -> Any:
        """Return an attribute node of the mesh."""
        return self.node("Attribute", attribute_name=name)

    def band_attribute(self, stem: str) -> Any:
        """Return the colour of the attribute `stem_BAND` for the band being rendered."""
        node = self.attribute(f"{stem}_rgb")
        self._attributes.append((node, stem))
        return node.outputs["Color"]

    def band_choice(self, rgb: Any, nir850: Any, nir940: Any) -> Any:
        """Return the colour socket that holds for the band being rendered."""
        through = self.node("Gamma", {"Color": rgb, "Gamma": 1.0})
        self._choices.append((through.inputs["Color"], {"rgb": rgb, "nir850": nir850, "nir940": nir940}))
        return through.outputs[0]

    def spectrum(self, spectrum: Spectrum) -> Any:
        """Return a colour with a value for each band."""
        node = self.node("RGB")
        self._spectra.append((node.outputs[0], spectrum))
        return node.outputs[0]

    def band_vector(self, socket: Any, values: dict[Band, tuple[float, float, float]]) -> None:
        """Give a vector input a value for each band."""
        self._vectors.append((socket, values))

    def band_image(self, images: dict[Band, Any], where: Any) -> Any:
        """Return a texture node, looked up at a vector, that shows another image in each band."""
        node = self.node("TexImage", {"Vector": where}, image=images["rgb"], interpolation="Cubic")
        self._images.append((node, images))
        return node

    def value(self, name: str, value: float) -> Any:
        """Return a value that can be set by name, for what depends on the view; one for each name."""
        if name not in self.named:
            self.named[name] = self.node("Value").outputs[0]
            self.named[name].default_value = value
        return self.named[name]

    def set_band(self, band: Band) -> None:
        """Switch every value that depends on the band."""
        for socket, spectrum in self._spectra:
            socket.default_value = (*spectrum.in_band(band), 1.0)
        for node, stem in self._attributes:
            node.attribute_name = f"{stem}_{band}"
        for socket, by_band in self._choices:
            self.link(by_band[band], socket)
        for socket, values in self._vectors:
            socket.default_value = values[band]
        for node, images in self._images:
            node.image = images[band]
