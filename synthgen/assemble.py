"""From a scene to geometry: meshes, materials, lights, cameras and the points that labels hang on. No Blender here."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories import Accessories, moved_targets, press_hair, put_on
from synthgen.accessories.fit import Fit, fit_head
from synthgen.camera import Camera
from synthgen.clothing import covered_mm, dress, trousers
from synthgen.clothing.neck import HIDDEN_BELOW_MM
from synthgen.hair.beard_hairs import build_facial_hair
from synthgen.hair.brow_hairs import build_brows
from synthgen.hair.film import stick
from synthgen.hair.head_hair import build_hair
from synthgen.hair.lashes import build_lashes
from synthgen.hair.obstacle import Around
from synthgen.hair.roots import Ground, chart
from synthgen.hair.ties import build_ties
from synthgen.hair.vellus import build_vellus
from synthgen.head.contact import rest_on_eyes
from synthgen.head.expression import add_units
from synthgen.head.eyes import Eyeball, eyeball_frames, eyeball_meshes
from synthgen.head.folds import fold_skin
from synthgen.head.gaze import SIDES, EyeDirection, gaze_target, look
from synthgen.head.identity import Identity
from synthgen.head.lids import closing_amounts, lid_opening_deg, lid_units
from synthgen.head.limbs import limbs_surface
from synthgen.head.lips import seal_lips
from synthgen.head.model import Points, head_model
from synthgen.head.mouth import mouth_meshes
from synthgen.head.orbit import keep_off_eyes
from synthgen.head.pose import pose_cage, pose_skeleton
from synthgen.head.shape import expression_targets
from synthgen.head.skin import skin_surface
from synthgen.head.tears import wet_meshes
from synthgen.head.tongue import raise_tongue
from synthgen.lighting import Environment, Lamp
from synthgen.linear_algebra import one_blas_thread
from synthgen.materials import Material
from synthgen.mesh import Mesh
from synthgen.parts import Part
from synthgen.rng import Key
from synthgen.scene import Scene
from synthgen.skin.atlas import mapped_triangles
from synthgen.skin.fields import BANDS_OF_CHANNELS, displacement_mm, layout, skin_attributes
from synthgen.skin.maps import SkinMaps, map_size, plain_values, skin_maps
from synthgen.strands import Strands
from synthgen.transforms import WORLD_FROM_HEAD_AXES, Matrix, apply, invert, rigid
from synthgen.wardrobe import scene_materials


@dataclass(frozen=True)
class PlacedLamp:
    """A lamp in the world: it shines along its local +z (OpenCV axes)."""

    lamp: Lamp
    world_from_lamp: Matrix


@dataclass(frozen=True)
class SceneGeometry:
    """Everything a renderer and the labels need, in the world, metres.

    Attributes:
        meshes: All surfaces.
        materials: By the names the meshes use.
        instances: Names of the instances in the order of their ids, from 1.
        environment: Light all around.
        lamps: In place.
        cameras: In place.
        eyes: Left and right.
        gaze_target: (3,) the point looked at.
        world_from_head: (4, 4) of the head frame: origin midway between the eyes' centres of rotation.
        head_centre: (3,) middle of the head as posed.
        skin: (n, 3) the whole skin surface; its first rows are the base cage's vertices on the limit surface.
        units: ARKit units as applied, the lids' following included.
        openness: Of the left and right lids, relative to the same person at rest.
        strands: All hair; labels of surfaces do not know of it.
        accessories: The instances that amodal layers leave out.
        bare_strands: The hair that labels know of as it was before accessories pressed it, if they did and amodal
            layers are asked for.
    """

    meshes: tuple[Mesh, ...]
    materials: Mapping[str, Material]
    instances: tuple[str, ...]
    environment: Environment
    lamps: tuple[PlacedLamp, ...]
    cameras: tuple[Camera, ...]
    eyes: tuple[Eyeball, Eyeball]
    gaze_target: NDArray
    world_from_head: Matrix
    head_centre: NDArray
    skin: Points
    units: Mapping[str, float]
    openness: tuple[float, float]
    strands: tuple[Strands, ...] = ()
    accessories: tuple[str, ...] = ()
    bare_strands: tuple[Strands, ...] = ()


@dataclass(frozen=True)
class _Body:
    """A person at rest, standing on the floor."""

    cage: Points
    eye_centres: Points
    eye_radii_m: NDArray
    head_centre: NDArray
    rest_opening_deg: tuple[float, float]


@one_blas_thread
def assemble(scene: Scene, skin_map_size: int | None = None) -> SceneGeometry:
    """Build the geometry of a scene.

    Args:
        scene: What to build.
        skin_map_size: Of the skin's maps; without it what the cameras need. The geometry is the same for all.

    Raises:
        AssetError: If the head data has not been fetched.
        SpecError: If a camera stands inside the head.
    """
    body = _standing_body(scene.identity)
    skeleton = pose_skeleton(body.cage, scene.head_pose)
    turned = skeleton.of("head")
    centres = apply(turned, body.eye_centres)
    posed_centre = apply(turned, body.head_centre)
    rigs = [rig.world_from_rig(body.head_centre, posed_centre) for rig in scene.rigs]
    cameras = tuple(c for rig, at in zip(scene.rigs, rigs, strict=True) for c in rig.place_cameras(at))
    target = _target(scene, turned[:3, :3], centres.mean(0), body.head_centre, cameras)
    directions = look(target, centres, turned[:3, :3])
    units, cage = _move_face(scene, body, directions)
    posed = pose_cage(cage, skeleton)
    left, right = (
        Eyeball(side, centre, float(radius), direction, scene.eyes.pupil_mm)
        for side, centre, radius, direction in zip(SIDES, centres, body.eye_radii_m, directions, strict=True)
    )
    openness = tuple(
        float(np.clip(lid_opening_deg(cage, centre, side) / rest, 0, 1))
        for side, centre, rest in zip(SIDES, body.eye_centres, body.rest_opening_deg, strict=True)
    )
    person = scene.identity
    folds = fold_skin(cage, body.eye_centres, body.eye_radii_m, person.features, person.uneven, openness)  # type: ignore[arg-type]
    skin = skin_surface().matrix @ posed + folds @ turned[:3, :3].T
    skin = rest_on_eyes(skin, (left, right), turned[:3, :3])
    detail = [_pixels_per_mm(camera, posed_centre) for camera in cameras]
    size = skin_map_size or max(map(map_size, detail))
    maps = skin_maps(scene.skin, scene.identity.age, scene.makeup, units, size)
    skin = _relieved(skin, maps)
    normals = skin_surface().normals(skin)
    clothes = dress(scene.clothing, scene.outerwear, scene.trousers, posed, scene.accessories.hood)
    eyes = [m for eye in (left, right) for m in (*eyeball_meshes(eye), *wet_meshes(skin, eye, turned[:3, :3]))]
    people = (*_skin_meshes(scene, skin, normals, posed, maps), *eyes, *mouth_meshes(posed, scene.teeth))
    strands, ties = _strands(scene, skin, normals, posed, turned, clothes, 1 / max(detail))
    worn: tuple[Mesh, ...] = ()
    bare: tuple[Strands, ...] = ()
    if scene.accessories.worn:
        fit = fit_head(skin, normals, turned, (left, right), strands, clothes + ties)
        worn, strands = _put_on(scene.accessories, fit)
        if strands is not fit.strands and "amodal" in scene.outputs:
            bare = tuple(one for one in fit.strands if one.part is not None)
    return SceneGeometry(
        meshes=people + clothes + worn + ties,
        materials=scene_materials(scene, maps),
        instances=("person", *dict.fromkeys(mesh.instance for mesh in clothes + worn + ties)),
        environment=scene.lighting.environment,
        lamps=_place_lamps(scene, rigs, posed_centre),
        cameras=cameras,
        eyes=(left, right),
        gaze_target=target,
        world_from_head=rigid(turned[:3, :3] @ WORLD_FROM_HEAD_AXES, centres.mean(0)),
        head_centre=posed_centre,
        skin=skin,
        units=units,
        openness=openness,  # type: ignore[arg-type]
        strands=strands,
        accessories=tuple(dict.fromkeys(mesh.instance for mesh in worn)),
        bare_strands=bare,
    )


def _standing_body(identity: Identity) -> _Body:
    """Return a person at rest whose crown is at the person's height above the floor, z = 0."""
    cage = seal_lips(identity.cage())
    head = cage[_head_vertices()]
    cage = cage + np.array([0, 0, identity.height_m - head[:, 2].max()])
    low, high = cage[_head_vertices()].min(0), cage[_head_vertices()].max(0)
    centres, radii = eyeball_frames(cage)
    opening = tuple(lid_opening_deg(cage, centre, side) for centre, side in zip(centres, SIDES, strict=True))
    return _Body(cage, centres, radii, (low + high) / 2 * [0, 1, 1], opening)  # type: ignore[arg-type]


