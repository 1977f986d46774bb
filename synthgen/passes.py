"""What one camera sees, as arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


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
    """

    color: NDArray[np.float32]
    alpha: NDArray[np.float32]
    depth_m: NDArray[np.float32]
    normal_cam: NDArray[np.float32]
    part: NDArray[np.uint8]
    instance: NDArray[np.uint16]
    position_cam: NDArray[np.float32]
    background: NDArray[np.float32] | None = None
