"""Cases climb when they are due, once, one rung a working day; what is not owed never does."""

import datetime

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from chuangwen.audit.models import AuditEvent
from chuangwen.rectification.actions.deadlines import extend_case, resume_case, suspend_case
from chuangwen.rectification.actions.deciding import cancel_cases
from chuangwen.rectification.models import Case
from chuangwen.supervision.actions import climbing
from chuangwen.supervision.actions.climbing import climb, climb_some
from chuangwen.supervision.actions.ladder import set_ladder
from chuangwen.supervision.models import EscalationRun, EscalationStep, WaitingReminder
from chuangwen.supervision.queries.ladder import rungs_of
from chuangwen.supervision.reference import reference_plan
from tests.rectification.conftest import now as fresh
from tests.statements import statements
from tests.supervision.conftest import DUE, FROM, LATE

BEFORE = datetime.date(2021, 9, 17)  # three working days before


def climbed(case) -> list[tuple[str, int]]:
    steps = EscalationStep.objects.filter(case=case).order_by("climbed_on")
    return [(f"{step.climbed_on:%m-%d}", step.days) for step in steps]


def run(*days, by):
    for day in days:
        climb(day=day, by=by)


def test_a_case_climbs_every_rung_on_its_working_day(dispatched, ladder, system):
    day = datetime.date(2021, 9, 15)
    while day < datetime.date(2021, 10, 30):
        run(day, by=system)
        day += datetime.timedelta(days=1)
    assert climbed(dispatched) == [
        ("09-17", -3), ("09-24", 1), ("09-27", 3), ("09-29", 5), ("10-08", 7), ("10-12", 10),
        ("10-19", 15),
    ]  # fmt: skip


def test_a_day_is_gone_through_once_and_a_step_is_made_once(dispatched, ladder, system):
    run(LATE[0], by=system)
    assert climb(day=LATE[0], by=system) is None
    EscalationRun.objects.all().delete()
    assert climb(day=LATE[0], by=system).steps == 0
    assert climbed(dispatched) == [("09-24", 1)]


def test_after_a_standstill_nobody_meets_the_last_rung_first(dispatched, ladder, system):
    run(LATE[6], LATE[7], LATE[8], by=system)  # seven working days late already
    assert climbed(dispatched) == [("10-08", 1), ("10-09", 3), ("10-11", 5)]


def test_two_workers_at_the_same_batch_make_each_step_once(dispatched, ladder, system):
    """The second one knew the batch before the first one was done."""
    rungs = rungs_of(ladder)
    batch = {"batch": [dispatched.pk], "rungs": rungs, "top": 4, "day": LATE[6], "by": system}
    assert climb_some(**batch) == 1
    assert climb_some(**batch) == 0
    assert climbed(dispatched) == [("10-08", 1)]


def test_what_is_cut_off_between_is_done_by_the_next_and_nothing_twice(
    bureau, ladder, system, monkeypatch, give
):
    cases = give(bureau, DUE, 5)
    monkeypatch.setattr(climbing, "BATCH", 2)
    real, seen_calls = climbing.record_all, []

    def dies(**given):
        seen_calls.append(given)
        if len(seen_calls) == 2:
            raise KeyboardInterrupt  # in the second batch, with its steps written
        real(**given)

    monkeypatch.setattr(climbing, "record_all", dies)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        climb(day=LATE[0], by=system)
    climb(day=LATE[0], by=system)
    assert [climbed(case) for case in cases] == [[("09-24", 1)]] * 5
    assert AuditEvent.objects.filter(verb="case.escalated").count() == 5


@pytest.mark.parametrize("fate", ["suspended", "handed in", "over", "another deadline"])
def test_what_is_not_owed_never_climbs(fate, request, ladder, office, system):
    case = request.getfixturevalue("handed_in" if fate == "handed in" else "dispatched")
    if fate == "suspended":
        suspend_case(**fresh(case), reason="封路", by=office)
    elif fate == "over":
        cancel_cases(versions={case.pk: fresh(case)["base_version"]}, reason="错", by=office)
    elif fate == "another deadline":
        extend_case(**fresh(case), due_on=datetime.date(2021, 12, 1), by=office)
    run(BEFORE, *LATE, by=system)
    assert climbed(case) == []


def test_what_is_resumed_or_extended_begins_anew(dispatched, ladder, office, system, settings):
    run(BEFORE, LATE[0], by=system)
    later = datetime.date(2021, 10, 11)
    settings.CHUANGWEN_TODAY = LATE[0]
    extend_case(**fresh(dispatched), due_on=later, by=office)
    run(*LATE[1:], datetime.date(2021, 10, 12), by=system)
    again = [(one.due_on, one.days) for one in EscalationStep.objects.order_by("climbed_on")]
    assert again == [(DUE, -3), (DUE, 1), (later, -3), (later, 1)]
    settings.CHUANGWEN_TODAY = datetime.date(2021, 10, 13)
    suspend_case(**fresh(dispatched), reason="封路", by=office)
    run(datetime.date(2021, 10, 14), by=system)
    settings.CHUANGWEN_TODAY = datetime.date(2021, 10, 15)
    resume_case(**fresh(dispatched), by=office)
    run(datetime.date(2021, 10, 15), by=system)
    last = EscalationStep.objects.latest("climbed_on")
    assert (last.due_on, last.days) == (Case.objects.get(pk=dispatched.pk).due_on, 1)


def test_what_was_late_before_the_ladder_is_left_alone(dispatched, office, system):
    set_ladder(plan=reference_plan(LATE[0]), base_version=0, by=office)
    run(*LATE, by=system)
    assert climbed(dispatched) == []


def test_nobody_climbs_without_a_ladder_or_on_a_day_of_rest(dispatched, office, system):
    assert climb(day=LATE[0], by=system) is None
    set_ladder(plan=reference_plan(FROM), base_version=0, by=office)
    assert climb(day=datetime.date(2021, 9, 25), by=system) is None  # a Saturday
    assert climb(day=LATE[1], by=system).steps == 1  # a Sunday on which offices work


def test_a_run_asks_no_more_when_there_are_more_cases_that_are_not_due(
    dispatched, bureau, ladder, system, give
):
    asked = []
    for number, day in ((1, LATE[0]), (40, LATE[2])):
        give(bureau, datetime.date(2021, 12, 20), number)
        asked.append(len(statements(lambda day=day: climb(day=day, by=system))))
    assert asked[0] == asked[1] <= 30
    assert climbed(dispatched) == [("09-24", 1), ("09-27", 3)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL scans a table this small")
def test_what_is_due_is_read_off_the_index_of_deadlines(ladder, tenant):
    rung = rungs_of(ladder)[1]
    due = climbing.due_for(rung, beyond=FROM, latest=DUE, first=FROM)[:500]
    plan = due.explain()
    assert "rectification_by_owed (tenant_id=? AND owed_on>? AND owed_on<?)" in plan
    assert "TEMP B-TREE" not in plan


def test_many_that_are_due_take_no_more_statements(bureau, ladder, clerk, system, give):
    asked = []
    for number, day in ((1, LATE[0]), (30, LATE[0])):
        EscalationRun.objects.all().delete()
        give(bureau, DUE, number)
        asked.append(len(statements(lambda day=day: climb(day=day, by=system))))
    assert asked[0] == asked[1]
    assert WaitingReminder.objects.count() == 31


def test_the_database_keeps_a_step_as_it_was_made(dispatched, ladder, system):
    run(LATE[0], by=system)
    for change in (
        lambda: EscalationStep.objects.update(days=9),
        lambda: EscalationStep.objects.filter(days=1).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