def _head_vertices() -> NDArray:
    """Return the cage vertices between crown and chin, ears and nose included."""
    model = head_model()
    body = np.unique(model.quads["body"])
    return body[model.vertices[body][:, 2] > 0.617]


def _target(scene: Scene, R: Matrix, between: NDArray, rest_centre: NDArray, cameras: tuple[Camera, ...]) -> NDArray:
    if scene.gaze.kind != "camera":
        return gaze_target(scene.gaze, R, between, rest_centre)
    chosen = scene.gaze.camera or cameras[0].name
    return next(camera for camera in cameras if camera.name == chosen).centre_world


def _move_face(scene: Scene, body: _Body, directions: tuple[EyeDirection, EyeDirection]) -> tuple[dict, Points]:
    """Return the ARKit units of the expression with the lids following the eyes, and the cage moved by them."""
    asked, model = scene.expression.units, head_model()
    still = {unit: amount for unit, amount in asked.items() if not unit.startswith("eyeBlink")}
    cage = model.displace({**expression_targets(still), **moved_targets(scene.accessories)}, body.cage)
    closing = closing_amounts(cage, body.eye_centres)
    blink = (asked.get("eyeBlinkLeft", 0.0), asked.get("eyeBlinkRight", 0.0))
    shut = {unit: amount for unit, amount in asked.items() if unit.startswith("eyeBlink")}
    cage = model.displace(expression_targets(shut, closing), cage)
    following = lid_units(directions, cage, body.eye_centres, blink, closing)
    cage = raise_tongue(model.displace(expression_targets(following, closing), cage), asked)
    return add_units(asked, following), keep_off_eyes(cage, body.cage, body.eye_centres)


