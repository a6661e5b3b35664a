"""From the bytes of a spreadsheet to rows; every bad cell is noted, none stops the reading."""

import io
import re
from typing import Any

import python_calamine

from chuangwen.kit.archives import Fault, Limits, UnsafeArchive, ZipContainer
from chuangwen.kit.errors import Invalid, Problems
from chuangwen.people.register import cells
from chuangwen.people.register.rows import (
    ALIASES,
    CODE,
    COLUMNS,
    KIND,
    NAME,
    PARENT,
    REQUIRED,
    VALID_FROM,
    VALID_UNTIL,
    RegisterRow,
)

MOST_ROWS = 20_000
MOST_UNPACKED_BYTES = 50 * 1024 * 1024
LIMITS = Limits(parts=5_000, total=MOST_UNPACKED_BYTES, part=MOST_UNPACKED_BYTES)
HEADER_WITHIN = 5
_FAR_CELL = re.compile(rb"""\sr=["'](?:[A-Z]{2}|[A-Z]\d{6})""")


def read_register(data: bytes, problems: Problems) -> list[RegisterRow]:
    """Return the filled rows of the first sheet; bad cells go into `problems`.

    Raises Invalid when the file is no .xlsx, has no header row, no rows or too many of them.
    """
    table = _table(data)
    header, columns = _header(table)
    rows = []
    for line, values in enumerate(table[header + 1 :], start=header + 2):
        if any(value not in ("", None) for value in values):
            rows.append(_row(line, values, columns, problems))
    if not rows:
        raise Invalid("文件里没有单位。请在表头下面逐行填写单位后再导入。", field="file")
    if len(rows) > MOST_ROWS:
        raise Invalid(
            f"文件有 {len(rows)} 行，最多 {MOST_ROWS} 行。请分成几个文件导入。", field="file"
        )
    return rows


def _table(data: bytes) -> list[list[Any]]:
    try:
        _refuse_excess(data)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return _filled(book.get_sheet_by_index(0))
    except (UnsafeArchive, python_calamine.CalamineError, IndexError, OSError, ValueError) as error:
        raise Invalid(
            "这不是能读的 .xlsx 文件，或已损坏、加密。请用 Excel 或 WPS 另存为“.xlsx”后再导入。",
            field="file",
        ) from error


def _filled(sheet: python_calamine.CalamineSheet) -> list[list[Any]]:
    """Return the cells; every row of a merged cell has its value, as the eye reads it.

    Otherwise 上级单位 written once for ten rows would put nine of them at the top.
    """
    table = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        if top < len(table) and left < len(table[top]):
            for row in table[top + 1 : bottom + 1]:
                row[left] = table[top][left]
    return table


def _refuse_excess(data: bytes) -> None:
    """Raise Invalid for a file that would fill the memory.

    The reader lays a sheet out as a full grid, so that one cell in the last row and column of a
    spreadsheet would make it ask for gigabytes.
    """
    try:
        for part, chunks in ZipContainer(data, LIMITS).unpack_all():
            if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                sheet = b"".join(chunks)
                if _FAR_CELL.search(sheet) or b"\0" in sheet:
                    raise Invalid(
                        "表格在 Z 列之后或第 99999 行之后还有内容，没有读取。请删除多余的行和列。",
                        field="file",
                    )
    except UnsafeArchive as error:
        if error.fault not in {Fault.TOO_LARGE, Fault.TOO_MANY}:
            raise
        limit = MOST_UNPACKED_BYTES // 2**20
        raise Invalid(
            f"文件展开后超过 {limit} MB，没有读取。请只保留单位名录一张表。", field="file"
        ) from error


def _header(table: list[list[Any]]) -> tuple[int, dict[str, int]]:
    """Return the place of the header row, and of each column in it. Titles above are passed."""
    for number, values in enumerate(table[:HEADER_WITHIN]):
        titles = ["".join(str(value).split()) for value in values]
        if NAME in titles:
            columns = {title: titles.index(title) for title in COLUMNS if title in titles}
            missing = [title for title in REQUIRED if title not in columns]
            if missing:
                raise Invalid(f"表头缺少“{'”“'.join(missing)}”列。请按模板补上。", field="file")
            return number, columns
    raise Invalid(
        f"前 {HEADER_WITHIN} 行里没有含“{NAME}”的表头。"
        f"请按模板填写，第一张表的表头为：{'、'.join(COLUMNS)}。",
        field="file",
    )


def _row(line: int, values: list[Any], columns: dict[str, int], problems: Problems) -> RegisterRow:
    given = {title: values[place] for title, place in columns.items() if values[place] != ""}
    row = RegisterRow(line, cells.text(given.get(NAME, "")))
    row.kind = cells.kind(row, given.get(KIND), problems)
    row.parent = cells.text(given.get(PARENT, "")) or None
    row.code = cells.text(given.get(CODE, "")) or None
    row.aliases = cells.names(row, given.get(ALIASES, ""), problems)
    row.valid_from = cells.day(row, VALID_FROM, given.get(VALID_FROM), problems)
    row.valid_until = cells.day(row, VALID_UNTIL, given.get(VALID_UNTIL), problems)
    cells.check_lengths(row, problems)
    return row
