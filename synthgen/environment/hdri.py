"""Environment files: where they are, and the light they give."""

from pathlib import Path
from typing import Any

from synthgen.distributions import NameChoice
from synthgen.errors import SpecError
from synthgen.groups import Group
from synthgen.lighting import HDRIS, HdriSpec
from synthgen.yaml_source import YamlSource


def resolve_files(spec: Any, source: YamlSource) -> Any:
    """Return a spec whose environment files are absolute paths.

    Args:
        spec: A SceneSpec.
        source: Where it was read from; relative paths start in its folder.

    Raises:
        SpecError: If a file is not there.
    """
    return _walk(spec, source, ())


def _walk(value: Any, source: YamlSource, path: tuple[str | int, ...]) -> Any:
    if isinstance(value, HdriSpec):
        return value.model_copy(update={"name": _resolve(value.name, source, (*path, "name"))})
    if isinstance(value, tuple):
        return tuple(_walk(item, source, (*path, n)) for n, item in enumerate(value))
    fields = getattr(type(value), "model_fields", None)
    if not fields:
        return value
    changed = {}
    for name in fields:
        # a group's value is written flat, beside its percent
        inside = path if isinstance(value, Group) and name == "value" else (*path, name)
        new = _walk(getattr(value, name), source, inside)
        if new is not getattr(value, name):
            changed[name] = new
    return value.model_copy(update=changed) if changed else value


def _resolve(name: str | NameChoice, source: YamlSource, path: tuple[str | int, ...]) -> str | NameChoice:
    if isinstance(name, NameChoice):
        files = tuple(_file(one, source, (*path, "values", n)) for n, one in enumerate(name.values))
        return name.model_copy(update={"values": files})
    return _file(name, source, path)


def _file(name: str, source: YamlSource, where: tuple[str | int, ...]) -> str:
    if name in HDRIS:
        return name
    path = (source.folder / Path(name).expanduser()).resolve()
    if not path.is_file():
        dotted = ".".join(map(str, where))
        raise SpecError(f"{source.where(where)}: {dotted}: environment file {path} is not there")
    return str(path)
