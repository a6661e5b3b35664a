"""Which indicators and values a viewer may see."""

from django.db.models import Q, QuerySet

from chuangwen.framework.models import Indicator, IndicatorReporter, IndicatorValue
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


def open_today(reporters: QuerySet[IndicatorReporter]) -> QuerySet[IndicatorReporter]:
    """Keep the duties to report that are in force today."""
    today = clock.today()
    return reporters.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=today), valid_from__lte=today
    )


def _sees_everything(actor: Actor) -> bool:
    return any(actor.may_everywhere(permission) for permission in EVERYWHERE)
