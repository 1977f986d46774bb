"""The hair of the head: what a person wears, drawn; and the strands of it."""

from collections.abc import Callable, Iterator
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from synthgen.distributions import (
    Name,
    Number,
    TruncatedNormal,
    Uniform,
    draw_name,
    draw_number,
    draw_numbers,
    draw_one,
    one_of,
    standard_normal,
    within,
)
from synthgen.frozen import Frozen
from synthgen.hair import gathered, loose, plaits
from synthgen.hair.color import HairColor, scalp_attributes
from synthgen.hair.film import HairFilm, wet
from synthgen.hair.obstacle import Around
from synthgen.hair.popularity import SHORT, weights
from synthgen.hair.roots import Ground
from synthgen.hair.style import Style
from synthgen.hair.styles import STYLES
from synthgen.hair.worn import Hair, Tress, Worn, style_of
from synthgen.parts import Part
from synthgen.rng import Key
from synthgen.strands import Strands, tapered

FINEST_M, COARSEST_M = 3.5e-5, 1.3e-4
PIXEL_SHARE = 0.13
"""Radius of a strand over the size of a pixel where that lies between the finest and the coarsest."""
SHORT_M, SHORT_POINTS = 0.014, 5
"""Hairs up to this length need no more points."""

WORN_UP_TO = 3.2
"""Stage of loss up to which people wear styles that need hair on top."""
WOMENS_LINE_MM = -3.0
"""Of the hairline over the forehead, against men's."""

Factor = Annotated[Number, within(0.2, 3)]
Share = Annotated[Number, within(0, 1)]


class HairSpec(Frozen):
    """How hair may be worn. It belongs to the person."""

    style: Annotated[Name, one_of(STYLES)] | None = None
    """Without it drawn to fit sex, age, ancestry and what hair is left."""
    length: Factor = TruncatedNormal(mean=1, sd=0.18, low=0.6, high=1.5)
    """Over the style's own."""
    density: Factor = TruncatedNormal(mean=1, sd=0.16, low=0.5, high=1.4)
    """Hairs for the area, 1 is usual."""
    volume: Factor = TruncatedNormal(mean=1, sd=0.25, low=0.4, high=1.8)
    """Height above the skin over the style's own; of a bun, puff or tail its fullness."""
    frizz: Factor = TruncatedNormal(mean=1, sd=0.35, low=0.3, high=2.2)
    """Disorder of single hairs, 1 is usual."""
    curl: Annotated[Number, within(0, 2)] = TruncatedNormal(mean=1, sd=0.2, low=0.4, high=1.6)
    """Size of the waves of wavy, curly and coily styles over the style's own; 0 is straight. Others have none."""
    tightness: Annotated[Number, within(0.4, 2.5)] = TruncatedNormal(mean=1, sd=0.15, low=0.65, high=1.5)
    """Turns for the length of wavy, curly and coily styles over the style's own. Others have none."""
    parting_mm: Annotated[Number, within(-50, 50)] = Uniform(low=-38, high=38)
    """Where the parting of parted styles lies, > 0 to the subject's left; a side part stays away from the middle."""
    fade: Share | None = None
    """How high the sides of short styles are clipped, 0 not, 1 to the top; without it the style's own. Styles whose
    hair covers the ears have no sides to clip."""
    fringe: Share | None = None
    """How wide hair of falling styles is cut to a fringe over the forehead, 0 none, 1 from temple to temple; without
    it the style's own. Other styles have none."""
    layers: Share | None = None
    """How much shorter upper hair of falling styles is cut; without it the style's own. Other styles have none."""
    tail_height: Annotated[Number, within(0, 1.25)] | None = None
    """Where ponytails, buns, puffs and braids are tied: 0 in the nape, 1 on the crown; without it the style's own."""
    recession: Annotated[Number, within(0, 2)] | None = None
    """How far the hairline has gone back at the temples, 1 is 24 mm; without it by sex and age."""
    hairline_mm: Annotated[Number, within(-12, 15)] = TruncatedNormal(mean=0, sd=3.5, low=-8, high=9)
    """How much higher than usual for the sex the hairline is over the forehead."""
    widows_peak: Share | None = None
    """Depth of the point in the middle of the hairline; without it drawn, mostly small."""
    norwood: Annotated[Number, within(1, 7)] | None = None
    """Stage of male-pattern loss: 2 temples, 3 and a thin crown, 5 a bridge between, 6 none, 7 a low rim. In all
    styles. Without it by sex, age and ancestry, and at most what the style is worn with."""
    thinning: Share | None = None
    """Female-pattern loss: how much thinner hair is along the middle of the top. Without it by sex and age."""


def sample_hair(spec: HairSpec, ancestry: dict[str, float], age: float, male: float, key: Key) -> Hair:
    """Draw a person's hair."""
    man = float(np.clip(male, 0, 1))
    names = ("length", "density", "volume", "frizz", "curl", "tightness", "parting_mm", "hairline_mm")
    drawn = draw_numbers(spec, names, key)
    drawn["hairline_mm"] += WOMENS_LINE_MM * (1 - man)
    norwood = _or(spec.norwood, lambda k: _norwood(ancestry, age, man, k), key.child("norwood"))
    thinning = _or(spec.thinning, lambda k: _thinning(age, man, k), key.child("thinning"))
    recession = _or(spec.recession, lambda k: _recession(age, man, k), key.child("recession"))
    peak = _or(spec.widows_peak, lambda k: max(0.0, 0.25 + 0.4 * standard_normal(k)), key.child("widows_peak"))
    if spec.style is not None:
        style = draw_name(spec.style, key.child("style"))
    else:
        likely = weights(ancestry, age, man, norwood)
        style = draw_one(likely, likely.values(), key.child("style"))
    if style == "balding" and spec.norwood is None:
        norwood = float(np.clip(norwood + 2.0, 4.0, 7.0))
    elif spec.norwood is None and style not in SHORT:
        norwood = min(norwood, WORN_UP_TO)
    worn = STYLES[style]
    return Hair(
        style=style,
        **{name: round(value, 4) for name, value in drawn.items()},
        fade=_applied("fade", spec.fade, worn, key),
        fringe=_applied("fringe", spec.fringe, worn, key),
        layers=_applied("layers", spec.layers, worn, key),
        tail_height=_tail_height(spec, worn, key.child("tail_height")),
        recession=round(recession, 4),
        widows_peak=round(min(peak, 1.0), 4),
        norwood=round(norwood, 3),
        thinning=round(thinning, 4),
        seed=key.child("seed").integer(31),
    )


