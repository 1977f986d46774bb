"""Geometry -> a Blender scene that can be switched between labels and pictures, and between bands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import bpy

from synthgen.assemble import SceneGeometry
from synthgen.blender.camera import set_camera
from synthgen.blender.curves import add_strands
from synthgen.blender.lights import add_lamp, set_world
from synthgen.blender.mesh import add_mesh
from synthgen.blender.nodes import Graph
from synthgen.blender.session import empty_scene
from synthgen.blender.shaders import SHADERS
from synthgen.blender.shaders.eye import GLOSS, RETRO
from synthgen.blender.shaders.label import (
    LABEL,
    NORMAL_PASS,
    PICTURE,
    POSITION_PASS,
    THROUGH,
    clear_label,
    cover_pass,
    hair_label,
    lens_label,
    picture_or_label,
    surface_label,
)
from synthgen.blender.shaders.textile import PIXEL, TAPE, open_label
from synthgen.camera import Band, Camera
from synthgen.eye_view import gloss_roughness, retro_radiance, tape_radiance
from synthgen.lighting import shines_in
from synthgen.materials import EyeShell, Lens, Material, Textile
from synthgen.parts import Part
from synthgen.passes import LENSES
from synthgen.strands import Strands

CLEAR_MATERIALS = ("cornea",)
"""Surfaces that labels look through."""


@dataclass(frozen=True)
class Built:
    """A scene in Blender.

    Attributes:
        geometry: What it was built from.
        graphs: Node graphs of all materials.
        surfaces: Objects.
        hair: Objects.
        fuzz: Objects that labels do not know of.
        bare_hair: Objects; the hair as it was before anything pressed it, if it did.
        lamps: (object, band it emits).
    """

    geometry: SceneGeometry
    graphs: tuple[Graph, ...]
    surfaces: tuple[Any, ...]
    hair: tuple[Any, ...]
    fuzz: tuple[Any, ...]
    bare_hair: tuple[Any, ...]
    lamps: tuple[tuple[Any, str], ...]

    def show_labels(self, through: bool = False) -> None:
        """Show the labels of surfaces, without any light, and hide hair; those behind lenses instead of these."""
        self._show(THROUGH if through else LABEL)
        for holder, _ in self.lamps:
            holder.hide_render = True
        self.show_hair(False)
        bpy.context.scene.world = None

    def show_pictures(self) -> None:
        """Show what a camera sees, hair included; lamps and environment come with a band."""
        self._show(PICTURE)
        self.show_hair(True)
        for holder in self.fuzz:
            holder.hide_render = False

    def show_hair(self, shown: bool, bare: bool = False) -> None:
        """Hide or show hair, or the bare hair instead; fuzz is hidden until pictures are shown."""
        bare = bare and bool(self.bare_hair)
        for holders, here in ((self.hair, not bare), (self.bare_hair, bare)):
            for holder in holders:
                holder.hide_render = not (shown and here)
        for holder in self.fuzz:
            holder.hide_render = True

    def show_accessories(self, shown: bool) -> None:
        """Hide or show what amodal layers leave out."""
        for holder, mesh in zip(self.surfaces, self.geometry.meshes, strict=True):
            if mesh.instance in self.geometry.accessories:
                holder.hide_render = not shown

    def _show(self, what: int) -> None:
        for holder in (*self.surfaces, *self.hair, *self.bare_hair):
            holder.pass_index = what

    def set_band(self, band: Band) -> None:
        """Switch materials, lamps and the environment to a band."""
        for graph in self.graphs:
            graph.set_band(band)
        for holder, lamp_band in self.lamps:
            holder.hide_render = not shines_in(band, lamp_band)
        set_world(self.geometry.environment, band)

    def look_from(self, camera: Camera) -> None:
        """Look through a camera; cloth with holes shows them in labels by the size of its pixels."""
        set_camera(camera)
        size = pixel_mm(camera)
        for graph in self.graphs:
            if PIXEL in graph.named and abs(graph.named[PIXEL].default_value - size) > 1e-4 * size:
                graph.named[PIXEL].default_value = size

    def set_view(self, camera: Camera) -> None:
        """Look through a camera in its band, and set what depends on where it stands."""
        self.look_from(camera)
        self.set_band(camera.band)
        values = {f"{RETRO}_{eye.side}": retro_radiance(eye, self.geometry, camera) for eye in self.geometry.eyes}
        values[PIXEL] = pixel_mm(camera)
        values[TAPE] = tape_radiance(self.geometry, camera)
        values[GLOSS] = gloss_roughness(self.geometry, camera) if self.geometry.eyes else 0.0
        for graph in self.graphs:
            for name, socket in graph.named.items():
                socket.default_value = values[name]

    def show_person(self, shown: bool) -> None:
        """Hide or show everything but the environment."""
        for holder in (*self.surfaces, *self.hair, *self.fuzz):
            holder.hide_render = not shown


def pixel_mm(camera: Camera) -> float:
    """Return the size of a camera's pixels at a metre."""
    return 1e3 / float(max(camera.K[0, 0], camera.K[1, 1]))


