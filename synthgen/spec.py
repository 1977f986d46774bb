"""The scene spec: what a user asks for, as ranges."""

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from synthgen.accessories import PLACES, AccessoriesSpec, Nothing
from synthgen.accessories.rules import never_worn, unknown_pair
from synthgen.clothing import GARMENTS, OUTERWEAR, GarmentSpec, OuterwearSpec, everyday
from synthgen.distributions import Number, TruncatedNormal, within
from synthgen.errors import SpecError
from synthgen.frozen import Frozen, kind_of
from synthgen.groups import Grouped, members
from synthgen.hair.brows import BrowsSpec
from synthgen.hair.color import HairColorSpec
from synthgen.hair.facial_hair import FacialHairSpec
from synthgen.hair.film import HairFilmSpec
from synthgen.hair.head_hair import HairSpec
from synthgen.hair.lashes import LashesSpec
from synthgen.head.dentition import TeethSpec
from synthgen.head.expression import ExpressionSpec
from synthgen.head.eye_color import EyesSpec
from synthgen.head.gaze import GazeAngles, GazeCamera, GazePoint
from synthgen.head.identity import IdentitySpec
from synthgen.head.pose import HeadPoseSpec
from synthgen.lighting import LightingSpec
from synthgen.quality import QualityName
from synthgen.rigs import HeadOrbitRig, RigSpec
from synthgen.skin.makeup import MakeupSpec
from synthgen.skin.person import SkinSpec
from synthgen.spec_errors import explain
from synthgen.yaml_source import YamlSource, read_yaml

Output = Literal[
    "rgb",
    "alpha",
    "depth",
    "normals",
    "segmentation",
    "instances",
    "background",
    "position",
    "linear",
    "coverage",
    "through_lens",
    "amodal",
]
DEFAULT_OUTPUTS: tuple[Output, ...] = ("rgb", "alpha", "depth", "normals", "segmentation", "instances")


class IncidentExposure(Frozen):
    """Expose as with a light meter held at the face: a card of 18% grey there comes out as 18%, whatever the skin."""

    kind: Literal["incident"] = "incident"
    ev: Annotated[Number, within(-10, 10)] = TruncatedNormal(mean=0, sd=0.3, low=-1, high=1)
    """Stops brighter (> 0) or darker than metered."""


class ManualExposure(Frozen):
    """A fixed exposure: radiance is multiplied by 2 to the power of `ev`."""

    kind: Literal["manual"] = "manual"
    ev: Annotated[Number, within(-20, 20)] = 0.0
    """Stops."""


class AutoWhiteBalance(Frozen):
    """As cameras do by themselves: the tint of the light at the face is taken off, mostly."""

    kind: Literal["auto"] = "auto"
    degree: Annotated[Number, within(0, 1)] = TruncatedNormal(mean=0.8, sd=0.12, low=0.4, high=1)
    """1 leaves a grey card at the face without any tint, 0 leaves the light's own."""


class ManualWhiteBalance(Frozen):
    """A camera set to one kind of light."""

    kind: Literal["manual"] = "manual"
    temperature_k: Annotated[Number, within(1700, 25000)] = 5500.0
    """The light that comes out without tint, as a black body."""


class NoWhiteBalance(Frozen):
    """Light as it is, against the white of sRGB (D65)."""

    kind: Literal["none"] = "none"


class RenderSpec(Frozen):
    """How pictures are taken."""

    quality: QualityName = "standard"
    """draft, standard, high or reference: samples per pixel and denoising."""
    exposure: Annotated[
        IncidentExposure | ManualExposure, Field(discriminator="kind"), kind_of(IncidentExposure, ManualExposure)
    ] = IncidentExposure()
    """How bright the picture is."""
    white_balance: Annotated[
        AutoWhiteBalance | ManualWhiteBalance | NoWhiteBalance,
        Field(discriminator="kind"),
        kind_of(AutoWhiteBalance, ManualWhiteBalance, NoWhiteBalance),
    ] = AutoWhiteBalance()
    """What light counts as white, in visible light."""


