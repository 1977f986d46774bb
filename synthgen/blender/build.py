"""Geometry -> a Blender scene that can be switched between labels and pictures, and between bands."""

from dataclasses import dataclass
from typing import Any

import bpy

from synthgen.assemble import SceneGeometry
from synthgen.blender.lights import add_lamp, set_world
from synthgen.blender.mesh import add_mesh
from synthgen.blender.nodes import Graph
from synthgen.blender.session import empty_scene
from synthgen.blender.shaders import SHADERS
from synthgen.blender.shaders.eye import GLOSS, RETRO
from synthgen.blender.shaders.label import label
from synthgen.camera import Band, Camera
from synthgen.eye_view import gloss_roughness, retro_radiance
from synthgen.lighting import shines_in
from synthgen.materials import EyeShell, Material

CLEAR_MATERIALS = ("cornea",)
"""Surfaces that labels look through."""


@dataclass(frozen=True)
class Built:
    """A scene in Blender.

    Attributes:
        geometry: What it was built from.
        graphs: Node graphs by material name.
        objects: (object, names of its materials).
        lamps: (object, band it emits).
        labels: The label material, and the clear one.
    """

    geometry: SceneGeometry
    graphs: dict[str, Graph]
    objects: tuple[tuple[Any, tuple[str, ...]], ...]
    lamps: tuple[tuple[Any, str], ...]
    labels: tuple[Any, Any]

    def show_labels(self) -> None:
        """Give every surface the label material, without any light."""
        solid, clear = self.labels
        for holder, names in self.objects:
            for slot, name in enumerate(names):
                holder.data.materials[slot] = clear if name in CLEAR_MATERIALS else solid
        for holder, _ in self.lamps:
            holder.hide_render = True
        bpy.context.scene.world = None

    def show_pictures(self) -> None:
        """Give every surface its own material."""
        for holder, names in self.objects:
            for slot, name in enumerate(names):
                holder.data.materials[slot] = self.graphs[name].material

    def set_band(self, band: Band) -> None:
        """Switch materials, lamps and the environment to a band."""
        for graph in self.graphs.values():
            graph.set_band(band)
        for holder, lamp_band in self.lamps:
            holder.hide_render = not shines_in(band, lamp_band)
        set_world(self.geometry.environment, band)

    def set_view(self, camera: Camera) -> None:
        """Switch to a camera's band, and set what depends on where it stands."""
        self.set_band(camera.band)
        values = {f"{RETRO}_{eye.side}": retro_radiance(eye, self.geometry, camera) for eye in self.geometry.eyes}
        values[GLOSS] = gloss_roughness(self.geometry, camera) if self.geometry.eyes else 0.0
        for graph in self.graphs.values():
            for name, socket in graph.named.items():
                socket.default_value = values[name]

    def show_person(self, shown: bool) -> None:
        """Hide or show everything but the environment."""
        for holder, _ in self.objects:
            holder.hide_render = not shown


def build(geometry: SceneGeometry) -> Built:
    """Build a scene in the running Blender, replacing what was there."""
    empty_scene()
    used = sorted({name for mesh in geometry.meshes for name in mesh.materials})
    graphs = {name: _graph(name, geometry.materials[name]) for name in used}
    ior = next((m.ior for m in geometry.materials.values() if isinstance(m, EyeShell)), 1.0)
    labels = label(Graph("label")), label(Graph("label_clear"), clear_ior=ior)
    placeholders = {name: labels[name in CLEAR_MATERIALS] for name in used}
    ids = {name: number for number, name in enumerate(geometry.instances, start=1)}
    objects = tuple((add_mesh(mesh, placeholders, ids[mesh.instance]), mesh.materials) for mesh in geometry.meshes)
    lamps = tuple((add_lamp(placed), placed.lamp.band) for placed in geometry.lamps)
    return Built(geometry, graphs, objects, lamps, labels)


def _graph(name: str, material: Material) -> Graph:
    graph = Graph(name)
    SHADERS[type(material)](graph, material)
    return graph
