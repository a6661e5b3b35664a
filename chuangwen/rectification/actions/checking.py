"""Checking what units did, by somebody else; 销号, and a problem that comes back."""

import datetime
import uuid
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from chuangwen.files.actions.attaching import attach_uploads
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid, NotPermitted
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions.holding import locked_case, locked_cases, required_text
from chuangwen.rectification.announcing import announce, units_in
from chuangwen.rectification.enums import EVENT_KIND, ShareKind, ShareState, Step
from chuangwen.rectification.life import Deed
from chuangwen.rectification.models import Case, CaseEvent, CaseShare
from chuangwen.rectification.rules import HANDLING, took_part
from chuangwen.rectification.stepping import Stride, lives_of, take_step, take_steps


@transaction.atomic
def pass_case(
    *, case: Case, base_version: int, text: str, uploads: Sequence[uuid.UUID] = (), by: Actor
) -> CaseEvent:
    """核查通过: seen to be put right. Raises NotPermitted for who had a hand in it."""
    by.require(Permission.VERIFY_CASES)
    seen = required_text(text, "核查的情况")
    locked = locked_case(case, base_version)
    _refuse_handlers(locked, by)
    event = take_step(locked, Deed(Step.PASS, clock.today()), by=by, text=seen)
    attach_uploads(kind=EVENT_KIND, owner=event, upload_ids=uploads, by=by)
    return event


@transaction.atomic
def fail_case(
    *,
    case: Case,
    base_version: int,
    units: Collection[Unit] = (),
    due_on: datetime.date,
    text: str,
    uploads: Sequence[uuid.UUID] = (),
    by: Actor,
) -> CaseEvent:
    """返工: not put right; `units` do it again, all of them if none is named, until `due_on`.

    Raises Invalid for a deadline that has passed, NotPermitted for who handled the case.
    """
    by.require(Permission.VERIFY_CASES)
    why = required_text(text, "哪里没有整改到位")
    if due_on < clock.today():
        raise Invalid(f"返工时限“{due_on}”已经过去。请填写今天或以后的日期。", field="due_on")
    locked = locked_case(case, base_version)
    _refuse_handlers(locked, by)
    done = CaseShare.objects.filter(case=locked, state=ShareState.DONE).select_related("unit")
    chosen = {unit.pk for unit in units}
    again = [share for share in done if not chosen or share.unit_id in chosen]
    kinds = {share.unit_id: ShareKind(share.kind) for share in again}
    deed = Deed(Step.FAIL, clock.today(), units=kinds, due_on=due_on)
    named = "、".join(share.unit.name for share in again)
    event = take_step(locked, deed, by=by, text=why, named=named)
    attach_uploads(kind=EVENT_KIND, owner=event, upload_ids=uploads, by=by)
    announce(Step.FAIL, [locked], by, text=why, units={unit: [locked] for unit in kinds})
    return event


@transaction.atomic
def recheck_case(*, case: Case, base_version: int, reason: str, by: Actor) -> CaseEvent:
    """退回重新核查: the office is not convinced by the check."""
    by.require(Permission.CLOSE_CASES)
    why = required_text(reason, "要重新核查什么", "reason")
    return _step(locked_case(case, base_version), Step.RECHECK, why, by)


@transaction.atomic
def close_case(*, case: Case, base_version: int, text: str = "", by: Actor) -> CaseEvent:
    """销号: only the office, after the check."""
    by.require(Permission.CLOSE_CASES)
    locked = locked_case(case, base_version)
    event = _step(locked, Step.CLOSE, text.strip(), by)
    announce(Step.CLOSE, [locked], by, text=text.strip())
    return event


@transaction.atomic
def close_cases(*, versions: Mapping[uuid.UUID, int], text: str = "", by: Actor) -> list[Case]:
    """销号 of many that were checked, all or none."""
    by.require(Permission.CLOSE_CASES)
    cases, deed, said = locked_cases(versions), Deed(Step.CLOSE, clock.today()), text.strip()
    take_steps([Stride(case, deed, text=said) for case in cases], by=by)
    announce(Step.CLOSE, cases, by, text=said)
    return cases


@transaction.atomic
def reopen_case(*, case: Case, base_version: int, reason: str, by: Actor) -> CaseEvent:
    """反弹重开: the problem is back; the case keeps its number and waits for 派遣."""
    by.require(Permission.CLOSE_CASES)
    why = required_text(reason, "反弹的情况", "reason")
    locked = locked_case(case, base_version)
    mended = units_in([locked])
    event = _step(locked, Step.REOPEN, why, by)
    announce(Step.REOPEN, [locked], by, text=why, units=mended)
    return event


def _step(case: Case, step: Step, text: str, by: Actor) -> CaseEvent:
    return take_step(case, Deed(step, clock.today()), by=by, text=text)


def _refuse_handlers(case: Case, by: Actor) -> None:
    """Who checks is not who handled: neither the account, nor anybody of a unit in the case."""
    handled = CaseEvent.objects.filter(case=case, step__in=HANDLING)
    handlers = set(handled.values_list("account_id", flat=True))
    if took_part(by, lives_of([case])[case.pk], handlers):
        raise NotPermitted(
            "您或您所在的单位参与了这个问题的整改，不能自己核查。请由创文办或其他督查员核查。"
        )
