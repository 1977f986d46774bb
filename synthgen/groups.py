"""Percent groups: "80% look neutral, 15% smile, 5% yawn", for any attribute of a spec.

An attribute may be written once, or as a list of groups whose percents sum to 100. A group holds the attribute's own
fields, or `groups` of its own ("10% wear glasses, half of these tinted"):

    gaze: {kind: angles, yaw_deg: 0}

    gaze:
      - {percent: 90, kind: angles, yaw_deg: {kind: truncated_normal, mean: 0, sd: 8, low: -30, high: 30}}
      - percent: 10
        groups:
          - {percent: 50, kind: camera}
          - {percent: 50, kind: angles, pitch_deg: -20}

Each sample falls into a group by its own draw: the shares hold on average, not by counting.
"""

from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

from pydantic import (
    AfterValidator,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    SerializationInfo,
    Tag,
    model_serializer,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from synthgen.frozen import Frozen
from synthgen.rng import Key

T = TypeVar("T")
ONE, MANY = "<one>", "<groups>"
"""Branch labels in pydantic's error paths; no field can have such a name."""


def require_hundred(groups: "tuple[Group[Any], ...]") -> "tuple[Group[Any], ...]":
    """Return the groups if their percents sum to 100."""
    total = sum(group.percent for group in groups)
    if abs(total - 100) > 1e-6:
        raise PydanticCustomError(
            "percent_sum",
            "the percents of its groups sum to {total}; allowed: exactly 100",
            {"total": f"{total:g}"},
        )
    return groups


class Group(Frozen, Generic[T]):
    """A share of the samples, and what holds for it: one value of the attribute, or groups of its own."""

    percent: Annotated[float, Field(strict=True, gt=0, le=100)]
    value: T | None = None
    groups: "Annotated[tuple[Group[T], ...], AfterValidator(require_hundred)] | None" = None

    @model_validator(mode="before")
    @classmethod
    def _unflatten(cls, data: Any) -> Any:
        """Move the attribute's own fields, written beside `percent`, into `value`."""
        if not isinstance(data, dict):
            raise PydanticCustomError(
                "group_type",
                "a group needs fields and a percent (allowed: percent and the fields of one value)",
                {},
            )
        share = {name: data[name] for name in ("percent",) if name in data}
        rest = {name: value for name, value in data.items() if name != "percent" and (name, value) != ("groups", None)}
        if set(rest) == {"value"} and isinstance(rest["value"], Frozen):
            return data  # already a value, as when a spec is built in Python
        if "groups" not in rest:
            return {**share, "value": rest}
        if beside := sorted(set(rest) - {"groups"}):
            raise PydanticCustomError(
                "group_mix",
                "a group holds either fields or groups, but has groups and {beside}",
                {"beside": ", ".join(beside)},
            )
        return {**share, "groups": rest["groups"]}

    @model_serializer(mode="plain")
    def _flatten(self, info: SerializationInfo) -> dict[str, Any]:
        """Write what was read."""

        def dump(inner: Any) -> dict[str, Any]:
            mode: Any = info.mode
            return inner.model_dump(mode=mode, exclude_defaults=info.exclude_defaults)

        if self.groups is not None:
            return {"percent": self.percent, "groups": [dump(group) for group in self.groups]}
        return {"percent": self.percent, **dump(self.value)}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe the flat form that people write: the attribute's fields plus `percent`."""
        plain: Any = {**schema, "serialization": None}
        own = handler.resolve_ref_schema(handler(plain))
        percent, groups = own["properties"]["percent"], own["properties"]["groups"]
        inner = next(branch for branch in own["properties"]["value"]["anyOf"] if branch.get("type") != "null")
        flat = [
            {
                **model,
                "title": model.get("title", "") + "Group",
                "properties": {"percent": percent, **model.get("properties", {})},
                "required": ["percent", *model.get("required", [])],
            }
            for model in (handler.resolve_ref_schema(ref) for ref in inner.get("oneOf", [inner]))
        ]
        nested = {
            "type": "object",
            "properties": {"percent": percent, "groups": groups},
            "required": ["percent", "groups"],
            "additionalProperties": False,
        }
        own.clear()
        own.update({"anyOf": [*flat, nested]})
        return own


def _branch(value: Any) -> str:
    return MANY if isinstance(value, list | tuple) else ONE


if TYPE_CHECKING:
    Grouped = T | tuple[Group[T], ...]
else:

    class Grouped:
        """`Grouped[X]`: an attribute X written once, or as percent groups of X."""

        def __class_getitem__(cls, item: Any) -> Any:
            return Annotated[
                Annotated[item, Tag(ONE)]
                | Annotated[tuple[Group[item], ...], AfterValidator(require_hundred), Tag(MANY)],
                Discriminator(_branch),
            ]


def members(value: T | tuple[Group[T], ...]) -> list[T]:
    """Return all values that a draw may fall on: the value itself, or those of all groups."""
    if not isinstance(value, tuple):
        return [value]
    return [one for group in value for one in (members(group.groups) if group.groups else [group.value])]  # type: ignore[misc]


def choose(value: T | tuple[Group[T], ...], key: Key) -> T:
    """Return the value that holds for the sample at `key`: itself, or that of the group the draw falls into."""
    if not isinstance(value, tuple):
        return value
    point = key.child("group").rng().random() * 100
    below = 0.0
    for group in value:
        below += group.percent
        if point < below:
            break
    if group.groups is not None:
        return choose(group.groups, key.child("group"))
    if group.value is None:
        raise ValueError("a group without a value")
    return group.value
