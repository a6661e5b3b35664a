"""Well written, hardly meant: deadlines out of time, owners that are no bodies, contradictions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from .. import units
from ..model import Action, Anomaly, Deadline, Document, Indicator, Phase, Task, UnitMention

_YEAR = re.compile(r"(?<!\d)20\d{2}(?!\d)")
_BODY_END = re.compile(
    r"(?:[科室组处队站所部厅司店场馆园校院社区村镇乡线台会业户者员体办局委行关股团队]|公司|中心|热线|平台|集团|单位|部门|企业|组织|机构|媒体|运营商|街道|政府|党组|人大|政协|干部|教师|等|路段|窗口)"
    r"(?:\([^()]*\))?$"
)
_RANGE = re.compile(r"^(?:全[区市县镇]|[我本各][区市县镇])")


def deadlines(
    documents: list[Document], actions: list[Action], phases: list[Phase]
) -> Iterator[Anomaly]:
    """A last day outside the years of the title, or outside the stage that it stands in."""
    years = {one.id: sorted(map(int, _YEAR.findall(one.title))) for one in documents}
    seen: set[int] = set()
    for action in actions:
        held: list[Action | Task] = [action, *action.tasks]
        for one in held:
            named = years.get(action.document, [])
            late = one.deadline
            if late is None or not late.due or not named or late.start in seen:
                continue
            seen.add(late.start)
            if not named[0] <= int(late.due[:4]) <= named[-1]:
                span = "—".join(str(year) for year in sorted({named[0], named[-1]}))
                yield _outside(late, action.document, f"文件标题写的是{span}年")
    for phase in phases:
        for task in phase.tasks:
            late = task.deadline
            if late is None or not late.due or phase.kind == "year":
                continue
            before = phase.from_month and late.due[:7] < phase.from_month
            if before or (phase.to_month and late.due[:7] > phase.to_month):
                said = f"“{phase.name}”为{phase.from_month}至{phase.to_month}"
                yield _outside(late, phase.document, said)


def _outside(late: Deadline, document: str, said: str) -> Anomaly:
    return Anomaly(
        kind="deadline_outside", start=late.start, end=late.end, reading=None, document=document,
        reason=f"时限{late.due}不在范围之内：{said}，请核对。",
    )  # fmt: skip


def strangers(document: str, owners: list[UnitMention]) -> Iterator[Anomaly]:
    """张三李四 among the owners: a name that does not end as names of bodies do."""
    seen: set[str] = set()
    for one in owners:
        name = one.name
        if name in seen or units.is_unit(name) or one.collective or _BODY_END.search(name):
            continue
        if not re.fullmatch(r"[\u4e00-\u9fff]{2,14}", name):
            continue
        seen.add(name)
        yield Anomaly(
            kind="unknown_unit", start=one.start, end=one.end, reading=None, document=document,
            reason=f"责任单位中的“{name}”不像单位名称，请核对。", severity="notice",
        )  # fmt: skip


def contradictions(indicators: list[Indicator]) -> Iterator[Anomaly]:
    """One document asks two things of one measure for the same year."""
    groups: dict[tuple[str, str, int | None, str | None], list[Indicator]] = defaultdict(list)
    for item in indicators:
        if item.kind == "numeric" and not item.alternative and len(item.name) >= 5:
            name = _RANGE.sub("", item.name)
            groups[item.document, name, item.year, item.unit].append(item)
    for (document, name, year, _), items in groups.items():
        first = items[0]
        other = next((one for one in items if _value(one) != _value(first)), None)
        if other is None or not name.endswith(("率", "度", "比例", "比重", "占比", "水平", "面积")):
            continue
        at = f"{year}年" if year else ""
        yield Anomaly(
            kind="conflict", start=other.start, end=other.end, reading=None, document=document,
            reason=f"{at}“{name}”前文为{_said(first)}，此处为{_said(other)}，请确定以哪一处为准。",
            related=[first],
        )  # fmt: skip


def _value(item: Indicator) -> tuple[object, ...]:
    return item.value, item.upper


def _said(item: Indicator) -> str:
    return f"{item.value}{item.unit or ''}"
