"""What one camera sees, as arrays."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from synthgen.parts import Part

MAJORITY = 0.5
"""Hair that covers more than this share of a pixel is its label."""


@dataclass(frozen=True)
class Layer:
    """What a view would be labelled if something in it were not there.

    Attributes:
        part: (h, w) `Part` numbers. uint8.
        instance: (h, w) id of the instance; 0 where there is nothing. uint16.
        depth_m: (h, w) planar z, metres; 0 where there is nothing. float32.
    """

    part: NDArray[np.uint8]
    instance: NDArray[np.uint16]
    depth_m: NDArray[np.float32]


LENSES = (Part.GLASSES_LENS_LEFT, Part.GLASSES_LENS_RIGHT, Part.VISOR)
"""What is looked through: `through_lens` shows what is behind."""


@dataclass(frozen=True)
class Passes:
    """The passes of one view. Arrays are (height, width) or (height, width, 3); the first row is on top.

    Attributes:
        color: (h, w, 3) the picture, scene-linear and exposed; in the infrared all channels are equal. float32.
        alpha: (h, w) share of the pixel that the person and worn things cover, filtered as the picture. float32.
        depth_m: (h, w) planar z of the surface at the pixel's centre, metres; 0 where there is nothing. float32.
        normal_cam: (h, w, 3) its unit normal in the camera frame, towards the camera; 0 where nothing. float32.
        part: (h, w) `Part` at the pixel's centre, seen through clear surfaces with refraction. uint8.
        instance: (h, w) id of the instance there; 0 where there is nothing. uint16.
        position_cam: (h, w, 3) the surface point in the camera frame, metres; 0 where there is nothing. float32.
        background: (h, w, 3) the view without the person, exposed like `color`; None if not asked for. float32.
        cover: (h, w) share of the pixel that each kind of hair and each lens covers, filtered as the picture. float32.
        through_lens: Labels of what is seen through lenses, refracted; None if not asked for.
        amodal: Labels without accessories; None if not asked for.

    A pixel's centre hits or misses single hairs at random. So where hair covers most of a pixel, its part is the kind
    that covers most, and its place and normal are the means over the hair; elsewhere they are what lies behind.
    """

    color: NDArray[np.float32]
    alpha: NDArray[np.float32]
    depth_m: NDArray[np.float32]
    normal_cam: NDArray[np.float32]
    part: NDArray[np.uint8]
    instance: NDArray[np.uint16]
    position_cam: NDArray[np.float32]
    background: NDArray[np.float32] | None = None
    cover: Mapping[Part, NDArray[np.float32]] = field(default_factory=dict)
    through_lens: Layer | None = None
    amodal: Layer | None = None

    def covered(self, parts: frozenset[Part] | None = None) -> NDArray[np.float32]:
        """Return the share (h, w) of each pixel that some kinds, or all hair, covers."""
        wanted = self.cover.keys() - set(LENSES) if parts is None else parts
        chosen = [share for part, share in self.cover.items() if part in wanted]
        return np.sum(chosen, axis=0, dtype=np.float32) if chosen else np.zeros_like(self.alpha)


def put_hair_on(
    labels: dict[str, NDArray],
    cover: Mapping[Part, NDArray[np.float32]],
    position_cam: NDArray,
    normal_cam: NDArray,
    instance: int,
) -> dict[str, NDArray]:
    """Return labels of surfaces with hair where it covers most of a pixel.

    Args:
        labels: depth_m, normal_cam, part, instance, position_cam of what lies behind.
        cover: Coverage by each kind of hair.
        position_cam: (h, w, 3) mean place of the hair in a pixel, in the camera frame; anything where there is none.
        normal_cam: (h, w, 3) its mean normal, of any length.
        instance: Id of whom the hair belongs to.
    """
    parts = list(cover)
    shares = np.stack([cover[part] for part in parts])
    most = shares.sum(0) > MAJORITY
    chosen = np.array([int(part) for part in parts], np.uint8)[shares.argmax(0)]
    away = -position_cam / np.maximum(np.linalg.norm(position_cam, axis=-1, keepdims=True), 1e-9)
    length = np.linalg.norm(normal_cam, axis=-1, keepdims=True)
    normal = np.where(length > 1e-3, normal_cam / np.maximum(length, 1e-9), away)
    normal = np.where((normal * away).sum(-1, keepdims=True) > 0, normal, away)  # hair faces the camera
    flat = most[..., None]
    return {
        "depth_m": np.where(most, position_cam[..., 2], labels["depth_m"]).astype(np.float32),
        "normal_cam": np.where(flat, normal, labels["normal_cam"]).astype(np.float32),
        "part": np.where(most, chosen, labels["part"]).astype(np.uint8),
        "instance": np.where(most, instance, labels["instance"]).astype(np.uint16),
        "position_cam": np.where(flat, position_cam, labels["position_cam"]).astype(np.float32),
    }
