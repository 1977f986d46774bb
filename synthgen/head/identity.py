"""Who a person is: sex, age, ancestry, build and the details of the face."""

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from synthgen.distributions import (
    Name,
    NameChoice,
    Number,
    TruncatedNormal,
    Uniform,
    draw_name,
    draw_number,
    one_of,
    standard_normal,
    within,
)
from synthgen.frozen import Frozen, kind_of
from synthgen.groups import Grouped, choose
from synthgen.head.anthropometry import keep_human
from synthgen.head.bones import set_bones
from synthgen.head.detail import axes
from synthgen.head.features import MEAN_AGE, FeaturesSpec, draw_features, draw_uneven
from synthgen.head.means import mean_detail
from synthgen.head.model import Points, head_model
from synthgen.head.orbit import measure_eyes, set_eyes
from synthgen.head.shape import ANCESTRIES, detail_targets, macro_targets, shape_cage
from synthgen.rays import count_self_intersections
from synthgen.rng import Key, identity_key

SEXES = ("female", "male")
SEX_SPREAD = 0.12
"""Standard deviation of masculinity around 0 (women) and 1 (men)."""
HEIGHTS_M = {
    "female": TruncatedNormal(mean=1.63, sd=0.07, low=1.4, high=1.9),
    "male": TruncatedNormal(mean=1.76, sd=0.075, low=1.5, high=2.05),
}
"""Adult stature. Source: NCD-RisC, eLife 5 (2016) e13410: rounded means and spreads over high-income countries."""
TILT_SHARE = 0.15
"""Standard deviation of left-right differences of paired details, as a share of the axis's own spread."""
MAX_SELF_INTERSECTIONS = 120
"""Edges of the neutral face's cage that may pass through it; drawn faces show it from about 100 on."""
MAX_ATTEMPTS = 8
CHECKED_AGES = (28.0, 72.0)
PLAIN_EYES = {"interpupillary_mm": 57.8, "intercanthal_mm": 33.9, "fissure_mm": 24.6}
"""Means of the eyes' measures before features set them, by `tools/measure_faces.py`."""

Share = Annotated[Number, within(0, 1)]
Balance = Annotated[Number, within(-1, 1)]
Positive = Annotated[Number, within(0, 3)]


class AncestryMix(Frozen):
    """Given shares of the three poles of head shape; they are scaled to sum to 1."""

    kind: Literal["mix"] = "mix"
    african: Share = 0.0
    asian: Share = 0.0
    caucasian: Share = 0.0

    @model_validator(mode="after")
    def _some(self) -> "AncestryMix":
        if self.african == self.asian == self.caucasian == 0.0:
            raise PydanticCustomError("ancestry_empty", "all shares are 0; allowed: at least one above 0", {})
        return self


class AncestryRandom(Frozen):
    """Shares drawn from a symmetric Dirichlet distribution, then spread about the middle.

    A low concentration gives people near one pole, a high one gives mixtures; a spread above 1 goes a little beyond
    the poles, which are population means.
    """

    kind: Literal["dirichlet"] = "dirichlet"
    concentration: Annotated[Number, within(0.05, 20)] = 0.45
    spread: Annotated[Number, within(0, 1.7)] = 1.2


class IdentitySpec(Frozen):
    """Who may appear. The same id with the same ranges is the same person in every run, under any seed."""

    ids: Annotated[tuple[Annotated[int, Field(strict=True, ge=0)], ...] | None, Field(min_length=1)] = None
    """People by number, each rendered `renders_per_identity` times, in this order."""
    pool: Annotated[int | None, Field(strict=True, ge=1, le=10_000_000)] = None
    """Draw from people 0 .. pool - 1, each as often as the others. Without ids or pool every sample is someone new."""
    renders_per_identity: Annotated[int, Field(strict=True, ge=1)] = 1
    """How many samples in a row show the same person."""
    sex: Annotated[Name, one_of(SEXES)] = NameChoice(values=SEXES)
    age: Annotated[Number, within(18, 90)] = Uniform(low=18, high=80)
    """Years."""
    ancestry: Grouped[
        Annotated[AncestryMix | AncestryRandom, Field(discriminator="kind"), kind_of(AncestryMix, AncestryRandom)]
    ] = AncestryRandom()
    weight: Balance = TruncatedNormal(mean=0, sd=0.45, low=-1, high=1)
    """-1 lean, 0 average, 1 heavy."""
    muscle: Balance = TruncatedNormal(mean=0, sd=0.4, low=-1, high=1)
    """-1 weak, 0 average, 1 muscular."""
    height_m: Annotated[Number, within(1.2, 2.2)] | None = None
    """From the floor to the crown; without it drawn by sex. It lifts the head, the shape of the body stays."""
    face_variation: Positive = 1.0
    """How far faces differ; 1 is as people do, 0 leaves only sex, age, ancestry and build."""
    asymmetry: Positive = 1.0
    """How far the two sides of a face differ; 1 is as people do."""
    features: FeaturesSpec = FeaturesSpec()
    """The eye region and the folds of the face."""

    @model_validator(mode="after")
    def _ids_or_pool(self) -> "IdentitySpec":
        if self.ids is not None and self.pool is not None:
            raise PydanticCustomError("ids_and_pool", "has both ids and pool; allowed: one of them, or neither", {})
        return self


