"""The dimensions of a face that MakeHuman's targets lack: the eye region, and folds that are one's own.

Each is drawn by itself around a mean that depends on ancestry, sex and age; the person's own deviation from that mean
does not depend on age, so that an ageing person stays the same person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import AfterValidator

from synthgen.distributions import Number, draw_number, standard_normal, within
from synthgen.frozen import Frozen
from synthgen.rng import Key

MEAN_AGE = 45.0
PUPIL_OUTWARD_MM, CENTRED = 0.5, 0.6
"""How far pupils stand out from the middle of the lid opening on average, and the share of what an independent draw of
the widths would put them elsewhere that is taken back."""


@dataclass(frozen=True)
class Dimension:
    """How one dimension is distributed over people.

    Attributes:
        low, high: Bounds of what may be asked for and of what is drawn.
        mean: Of a 45-year-old, half man, half woman, before the shares of ancestry.
        sd: Among people of one age, sex and ancestry.
        decade: Change of the mean in ten years.
        man: Change from woman to man.
        african, asian, caucasian: Change at a full share of that pole.
        uneven: Standard deviation of half the difference between left and right, as a share of `sd`.
        follow: Share of what this face's other shape already gives (for measures only), kept in the draw.
    """

    low: float
    high: float
    mean: float
    sd: float
    decade: float = 0.0
    man: float = 0.0
    african: float = 0.0
    asian: float = 0.0
    caucasian: float = 0.0
    uneven: float = 0.12
    follow: float = 0.0


# Means and spreads of the measures: interpupillary distance, Dodgson, Proc. SPIE 5291 (2004) 36: 63.4 mm; widths
# and heights of the lid fissure, Farkas, Anthropometry of the Head and Face, 2nd ed. 1994; canthal tilt about 4 deg,
# more in East Asians, Farkas et al., J. Craniofac. Surg. 16 (2005) 615; rounded. The eye aspect ratio is that of
# people with a neutral face in photographs, 0.27 +-0.05. Depths and folds have no such tables: set by eye.
DIMENSIONS: dict[str, Dimension] = {
    "interpupillary_mm": Dimension(50, 76, 62.3, 2.4, man=2.2, african=1.2, asian=0.4, uneven=0.0, follow=0.7),
    "intercanthal_mm": Dimension(24, 43, 31.6, 1.9, man=1.0, african=1.5, asian=1.8, uneven=0.0, follow=0.35),
    "fissure_mm": Dimension(23, 34, 29.2, 1.5, man=0.6, african=0.7, asian=-0.5, decade=-0.1, uneven=0.15, follow=0.25),
    "canthal_tilt_deg": Dimension(-7, 15, 3.6, 2.5, man=-0.8, asian=2.6, african=0.6, decade=-0.35, uneven=0.2),
    "eye_aspect_ratio": Dimension(0.13, 0.45, 0.282, 0.054, man=-0.02, asian=-0.012, decade=-0.006, uneven=0.13),
    "orbital_depth_mm": Dimension(-4, 7, 0.4, 1.5, man=0.8, asian=-1.6, caucasian=1.0, decade=0.25, uneven=0.0),
    "brow_ridge_mm": Dimension(-3, 6, -0.2, 1.0, man=2.5, asian=-0.6, caucasian=0.4, uneven=0.08),
    "skull_width_mm": Dimension(-6, 18, 7.0, 3.0, uneven=0.0),
    "lid_peak": Dimension(-1, 1, 0.0, 0.45, asian=0.1),
    "crease": Dimension(0, 1, 0.62, 0.27, asian=-0.42, uneven=0.1),
    "crease_height_mm": Dimension(2.5, 10, 4.7, 1.5, man=-0.8, asian=-0.8, caucasian=0.4, decade=0.12, uneven=0.15),
    "crease_taper": Dimension(-1, 1, 0.0, 0.4, asian=0.45),
    "hooding": Dimension(0, 1, 0.36, 0.28, decade=0.08, man=0.18, asian=0.08, uneven=0.15),
    "lid_fullness": Dimension(-1, 1, 0.0, 0.38, asian=0.45, caucasian=-0.15, decade=-0.1),
    "epicanthus": Dimension(0, 1, 0.04, 0.10, asian=0.42, uneven=0.1),
    "eye_bags": Dimension(0, 1, 0.1, 0.19, decade=0.09, man=0.05),
    "tear_trough": Dimension(0, 1, 0.24, 0.22, decade=0.08, man=0.03),
    "lower_lid_roll": Dimension(0, 1, 0.1, 0.22, decade=-0.03, asian=0.15),
    "nasolabial_fold": Dimension(0, 1, 0.22, 0.2, decade=0.1, man=0.04),
    "marionette_fold": Dimension(0, 1, 0.08, 0.14, decade=0.09),
    "glabella_lines": Dimension(0, 1, 0.12, 0.17, decade=0.08, man=0.06),
    "forehead_lines": Dimension(0, 1, 0.1, 0.17, decade=0.1, man=0.05),
    "crows_feet": Dimension(0, 1, 0.1, 0.14, decade=0.1),
}


def _allowed(name: str) -> AfterValidator:
    return within(DIMENSIONS[name].low, DIMENSIONS[name].high)


class FeaturesSpec(Frozen):
    """The eye region and the folds of the face; what is not given is drawn by ancestry, sex and age."""

    interpupillary_mm: Annotated[Number, _allowed("interpupillary_mm")] | None = None
    """Between the eyes' centres."""
    intercanthal_mm: Annotated[Number, _allowed("intercanthal_mm")] | None = None
    """Between the inner corners of the eyes."""
    fissure_mm: Annotated[Number, _allowed("fissure_mm")] | None = None
    """Length of the opening between the lids, corner to corner, seen from the front; the nearest this face can have."""
    canthal_tilt_deg: Annotated[Number, _allowed("canthal_tilt_deg")] | None = None
    """How far the line from the inner to the outer corner rises."""
    eye_aspect_ratio: Annotated[Number, _allowed("eye_aspect_ratio")] | None = None
    """Height of the lid opening over its length at rest: how open this person's eyes are."""
    orbital_depth_mm: Annotated[Number, _allowed("orbital_depth_mm")] | None = None
    """> 0 deep-set, < 0 protruding eyes."""
    brow_ridge_mm: Annotated[Number, _allowed("brow_ridge_mm")] | None = None
    """How far the bone under the brows stands forward."""
    skull_width_mm: Annotated[Number, _allowed("skull_width_mm")] | None = None
    """How much wider the skull is above the ears than MakeHuman's, which is narrower than people's."""
    lid_peak: Annotated[Number, _allowed("lid_peak")] | None = None
    """Where the upper lid is highest: -1 towards the nose, 1 towards the temple."""
    crease: Annotated[Number, _allowed("crease")] | None = None
    """Depth of the upper lid's crease: 0 none (mono-lid) .. 1 deep."""
    crease_height_mm: Annotated[Number, _allowed("crease_height_mm")] | None = None
    """Skin between the upper lid's edge and its crease, before the fold hangs over it."""
    crease_taper: Annotated[Number, _allowed("crease_taper")] | None = None
    """1 the crease runs into the inner corner, 0 it follows the lid, -1 it stands away there."""
    hooding: Annotated[Number, _allowed("hooding")] | None = None
    """How far the fold above the crease hangs over the lid."""
    lid_fullness: Annotated[Number, _allowed("lid_fullness")] | None = None
    """Between crease and brow: -1 hollow .. 1 full."""
    epicanthus: Annotated[Number, _allowed("epicanthus")] | None = None
    """A fold of skin over the inner corner."""
    eye_bags: Annotated[Number, _allowed("eye_bags")] | None = None
    """Swelling under the lower lid."""
    tear_trough: Annotated[Number, _allowed("tear_trough")] | None = None
    """The groove between lower lid and cheek."""
    lower_lid_roll: Annotated[Number, _allowed("lower_lid_roll")] | None = None
    """The soft ridge just under the lower lashes."""
    nasolabial_fold: Annotated[Number, _allowed("nasolabial_fold")] | None = None
    """From the wing of the nose past the corner of the mouth."""
    marionette_fold: Annotated[Number, _allowed("marionette_fold")] | None = None
    """From the corner of the mouth down to the chin."""
    glabella_lines: Annotated[Number, _allowed("glabella_lines")] | None = None
    """Upright lines between the brows."""
    forehead_lines: Annotated[Number, _allowed("forehead_lines")] | None = None
    """Level lines across the forehead."""
    crows_feet: Annotated[Number, _allowed("crows_feet")] | None = None
    """Lines fanning out from the outer corner of the eye."""


