"""Old → new of a changed item in words; of long texts, just the place that differs."""

from dataclasses import dataclass

from chuangwen.plan.enums import DutyKind, ItemKind, PhaseKind
from chuangwen.plan.models import ImportItem
from chuangwen.plan.reviewing.fields import INDICATOR_KINDS, OPERATORS

LABELS = {
    "number": "序号",
    "title": "名称",
    "name": "名称",
    "goal": "目标",
    "text": "原文",
    "theme": "主题",
    "kind": "责任",
    "starts_on": "开始",
    "ends_on": "结束",
    "operator": "比较",
    "value": "数值",
    "unit": "计量单位",
    "year": "年度",
    "due_on": "完成时限",
    "frequency": "频次",
    "actors": "由谁",
    "aliases": "名称和其他写法",
    "retired_on": "不再要求自",
}
KIND_LABELS = {ItemKind.PHASE: "种类", ItemKind.INDICATOR: "类别"}
WORDS = {**INDICATOR_KINDS, **OPERATORS, **dict(DutyKind.choices), **dict(PhaseKind.choices)}
AROUND = 16  # characters kept before and behind the place that differs


@dataclass(frozen=True)
class Difference:
    """One field: what both have before and behind, what was there, what is there."""

    label: str
    before: str
    old: str
    new: str
    behind: str


def differences_of(item: ImportItem) -> tuple[Difference, ...]:
    """Return the differences of an item, labelled as its kind calls them."""
    found = []
    for name, (old, new) in item.differences.items():
        label = "单位" if item.kind == ItemKind.DUTY and name == "unit" else LABELS.get(name, name)
        if name == "kind":
            label = KIND_LABELS.get(ItemKind(item.kind), label)
        found.append(difference(label, WORDS.get(old, old), WORDS.get(new, new)))
    return tuple(found)


def difference(label: str, old: str, new: str) -> Difference:
    """Return the part that differs, with a few characters around it."""
    if min(len(old), len(new)) <= AROUND:
        return Difference(label, "", old, new, "")
    head = _shared(old, new)
    most = min(len(old), len(new)) - head
    tail = min(most, _shared(old[::-1], new[::-1]))
    before, behind = old[:head], old[len(old) - tail :] if tail else ""
    return Difference(
        label,
        before if len(before) <= AROUND else "……" + before[-AROUND:],
        old[head : len(old) - tail],
        new[head : len(new) - tail],
        behind if len(behind) <= AROUND else behind[:AROUND] + "……",
    )


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))
