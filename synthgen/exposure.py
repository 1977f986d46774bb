"""A light meter at the face: exposure and white balance from the light that falls on it, not what it reflects."""

import numpy as np
from numpy.typing import NDArray

from synthgen.assemble import PlacedLamp, SceneGeometry
from synthgen.camera import Camera
from synthgen.color import luminance
from synthgen.lighting import Environment
from synthgen.mesh import unit
from synthgen.transforms import rotation


def incident_scale(
    geometry: SceneGeometry, camera: Camera, lamps: list[PlacedLamp], environment: NDArray | None
) -> float:
    """Return the factor on radiance at which a white card at the face has the value 1, and an 18% grey one 0.18.

    Arguments as `incident_light`.
    """
    return exposed(incident_light(geometry, camera, lamps, environment))


def exposed(light: NDArray) -> float:
    """Return the factor on radiance at which a white card in a light (3,) of so many W/m2 has the luminance 1."""
    return float(np.pi / max(float(luminance(light)), 1e-9))


def incident_light(
    geometry: SceneGeometry, camera: Camera, lamps: list[PlacedLamp], environment: NDArray | None
) -> NDArray:
    """Return the irradiance (3,) of a card at the face by channel, W/m2.

    The card stands between the eyes and faces midway between the camera and straight out of the face; what the head
    itself hides from it is not taken off.

    Args:
        geometry: The scene.
        camera: The camera.
        lamps: Those that shine in its band.
        environment: Linear radiance (h, w, 3) all around, as `environment_radiance` returns it; None for black.
    """
    point = geometry.world_from_head[:3, 3]
    face = -geometry.world_from_head[:3, 2]
    normal = unit(face + unit(camera.centre_world - point))
    total = np.zeros(3)
    for lamp in lamps:
        total += lamp_light(lamp, point, normal)
    if environment is not None:
        total += environment_light(geometry.environment, environment, normal)
    return total


def environment_light(environment: Environment, radiance: NDArray, normal: NDArray) -> NDArray:
    """Return the irradiance (3,) by channel, W/m2, of an equirectangular map (h, w, 3), zenith in the first row.

    Columns run from azimuth 180 deg down to -180, counted from +x towards +y before the environment is turned, as
    in Cycles (`direction_to_equirectangular`).
    """
    height, width = radiance.shape[:2]
    polar = ((np.arange(height) + 0.5) / height * np.pi)[:, None]
    azimuth = np.pi - (np.arange(width) + 0.5) / width * 2 * np.pi
    flat = np.sin(polar)
    towards = np.stack([flat * np.cos(azimuth), flat * np.sin(azimuth), np.repeat(np.cos(polar), width, 1)], -1)
    towards = towards @ rotation("z", environment.rotation_deg).T
    solid_angle = flat * (np.pi / height) * (2 * np.pi / width)
    cosine = np.clip(towards @ normal, 0, None)
    return environment.strength * np.einsum("hwc,hw->c", radiance, cosine * solid_angle)


def lamp_irradiance(placed: PlacedLamp, point: NDArray, normal: NDArray) -> float:
    """Return the irradiance, W/m2, of a lamp: the luminance of `lamp_light`."""
    return float(luminance(lamp_light(placed, point, normal)))


def lamp_light(placed: PlacedLamp, point: NDArray, normal: NDArray) -> NDArray:
    """Return the irradiance (3,) by channel, W/m2, of a lamp as a point source with Blender's radiant intensities."""
    lamp = placed.lamp
    away = placed.world_from_lamp[:3, 3] - point
    distance = float(np.linalg.norm(away))
    towards = away / distance
    cosine = max(float(-towards @ placed.world_from_lamp[:3, 2]), 0.0)
    if lamp.kind == "area":
        intensity = lamp.power_w / np.pi * cosine
    else:
        intensity = lamp.power_w / (4 * np.pi)
        if lamp.kind == "spot" and cosine < np.cos(np.radians(lamp.beam_deg / 2)):
            intensity = 0.0
    return np.array(lamp.color) * intensity * max(float(towards @ normal), 0.0) / distance**2
