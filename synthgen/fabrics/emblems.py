"""Emblems printed on cloth or sewn to it: shapes and made-up words, no one's mark."""

import numpy as np
from numpy.typing import NDArray

from synthgen.rng import Key

FONT = {
    "A": "01110 10001 10001 11111 10001 10001 10001",
    "E": "11111 10000 10000 11110 10000 10000 11111",
    "H": "10001 10001 10001 11111 10001 10001 10001",
    "I": "11111 00100 00100 00100 00100 00100 11111",
    "K": "10001 10010 10100 11000 10100 10010 10001",
    "L": "10000 10000 10000 10000 10000 10000 11111",
    "M": "10001 11011 10101 10101 10001 10001 10001",
    "N": "10001 11001 10101 10011 10001 10001 10001",
    "O": "01110 10001 10001 10001 10001 10001 01110",
    "R": "11110 10001 10001 11110 10100 10010 10001",
    "S": "01111 10000 10000 01110 00001 00001 11110",
    "T": "11111 00100 00100 00100 00100 00100 00100",
    "U": "10001 10001 10001 10001 10001 10001 01110",
    "V": "10001 10001 10001 10001 01010 01010 00100",
}
"""Capitals on a grid of 5 x 7, rows from the top."""
WORDS = ("NORVALE", "SUNTRAIL", "LUMERA", "TAVENO", "HOLMIRE", "KESTRIL", "VANTURA", "ROSALTO", "OSLAVA", "MIRELLO")
WORDS += ("TERVANO", "ALTIVO", "SOLENNA", "RIVETTA")
"""That mean nothing."""
STROKE = 0.62
"""Half width of a stroke, in cells of the grid."""


def emblem(key: Key, shape: tuple[int, int]) -> tuple[NDArray, NDArray]:
    """Return the cover (h, w) of two dyes: an emblem in the middle of a tile, rows from the bottom up."""
    height, width = shape
    x, y = np.meshgrid((np.arange(width) + 0.5) / width - 0.5, (np.arange(height) + 0.5) / height - 0.5)
    rng = key.child("kind").rng()
    kind = rng.choice(["word", "word", "disc", "hills", "star"])
    text = str(key.child("word").rng().choice(WORDS))
    soft = 2.0 / height

    def solid(distance: NDArray) -> NDArray:
        return np.clip(distance / soft + 0.5, 0, 1)

    away = np.hypot(x, y - 0.06)
    if kind == "word":
        letters = solid(_lettering(text, x, y, 0.8))
        bar = solid(np.minimum(0.40 - np.abs(x), 0.012 - np.abs(y + 0.16)))
        return letters, bar
    letters = solid(_lettering(text, x, y + 0.36, 0.42))
    if kind == "disc":
        cut = np.abs(np.sin(26 * np.pi * (y - 0.06))) * 0.03 - np.clip(0.06 - y, 0, 1) * 0.12
        return letters, solid(np.minimum(0.25 - away, np.where(y < 0.06, cut + 0.008, 1)))
    if kind == "hills":
        ridge = np.maximum(0.20 - 1.2 * np.abs(x + 0.06), 0.12 - 1.0 * np.abs(x - 0.12)) - (y - 0.02)
        ring = 0.012 - np.abs(away - 0.27)
        return np.maximum(letters, solid(ring)), solid(np.minimum(np.minimum(ridge, 0.25 - away), y + 0.10))
    angle = (np.arctan2(x, y - 0.06) / (2 * np.pi) * 5 + 0.5) % 1 - 0.5
    point = angle * 2 * np.pi / 5
    star = 0.105 / np.cos(np.abs(point) - np.deg2rad(72)) * np.cos(np.deg2rad(72)) / np.cos(np.deg2rad(36))
    return np.maximum(letters, solid(0.014 - np.abs(away - 0.28))), solid(star * 2.2 - away)


def _lettering(text: str, x: NDArray, y: NDArray, width: float) -> NDArray:
    """Return the distance (h, w) inside the strokes of a word about the origin, as wide as asked."""
    cell = width / (6 * len(text) - 1)
    u, v = (x + width / 2) / cell, (y + 3.5 * cell) / cell
    column, row = np.floor(u).astype(int), np.floor(v).astype(int)
    letter, within = column // 6, column % 6
    bits = np.array([[[c == "1" for c in line] for line in FONT[one].split()[::-1]] for one in text])
    padded = np.pad(bits, ((0, 0), (1, 1), (1, 2)))
    best = np.full(x.shape, -1.0)
    fits = (letter >= 0) & (letter < len(text)) & (row >= -1) & (row <= 7)
    letter = np.clip(letter, 0, len(text) - 1)
    for dr in (-1, 0, 1):
        for dc in (-1, 0, 1):
            on = padded[letter, np.clip(row + dr + 1, 0, 8), np.clip(within + dc + 1, 0, 7)] & fits
            away = np.maximum(np.abs(u - column - dc - 0.5), np.abs(v - row - dr - 0.5))
            best = np.maximum(best, np.where(on, STROKE - away, -1.0))
    return best * cell
