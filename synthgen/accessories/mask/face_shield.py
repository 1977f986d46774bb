"""A face shield: a clear bent sheet before the face, foam on the forehead, an elastic round the head."""

from dataclasses import dataclass, replace
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from synthgen.accessories.cover import grid_normals
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
FOAM_MM, FOAM_DEG, BAND_MM = 22.0, 52.0, 17.0
"""Depth of the foam, half the angle it spans, and half its height."""
FOAM_ROWS = (-0.95, -0.5, 0.0, 0.5, 0.95)
"""Heights that its depth is measured at, as shares of half its height."""
CLEAR_MM, BESIDE_MM = 14.0, 8.0
"""Between the sheet and nose or glasses, and between its upper edge and the head at the ears."""
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


@dataclass(frozen=True)
class Bend:
    """How the sheet is bent: level ellipses that grow downwards, so that it leans off the face.

    Attributes:
        top: Height of its upper edge.
        height: Of the sheet.
        back: Place of the ellipses' middle, towards the back.
        high: (2,) half axes of the uppermost, to the side and ahead.
        low: (2,) those of the lowest.
    """

    top: float
    height: float
    back: float
    high: NDArray
    low: NDArray

    def axes(self, z: NDArray | float) -> NDArray:
        """Return the half axes (..., 2) at heights (...)."""
        share = (self.top - np.asarray(z, float)[..., None]) / self.height
        return self.high + share * (self.low - self.high)

    def points(self, angle: NDArray, z: NDArray) -> NDArray:
        """Return points (..., 3) at angles (...) from straight ahead and heights (...)."""
        axes = self.axes(z)
        x, y = axes[..., 0] * np.sin(angle), self.back - axes[..., 1] * np.cos(angle)
        return np.stack(np.broadcast_arrays(x, y, z), -1)


def build(shield: FaceShield, fit: Fit) -> Worn:
    """Return a face shield on a head."""
    brow = fit.anchor("glabella") + xyz(0, 0, 26.0)
    angle = np.radians(np.linspace(-shield.wrap_deg, shield.wrap_deg, COLUMNS))
    bend = _bend(shield, fit, brow)
    visor = _visor(bend, angle, fit)
    foam_at = angle[np.abs(angle) < np.radians(FOAM_DEG)]
    rows = [bend.points(foam_at, np.full(len(foam_at), brow[2] + share * BAND_MM)) for share in FOAM_ROWS]
    ways = unit(rows[2] - [0, bend.back, brow[2]])
    depth = np.min([fit.rays.first_hit(points, -ways)[1] for points in rows], axis=0)
    depth = np.where(np.isfinite(depth), depth, FOAM_MM) - 1.0
    middle = rows[2] - ways * (depth[:, None] / 2 + 0.2)
    profile = np.stack([rounded_rectangle(BAND_MM, half / 2, 3.0) for half in np.maximum(depth - 0.6, 2.0)])
    foam = sweep(middle, np.array([0, 0, 1.0]), profile)
    left, right = bend.points(angle[[-6, 5]], np.full(2, brow[2]))
    strap, press = head_strap(fit, (left, right), fit.spot("ear_top")[0] + xyz(0, 20.0, 26.0), 8.0)
    band = worn_mesh("face_shield_band", "face_shield", Part.FACEWEAR, [(foam, "foam"), (strap, "strap")], fit)
    return Worn((band, visor), press)


def _bend(shield: FaceShield, fit: Fit, brow: NDArray) -> Bend:
    """Return how the sheet is bent: by the foam's depth off the forehead, clear of nose and glasses below."""
    top, nose = float(brow[2]) + BAND_MM, fit.anchor("nose_tip")
    temples = fit.spot("ear_front")[0], fit.spot("ear_front", "right")[0]
    half = max(abs(temples[0][0]), abs(temples[1][0])) + BESIDE_MM
    back = (temples[0][1] + temples[1][1]) / 2 - 8.0
    ahead = back - float(brow[1]) + FOAM_MM
    lean = max(back - float(nose[1]) + CLEAR_MM - ahead, 0.0) / (top - float(nose[2])) * shield.height_mm
    bend = Bend(top, shield.height_mm, back, np.array([half, ahead]), np.array([half + BESIDE_MM, ahead + lean]))
    for mesh in fit.worn:
        if mesh.instance == "glasses":
            points = fit.from_world(mesh.vertices)
            points = points[(points[:, 1] < back) & (points[:, 2] < top)]
            flat = points[:, :2] - [0, back]
            short = np.linalg.norm((flat + CLEAR_MM * unit(flat)) / bend.axes(points[:, 2]), axis=1) - 1
            wider = short * shield.height_mm / (top - points[:, 2])
            bend = replace(bend, low=bend.low * (1 + max(0.0, float(wider.max()))))
    return bend


def _visor(bend: Bend, angle: NDArray, fit: Fit) -> Mesh:
    """Return the clear sheet: a solid with normals of its bent faces, its edge of another material."""
    s = np.linspace(-1, 1, COLUMNS)
    reach = (1 - smooth_step(np.abs(s), 1 - CORNER, 1) ** 2 * 0.55) * bend.height
    inner = bend.points(angle[None], bend.top - np.linspace(0, 1, ROWS)[:, None] * reach)
    out = grid_normals(inner, xyz(0, bend.back, bend.top - bend.height / 2), around=False)
    outer = inner + out * THICKNESS_MM
    n, m = ROWS, COLUMNS
    index = np.arange(n * m).reshape(n, m)
    a, b, c, d = index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]
    face = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    loop = np.concatenate([index[0], index[1:, -1], index[-1, -2::-1], index[-2:0:-1, 0]])
    rim_in, rim_out = np.arange(len(loop)) + 2 * n * m, np.arange(len(loop)) + 2 * n * m + len(loop)
    walls = [(rim_in, rim_out, np.roll(rim_out, -1)), (rim_in, np.roll(rim_out, -1), np.roll(rim_in, -1))]
    flat_in, flat_out, sheet_normal = inner.reshape(-1, 3), outer.reshape(-1, 3), out.reshape(-1, 3)
    vertices = np.concatenate([flat_in, flat_out, flat_in[loop], flat_out[loop]])
    middle = flat_in[loop]
    away = unit(np.cross(np.roll(middle, -1, 0) - np.roll(middle, 1, 0), sheet_normal[loop]))
    away = away * np.sign((away * (middle - middle.mean(0))).sum(1).mean())
    normals = np.concatenate([-sheet_normal, sheet_normal, away, away])
    triangles = np.concatenate([face[:, ::-1], face + n * m, *(np.stack(wall, 1) for wall in walls)])
    triangles = _facing(vertices, triangles, normals)
    material = np.zeros(len(triangles), np.int16)
    material[2 * len(face) :] = 1
    front = np.zeros(len(vertices), np.float32)
    front[n * m : 2 * n * m] = 1
    return Mesh(
        name="face_shield_visor",
        vertices=fit.to_world(vertices),
        triangles=triangles.astype(np.int32),
        part=np.full(len(triangles), Part.VISOR, np.int16),
        materials=("face_shield_visor", "face_shield_edge"),
        material=material,
        instance="face_shield",
        attributes={
            "front": front,
            "height": ((vertices[:, 2] - bend.top) / bend.height + 1).astype(np.float32),
        },
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
