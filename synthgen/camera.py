"""The pinhole camera: intrinsics, projection, unprojection. OpenCV frame, pixel centres at +0.5."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from synthgen.transforms import Matrix, apply, invert

Band = Literal["rgb", "nir850", "nir940"]
BANDS: tuple[Band, ...] = ("rgb", "nir850", "nir940")


@dataclass(frozen=True)
class Camera:
    """A pinhole camera in place.

    Attributes:
        name: Prefix of the files of this view.
        width: Image width in pixels.
        height: Image height in pixels.
        K: Intrinsic matrix (3, 3), pixels; the top-left pixel has its centre at (0.5, 0.5), the image spans
            [0, width] x [0, height]. OpenCV puts that centre at (0, 0): subtract 0.5 from K[0, 2] and K[1, 2] there.
        cam_from_world: Rigid transform (4, 4), metres.
        band: What the sensor sees.
    """

    name: str
    width: int
    height: int
    K: Matrix
    cam_from_world: Matrix
    band: Band = "rgb"

    @property
    def centre_world(self) -> Matrix:
        """Return the centre of projection (3,) in the world, metres."""
        return invert(self.cam_from_world)[:3, 3]

    def to_cam(self, points_world: ArrayLike) -> Matrix:
        """Return world points (..., 3) in the camera frame."""
        return apply(self.cam_from_world, points_world)

    def resized(self, width: int, height: int) -> "Camera":
        """Return the camera that sees the same in an image of this size."""
        K = np.diag([width / self.width, height / self.height, 1.0]) @ self.K
        return replace(self, width=width, height=height, K=K)

    def inside(self, uv: ArrayLike) -> NDArray[np.bool_]:
        """Return which pixel coordinates (..., 2) lie in the image."""
        uv = np.asarray(uv)
        return ((uv >= 0) & (uv < [self.width, self.height])).all(-1)


def intrinsics(fx: float, fy: float, cx: float, cy: float) -> Matrix:
    """Return K (3, 3) from focal lengths and principal point in pixels."""
    return np.array([[fx, 0, cx], [0, fy, cy], [0, 0, 1.0]])


def project(points_cam: ArrayLike, K: Matrix) -> Matrix:
    """Project points to pixels.

    Args:
        points_cam: Points (..., 3) in the camera frame, metres. z must be positive.
        K: Intrinsic matrix (3, 3), pixels.

    Returns:
        Pixel coordinates (u, v), (..., 2), unclipped.

    Raises:
        ValueError: If a point lies on or behind the image plane.

    Source: Hartley & Zisserman, Multiple View Geometry, 2nd ed., eq. 6.2.
    """
    points = np.asarray(points_cam, float)
    if not (points[..., 2] > 0).all():
        raise ValueError("project() got a point with z <= 0; cull before projecting")
    uvw = points @ K.T
    return uvw[..., :2] / uvw[..., 2:]


def unproject(uv: ArrayLike, depth_m: ArrayLike, K: Matrix) -> Matrix:
    """Return the camera-frame points (..., 3) at pixel coordinates (..., 2) and planar depths (...)."""
    uv = np.asarray(uv, float)
    rays = np.concatenate([uv, np.ones((*uv.shape[:-1], 1))], -1) @ np.linalg.inv(K).T
    return rays * np.asarray(depth_m, float)[..., None]


def pixel_rays(camera: Camera) -> tuple[Matrix, Matrix]:
    """Return the origin (3,) and unit directions (height, width, 3), in the world, of rays through pixel centres."""
    v, u = np.mgrid[0 : camera.height, 0 : camera.width] + 0.5
    rays = unproject(np.stack([u, v], -1), np.ones_like(u), camera.K) @ camera.cam_from_world[:3, :3]
    return camera.centre_world, rays / np.linalg.norm(rays, axis=-1, keepdims=True)
