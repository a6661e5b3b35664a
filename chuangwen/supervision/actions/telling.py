"""Steps are told: one notice a person and run, so many a day at most, never in quiet hours."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.notices.actions.notifying import notify
from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.notices.models import Notice
from chuangwen.notices.notes import Note, Told
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.supervision.enums import Measure
from chuangwen.supervision.models import EscalationStep, Ladder, WaitingReminder

PEOPLE_AT_ONCE = 100
MOST_NAMED = 20
SEVERITY = list(Measure)


@transaction.atomic
def send_reminders(*, day: datetime.date, at: datetime.time, by: Actor) -> int:
    """Tell people what waits for them, one notice each; return how many notices went out.

    Who has had the day's number of notices, and everybody in quiet hours, is told later. What was
    handed in, suspended, ended or given another deadline meanwhile is not told any more.
    """
    by.require(Permission.MANAGE_SUPERVISION)
    # Held to the end: two workers tell one after the other, and count right.
    ladder = Ladder.objects.select_for_update().first()
    if ladder is None or not ladder.is_active or ladder.is_quiet(at):
        return 0
    waiting = WaitingReminder.objects.order_by("recipient_id").values_list("recipient_id")
    had = _had_today(day, ladder.most_a_day)
    free = waiting.exclude(
        recipient_id__in=[one for one, n in had.items() if n >= ladder.most_a_day]
    )
    people = [one for (one,) in free.distinct()[:PEOPLE_AT_ONCE]]
    if not people:
        return 0
    rows = WaitingReminder.objects.filter(recipient__in=people).select_related("step__case")
    by_person: dict[uuid.UUID, list[EscalationStep]] = defaultdict(list)
    keys = []
    for row in rows.order_by("step__due_on", "step_id"):
        keys.append(row.pk)
        step = row.step
        if step.case.owed_on == step.due_on:
            by_person[row.recipient_id].append(step)
    WaitingReminder.objects.filter(pk__in=keys).delete()
    notes = list(_notes(by_person, had, day))
    notify(notes=notes, by=by)
    if notes:
        record(by=by, verb="escalation.told", on=ladder, reminders=len(notes))
    return len(notes)


def _had_today(day: datetime.date, most: int) -> dict[uuid.UUID, int]:
    """Return how many notices of the ladder each person has had on a day. One query."""
    keys = [_key(day, number) for number in range(1, most + 1)]
    had: dict[uuid.UUID, int] = defaultdict(int)
    waiting = WaitingReminder.objects.order_by().values("recipient_id")
    told = Notice.objects.filter(recipient__in=waiting, key__in=keys)
    for person in told.values_list("recipient_id", flat=True):
        had[person] += 1
    return had


def _key(day: datetime.date, number: int) -> str:
    return f"escalation:{day}:{number}"


def _notes(
    by_person: dict[uuid.UUID, list[EscalationStep]], had: dict[uuid.UUID, int], day: datetime.date
) -> Iterator[Told]:
    for person, steps in by_person.items():
        yield Told(_note(steps, _key(day, had.get(person, 0) + 1)), (person,))


def _note(steps: Sequence[EscalationStep], key: str) -> Note:
    """Write one notice about the cases, each at its highest step; the gravest come first."""
    highest: dict[uuid.UUID, EscalationStep] = {}
    for step in steps:
        known = highest.get(step.case_id)
        if known is None or known.days < step.days:
            highest[step.case_id] = step
    ordered = sorted(
        highest.values(),
        key=lambda one: (SEVERITY.index(Measure(one.measure)), one.days),
        reverse=True,
    )
    gravest, count = ordered[0], len(ordered)
    what = gravest.case.title if count == 1 else f"{count} 个问题"
    lines = [f"{one.name}：{one.case}，时限 {one.due_on}" for one in ordered[:MOST_NAMED]]
    if count > MOST_NAMED:
        lines.append(f"……共 {count} 个")
    lines.append("已整改的请及时报送；不能按期完成的请申请延期。")
    return Note(
        kind=NoticeKind.ESCALATED,
        subject=f"{gravest.name}：{what}",
        body="\n".join(lines),
        key=key,
        about=AboutKind.CASE if count == 1 else AboutKind.STANDINGS,
        about_id=gravest.case_id if count == 1 else None,
    )
