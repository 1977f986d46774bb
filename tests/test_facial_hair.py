import numpy as np
import pytest
from scipy.spatial import KDTree

from synthgen.assemble import assemble
from synthgen.hair import names_face
from synthgen.hair.beard_styles import BEARDS, WEIGHTS
from synthgen.hair.brows import BrowsSpec
from synthgen.hair.color import HairColorSpec
from synthgen.hair.facial_hair import FacialHairSpec, sample_facial_hair
from synthgen.head.beard import ZONES, beard_area, beard_zones
from synthgen.head.skin import skin_surface
from synthgen.parts import Part
from synthgen.rays import RayScene
from synthgen.rng import identity_key
from synthgen.scene import sample_scene
from synthgen.spec import SceneSpec

WORN = [name for name, style in BEARDS.items() if style is not None]
HAIRY = (Part.BEARD, Part.MOUSTACHE)


def man(number=29, **fields):
    base = {"identity": {"ids": [number]}, "expression": {"name": "neutral"}, "gaze": {"kind": "angles"}}
    base |= {"hair": {"style": "bald"}, "rigs": [{"kind": "head_orbit", "cameras": [{"width_px": 64}]}]}
    return assemble(sample_scene(SceneSpec.model_validate({**base, **fields}), 0), skin_map_size=256)


def strands(geometry):
    return {s.part: s.points for s in geometry.strands if s.part in HAIRY}


def off_skin(geometry, points):
    """Return the distance of points from the planes of the nearest triangles that they lie over, and those' parts."""
    surface = skin_surface()
    corners = geometry.skin[surface.triangles]
    near = np.asarray(KDTree(corners.mean(1)).query(points, k=64)[1])
    a, b, c = (corners[near, k] for k in range(3))
    normal = np.cross(b - a, c - a)
    size = np.maximum((normal**2).sum(-1), 1e-30)
    away = points[:, None] - a
    v = (np.cross(away, c - a) * normal).sum(-1) / size
    w = (np.cross(b - a, away) * normal).sum(-1) / size
    over = (v > -0.02) & (w > -0.02) & (v + w < 1.02)
    gap = np.where(over, np.abs((away * normal).sum(-1)) / np.sqrt(size), np.inf)
    best = gap.argmin(1)
    rows = np.arange(len(points))
    return gap[rows, best], surface.part[near[rows, best]]


@pytest.mark.parametrize("style", WORN)
def test_facial_hair_is_rooted_in_the_skin_beside_the_lips_and_stays_out_of_the_head(style):
    geometry = man(facial_hair={"style": style}, expression={"units": {"jawOpen": 0.5}})
    found = strands(geometry)
    every = np.concatenate([points[:, 0] for points in found.values()])
    gap, part = off_skin(geometry, every)
    assert gap.max() < 2e-4
    assert np.isin(part, [Part.LIP_UPPER, Part.LIP_LOWER, Part.NOSTRILS]).mean() < 0.003  # on the border itself
    cut = BEARDS[style]
    assert cut is not None
    assert (Part.MOUSTACHE in found) == (cut.lip > 0)
    assert (Part.BEARD in found) == any(cut.lengths_mm[1:])
    surface = skin_surface()
    head = RayScene(geometry.skin, surface.triangles[surface.outer])
    points = np.concatenate([points[::3, 1:].reshape(-1, 3) for points in found.values()])
    away = points - geometry.head_centre
    hit, distance = head.first_hit(geometry.head_centre, away)
    inside = (hit >= 0) & (np.linalg.norm(away, axis=1) < distance - 0.001)
    assert inside.mean() < 0.003


def test_beards_follow_the_jaw_without_sliding():
    calm, wide = (man(facial_hair={"style": "short_beard"}, expression={"units": u}) for u in ({}, {"jawOpen": 0.9}))
    still, moved = (np.concatenate([p[:, 0] for p in strands(g).values()]) for g in (calm, wide))
    near = KDTree(calm.skin).query(still)[1]
    assert np.abs((moved - still) - (wide.skin - calm.skin)[near]).max() < 0.003
    chin = still[:, 2] < np.percentile(still[:, 2], 20)
    assert np.median((still - moved)[chin, 2]) > 0.008


def test_hair_grows_only_where_a_shaved_beard_shadows_the_skin():
    geometry = man(facial_hair={"style": "stubble", "neatness": 0})
    every = np.concatenate([points[:, 0] for points in strands(geometry).values()])
    rest = skin_surface().rest_mm[KDTree(geometry.skin).query(every)[1]]
    assert np.percentile(beard_area(rest), 1) > 0.03


