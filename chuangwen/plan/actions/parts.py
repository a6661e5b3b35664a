"""A unit's part of a task: 施工图, its review, progress and completion."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from chuangwen.audit.actions import record
from chuangwen.files.actions.attaching import attach_uploads, hashes
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
from chuangwen.notices.enums import NoticeKind
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.announcing import announce_to_office, announce_to_unit
from chuangwen.plan.attachments import MEASURES, PROGRESS
from chuangwen.plan.enums import PartState
from chuangwen.plan.models import Measure, ProgressEntry, TaskPart
from chuangwen.plan.rules import OPEN_STATES
from chuangwen.plan.tallies import Recount
from chuangwen.plan.workflow import PART


@dataclass(frozen=True)
class Step:
    """One measure as the unit writes it: what will be done, by when."""

    text: str
    due_on: datetime.date


@transaction.atomic
def submit_measures(
    *,
    part: TaskPart,
    base_version: int,
    steps: Sequence[Step],
    uploads: Sequence[uuid.UUID] = (),
    by: Actor,
) -> TaskPart:
    """Hand in the unit's measures and deadlines (P 五(一)1: 明确任务、措施及完成时限), with files.

    Replaces an earlier version, which stays in the audit log. Raises Invalid for an empty list,
    an empty text, or a measure that ends after the task's own deadline.
    """
    by.require(Permission.WORK_ON_TASKS, unit_id=part.unit_id)
    _refuse_bad_steps(steps, part.due_on)
    locked = _lock(part, base_version)
    before = _take_out_measures(locked)
    Measure.objects.bulk_create(
        [
            Measure(part=locked, position=position, text=step.text.strip(), due_on=step.due_on)
            for position, step in enumerate(steps)
        ]
    )
    changes: dict[str, object] = {
        "measures": [before, [(step.text, step.due_on) for step in steps]]
    }
    attached = attach_uploads(kind=MEASURES.name, owner=locked, upload_ids=uploads, by=by)
    if attached:
        changes["files"] = hashes(attached)
    part = _step(locked, "submit", by, **changes)
    subject = f"{part.unit.name}报送措施：{part.task.title}"
    announce_to_office(NoticeKind.MEASURES_SUBMITTED, part, subject, by)
    return part


@transaction.atomic
def return_measures(*, part: TaskPart, base_version: int, reason: str, by: Actor) -> TaskPart:
    """Send measures back with the reason that the unit needs to do better."""
    by.require(Permission.REVIEW_TASKS)
    if not reason.strip():
        raise Invalid("请写明退回的原因，让单位知道怎么改。", field="reason")
    locked = _lock(part, base_version)
    locked.return_reason = reason.strip()
    part = _step(locked, "return", by, reason=[None, reason.strip()])
    subject, why = f"措施被退回：{part.task.title}", f"原因：{part.return_reason}"
    announce_to_unit(NoticeKind.MEASURES_RETURNED, part, subject, by, body=why)
    return part


@transaction.atomic
def confirm_measures(*, part: TaskPart, base_version: int, by: Actor) -> TaskPart:
    """Agree to the measures; the unit now carries them out."""
    by.require(Permission.REVIEW_TASKS)
    locked = _lock(part, base_version)
    locked.return_reason = ""
    part = _step(locked, "confirm", by)
    subject = f"措施已通过：{part.task.title}"
    announce_to_unit(NoticeKind.MEASURES_CONFIRMED, part, subject, by)
    return part


@transaction.atomic
def add_progress(
    *,
    part: TaskPart,
    day: datetime.date,
    text: str,
    uploads: Sequence[uuid.UUID] = (),
    by: Actor,
) -> ProgressEntry:
    """Add what was done on a day, with files sent before; entries are never changed.

    Raises Invalid for a bad entry, IllegalTransition while the measures are not agreed, or when
    the part is over.
    """
    by.require(Permission.WORK_ON_TASKS, unit_id=part.unit_id)
    if not text.strip():
        raise Invalid("请写明进展内容。", field="text")
    if day > clock.today():
        raise Invalid(f"进展日期“{day}”还没有到。请填写今天或以前的日期。", field="day")
    # Locked, so that 撤销通过 and 撤回 do not pass it by.
    locked = TaskPart.objects.select_for_update().get(pk=part.pk)
    if locked.state != PartState.CONFIRMED:
        state = PartState(locked.state).label
        raise IllegalTransition(
            f"本单位任务当前为“{state}”，措施通过后、办结前才能记录进展，没有保存。"
            "请复制所写内容留用，按当前状态办理。"
        )
    return _note_progress(locked, day, text.strip(), uploads, by)


@transaction.atomic
def finish_part(
    *,
    part: TaskPart,
    base_version: int,
    text: str = "",
    uploads: Sequence[uuid.UUID] = (),
    by: Actor,
) -> TaskPart:
    """The unit marks its own part done; the whole is for 创文办 to confirm.

    What it says of the completion, and the files that show it, become today's progress entry.
    """
    by.require(Permission.WORK_ON_TASKS, unit_id=part.unit_id)
    part = _step(_lock(part, base_version), "finish", by)
    if text.strip() or uploads:
        _note_progress(part, clock.today(), text.strip() or "本部分已完成。", uploads, by)
    subject = f"{part.unit.name}报完成：{part.task.title}"
    announce_to_office(NoticeKind.PART_DONE, part, subject, by)
    return part


@transaction.atomic
def rework_part(*, part: TaskPart, base_version: int, reason: str, by: Actor) -> TaskPart:
    """创文办 finds that a part is not done after all and says why."""
    by.require(Permission.REVIEW_TASKS)
    if not reason.strip():
        raise Invalid("请写明退回的原因，让单位知道还缺什么。", field="reason")
    locked = _lock(part, base_version)
    locked.return_reason = reason.strip()
    part = _step(locked, "rework", by, reason=[None, reason.strip()])
    subject, why = f"退回继续办理：{part.task.title}", f"原因：{part.return_reason}"
    announce_to_unit(NoticeKind.PART_REWORKED, part, subject, by, body=why)
    return part


def _note_progress(
    part: TaskPart, day: datetime.date, text: str, uploads: Sequence[uuid.UUID], by: Actor
) -> ProgressEntry:
    entry = ProgressEntry.objects.create(part=part, day=day, text=text, account_id=by.account_id)
    attached = attach_uploads(kind=PROGRESS.name, owner=entry, upload_ids=uploads, by=by)
    files = {"files": hashes(attached)} if attached else {}
    record(by=by, verb="part.progress_added", on=entry, day=[None, day], **files)
    return entry


def _take_out_measures(part: TaskPart) -> list[tuple[str, str]]:
    """Delete a part's measures and return their texts and deadlines, in one statement."""
    table = connection.ops.quote_name(Measure._meta.db_table)
    key = TaskPart._meta.pk.get_db_prep_value(part.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE part_id = %s RETURNING position, text, due_on",  # noqa: S608
            [key],
        )
        rows = sorted(cursor.fetchall())
    return [(text, str(due_on)) for _position, text, due_on in rows]


