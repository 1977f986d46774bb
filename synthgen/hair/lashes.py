"""Eyelashes: single hairs on the rims of the lids, turning with them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import KDTree

from synthgen.distributions import Number, TruncatedNormal, draw_numbers, within
from synthgen.frozen import Frozen
from synthgen.hair.color import HairColor, pigment
from synthgen.hair.roots import Ground
from synthgen.head.model import Points, head_model
from synthgen.head.skin import skin_surface
from synthgen.mesh import unit
from synthgen.parts import Part
from synthgen.rng import Key
from synthgen.strands import Strands, tapered

POINTS, ROOT_M = 8, 7.2e-5
IN_TUFT = 3.4
"""Lashes that lean together; their tips meet."""
TILTS_DEG = (0, 12, -12, 24, -24, 36, -36, 48, -48, 60)
FALL = 1.3
"""How much more the tips turn down than the lid does when it closes."""
CLEAR_M = 2e-4
"""Lashes keep this far from the skin beyond their first quarter."""
LIFTS = 2
"""Times that a point inside the skin is lifted, and its tip with it."""
UPPER, LOWER = 150, 75
"""Lashes of a lid. Source: Na et al., Br. J. Dermatol. 155 (2006): 90-160 above, 75-80 below."""
LOWER_LENGTH = 0.58
"""Of the upper ones'."""
DARKER, AT_LEAST = 1.8, 1.1
"""Lashes hold more melanin than hair."""


class LashesSpec(Frozen):
    """How eyelashes may be. They belong to the person; their colour is near the hair's."""

    length_mm: Annotated[Number, within(2, 16)] = TruncatedNormal(mean=9.6, sd=1.3, low=6, high=13)
    """Of the upper ones, along the hair."""
    density: Annotated[Number, within(0, 3)] = TruncatedNormal(mean=1.0, sd=0.25, low=0.35, high=1.8)
    """1 is usual, 0 none."""
    curl: Annotated[Number, within(0, 2)] = TruncatedNormal(mean=0.9, sd=0.35, low=0.1, high=1.8)
    """0 straight, 1 usual."""
    thickness: Annotated[Number, within(0.3, 3)] = TruncatedNormal(mean=1.0, sd=0.18, low=0.6, high=1.6)
    """Of the hairs, 1 is usual."""


class Lashes(Frozen):
    """One person's eyelashes; fields as in `LashesSpec`, drawn."""

    length_mm: float
    density: float
    curl: float
    thickness: float
    seed: int


def sample_lashes(spec: LashesSpec, key: Key) -> Lashes:
    """Draw a person's eyelashes."""
    names = ("length_mm", "density", "curl", "thickness")
    return Lashes(**draw_numbers(spec, names, key, 4), seed=key.child("seed").integer(31))


