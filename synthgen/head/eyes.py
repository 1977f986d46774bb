"""Eyeballs: a clear cornea on a white shell, an iris with depth and a pupil behind it.

All profiles are turned about the optical axis, local +z; millimetres inside this module.
"""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthgen.head.gaze import EyeDirection
from synthgen.head.model import Points, head_model
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.ramps import smooth_step

LIMBUS_MM = 5.85
"""Radius of the visible iris. Source: Ruefer, Schroeder & Erb, Cornea 24 (2005) 259: white-to-white 11.7 mm."""
CORNEA_RADIUS_MM = 7.8
CORNEA_INDEX = 1.376
"""Source: Gullstrand's schematic eye no. 1, in Atchison & Smith, Optics of the Human Eye (2000), table 2.1."""
CHAMBER_INSET_MM = 0.15
IRIS_BULGE_MM = 0.28
IRIS_END_MM = LIMBUS_MM + 0.25
"""The iris' root, behind the limbus."""
PUPIL_DEPTH_MM = 0.25
RING_SEGMENTS = 96
IRIS_RINGS = 32
TURN = {"left": 0.0, "right": 0.37}
"""Share of the circle by which the maps of an eye are turned, so that both eyes can share one."""
RING_POINTS = 16
LID_FIT = 1.005
"""Eyeball radius against the mesh's own eye, whose cage the lids were modelled on."""


@dataclass(frozen=True)
class Eyeball:
    """One eye in place.

    Attributes:
        side: left or right.
        centre: (3,) centre of rotation in the world, metres.
        radius_m: Of the white shell.
        direction: How it is turned.
        pupil_mm: Diameter of the pupil.
    """

    side: str
    centre: NDArray
    radius_m: float
    direction: EyeDirection
    pupil_mm: float

    def to_world(self, local_mm: NDArray) -> Points:
        """Return points (n, 3) of the eye's frame, millimetres, in the world, metres."""
        return self.centre + np.asarray(local_mm) * 1e-3 @ self.direction.world_from_eye.T

    @property
    def pupil_centre(self) -> NDArray:
        """Return the centre of the pupil's opening (3,) in the world."""
        rim = _iris_height(self.pupil_mm / 2, self.radius_m * 1e3)
        return self.to_world(np.array([[0, 0, rim]]))[0]

    @property
    def limbus(self) -> Points:
        """Return the visible iris' rim (16, 3) in the world, from the subject's left, over the top, to the right."""
        angle = np.arange(RING_POINTS) * 2 * np.pi / RING_POINTS
        height = np.full(RING_POINTS, np.interp(LIMBUS_MM, *shell_profile(self.radius_m * 1e3)[:60].T[:2]))
        ring = np.stack([LIMBUS_MM * np.cos(angle), LIMBUS_MM * np.sin(angle), height], 1)
        return self.to_world(ring)


def eyeball_frames(neutral_cage: Points) -> tuple[Points, NDArray]:
    """Return centres of rotation (2, 3) and radii (2,) in metres of the left and right eye of an unposed person."""
    model = head_model()
    centres = np.array([model.joint("l-eye", neutral_cage), model.joint("r-eye", neutral_cage)])
    radii = []
    for side in ("left", "right"):
        extent = np.ptp(neutral_cage[np.unique(model.quads[f"eye_{side}"])], axis=0)
        radii.append(LID_FIT * (extent[0] + extent[2]) / 4)
    return centres, np.array(radii)


def shell_profile(radius_mm: float) -> NDArray:
    """Return (r, z) of the outer shell from the corneal apex to the back of the eye.

    A sphere of the cornea's radius blends into the eyeball's over 1.5 mm about the limbus.
    """
    edge = np.sqrt(radius_mm**2 - LIMBUS_MM**2)
    apex = edge + CORNEA_RADIUS_MM - np.sqrt(CORNEA_RADIUS_MM**2 - LIMBUS_MM**2)
    r = np.concatenate([np.linspace(0, LIMBUS_MM - 0.9, 24), np.linspace(LIMBUS_MM - 0.75, LIMBUS_MM + 1.2, 27)])
    cornea = apex - CORNEA_RADIUS_MM + np.sqrt(CORNEA_RADIUS_MM**2 - np.minimum(r, CORNEA_RADIUS_MM) ** 2)
    sclera = np.sqrt(radius_mm**2 - r**2)
    t = smooth_step(r, LIMBUS_MM - 0.75, LIMBUS_MM + 0.75)
    front = np.stack([r, cornea * (1 - t) + sclera * t], 1)
    start = np.arctan2(*front[-1])
    angles = np.linspace(start + 0.05, np.pi, 40)
    back = radius_mm * np.stack([np.sin(angles), np.cos(angles)], 1)
    return np.concatenate([front, back])


