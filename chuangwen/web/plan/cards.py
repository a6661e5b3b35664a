"""How an extracted item reads on its card."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from chuangwen.plan.enums import ItemKind, ItemState
from chuangwen.plan.models import ImportItem
from chuangwen.plan.reviewing.fields import FIELDS, OPERATORS, ROLES, written


@dataclass(frozen=True)
class Field:
    """One editable value of a card."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Card:
    """An item as the reviewer sees it."""

    item: ImportItem
    title: str
    detail: str
    excerpt: str
    fields: list[Field]


def cards_of(shown: list[ImportItem], items: list[ImportItem], text: str) -> list[Card]:
    """Return the cards of `shown`; `items` are all items, to name a card's parent."""
    by_id = {item.pk: item for item in items}
    return [_card(item, by_id, text) for item in shown]


def counts_of(items: list[ImportItem]) -> list[dict[str, Any]]:
    """Return each kind with its number of items and how many still wait."""
    total = Counter(item.kind for item in items)
    waiting = Counter(item.kind for item in items if item.state == ItemState.PROPOSED)
    return [
        {"kind": kind.value, "label": kind.label, "total": total[kind], "waiting": waiting[kind]}
        for kind in reversed(ItemKind)
        if total[kind]
    ]


def _card(item: ImportItem, by_id: dict[Any, ImportItem], text: str) -> Card:
    parent = by_id.get(item.parent_id)
    excerpt = text[item.start : item.end] if item.start is not None else ""
    return Card(
        item=item,
        title=str(item) if item.kind != ItemKind.ANOMALY else excerpt[:80],
        detail=_detail(item.data, ItemKind(item.kind)) + (f"　属于：{parent}" if parent else ""),
        excerpt=excerpt[:160] + ("……" if len(excerpt) > 160 else ""),
        fields=_fields(item),
    )


def _detail(data: dict[str, Any], kind: ItemKind) -> str:
    match kind:
        case ItemKind.ANOMALY:
            return f"{data.get('reason') or ''}建议：{data.get('reading') or '由您判断'}"
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


def _fields(item: ImportItem) -> list[Field]:
    return [
        Field(name, field.label, written(item.data.get(name)))
        for name, field in FIELDS[ItemKind(item.kind)].items()
    ]
