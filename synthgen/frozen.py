"""The base of every value in synthgen: immutable, strict, with errors that say what is allowed."""

from difflib import get_close_matches
from typing import Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError


def did_you_mean(word: str, choices: list[str]) -> str:
    """Return "; did you mean 'x'?" for the closest choice, or an empty string."""
    close = get_close_matches(str(word), choices, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


def kind_of(*models: "type[Frozen]") -> BeforeValidator:
    """Return a validator for a union told apart by `kind`: it names the kinds there are if that is missing or wrong."""
    kinds = [model.model_fields["kind"].default for model in models]

    def check(value: Any) -> Any:
        if not isinstance(value, dict) or value.get("kind") in kinds:
            return value
        kind = value.get("kind")
        raise PydanticCustomError(
            "kind",
            "{problem}{hint} (allowed: {allowed})",
            {
                "problem": "needs a kind" if kind is None else f"unknown kind {kind!r}",
                "hint": "" if kind is None else did_you_mean(str(kind), kinds),
                "allowed": ", ".join(kinds),
            },
        )

    return BeforeValidator(check)


class Frozen(BaseModel):
    """An immutable value. Unknown fields, NaN and infinity are errors."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True, validate_default=True
    )

    @model_serializer(mode="wrap")
    def _keep_kind(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Write `kind` even where defaults are left out: a union is told apart by it."""
        kind = {"kind": getattr(self, "kind")} if "kind" in type(self).model_fields else {}  # noqa: B009
        return {**kind, **write(self)}

    @model_validator(mode="before")
    @classmethod
    def _name_the_unknown_field(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        known = list(cls.model_fields)
        unknown = [name for name in data if name not in known]
        if unknown:
            raise PydanticCustomError(
                "unknown_field",
                "unknown field {name}{hint} (allowed: {allowed})",
                {
                    "name": repr(unknown[0]),
                    "hint": did_you_mean(unknown[0], known),
                    "allowed": ", ".join(known),
                    "fields": (str(unknown[0]),),
                },
            )
        return data
