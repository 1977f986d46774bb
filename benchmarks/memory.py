"""Memory of one warm worker over many all-new people: it must not grow, nor ever be too much.

    python benchmarks/memory.py [-n 100] [--size 512] [--hair long_wavy] [--config configs/portrait.yaml]

Prints the resident size after every tenth sample, its peak, and the growth of a line through the second half.
"""

import argparse
import resource
import tempfile
from pathlib import Path

import numpy as np

import synthgen as sg
from synthgen.spec import SceneSpec

GROWTH_MB, PEAK_MB = 0.1, 1500
"""Limits: a sample, over the second half; and at any time, at 512 px."""


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=100)
    parser.add_argument("--size", type=int, default=512, help="pixels across each picture")
    parser.add_argument("--quality", default="draft")
    parser.add_argument("--config", default="configs/portrait.yaml")
    parser.add_argument("--hair", default="long_wavy", help="style of all: the heaviest, unless told otherwise")
    options = parser.parse_args()
    wanted = sg.load_spec(options.config).model_dump(mode="json")
    wanted["render"]["quality"] = options.quality
    wanted["hair"] = {"style": options.hair}
    for rig in wanted["rigs"]:
        for camera in rig["cameras"]:
            camera["width_px"] = camera["height_px"] = options.size
    spec = SceneSpec.model_validate(wanted)
    sizes = []
    with tempfile.TemporaryDirectory() as folder:
        for index in range(options.n):
            sg.write_frame(sg.render_scene(sg.sample_scene(spec, index), "cpu"), folder)
            sizes.append(resident_mb())
            if index % 10 == 9:
                print(f"after {index + 1:4d} samples: {sizes[-1]:7.1f} MB", flush=True)
    late = np.arange(options.n // 2, options.n)
    growth = float(np.polyfit(late, np.array(sizes)[late], 1)[0])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"growth over the second half {growth:.3f} MB a sample (limit {GROWTH_MB})")
    print(f"peak {peak:.0f} MB (limit {PEAK_MB} at 512 px)")
    raise SystemExit(growth > GROWTH_MB or (options.size <= 512 and peak > PEAK_MB))


if __name__ == "__main__":
    main()
