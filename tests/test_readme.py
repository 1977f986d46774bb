"""What the documents show runs, what they link to is there, and what is generated in them is up to date."""

import json
import os
import re
import runpy
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import typer

from synthgen import cli
from synthgen.passes import Layer
from synthgen.scene import Scene
from synthgen.spec import SceneSpec, parse_spec
from synthgen.write import Dataset, write_frame
from synthgen.write.outputs import WRITERS
from synthgen.write.sample import file_table, sample_folder
from synthgen.yaml_source import parse_yaml
from tests.test_write import made_up_frame

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TOOL = runpy.run_path(str(ROOT / "tools/document_spec.py"))
OTHER_COMMANDS = {"pip", "uv", "git", "apt-get", "python3.11", "ruff", "pyright"}
"""What shell blocks call besides ours; not looked into."""


def blocks(path: Path, *languages: str) -> list:
    """Return the code blocks of a document in these languages as test parameters."""
    found = []
    for match in re.finditer(r"^```(\w+)\n(.*?)^```$", path.read_text(), re.MULTILINE | re.DOTALL):
        line = path.read_text()[: match.start()].count("\n") + 1
        if match[1] in languages:
            found.append(pytest.param(match[2], id=f"{path.relative_to(ROOT)}:{line}"))
    return found


def everywhere(*languages: str) -> list:
    return [block for path in DOCUMENTS for block in blocks(path, *languages)]


def commands() -> list:
    """Return every line of the shell blocks, and every `synthgen ...` in running text."""
    lines = []
    for block in everywhere("sh"):
        lines += [
            pytest.param(line, id=f"{block.id} {line}")
            for line in block.values[0].replace("\\\n", " ").splitlines()
            if line and not line.startswith("#")
        ]
    for path in DOCUMENTS:
        for text in re.findall(r"`((?:synthgen|make) [^`]+)`", path.read_text()):
            lines.append(pytest.param(text, id=f"{path.relative_to(ROOT)} {text}"))
    return lines


def test_every_block_says_its_language_and_is_of_one_that_is_tested_or_plain():
    for path in DOCUMENTS:
        fences = re.findall(r"^```(.*)$", path.read_text(), re.MULTILINE)
        assert set(fences[::2]) <= {"python", "yaml", "sh", "text", "json"}, path
        assert set(fences[1::2]) <= {""}, path


@pytest.mark.parametrize("text", everywhere("yaml"))
def test_a_spec_that_is_shown_is_valid(text):
    parse_spec(parse_yaml(text))


@pytest.mark.parametrize("line", commands())
def test_a_command_that_is_shown_exists_with_its_options(line):
    words = [word for word in shlex.split(line, comments=True) if not re.fullmatch(r"[A-Z_]+=\S*", word)]
    words[0] = words[0].removeprefix(".venv/bin/")
    match words:
        case ["synthgen", *arguments]:
            assert_parses(arguments)
        case ["make", *targets]:
            known = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
            assert set(targets) <= set(known)
        case ["python", "-m", "pytest", *_]:
            pass
        case ["python", script, *_]:
            assert (ROOT / script).is_file()
        case [name, *_]:
            assert name in OTHER_COMMANDS


def assert_parses(arguments: list[str]) -> None:
    """Fail unless the command line takes these words; arguments that a text leaves out may be missing."""
    command = typer.main.get_command(cli.app)
    while isinstance(command, typer.core.TyperGroup) and arguments and not arguments[0].startswith("-"):
        assert arguments[0] in command.commands, arguments
        command, arguments = command.commands[arguments[0]], arguments[1:]
    try:
        command.make_context("synthgen", list(arguments))
    except typer.Exit:
        pass  # --version
    except typer.BadParameter as error:
        if type(error).__name__ != "MissingParameter":
            raise
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in arguments if word.startswith("-")} <= known


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Return a folder with the specs of the repository and a finished data set of one made-up sample in out/demo."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "configs").symlink_to(ROOT / "configs")
    frame = made_up_frame(0)
    outputs = tuple(WRITERS)
    layers = {name: Layer(view.part, view.instance, view.depth_m) for name, view in frame.passes.items()}
    passes = {
        name: replace(view, background=view.color, through_lens=layers[name], amodal=layers[name])
        for name, view in frame.passes.items()
    }
    frame = replace(frame, scene=frame.scene.model_copy(update={"outputs": outputs}), passes=passes)
    dataset = Dataset(folder / "out/demo")
    dataset.prepare(SceneSpec(outputs=outputs), "outputs: [rgb]\n", 1)
    write_frame(frame, dataset.out)
    files = file_table(sample_folder(dataset.out, 0))
    dataset.add({"index": 0, "identity": "1", "files": files, "device": {"kind": "CPU"}, "seconds": {"write": 0.1}})
    dataset.fail(1, 3, "made up")
    return folder


def run_script(text: str, folder: Path) -> None:
    """Run a program as a user does: from a file, in a Python of its own."""
    (folder / "example.py").write_text(text)
    command = [sys.executable, "-W", "error::UserWarning", "example.py"]
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": path})
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("text", [block for block in everywhere("python") if "README" not in block.id])
def test_a_program_in_the_documents_runs(text, desk):
    run_script(text, desk)


@pytest.mark.blender
@pytest.mark.slow
@pytest.mark.parametrize("text", blocks(ROOT / "README.md", "python"))
def test_a_program_in_the_readme_runs(text, desk):
    """As it stands there, but for the count of the data set: 1 in place of 1000."""
    run_script(text.replace("count=1000", "count=1"), desk)
    assert (desk / "out/one/000/000007/labels.json").exists()
    assert [path.name for path in (desk / "out/many/000").iterdir()] == ["000000"]


def anchors(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", path.read_text(), flags=re.M | re.S), re.MULTILINE)
    return {TOOL["slug"](title) for title in titles}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text()):
        if re.match(r"https?://", target):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists() and there.is_relative_to(ROOT), f"{path.name}: {target}"
        assert not anchor or anchor in anchors(there), f"{path.name}: {target}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_generated_is_up_to_date(path):
    text = path.read_text()
    assert TOOL["with_blocks"](text) == text, "run: python tools/document_spec.py"


def test_every_generated_part_stands_in_one_document():
    found = [name for path in DOCUMENTS for name in re.findall(r"<!-- generated: (\w+) -->", path.read_text())]
    assert sorted(found) == sorted(TOOL["BLOCKS"])


def test_pages_of_formats_cover_every_output():
    text = (ROOT / "docs/formats/README.md").read_text()
    assert [name for name in WRITERS if f"`{name}`" not in text] == []


def first_column(page: str, heading: str) -> set[str]:
    """Return the names in the first column of the table below a heading."""
    text = (ROOT / "docs/formats" / page).read_text()
    table = re.split(r"^#+ ", text.partition(f"# {heading}\n")[2], flags=re.MULTILINE)[0]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def test_the_page_of_labels_names_every_key_and_no_other(desk):
    labels = json.loads((desk / "out/demo/000/000000/labels.json").read_text())
    view = labels["cameras"]["default"]
    assert first_column("labels.md", "labels.json") == set(labels)
    assert first_column("labels.md", "cameras") == set(view)
    assert first_column("labels.md", "eyes") == set(view["eyes"]["left"])
    assert first_column("labels.md", "attributes") == set(labels["attributes"])


def test_the_pages_of_scene_and_data_set_name_every_key_and_no_other(desk):
    assert first_column("scene.md", "scene.json") == set(Scene.model_fields)
    described = json.loads((desk / "out/demo/dataset.json").read_text())
    assert first_column("dataset.md", "dataset.json and spec.yaml") == set(described)
