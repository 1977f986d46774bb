"""How accessories fit: depth in the skin, distance to the corneas, rest on nose and ears, faces and CPU time.

    python benchmarks/accessories.py                 # 50 people, 5 expressions, every shape
    python benchmarks/accessories.py -n 5 --first 7

Prints a row for each shape with the worst case of each measure and who it was, and fails if one is beyond its limit.
Depths are along rays from the vertices that lie inside the skin, independent of how the fit measures.
"""

import argparse
import time
from collections import defaultdict

import numpy as np
from scipy.spatial import KDTree

from synthgen.accessories import glasses
from synthgen.accessories.fit import Fit, fit_head
from synthgen.accessories.glasses.frames import SHAPES
from synthgen.assemble import SceneGeometry, assemble
from synthgen.head.skin import skin_surface
from synthgen.mesh import Mesh
from synthgen.rays import RayScene
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec
from synthgen.transforms import WORLD_FROM_HEAD_AXES, apply, invert, rigid

EXPRESSIONS = ("neutral", "happiness", "anger", "surprise", "disgust")
LIMITS = {"depth mm": 1.0, "tips mm": 2.0, "lens mm": 0.0, "cornea mm": 6.0, "nose gap mm": 0.3, "ear gap mm": 3.0}
"""Most allowed, but of the distance to the cornea, which is the least. Tips are what lies behind the ears; the depth is
that of the rest of the frame, pads included."""
MOST_FACES, MOST_CPU_S = 60_000, 0.5


def person(number: int, expression: str) -> SceneGeometry:
    """Return a bare person."""
    spec = {
        "identity": {"ids": [number]},
        "expression": {"name": expression},
        "hair": {"style": "bald"},
        "facial_hair": {"style": "none"},
    }
    return assemble(sample_scene(SceneSpec.model_validate(spec), 0), skin_map_size=64)


def worn(shape: str, number: int) -> glasses.Glasses:
    """Return a pair of glasses of a shape with the usual spread of sizes, powers and slides."""
    spec = {"accessories": {"glasses": {"kind": "glasses", "shape": shape}}, "seed": number}
    item = sample_scene(SceneSpec.model_validate({**spec, "identity": {"ids": [0]}}), 0).accessories.glasses
    assert isinstance(item, glasses.Glasses)
    return item


class Skin:
    """The skin of one head, to measure against."""

    def __init__(self, geometry: SceneGeometry):
        """Build rays and trees."""
        surface = skin_surface()
        firm = surface.triangles[~np.isin(surface.island, ["mouth", "socket"])]
        used = np.unique(firm)
        self.rays, self.tree = RayScene(geometry.skin, firm), KDTree(geometry.skin[used])
        self.normals = surface.normals(geometry.skin)[used]

    def gap_mm(self, points: np.ndarray) -> float:
        """Return how far the nearest of some points (n, 3) is from the skin; 0 if it touches."""
        away, nearest = self.tree.query(points)
        near = away < 0.02
        out = ((points - self.tree.data[nearest]) * self.normals[nearest]).sum(1)
        return float(max(out[near].min(initial=0.02), 0) * 1e3)

    def depth_mm(self, points: np.ndarray) -> float:
        """Return how deep the deepest of some points (n, 3) lies in the skin."""
        near = points[self.tree.query(points)[0] < 0.02]
        inside = near[self.rays.depth_inside(near) > 0] if len(near) else near
        if not len(inside):
            return 0.0
        out = self.normals[self.tree.query(inside)[1]]
        return float(self.rays.first_hit(inside, out)[1].max() * 1e3)


def measure(meshes: tuple[Mesh, ...], fit: Fit, skin: Skin) -> dict[str, float]:
    """Return what is limited, of one pair of glasses on one head."""
    frame, *lenses = meshes
    places = apply(invert(fit.world_from_fit), frame.vertices) * 1e3
    corneas = fit.to_world(fit.corneas)
    grooves = [fit.ear_groove(side)[0] for side in ("left", "right")]
    tips = places[:, 1] > min(groove[1] for groove in grooves) - 3
    return {
        "depth mm": skin.depth_mm(frame.vertices[~tips]),
        "tips mm": skin.depth_mm(frame.vertices[tips]),
        "lens mm": max(skin.depth_mm(lens.vertices) for lens in lenses),
        "cornea mm": min(
            float(np.linalg.norm(lens.vertices - cornea, axis=1).min() * 1e3)
            for lens, cornea in zip(lenses, corneas, strict=True)
        ),
        "nose gap mm": max(skin.gap_mm(frame.vertices[_between(places[:, 0] * sign, 2, 20)]) for sign in (1, -1)),
        "ear gap mm": max(float(np.linalg.norm(places - groove, axis=1).min()) for groove in grooves),
    }


def _between(values: np.ndarray, low: float, high: float) -> np.ndarray:
    return (values > low) & (values < high)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=50, help="people")
    parser.add_argument("--first", type=int, default=0, help="number of the first")
    options = parser.parse_args()
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    names: list[str] = []
    for number in range(options.first, options.first + options.n):
        pairs = {shape: worn(shape, number) for shape in SHAPES}
        for expression in EXPRESSIONS:
            geometry = person(number, expression)
            turned = rigid(geometry.world_from_head[:3, :3] @ WORLD_FROM_HEAD_AXES.T, np.zeros(3))
            fit = fit_head(geometry.skin, skin_surface().normals(geometry.skin), turned, geometry.eyes)
            skin = Skin(geometry)
            names.append(f"{number} {expression}")
            for shape, pair in pairs.items():
                started = time.process_time()
                meshes = glasses.build(pair, fit).meshes
                spent = time.process_time() - started
                faces = sum(len(mesh.triangles) for mesh in meshes)
                found[shape].append({**measure(meshes, fit, skin), "faces": faces, "cpu s": spent})
    failures = []
    print(f"{'shape':16}" + "".join(f"{name:>25}" for name in LIMITS) + f"{'faces':>8}{'cpu s':>7}")
    for shape, rows in found.items():
        line = f"{shape:16}"
        for name, limit in LIMITS.items():
            values = np.array([row[name] for row in rows])
            worst = int(values.argmin() if name == "cornea mm" else values.argmax())
            line += f"{values[worst]:8.2f} ({names[worst]:>14})"
            if values[worst] < limit if name == "cornea mm" else values[worst] > limit:
                failures.append(f"{shape}: {name} {values[worst]:.2f}, limit {limit} ({names[worst]})")
        faces, spent = max(row["faces"] for row in rows), float(np.median([row["cpu s"] for row in rows]))
        print(f"{line}{faces:8.0f}{spent:7.3f}")
        if faces > MOST_FACES or spent > MOST_CPU_S:
            failures.append(f"{shape}: {faces} faces, {spent:.2f} CPU-s")
    if failures:
        raise SystemExit("\n".join(failures))


if __name__ == "__main__":
    main()
