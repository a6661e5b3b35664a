"""From a written name to the unit it means, visibly: by its name or by an alias."""

from collections.abc import Iterable
from dataclasses import dataclass

from chuangwen.people.models import Unit, UnitAlias
from chuangwen.people.naming import name_key

# A database takes so many values in one statement; beyond, the whole register is read instead.
MOST_KEYS_ASKED_FOR = 500


@dataclass(frozen=True)
class FoundName:
    """What a written name means. `unit` is None when the register does not know it."""

    written: str
    unit: Unit | None
    by_alias: bool = False


def find_unit(name: str) -> Unit | None:
    """Return the unit in force that is called `name`, or has it as an alias. At most two queries.

    Width, blanks and letter case do not matter; a unit's own name goes before aliases.
    """
    return resolve_names([name])[name].unit


def resolve_names(names: Iterable[str]) -> dict[str, FoundName]:
    """Return for every written name what it means. Two queries, however many names.

    Units without an end date are searched: a closed or merged unit is not meant by a new document.
    """
    keys = {name: name_key(name) for name in names}
    wanted = set(keys.values())
    in_force = Unit.objects.filter(valid_until__isnull=True)
    aliases = UnitAlias.objects.filter(unit__valid_until__isnull=True).select_related("unit")
    if len(wanted) <= MOST_KEYS_ASKED_FOR:
        in_force, aliases = in_force.filter(key__in=wanted), aliases.filter(key__in=wanted)
    by_name = {unit.key: unit for unit in in_force}
    by_alias = {alias.key: alias.unit for alias in aliases}
    return {
        name: FoundName(
            name, by_name.get(key) or by_alias.get(key), key not in by_name and key in by_alias
        )
        for name, key in keys.items()
    }
