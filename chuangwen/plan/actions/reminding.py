"""The day's reminders of open parts and measures."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from chuangwen.kit.calendar import add_working_days, is_certain, is_working_day
from chuangwen.notices.actions.notifying import notify
from chuangwen.notices.actions.reminders import claim_run, extend_run, finish_run
from chuangwen.notices.deadlines import stages_reached
from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.notices.models import ReminderRun
from chuangwen.notices.notes import Note, Told, told
from chuangwen.notices.queries.reminders import last_finished_day, offsets_in_force
from chuangwen.people.actors import Actor
from chuangwen.people.queries import office_people
from chuangwen.plan.due import earliest_open_deadline, open_measures_due, open_parts_due
from chuangwen.plan.reminding import Recipients, measure_reminders, part_reminders
from chuangwen.plan.standing import due_on, standing

MOST_UNITS_NAMED = 10
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Reminded:
    """What a day's run did."""

    reminders: int
    since: datetime.date
    is_certain: bool


def remind_of_deadlines(*, day: datetime.date, by: Actor) -> Reminded | None:
    """Tell everybody what is due on `day`, and what was left out since the last finished day.

    None when the day is done or another process is at it. May be killed at any point and started
    again: each batch is a transaction, and nobody is told the same stage of a deadline twice.
    """
    run = claim_run(day)
    if run is None:
        return None
    since = last_finished_day(day) or day - DAY
    number = send_reminders(run=run, since=since, by=by)
    certain = is_certain(day)
    finish_run(run=run, reminders=number, is_certain=certain, by=by)
    return Reminded(number, since, certain)


def send_reminders(*, run: ReminderRun, since: datetime.date, by: Actor) -> int:
    """Work through a day that was claimed; return how many people were told something new."""
    day, offsets = run.day, offsets_in_force()
    people = Recipients.of(day)
    earliest = earliest_open_deadline(day)
    number = 0
    stages = stages_reached(offsets, since=since, day=day, earliest=earliest)
    for parts in open_parts_due(stages):
        number += _tell(run, part_reminders(parts, stages, day, people), by)
    once = offsets.without_repetition()
    earliest = add_working_days(since, -max(once.after, default=0) - 2)
    stages = stages_reached(once, since=since, day=day, earliest=earliest)
    for measures in open_measures_due(stages):
        number += _tell(run, measure_reminders(measures, stages, day, people), by)
    if is_working_day(day):
        number += _tell(run, _digest(day, by), by)
    return number


@transaction.atomic
def _tell(run: ReminderRun, notes: Iterable[Told], by: Actor) -> int:
    extend_run(run)
    return notify(notes=notes, by=by)


def _digest(day: datetime.date, by: Actor) -> Iterable[Told]:
    """Yield the office's one reminder of the day: numbers, and who is behind most."""
    found = standing(by, day)
    due = due_on(day)
    if not (found.late_total or due):
        return
    named = found.late[:MOST_UNITS_NAMED]
    lines = [f"今天到期 {due} 项，超期 {found.late_total} 项。"]
    if named:
        lines.append(
            "超期最多：" + "、".join(f"{unit} {number} 项" for unit, number in named) + "。"
        )
    note = Note(
        kind=NoticeKind.OVERDUE_DIGEST,
        subject=f"{day} 时限日报：超期 {found.late_total} 项，今天到期 {due} 项",
        body="\n".join(lines),
        key=f"digest:{day}",
        about=AboutKind.LATE_PARTS,
    )
    yield from told(note, office_people(day))
