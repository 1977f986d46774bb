"""One Blender for all tests here."""

import warnings

import pytest

from tests.blender.shapes import stage


def pytest_collection_modifyitems(items):
    for item in items:
        if "/blender/" in str(item.path):
            item.add_marker(pytest.mark.blender)


@pytest.fixture(scope="session")
def device():
    """Start Blender on the CPU and return its device."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from synthgen.blender import start_once

        return start_once("cpu", 2, 0)


@pytest.fixture(scope="session")
def settings():
    """A scene whose render settings the plain shapes use: draft, fixed exposure."""
    from synthgen.scene import sample_scene
    from synthgen.spec import SceneSpec

    spec = SceneSpec.model_validate(
        {
            "render": {
                "quality": "draft",
                "exposure": {"kind": "manual", "ev": 0},
                "white_balance": {"kind": "none"},
            },
            "outputs": ["rgb", "background"],
        }
    )
    return sample_scene(spec, 0)


@pytest.fixture(scope="session")
def take(device, settings):
    """Return a function that renders plain shapes and returns the passes of each camera."""

    def render_stage(meshes, cameras, **more):
        from synthgen.blender.render import render

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            views, _ = render(settings, stage(meshes, cameras, **more), device)
        return views

    return render_stage
