"""Hair as ribbons: where the strands are, facing the camera, in the colour of the hair."""

import numpy as np
import pytest
from scipy.spatial import KDTree

from synthgen.hair.color import HairColor, fibre
from synthgen.parts import Part
from synthgen.ribbons import WIDEST_M, fibre_colors, ribbon_meshes
from tests.test_hair import person


@pytest.fixture(scope="module")
def bearded():
    return person(29, hair={"style": "crop"}, facial_hair={"style": "goatee"}, hair_color={"color": "red", "grey": 0})


def test_every_kind_of_hair_becomes_ribbons_where_its_strands_are(bearded):
    meshes = ribbon_meshes(bearded, bearded.cameras[0])
    for part in (Part.HAIR, Part.BEARD, Part.BROW_LEFT, Part.LASHES_RIGHT):
        drawn = np.concatenate([mesh.vertices for mesh in meshes if (mesh.part == part).all()])
        grown = np.concatenate([strands.points.reshape(-1, 3) for strands in bearded.strands if strands.part == part])
        assert KDTree(grown).query(drawn)[0].max() <= WIDEST_M + 1e-6


def test_ribbons_face_the_camera(bearded):
    camera = bearded.cameras[0]
    for mesh in ribbon_meshes(bearded, camera):
        one, other = mesh.vertices[::2], mesh.vertices[1::2]
        view = camera.centre_world - (one + other) / 2
        width, away = np.linalg.norm(other - one, axis=1), np.linalg.norm(view, axis=1)
        assert (np.abs(((other - one) * view).sum(1)) < 1e-3 * width * away).all()


def test_hair_is_as_dark_as_its_melanin_and_as_coloured_as_its_dye():
    def color(melanin, **more):
        hair = HairColor(color="brown", melanin=melanin, pheomelanin=0.2, grey=0.0, **more)
        return fibre_colors(fibre(hair, dyed=True), np.array([melanin]))[0]

    blond, brown, black = (color(melanin).mean() for melanin in (0.24, 1.2, 4.2))
    assert blond > 0.05 > brown > black
    assert color(0.24)[0] > color(0.24)[2]
    assert color(1.2, dye="blue").argmax() == 2 and color(1.2, dye="red").argmax() == 0