def draw_features(
    spec: FeaturesSpec,
    key: Key,
    shares: Mapping[str, float],
    masculinity: float,
    age: float,
    own: Mapping[str, float],
    variation: float,
) -> dict[str, float]:
    """Draw every dimension of a person; ageing changes its mean only.

    Args:
        spec: What is asked for.
        key: Of the person.
        shares: Of each pole of ancestry; taken within 0 .. 1.
        masculinity: 0 woman .. 1 man.
        age: Years.
        own: Deviation of the face from the average in the MEASURED dimensions, before they are set.
        variation: Factor of the spread.
    """
    found = {}
    for name, d in DIMENSIONS.items():
        asked = getattr(spec, name)
        if asked is not None:
            found[name] = draw_number(asked, key.child(name))
            continue
        mean = d.mean + d.decade * (age - MEAN_AGE) / 10 + d.man * (masculinity - 0.5)
        mean += sum(getattr(d, pole) * float(np.clip(share, 0, 1)) for pole, share in shares.items())
        value = mean + d.follow * own.get(name, 0.0) + d.sd * variation * _normal(key.child(name))
        found[name] = float(np.clip(value, d.low, d.high))
    free = [name for name in ("intercanthal_mm", "fissure_mm") if getattr(spec, name) is None]
    return found | _centred(found, free)


