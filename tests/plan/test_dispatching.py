"""Many tasks to many units at once: all or none, counted once, and undone with a reason."""

import datetime

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.kit.errors import IllegalTransition, Invalid, NotPermitted, StaleEdit
from chuangwen.kit.ids import new_id
from chuangwen.people.actions.units import create_unit
from chuangwen.people.actors import Actor, Post
from chuangwen.people.enums import UnitKind
from chuangwen.people.roles import Role
from chuangwen.plan.actions.cancelling import cancel_tasks
from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
from chuangwen.plan.actions.part_office import (
    confirm_parts,
    extend_part,
    recall_part,
    withdraw_part,
)
from chuangwen.plan.actions.parts import Step, add_progress, finish_part, submit_measures
from chuangwen.plan.actions.recounting import find_drift
from chuangwen.plan.actions.task_editing import (
    change_deadlines,
    create_task,
    edit_task,
    reopen_task,
)
from chuangwen.plan.actions.tasks import complete_task
from chuangwen.plan.enums import DutyKind, PartState, TaskState
from chuangwen.plan.models import Task, TaskPart

DUE = datetime.date(2021, 12, 31)
LATER = datetime.date(2022, 3, 31)


@pytest.fixture
def units(tenant, system):
    return [
        create_unit(name=name, kind=UnitKind.GOVERNMENT, by=system)
        for name in ("区发改局", "区民政局", "区教体局")
    ]


@pytest.fixture
def tasks(campaign, system):
    return [create_task(title=title, by=system) for title in ("甲", "乙")]


@pytest.fixture
def clerk(units):
    unit = units[0]
    return Actor(unit.tenant_id, new_id(), "李梅", (Post(Role.CLERK, unit.pk, unit.name),))


def every_pair(tasks, units, due_on=DUE):
    return [Assignment(t.pk, u.pk, DutyKind.RESPONSIBLE, due_on) for t in tasks for u in units]


def tallies_are_right():
    return not find_drift()


def test_every_pair_is_given_once_and_what_is_held_stays(tasks, units, office):
    assert len(dispatch_many(assignments=every_pair(tasks, units), by=office)) == 6
    assert dispatch_many(assignments=every_pair(tasks, units, LATER), by=office) == []
    assert set(TaskPart.objects.values_list("due_on", flat=True)) == {DUE}
    assert {task.state for task in Task.objects.all()} == {TaskState.DISPATCHED}
    assert AuditEvent.objects.filter(verb="task.dispatched").count() == 6
    assert tallies_are_right()


def test_one_closed_task_or_unit_refuses_all(tasks, units, office):
    cancel_tasks(task_ids=[tasks[0].pk], reason="重复", by=office)
    with pytest.raises(IllegalTransition):
        dispatch_many(assignments=every_pair(tasks, units), by=office)
    units[0].valid_until = datetime.date(2021, 1, 1)
    units[0].save()
    with pytest.raises(Invalid, match="在用的单位"):
        dispatch_many(assignments=every_pair(tasks[1:], units), by=office)
    assert not TaskPart.objects.exists()


def test_a_unit_named_twice_in_a_task_is_refused(tasks, units, office):
    with pytest.raises(Invalid, match="一种责任"):
        dispatch_many(assignments=every_pair(tasks[:1], units[:1]) * 2, by=office)


def test_a_clerk_may_neither_dispatch_nor_withdraw(tasks, units, office, clerk):
    with pytest.raises(NotPermitted):
        dispatch_many(assignments=every_pair(tasks, units), by=clerk)
    (part, *_) = dispatch_many(assignments=every_pair(tasks, units), by=office)
    with pytest.raises(NotPermitted):
        withdraw_part(part=part, base_version=1, reason="x", by=clerk)
    with pytest.raises(NotPermitted):
        extend_part(part=part, base_version=1, due_on=LATER, reason="x", by=clerk)


@pytest.mark.parametrize("number", [1, 3])
def test_dispatching_takes_the_same_statements_for_any_number(
    tasks, units, office, number, django_assert_max_num_queries
):
    with django_assert_max_num_queries(14):  # with savepoint and release
        dispatch_many(assignments=every_pair(tasks, units[:number]), by=office)


def test_a_withdrawn_part_comes_back_when_given_again(tasks, units, office):
    (part,) = dispatch_many(assignments=every_pair(tasks[:1], units[:1]), by=office)
    with pytest.raises(Invalid, match="原因"):
        withdraw_part(part=part, base_version=1, reason=" ", by=office)
    withdraw_part(part=part, base_version=1, reason="职责不符", by=office)
    assert tallies_are_right()
    (again,) = dispatch_many(assignments=every_pair(tasks[:1], units[:1], LATER), by=office)
    assert (again.pk, again.state, again.due_on) == (part.pk, PartState.ASSIGNED, LATER)
    assert tallies_are_right()


def test_one_units_deadline_is_extended_with_its_reason(tasks, units, office):
    (part,) = dispatch_many(assignments=every_pair(tasks[:1], units[:1]), by=office)
    extend_part(part=part, base_version=1, due_on=LATER, reason="雨季停工", by=office)
    assert TaskPart.objects.get().due_on == LATER
    event = AuditEvent.objects.get(verb="part.extended")
    assert event.changes["due_on"] == ["2021-12-31", "2022-03-31"]
    assert event.changes["reason"] == [None, "雨季停工"]
    assert tallies_are_right()
    with pytest.raises(StaleEdit):
        extend_part(part=part, base_version=1, due_on=DUE, reason="又改", by=office)


