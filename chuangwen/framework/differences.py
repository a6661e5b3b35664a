"""What changed between two versions, by code. Pure: two trees in, a list out."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from chuangwen.framework.document import MethodEntry, NodeEntry, StandardEntry, walk
from chuangwen.framework.enums import Level
from chuangwen.framework.wording import plain_number


class Change(Enum):
    """What happened to an entry; the value is what people read."""

    ADDED = "新增"
    REMOVED = "删除"
    CHANGED = "修改"


@dataclass(frozen=True)
class FieldChange:
    """One field, with its words before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """One entry or standard that is not the same in both versions."""

    change: Change
    kind: str
    code: str
    words: str
    fields: tuple[FieldChange, ...] = ()


Fields = dict[str, str]
Tree = tuple[NodeEntry, ...]


def differences(old: Tree, new: Tree) -> list[Difference]:
    """Return the differences, entries first, in the order of the new version; removed ones last.

    Empty when nodes and standards are the same.
    """
    return [
        *compare(dict(_nodes(old)), dict(_nodes(new))),
        *compare(dict(_standards(old)), dict(_standards(new))),
    ]


def compare(old: dict[str, Fields], new: dict[str, Fields]) -> Iterator[Difference]:
    """Yield what was added, changed and removed, by code. Each has its 种类 and 名称 or text."""
    for code, fields in new.items():
        if code not in old:
            yield _whole(Change.ADDED, code, fields)
        elif changed := _changed(old[code], fields):
            yield _whole(Change.CHANGED, code, fields, changed)
    for code, fields in old.items():
        if code not in new:
            yield _whole(Change.REMOVED, code, fields)


def _whole(
    change: Change, code: str, fields: Fields, changed: tuple[FieldChange, ...] = ()
) -> Difference:
    words = fields.get("名称") or fields.get("标准") or fields.get("测评项") or ""
    return Difference(change, fields["种类"], code, words, changed)


def _changed(old: Fields, new: Fields) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(label, old[label], words) for label, words in new.items() if words != old[label]
    )


def _nodes(tree: Tree) -> Iterator[tuple[str, Fields]]:
    for level, node, parent in walk(tree):
        yield (
            node.code,
            {
                "种类": str(Level(level).label),
                "名称": node.title,
                "上级": _named(parent) if parent else "",
            },
        )


def _standards(tree: Tree) -> Iterator[tuple[str, Fields]]:
    for _level, node, _parent in walk(tree):
        for each in node.standards:
            yield each.code, _standard_fields(node, each)


def _standard_fields(node: NodeEntry, each: StandardEntry) -> Fields:
    return {
        "种类": "测评标准",
        "标准": each.text,
        "所属": _named(node),
        "权重": _number(each),
        "材料时限（月）": str(each.window_months or ""),
        "责任单位提示": "、".join(each.owner_hints),
        "来源": each.source,
        "测评方法": "；".join(_method(method) for method in each.methods),
        "指标": "；".join(each.indicators),
    }


def _named(node: NodeEntry) -> str:
    return f"{node.code} {node.title}"


def _number(each: StandardEntry | MethodEntry) -> str:
    return "" if each.weight is None else plain_number(each.weight)


def _method(method: MethodEntry) -> str:
    weight = f"（{_number(method)}）" if method.weight is not None else ""
    requirement = f"：{method.requirement}" if method.requirement else ""
    return f"{method.method.label}{weight}{requirement}"
