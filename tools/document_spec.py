"""Write the generated parts of the documents: fields of the spec, class table, landmarks, levels of quality.

    python tools/document_spec.py

Between `<!-- generated: NAME -->` and `<!-- end: NAME -->` in docs/**/*.md stands what this program writes. The text
around it is written by hand. Run again when a field, a class, an expression or a level of quality changes; a test
compares.
"""

import inspect
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from annotated_types import Ge, Gt, Le, Lt, MinLen
from pydantic import AfterValidator, Tag
from pydantic.fields import FieldInfo

from synthgen.accessories import PLACES, WHERE
from synthgen.accessories.glasses.frames import SHAPES as GLASSES_SHAPES
from synthgen.accessories.rules import CLASHES
from synthgen.annotate import LANDMARK_SETS
from synthgen.assets import package_data
from synthgen.clothing import GARMENTS, OUTERWEAR
from synthgen.frozen import Frozen
from synthgen.groups import ONE
from synthgen.hair.styles import STYLES as HAIR_STYLES
from synthgen.head.expression import ARKIT_UNITS, expressions
from synthgen.head.tongue import TONGUE_UNITS
from synthgen.lighting import HDRIS
from synthgen.materials import FABRIC_COLORS
from synthgen.parts import class_table
from synthgen.quality import QUALITIES
from synthgen.spec import SceneSpec

DOCS = Path(__file__).resolve().parent.parent / "docs"
FEW = 12
"""Lists of names longer than this stand in a section of their own."""


# --- types ------------------------------------------------------------------------------------------------------------


def unwrap(hint: Any) -> tuple[Any, list[Any]]:
    """Return a type without `Annotated`, and the flat list of what it was annotated with."""
    if get_origin(hint) is not Annotated:
        return hint, []
    inner, *extra = get_args(hint)
    inner, deeper = unwrap(inner)
    return inner, deeper + [one for m in extra for one in (m.metadata if isinstance(m, FieldInfo) else [m])]


def branches(hint: Any) -> list[Any]:
    """Return the members of a union, or the type itself."""
    return list(get_args(hint)) if get_origin(hint) in (Union, UnionType) else [hint]


def tags(hint: Any) -> dict[str, Any]:
    """Return the tagged members of a union by tag."""
    return {str(m.tag): unwrap(branch)[0] for branch in branches(hint) for m in unwrap(branch)[1] if isinstance(m, Tag)}


def models_in(hint: Any) -> list[type[Frozen]]:
    """Return the models of the spec a field of this type may hold, in order; ranges are none of them."""
    inner, _ = unwrap(hint)
    if isinstance(inner, type) and issubclass(inner, Frozen):
        return [inner]
    known = tags(inner)
    if "number" in known or "name" in known or get_origin(inner) is Literal:
        return []
    if ONE in known:
        return models_in(known[ONE])
    return [model for part in get_args(inner) for model in models_in(part)]


def type_text(hint: Any) -> str:
    """Return the type of a field in words."""
    inner, _ = unwrap(hint)
    known, members = tags(inner), branches(inner)
    if "number" in known:
        return "[number](#numbers)"
    if "name" in known:
        return "[name](#names)"
    if ONE in known:
        return f"{type_text(known[ONE])}; [groups](#percent-groups)"
    if NoneType in members:
        return f"{type_text(next(member for member in members if member is not NoneType))}, or none"
    if get_origin(inner) is tuple:
        return f"list: {type_text(get_args(inner)[0])}"
    if get_origin(inner) is dict:
        return f"mapping of names to {type_text(get_args(inner)[1])}"
    if models := models_in(inner):
        return " or ".join(link(model) for model in models)
    if get_origin(inner) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(inner))
    if len(members) > 1:
        return ", ".join(map(type_text, members))
    return {int: "whole number", float: "plain number", str: "text", bool: "`true`, `false`"}[inner]


def constraints(hint: Any) -> list[Any]:
    """Return what a type was annotated with, that of its items or of the member beside none included."""
    inner, found = unwrap(hint)
    if tags(inner) or models_in(inner):
        return found
    deeper = [part for part in get_args(inner) if get_origin(part) is Annotated]
    return found + [one for part in deeper for one in constraints(part)]


def allowed_text(field: FieldInfo) -> str:
    """Return what values a field takes, as far as its validators say."""
    texts = [text for one in [*field.metadata, *constraints(field.annotation)] if (text := constraint_text(one))]
    return ", ".join(dict.fromkeys(texts))


