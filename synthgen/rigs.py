"""Camera rigs: several cameras and lamps that see the same instant."""

from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from synthgen.camera import Band, Camera, intrinsics
from synthgen.distributions import Number, TruncatedNormal, draw_number, within
from synthgen.frozen import Frozen, kind_of
from synthgen.lighting import Lamp, LampSpec, sample_lamp
from synthgen.places import Metres, Offset, OffsetSpec, Orbit, OrbitSpec, Turn, sample_offset, sample_orbit
from synthgen.rng import Key
from synthgen.transforms import Matrix, invert, look_at, rigid

Pixels = Annotated[int, Field(strict=True, ge=16, le=8192)]
Label = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$")]

PRESETS = {
    "dashboard": (0.0, -0.70, -0.20),
    "rearview_mirror": (-0.33, -0.55, 0.06),
    "overhead_console": (-0.33, -0.45, 0.22),
    "multimedia_console_upper": (-0.36, -0.72, -0.25),
    "multimedia_console_lower": (-0.36, -0.70, -0.45),
}
"""Places in a left-hand-drive car, metres from the centre of the driver's head: left, back, up. Typical of mid-size
cars with the seat in its middle position; own estimates."""


class FocalLens(Frozen):
    """A lens given by its focal length and the sensor behind it."""

    kind: Literal["focal"] = "focal"
    focal_length_mm: Annotated[Number, within(0.5, 2000)] = 85.0
    """Distance from the lens to the sensor, focused at infinity."""
    sensor_width_mm: Annotated[Number, within(0.5, 500)] = 36.0
    """Width of the part of the sensor that makes the picture."""
    pixel_aspect: Annotated[Number, within(0.1, 10)] = 1.0
    """Width of a pixel over its height."""
    lens_shift_x: Annotated[Number, within(-5, 5)] = 0.0
    """Move the view to the right by this share of the image width, without turning."""
    lens_shift_y: Annotated[Number, within(-5, 5)] = 0.0
    """Move the view upwards by this share of the image width, without turning."""


class Intrinsics(Frozen):
    """A lens given by its calibration, pixels; the top-left pixel has its centre at (0.5, 0.5)."""

    kind: Literal["intrinsics"] = "intrinsics"
    fx_px: Annotated[Number, within(1, 1e6)]
    """Focal length in pixel widths."""
    fy_px: Annotated[Number, within(1, 1e6)]
    """Focal length in pixel heights."""
    cx_px: Annotated[Number, within(-1e6, 1e6)]
    """Principal point, from the left edge of the image."""
    cy_px: Annotated[Number, within(-1e6, 1e6)]
    """Principal point, from the upper edge of the image."""


class CameraSpec(Frozen):
    """One camera of a rig."""

    name: Label = "default"
    """Prefix of its files; unique in the scene."""
    width_px: Pixels = 512
    """Of the picture."""
    height_px: Pixels = 512
    """Of the picture."""
    band: Band = "rgb"
    """What the sensor sees: visible light, or one near-infrared line at 850 or 940 nm."""
    lens: Annotated[FocalLens | Intrinsics, Field(discriminator="kind"), kind_of(FocalLens, Intrinsics)] = FocalLens()
    """A pinhole without distortion, by focal length or by calibration."""
    window_offset_x_px: Annotated[Number, within(-1e5, 1e5)] = 0.0
    """Move the image window to the right over the image plane."""
    window_offset_y_px: Annotated[Number, within(-1e5, 1e5)] = 0.0
    """Move the image window down over the image plane."""
    place: OffsetSpec = OffsetSpec()
    """Relative to the rig."""


class _RigSpec(Frozen):
    """What all rigs have."""

    name: Label = "main"
    """Unique in the scene; draws are tied to it."""
    cameras: Annotated[tuple[CameraSpec, ...], Field(min_length=1)] = (CameraSpec(),)
    """All see the same instant."""
    lamps: tuple[LampSpec, ...] = ()
    """Lamps of the rig; `place: {kind: relative}` fixes them to it."""


class HeadOrbitRig(_RigSpec):
    """On a sphere about the head."""

    kind: Literal["head_orbit"] = "head_orbit"
    place: OrbitSpec = OrbitSpec(
        distance_m=1.25, yaw_deg=TruncatedNormal(mean=0, sd=15, low=-40, high=40), aim_y_m=-0.03
    )
    """Where on the sphere."""
    tracking: bool = True
    """Whether the rig follows the head as it turns on the neck; else it looks where the head is at rest."""


class PresetRig(_RigSpec):
    """At a named place in a car, looking at the head at rest."""

    kind: Literal["preset"] = "preset"
    preset: Literal[
        "dashboard",
        "rearview_mirror",
        "overhead_console",
        "multimedia_console_upper",
        "multimedia_console_lower",
    ]
    """Name of the place."""
    place: OffsetSpec = OffsetSpec()
    """Shift and turn from there."""


