"""Saying what the names mean that a document uses and the register does not know."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models, transaction

from chuangwen.audit.actions import Entry
from chuangwen.kit.errors import Invalid, StaleEdit
from chuangwen.people.actions.groups import create_group
from chuangwen.people.actors import Actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit
from chuangwen.people.naming import name_key
from chuangwen.people.permissions import Permission
from chuangwen.people.queries.groups import find_group
from chuangwen.people.queries.register_names import register_names
from chuangwen.plan.confirming.unknown_owners import UnknownOwner, unknown_owners
from chuangwen.plan.enums import ItemKind, ItemState
from chuangwen.plan.models import ImportItem, PlanImport
from chuangwen.plan.reviewing.deciding import decide
from chuangwen.plan.reviewing.fields import NO, cleaned
from chuangwen.plan.reviewing.ordering import in_order
from chuangwen.plan.reviewing.sheet import Sheet
from chuangwen.plan.reviewing.storing import Outcome, open_sheet, store_sheet


class Meaning(models.TextChoices):
    """What an unknown name may be."""

    UNIT = "unit", "新建单位"
    ALIAS = "alias", "已有单位的另一种写法"
    GROUP = "group", "集体称谓"
    DROP = "drop", "舍弃"


@dataclass(frozen=True)
class NameChoice:
    """What one name means: a unit of a kind, an alias of a unit, or units of some kinds."""

    name: str
    meaning: Meaning
    unit_kind: str = ""
    unit: Unit | None = None
    group_kinds: tuple[UnitKind, ...] = ()


@transaction.atomic
def settle_owner_names(
    *, plan_import: PlanImport, choices: Sequence[NameChoice], by: Actor
) -> Outcome:
    """Say what unknown names mean, all or none, as one step that can be undone.

    New units and aliases enter the register with the confirmation; a collective name is defined
    at once. Raises StaleEdit for a name that is known meanwhile, Invalid naming the name.
    """
    by.require(Permission.MANAGE_PLAN)
    if not choices:
        raise Invalid("没有选择任何处理。请至少为一个名称选择处理方式。")
    sheet = open_sheet(plan_import)
    items = in_order(sheet.items.values())
    unknown = {owner.name: owner for owner in unknown_owners(items, register_names())}
    for choice in choices:
        owner = unknown.get(choice.name)
        if owner is None:
            raise StaleEdit(f"“{choice.name}”已经有着落，没有处理任何名称。请刷新页面后再选。")
        _settle(sheet, owner, choice, by)
    names = [choice.name for choice in choices]
    entry = Entry(
        "plan.owner_names_settled",
        plan_import,
        {choice.name: [None, _said(choice)] for choice in choices},
    )
    label = f"处理名录外的名称“{names[0]}”" + (f"等 {len(names)} 个" if len(names) > 1 else "")
    return store_sheet(sheet, label, by=by, entries=[entry])


def _settle(sheet: Sheet, owner: UnknownOwner, choice: NameChoice, by: Actor) -> None:
    duties = owner.duties
    if choice.meaning == Meaning.DROP:
        decide(sheet, [*duties, *_entry(owner)], ItemState.DROPPED)
        return
    is_group = choice.meaning == Meaning.GROUP
    for duty in duties:
        if bool(duty.data.get("collective")) != is_group:
            _set(sheet, duty, collective=is_group)
    if choice.meaning == Meaning.UNIT:
        _enter(sheet, owner, name=owner.name, aliases=_aliases(owner), kind=choice.unit_kind)
    elif choice.meaning == Meaning.ALIAS:
        if choice.unit is None:
            raise Invalid(f"“{owner.name}”：请填写它是哪个单位的另一种写法。")
        own = choice.unit.name
        names = [owner.name, *_aliases(owner)]
        aliases = [name for name in names if name_key(name) != name_key(own)]
        _enter(sheet, owner, name=own, aliases=aliases, kind=owner.kind or "其他")
    else:
        _group(sheet, owner, choice, by)


def _group(sheet: Sheet, owner: UnknownOwner, choice: NameChoice, by: Actor) -> None:
    if not choice.group_kinds:
        raise Invalid(f"“{owner.name}”：请勾选这个集体称谓包含哪几类单位。")
    for entry in _entry(owner):
        _set(sheet, entry, collective=True)
    if find_group(owner.name) is None:
        create_group(name=owner.name, kinds=choice.group_kinds, by=by)


def _enter(
    sheet: Sheet, owner: UnknownOwner, *, name: str, aliases: Sequence[str], kind: str
) -> None:
    """Let the confirmation enter a unit, by the item that names it or by a new one."""
    typed = {"name": name, "aliases": "、".join(aliases), "kind": kind, "collective": NO}
    present = owner.entry.data if owner.entry is not None else {}
    values = cleaned(ItemKind.UNIT, typed, present)
    if owner.entry is None:
        sheet.add(ItemKind.UNIT, values)
        return
    _set(sheet, owner.entry, **values)
    decide(sheet, [owner.entry], ItemState.ACCEPTED)


def _set(sheet: Sheet, item: ImportItem, **values: object) -> None:
    """Set values as a person's; what the parser had read is kept once."""
    if all(item.data.get(name) == value for name, value in values.items()):
        return
    parsed = item.parsed if item.parsed is not None or item.is_added else item.data
    sheet.change(item, is_edited=True, parsed=parsed, data={**item.data, **values})


def _entry(owner: UnknownOwner) -> list[ImportItem]:
    return [owner.entry] if owner.entry is not None else []


def _aliases(owner: UnknownOwner) -> list[str]:
    return list(owner.entry.data.get("aliases") or ()) if owner.entry is not None else []


def _said(choice: NameChoice) -> str:
    if choice.meaning == Meaning.ALIAS and choice.unit is not None:
        return f"{choice.meaning.label}：{choice.unit.name}"
    if choice.meaning == Meaning.GROUP:
        return f"{choice.meaning.label}：{'、'.join(kind.label for kind in choice.group_kinds)}"
    return str(choice.meaning.label)
