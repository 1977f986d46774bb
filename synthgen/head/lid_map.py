"""Coordinates of the skin about the eyes, as functions of the rest position: how far along and away from the lids.

Also the operator that smooths the upper lid between its margin and the brow, on which a person's own folds are built.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import SuperLU, splu

from synthgen.head.lid_margin import SIDES, lid_margin
from synthgen.head.model import head_model
from synthgen.head.skin import skin_surface
from synthgen.mesh import unit

REACH_MM = 37.0
"""How far from the eye's centre lids are mapped."""
SMOOTHED_MM = (1.8, 15.5)
"""Height above the upper margin, on the base mesh, between which the base mesh's own crease is smoothed away."""
SMOOTHED_BELOW_MM = (1.2, 9.0)
"""Depth under the lower margin between which its folds are."""
STIFFNESS_MM = 12.0
"""Wavelength above which stretching counts for more than bending."""


@dataclass(frozen=True)
class Fill:
    """Puts some vertices on a smooth surface through the others.

    Attributes:
        places: (s,) their places among the rows of a `LidMap`.
        others: Places of the rest.
        coupling: (s, k - s) how the rest pulls at them.
        factor: Of the energy's matrix (s, s).
    """

    places: NDArray[np.int64]
    others: NDArray[np.int64]
    coupling: sparse.csr_matrix
    factor: SuperLU

    def __call__(self, points: NDArray) -> NDArray:
        """Return their positions (s, 3), given those of all rows (k, 3)."""
        return self.factor.solve(self.coupling @ points[self.others])


@dataclass(frozen=True)
class LidMap:
    """One side's skin near the eye; rows are uncut vertices of the skin surface.

    Attributes:
        rows: (k,) which vertices.
        free: (k,) 1 on outer skin, 0 on the lids' edge and inside.
        along: (k,) 0 at the inner corner, 1 at the outer one, beyond them outside that range.
        above: (k,) height over the upper margin's line, millimetres on the base mesh; < 0 below it.
        below: (k,) depth under the lower margin's line.
        inner_mm: (k, 2) from the inner corner to the temple and upwards, millimetres on the base mesh.
        out: (k, 3) outwards from the face, head axes.
        down: (k, 3) down along the skin.
        lateral: (k, 3) to the temple along the skin.
        even: (k, k) averages values with their neighbours', against ripples where a fold's edge crosses the mesh.
        fill: Puts the lids on a surface without crease.
    """

    rows: NDArray[np.int64]
    free: NDArray
    along: NDArray
    above: NDArray
    below: NDArray
    inner_mm: NDArray
    out: NDArray
    down: NDArray
    lateral: NDArray
    fill: Fill
    even: sparse.csr_matrix


@lru_cache(maxsize=1)
def lid_maps() -> tuple[LidMap, LidMap]:
    """Return the left and the right side's map, computed once per process."""
    left, right = (_lid_map(side, outward) for side, outward in zip(SIDES, (1, -1), strict=True))
    return left, right


def _lid_map(side: str, outward: int) -> LidMap:
    surface, model = skin_surface(), head_model()
    count = surface.insert.get_shape()[1]
    rest = surface.rest_mm[:count].astype(float) * [outward, 1, 1]
    centre = model.joint(f"{side[0]}-eye", model.vertices) * 1000 * [outward, 1, 1]
    margin = lid_margin(side)
    upper, lower = (surface.rest_mm[half][:, [0, 2]] * [outward, 1] for half in (margin.upper, margin.lower))
    hidden = margin.inside
    d = rest - centre
    near = (np.linalg.norm(d, axis=1) < REACH_MM) & (rest[:, 1] < centre[1] + 6)
    near &= np.isin(np.arange(count), surface.uncut)
    rows = np.flatnonzero(near)
    rest, d = rest[rows], d[rows]
    free = np.clip(1 - surface.matrix[rows] @ hidden.astype(np.float32) * 1.6, 0, 1)
    inner, outer = upper[0], upper[-1]
    xz = rest[:, [0, 2]]
    above, below = _height(xz, _extended(upper)), -_height(xz, _extended(lower))
    along = (xz[:, 0] - inner[0]) / (outer[0] - inner[0])
    radial = unit(d)
    out = unit(0.55 * radial + 0.45 * np.array([0.0, -1, 0]))
    up = unit(np.array([0.0, 0, 1]) - out[:, 2:] * out)
    lateral = np.cross(up, out)
    lateral *= np.sign(lateral[:, :1] + 1e-9)
    mirror = np.array([outward, 1, 1])
    between = (free > 0.99) & (along > -0.2) & (along < 1.35)
    upper_lid = (above > SMOOTHED_MM[0]) & (above < SMOOTHED_MM[1])
    lower_lid = (below > SMOOTHED_BELOW_MM[0]) & (below < SMOOTHED_BELOW_MM[1])
    smoothed = np.flatnonzero(between & (upper_lid | lower_lid))
    return LidMap(
        rows=rows,
        free=free,
        along=along,
        above=above,
        below=below,
        inner_mm=xz - inner,
        out=out * mirror,
        down=-up * mirror,
        lateral=lateral * mirror,
        fill=_fill(rows, smoothed),
        even=_even(rows),
    )


