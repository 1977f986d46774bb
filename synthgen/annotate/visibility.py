"""Which points a camera sees: rays against everything opaque."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from synthgen.assemble import SceneGeometry
from synthgen.camera import Band, Camera, project
from synthgen.materials import Lens
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.passes import MAJORITY, Passes
from synthgen.rays import RayScene

TOLERANCE_M = 0.002
"""A hit this close before a point is the point's own surface: labels sit on rims of lids and lips."""
CLEAR_MATERIALS = frozenset({"cornea"})
"""Materials that are looked through, whatever the light."""
CLEAR_LENS = 0.3
"""Share of the light that a lens lets pass from which on it hides nothing: the step to dark sunglasses. It counts in
the camera's band, so that most sunglasses are clear to infrared cameras."""

HIDING_HAIR = frozenset({Part.HAIR, Part.BEARD, Part.MOUSTACHE})
"""Hair that hides the skin's landmarks; brows and lashes are what some of them mark."""
ALL_HAIR = HIDING_HAIR | {Part.BROW_LEFT, Part.BROW_RIGHT, Part.LASHES_LEFT, Part.LASHES_RIGHT}


def clear_materials(geometry: SceneGeometry, band: Band) -> frozenset[str]:
    """Return the names of the materials that a camera of a band looks through."""
    lenses = {name: one for name, one in geometry.materials.items() if isinstance(one, Lens)}
    return CLEAR_MATERIALS | {name for name, lens in lenses.items() if lens.transmission(band) >= CLEAR_LENS}


def opaque(mesh: Mesh, clear_names: frozenset[str] = CLEAR_MATERIALS) -> NDArray[np.bool_]:
    """Return which triangles (t,) of a mesh cannot be looked through."""
    clear = [n for n, name in enumerate(mesh.materials) if name in clear_names]
    material = np.zeros(len(mesh.triangles), int) if mesh.material is None else mesh.material
    return ~np.isin(material, clear)


def ray_scene(
    geometry: SceneGeometry,
    wanted: Callable[[Mesh], bool] = lambda mesh: True,
    clear: frozenset[str] = CLEAR_MATERIALS,
) -> RayScene:
    """Return a scene of the triangles of the wanted meshes that are not of clear materials."""
    vertices, triangles, offset = [], [], 0
    for mesh in filter(wanted, geometry.meshes):
        vertices.append(mesh.vertices)
        triangles.append(mesh.triangles[opaque(mesh, clear)] + offset)
        offset += len(mesh.vertices)
    return RayScene(np.concatenate(vertices), np.concatenate(triangles))


def unoccluded(points_world: NDArray, camera: Camera, scene: RayScene, tolerance_m: float = TOLERANCE_M) -> NDArray:
    """Return which points (n, 3) a camera has a free line to, (n,) bool."""
    eye = camera.centre_world
    away = np.asarray(points_world, float) - eye
    _, distance = scene.first_hit(eye, away)
    return distance >= np.linalg.norm(away, axis=1) - tolerance_m


def visible(points_world: NDArray, camera: Camera, scene: RayScene, tolerance_m: float = TOLERANCE_M) -> NDArray:
    """Return which points (n, 3) are in the image with a free line to them, (n,) bool."""
    points_cam = camera.to_cam(points_world)
    ahead = points_cam[:, 2] > 0
    inside = np.zeros(len(ahead), bool)
    inside[ahead] = camera.inside(project(points_cam[ahead], camera.K))
    return inside & unoccluded(points_world, camera, scene, tolerance_m)


def behind_hair(uv: NDArray, depth_m: NDArray, passes: Passes, hair: frozenset[Part]) -> NDArray[np.bool_]:
    """Return which points, (n, 2) pixels and (n,) planar depth, lie behind hair that covers most of their pixel."""
    height, width = passes.part.shape
    hidden = np.zeros(len(uv), bool)
    with np.errstate(invalid="ignore"):
        inside = ((uv >= 0) & (uv < [width, height])).all(1)
    column, row = uv[inside].astype(int).T
    before = passes.depth_m[row, column] < depth_m[inside] - TOLERANCE_M
    hidden[inside] = (passes.covered(hair)[row, column] > MAJORITY) & before
    return hidden