def _pixels_per_mm(camera: Camera, centre: NDArray) -> float:
    """Return how many pixels a millimetre of the face may fill: that of a point 12 cm before the head's centre."""
    away = float(np.linalg.norm(camera.centre_world - centre))
    # the number of hairs goes with it, and must not change with the last bit of a turned head's distance
    return round(float(max(camera.K[0, 0], camera.K[1, 1])) / max((away - 0.12) * 1000, 50.0), 9)


def _relieved(smooth: Points, maps: SkinMaps) -> Points:
    """Return the skin with its relief."""
    return smooth + skin_surface().normals(smooth) * displacement_mm(maps)[:, None] * 1e-3


def _skin_meshes(scene: Scene, skin: Points, normals: Points, posed: Points, maps: SkinMaps) -> tuple[Mesh, ...]:
    surface, mapped = skin_surface(), mapped_triangles()
    shown = (_covered_mm(scene)[surface.triangles] < HIDDEN_BELOW_MM).any(1)
    body = Mesh(
        name="skin",
        vertices=skin,
        triangles=surface.triangles[shown],
        part=surface.part[shown],
        materials=("skin", "skin_plain"),
        material=np.where(mapped[shown], 0, 1).astype(np.int16),
        instance="person",
        uv=surface.uv[shown],
        map_uv=layout().triangle_coordinates[shown],
        attributes={**skin_attributes(scene.skin, maps), "rest_mm": surface.rest_mm},
        normals=normals,
    )
    limbs, plain = limbs_surface(), plain_values(scene.skin)
    albedo = {f"albedo_{band}": plain[channels] for band, channels in BANDS_OF_CHANNELS.items()}
    same = {**albedo, "roughness": plain[5], "oil": plain[6], "pores": np.float32(0), "lines": np.float32(1)}
    far = Mesh(
        name="limbs",
        vertices=limbs.matrix @ posed,
        triangles=limbs.triangles,
        part=np.full(len(limbs.triangles), Part.ARMS, np.int16),
        materials=("skin_plain",),
        instance="person",
        attributes={
            "rest_mm": limbs.rest_mm,
            **{name: np.broadcast_to(v, (len(limbs.rest_mm), *v.shape)) for name, v in same.items()},
        },
    )
    return body.compact(), far.compact()


