"""One person's hair as drawn, and what the builders of strands are given and give back."""

from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from synthgen.frozen import Frozen
from synthgen.hair.obstacle import Around
from synthgen.hair.roots import Ground, Points, Roots, scatter
from synthgen.hair.scalp import Outline, in_reach, kept, scalp_density
from synthgen.hair.shaping import resampled
from synthgen.hair.style import Style
from synthgen.hair.styles import STYLES
from synthgen.rng import Key


class Hair(Frozen):
    """One person's hair; fields as in `HairSpec`, drawn.

    Attributes:
        fade: How high the sides are clipped; None where hair covers them.
        fringe: How wide hair falls over the forehead; None where it does not apply.
        layers: How much shorter upper hair is; None where it does not apply.
        tail_height: Of the tie; None where there is none.
        seed: Of the strands.
    """

    style: str
    length: float
    density: float
    volume: float
    frizz: float
    curl: float
    tightness: float
    parting_mm: float
    fade: float | None
    fringe: float | None
    layers: float | None
    tail_height: float | None
    recession: float
    hairline_mm: float
    widows_peak: float
    norwood: Annotated[float, Field(ge=1, le=7)] = 1.0
    thinning: Annotated[float, Field(ge=0, le=1)] = 0.0
    seed: int

    @property
    def outline(self) -> Outline:
        """Return how the hair is bounded and lost."""
        return Outline(self.recession, -self.hairline_mm * 1e-3, self.widows_peak, self.norwood, self.thinning)


@dataclass(frozen=True)
class Worn:
    """What builders of strands are given.

    Attributes:
        hair: Of the person.
        style: Of it, as it is worn: with what the person's hair says.
        ground: The skin, in the chart's frame.
        around: What hair stays out of.
        gravity: (3,) the way down.
        radius_m: Of a usual hair's root.
        key: Of all draws.
    """

    hair: Hair
    style: Style
    ground: Ground
    around: Around
    gravity: NDArray
    radius_m: float
    key: Key


@dataclass(frozen=True)
class Tress:
    """Hairs of one kind.

    Attributes:
        points: (n, k, 3) metres, in the chart's frame.
        at: (n, 3) on the chart: the root of each, or where it is gathered.
        thin: (n,) radius over the usual.
        lock: (n,) lock of each, for colour.
        tip_share: Radius of the tip over that of the root.
        rooted: Whether the hairs begin at the skin.
    """

    points: Points
    at: Points
    thin: NDArray
    lock: NDArray[np.int64]
    tip_share: float = 0.42
    rooted: bool = True

    def rows(self, chosen: NDArray[np.bool_], points: int) -> "Tress":
        """Return some of the hairs, with as many points."""
        hairs = self.points[chosen]
        return replace(
            self,
            points=hairs if points == hairs.shape[1] else resampled(hairs, points),
            at=self.at[chosen],
            thin=self.thin[chosen],
            lock=self.lock[chosen],
        )


def style_of(hair: Hair) -> Style | None:
    """Return the style as a person wears it."""
    style = STYLES[hair.style]
    if style is None:
        return None
    changed: dict = {name: getattr(hair, name) for name in ("fade", "fringe", "layers")}
    if style.coils is not None:
        coils = style.coils
        turn = coils.wave_m / hair.tightness
        changed["coils"] = replace(coils, radius_m=coils.radius_m * hair.curl / hair.tightness**0.5, wave_m=turn)
    if style.tie is not None and hair.tail_height is not None:
        changed["tie"] = replace(style.tie, height=hair.tail_height, length=style.tie.length * hair.length)
    if style.plaits is not None:
        changed["plaits"] = replace(style.plaits, length=style.plaits.length * hair.length)
    return replace(style, **changed)


def color_locks(at: NDArray) -> NDArray[np.int64]:
    """Return a lock (n,) for each root (n, 3), for colour: cells of 7 mm."""
    cells = np.floor(at / 0.007).astype(int)
    return np.unique(cells, axis=0, return_inverse=True)[1].reshape(-1)


def rooted(worn: Worn, count: int) -> Roots:
    """Return the roots of a person's hair: `count` where none is lost, fewer the more is.

    Of hair that falls over the ears those that stand inside a collar are left out.
    """
    outline, key = worn.hair.outline, worn.key
    roots = scatter(count, lambda at: scalp_density(at, outline, key), in_reach, key.child("roots"))
    roots = roots.rows(key.child("kept").rng().random(len(roots.at)) < kept(roots.at, outline, key))
    if not worn.style.covers_ears:
        return roots
    return roots.rows(~worn.around.in_collar(*worn.ground.under(roots)))
