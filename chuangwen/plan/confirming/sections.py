"""Making or renewing areas, actions, key works, phases, targets and tasks."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from chuangwen.plan.confirming.values import fields_of
from chuangwen.plan.enums import ItemKind, TaskState
from chuangwen.plan.models import (
    Action,
    GoalArea,
    ImportItem,
    KeyWork,
    Phase,
    PlanImport,
    Target,
    Task,
)
from chuangwen.plan.models.campaign import FromDocument
from chuangwen.plan.searching import SEARCHED
from chuangwen.plan.tallies import Recount
from chuangwen.search.actions import keep_found

MODELS: dict[ItemKind, type[FromDocument]] = {
    ItemKind.AREA: GoalArea,
    ItemKind.ACTION: Action,
    ItemKind.KEY_WORK: KeyWork,
    ItemKind.PHASE: Phase,
    ItemKind.TARGET: Target,
    ItemKind.TASK: Task,
}
# What a child's foreign key to its section is called.
PARENT_FIELD = {
    ItemKind.AREA: "area_id",
    ItemKind.ACTION: "action_id",
    ItemKind.KEY_WORK: "key_work_id",
    ItemKind.PHASE: "phase_id",
}
Key = tuple[Any, ...]


def apply_sections(
    plan_import: PlanImport, items: list[ImportItem], kept: Sequence[ImportItem] = ()
) -> None:
    """Make what is new, renew what exists under the same name; note the object in each item.

    `kept` are items that change nothing, but under whose objects others hang.
    """
    by_id = {item.pk: item for item in [*kept, *items]}
    grouped: dict[ItemKind, list[ImportItem]] = defaultdict(list)
    for item in items:
        grouped[ItemKind(item.kind)].append(item)
    for kind, model in MODELS.items():  # sections come before what hangs below them
        _apply(plan_import, model, grouped[kind], by_id)


def _apply(
    plan_import: PlanImport,
    model: type[FromDocument],
    items: Iterable[ImportItem],
    by_id: dict[uuid.UUID, ImportItem],
) -> None:
    held = list(model.objects.filter(campaign=plan_import.campaign))
    existing = {key_of(found): found for found in held if not _is_called_off(found)}
    known = {found.pk: found for found in held}
    new, renewed, names = [], [], set()
    for item in items:
        values = _values(plan_import, item, by_id)
        wanted = model(campaign=plan_import.campaign, **values)
        found = existing.get(key_of(wanted))
        if found is None and item.existing_id is not None:  # it was compared and found changed
            found = known.get(item.existing_id)
        if found is None:
            existing[key_of(wanted)] = found = wanted
            new.append(found)
        elif not found._state.adding:
            for name, value in values.items():
                if name != "due_on" or value is not None:  # the office may have set a day
                    setattr(found, name, value)
            renewed.append(found)
            names |= set(values)
        item.applied_id = found.pk
    model.objects.bulk_create(new, batch_size=500)
    if renewed:
        model.objects.bulk_update(renewed, sorted(names), batch_size=200)
    recount = Recount()
    recount.enter(*(made for made in new if isinstance(made, Task)))
    recount.write()
    if model in SEARCHED:
        keep_found([*new, *renewed])


def _values(
    plan_import: PlanImport, item: ImportItem, by_id: dict[uuid.UUID, ImportItem]
) -> dict[str, Any]:
    values = fields_of(item) | {
        "source_id": plan_import.source_id,
        "start": item.start,
        "end": item.end,
        "position": item.position,
    }
    if item.kind == ItemKind.TARGET:
        words = plan_import.source.text[item.start : item.end] if item.start is not None else ""
        values["text"] = words or str(item.data.get("text") or item.data["name"])
    if item.kind != ItemKind.TASK:
        values["retired_on"] = None  # a document names it again
    parent = by_id.get(item.parent_id) if item.parent_id else None
    if parent is not None and item.kind == ItemKind.TASK and parent.kind == ItemKind.PHASE:
        return values  # a year's tasks belong to the campaign; their dates say which year
    if item.kind == ItemKind.TARGET:
        parent = year_of(item, by_id) or parent
    if parent is not None:
        values[PARENT_FIELD[ItemKind(parent.kind)]] = parent.applied_id
    return values


def year_of(target: ImportItem, by_id: dict[uuid.UUID, ImportItem]) -> ImportItem | None:
    """The year that a target names, if the document has such a year."""
    wanted = str(target.data.get("year") or "")
    years = (item for item in by_id.values() if item.kind == ItemKind.PHASE)
    return next(
        (
            year
            for year in years
            if wanted and year.data.get("kind") == "year" and str(year.data.get("year")) == wanted
        ),
        None,
    )


def _is_called_off(found: FromDocument) -> bool:
    """A task that was called off and is ordered again is a new task."""
    return isinstance(found, Task) and found.state == TaskState.CANCELLED


def key_of(found: FromDocument) -> Key:
    """Return what makes two readings of a thing the same thing: its name in its place."""
    match found:
        case Task():
            return (found.area_id, found.action_id, found.key_work_id, found.title)
        case Target():
            return (found.phase_id, found.name, found.text)
        case Phase():
            return (found.name,)
        case GoalArea() | Action() | KeyWork():
            return (found.title,)
        case _:
            raise TypeError(type(found).__name__)
