"""What stands on which rung of the ladder, as a workbook."""

import datetime
from collections.abc import Iterable, Iterator

from chuangwen.kit.calendar import working_days_between
from chuangwen.kit.samples import SAMPLE
from chuangwen.rectification.models import Case
from chuangwen.reports.sheets.book import Book, Cell, Column, Kind, Sheet
from chuangwen.supervision.models import EscalationStep

TITLE = "逐级督促清单"
COLUMNS = (
    Column("编号", 18),
    Column("问题", 48),
    Column("牵头整改单位", 20),
    Column("整改时限", 11, Kind.DATE),
    Column("超期（工作日）", 14, Kind.NUMBER),
    Column("督促到", 20),
    Column("措施", 12),
    Column("日期", 11, Kind.DATE),
    Column("状态", 9),
    Column("备注", 10),
)
Standing = tuple[Case, EscalationStep]


def standings_book(standings: Iterable[Standing], day: datetime.date) -> Book:
    """Return the list as filtered."""
    return Book(
        title=TITLE,
        as_of=day,
        sheets=(Sheet(TITLE, COLUMNS, _rows(standings, day)),),
        notes=(
            ("超期（工作日）", "到导出当日，过了整改时限的工作日数；负数为距时限的工作日数。"),
            ("督促到", "这个问题按现在的时限走到的最高一级。缓办、已报送、已结束的不列。"),
        ),
    )


def _rows(standings: Iterable[Standing], day: datetime.date) -> Iterator[tuple[Cell, ...]]:
    for case, step in standings:
        yield (
            case.number,
            case.title,
            case.lead.name if case.lead else "",
            case.due_on,
            working_days_between(step.due_on, day),
            step.name,
            step.get_measure_display(),
            step.climbed_on,
            case.get_state_display(),
            SAMPLE if case.is_sample else "",
        )
