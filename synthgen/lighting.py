"""Light: environments around the person, and lamps."""

from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from pydantic import AfterValidator, Field, field_validator
from pydantic_core import PydanticCustomError

from synthgen.color import black_body_linear
from synthgen.distributions import Name, NameChoice, Number, draw_name, draw_number, draw_numbers, within
from synthgen.frozen import Frozen, did_you_mean, kind_of
from synthgen.groups import Grouped
from synthgen.places import Offset, OffsetSpec, Orbit, OrbitSpec, sample_offset, sample_orbit
from synthgen.rng import Key

HDRIS = ("city", "courtyard", "forest", "interior", "night", "studio", "sunrise", "sunset")
"""Environments that Blender carries (CC0)."""
DAYLIGHT = {"courtyard": 1.0, "forest": 0.6, "city": 0.5, "sunrise": 0.4, "sunset": 0.4}
"""Ultraviolet light there against that out in the sun; none in the others. Set by eye: the maps know no ultraviolet."""
HDRI_SUFFIXES = (".exr", ".hdr")

LampBand = Literal["visible", "nir850", "nir940"]
Power = Annotated[Number, within(0, 100_000)]


def _hdri_names(value: str | NameChoice) -> str | NameChoice:
    if value == "all":
        return NameChoice(values=HDRIS)
    for name in [value] if isinstance(value, str) else value.values:
        if name not in HDRIS and Path(name).suffix.lower() not in HDRI_SUFFIXES:
            raise PydanticCustomError(
                "unknown_hdri",
                "{name} is no environment{hint} (allowed: {allowed}, all, or the path of an .exr or .hdr file)",
                {"name": repr(name), "hint": did_you_mean(name, list(HDRIS)), "allowed": ", ".join(HDRIS)},
            )
    return value


class HdriSpec(Frozen):
    """A photographed environment all around."""

    kind: Literal["hdri"] = "hdri"
    name: Annotated[Name, AfterValidator(_hdri_names)] = "all"
    """One of Blender's eight, or the path of an equirectangular .exr or .hdr file; relative paths start at the spec."""
    rotation_deg: Annotated[Number, within(-360, 360)] = 0.0
    """Turn about the vertical; > 0 moves the surroundings from the subject's front towards the subject's left."""
    strength: Annotated[Number, within(0, 1000)] = 1.0
    """Factor on its radiance."""


class UniformSpec(Frozen):
    """The same light from everywhere."""

    kind: Literal["uniform"] = "uniform"
    temperature_k: Annotated[Number, within(1700, 25000)] = 6500.0
    """Colour as a black body."""
    strength: Annotated[Number, within(0, 1000)] = 1.0
    """Radiance, W / (m2 sr)."""


class _LampSpec(Frozen):
    """What all lamps have."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$")]
    """Unique in the scene; draws are tied to it."""
    band: LampBand = "visible"
    """What it emits: visible light, or one infrared line."""
    power_w: Power = 10.0
    """Radiant power. 10 W about a metre away light a face brightly."""
    temperature_k: Annotated[Number, within(1700, 25000)] = 5500.0
    """Colour of visible light as a black body, times `red`, `green`, `blue`."""
    red: Annotated[Number, within(0, 1)] = 1.0
    """Factor on the linear red of the light."""
    green: Annotated[Number, within(0, 1)] = 1.0
    """Factor on the linear green."""
    blue: Annotated[Number, within(0, 1)] = 1.0
    """Factor on the linear blue."""
    place: Annotated[OrbitSpec | OffsetSpec, Field(discriminator="kind"), kind_of(OrbitSpec, OffsetSpec)] = OrbitSpec()
    """Where: on an orbit about the head, aimed at it; or, for a lamp of a rig, `relative` to the rig."""


class AreaLampSpec(_LampSpec):
    """A softbox: light from a disk or rectangle, to one side."""

    kind: Literal["area"] = "area"
    shape: Literal["disk", "rectangle"] = "disk"
    """Of the shining surface."""
    size_m: Annotated[Number, within(0.001, 20)] = 0.5
    """Diameter or width."""
    aspect: Annotated[Number, within(0.05, 20)] = 1.0
    """Height over width of a rectangle."""


class SpotLampSpec(_LampSpec):
    """A cone of light."""

    kind: Literal["spot"] = "spot"
    beam_deg: Annotated[Number, within(1, 175)] = 45.0
    """Full angle of the cone."""
    blend: Annotated[Number, within(0, 1)] = 0.2
    """Softness of the cone's edge."""
    size_m: Annotated[Number, within(0.001, 5)] = 0.05
    """Diameter of the source: the softness of shadows."""


