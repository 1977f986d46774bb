"""Individual teeth: how a person's are, and their crowns on the dental arch of the base mesh, millimetres."""

import itertools
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from synthgen.distributions import Number, TruncatedNormal, Uniform, draw_given, draw_numbers, within
from synthgen.frozen import Frozen
from synthgen.rng import Key

WIDTHS_MM = {"upper": (8.5, 6.6, 7.6, 7.1, 6.6, 10.0, 9.6), "lower": (5.3, 5.7, 6.8, 7.0, 7.1, 10.6, 10.2)}
CROWNS_MM = {"upper": (10.2, 8.8, 9.8, 8.4, 8.0, 7.2, 6.8), "lower": (8.8, 9.0, 10.0, 8.4, 8.0, 7.2, 6.8)}
DEPTHS_MM = {"upper": (7.0, 6.2, 7.8, 8.8, 8.8, 10.2, 10.0), "lower": (5.8, 6.2, 7.4, 7.8, 8.2, 10.0, 9.8)}
"""Mesiodistal width, height and depth of crowns from the central incisor to the second molar.

Source: Ash & Nelson, Wheeler's Dental Anatomy, 8th ed. (2003), chapter 1; rounded.
"""
# the biting edge and the edge of the gum on the base mesh, outer wall, from the midline to the subject's left: x, y, z
_EDGE = {
    "upper": (
        *((0.0, -146.8, 660.0), (8.9, -146.4, 660.4), (17.4, -141.2, 661.9), (22.1, -134.2, 664.0)),
        *((25.4, -126.0, 665.7), (28.4, -117.3, 667.6), (29.7, -110.4, 668.8), (31.1, -103.9, 670.4)),
        (30.9, -96.7, 672.0),
    ),
    "lower": (
        *((0.0, -146.7, 659.3), (9.1, -146.2, 659.6), (17.7, -141.3, 661.2), (22.2, -134.0, 663.1)),
        *((25.6, -125.8, 664.9), (28.4, -116.9, 666.5), (29.2, -110.1, 668.0), (30.6, -103.5, 669.4)),
        (31.0, -96.1, 671.3),
    ),
}
_ROOT = {
    "upper": (
        *((0.0, -151.1, 679.1), (7.8, -150.8, 679.2), (16.1, -145.4, 680.1), (21.0, -137.0, 681.1)),
        *((24.8, -129.0, 682.2), (28.2, -119.9, 682.7), (29.2, -112.8, 682.6), (30.6, -105.8, 683.4)),
        (31.0, -98.0, 683.3),
    ),
    "lower": (
        *((0.0, -142.7, 641.9), (9.7, -142.4, 642.8), (19.0, -137.6, 645.0), (23.5, -131.1, 647.5)),
        *((26.5, -122.8, 650.2), (28.7, -114.1, 653.2), (29.2, -107.4, 654.9), (30.6, -101.2, 657.1)),
        (31.1, -94.1, 659.4),
    ),
}
SET_IN_MM = {"upper": 0.6, "lower": 3.1}
"""How far the crowns' faces lie behind the base mesh's wall: the lower teeth bite behind the upper ones."""
ARCH_MIDDLE_Y_MM = -104.0
RISE_MM = {"upper": 0.6, "lower": 0.8}
"""How far the edges of unworn teeth reach past the base mesh's where upper front teeth cover 0.7 mm of lower ones."""
RESTING_OVERBITE_MM = 0.7
BITE_SHARES = {"upper": 0.6, "lower": 0.4}
"""Of a deeper bite: how much further upper teeth reach down, and lower ones up."""
FRONT_SHARES = (1.0, 1.0, 1.0, 0.3, 0.0, 0.0, 0.0)
"""Of a deeper bite, from the central incisor to the second molar: back teeth meet whatever the front ones do."""
RINGS = (0.0, 0.04, 0.12, 0.25, 0.4, 0.55, 0.7, 0.85, 1.0, 1.25)
"""Sections of a crown as shares of its height from the biting edge; the last lies in the gum."""
SEGMENTS = 20
PAPILLA_MM = 2.6
"""How far the gum rises between teeth."""


