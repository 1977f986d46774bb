"""Where the CPU time of a sample goes: all-new people on a warm worker, and what is not rendering.

    python benchmarks/overhead.py [-n 6] [--quality standard] [--threads 4] [--config configs/portrait.yaml]

Cycles' part is split by the status it reports: "Sample 0/16" ends the set-up (synchronising, BVH, importance map of the
environment), "Sample 16/16" comes after path tracing and denoising. Denoising is what a second render without it saves.
The tree of the strands is told apart from other set-up: like path tracing it is what a style of hair costs to render,
which `benchmarks/hair.py --render` prints for each.
CPU seconds of the whole process, all threads; the median over the samples after the first, which also warms caches.
"""

import argparse
import re
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

import synthgen as sg
from synthgen.quality import QUALITIES

STAGES = (
    *("sample", "assemble", "build", "labels", "coverage", "sync + BVH", "hair BVH", "beauty", "denoise"),
    *("annotate", "write"),
)
RENDERING = ("coverage", "hair BVH", "beauty", "denoise")
STRANDS = re.compile("Updating Geometry BVH (hair|beard|moustache|brow|lash|vellus)")
LIMIT_S = 6.5
"""3 for the machine itself, 1.5 for maps of skin, eyes and mouth, 1 for the building of hair, 1 for a garment."""


class CyclesClock:
    """CPU seconds of Cycles renders by phase, from the status strings Blender hands to its `render_stats` handlers."""

    def __init__(self) -> None:
        self.seconds: list[Counter[str]] = []
        self._since, self._phase, self._strands = 0.0, "set-up", False

    def attach(self) -> None:
        import bpy

        bpy.app.handlers.render_pre.append(self._begin)
        bpy.app.handlers.render_stats.append(self._status)

    def _begin(self, *_: Any) -> None:
        self.seconds.append(Counter())
        self._since, self._phase, self._strands = time.process_time(), "set-up", False

    def _status(self, text: str, *_: Any) -> None:
        now = time.process_time()
        self.seconds[-1]["strands" if self._strands else self._phase] += now - self._since
        self._since, self._strands = now, STRANDS.search(text) is not None
        if found := re.search(r"Sample (\d+)/(\d+)", text):
            self._phase = "close" if found[1] == found[2] else "tracing"


def measure(spec: sg.SceneSpec, index: int, out: Path, clock: CyclesClock, threads: int) -> dict[str, float]:
    """Return CPU seconds by stage of one sample; `labels` holds the whole of the label render."""
    clock.seconds.clear()
    started = time.process_time()
    scene = sg.sample_scene(spec, index)
    drawn = time.process_time()
    frame = sg.render_scene(scene, "cpu", threads)
    rendered = time.process_time()
    sg.write_frame(frame, out)
    written = time.process_time()
    given = dict(frame.seconds)
    _, coverage, beauty = (one["tracing"] for one in clock.seconds)  # the order of blender/render.py with one camera
    strands = sum(one["strands"] for one in clock.seconds[1:])
    setup = given["coverage"] + given["beauty"] - coverage - beauty - strands
    denoise = beauty - _noisy_seconds(clock)
    return {
        "sample": drawn - started,
        **{name: given[name] for name in ("assemble", "build", "labels", "annotate")},
        "coverage": coverage,
        "beauty": beauty - denoise,
        "denoise": denoise,
        "sync + BVH": setup,
        "hair BVH": strands,
        "write": written - rendered,
    }


def _noisy_seconds(clock: CyclesClock) -> float:
    """Render the picture that is set up in Blender once more, without denoising."""
    import bpy

    from synthgen.blender.session import render_passes

    bpy.context.scene.cycles.use_denoising = False
    render_passes()
    return clock.seconds[-1]["tracing"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=6, help="samples, the first of which is left out")
    parser.add_argument("--quality", choices=list(QUALITIES), default="standard")
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--config", default="configs/portrait.yaml")
    options = parser.parse_args()
    spec = sg.load_spec(options.config)
    spec = spec.model_copy(update={"render": spec.render.model_copy(update={"quality": options.quality})})
    clock = CyclesClock()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        from synthgen.blender import start_once

        start_once("cpu", options.threads, 0)
        clock.attach()
        for index in range(options.n):
            rows.append(measure(spec, index, Path(folder), clock, options.threads))
            print(f"sample {index}: " + "  ".join(f"{name} {rows[-1][name]:.2f}" for name in STAGES), flush=True)
    warm = rows[1:] or rows
    print(f"\nmedian of {len(warm)}, CPU seconds, {options.quality}, {options.threads} threads")
    for name in STAGES:
        mark = "rendering" if name in RENDERING else ""
        print(f"{name:12s} {median(row[name] for row in warm):7.2f}  {mark}")
    rest = median(sum(value for name, value in row.items() if name not in RENDERING) for row in warm)
    total = median(sum(row.values()) for row in warm)
    print(f"{'all':12s} {total:7.2f}\n{'overhead':12s} {rest:7.2f}  (limit {LIMIT_S})")
    raise SystemExit(rest > LIMIT_S)


if __name__ == "__main__":
    main()
