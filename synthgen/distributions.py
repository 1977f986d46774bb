"""Ranges a user may ask for, and how a number or a name is drawn from them.

In YAML a bare number means a constant; every other range says its `kind`:

    yaw_deg: 12
    yaw_deg: {kind: uniform, low: -30, high: 30}
    yaw_deg: {kind: normal, mean: 0, sd: 10}
    yaw_deg: {kind: truncated_normal, mean: 0, sd: 10, low: -30, high: 30}
    yaw_deg: {kind: choice, values: [-15, 0, 15], weights: [1, 2, 1]}
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError
from scipy.special import ndtr, ndtri

from synthgen.frozen import Frozen, did_you_mean
from synthgen.rng import Key

Real = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class Constant(Frozen):
    """Always the same number."""

    kind: Literal["constant"] = "constant"
    value: Real


class Uniform(Frozen):
    """Every number between low and high is equally likely."""

    kind: Literal["uniform"] = "uniform"
    low: Real
    high: Real

    @model_validator(mode="after")
    def _ordered(self) -> "Uniform":
        return _require_ordered(self)


class Normal(Frozen):
    """Gaussian with mean and standard deviation; unbounded."""

    kind: Literal["normal"] = "normal"
    mean: Real
    sd: Annotated[float, Field(strict=True, ge=0)]


class TruncatedNormal(Frozen):
    """Gaussian restricted to [low, high]."""

    kind: Literal["truncated_normal"] = "truncated_normal"
    mean: Real
    sd: Annotated[float, Field(strict=True, gt=0)]
    low: Real
    high: Real

    @model_validator(mode="after")
    def _ordered(self) -> "TruncatedNormal":
        return _require_ordered(self)


class Choice(Frozen):
    """One of the values; with weights, in proportion to them."""

    kind: Literal["choice"] = "choice"
    values: Annotated[tuple[Real, ...], Field(min_length=1)]
    weights: tuple[Annotated[float, Field(strict=True, ge=0)], ...] | None = None

    @model_validator(mode="after")
    def _weighted(self) -> "Choice":
        return _require_weights(self)


class NameChoice(Frozen):
    """One of the names; with weights, in proportion to them."""

    kind: Literal["choice"] = "choice"
    values: Annotated[tuple[str, ...], Field(min_length=1)]
    weights: tuple[Annotated[float, Field(strict=True, ge=0)], ...] | None = None

    @model_validator(mode="after")
    def _weighted(self) -> "NameChoice":
        return _require_weights(self)


def _require_ordered(model: Any) -> Any:
    if model.low > model.high:
        raise PydanticCustomError(
            "range_order",
            "low ({low}) is above high ({high}); allowed: low <= high",
            {"low": model.low, "high": model.high},
        )
    return model


def _require_weights(model: Any) -> Any:
    if model.weights is None:
        return model
    if len(model.weights) != len(model.values):
        raise PydanticCustomError(
            "weights_length",
            "{weights} weights for {values} values; allowed: one weight per value",
            {"weights": len(model.weights), "values": len(model.values)},
        )
    if sum(model.weights) <= 0:
        raise PydanticCustomError("weights_sum", "all weights are 0; allowed: at least one above 0", {})
    return model


_KINDS: dict[str, type[Frozen]] = {
    "constant": Constant,
    "uniform": Uniform,
    "normal": Normal,
    "truncated_normal": TruncatedNormal,
    "choice": Choice,
}


def _known_kind(value: Any) -> Any:
    """Name a wrong `kind` before the union below is tried, so that the error is one line."""
    if not isinstance(value, dict):
        return value
    kind = value.get("kind")
    if kind not in _KINDS:
        raise PydanticCustomError(
            "range_kind",
            "{problem}{hint} (allowed: {allowed})",
            {
                "problem": "a range needs a kind" if kind is None else f"unknown kind {kind!r}",
                "hint": did_you_mean(str(kind), list(_KINDS)),
                "allowed": ", ".join(_KINDS),
            },
        )
    return value


def _range_branch(value: Any) -> str:
    if isinstance(value, dict):
        return str(value["kind"])
    return str(getattr(value, "kind", "number"))


Number = Annotated[
    Annotated[Real, Tag("number")]
    | Annotated[Constant, Tag("constant")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Normal, Tag("normal")]
    | Annotated[TruncatedNormal, Tag("truncated_normal")]
    | Annotated[Choice, Tag("choice")],
    Discriminator(_range_branch),
    BeforeValidator(_known_kind),
]
"""A number, or a range that numbers are drawn from."""


def _name_branch(value: Any) -> str:
    return "choice" if isinstance(value, dict | NameChoice) else "name"


Name = Annotated[
    Annotated[Annotated[str, Field(strict=True)], Tag("name")] | Annotated[NameChoice, Tag("choice")],
    Discriminator(_name_branch),
]
"""A name, or a choice that names are drawn from."""

UNION_TAGS = {"number", "name", *_KINDS}
"""Labels pydantic puts into error paths for the branches above; they are not fields of the user's."""


