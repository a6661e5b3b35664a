"""问题清单, 整改清单 and 销号台账 as a workbook, row by row."""

import datetime
from collections.abc import Iterable, Iterator

from chuangwen.kit.samples import SAMPLE
from chuangwen.rectification.models import Case
from chuangwen.reports.sheets.book import Book, Cell, Column, Kind, Sheet

COLUMNS = (
    Column("编号", 18),
    Column("问题", 48),
    Column("详情", 30),
    Column("来源", 14),
    Column("类别", 14),
    Column("点位", 24),
    Column("地点", 30),
    Column("所属街道或社区", 18),
    Column("发现日期", 11, Kind.DATE),
    Column("状态", 9),
    Column("牵头整改单位", 20),
    Column("整改时限", 11, Kind.DATE),
    Column("超期", 7),
    Column("报送整改日期", 12, Kind.DATE),
    Column("销号日期", 11, Kind.DATE),
    Column("返工次数", 9, Kind.NUMBER),
    Column("反弹次数", 9, Kind.NUMBER),
    Column("备注", 10),
)


def cases_book(title: str, cases: Iterable[Case], day: datetime.date) -> Book:
    """Return the cases as filtered; they come with category, site, area and leading unit."""
    return Book(
        title=title,
        as_of=day,
        sheets=(Sheet(title, COLUMNS, _rows(cases, day)),),
        notes=(("超期", "到导出当日，已过整改时限而单位还没有报送；缓办的不算。"),),
    )


def _rows(cases: Iterable[Case], day: datetime.date) -> Iterator[tuple[Cell, ...]]:
    for one in cases:
        yield (
            one.number,
            one.title,
            one.text,
            one.get_source_display(),
            one.category.name if one.category else "",
            one.site.name if one.site else "",
            one.place,
            one.area.name if one.area else "",
            one.found_on,
            one.get_state_display(),
            one.lead.name if one.lead else "",
            one.due_on,
            "是" if one.owed_on < day else "",
            one.handed_in_on,
            one.closed_on,
            one.reworks,
            one.reopenings,
            "缓办" if one.suspended_on else SAMPLE if one.is_sample else "",
        )
