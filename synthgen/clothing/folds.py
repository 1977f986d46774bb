"""Where cloth folds: creases that run from the armpits, folds that hang, rings on sleeves."""

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.form import ARMPIT_MM, angle_of, behind_mm, beyond_armhole_mm, down_arm_mm
from synthgen.noise import noise
from synthgen.rng import Key


def _ridges(height: NDArray) -> NDArray:
    """Return noise as ridges with broad valleys between them."""
    return np.maximum(height + 0.1, 0) ** 1.3 - 0.35


def fold_heights(rest_mm: NDArray, key: Key) -> NDArray:
    """Return the height (n,) of folds at places (n, 3) at rest, millimetres for a usual loose shirt."""
    x, y, z = rest_mm.T
    arm = 1 / (1 + np.exp(-beyond_armhole_mm(rest_mm) / 14))
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
    found += torso * _from_armpits(rest_mm, key)
    down = down_arm_mm(rest_mm)
    around = angle_of(y + 15, z - (525 - 0.8 * down)) * 55
    side = np.sign(x) * 700
    rings = noise(np.stack([down + 0.35 * around, 0.35 * around, side], 1), 40, key.child("rings"))
    elbow = np.exp(-(((down - 228) / 45) ** 2))
    found += arm * (2.2 + 0.9 * elbow) * _ridges(rings)
    return found


def _from_armpits(rest_mm: NDArray, key: Key) -> NDArray:
    """Return creases that run from the armpits towards the middle, in front and behind."""
    x, z = np.abs(rest_mm[:, 0]) - ARMPIT_MM[0] - 6, rest_mm[:, 2] - ARMPIT_MM[1] - 6
    away = np.hypot(x, z)
    angle = angle_of(z, -x)
    place = np.stack([angle * 90, 0.25 * away, np.sign(rest_mm[:, 0]) * 500 + behind_mm(rest_mm)], 1)
    waves = noise(place, 44, key.child("armpits"))
    envelope = np.exp(-((away / 120) ** 2)) * np.clip((away - 22) / 40, 0, 1)
    return 4.5 * envelope * _ridges(waves)
