"""Where cloth folds: creases that run from the armpits, folds that hang, rings on sleeves.

Directions and shares of excess follow how garments are cut: a T-shirt is 5 to 15 % wider than chest and waist, sleeves
are a fifth wider than arms, and a sleeve that is cut for a lifted arm is too long below the armpit when the arm hangs.
"""

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.form import ARM_MM, ARMPIT_MM, angle_of, behind_mm, beyond_armhole_mm, down_arm_mm
from synthgen.clothing.sleeves import ELBOW_MM, long_sleeved
from synthgen.mesh import unit
from synthgen.noise import noise
from synthgen.ramps import smooth_step
from synthgen.rng import Key

HANGING, FROM_ARMPITS, RINGS, AT_ELBOW, AT_CUFF = 0.17, 0.75, 0.11, 0.42, 0.40
"""Excess, as shares of the length of cloth."""
WIDE_SHORT, WIDE_LONG = 0.25, 0.05
"""Excess about the arm of short and of long sleeves."""
ARMPIT_WAYS = (
    [-1.5, -1.1, -0.6, -0.2, 0.0, 0.25, 0.6, 0.95, 1.3, 1.8, 2.4, 3.1, 3.7, 4.3],
    [0.3, 0.7, 1.0, 0.5, 0.2, 0.5, 1.0, 0.6, 0.1, 0.15, 0.6, 0.9, 0.5, 0.0],
)
"""Angle about the armpit, see `_about_armpit`, and how strongly it creases there."""
INNER, CROOK, OUTER = (-0.77, 0.0, -0.63), (-0.55, -0.8, -0.2), 0.2
"""The way from the left arm to the side, that from its elbow's bend, and the share of rings away from these."""
BESIDE_MM = 15.0, 75.0
"""From the middle of the body, where such creases end and where they are whole."""
UP = np.array([0.0, 0.0, 1.0])


def _ridges(height: NDArray) -> NDArray:
    """Return noise as ridges with broad valleys between them."""
    return np.maximum(height + 0.1, 0) ** 1.3 - 0.35


def _arm_share(rest_mm: NDArray) -> NDArray:
    return 1 / (1 + np.exp(-beyond_armhole_mm(rest_mm) / 12))


def fold_heights(rest_mm: NDArray, key: Key) -> NDArray:
    """Return the height (n,) that folds begin with at places (n, 3) at rest, millimetres for a usual loose shirt."""
    x, y, z = rest_mm.T
    arm = _arm_share(rest_mm)
    torso = 1 - arm
    # round the body and down it
    turn = angle_of(y + 45, x) * 150
    hanging = noise(np.stack([turn, 0.16 * z, 0 * z], 1), 66, key.child("hanging"))
    lean = x / np.hypot(x, 70)
    slanted = noise(np.stack([turn - 0.55 * lean * z, 0.30 * z + 0.2 * turn, 300 * lean], 1), 62, key.child("slanted"))
    below = np.interp(z, [-40, 60, 250, 380, 450], [1.0, 1.0, 0.8, 0.5, 0.1])
    across = noise(np.stack([0.22 * turn, z, 0 * z], 1), 52, key.child("across"))
    waist = np.exp(-(((z - 130) / 75) ** 2))
    high = np.interp(z, [380, 450, 530, 580], [0.3, 1.0, 0.5, 0.0])
    found = torso * (
        3.4 * below * _ridges(hanging) + 2.6 * waist * _ridges(across) + 2.4 * (high + 0.4 * below) * _ridges(slanted)
    )
    away, angle = _about_armpit(rest_mm)
    place = np.stack([angle * 90, 0.25 * away, np.sign(x) * 500 + behind_mm(rest_mm)], 1)
    near = np.exp(-((away / 150) ** 2)) * np.clip((away - 22) / 40, 0, 1) * smooth_step(np.abs(x), *BESIDE_MM)
    found += 6.5 * torso * near * _ridges(noise(place, 44, key.child("armpits")))
    down = down_arm_mm(rest_mm)
    around = angle_of(y + 15, z - (525 - 0.8 * down)) * 55
    side = np.sign(x) * 700
    tube = noise(np.stack([0.35 * down, around, side], 1), 75, key.child("tube"))
    found += 2.5 * arm * _ridges(tube)
    if long_sleeved(rest_mm):
        rings = noise(np.stack([down + 0.35 * around, 0.35 * around, side], 1), 40, key.child("rings"))
        found += arm * (2.2 + 0.9 * np.exp(-(((down - ELBOW_MM) / 45) ** 2))) * _ridges(rings)
    return found


def _about_armpit(rest_mm: NDArray) -> tuple[NDArray, NDArray]:
    """Return the distance (n,) of places (n, 3) from the armpit, seen from the front, and the angle (n,) about it.

    It is 0 towards the middle and rises over the shoulder to the arm.
    """
    out, up = np.abs(rest_mm[:, 0]) - ARMPIT_MM[0], rest_mm[:, 2] - ARMPIT_MM[1]
    return np.hypot(out, up), angle_of(out, up) + np.pi / 2


