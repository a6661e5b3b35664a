"""创文办 drafts a 督办单, serves it, and decides on the answer."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.kit import clock
from chuangwen.kit.calendar import add_working_days
from chuangwen.kit.errors import Invalid
from chuangwen.kit.numbering import take_serials
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.rectification.models import Case, CaseShare
from chuangwen.rectification.workflow import WITH_UNITS
from chuangwen.search.actions import keep_found
from chuangwen.supervision.actions.climbing import OWING
from chuangwen.supervision.enums import NoticeStep
from chuangwen.supervision.models import NoticeCase, NoticeEvent, NoticeNumber, SupervisionNotice
from chuangwen.supervision.stepping import (
    Given,
    answered_by,
    locked_notice,
    required,
    take_step,
)

PATTERN = "督办〔{year}〕{serial}号"
MOST_DAYS = 60
MOST_CASES = 100
LONGEST_TITLE = 100


@dataclass(frozen=True)
class Draft:
    """What a 督办单 is to say, and to whom."""

    unit: Unit
    title: str
    text: str
    demands: str
    answer_days: int


@transaction.atomic
def draft_notice(
    *, draft: Draft, case_ids: Sequence[uuid.UUID] = (), by: Actor
) -> SupervisionNotice:
    """Draft a 督办单, about cases or a subject of its own. Raises Invalid naming the field."""
    by.require(Permission.MANAGE_SUPERVISION)
    notice = SupervisionNotice(**_checked(draft))
    cases = _cases(draft.unit, case_ids)
    notice.save(force_insert=True)
    NoticeCase.objects.bulk_create([NoticeCase(notice=notice, case=case) for case in cases])
    NoticeEvent.objects.create(
        notice=notice, step=NoticeStep.DRAFT, day=clock.today(), account_id=by.account_id
    )
    keep_found([notice])
    record(
        by=by, verb="supervision_notice.drafted", on=notice, unit=draft.unit.name,
        cases="、".join(case.number for case in cases),
    )  # fmt: skip
    return notice


@transaction.atomic
def edit_notice(
    *, notice: SupervisionNotice, base_version: int, draft: Draft, by: Actor
) -> SupervisionNotice:
    """Change a draft. Cases stay as chosen; the unit must be one of theirs. Raises StaleEdit."""
    by.require(Permission.MANAGE_SUPERVISION)
    locked = locked_notice(notice, base_version)
    facts = _checked(draft)
    _cases(draft.unit, list(locked.cases.values_list("case_id", flat=True)))
    changes = {
        name: [str(getattr(locked, name)), str(value)]
        for name, value in facts.items()
        if getattr(locked, name) != value
    }
    for name, value in facts.items():
        setattr(locked, name, value)
    take_step(locked, NoticeStep.EDIT, Given(columns=tuple(facts), changes=changes), by)
    keep_found([locked])
    return locked


@transaction.atomic
def serve_notice(*, notice: SupervisionNotice, base_version: int, by: Actor) -> NoticeEvent:
    """下达: it gets its number and its deadline, and the unit is told. Raises Invalid naming cases
    that the unit no longer owes."""
    by.require(Permission.MANAGE_SUPERVISION)
    locked = locked_notice(notice, base_version)
    today = clock.today()
    locked.served_on = today
    locked.due_on = add_working_days(today, locked.answer_days)
    given = Given(
        columns=("year", "serial", "number", "served_on", "due_on"),
        due_on=locked.due_on,
        before=lambda: _ready(locked, today.year),
    )
    event = take_step(locked, NoticeStep.SERVE, given, by)
    keep_found([locked])
    return event


@transaction.atomic
def accept_answer(
    *, notice: SupervisionNotice, base_version: int, text: str = "", by: Actor
) -> NoticeEvent:
    """答复通过; never by who answered."""
    by.require(Permission.MANAGE_SUPERVISION)
    locked = locked_notice(notice, base_version)
    answered_by(locked, by)
    return take_step(locked, NoticeStep.ACCEPT, Given(text=text.strip()), by)


@transaction.atomic
def return_answer(
    *, notice: SupervisionNotice, base_version: int, reason: str, answer_days: int, by: Actor
) -> NoticeEvent:
    """退回重新答复 within so many working days from today; never by who answered."""
    by.require(Permission.MANAGE_SUPERVISION)
    why = required(reason, "退回的原因", "reason")
    days = _days(answer_days)
    locked = locked_notice(notice, base_version)
    answered_by(locked, by)
    locked.due_on, locked.answered_on = add_working_days(clock.today(), days), None
    given = Given(text=why, columns=("due_on", "answered_on"), due_on=locked.due_on)
    return take_step(locked, NoticeStep.RETURN, given, by)


@transaction.atomic
def close_notice(
    *, notice: SupervisionNotice, base_version: int, text: str = "", by: Actor
) -> NoticeEvent:
    """办结."""
    by.require(Permission.MANAGE_SUPERVISION)
    locked = locked_notice(notice, base_version)
    locked.closed_on = clock.today()
    given = Given(text=text.strip(), columns=("closed_on",))
    return take_step(locked, NoticeStep.CLOSE, given, by)


@transaction.atomic
def withdraw_notice(
    *, notice: SupervisionNotice, base_version: int, reason: str, by: Actor
) -> NoticeEvent:
    """撤回, with the reason; its number is not used again."""
    by.require(Permission.MANAGE_SUPERVISION)
    why = required(reason, "撤回的原因", "reason")
    locked = locked_notice(notice, base_version)
    return take_step(locked, NoticeStep.WITHDRAW, Given(text=why), by)


def _ready(notice: SupervisionNotice, year: int) -> None:
    """Look at the cases again, of which time has passed since the drafting; give the number."""
    ids = list(notice.cases.values_list("case_id", flat=True))
    _cases(notice.unit, ids, "请撤回这份草稿，另行起草。")
    (notice.serial,) = take_serials(NoticeNumber, year=year)
    notice.year = year
    notice.number = PATTERN.format(year=year, serial=notice.serial)


def _checked(draft: Draft) -> dict[str, object]:
    """Return the columns. Raises Invalid naming the field."""
    title = required(draft.title, "事由", "title")
    if len(title) > LONGEST_TITLE:
        raise Invalid(
            f"事由写了 {len(title)} 字，最多 {LONGEST_TITLE} 字。请把细节写到“存在的问题”。",
            field="title",
        )
    return {
        "unit": draft.unit,
        "title": title,
        "text": required(draft.text, "存在的问题", "text"),
        "demands": required(draft.demands, "督办要求", "demands"),
        "answer_days": _days(draft.answer_days),
    }


def _days(days: int) -> int:
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(
            f"答复期限“{days}”个工作日超出范围。请填 1 至 {MOST_DAYS}。", field="answer_days"
        )
    return days


def _cases(
    unit: Unit, ids: Sequence[uuid.UUID], remedy: str = "请返回清单重新勾选。"
) -> list[Case]:
    """Return the cases, all of which the unit still has to mend: its own share is not done, and
    the case is not suspended. Raises Invalid naming others."""
    if len(ids) > MOST_CASES:
        raise Invalid(f"勾选了 {len(ids)} 个问题，一份督办单最多 {MOST_CASES} 个。请分开下达。")
    theirs = CaseShare.objects.filter(unit=unit, state__in=OWING).values("case_id")
    found = Case.objects.filter(pk__in=list(ids))
    owed = found.filter(state__in=WITH_UNITS, suspended_on__isnull=True, pk__in=theirs)
    own = set(owed.values_list("pk", flat=True))
    cases = list(found.order_by("owed_on", "pk"))
    others = [str(case) for case in cases if case.pk not in own]
    if others or len(cases) != len(set(ids)):
        named = "”“".join(others[:3]) or "有的问题"
        raise Invalid(
            f"“{named}”不由“{unit.name}”整改，或已报送、已结束、正在缓办。{remedy}",
            field="unit",
        )
    return cases
