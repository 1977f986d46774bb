"""What depends on the camera: how sharp a glint in an eye a pixel resolves, and lamplight that comes back to it."""

import numpy as np

from synthgen.assemble import PlacedLamp, SceneGeometry
from synthgen.camera import Camera
from synthgen.exposure import lamp_irradiance
from synthgen.head.eyes import CORNEA_RADIUS_MM, Eyeball
from synthgen.lighting import shines_in
from synthgen.mesh import unit

LEAST_GLOSS, MOST_GLOSS = 0.045, 0.38
"""Roughness of a wet surface: the finest that samples lamps well, and the coarsest that still reads as wet."""
GLINT_PIXELS = 0.3
"""Width of a glint as a share of a pixel of normals: less is missed by 16 samples, more is dim."""
RETRO_LOBE_DEG = 1.3
"""Spread of the light an eye sends back about the way it came.

Set so that bright pupils are gone at 3 to 4 degrees between lamp and camera. That their strength differs from person to
person is from Nguyen et al., ETRA 2002; the width of the lobe is not.
"""
RETRO_PUPIL_MM, RETRO_PUPIL_POWER = 4.0, 1.2
"""A wider pupil lets more in and out: the power of its diameter, 1 at 4 mm."""
CHEST_BELOW_M = 0.38
"""From the head's middle down to where tape is seen."""
TAPE_DEG_LOG = (
    np.array([0.0, 0.2, 0.333, 1.0, 1.5, 4.0]),
    np.log([400.0, 330.0, 250.0, 25.0, 10.0, 0.05]),
)
"""Coefficient of retroreflection, cd / (lx m2), by the angle between lamp and camera, as its logarithm.

Source: the least values at 12', 20', 1 degree and 1 degree 30' of EN ISO 20471:2013, class 2; its ends are ours.
"""


def gloss_roughness(geometry: SceneGeometry, camera: Camera) -> float:
    """Return the roughness of the cornea at which its reflections are as wide as a pixel.

    A lamp's image in the cornea is a few hundredths of a millimetre wide. Where that is less than a pixel, samples find
    it by luck and the denoiser takes it for a firefly. A surface whose normals turn within a pixel reflects as a rough
    one: the energy stays, and every sample meets the glint.

    Source: the filtering of normals, Toksvig, J. Graphics Tools 10 (2005) 65.
    """
    depth = min(float(camera.to_cam(eye.centre)[2]) for eye in geometry.eyes)
    pixel_mm = 1e3 * max(depth, 0.0) / max(camera.K[0, 0], camera.K[1, 1])
    alpha = GLINT_PIXELS * pixel_mm / CORNEA_RADIUS_MM
    return float(np.clip(np.sqrt(alpha), LEAST_GLOSS, MOST_GLOSS))


def retro_radiance(eye: Eyeball, geometry: SceneGeometry, camera: Camera) -> float:
    """Return the radiance by which an eye's pupil glows in a camera, W / (m2 sr), for an eye's back like a white card.

    Lamps near the camera's line of sight are sent back: a Gaussian of the angle between lamp and camera as the eye sees
    them, widened by the lamp's own size.
    """
    at = eye.pupil_centre
    to_camera = unit(camera.centre_world - at)
    if to_camera @ eye.direction.world_from_eye[:, 2] <= 0:
        return 0.0
    width = (eye.pupil_mm / RETRO_PUPIL_MM) ** RETRO_PUPIL_POWER
    lamps = [placed for placed in geometry.lamps if shines_in(camera.band, placed.lamp.band)]
    return width * sum(_sent_back(placed, at, to_camera) for placed in lamps) / np.pi


def tape_radiance(geometry: SceneGeometry, camera: Camera) -> float:
    """Return the radiance of retroreflective tape on the chest in a camera, W / (m2 sr)."""
    at = geometry.head_centre - np.array([0, 0, CHEST_BELOW_M])
    to_camera = unit(camera.centre_world - at)
    total = 0.0
    for placed in geometry.lamps:
        if shines_in(camera.band, placed.lamp.band):
            towards = placed.world_from_lamp[:3, 3] - at
            angle, wide = _seen_from(placed, at, to_camera)
            share = np.exp(np.interp(np.hypot(angle, wide), *TAPE_DEG_LOG))
            total += lamp_irradiance(placed, at, unit(towards)) * float(share)
    return total


def _seen_from(placed: PlacedLamp, at: np.ndarray, to_camera: np.ndarray) -> tuple[float, float]:
    """Return the angle between a lamp and the camera, and a quarter of the lamp's width, degrees."""
    towards = placed.world_from_lamp[:3, 3] - at
    angle = np.degrees(np.arccos(np.clip(unit(towards) @ to_camera, -1, 1)))
    return float(angle), float(np.degrees(placed.lamp.size_m / 4 / np.linalg.norm(towards)))


def _sent_back(placed: PlacedLamp, at: np.ndarray, to_camera: np.ndarray) -> float:
    towards = placed.world_from_lamp[:3, 3] - at
    angle, lamp_deg = _seen_from(placed, at, to_camera)
    spread = RETRO_LOBE_DEG**2 + lamp_deg**2
    lobe = RETRO_LOBE_DEG**2 / spread * np.exp(-0.5 * angle**2 / spread)
    return lamp_irradiance(placed, at, unit(towards)) * float(lobe)
