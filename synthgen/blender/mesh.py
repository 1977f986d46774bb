"""Arrays -> Blender meshes."""

from typing import Any

import bpy
import numpy as np

from synthgen.blender.session import add_object
from synthgen.mesh import Mesh


def add_mesh(mesh: Mesh, materials: dict[str, Any], instance: int) -> Any:
    """Add a mesh to the scene and return its object.

    Faces carry `part` and `instance` for the label render; vertices carry the mesh's attributes.
    """
    data = bpy.data.meshes.new(mesh.name)
    count = len(mesh.triangles)
    data.vertices.add(len(mesh.vertices))
    data.loops.add(3 * count)
    data.polygons.add(count)
    data.vertices.foreach_set("co", np.ascontiguousarray(mesh.vertices, np.float32).ravel())
    data.loops.foreach_set("vertex_index", np.ascontiguousarray(mesh.triangles, np.int32).ravel())
    data.polygons.foreach_set("loop_start", np.arange(0, 3 * count, 3, dtype=np.int32))
    if mesh.material is not None:
        data.polygons.foreach_set("material_index", np.ascontiguousarray(mesh.material, np.int32))
    data.polygons.foreach_set("use_smooth", np.full(count, mesh.smooth))
    data.update(calc_edges=True)
    for name, coordinates in (("uv", mesh.uv), ("map_uv", mesh.map_uv)):
        if coordinates is not None:
            layer = data.uv_layers.new(name=name)
            layer.uv.foreach_set("vector", np.ascontiguousarray(coordinates, np.float32).ravel())
    if mesh.normals is not None:
        _point_attribute(data, "custom_normal", mesh.normals)  # Blender reads these as the mesh's own
    for name, values in mesh.attributes.items():
        _point_attribute(data, name, values)
    _face_attribute(data, "part", mesh.part)
    _face_attribute(data, "instance", np.full(count, instance))
    for name in mesh.materials:
        data.materials.append(materials[name])
    return add_object(mesh.name, data)


def _point_attribute(data: Any, name: str, values: np.ndarray) -> None:
    vector = values.ndim == 2
    layer = data.attributes.new(name, "FLOAT_VECTOR" if vector else "FLOAT", "POINT")
    layer.data.foreach_set("vector" if vector else "value", np.ascontiguousarray(values, np.float32).ravel())


def _face_attribute(data: Any, name: str, values: np.ndarray) -> None:
    layer = data.attributes.new(name, "FLOAT", "FACE")
    layer.data.foreach_set("value", np.ascontiguousarray(values, np.float32))
