"""Turn validation errors into sentences: where, what was written, what is allowed."""

from typing import Any

from pydantic import ValidationError

from synthgen.distributions import UNION_TAGS
from synthgen.frozen import did_you_mean
from synthgen.groups import MANY, ONE
from synthgen.yaml_source import YamlSource

_WORDS = {
    "missing": "is missing; allowed: any value of its kind",
    "float_type": "{shown} is no number; allowed: a number, or a range with a kind",
    "int_type": "{shown} is no whole number; allowed: a whole number",
    "string_type": "{shown} is no text; allowed: a name",
    "bool_type": "{shown} is neither true nor false",
    "bool_parsing": "{shown} is neither true nor false",
    "tuple_type": "{shown} is no list; allowed: a list",
    "dict_type": "{shown} is no mapping; allowed: fields with values",
    "model_type": "{shown} is no mapping; allowed: fields with values",
    "model_attributes_type": "{shown} is no mapping; allowed: fields with values",
    "greater_than_equal": "{shown} is too small; allowed: {ge} or more",
    "greater_than": "{shown} is too small; allowed: more than {gt}",
    "less_than_equal": "{shown} is too large; allowed: {le} or less",
    "less_than": "{shown} is too large; allowed: less than {lt}",
    "too_short": "is empty; allowed: at least {min_length}",
    "string_pattern_mismatch": "{shown} is no label; allowed: letters, digits, - and _",
    "finite_number": "{shown} is not finite; allowed: a finite number",
}


def explain(error: ValidationError, source: YamlSource) -> str:
    """Return one line per problem: `FILE, line N: field.path: what is wrong and what is allowed`."""
    lines = []
    items = error.errors(include_url=False)
    for item in items:
        if item["type"] == "too_short" and any(_inside(other["loc"], item["loc"]) for other in items):
            continue  # pydantic counts only the items that are valid
        context = item.get("ctx", {})
        path = (*user_path(item["loc"], source.data), *context.get("path", ()))
        where = source.where((*path, *context.get("fields", ())))
        dotted = ".".join(map(str, path)) or source.what
        lines.append(f"{where}: {dotted}: {_sentence(item)}")
    return "\n".join(dict.fromkeys(lines))


def _inside(loc: tuple[Any, ...], of: tuple[Any, ...]) -> bool:
    return len(loc) > len(of) and loc[: len(of)] == of


def user_path(loc: tuple[Any, ...], data: Any) -> tuple[str | int, ...]:
    """Return the path of keys and indices a user sees: branch labels and group wrappers are left out."""
    path: list[str | int] = []
    for n, step in enumerate(loc):
        if step in (ONE, MANY):
            continue
        following = loc[n + 1] if n + 1 < len(loc) else None
        if _is_kind(step, path, data) and isinstance(following, str) and _is_key(following, path, data):
            continue
        if isinstance(step, str) and not _is_key(step, path, data):
            wrapper = step == "value" and n >= 2 and loc[n - 2] in (MANY, "groups")
            if wrapper or step in UNION_TAGS or _is_kind(step, path, data):
                continue
        path.append(step)
    return tuple(path)


def _at(path: list[str | int], data: Any) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _is_key(step: str, path: list[str | int], data: Any) -> bool:
    here = _at(path, data)
    return isinstance(here, dict) and step in here


def _is_kind(step: Any, path: list[str | int], data: Any) -> bool:
    here = _at(path, data)
    return isinstance(here, dict) and here.get("kind") == step


def _sentence(item: Any) -> str:
    kind, context, written = item["type"], item.get("ctx", {}), item.get("input")
    shown = (
        repr(written) if not isinstance(written, dict | list | tuple) or len(repr(written)) < 60 else "what is there"
    )
    if kind == "literal_error":
        allowed = str(context["expected"]).replace("' or '", "', '").replace("'", "")
        return f"{shown} is not known{did_you_mean(str(written), allowed.split(', '))} (allowed: {allowed})"
    if kind == "union_tag_invalid":
        allowed = str(context["expected_tags"]).replace("'", "")
        return (
            f"unknown kind {context['tag']!r}{did_you_mean(context['tag'], allowed.split(', '))} (allowed: {allowed})"
        )
    if kind == "union_tag_not_found":
        return "needs a kind, such as {kind: ...}"
    if kind in _WORDS:
        return _WORDS[kind].format(shown=shown, **{"expected": "", **context})
    return item["msg"]
