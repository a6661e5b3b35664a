"""Setting an item's change, its object and its differences, old → new, as text."""

import uuid
from collections.abc import Mapping

from chuangwen.people.models import Unit
from chuangwen.people.naming import name_key
from chuangwen.plan.comparing.known import Known
from chuangwen.plan.confirming.criteria import indicator_key
from chuangwen.plan.enums import ItemChange, ItemKind
from chuangwen.plan.models import ImportItem

Differences = dict[str, list[str]]


def set_change(item: ImportItem, existing_id: uuid.UUID | None, found: Differences) -> None:
    """Note what an item is beside what exists."""
    item.existing_id = existing_id
    item.differences = found
    if existing_id is None:
        item.change = ItemChange.NEW
    else:
        item.change = ItemChange.CHANGED if found else ItemChange.SAME


def differences(known: Known, wanted: Mapping[str, str], district: str) -> Differences:
    """Return the fields that confirming would change, each with [old, new]."""
    found = {
        name: [known.values[name], value]
        for name, value in wanted.items()
        if known.values.get(name) != value
    }
    if known.kind == ItemKind.TASK and not wanted.get("due_on"):
        found.pop("due_on", None)  # a day that the office set stays
    if known.kind == ItemKind.INDICATOR and "name" in found:
        old, new = (indicator_key(name, district) for name in found["name"])
        if old == new:
            del found["name"]
    if known.retired:
        found["retired_on"] = [known.retired, ""]
    return found


def compare_unit(item: ImportItem, register: Mapping[str, Unit]) -> None:
    """A unit exists under any of its names; names that the register lacks are differences."""
    names = [item.data["name"], *(item.data.get("aliases") or [])]
    units = [unit for name in names if (unit := register.get(name_key(name)))]
    missing = [name for name in names if name_key(name) not in register]
    if not units:
        set_change(item, None, {})
    else:
        found = (
            {"aliases": [units[0].name, "、".join([units[0].name, *missing])]} if missing else {}
        )
        set_change(item, units[0].pk, found)
