"""Keeping UnitAncestry right. Each function takes a constant number of statements."""

import uuid
from collections.abc import Iterable

from chuangwen.people.bulk import insert_rows
from chuangwen.people.models import Unit, UnitAncestry
from chuangwen.tenancy.scope import current_tenant_id

Pair = tuple[uuid.UUID, uuid.UUID, int]


def plant(unit: Unit) -> None:
    """Write the pairs of a new unit: itself, and every unit above it."""
    above = _above(unit.parent_id)
    write_pairs(
        [(unit.pk, unit.pk, 0), *((high, unit.pk, depth + 1) for high, depth in above.items())]
    )


def transplant(roots: Iterable[uuid.UUID], *, parent_id: uuid.UUID | None) -> None:
    """Rewrite the pairs of the given sibling units, and of all below them, for a new parent."""
    within = UnitAncestry.objects.filter(ancestor__in=list(roots))
    below = list(within.values_list("descendant_id", "depth"))
    inside = within.values("descendant_id")
    outside = UnitAncestry.objects.filter(descendant__in=inside).exclude(ancestor__in=inside)
    outside.delete()
    write_pairs(
        (high, low, up + down + 1) for high, up in _above(parent_id).items() for low, down in below
    )


def write_pairs(pairs: Iterable[Pair]) -> None:
    """Insert (ancestor, descendant, depth) rows, however many, with one statement."""
    tenant_id = current_tenant_id()
    insert_rows(
        UnitAncestry,
        ("tenant", "ancestor", "descendant", "depth"),
        ((tenant_id, *pair) for pair in pairs),
    )


def is_below(unit: Unit, possible_ancestor: Unit) -> bool:
    """Tell whether `unit` is `possible_ancestor` itself or anywhere below it."""
    return UnitAncestry.objects.filter(ancestor=possible_ancestor, descendant=unit).exists()


def _above(parent_id: uuid.UUID | None) -> dict[uuid.UUID, int]:
    """Return the units above a child of `parent_id`, the parent included with depth 0."""
    if parent_id is None:
        return {}
    pairs = UnitAncestry.objects.filter(descendant_id=parent_id)
    return dict(pairs.values_list("ancestor_id", "depth"))
