"""Who is to be told: the people in units, and the office."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import UUIDField, Value

from chuangwen.people.models import Unit
from chuangwen.people.queries.accounts import posts_in_force
from chuangwen.people.roles import Role

UNIT_PEOPLE = (Role.CLERK, Role.HEAD)
PeopleByUnit = dict[uuid.UUID, list[uuid.UUID]]


def people_by_unit(
    day: datetime.date,
    *,
    units: Iterable[uuid.UUID] | None = None,
    roles: Iterable[Role] = UNIT_PEOPLE,
) -> PeopleByUnit:
    """Return the active accounts that hold one of `roles`, by unit. One query.

    Without `units`: of the whole district, for jobs that go through all of them.
    """
    posts = posts_in_force(day).filter(account__is_active=True, role__in=list(roles))
    if units is not None:
        posts = posts.filter(unit_id__in=set(units))
    found: PeopleByUnit = defaultdict(list)
    for unit, account in posts.order_by("pk").values_list("unit_id", "account_id"):
        if account not in found[unit]:
            found[unit].append(account)
    return found


def open_units_with_people(day: datetime.date, units: Iterable[uuid.UUID]) -> PeopleByUnit:
    """Return the active clerks and heads of those of the units that are open, by unit; a unit
    without people stands there with nobody. One query."""
    open_units = Unit.objects.filter(pk__in=set(units), valid_until__isnull=True).order_by()
    posts = posts_in_force(day).filter(
        account__is_active=True, role__in=list(UNIT_PEOPLE), unit__in=open_units.values("pk")
    )
    nobody = Value(None, output_field=UUIDField(null=True))
    rows = open_units.annotate(account=nobody).values_list("pk", "account")
    held = posts.order_by().values_list("unit_id", "account_id")
    found: PeopleByUnit = {}
    for unit, account in rows.union(held, all=True):
        people = found.setdefault(unit, [])
        if account is not None and account not in people:
            people.append(account)
    return found


def office_people(day: datetime.date) -> list[uuid.UUID]:
    """Return the active accounts of 创文办. One query."""
    by_unit = people_by_unit(day, roles=[Role.OFFICE])
    return list(dict.fromkeys(one for people in by_unit.values() for one in people))
