"""Extensions and suspensions: the only ways, besides 派遣 and 返工, in which a deadline moves."""

import datetime

from django.db import transaction

from chuangwen.kit import clock
from chuangwen.kit.calendar import add_working_days, working_days_between
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions.holding import locked_case, required_text
from chuangwen.rectification.announcing import announce
from chuangwen.rectification.enums import Step
from chuangwen.rectification.life import Deed
from chuangwen.rectification.models import Case, CaseEvent
from chuangwen.rectification.stepping import take_step


@transaction.atomic
def ask_extension(
    *, case: Case, base_version: int, unit: Unit, due_on: datetime.date, reason: str, by: Actor
) -> CaseEvent:
    """申请延期: a unit asks for a later deadline and says why; the old one holds meanwhile."""
    by.require(Permission.WORK_ON_CASES, unit_id=unit.pk)
    why = required_text(reason, "申请延期的原因", "reason")
    locked = locked_case(case, base_version)
    deed = Deed(Step.ASK_EXTENSION, clock.today(), unit=unit.pk, due_on=due_on)
    event = take_step(locked, deed, by=by, text=why, named=unit.name)
    announce(Step.ASK_EXTENSION, [locked], by, text=f"{unit.name}申请延期至 {due_on}：{why}")
    return event


@transaction.atomic
def extend_case(
    *, case: Case, base_version: int, due_on: datetime.date, reason: str = "", by: Actor
) -> CaseEvent:
    """同意延期, to the day asked for or another; also where nobody asked."""
    by.require(Permission.MANAGE_CASES)
    locked = locked_case(case, base_version)
    deed = Deed(Step.EXTEND, clock.today(), due_on=due_on)
    return _told(locked, deed, reason.strip(), by)


@transaction.atomic
def deny_extension(*, case: Case, base_version: int, reason: str, by: Actor) -> CaseEvent:
    """不同意延期, with the reason."""
    by.require(Permission.MANAGE_CASES)
    why = required_text(reason, "不同意延期的原因", "reason")
    locked = locked_case(case, base_version)
    return _told(locked, Deed(Step.DENY_EXTENSION, clock.today()), why, by)


@transaction.atomic
def suspend_case(*, case: Case, base_version: int, reason: str, by: Actor) -> CaseEvent:
    """缓办: the clock stands still; no reminder, no step of the escalation until it is resumed."""
    by.require(Permission.MANAGE_CASES)
    why = required_text(reason, "缓办的原因", "reason")
    locked = locked_case(case, base_version)
    return _told(locked, Deed(Step.SUSPEND, clock.today()), why, by)


@transaction.atomic
def resume_case(*, case: Case, base_version: int, reason: str = "", by: Actor) -> CaseEvent:
    """恢复办理: the deadline moves by the working days that the case was suspended.

    What was late when it was suspended stays as late as it was.
    """
    by.require(Permission.MANAGE_CASES)
    locked = locked_case(case, base_version)
    today, due = clock.today(), locked.due_on
    if due is not None and locked.suspended_on is not None:
        due = add_working_days(due, working_days_between(locked.suspended_on, today))
    deed = Deed(Step.RESUME, today, due_on=due)
    return _told(locked, deed, reason.strip(), by)


def _told(case: Case, deed: Deed, text: str, by: Actor) -> CaseEvent:
    """Take the step and tell the units."""
    event = take_step(case, deed, by=by, text=text)
    announce(deed.step, [case], by, text=text)
    return event