def _extended(margin: NDArray) -> NDArray:
    """Return a margin line continued beyond its corners: a little down towards the nose and towards the temple."""
    return np.vstack([margin[0] - [12, 2.5], margin, margin[-1] + [7, -1.2], margin[-1] + [16, -4.5]])


def _height(points: NDArray, line: NDArray) -> NDArray:
    """Return the signed distance of points (n, 2) over a line (m, 2), rounded off where its foot point would jump."""
    a, b = line[:-1], line[1:]
    step = b - a
    t = np.clip(((points[:, None] - a) * step).sum(2) / (step**2).sum(1), 0, 1)
    gap = np.linalg.norm(points[:, None] - (a + t[..., None] * step), axis=2)
    nearest = gap.min(1)
    soft = 0.12 * nearest + 0.05  # grows with distance: exact at the line
    share = np.exp(-(gap - nearest[:, None]) / soft[:, None])
    rounded = (share * gap).sum(1) / share.sum(1)
    sign = np.where(points[:, 1] >= np.interp(points[:, 0], *line.T), 1.0, -1.0)
    return sign * rounded


def _near_triangles(rows: NDArray) -> NDArray:
    """Return the triangles (t, 3) whose corners are all among rows, as places in rows."""
    surface = skin_surface()
    place = np.full(len(surface.rest_mm), -1)
    place[rows] = np.arange(len(rows))
    triangles = place[surface.uncut]
    return triangles[(triangles >= 0).all(1)]


def _even(rows: NDArray) -> sparse.csr_matrix:
    """Return (k, k) weights: half one's own value, half the neighbours' mean, twice."""
    sides = np.unique(np.sort(_near_triangles(rows)[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), 1), axis=0)
    ends = np.concatenate([sides, sides[:, ::-1]])
    links = sparse.csr_matrix((np.ones(len(ends)), ends.T), (len(rows), len(rows)))
    mean = sparse.diags(1 / np.maximum(np.asarray(links.sum(1)).ravel(), 1)) @ links
    once: Any = 0.5 * (sparse.identity(len(rows)) + mean)
    return sparse.csr_matrix(once @ once)


def _fill(rows: NDArray, places: NDArray) -> Fill:
    """Return what puts vertices on a smooth surface through the others.

    It has the least sum of bending and stretching energy: cotangent Laplacian of the base mesh, lumped areas. Source:
    Botsch & Kobbelt, ACM Trans. Graph. 23 (2004) 630.
    """
    stiffness, areas = _cotangent(skin_surface().rest_mm[rows].astype(float), _near_triangles(rows))
    scale: Any = sparse.diags(1 / np.sqrt(np.maximum(areas, 1e-3)))
    curved = scale @ stiffness
    energy: Any = sparse.csr_matrix(curved.T @ curved + stiffness / STIFFNESS_MM**2)[places]
    others = np.setdiff1d(np.arange(len(rows)), places)
    return Fill(places, others, sparse.csr_matrix(-energy[:, others]), splu(sparse.csc_matrix(energy[:, places])))


def _cotangent(points: NDArray, triangles: NDArray) -> tuple[sparse.csr_matrix, NDArray]:
    """Return the cotangent stiffness (k, k), positive semi-definite, and the area (k,) of each vertex."""
    k = len(points)
    stiffness = sparse.csr_matrix((k, k))
    area = np.zeros(k)
    for turn in range(3):
        a, b, c = (triangles[:, (turn + n) % 3] for n in range(3))
        u, v = points[b] - points[a], points[c] - points[a]
        doubled = np.linalg.norm(np.cross(u, v), axis=1)
        weight = np.clip((u * v).sum(1) / np.maximum(doubled, 1e-6), 0.05, 8) / 2
        pairs = sparse.coo_matrix((weight, (b, c)), (k, k))
        stiffness = stiffness - pairs - pairs.T
        area += np.bincount(a, doubled / 6, k)
    degree = -np.asarray(stiffness.sum(1)).ravel()
    return sparse.csr_matrix(stiffness + sparse.diags(degree)), area
