"""The head that things are worn on: posed skin with the head upright, places to rest on, distances to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from synthgen.head.eyes import CORNEA_RADIUS_MM, LIMBUS_MM, Eyeball
from synthgen.head.model import head_model
from synthgen.head.skin import skin_surface
from synthgen.mesh import Mesh, as_one, distance_from
from synthgen.parts import Part
from synthgen.rays import RayScene
from synthgen.strands import Strands
from synthgen.transforms import Matrix, apply, invert, rigid

MIDLINE = {
    "glabella": 237,
    "sellion": 132,
    "dorsum": 164,
    "nose_tip": 297,
    "subnasale": 5072,
    "menton": 732,
    "throat": 809,
    "nape": 934,
    "neck": 856,
}
"""Vertices of the base mesh, named after the anatomy they lie near."""
EAR_GROOVE = (12355, 12345, 12357, 12348, 12363, 12344, 12346, 12354, 12367, 12361, 12359, 12350, 12365)
"""Vertices of the base mesh between the left ear and the head, from where temples rest down to the lobe."""
SPOTS = {
    "lobe": 12041,
    "concha": 12108,
    "ear_front": 12338,
    "ear_top": 12012,
    "wing": 11746,
    "nostril": 7101,
    "nostril_rim": 7085,
    "septum": 312,
    "brow": 7005,
    "labret": 724,
    "above_lip": 11965,
    "below_lip": 7445,
}
"""Vertices of the base mesh on the left or in the middle: of the ear, and where jewellery goes through."""
LOWEST_REST_MM = 560.0
"""Skin below this on the base mesh, under the chin, is no part of the head."""
CLOTHES = (Part.CLOTHING_UPPER, Part.CLOTHING_LOWER, Part.CLOTHING_OUTER)
"""What is on before accessories."""
BEFORE_EYES = (Part.GLASSES_FRAME, Part.GLASSES_LENS_LEFT, Part.GLASSES_LENS_RIGHT)
LEAF = 32
SIDES = {"left": 1, "right": -1}
"""Sign of x."""


@dataclass(frozen=True)
class Fit:
    """A head to fit things to, in millimetres: x to the subject's left, y to the back, z up.

    The origin is midway between the eyes' centres of rotation, and the head is upright whatever its pose.

    Attributes:
        skin: (n, 3) the whole skin surface; its first rows are the base mesh's vertices.
        skin_normals: (n, 3) outward there.
        points: (m, 3) of it that things stay out of: the head but for the inside of mouth and lids.
        normals: (m, 3) outward there.
        tree: Of `points`.
        rays: The head's triangles.
        eyes: (2, 3) centres of rotation, left and right.
        corneas: (2, 3) foremost points of eyes that look straight ahead.
        world_from_fit: (4, 4) to the world, metres, of points in metres.
        strands: The hair, in the world, before anything presses it.
        worn: What is on already, clothes first, in the world.
    """

    skin: NDArray
    skin_normals: NDArray
    points: NDArray
    normals: NDArray
    tree: KDTree
    rays: RayScene
    eyes: NDArray
    corneas: NDArray
    world_from_fit: Matrix
    strands: tuple[Strands, ...] = ()
    worn: tuple[Mesh, ...] = ()

    def in_axes(self, there: Matrix) -> "Fit":
        """Return the same head in other axes, which a rigid transform (4, 4) of millimetres leads to."""
        R, t = there[:3, :3], there[:3, 3]
        points = apply(there, self.points)
        return replace(
            self,
            skin=apply(there, self.skin),
            skin_normals=self.skin_normals @ R.T,
            points=points,
            normals=self.normals @ R.T,
            tree=quick_tree(points),
            rays=RayScene(points, _solid()[1]),
            eyes=apply(there, self.eyes),
            corneas=apply(there, self.corneas),
            world_from_fit=self.world_from_fit @ invert(rigid(R, t * 1e-3)),
        )

    @property
    def down(self) -> NDArray:
        """Return the way (3,) things fall."""
        return -self.world_from_fit[2, :3]

    @cached_property
    def hair(self) -> NDArray:
        """Return the points (h, 3) of the head's hair."""
        found = [strands.points.reshape(-1, 3) for strands in self.strands if strands.part == Part.HAIR]
        return self.from_world(np.concatenate(found)) if found else np.zeros((0, 3))

    @cached_property
    def worn_rays(self) -> RayScene | None:
        """Return what is on already but clothes, to cast rays at, in millimetres; None if nothing is."""
        worn = [mesh for mesh in self.worn if not np.isin(mesh.part, CLOTHES).any()]
        return self.rays_at(worn) if worn else None

    def rays_at(self, meshes: Sequence[Mesh]) -> RayScene:
        """Return meshes to cast rays at, in millimetres."""
        vertices, triangles = as_one(meshes)
        return RayScene(self.from_world(vertices), triangles)

    @cached_property
    def body_rays(self) -> RayScene:
        """Return all skin, to cast rays at: the head's and that of the body."""
        surface = skin_surface()
        return RayScene(self.skin, surface.triangles[surface.outer])

    def anchor(self, name: str) -> NDArray:
        """Return a place (3,) on the midline."""
        return self.skin[MIDLINE[name]]

    def ear_groove(self, side: str) -> NDArray:
        """Return the groove (13, 3) between an ear and the head, from the top down."""
        return self.skin[_sided(EAR_GROOVE, side)]

    def spot(self, name: str, side: str = "left") -> tuple[NDArray, NDArray]:
        """Return a place (3,) of `SPOTS` on a side, and the skin's normal (3,) there."""
        vertex = _sided((SPOTS[name],), side)[0]
        return self.skin[vertex], self.normals[np.searchsorted(_solid()[0], vertex)]

    def ear(self, side: str) -> NDArray:
        """Return the points (e, 3) of an ear."""
        return self.skin[_ear(side)]

    def distance(self, points: NDArray) -> tuple[NDArray, NDArray]:
        """Return the distance (n,) of points (n, 3) outside (> 0) or inside the skin, and the way out (n, 3).

        It is that from the plane of the nearest vertex: right to 0.1 mm near the skin, too small far from it.
        """
        return distance_from(self.tree, self.normals, points)

    def push_out(self, points: NDArray, clearance_mm: NDArray | float) -> NDArray:
        """Return points (n, 3) moved along the skin's normals to at least a clearance, one or (n,)."""
        for _ in range(3):
            distance, normals = self.distance(points)
            points = points + normals * np.maximum(clearance_mm - distance, 0)[:, None]
        return points

    def way_to_skin(self, points: NDArray, direction: NDArray) -> NDArray:
        """Return how far points (n, 3) can go in a direction (3,) before they meet the skin (n,); inf if never."""
        return self.rays.first_hit(points, np.broadcast_to(direction, points.shape))[1]

    def from_world(self, points_m: NDArray) -> NDArray:
        """Return points (n, 3) of the world, in millimetres here."""
        return apply(invert(self.world_from_fit), points_m) * 1e3

    def to_world(self, points_mm: NDArray) -> NDArray:
        """Return points (n, 3) in the world, metres."""
        return apply(self.world_from_fit, points_mm * 1e-3)


