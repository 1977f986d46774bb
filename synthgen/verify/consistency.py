"""One view's labels against its passes."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, binary_erosion

from synthgen.annotate.boxes import FACE, HEAD, seen_box
from synthgen.annotate.visibility import ALL_HAIR
from synthgen.parts import PARTS, Part
from synthgen.passes import LENSES, MAJORITY
from synthgen.read.sample import LAYERS, PASSES, Sample
from synthgen.transforms import head_angles

UV_TOLERANCE_PX = 2e-3
"""Labels are rounded to 1e-4 px and 1e-7 m."""
DEPTH_TOLERANCE_M = 0.008
"""Between a visible landmark and the surfaces at its pixel and around it: rims of lids and lips are steep."""
ANGLE_TOLERANCE_DEG = 1e-3
MIN_IRIS_PX = 2.5
"""Across the iris, from which on some pixel's centre falls on what the lids leave of it."""


class Counter(Protocol):
    """Something that counts checks."""

    checks: int


def check_view(sample: Sample, camera: str, outputs: Sequence[str], counter: Counter) -> Iterator[str]:
    """Yield one sentence for each thing that does not fit."""
    view = sample.labels["cameras"][camera]
    size = (view["height"], view["width"])
    wanted = [name for name in _ARRAYS if name in outputs]
    wanted += [name for name in PASSES if name.split(".")[0] in LAYERS and name.split(".")[0] in outputs]
    arrays: dict[str, NDArray] = {name: sample.array(camera, name) for name in wanted}
    if "rgb" in outputs:
        arrays["picture"] = sample.picture(camera)
    for name, array in arrays.items():
        counter.checks += 1
        if array.shape[:2] != size:
            yield f"{name} is {array.shape[1]}x{array.shape[0]}, labels say {size[1]}x{size[0]}"
            return
    for check in _CHECKS:
        for problem in check(view, arrays):
            counter.checks += 1
            if problem:
                yield problem


_ARRAYS = ("alpha", "depth", "normals", "segmentation", "instances", "position")
ACCESSORIES = (
    *(Part.GLASSES_FRAME, *LENSES, Part.HEADWEAR, Part.FACEWEAR),
    *(Part.HEADPHONES, Part.EARRING_LEFT, Part.EARRING_RIGHT, Part.NECKLACE, Part.PIERCING),
)
Found = Iterator[str]
"""An empty text stands for a check that held."""


def _says(holds: Any, what: str) -> str:
    return "" if bool(holds) else what


def _ids(view: dict[str, Any], arrays: dict[str, NDArray]) -> Found:
    part = arrays.get("segmentation")
    if part is None:
        return
    yield _says(part.max() < len(PARTS), f"segmentation holds id {part.max()}, which is no class")
    counts = np.bincount(part.ravel(), minlength=len(PARTS))
    found = {PARTS[n]: int(count) for n, count in enumerate(counts[: len(PARTS)]) if count}
    yield _says(found == view["segmentation"], "labels count other pixels for some class than the segmentation has")
    there = part > 0
    if "instances" in arrays:
        instance = arrays["instances"]
        yield _says(((instance > 0) == there).all(), "instances and segmentation differ in what is background")
        known = set(map(int, view["instances"]))
        strange = sorted(set(np.unique(instance).tolist()) - known - {0})
        yield _says(not strange, f"instances holds id {strange[:1]}, which labels do not name")
    for name in ("depth", "normals", "position"):
        if name in arrays:
            filled = np.abs(arrays[name]).reshape(*part.shape, -1).max(-1) > 0
            wrong = int((filled != there).sum())
            yield _says(wrong == 0, f"{name} and segmentation differ in what is background at {wrong} pixels")


