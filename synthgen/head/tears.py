"""What is wet between lid and eye: the tear menisci along both lids, caruncle and fold at the inner corner."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthgen.head.contact import depth_mm, skin_patch
from synthgen.head.eyes import Eyeball
from synthgen.head.model import Points
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.rays import RayScene
from synthgen.transforms import direction

COLUMNS, WIDEST_DEG = 72, 68.0
ELEVATIONS_DEG = np.arange(-44.0, 36.1, 2.0)
BISECTIONS = 6
LID_M = 0.012
"""Skin this far beyond the eye is no lid: the way out of the aperture is free."""
MENISCUS = ((0.9, -0.03), (0.55, 0.02), (0.2, 0.08), (-0.25, 0.2), (-1.2, 0.36))
"""Its section from the eye to the lid: degrees from the lid's rim into the opening, and millimetres above the eye.

About 0.2 mm high and as deep. Source: Wang et al., Invest. Ophthalmol. Vis. Sci. 47 (2006) 4349, rounded.
"""
LEAST_GAP_DEG = 4.0
CARUNCLE_MM, CARUNCLE_IN_DEG, CARUNCLE_SUNK_MM = (1.5, 1.2, 0.75), 2.0, 0.25
FOLD_MM, FOLD_IN_DEG, FOLD_SUNK_MM = (0.9, 1.9, 0.3), 6.0, 0.17
BLOB_RINGS, BLOB_SEGMENTS = 13, 18


@dataclass(frozen=True)
class Aperture:
    """The gap between the lids as seen from the eye's centre, in the head's directions.

    Attributes:
        azimuth_deg: (k,) of the columns that are open, > 0 to the subject's left.
        lower_deg: (k,) elevation of the lower rim.
        upper_deg: (k,) elevation of the upper rim.
    """

    azimuth_deg: NDArray
    lower_deg: NDArray
    upper_deg: NDArray


def find_aperture(skin: Points, eye: Eyeball, head_rotation: NDArray) -> Aperture:
    """Return the aperture between lids that lie on the eye: rays from its centre that meet no lid."""
    patch = skin_patch(eye.side)
    lids = RayScene(skin[patch.rows], patch.triangles)

    def is_free(azimuth: NDArray, elevation: NDArray) -> NDArray[np.bool_]:
        away = direction(azimuth, elevation) @ head_rotation.T
        return lids.first_hit(eye.centre, away.reshape(-1, 3), eye.radius_m + LID_M)[0].reshape(azimuth.shape) < 0

    columns = np.linspace(-WIDEST_DEG, WIDEST_DEG, COLUMNS)
    grid = is_free(*np.meshgrid(columns, ELEVATIONS_DEG, indexing="ij"))
    open_ = np.flatnonzero(grid.any(1))
    if not len(open_):
        return Aperture(np.empty(0), np.empty(0), np.empty(0))
    first = grid[open_].argmax(1)
    last = grid.shape[1] - 1 - grid[open_][:, ::-1].argmax(1)
    step = ELEVATIONS_DEG[1] - ELEVATIONS_DEG[0]
    azimuth = columns[open_]
    edges = []
    for start, sign in ((ELEVATIONS_DEG[first], -1.0), (ELEVATIONS_DEG[last], 1.0)):
        inner, outer = start, start + sign * step
        for _ in range(BISECTIONS):
            middle = (inner + outer) / 2
            free = is_free(azimuth, middle)
            inner, outer = np.where(free, middle, inner), np.where(free, outer, middle)
        edges.append(inner)
    return Aperture(azimuth, edges[0], edges[1])


def wet_meshes(skin: Points, eye: Eyeball, head_rotation: NDArray) -> tuple[Mesh, ...]:
    """Return menisci and caruncle of one eye; none where the lids are closed."""
    gap = find_aperture(skin, eye, head_rotation)
    wide = gap.upper_deg - gap.lower_deg > LEAST_GAP_DEG
    if wide.sum() < 8:
        return ()
    menisci = (_meniscus(lid, gap, wide, eye, head_rotation) for lid in ("lower", "upper"))
    return *menisci, _caruncle(gap, eye, head_rotation)


def _meniscus(lid: str, gap: Aperture, wide: NDArray[np.bool_], eye: Eyeball, head_rotation: NDArray) -> Mesh:
    azimuth = gap.azimuth_deg[wide]
    inward, edge = (1, gap.lower_deg) if lid == "lower" else (-1, gap.upper_deg)
    rim = _smoothed(edge[wide])
    # it runs out towards the corners
    share = np.clip((gap.upper_deg - gap.lower_deg)[wide] / LEAST_GAP_DEG - 1, 0, 1)
    rows = []
    for above_deg, above_mm in MENISCUS:
        towards = direction(azimuth, rim + inward * above_deg * share) @ head_rotation.T
        rows.append(_above(eye, towards, above_mm * share))
    count = len(azimuth)
    near = (np.arange(len(rows) - 1)[:, None] * count + np.arange(count - 1)).ravel()
    triangles = np.concatenate(
        [np.stack([near, near + count, near + count + 1], 1), np.stack([near, near + count + 1, near + 1], 1)]
    )
    part = Part[f"EYELID_{lid.upper()}_{eye.side.upper()}"]
    return _wet(f"meniscus_{lid}_{eye.side}", np.concatenate(rows), triangles[:, ::inward], part, eye)


def _caruncle(gap: Aperture, eye: Eyeball, head_rotation: NDArray) -> Mesh:
    inward = 1.0 if eye.side == "left" else -1.0  # from the nose into the aperture
    corner = gap.azimuth_deg[0] if eye.side == "left" else gap.azimuth_deg[-1]
    vertices, triangles = [], []
    for size, in_deg, sunk in (
        (CARUNCLE_MM, CARUNCLE_IN_DEG, CARUNCLE_SUNK_MM),
        (FOLD_MM, FOLD_IN_DEG, FOLD_SUNK_MM),
    ):
        azimuth = corner + inward * in_deg
        order = np.argsort(gap.azimuth_deg)
        lower, upper = (
            np.interp(azimuth, gap.azimuth_deg[order], edge[order]) for edge in (gap.lower_deg, gap.upper_deg)
        )
        middle = direction(np.array([azimuth]), np.array([(lower + upper) / 2])) @ head_rotation.T
        half_gap_mm = float(np.radians(upper - lower)) / 2 * eye.radius_m * 1e3
        tall = min(size[1], half_gap_mm + 0.4)
        points, faces = _blob((size[0], tall, size[2]))
        up = np.cross(middle[0], np.cross(head_rotation[:, 2], middle[0]))
        up /= np.linalg.norm(up)
        frame = np.stack([np.cross(up, middle[0]), up, middle[0]])
        triangles.append(faces + sum(map(len, vertices)))
        at = eye.centre + middle * (eye.radius_m - sunk * 1e-3)  # the cornea passes beneath
        vertices.append(at + points @ frame * 1e-3)
    part = Part[f"CARUNCLE_{eye.side.upper()}"]
    return _wet(f"caruncle_{eye.side}", np.concatenate(vertices), np.concatenate(triangles), part, eye)


def _wet(name: str, vertices: Points, triangles: NDArray, part: Part, eye: Eyeball) -> Mesh:
    return Mesh(
        name=name,
        vertices=vertices,
        triangles=triangles.astype(np.int32),
        part=np.full(len(triangles), part, np.int16),
        materials=("meniscus" if name.startswith("meniscus") else "caruncle",),
        instance="person",
        attributes={"rest_mm": (vertices - eye.centre) * 1e3},
    )


def _above(eye: Eyeball, towards: NDArray, height_mm: NDArray) -> Points:
    """Return points (n, 3) at a height above the eye's shell along directions (n, 3) from its centre."""
    surface = depth_mm(eye.centre + towards * 1e-3, eye) + 1.0
    return eye.centre + towards * ((surface + height_mm) * 1e-3)[:, None]