@lru_cache(maxsize=1)
def _solid() -> tuple[NDArray[np.integer], NDArray[np.int32]]:
    """Return the skin's vertices that things stay out of, and the triangles between them, by place in that list."""
    surface = skin_surface()
    head = surface.rest_mm[:, 2] > LOWEST_REST_MM
    chosen = head[surface.triangles].all(1) & surface.outer
    used, triangles = np.unique(surface.triangles[chosen], return_inverse=True)
    return used, triangles.reshape(-1, 3).astype(np.int32)


def quick_tree(points: NDArray) -> KDTree:
    """Return a tree of points (n, 3) that is soon built, and soon searched by what lies near them."""
    return KDTree(points, leafsize=LEAF, balanced_tree=False, compact_nodes=False)


def head_rows() -> NDArray[np.integer]:
    """Return the rows of the skin surface that `Fit.points` are."""
    return _solid()[0]


@lru_cache(maxsize=64)
def _sided(left: tuple[int, ...], side: str) -> NDArray[np.int64]:
    """Return the base mesh's vertices of a side; the right ones mirror the left at rest."""
    if side == "left":
        return np.array(left)
    body = np.unique(head_model().quads["body"])
    rest = skin_surface().rest_mm
    return body[KDTree(rest[body]).query(rest[list(left)] * [-1, 1, 1])[1]]


@lru_cache(maxsize=2)
def _ear(side: str) -> NDArray[np.integer]:
    """Return the skin's vertices of an ear."""
    return skin_surface().vertices_of(Part[f"EAR_{side.upper()}"])


def fit_head(
    skin_m: NDArray,
    normals: NDArray,
    turned: Matrix,
    eyes: tuple[Eyeball, Eyeball],
    strands: Sequence[Strands] = (),
    worn: Sequence[Mesh] = (),
) -> Fit:
    """Return the head of a posed person.

    Args:
        skin_m: (n, 3) the skin surface in the world, metres.
        normals: (n, 3) there.
        turned: (4, 4) of the head's bone, from upright to posed.
        eyes: Left and right.
        strands: The hair, in the world.
        worn: What is on already, in the world.
    """
    centre = np.mean([eye.centre for eye in eyes], axis=0)
    world_from_fit = rigid(turned[:3, :3], centre)
    fit_from_world = invert(world_from_fit)
    skin = apply(fit_from_world, skin_m) * 1e3
    rows = head_rows()
    points, out = skin[rows], normals @ turned[:3, :3]
    centres = apply(fit_from_world, np.array([eye.centre for eye in eyes])) * 1e3
    ahead = [np.sqrt((eye.radius_m * 1e3) ** 2 - LIMBUS_MM**2) for eye in eyes]
    bulge = CORNEA_RADIUS_MM - np.sqrt(CORNEA_RADIUS_MM**2 - LIMBUS_MM**2)
    return Fit(
        skin=skin,
        skin_normals=out,
        points=points,
        normals=out[rows],
        tree=quick_tree(points),
        rays=RayScene(points, _solid()[1]),
        eyes=centres,
        corneas=centres - np.array([[0, far + bulge, 0] for far in ahead]),
        world_from_fit=world_from_fit,
        strands=tuple(strands),
        worn=tuple(worn),
    )
