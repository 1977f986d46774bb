"""A face shield: a clear bent sheet before the face, foam on the forehead, an elastic round the head."""

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.fit import Fit
from synthgen.accessories.geometry import rounded_rectangle, sweep, xyz
from synthgen.accessories.kind import Kind, Worn, drawn
from synthgen.accessories.mask.loops import head_strap
from synthgen.accessories.mask.nonwoven import elastic
from synthgen.accessories.pieces import worn_mesh
from synthgen.distributions import Name, Number, Uniform, one_of, within
from synthgen.frozen import Frozen
from synthgen.materials import Lens, Material, Spectrum, Surface
from synthgen.mesh import Mesh, unit
from synthgen.parts import Part
from synthgen.ramps import smooth_step
from synthgen.rng import Key

COLUMNS, ROWS, THICKNESS_MM = 97, 49, 0.5
FOAM_MM, FOAM_DEG, BAND_MM = 18.0, 46.0, 17.0
"""Depth of the foam, half the angle it spans, and half its height."""
CLEAR_MM = 14.0
"""Between the sheet and nose or glasses."""
CORNER = 0.16
"""Rounding of the lower corners as a share of the sheet's height."""
BANDS = ("blue", "white", "black")
FOAMS = {"blue": (0.10, 0.28, 0.48), "white": (0.72, 0.72, 0.70), "black": (0.03, 0.03, 0.03)}


class FaceShieldSpec(Frozen):
    """A clear face shield."""

    kind: Literal["face_shield"] = "face_shield"
    height_mm: Annotated[Number, within(150, 280)] = Uniform(low=190, high=240)
    """Of the sheet."""
    wrap_deg: Annotated[Number, within(60, 110)] = Uniform(low=75, high=95)
    """How far it reaches round each side of the face."""
    color: Annotated[Name, one_of(BANDS)] = "all"
    """Of the foam."""


class FaceShield(Frozen):
    """One face shield; see `FaceShieldSpec`."""

    kind: Literal["face_shield"] = "face_shield"
    height_mm: float
    wrap_deg: float
    color: str


def sample(spec: FaceShieldSpec, key: Key) -> FaceShield:
    """Draw a face shield."""
    return drawn(FaceShield, spec, key)


def build(shield: FaceShield, fit: Fit) -> Worn:
    """Return a face shield on a head."""
    brow = fit.anchor("glabella") + xyz(0, 0, 26.0)
    angle = np.radians(np.linspace(-shield.wrap_deg, shield.wrap_deg, COLUMNS))
    arc = _arc(shield, fit, brow, angle)
    visor = _visor(shield, fit, arc, brow[2] + BAND_MM)
    foam_at = np.abs(angle) < np.radians(FOAM_DEG)
    outer = arc[foam_at] + [0, 0, brow[2]]
    ways = unit(np.column_stack([np.sin(angle), -np.cos(angle), 0 * angle]))[foam_at]
    heights = [outer + xyz(0, 0, share * BAND_MM) for share in (-0.95, -0.5, 0.0, 0.5, 0.95)]
    depth = np.min([fit.rays.first_hit(points, -ways)[1] for points in heights], axis=0)
    depth = np.where(np.isfinite(depth), depth, FOAM_MM) - 0.3
    middle = outer - ways * (depth[:, None] / 2 + 0.2)
    profile = np.stack([rounded_rectangle(BAND_MM, half / 2, 3.0) for half in np.maximum(depth - 0.6, 2.0)])
    foam = sweep(middle, np.array([0, 0, 1.0]), profile)
    ends = arc[-6] + [0, 0, brow[2]], arc[5] + [0, 0, brow[2]]
    by = fit.spot("ear_top")[0] + xyz(0, 20.0, 26.0)
    strap, press = head_strap(fit, ends, by, 8.0)
    band = worn_mesh("face_shield_band", "face_shield", Part.FACEWEAR, [(foam, "foam"), (strap, "strap")], fit)
    return Worn((band, visor), press)


def _arc(shield: FaceShield, fit: Fit, brow: NDArray, angle: NDArray) -> NDArray:
    """Return the sheet's level section (n, 3), z = 0: clear of nose and glasses, wider than the head."""
    front = min(float(brow[1]) - FOAM_MM, fit.anchor("nose_tip")[1] - CLEAR_MM)
    temples = fit.spot("ear_front")[0], fit.spot("ear_front", "right")[0]
    half = max(abs(temples[0][0]), abs(temples[1][0])) + 14.0
    back = (temples[0][1] + temples[1][1]) / 2 - 8.0
    axes = np.array([half, front - back])
    for mesh in fit.worn:
        if mesh.instance == "glasses":
            flat = fit.from_world(mesh.vertices)[:, :2] - [0, back]
            ahead = flat[flat[:, 1] < 0]
            axes = axes * max(1.0, float(np.linalg.norm((ahead + CLEAR_MM * unit(ahead)) / axes, axis=1).max()))
    return np.column_stack([axes[0] * np.sin(angle), back + axes[1] * np.cos(angle), 0 * angle])


