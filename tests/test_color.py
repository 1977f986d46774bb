import numpy as np
import pytest

from synthgen.color import (
    D65_WHITE,
    MOST_GAIN,
    SHOULDER_START,
    XYZ_FROM_LINEAR_SRGB,
    adaptation,
    black_body_linear,
    individual_typology_angle,
    linear_to_lab,
    linear_to_srgb,
    luminance,
    scene_linear,
    srgb_to_linear,
    view_linear,
)


def test_the_srgb_curve_is_undone_by_its_inverse():
    x = np.linspace(0, 1, 501)
    assert srgb_to_linear(linear_to_srgb(x)) == pytest.approx(x, abs=1e-9)


def test_middle_grey_is_encoded_as_46_percent():
    assert linear_to_srgb(0.18) == pytest.approx(0.4613, abs=1e-3)


def test_the_view_keeps_shadows_and_middle_tones_as_they_are():
    x = np.linspace(0, SHOULDER_START, 50)
    assert view_linear(x) == pytest.approx(x)


def test_the_view_rolls_highlights_off_without_a_kink():
    s, h = SHOULDER_START, 1e-5
    assert (view_linear(s + h) - view_linear(s - h)) / (2 * h) == pytest.approx(1, abs=1e-3)
    assert view_linear(1e4) == pytest.approx(1, abs=1e-6)
    assert (np.diff(view_linear(np.linspace(0, 3, 300))) > 0).all()


def test_the_view_can_be_inverted():
    x = np.linspace(0, 3, 200)
    assert scene_linear(view_linear(x)) == pytest.approx(x, abs=1e-6)


def test_white_and_grey_are_neutral_in_lab():
    lab = linear_to_lab(np.array([[1, 1, 1], [0.2, 0.2, 0.2]]))
    assert lab[0] == pytest.approx([100, 0, 0], abs=1e-6)
    assert lab[1, 1:] == pytest.approx([0, 0], abs=1e-6)


def test_the_typology_angle_is_high_for_light_and_low_for_dark_skin():
    assert individual_typology_angle([70.0, 8, 15]) > 41 > individual_typology_angle([35.0, 12, 15]) + 80


def test_low_temperatures_are_orange_and_high_ones_blue():
    warm, day, cold = (black_body_linear(t) for t in (2700, 6504, 12000))
    assert warm[0] == 1 and warm[2] < 0.3
    assert day == pytest.approx([1, 1, 1], abs=0.06)
    assert cold[2] == 1 and cold[0] < 0.7


def test_a_white_that_is_adapted_to_is_grey_and_as_light_as_before():
    for white in ([1, 1, 1], [1, 0.6, 0.3], [0.4, 0.6, 1.0]):
        seen = adaptation(white) @ white
        assert seen == pytest.approx(np.full(3, float(luminance(np.array(white)))), rel=2e-3)


def test_adaptation_to_a_degree_keeps_some_of_the_tint():
    warm = np.array([1, 0.6, 0.3])
    ratios = [float(np.divide(*(adaptation(warm, degree) @ warm)[[0, 2]])) for degree in (0, 0.5, 1)]
    assert ratios[0] == pytest.approx(1 / 0.3) and ratios[0] > ratios[1] + 0.5 > ratios[2] + 1


def test_adaptation_takes_incandescent_light_to_daylight_as_published():
    """Bradford's matrix from CIE A to D65, Lindbloom, "Chromatic Adaptation"."""
    a_white = np.array([1.09850, 1.0, 0.35585])
    ours = XYZ_FROM_LINEAR_SRGB @ adaptation(np.linalg.inv(XYZ_FROM_LINEAR_SRGB) @ a_white)
    ours = ours @ np.linalg.inv(XYZ_FROM_LINEAR_SRGB)
    published = [
        [0.8446965, -0.1179225, 0.3948108],
        [-0.1366303, 1.1041226, 0.1291718],
        [0.0798489, -0.1348999, 3.1924009],
    ]
    assert ours == pytest.approx(np.array(published), abs=4e-3)
    assert ours @ a_white == pytest.approx(D65_WHITE, abs=1e-3)


def test_light_without_blue_gets_no_endless_gain():
    assert np.abs(adaptation([1.0, 0.0, 0.0])).max() < 3 * MOST_GAIN
