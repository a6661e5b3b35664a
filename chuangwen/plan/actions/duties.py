"""Duties after the plan is confirmed: collective owners, questions."""

import datetime
from typing import Any

from django.db import transaction

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import expand_group, find_group
from chuangwen.plan.announcing import announce_answer, announce_question
from chuangwen.plan.collective_owners import share_of
from chuangwen.plan.enums import QuestionState
from chuangwen.plan.models import Action, Duty, DutyQuestion, Task


@transaction.atomic
def expand_duty(*, duty: Duty, day: datetime.date, by: Actor) -> list[Duty]:
    """Give a collective owner's duty to each unit that it means on `day`.

    Units that hold the same duty already are left alone, so the step may be repeated when the
    register grew. Raises Invalid when the collective name is not defined, or means nobody.
    """
    by.require(Permission.DISPATCH_TASKS)
    locked = Duty.objects.select_for_update().get(pk=duty.pk)
    if not locked.is_collective:
        raise Invalid(f"“{locked.written_name}”是一个单位，不需要展开。")
    group = find_group(locked.written_name)
    if group is None:
        raise Invalid(f"还没有定义“{locked.written_name}”包括哪些单位。请先在“集体称谓”中定义。")
    same: dict[str, Any] = {
        "action_id": locked.action_id,
        "task_id": locked.task_id,
        "indicator_id": locked.indicator_id,
        "kind": locked.kind,
    }
    open_duties = Duty.objects.filter(valid_until__isnull=True, unit__isnull=False, **same)
    held = open_duties.values("unit_id")
    units = list(expand_group(group, day).exclude(pk__in=held))
    if not units and not locked.expansions.exists():
        raise Invalid(f"名录中 {day} 没有属于“{locked.written_name}”的单位。请先建立或导入单位。")
    new = [share_of(locked, unit, day) for unit in units]
    Duty.objects.bulk_create(new, batch_size=500)
    Duty.objects.filter(pk=locked.pk).update(expanded_on=day)
    entries = [Entry("duty.expanded", one, {"unit": [None, one.unit_id]}) for one in new]
    record_all(by=by, entries=entries)
    return new


@transaction.atomic
def ask_about_duty(
    *, text: str, by: Actor, unit: Unit | None = None, task: Task | None = None,
    action: Action | None = None,
) -> DutyQuestion:  # fmt: skip
    """Ask 创文办 who answers for something (P 五(一)1). Raises Invalid for an empty question."""
    by.require(Permission.ASK_ABOUT_DUTY, unit_id=unit.pk if unit else None)
    if not text.strip():
        raise Invalid("请写明哪里不清楚。", field="text")
    question = DutyQuestion.objects.create(text=text.strip(), unit=unit, task=task, action=action)
    record(by=by, verb="duty.asked", on=question)
    announce_question(question, by)
    return question


@transaction.atomic
def answer_question(*, question: DutyQuestion, answer: str, by: Actor) -> DutyQuestion:
    """Settle a question; an answer is final, a new doubt is a new question."""
    by.require(Permission.ANSWER_DUTY_QUESTIONS)
    if not answer.strip():
        raise Invalid("请写明答复。", field="answer")
    answered = DutyQuestion.objects.filter(pk=question.pk, state=QuestionState.ASKED).update(
        state=QuestionState.ANSWERED, answer=answer.strip(), answered_at=clock.now()
    )
    if not answered:
        raise IllegalTransition("这个疑问已有人答复。请刷新页面查看。")
    question.refresh_from_db()
    record(by=by, verb="duty.answered", on=question)
    announce_answer(question, by)
    return question