def excess(rest_mm: NDArray, key: Key) -> NDArray:
    """Return how much longer cloth is than the way it takes at places (n, 3) at rest, as tensors (n, 3, 3).

    Along a unit vector d it is longer by the share d @ excess @ d.
    """
    arm = _arm_share(rest_mm)[:, None, None]
    found = (1 - arm) * _hanging(rest_mm, key) + arm * _of_sleeves(rest_mm, key)
    if (arm > 0.9).any():
        found += _from_armpits(rest_mm, key)
    return found


def _along(direction: NDArray, share: NDArray) -> NDArray:
    return share[:, None, None] * direction[:, :, None] * direction[:, None, :]


def _turned(first: NDArray, second: NDArray, angle: NDArray) -> NDArray:
    """Return the direction (n, 3) at an angle (n,) from the first of two towards the second."""
    return np.cos(angle)[:, None] * first + np.sin(angle)[:, None] * second


def _uneven(rest_mm: NDArray, wavelength_mm: float, key: Key) -> NDArray:
    """Return how folds come and go (n,): 0 to 2.2, and about 0.7 on the whole."""
    return np.clip(0.55 + 0.95 * noise(rest_mm, wavelength_mm, key), 0.0, 2.2)


def _hanging(rest_mm: NDArray, key: Key) -> NDArray:
    """Return the excess (n, 3, 3) round the torso, that lies in upright folds, or slanted ones at the waist."""
    x, y, z = rest_mm.T
    around = unit(np.stack([-(y + 45), x, 0 * x], 1))
    # folds end at uneven heights
    low = np.interp(z + 60 * noise(rest_mm, 120, key.child("tops")), [220, 330, 430, 510], [1.0, 0.95, 0.6, 0.2])
    waist = np.exp(-(((z - 140) / 75) ** 2))
    slant = 1.45 * waist * smooth_step(noise(rest_mm * [1, 1, 0.8], 150, key.child("waist")), -0.3, 1.0)
    slant *= np.sign(noise(rest_mm, 400, key.child("slant")))
    angle = 0.45 * noise(rest_mm, 190, key.child("lean")) + slant
    return _along(_turned(around, UP, angle), HANGING * low * _uneven(rest_mm, 170, key.child("hangs")))


def _from_armpits(rest_mm: NDArray, key: Key) -> NDArray:
    """Return the excess (n, 3, 3) about the armpits, that lies in creases that run from there."""
    away, angle = _about_armpit(rest_mm)
    side = np.sign(rest_mm[:, 0])
    about = np.stack([side * np.sin(angle), 0 * angle, np.cos(angle)], 1)
    strong = np.interp(angle, *ARMPIT_WAYS)
    reach = np.where(angle > np.pi / 2, 68, 145)
    strong *= np.exp(-((away / reach) ** 2)) * smooth_step(away, 5, 30) * smooth_step(np.abs(rest_mm[:, 0]), *BESIDE_MM)
    place = np.stack([90 * angle, 0 * angle, side * 500 + behind_mm(rest_mm)], 1)
    return _along(about, FROM_ARMPITS * strong * _uneven(place, 80, key.child("creases")))


def _of_sleeves(rest_mm: NDArray, key: Key) -> NDArray:
    """Return the excess (n, 3, 3) of sleeves: about the arm, and along it in rings."""
    side = np.sign(rest_mm[:, :1])
    mirror = np.concatenate([side, np.ones((len(rest_mm), 2))], 1)
    folded, down, long = rest_mm * mirror, down_arm_mm(rest_mm), long_sleeved(rest_mm)
    upper, lower = unit(np.diff(ARM_MM, axis=0))
    axis = unit(upper + smooth_step(down, ELBOW_MM - 30, ELBOW_MM + 30)[:, None] * (lower - upper))
    out = folded - (ARM_MM[1] + (down[:, None] - ELBOW_MM) * axis)
    axis, about = axis * mirror, unit(np.cross(axis, out)) * mirror
    found = _along(about, (WIDE_LONG if long else WIDE_SHORT) * smooth_step(down, 20, 150))
    if not long:
        return found
    inner, crook = (smooth_step(unit(out) @ np.array(way), -0.7, 0.7) for way in (INNER, CROOK))
    end = down[_arm_share(rest_mm) > 0.5].max()
    rings = RINGS * smooth_step(down, 40, 140) * (OUTER + (1 - OUTER) * inner)
    rings += AT_ELBOW * np.exp(-(((down - ELBOW_MM) / 55) ** 2)) * (OUTER + (1 - OUTER) * crook)
    rings += AT_CUFF * np.exp(-(((end - down) / 60) ** 2))
    tilt = 0.45 * noise(rest_mm, 130, key.child("tilted"))
    return found + _along(_turned(axis, about, tilt), rings * _uneven(rest_mm, 110, key.child("rings")))
