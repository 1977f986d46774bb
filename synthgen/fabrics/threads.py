"""How threads lie in cloth, as square tiles of heights that repeat."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.spatial import KDTree

from synthgen.rng import Key

TILE_PX = 512

Heights = tuple[NDArray, NDArray]
"""Heights (n, n), any scale, and the share (n, n) of weft that shows; rows run along the warp."""


def grid() -> tuple[NDArray, NDArray]:
    """Return x and y (n, n) of a tile's pixels, 0 to 1."""
    at = (np.arange(TILE_PX) + 0.5) / TILE_PX
    x, y = np.meshgrid(at, at)
    return x, y


def smooth_noise(key: Key, wavelength: float | tuple[float, float]) -> NDArray:
    """Return noise (n, n) of unit variance that repeats; wavelengths along y and x are shares of the tile."""
    white = key.rng().standard_normal((TILE_PX, TILE_PX))
    found = gaussian_filter(white, np.multiply(wavelength, TILE_PX / 2.5), mode="wrap")
    return found / found.std()


def _knit(wales: int, courses: int, key: Key, wander: float = 0.05) -> NDArray:
    """Return the right side of a plain knit: columns of loops that look like the letter V."""
    x, y = grid()
    x = x * wales + wander * smooth_noise(key.child("x"), 0.12)
    y = y * courses + wander * smooth_noise(key.child("y"), 0.12)
    column = np.abs(x - np.floor(x) - 0.5)
    height = np.zeros_like(x)
    for below in (0, 1):
        up = y - np.floor(y) + below  # along a leg of the loop that began `below` courses down
        along = np.clip(up / 1.45, 0, 1)
        centre, radius = 0.10 + 0.27 * along, 0.17
        ridge = np.sqrt(np.clip(1 - ((column - centre) / radius) ** 2, 0, None))
        height = np.maximum(height, ridge * (0.55 + 0.45 * np.sin(np.pi * np.clip(along * 1.05, 0, 1))))
    strands = 0.06 * smooth_noise(key.child("fibres"), (0.25 / courses, 0.06 / wales))
    return height + strands * (height > 0.05)


def _woven(draft: NDArray, warps: int, wefts: int, key: Key, slub: float = 0.12) -> Heights:
    """Return threads that cross: a draft (m, m) says where the warp (columns) lies above the weft (rows)."""
    x, y = grid()
    rows, columns = draft.shape
    sign = 2.0 * draft - 1.0
    x, y = x * warps, y * wefts
    i, j = np.floor(x).astype(int), np.floor(y).astype(int)

    def between(at: NDArray, fixed: NDArray, along_y: bool) -> NDArray:
        """Return how high a thread rides, smooth from crossing to crossing."""
        low = np.floor(at - 0.5).astype(int)
        share = np.clip((at - 0.5 - low - 0.2) / 0.6, 0, 1)
        share = share * share * (3 - 2 * share)
        if along_y:
            a, b = sign[low % rows, fixed % columns], sign[(low + 1) % rows, fixed % columns]
        else:
            a, b = sign[fixed % rows, low % columns], sign[fixed % rows, (low + 1) % columns]
        return a + (b - a) * share

    thick_warp = 1 + slub * key.child("warp").rng().standard_normal(warps)[i % warps]
    thick_weft = 1 + slub * key.child("weft").rng().standard_normal(wefts)[j % wefts]
    warp = 0.8 * thick_warp * np.cos(np.pi * (x - i - 0.5)) + 0.6 * between(y, i, True)
    weft = 0.8 * thick_weft * np.cos(np.pi * (y - j - 0.5)) - 0.6 * between(x, j, False)
    fibres = 0.05 * smooth_noise(key.child("fibres"), (0.4 / wefts, 0.1 / warps))
    share = 1 / (1 + np.exp((warp - weft) / 0.08))
    return np.maximum(warp, weft) + fibres, share


def _twill(over: int, under: int) -> NDArray:
    period = over + under
    return (np.arange(period)[:, None] - np.arange(period)[None]) % period < over


def _satin(harness: int, step: int) -> NDArray:
    draft = np.ones((harness, harness), bool)
    draft[(np.arange(harness) * step) % harness, np.arange(harness)] = False
    return draft


def _only(heights: NDArray) -> Heights:
    return heights, np.zeros_like(heights)


def jersey(key: Key) -> Heights:
    """Return fine plain knit."""
    return _only(_knit(26, 32, key))


def coarse_knit(key: Key) -> Heights:
    """Return plain knit of thick yarn, spun from strands."""
    return _only(_knit(14, 18, key, wander=0.07) + 0.05 * smooth_noise(key.child("wool"), 0.008))


def rib(key: Key) -> Heights:
    """Return ribs: columns of knit that stand out before others that fall back."""
    x, _ = grid()
    columns = 0.5 + 0.5 * np.tanh(2.2 * np.cos(2 * np.pi * x * 8))
    return _only(0.72 * columns + 0.28 * _knit(32, 40, key) * (0.35 + 0.65 * columns))


