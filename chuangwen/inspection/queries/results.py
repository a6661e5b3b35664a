"""The numbers of a round, from the kept counts alone: no page counts answers."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Model, Q, QuerySet, Sum

from chuangwen.framework.models import CheckLine, SiteType
from chuangwen.inspection.agreement import Fourfold
from chuangwen.inspection.enums import Dimension, RoundState, Sampling
from chuangwen.inspection.models import Opinion, ResultTally, Round
from chuangwen.inspection.precision import Interval, wilson
from chuangwen.inspection.queries.conflicts import in_own_units
from chuangwen.inspection.queries.visible import is_bound, reach_of, sees_all
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account, Unit

BOARDS = (
    Dimension.SITE_TYPE,
    Dimension.UNIT,
    Dimension.AREA,
    Dimension.LINE,
    Dimension.INSPECTOR,
)
FOR_UNITS = (Dimension.UNIT,)
COUNTS = ("holder_id", "drawn", "tested", "passed", "lines", "failed_lines", "findings")
RANDOM = (Sampling.ALL, Sampling.STRATIFIED)


@dataclass(frozen=True)
class Result:
    """The numbers of one type, unit, area, line or inspector, or of the whole round.

    `population` is how many sites the register had behind it; None where no conclusion is drawn
    from the tested ones to the others. Untested is None as a rate, never 0.
    """

    holder_id: uuid.UUID
    name: str
    drawn: int
    tested: int
    passed: int
    lines: int
    failed_lines: int
    findings: int
    group: str = ""
    population: int | None = None
    earlier: "Result | None" = None

    @property
    def untested(self) -> int:
        """Sites that were to be tested and were not."""
        return max(self.drawn - self.tested, 0)

    @property
    def failed(self) -> int:
        """Sites that did not pass."""
        return self.tested - self.passed

    @property
    def rate(self) -> float | None:
        """达标率 of the tested, in percent; None when nothing was tested."""
        return 100 * self.passed / self.tested if self.tested else None

    @property
    def failed_line_rate(self) -> float | None:
        """The share of judged lines that failed, in percent."""
        return 100 * self.failed_lines / self.lines if self.lines else None

    @property
    def interval(self) -> Interval | None:
        """The 95 percent interval in percent, where a part was tested at random."""
        if self.population is None or self.tested >= self.population:
            return None
        found = wilson(self.passed, self.tested, self.population)
        return Interval(100 * found.low, 100 * found.high) if found else None

    @property
    def change(self) -> float | None:
        """Percentage points since the earlier round; None where one of both is untested."""
        before = self.earlier.rate if self.earlier else None
        return None if self.rate is None or before is None else self.rate - before


def whole_results(rounds: Iterable[Round]) -> dict[uuid.UUID, Result]:
    """Return the numbers of several rounds as a whole. One query."""
    listed = {one.pk: one for one in rounds}
    rows = ResultTally.objects.filter(round__in=list(listed), dimension=Dimension.ROUND)
    return {
        row.round_id: _result(row, "全部", population=population_of(listed[row.round_id], row))
        for row in rows
    }


def last_result(actor: Actor) -> tuple[Round, Result] | None:
    """Return the last closed round with its numbers, for who sees the whole district. One query."""
    if not sees_all(actor):
        return None
    rows = ResultTally.objects.filter(dimension=Dimension.ROUND, round__state=RoundState.CLOSED)
    row = rows.select_related("round").order_by("-round__number").first()
    if row is None:
        return None
    return row.round, _result(row, "全部", population=population_of(row.round, row))


def board(
    actor: Actor, within: Round, by: Dimension, *, names: bool = True
) -> tuple[Result | None, list[Result]]:
    """Return the whole and the rows of a board; of units, their own alone and no whole.

    Three queries at most: counts of this round and of the earlier one, and names.
    """
    wanted = Q(dimension=by) | Q(dimension=Dimension.ROUND)
    tallies = ResultTally.objects.filter(wanted, round__in=[within.pk, within.earlier_id])
    if not sees_all(actor):
        tallies = tallies.filter(dimension=Dimension.UNIT, holder_id__in=reach_of(actor))
    elif is_bound(actor) and within.is_blind and within.state == RoundState.RUNNING:
        tallies = tallies.exclude(
            Q(dimension=Dimension.UNIT) & in_own_units(actor.account_id, "holder_id")
        )
    # Plain tuples: a framework has thousands of lines.
    rows: list[Any] = list(tallies.values_list("round_id", "dimension", *COUNTS, named=True))
    before = {row.holder_id: row for row in rows if row.round_id == within.earlier_id}
    whole_before = next((r for r in before.values() if r.dimension == Dimension.ROUND), None)
    called = _names(within, by) if names else {}
    whole: Result | None = None
    found: list[Result] = []
    for row in rows:
        if row.round_id != within.pk:
            continue
        population = population_of(within, row)
        if row.dimension == Dimension.ROUND:
            earlier = _result(whole_before, "上一轮") if whole_before else None
            whole = _result(row, "全部", population=population, earlier=earlier)
            continue
        name, group = called.get(row.holder_id, ("（已不在名录）", ""))
        old = before.get(row.holder_id)
        found.append(
            _result(
                row, name, group=group, population=population,
                earlier=_result(old, name) if old else None,
            )
        )  # fmt: skip
    return whole, sorted(found, key=lambda one: one.name)


def population_of(within: Round, row: Any) -> int | None:
    """Return how many sites stand behind a count; None where the sites were no random sample."""
    if within.sampling not in RANDOM or within.drawing.get("by_hand"):
        return None
    if row.dimension == Dimension.ROUND:
        return int(within.drawing.get("population", row.drawn))
    of = within.drawing.get("population_by", {}).get(row.dimension)
    return None if of is None else int(of.get(str(row.holder_id), row.drawn))


@dataclass(frozen=True)
class Inspector:
    """An inspector's strictness: how often he fails a line, and beside whom on the same lines."""

    account_id: uuid.UUID
    name: str
    result: Result | None
    compared: int = 0
    own_failed: int = 0
    other_failed: int = 0

    @property
    def drift(self) -> float | None:
        """Percentage points that he fails more lines than others do on the same lines."""
        if not self.compared:
            return None
        return 100 * (self.own_failed - self.other_failed) / self.compared


