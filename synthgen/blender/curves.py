"""Strands -> Blender hair curves."""

from typing import Any

import bpy
import numpy as np

from synthgen.blender.session import add_object
from synthgen.strands import Strands

STRETCH = np.array([1.0, 1.0, 1.00002])
"""Scale of an object of strands, taken out of its points before. Cycles merges objects into one tree that it builds
anew for every render, but not those scaled unevenly: their own trees are kept."""


def add_strands(strands: Strands, material: Any) -> Any:
    """Add strands to the scene and return their object; each carries the strands' attributes."""
    count, points = strands.points.shape[:2]
    data = bpy.data.hair_curves.new(strands.name)
    data.add_curves([points] * count)
    data.position_data.foreach_set("vector", (strands.points / STRETCH).astype(np.float32).ravel())
    radius = data.attributes.get("radius") or data.attributes.new("radius", "FLOAT", "POINT")
    radius.data.foreach_set("value", np.ascontiguousarray(strands.radius, np.float32).ravel())
    for name, values in strands.attributes.items():
        layer = data.attributes.new(name, "FLOAT", "CURVE")
        layer.data.foreach_set("value", np.ascontiguousarray(values, np.float32))
    data.materials.append(material)
    holder = add_object(strands.name, data)
    holder.scale = STRETCH
    return holder