class Identity(Frozen):
    """One person.

    Attributes:
        id: Number of the person.
        sex: As drawn.
        masculinity: 0 woman .. 1 man, with a little spread; what shapes the head.
        age: Years.
        ancestry: Share of each pole of head shape; sums to 1, single shares may lie outside [0, 1].
        weight: -1 lean .. 1 heavy.
        muscle: -1 weak .. 1 muscular.
        height_m: From the floor to the crown, metres.
        details: Value of each axis of face detail (`head.detail`).
        tilts: What is added to a detail on the subject's left and taken off on the right.
        features: Value of each dimension of `head.features`.
        uneven: What is added to a feature on the subject's left and taken off on the right.
    """

    id: int
    sex: Literal["female", "male"]
    masculinity: float
    age: float
    ancestry: dict[str, float]
    weight: float
    muscle: float
    height_m: float
    details: dict[str, float]
    tilts: dict[str, float]
    features: dict[str, float]
    uneven: dict[str, float]

    def cage(self) -> Points:
        """Return this person's base cage (v, 3), neutral and unposed; metres, MakeHuman's origin."""
        return set_bones(set_eyes(self._plain_cage(), self.features, self.uneven), self.features, self.uneven)

    def _plain_cage(self) -> Points:
        return shape_cage(self._macro(), detail_targets(self.details, self.tilts))

    def _macro(self) -> dict[str, float]:
        return macro_targets(self.masculinity, self.age, self.ancestry, self.weight, self.muscle)


