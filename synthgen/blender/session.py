"""A warm Blender: checked, silent, with a device chosen and every pass caught as an array."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from synthgen.devices import DeviceName
from synthgen.errors import BlenderError, DeviceError
from synthgen.system_libraries import RENDER, missing, remedy

WANTED = "5.0.1"
OF_SCENE = "of_scene"
"""Property of images that go with a scene."""

if _lacking := missing(RENDER):
    raise BlenderError(f"Blender needs system libraries that are not installed; {remedy(_lacking)}")
# A process that has imported bpy hands its sys.path to those it spawns, with Blender's own `bpy` package in front.
if "bpy" not in sys.modules:
    sys.path[:] = [entry for entry in sys.path if "/bpy/5.0/scripts" not in Path(entry).as_posix()]


@contextmanager
def silence() -> Iterator[None]:
    """Keep Blender's C code from printing to standard output."""
    sys.stdout.flush()
    keep, null = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, 1)
        yield
    finally:
        os.dup2(keep, 1)
        os.close(keep)
        os.close(null)


try:
    with silence():  # it complains on standard output of what it does not find, such as /etc/mtab
        import bpy
except ImportError as error:
    raise BlenderError(
        f"Blender cannot be imported ({error}); it needs Python 3.11: pip install 'synthgen[render]'"
    ) from error
if bpy.app.version_string != WANTED:
    raise BlenderError(f"Blender {bpy.app.version_string} is installed; allowed: {WANTED}, pip install bpy=={WANTED}")


@dataclass(frozen=True)
class Device:
    """What Cycles computes on.

    Attributes:
        kind: OPTIX, CUDA, HIP, ONEAPI or CPU.
        name: Of the hardware.
        reason: Why it was chosen, what was not there.
    """

    kind: str
    name: str
    reason: str


GPU_KINDS = ("OPTIX", "CUDA", "HIP", "ONEAPI")
_captured: dict[str, np.ndarray] = {}


def choose_device(wanted: DeviceName = "auto", slot: int = 0) -> Device:
    """Set Cycles to a device: OPTIX, else CUDA, HIP, ONEAPI, else CPU; or to exactly the one that is wanted.

    One GPU per process: of several, the one that `slot` points to, counted round.

    Raises:
        DeviceError: If the wanted device is not there.
    """
    preferences = bpy.context.preferences.addons["cycles"].preferences
    tried = []
    kinds = GPU_KINDS if wanted == "auto" else () if wanted == "cpu" else (wanted.upper(),)
    for kind in kinds:
        found, problem = _devices_of(preferences, kind)
        if found:
            mine = found[slot % len(found)]
            for device in preferences.devices:
                device.use = device == mine
            reason = "asked for" if wanted != "auto" else "; ".join([*tried, f"{kind} found"])
            return Device(kind, mine.name, reason)
        tried.append(f"{kind}: {problem}")
    if wanted not in ("auto", "cpu"):
        raise DeviceError(f"device {wanted} is not there ({'; '.join(tried)}); allowed here: {', '.join(available())}")
    preferences.compute_device_type = "NONE"
    return Device("CPU", _cpu_name(), "asked for" if wanted == "cpu" else "; ".join(tried))


def available() -> list[str]:
    """Return the names of the devices that are there, CPU last."""
    preferences = bpy.context.preferences.addons["cycles"].preferences
    return [kind.lower() for kind in GPU_KINDS if _devices_of(preferences, kind)[0]] + ["cpu"]


def _devices_of(preferences: Any, kind: str) -> tuple[list[Any], str]:
    try:
        preferences.compute_device_type = kind
    except TypeError:
        return [], "not built in"
    with silence():  # Cycles complains of each driver that is not there
        preferences.refresh_devices()
    return [device for device in preferences.devices if device.type == kind], "no device"


def _cpu_name() -> str:
    try:
        with open("/proc/cpuinfo") as file:  # noqa: PTH123
            return next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return "CPU"


@lru_cache(maxsize=1)
def _catch_passes() -> None:
    """Copy every pass to numpy as Cycles finishes a layer: no compositor, no files.

    Cycles' render engine class is wrapped. It is private to Blender, which is why the version is pinned.
    """
    import addon_utils

    if "cycles" not in bpy.context.preferences.addons:
        addon_utils.enable("cycles")
    import cycles

    inner = cycles.CyclesRender.render

    def render(self: Any, depsgraph: Any) -> None:
        inner(self, depsgraph)
        result = self.get_result()
        for layer in result.layers:
            for one in layer.passes:
                pixels = np.empty((result.resolution_y, result.resolution_x, one.channels), np.float32)
                one.rect.foreach_get(pixels.reshape(-1))
                _captured[one.name] = pixels[::-1]

    cycles.CyclesRender.render = render


def render_passes() -> dict[str, np.ndarray]:
    """Render the scene and return its passes, (height, width, channels) float32, first row on top.

    Raises:
        BlenderError: If Cycles gives no picture.
    """
    _captured.clear()
    # persistent data keeps the tracer's own settings from the last render unless the scene is tagged
    bpy.context.scene.update_tag()
    with silence():
        bpy.ops.render.render()
    if "Combined" not in _captured:
        raise BlenderError("Cycles gave no picture (out of memory?)")
    return dict(_captured)


def empty_scene() -> Any:
    """Return Blender's scene empty; images that serve every scene (environments, relief) are kept."""
    scene = bpy.context.scene
    scene.camera, scene.world = None, None
    data = bpy.data
    for blocks in (data.objects, data.meshes, data.hair_curves, data.materials, data.lights, data.cameras):
        bpy.data.batch_remove(list(blocks))
    bpy.data.batch_remove(list(bpy.data.worlds))
    bpy.data.batch_remove([image for image in bpy.data.images if OF_SCENE in image])
    return scene


def add_object(name: str, data: Any) -> Any:
    """Add geometry to the scene and return its object, which only renders show: viewports would keep a copy of it."""
    holder = bpy.data.objects.new(name, data)
    holder.hide_viewport = True
    bpy.context.scene.collection.objects.link(holder)
    return holder


def start(threads: int) -> Any:
    """Return an empty scene set up for Cycles, with a number of CPU threads (0 for all)."""
    with silence():
        bpy.ops.wm.read_factory_settings(use_empty=True)
        _catch_passes()
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.threads_mode = "FIXED" if threads else "AUTO"
    if threads:
        scene.render.threads = threads
    return scene
