"""Giving tasks to units: one task to many, or many tasks at once, each pair named by a person."""

import datetime
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from chuangwen.audit.actions import Entry, record_all
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import PeopleByUnit, open_units_with_people
from chuangwen.plan.announcing import announce_dispatch
from chuangwen.plan.enums import DutyKind, PartState, TaskState
from chuangwen.plan.models import Task, TaskPart
from chuangwen.plan.tallies import Recount
from chuangwen.plan.workflow import PART, TASK

MOST_ASSIGNMENTS = 20_000
# What is written when a withdrawn part comes back.
RENEWED = ["state", "kind", "due_on", "return_reason", "version"]


@dataclass(frozen=True)
class Assignment:
    """One task for one unit."""

    task_id: uuid.UUID
    unit_id: uuid.UUID
    kind: DutyKind
    due_on: datetime.date | None


@transaction.atomic
def dispatch_many(*, assignments: Sequence[Assignment], by: Actor) -> list[TaskPart]:
    """Give tasks to units, all or none. The number of statements does not grow with them.

    A unit that has a task already keeps its part as it is; a withdrawn part comes back. Raises
    Invalid when a unit is unknown or closed, IllegalTransition for a finished task.
    """
    by.require(Permission.DISPATCH_TASKS)
    _refuse_bad_choice(assignments)
    tasks = _locked_tasks({one.task_id for one in assignments})
    people = _people_of_open_units({one.unit_id for one in assignments})
    held = {
        (part.task_id, part.unit_id): part
        for part in TaskPart.objects.select_for_update().filter(
            task__in=tasks, unit__in={one.unit_id for one in assignments}
        )
    }
    recount = Recount()
    given = _made_and_renewed(assignments, tasks, held, recount)
    TaskPart.objects.bulk_create(
        given, batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=RENEWED
    )
    tasks_told = _move_tasks(tasks, {part.task_id for part in given}, recount)
    recount.write()
    entries = [
        Entry(
            "task.dispatched",
            part,
            {"unit": [None, part.unit_id], "due_on": [None, part.due_on]},
            label=tasks[part.task_id].title,
        )
        for part in given
    ]
    record_all(by=by, entries=[*entries, *tasks_told])
    announce_dispatch(given, {key: task.title for key, task in tasks.items()}, people, by)
    return given


def _made_and_renewed(
    assignments: Sequence[Assignment],
    tasks: dict[uuid.UUID, Task],
    held: dict[tuple[uuid.UUID, uuid.UUID], TaskPart],
    recount: Recount,
) -> list[TaskPart]:
    given: list[TaskPart] = []
    for one in assignments:
        part = held.get((one.task_id, one.unit_id))
        if part is None:
            part = TaskPart(
                task=tasks[one.task_id], unit_id=one.unit_id, kind=one.kind, due_on=one.due_on
            )
            given.append(part)
            recount.enter(part)
        elif part.state == PartState.WITHDRAWN:
            recount.leave(part)
            part.state = PART.check("renew", PartState.WITHDRAWN)
            part.kind, part.due_on, part.return_reason = one.kind, one.due_on, ""
            part.version += 1
            given.append(part)
            recount.enter(part)
    return given


def _move_tasks(
    tasks: dict[uuid.UUID, Task], given_ids: set[uuid.UUID], recount: Recount
) -> list[Entry]:
    """Count the tasks' versions up and let them be dispatched; return what no part tells of.

    Who was given one has to work on it: it is not ready to be confirmed.
    """
    held = [one for one in tasks.values() if one.pk not in given_ids]  # all its units had it before
    held = [task for task in held if task.state != TaskState.DISPATCHED]
    moved = [*held, *(task for task in tasks.values() if task.pk in given_ids)]
    entries = [
        Entry("task.dispatched", task, {"state": [task.state, TaskState.DISPATCHED]})
        for task in held
    ]
    recount.leave(*moved)
    for task in moved:
        task.state = TASK.check("dispatch", TaskState(task.state))
        task.is_ready = False
        task.version += 1
    Task.objects.filter(pk__in=[task.pk for task in moved]).update(
        state=TaskState.DISPATCHED, is_ready=False, version=F("version") + 1
    )
    recount.enter(*moved)
    recount.settle([task.pk for task in held])
    return entries


def _refuse_bad_choice(assignments: Sequence[Assignment]) -> None:
    if not assignments:
        raise Invalid("没有选择任何“任务 × 单位”。请至少勾选一项。", field="units")
    if len(assignments) > MOST_ASSIGNMENTS:
        raise Invalid(
            f"一次选择了 {len(assignments)} 项，最多 {MOST_ASSIGNMENTS} 项。请分几次下达。"
        )
    pairs = Counter((one.task_id, one.unit_id) for one in assignments)
    if max(pairs.values()) > 1:
        raise Invalid("同一单位在一项任务中只能有一种责任。请去掉重复的勾选。", field="units")


def _locked_tasks(task_ids: set[uuid.UUID]) -> dict[uuid.UUID, Task]:
    """Lock in the order of the keys, so that two people dispatching at once do not block."""
    tasks = {
        task.pk: task
        for task in Task.objects.select_for_update().filter(pk__in=task_ids).order_by("pk")
    }
    if len(tasks) != len(task_ids):
        raise Invalid("有任务已不存在。请刷新列表后重新选择。")
    for task in tasks.values():
        TASK.check("dispatch", TaskState(task.state))
    return tasks


def _people_of_open_units(unit_ids: set[uuid.UUID]) -> PeopleByUnit:
    people = open_units_with_people(clock.today(), unit_ids)
    if len(people) != len(unit_ids):
        raise Invalid("请选择至少一个在用的单位；已停用或不存在的单位不能接受任务。", field="units")
    return people
