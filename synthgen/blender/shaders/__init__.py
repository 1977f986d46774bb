"""Materials -> shaders in node graphs, one family per file."""

from collections.abc import Callable
from typing import Any

from synthgen.blender.nodes import Graph
from synthgen.blender.shaders.eye import eye_shell, iris, pupil
from synthgen.blender.shaders.hair import hair
from synthgen.blender.shaders.lens import clear_plastic, lens, metal
from synthgen.blender.shaders.surface import skin, surface
from synthgen.blender.shaders.textile import tape, textile
from synthgen.materials import (
    ClearPlastic,
    EyeShell,
    HairFibre,
    Iris,
    Lens,
    Metal,
    Pupil,
    RetroTape,
    SkinSurface,
    Surface,
    Textile,
)

SHADERS: dict[type, Callable[[Graph, Any], Any]] = {
    Surface: surface,
    SkinSurface: skin,
    Textile: textile,
    RetroTape: tape,
    Metal: metal,
    Lens: lens,
    ClearPlastic: clear_plastic,
    EyeShell: eye_shell,
    Iris: iris,
    Pupil: pupil,
    HairFibre: hair,
}
