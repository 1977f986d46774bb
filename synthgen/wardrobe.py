"""The materials of a scene: which numbers each surface of a person and the clothes is made of."""

from dataclasses import replace

from synthgen.accessories import accessory_materials
from synthgen.clothing import clothing_materials, trousers
from synthgen.hair.color import fibre
from synthgen.hair.styles import STYLES
from synthgen.head import iris, sclera
from synthgen.head.eyes import CORNEA_INDEX, IRIS_END_MM, LIMBUS_MM
from synthgen.head.gaze import SIDES
from synthgen.materials import (
    FABRIC_COLORS,
    EyeShell,
    Iris,
    Material,
    PolarMap,
    Pupil,
    Relief,
    Scatter,
    SkinSurface,
    Spectrum,
    Surface,
)
from synthgen.scene import Scene
from synthgen.skin.fields import scatter_radius_m
from synthgen.skin.maps import SkinMaps

SKIN_INDEX, TEAR_INDEX = 1.42, 1.336
NIR_RETRO, RED_EYE = 0.7, (0.42, 0.05, 0.02)
"""What an eye's back sends straight to a lamp, as a share of a white card; in visible light only red is left."""

TIE_COLORS = ("black", "black", "charcoal", "brown", "navy", "burgundy", "cream", "pink")


def _scatter(weight: float, rgb_mm: tuple[float, float, float], nir_mm: float) -> Scatter:
    r, g, b = (value * 1e-3 for value in rgb_mm)
    nir = nir_mm * 1e-3
    return Scatter(weight, {"rgb": (r, g, b), "nir850": (nir, nir, nir), "nir940": (nir, nir, nir)})


def scene_materials(scene: Scene, maps: SkinMaps) -> dict[str, Material]:
    """Return the materials of everything in a scene, by name; `maps` are the skin's."""
    skin = SkinSurface(
        albedo=None,
        roughness=None,
        ior=SKIN_INDEX,
        scatter=Scatter(0.92, scatter_radius_m(scene.skin)),  # type: ignore[arg-type]
        coat=0.30 + 0.6 * scene.skin.sweat,
        coat_roughness=0.24 - 0.13 * scene.skin.sweat,
    )
    return {
        **_eyes(scene),
        "skin": replace(skin, maps=maps),
        "skin_plain": skin,
        "teeth": Surface(albedo=None, roughness=0.16, ior=1.55, scatter=_scatter(0.7, (1.2, 0.9, 0.6), 1.5), coat=0.3),
        "gum": Surface(
            albedo=Spectrum((0.42, 0.16, 0.15), 0.50, 0.45),
            roughness=0.3,
            ior=1.4,
            scatter=_scatter(0.6, (1.1, 0.4, 0.3), 1.6),
            coat=0.7,
            relief=(Relief(0.9, 0.12),),
        ),
        "tongue": Surface(
            albedo=Spectrum((0.36, 0.10, 0.09), 0.42, 0.36),
            roughness=0.36,
            scatter=_scatter(0.8, (1.2, 0.48, 0.36), 1.8),
            coat=0.5,
            relief=(Relief(0.12, 0.5), Relief(1.6, 0.28)),
        ),
        "hair": fibre(scene.hair_color, hair_roughness(scene.hair.style), dyed=True, film=scene.hair_film),
        "hair_tie": Surface(Spectrum(FABRIC_COLORS[TIE_COLORS[scene.hair.seed % len(TIE_COLORS)]], 0.4, 0.4), 0.8),
        "beard": fibre(scene.hair_color.elsewhere(scene.facial_hair.color, None), 0.34, film=scene.hair_film),
        "brows": fibre(scene.hair_color.elsewhere(scene.brows.color, None), 0.34, film=scene.hair_film),
        "lashes": fibre(scene.hair_color, 0.28),
        "vellus": fibre(scene.hair_color, 0.34),
        **clothing_materials(scene.clothing, scene.outerwear),
        **trousers.materials(scene.trousers),
        **accessory_materials(scene.accessories),
    }


def _eyes(scene: Scene) -> dict[str, Material]:
    white = Surface(
        albedo=Spectrum((0.57, 0.51, 0.46), 0.58, 0.53),
        roughness=0.35,
        ior=TEAR_INDEX,
        scatter=_scatter(0.7, (1.2, 0.78, 0.6), 1.6),
        coat=1.0,
        coat_roughness=0.03,
    )
    veins = PolarMap(sclera.sclera_map(scene.eyes, scene.identity.age, scene.skin.darkness), *sclera.POLAR_RAD)
    shell = EyeShell(white, veins, LIMBUS_MM, CORNEA_INDEX)
    dark = Spectrum((0.004, 0.002, 0.002), 0.004, 0.004)
    share = NIR_RETRO * scene.eyes.bright_pupil
    red = scene.eyes.bright_pupil
    retro = Spectrum((RED_EYE[0] * red, RED_EYE[1] * red, RED_EYE[2] * red), share, 0.9 * share)
    found: dict[str, Material] = {
        "cornea": shell,
        "sclera": shell,
        "meniscus": Surface(_lid_rim(scene.skin.darkness), 0.3, TEAR_INDEX, coat=1.0, coat_roughness=0.05),
        "caruncle": Surface(
            albedo=Spectrum((0.58, 0.30, 0.26), 0.50, 0.45),
            roughness=0.22,
            scatter=_scatter(0.8, (1.0, 0.4, 0.3), 1.6),
            coat=1.0,
            coat_roughness=0.06,
            relief=(Relief(1.8, 0.25),),
        ),
    }
    for side in SIDES:
        pattern = PolarMap(iris.iris_map(scene.eyes, side), scene.eyes.pupil_mm / 2, IRIS_END_MM)
        found[f"iris_{side}"] = Iris(pattern)
        found[f"pupil_{side}"] = Pupil(side, dark, retro)
    return found


def _lid_rim(darkness: float) -> Spectrum:
    """Return the reflectance of the wet edge of the lids: pink on light people, browner on dark ones."""
    r, g, b = (
        value * (1 - share * darkness) for value, share in zip((0.48, 0.28, 0.25), (0.5, 0.45, 0.4), strict=True)
    )
    return Spectrum((r, g, b), 0.54 - 0.08 * darkness, 0.49 - 0.05 * darkness)


def hair_roughness(style: str) -> float:
    """Return the roughness of the fibres of a style."""
    worn = STYLES[style]
    return 0.3 if worn is None else worn.roughness