@pytest.mark.parametrize("with_parts", [True, False])
def test_deadlines_of_many_tasks_and_their_open_parts(tasks, units, office, with_parts):
    dispatch_many(assignments=every_pair(tasks, units), by=office)
    moved = change_deadlines(
        task_ids=[task.pk for task in tasks], due_on=LATER, reason="统一", with_parts=with_parts,
        by=office,
    )  # fmt: skip
    assert moved == (6 if with_parts else 0)
    assert {task.due_on for task in Task.objects.all()} == {LATER}
    expected = LATER if with_parts else DUE
    assert set(TaskPart.objects.values_list("due_on", flat=True)) == {expected}
    assert tallies_are_right()


def test_a_finished_task_keeps_its_deadline(tasks, office):
    cancel_tasks(task_ids=[tasks[0].pk], reason="重复", by=office)
    with pytest.raises(IllegalTransition, match="甲"):
        change_deadlines(
            task_ids=[task.pk for task in tasks], due_on=LATER, reason="x", with_parts=True,
            by=office,
        )  # fmt: skip
    assert {task.due_on for task in Task.objects.all()} == {None}


def test_cancelling_many_keeps_what_is_done(tasks, units, office, clerk):
    parts = dispatch_many(assignments=every_pair(tasks, units), by=office)
    done = next(p for p in parts if p.unit_id == units[0].pk and p.task_id == tasks[0].pk)
    done = submit_measures(part=done, base_version=1, steps=[Step("划线", DUE)], by=clerk)
    confirm_parts(versions={done.pk: done.version}, by=office)
    finish_part(part=done, base_version=3, by=clerk)
    cancel_tasks(task_ids=[task.pk for task in tasks], reason="上级取消", by=office)
    assert TaskPart.objects.filter(state=PartState.WITHDRAWN).count() == 5
    assert TaskPart.objects.get(pk=done.pk).state == PartState.DONE
    assert tallies_are_right()


def test_confirming_many_is_all_or_none(tasks, units, office, system):
    parts = dispatch_many(assignments=every_pair(tasks, units), by=office)
    seen = {}
    for part in parts:
        sent = submit_measures(part=part, base_version=1, steps=[Step("划线", DUE)], by=system)
        seen[sent.pk] = sent.version
    with pytest.raises(StaleEdit, match="区"):
        confirm_parts(versions=seen | {parts[0].pk: 1}, by=office)
    assert not TaskPart.objects.filter(state=PartState.CONFIRMED).exists()
    assert len(confirm_parts(versions=seen, by=office)) == 6
    assert AuditEvent.objects.filter(verb="part.confirm").count() == 6
    assert tallies_are_right()


def test_a_confirmation_is_taken_back_until_the_unit_has_started(tasks, units, office, clerk):
    (part,) = dispatch_many(assignments=every_pair(tasks[:1], units[:1]), by=office)
    part = submit_measures(part=part, base_version=1, steps=[Step("划线", DUE)], by=clerk)
    confirm_parts(versions={part.pk: 2}, by=office)
    part = recall_part(part=part, base_version=3, by=office)
    assert part.state == PartState.SUBMITTED
    confirm_parts(versions={part.pk: 4}, by=office)
    add_progress(part=part, day=datetime.date(2021, 9, 1), text="开工", by=clerk)
    with pytest.raises(Invalid, match="进展"):
        recall_part(part=part, base_version=5, by=office)
    assert tallies_are_right()


def test_a_finished_part_is_accepted_and_the_whole_reopened(tasks, units, office, clerk):
    (part,) = dispatch_many(assignments=every_pair(tasks[:1], units[:1]), by=office)
    submit_measures(part=part, base_version=1, steps=[Step("划线", DUE)], by=clerk)
    confirm_parts(versions={part.pk: 2}, by=office)
    finish_part(part=part, base_version=3, by=clerk)
    confirm_parts(versions={part.pk: 4}, by=office)
    assert TaskPart.objects.get().state == PartState.CLOSED
    task = complete_task(task=tasks[0], base_version=2, by=office)
    with pytest.raises(Invalid, match="重新打开"):
        recall_part(part=part, base_version=5, by=office)
    with pytest.raises(Invalid, match="原因"):
        reopen_task(task=task, base_version=3, reason="", by=office)
    task = reopen_task(task=task, base_version=3, reason="回潮", by=office)
    assert (task.state, TaskPart.objects.get().state) == (TaskState.DISPATCHED, PartState.DONE)
    assert tallies_are_right()


def test_a_task_made_by_hand_waits_to_be_dispatched(campaign, office, clerk):
    task = create_task(title="  增设  宣传栏 ", due_on=DUE, by=office)
    assert (task.title, task.state, task.campaign) == (
        "增设 宣传栏",
        TaskState.PROPOSED,
        campaign,
    )
    with pytest.raises(Invalid, match="名称"):
        create_task(title=" ", by=office)
    with pytest.raises(NotPermitted):
        create_task(title="自加任务", by=clerk)


def test_an_edit_of_an_old_version_is_refused(tasks, office):
    task = tasks[0]
    edit_task(task=task, base_version=1, title="甲一", text="", due_on=DUE, by=office)
    with pytest.raises(StaleEdit):
        edit_task(task=task, base_version=1, title="甲二", text="", due_on=None, by=office)
    task.refresh_from_db()
    assert (task.title, task.due_on, task.version) == ("甲一", DUE, 2)
    assert AuditEvent.objects.get(verb="task.edited").changes["title"] == ["甲", "甲一"]
