"""Which indicators and values a viewer may see."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Concat

from chuangwen.framework.models import (
    Indicator,
    IndicatorClause,
    IndicatorReporter,
    IndicatorValue,
)
from chuangwen.framework.queries.versions import visible_standards
from chuangwen.kit import clock
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import units_within_reach

EVERYWHERE = (
    Permission.VIEW_DISTRICT,
    Permission.MANAGE_FRAMEWORK,
    Permission.REVIEW_INDICATORS,
)


def visible_reporters(actor: Actor) -> QuerySet[IndicatorReporter]:
    """Return the duties to report that the actor may see, ended ones included."""
    reporters = IndicatorReporter.objects.select_related("unit")
    if _sees_everything(actor):
        return reporters
    return reporters.filter(unit__in=units_within_reach(actor).values("descendant"))


def visible_indicators(actor: Actor) -> QuerySet[Indicator]:
    """Return all indicators for district-wide readers, else those that one's units report."""
    if _sees_everything(actor):
        return Indicator.objects.all()
    return Indicator.objects.filter(pk__in=visible_reporters(actor).values("indicator"))


def visible_values(actor: Actor) -> QuerySet[IndicatorValue]:
    """Return the values of the units that the actor may see."""
    values = IndicatorValue.objects.select_related("unit")
    if _sees_everything(actor):
        return values
    return values.filter(unit__in=units_within_reach(actor).values("descendant"))


def search(indicators: QuerySet[Indicator], *, words: str, kind: str) -> QuerySet[Indicator]:
    """Keep the indicators whose name, text or reporting unit contains every word."""
    if kind:
        indicators = indicators.filter(kind=kind)
    for word in words.split():
        units = IndicatorReporter.objects.filter(unit__name__icontains=word)
        indicators = indicators.filter(
            Q(name__icontains=word) | Q(text__icontains=word) | Q(pk__in=units.values("indicator"))
        )
    return indicators


@dataclass(frozen=True)
class Basis:
    """A place that speaks of an indicator: a clause, or a standard with its number."""

    source: str
    text: str
    standard_id: UUID | None
    standard_label: str


def basis_of(indicator: Indicator, actor: Actor) -> list[Basis]:
    """Return the further clauses of an indicator and the standards it measures. One query."""
    clauses = IndicatorClause.objects.filter(indicator=indicator)
    standards = visible_standards(actor).filter(indicator_links__indicator=indicator)
    label = Concat(F("framework_version__label"), Value(" 标准 "), F("code"))
    columns = ("source", "text", "pk", "number", "place")
    rows = (
        clauses.annotate(number=Value("", output_field=CharField()), place=F("position"))
        .order_by()
        .values_list(*columns)
        .union(
            standards.annotate(number=label, place=F("position")).order_by().values_list(*columns),
            all=True,
        )
        .order_by("number", "place")
    )
    return [
        Basis(source, text, pk if number else None, number)
        for source, text, pk, number, _place in rows
    ]


def open_today(reporters: QuerySet[IndicatorReporter]) -> QuerySet[IndicatorReporter]:
    """Keep the duties to report that are in force today."""
    today = clock.today()
    return reporters.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=today), valid_from__lte=today
    )


def _sees_everything(actor: Actor) -> bool:
    return any(actor.may_everywhere(permission) for permission in EVERYWHERE)
