"""How an extracted item reads on its card."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from chuangwen.plan.enums import ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem
from chuangwen.plan.reviewing.fields import OPERATORS, ROLES
from chuangwen.web.plan.card_differences import Difference, differences_of

LONGEST = 160
CHANGES = "changes"  # the view of all that differs from the campaign
# In what is decided about things that the campaign has, accepting and dropping have own words.
STATES = {
    (ItemChange.CHANGED, ItemState.ACCEPTED): "采用新内容",
    (ItemChange.CHANGED, ItemState.DROPPED): "保留原内容",
    (ItemChange.GONE, ItemState.ACCEPTED): "不再要求",
    (ItemChange.GONE, ItemState.DROPPED): "保留",
}
TONES = {
    ItemState.ACCEPTED: "success",
    ItemState.PROPOSED: "warning",
    ItemState.DROPPED: "neutral",
}


@dataclass(frozen=True)
class Card:
    """An item as the reviewer sees it.

    `after` is the card before it, for one that is new; a card that belongs to another view only
    renews itself where it is on the page.
    """

    item: ImportItem
    title: str
    detail: str
    excerpt: str
    state: str
    tone: str
    differences: tuple[Difference, ...]
    is_doubt: bool
    is_gone: bool
    shows_change: bool
    after: str = ""
    is_elsewhere: bool = False


def cards_of(
    shown: Sequence[ImportItem],
    items: Iterable[ImportItem],
    text: str,
    *,
    view: str,
    is_compared: bool,
) -> list[Card]:
    """Return the cards of `shown`, in this order; `items` are all items, to name parents."""
    by_id = {item.pk: item for item in items}
    befores = ["", *(str(item.pk) for item in shown)]
    return [
        _card(item, by_id, text, before, view=view, is_compared=is_compared)
        for item, before in zip(shown, befores, strict=False)
    ]


def counts_of(items: Sequence[ImportItem]) -> list[dict[str, Any]]:
    """Return each kind with its number of items and how many still wait."""
    total = Counter(item.kind for item in items)
    waiting = Counter(item.kind for item in items if item.state == ItemState.PROPOSED)
    return [
        {"kind": kind.value, "label": kind.label, "total": total[kind], "waiting": waiting[kind]}
        for kind in reversed(ItemKind)
        if total[kind]
    ]


def is_in_view(item: ImportItem, view: str) -> bool:
    """Tell whether an item belongs to a view: a kind, all, or what differs from the campaign."""
    if view == CHANGES:
        return item.change != ItemChange.SAME and item.kind != ItemKind.ANOMALY
    return view in ("all", item.kind)


def _card(
    item: ImportItem,
    by_id: dict[Any, ImportItem],
    text: str,
    before: str,
    *,
    view: str,
    is_compared: bool,
) -> Card:
    parent = by_id.get(item.parent_id)
    kind, state = ItemKind(item.kind), ItemState(item.state)
    change = ItemChange(item.change)
    excerpt = text[item.start : item.end] if item.start is not None else ""
    return Card(
        item=item,
        title=excerpt[:80] if kind == ItemKind.ANOMALY else str(item),
        detail=_detail(item.data, kind) + (f"　属于：{parent}" if parent else ""),
        excerpt=excerpt[:LONGEST] + ("……" if len(excerpt) > LONGEST else ""),
        state=STATES.get((change, state), state.label),
        tone=TONES[state],
        differences=differences_of(item),
        is_doubt=kind == ItemKind.ANOMALY,
        is_gone=change == ItemChange.GONE,
        shows_change=is_compared and kind != ItemKind.ANOMALY,
        after=before,
        is_elsewhere=not is_in_view(item, view),
    )


def _detail(data: dict[str, Any], kind: ItemKind) -> str:
    match kind:
        case ItemKind.ANOMALY:
            return str(data.get("reason") or "")
        case ItemKind.DUTY:
            return ROLES[data["role"]] + ("（集体称谓）" if data.get("collective") else "")
        case ItemKind.INDICATOR | ItemKind.TARGET if data.get("value") is not None:
            sign = OPERATORS.get(data.get("operator") or "", "")
            return f"{sign}{data['value']}{data.get('unit') or ''}"
        case ItemKind.PHASE:
            return f"{data.get('from') or '？'} 至 {data.get('to') or '？'}"
        case ItemKind.UNIT:
            return "、".join([data.get("kind") or "", *(data.get("aliases") or [])])
        case _:
            return str(data.get("goal") or data.get("frequency") or data.get("kind") or "")[:120]
