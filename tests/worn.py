"""People with things on, and how things lie on them."""

from functools import lru_cache

import numpy as np
from scipy.spatial import cKDTree

from synthgen.accessories import put_on
from synthgen.accessories.fit import fit_head
from synthgen.assemble import assemble
from synthgen.clothing.drape import dummy
from synthgen.head.model import head_model
from synthgen.head.pose import HeadPose, pose_cage, pose_skeleton
from synthgen.head.skin import skin_surface
from synthgen.rays import RayScene
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec
from synthgen.transforms import WORLD_FROM_HEAD_AXES, rigid

BARE = {"hair": {"style": "bald"}, "facial_hair": {"style": "none"}}


@lru_cache(maxsize=1)
def bare_body():
    """Return the body of the base mesh, head straight, to dress."""
    cage = head_model().vertices
    return dummy(pose_cage(cage, pose_skeleton(cage, HeadPose(yaw_deg=0, pitch_deg=0, roll_deg=0))))


def wearing(person=2, expression="neutral", **accessories):
    """Return the scene of a person with things on; places by name. `hair` and `facial_hair` may be given too."""
    more = {name: accessories.pop(name) for name in ("hair", "facial_hair", "head_pose") if name in accessories}
    spec = {"identity": {"ids": [person]}, "expression": {"name": expression}, **BARE, **more}
    return sample_scene(SceneSpec.model_validate({**spec, "accessories": accessories}), 0)


def built(person=2, expression="neutral", **accessories):
    """Return the geometry of a person with things on, the meshes of what is worn, and the head under them."""
    geometry = assemble(wearing(person, expression, **accessories), 64)
    worn = [mesh for mesh in geometry.meshes if mesh.instance in geometry.accessories]
    return geometry, worn, fit_of(geometry)


def fit_of(geometry, strands=()):
    """Return the head of a person to put things on, in their clothes, with some of the hair."""
    turned = rigid(geometry.world_from_head[:3, :3] @ WORLD_FROM_HEAD_AXES.T, np.zeros(3))
    normals = skin_surface().normals(geometry.skin)
    clothes = [mesh for mesh in geometry.meshes if mesh.instance not in ("person", *geometry.accessories)]
    return fit_head(geometry.skin, normals, turned, geometry.eyes, strands, clothes)


@lru_cache(maxsize=8)
def bare(person, expression="neutral"):
    """Return the geometry of a person with nothing on but clothes, and the head."""
    geometry = assemble(wearing(person, expression), 64)
    return geometry, fit_of(geometry)


def put(person=2, expression="neutral", **accessories):
    """Return what `built` does, on a head that nothing has moved: quick, where neither ears nor hair matter."""
    geometry, fit = bare(person, expression)
    return geometry, list(put_on(wearing(person, expression, **accessories).accessories, fit).meshes), fit


def depth_in_skin_mm(geometry, points):
    """Return how deep points lie in the skin, by rays: along the axes to tell in from out, then along its normals."""
    surface = skin_surface()
    firm = surface.triangles[surface.outer]
    rays, used = RayScene(geometry.skin, firm), np.unique(firm)
    found = np.zeros(len(points))
    inside = np.flatnonzero(rays.depth_inside(points) > 0)
    out = surface.normals(geometry.skin)[used[cKDTree(geometry.skin[used]).query(points[inside])[1]]]
    found[inside] = rays.first_hit(points[inside], out)[1] * 1e3
    return found


def of_material(mesh, ending):
    """Return the vertices (n, 3) of a mesh that a material uses."""
    return mesh.vertices[mesh.rows_of(ending)]
