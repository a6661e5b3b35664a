"""《发现问题》 as a workbook, row by row."""

import datetime
from collections.abc import Iterable, Iterator

from chuangwen.inspection.models import Finding
from chuangwen.kit.samples import SAMPLE
from chuangwen.reports.sheets.book import Book, Cell, Column, Kind, Sheet

COLUMNS = (
    Column("测评轮次", 22),
    Column("序号", 7, Kind.NUMBER),
    Column("问题", 48),
    Column("地点", 30),
    Column("问题类别", 12),
    Column("主管单位", 20),
    Column("所属街道或社区", 18),
    Column("测评标准", 30),
    Column("发现日期", 11, Kind.DATE),
    Column("建议整改时限", 12, Kind.DATE),
    Column("状态", 9),
    Column("撤回原因", 24),
    Column("备注", 10),
)


def findings_book(findings: Iterable[Finding], day: datetime.date) -> Book:
    """Return the findings as filtered; they come with round, unit and area."""
    return Book(
        title="测评发现问题清单",
        as_of=day,
        sheets=(Sheet("发现问题", COLUMNS, _rows(findings)),),
        notes=(("建议整改时限", "按测评项的工作日数，从测评当日起算。"),),
    )


def _rows(findings: Iterable[Finding]) -> Iterator[tuple[Cell, ...]]:
    for one in findings:
        yield (
            one.round.name,
            one.number,
            one.text,
            one.place,
            one.category,
            one.unit.name if one.unit else "",
            one.area.name if one.area else "",
            one.clause,
            one.found_on,
            one.proposed_due_on,
            one.get_state_display(),
            one.withdrawal_reason,
            SAMPLE if one.is_sample else "",
        )
