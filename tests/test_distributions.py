import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from synthgen.distributions import (
    Choice,
    Name,
    Normal,
    Number,
    TruncatedNormal,
    Uniform,
    draw_given,
    draw_name,
    draw_number,
    draw_numbers,
    support,
)
from synthgen.groups import Grouped, choose
from synthgen.head.dentition import TeethSpec
from synthgen.head.pose import HeadPoseSpec
from synthgen.rng import Key

number = TypeAdapter(Number)
name = TypeAdapter(Name)
grouped = TypeAdapter(Grouped[HeadPoseSpec])


def draws(value, count=4000):
    return np.array([draw_number(value, Key(f"{i}")) for i in range(count)])


def test_a_bare_number_is_a_constant():
    assert draw_number(number.validate_python(3), Key("x")) == 3.0


def test_a_uniform_covers_its_range_evenly():
    found = draws(Uniform(low=-2, high=4))
    assert -2 <= found.min() < -1.98 and 3.98 < found.max() <= 4
    assert found.mean() == pytest.approx(1, abs=0.1) and found.std() == pytest.approx(6 / 12**0.5, abs=0.05)


def test_a_normal_has_its_mean_and_spread():
    found = draws(Normal(mean=5, sd=2))
    assert found.mean() == pytest.approx(5, abs=0.12) and found.std() == pytest.approx(2, abs=0.08)


@given(st.floats(-3, 3), st.floats(0.1, 5), st.floats(-8, 8), st.floats(0, 5), st.integers(0, 10_000))
def test_a_truncated_normal_stays_inside_its_bounds(mean, sd, low, width, index):
    value = TruncatedNormal(mean=mean, sd=sd, low=low, high=low + width)
    assert low <= draw_number(value, Key(f"{index}")) <= low + width


def test_a_truncated_normal_far_from_its_mean_still_varies():
    found = draws(TruncatedNormal(mean=0, sd=1, low=6, high=8), 200)
    assert found.std() > 0.05 and found.min() >= 6


def test_a_choice_follows_its_weights():
    found = draws(Choice(values=(1, 2, 3), weights=(1, 0, 3)))
    assert set(found) == {1.0, 3.0}
    assert (found == 3).mean() == pytest.approx(0.75, abs=0.03)


def test_names_are_drawn_by_weight_too():
    value = name.validate_python({"kind": "choice", "values": ["a", "b"], "weights": [9, 1]})
    found = [draw_name(value, Key(f"{i}")) for i in range(2000)]
    assert found.count("a") / 2000 == pytest.approx(0.9, abs=0.03)


def test_what_a_spec_leaves_open_is_as_usual_and_the_rest_as_asked():
    spec, key = TeethSpec(wear=0.7, size=0.9), Key("teeth")
    usual = {"wear": 0.2, "yellowness": 0.4, "recession_mm": Uniform(low=1, high=2)}
    drawn = draw_given(spec, usual, key)
    assert (drawn["wear"], drawn["yellowness"]) == (0.7, 0.4)
    assert drawn["recession_mm"] == draw_number(usual["recession_mm"], key.child("recession_mm"))
    assert draw_numbers(spec, ["size"], key, 1) == {"size": 0.9}


def test_narrowing_a_range_moves_a_draw_in_order():
    keys = [Key(f"{i}") for i in range(50)]
    wide = [draw_number(Uniform(low=0, high=10), key) for key in keys]
    narrow = [draw_number(Uniform(low=4, high=5), key) for key in keys]
    assert np.argsort(wide).tolist() == np.argsort(narrow).tolist()


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"kind": "unifrm", "low": 0, "high": 1}, "did you mean 'uniform'"),
        ({"low": 0, "high": 1}, "needs a kind"),
        ({"kind": "uniform", "low": 2, "high": 1}, "low (2.0) is above high (1.0)"),
        ({"kind": "choice", "values": [1, 2], "weights": [1]}, "1 weights for 2 values"),
        ({"kind": "choice", "values": [1, 2], "weights": [0, 0]}, "all weights are 0"),
        ("ten", "valid number"),
        (True, "valid number"),
        (float("nan"), "finite"),
    ],
)
def test_a_range_that_cannot_be_is_refused(value, says):
    with pytest.raises(ValidationError) as caught:
        number.validate_python(value)
    assert says in str(caught.value)


def test_the_support_of_a_range_is_known():
    assert support(Uniform(low=1, high=2)) == (1, 2)
    assert support(Choice(values=(3, 1))) == (1, 3)
    assert support(Normal(mean=0, sd=1)) == (-np.inf, np.inf)


GROUPS = [
    {"percent": 80, "yaw_deg": 1},
    {"percent": 20, "groups": [{"percent": 25, "yaw_deg": 2}, {"percent": 75, "yaw_deg": 3}]},
]


def test_percent_groups_hold_on_average_and_nest():
    value = grouped.validate_python(GROUPS)
    found = [choose(value, Key(f"{i}")).yaw_deg for i in range(4000)]
    shares = [found.count(yaw) / 4000 for yaw in (1, 2, 3)]
    assert shares == pytest.approx([0.8, 0.05, 0.15], abs=0.02)


def test_groups_are_written_as_they_are_read():
    value = grouped.validate_python(GROUPS)
    assert grouped.validate_python(grouped.dump_python(value, mode="json")) == value


def test_a_value_without_groups_is_itself():
    value = grouped.validate_python({"yaw_deg": 7})
    assert choose(value, Key("x")).yaw_deg == 7


@pytest.mark.parametrize(
    ("groups", "says"),
    [
        ([{"percent": 50, "yaw_deg": 1}, {"percent": 40}], "sum to 90; allowed: exactly 100"),
        ([{"percent": 100, "groups": [{"percent": 30}]}], "sum to 30"),
        ([{"yaw_deg": 1}], "percent"),
        ([{"percent": 0}, {"percent": 100}], "greater than 0"),
        ([{"percent": 100, "yaw": 1}], "did you mean 'yaw_deg'"),
        ([{"percent": 100, "yaw_deg": 1, "groups": []}], "either fields or groups"),
        ([7], "a group needs fields"),
    ],
)
def test_groups_that_cannot_be_are_refused(groups, says):
    with pytest.raises(ValidationError) as caught:
        grouped.validate_python(groups)
    assert says in str(caught.value)
