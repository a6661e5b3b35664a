"""督办单 as a workbook, row by row."""

import datetime
from collections.abc import Iterable, Iterator

from chuangwen.kit.samples import SAMPLE
from chuangwen.reports.sheets.book import Book, Cell, Column, Kind, Sheet
from chuangwen.supervision.models import SupervisionNotice
from chuangwen.supervision.workflow import OWED

TITLE = "督办单清单"
COLUMNS = (
    Column("编号", 18),
    Column("事由", 44),
    Column("承办单位", 22),
    Column("状态", 14),
    Column("下达日期", 11, Kind.DATE),
    Column("签收日期", 11, Kind.DATE),
    Column("答复时限", 11, Kind.DATE),
    Column("答复日期", 11, Kind.DATE),
    Column("办结日期", 11, Kind.DATE),
    Column("答复超期", 9),
    Column("备注", 10),
)


def supervision_notices_book(notices: Iterable[SupervisionNotice], day: datetime.date) -> Book:
    """Return the list as filtered; they come with their unit."""
    return Book(
        title=TITLE,
        as_of=day,
        sheets=(Sheet(TITLE, COLUMNS, _rows(notices, day)),),
        notes=(("答复超期", "到导出当日，已过答复时限而单位还没有答复，或在时限后才答复。"),),
    )


def _rows(notices: Iterable[SupervisionNotice], day: datetime.date) -> Iterator[tuple[Cell, ...]]:
    for one in notices:
        answered = day if one.state in OWED else one.answered_on
        late = one.due_on is not None and answered is not None and answered > one.due_on
        yield (
            one.number,
            one.title,
            one.unit.name,
            one.get_state_display(),
            one.served_on,
            one.receipted_on,
            one.due_on,
            one.answered_on,
            one.closed_on,
            "是" if late else "",
            SAMPLE if one.is_sample else "",
        )
