"""Which indicators and values a viewer may see."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from chuangwen.framework.models import (
    Indicator,
    IndicatorClause,
    IndicatorReporter,
    IndicatorValue,
)
from chuangwen.framework.queries.versions import visible_standards
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
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


NOBODY = "none"


def reported_by(indicators: QuerySet[Indicator], unit: str) -> QuerySet[Indicator]:
    """Keep the indicators that a unit reports today, or with `NOBODY` those that none does.

    Raises Invalid when `unit` is neither the number of a unit nor `NOBODY`.
    """
    if not unit:
        return indicators
    open_rows = open_today(IndicatorReporter.objects.filter(indicator=OuterRef("pk")))
    if unit == NOBODY:
        return indicators.filter(~Exists(open_rows))
    try:
        key = UUID(unit)
    except ValueError as error:
        raise Invalid(f"填报单位“{unit[:40]}”无法识别。请从列表中选择。") from error
    return indicators.filter(Exists(open_rows.filter(unit=key)))


def reporting_units(actor: Actor) -> QuerySet[Unit]:
    """Return the units that report an indicator today, as far as the actor may see them."""
    held = open_today(visible_reporters(actor)).order_by().values("unit")
    return Unit.objects.filter(pk__in=held).order_by("kind", "name")


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
