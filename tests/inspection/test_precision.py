"""Sample sizes and intervals, against values of the literature."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangwen.inspection.precision import (
    WantedPrecision,
    sample_size,
    sizes_by_stratum,
    wilson,
)
from chuangwen.kit.errors import Invalid

FIVE = WantedPrecision()


@pytest.mark.parametrize(
    "population, size", [(10**9, 385), (1_000, 278), (100, 80), (1, 1), (0, 0)]
)
def test_the_known_sizes_for_five_points_at_95_percent(population, size):
    assert sample_size(population, FIVE) == size


def test_a_size_by_stratum_asks_for_more_than_one_for_the_whole():
    by_stratum = sizes_by_stratum({"甲": 500, "乙": 500}, FIVE)
    assert by_stratum == {"甲": 218, "乙": 218}
    assert sum(by_stratum.values()) > sample_size(1_000, FIVE)


def test_an_expected_share_far_from_half_needs_fewer():
    assert sample_size(10**9, WantedPrecision(expected=90)) == 139


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"margin": 0}, "margin"),
        ({"margin": 50}, "margin"),
        ({"confidence": 80}, "confidence"),
        ({"expected": 0}, "expected"),
    ],
)
def test_what_has_no_answer_is_refused(wrong, field):
    with pytest.raises(Invalid) as refusal:
        WantedPrecision(**wrong)
    assert refusal.value.field == field


def test_wilson_in_an_endless_population():
    """Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662."""
    interval = wilson(81, 263, 10**12)
    assert interval.low == pytest.approx(0.2553, abs=5e-5)
    assert interval.high == pytest.approx(0.3662, abs=5e-5)


def test_a_small_population_narrows_the_interval_and_a_full_count_closes_it():
    endless, half, full = (wilson(30, 40, number) for number in (10**9, 80, 40))
    assert half.high - half.low < (endless.high - endless.low) * 0.75
    assert (full.low, full.high) == (0.75, 0.75)


def test_nothing_tested_has_no_interval():
    assert wilson(0, 0, 50) is None


def test_none_passed_is_not_surely_none():
    interval = wilson(0, 10, 100)
    assert interval.low == 0
    assert 0.2 < interval.high < 0.35


@given(st.integers(1, 400), st.integers(0, 400), st.integers(0, 4000))
def test_the_interval_holds_the_share_and_stays_within_0_and_1(tested, passed, more):
    passed = min(passed, tested)
    interval = wilson(passed, tested, tested + more)
    assert 0 <= interval.low <= passed / tested + 1e-9
    assert passed / tested - 1e-9 <= interval.high <= 1
