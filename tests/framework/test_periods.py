"""A period is written in many ways and stored in one."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangwen.framework.periods import Period, parse_period
from chuangwen.kit.errors import Invalid

PERIODS = st.one_of(
    st.builds(Period, st.integers(1949, 2199)),
    st.builds(Period, st.integers(1949, 2199), st.just("H"), st.integers(1, 2)),
    st.builds(Period, st.integers(1949, 2199), st.just("Q"), st.integers(1, 4)),
    st.builds(Period, st.integers(1949, 2199), st.just("M"), st.integers(1, 12)),
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2021", "2021"),
        ("２０２１年", "2021"),
        ("2021年度", "2021"),
        ("2021年上半年", "2021-H1"),
        ("2021 年 第三季度", "2021-Q3"),
        ("2021-q3", "2021-Q3"),
        ("2021年8月", "2021-08"),
        ("2021-8", "2021-08"),
    ],
)
def test_many_ways_of_writing_lead_to_one_code(written, code):
    assert parse_period(written).code == code


@pytest.mark.parametrize(
    "written", ["", "21", "2021-13", "2021-Q5", "2021-H3", "2021年0月", "昨年", "0001"]
)
def test_other_texts_are_refused_with_the_forms_that_are_possible(written):
    with pytest.raises(Invalid, match="2021-Q3"):
        parse_period(written)


@given(PERIODS)
def test_code_and_label_both_read_back(period):
    assert parse_period(period.code) == period
    assert parse_period(period.label) == period


def test_a_period_knows_its_end_and_its_place_in_time():
    quarter = Period(2021, "Q", 3)
    assert quarter.last_day == datetime.date(2021, 9, 30)
    assert Period(2024, "M", 2).last_day == datetime.date(2024, 2, 29)
    assert quarter.year_before == Period(2020, "Q", 3)
    assert quarter.whole_year == Period(2021)