class TeethSpec(Frozen):
    """How teeth may be. They belong to the person."""

    size: Annotated[Number, within(0.85, 1.15)] = TruncatedNormal(mean=1.0, sd=0.035, low=0.9, high=1.1)
    """Width against the usual."""
    crowding: Annotated[Number, within(0, 2)] = TruncatedNormal(mean=0.4, sd=0.35, low=0.0, high=1.6)
    """How far teeth are turned and out of line: 0 straightened, 1 uneven."""
    gap_mm: Annotated[Number, within(0, 3)] = TruncatedNormal(mean=0.0, sd=0.2, low=0.0, high=2.0)
    """Between the upper front teeth."""
    overbite_mm: Annotated[Number, within(-2, 6)] = TruncatedNormal(mean=2.7, sd=1.0, low=-0.5, high=5.0)
    """How much of the lower front teeth the upper ones cover, unworn and jaws closed; < 0 is an open bite."""
    wear: Annotated[Number, within(0, 1)] | None = None
    """How far biting edges are worn down; without it by age."""
    yellowness: Annotated[Number, within(0, 1)] | None = None
    """0 bleached .. 1 stained; without it by age."""
    recession_mm: Annotated[Number, within(0, 4)] | None = None
    """How far gums have drawn back; without it by age."""


class Teeth(Frozen):
    """One person's teeth; fields as in the spec, and the seed of their irregularities."""

    size: float
    crowding: float
    gap_mm: float
    overbite_mm: float = RESTING_OVERBITE_MM
    wear: float
    yellowness: float
    recession_mm: float
    seed: int


def sample_teeth(spec: TeethSpec, age: float, key: Key) -> Teeth:
    """Draw a person's teeth."""
    old = float(np.clip((age - 20) / 65, 0, 1))
    by_age = {
        "wear": Uniform(low=0.6 * old, high=0.15 + 0.8 * old),
        "yellowness": Uniform(low=0.05 + 0.35 * old, high=0.45 + 0.5 * old),
        "recession_mm": Uniform(low=0.0, high=0.3 + 2.2 * old**2),
    }
    names = ("size", "crowding", "gap_mm", "overbite_mm")
    drawn = draw_numbers(spec, names, key) | draw_given(spec, by_age, key)
    return Teeth(**{name: round(value, 4) for name, value in drawn.items()}, seed=key.child("seed").integer(31))


@dataclass(frozen=True)
class Crown:
    """One tooth in place on the base mesh.

    Attributes:
        arch: upper or lower.
        kind: 0 central incisor .. 6 second molar.
        side: 1 on the subject's left, -1 on the right.
        origin: (3,) middle of its biting edge, on its outer face.
        axes: (3, 3) rows: towards the subject's left along the arch, outwards, towards the root.
        width_mm: Along the arch.
        crown_mm: Height out of the gum.
        depth_mm: From the outer to the inner face at the gum.
        shade: Lighter (> 0) or darker than the others.
    """

    arch: str
    kind: int
    side: int
    origin: NDArray
    axes: NDArray
    width_mm: float
    crown_mm: float
    depth_mm: float
    shade: float


