"""Attributes of the person and the surroundings, for labels.json."""

from typing import Any

from synthgen.assemble import SceneGeometry
from synthgen.scene import Scene


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
        "skin": scene.skin.attributes(),
        "makeup": scene.makeup.model_dump(mode="json"),
        "expression": {
            "name": expression.name,
            "intensity": expression.intensity,
            "arkit": {unit: round(amount, 4) for unit, amount in sorted(geometry.units.items())},
        },
        "head_pose": scene.head_pose.model_dump(),
        "gaze": scene.gaze.model_dump(mode="json"),
        "eyes": {"iris": scene.eyes.color, "melanin": scene.eyes.melanin, "pupil_mm": scene.eyes.pupil_mm},
        "hair": scene.hair.model_dump(exclude={"seed"}),
        "facial_hair": scene.facial_hair.model_dump(exclude={"seed"}),
        "hair_color": scene.hair_color.model_dump(),
        "brows": scene.brows.model_dump(exclude={"seed"}),
        "lashes": scene.lashes.model_dump(exclude={"seed"}),
        "accessories": [],
        "clothing": [scene.clothing.model_dump(mode="json"), scene.trousers.model_dump(mode="json")],
        "environment": scene.lighting.environment.model_dump(mode="json"),
        "lights": [placed.lamp.model_dump(mode="json") for placed in geometry.lamps],
    }
