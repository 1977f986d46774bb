"""Folds: cloth that is too long for its way buckles; garments fold as photographs of clothes show it."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from scipy import sparse
from scipy.spatial import KDTree

from synthgen.clothing import KINDS
from synthgen.clothing.denim_jacket import YOKE_MM
from synthgen.clothing.folds import CROOK
from synthgen.clothing.form import ARM_MM, beyond_armhole_mm, down_arm_mm, form
from synthgen.clothing.pattern import Pattern, averaging
from synthgen.clothing.relax import Fullness, Ground, buckled, evened
from synthgen.clothing.sleeves import ELBOW_MM
from synthgen.clothing.tshirt import SLEEVE_MM
from synthgen.rng import Key
from tests.worn import bare_body

SIDE, STEP_MM = 41, 6.0


@lru_cache(maxsize=16)
def worn(name: str, seed: int = 0, ease_m: float = 0.007, below: str | None = None):
    """Return a garment's places at rest (n, 3), how far its cloth is off the body (n,), and its relief (n,), mm."""
    kind = KINDS[name]
    garment = kind.sample(kind.spec.model_validate({"kind": name, "ease_m": ease_m}), Key(f"folds/{seed}"))
    on = bare_body() if below is None else replace(bare_body(), covered=lambda rest: KINDS[below].covers(None, rest))
    mesh = kind.build(garment, on)[0]
    rest = mesh.attributes["rest_mm"]
    near = nearest(rest)
    off = 1e3 * ((mesh.vertices - on.points[near]) * on.normals[near]).sum(1)
    return rest, off, off - evened(off, averaging(mesh.triangles, len(off)), 60)


def nearest(rest_mm: np.ndarray) -> np.ndarray:
    """Return the vertices of the form (n,) that are nearest to places at rest (n, 3)."""
    return KDTree(form().rest_mm).query(rest_mm)[1]


def sheet() -> tuple[Pattern, np.ndarray]:
    """Return a flat square of cloth, its first axis along x."""
    place = np.stack(np.meshgrid(*[np.arange(SIDE) * STEP_MM] * 2, indexing="ij"), -1).reshape(-1, 2)
    rest = np.pad(place, ((0, 0), (0, 1)))
    index = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    a, b, c, d = index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    none = np.zeros(len(rest))
    same = sparse.csr_matrix(sparse.identity(len(rest)))
    return Pattern(
        same, faces.astype(np.int32), none.astype(int), rest, none, none.astype(np.float32), none.astype(int)
    ), rest * 1e-3


def folded(excess: float) -> np.ndarray:
    """Return the heights (SIDE, SIDE) of a sheet held at two sides whose cloth is longer across, millimetres."""
    pattern, flat = sheet()
    tensor = np.zeros((len(flat), 3, 3))
    tensor[:, 0, 0] = excess
    heights = 1e-3 * evened(Key("sheet").rng().standard_normal(len(flat)), pattern.smoothing, 3)
    up = np.tile([0.0, 0.0, 1.0], (len(flat), 1))
    ground = Ground(flat, up, np.full(len(flat), -0.05), np.full(len(flat), 0.05))
    loose = ((pattern.rest_mm[:, 0] > 0) & (pattern.rest_mm[:, 0] < (SIDE - 1) * STEP_MM)).astype(float)
    return 1e3 * buckled(pattern, flat, Fullness(tensor, heights, 0.06), loose, ground)[:, 2].reshape(SIDE, SIDE)


def test_cloth_that_is_too_long_one_way_folds_across_it():
    z = folded(0.12)
    assert z.std() > 4 * folded(0.0).std()
    inner = z[8:-8, 8:-8]
    assert np.abs(np.diff(inner, axis=0)).mean() > 2 * np.abs(np.diff(inner, axis=1)).mean()


def test_cloth_stays_between_what_it_lies_on_and_what_is_beside():
    pattern, flat = sheet()
    up = np.tile([0.0, 0.0, 1.0], (len(flat), 1))
    rise = np.full(len(flat), 0.01)
    ground = Ground(flat, up, np.full(len(flat), -0.001), np.full(len(flat), 0.002))
    full = Fullness(np.zeros((len(flat), 3, 3)), rise, 0.06)
    z = ground.lifted(buckled(pattern, flat, full, np.ones(len(flat)), ground))[:, 2]
    assert z.min() >= -0.001 - 1e-9 and z.max() <= 0.002 + 1e-9


@pytest.mark.parametrize(("name", "low", "high"), [("tshirt", 2.0, 6.0), ("shirt", 2.0, 6.0), ("blazer", 0.3, 2.5)])
def test_folds_are_as_high_as_those_of_clothes(name, low, high):
    found = []
    for seed in range(3):
        rest, _, relief = worn(name, seed)
        belly = (beyond_armhole_mm(rest) < -20) & (rest[:, 2] > 130) & (rest[:, 2] < 330)
        found.append(relief[belly].std())
    assert low < np.mean(found) < high


