"""The white of the eye as a polar map: veins that thin out towards the iris, redness, yellowing, the old eye's ring."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from synthgen.head.eye_color import Eyes
from synthgen.head.polar import Map, polar_noise, rings
from synthgen.rng import Key

SIZE = (192, 1024)
POLAR_RAD = (0.36, 1.50)
"""Angle from the corneal apex, about the eye's centre, at the first and the last row."""
LIMBUS_RAD = 0.42
WHITE = np.array([0.60, 0.55, 0.50, 0.60, 0.55])
"""Reflectance in R, G, B, 850, 940 nm, blood left out: a little over light skin's, far from a sheet of paper's."""
PIGMENTED = np.array([0.10, 0.15, 0.24, 0.04, 0.03])
"""Share of it that the pigment of dark people's conjunctiva takes."""
AGED = np.array([0.04, 0.08, 0.20, 0.02, 0.02])
BLOODY = np.array([0.24, 0.60, 0.58, 0.10, 0.10])
VEINS, STEPS, STEP_RAD = 44, 90, 0.012
LENS_EDGE_RAD, LENS_EDGE_MM = 0.505, 0.05
"""Where a soft contact lens ends (14.2 mm across), and how high its edge stands."""


def sclera_map(eyes: Eyes, age: float, darkness: float = 0.0) -> Map:
    """Return the map (h, w, 6): reflectance R, G, B, 850, 940 nm, and height in millimetres.

    Args:
        eyes: The person's.
        age: Years.
        darkness: Of the person's skin, 0 to 1.
    """
    key = Key(f"sclera/{eyes.seed}")
    polar = np.linspace(*POLAR_RAD, SIZE[0], dtype=np.float32)[:, None]
    old = float(np.clip((age - 30) / 55, 0, 1))
    far = np.clip((polar - 0.40) / 0.55, 0, 1)
    sharp, deep = _veins(key, eyes.redness)
    blotch = np.clip(0.5 + 0.5 * polar_noise(key.child("blotch"), SIZE, 40, 130), 0, 2)
    diffuse = (0.14 + 0.55 * eyes.redness * blotch) * far**1.2 + 0.06 * eyes.redness
    blood = np.clip(diffuse + (1.2 * sharp + 0.7 * deep) * (0.5 + 0.7 * eyes.redness), 0, 1)[..., None]
    grain = 1 + 0.025 * polar_noise(key.child("grain"), SIZE, 14, 60)
    stained = darkness * np.clip(0.75 + 0.35 * polar_noise(key.child("stained"), SIZE, 30, 90), 0, 1.5)[..., None]
    albedo = WHITE * (1 - old * AGED) * (1 - blood * BLOODY) * (1 - stained * PIGMENTED) * grain[..., None]
    # a fatty yellow patch beside the cornea, at 3 and 9 o'clock, in many from middle age on
    angle = (np.arange(SIZE[1]) / SIZE[1])[None]
    patch = rings(polar, 0.56, 0.09) * np.maximum(rings(angle, 0.5, 0.04), rings(np.minimum(angle, 1 - angle), 0, 0.04))
    albedo = albedo * (1 - (0.5 * old * patch)[..., None] * [0.03, 0.10, 0.30, 0.03, 0.03])
    arcus = (0.55 * np.clip((age - 55) / 25, 0, 1) * rings(polar, LIMBUS_RAD, 0.035))[..., None]
    albedo = albedo + arcus * (np.array([0.60, 0.62, 0.63, 0.60, 0.55]) - albedo)
    height = 0.012 * polar_noise(key.child("tears"), SIZE, 24, 90) + 0.02 * sharp
    if eyes.contact_lens != "none":
        height = height + LENS_EDGE_MM / (1 + np.exp((polar - LENS_EDGE_RAD) / 0.004))
        albedo = albedo * (1 - 0.10 * rings(polar, LENS_EDGE_RAD, 0.008))[..., None]
    return np.concatenate([np.clip(albedo, 0.01, 0.9), height[..., None]], -1).astype(np.float32)


def _veins(key: Key, redness: float) -> tuple[Map, Map]:
    """Return how much blood shows in fine veins of the conjunctiva and in blurred deep ones, each (h, w).

    Veins start at the rim and wander towards the iris, thinner as they go; some branch off others.
    """
    rng = key.child("veins").rng()
    count = int(VEINS * (1 + 1.6 * redness))
    thick = rng.uniform(0.35, 1.0, count) ** 1.5
    life = rng.uniform(0.35, 1.0, count) * STEPS
    deep = rng.random(count) < 0.35
    veins = _wander(rng, rng.uniform(0, 2 * np.pi, count), rng.uniform(0.8, 1.5, count), rng.normal(0, 0.5, count))
    parent = rng.integers(0, count, count)
    leave = (rng.uniform(0.2, 0.7, count) * life[parent]).astype(int)
    angle, polar = veins[:, leave, parent]
    twigs = _wander(rng, angle, polar, np.where(rng.random(count) < 0.5, 0.7, -0.7))
    age = np.arange(STEPS)[:, None]
    weight = np.where(age < life, thick * (1 - 0.7 * age / life), 0)
    short = 0.5 * life[parent]
    twig = np.where(age < short, 0.55 * thick[parent] * (1 - 0.8 * age / short), 0)
    fine = _drawn([veins[:, :, ~deep], twigs], [weight[:, ~deep], twig])
    return _soften(fine, 0.55), 2.2 * _soften(_drawn([veins[:, :, deep]], [weight[:, deep]]), 1.8)


def _wander(rng: np.random.Generator, angle: NDArray, polar: NDArray, heading: NDArray) -> NDArray:
    """Return the ways (2, steps, n) of points (angle, polar) that walk towards the iris and sway."""
    way = np.empty((2, STEPS, len(angle)))
    for step in range(STEPS):
        way[:, step] = angle, polar
        heading = 0.93 * heading + rng.normal(0, 0.22, len(angle))
        angle = angle + STEP_RAD * np.sin(heading) / np.sin(np.maximum(polar, 0.2))
        polar = polar - STEP_RAD * np.cos(heading)
    return way


def _soften(image: Map, sigma: float) -> Map:
    """Return a map smoothed over so many texels."""
    return np.asarray(
        gaussian_filter1d(gaussian_filter1d(image, sigma, axis=0), sigma, axis=1, mode="wrap"), np.float32
    )


def _drawn(tracks: list[NDArray], weights: list[NDArray]) -> Map:
    """Return a map with lines through points (angle, polar) (2, steps, n), each as strong as its weight (steps, n)."""
    height, width = SIZE
    image = np.zeros(SIZE, np.float32)
    for track, weight in zip(tracks, weights, strict=True):
        for share in np.linspace(0, 1, 4, endpoint=False):  # between the steps too
            angle, polar = track[:, :-1] * (1 - share) + track[:, 1:] * share
            row = (polar - POLAR_RAD[0]) / (POLAR_RAD[1] - POLAR_RAD[0]) * (height - 1)
            column = angle / (2 * np.pi) * width
            good = (row > 0) & (row < height - 2) & (weight[:-1] > 0) & (polar > LIMBUS_RAD + 0.03)
            row, column, value = row[good], column[good], weight[:-1][good].astype(np.float32)
            r, c = np.floor(row).astype(int), np.floor(column).astype(int)
            a, b = row - r, column - c
            for dr, wr in ((0, 1 - a), (1, a)):
                for dc, wc in ((0, 1 - b), (1, b)):
                    np.maximum.at(image, (r + dr, (c + dc) % width), value * wr * wc * 1.6)
    return image
