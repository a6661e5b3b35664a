"""《XX单位创文责任清单》 as a workbook."""

from collections.abc import Iterator

from chuangwen.reports.duty_sheet import UnitDutySheet
from chuangwen.reports.duty_wording import basis_wording, in_kind_order
from chuangwen.reports.sheets.book import Book, Cell, Column, Kind, Sheet
from chuangwen.reports.sheets.responsibility import INDICATOR_COLUMNS, indicator_cells

_DUTY_COLUMNS = (Column("责任类别", 12), Column("责任事项", 60), Column("依据", 40))
_TASK_COLUMNS = (
    Column("序号", 6),
    Column("提升行动", 16),
    Column("任务", 44),
    Column("责任类别", 9),
    Column("完成时限", 11, Kind.DATE),
    Column("时限说明", 12),
    Column("措施", 34),
    Column("措施时限", 11, Kind.DATE),
    Column("措施时限说明", 13),
)
_NOTES = (
    ("责任事项", "本单位承担的牵头、责任、配合、点位长、包保责任。"),
    ("任务", "一项任务有几条措施的，每条措施占一行，任务内容在每行重复，便于筛选。"),
    ("完成时限", "日期；没有具体日期的要求写在“时限说明”。"),
)


def unit_duty_book(sheet: UnitDutySheet) -> Book:
    """Return the unit's sheets 责任事项, 任务, 指标 and 说明."""
    basis = (("依据", basis_wording(sheet.basis)),) if sheet.basis else ()
    return Book(
        title=f"{sheet.unit}创文责任清单",
        as_of=sheet.as_of,
        sheets=(
            Sheet("责任事项", _DUTY_COLUMNS, _duty_rows(sheet)),
            Sheet("任务", _TASK_COLUMNS, _task_rows(sheet)),
            Sheet("指标", (Column("责任类别", 12), *INDICATOR_COLUMNS), _indicator_rows(sheet)),
        ),
        notes=(("单位", sheet.unit), ("编制单位", sheet.issuer), *basis, *_NOTES),
    )


def _duty_rows(sheet: UnitDutySheet) -> Iterator[tuple[Cell, ...]]:
    for duty in in_kind_order(sheet.duties):
        yield (duty.kind.value, duty.subject, duty.source)


def _task_rows(sheet: UnitDutySheet) -> Iterator[tuple[Cell, ...]]:
    for task in sheet.tasks:
        first = (
            task.number,
            task.action,
            task.text,
            task.kind.value,
            task.deadline.day,
            task.deadline.note,
        )
        for measure in task.measures:
            yield (*first, measure.text, measure.deadline.day, measure.deadline.note)
        if not task.measures:
            yield (*first, None, None, None)


def _indicator_rows(sheet: UnitDutySheet) -> Iterator[tuple[Cell, ...]]:
    for item in sheet.indicators:
        yield (item.kind.value, *indicator_cells(item.target))