def place_crowns(teeth: Teeth, arch: str) -> list[Crown]:
    """Return the crowns of one arch from the subject's right to the left."""
    rng = Key(f"teeth/{teeth.seed}/{arch}").rng()
    edge, root = (_set_in(np.array(line), SET_IN_MM[arch]) for line in (_EDGE[arch], _ROOT[arch]))
    edge = np.concatenate([edge[:0:-1] * [-1, 1, 1], edge])
    root = np.concatenate([root[:0:-1] * [-1, 1, 1], root])
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(edge, axis=0), axis=1))])
    along -= along[len(along) // 2]
    gap = teeth.gap_mm if arch == "upper" else 0.0
    widths = np.array(WIDTHS_MM[arch]) * teeth.size * np.exp(rng.normal(0, 0.02, 7))
    widths *= min(1.0, (along[-1] + 2.0 - gap / 2) / widths.sum())
    middles = gap / 2 + np.cumsum(widths) - widths / 2
    crowns = []
    for side in (-1, 1):
        for kind in range(7)[::side]:
            jitter = rng.normal(0, 1, 4) * teeth.crowding * (0.4 if kind > 3 else 1.0)
            at = side * middles[kind]
            here = _at(edge, along, at)
            tangent = _at(edge, along, at + 1.5) - _at(edge, along, at - 1.5)
            rootward = _unit(_at(root, along, at) - here)
            tangent = _unit(tangent - (tangent @ rootward) * rootward)
            outward = np.cross(tangent, rootward) * (1 if arch == "upper" else -1)
            turn, tilt = np.radians([5.0 * jitter[0], 2.0 * jitter[1]])
            c, s = np.cos(turn), np.sin(turn)
            tangent, outward = c * tangent + s * outward, c * outward - s * tangent
            rootward = _unit(rootward + np.tan(tilt) * tangent)
            worn = teeth.wear * (1.4 if kind < 3 else 0.6)
            short = 0.7 if kind == 1 and arch == "upper" else 0.0
            deeper = (teeth.overbite_mm - RESTING_OVERBITE_MM) * BITE_SHARES[arch] * FRONT_SHARES[kind]
            down = RISE_MM[arch] * (1.0 if kind < 3 else 0.3) + deeper - short - worn + 0.25 * jitter[2]
            origin = here - rootward * down + outward * 0.35 * jitter[3]
            crowns.append(
                Crown(
                    arch=arch,
                    kind=kind,
                    side=side,
                    origin=origin,
                    axes=np.stack([tangent, outward, rootward]),
                    width_mm=float(widths[kind]),
                    crown_mm=CROWNS_MM[arch][kind] - short - worn + teeth.recession_mm,
                    depth_mm=DEPTHS_MM[arch][kind],
                    shade=float(rng.normal(0, 0.02) - (0.05 if kind == 2 else 0.015 * (kind > 2))),
                )
            )
    return crowns


def crown_shape(crown: Crown, wear: float) -> tuple[NDArray, NDArray, NDArray]:
    """Return a crown's vertices (v, 3) on the base mesh, triangles (t, 3), and height over the edge as a share (v,)."""
    share = np.array(RINGS)
    molar = crown.kind > 2
    if crown.kind == 2:  # a point, blunted by wear
        levels = [0.18 + 0.4 * wear, 0.4 + 0.3 * wear, 0.7, 0.98, 1.0, 0.78, 0.7]
        half = np.interp(share, [0, 0.04, 0.12, 0.3, 0.6, 1, 1.25], levels)
    else:
        half = np.interp(share, [0, 0.04, 0.12, 0.3, 0.6, 1, 1.25], [0.80, 0.90, 0.97, 1.0, 0.95, 0.80, 0.72])
    half = half * crown.width_mm / 2 * 0.985
    edge, full = (1.0 + 1.2 * wear) / crown.depth_mm if crown.kind < 2 else 0.24, 1.0
    levels = [0.62, 0.72, 0.85, full, 0.98, 0.9] if molar else [0.5 * edge, edge, 1.3 * edge, 0.6, full, 0.95]
    deep = crown.depth_mm * np.interp(share, [0, 0.04, 0.12, 0.45, 1, 1.25], levels)
    face = np.interp(share, [0, 0.08, 0.3, 0.65, 1.0, 1.25], [-0.55, -0.3, 0.0, 0.22, 0.0, -0.35])
    turn = np.arange(SEGMENTS) * 2 * np.pi / SEGMENTS
    power = 2 / 3.0
    across = np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** power
    through = np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** power
    x = half[:, None] * across
    y = face[:, None] - deep[:, None] / 2 + deep[:, None] / 2 * through
    y -= (0.9 if crown.kind < 3 else 1.3) * (across**2) * (through > -0.3)  # the outer face is round
    z = np.repeat(share[:, None] * crown.crown_mm, SEGMENTS, 1)
    if molar:
        z[:2] -= (1 - wear) * 0.45 * np.cos((2 if crown.kind < 5 else 4) * (turn + np.pi / 4))
        cap = (0.5, 0.9 * (1 - 0.6 * wear))
    else:
        cap = (0.5, -0.05)
    inner = np.stack([x[0] * cap[0], (y[0] - y[0].mean()) * cap[0] + y[0].mean(), z[0] + cap[1]], -1)
    middle = np.array([[0, y[0].mean(), z[0].mean() + cap[1]]])
    local = np.concatenate([np.stack([x, y, z], -1).reshape(-1, 3), inner, middle])
    rings = [np.arange(SEGMENTS) + k * SEGMENTS for k in (len(share), *range(len(share)))]
    pieces = [np.stack([np.full(SEGMENTS, len(local) - 1), np.roll(rings[0], -1), rings[0]], 1)]
    for near, far in itertools.pairwise(rings):
        beside, beyond = np.roll(near, -1), np.roll(far, -1)
        pieces += [np.stack([near, beside, beyond], 1), np.stack([near, beyond, far], 1)]
    heights = np.concatenate([np.repeat(share, SEGMENTS), np.zeros(SEGMENTS + 1)])
    triangles = np.concatenate(pieces)
    if np.linalg.det(crown.axes) < 0:
        triangles = triangles[:, ::-1]
    return crown.origin + local @ crown.axes, triangles, heights


def enamel_albedo(crown: Crown, teeth: Teeth, share: NDArray) -> NDArray:
    """Return reflectance (v, 5) (R, G, B, 850, 940 nm) of a crown at shares of its height from the biting edge.

    Dentine shows through towards the neck, warm; the edge is all enamel, thin and greyish until it is worn.
    """
    light = np.array([0.80, 0.75, 0.65, 0.68, 0.62]) * (1 + crown.shade)
    stained = np.array([0.62, 0.50, 0.30, 0.62, 0.56]) * (1 + crown.shade)
    neck = np.clip((share - 0.55) / 0.5, 0, 1)[:, None] ** 1.5
    edge = np.clip(1 - share / 0.22, 0, 1)[:, None] * (1 - 0.7 * teeth.wear)
    yellow = np.clip(teeth.yellowness + 0.35 * neck, 0, 1.2)
    albedo = light + (stained - light) * yellow
    return np.clip(albedo * (1 - edge * [0.17, 0.14, 0.10, 0.08, 0.08]), 0.02, 0.85)


def gum_height_mm(points: NDArray, crowns: list[Crown]) -> NDArray:
    """Return how far points (n, 3) of the base mesh lie past the gum's edge, mm: < 0 where only crowns are.

    The edge follows the crowns at their height and rises between them.
    """
    origin = np.array([crown.origin for crown in crowns])
    axes = np.array([crown.axes for crown in crowns])
    away = points[:, None] - origin
    # the tooth beside, judged in the plane of the arch
    beside = np.einsum("nkc,kc->nk", away, axes[:, 0])
    inward = np.einsum("nkc,kc->nk", away, axes[:, 1])
    width = np.array([crown.width_mm for crown in crowns])
    mine = (np.abs(beside) / width + 0.02 * np.abs(inward)).argmin(1)
    row = np.arange(len(points))
    depth = np.einsum("nc,nc->n", away[row, mine], axes[mine, 2])
    off = np.clip(np.abs(beside[row, mine]) / (width[mine] / 2), 0, 1)
    crown = np.array([one.crown_mm for one in crowns])[mine]
    return depth - crown + PAPILLA_MM * off**2.5


def _set_in(line: NDArray, by_mm: float) -> NDArray:
    """Return a line (n, 3) along the arch moved towards the arch's middle."""
    away = (line - [0, ARCH_MIDDLE_Y_MM, 0]) * [1, 1, 0]
    return line - by_mm * away / np.linalg.norm(away, axis=1, keepdims=True)


def _at(points: NDArray, along: NDArray, at: float) -> NDArray:
    return np.array([np.interp(at, along, points[:, k]) for k in range(3)])


def _unit(vector: NDArray) -> NDArray:
    return vector / np.linalg.norm(vector)
