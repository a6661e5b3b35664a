"""Open parts and measures by deadline, a batch at a time: memory stays the same at any number."""

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import Exists, Min, OuterRef, QuerySet

from chuangwen.plan.enums import PartState
from chuangwen.plan.models import Measure, ProgressEntry, TaskPart
from chuangwen.plan.rules import OPEN_STATES

BATCH = 1000


def earliest_open_deadline(day: datetime.date) -> datetime.date:
    """Return the oldest deadline of an open part, or `day`."""
    oldest = TaskPart.objects.filter(state__in=OPEN_STATES).aggregate(due=Min("due_on"))["due"]
    return min(oldest or day, day)


def open_parts_due(days: Iterable[datetime.date]) -> Iterator[list[TaskPart]]:
    """Yield the open parts with one of the deadlines, with task and unit."""
    parts = TaskPart.objects.select_related("task", "unit")
    filled = TaskPart.objects.filter(state__in=OPEN_STATES, due_order__in=list(days)).order_by()
    for state, due in sorted(filled.values_list("state", "due_on").distinct()):
        # State, deadline and identifier are the index: each batch starts where the last ended.
        yield from _batches(parts.filter(state=state, due_on=due))


def open_measures_due(days: Iterable[datetime.date]) -> Iterator[list[Measure]]:
    """Yield the measures with one of the deadlines that are being carried out.

    A measure has no state of its own: progress noted on its day or later answers for it.
    """
    noted = ProgressEntry.objects.filter(part=OuterRef("part"), day__gte=OuterRef("due_on"))
    running = Measure.objects.filter(part__state=PartState.CONFIRMED)
    filled = running.filter(due_on__in=list(days)).order_by()
    for due in sorted(filled.values_list("due_on", flat=True).distinct()):
        measures = running.filter(~Exists(noted), due_on=due)
        yield from _batches(measures.select_related("part__task", "part__unit"))


def _batches(rows: QuerySet[TaskPart] | QuerySet[Measure]) -> Iterator[list]:  # type: ignore[type-arg]
    ordered = rows.order_by("pk")
    batch = list(ordered[:BATCH])
    while batch:
        yield batch
        batch = list(ordered.filter(pk__gt=batch[-1].pk)[:BATCH]) if len(batch) == BATCH else []
