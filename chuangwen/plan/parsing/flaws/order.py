"""Numbering that jumps or repeats, counts that do not fit, and owners that are not named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import numbers
from ..headings import Mark
from ..model import Action, Anomaly, Item
from ..outline import Node

_COUNT = re.compile(
    r"([一二三四五六七八九十]{1,3}|\d{1,3})(?:项|大|个)[\u4e00-\u9fff]{0,6}(?:行动|工程|任务|整治)"
)


def numbering(folded: str, root: Node) -> Iterator[Anomaly]:
    """Siblings of one style must count 1, 2, 3."""
    articles: dict[str, int] = {}  # articles count through the chapters
    for node in root.walk():
        inner: dict[str, int] = {}
        for mark, child in _numbered(node):
            last = articles if mark.style == "article" else inner
            series = mark.style
            if mark.style.startswith("decimal"):  # 1.2 and 2.1 count by themselves
                series += mark.number.rstrip(".").rpartition(".")[0]
            expected = last.get(series, 0) + 1
            if mark.ordinal != expected and series in last:
                how = "重复或倒退" if mark.ordinal <= last[series] else "跳号"
                yield Anomaly(
                    kind="numbering", start=mark.start,
                    end=max(child.title_end, mark.end) if child else mark.end,
                    reading=f"应为第{expected}项", severity="notice",
                    reason=f"序号{how}：前一项是第{last[series]}项。",
                )  # fmt: skip
            last[series] = mark.ordinal


def _numbered(node: Node) -> list[tuple[Mark, Node | None]]:
    """The marks under a heading in order of the text, with the heading that each one opens."""
    found: list[tuple[Mark, Node | None]] = [(mark, None) for mark in node.labels]
    found += [
        (child.mark, None if child.sentence_title else child)
        for child in node.children
        if child.mark and child.mark.style != "plain"  # a heading that lost its number
    ]
    return sorted(found, key=lambda one: one[0].start)


def counts(folded: str, root: Node) -> Iterator[Anomaly]:
    """实施十项提升行动 must be followed by ten."""
    for node in root.walk():
        title = folded[node.title_start : node.title_end]
        match = _COUNT.search(title)
        if not match or node.mark is None or len(node.children) < 2:
            continue
        number = numbers.plain_number(match[1])
        if number and int(number) != len(node.children):
            yield Anomaly(
                kind="count_mismatch", start=node.title_start, end=node.title_end,
                reading=f"其下实有{len(node.children)}项",
                reason=f"标题写“{match[0]}”，其下读到{len(node.children)}项。",
            )  # fmt: skip


def unclear(actions: list[Action]) -> Iterator[Anomaly]:
    """Actions and tasks without a lead, where the document does not say who leads."""
    owned = [action for action in actions if action.owners]
    for action in actions:
        if not action.owners:
            if owned or len(actions) > 1:
                yield Anomaly(
                    kind="missing_owner", start=action.heading.start, end=action.heading.end,
                    reading=None, document=action.document,
                    reason=f"“{action.name}”未写明牵头单位或责任单位，请指定。",
                )  # fmt: skip
            continue
        holders = (
            [action.owners]
            if action.owners_from == "own"
            else [task.owners for task in action.tasks if task.owners]
        )
        for owners in holders:
            units = owners.units()
            if not owners.lead and owners.responsible:
                first = min(units, key=lambda unit: unit.start)
                last = max(units, key=lambda unit: unit.end)
                single = len(units) == 1 and not units[0].collective
                yield Anomaly(
                    kind="unclear_lead", start=first.start, end=last.end,
                    reading=f"牵头单位：{first.name}" if single else None,
                    document=action.document, severity="notice" if single else "question",
                    reason="文中未写明牵头单位，也未写明“排在第一位的为牵头单位”，请指定。",
                    related=[Item(start=action.heading.start, end=action.heading.end)],
                )  # fmt: skip
