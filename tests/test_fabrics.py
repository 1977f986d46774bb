"""Cloth: tiles that repeat, colours that belong to the pattern, the near infrared apart from the visible."""

import numpy as np
import pytest

from synthgen.color import luminance
from synthgen.errors import SynthgenError
from synthgen.fabrics import Fabric, FabricSpec, fabric_material, sample_fabric
from synthgen.fabrics.patterns import PATTERNS
from synthgen.fabrics.weaves import WEAVES, weave_tile
from synthgen.materials import FABRIC_COLORS, Tile
from synthgen.rng import Key

LIMIT = 3.0


def drawn(seed: int = 0, **fields) -> Fabric:
    return sample_fabric(FabricSpec.model_validate(fields), Key(f"test/{seed}"))


def seam_roughness(values: np.ndarray) -> float:
    """Return how much the steps over the edges of a tile exceed those inside it."""
    found = []
    for axis in (0, 1):
        steps = np.abs(np.diff(values.astype(float), axis=axis)).mean(1 - axis)
        over = np.abs(np.take(values, 0, axis).astype(float) - np.take(values, -1, axis)).mean()
        found.append(over / max(steps.max(), 1e-9))
    return max(found)


@pytest.mark.parametrize("name", WEAVES)
def test_a_weave_repeats_without_a_seam(name):
    tile = weave_tile(name)
    assert all(seam_roughness(tile.values[..., k]) <= 1.2 for k in range(3)), name
    assert tile.values[..., 0].std() > 20


@pytest.mark.parametrize("name", [name for name, pattern in PATTERNS.items() if pattern and not pattern.once])
def test_a_pattern_repeats_without_a_seam(name):
    pattern = PATTERNS[name]
    assert pattern is not None
    for seed in range(3):
        tile = pattern.tile(1.0, seed)
        assert tile.values.any()
        assert all(seam_roughness(tile.values[..., k]) <= 1.2 for k in range(3))


def test_a_seed_gives_the_same_cloth_and_another_seed_another():
    def tile(seed: int) -> Tile:
        found = fabric_material(drawn(seed, pattern="flowers")).pattern
        assert found is not None
        return found

    assert drawn(5, pattern="all") == drawn(5, pattern="all")
    assert np.array_equal(tile(1).values, tile(1).values)
    assert not np.array_equal(tile(1).values, tile(2).values)


def test_scale_changes_the_size_and_nothing_else():
    one, two = (fabric_material(drawn(3, pattern="tartan", scale=scale)).pattern for scale in (1, 2))
    assert one is not None
    assert two is not None
    assert two.width_mm == 2 * one.width_mm
    assert np.array_equal(one.values, two.values)


def test_no_colour_of_a_pattern_is_there_twice():
    for seed in range(60):
        assert len(set(drawn(seed, pattern="all", color="all").colors)) in (1, 4)


def test_albedo_in_the_infrared_is_drawn_apart_from_the_colour():
    by_color = {color: [drawn(seed, color=color).nir for seed in range(9)] for color in FABRIC_COLORS}
    assert len({tuple(values) for values in by_color.values()}) == 1


def test_a_pattern_of_clear_dyes_vanishes_in_the_infrared():
    gone = drawn(4, pattern="tartan", nir_contrast=0)
    left = drawn(4, pattern="tartan", nir_contrast=1)
    assert len(set(gone.nir)) == 1
    assert len(set(left.nir)) == 4


def test_an_unknown_weave_is_named():
    with pytest.raises((SynthgenError, ValueError), match=r"jersy.*did you mean 'jersey'"):
        FabricSpec.model_validate({"weave": "jersy"})


def test_a_logo_stands_out_from_its_ground():
    cloths = [sample_fabric(FabricSpec(pattern="logo"), Key("logo").child(n)) for n in range(40)]
    for cloth in cloths:
        bright = [float(luminance(FABRIC_COLORS[name])) + 0.05 for name in cloth.colors[:2]]
        assert max(bright) / min(bright) > 2.5, cloth.colors
    assert len({cloth.colors[1] for cloth in cloths}) > 3
    assert sample_fabric(FabricSpec(pattern="logo", color="navy", accents="black"), Key("logo")).colors[1] == "black"
