"""The counts agree with the rows after every step, in whatever order steps are taken."""

import datetime
from importlib import import_module
from types import SimpleNamespace

from django.apps import apps
from django.db import connection
from django.db.models import Count
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chuangwen.cli import main
from chuangwen.kit.errors import ChuangwenError
from chuangwen.people.actions.merging import merge_units
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit
from chuangwen.plan.actions import part_office, parts, task_editing, tasks
from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
from chuangwen.plan.actions.recounting import find_drift, rebuild_tallies
from chuangwen.plan.enums import DutyKind, PartState
from chuangwen.plan.models import Tally, Task, TaskPart
from chuangwen.plan.models.tasks import NO_DEADLINE
from chuangwen.plan.standing import due_on, standing

LATER = datetime.date(2021, 11, 30)
DAY = datetime.date(2021, 9, 15)
STEPS = [parts.Step("办", datetime.date(2021, 8, 31))]
NAMES = [
    "submit",
    "return",
    "confirm",
    "finish",
    "rework",
    "complete",
    "cancel",
    "dispatch",
    "reopen",
    "recall",
    "withdraw",
    "extend",
    "deadline",
    "accept",
    "second",
]


def take(name, task, unit, by):
    part = TaskPart.objects.filter(task=task).order_by("?").first()
    if name == "deadline":
        task_editing.change_deadlines(
            task_ids=[task.pk], due_on=LATER, reason="顺延", with_parts=True, by=by
        )
    elif name == "reopen":
        task.refresh_from_db()
        task_editing.reopen_task(task=task, base_version=task.version, reason="补", by=by)
    elif name == "second":  # another unit joins: the task is not ready until both are done
        other = create_unit(name=f"另{Unit.objects.count()}", kind=UnitKind.PARTY, by=by)
        dispatch_many(assignments=[Assignment(task.pk, other.pk, DutyKind.LEAD, None)], by=by)
    elif name == "dispatch":
        dispatch_many(assignments=[Assignment(task.pk, unit.pk, DutyKind.LEAD, DAY)], by=by)
    elif name == "cancel":
        task.refresh_from_db()
        tasks.cancel_task(task=task, base_version=task.version, reason="重复", by=by)
    elif name == "complete":
        task.refresh_from_db()
        tasks.complete_task(task=task, base_version=task.version, by=by)
    elif part is not None:
        version = {"part": part, "base_version": part.version, "by": by}
        {
            "submit": lambda: parts.submit_measures(steps=STEPS, **version),
            "return": lambda: parts.return_measures(reason="改", **version),
            "confirm": lambda: parts.confirm_measures(**version),
            "finish": lambda: parts.finish_part(**version),
            "recall": lambda: part_office.recall_part(**version),
            "withdraw": lambda: part_office.withdraw_part(reason="不办", **version),
            "extend": lambda: part_office.extend_part(due_on=LATER, reason="延", **version),
            "accept": lambda: part_office.confirm_parts(versions={part.pk: part.version}, by=by),
            "rework": lambda: parts.rework_part(reason="缺", **version),
        }[name]()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.sampled_from(NAMES), max_size=12))
def test_counts_follow_every_order_of_steps(campaign, system, steps):
    unit = create_unit(name=f"单位{Task.objects.count()}", kind=UnitKind.PARTY, by=system)
    task = task_editing.create_task(title="任务", by=system)
    take("dispatch", task, unit, system)
    for name in steps:
        try:
            take(name, task, unit, system)
        except ChuangwenError:
            continue  # an impossible step must leave the counts alone as well
        finally:
            assert not find_drift()


def test_late_counts_whole_months_and_the_days_of_this_one(campaign, system):
    unit = create_unit(name="区发改局", kind=UnitKind.GOVERNMENT, by=system)
    for due in ("2021-08-31", "2021-09-14", "2021-09-15", "2021-10-01", None):
        task = task_editing.create_task(title=str(due), by=system)
        day = datetime.date.fromisoformat(due) if due else None
        dispatch_many(assignments=[Assignment(task.pk, unit.pk, DutyKind.LEAD, day)], by=system)
    found = standing(system, DAY)
    assert found.late == [("区发改局", 2)]
    assert found.numbers == {PartState.ASSIGNED: 5}


