"""How headwear fits: depth in the skin, rest on the head, hair that pokes through, faces and CPU time.

    python benchmarks/headwear.py                        # 50 people, every kind, expressions in turn
    python benchmarks/headwear.py -n 10 --kinds cap,beanie

Prints a row for each kind with the worst case of each measure and who it was, and fails if one is beyond its limit.
People wear the hair and the expression they draw. Hair is measured by rays from the middle of the head through each
point: it pokes through if a hat lies before it and nothing of the hat behind.
"""

import argparse
import time
from collections import defaultdict

import numpy as np
from accessories import EXPRESSIONS, MOST_CPU_S, MOST_FACES, Skin

from synthgen.accessories import KINDS, PLACES
from synthgen.accessories.fit import fit_head
from synthgen.assemble import SceneGeometry, assemble
from synthgen.head.skin import skin_surface
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.rays import RayScene
from synthgen.scene import Scene, sample_scene
from synthgen.spec import SceneSpec
from synthgen.transforms import WORLD_FROM_HEAD_AXES, rigid

LIMITS = {"depth mm": 1.0, "gap mm": 2.5, "hair %": 0.05}
"""Most allowed: how deep a vertex lies in the skin, how far the nearest one is from it, with hair between, and points
of hair that poke through."""
MIDDLE_MM = np.array([0.0, 75.0, 25.0])
MOST_POINTS = 60_000


def wearing(kind: str, number: int) -> Scene:
    """Return a person who wears a kind."""
    spec = {
        "seed": number,
        "identity": {"ids": [number]},
        "expression": {"name": EXPRESSIONS[number % len(EXPRESSIONS)]},
        "accessories": {"headwear": {"kind": kind}},
    }
    return sample_scene(SceneSpec.model_validate(spec), 0)


def poking_share(geometry: SceneGeometry, hat: tuple[Mesh, ...], middle: np.ndarray) -> float:
    """Return the share of the hair's points that lie outside of a hat they should be under."""
    points = [strands.points.reshape(-1, 3) for strands in geometry.strands if strands.part == Part.HAIR]
    if not points:
        return 0.0
    found = np.concatenate(points)
    found = found[:: max(1, len(found) // MOST_POINTS)]
    starts = np.cumsum([0, *(len(mesh.vertices) for mesh in hat)])
    triangles = np.concatenate([mesh.triangles + start for mesh, start in zip(hat, starts[:-1], strict=True)])
    rays = RayScene(np.concatenate([mesh.vertices for mesh in hat]), triangles)
    ways = found - middle
    away = np.linalg.norm(ways, axis=1)
    before = rays.first_hit(np.broadcast_to(middle, found.shape), ways)[1] < away
    behind = np.isfinite(rays.first_hit(found, ways, 0.03)[1])
    return float((before & ~behind).mean())


def measure(scene: Scene) -> dict[str, float]:
    """Return what is limited, of one hat on one head."""
    geometry, kind = assemble(scene, skin_map_size=64), KINDS[scene.accessories.worn[0].kind]
    hat = tuple(mesh for mesh in geometry.meshes if mesh.instance == kind.name)
    turned = rigid(geometry.world_from_head[:3, :3] @ WORLD_FROM_HEAD_AXES.T, np.zeros(3))
    normals = skin_surface().normals(geometry.skin)
    fit = fit_head(geometry.skin, normals, turned, geometry.eyes, geometry.strands)
    started = time.process_time()
    kind.build(scene.accessories.worn[0], fit)
    spent = time.process_time() - started
    skin, vertices = Skin(geometry), np.concatenate([mesh.vertices for mesh in hat])
    return {
        "depth mm": skin.depth_mm(vertices),
        "gap mm": skin.gap_mm(vertices),
        "hair %": 100 * poking_share(geometry, hat, fit.to_world(MIDDLE_MM[None])[0]),
        "faces": sum(len(mesh.triangles) for mesh in hat),
        "cpu s": spent,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("-n", type=int, default=50, help="people")
    parser.add_argument("--first", type=int, default=0, help="number of the first")
    parser.add_argument("--kinds", default=",".join(kind.name for kind in PLACES["headwear"]))
    options = parser.parse_args()
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    people = range(options.first, options.first + options.n)
    failures = []
    print(f"{'kind':18}" + "".join(f"{name:>15}" for name in LIMITS) + f"{'faces':>8}{'cpu s':>7}")
    for kind in options.kinds.split(","):
        rows = found[kind] = [measure(wearing(kind, number)) for number in people]
        line = f"{kind:18}"
        for name, limit in LIMITS.items():
            values = np.array([row[name] for row in rows])
            worst = int(values.argmax())
            line += f"{values[worst]:8.2f} ({people[worst]:>4})"
            if values[worst] > limit:
                failures.append(f"{kind}: {name} {values[worst]:.2f}, limit {limit} (person {people[worst]})")
        faces, spent = max(row["faces"] for row in rows), float(np.median([row["cpu s"] for row in rows]))
        print(f"{line}{faces:8.0f}{spent:7.3f}", flush=True)
        if faces > MOST_FACES or spent > MOST_CPU_S:
            failures.append(f"{kind}: {faces} faces, {spent:.2f} CPU-s")
    if failures:
        raise SystemExit("\n".join(failures))


if __name__ == "__main__":
    main()
