"""The independent axes of face detail: MakeHuman's targets, paired into signed sliders.

`nose/nose-hump-incr` and `-decr` become one axis `nose/nose-hump-incr`; left and right targets move together. The
amplitudes are those under which drawn faces differ as much as people do and stay plausible: with sigma 0.3 the
distances of 26 landmark pairs spread as in people; from 0.4 on many faces are caricatures.
"""

from dataclasses import dataclass
from functools import lru_cache

from synthgen.head.model import head_model

OPPOSITES = (
    ("incr", "decr"),
    ("up", "down"),
    ("in", "out"),
    ("forward", "backward"),
    ("convex", "concave"),
    ("uncompress", "compress"),
)
SIGMA = 0.3
AMPLITUDES = {
    "head": 0.55,
    "forehead": 0.55,
    "eyebrows": 0.9,
    "eyes": 1.0,
    "nose": 0.8,
    "mouth": 0.8,
    "chin": 1.0,
    "cheek": 1.0,
    "ears": 0.7,
    "neck": 0.5,
    "asym": 0.3,
}
"""Spread of each region's axes, in units of SIGMA."""
HALVED = (
    *(
        "mouth-angles",
        "lip-ext",
        "laugh-lines",
        "dimples",
        "eyebrows-angle",
        "eyebrows-trans-forward",
        "eyefold",
        "eye-height",
    ),
    *("lowerlip-middle", "upperlip-middle", "jaw-drop", "head-angle"),
)
"""Axes that read as an expression or a deformity: half the spread."""
SKULL_SHAPES = (
    *("head-diamond", "head-invertedtriangular", "head-oval", "head-rectangular"),
    *("head-round", "head-square", "head-triangular"),
)
"""One-sided axes that all work on the whole skull and add up: a third of the spread."""
LATERAL = ("nose-trans-in", "mouth-trans-in")
"""Axes that push a feature off the midline: as little as the asymmetry targets."""
SKIPPED = (
    *(
        "head-trans",
        "neck-trans",
        "head-age",
        "asymm-",
        "neck-back",
        "measure-neck-height",
        "neck-scale-vert",
    ),
)
"""Targets that move the head as a whole, repeat another axis, or tear the neck."""


@dataclass(frozen=True)
class Axis:
    """One signed slider.

    Attributes:
        name: The target it is named after, such as `nose/nose-hump-incr`, without `l-`.
        plus: Targets applied for positive values; a pair is (left, right).
        minus: Targets for negative values; empty if the axis is one-sided.
        sigma: Standard deviation of its draw.
    """

    name: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    sigma: float

    def targets(self, value: float, tilt: float = 0.0) -> dict[str, float]:
        """Return target amounts of a value; `tilt` is added on the subject's left and taken off on the right."""
        amounts: dict[str, float] = {}
        for side, offset in enumerate((tilt, -tilt) if len(self.plus) == 2 else (0.0,)):
            amount = value + offset
            names = self.plus if amount >= 0 else self.minus
            if names:
                amounts[names[side]] = abs(amount)
        return amounts


@lru_cache(maxsize=1)
def axes() -> dict[str, Axis]:
    """Return the axes by name, in a fixed order."""
    available = set(head_model().targets)
    found: dict[str, Axis] = {}
    for target in sorted(available):
        region, _, stem = target.partition("/")
        if region not in AMPLITUDES or stem.startswith((*SKIPPED, "r-")):
            continue
        base, _, suffix = stem.rpartition("-")
        pairs = [("l", "r")] if region == "asym" else OPPOSITES
        for plus, minus in pairs:
            if suffix in (plus, minus) and {f"{region}/{base}-{plus}", f"{region}/{base}-{minus}"} <= available:
                _add(found, region, f"{base}-{plus}", f"{base}-{minus}")
                break
        else:
            _add(found, region, stem, None)
    return found


def _add(found: dict[str, Axis], region: str, plus: str, minus: str | None) -> None:
    name = f"{region}/{plus.removeprefix('l-')}"
    amplitude = AMPLITUDES["asym" if plus in LATERAL else region]
    sigma = SIGMA * amplitude * (0.5 if any(word in plus for word in HALVED) else 1.0)
    sigma *= 0.35 if plus in SKULL_SHAPES else 1.0
    sides = [_both_sides(region, stem) if stem else () for stem in (plus, minus)]
    found[name] = Axis(name, sides[0], sides[1], sigma)


def _both_sides(region: str, stem: str) -> tuple[str, ...]:
    if stem.startswith("l-"):
        return f"{region}/{stem}", f"{region}/r-{stem[2:]}"
    return (f"{region}/{stem}",)
