"""How accessories fit: depth in the skin, rest where they must, distance to the corneas, faces and CPU time.

    python benchmarks/accessories.py                 # 50 people, 5 expressions, everything
    python benchmarks/accessories.py mask audio -n 5 --first 7 --sheet worst.png

Prints a row for each item with the worst case of each measure and who it was, and fails if one is beyond its limit.
Depths are along rays from the vertices that lie inside the skin, independent of how the fit measures. Items that move
the ears are measured on people whose ears are moved, with one expression each.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from pictures import draw
from scipy.spatial import KDTree

from synthgen.accessories import KINDS, PLACES, Accessories, moved_targets
from synthgen.accessories.fit import SIDES, Fit, fit_head
from synthgen.accessories.glasses.frames import SHAPES
from synthgen.assemble import SceneGeometry, assemble
from synthgen.head.skin import skin_surface
from synthgen.mesh import Mesh
from synthgen.rays import RayScene
from synthgen.scene import Scene, sample_scene
from synthgen.spec import SceneSpec
from synthgen.transforms import WORLD_FROM_HEAD_AXES, apply, invert, rigid

EXPRESSIONS = ("neutral", "happiness", "anger", "surprise", "disgust")
LIMITS: dict[str, dict[str, float]] = {
    "glasses": {
        "depth mm": 1.0,
        "tips mm": 2.0,
        "lens mm": 0.0,
        "near mm": -6.0,
        "nose gap mm": 0.3,
        "ear gap mm": 3.0,
    },
    "mask": {"depth mm": 1.0, "rest mm": 1.5},
    "audio": {"depth mm": 1.0, "soft mm": 2.0, "rest mm": 1.0},
    "earrings": {"depth mm": 1.0, "rest mm": 0.5},
    "nose": {"rest mm": 0.5},
    "piercing": {"rest mm": 0.5},
    "necklace": {"depth mm": 1.0, "rest mm": 1.5},
}
"""The most allowed of each measure by place. `near` is the negative distance from cornea to lens; tips are what lies
behind the ears of glasses, soft are the tips of earbuds; `rest` is the gap where an item must touch the skin."""
Asked = dict[str, dict[str, str]]
"""What is asked for, by place."""
Case = tuple[int, str, dict[str, float]]
"""Who, with which expression, and what is measured."""
MOST_FACES, MOST_CPU_S = 60_000, 0.5
IN_LOBE_MM = 9.0
"""What of earrings is nearer to the hole is meant to be in the lobe."""


def requests(places: list[str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield name, place and request of what is measured: every kind, goggles also pushed up, every shape of glasses."""
    for place in places:
        for kind in PLACES[place]:
            if kind.name == "glasses":
                yield from ((shape, place, {"kind": "glasses", "shape": shape}) for shape in SHAPES)
            else:
                yield kind.name, place, {"kind": kind.name}
                if "worn_at" in kind.spec.model_fields:
                    yield f"{kind.name} up", place, {"kind": kind.name, "worn_at": "forehead"}


def spec_of(number: int, expression: str, worn: Asked | None = None) -> SceneSpec:
    """Return a person without hair, perhaps with something on in the usual spread of sizes."""
    spec = {
        "identity": {"ids": [number]},
        "expression": {"name": expression},
        "hair": {"style": "bald"},
        "facial_hair": {"style": "none"},
        "accessories": worn or {},
        "seed": number,
    }
    return SceneSpec.model_validate(spec)


def person(number: int, expression: str, worn: Asked | None = None) -> Scene:
    """Return a draw of `spec_of`."""
    return sample_scene(spec_of(number, expression, worn), 0)


def gap_mm(tree: KDTree, normals: np.ndarray, points: np.ndarray) -> float:
    """Return how far the nearest of some points (n, 3) is from a surface with normals (m, 3); 0 if it touches."""
    away, nearest = tree.query(points)
    near = away < 0.02
    out = ((points - tree.data[nearest]) * normals[nearest]).sum(1)
    return float(max(out[near].min(initial=0.02), 0) * 1e3)


