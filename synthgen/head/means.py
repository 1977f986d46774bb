"""What the details of a face are on average: by sex, ancestry and weight."""

from collections.abc import Mapping

import numpy as np

REST = {"mouth/mouth-angles-up": 0.30, "mouth/mouth-lowerlip-height-incr": 0.12}
"""Of everyone: the model's corners of the mouth hang 1.3 mm, which reads as a frown, and its lower lip is thinner than
people's (9.4 mm in Farkas, Anthropometry of the Head and Face, 2nd ed. 1994)."""
FULL_FACE = {"head/head-fat-incr": 0.5, "cheek/cheek-volume-incr": 0.35, "neck/neck-double-incr": 0.4}
"""How far heavy people's faces are fuller; MakeHuman's weight targets leave the face as it is."""
WOMEN = {
    "head/head-fat-incr": -0.22,
    "head/head-invertedtriangular": 0.16,
    "head/head-rectangular": -0.10,
    "head/head-square": -0.15,
    "chin/chin-bones-incr": -0.45,
    "chin/chin-prominent-incr": -0.15,
    "chin/chin-width-incr": -0.45,
    "nose/nose-scale-horiz-incr": -0.22,
    "nose/nose-scale-vert-incr": 0.25,
    "nose/nose-scale-depth-incr": -0.08,
    "nose/nose-point-up": 0.14,
    "nose/nose-hump-incr": -0.20,
    "nose/nose-width1-incr": -0.20,
    "nose/nose-width2-incr": -0.30,
    "nose/nose-volume-incr": -0.20,
    "mouth/mouth-scale-horiz-incr": 0.20,
    "mouth/mouth-upperlip-height-incr": 0.10,
    "mouth/mouth-lowerlip-height-incr": 0.08,
    "mouth/mouth-upperlip-volume-incr": 0.14,
    "mouth/mouth-lowerlip-volume-incr": 0.12,
    "cheek/cheek-bones-incr": 0.20,
    "cheek/cheek-volume-incr": 0.12,
    "eyebrows/eyebrows-trans-up": 0.25,
    "forehead/forehead-nubian-incr": 0.08,
    "forehead/forehead-trans-forward": -0.15,
}
"""Of women, beyond what MakeHuman's sex targets give, nothing of men.

Over 60 people women measure, over men: nose length 0.90, nose breadth 0.96, mouth 0.92, face n-gn 0.90; jaw over
cheekbones 0.76, men 0.80. Young adults: 0.93, 0.94, 0.93, misprinted, 0.74, 0.80. Source: Maxillofac. Plast.
Reconstr. Surg. 41 (2019), article s40902-019-0191-7, table 9. What it does not measure (brow, forehead, tip of the
nose, cheeks, lips) was set by eye.
"""
MEN = {"neck/neck-scale-horiz-incr": -0.50, "neck/measure-neck-circ-incr": -0.25}
"""Of men, nothing of women: without it necks of drawn men are 430 mm around on average, with it 403, women's 327.

People have 380 to 400 and 325 to 330: as quoted from Farkas and from a survey of the US Army of 2012, not read there.
"""
LIPS = {
    "mouth/mouth-upperlip-height-incr": (0.10, 0.0, -0.05),
    "mouth/mouth-lowerlip-height-incr": (0.08, 0.0, -0.05),
    "mouth/mouth-upperlip-volume-incr": (0.20, 0.05, -0.10),
    "mouth/mouth-lowerlip-volume-incr": (0.15, 0.05, -0.10),
}
"""By full shares of the African, Asian and Caucasian poles: MakeHuman's lips differ less than people's (Farkas et al.,
J. Craniofac. Surg. 16 (2005) 615)."""


def mean_detail(name: str, masculinity: float, ancestry: Mapping[str, float], weight: float) -> float:
    """Return the mean of an axis of face detail (`head.detail`) for a person.

    Args:
        name: Of the axis.
        masculinity: 0 woman .. 1 man.
        ancestry: Shares of the poles of head shape.
        weight: -1 lean .. 1 heavy.
    """
    woman = 1 - float(np.clip(masculinity, 0, 1))
    lips = dict(zip(("african", "asian", "caucasian"), LIPS.get(name, (0.0, 0.0, 0.0)), strict=True))
    by_ancestry = sum(float(np.clip(ancestry[pole], 0, 1)) * value for pole, value in lips.items())
    by_sex = WOMEN.get(name, 0.0) * woman + MEN.get(name, 0.0) * (1 - woman)
    return REST.get(name, 0.0) + FULL_FACE.get(name, 0.0) * weight + by_sex + by_ancestry
