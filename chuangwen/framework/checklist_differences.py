"""What changed in the checklists between two versions. Pure: two lots of them in, a list out."""

from collections.abc import Iterator, Sequence

from chuangwen.framework.checklist_document import (
    ChecklistEntry,
    GroupEntry,
    LineEntry,
    SiteTypeEntry,
)
from chuangwen.framework.differences import Difference, Fields, compare
from chuangwen.framework.wording import plain_number

Checklists = tuple[Sequence[SiteTypeEntry], Sequence[ChecklistEntry]]


def checklist_differences(old: Checklists, new: Checklists) -> list[Difference]:
    """Return the differences, checklists first, then lines. Site types are the same in both."""
    names = {each.code: each.name for types, _ in (old, new) for each in types}
    return [
        *compare(dict(_heads(old, names)), dict(_heads(new, names))),
        *compare(dict(_lines(old, names)), dict(_lines(new, names))),
    ]


def demand(line: LineEntry) -> str:
    """Return what a line demands, in words: 每 500 米不少于 1 个."""
    shape, unit = line.shape, line.unit
    if line.threshold is None:
        return {shape.EXISTS: "有", shape.ABSENCE: "没有"}.get(shape, str(shape.label))
    number = plain_number(line.threshold)
    if shape == shape.COUNT:
        return f"不少于 {number} {unit}".strip()
    if shape == shape.DENSITY and line.per is not None:
        return f"每 {plain_number(line.per)} {line.per_unit}不少于 {number} {unit}".strip()
    if shape == shape.RATIO:
        return f"不低于 {number}%"
    return f"不文明的不超过 {number}%"


def _heads(checklists: Checklists, names: dict[str, str]) -> Iterator[tuple[str, Fields]]:
    for each in checklists[1]:
        percent = "" if each.pass_percent is None else plain_number(each.pass_percent)
        yield (
            each.site_type,
            {
                "种类": "测评表",
                "名称": names[each.site_type],
                "达标规则": str(each.pass_rule.label),
                "合格线（%）": percent,
                "说明": each.note,
                "来源": each.source,
            },
        )


def _lines(checklists: Checklists, names: dict[str, str]) -> Iterator[tuple[str, Fields]]:
    for each in checklists[1]:
        for group in each.groups:
            for line in group.lines:
                yield f"{names[each.site_type]} {line.code}", _line_fields(group, line)


def _line_fields(group: GroupEntry, line: LineEntry) -> Fields:
    return {
        "种类": "测评项",
        "测评项": line.text,
        "分组": group.title,
        "记录方式": str(line.shape.label),
        "要求": demand(line),
        "照片": str(line.photo.label),
        "权重": plain_number(line.weight),
        "一票否决": "是" if line.is_veto else "否",
        "可不适用": "是" if line.may_not_apply else "否",
        "问题类别": line.category,
        "整改时限（工作日）": str(line.days or ""),
        "标准编号": line.standard,
        "说明": line.guidance,
        "来源": line.source,
        "计量单位": line.unit,
    }
