"""Wrinkles: creases in the skin of the base face, as deep as age has made them and as the face moves.

They are relief of the skin's maps, in places of the person's own. The broad folds that some of them run along (beside
nose and mouth, between the brows) are shape: `head.face_lines`.

Depths and widths were set by eye on lit heads; their order follows Lemperle et al., Plast. Reconstr. Surg. 108 (2001)
1735: fine lines under 0.1 mm, wrinkles 0.1 to 0.5 mm, folds to 1 mm.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import KDTree

from synthgen.rng import Key
from synthgen.skin.atlas import Atlas, atlas
from synthgen.skin.texture import Map, fine_noise, line_distance

_LIFT_SIZE, _POINTS = 512, 14
_SHOULDER, _SHOULDER_WIDTH = 0.38, 2.6


@dataclass(frozen=True)
class Line:
    """One crease.

    Attributes:
        group: What moves it: forehead, glabella, crow, nasolabial, marionette, lower_lid, cheek, lip, nose.
        side: -1 right, 1 left, 0 both.
        xz_mm: Points (n, 2) on the base face seen from the front.
        rest_mm: Depth at any age.
        old_mm: Depth added by an age weight of 1.
        moved_mm: Depth added by full movement, at an age weight of 1; half of it at 0.
        width_mm: Half width.
    """

    group: str
    side: int
    xz_mm: tuple[tuple[float, float], ...]
    rest_mm: float
    old_mm: float
    moved_mm: float
    width_mm: float


def _draw_lines(key: Key) -> list[Line]:
    """Return a person's lines: where creases run belongs to the person, how deep they are to the age."""
    rng = key.rng()

    def jitter(sd: float) -> float:
        return float(rng.normal(0, sd))

    lines = []
    for i in range(5):
        top, half, share = 758 + i * 9 + jitter(1.6), 34 + jitter(5) - abs(i - 2) * 3, rng.uniform(0.5, 1.2)
        bow = rng.uniform(0.3, 1.3)
        points = [
            (t * half + jitter(0.5), top - bow * 3.5 * np.cos(t * 1.9) + 2.2 * np.sin(t * 5 + i) * 0.5 + jitter(0.5))
            for t in np.linspace(-1, 1, 11)
        ]
        lines.append(Line("forehead", 0, tuple(points), 0.012, 0.40 * share, 0.90 * share, 0.85))
    for side in (-1, 1):
        for i in range(5):
            angle, share = np.radians(-38 + 19 * i + jitter(4)), rng.uniform(0.5, 1.2)
            points = [
                (side * (47 + np.cos(angle) * t), 729.5 + np.sin(angle) * t + jitter(0.25))
                for t in np.linspace(1.5, 15 + jitter(3), 6)
            ]
            lines.append(Line("crow", side, tuple(points), 0.012, 0.34 * share, 0.60 * share, 0.55))
        fold = [(17, 694), (21, 689), (25, 681), (29, 672), (32, 663), (33.5, 655)]
        shift, share = jitter(0.8), rng.uniform(0.5, 1.4)
        points = [(side * (a + shift), b) for a, b in fold]
        lines.append(Line("nasolabial", side, tuple(points), 0.10 * share, 0.55 * share, 0.80, 1.5))
        points = [(side * a, b) for a, b in ((28, 655), (29.5, 649), (30, 642), (29, 635))]
        lines.append(Line("marionette", side, tuple(points), 0.02, 0.46 * rng.uniform(0.3, 1.3), 0.45, 1.1))
        points = [(side * (6 + 0.8 * abs(jitter(1))), b) for b in (738, 743, 749, 755)]
        lines.append(Line("glabella", side, tuple(points), 0.015, 0.40 * rng.uniform(0.3, 1), 1.00, 0.8))
        for i in range(3):
            share = rng.uniform(0.5, 1.1)
            points = [
                (side * a, 718 - 3.2 * i - 5.5 * np.sin((a - 14) / 36 * np.pi) * (0.55 + 0.25 * i) + jitter(0.25))
                for a in np.linspace(16, 44, 8)
            ]
            lines.append(Line("lower_lid", side, tuple(points), (0.04, 0.015, 0.01)[i], 0.30 * share, 0.34, 0.7))
        for i in range(4):
            share = rng.uniform(0.4, 1)
            x = 50 + 3 * i + jitter(0.8)
            points = [(side * x, b + jitter(0.5)) for b in np.linspace(700 - 4 * i, 676 - 6 * i, 6)]
            lines.append(Line("cheek", side, tuple(points), 0.0, 0.17 * share, 0.40 * share, 0.9))
        points = [(side * (4 + 2.2 * k), 716 - 4 * k + jitter(0.4)) for k in range(4)]
        lines.append(Line("nose", side, tuple(points), 0.0, 0.07, 0.45, 0.7))
    for i in range(11):
        x = -20 + 4 * i + jitter(0.7)
        points = [
            (x, 667 + jitter(0.3) - 0.0048 * x * x),
            (x * 1.02 + jitter(0.4), 671 - 0.01 * x * x),
            (x * 1.03, 674.5),
        ]
        lines.append(Line("lip", 0, tuple(points), 0.0, 0.13 * rng.uniform(0.3, 1.1), 0.16, 0.45))
    return lines


