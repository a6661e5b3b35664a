"""The cells of a spreadsheet that somebody sent, with what is no such thing refused in words."""

import io
import re
from collections.abc import Sequence
from typing import Any

import python_calamine

from chuangwen.kit.archives import Fault, Limits, UnsafeArchive, ZipContainer
from chuangwen.kit.errors import Invalid
from chuangwen.kit.spreadsheets import Errors, cell_errors, with_errors

HEADER_WITHIN = 5
_FAR_CELL = re.compile(rb"""\sr=["'](?:[A-Z]{2}|[A-Z]\d{6})""")


def first_sheet(data: bytes, *, subject: str, most_unpacked: int) -> list[list[Any]]:
    """Return the cells of the first sheet of an .xlsx file; `subject` names it in messages.

    A cell that holds an error (#N/A …) is a `CellError`: the caller notes it where it reads it.
    Raises Invalid for what is no such file, broken, encrypted, or made to fill the memory.
    """
    try:
        _refuse_excess(data, subject, most_unpacked)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        errors = cell_errors(data, _limits(most_unpacked)).get(book.sheet_names[0], {})
        return _filled(book.get_sheet_by_index(0), errors)
    except (UnsafeArchive, python_calamine.CalamineError, IndexError, OSError, ValueError) as error:
        raise Invalid(
            "这不是能读的 .xlsx 文件，或已损坏、加密。请用 Excel 或 WPS 另存为“.xlsx”后再导入。",
            field="file",
        ) from error


def header_of(
    table: list[list[Any]], *, key: str, columns: Sequence[str], required: Sequence[str]
) -> tuple[int, dict[str, int]]:
    """Return the place of the header row, and of each of `columns` in it. Titles above are passed.

    The header is the row that has `key`. Raises Invalid without one, or without a required column.
    """
    for number, values in enumerate(table[:HEADER_WITHIN]):
        titles = ["".join(str(value).split()) for value in values]
        if key in titles:
            places = {title: titles.index(title) for title in columns if title in titles}
            missing = [title for title in required if title not in places]
            if missing:
                raise Invalid(f"表头缺少“{'”“'.join(missing)}”列。请按模板补上。", field="file")
            return number, places
    raise Invalid(
        f"前 {HEADER_WITHIN} 行里没有含“{key}”的表头。"
        f"请按模板填写，第一张表的表头为：{'、'.join(columns)}。",
        field="file",
    )


def _filled(sheet: python_calamine.CalamineSheet, errors: Errors) -> list[list[Any]]:
    """Return the cells; every row of a merged cell has its value, as the eye reads it.

    Otherwise 上级单位 written once for ten rows would put nine of them at the top.
    """
    table = with_errors(sheet.to_python(skip_empty_area=False), errors)
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        if top < len(table) and left < len(table[top]):
            for row in table[top + 1 : bottom + 1]:
                row[left] = table[top][left]
    return table


def _refuse_excess(data: bytes, subject: str, most_unpacked: int) -> None:
    """Raise Invalid for a file that would fill the memory.

    The reader lays a sheet out as a full grid, so that one cell in the last row and column of a
    spreadsheet would make it ask for gigabytes.
    """
    try:
        for part, chunks in ZipContainer(data, _limits(most_unpacked)).unpack_all():
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
        limit = most_unpacked // 2**20
        raise Invalid(
            f"文件展开后超过 {limit} MB，没有读取。请只保留{subject}一张表。", field="file"
        ) from error


def _limits(most_unpacked: int) -> Limits:
    return Limits(parts=5_000, total=most_unpacked, part=most_unpacked)