def build(geometry: SceneGeometry) -> Built:
    """Build a scene in the running Blender, replacing what was there."""
    empty_scene()
    used = sorted({name for mesh in geometry.meshes for name in mesh.materials})
    graphs = {name: _surface_graph(name, geometry.materials[name]) for name in used}
    ids = {name: number for number, name in enumerate(geometry.instances, start=1)}
    materials = {name: graph.material for name, graph in graphs.items()}
    surfaces = tuple(add_mesh(mesh, materials, ids[mesh.instance]) for mesh in geometry.meshes)
    lamps = tuple((add_lamp(placed), placed.lamp.band) for placed in geometry.lamps)
    every = (*geometry.strands, *geometry.bare_strands)
    fibres = {(s.material, s.part): _hair_graph(geometry.materials[s.material], s.part) for s in every}
    _declare_passes(geometry)

    def added(strands: Iterable[Strands], fine: bool = False) -> tuple[Any, ...]:
        chosen = [one for one in strands if (one.part is None) == fine]
        return tuple(add_strands(one, fibres[one.material, one.part].material) for one in chosen)

    hair, fuzz, bare = added(geometry.strands), added(geometry.strands, fine=True), added(geometry.bare_strands)
    return Built(geometry, (*graphs.values(), *fibres.values()), surfaces, hair, fuzz, bare, lamps)


def hair_parts(geometry: SceneGeometry) -> list[Part]:
    """Return the kinds of hair that labels know of."""
    every = (*geometry.strands, *geometry.bare_strands)
    return sorted({strands.part for strands in every if strands.part is not None})


def lens_parts(geometry: SceneGeometry) -> list[Part]:
    """Return the kinds of lenses there are."""
    return [kind for kind in LENSES if any((mesh.part == kind).any() for mesh in geometry.meshes)]


def _surface_graph(name: str, material: Material) -> Graph:
    graph = Graph(name)
    if name in CLEAR_MATERIALS:
        assert isinstance(material, EyeShell)
        label = clear_label(graph, material.ior)
    elif isinstance(material, Lens):
        label = lens_label(graph, material.ior)
    else:
        label = surface_label(graph)
        if isinstance(material, Textile):
            label = open_label(graph, material, label)
    picture_or_label(graph, SHADERS[type(material)](graph, material), label)
    return graph


def _hair_graph(material: Material, part: Part | None) -> Graph:
    graph = Graph(f"hair {'fuzz' if part is None else part.name}")
    if part is None:
        graph.node("OutputMaterial", {"Surface": SHADERS[type(material)](graph, material)})
        return graph
    picture_or_label(graph, SHADERS[type(material)](graph, material), hair_label(graph, part))
    return graph


def _declare_passes(geometry: SceneGeometry) -> None:
    """Make the view layer keep the passes of hair and of lenses."""
    aovs = bpy.context.view_layer.aovs
    while len(aovs):
        aovs.remove(aovs[0])
    hair = hair_parts(geometry)
    wanted = [(cover_pass(part), "VALUE") for part in (*hair, *lens_parts(geometry))]
    if hair:
        wanted += [(POSITION_PASS, "COLOR"), (NORMAL_PASS, "COLOR")]
    for name, kind in wanted:
        aov = aovs.add()
        aov.name, aov.type = name, kind
