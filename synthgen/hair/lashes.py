"""Eyelashes: single hairs on the rims of the lids, turning with them."""

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, maximum_filter1d
from scipy.spatial import KDTree

from synthgen.distributions import Number, TruncatedNormal, draw_number, within
from synthgen.frozen import Frozen
from synthgen.hair.color import HairColor, pigment
from synthgen.hair.roots import Ground
from synthgen.head.model import Points, head_model
from synthgen.head.skin import skin_surface
from synthgen.mesh import unit
from synthgen.parts import Part
from synthgen.rng import Key
from synthgen.strands import Strands, tapered

POINTS, ROOT_M = 8, 8.0e-5
TILTS_DEG = (0, 12, 24, 36, 48, 60)
CLEAR_M = 2e-4
"""Lashes keep this far from the skin beyond their first quarter."""
UPPER, LOWER = 150, 75
"""Lashes of a lid. Source: Na et al., Br. J. Dermatol. 155 (2006): 90-160 above, 75-80 below."""
LOWER_LENGTH = 0.58
"""Of the upper ones'."""
DARKER, AT_LEAST = 1.8, 1.1
"""Lashes hold more melanin than hair."""


class LashesSpec(Frozen):
    """How eyelashes may be. They belong to the person; their colour is near the hair's."""

    length_mm: Annotated[Number, within(2, 16)] = TruncatedNormal(mean=8.8, sd=1.3, low=5.5, high=12.5)
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
    drawn = {name: round(draw_number(getattr(spec, name), key.child(name)), 4) for name in names}
    return Lashes(**drawn, seed=key.child("seed").integer(31))


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
    found = []
    for side in ("left", "right"):
        key = Key(f"lashes/{lashes.seed}/{side}")
        rows = [_row(lashes, lid, side, ground, cage, key.child(lid)) for lid in ("upper", "lower")]
        points, length = (np.concatenate(arrays) for arrays in zip(*rows, strict=True))
        if not len(points):
            continue
        fine = lashes.thickness * np.clip(length / 0.009, 0.65, 1.1)
        found.append(
            Strands(
                name=f"lashes_{side}",
                points=points,
                radius=tapered(len(points), POINTS, ROOT_M * fine, 0.18),
                part=Part.LASHES_LEFT if side == "left" else Part.LASHES_RIGHT,
                instance="person",
                material="lashes",
                attributes={"pigment": pigment(darker, len(points), key.child("pigment"), grey=0.25)},
            )
        )
    return tuple(found)


def _row(lashes: Lashes, lid: str, side: str, ground: Ground, cage: Points, key: Key) -> tuple[NDArray, NDArray]:
    """Return the lashes (n, POINTS, 3) of one lid, and their lengths, metres."""
    rng, upper = key.rng(), lid == "upper"
    count = round((UPPER if upper else LOWER) * lashes.density)
    root_row, tip_row = _card(lid, side)
    tufts = np.sort(rng.random(max(count * 2 // 5, 1)))
    share = 0.03 + 0.95 * (0.82 * tufts[rng.integers(0, len(tufts), count)] + 0.18 * rng.random(count))
    start = _on_skin(_along(head_model().vertices[root_row] * 1e3, share), ground.vertices)
    fan = np.clip(share + 0.035 * rng.normal(size=count), 0, 1)
    ahead = unit(_along(cage[tip_row], fan) - _along(cage[root_row], share))
    outer = unit(
        _along(cage[root_row], np.minimum(share + 0.05, 1)) - _along(cage[root_row], np.maximum(share - 0.05, 0))
    )
    above = unit(np.cross(outer, ahead)) * (-1 if side == "left" else 1)
    away = above if upper else -above
    swell = 0.55 + 0.45 * np.sqrt(np.sin(np.pi * np.clip(0.06 + 0.84 * share, 0, 1)))
    length = lashes.length_mm * 1e-3 * (0.68 + 0.32 * rng.random(count)) * swell * (1 if upper else LOWER_LENGTH)
    jitter = rng.normal(size=(2, count, 3))
    start = start + rng.normal(size=(count, 3)) * [0.0001, 0.0003, 0.0001]
    bent = (0.95 * lashes.curl if upper else 0.3) + (jitter[1, :, :1] * 0.1)

    def path(tilt: NDArray) -> NDArray:
        """Return the lashes (n, POINTS, 3) turned by an angle (n,) towards the other lid."""
        low, high = tilt[:, None], 0.4 * tilt[:, None]  # the tips curl back up in front of the fold
        first = unit(np.cos(low) * ahead - np.sin(low) * away - 0.30 * away + 0.07 * jitter[0])
        last = unit(np.cos(high) * ahead - np.sin(high) * away + bent * away + 0.09 * jitter[1])
        t = np.linspace(0, 1, POINTS)[:, None]
        way = first[:, None] * (t - t * t / 2) + last[:, None] * t * t / 2
        return start[:, None] + 1.15 * length[:, None, None] * way

    return path(_clear_tilt(path, share, ground.vertices, ground.normals)).astype(np.float32), length


def _clear_tilt(path: Callable[[NDArray], NDArray], share: NDArray, skin: NDArray, normals: NDArray) -> NDArray:
    """Return the angle (n,) by which lashes must turn from their lid's fold to stay outside of it, smooth along it."""
    near, _ = _rims()
    tree, normals = KDTree(skin[near]), normals[near]
    needed = np.full(len(share), TILTS_DEG[-1])
    for tilt in reversed(TILTS_DEG):
        points = path(np.radians(np.full(len(share), tilt)))[:, 2:]
        vertex = np.asarray(tree.query(points)[1])
        out = ((points - skin[near[vertex]]) * normals[vertex]).sum(-1)
        needed = np.where(out.min(1) > CLEAR_M, tilt, needed)
    order = np.argsort(share, kind="stable")
    smooth = np.empty(len(share))
    smooth[order] = gaussian_filter1d(maximum_filter1d(needed[order].astype(float), 9), 6, mode="nearest")
    return np.radians(smooth)


def _on_skin(rest_mm: NDArray, skin: NDArray) -> NDArray:
    """Return where points (n, 3) of the rest mesh's surface are on a skin surface, between its nearest vertices."""
    near, tree = _rims()
    away, found = tree.query(rest_mm, k=3)
    weight = 1 / (np.asarray(away) + 0.05)
    weight /= weight.sum(1, keepdims=True)
    return np.einsum("nk,nkc->nc", weight, skin[near[np.asarray(found)]])