class Skin:
    """The skin of one head, to measure against."""

    def __init__(self, geometry: SceneGeometry):
        """Build rays and trees."""
        surface = skin_surface()
        firm = surface.triangles[surface.outer]
        used = np.unique(firm)
        self.rays, self.tree = RayScene(geometry.skin, firm), KDTree(geometry.skin[used])
        self.normals = surface.normals(geometry.skin)[used]

    def gap_mm(self, points: np.ndarray) -> float:
        """Return how far the nearest of some points (n, 3) is from the skin; 0 if it touches."""
        return gap_mm(self.tree, self.normals, points)

    def depth_mm(self, points: np.ndarray) -> float:
        """Return how deep the deepest of some points (n, 3) lies in the skin: at most as far as the nearest vertex is.

        A ray may leave through lids or lips that are open, and then goes far.
        """
        near = points[self.tree.query(points)[0] < 0.02]
        inside = near[self.rays.depth_inside(near) > 0] if len(near) else near
        if not len(inside):
            return 0.0
        away, nearest = self.tree.query(inside)
        return float(np.minimum(self.rays.first_hit(inside, self.normals[nearest])[1], away).max() * 1e3)


def of_goggles(meshes: tuple[Mesh, ...], fit: Fit, skin: Skin) -> dict[str, float]:
    """Return what is limited, of goggles: they have no tips and do not touch the ears."""
    frame, *lenses = meshes
    glass = np.concatenate([lens.vertices for lens in lenses])
    return {
        "depth mm": skin.depth_mm(frame.vertices),
        "tips mm": 0.0,
        "lens mm": skin.depth_mm(glass),
        "near mm": -float(KDTree(glass).query(fit.to_world(fit.corneas))[0].min() * 1e3),
        "nose gap mm": skin.gap_mm(frame.vertices),
        "ear gap mm": 0.0,
    }


def of_glasses(meshes: tuple[Mesh, ...], fit: Fit, skin: Skin) -> dict[str, float]:
    """Return what is limited, of one pair of glasses or goggles on one head."""
    frame, *lenses = meshes
    if frame.instance != "glasses":
        return of_goggles(meshes, fit, skin)
    places = apply(invert(fit.world_from_fit), frame.vertices) * 1e3
    corneas = fit.to_world(fit.corneas)
    grooves = [fit.ear_groove(side)[0] for side in SIDES]
    tips = places[:, 1] > min(groove[1] for groove in grooves) - 3
    return {
        "depth mm": skin.depth_mm(frame.vertices[~tips]),
        "tips mm": skin.depth_mm(frame.vertices[tips]),
        "lens mm": max(skin.depth_mm(lens.vertices) for lens in lenses),
        "near mm": -min(
            float(np.linalg.norm(lens.vertices - cornea, axis=1).min() * 1e3)
            for lens, cornea in zip(lenses, corneas, strict=True)
        ),
        "nose gap mm": max(
            skin.gap_mm(frame.vertices[_between(places[:, 0] * sign, 2, 20)]) for sign in SIDES.values()
        ),
        "ear gap mm": max(float(np.linalg.norm(places - groove, axis=1).min()) for groove in grooves),
    }


def of_masks(meshes: tuple[Mesh, ...], fit: Fit, skin: Skin) -> dict[str, float]:
    """Return what is limited, of one mask: mask and what holds it touch the head, or clothes where it hangs on them."""
    points = [mesh.vertices for mesh in meshes if not mesh.name.endswith("visor")]
    clothes = [(KDTree(mesh.vertices), mesh.shading_normals()) for mesh in fit.worn]
    gaps = [min(skin.gap_mm(part), *(gap_mm(*cloth, part) for cloth in clothes), np.inf) for part in points]
    return {"depth mm": skin.depth_mm(np.concatenate(points)), "rest mm": max(gaps)}


