"""Facial hair: stubble, moustaches and beards, grown on the chart's beard area."""

from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from synthgen.distributions import Name, Number, TruncatedNormal, draw_name, draw_number, draw_one, one_of, within
from synthgen.frozen import Frozen
from synthgen.hair.color import HairColor, pigment
from synthgen.hair.growth import Growth, blend, grow
from synthgen.hair.obstacle import Obstacle
from synthgen.hair.roots import Ground, Roots, scatter
from synthgen.hair.scalp import azimuth_deg
from synthgen.hair.shaping import clump, curl, frizz
from synthgen.noise import noise
from synthgen.parts import Part
from synthgen.ramps import smooth_step
from synthgen.rng import Key
from synthgen.strands import Strands, tapered

_TOP = PchipInterpolator(
    np.array([0, 10, 18, 26, 34, 44, 56, 66, 74, 80, 100.0]),
    np.array([716.5, 716.5, 713, 705.5, 700.5, 703.5, 715, 730, 752, 752, 752]) * 1e-3,
)
"""Upper edge of the beard by the angle from straight ahead: under the nose, cheek, sideburn."""
LIP_M, LOW_M = 0.694, 0.645
"""Hair above the first, in front, is moustache; the beard ends at the second, on the neck."""
FINEST_M, COARSEST_M, PIXEL_SHARE, USUAL_M = 3.8e-5, 8e-5, 0.08, 5.5e-5
GUIDES = 2200


@dataclass(frozen=True)
class _Cut:
    """How a beard is cut: hairs, length in metres, points on each, and share of the length at the moustache."""

    strands: int
    length: float
    points: int
    moustache: float = 0.72


STYLES: dict[str, _Cut | None] = {
    "none": None,
    "stubble": _Cut(17000, 0.0018, 4, 1.0),
    "heavy_stubble": _Cut(19000, 0.0045, 6, 0.9),
    "moustache": _Cut(3200, 0.014, 12, 1.0),
    "goatee": _Cut(8500, 0.017, 14),
    "circle": _Cut(9500, 0.012, 12, 0.9),
    "short_beard": _Cut(21000, 0.010, 12, 0.8),
    "full_beard": _Cut(22000, 0.028, 16, 0.6),
}
WEIGHTS = {"none": 52, "stubble": 15, "heavy_stubble": 9, "moustache": 4, "goatee": 4, "circle": 4} | {
    "short_beard": 8,
    "full_beard": 6,
}
"""How often men wear them."""


class FacialHairSpec(Frozen):
    """How a beard may be worn. It belongs to the person."""

    style: Annotated[Name, one_of(STYLES)] | None = None
    """Without it drawn for men, none for women; the shadow of a shaved beard is the skin's."""
    length: Annotated[Number, within(0.3, 3)] = TruncatedNormal(mean=1, sd=0.25, low=0.5, high=1.8)
    """Over the style's own."""
    density: Annotated[Number, within(0.1, 2)] = TruncatedNormal(mean=0.9, sd=0.25, low=0.3, high=1.4)
    """Hairs for the area, 1 is usual."""


class FacialHair(Frozen):
    """One person's facial hair; fields as in `FacialHairSpec`, drawn."""

    style: str
    length: float
    density: float
    seed: int


def sample_facial_hair(spec: FacialHairSpec, sex: str, key: Key) -> FacialHair:
    """Draw a person's facial hair."""
    if spec.style is not None:
        style = draw_name(spec.style, key.child("style"))
    elif sex != "male":
        style = "none"
    else:
        style = draw_one(WEIGHTS, WEIGHTS.values(), key.child("style"))
    return FacialHair(
        style=style,
        length=round(draw_number(spec.length, key.child("length")), 4),
        density=round(draw_number(spec.density, key.child("density")), 4),
        seed=key.child("seed").integer(31),
    )


def _is_moustache(at: NDArray) -> NDArray[np.bool_]:
    return (at[:, 2] > LIP_M) & (azimuth_deg(at) < 30)


def _density(style: str, at: NDArray, key: Key) -> NDArray:
    """Return the density of a beard at points of the chart."""
    x, z, angle = np.abs(at[:, 0]), at[:, 2], azimuth_deg(at)
    ragged = 0.0018 * noise(at * 1e3, 14.0, key.child("edge"))
    patchy = np.clip(1 + 0.25 * noise(at * 1e3, 22.0, key.child("patches")), 0.4, 1.4)
    above = z - _TOP(np.clip(angle, 0, 100)) + ragged
    density = 1 - smooth_step(above, -0.0045, 0.003)
    density = density * smooth_step(z - LOW_M - 0.012 * smooth_step(angle, 35, 75) + 2 * ragged, -0.008, 0.009)
    density = density * (1 - smooth_step(angle, 75, 85))
    lip = _is_moustache(at)
    density = density * (1 - 0.75 * np.exp(-((x / 0.0022) ** 2)) * lip)  # the groove under the nose
    bare = smooth_step(x, 0.006, 0.0095) * (1 - smooth_step(x, 0.016, 0.021)) * ((z > 0.672) & (z < 0.6885))
    density = density * (1 - 0.75 * bare)  # beside the soul patch
    if style in ("goatee", "circle"):
        edge = np.where(lip, 0.030, 0.028 if style == "circle" else 0.025) + 0.5 * ragged
        density = density * (1 - smooth_step(x - edge, -0.002, 0.002)) * smooth_step(-at[:, 1], 0.095, 0.11)
        if style == "goatee":
            density = density * (1 - 0.9 * ((z < 0.692) & (z > 0.668)) * smooth_step(x, 0.010, 0.016))
    if style == "moustache":
        density = density * lip * (1 - smooth_step(x, 0.029, 0.034))
    return np.clip(density * np.where(lip, 1.0, 0.62) * patchy, 0, 1)


