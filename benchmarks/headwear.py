"""How headwear and neckwear fit: depth in the skin, rest on it, hair that pokes through, faces and CPU time.

    python benchmarks/headwear.py                        # 50 people, every kind
    python benchmarks/headwear.py -n 10 --kinds cap,beanie --sheet worst.png

Prints a row for each kind with the worst case of each measure and who it was, and fails if one is beyond its limit.
People wear the hair they draw; what goes about the jaw or the chin is measured at five expressions each, the rest at
one, in turn. A point of hair pokes through if the hat lies before it, seen from the skin nearest to it and from the
middle of the head, and nothing of the hat behind.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from accessories import EXPRESSIONS, MOST_CPU_S, MOST_FACES, Skin, fitted, gap_mm
from pictures import draw
from scipy.spatial import KDTree

from synthgen.accessories import KINDS, PLACES, press_hair
from synthgen.accessories.fit import Fit
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec
from synthgen.strands import Strands

KINDS_OF = {kind.name: place for place in ("headwear", "neckwear") for kind in PLACES[place]}
ABOUT_THE_JAW = ("bike_helmet", "motorcycle_helmet", "hijab", "hood", "niqab")
LIMITS = {"depth mm": 1.0, "gap mm": 2.5, "hair %": 0.05}
"""Most allowed: how deep a vertex lies in the skin, how far the nearest one is from it, with hair between, and points
of hair that poke through. The last two are of headwear alone: neckwear lies on clothes, and hair on it."""
ON_A_COLLAR = ("hood",)
"""Sewn to a garment: their gap is that from clothes where these are nearer, as tall collars keep them off the neck."""
FALLS_OUT = ("headscarf",)
"""Hair comes out below these and falls over them: it is not measured."""
MIDDLE_MM = np.array([[0.0, 75.0, 25.0]])
MOST_POINTS = 60_000
Case = tuple[int, str, dict[str, float]]
"""Who, with which expression, and what is measured."""


def spec_of(number: int, expression: str, kind: str = "") -> SceneSpec:
    """Return a person, who perhaps wears a kind."""
    return SceneSpec.model_validate(
        {
            "seed": number,
            "identity": {"ids": [number]},
            "expression": {"name": expression},
            "accessories": {KINDS_OF[kind]: {"kind": kind}} if kind else {},
            "outputs": ["rgb", "amodal"],
        }
    )


@lru_cache(maxsize=4)
def person(number: int, expression: str, kind: str) -> tuple[Fit, Skin]:
    """Return a person whose ears are as a kind presses them, without it; "" for ears that nothing presses."""
    return fitted(sample_scene(spec_of(number, expression, kind), 0))


def poking_share(fit: Fit, strands: Sequence[Strands], hat: Sequence[Mesh]) -> float:
    """Return the share of the hair's points that lie outside of a hat they should be under."""
    points = [one.points.reshape(-1, 3) for one in strands if one.part == Part.HAIR]
    if not points:
        return 0.0
    found = fit.from_world(np.concatenate(points))
    found = found[:: max(1, len(found) // MOST_POINTS)]
    rays = fit.rays_at(hat)
    out = found - MIDDLE_MM
    outside = rays.first_hit(found, -out)[1] < np.linalg.norm(out, axis=1)
    found, out, everyone = found[outside], out[outside], len(found)
    away, nearest = KDTree(fit.skin).query(found)
    from_skin = rays.first_hit(found, fit.skin[nearest] - found + 1e-6)[1] < away
    behind = np.isfinite(rays.first_hit(found, out, 30.0)[1])
    return float((from_skin & ~behind).sum() / everyone)


def measure(number: int, expression: str, name: str, pressed_by: dict[tuple, str]) -> dict[str, float]:
    """Return what is limited, of one hat on one head.

    Args:
        number: Of the person.
        expression: Name.
        name: Of the kind.
        pressed_by: The first kind that presses a person's ears so, by person, expression and targets; it is added to.
    """
    kind = KINDS[name]
    item = sample_scene(spec_of(number, expression, name), 0).accessories.worn[0]
    targets = frozenset(kind.targets(item).items())
    pressed_by.setdefault((number, expression, targets), name if targets else "")
    fit, skin = person(number, expression, pressed_by[number, expression, targets])
    fit = replace(fit)  # without what other kinds have asked of it already
    started = time.process_time()
    worn = kind.build(item, fit)
    spent = time.process_time() - started
    strands = press_hair(worn.press, fit.strands, fit.world_from_fit) if worn.press else fit.strands
    on_head = KINDS_OF[name] == "headwear"
    vertices = np.concatenate([mesh.vertices for mesh in worn.meshes])
    collars = fit.worn if name in ON_A_COLLAR else ()
    gap = min((gap_mm(KDTree(m.vertices), m.shading_normals(), vertices) for m in collars), default=np.inf)
    return {
        "depth mm": skin.depth_mm(vertices),
        "gap mm": min(gap, skin.gap_mm(vertices)) if on_head else 0.0,
        "hair %": 100 * poking_share(fit, strands, worn.meshes) if on_head and name not in FALLS_OUT else 0.0,
        "faces": sum(len(mesh.triangles) for mesh in worn.meshes),
        "cpu s": spent,
    }


def cases(number: int, kinds: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the expressions of a person and the kinds to measure at each."""
    for turn, expression in enumerate(EXPRESSIONS):
        for kind in kinds:
            if kind in ABOUT_THE_JAW or turn == number % len(EXPRESSIONS):
                yield expression, kind


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("-n", type=int, default=50, help="people")
    parser.add_argument("--first", type=int, default=0, help="number of the first")
    parser.add_argument("--kinds", default=",".join(KINDS_OF))
    parser.add_argument("--sheet", type=Path, help="render the worst case of each kind to this picture")
    parser.add_argument("--size", type=int, default=256, help="of a picture, pixels")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    found: dict[str, list[Case]] = defaultdict(list)
    pressed_by: dict[tuple, str] = {}
    for number in range(options.first, options.first + options.n):
        for expression, kind in cases(number, options.kinds.split(",")):
            found[kind].append((number, expression, measure(number, expression, kind, pressed_by)))
    failures, worst = [], []
    print(f"{'kind':18}" + "".join(f"{name:>15}" for name in LIMITS) + f"{'faces':>8}{'cpu s':>7}")
    for kind, rows in found.items():
        line = f"{kind:18}"
        for name, limit in LIMITS.items():
            number, expression, values = max(rows, key=lambda row: row[2][name])
            line += f"{values[name]:8.2f} ({number:>4})"
            if values[name] > limit:
                failures.append(f"{kind}: {name} {values[name]:.2f}, limit {limit} (person {number}, {expression})")
        faces, spent = max(row[2]["faces"] for row in rows), float(np.median([row[2]["cpu s"] for row in rows]))
        print(f"{line}{faces:8.0f}{spent:7.3f}", flush=True)
        if faces > MOST_FACES or spent > MOST_CPU_S:
            failures.append(f"{kind}: {faces} faces, {spent:.2f} CPU-s")
        worst.append((kind, max(rows, key=lambda row: max(row[2][name] / limit for name, limit in LIMITS.items()))))
    if options.sheet:
        pictured = [(told(kind, case), spec_of(*case[:2], kind)) for kind, case in worst]
        draw(pictured, options.sheet, options.size, options.threads)
    if failures:
        raise SystemExit("\n".join(failures))


def told(kind: str, case: Case) -> str:
    """Return what is written on a picture of a case."""
    number, expression, values = case
    return f"{kind}, {number}, {expression}\n" + ", ".join(f"{name} {values[name]:.2f}" for name in LIMITS)


if __name__ == "__main__":
    main()