def _or(wanted: "float | Frozen | None", usual: Callable[[Key], float], key: Key) -> float:
    return float(usual(key) if wanted is None else draw_number(wanted, key))


def _applied(name: str, wanted: "float | Frozen | None", style: Style | None, key: Key) -> float | None:
    """Return a number that only some styles have: as wanted, or near the style's own."""
    own = None if style is None else getattr(style, name)
    if own is None:
        return None
    if wanted is not None:
        return round(draw_number(wanted, key.child(name)), 4)
    near = own + 0.06 * standard_normal(key.child(name)) if own > 0 else own
    return round(float(np.clip(near, 0, 1)), 4)


def _tail_height(spec: HairSpec, style: Style | None, key: Key) -> float | None:
    if style is None or style.tie is None:
        return None
    if spec.tail_height is not None:
        return round(draw_number(spec.tail_height, key), 4)
    return round(float(np.clip(style.tie.height + 0.05 * standard_normal(key), 0, 1.25)), 4)


def _norwood(ancestry: dict[str, float], age: float, man: float, key: Key) -> float:
    """Return a stage of male-pattern loss.

    Source: stage 3 or more in 16% of men of 18-29 and 53% of 40-49 (Rhodes et al., Dermatologic Surgery 24 (1998)
    1330), in Chinese men 3 and 21% (Wang et al., British Journal of Dermatology 162 (2010) 843).
    """
    less = 0.55 * np.clip(ancestry["asian"], 0, 1) + 0.25 * np.clip(ancestry["african"], 0, 1)
    severity = (age - 45) / 20 + 1.05 * standard_normal(key) - less
    return float(np.clip(1 + man * max(0.0, 1.75 + 1.6 * severity), 1, 7))


def _thinning(age: float, man: float, key: Key) -> float:
    """Return how far a woman's hair has thinned.

    Source: 3% of women in their twenties, 32% in their eighties (Birch et al., British Journal of Dermatology 144
    (2001) 297)."""
    severity = (age - 75) / 40 + 0.75 * standard_normal(key) - 0.25
    return float(
        np.clip((1 - man) * max(0.0, severity) * 0.6 + 0.12 * (1 - man) * np.clip((age - 50) / 40, 0, 1), 0, 1)
    )


def _recession(age: float, man: float, key: Key) -> float:
    mature = 0.18 + 0.12 * np.clip((age - 20) / 20, 0, 1)
    return float(np.clip(abs(mature + 0.2 * standard_normal(key)) * man, 0, 1.2))


def build_hair(
    hair: Hair, color: HairColor, film: HairFilm, ground: Ground, around: Around, gravity: NDArray, pixel_mm: float
) -> tuple[Strands, ...]:
    """Return the strands of the head; each knows where on the chart it is rooted (`scalp.regions`).

    Args:
        hair: Of the person.
        color: Of it.
        film: Water on it draws it down; what else that does to strands is up to `film.stick`.
        ground: The skin, in the chart's frame.
        around: What hair stays out of.
        gravity: (3,) the way down.
        pixel_mm: Size of a pixel at the head: strands are at least a share of it thick, and fewer.
    """
    style = style_of(hair)
    if style is None:
        return ()
    key = Key(f"hair/{hair.seed}")
    radius = float(np.clip(PIXEL_SHARE * pixel_mm * 1e-3, FINEST_M, COARSEST_M))
    worn = Worn(hair, wet(style, film), ground, around, gravity, radius, key)
    tresses = [part for tress in _build(worn) for part in _by_length(tress)]
    return tuple(
        Strands(
            name="hair" if number == 0 else f"hair_{number}",
            points=tress.points,
            radius=tapered(len(tress.points), tress.points.shape[1], radius * tress.thin, tress.tip_share),
            part=Part.HAIR,
            instance="person",
            material="hair",
            attributes=scalp_attributes(
                color, tress.points, tress.at, tress.lock, key.child("pigment", number), tress.rooted
            ),
            at=tress.at,
        )
        for number, tress in enumerate(tresses)
    )


def _build(worn: Worn) -> tuple[Tress, ...]:
    if worn.style.tie is not None:
        return gathered.build(worn)
    return (plaits if worn.style.plaits is not None else loose).build(worn)


def _by_length(tress: Tress) -> Iterator[Tress]:
    """Yield the long hairs, and the short ones with fewer points."""
    points = tress.points.shape[1]
    if points <= SHORT_POINTS + 2:
        yield tress
        return
    step = np.diff(tress.points[:, :: max(1, (points - 1) // 6)], axis=1)
    short = np.sqrt((step**2).sum(-1)).sum(1) < SHORT_M
    for chosen, few in ((~short, points), (short, SHORT_POINTS)):
        if chosen.any():
            yield tress.rows(chosen, few)