def constraint_text(metadata: Any) -> str:
    """Return one constraint in words; empty for those that say nothing of values."""
    match metadata:
        case Ge(ge):
            return f"≥ {ge}"
        case Gt(gt):
            return f"> {gt}"
        case Le(le):
            return f"≤ {le}"
        case Lt(lt):
            return f"< {lt}"
        case MinLen(1):
            return "not empty"
        case AfterValidator(func) if inspect.isfunction(func):
            held = inspect.getclosurevars(func).nonlocals
            if {"low", "high"} <= set(held):
                return f"{plain(held['low'])} .. {plain(held['high'])}"
            if "names" in held:
                names = names_of(metadata)
                listed = f"see [{title_of(names)}](#{slug(title_of(names))})" if len(names) > FEW else ticked(names)
                return f"{listed}, `all`"
    pattern = getattr(metadata, "pattern", None)
    return f"`{pattern}`" if pattern else ""


def names_of(metadata: Any) -> tuple[str, ...]:
    """Return the names that a `one_of` allows; none for anything else."""
    func = getattr(metadata, "func", None)
    names = inspect.getclosurevars(func).nonlocals.get("names", ()) if inspect.isfunction(func) else ()
    return tuple(names() if callable(names) else names)


def default_text(field: FieldInfo) -> str:
    """Return a default as one would write it."""
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, tuple) and any(isinstance(item, Frozen) for item in value):
        return ", ".join(model_text(item) for item in value)
    if isinstance(value, Frozen):
        return model_text(value)
    return "none" if value is None else f"`{flow(list(value) if isinstance(value, tuple) else value)}`"


def model_text(value: Frozen) -> str:
    """Return a model as one would write it, what is default left out."""
    data = value.model_dump(mode="json", exclude_defaults=True)
    if not any(field.is_required() for field in type(value).model_fields.values()) and value == type(value)():
        data = {name: item for name, item in data.items() if name == "kind"}
    return f"`{flow(data)}`" if data else f"a {link(type(value))} with its defaults"


def flow(value: Any) -> str:
    """Return a value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool | str):
        return yaml.safe_dump(value, width=1000).removesuffix("\n").removesuffix("\n...")
    return plain(value)


def plain(number: float) -> str:
    """Return a number without needless digits."""
    return str(int(number)) if number == int(number) else f"{number:g}"


# --- blocks -----------------------------------------------------------------------------------------------------------


def link(model: type[Frozen]) -> str:
    """Return a link to a model's section."""
    return f"[{model.__name__}](#{model.__name__.lower()})"


def cell(text: str) -> str:
    """Return text that fits a table's cell."""
    return " ".join(text.replace("|", "\\|").split())


def summary(model: type[Frozen]) -> str:
    """Return what a model's docstring says, without its list of attributes."""
    return inspect.cleandoc(model.__doc__ or "").split("\nAttributes:")[0].strip()


def every_model(model: type[Frozen], seen: list[type[Frozen]]) -> Iterator[type[Frozen]]:
    """Yield a model and those inside it, each once, in the order of the fields."""
    if model in seen:
        return
    seen.append(model)
    yield model
    for field in model.model_fields.values():
        for inner in models_in(field.annotation):
            yield from every_model(inner, seen)


def section(model: type[Frozen]) -> str:
    """Return a model's section: what it is, and a table of its fields."""
    lines = [f"### {model.__name__}", "", summary(model), ""]
    if "kind" in model.model_fields:
        lines += [f"`kind: {model.model_fields['kind'].default}`", ""]
    rows = [
        (f"`{name}`", type_text(field.annotation), allowed_text(field), default_text(field), field.description or "")
        for name, field in model.model_fields.items()
        if name != "kind"
    ]
    if not rows:
        return "\n".join([*lines, "It has no fields."])
    lines += ["| field | type | allowed | default | meaning |", "|---|---|---|---|---|"]
    return "\n".join([*lines, *("| " + " | ".join(map(cell, row)) + " |" for row in rows)])


def fields() -> str:
    """Return the sections of all models, and the long lists of names."""
    models = list(every_model(SceneSpec, []))
    lists = {names: None for model in models for field in model.model_fields.values() for names in _long_names(field)}
    parts = [section(model) for model in models]
    parts += [f"### {title_of(names)}\n\n{_listed(names)}" for names in lists]
    tongue = f"Besides, of the tongue inside the mouth: {ticked(TONGUE_UNITS)}."
    parts += [f"### ARKit units\n\n{ticked(ARKIT_UNITS)}.\n\n{tongue}", f"### Environments\n\n{ticked(HDRIS)}."]
    return "\n\n".join(parts)


