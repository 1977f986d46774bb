"""The materials of a scene: which numbers each surface of a person and the clothes is made of."""

from dataclasses import replace

from synthgen.hair.color import fibre
from synthgen.hair.styles import STYLES
from synthgen.head.eyes import CORNEA_INDEX, LIMBUS_MM
from synthgen.materials import (
    FABRIC_COLORS,
    Cloth,
    EyeShell,
    Material,
    Relief,
    Scatter,
    SkinSurface,
    Spectrum,
    Surface,
    Teeth,
)
from synthgen.scene import Scene
from synthgen.skin.fields import scatter_radius_m
from synthgen.skin.maps import SkinMaps

SKIN_INDEX, TEAR_INDEX = 1.42, 1.336


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
        coat=0.30,
        coat_roughness=0.24,
    )
    sclera = Surface(
        albedo=None,
        roughness=0.35,
        ior=TEAR_INDEX,
        scatter=_scatter(0.7, (1.2, 0.78, 0.6), 1.6),
        coat=1.0,
        coat_roughness=0.03,
    )
    shell = EyeShell(sclera, LIMBUS_MM, CORNEA_INDEX)
    black = Spectrum((0.004, 0.002, 0.002), 0.004, 0.004)
    return {
        "skin": replace(skin, maps=maps),
        "skin_plain": skin,
        "cornea": shell,
        "sclera": shell,
        "iris": Surface(albedo=None, roughness=0.7, ior=1.1),
        "pupil": Surface(albedo=black, roughness=1.0, ior=1.0),
        "teeth": _teeth(scene.identity.age),
        "tongue": Surface(
            albedo=Spectrum((0.36, 0.10, 0.09), 0.42, 0.36),
            roughness=0.32,
            scatter=_scatter(0.8, (1.2, 0.48, 0.36), 1.8),
            coat=0.4,
            relief=(Relief(0.7, 0.3),),
        ),
        "hair": fibre(scene.hair_color, hair_roughness(scene.hair.style), dyed=True),
        "beard": fibre(scene.hair_color, 0.34),
        "brows": fibre(scene.hair_color, 0.34),
        "lashes": fibre(scene.hair_color, 0.28),
        scene.clothing.kind: _cloth(scene.clothing.color, scene.clothing.nir_albedo),
        "trousers": _cloth(scene.trousers.color, scene.trousers.nir_albedo),
    }


def hair_roughness(style: str) -> float:
    """Return the roughness of the fibres of a style."""
    worn = STYLES[style]
    return 0.3 if worn is None else worn.roughness


def _teeth(age: float) -> Teeth:
    """Return teeth that yellow and darken with age."""
    old = min(max((age - 20) / 70, 0.0), 1.0)
    enamel = Spectrum((0.72 - 0.06 * old, 0.66 - 0.13 * old, 0.54 - 0.22 * old), 0.66, 0.60)
    return Teeth(
        enamel=Surface(albedo=enamel, roughness=0.18, ior=1.5, scatter=_scatter(0.7, (1.2, 0.9, 0.6), 1.5)),
        gum=Surface(albedo=Spectrum((0.46, 0.17, 0.16), 0.5, 0.45), roughness=0.25, ior=1.4),
        gap_albedo=Spectrum((0.20, 0.14, 0.09), 0.3, 0.28),
    )


def _cloth(color: str, nir_albedo: float) -> Cloth:
    return Cloth(
        albedo=Spectrum(FABRIC_COLORS[color], nir_albedo, nir_albedo),
        roughness=0.9,
        ior=1.4,
        relief=(Relief(1.1, 0.10), Relief(0.035, 1.6)),
    )
