"""按期结案率 and the ranking, on cases written by hand with numbers reckoned by hand.

September 2021 as seen on the 15th. A case is `(unit, state, due, handed in)`.
"""

import datetime

import pytest

from chuangwen.kit.errors import Invalid, NotPermitted
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.rectification.actions.ranking import set_fewest
from chuangwen.rectification.enums import CaseState, Source, Step
from chuangwen.rectification.models import Case, CaseEvent, CaseShare
from chuangwen.rectification.models.ranking import USUAL_FEWEST
from chuangwen.rectification.queries.figures import (
    DEPARTMENTS_AND_UNITS,
    STREETS,
    Dimension,
    Figure,
    Period,
    Tally,
    all_figures,
    fewest_to_rank,
    figures,
    rankings,
    total,
)
from tests.rectification.conftest import DAY

SEPTEMBER = Period(datetime.date(2021, 9, 1), datetime.date(2021, 9, 30), DAY)
H, R, S, V, C = (
    CaseState.HANDLING, CaseState.REWORK, CaseState.SUBMITTED, CaseState.VERIFIED, CaseState.CLOSED,
)  # fmt: skip


def on(day: int, month: int = 9) -> datetime.date:
    return datetime.date(2021, month, day)


def make(unit, state=H, due=None, handed_in=None, **facts) -> Case:
    facts = {"title": "井盖破损", "source": Source.CITIZEN, "found_on": on(1, 8)} | facts
    closed_on = handed_in if state == C else None
    return Case.objects.create(
        lead=unit, state=state, due_on=due, handed_in_on=handed_in, closed_on=closed_on, **facts
    )


def by_name(rows: list[Figure]) -> dict[str, Tally]:
    return {one.name: one.tally for one in rows}


@pytest.fixture
def worked(bureau, housing):
    """Eleven cases of the bureau of which six were to be done by now, one of the housing bureau."""
    make(bureau, C, on(10), on(8))  # in time
    make(bureau, C, on(10), on(10))  # in time, on the very day
    make(bureau, S, on(14), on(13))  # in time; that it is still checked is not the unit's doing
    make(bureau, C, on(9), on(12))  # too late
    make(bureau, H, on(14))  # late and open
    make(bureau, R, on(1))  # sent back, and the new deadline has passed
    make(bureau, H, on(10), suspended_on=on(9))  # 缓办: to be done, and taken off
    make(bureau, H, on(15))  # due today: the day is not over
    make(bureau, V, on(15), on(15))  # due today and handed in: in time
    make(bureau, H, on(30))  # not due yet
    make(bureau, C, on(20), on(3))  # done early; its deadline has not come
    make(bureau, H, on(31, 8))  # late since last month: not of this period, late all the same
    make(bureau, CaseState.CANCELLED, on(5))
    make(housing, C, on(5), on(5))


def test_in_time_is_what_the_last_unit_handed_in_by_the_deadline(worked, office):
    found = by_name(figures(office, SEPTEMBER, Dimension.UNIT))
    bureau = found["区城市管理局"]
    assert (bureau.due, bureau.suspended, bureau.on_time, bureau.late, bureau.open_late) == (
        8, 1, 4, 1, 2,
    )  # fmt: skip
    assert bureau.owed == 7
    assert bureau.rate == pytest.approx(100 * 4 / 7)
    assert bureau.open_late_all == 3
    assert found["区住房城乡建设局"].rate == 100


def test_every_case_to_be_done_is_in_exactly_one_of_four(worked, office):
    for dimension in Dimension:
        for one in figures(office, SEPTEMBER, dimension):
            tally = one.tally
            parts = tally.on_time + tally.late + tally.open_late + tally.suspended
            assert parts == tally.due, one


@pytest.mark.parametrize("dimension", Dimension)
def test_the_sum_is_the_same_however_it_is_told_apart(worked, office, dimension):
    whole = total(figures(office, SEPTEMBER, dimension))
    assert (whole.due, whole.owed, whole.on_time, whole.open_late) == (9, 8, 5, 2)


