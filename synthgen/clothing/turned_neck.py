"""The turned-down top of a high neck: a second layer over the tube, joined to it at its upper edge."""

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.finish import rib_coordinates
from synthgen.clothing.pattern import Pattern
from synthgen.clothing.sewing import Sewn
from synthgen.materials import SEAM_REACH_MM
from synthgen.mesh import Mesh, border_of
from synthgen.parts import Part

GAP_M, ROLL_MM, LIP_M = 0.0048, 7.0, 0.0026


def turned_neck(name: str, pattern: Pattern, sewn: Sewn, below_mm: NDArray, above_mm: NDArray) -> Mesh:
    """Return the outer layer of a neck that is turned down.

    Args:
        name: Of the garment.
        pattern: Its cloth, with edges along the layer's lower end.
        sewn: The same as draped.
        below_mm: (n,) distance of its vertices below the top.
        above_mm: (n,) distance above the lower end of the layer.
    """
    chosen = above_mm[pattern.triangles].mean(1) > 0
    uv = rib_coordinates(pattern, chosen, below_mm, 62)[chosen]
    used, triangles = np.unique(pattern.triangles[chosen], return_inverse=True)
    triangles = triangles.reshape(-1, 3)
    down, above = below_mm[used], above_mm[used]
    # a quarter turn at the top, loose at the lower end
    out = GAP_M * np.sqrt(np.clip(1 - (1 - np.clip(down / ROLL_MM, 0, 1)) ** 2, 0, 1)) + 0.0016 * np.exp(-above / 12)
    up = 0.0022 * np.sqrt(np.clip(1 - (down / ROLL_MM) ** 2, 0, 1))
    normals = sewn.normals[used]
    outer = sewn.vertices[used] + normals * out[:, None] + np.array([0, 0, 1.0]) * up[:, None]
    hems = border_of(triangles)
    at_top = (down[hems] < above[hems]).all(1)
    low, high = hems[~at_top], hems[at_top]
    n = len(used)
    lower, upper = np.unique(low), np.unique(high)
    lip = outer[lower] - normals[lower] * LIP_M
    base = sewn.vertices[used][upper] - normals[upper] * 0.001
    rows = []
    for edges, ring, start in ((low, lower, n), (high, upper, n + len(lower))):
        i, j = (start + np.searchsorted(ring, edges[:, k]) for k in (0, 1))
        rows += [np.stack([edges[:, 1], edges[:, 0], i], 1), np.stack([edges[:, 1], i, j], 1)]
    faces = np.concatenate([triangles, *rows]).astype(np.int32)
    again = np.concatenate([np.arange(n), lower, upper])
    rim_uv = np.zeros((len(faces) - len(triangles), 3, 2))
    return Mesh(
        name=f"{name}_neck",
        vertices=np.concatenate([outer, lip, base]),
        triangles=faces,
        part=np.full(len(faces), Part.CLOTHING_UPPER, np.int16),
        materials=(f"{name}_rib",),
        instance=name,
        uv=np.concatenate([uv, rim_uv]),
        attributes={
            "rest_mm": pattern.rest_mm[used][again],
            "seam": np.clip(SEAM_REACH_MM - 9 - above, 0, None)[again],
        },
    )