def _layers(view: dict[str, Any], arrays: dict[str, NDArray]) -> Found:
    known = set(map(int, view["instances"]))
    for layer in LAYERS:
        if f"{layer}.segmentation" not in arrays:
            continue
        part, instance, depth = (arrays[f"{layer}.{name}"] for name in ("segmentation", "instances", "depth"))
        yield _says(part.max() < len(PARTS), f"{layer} holds id {part.max()}, which is no class")
        there = part > 0
        for name, values in (("instances", instance), ("depth", depth)):
            same = ((values > 0) == there).all()
            yield _says(same, f"{layer}: {name} and segmentation differ in what is background")
        strange = sorted(set(np.unique(instance).tolist()) - known - {0})
        yield _says(not strange, f"{layer}: instances holds id {strange[:1]}, which labels do not name")
        seen = arrays.get("segmentation")
        if layer == "amodal":
            worn = sorted(set(np.unique(part).tolist()) & set(map(int, ACCESSORIES)))
            yield _says(not worn, f"amodal holds {[PARTS[n] for n in worn][:1]}, which it leaves out")
        if seen is not None:
            # the share of a pixel that hair covers is known up to its samples' noise
            free = ~np.isin(seen, [*LENSES] if layer == "through_lens" else [*ACCESSORIES, *ALL_HAIR])
            free &= True if layer == "through_lens" else ~np.isin(part, list(ALL_HAIR))
            wrong = int((part != seen)[free].sum())
            yield _says(wrong == 0, f"{layer} and segmentation differ at {wrong} pixels that nothing hides")


def _geometry(view: dict[str, Any], arrays: dict[str, NDArray]) -> Found:
    if "depth" in arrays:
        depth = arrays["depth"]
        yield _says(np.isfinite(depth).all() and (depth >= 0).all(), "depth is negative or not finite")
    if "normals" in arrays:
        length = np.linalg.norm(arrays["normals"], axis=-1)
        yield _says(np.abs(length[length > 0] - 1).max(initial=0) < 1e-4, "normals are not of unit length")
    if "position" in arrays and "depth" in arrays:
        gap = np.abs(arrays["position"][..., 2] - arrays["depth"]).max()
        yield _says(gap < 1e-4, f"position and depth differ by {gap:.2g} m")
    if "alpha" in arrays and "segmentation" in arrays:
        there, thin = arrays["segmentation"] > 0, np.isin(arrays["segmentation"], [*ALL_HAIR, *ACCESSORIES])
        # what lies just outside the image is not known, but is filtered into its edge
        inside = np.asarray(binary_erosion(there, iterations=3), bool)
        outside = np.asarray(binary_erosion(~there, iterations=3), bool)
        # between strands, wires and loops the background may be seen
        alpha, inside = arrays["alpha"], inside & ~np.asarray(binary_dilation(thin, iterations=3), bool)
        yield _says(alpha[inside].min(initial=1) > 0.99, "alpha is below 1 well inside the person")
        most = MAJORITY + 0.05 if thin.any() else 0.01  # single hairs stand off the head, and wires
        yield _says(alpha[outside].max(initial=0) < most, "alpha is above 0 well outside the person")


def _boxes(view: dict[str, Any], arrays: dict[str, NDArray]) -> Found:
    part = arrays.get("segmentation")
    if part is None:
        return
    masks = {"head": np.isin(part, list(HEAD)), "face": np.isin(part, list(FACE)), "person": part > 0}
    for name, mask in masks.items():
        yield _says(view["boxes"][name] == seen_box(mask), f"box of the {name} is not that of its pixels")


def _landmarks(view: dict[str, Any], arrays: dict[str, NDArray]) -> Found:
    K = np.array(view["K"])
    for name, points in view["landmarks"].items():
        uv = np.array([[np.nan if c is None else c for c in pair] for pair in points["uv"]], float)
        xyz, visible = np.array(points["xyz_cam"]), np.array(points["visible"], bool)
        ahead = xyz[:, 2] > 0
        gap = np.abs(_project(xyz[ahead], K) - uv[ahead]).max(initial=0)
        yield _says(gap < UV_TOLERANCE_PX, f"{name}: uv is not the projection of xyz_cam (off by {gap:.3g} px)")
        inside = ((uv >= 0) & (uv <= [view["width"], view["height"]])).all(1)
        yield _says(not (visible & ~inside).any(), f"{name}: a point outside the image is called visible")
        if "depth" in arrays and visible.any():
            part = arrays.get("segmentation", np.zeros_like(arrays["depth"], np.uint8))
            visible[visible] = ~_near(part, uv[visible], LENSES)  # lenses are before what they show
        if "depth" in arrays and visible.any():
            off = _off_the_surface_m(uv[visible], xyz[visible][:, 2], arrays["depth"], part, K)
            worst = int(off.argmax())
            yield _says(
                off[worst] < DEPTH_TOLERANCE_M,
                f"{name}: visible point {np.flatnonzero(visible)[worst]} is {off[worst] * 1000:.1f} mm off the surface",
            )


