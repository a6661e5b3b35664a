"""Keeping and reading the counts of parts."""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from chuangwen.kit.ids import new_id
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import units_within_reach
from chuangwen.plan.enums import PartState
from chuangwen.plan.models import PartTally, TaskPart
from chuangwen.plan.models.tallies import NO_DEADLINE
from chuangwen.plan.queries import parts_visible_to
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


@dataclass
class UnitStanding:
    """The same for one unit."""

    unit_id: uuid.UUID
    name: str
    numbers: Counter[str] = field(default_factory=Counter)
    late: int = 0

    @property
    def open(self) -> int:
        return sum(self.numbers[state] for state in OPEN_STATES)

    @property
    def closed(self) -> int:
        return self.numbers[PartState.CLOSED]

    @property
    def waiting(self) -> int:
        return self.numbers[PartState.SUBMITTED] + self.numbers[PartState.DONE]


@dataclass(frozen=True)
class Standing:
    """Where the visible units stand on a day: parts by state, and late parts by unit."""

    numbers: dict[str, int]
    late: list[tuple[str, int]]  # unit name and number, the most first
    units: "list[UnitStanding]" = field(default_factory=list)  # late ones first, then by name

    @property
    def late_total(self) -> int:
        return sum(number for _, number in self.late)


def standing(actor: Actor, day: datetime.date) -> Standing:
    """Count what the viewer may see. Two queries, whatever the number of parts.

    Whole months come from the tallies; only the days of the current month are counted in rows.
    """
    month = day.replace(day=1)
    units: dict[uuid.UUID, UnitStanding] = {}
    past = Sum("number", filter=Q(state__in=OPEN_STATES, due_month__lt=month), default=0)
    tallied = _visible(actor).values_list("unit_id", "unit__name", "state")
    for pk, name, state, total, behind in tallied.annotate(total=Sum("number"), behind=past):
        unit = units.setdefault(pk, UnitStanding(pk, name))
        unit.numbers[state] += total
        unit.late += behind
    recent = parts_visible_to(actor).filter(
        due_order__gte=month, due_order__lt=day, state__in=OPEN_STATES
    )
    for pk, name, total in recent.values_list("unit_id", "unit__name").annotate(total=Count("pk")):
        units.setdefault(pk, UnitStanding(pk, name)).late += total
    numbers: Counter[str] = sum((unit.numbers for unit in units.values()), Counter())
    ranked = sorted(units.values(), key=lambda unit: (-unit.late, unit.name))
    return Standing(
        numbers={state: number for state, number in numbers.items() if number},
        late=[(unit.name, unit.late) for unit in ranked if unit.late],
        units=[unit for unit in ranked if unit.open or unit.waiting or unit.closed],
    )


def _visible(actor: Actor) -> QuerySet[PartTally]:
    tallies = PartTally.objects.all()
    if actor.may_everywhere(Permission.VIEW_DISTRICT):
        return tallies
    return tallies.filter(unit__in=units_within_reach(actor).values("descendant_id"))
