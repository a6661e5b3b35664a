"""Collective owners and the units they stand for on a day."""

import datetime

from django.db.models import Count, QuerySet

from chuangwen.people.models import Unit, UnitGroup
from chuangwen.people.naming import name_key
from chuangwen.people.queries.units import open_on


def find_group(name: str) -> UnitGroup | None:
    """Return the group called `name` in any of its spellings. A register has a few dozen."""
    key = name_key(name)
    return next((group for group in UnitGroup.objects.all() if key in group.keys), None)


def expand_group(group: UnitGroup, day: datetime.date) -> QuerySet[Unit]:
    """Return the units that the collective name means on `day`, ordered by kind and name."""
    return open_on(Unit.objects.filter(kind__in=group.kinds), day)


def groups_with_counts(day: datetime.date) -> list[tuple[UnitGroup, int]]:
    """Return every collective name with the number of units it means on `day`. Two queries."""
    counts = dict(open_on(Unit.objects.order_by(), day).values_list("kind").annotate(Count("pk")))
    return [
        (group, sum(counts.get(kind, 0) for kind in group.kinds))
        for group in UnitGroup.objects.all()
    ]