def test_when_the_month_is_over_what_was_due_later_counts_too(worked, office):
    after = Period(SEPTEMBER.since, SEPTEMBER.until, on(8, 10))
    bureau = by_name(figures(office, after, Dimension.UNIT))["区城市管理局"]
    # 15 (open), 30 and the one that was done early have come: 11 due, 5 in time.
    assert (bureau.due, bureau.on_time, bureau.late, bureau.open_late) == (11, 5, 1, 4)
    assert bureau.rate == pytest.approx(50)


def test_found_filed_and_closed_are_counted_by_their_own_days(bureau, office):
    found = make(None, CaseState.REPORTED, found_on=on(3))
    filed = make(None, CaseState.FILED, found_on=on(30, 8))
    for number, (case, day) in enumerate([(filed, on(2)), (filed, on(4)), (found, on(2, 10))]):
        CaseEvent.objects.create(case=case, sequence=number + 1, step=Step.FILE, day=day)
    make(bureau, C, on(31, 8), on(2))
    whole = total(figures(office, SEPTEMBER, Dimension.UNIT))
    assert (whole.found, whole.filed, whole.closed, whole.due) == (1, 1, 1, 0)
    assert by_name(figures(office, SEPTEMBER, Dimension.UNIT))["还没有派遣"].found == 1


def test_nothing_to_be_done_has_no_rate(bureau, office):
    make(bureau, H, on(30), found_on=on(2))
    (one,) = figures(office, SEPTEMBER, Dimension.UNIT)
    assert one.tally.rate is None
    assert [ranking.placed for ranking in rankings([one], fewest=1)] == [[], []]


def figure(name: str, on_time: int, owed: int, group: str = DEPARTMENTS_AND_UNITS) -> Figure:
    return Figure(name, name, group, Tally(due=owed, on_time=on_time, open_late=owed - on_time))


def test_equal_rates_share_a_place_and_the_next_counts_on():
    rows = [figure("甲", 4, 8), figure("乙", 9, 10), figure("丙", 5, 10), figure("丁", 1, 10)]
    ranking, _ = rankings(rows, fewest=5)
    assert [(one.place, one.figure.name) for one in ranking.placed] == [
        (1, "乙"), (2, "丙"), (2, "甲"), (4, "丁"),
    ]  # fmt: skip


def test_units_with_too_few_cases_stand_apart_and_streets_by_themselves():
    rows = [figure("甲", 4, 4), figure("乙", 0, 5), figure("某街道", 5, 5, STREETS)]
    departments, streets = rankings(rows, fewest=5)
    assert [one.figure.name for one in departments.placed] == ["乙"]
    assert [one.name for one in departments.too_few] == ["甲"]
    assert [(one.place, one.figure.name) for one in streets.placed] == [(1, "某街道")]


def test_communities_are_ranked_with_streets(office, street, system):
    community = create_unit(name="某社区", kind=UnitKind.COMMUNITY, by=system)
    make(community, C, on(5), on(5))
    make(street, C, on(5), on(6))
    found = figures(office, SEPTEMBER, Dimension.UNIT)
    assert {one.group for one in found} == {STREETS}


def test_a_unit_counts_what_it_may_see_only(worked, clerk, bureau):
    given = Case.objects.filter(lead=bureau, due_on=on(9)).get()
    CaseShare.objects.create(case=given, unit=bureau, kind="lead", state="done")
    (one,) = figures(clerk, SEPTEMBER, Dimension.UNIT)
    assert one.tally.due == 1


def test_two_queries_however_many(worked, office, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = all_figures(office, SEPTEMBER)
    assert found == {one: figures(office, SEPTEMBER, one) for one in Dimension}


def test_the_number_needed_to_be_ranked_is_the_districts(office, clerk):
    assert fewest_to_rank() == USUAL_FEWEST
    set_fewest(fewest=3, by=office)
    set_fewest(fewest=8, by=office)
    assert fewest_to_rank() == 8
    for wrong in (0, 100_000):
        with pytest.raises(Invalid, match="超出范围"):
            set_fewest(fewest=wrong, by=office)
    with pytest.raises(NotPermitted):
        set_fewest(fewest=3, by=clerk)
