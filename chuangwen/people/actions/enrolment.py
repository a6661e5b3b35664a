"""Entering many units at once, as a confirmed document names them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from chuangwen.audit.actions import Entry, record_all
from chuangwen.kit.errors import Invalid
from chuangwen.people.actions.register_lock import lock_register
from chuangwen.people.actions.taken_names import LONGEST_NAME
from chuangwen.people.actions.tree import grow
from chuangwen.people.actors import Actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit, UnitAlias
from chuangwen.people.naming import name_key
from chuangwen.people.permissions import Permission


@dataclass(frozen=True)
class NamedUnit:
    """A unit as a document names it, with its other names there."""

    name: str
    kind: UnitKind
    aliases: tuple[str, ...] = ()


@transaction.atomic
def enrol_units(*, named: Iterable[NamedUnit], source: str, by: Actor) -> dict[str, Unit]:
    """Find or make each unit; return every written name, aliases included, with its unit.

    A name that is known as a name or an alias finds its unit; only the rest are made. `source`
    says where a new alias comes from. Raises NotPermitted, and Invalid when two names that the
    document calls one unit already belong to two units: that is for a person to merge. Also for a
    name that is too long, or that a closed unit keeps as its alias.
    """
    by.require(Permission.MANAGE_UNITS)
    lock_register(by)
    known = known_units()
    by_key = {name_key(name): unit for name, unit in known.items()}
    kept_by_closed = _aliases_of_closed_units()
    made, aliases, entries = [], [], []
    for entry in named:
        unit = _one_unit(entry, by_key)
        if unit is None:
            unit = Unit(name=entry.name, kind=entry.kind)
            made.append(unit)
            entries.append(Entry("unit.created", unit, {"name": [None, entry.name]}))
        for name in (entry.name, *entry.aliases):
            key = name_key(name)
            _refuse_unusable(name, key, kept_by_closed)
            if key not in by_key and key != name_key(unit.name):
                aliases.append(UnitAlias(unit=unit, name=name, source=source[:200]))
                entries.append(Entry("unit_alias.added", unit, {"alias": [None, name]}))
            by_key[key] = known[name] = unit
    Unit.objects.bulk_create(made, batch_size=500)
    grow()
    UnitAlias.objects.bulk_create(aliases, batch_size=500)
    if entries:
        record_all(by=by, entries=entries)
    return known


def known_units() -> dict[str, Unit]:
    """Return every open unit of the tenant by each of its names. Two queries."""
    aliases = UnitAlias.objects.select_related("unit").filter(unit__valid_until__isnull=True)
    by_alias = {alias.name: alias.unit for alias in aliases}
    by_name = {unit.name: unit for unit in Unit.objects.filter(valid_until__isnull=True)}
    return by_alias | by_name


def _aliases_of_closed_units() -> dict[str, str]:
    """Return the name of the closed unit by the comparable form of its alias. One query."""
    aliases = UnitAlias.objects.filter(unit__valid_until__isnull=False)
    return dict(aliases.values_list("key", "unit__name"))


def _refuse_unusable(name: str, key: str, kept_by_closed: dict[str, str]) -> None:
    if max(len(name), len(key)) > LONGEST_NAME:
        raise Invalid(
            f"单位名称“{name[:20]}…”有 {len(name)} 字，最多 {LONGEST_NAME} 字。请在核对页缩短。"
        )
    if key in kept_by_closed:
        raise Invalid(
            f"“{name}”已是停用单位“{kept_by_closed[key]}”的别名。"
            "请先在那个单位的页面去掉别名，或在核对页改用另一种写法。"
        )


def _one_unit(entry: NamedUnit, by_key: dict[str, Unit]) -> Unit | None:
    names = (entry.name, *entry.aliases)
    keys = [name_key(name) for name in names]
    found = {by_key[key].pk: by_key[key] for key in keys if key in by_key}
    if len(found) > 1:
        written = "”和“".join(unit.name for unit in found.values())
        raise Invalid(
            f"“{'、'.join(names)}”在文件中是同一单位，但名录中有两个：“{written}”。"
            "请先合并这两个单位，或在核对页去掉别名。"
        )
    return next(iter(found.values()), None)