def _visor(shield: FaceShield, fit: Fit, arc: NDArray, top: float) -> Mesh:
    """Return the clear sheet: a solid with normals of its bent faces, its edge of another material."""
    s = np.linspace(-1, 1, COLUMNS)
    reach = (1 - smooth_step(np.abs(s), 1 - CORNER, 1) ** 2 * 0.55) * shield.height_mm
    down = np.linspace(0, 1, ROWS)[:, None]
    inner = arc[None] + np.stack([0 * down * s, 0 * down * s, top - down * reach], -1)
    along = np.gradient(arc, axis=0)
    out = unit(np.cross(along, [0, 0, 1.0]))
    out = out * np.sign((out * (arc - arc.mean(0))).sum(1, keepdims=True).mean())
    outer = inner + out[None] * THICKNESS_MM
    n, m = ROWS, COLUMNS
    index = np.arange(n * m).reshape(n, m)
    a, b, c, d = index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]
    face = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    loop = np.concatenate([index[0], index[1:, -1], index[-1, -2::-1], index[-2:0:-1, 0]])
    rim_in, rim_out = np.arange(len(loop)) + 2 * n * m, np.arange(len(loop)) + 2 * n * m + len(loop)
    walls = [(rim_in, rim_out, np.roll(rim_out, -1)), (rim_in, np.roll(rim_out, -1), np.roll(rim_in, -1))]
    flat_in, flat_out = inner.reshape(-1, 3), outer.reshape(-1, 3)
    vertices = np.concatenate([flat_in, flat_out, flat_in[loop], flat_out[loop]])
    sheet_normal = np.broadcast_to(out, (n, m, 3)).reshape(-1, 3)
    middle = flat_in[loop]
    away = unit(np.cross(np.roll(middle, -1, 0) - np.roll(middle, 1, 0), sheet_normal[loop]))
    centre = middle.mean(0)
    away = away * np.sign((away * (middle - centre)).sum(1).mean())
    normals = np.concatenate([-sheet_normal, sheet_normal, away, away])
    triangles = np.concatenate([face[:, ::-1], face + n * m, *(np.stack(wall, 1) for wall in walls)])
    triangles = _facing(vertices, triangles, normals)
    material = np.zeros(len(triangles), np.int16)
    material[2 * len(face) :] = 1
    count = len(vertices)
    front = np.zeros(count, np.float32)
    front[n * m : 2 * n * m] = 1
    return Mesh(
        name="face_shield_visor",
        vertices=fit.to_world(vertices),
        triangles=triangles.astype(np.int32),
        part=np.full(len(triangles), Part.VISOR, np.int16),
        materials=("face_shield_visor", "face_shield_edge"),
        material=material,
        instance="face_shield",
        attributes={"front": front, "height": ((vertices[:, 2] - top) / shield.height_mm + 1).astype(np.float32)},
        normals=normals @ fit.world_from_fit[:3, :3].T,
    )


def _facing(vertices: NDArray, triangles: NDArray, normals: NDArray) -> NDArray:
    """Return triangles turned so that they face as their normals do."""
    a, b, c = (vertices[triangles[:, k]] for k in range(3))
    wrong = (np.cross(b - a, c - a) * normals[triangles].sum(1)).sum(1) < 0
    return np.where(wrong[:, None], triangles[:, ::-1], triangles)


def materials(shield: FaceShield) -> dict[str, Material]:
    """Return the materials of a face shield, by the names its meshes use."""
    clear = Spectrum((0.985, 0.985, 0.98), 0.985, 0.985)
    full, none = Spectrum((1.0, 1.0, 1.0), 1.0, 1.0), Spectrum((0.0, 0.0, 0.0), 0.0, 0.0)
    return {
        "face_shield_visor": Lens(1.58, clear, clear, full, none),
        "face_shield_edge": Surface(Spectrum((0.45, 0.47, 0.48), 0.5, 0.5), roughness=0.4, ior=1.5),
        "face_shield_foam": Surface(Spectrum(FOAMS[shield.color], 0.6, 0.6), roughness=0.95, ior=1.4),
        "face_shield_strap": elastic("black" if shield.color == "black" else "white"),
    }


FACE_SHIELD = Kind(FaceShieldSpec, FaceShield, sample, build, materials)
