"""Giving tasks to units: one task to many, or many tasks at once, each pair named by a person."""

import datetime
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from chuangwen.audit.actions import Entry, record_all
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.plan.announcing import announce_dispatch
from chuangwen.plan.enums import DutyKind, PartState, TaskState
from chuangwen.plan.models import Task, TaskPart
from chuangwen.plan.tallies import Bucket, bucket_of, count_moves
from chuangwen.plan.workflow import PART, TASK

MOST_ASSIGNMENTS = 20_000
Move = tuple[Bucket | None, Bucket | None]


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
    _refuse_closed_units({one.unit_id for one in assignments})
    held = {
        (part.task_id, part.unit_id): part
        for part in TaskPart.objects.select_for_update().filter(
            task__in=tasks, unit__in={one.unit_id for one in assignments}
        )
    }
    new, renewed, moves = _made_and_renewed(assignments, tasks, held)
    TaskPart.objects.bulk_create(new, batch_size=500)
    TaskPart.objects.bulk_update(
        renewed, ["state", "kind", "due_on", "return_reason", "version"], batch_size=200
    )
    count_moves(moves)
    given = [*new, *renewed]
    entries = [
        Entry(
            "task.dispatched",
            part,
            {"unit": [None, part.unit_id], "due_on": [None, part.due_on]},
            label=tasks[part.task_id].title,
        )
        for part in given
    ]
    entries += _move_tasks(tasks, {part.task_id for part in given})
    record_all(by=by, entries=entries)
    announce_dispatch(given, {key: task.title for key, task in tasks.items()}, by)
    return given


def _move_tasks(tasks: dict[uuid.UUID, Task], given_ids: set[uuid.UUID]) -> list[Entry]:
    """Count the tasks' versions up and let them be dispatched; return what no part tells of."""
    moved, entries = [], []
    for task in tasks.values():
        before, after = task.state, TASK.check("dispatch", TaskState(task.state))
        if task.pk not in given_ids and before != after:  # all its units had it before
            entries.append(Entry("task.dispatched", task, {"state": [before, after]}))
        if task.pk in given_ids or before != after:
            task.state = after
            task.version += 1
            moved.append(task)
    Task.objects.bulk_update(moved, ["state", "version"], batch_size=500)
    return entries


def _made_and_renewed(
    assignments: Sequence[Assignment],
    tasks: dict[uuid.UUID, Task],
    held: dict[tuple[uuid.UUID, uuid.UUID], TaskPart],
) -> tuple[list[TaskPart], list[TaskPart], list[Move]]:
    new: list[TaskPart] = []
    renewed: list[TaskPart] = []
    moves: list[Move] = []
    for one in assignments:
        part = held.get((one.task_id, one.unit_id))
        if part is None:
            part = TaskPart(
                task=tasks[one.task_id], unit_id=one.unit_id, kind=one.kind, due_on=one.due_on
            )
            new.append(part)
            moves.append((None, bucket_of(part)))
        elif part.state == PartState.WITHDRAWN:
            before = bucket_of(part)
            part.state = PART.check("renew", PartState.WITHDRAWN)
            part.kind, part.due_on, part.return_reason = one.kind, one.due_on, ""
            part.version += 1
            renewed.append(part)
            moves.append((before, bucket_of(part)))
    return new, renewed, moves


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


def _refuse_closed_units(unit_ids: set[uuid.UUID]) -> None:
    open_units = Unit.objects.filter(pk__in=unit_ids, valid_until__isnull=True).count()
    if open_units != len(unit_ids):
        raise Invalid("请选择至少一个在用的单位；已停用或不存在的单位不能接受任务。", field="units")
