"""Deadlines and phases by day. A day shows its first few; the numbers are those of all."""

import datetime
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import DenseRank, RowNumber

from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.models import Measure, Phase, TaskPart
from chuangwen.plan.queries import parts_visible_to
from chuangwen.plan.rules import OPEN_STATES

SHOWN_A_DAY = 3


class EntryKind(models.TextChoices):
    """What stands in the calendar."""

    TASK = "task", "任务时限"
    MEASURE = "measure", "措施时限"
    PHASE = "phase", "阶段起止"


@dataclass(frozen=True)
class Span:
    """Which days, and whose: all that the viewer may see, or one unit's."""

    first: datetime.date
    last: datetime.date
    unit_id: uuid.UUID | None = None
    kinds: frozenset[str] = frozenset(EntryKind.values)


@dataclass(frozen=True)
class Entry:
    """One line of a day. `about` names what it opens: part, task or plan; `units` counts parts."""

    day: datetime.date
    kind: EntryKind
    about: str
    about_id: uuid.UUID
    title: str
    unit: str = ""
    units: int = 0
    is_open: bool = True
    key: str = ""  # the same for the same thing, whenever it is asked for
    is_sample: bool = False


@dataclass
class Calendar:
    """Entries by day, and how many there are of each kind on each day."""

    entries: dict[datetime.date, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    numbers: Counter[tuple[datetime.date, str]] = field(default_factory=Counter)

    def add(self, entry: Entry, number: int) -> None:
        """Put an entry under its day, of which there are `number` of the kind."""
        self.entries[entry.day].append(entry)
        self.numbers[entry.day, entry.kind.value] = number

    def hidden(self, day: datetime.date, kind: str) -> int:
        """Return how many of a kind are not shown on a day."""
        shown = sum(entry.kind == kind for entry in self.entries.get(day, ()))
        return self.numbers[day, kind] - shown


def groups_by_task(actor: Actor, span: Span) -> bool:
    """Tell whether a task's parts with one deadline are one entry: in the office's overview."""
    return span.unit_id is None and actor.may_everywhere(Permission.VIEW_DISTRICT)


def calendar_of(actor: Actor, span: Span, *, most: int = SHOWN_A_DAY) -> Calendar:
    """Return the days of the span, the first `most` of each kind a day. Four queries at most."""
    calendar = Calendar()
    if EntryKind.PHASE in span.kinds:
        for entry in phase_entries(span):
            calendar.add(entry, calendar.numbers[entry.day, EntryKind.PHASE.value] + 1)
    if EntryKind.TASK in span.kinds:
        for entry, number in _tasks(actor, span, most):
            calendar.add(entry, number)
    if EntryKind.MEASURE in span.kinds:
        for row in _first_of_day(measures_in(actor, span), most).select_related("part__unit"):
            calendar.add(measure_entry(row), row.number)
    return calendar


def parts_in(actor: Actor, span: Span) -> QuerySet[TaskPart]:
    """Return the visible parts whose deadline lies in the span."""
    parts = parts_visible_to(actor).filter(due_order__range=(span.first, span.last))
    return parts.filter(unit_id=span.unit_id) if span.unit_id else parts


def measures_in(actor: Actor, span: Span) -> QuerySet[Measure]:
    """Return the measures of visible parts whose deadline lies in the span."""
    parts = parts_visible_to(actor)
    if span.unit_id:
        parts = parts.filter(unit_id=span.unit_id)
    within = Measure.objects.filter(due_on__range=(span.first, span.last))
    return within.filter(part__in=parts.values("pk")).order_by()


def phase_entries(span: Span) -> list[Entry]:
    """Return the beginnings and ends of phases in the span. One query; a campaign has a few."""
    days = (span.first, span.last)
    phases = Phase.objects.filter(retired_on=None).filter(
        Q(starts_on__range=days) | Q(ends_on__range=days)
    )
    entries = []
    for phase in phases:
        for day, word in ((phase.starts_on, "开始"), (phase.ends_on, "结束")):
            if day is not None and span.first <= day <= span.last:
                key = f"phase-{phase.pk}-{'start' if word == '开始' else 'end'}"
                title = f"{phase.name}{word}"
                entries.append(Entry(day, EntryKind.PHASE, "plan", phase.pk, title, key=key))
    return sorted(entries, key=lambda entry: entry.day)


def part_entry(part: TaskPart) -> Entry:
    """Return a part as an entry; task and unit are loaded with it."""
    return Entry(
        day=_day(part.due_on),
        kind=EntryKind.TASK,
        about="part",
        about_id=part.pk,
        title=part.task.title,
        unit=part.unit.name,
        is_open=part.state in OPEN_STATES,
        key=f"part-{part.pk}",
        is_sample=part.is_sample,
    )


def measure_entry(measure: Measure) -> Entry:
    """Return a measure as an entry; part and unit are loaded with it."""
    return Entry(
        day=measure.due_on,
        kind=EntryKind.MEASURE,
        about="part",
        about_id=measure.part_id,
        title=measure.text,
        unit=measure.part.unit.name,
        is_open=measure.part.state in OPEN_STATES,
        key=f"measure-{measure.pk}",
        is_sample=measure.part.is_sample,
    )


def task_entries(parts: QuerySet[TaskPart], *, most_parts: int | None = None) -> list[Entry]:
    """Return tasks as entries, one for each deadline, with how many units have it. One query."""
    rows = parts.order_by("due_order", "task_id", "pk").values_list(
        "due_on", "task_id", "task__title", "pk", "unit__name", "is_sample", "state"
    )
    entries = []
    for (due, task_id, title), group in groupby(rows[:most_parts], key=lambda row: row[:3]):
        units = list(group)
        _due, _task, _title, part_id, unit, *_ = units[0]
        entry = Entry(
            day=_day(due),
            kind=EntryKind.TASK,
            about="task" if len(units) > 1 else "part",
            about_id=task_id if len(units) > 1 else part_id,
            title=title,
            unit=f"{len(units)} 个单位" if len(units) > 1 else unit,
            units=len(units),
            is_open=any(row[-1] in OPEN_STATES for row in units),
            key=f"task-{task_id}-{due}",
            is_sample=any(row[-2] for row in units),
        )
        entries.append(entry)
    return entries


def _tasks(actor: Actor, span: Span, most: int) -> list[tuple[Entry, int]]:
    parts = parts_in(actor, span)
    if not groups_by_task(actor, span):
        rows = _first_of_day(parts, most).select_related("task", "unit")
        return [(part_entry(part), part.number) for part in rows]
    day, task = [F("due_on")], F("task")
    ranked = parts.order_by().annotate(
        rank=Window(DenseRank(), partition_by=day, order_by=task.asc()),
        from_end=Window(DenseRank(), partition_by=day, order_by=task.desc()),
    )
    first = ranked.filter(rank__lte=most)
    # From both ends a task's ranks add up to the number of tasks and one.
    numbers = dict(
        ranked.filter(rank=1).values_list("due_on", "from_end").distinct().order_by("due_on")
    )
    return [(entry, numbers[entry.day]) for entry in task_entries(first)]


def _first_of_day(rows: QuerySet[Any], most: int) -> QuerySet[Any]:
    """Keep the first of each day, each with the day's `number`; the database does it."""
    day = [F("due_on")]
    ranked = rows.order_by().annotate(
        rank=Window(RowNumber(), partition_by=day, order_by="pk"),
        number=Window(Count("pk"), partition_by=day),
    )
    first: QuerySet[Any] = ranked.filter(rank__lte=most).order_by("due_on", "pk")
    return first


def _day(due: datetime.date | None) -> datetime.date:
    if due is None:
        raise ValueError("only what has a deadline stands in the calendar")
    return due
