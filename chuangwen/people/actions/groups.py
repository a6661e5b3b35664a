"""Collective owners: saying once what 区级各部门 means."""

from collections.abc import Iterable

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.kit.errors import Invalid, NotFound, StaleEdit
from chuangwen.people.actions.register_lock import lock_register
from chuangwen.people.actions.taken_names import LONGEST_NAME
from chuangwen.people.actors import Actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import UnitGroup
from chuangwen.people.naming import name_key
from chuangwen.people.permissions import Permission


@transaction.atomic
def create_group(
    *, name: str, kinds: Iterable[UnitKind], aliases: Iterable[str] = (), by: Actor
) -> UnitGroup:
    """Enter a collective name. Raises Invalid for an empty or taken name, or without kinds."""
    by.require(Permission.MANAGE_UNITS)
    lock_register(by)
    group = UnitGroup()
    changes = _fill(group, name, kinds, aliases)
    group.save(force_insert=True)
    record(by=by, verb="unit_group.created", on=group, **changes)
    return group


@transaction.atomic
def edit_group(
    *,
    group: UnitGroup,
    base_version: int,
    name: str,
    kinds: Iterable[UnitKind],
    aliases: Iterable[str],
    by: Actor,
) -> UnitGroup:
    """Change what a collective name means from now on; duties expanded before keep their units."""
    by.require(Permission.MANAGE_UNITS)
    lock_register(by)
    group = _stored(group)
    if group.version != base_version:
        raise StaleEdit(f"“{group.name}”在您打开之后已被别人修改。请重新打开，核对后再改。")
    changes = _fill(group, name, kinds, aliases)
    group.version += 1
    group.save(force_update=True)
    record(by=by, verb="unit_group.edited", on=group, **changes)
    return group


@transaction.atomic
def remove_group(*, group: UnitGroup, by: Actor) -> None:
    """Forget a collective name; documents that use it will ask a person again."""
    by.require(Permission.MANAGE_UNITS)
    lock_register(by)
    group = _stored(group)
    record(by=by, verb="unit_group.removed", on=group, name=[group.name, None])
    group.delete()


def _stored(group: UnitGroup) -> UnitGroup:
    stored = UnitGroup.objects.filter(pk=group.pk).first()
    if stored is None:
        raise NotFound("没有这个集体称谓，可能已被删除。请刷新页面。")
    return stored


def _fill(
    group: UnitGroup, name: str, kinds: Iterable[UnitKind], aliases: Iterable[str]
) -> dict[str, list[object]]:
    group_name, others = name.strip(), [alias.strip() for alias in aliases if alias.strip()]
    values = {
        "name": group_name,
        "kinds": [UnitKind(kind).value for kind in kinds],
        "aliases": others,
    }
    if not values["name"]:
        raise Invalid("名称是空的。请填写文件中的集体称谓，如“区级各部门”。", field="name")
    for one in (group_name, *others):
        if max(len(one), len(name_key(one))) > LONGEST_NAME:
            raise Invalid(
                f"“{one[:20]}…”有 {len(one)} 字，最多 {LONGEST_NAME} 字。请缩短。", field="name"
            )
    if not values["kinds"]:
        raise Invalid("没有选择单位类别。请至少选一类，称谓才能展开为单位。", field="kinds")
    changes = {
        key: [getattr(group, key), value]
        for key, value in values.items()
        if getattr(group, key) != value
    }
    for key, value in values.items():
        setattr(group, key, value)
    _refuse_taken(group)
    return changes


def _refuse_taken(group: UnitGroup) -> None:
    for other in UnitGroup.objects.exclude(pk=group.pk):
        common = other.keys & group.keys
        if common:
            names = [n for n in (group.name, *group.aliases) if name_key(n) in common]
            raise Invalid(f"“{names[0]}”已属于“{other.name}”。请去掉重复的写法。", field="name")
