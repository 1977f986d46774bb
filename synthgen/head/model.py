"""The parametric head: MakeHuman's base mesh, its shape targets and its rig, as arrays."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthgen.assets import load
from synthgen.assets.bake import TARGET_STEP_M

Points = NDArray[np.float64]


@dataclass(frozen=True)
class HeadModel:
    """Everything about the head that no draw changes.

    Attributes:
        vertices: (v, 3) the base cage in world axes, metres; the origin is MakeHuman's, between the hips.
        quads: Faces (f, 4) of each group: body, shirt, eye_left, teeth_upper, tongue, lashes_upper_left ...
        quad_uvs: Texture coordinates (f, 4, 2) at the corners of those faces.
        targets: (vertex index, displacement (k, 3) in metres) of each shape target.
        weights: (v, bones) skinning weights.
        bones: Names of the bones, parents before children.
        parent: Index of each bone's parent, -1 at the root.
        bone_heads: Vertices whose mean is each bone's head.
        joints: Vertices whose mean is each joint, by name.
    """

    vertices: Points
    quads: Mapping[str, NDArray[np.int32]]
    quad_uvs: Mapping[str, NDArray[np.float32]]
    targets: Mapping[str, tuple[NDArray[np.int64], Points]]
    weights: NDArray[np.float32]
    bones: tuple[str, ...]
    parent: NDArray[np.int32]
    bone_heads: tuple[NDArray[np.int64], ...]
    joints: Mapping[str, NDArray[np.int64]]

    def joint(self, name: str, vertices: Points) -> Points:
        """Return the position (3,) of a joint of a shaped cage."""
        return vertices[self.joints[name]].mean(0)

    def displace(self, amounts: Mapping[str, float], vertices: Points | None = None) -> Points:
        """Return the cage (v, 3) moved by targets, each in its amount; 1 is the target as modelled.

        Raises:
            KeyError: If a target is unknown.
        """
        moved = np.array(self.vertices if vertices is None else vertices)
        for name, amount in amounts.items():
            if amount:
                index, delta = self.targets[name]
                moved[index] += amount * delta
        return moved


@lru_cache(maxsize=1)
def head_model() -> HeadModel:
    """Return the head model, read once per process.

    Raises:
        AssetError: If the data has not been fetched or is damaged.
    """
    a = load()
    groups = [name.removeprefix("quads/") for name in a if name.startswith("quads/")]
    start = a["targets/start"]
    index = a["targets/index"].astype(np.int64)
    delta = a["targets/delta"] * TARGET_STEP_M
    joints = {str(name): rows.astype(np.int64) for name, rows in zip(a["joints/names"], a["joints/index"], strict=True)}
    heads = [
        joints[str(cube)] if cube else row[row >= 0].astype(np.int64)
        for cube, row in zip(a["bones/cube"], a["bones/vertices"], strict=True)
    ]
    return HeadModel(
        vertices=a["vertices"].astype(np.float64),
        quads={name: a[f"quads/{name}"] for name in groups},
        quad_uvs={name: a["uvs"][a[f"quad_uvs/{name}"]] for name in groups},
        targets={
            str(name): (index[start[n] : start[n + 1]], delta[start[n] : start[n + 1]])
            for n, name in enumerate(a["targets/names"])
        },
        weights=_rigid_in_the_head(a),
        bones=tuple(map(str, a["weights/names"])),
        parent=a["bones/parent"],
        bone_heads=tuple(heads),
        joints=joints,
    )


def _rigid_in_the_head(a: Mapping[str, np.ndarray]) -> NDArray[np.float32]:
    """Return the skinning weights with eyes, teeth and tongue wholly on the head's bone."""
    weights = a["weights/values"].copy()
    head = [str(name) for name in a["weights/names"]].index("head")
    for group in ("eye_left", "eye_right", "teeth_upper", "teeth_lower", "tongue"):
        weights[np.unique(a[f"quads/{group}"])] = np.eye(weights.shape[1], dtype=np.float32)[head]
    return weights