def choose_id(spec: IdentitySpec, seed: int, index: int) -> int:
    """Return which person a sample shows. A pool is dealt like cards: all once in a drawn order, then again."""
    turn = index // spec.renders_per_identity
    if spec.ids is not None:
        return spec.ids[turn % len(spec.ids)]
    if spec.pool is not None:
        return int(_deal(seed, turn // spec.pool, spec.pool)[turn % spec.pool])
    return Key(f"{seed}/identity/{turn}").integer(48)


@lru_cache(maxsize=4)
def _deal(seed: int, round_: int, pool: int) -> np.ndarray:
    return Key(f"{seed}/identity/round/{round_}").rng().permutation(pool)


@lru_cache(maxsize=64)
def sample_identity(spec: IdentitySpec, id: int) -> Identity:
    """Draw a person by number.

    A face that passes through itself is drawn again, at most 8 times; the least bad is taken.

    Raises:
        AssetError: If the head data has not been fetched.
    """
    key = identity_key(id)
    sex = draw_name(spec.sex, key.child("sex"))
    masculinity = float(sex == "male") + SEX_SPREAD * standard_normal(key.child("masculinity"))
    person = Identity(
        id=id,
        sex=sex,  # type: ignore[arg-type]
        masculinity=_tidy(np.clip(masculinity, -0.15, 1.15)),
        age=_tidy(draw_number(spec.age, key.child("age"))),
        ancestry=_sample_ancestry(spec, key.child("ancestry")),
        weight=_tidy(draw_number(spec.weight, key.child("weight"))),
        muscle=_tidy(draw_number(spec.muscle, key.child("muscle"))),
        height_m=_tidy(draw_number(spec.height_m or HEIGHTS_M[sex], key.child("height_m"))),
        details={},
        tilts={},
        features={},
        uneven={},
    )
    variation = draw_number(spec.face_variation, key.child("face_variation"))
    asymmetry = draw_number(spec.asymmetry, key.child("asymmetry"))
    best, fewest = person, np.inf
    for attempt in range(MAX_ATTEMPTS):
        tried = _sample_face(person, spec, variation, asymmetry, key.child("face", attempt))
        found = _self_intersections(tried, spec, variation, key)
        if found < fewest:
            best, fewest = tried, found
        if found <= MAX_SELF_INTERSECTIONS:
            break
    return _as_built(_at_age(best, spec, variation, key))


def _sample_face(person: Identity, spec: IdentitySpec, variation: float, asymmetry: float, key: Key) -> Identity:
    """Return the person with a face drawn as at the middle of life, so that ageing changes none of its details."""
    drawn, tilts = {}, {}
    for name, axis in axes().items():
        scale = axis.sigma * (asymmetry if name.startswith("asym/") else variation)
        value = np.clip(standard_normal(key.child(name)), -3, 3) * scale
        value = value if axis.minus else abs(value)
        mean = mean_detail(name, person.masculinity, person.ancestry, person.weight)
        drawn[name] = float(value + mean if axis.minus else max(value + mean, 0.0))
        if len(axis.plus) == 2:
            tilts[name] = _tidy(axis.sigma * TILT_SHARE * asymmetry * standard_normal(key.child(name, "tilt")))
    middle = person.model_copy(update={"age": MEAN_AGE})
    details = keep_human(shape_cage(middle._macro()), drawn)
    uneven = {name: _tidy(value) for name, value in draw_uneven(key, asymmetry).items()}
    return person.model_copy(
        update={"details": {k: _tidy(v) for k, v in details.items()}, "tilts": tilts, "uneven": uneven}
    )


def _at_age(person: Identity, spec: IdentitySpec, variation: float, key: Key, age: float | None = None) -> Identity:
    """Return the person at an age, or their own, with the features of that age."""
    middle = person.model_copy(update={"age": MEAN_AGE})
    found = measure_eyes(middle._plain_cage())
    own = {name: float(np.mean(getattr(found, name))) - mean for name, mean in PLAIN_EYES.items()}
    age = person.age if age is None else age
    features = draw_features(
        spec.features, key.child("features"), person.ancestry, person.masculinity, age, own, variation
    )
    return person.model_copy(update={"age": age, "features": {k: _tidy(v) for k, v in features.items()}})


def _as_built(person: Identity) -> Identity:
    """Return the person with those widths of the eyes that the lids of this face could be given."""
    found = measure_eyes(person.cage())
    built = {name: _tidy(np.mean(getattr(found, name))) for name in ("intercanthal_mm", "fissure_mm")}
    return person.model_copy(update={"features": person.features | built})


def _self_intersections(person: Identity, spec: IdentitySpec, variation: float, key: Key) -> int:
    """Return the worst count over a young and an old age: ageing must not make someone else of a person."""
    people = (_at_age(person, spec, variation, key, age) for age in CHECKED_AGES)
    return max(count_self_intersections(other.cage(), face_cage_triangles()) for other in people)


def _sample_ancestry(spec: IdentitySpec, key: Key) -> dict[str, float]:
    chosen = choose(spec.ancestry, key)
    if isinstance(chosen, AncestryMix):
        shares = np.array([draw_number(getattr(chosen, name), key.child(name)) for name in ANCESTRIES])
        shares = shares / shares.sum() if shares.sum() > 0 else np.full(len(ANCESTRIES), 1 / len(ANCESTRIES))
    else:
        concentration = draw_number(chosen.concentration, key.child("concentration"))
        shares = key.child("shares").rng().dirichlet([concentration] * len(ANCESTRIES))
        middle = 1 / len(ANCESTRIES)
        shares = middle + draw_number(chosen.spread, key.child("spread")) * (shares - middle)
    return {name: _tidy(share) for name, share in zip(ANCESTRIES, shares, strict=True)}


@lru_cache(maxsize=1)
def face_cage_triangles() -> np.ndarray:
    """Return the triangles (t, 3) of the cage's face and ears, where self-intersection shows."""
    model = head_model()
    quads = model.quads["body"]
    quads = quads[model.vertices[quads][..., 2].min(1) > 0.6]
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def _tidy(value: float) -> float:
    """Round to what a scene file shows, so that the file and the picture hold the same number."""
    return round(float(value), 5)
