"""YAML as it was written: the data, and on which line each value stands."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from synthgen.errors import SpecError

_YAML_1_2_FLOAT = re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")


class _Loader(yaml.SafeLoader):
    """SafeLoader that reads 1e-3 as a number, as YAML 1.2 does, and refuses a key that is written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str | int | float | None):
                raise yaml.constructor.ConstructorError(
                    None, None, "a list, a mapping or a date is no field name; allowed: text", key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key!r} is written twice in one place", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


_Loader.add_implicit_resolver("tag:yaml.org,2002:float", _YAML_1_2_FLOAT, list("-+.0123456789"))


@dataclass(frozen=True)
class YamlSource:
    """What was read.

    Attributes:
        name: The file's name, for messages.
        data: Plain dicts, lists and scalars.
        folder: Where relative paths start.
        lines: Line of each value by its path of keys and indices.
        what: What the data as a whole is called in messages.
    """

    name: str
    data: Any
    folder: Path
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)
    what: str = "the spec"

    def line(self, path: tuple[str | int, ...]) -> int | None:
        """Return the line of the innermost part of a path that is in the file."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None

    def where(self, path: tuple[str | int, ...]) -> str:
        """Return `FILE, line N` of the innermost part of a path that is in the file, or `FILE`."""
        line = self.line(path)
        return f"{self.name}, line {line}" if line else self.name

    def with_overrides(self, overrides: dict[str, Any]) -> "YamlSource":
        """Return the source with values at dotted paths replaced.

        Raises:
            SpecError: If a path leads through something that is not a mapping or list.
        """
        data = self.data
        for dotted, value in overrides.items():
            data = _replaced(data, dotted.split("."), value, dotted)
        return YamlSource(self.name, data, self.folder, self.lines)


def _replaced(data: Any, path: list[str], value: Any, dotted: str) -> Any:
    if not path:
        return value
    head, *rest = path
    if isinstance(data, list):
        if not head.isdecimal() or int(head) >= len(data):
            raise SpecError(f"--set {dotted}: no item {head!r} (allowed: 0 .. {len(data) - 1})")
        return [_replaced(item, rest, value, dotted) if n == int(head) else item for n, item in enumerate(data)]
    if data is None or isinstance(data, dict):
        return {**(data or {}), head: _replaced((data or {}).get(head), rest, value, dotted)}
    raise SpecError(f"--set {dotted}: {head!r} lies inside a single value, {data!r}")


def read_yaml(path: Path) -> YamlSource:
    """Read a YAML file.

    Raises:
        SpecError: If it is not there, not text, or not YAML; the message names the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise SpecError(f"{path}: not a text file in UTF-8") from None
    except OSError as error:
        raise SpecError(f"{path}: cannot be read ({error.strerror})") from None
    return parse_yaml(text, str(path), path.resolve().parent)


def parse_yaml(text: str, name: str = "spec", folder: Path | None = None) -> YamlSource:
    """Return the source of YAML text.

    Raises:
        SpecError: If it is empty, not YAML, or not a mapping.
    """
    lines: dict[tuple[str | int, ...], int] = {}
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            data = loader.construct_document(node) if node is not None else None
            if node is not None:
                _collect(node, (), lines)
        finally:
            loader.dispose()
    except yaml.reader.ReaderError as error:
        raise SpecError(f"{name}: not a text file (it holds character {error.character:#x})") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "not YAML"
        hint = "; allowed: spaces for indentation" if "'\\t'" in problem else ""
        raise SpecError(f"{name}{where}: cannot be read as YAML: {problem}{hint}") from None
    except RecursionError:
        raise SpecError(f"{name}: cannot be read as YAML: it is nested without end or too deeply") from None
    if node is None:
        raise SpecError(f"{name}: is empty; allowed: fields with values, or {{}} for all defaults")
    if not isinstance(data, dict):
        raise SpecError(f"{name}: a spec is a mapping of fields to values, not {type(data).__name__}")
    return YamlSource(name, data, folder or Path.cwd(), lines)


def _collect(node: yaml.Node, path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, key.value)
            lines[here] = key.start_mark.line + 1
            _collect(value, here, lines)
    elif isinstance(node, yaml.SequenceNode):
        for n, value in enumerate(node.value):
            lines[(*path, n)] = value.start_mark.line + 1
            _collect(value, (*path, n), lines)
