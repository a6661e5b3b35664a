"""The office's last word on a task: it is complete, or called off."""

from django.db import transaction
from django.db.models import F

from chuangwen.audit.actions import record
from chuangwen.kit.errors import Invalid, StaleEdit
from chuangwen.notices.enums import NoticeKind
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.cancelling import cancel_tasks
from chuangwen.plan.announcing import announce_end
from chuangwen.plan.enums import PartState, TaskState
from chuangwen.plan.models import Task, TaskPart
from chuangwen.plan.tallies import Recount
from chuangwen.plan.workflow import PART, TASK


@transaction.atomic
def complete_task(*, task: Task, base_version: int, by: Actor) -> Task:
    """Confirm the whole task; only 创文办 may, and only when every unit has done its part."""
    by.require(Permission.REVIEW_TASKS)
    locked = _lock(task, base_version)
    target = TASK.check("complete", TaskState(locked.state))
    parts = list(locked.parts.exclude(state=PartState.WITHDRAWN).select_related("unit"))
    if not parts:
        raise Invalid("没有单位承担这项任务，不能确认完成。请先下达；不再需要的请作废。")
    behind = [
        part.unit.name for part in parts if part.state not in (PartState.DONE, PartState.CLOSED)
    ]
    if behind:
        raise Invalid(f"还有 {len(behind)} 个单位没有完成：{'、'.join(behind[:5])}。请先督促完成。")
    done = [part for part in parts if part.state == PartState.DONE]
    _move(locked, target, done, PART.check("close", PartState.DONE))
    record(by=by, verb="task.completed", on=locked, state=[TaskState.DISPATCHED, target])
    announce_end(NoticeKind.TASK_COMPLETED, [(locked, [part.unit_id for part in parts])], by)
    return locked


@transaction.atomic
def cancel_task(*, task: Task, base_version: int, reason: str, by: Actor) -> Task:
    """Call a task off with a reason; the units' open parts are withdrawn with it."""
    by.require(Permission.DISPATCH_TASKS)
    (cancelled,) = cancel_tasks(
        task_ids=[task.pk], reason=reason, versions={task.pk: base_version}, by=by
    )
    return cancelled


def _lock(task: Task, base_version: int) -> Task:
    locked = Task.objects.select_for_update().get(pk=task.pk)
    if locked.version != base_version:
        raise StaleEdit("这项任务刚被别人改动。请刷新页面后再操作。")
    return locked


def _move(task: Task, state: TaskState, parts: list[TaskPart], part_state: PartState) -> None:
    """Bring a locked task and its parts into their last states, with the counts."""
    recount = Recount()
    recount.leave(task, *parts)
    TaskPart.objects.filter(pk__in=[part.pk for part in parts]).update(
        state=part_state, version=F("version") + 1
    )
    for part in parts:
        part.state = part_state
    task.state = state
    task.is_ready = False
    task.version += 1
    task.save(update_fields=["state", "is_ready", "version"])
    recount.enter(task, *parts)
    recount.write()
