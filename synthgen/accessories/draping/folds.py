"""Folds that are laid into cloth before it falls: long ridges, uneven in width, height and direction."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthgen.mesh import unit
from synthgen.noise import noise
from synthgen.rng import Key


@dataclass(frozen=True)
class Folds:
    """Folds that run along the rows of a sheet, from the first to the last.

    Attributes:
        width_mm: From one ridge to the next.
        height_mm: Of a usual ridge.
        run_mm: How far one goes on before it bends, grows or is lost in others.
        wander: How far it strays to the side, over its width.
    """

    width_mm: float
    height_mm: float
    run_mm: float = 260.0
    wander: float = 0.8


def grid_normals(points: NDArray) -> NDArray:
    """Return unit normals (n, m, 3) of a grid of points (n, m, 3): from the columns' direction over to the rows'."""
    return unit(np.cross(np.gradient(points, axis=1), np.gradient(points, axis=0)))


def fold_heights(points: NDArray, folds: Folds, key: Key, overlap: int = 0) -> NDArray:
    """Return how far folds rise (n, m) above a grid of points (n, m, 3); it closes over its overlap, if any."""
    along = np.cumsum(np.linalg.norm(np.gradient(points, axis=0), axis=-1), axis=0)
    across = np.cumsum(np.linalg.norm(np.gradient(points, axis=1), axis=-1), axis=1)
    width = folds.width_mm
    if overlap:
        turn = across[:, [-overlap]] - across[:, [0]]
        count = np.maximum(np.round(np.median(turn) / width), 1)
        around = (across - across[:, [0]]) / turn
        ring = turn.mean() / (2 * np.pi)
        angle = around * 2 * np.pi
        at = np.stack([along / folds.run_mm * width, ring * np.cos(angle), ring * np.sin(angle)], -1)
        phase = around * count
    else:
        at = np.stack([along / folds.run_mm * width, across, np.zeros_like(across)], -1)
        phase = across / width
    shape, flat = phase.shape, at.reshape(-1, 3)
    stray = noise(flat, 2.2 * width, key.child("stray")).reshape(shape)
    strength = noise(flat, 1.7 * width, key.child("strength")).reshape(shape)
    wave = np.sin(2 * np.pi * phase + folds.wander * 2 * stray)
    return folds.height_mm * (0.5 + 0.5 * wave) ** 1.3 * np.clip(0.75 + 0.4 * strength, 0.05, 1.4)
