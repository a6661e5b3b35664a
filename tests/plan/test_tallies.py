"""The counts agree with the rows after every step, in whatever order steps are taken."""

import datetime

from django.db.models import Count
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chuangwen.kit.errors import ChuangwenError
from chuangwen.people.actions.merging import merge_units
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.plan.actions import parts, tasks
from chuangwen.plan.enums import DutyKind, PartState
from chuangwen.plan.models import PartTally, Task, TaskPart
from chuangwen.plan.tallies import bucket_of, standing

DAY = datetime.date(2021, 9, 15)
STEPS = [parts.Step("办", datetime.date(2021, 8, 31))]
NAMES = ["submit", "return", "confirm", "finish", "rework", "complete", "cancel", "dispatch"]


def counted():
    rows = PartTally.objects.exclude(number=0).values_list("unit", "state", "due_month", "number")
    return {(unit, state, month): number for unit, state, month, number in rows}


def rows():
    found = {}
    for part in TaskPart.objects.all():
        found[bucket_of(part)] = found.get(bucket_of(part), 0) + 1
    return found


def take(name, task, unit, by):
    part = TaskPart.objects.filter(task=task).first()
    if name == "dispatch":
        tasks.dispatch_task(task=task, unit_ids=[unit.pk], kind=DutyKind.LEAD, due_on=DAY, by=by)
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
            "rework": lambda: parts.rework_part(reason="缺", **version),
        }[name]()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.sampled_from(NAMES), max_size=12))
def test_counts_follow_every_order_of_steps(campaign, system, steps):
    unit = create_unit(name=f"单位{Task.objects.count()}", kind=UnitKind.PARTY, by=system)
    task = Task.objects.create(campaign=campaign, title="任务")
    take("dispatch", task, unit, system)
    for name in steps:
        try:
            take(name, task, unit, system)
        except ChuangwenError:
            continue  # an impossible step must leave the counts alone as well
        finally:
            assert counted() == rows()


def test_late_counts_whole_months_and_the_days_of_this_one(campaign, system):
    unit = create_unit(name="区发改局", kind=UnitKind.GOVERNMENT, by=system)
    for due in ("2021-08-31", "2021-09-14", "2021-09-15", "2021-10-01", None):
        task = Task.objects.create(campaign=campaign, title=str(due))
        day = datetime.date.fromisoformat(due) if due else None
        tasks.dispatch_task(
            task=task, unit_ids=[unit.pk], kind=DutyKind.LEAD, due_on=day, by=system
        )
    found = standing(system, DAY)
    assert found.late == [("区发改局", 2)]
    assert found.numbers == {PartState.ASSIGNED: 5}


def test_merged_units_are_counted_once(campaign, system):
    keep = create_unit(name="区生态环境局", kind=UnitKind.GOVERNMENT, by=system)
    other = create_unit(name="东区环保局", kind=UnitKind.GOVERNMENT, by=system)
    for units in ([keep.pk, other.pk], [other.pk]):
        task = Task.objects.create(campaign=campaign, title=str(len(units)))
        tasks.dispatch_task(task=task, unit_ids=units, kind=DutyKind.LEAD, due_on=DAY, by=system)
    merge_units(keep=keep, other=other, by=system)
    assert counted() == rows()
    held = TaskPart.objects.values_list("unit__name").annotate(n=Count("pk"))
    assert dict(held) == {"区生态环境局": 2, "东区环保局": 1}
