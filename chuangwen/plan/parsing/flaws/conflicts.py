"""Statements of the same thing that differ between clauses or between documents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ..clauses import clauses, sentences
from ..model import Anomaly, Document, Indicator, Item, Phase, Target

_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
_MOST = 12  # a file holds a notice and its attachments; more is a collection of unrelated texts
_TITLE = re.compile(r"《([^《》\n]{8,60})》")


def target_conflicts(phases: list[Phase], goals: dict[tuple[str, int], Item]) -> Iterator[Anomaly]:
    """Targets of one year that only one clause gives, or that clauses give differently.

    `goals` are the clauses of a goals chapter that speak of a year, by (document, year): a clause
    that is silent about a target is as much a difference as one that gives another number.
    """
    for phase in phases:
        if phase.kind != "year" or phase.year is None:
            continue
        by_name: dict[str, list[Target]] = defaultdict(list)
        for target in phase.targets:
            by_name[target.name].append(target)
        sections = {target.section for target in phase.targets}
        clause = goals.get((phase.document, phase.year)) if phase.number else None
        for name, targets in by_name.items():
            values = {(target.operator, target.value) for target in targets}
            if len(values) > 1:
                yield _differ(name, phase.year, targets)
            elif len({target.scope for target in targets} - {None}) > 1 or _other_subject(targets):
                yield _scope(name, phase.year, targets)
            inside = [t for t in targets if clause and clause.start <= t.start < clause.end]
            if clause and not inside and len(targets) == 1:
                yield _missing(name, targets[0], clause)
            elif len(sections) > 1 and clause and len(inside) == len(targets):
                yield _missing(name, targets[0], Item(start=phase.start, end=phase.end))


def _say(target: Target) -> str:
    if target.value is None:
        return target.subject or target.name
    if target.kind == "rank":
        return f"前{target.value}{target.unit or ''}"
    return f"{_SIGNS.get(target.operator or '=', '')}{target.value}{target.unit or ''}"


def _differ(name: str, year: int, targets: list[Target]) -> Anomaly:
    said = "；".join(f"{target.section}：{_say(target)}" for target in targets)
    return Anomaly(
        kind="conflict", start=targets[0].start, end=targets[0].end, reading=None,
        reason=f"{year}年“{name}”前后写法不同（{said}），请确定以哪一处为准。",
        document=targets[0].document, related=list(targets[1:]),
    )  # fmt: skip


def _other_subject(targets: list[Target]) -> bool:
    return targets[0].kind == "rank" and len({target.subject for target in targets}) > 1


def _scope(name: str, year: int, targets: list[Target]) -> Anomaly:
    said = "；".join(f"{target.section}：{target.subject}{_say(target)}" for target in targets)
    return Anomaly(
        kind="conflict", start=targets[0].start, end=targets[0].end, severity="notice",
        reading=_say(targets[0]), document=targets[0].document, related=list(targets[1:]),
        reason=f"{year}年“{name}”名次相同而排名范围写法不同（{said}），请确认是否同一口径。",
    )  # fmt: skip


def _missing(name: str, target: Target, other: Item) -> Anomaly:
    return Anomaly(
        kind="missing_elsewhere", start=target.start, end=target.end, reading=_say(target),
        reason=f"{target.year}年“{name}”{_say(target)}只见于{target.section}，另一处谈同一年的目标时没有写，请确认是否有效。",
        document=target.document, related=[Item(start=other.start, end=other.end)],
    )  # fmt: skip


def indicator_conflicts(
    folded: str, documents: list[Document], indicators: list[Indicator]
) -> Iterator[Anomaly]:
    """Numeric standards of one document that another weakens, changes, rewords or leaves out."""
    numeric = [item for item in indicators if item.kind == "numeric"]
    by_document: dict[str, list[Indicator]] = defaultdict(list)
    for item in numeric:
        by_document[item.document].append(item)
    stating = [document for document in documents if by_document[document.id]][:_MOST]
    for index, one in enumerate(stating):
        for two in stating[index + 1 :]:
            if not by_document[one.id] or not by_document[two.id]:
                continue
            shared = {_key(i) for i in by_document[one.id]} & {_key(i) for i in by_document[two.id]}
            if len(shared) >= 3 or len(shared) * 2 >= len(by_document[two.id]):
                for item in by_document[one.id]:
                    yield from _against(folded, item, two, by_document[two.id], len(shared))


def _key(item: Indicator) -> str:
    return re.sub(r"的|群众|比例|比重|\(.*?\)|[、,和与及]", "", item.name)


def _against(
    folded: str, item: Indicator, other: Document, theirs: list[Indicator], shared: int
) -> Iterator[Anomaly]:
    same = [one for one in theirs if _key(one) == _key(item)]
    if same:
        if all(
            (one.operator, one.value, one.unit) != (item.operator, item.value, item.unit)
            for one in same
        ):
            yield _conflict(item, same[0], f"{_value(item)}改为{_value(same[0])}", other)
        elif _wording(folded, item) != _wording(folded, same[0]):
            yield Anomaly(
                kind="wording", start=same[0].start, end=same[0].end, severity="notice",
                reading=f"{item.name}{_value(item)}", document=other.id, related=[item],
                reason=f"“{item.name}”两份文件写法不同而数值相同，按同一指标读。",
            )  # fmt: skip
        return
    if mention := _mention(folded, item, other, theirs):
        said = folded[mention.start : mention.end]
        yield _conflict(item, mention, f"{_value(item)}变为“{said}”，没有数值", other)
    elif shared >= 3:
        yield Anomaly(
            kind="missing_elsewhere", start=item.start, end=item.end, severity="notice",
            reading=f"{item.name}{_value(item)}", document=item.document,
            reason=f"“{item.name}”{_value(item)}在《{other.title}》中没有写。",
        )  # fmt: skip


def _wording(folded: str, item: Indicator) -> str:
    text = folded[item.start : item.end]
    return re.sub(r"^(?:确保|做到|实现|务求)", "", text)


def _value(item: Indicator) -> str:
    return f"{_SIGNS.get(item.operator or '=', '')}{item.value}{item.unit or ''}"


def _conflict(item: Indicator, other: Item, said: str, document: Document) -> Anomaly:
    return Anomaly(
        kind="conflict", start=other.start, end=other.end, reading=f"{item.name}{_value(item)}",
        reason=f"“{item.name}”在两份文件中要求不同：{said}，请确定以哪一份为准。",
        document=document.id, related=[Item(start=item.start, end=item.end)],
    )  # fmt: skip


def _mention(folded: str, item: Indicator, other: Document, theirs: list[Indicator]) -> Item | None:
    """The clause of the other document that speaks of the same thing without an amount."""
    name = item.name
    tail = name.rsplit("的", 1)[-1]
    heads = [name, tail, *(tail[-n:] for n in (8, 7, 6, 5))]
    if re.search(r"(?:参与率|满意度|知晓率|支持率|覆盖率|合格率|达标率)$", tail) and len(tail) <= 6:
        heads.append(tail[-3:])
    for head in heads:
        if len(head) < 3 or (len(head) < 5 and head != tail[-3:]):
            continue
        place = folded.find(head, other.start, other.end)
        while place >= 0:
            if not any(one.start <= place < one.end for one in theirs):
                for first, last in sentences(folded, *_paragraph(folded, place)):
                    for left, right in clauses(folded, first, last):
                        if left <= place < right and not re.search(r"[:：]$", folded[left:right]):
                            return Item(start=left, end=right)
            place = folded.find(head, place + 1, other.end)
    return None


def _paragraph(folded: str, place: int) -> tuple[int, int]:
    start = folded.rfind("\n", 0, place) + 1
    end = folded.find("\n", place)
    start = max(start, place - 400)
    return start, min(len(folded) if end < 0 else end, place + 400)


def title_variants(folded: str) -> Iterator[Anomaly]:
    """Two titles in 《》 that differ by one character stand for one work."""
    seen: dict[str, re.Match[str]] = {}
    for match in _TITLE.finditer(folded):
        seen.setdefault(match[1], match)
    by_shape: dict[str, list[str]] = defaultdict(list)
    for title in seen:
        by_shape[title[:6]].append(title)
    for titles in by_shape.values():
        for index, one in enumerate(titles[:50]):
            for two in titles[index + 1 : 50]:
                if abs(len(one) - len(two)) == 1 and _one_left_out(one, two):
                    long, short = sorted((one, two), key=len)[::-1]
                    match = seen[short]
                    yield Anomaly(
                        kind="title_variant", start=match.start(), end=match.end(),
                        reading=f"《{long}》", severity="notice", related=[
                            Item(start=seen[long].start(), end=seen[long].end())
                        ],
                        reason="同一文件名前后写法差一字。",
                    )  # fmt: skip


def _one_left_out(one: str, two: str) -> bool:
    long, short = sorted((one, two), key=len)[::-1]
    place = next((i for i, mark in enumerate(short) if mark != long[i]), len(short))
    return long[place + 1 :] == short[place:] and not long[place].isdigit()
