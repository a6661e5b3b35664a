"""How indicators stand: the board of many, the facts of one."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

from chuangwen.framework.enums import ReferenceKind, ValueState
from chuangwen.framework.models import Indicator
from chuangwen.framework.periods import parse_period
from chuangwen.framework.queries.indicators import (
    open_today,
    visible_reporters,
    visible_values,
)
from chuangwen.framework.standings import Facts, Standing, standings_of
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor

PAGE_SIZE = 50


@dataclass(frozen=True)
class Board:
    """A page of standings in document order; `following` is the cursor of the next page."""

    standings: list[Standing]
    following: str


def board(
    actor: Actor,
    chosen: QuerySet[Indicator],
    *,
    level: str = "",
    after: str = "",
    size: int = PAGE_SIZE,
) -> Board:
    """Return how the chosen indicators stand. Three queries at any size.

    A filter by level judges all chosen indicators; without it only the page is read.
    Raises Invalid for a cursor that is none of ours.
    """
    page = _after(chosen, after).order_by("position", "pk")
    if not level:
        page = page[: size + 1]
    known = facts_of(actor, page)
    standings = standings_of(known.values())
    shown = [standings[pk] for pk, facts in known.items() if facts.is_chosen]
    if level:
        shown = [standing for standing in shown if standing.level == level]
    last = shown[size - 1].indicator if len(shown) > size else None
    return Board(shown[:size], f"{last.position}~{last.pk}" if last else "")


def facts_of(
    actor: Actor, chosen: QuerySet[Indicator], *, all_periods: bool = False
) -> dict[uuid.UUID, Facts]:
    """Return the facts of the chosen indicators and of their alternatives. Three queries.

    Values are those of the latest period and of the year before, or, with `all_periods`, all that
    were ever reported, superseded ones included.
    """
    keys = chosen.values("pk")
    involved = Indicator.objects.filter(
        Q(pk__in=keys) | Q(alternative_of__in=keys) | Q(pk__in=chosen.values("alternative_of"))
    )
    facts = _with_references(actor, involved, keys)
    values = visible_values(actor).filter(indicator__in=involved.values("pk"))
    if not all_periods:
        recent = Q(period__in=_recent_periods(facts))
        values = values.filter(Q(state=ValueState.REPORTED) | recent, superseded_by__isnull=True)
    for value in values:
        facts[value.indicator_id].add_value(value)
    reporters = open_today(visible_reporters(actor)).order_by("unit__name")
    for reporter in reporters.filter(indicator__in=involved.values("pk")):
        facts[reporter.indicator_id].reporters[reporter.unit_id] = reporter.unit.name
    return facts


def _with_references(
    actor: Actor, involved: QuerySet[Indicator], chosen: Any
) -> dict[uuid.UUID, Facts]:
    """Read indicators joined with their references: one row a reference value, in order."""
    accepted = visible_values(actor).filter(
        indicator=OuterRef("pk"), state=ValueState.ACCEPTED, superseded_by__isnull=True
    )
    rows = involved.annotate(
        is_chosen=Case(When(pk__in=chosen, then=Value(True)), default=Value(False)),
        latest_period=Subquery(accepted.order_by("-period_ends_on", "period").values("period")[:1]),
        kind_compared=F("references__kind"),
        period_compared=F("references__values__period"),
        value_compared=F("references__values__value"),
        replaced_by=F("references__values__superseded_by"),
        is_sample_compared=F("references__values__is_sample"),
    ).order_by("position", "pk")
    facts: dict[uuid.UUID, Facts] = {}
    for row in rows:
        known = facts.setdefault(row.pk, Facts(row, is_chosen=row.is_chosen))
        if row.kind_compared:
            kind = ReferenceKind(row.kind_compared)
            known.kinds.add(kind)
            if row.value_compared is not None and row.replaced_by is None:
                known.references[kind, row.period_compared] = row.value_compared
                if row.is_sample_compared:
                    known.samples.add((kind, row.period_compared))
    return facts


def _recent_periods(facts: dict[uuid.UUID, Facts]) -> set[str]:
    latest = {each.indicator.latest_period for each in facts.values()}  # type: ignore[attr-defined]
    periods = {parse_period(code) for code in latest if code}
    return {period.code for period in periods} | {period.year_before.code for period in periods}


def _after(chosen: QuerySet[Indicator], cursor: str) -> QuerySet[Indicator]:
    if not cursor:
        return chosen
    position, _, key = cursor.partition("~")
    try:
        place, pk = int(position), uuid.UUID(key)
    except ValueError as error:
        raise Invalid("翻页位置无法识别。请从第一页重新打开。") from error
    return chosen.filter(Q(position__gt=place) | Q(position=place, pk__gt=pk))