def _in_reach(centres: NDArray) -> NDArray:
    x, y, z = centres.T
    return (z < 0.757) & (z > 0.62) & (y < -0.03) & (np.abs(x) < 0.09) & (azimuth_deg(centres) < 90)


def build_facial_hair(
    worn: FacialHair, color: HairColor, ground: Ground, around: Obstacle, gravity: NDArray, pixel_mm: float
) -> tuple[Strands, ...]:
    """Return beard and moustache; arguments as of `build_hair`."""
    cut = STYLES[worn.style]
    if cut is None:
        return ()
    key = Key(f"facial_hair/{worn.seed}")
    radius = float(np.clip(PIXEL_SHARE * pixel_mm * 1e-3, FINEST_M, COARSEST_M))
    count = int(cut.strands * worn.density * USUAL_M / radius)
    roots = scatter(count, lambda at: _density(worn.style, at, key), _in_reach, key.child("roots"))
    hairs = _grown(replace(cut, length=cut.length * worn.length), roots, ground, around, gravity, key)
    redder = color.model_copy(update={"pheomelanin": min(color.pheomelanin + 0.08, 1.0)})
    lip = _is_moustache(roots.at)
    found = []
    for name, part, chosen in (("moustache", Part.MOUSTACHE, lip), ("beard", Part.BEARD, ~lip)):
        if chosen.any():
            tint = pigment(redder, int(chosen.sum()), key.child("pigment", name), grey=1.15)
            shape = tapered(int(chosen.sum()), cut.points, radius, 0.75 if cut.length < 0.006 else 0.4)
            found.append(Strands(name, hairs[chosen], shape, part, "person", "beard", {"pigment": tint}))
    return tuple(found)


def _grown(
    cut: _Cut, roots: Roots, ground: Ground, around: Obstacle, gravity: NDArray, key: Key
) -> NDArray[np.float32]:
    """Return the hairs (n, k, 3): down, those of the lip to the sides, curled a little if they are long."""
    at, rng, count = roots.at, key.child("cut").rng(), len(roots.at)
    lip, angle = _is_moustache(at), azimuth_deg(at)
    chin = (1 - smooth_step(at[:, 2], 0.665, 0.69)) * (1 - smooth_step(np.abs(at[:, 0]), 0.02, 0.045))
    length = cut.length * np.where(lip, cut.moustache, 1 - 0.6 * smooth_step(angle, 40, 76) + 0.35 * chin)
    length = length * (0.55 + 0.45 * rng.random(count))
    aside = np.sign(at[:, 0]) * (0.15 + lip * smooth_step(np.abs(at[:, 0]), 0.001, 0.012))
    own = np.stack([noise(at * 1e3, 20.0, key.child("own", axis)) for axis in range(3)], 1)
    way = np.stack([aside, np.full(count, -0.15), -1 + 0.25 * lip], 1) + 0.3 * own
    start, normal = ground.under(roots)
    short = cut.length < 0.006
    few = slice(0, count if short else min(count, GUIDES))
    how = Growth(
        length=length[few],
        lift=np.clip((0.45 if short else 0.33) + 0.1 * rng.normal(size=count)[few], 0.1, 0.9),
        layer=np.minimum(0.30 * length, 0.006)[few] * rng.random(count)[few],
        settle_m=cut.length,
        bend_m=0.006 if short else 0.010,
        gravity=0.2 * gravity,
        adhesion=np.zeros(count)[few],
    )
    hairs = grow(start[few], normal[few], cut.points, how, lambda p, s: way[few], around)
    if short:
        return _ruffled(hairs, length, 0.22, rng)
    hairs = blend(hairs, at[few], start, at)
    hairs, lock = clump(hairs, at, max(count // 16, 50), 0.5, 0.9, 0.4, key.child("locks"))
    of_lock = key.child("curl").rng().random((int(lock.max()) + 1, 3))[lock]
    radius, wave = 0.0011 * (0.5 + of_lock[:, 0]) * min(1.0, cut.length / 0.02), 0.014 * (0.7 + 0.6 * of_lock[:, 1])
    phase, hand = 2 * np.pi * of_lock[:, 2] + 0.8 * rng.normal(size=count), np.where(of_lock[:, 0] < 0.5, -1.0, 1.0)
    hairs = curl(hairs, length, radius, wave, phase, hand, 0.01)
    hairs = frizz(hairs, length, 0.0012 * 1.6 * rng.random(count) ** 2, (30, 90), 1.0, key.child("frizz"))
    return around.push_out(hairs, np.minimum(np.linspace(0, 0.004, cut.points, dtype=np.float32), 0.0005))


def _ruffled(hairs: NDArray, length: NDArray, share: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return short hairs, each bent its own way by a share of its length."""
    bend = rng.normal(size=(len(hairs), 1, 3)) * (share * length)[:, None, None]
    return (hairs + np.linspace(0, 1, hairs.shape[1])[None, :, None] * bend).astype(np.float32)
