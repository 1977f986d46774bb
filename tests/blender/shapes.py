"""Scenes made of plain shapes, whose truth is known."""

import numpy as np
import trimesh

from synthgen.assemble import SceneGeometry
from synthgen.camera import Camera, intrinsics
from synthgen.lighting import Environment
from synthgen.materials import Spectrum, Surface
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.transforms import invert, look_at

GREY = Surface(albedo=Spectrum((0.5, 0.5, 0.5), 0.5, 0.5), roughness=1.0)


def shape(name: str, vertices, triangles, part=Part.OTHER, smooth=False, instance="person") -> Mesh:
    """Return a mesh of one part, or of a part for each triangle."""
    parts = np.broadcast_to(np.asarray(part, np.int16), (len(triangles),)).copy()
    return Mesh(
        name, np.asarray(vertices, float), np.asarray(triangles, np.int32), parts, ("grey",), instance, smooth=smooth
    )


def sphere(radius: float, centre=(0, 0, 0), part=Part.OTHER) -> Mesh:
    ball = trimesh.creation.icosphere(subdivisions=5, radius=radius)
    return shape("sphere", ball.vertices + centre, ball.faces, part, smooth=True)


def plane(normal, point, size: float = 4.0, part=Part.OTHER) -> Mesh:
    n = np.array(normal, float) / np.linalg.norm(normal)
    a = np.cross(n, [0.3, 0.1, 1.0])
    a /= np.linalg.norm(a)
    b = np.cross(n, a)
    corners = [np.array(point) + size * (i * a + j * b) for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return shape("plane", corners, [[0, 1, 2], [0, 2, 3]], part)


def camera(width=96, height=72, K=None, eye=(0.4, -3.0, 0.3), target=(0, 0, 0), name="default", band="rgb") -> Camera:
    K = intrinsics(110, 100, 45.3, 38.9) if K is None else K
    return Camera(name, width, height, K, invert(look_at(eye, target)), band)


def stage(meshes, cameras, environment=None, instances=("person",)):
    """Return a geometry of plain shapes."""
    return SceneGeometry(
        meshes=tuple(meshes),
        materials={"grey": GREY},
        instances=instances,
        environment=environment or Environment(kind="uniform", strength=1.0),
        lamps=(),
        cameras=tuple(cameras),
        eyes=(),
        gaze_target=np.zeros(3),
        world_from_head=np.eye(4),
        head_centre=np.zeros(3),
        skin=np.zeros((0, 3)),
        units={},
        openness=(1.0, 1.0),
    )
