"""Attributes of the person and the surroundings, for labels.json."""

from typing import Any

from synthgen.accessories import Nothing
from synthgen.assemble import SceneGeometry
from synthgen.head.eye_color import Eyes
from synthgen.scene import Scene


def _eyes(eyes: Eyes) -> dict[str, Any]:
    """Return what labels say of the eyes: what is drawn, without seeds."""
    left, right = eyes.pigment("left"), eyes.pigment("right")
    return {
        "iris": eyes.color,
        "melanin": eyes.melanin,
        "left": {"melanin": left[0], "pheomelanin": left[1]},
        "right": {"melanin": right[0], "pheomelanin": right[1]},
        "heterochromia": eyes.heterochromia,
        "odd_side": None if eyes.heterochromia == "none" else eyes.odd_side,
        "second_iris": None if eyes.heterochromia == "none" else eyes.second_color,
        "pupil_mm": eyes.pupil_mm,
        "redness": eyes.redness,
        "contact_lens": eyes.contact_lens,
        "lens_color": eyes.lens_color if eyes.contact_lens == "tinted" else None,
        "bright_pupil": eyes.bright_pupil,
    }


def attributes(scene: Scene, geometry: SceneGeometry) -> dict[str, Any]:
    """Return what holds for the whole scene, whatever the camera."""
    person, expression = scene.identity, scene.expression
    return {
        "age": person.age,
        "sex": person.sex,
        "masculinity": person.masculinity,
        "ancestry": person.ancestry,
        "weight": person.weight,
        "muscle": person.muscle,
        "height_m": person.height_m,
        "features": person.features,
        "skin": scene.skin.attributes(),
        "makeup": scene.makeup.model_dump(mode="json"),
        "expression": {
            "name": expression.name,
            "intensity": expression.intensity,
            "arkit": {unit: round(amount, 4) for unit, amount in sorted(geometry.units.items())},
        },
        "head_pose": scene.head_pose.model_dump(),
        "gaze": scene.gaze.model_dump(mode="json"),
        "eyes": _eyes(scene.eyes),
        "teeth": scene.teeth.model_dump(mode="json", exclude={"seed"}),
        "hair": scene.hair.model_dump(exclude={"seed"}),
        "facial_hair": scene.facial_hair.model_dump(exclude={"seed"}),
        "hair_color": scene.hair_color.model_dump(),
        "hair_film": scene.hair_film.model_dump(),
        "brows": scene.brows.model_dump(exclude={"seed"}),
        "lashes": scene.lashes.model_dump(exclude={"seed"}),
        "accessories": [item.model_dump(mode="json", exclude={"seed"}) for item in scene.accessories.worn],
        "left_out": [item.model_dump() for item in scene.accessories.left_out],
        "clothing": [
            one.model_dump(mode="json")
            for one in (scene.clothing, scene.outerwear, scene.trousers)
            if not isinstance(one, Nothing)
        ],
        "environment": scene.lighting.environment.model_dump(mode="json"),
        "lights": [placed.lamp.model_dump(mode="json") for placed in geometry.lamps],
    }
