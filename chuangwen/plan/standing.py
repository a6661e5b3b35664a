"""Where the units stand on a day, read from the counts and never from the rows."""

import datetime
import uuid
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import F, QuerySet, Sum, Value

from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import units_within_reach
from chuangwen.plan.enums import PartState, TallyKind
from chuangwen.plan.models import Tally
from chuangwen.plan.models.tasks import NO_DEADLINE
from chuangwen.plan.rules import OPEN_STATES, SOON

LATE, DUE_SOON = "late", "soon"
DISTRICT_KINDS = (TallyKind.UNDISPATCHED, TallyKind.READY)


@dataclass
class UnitStanding:
    """Parts of one unit by state, and how many of the open ones are late or due within a week."""

    unit_id: uuid.UUID
    name: str
    numbers: Counter[str] = field(default_factory=Counter)
    late: int = 0
    soon: int = 0

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
    units: list[UnitStanding] = field(default_factory=list)  # late ones first, then by name
    undispatched: int = 0  # tasks of the district, for those who see all of it
    ready: int = 0

    @property
    def late_total(self) -> int:
        return sum(number for _, number in self.late)

    @property
    def soon_total(self) -> int:
        return sum(unit.soon for unit in self.units)


def standing(actor: Actor, day: datetime.date) -> Standing:
    """Return the counts of what the viewer may see. Two queries, whatever the number of parts."""
    sees_all = actor.may_everywhere(Permission.VIEW_DISTRICT)
    visible_units, tallies = Unit.objects.all(), Tally.objects.all()
    if not sees_all:
        reach = units_within_reach(actor).values("descendant_id")
        visible_units, tallies = (
            visible_units.filter(pk__in=reach),
            tallies.filter(holder_id__in=reach),
        )
    names = dict(visible_units.order_by().values_list("pk", "name"))
    units: dict[uuid.UUID, UnitStanding] = {}
    district: Counter[str] = Counter()
    for holder, kind, number in _sums(tallies, day):
        if holder not in names:
            district[kind] += number
            continue
        unit = units.setdefault(holder, UnitStanding(holder, names[holder]))
        if kind == LATE:
            unit.late += number
        elif kind == DUE_SOON:
            unit.soon += number
        else:
            unit.numbers[kind] += number
    numbers: Counter[str] = sum((unit.numbers for unit in units.values()), Counter())
    ranked = sorted(units.values(), key=lambda unit: (-unit.late, unit.name))
    return Standing(
        numbers={state: number for state, number in numbers.items() if number},
        late=[(unit.name, unit.late) for unit in ranked if unit.late],
        units=[unit for unit in ranked if unit.open or unit.waiting or unit.closed],
        undispatched=district[TallyKind.UNDISPATCHED],
        ready=district[TallyKind.READY],
    )


def due_on(day: datetime.date) -> int:
    """Return how many parts of the district are open and due on a day."""
    rows = Tally.objects.filter(kind=TallyKind.OPEN_DAY, day=day)
    return int(rows.aggregate(number=Sum("number", default=0))["number"])


def _sums(
    tallies: QuerySet[Tally], day: datetime.date
) -> QuerySet[Tally, tuple[uuid.UUID, str, int]]:
    """Return whose, what and how many: each arm of the union is one stretch of the index.

    What is late: the months before this one, and the days of this one before today.
    """
    month = day.replace(day=1)
    by_day = tallies.filter(kind=TallyKind.OPEN_DAY)
    stretches = (
        (tallies.filter(kind__in=[*PartState, *DISTRICT_KINDS], day=NO_DEADLINE), F("kind")),
        (tallies.filter(kind=TallyKind.OPEN_MONTH, day__lt=month), Value(LATE)),
        (by_day.filter(day__gte=month, day__lt=day), Value(LATE)),
        (by_day.filter(day__range=(day, day + SOON)), Value(DUE_SOON)),
    )
    first, *others = (
        rows.order_by()
        .annotate(what=what)
        .values("holder_id", "what")
        .annotate(total=Sum("number"))
        .values_list("holder_id", "what", "total")
        for rows, what in stretches
    )
    return first.union(*others, all=True)
