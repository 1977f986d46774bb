"""What tests share: warnings that are not ours, small specs, and one Blender."""

import pytest

from synthgen.spec import SceneSpec

SMALL = {
    "seed": 3,
    "identity": {"pool": 50},
    "rigs": [{"kind": "head_orbit", "cameras": [{"width_px": 96, "height_px": 96}]}],
    "render": {"quality": "draft"},
}


@pytest.fixture
def small_spec() -> SceneSpec:
    """A spec whose pictures take a second: 96 px, draft."""
    return SceneSpec.model_validate(SMALL)


@pytest.fixture
def spec_file(tmp_path):
    """Return a function that writes text as a spec file and returns its path."""

    def write(text: str, name: str = "spec.yaml"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write