def _near(part: NDArray, uv: NDArray, wanted: Sequence[Part]) -> NDArray[np.bool_]:
    """Return which points (n, 2) have some class within a pixel of theirs."""
    around = np.asarray(binary_dilation(np.isin(part, wanted), np.ones((3, 3), bool)), bool)
    row, column = (np.minimum(uv[:, k].astype(int), part.shape[1 - k] - 1) for k in (1, 0))
    return np.asarray(around[row, column], bool)


def _off_the_surface_m(uv: NDArray, z: NDArray, depth: NDArray, part: NDArray, K: NDArray) -> NDArray:
    """Return how far points lie outside the range of depths at their pixel and the eight around it, metres.

    Background counts as endlessly far, and so does what neighbouring pixels of hair cover: at an outline the surface
    bends away within the pixel. What one pixel spans at the point's depth is allowed on top.
    """
    height, width = depth.shape
    padded = np.pad(np.where(depth > 0, depth, np.inf), 1, constant_values=np.inf)
    unknown = np.pad(np.isin(part, list(ALL_HAIR)), 1)
    off = np.empty(len(uv))
    for n, ((u, v), own) in enumerate(zip(uv, z, strict=True)):
        row, column = min(int(v), height - 1), min(int(u), width - 1)
        near = padded[row : row + 3, column : column + 3]
        behind = np.where(unknown[row : row + 3, column : column + 3], np.inf, near)
        behind[1, 1] = near[1, 1]
        pixel = own / min(K[0, 0], K[1, 1])
        off[n] = max(near.min() - own, own - behind.max(), 0.0) - pixel
    return off


def _eyes(view: dict[str, Any], arrays: dict[str, NDArray]) -> Found:
    K, part = np.array(view["K"]), arrays.get("segmentation")
    for side in ("left", "right"):
        eye = view["eyes"][side]
        for name in ("pupil", "iris"):
            xyz = np.atleast_2d(eye[f"{name}_cam"])
            if (xyz[:, 2] > 0).all():
                gap = np.abs(_project(xyz, K) - np.atleast_2d(eye[f"{name}_uv"])).max()
                yield _says(gap < UV_TOLERANCE_PX, f"{side} eye: {name}_uv is not the projection of {name}_cam")
        yield _says(abs(np.linalg.norm(eye["gaze_cam"]) - 1) < 1e-6, f"{side} eye: gaze is not of unit length")
        large = np.ptp(np.array(eye["iris_uv"], float), axis=0).min() >= MIN_IRIS_PX
        if part is not None and eye["pupil_visible"] and large:
            column, row = (int(c) for c in eye["pupil_apparent_uv"])
            near = part[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
            wanted = (Part[f"PUPIL_{side.upper()}"], Part[f"IRIS_{side.upper()}"], *LENSES)
            seen = set(map(int, wanted)) & set(near.ravel().tolist())
            yield _says(seen, f"{side} eye: the pupil is called visible but its pixel shows something else")


def _pose(view: dict[str, Any], arrays: dict[str, NDArray]) -> Found:
    del arrays
    for name, matrix in (("cam_from_world", view["cam_from_world"]), ("cam_from_head", view["head"]["cam_from_head"])):
        R = np.array(matrix)[:3, :3]
        yield _says(
            np.allclose(R @ R.T, np.eye(3), atol=1e-6) and np.linalg.det(R) > 0, f"{name} is no rigid transform"
        )
    found = head_angles(np.array(view["head"]["cam_from_head"]))
    said = [view["head"][f"{angle}_deg"] for angle in ("yaw", "pitch", "roll")]
    yield _says(np.allclose(found, said, atol=ANGLE_TOLERANCE_DEG), "head angles are not those of cam_from_head")


def _project(points: NDArray, K: NDArray) -> NDArray:
    """Project points (n, 3); written out here so that it does not share code with what wrote the labels."""
    return np.stack(
        [
            (K[0, 0] * points[:, 0] + K[0, 1] * points[:, 1]) / points[:, 2] + K[0, 2],
            K[1, 1] * points[:, 1] / points[:, 2] + K[1, 2],
        ],
        -1,
    )


_CHECKS = (_ids, _layers, _geometry, _boxes, _landmarks, _eyes, _pose)
