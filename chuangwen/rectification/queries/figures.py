"""How far cases were dealt with in time: the numbers of boards, rankings and official papers.

按期结案率 = 按期结案 ÷ (应结案 − 缓办). 应结案 are the cases whose deadline lies in the period and
has come: on the last day itself only those already handed in, for the others still have that day.
按期结案 was handed in by the last unit not after the deadline, and not sent back to any; an
extension or a 返工 has set a new deadline. What is past its deadline and not handed in counts
against the rate. A case counts for the unit that leads it.
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from chuangwen.people.actors import Actor
from chuangwen.people.enums import UnitKind
from chuangwen.rectification.enums import CaseState, Source, Step
from chuangwen.rectification.models import Case, CaseEvent, RankingRule
from chuangwen.rectification.models.ranking import USUAL_FEWEST
from chuangwen.rectification.queries.visible import visible_cases

VOID = (CaseState.CANCELLED, CaseState.MERGED)  # entered by mistake, or counted in another
LOCAL = (UnitKind.STREET.value, UnitKind.COMMUNITY.value)
DEPARTMENTS_AND_UNITS, STREETS = "区级部门和单位", "街道、镇和社区"
GROUPS = (DEPARTMENTS_AND_UNITS, STREETS)


class Dimension(StrEnum):
    """By what the cases are told apart."""

    UNIT = "unit"
    CATEGORY = "category"
    SOURCE = "source"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return LABELS[self]


LABELS = {Dimension.UNIT: "牵头整改单位", Dimension.CATEGORY: "类别", Dimension.SOURCE: "来源"}
_COLUMNS = {
    Dimension.UNIT: ("lead", "lead__name", "lead__kind"),
    Dimension.CATEGORY: ("category", "category__name", "category__code"),
    Dimension.SOURCE: ("source",),
}
NOBODY = {Dimension.UNIT: "还没有派遣", Dimension.CATEGORY: "没有归类", Dimension.SOURCE: ""}


@dataclass(frozen=True)
class Period:
    """The days that are asked about, both included, as seen on `day`."""

    since: datetime.date
    until: datetime.date
    day: datetime.date

    @property
    def due(self) -> Q:
        """The condition of 应结案."""
        came = Q(due_on__lt=self.day) | Q(due_on=self.day, handed_in_on__isnull=False)
        return Q(due_on__gte=self.since, due_on__lte=min(self.until, self.day)) & came

    def holds(self, column: str) -> Q:
        """The condition that a day of the case lies in the period."""
        return Q(**{f"{column}__gte": self.since, f"{column}__lte": self.until})


@dataclass(frozen=True)
class Tally:
    """The cases of one row. `due` = on_time + late + open_late + suspended.

    `open_late_all` are all that are late now, whenever they were due.
    """

    found: int = 0
    filed: int = 0
    closed: int = 0
    due: int = 0
    suspended: int = 0
    on_time: int = 0
    late: int = 0
    open_late: int = 0
    open_late_all: int = 0

    @property
    def owed(self) -> int:
        """应结案 − 缓办."""
        return self.due - self.suspended

    @property
    def rate(self) -> float | None:
        """按期结案率 in percent; None when nothing was to be done by now."""
        return 100 * self.on_time / self.owed if self.owed else None

    def __add__(self, other: "Tally") -> "Tally":
        names = [one.name for one in fields(Tally)]
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True)
class Figure:
    """One row: of a unit, a category or a source; `key` is None for cases that have none."""

    key: uuid.UUID | str | None
    name: str
    group: str
    tally: Tally = field(default_factory=Tally)


@dataclass(frozen=True)
class Placed:
    """A figure with its place; None where there are too few cases to compare."""

    place: int | None
    figure: Figure


@dataclass(frozen=True)
class Ranking:
    """The units of one group: those ranked, and those with too few cases, which are apart."""

    group: str
    placed: Sequence[Placed] = field(default_factory=list)
    too_few: Sequence[Figure] = field(default_factory=list)


def figures(actor: Actor, period: Period, dimension: Dimension) -> list[Figure]:
    """Return a row for each that has cases in the period, most 应结案 first. Two queries."""
    return all_figures(actor, period, (dimension,))[dimension]


def all_figures(
    actor: Actor, period: Period, dimensions: Sequence[Dimension] = tuple(Dimension)
) -> dict[Dimension, list[Figure]]:
    """Return the rows of several dimensions, from the same two queries."""
    columns = [column for one in dimensions for column in _COLUMNS[one]]
    cases = visible_cases(actor).exclude(state__in=VOID)
    rows: dict[Dimension, dict[Any, Figure]] = {one: {} for one in dimensions}
    for row in (*_counted(cases, period, columns), *_filed(cases, period, columns)):
        tally = Tally(**{one.name: row.get(one.name, 0) for one in fields(Tally)})
        for dimension, found in rows.items():
            key = row[_COLUMNS[dimension][0]]
            known = found.get(key) or _figure(dimension, row)
            found[key] = replace(known, tally=known.tally + tally)
    return {dimension: _in_order(found.values()) for dimension, found in rows.items()}


def _in_order(rows: Iterable[Figure]) -> list[Figure]:
    found = [one for one in rows if one.tally != Tally()]
    found.sort(key=lambda one: (one.key is None, -one.tally.due, -one.tally.found, one.name))
    return found


def total(rows: Iterable[Figure]) -> Tally:
    """Return the sum: each case is in one row only."""
    return sum((one.tally for one in rows), Tally())


def rankings(rows: Iterable[Figure], *, fewest: int) -> list[Ranking]:
    """Rank the units of each group by their rate: equal ones share a place, and the next counts on.

    Units with fewer than `fewest` cases to be done by now stand apart, unranked.
    """
    found = []
    units = [one for one in rows if one.key is not None and one.tally.owed > 0]
    for group in GROUPS:
        own = [one for one in units if one.group == group]
        few = sorted((one for one in own if one.tally.owed < fewest), key=lambda one: one.name)
        enough = [one for one in own if one.tally.owed >= fewest]
        enough.sort(key=lambda one: (-_share(one), -one.tally.owed, one.name))
        placed: list[Placed] = []
        for number, one in enumerate(enough, start=1):
            ahead = placed[-1] if placed else None
            tied = ahead is not None and _share(ahead.figure) == _share(one)
            placed.append(Placed(ahead.place if ahead and tied else number, one))
        found.append(Ranking(group, placed, few))
    return found


def _share(one: Figure) -> float:
    return one.tally.on_time / one.tally.owed


def _counted(
    cases: QuerySet[Case], period: Period, columns: Sequence[str]
) -> Iterable[dict[str, Any]]:
    due, day = period.due, period.day
    waits, stands = Q(suspended_on__isnull=True), Q(handed_in_on__isnull=True)
    in_time = Q(handed_in_on__lte=F("due_on"))
    counts = {
        "found": period.holds("found_on"),
        "closed": period.holds("closed_on"),
        "due": due,
        "suspended": due & ~waits,
        "on_time": due & waits & in_time,
        "late": due & waits & Q(handed_in_on__gt=F("due_on")),
        "open_late": due & waits & stands,
        "open_late_all": Q(owed_on__lt=day),
    }
    asked = period.holds("found_on") | period.holds("closed_on") | due | Q(owed_on__lt=day)
    rows: Any = cases.filter(asked).order_by().values(*columns)
    found: Iterable[dict[str, Any]] = rows.annotate(
        **{name: Count("pk", filter=one) for name, one in counts.items()}
    )
    return found


def _filed(
    cases: QuerySet[Case], period: Period, columns: Sequence[str]
) -> Iterable[dict[str, Any]]:
    """Count the cases that were filed in the period, each once however often it was."""
    events = CaseEvent.objects.filter(step=Step.FILE, day__gte=period.since, day__lte=period.until)
    filed = cases.filter(pk__in=events.order_by().values("case_id"))
    rows: Any = filed.order_by().values(*columns)
    found: Iterable[dict[str, Any]] = rows.annotate(filed=Count("pk"))
    return found


def _figure(dimension: Dimension, row: Mapping[str, Any]) -> Figure:
    key = row[_COLUMNS[dimension][0]]
    if dimension is Dimension.SOURCE:
        return Figure(key, str(Source(key).label), "")
    if key is None:
        return Figure(None, NOBODY[dimension], "")
    if dimension is Dimension.CATEGORY:
        return Figure(key, row["category__name"], row["category__code"])
    group = STREETS if row["lead__kind"] in LOCAL else DEPARTMENTS_AND_UNITS
    return Figure(key, row["lead__name"], group)


def fewest_to_rank() -> int:
    """Return from how many 应结案 on a unit is ranked here. One query."""
    fewest = RankingRule.objects.values_list("fewest", flat=True).first()
    return USUAL_FEWEST if fewest is None else fewest