def test_merged_units_are_counted_once(campaign, system):
    keep = create_unit(name="区生态环境局", kind=UnitKind.GOVERNMENT, by=system)
    other = create_unit(name="东区环保局", kind=UnitKind.GOVERNMENT, by=system)
    for units in ([keep.pk, other.pk], [other.pk]):
        task = task_editing.create_task(title=str(len(units)), by=system)
        dispatch_many(
            assignments=[Assignment(task.pk, pk, DutyKind.LEAD, DAY) for pk in units], by=system
        )
    merge_units(keep=keep, other=other, by=system)
    assert not find_drift()
    held = TaskPart.objects.values_list("unit__name").annotate(n=Count("pk"))
    assert dict(held) == {"区生态环境局": 2, "东区环保局": 1}


def given(campaign, system, title="任务", day=DAY):
    unit = create_unit(name=f"单位{title}", kind=UnitKind.GOVERNMENT, by=system)
    task = task_editing.create_task(title=title, by=system)
    dispatch_many(assignments=[Assignment(task.pk, unit.pk, DutyKind.LEAD, day)], by=system)
    return task


def test_a_board_tells_what_waits_for_the_office(campaign, system):
    for title in ("甲", "乙"):
        task_editing.create_task(title=title, by=system)
    task = given(campaign, system)
    assert standing(system, DAY).undispatched == 2
    assert (standing(system, DAY).ready, due_on(DAY)) == (0, 1)
    for step in ("submit", "confirm", "finish"):
        take(step, task, None, system)
    assert (standing(system, DAY).ready, due_on(DAY)) == (1, 0)
    task.refresh_from_db()
    assert task.is_ready
    take("complete", task, None, system)
    assert standing(system, DAY).ready == 0


def test_drift_is_found_and_mended(campaign, system):
    task = given(campaign, system)
    assert not find_drift()
    Tally.objects.filter(kind="assigned").update(number=7)
    Tally.objects.filter(kind="open_day").delete()
    Task.objects.filter(pk=task.pk).update(is_ready=True)
    drift = find_drift()
    unit = TaskPart.objects.get().unit_id
    assert drift.buckets[unit, "assigned", NO_DEADLINE] == (7, 1)
    assert drift.buckets[unit, "open_day", DAY] == (0, 1)
    assert drift.tasks == [task.pk]
    rebuild_tallies()
    assert not find_drift()
    assert standing(system, DAY).numbers == {PartState.ASSIGNED: 1}


def test_the_command_tells_of_drift_and_mends_it(campaign, system, capsys):
    given(campaign, system)
    assert main(["tallies", "check"]) == 0
    assert "东区：计数与任务相符" in capsys.readouterr().out
    Tally.objects.filter(kind="assigned").update(number=7)
    assert main(["tallies", "check"]) == 1
    told = capsys.readouterr().out
    assert "单位任务 待填措施：记为 7，实为 1" in told
    assert main(["tallies", "rebuild"]) == 0
    assert main(["tallies", "check"]) == 0


def test_an_installation_that_has_tasks_is_counted_when_it_is_upgraded(campaign, system):
    ready, late = given(campaign, system, "甲"), given(campaign, system, "乙")
    task_editing.create_task(title="丙", by=system)
    for step in ("submit", "confirm", "finish"):
        take(step, ready, None, system)
    Tally.objects.all().delete()
    Task.objects.update(is_ready=False)
    import_module("chuangwen.plan.migrations.0011_count_what_is_there").count(
        apps, SimpleNamespace(connection=connection)
    )
    assert not find_drift()
    assert (standing(system, DAY).ready, standing(system, DAY).undispatched) == (1, 1)
    assert due_on(late.parts.get().due_on) == 1