def test_sleeves_crease_in_the_bend_of_the_elbow_more_than_outside():
    bend, outside = [], []
    for seed in range(2):
        rest, _, relief = worn("hoodie", seed)
        elbow = (beyond_armhole_mm(rest) > 20) & (np.abs(down_arm_mm(rest) - ELBOW_MM) < 50)
        towards = ((np.abs(rest * [1, 0, 0]) + rest * [0, 1, 1]) - ARM_MM[1]) @ CROOK
        bend.append(relief[elbow & (towards > 15)].std())
        outside.append(relief[elbow & (towards < -15)].std())
    assert np.mean(bend) > 1.3 * np.mean(outside)


def test_cloth_of_the_upper_chest_creases_from_the_armpits():
    found = []
    for seed in range(3):
        rest, _, relief = worn("tshirt", seed)
        upper = (np.abs(rest[:, 2] - 475) < 35) & (rest[:, 1] < -40) & (beyond_armhole_mm(rest) < -15)
        found.append(relief[upper].std())
    assert 2.7 < np.mean(found) < 5


def across_the_belly(seed: int, height_mm: float) -> np.ndarray:
    """Return the relief of a T-shirt at a height in front, from right to left."""
    rest, _, relief = worn("tshirt", seed)
    row = (rest[:, 1] < -60) & (np.abs(rest[:, 0]) < 110) & (np.abs(rest[:, 2] - height_mm) < 6)
    order = np.argsort(rest[row, 0])
    return np.interp(np.arange(-100, 101, 5.0), rest[row, 0][order], relief[row][order])


def test_folds_of_a_shirt_hang_and_are_uneven_and_not_mirrored():
    rows = [across_the_belly(seed, 230) for seed in range(4)]
    turns = [(np.diff(np.sign(np.diff(row))) != 0).sum() for row in rows]
    assert 5 <= min(turns) <= max(turns) <= 18  # crests and valleys 11 to 40 mm apart
    assert np.mean([np.corrcoef(row, row[::-1])[0, 1] for row in rows]) < 0.4
    assert np.mean([np.corrcoef(row, across_the_belly(seed, 200))[0, 1] for seed, row in enumerate(rows)]) > 0.3


def test_looser_clothes_fold_more():
    tight, loose = (np.mean([worn("tshirt", seed, ease)[2].std() for seed in range(2)]) for ease in (0.002, 0.02))
    assert loose > 1.8 * tight


def test_short_sleeves_lie_on_the_arm_and_are_open_below_it():
    rest, off, _ = worn("tshirt")
    arm = (np.abs(SLEEVE_MM - 25 - down_arm_mm(rest)) < 12) & (beyond_armhole_mm(rest) > 20)
    beneath = (bare_body().below * bare_body().normals).sum(1)[nearest(rest)]
    above, under = np.median(off[arm & (beneath < -0.6)]), np.median(off[arm & (beneath > 0.2)])
    assert above < 10 and under > above + 8


def test_sleeves_of_a_shirt_below_a_vest_fold_as_those_of_a_shirt():
    (rest, _, alone), (_, _, under) = worn("shirt"), worn("shirt", below="vest")
    arm = (beyond_armhole_mm(rest) > 60) & (down_arm_mm(rest) < 330)
    chest = (beyond_armhole_mm(rest) < -30) & (rest[:, 2] > 130) & (rest[:, 2] < 260)
    assert under[arm].std() > 0.75 * alone[arm].std()
    assert under[chest].std() < 0.75 * alone[chest].std()


def test_a_denim_jacket_is_stitched_above_its_yoke_and_worn_on_the_crests_of_folds():
    kind = KINDS["denim_jacket"]
    mesh = kind.build(kind.sample(kind.spec(), Key("denim")), bare_body())[0]
    rest, stitched, wear = (mesh.attributes[name] for name in ("rest_mm", "stitched", "wear"))
    back = (rest[:, 1] > 20) & (np.abs(rest[:, 0]) < 100)
    above, below = (back & (np.abs(rest[:, 2] - YOKE_MM - away) < 4) for away in (6, -6))
    assert stitched[above].max() > 0 >= stitched[below].max()
    flat = evened(mesh.vertices, averaging(mesh.triangles, len(wear)), 20)
    height = 1e3 * ((mesh.vertices - flat) * mesh.shading_normals()).sum(1)
    free = np.arange(len(wear)) < len(wear) * 0.8
    assert wear.min() >= 0 and wear.max() <= 1
    assert wear[free & (height > 2)].mean() > 3 * wear[free & (height < -1)].mean()
