"""《XX单位创文责任清单》 as an official document, with lines to sign for it."""

from chuangwen.reports.duty_sheet import UnitDutySheet, UnitMeasure
from chuangwen.reports.duty_wording import (
    basis_wording,
    deadline_wording,
    duty_counts,
    in_kind_order,
)
from chuangwen.reports.official.blocks import Align, Block, Column, Heading, Paragraph, Table
from chuangwen.reports.official.document import OfficialDocument
from chuangwen.reports.text import chinese_date

_DUTY_COLUMNS = (
    Column("序号", 13, Align.CENTRE),
    Column("责任类别", 22, Align.CENTRE, merged=True),
    Column("责任事项", 81),
    Column("依据", 40),
)
_TASK_COLUMNS = (
    Column("序号", 13, Align.CENTRE),
    Column("提升行动", 28, merged=True),
    Column("任务", 46),
    Column("类别", 13, Align.CENTRE),
    Column("完成时限", 24, Align.CENTRE),
    Column("措施", 32),
)
_INDICATOR_COLUMNS = (
    Column("序号", 13, Align.CENTRE),
    Column("指标", 62),
    Column("目标值", 35),
    Column("时间（范围）", 30, Align.CENTRE),
    Column("类别", 16, Align.CENTRE),
)
_SIGN_COLUMNS = tuple(Column("", width, Align.CENTRE) for width in (32, 48, 28, 48))
_SIGN_ROWS = (
    ("签收单位\n（盖章）", "", "签收人", ""),
    ("主要负责人", "", "签收日期", "年    月    日"),
)


def unit_duty_document(sheet: UnitDutySheet) -> OfficialDocument:
    """Return the duties of one unit by kind, its tasks, its indicators and lines to sign."""
    blocks: list[Block] = [Paragraph(_summary(sheet))]
    for heading, columns, rows in (
        ("责任事项", _DUTY_COLUMNS, _duty_rows(sheet)),
        ("任务及完成时限", _TASK_COLUMNS, _task_rows(sheet)),
        ("指标", _INDICATOR_COLUMNS, _indicator_rows(sheet)),
    ):
        blocks.append(Heading(1, heading))
        blocks.append(Table(columns, rows) if rows else Paragraph("无。"))
    blocks.append(Heading(1, "签收"))
    blocks.append(Paragraph("以上责任已知悉，现予签收。", kept_with_next=True))
    blocks.append(
        Table(_SIGN_COLUMNS, _SIGN_ROWS, header=False, row_height_mm=14, kept_together=True)
    )
    return OfficialDocument(
        title=f"{sheet.unit}创文责任清单",
        issuer=sheet.issuer,
        dated=sheet.as_of,
        blocks=tuple(blocks),
    )


def _summary(sheet: UnitDutySheet) -> str:
    basis = f"根据{basis_wording(sheet.basis)}，" if sheet.basis else ""
    kinds = f"（{duty_counts(sheet.duties)}）" if sheet.duties else ""
    return (
        f"{basis}截至{chinese_date(sheet.as_of)}，{sheet.unit}承担创建责任{len(sheet.duties)}项"
        f"{kinds}、任务{len(sheet.tasks)}项、指标{len(sheet.indicators)}项，具体如下。"
    )


def _duty_rows(sheet: UnitDutySheet) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (str(place), duty.kind.value, duty.subject, duty.source)
        for place, duty in enumerate(in_kind_order(sheet.duties), start=1)
    )


def _task_rows(sheet: UnitDutySheet) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            task.number,
            task.action,
            task.text,
            task.kind.value,
            deadline_wording(task.deadline),
            "\n".join(_measure(n, item) for n, item in enumerate(task.measures, start=1)),
        )
        for task in sheet.tasks
    )


def _measure(number: int, measure: UnitMeasure) -> str:
    by = deadline_wording(measure.deadline)
    return f"{number}.{measure.text}" + (f"（{by}）" if by else "")


def _indicator_rows(sheet: UnitDutySheet) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(place),
            item.target.name,
            item.target.wording(),
            item.target.scope,
            item.kind.value,
        )
        for place, item in enumerate(sheet.indicators, start=1)
    )
