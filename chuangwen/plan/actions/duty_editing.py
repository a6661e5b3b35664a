"""Setting, changing and ending duties. A duty is dated and never deleted."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import DateField, Value
from django.db.models.functions import Coalesce, Greatest

from chuangwen.audit.actions import record
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import Action, Duty, Task


@transaction.atomic
def add_duty(
    *,
    subject: Action | Task,
    unit: Unit,
    kind: DutyKind,
    valid_from: datetime.date,
    reason: str = "",
    by: Actor,
) -> Duty:
    """Make a unit answer for an action or a task from a day on.

    Raises Invalid when the unit is closed then, or holds the same duty already.
    """
    by.require(Permission.DISPATCH_TASKS)
    if not unit.is_open(valid_from):
        raise Invalid(
            f"“{unit.name}”在 {valid_from} 不是在用单位。请换一个单位或日期。", field="unit"
        )
    place: dict[str, Any] = (
        {"action": subject} if isinstance(subject, Action) else {"task": subject}
    )
    last = Duty.objects.filter(**place).order_by("-position").first()
    duty = Duty(
        campaign_id=subject.campaign_id,
        unit=unit,
        kind=kind,
        written_name=unit.name,
        valid_from=valid_from,
        position=last.position + 1 if last else 0,
        **place,
    )
    try:
        with transaction.atomic():
            duty.save(force_insert=True)
    except IntegrityError as error:
        label = DutyKind(kind).label
        raise Invalid(f"“{unit.name}”已是{label}，不必重复设定。", field="unit") from error
    record(
        by=by, verb="duty.added", on=duty, unit=[None, unit.pk], kind=[None, kind],
        valid_from=[None, valid_from], reason=[None, reason.strip()],
    )  # fmt: skip
    return duty


@transaction.atomic
def end_duty(*, duty: Duty, last_day: datetime.date, reason: str, by: Actor) -> Duty:
    """End a duty after `last_day`, today at the latest; a collective owner's expansions with it."""
    by.require(Permission.DISPATCH_TASKS)
    locked = _lock_open(duty)
    _refuse_bad_end(locked, last_day, reason)
    ended = [locked, *locked.expansions.select_for_update().filter(valid_until__isnull=True)]
    day = Value(last_day, output_field=DateField())
    # A unit that the collective owner was expanded into later has it for the day it began.
    last = Greatest(Coalesce("valid_from", day), day)
    Duty.objects.filter(pk__in=[one.pk for one in ended]).update(valid_until=last)
    locked.valid_until = last_day
    record(
        by=by, verb="duty.ended", on=locked, valid_until=[None, last_day],
        units=len(ended), reason=[None, reason.strip()],
    )  # fmt: skip
    return locked


@transaction.atomic
def change_duty(
    *, duty: Duty, kind: DutyKind, valid_from: datetime.date, reason: str, by: Actor
) -> Duty:
    """Give a unit another kind of duty from a day on: the old one ends the day before."""
    by.require(Permission.DISPATCH_TASKS)
    locked = _lock_open(duty)
    if locked.unit is None:
        raise Invalid(
            f"“{locked.written_name}”是集体称谓，不能改为其他责任。请先展开，再修改其中的单位。"
        )
    if locked.kind == kind:
        raise Invalid(f"已经是{DutyKind(kind).label}。请选择另一种责任。", field="kind")
    day_before = valid_from - datetime.timedelta(days=1)
    _refuse_bad_end(locked, day_before, reason, field="valid_from")
    Duty.objects.filter(pk=locked.pk).update(valid_until=day_before)
    record(
        by=by, verb="duty.ended", on=locked, valid_until=[None, day_before],
        reason=[None, reason.strip()],
    )  # fmt: skip
    subject = locked.action or locked.task
    if subject is None:
        raise Invalid("指标的填报单位请在指标页面修改。")
    return add_duty(
        subject=subject, unit=locked.unit, kind=kind, valid_from=valid_from, reason=reason, by=by
    )


def _lock_open(duty: Duty) -> Duty:
    rows = Duty.objects.select_for_update(of=("self",)).select_related("unit", "action", "task")
    locked = rows.filter(pk=duty.pk).first()
    if locked is None:
        raise StaleEdit("这项责任已不存在。请刷新页面查看。")
    if locked.valid_until is not None:
        raise IllegalTransition(f"这项责任已于 {locked.valid_until} 终止。请刷新页面查看。")
    return locked


def _refuse_bad_end(
    duty: Duty, last_day: datetime.date, reason: str, *, field: str = "last_day"
) -> None:
    if not reason.strip():
        raise Invalid("请写明依据或原因，如会议纪要、函件。", field="reason")
    if last_day > clock.today():
        raise Invalid(f"日期“{last_day}”还没有到。请填写今天或以前的日期。", field=field)
    if duty.valid_from and last_day < duty.valid_from:
        raise Invalid(
            f"日期“{last_day}”早于责任开始的“{duty.valid_from}”。请填写之后的日期。", field=field
        )