@lru_cache(maxsize=4)
def _card(lid: str, side: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the cage's vertices along the root and along the tips of MakeHuman's card of lashes, nose to temple."""
    model = head_model()
    quads = model.quads[f"lashes_{lid}_{side}"]
    sides = Counter(tuple(sorted((int(a), int(b)))) for q in quads for a, b in zip(q, np.roll(q, -1), strict=True))
    uses = Counter(quads.ravel().tolist())
    beside: dict[int, list[int]] = {}
    for (a, b), count in sides.items():
        if count == 1:
            beside.setdefault(a, []).append(b)
            beside.setdefault(b, []).append(a)
    rim = [min(v for v in beside if uses[v] == 1)]
    while len(rim) < len(beside):
        rim.append(next(v for v in beside[rim[-1]] if v not in rim[-2:] and (v != rim[0])))
    corners = [n for n, v in enumerate(rim) if uses[v] == 1]
    rows = [np.array((rim + rim)[a : b + 1]) for a, b in zip(corners, [*corners[1:], len(rim)], strict=True)]
    long = sorted(rows, key=len)[2:]
    skin = KDTree(model.vertices[np.unique(model.quads["body"])])
    root, tip = sorted(long, key=lambda row: float(np.mean(skin.query(model.vertices[row])[0])))
    x = np.abs(model.vertices[:, 0])
    root, tip = (row if x[row[0]] < x[row[-1]] else row[::-1] for row in (root, tip))
    return root, tip


def _along(line: NDArray, share: NDArray) -> NDArray:
    """Return points (n, 3) of a polyline (m, 3) at shares of its vertices' count."""
    at = np.linspace(0, 1, len(line))
    return np.stack([np.interp(share, at, line[:, k]) for k in range(3)], 1)


@lru_cache(maxsize=1)
def _rims() -> tuple[NDArray[np.int32], KDTree]:
    """Return the skin's vertices about the eyes, and a tree of them at rest (mm)."""
    rest = skin_surface().rest_mm
    surface = skin_surface()
    used = np.unique(surface.triangles[surface.island == "head"])
    x, y, z = rest[used].T
    near = used[(np.abs(x) > 10) & (np.abs(x) < 60) & (y < -100) & (z > 705) & (z < 750)]
    return near, KDTree(rest[near])


def build_lashes(lashes: Lashes, color: HairColor, ground: Ground, cage: Points) -> tuple[Strands, ...]:
    """Return the left and right lashes.

    Args:
        lashes: Of the person.
        color: Of the person's hair.
        ground: The skin.
        cage: (v, 3) the cage in the same frame: its cards of lashes turn with the lids.
    """
    darker = color.model_copy(update={"melanin": max(color.melanin * DARKER, AT_LEAST)})
    about = _near(ground)
    found = []
    for side in ("left", "right"):
        key = Key(f"lashes/{lashes.seed}/{side}")
        rows = [_row(lashes, lid, side, ground, cage, about, key.child(lid)) for lid in ("upper", "lower")]
        points, length = (np.concatenate(arrays) for arrays in zip(*rows, strict=True))
        if not len(points):
            continue
        fine = lashes.thickness * np.clip(length / 0.009, 0.65, 1.1)
        found.append(
            Strands(
                name=f"lashes_{side}",
                points=points,
                radius=tapered(len(points), POINTS, ROOT_M * fine, 0.10),
                part=Part.LASHES_LEFT if side == "left" else Part.LASHES_RIGHT,
                instance="person",
                material="lashes",
                attributes={"pigment": pigment(darker, len(points), key.child("pigment"), white=0.25 * color.grey)},
            )
        )
    return tuple(found)


def _row(
    lashes: Lashes, lid: str, side: str, ground: Ground, cage: Points, about: "_Near", key: Key
) -> tuple[NDArray, NDArray]:
    """Return the lashes (n, POINTS, 3) of one lid, and their lengths, metres."""
    rng, upper = key.rng(), lid == "upper"
    count = round((UPPER if upper else LOWER) * lashes.density)
    root_row, tip_row = _card(lid, side)
    groups = max(round(count / IN_TUFT), 1)
    tufts = 0.03 + 0.95 * (np.arange(groups) + 0.5 + 0.7 * (rng.random(groups) - 0.5)) / groups
    tuft = np.minimum((rng.random(count) * groups).astype(int), groups - 1)
    share = np.clip(tufts[tuft] + 0.42 / groups * rng.normal(size=count), 0.02, 0.99)
    met = rng.normal(size=(3, groups, 3))[:, tuft]
    alone = (rng.random(count) < 0.3)[:, None]
    start = _on_skin(_along(head_model().vertices[root_row] * 1e3, share), ground.vertices)
    meeting = tufts[tuft] + 0.022 * met[2, :, 0] + 0.12 / groups * rng.normal(size=count)
    fan = np.clip(np.where(alone[:, 0], share + 0.035 * rng.normal(size=count), meeting), 0, 1)
    ahead = unit(_along(cage[tip_row], fan) - _along(cage[root_row], share))
    outer = unit(
        _along(cage[root_row], np.minimum(share + 0.05, 1)) - _along(cage[root_row], np.maximum(share - 0.05, 0))
    )
    above = unit(np.cross(outer, ahead)) * (-1 if side == "left" else 1)
    away = above if upper else -above
    swell = 0.55 + 0.45 * np.sqrt(np.sin(np.pi * np.clip(0.06 + 0.84 * share, 0, 1)))
    length = lashes.length_mm * 1e-3 * (0.55 + 0.45 * rng.random(count) ** 0.7) * swell * (1 if upper else LOWER_LENGTH)
    jitter = np.where(alone, rng.normal(size=(2, count, 3)), met[:2] + 0.3 * rng.normal(size=(2, count, 3)))
    start = start + rng.normal(size=(count, 3)) * [0.0001, 0.0003, 0.0001]
    rest = head_model().vertices
    still = unit(_along(rest[tip_row], share) - _along(rest[root_row], share))
    fall = float(np.clip(np.mean(np.arcsin(still[:, 2]) - np.arcsin(ahead[:, 2])), 0, 1)) if upper and count else 0.0
    first = -0.2 * fall + np.radians((-16 if upper else -8) + 6 * jitter[0, :, 0])
    last = -FALL * fall + np.radians((58 * lashes.curl + 6 if upper else 34) + 9 * jitter[1, :, 0])
    spread = 0.09 * jitter[0, :, 1:2] * outer

    def path(tilt: NDArray) -> NDArray:
        """Return the lashes (n, POINTS, 3) turned by an angle (n,) towards the other lid, tips less."""
        t = (np.arange(POINTS - 1) + 0.5) / (POINTS - 1)
        angle = (first - tilt)[:, None] * (1 - t) + (last - 0.55 * tilt)[:, None] * t
        way = np.cos(angle)[..., None] * ahead[:, None] + np.sin(angle)[..., None] * away[:, None] + spread[:, None]
        steps = 1.15 * length[:, None, None] / (POINTS - 1) * way
        return start[:, None] + np.concatenate([np.zeros((count, 1, 3)), np.cumsum(steps, 1)], 1)

    tilt = _clear_tilt(path, share, about)
    return _kept_out(path(tilt), about).astype(np.float32), length


@dataclass(frozen=True)
class _Near:
    """The skin about the eyes: places (n, 3) and normals, and a tree of the places."""

    places: NDArray
    normals: NDArray
    tree: KDTree


def _near(ground: Ground) -> _Near:
    rows, _ = _rims()
    return _Near(ground.vertices[rows], ground.normals[rows], KDTree(ground.vertices[rows]))


def _depth(points: NDArray, about: _Near) -> tuple[NDArray, NDArray]:
    """Return how far points (n, k, 3) are from being clear of the skin about the eyes (n, k), and the way out."""
    row = np.asarray(about.tree.query(points)[1])
    out = ((points - about.places[row]) * about.normals[row]).sum(-1)
    return np.maximum(CLEAR_M - out, 0), about.normals[row]


def _clear_tilt(path: Callable[[NDArray], NDArray], share: NDArray, about: _Near) -> NDArray:
    """Return the angle (n,) by which lashes turn towards or from the other lid to clear the skin, smooth along it."""
    order = np.argsort(share, kind="stable")
    cost = np.empty((len(TILTS_DEG), len(share)))
    for row, tilt in enumerate(TILTS_DEG):
        depth = _depth(path(np.full(len(share), np.radians(tilt)))[:, 2::2], about)[0].max(1)
        cost[row, order] = gaussian_filter1d(depth[order], 4, mode="nearest") * 1e3 + abs(tilt) / 120
    chosen = np.array(TILTS_DEG, float)[cost.argmin(0)]
    smooth = np.empty(len(share))
    smooth[order] = gaussian_filter1d(chosen[order], 6, mode="nearest")
    return np.radians(smooth)


def _kept_out(points: NDArray, about: _Near) -> NDArray:
    """Return lashes whose points beyond the root lie outside of the skin: a point inside is lifted with its tip."""
    moved = points.copy()
    for k in range(2, points.shape[1]):
        for _ in range(LIFTS):  # another part of the lid may be nearest then
            depth, way = _depth(moved[:, k : k + 1], about)
            moved[:, k:] += np.minimum(depth, 0.0012)[..., None] * way
    return moved


def _on_skin(rest_mm: NDArray, skin: NDArray) -> NDArray:
    """Return where points (n, 3) of the rest mesh's surface are on a skin surface, between its nearest vertices."""
    near, tree = _rims()
    away, found = tree.query(rest_mm, k=3)
    weight = 1 / (np.asarray(away) + 0.05)
    weight /= weight.sum(1, keepdims=True)
    return np.einsum("nk,nkc->nc", weight, skin[near[np.asarray(found)]])