def of_audio(meshes: tuple[Mesh, ...], fit: Fit, skin: Skin) -> dict[str, float]:
    """Return what is limited, of headphones or earbuds: pads or buds touch the ears or the head about them."""
    (mesh,) = meshes
    soft = mesh.rows_of("_tip")
    points, near = fit.from_world(mesh.vertices), np.zeros(len(mesh.vertices), bool)
    near[mesh.rows_of("_pad")] = near[mesh.rows_of("_shell")] = True
    sides = [near & (points[:, 0] * sign > 30) for sign in SIDES.values()]
    hard = np.setdiff1d(np.arange(len(points)), soft)
    return {
        "depth mm": skin.depth_mm(mesh.vertices[hard]),
        "soft mm": skin.depth_mm(mesh.vertices[soft]) if len(soft) else 0.0,
        "rest mm": max(skin.gap_mm(mesh.vertices[side]) for side in sides if side.any()),
    }


def of_earrings(meshes: tuple[Mesh, ...], fit: Fit, skin: Skin) -> dict[str, float]:
    """Return what is limited, of one or two earrings."""
    found: dict[str, float] = {"depth mm": 0.0, "rest mm": 0.0}
    for mesh in meshes:
        side = mesh.name.rsplit("_", 1)[1]
        far = np.linalg.norm(fit.from_world(mesh.vertices) - fit.spot("lobe", side)[0], axis=1) > IN_LOBE_MM
        found["depth mm"] = max(found["depth mm"], skin.depth_mm(mesh.vertices[far]) if far.any() else 0.0)
        found["rest mm"] = max(found["rest mm"], skin.gap_mm(mesh.vertices))
    return found


def of_piercings(meshes: tuple[Mesh, ...], fit: Fit, skin: Skin) -> dict[str, float]:
    """Return what is limited, of jewellery that goes through skin."""
    return {"rest mm": skin.gap_mm(np.concatenate([mesh.vertices for mesh in meshes]))}


def of_necklaces(meshes: tuple[Mesh, ...], fit: Fit, skin: Skin) -> dict[str, float]:
    """Return what is limited, of one necklace: it lies on the neck, or on clothes straight below it."""
    points = np.concatenate([mesh.vertices for mesh in meshes])
    on_cloth = np.inf
    for cloth in fit.worn:
        fall = np.broadcast_to([0, 0, -1.0], points.shape)
        on_cloth = min(on_cloth, float(RayScene(cloth.vertices, cloth.triangles).first_hit(points, fall)[1].min()))
    return {"depth mm": skin.depth_mm(points), "rest mm": min(skin.gap_mm(points), on_cloth * 1e3)}


MEASURES: dict[str, Callable[[tuple[Mesh, ...], Fit, Skin], dict[str, float]]] = {
    "glasses": of_glasses,
    "mask": of_masks,
    "audio": of_audio,
    "earrings": of_earrings,
    "nose": of_piercings,
    "piercing": of_piercings,
    "necklace": of_necklaces,
}


def _between(values: np.ndarray, low: float, high: float) -> np.ndarray:
    return (values > low) & (values < high)


def fit_of(geometry: SceneGeometry) -> Fit:
    """Return the head of a person to put things on, in their clothes alone, with the hair that no hat has pressed."""
    turned = rigid(geometry.world_from_head[:3, :3] @ WORLD_FROM_HEAD_AXES.T, np.zeros(3))
    normals = skin_surface().normals(geometry.skin)
    strands = geometry.bare_strands or geometry.strands
    clothes = [mesh for mesh in geometry.meshes if mesh.instance not in ("person", "trousers", *geometry.accessories)]
    return fit_head(geometry.skin, normals, turned, geometry.eyes, strands, clothes)


