"""Which deadlines reach a stage on a day: working days with 调休, days nobody worked, guesses."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangwen.kit.calendar import add_working_days, caveat
from chuangwen.notices.deadlines import Offsets, stages_reached

DAY = datetime.timedelta(days=1)
DEFAULT = Offsets()


def reached(day: str, since: str | None = None, earliest="2021-01-01", offsets=DEFAULT):
    today = datetime.date.fromisoformat(day)
    before = datetime.date.fromisoformat(since) if since else today - DAY
    found = stages_reached(
        offsets, since=before, day=today, earliest=datetime.date.fromisoformat(earliest)
    )
    return {due.isoformat(): stage for due, stage in found.items()}


def test_a_working_wednesday():
    """2021-09-15; Saturday 09-18 is worked (调休), 09-19 to 09-21 is 中秋节."""
    found = reached("2021-09-15", earliest="2021-09-01")
    assert found == {
        "2021-09-03": "a8",
        # Saturday and Sunday are followed by the same working days as the Friday.
        "2021-09-04": "a8",
        "2021-09-05": "a8",
        "2021-09-10": "a3",
        "2021-09-11": "a3",
        "2021-09-12": "a3",
        "2021-09-14": "a1",
        "2021-09-15": "d0",
        "2021-09-16": "b1",
        # The 16th, 17th, 18th (worked) and 22nd lie between.
        "2021-09-23": "b5",
    }


def test_the_holiday_tells_nobody_before_the_day_itself():
    """In 中秋节 only deadlines that fall on the day are reminded of."""
    assert set(reached("2021-09-20").values()) == {"d0"}


def test_days_of_standing_still_are_caught_up_with_once():
    found = reached("2021-09-17", since="2021-09-10", earliest="2021-09-01")
    assert found["2021-09-15"] == "a1"  # not b1 and d0 as well
    assert found["2021-09-17"] == "d0"
    assert found["2021-09-18"] == "b1"
    assert "2021-09-30" not in found


def test_nothing_is_due_twice_when_nothing_changed():
    day = datetime.date(2021, 9, 15)
    assert stages_reached(DEFAULT, since=day, day=day, earliest=datetime.date(2021, 1, 1)) == {}


def test_offsets_may_be_empty():
    silent = Offsets(before=(), on_day=False, after=(), then_every=0)
    assert reached("2021-09-15", offsets=silent) == {}


DATES = st.dates(datetime.date(2020, 6, 1), datetime.date(2022, 6, 1))


@given(due=DATES, offset=st.integers(1, 10))
def test_before_means_as_many_working_days_as_are_counted_back(due, offset):
    """The stage is reached on the day that the calendar counts, on no other."""
    day = add_working_days(due, -offset)
    only = Offsets(before=(offset,), on_day=False, after=(), then_every=0)
    assert stages_reached(only, since=day - DAY, day=day, earliest=due).get(due) == f"b{offset}"
    later = stages_reached(only, since=day, day=day + DAY, earliest=due)
    assert due not in later


@given(due=DATES, offset=st.integers(1, 10))
def test_after_means_as_many_working_days_as_are_counted_forth(due, offset):
    day = add_working_days(due, offset)
    only = Offsets(before=(), on_day=False, after=(offset,), then_every=0)
    assert stages_reached(only, since=day - DAY, day=day, earliest=due)[due] == f"a{offset}"


@given(due=DATES, starts=st.lists(st.integers(1, 20), min_size=1, max_size=6))
def test_no_stage_is_lost_or_repeated_by_gaps(due, starts):
    """However the runs fall, each tells a later stage than the one before."""
    day = due - datetime.timedelta(days=15)
    order = ["b5", "b1", "d0", "a1", "a3"]
    seen = []
    for gap in starts:
        since, day = day, day + datetime.timedelta(days=gap)
        stage = stages_reached(DEFAULT, since=since, day=day, earliest=due).get(due)
        seen += [stage] if stage else []
    ranks = [order.index(each) if each in order else 5 + int(each[1:]) for each in seen]
    assert ranks == sorted(set(ranks))


def test_a_year_without_a_published_arrangement_is_named():
    assert caveat(datetime.date(2021, 1, 1), datetime.date(2021, 12, 31)) == ""
    text = caveat(datetime.date(2090, 12, 30), datetime.date(2091, 1, 2))
    assert "2090、2091 年" in text
    assert "周一至周五" in text


@pytest.mark.parametrize("day", ["2090-01-06", "2090-01-07"])
def test_an_unknown_year_is_counted_from_monday_to_friday(day):
    """2090-01-06 is a Friday, and the deadline of Monday the 9th is one working day away."""
    assert ("2090-01-09" in reached(day, earliest="2090-01-01")) is (day == "2090-01-06")
