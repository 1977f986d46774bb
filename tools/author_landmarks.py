"""Write assets/landmarks/ibug68.json: the 68 iBUG landmarks as fixed points of the head's skin.

    python tools/author_landmarks.py

A point is the weighted mean of up to four vertices of the limit surface. The tables below hold the subject's
left side and the midline; the right side is their mirror image. Points were placed by eye on the base mesh
and checked on drawn people, open and closed eyes, and open and closed mouths.
"""

import json

import numpy as np
from scipy.spatial import cKDTree

from synthgen.assets import package_data
from synthgen.head.model import head_model
from synthgen.head.regions import body_islands, vertex_sets

SOURCE = (
    "Order of the points: Sagonas et al., 300 Faces In-the-Wild Challenge, ICCVW 2013. "
    "Places: our own, on the MakeHuman base mesh (CC0)."
)
SIDED = ((0, 17), (17, 27), (31, 36), (48, 55), (55, 60), (60, 65), (65, 68))
"""Runs (start, end) of indices that a flip reverses; the bridge of the nose keeps its order."""
EYES = {36: 45, 37: 44, 38: 43, 39: 42, 40: 47, 41: 46}
"""Pairs that a flip exchanges."""

MIDLINE = {
    8: ("chin", {732: 1.0}),
    27: ("nose_bridge_1", {132: 1.0}),
    28: ("nose_bridge_2", {131: 1.0}),
    29: ("nose_bridge_3", {201: 1.0}),
    30: ("nose_tip", {297: 1.0}),
    33: ("nose_base", {343: 1.0}),
    51: ("upper_lip_top", {455: 0.6, 362: 0.4}),
    57: ("lower_lip_bottom", {492: 0.6, 5337: 0.4}),
    62: ("upper_lip_inner", {474: 1.0}),
    66: ("lower_lip_inner", {523: 1.0}),
}
# Jaw: where the face's outline lies in a frontal view from 0.9 m, evenly spaced. Lids: the front edge of the
# lid margin, three edges out from the border of the socket's texture, which is hidden behind the margin.
# Outer lips: the edge of the mask. Means over long edges of brow and jaw lie up to 0.6 mm below the skin.
LEFT = {
    9: ("jaw_left_8", {7616: 0.72, 7620: 0.28}),
    10: ("jaw_left_7", {7593: 0.6, 7463: 0.4}),
    11: ("jaw_left_6", {7594: 0.6, 7595: 0.3, 7461: 0.1}),
    12: ("jaw_left_5", {11849: 0.5, 7597: 0.25, 7596: 0.25}),
    13: ("jaw_left_4", {7614: 0.5, 11851: 0.5}),
    14: ("jaw_left_3", {11713: 0.45, 7574: 0.55}),
    15: ("jaw_left_2", {7564: 0.8, 12010: 0.2}),
    16: ("jaw_left_1", {12351: 0.6, 12366: 0.4}),
    22: ("brow_left_inner_end", {7001: 0.45, 6983: 0.55}),
    23: ("brow_left_inner", {6997: 0.75, 6983: 0.25}),
    24: ("brow_left_middle", {6996: 1.0}),
    25: ("brow_left_outer", {6998: 0.7, 7005: 0.3}),
    26: ("brow_left_outer_end", {7031: 1.0}),
    34: ("nostril_left_inner", {7054: 0.5, 7120: 0.5}),
    35: ("nostril_left_outer", {7119: 1.0}),
    42: ("eye_left_inner_corner", {6853: 1.0}),
    43: ("upper_lid_left_inner", {6838: 1.0}),
    44: ("upper_lid_left_outer", {6784: 1.0}),
    45: ("eye_left_outer_corner", {6808: 1.0}),
    46: ("lower_lid_left_outer", {6825: 1.0}),
    47: ("lower_lid_left_inner", {6831: 1.0}),
    52: ("upper_lip_left_peak", {7215: 0.6, 7116: 0.4}),
    53: ("upper_lip_left_slope", {11956: 0.3, 7170: 0.3, 11966: 0.2, 11943: 0.2}),
    54: ("mouth_left_corner", {7249: 1.0}),
    55: ("lower_lip_left_slope", {7166: 0.3, 7235: 0.3, 7130: 0.2, 11939: 0.2}),
    56: ("lower_lip_left_bottom", {7241: 0.5, 7235: 0.1, 11940: 0.4}),
    63: ("upper_lip_left_inner", {7227: 0.6, 7228: 0.4}),
    64: ("mouth_left_inner_corner", {7190: 0.7, 7178: 0.3}),
    65: ("lower_lip_left_inner", {7264: 0.75, 7265: 0.25}),
}

