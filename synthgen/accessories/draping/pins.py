"""Pins that hold cloth: a bead or a bar that lies on the outermost layer."""

from collections.abc import Sequence

import numpy as np

from synthgen.accessories.draping.press import cloth_solid
from synthgen.accessories.draping.strip import Anchor, anchored
from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import Solid, ellipsoid
from synthgen.accessories.pieces import worn_mesh
from synthgen.mesh import Mesh, unit
from synthgen.parts import Part
from synthgen.rays import RayScene

HEADS_MM = {"ball": (3.8, 3.8, 3.8), "bar": (16.0, 2.1, 2.1)}
"""Half the length, width and depth of each."""
PRESSED_MM, AWAY_MM, COUNT = 0.4, 60.0, 20
"""How deep a pin is pressed into cloth; from where it is looked for; and points around a pin."""
LEAN = 0.8
"""Slope at which a bar lies, up to the back."""


def pin(head: str, place: Anchor, fit: Fit, cloth: Sequence[Mesh], instance: str) -> Mesh:
    """Return a pin on cloth over a place on the skin; its material is called `INSTANCE_pin`."""
    solid = cloth_solid(fit, cloth)
    rays = RayScene(solid.vertices, solid.triangles)
    (start,) = anchored(fit, (place,))
    out = unit(start * [1.0, 0.35, 0.0])
    along = unit(np.cross(out, [0.0, 0.0, 1.0]) * np.sign(start[0]) + LEAN * np.array([0.0, 0.0, 1.0]))
    radii = np.array(HEADS_MM[head])
    shape = ellipsoid(np.ones(3), COUNT)
    # a bar has the same thickness all along but for its round ends
    body = np.sign(shape.vertices) * np.abs(shape.vertices) ** [0.5 if head == "bar" else 1.0, 1.0, 1.0]
    points = start + AWAY_MM * out + (body * radii) @ np.stack([along, np.cross(out, along), out])
    met, away = rays.first_hit(points, np.tile(-out, (len(points), 1)))
    fall = away[met >= 0].min() + PRESSED_MM
    return worn_mesh("pin", instance, Part.HEADWEAR, [(Solid(points - fall * out, shape.triangles), "pin")], fit)