def webbing(key: Key) -> Heights:
    """Return elastic webbing: cords along it that ripple where the weft crosses them."""
    x, y = grid()
    cord = np.abs(np.cos(np.pi * x * 16))
    ripple = np.cos(2 * np.pi * (y * 20 + 0.5 * (np.floor(x * 16) % 2)))
    return _only(cord**0.6 * (1 + 0.25 * ripple) + 0.04 * smooth_noise(key, 0.01))


def cable(key: Key) -> Heights:
    """Return cables of three strands on a ground of knit that falls back."""
    x, y = grid()
    across = (x * 2) % 1 - 0.5
    height = 0.32 * _knit(24, 30, key)
    for n in range(3):
        phase = 2 * np.pi * (y * 3 + n / 3)
        ridge = np.clip(1 - ((across - 0.17 * np.sin(phase)) / 0.13) ** 2, 0, None) ** 0.6
        ridge *= 0.75 + 0.25 * np.cos(2 * phase)
        twist = 0.09 * np.cos(2 * np.pi * (28 * y + 26 * np.abs(across - 0.17 * np.sin(phase))))
        height = np.maximum(height, ridge + twist * (ridge > 0.1))
    return _only(height)


def plain(key: Key) -> Heights:
    """Return plain weave: over one, under one."""
    return _woven(np.eye(2, dtype=bool), 32, 32, key)


def twill(key: Key) -> Heights:
    """Return twill: over two, under two, so that diagonals show."""
    return _woven(_twill(2, 2), 32, 32, key)


def denim(key: Key) -> Heights:
    """Return denim: over three, under one, uneven yarn."""
    height, weft = _woven(_twill(3, 1), 32, 32, key, slub=0.22)
    return height, np.clip(0.42 * weft + 0.06 * smooth_noise(key.child("worn"), (0.3, 0.03)) + 0.02, 0, 1)


def satin(key: Key) -> Heights:
    """Return satin: long smooth floats."""
    return _woven(_satin(8, 3), 48, 32, key, slub=0.05)


def fleece(key: Key) -> Heights:
    """Return fleece: brushed, in small tufts."""
    tufts = _cells(key.child("tufts"), 2600)
    return _only(0.75 * tufts + 0.12 * smooth_noise(key.child("fine"), 0.012) + 0.12 * smooth_noise(key, 0.04))


def felt(key: Key) -> Heights:
    """Return felt: fibres in all directions."""
    lines = [smooth_noise(key.child("along"), (0.07, 0.008)), smooth_noise(key.child("across"), (0.008, 0.07))]
    return _only(np.maximum(*lines) + 0.4 * smooth_noise(key.child("fine"), 0.01))


def nylon(key: Key) -> Heights:
    """Return fine taffeta with a thicker thread every few millimetres, which stops rips."""
    x, y = grid()
    stops = np.maximum(np.cos(2 * np.pi * 4 * x), np.cos(2 * np.pi * 4 * y))
    height, weft = _woven(np.eye(2, dtype=bool), 64, 64, key, slub=0.05)
    return height + 1.2 * np.clip((stops - 0.95) / 0.05, 0, 1), weft


def leather(key: Key) -> Heights:
    """Return the grain of leather: small flat islands between lines."""
    cells = _cells(key, 1600, ridged=True)
    return _only(cells + 0.06 * smooth_noise(key.child("fine"), 0.006))


def _cells(key: Key, count: int, ridged: bool = False) -> NDArray:
    """Return domes about random points, or flat islands with lines between them."""
    x, y = grid()
    points = key.child("points").rng().uniform(0, 1, (count, 2))
    places = (np.stack([x, y], -1) + 0.006 * smooth_noise(key.child("warp"), 0.03)[..., None]) % 1
    near = KDTree(points, boxsize=1.0).query(places.reshape(-1, 2), k=2)[0].reshape(TILE_PX, TILE_PX, 2)
    size = count**-0.5
    if ridged:
        return np.clip((near[..., 1] - near[..., 0]) / (0.4 * size), 0, 1) ** 0.6
    return np.clip(1 - near[..., 0] / (0.75 * size), 0, 1) ** 0.7


def straw(key: Key) -> Heights:
    """Return plaits of four straws, sewn one above another."""
    x, y = grid()
    rows, turns = 4, 6
    row = np.floor(y * rows)
    v = y * rows % 1
    slant = np.abs((x * turns + 0.5 * (row % 2)) % 1 - 0.5) * 2
    straws = np.abs(np.sin(np.pi * (2 * v + slant * 2.0)))
    plait = np.sqrt(np.clip(1 - (2 * v - 1) ** 2, 0, 1))
    return _only(0.55 * plait + 0.4 * straws**0.6 + 0.08 * smooth_noise(key, (0.01, 0.1)))


def mesh(key: Key) -> Heights:
    """Return a net of hexagons: what is between the threads lies deep and dark."""
    x, y = grid()
    n = 8
    u, v = x * n, y * n
    odd = np.floor(v) % 2
    hole = np.hypot((u + 0.5 * odd) % 1 - 0.5, (v % 1 - 0.5) * 1.0)
    return _only(np.clip((hole - 0.30) / 0.12, 0, 1))
