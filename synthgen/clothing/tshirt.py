"""A plain T-shirt with a round neck."""

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.clothing.garment import Pattern, cut_pattern, drape, hem_rim
from synthgen.distributions import Name, Number, Uniform, draw_name, draw_number, one_of, within
from synthgen.frozen import Frozen
from synthgen.head.model import Points
from synthgen.materials import FABRIC_COLORS
from synthgen.mesh import Mesh, vertex_normals
from synthgen.noise import noise
from synthgen.parts import Part
from synthgen.rng import Key

THICKNESS_M, HEM_M, RIB_MM = 0.0014, 0.012, 17.0
NECK_FRONT_MM, NECK_BACK_MM = (-80.0, 549.0), (25.0, 592.0)
"""(y, z) of the neckline on the base mesh, in front and behind."""
NECK_AXIS_Y_MM, NECK_HOLE_MM, NECK_BLEND_MM = -30.0, 80.0, 6.0
"""Where the neck stands, how wide the hole is at the shoulders, and how softly front and sides meet."""
CHIN_CLEARANCE_MM = 596.0
"""Above this nothing is covered: the face juts out over the neck."""
SHOULDER_MM, ARM_DIRECTION, SLEEVE_MM = (170.0, 502.0), (0.655, -0.755), 150.0
"""(x, z) of the shoulder joint, the upper arm's direction from it, and the length of the sleeve."""
HIP_MM = -35.0


class TShirtSpec(Frozen):
    """A plain T-shirt."""

    kind: Literal["tshirt"] = "tshirt"
    color: Annotated[Name, one_of(FABRIC_COLORS)] = "all"
    """Of the cloth in visible light."""
    nir_albedo: Annotated[Number, within(0.02, 0.9)] = Uniform(low=0.25, high=0.75)
    """In the near infrared, whatever the colour: dyes are mostly clear there."""
    ease_m: Annotated[Number, within(0.001, 0.03)] = Uniform(low=0.003, high=0.009)
    """How loosely it hangs."""


class TShirt(Frozen):
    """One T-shirt; see `TShirtSpec`."""

    kind: Literal["tshirt"] = "tshirt"
    color: str
    nir_albedo: float
    ease_m: float
    seed: int


def sample(spec: TShirtSpec, key: Key) -> TShirt:
    """Draw a T-shirt."""
    return TShirt(
        color=draw_name(spec.color, key.child("color")),
        nir_albedo=draw_number(spec.nir_albedo, key.child("nir_albedo")),
        ease_m=draw_number(spec.ease_m, key.child("ease_m")),
        seed=key.child("seed").integer(31),
    )


def covers(rest_mm: NDArray) -> NDArray:
    """Return how far inside the shirt (n,) points (n, 3) of the rest mesh lie, millimetres; negative outside."""
    x, y, z = np.abs(rest_mm[:, 0]), rest_mm[:, 1], rest_mm[:, 2]
    (y0, z0), (y1, z1) = NECK_FRONT_MM, NECK_BACK_MM
    slope = (z1 - z0) / (y1 - y0)
    below_neckline = (z0 + slope * (y - y0) - z) / np.hypot(1, slope)
    off_the_neck = np.minimum(np.hypot(x, y - NECK_AXIS_Y_MM) - NECK_HOLE_MM, CHIN_CLEARANCE_MM - z)
    collar = NECK_BLEND_MM * np.logaddexp(below_neckline / NECK_BLEND_MM, off_the_neck / NECK_BLEND_MM)
    along_arm = (x - SHOULDER_MM[0]) * ARM_DIRECTION[0] + (z - SHOULDER_MM[1]) * ARM_DIRECTION[1]
    on_sleeve = np.where(x > SHOULDER_MM[0] - 20, SLEEVE_MM - along_arm, SLEEVE_MM)
    return np.minimum(np.minimum(collar, on_sleeve), z - HIP_MM)


@lru_cache(maxsize=1)
def _pattern() -> Pattern:
    return cut_pattern(covers, levels=2)


def _folds_m(shirt: TShirt, pattern: Pattern) -> NDArray:
    """Return the height of soft folds (n,): long ones that hang, drawn out along the body, none at the neckline."""
    stretched = pattern.rest_mm * [1.0, 1.0, 0.45]
    key = Key(f"tshirt/{shirt.seed}")
    height = 1.3 * noise(stretched, 70, key.child("long")) + 0.7 * noise(stretched, 32, key.child("short"))
    return 1e-3 * height * np.clip(pattern.inside_mm / 50, 0, 1) * (0.5 + 60 * shirt.ease_m)


def build(shirt: TShirt, posed_cage: Points) -> tuple[Mesh, ...]:
    """Return the shirt on a posed body (cage vertices (v, 3), metres)."""
    pattern = _pattern()
    # tight at the neck, loose from the chest down; the ribbed collar stands a little proud
    slack = np.interp(pattern.rest_mm[:, 2], [100, 250, 520, 560], [2.6, 1.6, 1.0, 0.25])
    collar = np.exp(-((pattern.inside_mm / RIB_MM) ** 4)) * (pattern.rest_mm[:, 2] > 535)
    ease = shirt.ease_m * slack + 0.0008 * collar
    vertices = drape(pattern, posed_cage, ease, rounds=6)
    vertices = vertices + vertex_normals(vertices, pattern.triangles) * _folds_m(shirt, pattern)[:, None]
    extra, rim = hem_rim(vertices, pattern, THICKNESS_M, HEM_M)
    loop = len(extra) // 2
    border = np.unique(pattern.hems)
    rest = np.concatenate([pattern.rest_mm, pattern.rest_mm[border], pattern.rest_mm[border]])
    collar_all = np.concatenate([collar, collar[border], np.zeros(loop)])
    triangles = np.concatenate([pattern.triangles, rim])
    return (
        Mesh(
            name="tshirt",
            vertices=np.concatenate([vertices, extra]),
            triangles=triangles.astype(np.int32),
            part=np.full(len(triangles), Part.CLOTHING_UPPER, np.int16),
            materials=("tshirt",),
            instance="tshirt",
            attributes={"rest_mm": rest, "collar": collar_all},
        ),
    )
