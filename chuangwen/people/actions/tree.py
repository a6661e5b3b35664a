"""Keeping UnitAncestry right, by the parents that are stored. One or two statements at any size."""

import uuid
from collections.abc import Iterable

from django.db import connection

from chuangwen.people.models import Unit, UnitAncestry
from chuangwen.tenancy.scope import current_tenant_id

# Standard SQL, the same on SQLite and PostgreSQL: climb from each unit that has no pairs yet.
_GROW = """
INSERT INTO people_unitancestry (tenant_id, ancestor_id, descendant_id, depth)
WITH RECURSIVE climb (ancestor_id, parent_id, descendant_id, depth) AS (
    SELECT unit.id, unit.parent_id, unit.id, 0
    FROM people_unit unit
    WHERE unit.tenant_id = %s
    AND NOT EXISTS (SELECT 1 FROM people_unitancestry pair WHERE pair.descendant_id = unit.id)
    UNION ALL
    SELECT above.id, above.parent_id, climb.descendant_id, climb.depth + 1
    FROM climb JOIN people_unit above ON above.id = climb.parent_id
)
SELECT %s, ancestor_id, descendant_id, depth FROM climb
"""


def grow() -> None:
    """Write the pairs of every unit of the tenant that has none: itself, and all units above it."""
    tenant_id = Unit._meta.get_field("tenant").get_db_prep_value(current_tenant_id(), connection)
    with connection.cursor() as cursor:
        cursor.execute(_GROW, [tenant_id, tenant_id])


def regrow(roots: Iterable[uuid.UUID]) -> None:
    """Write anew the pairs of units whose parents have changed, and of all units below them."""
    inside = UnitAncestry.objects.filter(ancestor__in=list(roots)).values("descendant_id")
    UnitAncestry.objects.filter(descendant__in=inside).delete()
    grow()


def is_below(unit: Unit, possible_ancestor: Unit) -> bool:
    """Tell whether `unit` is `possible_ancestor` itself or anywhere below it."""
    return UnitAncestry.objects.filter(ancestor=possible_ancestor, descendant=unit).exists()