def _long_names(field: FieldInfo) -> Iterator[tuple[str, ...]]:
    for one in [*field.metadata, *constraints(field.annotation)]:
        if len(names_of(one)) > FEW:
            yield names_of(one)


def _listed(names: tuple[str, ...]) -> str:
    return expression_table() if names == tuple(expressions()) else f"{ticked(names)}."


def title_of(names: tuple[str, ...]) -> str:
    """Return the title of the section of a long list of names."""
    known = {
        tuple(expressions()): "Expressions",
        tuple(FABRIC_COLORS): "Cloth colours",
        tuple(HAIR_STYLES): "Hair styles",
        tuple(GLASSES_SHAPES): "Shapes of glasses",
    }
    return known.get(names, f"Names from {names[0]} to {names[-1]}")


def ticked(names: Iterable[str]) -> str:
    """Return names as code, separated by commas."""
    return ", ".join(f"`{name}`" for name in names)


def slug(title: str) -> str:
    """Return the anchor of a heading."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def expression_table() -> str:
    """Return the table of named expressions."""
    lines = ["| name | what it is |", "|---|---|"]
    for path in sorted(package_data("expressions").glob("*.yaml")):
        for name, entry in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            lines.append(f"| `{name}` | {cell(entry['description'])} |")
    return "\n".join(lines)


def classes() -> str:
    """Return the class table."""
    lines = ["| id | name | colour |", "|---|---|---|"]
    for row in class_table():
        lines.append(f"| {row['id']} | `{row['name']}` | {', '.join(map(str, row['color']))} |")  # type: ignore[arg-type]
    return "\n".join(lines)


def landmarks() -> str:
    """Return the tables of the landmark sets."""
    parts = []
    for name in LANDMARK_SETS:
        table = json.loads(package_data("landmarks", f"{name}.json").read_text(encoding="utf-8"))
        lines = [
            f"### {name}",
            "",
            table["source"],
            "",
            "| index | name | mirror image | outline |",
            "|---|---|---|---|",
        ]
        for n, point in enumerate(table["points"]):
            outline = "yes" if str(n) in table["tracks"] else ""
            lines.append(f"| {n} | `{point['name']}` | {table['swap'][n]} | {outline} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def qualities() -> str:
    """Return what the levels of quality stand for."""
    lines = ["| level | samples per pixel | denoiser | samples of the matte |", "|---|---|---|---|"]
    for name, level in QUALITIES.items():
        lines.append(f"| `{name}` | {level.samples} | {level.denoiser} | {level.coverage_samples} |")
    return "\n".join(lines)


def worn() -> str:
    """Return the table of what is worn where, in the order of putting on."""
    places = {"clothing": (GARMENTS, "Upper body."), "outerwear": (OUTERWEAR, "Over the garment.")}
    places |= {f"accessories.{place}": (kinds, WHERE[place]) for place, kinds in PLACES.items()}
    lines = ["| field | where | kinds |", "|---|---|---|"]
    for field, (kinds, where) in places.items():
        lines.append(f"| `{field}` | {cell(where)} | {ticked(kind.name for kind in kinds)} |")
    return "\n".join(lines)


def clashes() -> str:
    """Return the table of what is not worn together."""
    lines = ["| these | with these | because |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {ticked(row.ones)} | {ticked(row.others)} | {row.because} |" for row in CLASHES)])


BLOCKS: dict[str, Callable[[], str]] = {
    "worn": worn,
    "clashes": clashes,
    "fields": fields,
    "classes": classes,
    "landmarks": landmarks,
    "qualities": qualities,
}


def with_blocks(text: str) -> str:
    """Return a document whose generated blocks are as they should be."""

    def block(found: re.Match[str]) -> str:
        name = found[1]
        return f"<!-- generated: {name} -->\n\n{BLOCKS[name]()}\n\n<!-- end: {name} -->"

    return re.sub(r"<!-- generated: (\w+) -->.*?<!-- end: \1 -->", block, text, flags=re.DOTALL)


def main() -> None:
    for path in sorted(DOCS.rglob("*.md")):
        old = path.read_text(encoding="utf-8")
        if (new := with_blocks(old)) != old:
            path.write_text(new, encoding="utf-8")
            print(f"{path.relative_to(DOCS.parent)}: written anew")


if __name__ == "__main__":
    main()
