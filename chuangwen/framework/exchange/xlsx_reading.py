"""Reading a workbook into rows. Numbers that a spreadsheet made of codes become text again."""

import datetime
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from chuangwen.framework.exchange.layout import (
    FRAMEWORK,
    NODES,
    STANDARDS,
    TABLES,
    Numeral,
    Row,
    Table,
    Tables,
)
from chuangwen.framework.exchange.xlsx_checks import errors_of_safe
from chuangwen.kit.errors import Invalid, Problems
from chuangwen.kit.spreadsheets import noted, with_errors

NEEDED = (FRAMEWORK, NODES, STANDARDS)


def read_xlsx(content: bytes, problems: Problems) -> Tables:
    """Return the rows of the file. Raises Invalid when it is no workbook or unsafe to open."""
    errors = errors_of_safe(content)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = {name.strip(): name for name in book.sheet_names}
        read = {
            table: with_errors(
                book.get_sheet_by_name(name).to_python(skip_empty_area=False), errors.get(name, {})
            )
            for table in TABLES
            if (name := sheets.get(table.title)) is not None
        }
    except CalamineError as error:
        raise Invalid("文件不是可以打开的 .xlsx 工作簿。请用本系统导出的文件作样板。") from error
    for table in NEEDED:
        if table not in read:
            problems.add(f"工作表“{table.title}”", "没有找到。", "请用本系统导出的文件作样板。")
    return {table.key: _rows(table, cells, problems) for table, cells in read.items()}


def _rows(table: Table, cells: list[list[Any]], problems: Problems) -> list[Row]:
    titles = [cell_text(cell).strip() for cell in cells[0]] if cells else []
    keys = _keys(table, titles, problems)
    rows = []
    for number, line in enumerate(cells[1:], start=2):
        filled = noted(line, keys, problems)
        written = {key: cell_text(cell) for key, cell in filled if key}
        if any(words.strip() for words in written.values()):
            rows.append(Row(table, f"工作表“{table.title}”第 {number} 行", written))
    return rows


def _keys(table: Table, titles: list[str], problems: Problems) -> list[str]:
    """Return the column key of each title, empty for a column without a title."""
    known = {column.title: column.key for column in table.columns}
    where = f"工作表“{table.title}”第 1 行"
    for title in known:
        if title not in titles:
            problems.add(where, f"缺少列“{title}”。", "请补上这一列，可以留空。")
    for title in titles:
        if title and (title not in known or titles.count(title) > 1):
            what = f"不认识的列“{title}”。" if title not in known else f"列“{title}”写了两次。"
            problems.add(where, what, f"可用的列：{'、'.join(known)}。")
    return [known.get(title, "") for title in titles]


def cell_text(cell: Any) -> str:
    """Return what a cell shows as text: a code that became a number has no “.0”."""
    if isinstance(cell, float):
        return Numeral(int(cell) if cell.is_integer() else repr(cell))
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return str(cell)
