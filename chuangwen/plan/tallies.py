"""Keeping and reading the counts of parts."""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable

from django.db import connection
from django.db.models import Count, QuerySet, Sum

from chuangwen.kit.ids import new_id
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import units_within_reach
from chuangwen.plan.enums import PartState
from chuangwen.plan.models import PartTally, TaskPart
from chuangwen.plan.models.tallies import NO_DEADLINE
from chuangwen.plan.rules import OPEN_STATES
from chuangwen.tenancy.scope import current_tenant_id

Bucket = tuple[uuid.UUID, str, datetime.date]


def bucket_of(part: TaskPart, state: PartState | None = None) -> Bucket:
    """Return the bucket in which a part is counted, as if it were in `state` when given."""
    month = part.due_on.replace(day=1) if part.due_on else NO_DEADLINE
    return part.unit_id, state or part.state, month


def count_moves(moves: Iterable[tuple[Bucket | None, Bucket | None]]) -> None:
    """Take parts out of their old buckets and into the new ones, in one statement."""
    change: Counter[Bucket] = Counter()
    for old, new in moves:
        if old is not None:
            change[old] -= 1
        if new is not None:
            change[new] += 1
    _add({bucket: number for bucket, number in change.items() if number})


def _add(change: dict[Bucket, int]) -> None:
    """Add to the stored numbers; the database adds, so that two writers never lose a count."""
    if not change:
        return
    meta = PartTally._meta
    fields = meta.concrete_fields
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(field.column or "") for field in fields)
    row = "(" + ", ".join(["%s"] * len(fields)) + ")"
    table = quoted(meta.db_table)
    statement = (
        f"INSERT INTO {table} ({names}) VALUES {', '.join([row] * len(change))} "  # noqa: S608
        "ON CONFLICT (tenant_id, unit_id, state, due_month) "
        f"DO UPDATE SET number = {table}.number + excluded.number"
    )
    values = [
        field.get_db_prep_save(value, connection)
        for bucket, number in sorted(change.items(), key=lambda entry: str(entry[0]))
        for field, value in zip(
            fields, (new_id(), current_tenant_id(), *bucket, number), strict=True
        )
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def numbers_by_state(actor: Actor) -> dict[str, int]:
    """Return how many parts the viewer may see in each state. One query over the tallies."""
    found = _visible(actor).values_list("state").annotate(total=Sum("number"))
    return {state: total for state, total in found if total}


def late_by_unit(actor: Actor, day: datetime.date) -> dict[uuid.UUID, int]:
    """Return the number of late parts of each visible unit that has any. Two queries."""
    month = day.replace(day=1)
    late: Counter[uuid.UUID] = Counter()
    past = _visible(actor).filter(state__in=OPEN_STATES, due_month__lt=month)
    for unit_id, total in past.values_list("unit_id").annotate(total=Sum("number")):
        late[unit_id] += total
    this_month = TaskPart.objects.filter(due_on__gte=month, due_on__lt=day, state__in=OPEN_STATES)
    if not actor.may_everywhere(Permission.VIEW_DISTRICT):
        this_month = this_month.filter(unit__in=units_within_reach(actor).values("descendant_id"))
    for unit_id, total in this_month.values_list("unit_id").annotate(total=Count("pk")):
        late[unit_id] += total
    return {unit_id: number for unit_id, number in late.items() if number}


def _visible(actor: Actor) -> QuerySet[PartTally]:
    tallies = PartTally.objects.all()
    if actor.may_everywhere(Permission.VIEW_DISTRICT):
        return tallies
    return tallies.filter(unit__in=units_within_reach(actor).values("descendant_id"))