def _centred(found: Mapping[str, float], free: list[str]) -> dict[str, float]:
    """Return widths of those that are free with which the pupils stand nearer to the middle between the corners.

    Eyes, corners and openings are drawn apart, but grow together: without this one person in five looks wall- or
    cross-eyed.
    """
    off = found["interpupillary_mm"] - found["intercanthal_mm"] - found["fissure_mm"] - 2 * PUPIL_OUTWARD_MM
    bounds = {name: (DIMENSIONS[name].low, DIMENSIONS[name].high) for name in free}
    return {
        name: float(np.clip(found[name] + CENTRED * off / len(free), low, high)) for name, (low, high) in bounds.items()
    }


def draw_uneven(key: Key, asymmetry: float) -> dict[str, float]:
    """Draw what is added to each dimension on the subject's left and taken off on the right."""
    return {
        name: d.uneven * d.sd * asymmetry * _normal(key.child(name, "uneven"))
        for name, d in DIMENSIONS.items()
        if d.uneven
    }


def one_side(features: Mapping[str, float], uneven: Mapping[str, float], outward: int) -> dict[str, float]:
    """Return the dimensions of one side of a face: `outward` 1 for the subject's left, -1 for the right."""
    found = {}
    for name, value in features.items():
        d, more = DIMENSIONS[name], outward * uneven.get(name, 0.0)
        if d.low == 0:
            more *= min(value / (d.mean + d.sd), 1.0)  # what someone lacks is lacking on both sides
        found[name] = float(np.clip(value + more, d.low, d.high))
    return found


def _normal(key: Key) -> float:
    return float(np.clip(standard_normal(key), -2.6, 2.6))
