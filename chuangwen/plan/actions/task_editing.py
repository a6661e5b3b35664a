"""A task made by hand or changed, and a finished one opened again."""

import datetime
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.announcing import announce_deadlines
from chuangwen.plan.enums import PartState, TaskState
from chuangwen.plan.models import Action, GoalArea, KeyWork, Task, TaskPart
from chuangwen.plan.queries import current_campaign
from chuangwen.plan.rules import OPEN_STATES
from chuangwen.plan.tallies import Recount
from chuangwen.plan.workflow import PART, TASK
from chuangwen.search.actions import keep_found

FIELDS = ("title", "text", "due_on")
LIVE = (TaskState.PROPOSED, TaskState.DISPATCHED)


@transaction.atomic
def create_task(
    *,
    title: str,
    text: str = "",
    due_on: datetime.date | None = None,
    belongs_to: Action | GoalArea | KeyWork | None = None,
    by: Actor,
) -> Task:
    """Add a task that no document has; it waits to be dispatched. Raises Invalid."""
    by.require(Permission.MANAGE_PLAN)
    campaign_id = belongs_to.campaign_id if belongs_to else _current_campaign_id()
    place: dict[str, Any] = {}
    match belongs_to:
        case Action():
            place = {"action": belongs_to}
        case GoalArea():
            place = {"area": belongs_to}
        case KeyWork():
            place = {"key_work": belongs_to}
    last = Task.objects.filter(campaign_id=campaign_id, **place).order_by("-position").first()
    task = Task.objects.create(
        campaign_id=campaign_id,
        title=_title(title),
        text=text.strip(),
        due_on=due_on,
        position=last.position + 1 if last else 0,
        **place,
    )
    keep_found([task])
    recount = Recount()
    recount.enter(task)
    recount.write()
    record(by=by, verb="task.created", on=task, title=[None, task.title], due_on=[None, due_on])
    return task


@transaction.atomic
def edit_task(
    *,
    task: Task,
    base_version: int,
    title: str,
    text: str,
    due_on: datetime.date | None,
    by: Actor,
) -> Task:
    """Change a task's own words and deadline; the units' deadlines are changed by themselves."""
    by.require(Permission.MANAGE_PLAN)
    locked = _lock(task, base_version)
    wanted = {"title": _title(title), "text": text.strip(), "due_on": due_on}
    changes = {
        name: [getattr(locked, name), value]
        for name, value in wanted.items()
        if getattr(locked, name) != value
    }
    if not changes:
        return locked
    for name, (_old, value) in changes.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save(update_fields=[*FIELDS, "version"])
    keep_found([locked])
    record(by=by, verb="task.edited", on=locked, **changes)
    return locked


@transaction.atomic
def reopen_task(*, task: Task, base_version: int, reason: str, by: Actor) -> Task:
    """Take back the confirmation of the whole; what was 办结 is 本部分完成 again."""
    by.require(Permission.REVIEW_TASKS)
    if not reason.strip():
        raise Invalid("请写明重新打开的原因。", field="reason")
    locked = _lock(task, base_version)
    before, recount = TaskState(locked.state), Recount()
    state = PART.check("reopen", PartState.CLOSED)
    closed = list(locked.parts.select_for_update().filter(state=PartState.CLOSED))
    recount.leave(locked, *closed)
    locked.state = TASK.check("reopen", before)
    locked.is_ready = bool(closed)  # every unit had done its part, else it was not completed
    locked.version += 1
    locked.save(update_fields=["state", "is_ready", "version"])
    locked.parts.filter(state=PartState.CLOSED).update(state=state, version=F("version") + 1)
    for part in closed:
        part.state = state
    recount.enter(locked, *closed)
    recount.write()
    record(
        by=by, verb="task.reopened", on=locked,
        state=[before, locked.state], reason=[None, reason.strip()],
    )  # fmt: skip
    return locked


@transaction.atomic
def change_deadlines(
    *,
    task_ids: Collection[UUID],
    due_on: datetime.date,
    reason: str,
    with_parts: bool,
    by: Actor,
) -> int:
    """Set one deadline for tasks, all or none, and with `with_parts` for their open parts too.

    Returns the number of parts that got it. Raises Invalid without a reason, IllegalTransition
    when a task is completed or called off.
    """
    by.require(Permission.DISPATCH_TASKS)
    if not reason.strip():
        raise Invalid("请写明调整时限的原因。", field="reason")
    tasks = list(Task.objects.select_for_update().filter(pk__in=task_ids).order_by("pk"))
    if not tasks or len(tasks) != len(set(task_ids)):
        raise Invalid("没有选择任务，或有任务已不存在。请刷新列表后重新选择。")
    ended = [task.title for task in tasks if task.state not in LIVE]
    if ended:
        raise IllegalTransition(
            f"“{ended[0]}”等 {len(ended)} 项已完成或已作废，不能调整时限。请取消勾选后重试。"
        )
    open_parts: list[TaskPart] = []
    former: list[datetime.date | None] = []
    if with_parts:
        mine = TaskPart.objects.filter(task__in=tasks, state__in=OPEN_STATES)
        open_parts = list(mine.select_for_update())
        mine.update(due_on=due_on, version=F("version") + 1)
    former = _give_deadline(open_parts, due_on)
    Task.objects.filter(pk__in=task_ids).update(due_on=due_on, version=F("version") + 1)
    why = {"reason": [None, reason.strip()]}
    entries = [
        Entry("task.deadline_changed", task, {"due_on": [task.due_on, due_on], **why})
        for task in tasks
    ]
    titles = {task.pk: task.title for task in tasks}
    entries += [
        Entry("part.extended", part, {"due_on": [old, due_on], **why}, label=titles[part.task_id])
        for part, old in zip(open_parts, former, strict=True)
    ]
    record_all(by=by, entries=entries)
    moved = [(part, old) for part, old in zip(open_parts, former, strict=True) if old != due_on]
    for part, _ in moved:
        part.version += 1
    announce_deadlines(moved, titles, by, reason=reason.strip())
    return len(open_parts)


def _give_deadline(parts: list[TaskPart], due_on: datetime.date) -> list[datetime.date | None]:
    """Count the parts under their new deadline; return the former ones."""
    recount = Recount()
    recount.leave(*parts)
    former = [part.due_on for part in parts]
    for part in parts:
        part.due_on = due_on
    recount.enter(*parts)
    recount.write()
    return former


def _lock(task: Task, base_version: int) -> Task:
    locked = Task.objects.select_for_update().get(pk=task.pk)
    if locked.version != base_version:
        raise StaleEdit("这项任务刚被别人改动，您填写的内容还在页面上。请核对后重新保存。")
    return locked


def _title(raw: str) -> str:
    title = " ".join(raw.split())
    if not title:
        raise Invalid("请填写任务名称。", field="title")
    if len(title) > 200:
        raise Invalid(f"任务名称有 {len(title)} 字，最多 200 字。请把细节写进内容。", field="title")
    return title


def _current_campaign_id() -> UUID:
    campaign = current_campaign()
    if campaign is None:
        raise Invalid("还没有创建周期。请先导入并确认行动计划。")
    return campaign.pk
