"""Making a unit and changing its own facts."""

import datetime

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.kit.errors import Invalid
from chuangwen.people.actions.register_lock import (
    change_unit,
    lock_register,
    locked_unit,
    open_parent,
)
from chuangwen.people.actions.taken_names import checked_name_and_code
from chuangwen.people.actions.tree import grow
from chuangwen.people.actors import Actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit, UnitAlias
from chuangwen.people.naming import name_key
from chuangwen.people.permissions import Permission


@transaction.atomic
def create_unit(
    *,
    name: str,
    kind: UnitKind,
    parent: Unit | None = None,
    code: str = "",
    valid_from: datetime.date | None = None,
    by: Actor,
) -> Unit:
    """Make a unit below `parent`. Raises Invalid for an empty or taken name or code."""
    by.require(Permission.MANAGE_UNITS)
    lock_register(by)
    name, code = checked_name_and_code(name, code)
    unit = Unit(
        name=name,
        kind=UnitKind(kind),
        parent=open_parent(parent),
        code=code,
        valid_from=valid_from,
    )
    unit.save(force_insert=True)
    grow()
    record(by=by, verb="unit.created", on=unit, name=[None, unit.name], kind=[None, unit.kind])
    return unit


@transaction.atomic
def edit_unit(
    *,
    unit: Unit,
    base_version: int,
    name: str,
    kind: UnitKind,
    code: str,
    valid_from: datetime.date | None,
    by: Actor,
) -> Unit:
    """Change a unit's own facts; a former name becomes an alias, for old documents go on using it.

    Raises StaleEdit when somebody changed the unit since `base_version`, and Invalid for a name
    or code that is taken or a beginning after the end.
    """
    by.require(Permission.MANAGE_UNITS)
    lock_register(by)
    unit = locked_unit(unit, base_version=base_version)
    name, code = checked_name_and_code(name, code, of=unit)
    wanted = {
        "name": name,
        "kind": UnitKind(kind).value,
        "code": code,
        "valid_from": valid_from,
    }
    if valid_from and unit.valid_until and unit.valid_until < valid_from:
        raise Invalid(
            f"启用日期 {valid_from} 晚于停用日期 {unit.valid_until}。请改正其中一个。",
            field="valid_from",
        )
    changes = {
        key: [getattr(unit, key), value]
        for key, value in wanted.items()
        if getattr(unit, key) != value
    }
    if changes:
        _keep_former_name(unit, str(wanted["name"]))
        change_unit(unit, wanted, by=by, verb="unit.edited", changes=changes)
    return unit


def _keep_former_name(unit: Unit, name: str) -> None:
    """Turn the old name into an alias, and drop the alias that becomes the name."""
    key = name_key(name)
    if key == unit.key:
        return
    unit.aliases.filter(key=key).delete()
    UnitAlias.objects.create(unit=unit, name=unit.name, source="原名称")
