"""Every name of the register at once, for documents that name many."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, TextField, Value
from django.db.models.functions import Cast

from chuangwen.people.models import Unit, UnitAlias, UnitGroup
from chuangwen.people.naming import name_key

GROUP = "2"


@dataclass(frozen=True)
class RegisterNames:
    """Comparable names: of open units and their aliases with the unit's name, and of groups."""

    units: dict[str, str] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()

    def unit_called(self, name: str) -> str:
        """Return the name of the unit that is meant; empty when the register knows none."""
        return self.units.get(name_key(name), "")

    def has_unit(self, names: Iterable[str]) -> bool:
        """Tell whether one of several spellings is known."""
        return any(name_key(name) in self.units for name in names)

    def has_group(self, name: str) -> bool:
        """Tell whether the collective name is defined."""
        return name_key(name) in self.groups


def register_names() -> RegisterNames:
    """Read the whole register's names. One query; units' own names go before aliases."""
    rows = (
        _rows(UnitAlias.objects.filter(unit__valid_until__isnull=True), "0", F("unit__name"))
        .union(
            _rows(Unit.objects.filter(valid_until__isnull=True), "1", F("name")),
            _rows(UnitGroup.objects.all(), GROUP, Cast("aliases", TextField())),
            all=True,
        )
        .order_by("place")
    )
    units: dict[str, str] = {}
    groups: set[str] = set()
    for key, shown, place in rows:
        if place == GROUP:
            groups |= {key, *map(name_key, json.loads(shown))}
        else:
            units[key] = shown
    return RegisterNames(units, frozenset(groups))


def _rows(rows: Any, place: str, shown: Any) -> Any:
    """Three text columns, the same of every table; of a group the second is its aliases' JSON."""
    told = rows.order_by().annotate(
        shown=Cast(shown, TextField()), place=Value(place, output_field=TextField())
    )
    return told.values_list("key", "shown", "place")
