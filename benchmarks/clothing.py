"""How garments fit: what sticks out of them, faces and CPU time.

    python benchmarks/clothing.py                 # 20 people in four poses, every garment
    python benchmarks/clothing.py -n 3 --first 7

Prints a row for each garment with the worst case of each measure and who it was, and fails if one is beyond its limit.
What lies below cloth is skin, or a T-shirt below outerwear; how far it sticks out is measured by rays back to cloth.
"""

import argparse
import time
from collections import defaultdict

import numpy as np

from synthgen.assemble import SceneGeometry, assemble
from synthgen.clothing import GARMENTS, KINDS, OUTERWEAR, dress
from synthgen.clothing.kind import GarmentKind
from synthgen.head.pose import pose_cage, pose_skeleton
from synthgen.mesh import Mesh, as_one, face_normals
from synthgen.rays import RayScene
from synthgen.scene import Scene, sample_scene
from synthgen.spec import SceneSpec

POSES: tuple[dict[str, float], ...] = (
    {},
    {"yaw_deg": 45},
    {"pitch_deg": -30, "roll_deg": 15},
    {"pitch_deg": 25, "yaw_deg": -30},
)
LIMITS = {"out %": 1.0, "faces": 60_000.0, "cpu s": 1.0}
"""Share of the vertices under cloth that stick out of it by more than a millimetre, most of them where arm and side
press sleeves between them; faces of the largest instance; CPU time."""
DEEP_MM, REACH_M = 6.0, 0.012


def person(number: int, pose: dict[str, float], kind: GarmentKind) -> Scene:
    """Return someone who wears a garment."""
    place = "outerwear" if kind in OUTERWEAR else "clothing"
    below = {"clothing": {"kind": "tshirt"}} if kind in OUTERWEAR else {}
    bare = {"hair": {"style": "bald"}, "facial_hair": {"style": "none"}}
    spec = {"seed": number, "identity": {"ids": [number]}, "head_pose": pose, **bare, **below}
    return sample_scene(SceneSpec.model_validate({**spec, place: {"kind": kind.name}}), 0)


def sticking_out_mm(inner: Mesh, covers_mm: np.ndarray, cloth: list[Mesh]) -> np.ndarray:
    """Return how far the vertices of a mesh that lie under cloth stick out of it."""
    vertices, triangles = as_one(cloth)
    points, normals = (values[covers_mm > DEEP_MM] for values in (inner.vertices, inner.shading_normals()))
    hit, distance = RayScene(vertices, triangles).first_hit(points, -normals, REACH_M)
    facing = (face_normals(vertices, triangles)[hit] * normals).sum(1) > 0
    return np.where((hit >= 0) & facing, distance * 1e3, 0.0)


def measure(scene: Scene, geometry: SceneGeometry, kind: GarmentKind) -> dict[str, float]:
    """Return what is limited, of one garment on one person."""
    over = kind in OUTERWEAR
    worn = scene.outerwear if over else scene.clothing
    inner = next(mesh for mesh in geometry.meshes if mesh.name == ("tshirt" if over else "skin"))
    covers = np.array(kind.covers(worn, inner.attributes["rest_mm"]))
    if over:  # edges of the T-shirt are turned in
        covers[KINDS["tshirt"].covers(scene.clothing, inner.attributes["rest_mm"]) < 3] = 0
    names = {"blazer", "shirt"} if kind.name == "suit" else {kind.name}
    out = sticking_out_mm(inner, covers, [mesh for mesh in geometry.meshes if mesh.name in names])
    faces: dict[str, int] = defaultdict(int)
    for mesh in geometry.meshes:
        if mesh.instance in names:
            faces[mesh.instance] += len(mesh.triangles)
    cage = scene.identity.cage()
    posed = pose_cage(cage, pose_skeleton(cage, scene.head_pose))
    started = time.process_time()
    dress(scene.clothing, scene.outerwear, scene.trousers, posed)
    spent = time.process_time() - started
    return {"out %": 100 * float((out > 1).mean()), "faces": float(max(faces.values())), "cpu s": spent}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=20, help="people")
    parser.add_argument("--first", type=int, default=0, help="number of the first")
    options = parser.parse_args()
    failures = []
    print(f"{'garment':16}" + "".join(f"{name:>10} (worst)" for name in LIMITS))
    for kind in (*GARMENTS, *OUTERWEAR):
        rows, names = [], []
        for number in range(options.first, options.first + options.n):
            pose = POSES[number % len(POSES)]
            scene = person(number, pose, kind)
            rows.append(measure(scene, assemble(scene, skin_map_size=64), kind))
            names.append(f"{number}")
        line = f"{kind.name:16}"
        for name, limit in LIMITS.items():
            values = np.array([row[name] for row in rows])
            # the first of a kind also cuts its pattern
            worst = int(values.argmax())
            value = float(np.median(values)) if name == "cpu s" else float(values[worst])
            line += f"{value:10.2f} ({names[worst]:>5})"
            if value > limit:
                failures.append(f"{kind.name}: {name} {value:.2f}, limit {limit:g} (person {names[worst]})")
        print(line, flush=True)
    if failures:
        raise SystemExit("\n".join(failures))


if __name__ == "__main__":
    main()
