"""Which units there are, and for whom."""

import datetime

from django.db.models import Q, QuerySet

from chuangwen.people.actors import Actor
from chuangwen.people.models import Membership, Unit, UnitAncestry
from chuangwen.people.permissions import Permission
from chuangwen.people.queries.accounts import posts_in_force


def units_within_reach(actor: Actor) -> QuerySet[UnitAncestry]:
    """Return the ancestry rows from the actor's units downwards, for use as a subquery."""
    return UnitAncestry.objects.filter(ancestor_id__in=actor.unit_ids)


def visible_units(actor: Actor) -> QuerySet[Unit]:
    """Return the units whose pages the actor may open, closed ones included."""
    if actor.may_everywhere(Permission.VIEW_DISTRICT) or actor.may_everywhere(
        Permission.MANAGE_UNITS
    ):
        return Unit.objects.all()
    return Unit.objects.filter(pk__in=units_within_reach(actor).values("descendant_id"))


def open_on(units: QuerySet[Unit], day: datetime.date) -> QuerySet[Unit]:
    """Keep the units that exist on `day`."""
    return units.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_until__isnull=True) | Q(valid_until__gte=day),
    )


def posts_in(unit: Unit, day: datetime.date) -> QuerySet[Membership]:
    """Return the posts that are held in a unit on `day`, with their accounts."""
    held = posts_in_force(day).filter(unit=unit, account__is_active=True)
    return held.select_related("account").order_by("role", "account__name")
