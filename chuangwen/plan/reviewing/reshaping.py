"""Splitting one item into two and merging several into one. Plain values in, plain values out."""

import re
from dataclasses import dataclass
from typing import Any

from chuangwen.kit.errors import Invalid
from chuangwen.plan.enums import ItemKind

SPLITTABLE = frozenset(
    {ItemKind.TASK, ItemKind.UNIT, ItemKind.DUTY, ItemKind.INDICATOR, ItemKind.KEY_WORK}
)
MERGEABLE = frozenset(
    {ItemKind.TASK, ItemKind.UNIT, ItemKind.DUTY, ItemKind.INDICATOR, ItemKind.TARGET}
)
# As long as the parser makes a title.
TITLE = 40
_FIRST_CLAUSE = re.compile(r"[^，,；;。\n]+")
_EDGES = " \t\r\n　、，,；;。"


@dataclass(frozen=True)
class Half:
    """One part of a split item: its values, and its place when the text gives one."""

    data: dict[str, Any]
    start: int | None
    end: int | None


def split(
    kind: ItemKind, data: dict[str, Any], start: int | None, words: str, at: int
) -> list[Half]:
    """Cut an item whose words stand at `start` before its character `at` (counted from 0).

    Raises Invalid when a part would be empty or the kind cannot be cut.
    """
    if kind not in SPLITTABLE:
        raise Invalid(f"“{kind.label}”不能拆分。请修改这一条，再添加另一条。", field="at")
    halves = []
    for place, (offset, raw) in enumerate(((0, words[:at]), (at, words[at:]))):
        lead = len(raw) - len(raw.lstrip(_EDGES))
        bare = raw.strip(_EDGES)
        kept = raw.strip(" \t\r\n　") if place == 0 else raw[lead:].rstrip()
        if not bare:
            raise Invalid("拆分处在条目的开头或末尾，拆不出两条。请选择中间的位置。", field="at")
        own = kept if kind == ItemKind.TASK else bare
        first = None if start is None else start + offset + raw.index(own)
        last = None if first is None else first + len(own)
        halves.append(Half(_half(kind, data, own, bare, place), first, last))
    return halves


def _half(kind: ItemKind, data: dict[str, Any], raw: str, bare: str, place: int) -> dict[str, Any]:
    match kind:
        case ItemKind.TASK:
            title = data["title"] if place == 0 and data["title"] in raw else first_clause(bare)
            number = data.get("number") if place == 0 else None
            return {**data, "text": raw, "title": title, "number": number}
        case ItemKind.KEY_WORK:
            return {
                **data,
                "title": bare[:200],
                "number": data.get("number") if not place else None,
            }
        case ItemKind.UNIT:
            return {**data, "name": bare, "aliases": data.get("aliases") if not place else []}
        case _:
            return {**data, "name": bare[:200]}


def first_clause(words: str) -> str:
    """Return the words up to the first stop, as a title."""
    found = _FIRST_CLAUSE.search(words)
    return (found[0] if found else words).strip()[:TITLE]


def words_of(kind: ItemKind, data: dict[str, Any], source: str) -> tuple[str, bool]:
    """Return the words that are cut, and whether they stand in the source exactly so."""
    own = (
        data.get("text")
        if kind == ItemKind.TASK
        else data.get("title" if kind == ItemKind.KEY_WORK else "name")
    )
    if kind == ItemKind.INDICATOR:
        return str(own or ""), False
    return str(own or source), bool(own) and own == source


def merged(
    kind: ItemKind, datas: list[dict[str, Any]], words: str, *, adjacent: bool
) -> dict[str, Any]:
    """Return the values of several items of one kind as one; the first keeps its title.

    `words` are the source's words from the first to the last; names that were cut apart are put
    together again when nothing stands between them.
    """
    if kind not in MERGEABLE:
        raise Invalid(f"“{kind.label}”不能合并。请舍弃多余的一条。")
    first = datas[0]
    match kind:
        case ItemKind.TASK:
            joined = words if adjacent else "\n".join(str(data.get("text") or "") for data in datas)
            dues = [data["due"] for data in datas if data.get("due")]
            return {**first, "text": joined, "due": max(dues, default=None)}
        case ItemKind.UNIT:
            names = [
                name for data in datas for name in (data["name"], *(data.get("aliases") or []))
            ]
            aliases = [name for name in dict.fromkeys(names) if name != first["name"]]
            return {**first, "aliases": aliases}
        case ItemKind.DUTY if adjacent and len({data["name"] for data in datas}) > 1:
            return {**first, "name": re.sub(r"\s", "", words)}
        case _:
            return dict(first)
