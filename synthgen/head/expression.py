"""What the face does: named mixtures of the 52 ARKit units, with intensity and a little variation."""

from functools import lru_cache
from typing import Annotated

import numpy as np
import yaml
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError
from scipy.special import ndtri

from synthgen.assets import package_data
from synthgen.distributions import Name, Number, draw_name, draw_number, one_of, within
from synthgen.frozen import Frozen, did_you_mean
from synthgen.head.tongue import TONGUE_UNITS
from synthgen.rng import Key

_SIDED = (
    *(
        "browDown",
        "browOuterUp",
        "cheekSquint",
        "eyeBlink",
        "eyeLookDown",
        "eyeLookIn",
        "eyeLookOut",
        "eyeLookUp",
    ),
    *("eyeSquint", "eyeWide", "mouthDimple", "mouthFrown", "mouthLowerDown", "mouthPress", "mouthSmile"),
    *("mouthStretch", "mouthUpperUp", "noseSneer"),
)
_MIDDLE = (
    *(
        "browInnerUp",
        "cheekPuff",
        "jawForward",
        "jawLeft",
        "jawOpen",
        "jawRight",
        "mouthClose",
        "mouthFunnel",
    ),
    *("mouthLeft", "mouthPucker", "mouthRight", "mouthRollLower", "mouthRollUpper", "mouthShrugLower"),
    *("mouthShrugUpper", "tongueOut"),
)
ARKIT_UNITS = tuple(sorted([*_MIDDLE, *(unit + side for unit in _SIDED for side in ("Left", "Right"))]))
"""Apple's 52 face units. Source: Apple developer documentation, ARFaceAnchor.BlendShapeLocation."""
UNITS = (*ARKIT_UNITS, *TONGUE_UNITS)
"""What an expression is made of."""


@lru_cache(maxsize=1)
def expressions() -> dict[str, dict[str, float]]:
    """Return the named expressions of `assets/expressions`: unit amounts at intensity 1."""
    found: dict[str, dict[str, float]] = {}
    for path in sorted(package_data("expressions").glob("*.yaml")):
        for name, entry in yaml.safe_load(path.read_text()).items():
            found[name] = {unit: float(amount) for unit, amount in (entry["units"] or {}).items()}
    return found


def _known_units(units: dict[str, object]) -> dict[str, object]:
    for name in units:
        if name not in UNITS:
            raise PydanticCustomError(
                "unknown_unit",
                "{name} is not an ARKit unit{hint} (allowed: {allowed})",
                {
                    "name": repr(name),
                    "hint": did_you_mean(name, list(UNITS)),
                    "allowed": ", ".join(UNITS),
                },
            )
    return units


class ExpressionSpec(Frozen):
    """What the face does."""

    name: Annotated[Name, one_of(expressions)] = "neutral"
    """A named expression of `assets/expressions`, or `all`."""
    intensity: Annotated[Number, within(0, 1)] = 1.0
    """0 neutral .. 1 strong."""
    variation: Annotated[Number, within(0, 1)] = 0.12
    """How much each unit differs from the mixture, and left from right, from sample to sample: a standard deviation."""
    units: Annotated[dict[str, Annotated[Number, within(0, 1)]], AfterValidator(_known_units)] = Field(default={})
    """ARKit units, `tongueTipUp` and `tongueBackUp` by name, added to the named expression."""


class Expression(Frozen):
    """What one face does.

    Attributes:
        name: The named expression.
        intensity: Its strength.
        units: Amounts of ARKit units in [0, 1]; those that are 0 are left out.
    """

    name: str
    intensity: float
    units: dict[str, float]


def sample_expression(spec: ExpressionSpec, key: Key) -> Expression:
    """Draw an expression."""
    name = draw_name(spec.name, key.child("name"))
    intensity = draw_number(spec.intensity, key.child("intensity"))
    variation = draw_number(spec.variation, key.child("variation"))
    units: dict[str, float] = {}
    for unit, amount in expressions()[name].items():
        u = key.child("variation", unit).rng().random()
        factor = 1 + variation * float(np.clip(ndtri(u), -2, 2))
        if unit.startswith("eyeBlink"):
            factor = 1.0  # a closed eye stays closed
        units[unit] = amount * intensity * max(factor, 0.0)
    for unit, amount in spec.units.items():
        units[unit] = units.get(unit, 0.0) + draw_number(amount, key.child("units", unit))
    limited = {unit: round(min(amount, 1.0), 4) for unit, amount in sorted(units.items())}
    return Expression(name=name, intensity=intensity, units={k: v for k, v in limited.items() if v > 0})


def add_units(*groups: dict[str, float]) -> dict[str, float]:
    """Return the sum of unit amounts, each limited to 1."""
    total: dict[str, float] = {}
    for group in groups:
        for unit, amount in group.items():
            total[unit] = min(total.get(unit, 0.0) + amount, 1.0)
    return total
