"""A task from 下达 to 办结: who may do what, what is refused, what both sides see."""

import datetime

import pytest
import time_machine

from chuangwen.kit.errors import IllegalTransition, Invalid, NotFound, NotPermitted, StaleEdit
from chuangwen.kit.ids import new_id
from chuangwen.people.actions.units import create_unit
from chuangwen.people.actors import Actor, Post, system_actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit
from chuangwen.people.roles import Role
from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
from chuangwen.plan.actions.part_office import withdraw_part
from chuangwen.plan.actions.parts import (
    Step,
    add_progress,
    confirm_measures,
    finish_part,
    return_measures,
    submit_measures,
)
from chuangwen.plan.actions.tasks import cancel_task, complete_task
from chuangwen.plan.enums import DutyKind, PartState, TaskState
from chuangwen.plan.models import Task
from chuangwen.plan.queries import late, part_for, parts_visible_to, tasks_visible_to
from chuangwen.tenancy.scope import current_tenant_id

DUE = datetime.date(2021, 12, 31)
STEPS = [
    Step("制定方案", datetime.date(2021, 9, 30)),
    Step("完成划线", datetime.date(2021, 11, 30)),
]


def make_unit(name, parent=None):
    by = system_actor(current_tenant_id())
    return create_unit(name=name, kind=UnitKind.GOVERNMENT, parent=parent, by=by)


def clerk_of(unit):
    return Actor(unit.tenant_id, new_id(), "李梅", (Post(Role.CLERK, unit.pk, unit.name),))


@pytest.fixture
def unit(tenant):
    return make_unit("区发改局")


@pytest.fixture
def clerk(unit):
    return clerk_of(unit)


@pytest.fixture
def task(campaign):
    return Task.objects.create(campaign=campaign, title="停车泊位应划尽划")


@pytest.fixture
def part(task, unit, office):
    (part,) = dispatch_many(
        assignments=[Assignment(task.pk, unit.pk, DutyKind.LEAD, DUE)], by=office
    )
    return part


def test_a_part_goes_from_measures_to_completion(task, part, clerk, office):
    part = submit_measures(part=part, base_version=1, steps=STEPS, by=clerk)
    part = return_measures(part=part, base_version=2, reason="缺少责任人", by=office)
    assert part.return_reason == "缺少责任人"
    part = submit_measures(part=part, base_version=3, steps=STEPS[:1], by=clerk)
    assert [measure.text for measure in part.measures.all()] == ["制定方案"]
    part = confirm_measures(part=part, base_version=4, by=office)
    part = finish_part(part=part, base_version=5, by=clerk)
    task = complete_task(task=task, base_version=2, by=office)
    part.refresh_from_db()
    assert (task.state, part.state) == (TaskState.COMPLETED, PartState.CLOSED)


def test_a_unit_cannot_confirm_its_own_measures(part, clerk):
    submit_measures(part=part, base_version=1, steps=STEPS, by=clerk)
    with pytest.raises(NotPermitted):
        confirm_measures(part=part, base_version=2, by=clerk)


def test_the_whole_waits_for_the_last_unit(task, part, office):
    with pytest.raises(Invalid, match="区发改局"):
        complete_task(task=task, base_version=2, by=office)


def test_done_before_the_measures_are_agreed_is_refused(part, clerk):
    with pytest.raises(IllegalTransition, match="待填措施"):
        finish_part(part=part, base_version=1, by=clerk)


def test_two_clerks_on_one_page_lose_nothing(part, clerk):
    submit_measures(part=part, base_version=1, steps=STEPS, by=clerk)
    with pytest.raises(StaleEdit):
        submit_measures(part=part, base_version=1, steps=STEPS[:1], by=clerk)
    assert part.measures.count() == 2


def test_measures_may_not_end_after_the_task(part, clerk):
    with pytest.raises(Invalid, match="第 2 条措施"):
        submit_measures(
            part=part,
            base_version=1,
            steps=[STEPS[0], Step("验收", datetime.date(2022, 1, 1))],
            by=clerk,
        )


def test_another_unit_neither_sees_nor_touches_a_part(part, tenant):
    stranger = clerk_of(make_unit("区教体局"))
    with pytest.raises(NotFound):
        part_for(stranger, part.pk)
    with pytest.raises(NotPermitted):
        submit_measures(part=part, base_version=1, steps=STEPS, by=stranger)


def test_a_superior_unit_reads_its_subordinates_part_but_does_not_write_it(task, office):
    superior = make_unit("区政府")
    subordinate = make_unit("区政务中心", parent=superior)
    (part,) = dispatch_many(
        assignments=[Assignment(task.pk, subordinate.pk, DutyKind.LEAD, DUE)], by=office
    )
    chief = clerk_of(superior)
    assert part_for(chief, part.pk) == part
    with pytest.raises(NotPermitted):
        finish_part(part=part, base_version=1, by=chief)


def test_dispatching_twice_gives_one_part(task, part, unit, office):
    again = dispatch_many(assignments=[Assignment(task.pk, unit.pk, DutyKind.LEAD, DUE)], by=office)
    assert again == []
    assert task.parts.count() == 1


def test_a_closed_unit_gets_nothing(task, unit, office):
    Unit.objects.filter(pk=unit.pk).update(valid_until=datetime.date(2021, 1, 1))
    with pytest.raises(Invalid, match="在用的单位"):
        dispatch_many(assignments=[Assignment(task.pk, unit.pk, DutyKind.LEAD, DUE)], by=office)


def test_a_cancelled_task_leaves_the_units_list(task, part, clerk, office):
    cancel_task(task=task, base_version=2, reason="重复", by=office)
    assert not parts_visible_to(clerk).exists()
    assert not tasks_visible_to(clerk).exists()


def test_late_is_a_function_of_the_day(part, clerk):
    parts = parts_visible_to(clerk)
    assert not late(parts, DUE).exists()
    assert late(parts, DUE + datetime.timedelta(days=1)).get() == part


def test_progress_from_the_future_is_refused(part, clerk):
    with time_machine.travel("2021-09-15"), pytest.raises(Invalid, match="还没有到"):
        add_progress(part=part, day=datetime.date(2021, 9, 16), text="已完成", by=clerk)


def test_progress_is_noted_while_the_agreed_measures_are_carried_out_and_at_no_other_time(
    part, clerk, office
):
    def refused(state):
        with pytest.raises(IllegalTransition, match=state):
            add_progress(part=part, day=datetime.date(2021, 9, 1), text="开工", by=clerk)

    refused("待填措施")
    submit_measures(part=part, base_version=1, steps=STEPS, by=clerk)
    refused("待审核")
    confirm_measures(part=part, base_version=2, by=office)
    add_progress(part=part, day=datetime.date(2021, 9, 1), text="开工", by=clerk)
    withdraw_part(part=part, base_version=3, reason="改由他人承担", by=office)
    refused("已撤回")
    assert part.progress.count() == 1


def test_a_task_that_was_withdrawn_from_every_unit_is_not_completed(task, part, office):
    withdraw_part(part=part, base_version=1, reason="改由他人承担", by=office)
    task.refresh_from_db()
    with pytest.raises(Invalid, match="没有单位承担"):
        complete_task(task=task, base_version=task.version, by=office)