def _lock(part: TaskPart, base_version: int) -> TaskPart:
    """Lock the task, then the part: in the order of all who change both."""
    rows = TaskPart.objects.select_for_update(of=("task", "self")).select_related("task", "unit")
    locked = rows.get(pk=part.pk)
    if locked.version != base_version:
        raise StaleEdit("这项任务刚被别人改动，您填写的内容还在页面上。请核对后重新提交。")
    return locked


def _step(part: TaskPart, name: str, by: Actor, **changes: object) -> TaskPart:
    before, recount = PartState(part.state), Recount()
    recount.leave(part)
    part.state = PART.check(name, before)
    part.version += 1
    part.save(update_fields=["state", "version", "return_reason"])
    recount.enter(part)
    if (before in OPEN_STATES) != (part.state in OPEN_STATES):
        recount.settle([part.task_id])
    recount.write()
    record(by=by, verb=f"part.{name}", on=part, state=[before, part.state], **changes)
    return part


def _refuse_bad_steps(steps: Sequence[Step], limit: datetime.date | None) -> None:
    if not steps:
        raise Invalid("请至少填写一条措施和完成时限。", field="steps")
    for row, step in enumerate(steps, start=1):
        problem = ""
        if not step.text.strip():
            problem = "内容为空。请填写措施，或删除这一条。"
        elif limit and step.due_on > limit:
            problem = f"时限“{step.due_on}”晚于任务时限“{limit}”。请提前，或申请调整。"
        if problem:
            raise Invalid(f"第 {row} 条措施：{problem}", field="steps")
