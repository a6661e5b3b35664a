"""Comparing the counts with the rows they count, and making them anew. Derived data: no events."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet

from chuangwen.kit.ids import new_id
from chuangwen.kit.locking import hold_writers
from chuangwen.plan.enums import TaskState
from chuangwen.plan.models import Tally, Task, TaskPart
from chuangwen.plan.rules import OPEN_STATES
from chuangwen.plan.tallies import ENDED_STATES, Bucket, part_buckets, task_buckets

CHUNK = 1000


@dataclass(frozen=True)
class Drift:
    """Where counts and rows differ: (stored, counted) by bucket, and tasks marked wrongly."""

    buckets: dict[Bucket, tuple[int, int]] = field(default_factory=dict)
    tasks: list[Any] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.buckets or self.tasks)


@transaction.atomic
def find_drift() -> Drift:
    """Compare all counts of the tenant with its rows. Writers wait meanwhile."""
    hold_writers(Tally)
    stored = Counter(_stored())
    counted = _counted()
    return Drift(
        buckets={
            bucket: (stored[bucket], counted[bucket])
            for bucket in stored.keys() | counted.keys()
            if stored[bucket] != counted[bucket]
        },
        tasks=list(_wrongly_marked().values_list("pk", flat=True)),
    )


@transaction.atomic
def rebuild_tallies() -> int:
    """Count everything of the tenant anew; return how many counts there are. Writers wait."""
    hold_writers(Tally)
    for ready in (True, False):
        wrong = list(_wrongly_marked().filter(is_ready=not ready).values_list("pk", flat=True))
        for start in range(0, len(wrong), CHUNK):
            Task.objects.filter(pk__in=wrong[start : start + CHUNK]).update(is_ready=ready)
    Tally.objects.all().delete()
    counted = _counted()
    Tally.objects.bulk_create(
        (
            Tally(id=new_id(), holder_id=holder, kind=kind, day=day, number=number)
            for (holder, kind, day), number in counted.items()
        ),
        batch_size=CHUNK,
    )
    return len(counted)


def _stored() -> dict[Bucket, int]:
    rows = Tally.objects.exclude(number=0).values_list("holder_id", "kind", "day", "number")
    return {(holder, kind, day): number for holder, kind, day, number in rows.iterator(CHUNK)}


def _counted() -> Counter[Bucket]:
    found: Counter[Bucket] = Counter()
    parts = TaskPart.objects.order_by().values_list("unit_id", "state", "due_on")
    for unit, state, due_on, number in parts.annotate(number=Count("pk")).iterator(CHUNK):
        for bucket in part_buckets(unit, state, due_on):
            found[bucket] += number
    tasks = Task.objects.order_by().values_list("tenant_id", "state", "is_ready")
    for tenant, state, is_ready, number in tasks.annotate(number=Count("pk")):
        for bucket in task_buckets(tenant, state, is_ready=is_ready):
            found[bucket] += number
    return found


def _wrongly_marked() -> QuerySet[Task]:
    parts = TaskPart.objects.filter(task=OuterRef("pk"))
    ended = Exists(parts.filter(state__in=ENDED_STATES))
    still_open = Exists(parts.filter(state__in=OPEN_STATES))
    ready = Task.objects.filter(ended, ~still_open, state=TaskState.DISPATCHED)
    marked = Task.objects.filter(is_ready__in=[True])
    wrong = ready.filter(is_ready=False) | marked.exclude(pk__in=ready.values("pk"))
    return wrong.order_by()
