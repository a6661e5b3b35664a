"""What was decided about the amended document is not asked again where it is unchanged."""

import uuid
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from chuangwen.plan.enums import ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem, PlanImport

# Readings are built into these; areas hold the words of everything below them.
READ = frozenset(ItemKind) - {ItemKind.ANOMALY, ItemKind.AREA, ItemKind.MECHANISM}
CONTEXT = 12  # characters before a place, to tell it from the same words elsewhere


@dataclass
class Carried:
    """New items by the earlier item that said the same; items that a person had added."""

    past: dict[uuid.UUID, ImportItem] = field(default_factory=dict)
    added: list[ImportItem] = field(default_factory=list)

    def made(self) -> dict[uuid.UUID, uuid.UUID]:
        """Return what the earlier items made, by new item."""
        return {key: item.applied_id for key, item in self.past.items() if item.applied_id}


def carry_over(
    plan_import: PlanImport, items: Sequence[ImportItem], earlier: PlanImport | None
) -> Carried:
    """Take over values, additions and decisions of the confirmed review of the amended document."""
    carried = Carried()
    if earlier is None:
        return carried
    before = list(earlier.items.exclude(change=ItemChange.GONE).order_by("position"))
    waiting: dict[str, deque[ImportItem]] = defaultdict(deque)
    for old in before:
        if old.fingerprint and not old.is_added:
            waiting[old.fingerprint].append(old)
    for item in items:
        same = waiting.get(item.fingerprint) if item.fingerprint else None
        if same and not item.is_edited:
            carried.past[item.pk] = same.popleft()
    for item in items:
        if item.pk in carried.past:
            _take_over(item, carried.past[item.pk])
    _ask_again(items, carried)
    present = {(item.kind, item.start, str(item)) for item in items if item.is_added}
    carried.added = [
        item
        for item in _added_again(plan_import, earlier, before, carried)
        if (item.kind, item.start, str(item)) not in present
    ]
    return carried


def _take_over(item: ImportItem, old: ImportItem) -> None:
    if old.is_edited or old.parsed is not None:
        item.parsed = item.data
        item.is_edited = old.is_edited
    moving = {name: item.data[name] for name in ("id", "document", "related") if name in item.data}
    kept = {name: value for name, value in old.data.items() if name != "touched"}
    item.data = kept | moving
    item.state = old.state


def _ask_again(items: Sequence[ImportItem], carried: Carried) -> None:
    """A doubt about something that changed is a doubt again."""
    placed = [item for item in items if item.kind in READ and item.start is not None]
    fresh = [item for item in placed if item.pk not in carried.past]
    for doubt in items:
        if doubt.kind != ItemKind.ANOMALY or doubt.pk not in carried.past:
            continue
        start, end = doubt.start or 0, doubt.end or 0
        if any((item.start or 0) < end and start < (item.end or 0) for item in fresh):
            doubt.state = ItemState.PROPOSED
            del carried.past[doubt.pk]


def _added_again(
    plan_import: PlanImport,
    earlier: PlanImport,
    before: Sequence[ImportItem],
    carried: Carried,
) -> list[ImportItem]:
    """Bring in again what a person had added, where its words still stand in its section."""
    new_of = {old.pk: pk for pk, old in carried.past.items()}
    texts = earlier.source.text, plan_import.source.text
    added = []
    for old in before:
        if not old.is_added or old.state != ItemState.ACCEPTED:
            continue
        place = _place(old, *texts)
        if place is None or (old.parent_id and old.parent_id not in new_of):
            continue
        item = ImportItem(
            plan_import=plan_import,
            parent_id=new_of[old.parent_id] if old.parent_id else None,
            kind=old.kind,
            start=place[0],
            end=place[1],
            data={name: value for name, value in old.data.items() if name != "touched"},
            state=old.state,
            is_added=True,
            is_edited=old.is_edited,
        )
        new_of[old.pk] = item.pk
        carried.past[item.pk] = old
        added.append(item)
    return added


def _place(old: ImportItem, before: str, now: str) -> tuple[int | None, int | None] | None:
    """Return where the words of an added item stand now; None when they are gone."""
    if old.start is None or old.end is None:
        return None, None
    if before == now:
        return old.start, old.end
    words = before[old.start : old.end]
    lead = before[max(0, old.start - CONTEXT) : old.start]
    for sought, offset in ((lead + words, len(lead)), (words, 0)):
        first = now.find(sought)
        if first >= 0 and (offset or now.find(sought, first + 1) < 0):
            return first + offset, first + offset + len(words)
    return None
