"""What an all-new person's skin, eyes and mouth cost in a 512 px portrait, before any light is traced.

    python benchmarks/person.py [-n 6]

Maps of the skin, its vertices' values, its relief; eyeballs, wet edges of the lids, maps of irises and sclera; teeth,
gums and tongue. CPU seconds of the whole process; the median over the people after the first, who warms caches. Fails
if the sum is over the limit.
"""

import argparse
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import synthgen as sg
from synthgen import wardrobe
from synthgen.assemble import assemble
from synthgen.head.eyes import eyeball_meshes
from synthgen.head.model import head_model
from synthgen.head.mouth import mouth_meshes
from synthgen.head.tears import wet_meshes
from synthgen.linear_algebra import one_blas_thread
from synthgen.skin.fields import displacement_mm, skin_attributes
from synthgen.skin.maps import map_size, skin_maps
from synthgen.spec import SceneSpec
from synthgen.transforms import WORLD_FROM_HEAD_AXES

LIMIT_S = 1.5
PIXELS_PER_MM = 512 * 85 / 36 / 1000
"""Of a face a metre away behind a lens of 85 mm."""


def clocked(seconds: dict[str, float], name: str, work: Callable[[], Any]) -> Any:
    """Return what a piece of work returns, its CPU seconds entered under a name."""
    started = time.process_time()
    result = work()
    seconds[name] = time.process_time() - started
    return result


@one_blas_thread
def measure(person: int) -> dict[str, float]:
    """Return the CPU seconds of each part of a person."""
    scene = sg.sample_scene(SceneSpec.model_validate({"identity": {"ids": [person]}}), 0)
    geometry = assemble(scene, skin_map_size=256)
    head = geometry.world_from_head[:3, :3] @ WORLD_FROM_HEAD_AXES.T
    seconds: dict[str, float] = {}
    size = map_size(PIXELS_PER_MM)
    maps = clocked(
        seconds, "skin maps", lambda: skin_maps(scene.skin, scene.identity.age, scene.makeup, geometry.units, size)
    )
    clocked(seconds, "skin vertices", lambda: (skin_attributes(scene.skin, maps), displacement_mm(maps)))
    clocked(seconds, "eyeballs", lambda: [eyeball_meshes(eye) for eye in geometry.eyes])
    clocked(seconds, "lids' edges", lambda: [wet_meshes(geometry.skin, eye, head) for eye in geometry.eyes])
    clocked(seconds, "maps of the eyes", lambda: wardrobe.scene_materials(scene, maps))
    clocked(seconds, "mouth", lambda: mouth_meshes(head_model().vertices, scene.teeth))
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=6, help="people, the first of whom is left out")
    options = parser.parse_args()
    rows = [measure(person) for person in range(options.n)]
    warm = rows[1:] or rows
    for name in rows[0]:
        print(f"{name:16s} {median(row[name] for row in warm):6.2f}")
    total = median(sum(row.values()) for row in warm)
    print(f"{'all':16s} {total:6.2f}  (limit {LIMIT_S})")
    raise SystemExit(total > LIMIT_S)


if __name__ == "__main__":
    main()
