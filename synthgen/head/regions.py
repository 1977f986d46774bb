"""Which part of the body each piece of skin is, decided on the rest mesh and carried along by every shape and pose.

Coordinates are millimetres on the base mesh: |x| to the side, z up, y to the back. Outlines are read off orthographic
views of the base mesh. Earlier rules win.
"""

import json
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from synthgen.assets import package_data
from synthgen.head.model import head_model
from synthgen.parts import Part

Mask = NDArray[np.bool_]

MOUTH_LINE_Z, CANTHUS_Z = 661.0, 728.0
NOSE = (
    (0, 739),
    (6.5, 737),
    (8, 728),
    (10, 716),
    (13, 706),
    (18, 699),
    (19, 690),
    (17, 683.5),
    (9, 681),
    (0, 679),
)
CHEEK = (
    *((9, 718), (22, 709), (32, 707.5), (43, 711), (49, 717), (49.5, 722), (80, 722), (80, 690), (62, 664), (52, 655)),
    *((36, 650), (28, 655), (27, 664), (21, 678), (12, 690), (9, 706)),
)
UNDER_EYE = ((11, 721), (13, 714), (22, 709), (32, 707.5), (43, 711), (49, 717), (50, 723), (31, 722))
CHIN = ((0, 652), (13, 650), (20, 644), (24, 632), (22, 614), (0, 608))
JAW_BORDER_YZ = (
    (-60, 684),
    (-64, 660),
    (-72, 644),
    (-84, 632),
    (-100, 623.5),
    (-118, 619),
    (-136, 617),
    (-160, 616),
)
"""The lower edge of the jaw in the side view, from the ear lobe to the chin, as (y, z)."""
EYE_CENTRE_XZ = (31.5, CANTHUS_Z)


@lru_cache(maxsize=1)
def vertex_sets() -> dict[str, NDArray[np.float32]]:
    """Return indicator values (v,) of the authored vertex sets: lips, ears, face, nostrils."""
    sets = json.loads(package_data("head", "regions.json").read_text())
    count = len(head_model().vertices)
    values = {}
    for name, vertices in sets.items():
        values[name] = np.zeros(count, np.float32)
        values[name][vertices] = 1
    return values


def inside_polygon(points: NDArray, outline: tuple[tuple[float, float], ...]) -> Mask:
    """Return which points (n, 2) lie inside a closed polygon, by the crossing number."""
    inside = np.zeros(len(points), bool)
    x, z = points.T
    corners = np.array(outline, float)
    for (x0, z0), (x1, z1) in zip(corners, np.roll(corners, -1, 0), strict=True):
        straddles = (z0 > z) != (z1 > z)
        with np.errstate(divide="ignore", invalid="ignore"):
            inside ^= straddles & (x < x0 + (z - z0) / (z1 - z0) * (x1 - x0))
    return inside


def _ellipse(points: NDArray, half_width: float, up: float, down: float) -> Mask:
    x, z = (points - EYE_CENTRE_XZ).T
    return (x / half_width) ** 2 + (z / np.where(z > 0, up, down)) ** 2 < 1


def skin_parts(
    rest_mm: NDArray, islands: NDArray[np.str_], fields: dict[str, NDArray], arm: NDArray
) -> NDArray[np.int16]:
    """Return the part of each face of the skin.

    Args:
        rest_mm: (f, 3) centres of the faces on the base mesh, millimetres.
        islands: (f,) texture island: head, socket, mouth or body.
        fields: The authored vertex sets, interpolated at the faces.
        arm: (f,) share of the upper arm's bones in the face's skinning.
    """
    side, y, z = rest_mm.T
    flat = np.stack([np.abs(side), z], 1)
    x = flat[:, 0]
    front, left = y < -100, side >= 0
    border = np.interp(-y, *np.array([(-y, z) for y, z in JAW_BORDER_YZ]).T, left=690, right=616)
    above_jaw = (z > border) & (y < -58)
    face = (fields["face"] > 0.5) | (front & (z < 745) & above_jaw)
    rules: list[tuple[str, Mask]] = [
        ("mouth_interior", islands == "mouth"),
        ("caruncle", (islands == "socket") & (x < 21)),
        ("eyelid_upper", (islands == "socket") & (z > CANTHUS_Z)),
        ("eyelid_lower", islands == "socket"),
        ("arms", arm > 0.5),
        ("ear", fields["ears"] > 0.5),
        ("lip_upper", (fields["lips"] > 0.5) & (z > MOUTH_LINE_Z)),
        ("lip_lower", fields["lips"] > 0.5),
        ("nostrils", fields["nostrils"] > 0.5),
        ("eyelid_upper", front & _ellipse(flat, 17.5, 10, 8.5) & (z > CANTHUS_Z) & (x > 14)),
        ("eyelid_lower", front & _ellipse(flat, 17.5, 10, 8.5) & (x > 14)),
        ("nose", front & inside_polygon(flat, NOSE)),
        ("under_eye", front & inside_polygon(flat, UNDER_EYE)),
        ("chin", face & (y < -105) & inside_polygon(flat, CHIN) & above_jaw),
        ("cheek", face & inside_polygon(flat, CHEEK) & above_jaw),
        ("forehead", face & (z > 744) & (x < 50)),
        ("temple", face & (z > 722) & (x > 44)),
        ("jaw", face & (z < 690) & (x > 20) & above_jaw),
        ("skin", face & above_jaw),
        ("scalp", (z > 672) & (z > border - 12)),
        ("torso", z < np.interp(y, [-90, -60, 0, 40], [562, 566, 592, 606])),
    ]
    parts = np.full(len(rest_mm), Part.NECK, np.int16)
    open_ = np.ones(len(rest_mm), bool)
    for name, mask in rules:
        chosen = mask & open_
        open_ &= ~chosen
        if name.upper() in Part.__members__:
            parts[chosen] = Part[name.upper()]
        else:
            parts[chosen & left] = Part[f"{name}_left".upper()]
            parts[chosen & ~left] = Part[f"{name}_right".upper()]
    return parts


@lru_cache(maxsize=1)
def body_islands() -> NDArray[np.str_]:
    """Return the texture island of each face of the body: head, socket (inside of the lids), mouth or body.

    Read off the texture coordinates of the subject's left half, where islands fit boxes; the right half mirrors it.
    """
    model = head_model()
    centres = model.vertices[model.quads["body"]].mean(1)
    u, v = model.quad_uvs["body"].mean(1).T
    down = 1 - v
    boxes = [
        (u < 0.16) & (down > 0.35) & (down < 0.47),
        (u > 0.75) & (down > 0.858),
        (u > 0.63) & (down > 0.17) & (down < 0.86),
    ]
    islands = np.select(boxes, ["socket", "mouth", "head"], "body")
    right = np.flatnonzero(centres[:, 0] < -1e-6)
    _, twin = KDTree(centres).query(centres[right] * [-1, 1, 1])
    islands[right] = islands[twin]
    return islands