def _smoothed(values: NDArray) -> NDArray:
    kernel = np.array([1.0, 2, 3, 2, 1]) / 9
    return np.convolve(np.pad(values, 2, mode="edge"), kernel, mode="valid")


def _blob(half_mm: tuple[float, float, float]) -> tuple[NDArray, NDArray]:
    """Return a lumpy ellipsoid: vertices (v, 3) in mm and triangles (t, 3)."""
    polar, turn = np.meshgrid(
        np.linspace(1e-3, np.pi - 1e-3, BLOB_RINGS),
        np.linspace(0, 2 * np.pi, BLOB_SEGMENTS, endpoint=False),
        indexing="ij",
    )
    ball = np.stack([np.sin(polar) * np.cos(turn), np.sin(polar) * np.sin(turn), np.cos(polar)], -1).reshape(-1, 3)
    lumps = 1 + 0.07 * np.sin(5.1 * ball[:, 0] + 1) * np.sin(6.3 * ball[:, 1]) + 0.05 * np.sin(9.7 * ball[:, 0] + 4)
    rows = np.arange(BLOB_RINGS - 1)[:, None] * BLOB_SEGMENTS
    here = (rows + np.arange(BLOB_SEGMENTS)).ravel()
    beside = (rows + (np.arange(BLOB_SEGMENTS) + 1) % BLOB_SEGMENTS).ravel()
    triangles = np.concatenate(
        [
            np.stack([here, here + BLOB_SEGMENTS, beside + BLOB_SEGMENTS], 1),
            np.stack([here, beside + BLOB_SEGMENTS, beside], 1),
        ]
    )
    return ball * lumps[:, None] * half_mm, triangles
