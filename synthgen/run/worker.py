"""What happens inside a worker process."""

import ctypes
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from synthgen.devices import DeviceName

_state: dict[str, Any] = {}


def start_worker(spec_json: str, out: str, device: DeviceName, threads: int, slot: int) -> None:
    """Prepare a worker: it ends with its parent, and keeps Blender's chatter off the terminal."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    from synthgen.spec import SceneSpec

    spec = SceneSpec.model_validate_json(spec_json)
    _state.update(spec=spec, out=Path(out), device=device, threads=threads, slot=slot)


def check_worker() -> dict[str, str]:
    """Start Blender on the device and return what it is, before any sample is drawn.

    Raises:
        SynthgenError: If Blender, the device or the head data is not there.
    """
    from synthgen.blender import start_once
    from synthgen.head.model import head_model

    head_model()
    device = start_once(_state["device"], _state["threads"], _state["slot"])
    return {"kind": device.kind, "name": device.name, "reason": device.reason}


def render_index(index: int) -> dict[str, Any]:
    """Draw, render and write one sample and return its line of the manifest.

    Raises:
        SynthgenError: For what the user can mend.
    """
    from synthgen.pipeline import render_scene
    from synthgen.scene import sample_scene
    from synthgen.write.sample import file_table, write_frame

    started = time.process_time()
    scene = sample_scene(_state["spec"], index)
    drawn = time.process_time()
    frame = render_scene(scene, _state["device"], _state["threads"], _state["slot"])
    rendered = time.process_time()
    folder = write_frame(frame, _state["out"])
    files = file_table(folder)
    seconds = {"sample": drawn - started, **frame.seconds, "write": time.process_time() - rendered}
    return {
        "index": index,
        "identity": str(scene.identity.id),
        "files": files,
        "device": dict(frame.device),
        "seconds": {name: round(value, 3) for name, value in seconds.items()},
    }
