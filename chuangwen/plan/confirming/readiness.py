"""What stands in the way of a confirmation, in words; and what it would do, in numbers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chuangwen.plan.enums import ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem
from chuangwen.plan.reviewing.parents import NEEDED, PARENTS

# They tell about the document and make no object.
TELLING = frozenset({ItemKind.DOCUMENT, ItemKind.ANOMALY})
SHOWN = 5


@dataclass
class Row:
    """What confirming does to one kind."""

    label: str
    made: int = 0
    changed: int = 0
    same: int = 0
    retired: int = 0
    dropped: int = 0


@dataclass
class Summary:
    """What confirming would do, and why it cannot be done yet."""

    rows: list[Row] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    decided: int = 0
    total: int = 0

    @property
    def changes_nothing(self) -> bool:
        """Nothing would be made, changed or retired."""
        return not any(row.made or row.changed or row.retired for row in self.rows)


def summary_of(items: Sequence[ImportItem]) -> Summary:
    """Count what would be made, changed and retired of each kind, and list what blocks it."""
    summary = Summary(blocks=blocks_of(items), total=len(items))
    rows = {kind: Row(kind.label) for kind in ItemKind if kind not in TELLING}
    for item in items:
        summary.decided += item.state != ItemState.PROPOSED
        row = rows.get(ItemKind(item.kind))
        if row is not None:
            _count(row, item)
    summary.rows = [
        row
        for row in rows.values()
        if row.made or row.changed or row.same or row.retired or row.dropped
    ]
    return summary


def _count(row: Row, item: ImportItem) -> None:
    if item.change == ItemChange.GONE:
        row.retired += item.state == ItemState.ACCEPTED
    elif item.state == ItemState.DROPPED:
        row.dropped += 1
    elif item.state == ItemState.ACCEPTED:
        if item.existing_id is None and item.change == ItemChange.SAME:
            row.same += 1  # named again, and makes nothing of its own
        elif item.existing_id is None:
            row.made += 1
        elif item.differences:
            row.changed += 1
        else:
            row.same += 1


def blocks_of(items: Sequence[ImportItem]) -> list[str]:
    """Return what a person must do before confirming, each with its number."""
    waiting = Counter(
        "doubt" if item.kind == ItemKind.ANOMALY else item.change
        for item in items
        if item.state == ItemState.PROPOSED
    )
    doubts = waiting.pop("doubt", 0)
    changed = waiting.pop(ItemChange.CHANGED, 0)
    others = sum(waiting.values())
    blocks = []
    if doubts:
        blocks.append(f"还有 {doubts} 处疑点没有核对。请逐处接受或舍弃。")
    if changed:
        blocks.append(f"还有 {changed} 项改动没有决定。请逐项选择采用新内容，或保留原内容。")
    if others:
        blocks.append(f"还有 {others} 个条目没有核对。可用“接受其余全部”。")
    return blocks + list(_misplaced(items))


def _misplaced(items: Sequence[ImportItem]) -> Iterable[str]:
    by_id = {item.pk: item for item in items}
    accepted = [
        item
        for item in items
        if item.state == ItemState.ACCEPTED and item.change != ItemChange.GONE
    ]
    orphans = []
    for item in accepted:
        parent = by_id.get(item.parent_id) if item.parent_id else None
        is_lost = parent is not None and _is_lost(parent)
        wrong = parent is not None and parent.kind not in PARENTS.get(ItemKind(item.kind), ())
        if is_lost or wrong or (parent is None and item.kind in NEEDED):
            orphans.append(item)
    if orphans:
        yield (
            f"{_names(orphans)}所属的条目已舍弃或不合适。请修改“属于”，或接受它所属的条目，或舍弃它。"
        )


def _is_lost(parent: ImportItem) -> bool:
    return parent.state == ItemState.DROPPED and parent.existing_id is None


def _names(items: Sequence[ImportItem]) -> str:
    shown = "、".join(f"{item.get_kind_display()}“{str(item)[:30]}”" for item in items[:SHOWN])
    return shown + (f"等 {len(items)} 个条目" if len(items) > SHOWN else "")
