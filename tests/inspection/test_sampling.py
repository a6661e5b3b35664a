"""Strata, proportional shares and lots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangwen.inspection.sampling import (
    Candidate,
    allocate,
    draw,
    population_of,
    second_turns,
    shares,
)
from chuangwen.kit.errors import Invalid

MARKETS = [Candidate(f"m{n}", f"07-{n:03}", "农贸市场") for n in range(60)]
STREETS = [Candidate(f"s{n}", f"04-{n:03}", "主次干道") for n in range(30)]
ALL = [*MARKETS, *STREETS]
POPULATIONS = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 500), min_size=1)


def test_shares_are_proportional_by_the_largest_remainder():
    assert allocate({"甲": 41, "乙": 34, "丙": 25}, 10) == {"甲": 4, "乙": 3, "丙": 3}


def test_equal_remainders_go_by_name():
    assert allocate({"b": 1, "a": 1}, 1) == {"a": 1, "b": 0}


def test_a_small_stratum_keeps_its_least_number_and_the_rest_is_divided():
    assert allocate({"大": 900, "中": 90, "小": 10}, 20, least=2) == {"大": 16, "中": 2, "小": 2}


def test_a_stratum_smaller_than_the_least_number_gives_all_it_has():
    assert allocate({"大": 50, "小": 1}, 10, least=3)["小"] == 1


@given(POPULATIONS, st.data())
def test_all_is_given_and_no_stratum_gives_more_than_it_has(populations, data):
    whole = sum(populations.values())
    least = data.draw(st.integers(0, 5))
    floor = sum(min(least, number) for number in populations.values())
    size = data.draw(st.integers(floor, whole))
    given_ = allocate(populations, size, least=least)
    assert sum(given_.values()) == size
    for name, number in populations.items():
        assert min(least, number) <= given_[name] <= number


@given(POPULATIONS, st.data())
def test_without_a_least_number_no_share_is_a_whole_site_off(populations, data):
    whole = sum(populations.values())
    size = data.draw(st.integers(0, whole))
    for name, number in allocate(populations, size).items():
        assert abs(number - populations[name] * size / whole) < 1


@pytest.mark.parametrize("size, least, field", [(101, 0, "size"), (3, 2, "least")])
def test_what_cannot_be_is_refused_naming_the_field(size, least, field):
    with pytest.raises(Invalid) as refusal:
        allocate({"甲": 60, "乙": 40}, size, least=least)
    assert refusal.value.field == field


def test_the_same_seed_draws_the_same_sites_whatever_the_order_of_the_register():
    wanted = {"农贸市场": 6, "主次干道": 3}
    drawn = draw(ALL, wanted, "2021-09")
    assert drawn == draw(reversed(ALL), wanted, "2021-09")
    assert len(drawn) == 9
    assert sum(key.startswith("m") for key in drawn) == 6
    assert draw(ALL, wanted, "2021-10") != drawn


def test_the_lots_are_those_that_were_drawn_before():
    """Whoever changes the lot makes every earlier draw impossible to repeat."""
    assert draw(ALL, {"农贸市场": 3}, "种子") == ["m8", "m17", "m46"]


def test_a_site_added_to_another_stratum_moves_no_lot():
    wanted = {"农贸市场": 6, "主次干道": 3}
    more = [*ALL, Candidate("x", "99-001", "公园")]
    assert draw(more, wanted, "2021-09") == draw(ALL, wanted, "2021-09")


def test_every_site_is_drawn_about_equally_often():
    counts = dict.fromkeys((one.key for one in STREETS), 0)
    for seed in range(400):
        for key in draw(STREETS, {"主次干道": 10}, str(seed)):
            counts[key] += 1
    assert all(90 < count < 180 for count in counts.values())  # 133 expected


def test_second_turns_are_rounded_up_and_by_other_lots():
    seconds = second_turns(STREETS, 10, "2021-09")
    assert len(seconds) == 3
    assert len(second_turns(STREETS, 1, "2021-09")) == 1
    assert second_turns(STREETS, 0, "2021-09") == []
    assert seconds != draw(STREETS, {"主次干道": 3}, "2021-09")


def test_strata_are_told_by_name_with_their_numbers():
    assert population_of(ALL) == {"农贸市场": 60, "主次干道": 30}
    told = shares(ALL, {"农贸市场": 6})
    assert [(one.stratum, one.population, one.wanted) for one in told] == [
        ("主次干道", 30, 0),
        ("农贸市场", 60, 6),
    ]