@dataclass(frozen=True)
class Agreement:
    """What the sites that were visited twice tell."""

    sites: int
    lines: Fourfold
    sites_alike: int
    inspectors: list[Inspector] = field(default_factory=list)


def agreement(actor: Actor, within: Round) -> Agreement:
    """Return how far two visits agree, and each inspector's strictness. Three queries.

    Reads one row for each pair of inspectors, not the answers.
    """
    opinions = Opinion.objects.filter(round=within).order_by()
    sums = {name: Sum(name) for name in CELLS}
    alike = Count("pk", filter=Q(same_result=True))
    people = opinions.values("first__account_id", "second__account_id")
    by_people: list[Any] = list(people.annotate(number=Count("pk"), alike=alike, **sums))
    _, results = board(actor, within, Dimension.INSPECTOR)
    compared = _by_inspector(by_people)
    listed = {one.holder_id: one for one in results}
    others = Account.objects.filter(pk__in=compared.keys() - listed.keys())
    names = {one.holder_id: one.name for one in results} | dict(others.values_list("pk", "name"))
    inspectors = [
        Inspector(pk, name, listed.get(pk), *compared.get(pk, (0, 0, 0)))
        for pk, name in sorted(names.items(), key=lambda item: item[1])
    ]
    total = sum((Fourfold(*(row[name] for name in CELLS)) for row in by_people), Fourfold())
    return Agreement(
        sum(row["number"] for row in by_people),
        total,
        sum(row["alike"] for row in by_people),
        inspectors,
    )


CELLS = ("both_passed", "first_failed", "second_failed", "both_failed")


def _by_inspector(rows: list[Any]) -> dict[uuid.UUID, tuple[int, int, int]]:
    """Return lines compared, failed by himself, and failed by the other, for each inspector."""
    found: dict[uuid.UUID, tuple[int, int, int]] = {}
    for row in rows:
        table = Fourfold(*(row[name] for name in CELLS))
        first = table.first_failed + table.both_failed
        second = table.second_failed + table.both_failed
        for pk, own, other in (
            (row["first__account_id"], first, second),
            (row["second__account_id"], second, first),
        ):
            known = found.get(pk, (0, 0, 0))
            found[pk] = (known[0] + table.lines, known[1] + own, known[2] + other)
    return found


def _result(row: Any, name: str, **more: Any) -> Result:
    numbers = {
        one: getattr(row, one)
        for one in ("drawn", "tested", "passed", "lines", "failed_lines", "findings")
    }
    return Result(holder_id=row.holder_id, name=name, **numbers, **more)


def _told(unit: Unit) -> str:
    """Return a unit's name, and what became of it: its results stay with it."""
    return f"{unit.name}（已并入{unit.merged_into.name}）" if unit.merged_into else unit.name


def _names(within: Round, by: Dimension) -> dict[uuid.UUID, tuple[str, str]]:
    """Return name and group of what a board counts. One query."""
    holders = ResultTally.objects.filter(round=within, dimension=by).values("holder_id")
    if by == Dimension.LINE:
        lines = CheckLine.objects.filter(pk__in=holders).values_list(
            "pk", "code", "text", "checklist__site_type__name"
        )
        return {pk: (f"{code} {text}", kind) for pk, code, text, kind in lines}
    if by in (Dimension.UNIT, Dimension.AREA):
        units: QuerySet[Unit] = Unit.objects.filter(pk__in=holders).select_related("merged_into")
        return {one.pk: (_told(one), one.get_kind_display()) for one in units}
    model: type[Model] = Account if by == Dimension.INSPECTOR else SiteType
    rows = model._default_manager.filter(pk__in=holders).values_list("pk", "name")
    return {pk: (name, "") for pk, name in rows}
