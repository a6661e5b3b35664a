"""Other names of a unit."""

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.kit.errors import Invalid, NotFound
from chuangwen.people.actions.register_lock import lock_register, locked_unit
from chuangwen.people.actions.taken_names import checked_name
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit, UnitAlias
from chuangwen.people.naming import name_key
from chuangwen.people.permissions import Permission


@transaction.atomic
def add_alias(*, unit: Unit, name: str, source: str = "", by: Actor) -> UnitAlias:
    """Let documents find `unit` by `name` too; `source` says where it was met.

    Raises Invalid when the name is the unit's own, or means another unit.
    """
    by.require(Permission.MANAGE_UNITS)
    lock_register(by)
    unit = locked_unit(unit)
    name = checked_name(name, of=unit)
    key = name_key(name)
    if key == unit.key or unit.aliases.filter(key=key).exists():
        raise Invalid(f"“{unit.name}”已有“{name}”这个名称，不必再添加。", field="name")
    alias = UnitAlias.objects.create(unit=unit, name=name, source=source[:200])
    record(by=by, verb="unit_alias.added", on=unit, alias=[None, name])
    return alias


@transaction.atomic
def remove_alias(*, alias: UnitAlias, by: Actor) -> None:
    """Take an alias away. Raises NotFound when somebody has done so already."""
    by.require(Permission.MANAGE_UNITS)
    lock_register(by)
    stored = UnitAlias.objects.select_related("unit").filter(pk=alias.pk).first()
    if stored is None:
        raise NotFound("没有这个别名，可能已被去掉。请刷新页面。")
    stored.delete()
    record(by=by, verb="unit_alias.removed", on=stored.unit, alias=[stored.name, None])
