"""Where the eyes look: angles or a point, vergence, the limits of the eye, and the lids that follow."""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from synthgen.distributions import Number, draw_number, within
from synthgen.frozen import Frozen
from synthgen.rng import Key
from synthgen.transforms import Matrix, direction, direction_angles, turn

YAW_LIMIT_DEG, UP_LIMIT_DEG, DOWN_LIMIT_DEG = 45.0, 30.0, 40.0
"""How far an eye turns in its socket. Source: Shin et al., Clin. Optom. 8 (2016) 29 (field of fixation), rounded."""
KAPPA_DEG = (5.0, -1.5)
"""The optical axis against the line of sight: 5 deg towards the temple, 1.5 deg down.

Source: Berrio, Tabernero & Artal, J. Vision 10(14):34 (2010), rounded means.
"""
SIDES = ("left", "right")


class GazeAngles(Frozen):
    """Look along a direction relative to the head, at something so far away."""

    kind: Literal["angles"] = "angles"
    yaw_deg: Annotated[Number, within(-45, 45)] = 0.0
    """> 0 looks to the subject's left."""
    pitch_deg: Annotated[Number, within(-40, 30)] = 0.0
    """> 0 looks up."""
    distance_m: Annotated[Number, within(0.1, 1000)] = 3.0
    """How far away the point is that both eyes look at; near points make them converge."""


class GazePoint(Frozen):
    """Look at a point given relative to the centre of the head at rest: left, back and up in the world."""

    kind: Literal["point"] = "point"
    x_m: Annotated[Number, within(-100, 100)] = 0.0
    """> 0 to the subject's left."""
    y_m: Annotated[Number, within(-100, 100)] = -1.0
    """< 0 in front."""
    z_m: Annotated[Number, within(-100, 100)] = 0.0
    """> 0 above."""


class GazeCamera(Frozen):
    """Look into a camera."""

    kind: Literal["camera"] = "camera"
    camera: str | None = None
    """Name of the camera; without it the first."""


class Gaze(Frozen):
    """Where one person looks.

    Attributes:
        kind: How the target is given.
        yaw_deg: Relative to the head, for `angles`.
        pitch_deg: Relative to the head, for `angles`.
        distance_m: To the target, for `angles`.
        point_m: (x, y, z) relative to the head's centre at rest, for `point`.
        camera: Name of the camera looked into, for `camera`.
    """

    kind: Literal["angles", "point", "camera"]
    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    distance_m: float = 3.0
    point_m: tuple[float, float, float] = (0.0, -1.0, 0.0)
    camera: str | None = None


def sample_gaze(spec: GazeAngles | GazePoint | GazeCamera, key: Key) -> Gaze:
    """Draw a gaze."""

    def draw(name: str) -> float:
        return draw_number(getattr(spec, name), key.child(name))

    if isinstance(spec, GazeAngles):
        return Gaze(kind="angles", yaw_deg=draw("yaw_deg"), pitch_deg=draw("pitch_deg"), distance_m=draw("distance_m"))
    if isinstance(spec, GazePoint):
        return Gaze(kind="point", point_m=(draw("x_m"), draw("y_m"), draw("z_m")))
    return Gaze(kind="camera", camera=spec.camera)


@dataclass(frozen=True)
class EyeDirection:
    """How one eye is turned.

    Attributes:
        yaw_deg: Line of sight relative to the head; > 0 to the subject's left.
        pitch_deg: Line of sight relative to the head; > 0 up.
        world_from_eye: (3, 3) rotation of the eyeball; its local +z is the optical axis.
    """

    yaw_deg: float
    pitch_deg: float
    world_from_eye: Matrix


def look(target_world: ArrayLike, centres_world: NDArray, head_rotation: Matrix) -> tuple[EyeDirection, EyeDirection]:
    """Turn both eyes to a point, as far as eyes turn.

    Args:
        target_world: The point (3,), metres.
        centres_world: (2, 3) centres of rotation of the left and the right eye.
        head_rotation: (3, 3) turn of the head in the world.

    Returns:
        The left and the right eye. Beyond its limits an eye stops at the limit, and the angles say so.
    """
    eyes = []
    for side, centre in zip((1, -1), centres_world, strict=True):
        yaw, pitch = direction_angles(head_rotation.T @ (np.asarray(target_world, float) - centre))
        yaw = float(np.clip(yaw, -YAW_LIMIT_DEG, YAW_LIMIT_DEG))
        pitch = float(np.clip(pitch, -DOWN_LIMIT_DEG, UP_LIMIT_DEG))
        axis_yaw, axis_pitch = yaw + side * KAPPA_DEG[0], pitch + KAPPA_DEG[1]
        R = head_rotation @ turn(axis_yaw, axis_pitch, 0) @ np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])
        eyes.append(EyeDirection(yaw, pitch, R))
    return eyes[0], eyes[1]


def gaze_target(gaze: Gaze, head_rotation: Matrix, between_eyes: NDArray, head_centre: NDArray) -> NDArray:
    """Return the point (3,) in the world looked at; for `camera` the caller knows it.

    Raises:
        ValueError: For a gaze into a camera.
    """
    if gaze.kind == "angles":
        return between_eyes + gaze.distance_m * head_rotation @ direction(gaze.yaw_deg, gaze.pitch_deg)
    if gaze.kind == "point":
        return head_centre + np.array(gaze.point_m)
    raise ValueError("a gaze into a camera has its target at the camera's centre")
