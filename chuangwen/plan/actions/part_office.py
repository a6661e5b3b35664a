"""The office's side of a unit's part: confirm many, accept as done, withdraw, extend."""

import datetime
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.kit.errors import Invalid, StaleEdit
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.announcing import announce_confirmed, announce_deadlines, announce_withdrawn
from chuangwen.plan.enums import PartState, TaskState
from chuangwen.plan.models import TaskPart
from chuangwen.plan.rules import OPEN_STATES
from chuangwen.plan.tallies import Recount
from chuangwen.plan.workflow import PART

# What 通过 means for a part that waits for the office.
STEP_OF = {PartState.SUBMITTED: "confirm", PartState.DONE: "close"}


@transaction.atomic
def confirm_parts(*, versions: Mapping[UUID, int], by: Actor) -> list[TaskPart]:
    """Agree to many parts that wait, all or none: measures become 实施中, finished parts 办结.

    `versions` are those the viewer saw. Raises StaleEdit naming the units that changed since.
    """
    by.require(Permission.REVIEW_TASKS)
    if not versions:
        raise Invalid("没有选择任何一项。请先勾选要通过的。")
    waiting = TaskPart.objects.select_for_update(of=("self",)).filter(pk__in=versions)
    parts = list(waiting.select_related("task", "unit").order_by("pk"))
    stale = [part.unit.name for part in parts if part.version != versions[part.pk]]
    if stale or len(parts) != len(versions):
        names = "、".join(stale[:5]) or "有的单位"
        raise StaleEdit(f"{names}的任务刚被改动，没有通过任何一项。请刷新列表后重新勾选。")
    before, recount = {part.pk: PartState(part.state) for part in parts}, Recount()
    recount.leave(*parts)
    for part in parts:
        part.state = PART.check(STEP_OF.get(before[part.pk], "confirm"), before[part.pk])
    recount.enter(*parts)
    for old, step in STEP_OF.items():
        keys = [key for key, state in before.items() if state == old]
        TaskPart.objects.filter(pk__in=keys).update(
            state=PART.check(step, old), version=F("version") + 1, return_reason=""
        )
    recount.write()
    record_all(
        by=by,
        entries=[
            Entry(
                f"part.{STEP_OF[before[part.pk]]}",
                part,
                {"state": [before[part.pk], part.state]},
                label=part.task.title,
            )
            for part in parts
        ],
    )
    agreed = [part for part in parts if before[part.pk] == PartState.SUBMITTED]
    for part in parts:
        part.version += 1
    announce_confirmed(agreed, by)
    return parts


@transaction.atomic
def recall_part(*, part: TaskPart, base_version: int, by: Actor) -> TaskPart:
    """Take one's 通过 back: measures wait for review again, a part that was 办结 waits again.

    Refused once the unit has noted progress or the whole task is confirmed.
    """
    by.require(Permission.REVIEW_TASKS)
    locked = _lock(part, base_version)
    before, recount = PartState(locked.state), Recount()
    recount.leave(locked)
    if locked.task.state == TaskState.COMPLETED:
        raise Invalid("整项任务已确认完成。请先在任务页面“重新打开”。")
    if before == PartState.CONFIRMED and locked.progress.exists():
        raise Invalid("单位已经填写进展，不能撤销通过。如要求有变，请与单位联系。")
    locked.state = PART.check("reopen" if before == PartState.CLOSED else "recall", before)
    locked.version += 1
    locked.save(update_fields=["state", "version"])
    recount.enter(locked)
    recount.write()
    record(by=by, verb="part.recall", on=locked, state=[before, locked.state])
    return locked


@transaction.atomic
def withdraw_part(*, part: TaskPart, base_version: int, reason: str, by: Actor) -> TaskPart:
    """Take a task back from one unit. Its measures and progress stay as history."""
    by.require(Permission.DISPATCH_TASKS)
    if not reason.strip():
        raise Invalid("请写明撤回的原因。", field="reason")
    locked = _lock(part, base_version)
    before, recount = PartState(locked.state), Recount()
    recount.leave(locked)
    locked.state = PART.check("withdraw", before)
    locked.version += 1
    locked.save(update_fields=["state", "version"])
    recount.enter(locked)
    recount.settle([locked.task_id])
    recount.write()
    record(
        by=by, verb="part.withdraw", on=locked,
        state=[before, locked.state], reason=[None, reason.strip()],
    )  # fmt: skip
    announce_withdrawn(locked, locked.task.title, by, reason=reason.strip())
    return locked


@transaction.atomic
def extend_part(
    *, part: TaskPart, base_version: int, due_on: datetime.date, reason: str, by: Actor
) -> TaskPart:
    """Change one unit's deadline (延期), with the reason that the record keeps; tell the unit."""
    by.require(Permission.DISPATCH_TASKS)
    if not reason.strip():
        raise Invalid("请写明延期的原因。", field="reason")
    locked = _lock(part, base_version)
    if locked.state not in OPEN_STATES:
        state = PartState(locked.state).label
        raise Invalid(f"本单位任务当前为“{state}”，不需要调整时限。", field="due_on")
    if locked.due_on == due_on:
        raise Invalid(f"时限已经是“{due_on}”。请填写新的日期。", field="due_on")
    old, recount = locked.due_on, Recount()
    recount.leave(locked)
    locked.due_on = due_on
    locked.version += 1
    locked.save(update_fields=["due_on", "version"])
    recount.enter(locked)
    recount.write()
    record(
        by=by, verb="part.extended", on=locked,
        due_on=[old, due_on], reason=[None, reason.strip()],
    )  # fmt: skip
    titles = {locked.task_id: locked.task.title}
    announce_deadlines([(locked, old)], titles, by, reason=reason.strip())
    return locked


def _lock(part: TaskPart, base_version: int) -> TaskPart:
    rows = TaskPart.objects.select_for_update(of=("task", "self")).select_related("task")
    locked = rows.get(pk=part.pk)
    if locked.version != base_version:
        raise StaleEdit("这项任务刚被别人改动，您填写的内容还在页面上。请核对后重新提交。")
    return locked
