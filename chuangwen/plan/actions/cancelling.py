"""Calling tasks off."""

import uuid
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.db.models import F

from chuangwen.audit.actions import Entry, record_all
from chuangwen.kit.errors import Invalid, StaleEdit
from chuangwen.notices.enums import NoticeKind
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.announcing import announce_end
from chuangwen.plan.enums import PartState, TaskState
from chuangwen.plan.models import Task, TaskPart
from chuangwen.plan.rules import OPEN_STATES
from chuangwen.plan.tallies import Recount
from chuangwen.plan.workflow import TASK


@transaction.atomic
def cancel_tasks(
    *,
    task_ids: Collection[uuid.UUID],
    reason: str,
    versions: Mapping[uuid.UUID, int] | None = None,
    by: Actor,
) -> list[Task]:
    """Call tasks off, all or none; the units' open parts are withdrawn with them.

    What a unit has finished stays as it is. `versions` are those the viewer saw. Raises Invalid
    without a reason, StaleEdit when a task changed since, IllegalTransition for a task that is
    completed or called off already.
    """
    by.require(Permission.DISPATCH_TASKS)
    if not reason.strip():
        raise Invalid("请写明作废的原因。", field="reason")
    if not task_ids:
        raise Invalid("没有选择任务。请在列表中勾选。")
    tasks = list(Task.objects.select_for_update().filter(pk__in=task_ids).order_by("pk"))
    if len(tasks) != len(set(task_ids)):
        raise Invalid("有任务已不存在。请刷新列表后重新选择。")
    if any(task.version != (versions or {}).get(task.pk, task.version) for task in tasks):
        raise StaleEdit("这项任务刚被别人改动。请刷新页面后再操作。")
    before = {task.pk: TaskState(task.state) for task in tasks}
    for state in before.values():
        TASK.check("cancel", state)
    open_parts = list(
        TaskPart.objects.select_for_update().filter(task__in=tasks, state__in=OPEN_STATES)
    )
    TaskPart.objects.filter(task__in=tasks, state__in=OPEN_STATES).update(
        state=PartState.WITHDRAWN, version=F("version") + 1
    )
    Task.objects.filter(pk__in=before).update(
        state=TaskState.CANCELLED, is_ready=False, version=F("version") + 1
    )
    _recount(tasks, open_parts)
    record_all(
        by=by,
        entries=[
            Entry(
                "task.cancelled",
                task,
                {
                    "state": [before[task.pk], TaskState.CANCELLED],
                    "reason": [None, reason.strip()],
                },
            )
            for task in tasks
        ],
    )
    units: dict[uuid.UUID, list[uuid.UUID]] = {task.pk: [] for task in tasks}
    for part in open_parts:
        units[part.task_id].append(part.unit_id)
    ended = [(task, units[task.pk]) for task in tasks]
    announce_end(NoticeKind.TASK_CANCELLED, ended, by, reason=reason.strip())
    return tasks


def _recount(tasks: Sequence[Task], parts: Sequence[TaskPart]) -> None:
    """Count tasks and parts as they are now, and bring the objects in step with their rows."""
    recount = Recount()
    recount.leave(*tasks, *parts)
    for part in parts:
        part.state = PartState.WITHDRAWN
        part.version += 1
    for task in tasks:
        task.state = TaskState.CANCELLED
        task.is_ready = False
        task.version += 1
    recount.enter(*tasks, *parts)
    recount.write()
