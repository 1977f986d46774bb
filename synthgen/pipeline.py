"""The program on one screen: draw, assemble, render, annotate, write."""

import time
from collections.abc import Callable
from pathlib import Path

from synthgen.annotate import annotate, attributes
from synthgen.assemble import assemble
from synthgen.devices import DeviceName
from synthgen.frame import Frame
from synthgen.progress import progress
from synthgen.run.local import Event, Summary, run_local
from synthgen.run.shards import require_shard, require_whole
from synthgen.scene import Scene
from synthgen.spec import SceneSpec, dump_spec
from synthgen.write import Dataset


def render_scene(scene: Scene, device: DeviceName = "auto", threads: int = 0, slot: int = 0) -> Frame:
    """Render and label one scene in this process.

    Args:
        scene: What to render.
        device: `auto` takes OPTIX, else CUDA, HIP, ONEAPI, else the CPU; any other must be there.
        threads: CPU threads; 0 for all.
        slot: Which of several GPUs to take, counted round.

    Raises:
        AssetError: If the head data has not been fetched.
        BlenderError: If Blender is not installed, or gives no picture.
        DeviceError: If the device is not there.
        SpecError: If an environment file is not there, or the number of threads cannot be.
    """
    require_whole(threads=(threads, 0))
    # the only place that imports Blender: everything else works without it
    from synthgen.blender import start_once
    from synthgen.blender.render import render

    chosen = start_once(device, threads, slot)
    started = time.process_time()
    geometry = assemble(scene)
    assembled = time.process_time()
    passes, clock = render(scene, geometry, chosen)
    rendered = time.process_time()
    labels = annotate(geometry, passes)
    clock = {"assemble": assembled - started, **clock, "annotate": time.process_time() - rendered}
    return Frame(
        scene=scene,
        passes=passes,
        labels=labels,
        attributes=attributes(scene, geometry),
        device={"kind": chosen.kind, "name": chosen.name, "reason": chosen.reason},
        seconds={name: round(value, 4) for name, value in clock.items()},
    )


def render_dataset(
    spec: SceneSpec,
    out: str | Path,
    count: int | None = None,
    *,
    workers: int = 1,
    device: DeviceName = "auto",
    threads: int = 0,
    shard: tuple[int, int] = (0, 1),
    spec_text: str | None = None,
    on_event: Callable[[Event], None] | None = None,
) -> Summary:
    """Render a data set in warm worker processes; what is finished already is skipped.

    Args:
        spec: What to draw from.
        out: Folder of the data set.
        count: How many samples; without it what the spec says.
        workers: Processes, each holding one Blender (and one GPU if there are several).
        device: As `render_scene`.
        threads: CPU threads of each worker; 0 shares out what there is.
        shard: (r, k): only samples whose index leaves r when divided by k.
        spec_text: The request as it was written, kept as spec.yaml; without it the spec is written out.
        on_event: Called for each finished or failed sample, in this process; without it a progress bar is shown.

    Returns:
        What was done: finished, skipped and failed indices, and whether it was interrupted.

    Raises:
        AssetError: If the head data has not been fetched.
        DeviceError: If the device is not there.
        OutputError: If the folder cannot be written.
        SpecError: If an environment file is not there, or a number or share cannot be.
    """
    total = count if count is not None else spec.total
    require_whole(count=(total, 1), workers=(workers, 1), threads=(threads, 0))
    require_shard(shard)
    dataset = Dataset(Path(out))
    dataset.prepare(spec, spec_text if spec_text is not None else dump_spec(spec), total)
    if on_event is not None:
        return run_local(spec, dataset, total, workers, device, threads, shard, on_event)
    with progress() as show:
        return run_local(spec, dataset, total, workers, device, threads, shard, show)