def fitted(scene: Scene) -> tuple[Fit, Skin]:
    """Return the head of a person to put things on and its skin."""
    geometry = assemble(scene, skin_map_size=64)
    return fit_of(geometry), Skin(geometry)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("places", nargs="*", metavar="PLACE", help=f"of {', '.join(MEASURES)}; all unless given")
    parser.add_argument("-n", type=int, default=50, help="people")
    parser.add_argument("--first", type=int, default=0, help="number of the first")
    parser.add_argument("--sheet", type=Path, help="render the worst case of each item to this picture")
    parser.add_argument("--size", type=int, default=256, help="of a picture, pixels")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    if unknown := set(options.places) - set(MEASURES):
        parser.error(f"{', '.join(sorted(unknown))} is no place; allowed: {', '.join(MEASURES)}")
    rows: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for number in range(options.first, options.first + options.n):
        wanted = list(requests(options.places or list(MEASURES)))
        drawn = {name: person(number, "neutral", {place: asked}) for name, place, asked in wanted}
        bare = {expression: fitted(person(number, expression)) for expression in EXPRESSIONS}
        for name, place, _ in wanted:
            item = getattr(drawn[name].accessories, place)
            if item.kind == "none":  # it gave way to a garment
                continue
            heads = bare
            if moved_targets(Accessories(**{place: item})):
                expression = EXPRESSIONS[number % len(EXPRESSIONS)]
                scene = person(number, expression)
                heads = {expression: fitted(scene.model_copy(update={"accessories": drawn[name].accessories}))}
            for expression, (fit, skin) in heads.items():
                started = time.process_time()
                meshes = KINDS[item.kind].build(item, replace(fit)).meshes
                spent = time.process_time() - started
                faces = float(sum(len(mesh.triangles) for mesh in meshes))
                measured = MEASURES[place](meshes, fit, skin)
                rows[place, name].append((number, expression, {**measured, "faces": faces, "cpu s": spent}))
    failures = report(rows)
    if options.sheet:
        worn = {name: {place: asked} for name, place, asked in requests(options.places or list(MEASURES))}
        pictured = [pictured_case(place, name, worn[name], found) for (place, name), found in rows.items()]
        draw(pictured, options.sheet, options.size, options.threads)
    if failures:
        raise SystemExit("\n".join(failures))


def pictured_case(place: str, name: str, worn: Asked, found: Sequence[Case]) -> tuple[str, SceneSpec]:
    """Return what is written on the picture of an item's worst case, and who wears it."""
    limits = {measure: limit for measure, limit in LIMITS[place].items() if limit > 0}
    number, expression, values = max(found, key=lambda row: max(row[2][m] / limit for m, limit in limits.items()))
    told = ", ".join(f"{measure} {values[measure]:.2f}" for measure in limits)
    return f"{name}, {number}, {expression}\n{told}", spec_of(number, expression, worn)


def report(rows: dict[tuple[str, str], list[Case]]) -> list[str]:
    """Print the worst case of everything, and return what is beyond its limit."""
    failures, last = [], ""
    for (place, name), found in rows.items():
        if place != last:
            print(
                f"\n{place:20}" + "".join(f"{measure:>25}" for measure in LIMITS[place]) + f"{'faces':>8}{'cpu s':>7}"
            )
            last = place
        line = f"{name:20}"
        for measure, limit in LIMITS[place].items():
            number, expression, values = max(found, key=lambda row: row[2][measure])
            line += f"{values[measure]:8.2f} ({f'{number} {expression}':>14})"
            if values[measure] > limit:
                failures.append(f"{name}: {measure} {values[measure]:.2f}, limit {limit} ({number} {expression})")
        faces = max(values["faces"] for *_, values in found)
        spent = float(np.median([values["cpu s"] for *_, values in found]))
        print(f"{line}{faces:8.0f}{spent:7.3f}", flush=True)
        if faces > MOST_FACES or spent > MOST_CPU_S:
            failures.append(f"{name}: {faces:.0f} faces, {spent:.2f} CPU-s")
    return failures


if __name__ == "__main__":
    main()