def test_zones_share_every_place_between_them():
    rest = skin_surface().rest_mm[::40]
    zones = beard_zones(rest)
    assert zones.shape == (len(rest), len(ZONES)) and np.allclose(zones.sum(1), 1, atol=1e-5)
    places = {"lip": (8, -156, 676), "soul": (0, -150, 645), "chin": (0, -149, 632), "cheek": (50, -112, 668)}
    for name, place in places.items():
        assert ZONES[beard_zones(np.array([place], float))[0].argmax()] == name


def test_waxed_ends_stand_free_and_curl_up():
    def tips(style):
        points = strands(man(facial_hair={"style": style, "length": 1}))[Part.MOUSTACHE]
        wide = np.abs(points[:, -1, 0] - points[:, 0, 0].mean())
        return points[wide > np.percentile(wide, 90)]

    straight, curled = tips("english"), tips("handlebar")
    assert np.abs(straight[:, -1, 0]).min() > 0.045
    assert (
        np.median(curled[:, -1, 2] - curled[:, :, 2].min(1))
        > 0.006
        > np.median(straight[:, -1, 2] - straight[:, :, 2].min(1))
    )


def test_pointed_beards_end_narrow_and_garibaldis_wide():
    def width(style):
        points = strands(man(facial_hair={"style": style, "length": 1}))[Part.BEARD]
        low = points[..., 2] < np.percentile(points[..., 2], 6)
        return points[..., 0][low].std()

    assert width("ducktail") < 0.5 * width("garibaldi")


def test_the_neat_have_sharp_lines_and_the_patchy_have_holes():
    def root_lines(neatness):
        points = strands(man(facial_hair={"style": "full_short", "neatness": neatness}))[Part.BEARD]
        return points[:, 0, 2].min()

    assert root_lines(1.0) > root_lines(0.0) + 0.004

    def count(**how):
        geometry = man(facial_hair={"style": "stubble", "density": 1, "gap": 0, "cheeks": 1, **how})
        return sum(map(len, strands(geometry).values()))

    assert count(patches=0.9) < 0.9 * count(patches=0)


def test_only_men_are_drawn_with_beards():
    ancestry = {"african": 0.2, "asian": 0.2, "caucasian": 0.6}
    drawn = {
        sex: [
            sample_facial_hair(FacialHairSpec(), sex, ancestry, identity_key(n).child("facial_hair")).style
            for n in range(1200)
        ]
        for sex in ("male", "female")
    }
    assert set(drawn["female"]) == {"none"} and len(set(drawn["male"])) > 20
    assert 0.4 < drawn["male"].count("none") / 1200 < 0.55
    assert set(WEIGHTS) == set(BEARDS)


def test_growth_fits_ancestry():
    def mean(name, **shares):
        ancestry = {"african": 0.0, "asian": 0.0, "caucasian": 0.0, **shares}
        keys = [identity_key(n).child("facial_hair") for n in range(100)]
        return np.mean([getattr(sample_facial_hair(FacialHairSpec(), "male", ancestry, k), name) for k in keys])

    assert mean("cheeks", asian=1.0) < mean("cheeks", caucasian=1.0) - 0.2
    assert mean("curl", african=1.0) > mean("curl", caucasian=1.0) + 0.3


def test_names_of_the_closed_service_map_onto_ours():
    counts = (len(names_face.FACIAL_HAIR), len(names_face.BROWS), len(names_face.HAIR_COLORS))
    assert counts == (9, 52, 20)
    families = {"broad": 6, "curve": 2, "high": 4, "highArch": 6, "narrow": 2, "point": 4, "short": 2, "straight": 6}
    families |= {"thick": 4, "thin": 6, "thinStraight": 2, "unibrow": 4, "wide": 4}
    assert set(names_face.BROWS) == {f"{name}_{n:02d}" for name, top in families.items() for n in range(1, top + 1)}
    for table, spec in (("FACIAL_HAIR", FacialHairSpec), ("BROWS", BrowsSpec), ("HAIR_COLORS", HairColorSpec)):
        for fields in getattr(names_face, table).values():
            spec.model_validate(fields)
    different = [str(sorted(fields.items())) for fields in names_face.BROWS.values()]
    assert len(set(different)) == 52