def movements(units: Mapping[str, float]) -> dict[tuple[str, int], float]:
    """Return how far each group of lines is folded, 0 to 1, by (group, side), from the ARKit units of an expression."""

    def most(*named: tuple[str, float]) -> float:
        return min(1.0, max(weight * units.get(unit, 0.0) for unit, weight in named))

    moved = {}
    for side, name in ((1, "Left"), (-1, "Right")):
        smile, sneer = f"mouthSmile{name}", f"noseSneer{name}"
        moved["crow", side] = most((f"eyeSquint{name}", 1), (f"cheekSquint{name}", 0.8), (smile, 0.7))
        moved["nasolabial", side] = most((smile, 1), (sneer, 0.8), (f"mouthUpperUp{name}", 0.6))
        moved["marionette", side] = most((f"mouthFrown{name}", 1), (f"mouthStretch{name}", 0.5))
        moved["glabella", side] = most((f"browDown{name}", 1))
        moved["lower_lid", side] = most((f"eyeSquint{name}", 0.8), (f"cheekSquint{name}", 1), (smile, 0.5))
        moved["cheek", side] = most((smile, 1), (f"mouthDimple{name}", 0.8), (f"mouthStretch{name}", 0.6))
        moved["nose", side] = most((sneer, 1))
    moved["forehead", 0] = most(("browInnerUp", 0.9), ("browOuterUpLeft", 0.8), ("browOuterUpRight", 0.8))
    moved["lip", 0] = most(("mouthPucker", 1), ("mouthFunnel", 0.4))
    return moved


@lru_cache(maxsize=8)
def _placed_lines(key: Key) -> tuple[tuple[Line, NDArray], ...]:
    """Return lines with their points (n, 2) in map coordinates."""
    tree, texels = _front()
    placed = []
    for line in _draw_lines(key):
        _, nearest = tree.query(np.array(line.xz_mm))
        at = gaussian_filter1d(texels[nearest], 0.6, axis=0, mode="nearest")
        t = np.linspace(0, len(at) - 1, _POINTS)
        placed.append((line, np.stack([np.interp(t, np.arange(len(at)), at[:, k]) for k in range(2)], -1)))
    return tuple(placed)


@lru_cache(maxsize=1)
def _front() -> tuple[KDTree, NDArray]:
    """Return the front of the face by (x, z), and the map coordinates of its points."""
    flat = atlas(_LIFT_SIZE)
    chosen = flat.inside & (flat.rest_mm[..., 1] < -70) & (flat.nostrils < 0.3)
    rows, columns = np.nonzero(chosen)
    return KDTree(flat.rest_mm[chosen][:, [0, 2]]), (np.stack([columns, rows], -1) + 0.5) / _LIFT_SIZE


def wrinkle_height(key: Key, weight: float, moved: Mapping[tuple[str, int], float], flat: Atlas) -> Map:
    """Return the height of wrinkles in mm (N, N), grooves below and their shoulders above 0.

    Args:
        key: The person's.
        weight: `Skin.wrinkles`.
        moved: See `movements`.
        flat: Atlas of the size wanted.
    """
    height = np.zeros((flat.size, flat.size), np.float32)
    broken = fine_noise(flat.size, 5.0, key.child("broken"))
    for line, points in _placed_lines(key):
        folded = moved.get((line.group, line.side), 0.0)
        depth = line.rest_mm + line.old_mm * weight + line.moved_mm * folded * (0.5 + 0.5 * min(weight, 1.2))
        if depth < 0.008:
            continue
        found = line_distance(points, flat, 4.5 * line.width_mm)
        if found is None:
            continue
        patch, distance, along = found
        unrest = broken[patch]
        width = line.width_mm * (1 + 0.15 * np.clip(unrest, -2, 2))
        taper = np.clip(np.sin(np.pi * along), 0, 1) ** 0.6 * np.clip(0.85 + 0.3 * unrest, 0.2, 1.4)
        groove = np.exp(-((distance / width) ** 2))
        shoulder = np.exp(-((distance / (_SHOULDER_WIDTH * width)) ** 2))
        height[patch] += depth * taper * (_SHOULDER * shoulder - groove)
    return height