class PointLampSpec(_LampSpec):
    """A ball of light in all directions."""

    kind: Literal["point"] = "point"
    size_m: Annotated[Number, within(0.001, 5)] = 0.05
    """Diameter of the source."""


LampSpec = Annotated[
    AreaLampSpec | SpotLampSpec | PointLampSpec,
    Field(discriminator="kind"),
    kind_of(AreaLampSpec, SpotLampSpec, PointLampSpec),
]


class LightingSpec(Frozen):
    """All light that does not belong to a camera rig."""

    environment: Grouped[
        Annotated[HdriSpec | UniformSpec, Field(discriminator="kind"), kind_of(HdriSpec, UniformSpec)]
    ] = HdriSpec()
    """Light from all around."""
    lamps: tuple[LampSpec, ...] = ()
    """Lamps on orbits about the head."""

    @field_validator("lamps")
    @classmethod
    def _not_relative(cls, lamps: tuple[_LampSpec, ...]) -> tuple[_LampSpec, ...]:
        for lamp in lamps:
            if isinstance(lamp.place, OffsetSpec):
                raise PydanticCustomError(
                    "relative_lamp",
                    "lamp {name} is placed relative to a rig but has none; allowed: kind orbit, or a lamp of a rig",
                    {"name": repr(lamp.name)},
                )
        return lamps


class Environment(Frozen):
    """One environment.

    Attributes:
        kind: hdri or uniform.
        name: One of HDRIS or a file's absolute path; empty for uniform light.
        rotation_deg: About the vertical.
        strength: Factor, or radiance for uniform light.
        color: Linear sRGB of uniform light.
    """

    kind: Literal["hdri", "uniform"]
    name: str = ""
    rotation_deg: float = 0.0
    strength: float
    color: tuple[float, float, float] = (1.0, 1.0, 1.0)


class Lamp(Frozen):
    """One lamp; fields as in the specs, colour as linear sRGB with its largest channel at most 1."""

    name: str
    kind: Literal["area", "spot", "point"]
    band: LampBand
    power_w: float
    color: tuple[float, float, float]
    place: Annotated[Orbit | Offset, Field(discriminator="kind")]
    size_m: float
    shape: Literal["disk", "rectangle"] = "disk"
    aspect: float = 1.0
    beam_deg: float = 180.0
    blend: float = 0.0


class Lighting(Frozen):
    """All light of one scene that does not belong to a rig."""

    environment: Environment
    lamps: tuple[Lamp, ...]


def sample_environment(spec: HdriSpec | UniformSpec, key: Key) -> Environment:
    """Draw an environment."""
    strength = draw_number(spec.strength, key.child("strength"))
    if isinstance(spec, UniformSpec):
        color = black_body_linear(draw_number(spec.temperature_k, key.child("temperature_k")))
        return Environment(kind="uniform", strength=strength, color=_three(color))
    return Environment(
        kind="hdri",
        name=draw_name(spec.name, key.child("name")),
        rotation_deg=draw_number(spec.rotation_deg, key.child("rotation_deg")),
        strength=strength,
    )


def daylight(environment: Environment) -> float:
    """Return the ultraviolet light of an environment, 1 out in the sun; 0 in uniform light and in a user's own maps."""
    return DAYLIGHT.get(environment.name, 0.0) * min(environment.strength, 1.0)


def sample_lamp(spec: AreaLampSpec | SpotLampSpec | PointLampSpec, key: Key) -> Lamp:
    """Draw a lamp."""
    tint = [*draw_numbers(spec, ("red", "green", "blue"), key).values()]
    color = black_body_linear(draw_number(spec.temperature_k, key.child("temperature_k"))) * tint
    if spec.band != "visible":
        color = np.ones(3)  # one line has no tint
    place = spec.place
    optional = draw_numbers(spec, [n for n in ("aspect", "beam_deg", "blend") if n in type(spec).model_fields], key)
    return Lamp(
        name=spec.name,
        kind=spec.kind,
        band=spec.band,
        power_w=draw_number(spec.power_w, key.child("power_w")),
        color=_three(color),
        place=sample_orbit(place, key) if isinstance(place, OrbitSpec) else sample_offset(place, key),
        size_m=draw_number(spec.size_m, key.child("size_m")),
        shape=spec.shape if isinstance(spec, AreaLampSpec) else "disk",
        **optional,
    )


def shines_in(band: str, lamp_band: str) -> bool:
    """Tell whether a camera's band sees a lamp's light."""
    return lamp_band == ("visible" if band == "rgb" else band)


def _three(color: np.ndarray) -> tuple[float, float, float]:
    r, g, b = (round(float(value), 6) for value in color)
    return r, g, b
