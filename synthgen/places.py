"""Where cameras and lamps stand: orbits about the head, offsets from a rig, and places in the world."""

from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.distributions import Number, draw_numbers, within
from synthgen.frozen import Frozen
from synthgen.rng import Key
from synthgen.transforms import Matrix, direction, look_at, rigid, rotation

Metres = Annotated[Number, within(-100, 100)]
Turn = Annotated[Number, within(-180, 180)]


class OrbitSpec(Frozen):
    """On a sphere about the head, looking at it."""

    kind: Literal["orbit"] = "orbit"
    distance_m: Annotated[Number, within(0.1, 1000)] = 1.0
    """From the centre of the head."""
    yaw_deg: Turn = 0.0
    """> 0 moves towards the subject's left; 0 is straight in front."""
    pitch_deg: Annotated[Number, within(-89, 89)] = 0.0
    """> 0 moves above the head."""
    roll_deg: Turn = 0.0
    """Turn about the line of sight; > 0 turns the device clockwise."""
    x_m: Metres = 0.0
    """Shift to the right in the device's own view, without turning."""
    y_m: Metres = 0.0
    """Shift upwards in the device's own view, without turning."""
    aim_x_m: Metres = 0.0
    """Look this far to the right of the head's centre."""
    aim_y_m: Metres = 0.0
    """Look this far above the head's centre."""


class OffsetSpec(Frozen):
    """Relative to a rig: x to its right, y up, z backwards (away from what it looks at)."""

    kind: Literal["relative"] = "relative"
    x_m: Metres = 0.0
    """To the right."""
    y_m: Metres = 0.0
    """Upwards."""
    z_m: Metres = 0.0
    """Backwards."""
    yaw_deg: Turn = 0.0
    """> 0 pans to the right."""
    pitch_deg: Turn = 0.0
    """> 0 tilts upwards."""
    roll_deg: Turn = 0.0
    """> 0 turns the device clockwise."""


class Orbit(Frozen):
    """One place on an orbit; see `OrbitSpec`."""

    kind: Literal["orbit"] = "orbit"
    distance_m: float
    yaw_deg: float
    pitch_deg: float
    roll_deg: float
    x_m: float
    y_m: float
    aim_x_m: float
    aim_y_m: float

    def world_from_device(self, centre: NDArray) -> Matrix:
        """Return the pose (4, 4), OpenCV axes, about a head centre (3,)."""
        eye = centre + self.distance_m * direction(self.yaw_deg, self.pitch_deg)
        straight = look_at(eye, centre)
        target = centre + straight[:3, :3] @ [self.aim_x_m, -self.aim_y_m, 0]
        aimed = look_at(eye, target, self.roll_deg)
        return aimed @ rigid(np.eye(3), [self.x_m, -self.y_m, 0])


class Offset(Frozen):
    """One place relative to a rig; see `OffsetSpec`."""

    kind: Literal["relative"] = "relative"
    x_m: float
    y_m: float
    z_m: float
    yaw_deg: float
    pitch_deg: float
    roll_deg: float

    def rig_from_device(self) -> Matrix:
        """Return the pose (4, 4) in the rig's frame, both in OpenCV axes."""
        R = rotation("y", self.yaw_deg) @ rotation("x", self.pitch_deg) @ rotation("z", self.roll_deg)
        return rigid(R, [self.x_m, -self.y_m, -self.z_m])


def sample_orbit(spec: OrbitSpec, key: Key) -> Orbit:
    """Draw a place on an orbit."""
    return Orbit(**_draw(spec, key))


def sample_offset(spec: OffsetSpec, key: Key) -> Offset:
    """Draw an offset."""
    return Offset(**_draw(spec, key))


def _draw(spec: OrbitSpec | OffsetSpec, key: Key) -> dict[str, Any]:
    return draw_numbers(spec, [name for name in type(spec).model_fields if name != "kind"], key)
