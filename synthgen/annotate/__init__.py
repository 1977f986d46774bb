"""Labels from geometry and passes. Pure functions of arrays; no Blender."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from synthgen.annotate.attributes import attributes as attributes
from synthgen.annotate.boxes import boxes
from synthgen.annotate.eyes import annotate_eye
from synthgen.annotate.landmarks import annotate_contour, annotate_landmarks, load_landmarks
from synthgen.annotate.visibility import HIDING_HAIR, behind_hair, clear_materials, ray_scene
from synthgen.assemble import SceneGeometry
from synthgen.frame import HeadLabel, Landmarks, ViewLabels
from synthgen.linear_algebra import one_blas_thread
from synthgen.parts import PARTS
from synthgen.passes import Passes
from synthgen.transforms import head_angles

LANDMARK_SETS = ("ibug68",)


@one_blas_thread
def annotate(geometry: SceneGeometry, passes: Mapping[str, Passes]) -> dict[str, ViewLabels]:
    """Return the labels of every view, by camera name."""
    clear = {camera.name: clear_materials(geometry, camera.band) for camera in geometry.cameras}
    scenes = {names: ray_scene(geometry, clear=names) for names in set(clear.values())}
    skin_alone = ray_scene(geometry, lambda mesh: mesh.name == "skin")
    labels = {}
    for camera in geometry.cameras:
        seen, everything = passes[camera.name], scenes[clear[camera.name]]
        part = seen.part
        points = {}
        for name in LANDMARK_SETS:
            known = load_landmarks(name)
            found = annotate_landmarks(known, geometry.skin, camera, everything)
            contour = annotate_contour(known, geometry.skin, camera, skin_alone, everything)
            points |= {name: _without_hidden(found, seen), f"{name}_contour": _without_hidden(contour, seen)}
        cam_from_head = camera.cam_from_world @ geometry.world_from_head
        yaw, pitch, roll = head_angles(cam_from_head)
        counts = np.bincount(part.ravel(), minlength=len(PARTS))
        labels[camera.name] = ViewLabels(
            camera=camera,
            landmarks=points,
            boxes=boxes(geometry, camera, part),
            head=HeadLabel(cam_from_head, yaw, pitch, roll),
            eyes={
                eye.side: annotate_eye(eye, openness, geometry, camera, everything, seen)
                for eye, openness in zip(geometry.eyes, geometry.openness, strict=True)
            },
            gaze_target_cam=camera.to_cam(geometry.gaze_target),
            segmentation={PARTS[n]: int(count) for n, count in enumerate(counts) if count},
            instances=dict(enumerate(geometry.instances, start=1)),
        )
    return labels


def _without_hidden(points: Landmarks, passes: Passes) -> Landmarks:
    """Return landmarks with those behind hair called hidden."""
    hidden = behind_hair(points.uv, points.xyz_cam[:, 2], passes, HIDING_HAIR)
    return replace(points, visible=points.visible & ~hidden)
