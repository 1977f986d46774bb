"""How the head is held: the neck bends through the mesh's own rig, the arms hang."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from synthgen.distributions import Number, draw_numbers, within
from synthgen.frozen import Frozen
from synthgen.head.model import HeadModel, Points, head_model
from synthgen.rng import Key
from synthgen.transforms import Matrix, rigid, rotation, turn

BEND = {"neck01": 0.12, "neck02": 0.32, "neck03": 0.6, "head": 1.0}
"""Share of the head's turn that each bone has made, counted from the shoulders."""
ARM_DROP_DEG, SHOULDER_DROP_DEG = 33.0, 7.0
"""The base mesh holds its arms away; this lets them hang."""


class HeadPoseSpec(Frozen):
    """How the head is turned against the shoulders; all zero looks straight ahead."""

    yaw_deg: Annotated[Number, within(-80, 80)] = 0.0
    """> 0 turns to the subject's left."""
    pitch_deg: Annotated[Number, within(-60, 60)] = 0.0
    """> 0 looks up."""
    roll_deg: Annotated[Number, within(-50, 50)] = 0.0
    """> 0 tilts towards the subject's left shoulder."""


class HeadPose(Frozen):
    """One turn of the head; see `HeadPoseSpec`."""

    yaw_deg: float
    pitch_deg: float
    roll_deg: float


def sample_head_pose(spec: HeadPoseSpec, key: Key) -> HeadPose:
    """Draw a head pose."""
    return HeadPose(**draw_numbers(spec, HeadPoseSpec.model_fields, key))


@dataclass(frozen=True)
class Skeleton:
    """Rigid transforms (bones, 4, 4) that take each bone from the neutral to the posed body, metres."""

    bones: tuple[str, ...]
    transforms: NDArray[np.float64]

    def of(self, bone: str) -> Matrix:
        """Return the transform (4, 4) of one bone."""
        return self.transforms[self.bones.index(bone)]


def pose_skeleton(cage: Points, pose: HeadPose) -> Skeleton:
    """Return the bones of a shaped cage in a head pose.

    The head bone turns by exactly the pose; the neck's bones by shares of it about the same axis.
    """
    model = head_model()
    whole = Rotation.from_matrix(turn(pose.yaw_deg, pose.pitch_deg, pose.roll_deg)).as_rotvec()
    transforms = np.tile(np.eye(4), (len(model.bones), 1, 1))
    for row, bone in enumerate(model.bones):
        above = transforms[model.parent[row]] if model.parent[row] >= 0 else np.eye(4)
        pivot = cage[model.bone_heads[row]].mean(0)
        R = _bone_turn(bone, whole)
        R = above[:3, :3] if R is None else R
        moved = above[:3, :3] @ pivot + above[:3, 3]
        transforms[row] = rigid(R, moved - R @ pivot)
    return Skeleton(model.bones, transforms)


def _bone_turn(bone: str, whole: NDArray) -> Matrix | None:
    """Return the world rotation of a bone, or None if it follows its parent."""
    if bone in BEND:
        return Rotation.from_rotvec(whole * BEND[bone]).as_matrix()
    side = 1 if bone.endswith(".L") else -1
    if bone.startswith("upperarm"):
        return rotation("y", side * ARM_DROP_DEG)
    if bone.startswith("shoulder"):
        return rotation("y", side * SHOULDER_DROP_DEG)
    return None


def skin_points(points: Points, weights: NDArray, skeleton: Skeleton) -> Points:
    """Return points (v, 3) moved by linear blend skinning with weights (v, bones).

    Source: Magnenat-Thalmann, Laperriere & Thalmann, Graphics Interface 1988.
    """
    blended = (weights @ skeleton.transforms.reshape(len(skeleton.bones), 16)).reshape(-1, 4, 4)
    return np.einsum("vij,vj->vi", blended[:, :3, :3], points) + blended[:, :3, 3]


def pose_cage(cage: Points, skeleton: Skeleton, model: HeadModel | None = None) -> Points:
    """Return the posed cage (v, 3)."""
    return skin_points(cage, (model or head_model()).weights.astype(np.float64), skeleton)