# Contour tracks (front, back): back[::-1] + front is one line over the skin, from the neck or the ear past
# the jaw point (within 3 mm) to the middle of the face. `front` starts at the point or just ahead of it.
TRACKS = {
    8: ([732, 5296, 5225, 5171, 5211, 5162, 733, 724, 491], [747, 780, 991, 783, 787]),
    9: ([7616, 11899, 11832, 11779, 11823, 11773, 7454, 7444, 7161], [7623, 7615, 7687, 7628, 7627]),
    10: ([7593, 7619, 11901, 11834, 11784, 11827, 11775, 7599, 7451, 7159], [7463, 7689, 7501, 7504, 7507]),
    11: ([7594, 7617, 11903, 11836, 11782, 11822, 11777, 11756, 7447], [7461, 7693, 7494, 7725, 7727]),
    12: ([11849, 11904, 11837, 11786, 11818, 11770, 11757, 7435, 7139], [7597, 7459, 7692, 7481]),
    13: ([11851, 7456, 11819, 11906, 11895, 11894, 11754, 7136], [7614, 7613, 7690, 7587]),
    14: ([7039, 11789, 11766, 11927, 11909, 11764, 11762, 11684, 11690], [12349, 7634, 12005, 7635]),
    15: (
        [7564, 11844, 7038, 11812, 11794, 11790, 7604, 6988, 6968, 11677, 11676, 11859],
        [12347, 12324, 12011],
    ),
    16: (
        [12351, 11845, 11813, 11800, 11799, 6992, 11702, 7606, 6915, 6916, 6917, 6918, 6919, 6920],
        [12342, 12336, 12335, 12338, 12353],
    ),
}


def flip_pairs() -> list[int]:
    """Return which point each of the 68 becomes when the picture is flipped left to right."""
    swap = list(range(68))
    for start, end in SIDED:
        swap[start:end] = swap[start:end][::-1]
    for one, other in EYES.items():
        swap[one], swap[other] = other, one
    return swap


def mirror_vertices(vertices: np.ndarray, body: np.ndarray) -> dict[int, int]:
    """Return each body vertex's twin on the other side, with vertices (v, 3) in metres."""
    distance, nearest = cKDTree(vertices[body]).query(vertices[body] * [-1, 1, 1])
    return {int(one): int(body[twin]) for one, twin, gap in zip(body, nearest, distance, strict=True) if gap < 1e-6}


def check(points: list[dict], tracks: dict[str, dict[str, list[int]]], swap: list[int]) -> None:
    """Raise AssertionError if a point, a track or the flip breaks a rule of the set."""
    model = head_model()
    body = np.unique(model.quads["body"])
    islands = body_islands()
    inside = np.unique(model.quads["body"][(islands == "socket") | (islands == "mouth")])
    twin = mirror_vertices(model.vertices, body)
    lips = set(np.flatnonzero(vertex_sets()["lips"]).tolist())
    # The painted mask differs a little between the sides; its edge is where points of the outer lips belong.
    lips |= {twin[vertex] for vertex in lips & set(twin)}
    assert len(points) == 68
    assert [swap[other] for other in swap] == list(range(68))
    places = np.array([np.average(model.vertices[p["vertices"]], 0, p["weights"]) for p in points])
    assert np.abs(places - places[swap] * [-1, 1, 1]).max() < 1e-6
    used = [vertex for point in points for vertex in point["vertices"]]
    used += [vertex for track in tracks.values() for half in track.values() for vertex in half]
    assert set(used) <= set(body) - set(inside), "a vertex is off the outer skin"
    for point in points:
        assert abs(sum(point["weights"]) - 1) < 1e-9, point
    margin = lid_margin(model.quads["body"], islands)
    for point in points[36:48]:
        assert set(point["vertices"]) <= margin, point
    for point in points[48:]:
        share = sum(w for v, w in zip(point["vertices"], point["weights"], strict=True) if v in lips)
        assert share >= 0.5, point


def lid_margin(quads: np.ndarray, islands: np.ndarray) -> set[int]:
    """Return the vertices on the front edge of the lids: three edges out from the eye's socket."""
    inner = set(np.unique(quads[islands == "socket"]).tolist())
    sides = np.concatenate([quads[:, [0, 1]], quads[:, [1, 2]], quads[:, [2, 3]], quads[:, [3, 0]]])
    for _ in range(3):
        touching = sides[np.isin(sides, list(inner)).any(1)]
        ring = set(np.unique(touching).tolist()) - inner
        inner |= ring
    return ring


def main() -> None:
    """Mirror the tables, check the result and write it."""
    model, swap = head_model(), flip_pairs()
    twin = mirror_vertices(model.vertices, np.unique(model.quads["body"]))
    table = MIDLINE | LEFT
    for left, (name, weights) in LEFT.items():
        table[swap[left]] = (name.replace("left", "right"), {twin[v]: w for v, w in weights.items()})
    points = [
        {"name": table[i][0], "vertices": list(table[i][1]), "weights": list(table[i][1].values())} for i in range(68)
    ]
    tracks = {}
    for left, (front, back) in TRACKS.items():
        tracks[left] = {"front": front, "back": back}
        tracks[swap[left]] = {"front": [twin[v] for v in front], "back": [twin[v] for v in back]}
    tracks = {str(i): tracks[i] for i in sorted(tracks)}
    check(points, tracks, swap)
    lines = ["{", ' "name": "ibug68",', f' "source": {json.dumps(SOURCE)},', ' "points": [']
    lines += [",\n".join(f"  {json.dumps(point)}" for point in points), " ],"]
    lines += [f' "swap": {swap},', ' "tracks": {']
    lines += [",\n".join(f'  "{i}": {json.dumps(track)}' for i, track in tracks.items()), " }", "}"]
    package_data("landmarks", "ibug68.json").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
