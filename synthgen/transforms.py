"""Rigid transforms as 4x4 float64 matrices named `a_from_b`, and the angle conventions of head and gaze.

World: metres, right-handed, Z up; the person looks along -Y at zero pose, the subject's left is +X.
Camera frame (OpenCV): x right, y down, z forward. Head frame: x to the subject's left, y down, z out of the back of
the head, so that a face looking straight into the camera has the identity as its rotation `cam_from_head`.

Angles, for a head and for a gaze alike, as seen in the image of a camera in front of the face: yaw > 0 turns to the
image's right (the subject's left), pitch > 0 looks up, roll > 0 turns clockwise.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial.transform import Rotation

Matrix = NDArray[np.float64]

WORLD_FROM_HEAD_AXES: Matrix = np.array([[1.0, 0, 0], [0, 0, 1], [0, -1, 0]])
"""Columns: the head frame's axes in the world at zero pose."""


def rotation(axis: str, angle_deg: float) -> Matrix:
    """Return the 3x3 right-handed rotation about a coordinate axis, 'x', 'y' or 'z'."""
    c, s = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    i, j = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    R = np.eye(3)
    R[i, i] = R[j, j] = c
    R[i, j], R[j, i] = -s, s
    return R


def rotation_about(axis: ArrayLike, angle_deg: float) -> Matrix:
    """Return the 3x3 right-handed rotation about a unit vector (3,)."""
    return Rotation.from_rotvec(np.radians(angle_deg) * np.asarray(axis, float)).as_matrix()


def rigid(R: ArrayLike, t: ArrayLike) -> Matrix:
    """Return the 4x4 transform x -> R x + t."""
    T = np.eye(4)
    T[:3, :3] = R
    T[:3, 3] = t
    return T


def invert(T: Matrix) -> Matrix:
    """Return the inverse of a rigid transform."""
    return rigid(T[:3, :3].T, -T[:3, :3].T @ T[:3, 3])


def apply(T: Matrix, points: ArrayLike) -> Matrix:
    """Return points (..., 3) moved by a 4x4 transform."""
    return np.asarray(points, float) @ T[:3, :3].T + T[:3, 3]


def turn(yaw_deg: float, pitch_deg: float, roll_deg: float) -> Matrix:
    """Return the world rotation (3, 3) that turns something facing -Y by yaw, then its own pitch, then its own roll."""
    return rotation("z", yaw_deg) @ rotation("x", -pitch_deg) @ rotation("y", roll_deg)


def turn_to_angles(R: Matrix) -> tuple[float, float, float]:
    """Return (yaw, pitch, roll) in degrees of a world rotation, the inverse of `turn`; pitch in [-90, 90]."""
    facing = -R[:, 1]
    yaw = np.arctan2(facing[0], -facing[1])
    pitch = np.arcsin(np.clip(facing[2], -1, 1))
    rest = turn(float(np.degrees(yaw)), float(np.degrees(pitch)), 0).T @ R
    roll = np.arctan2(rest[0, 2], rest[0, 0])
    return float(np.degrees(yaw)), float(np.degrees(pitch)), float(np.degrees(roll))


def head_angles(cam_from_head: Matrix) -> tuple[float, float, float]:
    """Return (yaw, pitch, roll) in degrees of a head as a camera sees it; zero when it faces the camera squarely."""
    axes = WORLD_FROM_HEAD_AXES
    return turn_to_angles(axes @ cam_from_head[:3, :3] @ axes.T)


def direction(yaw_deg: ArrayLike, pitch_deg: ArrayLike) -> NDArray:
    """Return the unit vector (..., 3) in the world that a head at zero pose looks along at these angles."""
    yaw, pitch = np.radians(yaw_deg), np.radians(pitch_deg)
    return np.stack([np.sin(yaw) * np.cos(pitch), -np.cos(yaw) * np.cos(pitch), np.sin(pitch)], -1)


def direction_angles(vector: ArrayLike) -> tuple[float, float]:
    """Return (yaw, pitch) in degrees of a vector (3,), the inverse of `direction`."""
    x, y, z = np.asarray(vector, float) / np.linalg.norm(vector)
    return float(np.degrees(np.arctan2(x, -y))), float(np.degrees(np.arcsin(np.clip(z, -1, 1))))


def look_at(eye: ArrayLike, target: ArrayLike, roll_deg: float = 0.0) -> Matrix:
    """Return world_from_cam of an OpenCV camera at `eye` that looks at `target` with the world's Z up.

    Args:
        eye: Position (3,), metres.
        target: Point on the optical axis (3,), metres.
        roll_deg: Turn of the camera about its optical axis; > 0 turns the camera clockwise and the image the other way.

    Raises:
        ValueError: If the target coincides with the eye, or the camera looks straight up or down.
    """
    eye, forward = np.asarray(eye, float), np.asarray(target, float) - np.asarray(eye, float)
    length = np.linalg.norm(forward)
    right = np.cross(forward, [0.0, 0, 1])
    if length < 1e-9 or np.linalg.norm(right) < 1e-9 * length:
        raise ValueError(f"a camera at {eye} cannot look at {target}: same point, or straight up or down")
    forward, right = forward / length, right / np.linalg.norm(right)
    R = np.stack([right, np.cross(forward, right), forward], axis=1)
    return rigid(R @ rotation("z", roll_deg), eye)
