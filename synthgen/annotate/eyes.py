"""Labels of the eyes: centres, pupils as they are and as they appear, irises, gaze, lids."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import root_scalar

from synthgen.annotate.visibility import ALL_HAIR, behind_hair, visible
from synthgen.assemble import SceneGeometry
from synthgen.camera import Camera, project
from synthgen.frame import EyeLabel
from synthgen.head.eyes import CORNEA_INDEX, CORNEA_RADIUS_MM, LIMBUS_MM, Eyeball
from synthgen.mesh import unit
from synthgen.passes import Passes
from synthgen.rays import RayScene
from synthgen.transforms import Matrix, direction


def annotate_eye(
    eye: Eyeball,
    openness: float,
    geometry: SceneGeometry,
    camera: Camera,
    everything: RayScene,
    passes: Passes | None = None,
) -> EyeLabel:
    """Return the labels of one eye; what hair hides is known from the passes alone."""
    to_cam = camera.cam_from_world[:3, :3]
    seen_at = apparent_point(eye, camera)
    pupil = camera.to_cam(eye.pupil_centre)
    iris = camera.to_cam(eye.limbus)
    sight = geometry.world_from_head[:3, :3] @ _head_axes(direction(eye.direction.yaw_deg, eye.direction.pitch_deg))
    iris_seen = _limbus_visible(eye, camera, everything)
    if passes is not None:
        iris_seen &= ~behind_hair(_project(iris, camera.K), iris[:, 2], passes, ALL_HAIR)
    pupil_seen = seen_at is not None and bool(visible(seen_at[None], camera, everything, 0.0005)[0])
    if passes is not None and seen_at is not None and pupil_seen:
        at = camera.to_cam(seen_at[None])
        pupil_seen = not behind_hair(_project(at, camera.K), at[:, 2], passes, ALL_HAIR)[0]
    return EyeLabel(
        centre_cam=camera.to_cam(eye.centre),
        radius_m=eye.radius_m,
        pupil_cam=pupil,
        pupil_uv=_project(pupil, camera.K),
        pupil_apparent_uv=None if seen_at is None else _project(camera.to_cam(seen_at), camera.K),
        pupil_visible=pupil_seen,
        iris_cam=iris,
        iris_uv=_project(iris, camera.K),
        iris_visible=iris_seen,
        gaze_cam=to_cam @ sight,
        gaze_yaw_deg=eye.direction.yaw_deg,
        gaze_pitch_deg=eye.direction.pitch_deg,
        optical_axis_cam=to_cam @ eye.direction.world_from_eye[:, 2],
        openness=openness,
    )


def _head_axes(vector: NDArray) -> NDArray:
    """Return a vector of the world at zero pose in the head frame."""
    x, y, z = vector
    return np.array([x, -z, y])


def _limbus_visible(eye: Eyeball, camera: Camera, everything: RayScene) -> NDArray[np.bool_]:
    """Return which points of the iris' rim are seen; the eye itself hides those on its far side."""
    points = eye.limbus
    facing = ((camera.centre_world - points) * (points - eye.centre)).sum(1) > 0
    return facing & visible(points, camera, everything, 0.001)


def apparent_point(eye: Eyeball, camera: Camera) -> NDArray | None:
    """Return the point (3,) of the cornea, in the world, through which a camera sees the centre of the pupil.

    The cornea is taken as its sphere. Camera, pupil and the sphere's centre lie in a plane with the ray, so Snell's
    law is one equation in one angle. None if the pupil is not seen through the cornea from there.

    Source: Born & Wolf, Principles of Optics, 7th ed., 3.2 (law of refraction).
    """
    edge = np.sqrt((eye.radius_m * 1e3) ** 2 - LIMBUS_MM**2)
    middle_mm = edge - np.sqrt(CORNEA_RADIUS_MM**2 - LIMBUS_MM**2)
    centre = eye.to_world(np.array([[0, 0, middle_mm]]))[0]
    radius = CORNEA_RADIUS_MM * 1e-3
    axis = eye.direction.world_from_eye[:, 2]
    outside, inside = camera.centre_world - centre, eye.pupil_centre - centre
    ahead = unit(outside)
    side = inside - (inside @ ahead) * ahead
    side = unit(side) if np.linalg.norm(side) > 1e-9 else np.zeros(3)

    def at(angle: float) -> NDArray:
        return radius * (np.cos(angle) * ahead + np.sin(angle) * side)

    def mismatch(angle: float) -> float:
        # the components along the surface of both rays, each times its index, cancel (Snell)
        point, tangent = at(angle), -np.sin(angle) * ahead + np.cos(angle) * side
        enter, leave = unit(outside - point), unit(inside - point)
        return float(enter @ tangent + CORNEA_INDEX * (leave @ tangent))

    if not side.any():
        found = at(0.0)
    else:
        low, high = 0.0, np.radians(89.0)
        if mismatch(low) * mismatch(high) > 0:
            return None
        found = at(float(root_scalar(mismatch, bracket=(low, high), method="brentq", xtol=1e-10).root))
    through_cornea = found @ axis > radius * np.sqrt(1 - (LIMBUS_MM / CORNEA_RADIUS_MM) ** 2) - 1e-4
    return centre + found if through_cornea and found @ outside > 0 else None


def _project(points_cam: NDArray, K: Matrix) -> NDArray:
    """Return pixels; not a number behind the camera."""
    points = np.atleast_2d(points_cam)
    uv = np.full((len(points), 2), np.nan)
    ahead = points[:, 2] > 0
    uv[ahead] = project(points[ahead], K)
    return uv if np.ndim(points_cam) > 1 else uv[0]
