"""责任分解表 as a workbook: tasks on one sheet, indicators on another."""

from collections.abc import Iterable, Iterator

from chuangwen.reports.duty_sheet import ActionDuties, IndicatorTarget, ResponsibilityTable
from chuangwen.reports.duty_wording import (
    basis_wording,
    indicator_wording,
    responsibility_rows,
)
from chuangwen.reports.sheets.book import Book, Cell, Column, Kind, Sheet

_COLUMNS = (
    Column("序号", 6),
    Column("提升行动", 16),
    Column("重点任务", 44),
    Column("牵头单位", 14),
    Column("责任单位", 28),
    Column("配合单位", 16),
    Column("完成时限", 11, Kind.DATE),
    Column("时限说明", 12),
    Column("指标", 30),
)
INDICATOR_COLUMNS = (
    Column("指标", 34),
    Column("比较", 6),
    Column("目标值", 10, Kind.NUMBER),
    Column("单位", 8),
    Column("定性或相对目标", 32),
    Column("时间（范围）", 14),
)
_NOTES = (
    ("提升行动", "与行动计划、工作安排中的名称一致；每行一项任务，可按任一列筛选。"),
    ("责任单位", "任务未单独明确单位的，列出所属提升行动的牵头、责任、配合单位。"),
    ("完成时限", "日期；没有具体日期的要求写在“时限说明”。"),
    ("目标值", "数值型指标的目标；相对型、定性型指标见“定性或相对目标”。"),
)


def responsibility_table_book(table: ResponsibilityTable) -> Book:
    """Return 责任分解表: sheets 任务, 指标 and 说明."""
    indicator_columns = (Column("提升行动", 18), *INDICATOR_COLUMNS)
    basis = (("依据", basis_wording(table.basis)),) if table.basis else ()
    return Book(
        title=table.title,
        as_of=table.as_of,
        sheets=(
            Sheet("任务", _COLUMNS, _task_rows(table.actions)),
            Sheet("指标", indicator_columns, _indicator_rows(table.actions)),
        ),
        notes=(("编制单位", table.issuer), *basis, *_NOTES),
    )


def _task_rows(actions: Iterable[ActionDuties]) -> Iterator[tuple[Cell, ...]]:
    for row in responsibility_rows(actions):
        yield (
            row.number,
            row.action,
            row.task,
            "、".join(row.lead_units),
            "、".join(row.responsible_units),
            "、".join(row.supporting_units),
            row.deadline.day,
            row.deadline.note,
            "；".join(indicator_wording(indicator) for indicator in row.indicators),
        )


def _indicator_rows(actions: Iterable[ActionDuties]) -> Iterator[tuple[Cell, ...]]:
    for action in actions:
        of_tasks = (indicator for task in action.tasks for indicator in task.indicators)
        for indicator in (*action.indicators, *of_tasks):
            yield (action.title, *indicator_cells(indicator))


def indicator_cells(indicator: IndicatorTarget) -> tuple[Cell, ...]:
    """Return the cells of `INDICATOR_COLUMNS`, the target value as a number."""
    return (
        indicator.name,
        indicator.operator,
        indicator.value,
        indicator.unit,
        indicator.text,
        indicator.scope,
    )