def draw_number(value: "float | Frozen", key: Key) -> float:
    """Draw one number from a range.

    Every kind turns one uniform variate into the result by its inverse distribution function, so that narrowing a
    range moves a sample monotonically instead of reshuffling it.
    """
    if isinstance(value, int | float):
        return float(value)
    u = key.rng().random()
    if isinstance(value, Uniform):
        return float(value.low + (value.high - value.low) * u)
    if isinstance(value, Choice):
        return float(value.values[_weighted_index(len(value.values), value.weights, u)])
    if isinstance(value, Normal):
        return float(value.mean + value.sd * ndtri(u))
    if isinstance(value, TruncatedNormal):
        return _draw_truncated(value, u)
    if isinstance(value, Constant):
        return value.value
    raise TypeError(f"not a range: {value!r}")


def _draw_truncated(value: TruncatedNormal, u: float) -> float:
    low, high = (value.low - value.mean) / value.sd, (value.high - value.mean) / value.sd
    if low > 0:  # mirror, so that the distribution function is evaluated in its precise lower tail
        z = -ndtri(ndtr(-high) + (1 - u) * (ndtr(-low) - ndtr(-high)))
    else:
        z = ndtri(ndtr(low) + u * (ndtr(high) - ndtr(low)))
    return float(np.clip(value.mean + value.sd * z, value.low, value.high))


def draw_numbers(spec: Frozen, names: Iterable[str], key: Key, digits: int | None = None) -> dict[str, float]:
    """Draw fields of a spec by name, each from the key of its name; `digits` are kept, or all."""
    drawn = {name: draw_number(getattr(spec, name), key.child(name)) for name in names}
    return drawn if digits is None else {name: round(value, digits) for name, value in drawn.items()}


def draw_given(spec: Frozen, usual: "Mapping[str, float | Frozen]", key: Key) -> dict[str, float]:
    """Draw fields of a spec as `draw_numbers` does; those that are not given from what is usual, a number or range."""
    asked = {name: getattr(spec, name) for name in usual}
    return {n: draw_number(usual[n] if value is None else value, key.child(n)) for n, value in asked.items()}


def draw_name(value: "str | NameChoice", key: Key) -> str:
    """Draw one name."""
    if isinstance(value, str):
        return value
    return value.values[_weighted_index(len(value.values), value.weights, key.rng().random())]


def draw_one(names: Iterable[str], weights: Iterable[float], key: Key) -> str:
    """Draw one of some names by their weights."""
    among = list(names)
    return among[_weighted_index(len(among), tuple(weights), key.rng().random())]


def standard_normal(key: Key) -> float:
    """Draw from the standard normal distribution, by its inverse distribution function."""
    return float(ndtri(np.clip(key.rng().random(), 1e-12, 1 - 1e-12)))


def support(value: "float | Frozen") -> tuple[float, float]:
    """Return the smallest and largest number a range can give; infinite for a normal."""
    if isinstance(value, int | float):
        return float(value), float(value)
    if isinstance(value, Uniform | TruncatedNormal):
        return value.low, value.high
    if isinstance(value, Choice):
        return min(value.values), max(value.values)
    if isinstance(value, Constant):
        return value.value, value.value
    return -np.inf, np.inf


def within(low: float, high: float) -> AfterValidator:
    """Return a validator that keeps every number a range can give inside [low, high]."""

    def check(value: Any) -> Any:
        least, most = support(value)
        if least >= low and most <= high:
            return value
        hint = "; a normal is unbounded, use truncated_normal" if np.isinf(most) else ""
        raise PydanticCustomError(
            "out_of_range",
            "{shown} is outside the allowed range {low} .. {high}{hint}",
            {"shown": _describe(value), "low": low, "high": high, "hint": hint},
        )

    return AfterValidator(check)


def one_of(names: Collection[str] | Callable[[], Collection[str]]) -> AfterValidator:
    """Return a validator that keeps every name a `Name` can give inside `names`; `all` means an even choice of them.

    `names` may be a function, for lists that are read from a file.
    """

    def check(value: Any) -> Any:
        allowed = list(names() if callable(names) else names)
        if value == "all":
            return NameChoice(values=tuple(allowed))
        for name in [value] if isinstance(value, str) else value.values:
            if name not in allowed:
                raise PydanticCustomError(
                    "unknown_name",
                    "{name} is not known{hint} (allowed: {allowed}, or all)",
                    {"name": repr(name), "hint": did_you_mean(name, allowed), "allowed": ", ".join(allowed)},
                )
        return value

    return AfterValidator(check)


def _describe(value: Any) -> str:
    if isinstance(value, int | float):
        return f"{value:g}"
    least, most = support(value)
    return f"{value.kind} {least:g} .. {most:g}"


def _weighted_index(count: int, weights: tuple[float, ...] | None, u: float) -> int:
    shares = np.full(count, 1.0) if weights is None else np.asarray(weights)
    edges = np.cumsum(shares / shares.sum())
    return int(min(np.searchsorted(edges, u, side="right"), count - 1))