def _iris_height(r: NDArray | float, radius_mm: float) -> NDArray:
    """Return the height of the iris' front at distance r from the axis: a shallow dome behind the limbus."""
    edge = np.sqrt(radius_mm**2 - LIMBUS_MM**2)
    return edge - CHAMBER_INSET_MM + IRIS_BULGE_MM * (1 - (np.asarray(r) / IRIS_END_MM) ** 2)


def turn_profile(profile: NDArray, segments: int = RING_SEGMENTS) -> tuple[Points, NDArray, NDArray]:
    """Revolve a profile about z.

    Args:
        profile: (k, 2) distance from the axis and height. Rings with r = 0 become one point.
        segments: Around the axis.

    Returns:
        Vertices (v, 3); triangles (t, 3), counter-clockwise seen from +z outside; (t,) the profile segment of each
        triangle.
    """
    angle = np.arange(segments) * 2 * np.pi / segments
    vertices, rows = [], []
    for r, z in profile:
        n = 1 if r < 1e-9 else segments
        first = sum(map(len, vertices))
        vertices.append(np.stack([r * np.cos(angle[:n]), r * np.sin(angle[:n]), np.full(n, z)], 1))
        rows.append(first + (np.arange(segments) if n > 1 else np.zeros(segments, int)))
    triangles, segment = [], []
    for k, (near, far) in enumerate(itertools.pairwise(rows)):
        a, b, c, d = near, far, np.roll(far, -1), np.roll(near, -1)
        for corners in ((a, b, c), (a, c, d)):
            face = np.stack(corners, 1)
            face = face[(face[:, 0] != face[:, 1]) & (face[:, 1] != face[:, 2]) & (face[:, 2] != face[:, 0])]
            triangles.append(face)
            segment.append(np.full(len(face), k))
    return np.concatenate(vertices), np.concatenate(triangles), np.concatenate(segment)


def eyeball_meshes(eye: Eyeball) -> tuple[Mesh, Mesh]:
    """Return the shell (cornea and sclera) and the inside (iris and pupil) of an eye.

    The shell's corneal triangles carry the iris' part: it is what the eye shows there when refraction is not traced.
    """
    side = eye.side.upper()
    radius = eye.radius_m * 1e3
    profile = shell_profile(radius)
    local, triangles, segment = turn_profile(profile)
    corneal = profile[segment + 1, 0] <= LIMBUS_MM + 1e-6
    corneal &= profile[segment, 1] > 0
    shell = Mesh(
        name=f"eye_shell_{eye.side}",
        vertices=eye.to_world(local),
        triangles=triangles.astype(np.int32),
        part=np.where(corneal, Part[f"IRIS_{side}"], Part[f"SCLERA_{side}"]).astype(np.int16),
        material=np.where(corneal, 0, 1).astype(np.int16),
        materials=("cornea", "sclera"),
        instance="person",
        attributes={"eye_mm": local, "eye_turn": np.full(len(local), TURN[eye.side])},
    )
    return shell, _inner_mesh(eye, radius)


def _inner_mesh(eye: Eyeball, radius: float) -> Mesh:
    rim, end = eye.pupil_mm / 2, IRIS_END_MM
    share = np.linspace(0, 1, IRIS_RINGS)
    r = rim + (end - rim) * share
    # the sphincter's rounded edge: the iris dips a little at the pupil
    iris = np.stack([r, _iris_height(r, radius) - 0.1 * np.exp(-((share / 0.05) ** 2))], 1)
    pupil_r = np.linspace(0, rim + 0.9, 5)
    height = float(_iris_height(rim, radius)) - PUPIL_DEPTH_MM
    pupil = np.stack([pupil_r, np.full(5, height)], 1)
    parts, meshes = [], []
    for name, profile in (("PUPIL", pupil), ("IRIS", iris)):
        local, triangles, _ = turn_profile(profile)
        meshes.append((local, triangles))
        parts.append(np.full(len(triangles), Part[f"{name}_{eye.side.upper()}"], np.int16))
    offset = len(meshes[0][0])
    local = np.concatenate([meshes[0][0], meshes[1][0]])
    return Mesh(
        name=f"eye_inner_{eye.side}",
        vertices=eye.to_world(local),
        triangles=np.concatenate([meshes[0][1], meshes[1][1] + offset]).astype(np.int32),
        part=np.concatenate(parts),
        material=np.repeat([0, 1], [len(parts[0]), len(parts[1])]).astype(np.int16),
        materials=(f"pupil_{eye.side}", f"iris_{eye.side}"),
        instance="person",
        attributes={"eye_mm": local, "eye_turn": np.full(len(local), TURN[eye.side])},
    )
