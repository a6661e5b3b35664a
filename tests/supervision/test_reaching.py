"""Which deadlines have reached a rung: working days, 调休 included, whatever the day."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangwen.supervision.reaching import bands, latest_due, next_rung, reached_on

DAYS = st.dates(datetime.date(2021, 1, 1), datetime.date(2023, 12, 31))
RUNGS = st.lists(st.integers(-20, 30), min_size=1, max_size=8, unique=True).map(sorted)
ONE = datetime.timedelta(days=1)


@given(day=DAYS, days=st.integers(-30, 40))
def test_the_latest_deadline_has_reached_the_rung_and_the_next_one_has_not(day, days):
    due = latest_due(days, day)
    assert reached_on(due, days) <= day < reached_on(due + ONE, days)


@given(day=DAYS, due=DAYS, days=RUNGS)
def test_a_deadline_is_in_the_band_of_the_highest_rung_that_it_has_reached(day, due, days):
    reached = [place for place, one in enumerate(days) if reached_on(due, one) <= day]
    holding = [
        band.place
        for band in bands(days, day)
        if due <= band.latest and (band.beyond is None or due > band.beyond)
    ]
    assert holding == reached[-1:]


def test_three_working_days_after_a_deadline_before_national_day():
    assert reached_on(datetime.date(2021, 9, 29), 3) == datetime.date(2021, 10, 9)


@pytest.mark.parametrize(
    ("top", "climbed", "following"),
    [
        (0, [], 0),
        (1, [], 1),  # of the reminders before the deadline the last alone
        (1, [0], 1),
        (4, [], 2),  # late: from the first rung after the deadline
        (4, [2], 3),
        (4, [1, 2, 3], 4),
        (4, [2, 3, 4], None),
        (1, [1], None),
    ],
)
def test_one_rung_after_the_other(top, climbed, following):
    assert next_rung([-3, -1, 1, 3, 7], top, climbed) == following
