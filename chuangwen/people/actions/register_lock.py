"""One change of the register at a time, and nobody's edit over another's."""

from typing import Any

from chuangwen.audit.actions import record
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid, NotFound, StaleEdit
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.tenancy.models import Tenant


def lock_register(by: Actor) -> None:
    """Wait until no other change of this tenant's units is under way.

    Two moves that are each possible could together make a circle, and two names that are each
    free could be taken twice as name and alias. Readers and other writers are not held up.
    """
    Tenant.objects.select_for_update(no_key=True).get(pk=by.tenant_id)


def locked_unit(unit: Unit, *, base_version: int | None = None) -> Unit:
    """Return the unit as it is stored now, under the lock of the register.

    Raises NotFound, IllegalTransition for a unit that was merged away, and StaleEdit when
    `base_version` is given and no longer the stored one.
    """
    stored = Unit.objects.select_related("parent", "merged_into").filter(pk=unit.pk).first()
    if stored is None:
        raise NotFound("没有这个单位。请从单位列表重新进入。")
    if stored.merged_into is not None:
        raise IllegalTransition(
            f"“{stored.name}”已并入“{stored.merged_into.name}”，不能再改。请打开后者。"
        )
    if base_version is not None and stored.version != base_version:
        raise StaleEdit(f"“{stored.name}”在您打开之后已被别人修改。请重新打开，核对后再改。")
    return stored


def open_parent(parent: Unit | None) -> Unit | None:
    """Return `parent` when units may stand below it. Raises Invalid when it is closed."""
    if parent is not None and not parent.is_open(clock.today()):
        raise Invalid(f"上级单位“{parent.name}”已停用。请另选上级单位。", field="parent")
    return parent


def change_unit(
    unit: Unit, values: dict[str, Any], *, by: Actor, verb: str, changes: dict[str, Any]
) -> Unit:
    """Store `values` as the next version of a locked unit, with their audit event."""
    for key, value in values.items():
        setattr(unit, key, value)
    unit.version += 1
    unit.save(force_update=True)
    record(by=by, verb=verb, on=unit, **changes)
    return unit
