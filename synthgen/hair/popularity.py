"""How often styles are worn, by sex, age and kind of hair: one table."""

from typing import NamedTuple

import numpy as np

from synthgen.hair.styles import STYLES


class Worn(NamedTuple):
    """Weights of one style.

    Attributes:
        men: Among men whose hair is not coily.
        women: Among women whose hair is not coily.
        coily_men: Among men with coily hair.
        coily_women: Among women with coily hair.
        old: Factor at 70 years over that at 25, geometric between.
    """

    men: float = 0
    women: float = 0
    coily_men: float = 0
    coily_women: float = 0
    old: float = 1


POPULARITY: dict[str, Worn] = {
    "bald": Worn(3, 0, 8, 0.5, 1.5),
    "shaved": Worn(4, 0.3, 14, 2),
    "buzz": Worn(9, 0.3, 16, 2),
    "buzz_fade": Worn(4, 0, 10, 1, 0.3),
    "buzz_skin_fade": Worn(2, 0, 6, 0, 0.2),
    "crop": Worn(20, 3, 1, 0, 2),
    "crop_low_fade": Worn(7, 0, 0.5, 0),
    "crop_mid_fade": Worn(6, 0, 0, 0, 0.3),
    "crop_high_fade": Worn(4, 0, 0, 0, 0.2),
    "textured_crop": Worn(6, 1, 0, 0, 0.2),
    "pixie": Worn(0, 6, 0, 0.5, 3),
    "french_crop": Worn(5, 0, 0, 0, 0.5),
    "french_crop_fade": Worn(3, 0, 0, 0, 0.2),
    "caesar": Worn(4, 0.3, 1, 0),
    "side_part": Worn(14, 2, 0, 0, 3),
    "side_part_fade": Worn(5, 0, 0, 0, 0.4),
    "comb_over": Worn(4, 0, 0, 0, 3),
    "quiff": Worn(5, 0, 0, 0, 0.5),
    "quiff_fade": Worn(4, 0, 0, 0, 0.2),
    "messy_quiff": Worn(4, 0.3, 0, 0, 0.3),
    "pompadour": Worn(2, 0, 0, 0),
    "pompadour_fade": Worn(2, 0, 0, 0, 0.3),
    "slicked": Worn(5, 0.8, 0, 0.3, 1.5),
    "slicked_undercut": Worn(3, 0.3, 0, 0, 0.2),
    "flat_top": Worn(1, 0, 2, 0),
    "flat_top_tall": Worn(0.3, 0, 1.5, 0, 0.3),
    "mohawk": Worn(0.6, 0.2, 0.5, 0, 0.1),
    "fauxhawk": Worn(1.5, 0.2, 0.5, 0, 0.2),
    "messy": Worn(7, 2, 0, 0, 0.4),
    "messy_long": Worn(4, 3, 0, 0, 0.5),
    "curly_top": Worn(3, 1, 3, 1, 0.5),
    "curly_fade": Worn(3, 0, 4, 0, 0.2),
    "balding": Worn(0.5, 0, 0.5, 0, 3),
    "short_afro": Worn(0.2, 0.1, 16, 9, 1.5),
    "afro_fade": Worn(0, 0, 12, 1, 0.3),
    "waves_fade": Worn(0, 0, 8, 0, 0.4),
    "afro": Worn(0.2, 0.2, 6, 11),
    "big_afro": Worn(0, 0.1, 2, 5, 0.4),
    "curtain": Worn(3, 1, 0, 0, 0.2),
    "curtain_short": Worn(4, 0.3, 0, 0, 0.2),
    "curtain_long": Worn(2, 3, 0, 0, 0.4),
    "bob": Worn(0, 10, 0, 3, 2),
    "bob_fringe": Worn(0, 6, 0, 1, 1.5),
    "bob_short": Worn(0, 5, 0, 1, 3),
    "bob_long": Worn(0.5, 8, 0, 2),
    "bob_flipped": Worn(0, 2, 0, 1, 2),
    "short_wavy": Worn(0.3, 7, 0, 2, 3),
    "short_wavy_fringe": Worn(0, 4, 0, 1, 2),
    "layered": Worn(1, 9, 0, 2),
    "layered_fringe": Worn(0, 4, 0, 1),
    "long_straight": Worn(1.5, 13, 0, 2, 0.4),
    "long_straight_fringe": Worn(0, 4, 0, 1, 0.3),
    "long_wavy": Worn(1.5, 15, 0, 2, 0.4),
    "long_wavy_fringe": Worn(0, 4, 0, 1, 0.4),
    "loose_curls": Worn(0.5, 8, 0.5, 3, 0.5),
    "curls": Worn(0.8, 5, 1, 5, 0.7),
    "tight_curls": Worn(0.4, 2, 2, 10, 0.7),
    "ponytail": Worn(1, 5.5, 0, 1.4, 0.5),
    "ponytail_low": Worn(1, 4, 0, 1.4),
    "ponytail_high": Worn(0, 3, 0, 1.2, 0.2),
    "bun": Worn(0.2, 3, 0, 2),
    "bun_low": Worn(0, 2.5, 0, 2, 1.5),
    "top_knot": Worn(0.8, 2, 0.5, 1.5, 0.3),
    "pigtails": Worn(0, 1, 0, 1, 0.1),
    "braid": Worn(0, 2.2, 0, 1, 0.6),
    "twin_braids": Worn(0, 1, 0, 1.5, 0.2),
    "puff": Worn(0, 0.1, 0.5, 6, 0.4),
    "puff_low": Worn(0, 0, 0.5, 3.5, 0.8),
    "cornrows": Worn(0, 0, 5, 5, 0.2),
    "cornrows_long": Worn(0, 0, 2, 6, 0.3),
    "box_braids": Worn(0, 0.1, 3, 12, 0.4),
    "box_braids_short": Worn(0, 0, 2, 5, 0.4),
}
SHORT = frozenset({"bald", "shaved", "buzz", "buzz_fade", "buzz_skin_fade", "crop", "balding", "caesar", "short_afro"})
SHORT |= {"waves_fade", "crop_low_fade", "side_part", "comb_over", "slicked"}
"""What men wear who have lost much."""
LOST_TURN, LOST_STEP = 4.0, 1.6
"""Beyond this stage other styles are given up, by a factor of e each so many stages."""


def weights(ancestry: dict[str, float], age: float, man: float, norwood: float) -> dict[str, float]:
    """Return the weight of each style for a person.

    Args:
        ancestry: The shares that shape the head.
        age: Years.
        man: 0 woman, 1 man.
        norwood: Stage of male-pattern loss.
    """
    coily = float(np.clip(1.5 * ancestry["african"] - 0.3, 0, 1))
    years = float(np.clip((age - 25) / 45, 0, 1.3))
    shares = {"men": man * (1 - coily), "women": (1 - man) * (1 - coily)}
    shares |= {"coily_men": man * coily, "coily_women": (1 - man) * coily}
    totals = {name: sum(getattr(row, name) for row in POPULARITY.values()) for name in shares}
    lost = max(norwood - LOST_TURN, 0.0)
    found = {}
    for name in STYLES:
        row = POPULARITY[name]
        weight = sum(share * getattr(row, group) / totals[group] for group, share in shares.items()) * row.old**years
        if name not in SHORT:
            weight *= np.exp(-lost * 2 / LOST_STEP)
        elif name in ("balding", "bald", "shaved", "buzz"):
            weight *= np.exp(lost / LOST_STEP) * (12 if name == "balding" and lost > 0 else 1)
        found[name] = weight
    return found
