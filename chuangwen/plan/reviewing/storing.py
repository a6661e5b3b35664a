"""Opening an import for review under its lock, and writing what was changed, with its step."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max

from chuangwen.audit.actions import Entry, record_all
from chuangwen.kit.errors import IllegalTransition
from chuangwen.people.actors import Actor
from chuangwen.plan.comparing.refreshing import refresh_differences
from chuangwen.plan.enums import ImportState
from chuangwen.plan.models import ImportItem, PlanImport, ReviewStep
from chuangwen.plan.reviewing.sheet import IDS, TRACKED, Sheet

COMPARED = ("change", "existing_id", "differences")


def open_sheet(plan_import: PlanImport) -> Sheet:
    """Lock an import and read its items. Raises IllegalTransition once it is closed."""
    locked = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if locked.state != ImportState.REVIEW:
        label = ImportState(locked.state).label
        raise IllegalTransition(f"该导入{label}，不能再修改条目。请重新导入文件。")
    return Sheet(plan_import, plan_import.items.order_by("position"))


@dataclass(frozen=True)
class Outcome:
    """Which items a step changed or added, and which it removed."""

    changed: frozenset[uuid.UUID] = frozenset()
    removed: frozenset[uuid.UUID] = frozenset()
    moved: bool = False  # places in the text are others now

    def __len__(self) -> int:
        return len(self.changed)


def store_sheet(sheet: Sheet, label: str, *, by: Actor, entries: Iterable[Entry]) -> Outcome:
    """Write all changes, one step that can be undone, and the audit events."""
    refresh_differences(sheet.plan_import, sheet.added, sheet.items)
    ImportItem.objects.bulk_create(sheet.added, batch_size=500)
    write_changes(sheet)
    changed = len(sheet.before) + len(sheet.added)
    if changed:
        steps = sheet.plan_import.steps
        last = steps.aggregate(last=Max("number"))["last"] or 0
        steps.create(number=last + 1, label=label[:200], before=sheet.notes())
        record_all(by=by, entries=entries)
    return Outcome(
        frozenset(sheet.before) | {item.pk for item in sheet.added},
        moved=bool(sheet.added)
        or any({"start", "end"} & set(old) for old in sheet.before.values()),
    )


def write_changes(sheet: Sheet) -> None:
    """Update the changed items; many new states of the same kind take one statement."""
    by_state: dict[str, list[uuid.UUID]] = defaultdict(list)
    others: list[ImportItem] = []
    for pk, before in sheet.before.items():
        item = sheet.items[pk]
        if set(before) == {"state"}:
            by_state[item.state].append(pk)
        else:
            others.append(item)
    for state, keys in by_state.items():
        items = ImportItem.objects.filter(pk__in=keys)
        items.update(state=state, version=F("version") + 1)
    refresh_differences(sheet.plan_import, others, sheet.items)
    for item in others:
        item.version += 1
    ImportItem.objects.bulk_update(others, [*TRACKED_FIELDS, *COMPARED, "version"], batch_size=200)


def take_back(step: ReviewStep) -> Outcome:
    """Bring the items back to what they were before a step; what it added is removed."""
    sheet = Sheet(step.plan_import, step.plan_import.items.order_by("position"))
    for key, values in step.before["items"].items():
        item = sheet.items[uuid.UUID(key)]
        sheet.change(item, **{name: _restored(name, value) for name, value in values.items()})
    write_changes(sheet)
    step.plan_import.items.filter(pk__in=step.before["added"]).delete()
    removed = frozenset(uuid.UUID(key) for key in step.before["added"])
    step.delete()
    moved = bool(removed) or any({"start", "end"} & set(old) for old in sheet.before.values())
    return Outcome(frozenset(sheet.before), removed, moved)


def _restored(name: str, value: Any) -> Any:
    return uuid.UUID(value) if name in IDS and value else value


TRACKED_FIELDS = tuple("parent" if name == "parent_id" else name for name in TRACKED)
