"""One rendered and labelled sample, in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from synthgen.camera import Camera
from synthgen.passes import Passes
from synthgen.scene import Scene
from synthgen.transforms import Matrix

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Landmarks:
    """Points of one landmark set in one view.

    Attributes:
        uv: (n, 2) pixels, the projection of `xyz_cam`; may lie outside the image.
        xyz_cam: (n, 3) metres.
        visible: (n,) whether the point is in the image and nothing opaque is before it.
    """

    uv: Array
    xyz_cam: Array
    visible: NDArray[np.bool_]


@dataclass(frozen=True)
class HeadLabel:
    """How the head is seen.

    Attributes:
        cam_from_head: (4, 4); the head frame has its origin midway between the eyes' centres of rotation, x to the
            subject's left, y down, z out of the back of the head.
        yaw_deg: > 0 the face turns to the image's right.
        pitch_deg: > 0 it looks up.
        roll_deg: > 0 it is turned clockwise.
    """

    cam_from_head: Matrix
    yaw_deg: float
    pitch_deg: float
    roll_deg: float


@dataclass(frozen=True)
class EyeLabel:
    """How one eye is seen.

    Attributes:
        centre_cam: (3,) centre of rotation, metres.
        radius_m: Of the eyeball.
        pupil_cam: (3,) centre of the pupil.
        pupil_uv: (2,) its projection.
        pupil_apparent_uv: (2,) where it is seen through the cornea, or None from behind.
        pupil_visible: Whether it is seen: in the image, and no lid or anything else before it.
        iris_cam: (16, 3) rim of the iris (limbus), from the subject's left over the top.
        iris_uv: (16, 2) its projection.
        iris_visible: (16,)
        gaze_cam: (3,) unit vector along the line of sight.
        gaze_yaw_deg: Of the line of sight against the head; > 0 to the subject's left.
        gaze_pitch_deg: > 0 up.
        optical_axis_cam: (3,) unit vector along the eyeball's axis of symmetry.
        openness: Of the lids, 0 closed to 1 as at rest.
    """

    centre_cam: Array
    radius_m: float
    pupil_cam: Array
    pupil_uv: Array
    pupil_apparent_uv: Array | None
    pupil_visible: bool
    iris_cam: Array
    iris_uv: Array
    iris_visible: NDArray[np.bool_]
    gaze_cam: Array
    gaze_yaw_deg: float
    gaze_pitch_deg: float
    optical_axis_cam: Array
    openness: float


@dataclass(frozen=True)
class ViewLabels:
    """All labels of one view.

    Attributes:
        camera: That took it.
        landmarks: By set name: ibug68, ibug68_contour.
        boxes: Pixels [x0, y0, x1, y1] by name; None where nothing is seen.
        head: How the head is seen.
        eyes: left and right.
        gaze_target_cam: (3,) the point looked at.
        segmentation: Pixel count by class name.
        instances: Class of things by instance id: {id: name}.
    """

    camera: Camera
    landmarks: Mapping[str, Landmarks]
    boxes: Mapping[str, list[float] | None]
    head: HeadLabel
    eyes: Mapping[str, EyeLabel]
    gaze_target_cam: Array
    segmentation: Mapping[str, int]
    instances: Mapping[int, str]


@dataclass(frozen=True)
class Frame:
    """One sample.

    Attributes:
        scene: What was drawn.
        passes: Arrays of each view by camera name.
        labels: Labels of each view by camera name.
        attributes: Of person and surroundings, as labels.json holds them.
        device: What rendered it: kind, name, reason.
        seconds: CPU seconds by stage.
    """

    scene: Scene
    passes: Mapping[str, Passes]
    labels: Mapping[str, ViewLabels]
    attributes: Mapping[str, object]
    device: Mapping[str, str]
    seconds: Mapping[str, float] = field(default_factory=dict)
