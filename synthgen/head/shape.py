"""From who a person is and what the face does to the base cage: a weighted sum of shape targets."""

from collections.abc import Mapping

import numpy as np

from synthgen.head.detail import axes
from synthgen.head.model import Points, head_model
from synthgen.head.tongue import TONGUE_UNITS

ANCESTRIES = ("african", "asian", "caucasian")
"""MakeHuman's three poles of head shape; a person is a mix of them."""

YOUNG_YEARS, OLD_YEARS, CHILD_YEARS = 25.0, 90.0, 10.0
"""Ages at which MakeHuman modelled its `young`, `old` and `child` targets."""


def age_weights(age: float) -> dict[str, float]:
    """Return the weights of the child, young and old targets at an age in years.

    Above 25 the blend is linear. Below, the child share falls with the square of the years missing to 25: most of
    facial growth is over by 18, where it leaves 0.22.
    """
    old = np.clip((age - YOUNG_YEARS) / (OLD_YEARS - YOUNG_YEARS), 0, 1)
    child = np.clip((YOUNG_YEARS - age) / (YOUNG_YEARS - CHILD_YEARS), 0, 1) ** 2
    return {"child": float(child), "young": float(1 - old - child), "old": float(old)}


def _three_way(amount: float) -> dict[str, float]:
    return {"min": max(-amount, 0.0), "average": 1 - abs(amount), "max": max(amount, 0.0)}


def macro_targets(
    masculinity: float, age: float, ancestry: Mapping[str, float], weight: float, muscle: float
) -> dict[str, float]:
    """Return the amounts of the macro targets.

    Args:
        masculinity: 0 woman, 1 man; a little beyond either is meaningful.
        age: Years.
        ancestry: Share of each of ANCESTRIES; they sum to 1, single shares may lie outside [0, 1].
        weight: -1 lean, 0 average, 1 heavy.
        muscle: -1 weak, 0 average, 1 muscular.
    """
    amounts: dict[str, float] = {}
    for sex, by_sex in (("male", masculinity), ("female", 1 - masculinity)):
        for years, by_age in age_weights(age).items():
            share = by_sex * by_age
            if not share:
                continue
            for pole in ANCESTRIES:
                amounts[f"macro/{pole}-{sex}-{years}"] = share * ancestry[pole]
            for mass, by_mass in _three_way(weight).items():
                for tone, by_tone in _three_way(muscle).items():
                    name = f"macro/universal-{sex}-{years}-{tone}muscle-{mass}weight"
                    amounts[name] = share * by_mass * by_tone
    return amounts


def detail_targets(details: Mapping[str, float], tilts: Mapping[str, float]) -> dict[str, float]:
    """Return the amounts of the face-detail targets of axis values and their left-right tilts."""
    amounts: dict[str, float] = {}
    for name, value in details.items():
        amounts |= axes()[name].targets(value, tilts.get(name, 0.0))
    return amounts


def expression_targets(units: Mapping[str, float], closing: Mapping[str, float] | None = None) -> dict[str, float]:
    """Return the amounts of the face-unit targets of ARKit units; the tongue's own units have none.

    Args:
        units: Amounts of ARKit units, 0 to 1.
        closing: For blinks, the amount of the target that closes this person's eye; 1 if not given.
    """
    return {
        f"arkit/{unit}": amount * (closing or {}).get(unit, 1.0)
        for unit, amount in units.items()
        if unit not in TONGUE_UNITS
    }


def shape_cage(*amounts: Mapping[str, float]) -> Points:
    """Return the base cage (v, 3) with target amounts applied; metres, MakeHuman's origin between the hips."""
    model, cage = head_model(), None
    for group in amounts:
        cage = model.displace(group, cage)
    return model.vertices.copy() if cage is None else cage
