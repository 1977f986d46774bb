"""A net of places over head, neck and shoulders that sheets of cloth are cut from.

Each of its threads begins at the face and ends on chest, shoulder or back; they fan out around the face from the chin
over cheek and temple to the forehead. Places are given on the base mesh and lifted off the skin.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline, PchipInterpolator
from scipy.ndimage import map_coordinates
from scipy.spatial import KDTree

from synthgen.accessories.fit import Fit
from synthgen.head.skin import skin_surface

STATIONS = ("eyes", "face", "edge", "crown", "back", "nape", "neck", "shoulder", "chest", "hem")
_NET = (
    # chin: under the chin, down the throat to the chest
    ((0, -166, 703), (0, -150, 640), (0, -118, 611), (0, -96, 604), (0, -82, 594), (0, -72, 580), (0, -76, 560),
     (0, -95, 528), (0, -118, 470), (0, -146, 390)),
    ((20, -148, 701), (27, -134, 640), (25, -114, 616), (30, -90, 606), (32, -76, 594), (32, -66, 580), (42, -72, 560),
     (52, -97, 528), (58, -122, 470), (62, -152, 390)),
    ((36, -138, 702), (44, -112, 646), (48, -97, 641), (49, -76, 628), (50, -58, 610), (52, -44, 590), (72, -58, 562),
     (98, -94, 528), (108, -116, 470), (112, -146, 390)),
    ((50, -128, 706), (55, -103, 668), (58, -92, 666), (56, -72, 652), (55, -52, 632), (57, -26, 600), (92, -32, 566),
     (135, -78, 535), (150, -75, 470), (150, -75, 410)),
    ((60, -116, 716), (62, -104, 695), (66, -90, 695), (64, -66, 682), (61, -40, 650), (58, -14, 606), (95, -6, 573),
     (165, -42, 548), (200, -50, 490), (215, -50, 430)),
    ((65, -110, 731), (66, -104, 725), (71, -94, 727), (76, -56, 718), (68, -22, 676), (58, 2, 606), (92, 8, 573),
     (188, -6, 556), (225, -10, 500), (240, -10, 440)),
    ((65, -110, 749), (66, -107, 756), (70, -90, 760), (76, -44, 760), (70, -8, 700), (56, 12, 612), (78, 22, 578),
     (160, 34, 545), (200, 30, 490), (215, 25, 430)),
    ((50, -131, 758), (60, -116, 783), (64, -100, 786), (70, -46, 798), (66, 0, 740), (46, 18, 628), (60, 32, 580),
     (115, 47, 545), (125, 52, 480), (125, 45, 410)),
    ((38, -140, 760), (45, -127, 803), (45, -121, 806), (52, -40, 828), (50, 22, 762), (32, 16, 640), (40, 32, 586),
     (68, 49, 545), (72, 54, 480), (72, 45, 410)),
    ((20, -148, 760), (23, -137, 812), (22, -133, 816), (27, -40, 843), (26, 34, 764), (15, 14, 648), (20, 30, 588),
     (32, 49, 545), (34, 52, 480), (34, 42, 410)),
    ((0, -152, 760), (0, -140, 812), (0, -136, 817), (0, -40, 848), (0, 38, 764), (0, 12, 650), (0, 29, 588),
     (0, 47, 545), (0, 50, 480), (0, 40, 410)),
)  # fmt: skip
"""Places on the base mesh, millimetres: the threads of the left half from the chin to the forehead, each from the face
outwards; the right half mirrors it."""
THREADS = len(_NET)
FINE, BEYOND = 12, 6


@lru_cache(maxsize=1)
def _rows() -> NDArray[np.integer]:
    """Return the skin's vertices (2 * THREADS - 2, stations) of the net, from the chin over the left side around."""
    surface = skin_surface()
    outside = surface.outer_vertices
    rest = surface.rest_mm[outside]
    left = np.array(_NET, float)
    both = np.concatenate([left, left[-2:0:-1] * [-1, 1, 1]])
    return outside[KDTree(rest).query(both.reshape(-1, 3))[1]].reshape(both.shape[:2])


def places(fit: Fit, lift_mm: NDArray) -> NDArray:
    """Return the net's places (threads, stations, 3) above a person's skin, each thread (threads,) as far as asked."""
    rows = _rows()
    return fit.skin[rows] + fit.skin_normals[rows] * lift_mm[:, None, None]


def mirrored(values: Sequence[float]) -> NDArray:
    """Return values of the left half's threads, from the chin to the forehead, for all threads of the net."""
    left = np.asarray(values, float)
    return np.concatenate([left, left[-2:0:-1]])


def spread(net: NDArray, around: NDArray, along: NDArray) -> NDArray:
    """Return points (n, m, 3) of the smooth surface through a net.

    Args:
        net: (threads, stations, 3)
        around: (n, m) threads, from 0 at the chin over the left side; they come round again.
        along: (n, m) stations.
    """
    count, stations = net.shape[:2]
    lines = PchipInterpolator(np.arange(stations), net, axis=1)(np.linspace(0, stations - 1, FINE * (stations - 1) + 1))
    ring = np.concatenate([lines[-BEYOND:], lines, lines[:BEYOND]])
    at = [around % count + BEYOND, along * FINE]
    return np.stack([map_coordinates(ring[..., k], at, order=3, mode="nearest") for k in range(3)], -1)


def round_about(values: NDArray, around: NDArray) -> NDArray:
    """Return values (threads, ...) of a net between its threads, (m, ...)."""
    return CubicSpline(np.arange(len(values) + 1), np.concatenate([values, values[:1]]), bc_type="periodic")(around)