class AbsoluteRig(_RigSpec):
    """Anywhere in the world: x to the subject's left, y behind, z above the floor."""

    kind: Literal["absolute"] = "absolute"
    x_m: Metres = 0.0
    """To the subject's left."""
    y_m: Metres = -1.5
    """Behind the subject; < 0 in front."""
    z_m: Metres = 1.6
    """Above the floor."""
    yaw_deg: Turn = 0.0
    """0 looks along +y, towards the person; > 0 pans to the right."""
    pitch_deg: Turn = 0.0
    """> 0 tilts upwards."""
    roll_deg: Turn = 0.0
    """> 0 turns the rig clockwise."""


RigSpec = Annotated[
    HeadOrbitRig | PresetRig | AbsoluteRig, Field(discriminator="kind"), kind_of(HeadOrbitRig, PresetRig, AbsoluteRig)
]


class RigCamera(Frozen):
    """One camera as drawn: its intrinsic matrix and its place in the rig."""

    name: str
    width_px: int
    height_px: int
    band: Band
    K: tuple[tuple[float, float, float], ...]
    place: Offset


class Rig(Frozen):
    """One rig as drawn.

    Attributes:
        name: Of the rig.
        kind: head_orbit, preset or absolute.
        orbit: Where, for head_orbit.
        tracking: Whether it follows the posed head.
        preset: Named place, for preset.
        offset: From the preset; or, for absolute, the place in the world with x left, y back, z up.
        cameras: At least one.
        lamps: Fixed to the rig or on orbits.
    """

    name: str
    kind: Literal["head_orbit", "preset", "absolute"]
    orbit: Orbit | None = None
    tracking: bool = True
    preset: str | None = None
    offset: Offset | None = None
    cameras: tuple[RigCamera, ...]
    lamps: tuple[Lamp, ...]

    def world_from_rig(self, rest_centre: NDArray, posed_centre: NDArray) -> Matrix:
        """Return the rig's pose (4, 4), OpenCV axes, for a head centred there at rest and there as posed (3,)."""
        if self.kind == "head_orbit" and self.orbit is not None:
            return self.orbit.world_from_device(posed_centre if self.tracking else rest_centre)
        assert self.offset is not None
        if self.kind == "preset":
            place = rest_centre + np.array(PRESETS[str(self.preset)])
            return look_at(place, rest_centre) @ self.offset.rig_from_device()
        o = self.offset
        level = np.array([[1.0, 0, 0], [0, 0, 1], [0, -1, 0]])  # looks along +y
        turned = Offset(x_m=0, y_m=0, z_m=0, yaw_deg=o.yaw_deg, pitch_deg=o.pitch_deg, roll_deg=o.roll_deg)
        return rigid(level, [o.x_m, o.y_m, o.z_m]) @ turned.rig_from_device()

    def place_cameras(self, world_from_rig: Matrix) -> tuple[Camera, ...]:
        """Return the cameras in the world."""
        return tuple(
            Camera(
                name=camera.name,
                width=camera.width_px,
                height=camera.height_px,
                K=np.array(camera.K),
                cam_from_world=invert(world_from_rig @ camera.place.rig_from_device()),
                band=camera.band,
            )
            for camera in self.cameras
        )


def sample_rig(spec: HeadOrbitRig | PresetRig | AbsoluteRig, key: Key) -> Rig:
    """Draw a rig. Draws are tied to the names of rig, cameras and lamps, not to their order."""
    cameras = tuple(_sample_camera(camera, key.child("cameras", camera.name)) for camera in spec.cameras)
    lamps = tuple(sample_lamp(lamp, key.child("lamps", lamp.name)) for lamp in spec.lamps)
    common = {"name": spec.name, "kind": spec.kind, "cameras": cameras, "lamps": lamps}
    if isinstance(spec, HeadOrbitRig):
        return Rig(**common, orbit=sample_orbit(spec.place, key.child("place")), tracking=spec.tracking)
    if isinstance(spec, PresetRig):
        return Rig(**common, preset=spec.preset, offset=sample_offset(spec.place, key.child("place")), tracking=False)
    names = ("x_m", "y_m", "z_m", "yaw_deg", "pitch_deg", "roll_deg")
    drawn: dict[str, Any] = {name: draw_number(getattr(spec, name), key.child("place", name)) for name in names}
    return Rig(**common, offset=Offset(**drawn), tracking=False)


def _sample_camera(spec: CameraSpec, key: Key) -> RigCamera:
    lens, width, height = spec.lens, spec.width_px, spec.height_px

    def draw(name: str) -> float:
        return draw_number(getattr(lens, name), key.child("lens", name))

    if isinstance(lens, Intrinsics):
        fx, fy, cx, cy = (draw(name) for name in ("fx_px", "fy_px", "cx_px", "cy_px"))
    else:
        fx = draw("focal_length_mm") / draw("sensor_width_mm") * width
        fy = fx * draw("pixel_aspect")
        cx, cy = width / 2 - draw("lens_shift_x") * width, height / 2 + draw("lens_shift_y") * width
    cx -= draw_number(spec.window_offset_x_px, key.child("window_offset_x_px"))
    cy -= draw_number(spec.window_offset_y_px, key.child("window_offset_y_px"))
    K = intrinsics(fx, fy, cx, cy)
    return RigCamera(
        name=spec.name,
        width_px=width,
        height_px=height,
        band=spec.band,
        K=tuple(tuple(map(float, row)) for row in K),  # type: ignore[arg-type]
        place=sample_offset(spec.place, key.child("place")),
    )
