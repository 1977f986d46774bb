"""A scene: one concrete draw from a spec, as plain numbers and names. scene.json is exactly this."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

import synthgen
from synthgen.accessories import Accessories, Nothing, sample_accessories
from synthgen.clothing import Garment, Outerwear, sample_garment, trousers
from synthgen.distributions import draw_number, draw_numbers
from synthgen.errors import SpecError
from synthgen.frozen import Frozen
from synthgen.groups import choose
from synthgen.hair.brows import Brows, sample_brows
from synthgen.hair.color import HairColor, sample_hair_color
from synthgen.hair.facial_hair import FacialHair, sample_facial_hair
from synthgen.hair.film import DRY, HairFilm, sample_hair_film
from synthgen.hair.head_hair import Hair, sample_hair
from synthgen.hair.lashes import Lashes, sample_lashes
from synthgen.head.dentition import Teeth, sample_teeth
from synthgen.head.expression import Expression, sample_expression
from synthgen.head.eye_color import Eyes, sample_eyes
from synthgen.head.gaze import Gaze, sample_gaze
from synthgen.head.identity import Identity, choose_id, sample_identity
from synthgen.head.pose import HeadPose, sample_head_pose
from synthgen.lighting import Lighting, daylight, sample_environment, sample_lamp
from synthgen.linear_algebra import one_blas_thread
from synthgen.quality import QualityName
from synthgen.rigs import Rig, sample_rig
from synthgen.rng import Key, dataset_key, identity_key
from synthgen.skin.makeup import Makeup, sample_makeup
from synthgen.skin.person import Skin, sample_skin
from synthgen.spec import IncidentExposure, Output, SceneSpec
from synthgen.spec_errors import explain
from synthgen.yaml_source import YamlSource

FORMAT = 1


class Exposure(Frozen):
    """How bright the picture is.

    Attributes:
        kind: incident (metered at the face) or manual.
        ev: Stops from there.
    """

    kind: Literal["incident", "manual"]
    ev: float


class WhiteBalance(Frozen):
    """What light counts as white.

    Attributes:
        kind: auto (that at the face), manual or none.
        degree: How fully the picture is adapted to it, 0 to 1.
        temperature_k: Of that light if manual.
    """

    kind: Literal["auto", "manual", "none"] = "none"
    degree: float = 1.0
    temperature_k: float = 5500.0


class Render(Frozen):
    """How the picture is taken.

    Attributes:
        quality: Named level.
        seed: Of the path tracer's noise.
        exposure: Brightness.
        white_balance: Tint.
    """

    quality: QualityName
    seed: int
    exposure: Exposure
    white_balance: WhiteBalance = WhiteBalance()


class Scene(Frozen):
    """One scene, ready to build."""

    format: Literal[1] = FORMAT
    version: str
    """Of synthgen when it was drawn."""
    seed: int
    index: Annotated[int, Field(ge=0)]
    identity: Identity
    skin: Skin
    makeup: Makeup = Makeup()
    eyes: Eyes
    hair: Hair
    facial_hair: FacialHair
    hair_color: HairColor
    hair_film: HairFilm = DRY
    brows: Brows
    lashes: Lashes
    teeth: Teeth
    expression: Expression
    head_pose: HeadPose
    gaze: Gaze
    clothing: Garment
    outerwear: Outerwear = Nothing()
    trousers: trousers.Trousers
    accessories: Accessories = Accessories()
    lighting: Lighting
    rigs: tuple[Rig, ...]
    render: Render
    outputs: tuple[Output, ...]


@one_blas_thread
def sample_scene(spec: SceneSpec, index: int) -> Scene:
    """Draw sample `index` of a spec. The same in any run, shard or worker.

    Raises:
        ValueError: If the index is negative.
        AssetError: If the head data has not been fetched.
    """
    if index < 0:
        raise ValueError(f"a sample's index is 0 or more, not {index}")
    key = dataset_key(spec.seed, index)
    identity = sample_identity(spec.identity, choose_id(spec.identity, spec.seed, index))  # pyright: ignore[reportArgumentType]
    person = identity_key(identity.id)
    skin = sample_skin(
        choose(spec.skin, person.child("skin")),
        identity.ancestry,
        identity.age,
        identity.masculinity,
        person.child("skin"),
    )
    lighting = choose(spec.lighting, key.child("lighting"))
    around = choose(lighting.environment, key.child("lighting/environment"))
    environment = sample_environment(around, key.child("lighting/environment"))
    clothes = {
        place: sample_garment(choose(getattr(spec, place), key.child(place)), key.child(place))
        for place in ("clothing", "outerwear")
    }
    exposure = spec.render.exposure
    age, male = identity.age, identity.masculinity
    eyes = choose(spec.eyes, person.child("eyes"))
    return Scene(
        version=synthgen.__version__,
        seed=spec.seed,
        index=index,
        identity=identity,
        skin=skin,
        makeup=sample_makeup(choose(spec.makeup, key.child("makeup")), key.child("makeup")),
        eyes=sample_eyes(eyes, identity.ancestry, skin.tone, identity.age, person.child("eyes"), key.child("eyes")),
        hair=sample_hair(choose(spec.hair, person.child("hair")), identity.ancestry, age, male, person.child("hair")),
        facial_hair=sample_facial_hair(
            choose(spec.facial_hair, person.child("facial_hair")),
            identity.sex,
            identity.ancestry,
            person.child("facial_hair"),
        ),
        hair_color=sample_hair_color(
            choose(spec.hair_color, person.child("hair_color")),
            identity.ancestry,
            skin.tone,
            age,
            male,
            person.child("hair_color"),
        ),
        hair_film=sample_hair_film(choose(spec.hair_film, key.child("hair_film")), key.child("hair_film")),
        brows=sample_brows(choose(spec.brows, person.child("brows")), male, age, person.child("brows")),
        lashes=sample_lashes(choose(spec.lashes, person.child("lashes")), person.child("lashes")),
        teeth=sample_teeth(choose(spec.teeth, person.child("teeth")), identity.age, person.child("teeth")),
        expression=sample_expression(choose(spec.expression, key.child("expression")), key.child("expression")),
        head_pose=sample_head_pose(choose(spec.head_pose, key.child("head_pose")), key.child("head_pose")),
        gaze=sample_gaze(choose(spec.gaze, key.child("gaze")), key.child("gaze")),
        **clothes,
        trousers=trousers.sample(key.child("trousers")),
        accessories=sample_accessories(spec.accessories, key.child("accessories"), clothes, daylight(environment)),
        lighting=Lighting(
            environment=environment,
            lamps=tuple(sample_lamp(lamp, key.child("lighting/lamps", lamp.name)) for lamp in lighting.lamps),
        ),
        rigs=tuple(sample_rig(rig, key.child("rigs", rig.name)) for rig in spec.rigs),
        render=Render(
            quality=spec.render.quality,
            seed=key.child("render/seed").integer(31),
            exposure=Exposure(
                kind="incident" if isinstance(exposure, IncidentExposure) else "manual",
                ev=draw_number(exposure.ev, key.child("render/exposure/ev")),
            ),
            white_balance=_white_balance(spec, key.child("render/white_balance")),
        ),
        outputs=spec.outputs,
    )


def _white_balance(spec: SceneSpec, key: Key) -> WhiteBalance:
    wanted = spec.render.white_balance
    names = [name for name in type(wanted).model_fields if name != "kind"]
    return WhiteBalance(kind=wanted.kind, **draw_numbers(wanted, names, key))


def dump_scene(scene: Scene) -> str:
    """Return a scene as JSON text."""
    return scene.model_dump_json(indent=1) + "\n"


def load_scene(path: str | Path) -> Scene:
    """Read a scene from a scene.json.

    Raises:
        SpecError: If it cannot be read or is no scene.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SpecError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or 'not text'})") from None
    return parse_scene(text, str(path))


def parse_scene(text: str, name: str = "scene") -> Scene:
    """Return the scene of JSON text.

    Raises:
        SpecError: If it is no scene.
    """
    try:
        return Scene.model_validate_json(text)
    except ValidationError as error:
        data: Any = None
        raise SpecError(explain(error, YamlSource(name, data, Path(), what="the scene"))) from None