def _put_on(accessories: Accessories, fit: Fit) -> tuple[tuple[Mesh, ...], tuple[Strands, ...]]:
    """Return what is worn beside clothes, and the hair as it leaves it."""
    worn = put_on(accessories, fit)
    return worn.meshes, press_hair(worn.press, fit.strands, fit.world_from_fit) if worn.press else fit.strands


def _covered_mm(scene: Scene) -> NDArray:
    """Return how far inside clothes the skin's vertices (v,) lie, along the skin; negative where they show."""
    rest_mm = skin_surface().rest_mm
    return np.maximum(covered_mm((scene.clothing, scene.outerwear), rest_mm), trousers.covers(rest_mm))


@lru_cache(maxsize=1)
def _scalp() -> tuple[NDArray[np.integer], NDArray]:
    """Return the scalp's vertices on the skin surface, and where their middle (3,) lies on the chart."""
    surface = skin_surface()
    found = np.unique(surface.triangles[surface.part == Part.SCALP])
    return found, chart()[found].mean(0)


def _strands(
    scene: Scene,
    skin: Points,
    normals: Points,
    posed: Points,
    turned: Matrix,
    clothes: tuple[Mesh, ...],
    pixel_mm: float,
) -> tuple[tuple[Strands, ...], tuple[Mesh, ...]]:
    """Return all hair and what ties it: grown on the head upright and where the chart has it, then put back with it."""
    above, middle = _scalp()
    upright = invert(turned)
    shift = middle - apply(upright, skin[above]).mean(0)
    local = rigid(np.eye(3), shift) @ upright
    ground = Ground(apply(local, skin), normals @ local[:3, :3].T)
    around = Around(ground, _covered_mm(scene), tuple(mesh.moved(local) for mesh in clothes))
    down = local[:3, :3] @ [0.0, 0.0, -1.0]
    grown = (
        *build_hair(scene.hair, scene.hair_color, scene.hair_film, ground, around, down, pixel_mm),
        *build_facial_hair(scene.facial_hair, scene.hair_color, ground, around, down, pixel_mm),
        *build_brows(scene.brows, scene.hair_color, ground),
        *build_lashes(scene.lashes, scene.hair_color, ground, apply(local, posed)),
        *build_vellus(scene.skin.vellus, scene.skin.seed, ground, pixel_mm),
    )
    key = Key(f"hair_film/{scene.hair.seed}")
    stuck = (stick(strands, scene.hair_film, around, key.child(strands.name)) for strands in grown)
    back = invert(local)
    ties = build_ties(scene.hair, around, down)
    return (
        tuple(strands.moved(back) for strands in stuck),
        tuple(tie.moved(back) for tie in ties),
    )


def _place_lamps(scene: Scene, rigs: list[Matrix], centre: NDArray) -> tuple[PlacedLamp, ...]:
    placed = [PlacedLamp(lamp, _lamp_pose(lamp, None, centre)) for lamp in scene.lighting.lamps]
    for rig, at in zip(scene.rigs, rigs, strict=True):
        placed += [PlacedLamp(lamp, _lamp_pose(lamp, at, centre)) for lamp in rig.lamps]
    return tuple(placed)


def _lamp_pose(lamp: Lamp, world_from_rig: Matrix | None, centre: NDArray) -> Matrix:
    if lamp.place.kind == "orbit":
        return lamp.place.world_from_device(centre)
    assert world_from_rig is not None
    return world_from_rig @ lamp.place.rig_from_device()
