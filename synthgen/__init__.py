"""Labelled pictures of people who do not exist.

    import synthgen as sg

    spec = sg.load_spec("configs/portrait.yaml")
    scene = sg.sample_scene(spec, index=7)
    frame = sg.render_scene(scene)
    sg.write_frame(frame, "out")
    sg.render_dataset(spec, count=1000, out="out", workers=4)

Names are loaded when they are first used, so that importing the package takes no time.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from synthgen.annotate.landmarks import load_landmarks as load_landmarks
    from synthgen.assets import fetch as fetch_assets  # noqa: F401
    from synthgen.camera import Camera as Camera
    from synthgen.camera import project as project
    from synthgen.camera import unproject as unproject
    from synthgen.errors import SynthgenError as SynthgenError
    from synthgen.frame import Frame as Frame
    from synthgen.parts import Part as Part
    from synthgen.passes import Passes as Passes
    from synthgen.pipeline import render_dataset as render_dataset
    from synthgen.pipeline import render_scene as render_scene
    from synthgen.read import Sample as Sample
    from synthgen.read import read_sample as read_sample
    from synthgen.scene import Scene as Scene
    from synthgen.scene import load_scene as load_scene
    from synthgen.scene import sample_scene as sample_scene
    from synthgen.spec import SceneSpec as SceneSpec
    from synthgen.spec import load_spec as load_spec
    from synthgen.verify import verify_dataset as verify_dataset
    from synthgen.write import write_frame as write_frame

__version__ = "0.1.0"

_HOMES = {
    "Camera": "camera",
    "Frame": "frame",
    "Part": "parts",
    "Passes": "passes",
    "Sample": "read",
    "Scene": "scene",
    "SceneSpec": "spec",
    "SynthgenError": "errors",
    "fetch_assets": "assets:fetch",
    "load_landmarks": "annotate.landmarks",
    "load_scene": "scene",
    "load_spec": "spec",
    "project": "camera",
    "read_sample": "read",
    "render_dataset": "pipeline",
    "render_scene": "pipeline",
    "sample_scene": "scene",
    "unproject": "camera",
    "verify_dataset": "verify",
    "write_frame": "write",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'synthgen' has no attribute {name!r}")
    module, _, renamed = _HOMES[name].partition(":")
    return getattr(import_module(f"synthgen.{module}"), renamed or name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
