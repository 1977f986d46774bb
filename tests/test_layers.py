"""The import rules of the architecture, as code."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "synthgen"
LAYERS = [
    # ground: numbers, frames, files; knows nothing of people
    {
        "frozen",
        "errors",
        "rng",
        "distributions",
        "groups",
        "transforms",
        "camera",
        "color",
        "linear_algebra",
        "mesh",
        "subdivision",
    }
    | {
        "parts",
        "assets",
        "rays",
        "noise",
        "ramps",
        "devices",
        "system_libraries",
        "yaml_source",
        "quality",
        "places",
        "strands",
    },
    # features
    {"head", "skin", "hair", "fabrics", "clothing", "accessories", "environment", "materials", "lighting", "rigs"},
    {"spec", "spec_errors", "scene", "wardrobe", "assemble", "exposure", "eye_view"},
    {"passes", "frame", "annotate", "write", "read", "verify", "rasterise", "ribbons", "sheet", "preview"},
    {"blender"},
    {"run", "progress", "pipeline", "cli"},
]


def module_name(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """Return the names below synthgen, and bpy, that a file imports, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "synthgen" else [f"synthgen.{a.name}" for a in node.names]
        for name in names:
            top, *rest = name.split(".")
            if top == "synthgen" and rest:
                found.add(rest[0])
            elif top in ("bpy", "mathutils", "_cycles", "cycles"):
                found.add("bpy")
    return found


FILES = sorted(path for path in PACKAGE.rglob("*.py") if "_assets" not in path.parts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_its_own_layer_and_those_below(path):
    name = module_name(path)
    if name == "__init__":
        return
    layer = next((n for n, names in enumerate(LAYERS) if name in names), None)
    assert layer is not None, f"{name} has no layer; add it to LAYERS"
    allowed = set().union(*LAYERS[: layer + 1])
    if name == "pipeline":
        allowed |= {"blender"}
    if name in ("run",):
        allowed |= {"pipeline", "blender", "write"}
    assert imports_of(path) - {"bpy", "__version__"} <= allowed


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_blender_package_imports_bpy(path):
    assert "bpy" not in imports_of(path) or module_name(path) == "blender"


def test_blender_is_imported_only_inside_functions():
    for path in FILES:
        if module_name(path) == "blender":
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("synthgen.blender"), path


def run_without_bpy(code: str) -> subprocess.CompletedProcess:
    """Run code in a Python where importing bpy fails."""
    block = "import sys; sys.modules['bpy'] = None\n"
    return subprocess.run([sys.executable, "-W", "error", "-c", block + code], capture_output=True, text=True)


def test_drawing_and_validating_work_without_blender():
    done = run_without_bpy(
        "import synthgen as sg\n"
        "spec = sg.SceneSpec()\n"
        "scene = sg.sample_scene(spec, 0)\n"
        "from synthgen.assemble import assemble\n"
        "assemble(scene)\n"
        "from synthgen.spec import json_schema; json_schema()\n"
        "import synthgen.annotate, synthgen.write, synthgen.read, synthgen.verify, synthgen.cli\n"
    )
    assert done.returncode == 0, done.stderr


def test_importing_the_package_pulls_in_neither_blender_nor_scipy():
    done = run_without_bpy("import synthgen; print([m for m in ('scipy', 'pydantic', 'numpy') if m in sys.modules])")
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_every_public_name_can_be_had():
    import synthgen

    for name in synthgen.__all__:
        assert getattr(synthgen, name) is not None
    with pytest.raises(AttributeError):
        synthgen.nothing_of_the_kind  # noqa: B018
