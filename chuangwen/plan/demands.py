"""Which clauses demand which indicators, and the words of a source. Reads only."""

import uuid

from django.db.models import Exists, OuterRef, QuerySet

from chuangwen.framework.models import Indicator
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.enums import ImportState
from chuangwen.plan.models import IndicatorDemand, Mechanism, PlanImport, SourceDocument


def demands_of(indicator: Indicator) -> QuerySet[IndicatorDemand]:
    """Return what each clause demands of an indicator, those still demanded first."""
    return _with_places().filter(indicator=indicator).order_by("retired_on", "position")


def demands_under(kind: str, key: uuid.UUID) -> QuerySet[IndicatorDemand]:
    """Return what the clauses of an action or a goal area still demand, in document order."""
    held = IndicatorDemand.objects.filter(**{f"{kind}_id": key}, retired_on__isnull=True)
    return held.select_related("indicator").order_by("position", "pk")


def mechanisms() -> QuerySet[Mechanism]:
    """Return the ways of steering and checking that hold, with the names of their documents."""
    found = Mechanism.objects.filter(retired_on__isnull=True)
    return found.select_related("source").defer("source__text").order_by("name", "position", "pk")


def sources_visible_to(actor: Actor) -> QuerySet[SourceDocument]:
    """Return the documents of the plan; those still under review only for who may review them."""
    if actor.may(Permission.MANAGE_PLAN):
        return SourceDocument.objects.all()
    confirmed = PlanImport.objects.filter(source=OuterRef("pk"), state=ImportState.CONFIRMED)
    return SourceDocument.objects.filter(Exists(confirmed))


def _with_places() -> QuerySet[IndicatorDemand]:
    related = IndicatorDemand.objects.select_related("indicator", "area", "action", "source")
    return related.defer("source__text")
