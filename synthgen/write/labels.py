"""Labels -> labels.json."""

import json
from typing import Any

import numpy as np

from synthgen.frame import EyeLabel, Frame, ViewLabels

PIXEL_DECIMALS, METRE_DECIMALS, ANGLE_DECIMALS = 4, 7, 5


def labels_json(frame: Frame) -> str:
    """Return the text of labels.json of a frame."""
    document = {
        "format": 1,
        "index": frame.scene.index,
        "identity": str(frame.scene.identity.id),
        "seed": frame.scene.seed,
        "attributes": frame.attributes,
        "cameras": {name: _view(labels) for name, labels in frame.labels.items()},
    }
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def _view(labels: ViewLabels) -> dict[str, Any]:
    camera, head = labels.camera, labels.head
    return {
        "width": camera.width,
        "height": camera.height,
        "band": camera.band,
        "K": camera.K.tolist(),
        "distortion": None,
        "cam_from_world": _numbers(camera.cam_from_world, 10),
        "landmarks": {
            name: {
                "uv": _numbers(points.uv, PIXEL_DECIMALS),
                "xyz_cam": _numbers(points.xyz_cam, METRE_DECIMALS),
                "visible": points.visible.tolist(),
            }
            for name, points in labels.landmarks.items()
        },
        "boxes": {
            name: None if box is None else _numbers(np.array(box), PIXEL_DECIMALS) for name, box in labels.boxes.items()
        },
        "head": {
            "cam_from_head": _numbers(head.cam_from_head, 10),
            "yaw_deg": round(head.yaw_deg, ANGLE_DECIMALS),
            "pitch_deg": round(head.pitch_deg, ANGLE_DECIMALS),
            "roll_deg": round(head.roll_deg, ANGLE_DECIMALS),
        },
        "eyes": {
            **{side: _eye(eye) for side, eye in labels.eyes.items()},
            "gaze_target_cam": _numbers(labels.gaze_target_cam, METRE_DECIMALS),
        },
        "segmentation": dict(labels.segmentation),
        "instances": {str(number): name for number, name in labels.instances.items()},
    }


def _eye(eye: EyeLabel) -> dict[str, Any]:
    apparent = eye.pupil_apparent_uv
    return {
        "centre_cam": _numbers(eye.centre_cam, METRE_DECIMALS),
        "radius_m": round(eye.radius_m, METRE_DECIMALS),
        "pupil_uv": _numbers(eye.pupil_uv, PIXEL_DECIMALS),
        "pupil_cam": _numbers(eye.pupil_cam, METRE_DECIMALS),
        "pupil_apparent_uv": None if apparent is None else _numbers(apparent, PIXEL_DECIMALS),
        "pupil_visible": eye.pupil_visible,
        "iris_uv": _numbers(eye.iris_uv, PIXEL_DECIMALS),
        "iris_cam": _numbers(eye.iris_cam, METRE_DECIMALS),
        "iris_visible": eye.iris_visible.tolist(),
        "gaze_cam": _numbers(eye.gaze_cam, 9),
        "gaze_head": {
            "yaw_deg": round(eye.gaze_yaw_deg, ANGLE_DECIMALS),
            "pitch_deg": round(eye.gaze_pitch_deg, ANGLE_DECIMALS),
        },
        "optical_axis_cam": _numbers(eye.optical_axis_cam, 9),
        "openness": round(eye.openness, 4),
    }


def _numbers(values: np.ndarray, decimals: int) -> Any:
    """Return nested lists of rounded numbers; what is not finite (behind the camera) becomes null."""
    rounded = np.round(np.asarray(values, float), decimals) + 0.0  # no minus zero
    if np.isfinite(rounded).all():
        return rounded.tolist()
    return _nulls(rounded.tolist())


def _nulls(values: Any) -> Any:
    if isinstance(values, list):
        return [_nulls(value) for value in values]
    return values if np.isfinite(values) else None
