"""Environment files: where they are, and the light they give."""

from pathlib import Path
from typing import Any

from synthgen.distributions import NameChoice
from synthgen.errors import SpecError
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
    return _walk(spec, source)


def _walk(value: Any, source: YamlSource) -> Any:
    if isinstance(value, HdriSpec):
        return value.model_copy(update={"name": _resolve(value.name, source)})
    if isinstance(value, tuple):
        return tuple(_walk(item, source) for item in value)
    fields = getattr(type(value), "model_fields", None)
    if not fields:
        return value
    changed = {name: _walk(getattr(value, name), source) for name in fields}
    changed = {name: new for name, new in changed.items() if new is not getattr(value, name)}
    return value.model_copy(update=changed) if changed else value


def _resolve(name: str | NameChoice, source: YamlSource) -> str | NameChoice:
    if isinstance(name, NameChoice):
        return name.model_copy(update={"values": tuple(_file(one, source) for one in name.values)})
    return _file(name, source)


def _file(name: str, source: YamlSource) -> str:
    if name in HDRIS:
        return name
    path = (source.folder / Path(name).expanduser()).resolve()
    if not path.is_file():
        raise SpecError(f"{source.name}: environment file {path} is not there")
    return str(path)