class SceneSpec(Frozen):
    """A distribution over scenes. Every attribute may be one value, a range, or percent groups."""

    seed: Annotated[int, Field(strict=True, ge=0)] = 0
    """Of everything but the people, who are drawn by their id."""
    count: Annotated[int | None, Field(strict=True, ge=1)] = None
    """How many samples a run makes; without it one for each identity and render, else 1."""
    identity: IdentitySpec = IdentitySpec()
    """Who is seen."""
    skin: Grouped[SkinSpec] = SkinSpec()
    """What the skin is made of and what marks it has; it belongs to the person."""
    makeup: Grouped[MakeupSpec] = MakeupSpec()
    """What is put onto the face; it belongs to the picture."""
    eyes: Grouped[EyesSpec] = EyesSpec()
    """Irises, whites and pupils."""
    hair: Grouped[HairSpec] = HairSpec()
    """Style, length and shape of the hair of the head; it belongs to the person."""
    facial_hair: Grouped[FacialHairSpec] = FacialHairSpec()
    """Beard and moustache; they belong to the person."""
    hair_color: Grouped[HairColorSpec] = HairColorSpec()
    """Of all hair of a person."""
    hair_film: Grouped[HairFilmSpec] = HairFilmSpec()
    """Water and grease on the hair; they belong to the picture."""
    brows: Grouped[BrowsSpec] = BrowsSpec()
    """Shape, density and length of the brows; they belong to the person."""
    lashes: Grouped[LashesSpec] = LashesSpec()
    """Eyelashes; they belong to the person."""
    teeth: Grouped[TeethSpec] = TeethSpec()
    """Their size, gaps, wear and colour; they belong to the person."""
    expression: Grouped[ExpressionSpec] = ExpressionSpec()
    """What the face does."""
    head_pose: Grouped[HeadPoseSpec] = HeadPoseSpec()
    """How the head is turned."""
    gaze: Grouped[
        Annotated[
            GazeAngles | GazePoint | GazeCamera, Field(discriminator="kind"), kind_of(GazeAngles, GazePoint, GazeCamera)
        ]
    ] = GazeAngles()
    """Where the eyes look."""
    clothing: Grouped[GarmentSpec] = everyday()  # pyright: ignore[reportAssignmentType]
    """What is worn on the upper body; without it, what people wear on most days. Trousers are always there and have no
    fields."""
    outerwear: Grouped[OuterwearSpec] = Nothing()
    """What is worn over that; nothing unless asked for."""
    accessories: AccessoriesSpec = AccessoriesSpec()
    """What else is worn; it belongs to the picture."""
    lighting: Grouped[LightingSpec] = LightingSpec()
    """Surroundings and lamps."""
    rigs: Annotated[tuple[RigSpec, ...], Field(min_length=1)] = (HeadOrbitRig(),)
    """Cameras, and the lamps that belong to them. Without rigs: one camera named `default`."""
    render: RenderSpec = RenderSpec()
    """Quality, exposure and white balance."""
    outputs: Annotated[tuple[Output, ...], Field(min_length=1)] = DEFAULT_OUTPUTS
    """Files to write for each camera, beside labels.json and scene.json."""

    @model_validator(mode="after")
    def _names_fit(self) -> "SceneSpec":
        cameras = [camera.name for rig in self.rigs for camera in rig.cameras]
        lamps = [lamp.name for rig in self.rigs for lamp in rig.lamps]
        for kind, names in (
            ("rig", [rig.name for rig in self.rigs]),
            ("camera", cameras),
            *(("lamp", [*lamps, *(lamp.name for lamp in lighting.lamps)]) for lighting in members(self.lighting)),
            ("output", [str(name) for name in self.outputs]),
        ):
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise PydanticCustomError(
                    "names_unique",
                    "two {kind}s are called {name}; allowed: each name once in a scene",
                    {"kind": kind, "name": repr(twice[0])},
                )
        for name in _looked_into(self.gaze):
            if name not in cameras:
                raise PydanticCustomError(
                    "gaze_camera",
                    "gaze looks into camera {name}, which is not in the rigs (allowed: {allowed})",
                    {"name": repr(name), "allowed": ", ".join(cameras)},
                )
        return self

    @model_validator(mode="after")
    def _can_be_worn(self) -> "SceneSpec":
        allow = self.accessories.allow
        places = {"clothing": GARMENTS, "outerwear": OUTERWEAR, **PLACES}
        place_of = {kind.name: place for place, kinds in places.items() for kind in kinds}
        if wrong := unknown_pair(allow, place_of):
            raise PydanticCustomError("allow", "{wrong}", {"wrong": wrong, "path": ("accessories", "allow")})
        asked = {"clothing": members(self.clothing), "outerwear": members(self.outerwear)}
        asked |= {place: members(getattr(self.accessories, place)) for place in PLACES}
        if never := never_worn(asked, allow):
            raise PydanticCustomError(
                "never_worn",
                "{one} can never be worn with {other}: {because} (allowed: none or another kind at either, "
                "or accessories.allow: [[{pair}]])",
                {
                    "one": never.kind,
                    "other": f"{_field(never.over_place)}: {' or '.join(never.over)}",
                    "because": never.because,
                    "pair": f"{never.over[0]}, {never.kind}",
                    "path": ("accessories", never.place),
                },
            )
        return self

    @property
    def total(self) -> int:
        """Return how many samples a run of this spec makes."""
        if self.count is not None:
            return self.count
        people = len(self.identity.ids) if self.identity.ids is not None else 1
        return people * self.identity.renders_per_identity


def _field(place: str) -> str:
    """Return the field of a scene's spec that says what is worn at a place."""
    return f"accessories.{place}" if place in PLACES else place


def _looked_into(gaze: Any) -> set[str]:
    return {one.camera for one in members(gaze) if isinstance(one, GazeCamera) and one.camera}


def load_spec(path: str | Path, overrides: dict[str, Any] | None = None) -> SceneSpec:
    """Read a scene spec from a YAML file.

    Args:
        path: The file.
        overrides: Values by dotted path, such as `{"head_pose.yaw_deg": 0}`, that replace what the file says.

    Raises:
        SpecError: If the file cannot be read or does not describe a scene; one line per problem, with the field's
            path, the value and what is allowed.
    """
    source = read_yaml(Path(path))
    return parse_spec(source.with_overrides(overrides or {}))


def parse_spec(source: YamlSource) -> SceneSpec:
    """Return the spec of YAML that was read.

    Raises:
        SpecError: As `load_spec`.
    """
    try:
        spec = SceneSpec.model_validate(source.data)
    except ValidationError as error:
        raise SpecError(explain(error, source)) from None
    return _with_absolute_paths(spec, source)


def _with_absolute_paths(spec: SceneSpec, source: YamlSource) -> SceneSpec:
    """Return the spec with environment files as absolute paths; a file that is not there is an error."""
    from synthgen.environment.hdri import resolve_files

    return resolve_files(spec, source)


def dump_spec(spec: SceneSpec) -> str:
    """Return a spec as YAML."""
    return yaml.safe_dump(spec.model_dump(mode="json", exclude_defaults=True), sort_keys=False)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scene spec, for editors."""
    schema = SceneSpec.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
