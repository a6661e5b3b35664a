"""责任分解表 as an official document: one turned table over all 提升行动."""

from dataclasses import replace

from chuangwen.reports.duty_sheet import ResponsibilityTable
from chuangwen.reports.duty_wording import (
    ResponsibilityRow,
    basis_wording,
    deadline_wording,
    indicator_wording,
    responsibility_rows,
)
from chuangwen.reports.official import measures
from chuangwen.reports.official.blocks import Align, Block, Column, Paragraph, Table
from chuangwen.reports.official.document import OfficialDocument

_COLUMNS = (
    Column("提升行动", 22, merged=True),
    Column("牵头单位", 21, merged=True),
    Column("责任单位", 38, merged=True),
    Column("配合单位", 21, merged=True),
    Column("指标", 36, merged=True),
    Column("序号", 13, Align.CENTRE),
    Column("重点任务", 50),
    Column("完成时限", 24, Align.CENTRE),
)
_OPTIONAL = frozenset({"配合单位", "指标"})


def responsibility_table_document(table: ResponsibilityTable) -> OfficialDocument:
    """Return 责任分解表 with one row a task, its units and indicators; landscape."""
    rows = tuple(_cells(row) for row in responsibility_rows(table.actions))
    blocks: list[Block] = []
    if table.basis:
        blocks.append(
            Paragraph(f"根据{basis_wording(table.basis)}，制定本责任分解表。", kept_with_next=True)
        )
    if rows:
        blocks.append(_table(rows))
    else:
        blocks.append(Paragraph("目前没有已确认的任务。"))
    return OfficialDocument(
        title=table.title,
        issuer=table.issuer,
        dated=table.as_of,
        blocks=tuple(blocks),
        landscape=True,
    )


def _table(rows: tuple[tuple[str, ...], ...]) -> Table:
    """Return the table without optional columns in which nothing stands; the others share."""
    kept = [
        place
        for place, column in enumerate(_COLUMNS)
        if column.title not in _OPTIONAL or any(row[place] for row in rows)
    ]
    total = sum(column.width_mm for column in _COLUMNS)
    share = total / sum(_COLUMNS[place].width_mm for place in kept)
    columns = tuple(
        replace(_COLUMNS[place], width_mm=_COLUMNS[place].width_mm * share) for place in kept
    )
    narrowed = tuple(tuple(row[place] for place in kept) for row in rows)
    return Table(columns, narrowed, points=measures.DENSE_TABLE_POINTS)


def _cells(row: ResponsibilityRow) -> tuple[str, ...]:
    return (
        row.action,
        "、".join(row.lead_units),
        "、".join(row.responsible_units),
        "、".join(row.supporting_units),
        "；\n".join(indicator_wording(indicator) for indicator in row.indicators),
        row.number,
        row.task,
        deadline_wording(row.deadline),
    )
