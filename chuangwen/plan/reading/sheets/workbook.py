"""Workbooks through calamine: values, merged ranges, visibility."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from ..archive import Archive
from ..blocks import GridCell
from ..errors import UnreadableDocument
from ..layout import lay_out
from ..model import ReadText
from .biff import scan_xls
from .regions import LIMIT_CELLS, Sheet, blocks_of, too_large
from .scan import Scan, scan_sheets
from .values import write_value


def read_xlsx(archive: Archive) -> ReadText:
    """Return the visible sheets of an .xlsx or .xlsm. Raises UnreadableDocument."""
    scans = scan_sheets(archive)
    sheets = _sheets(archive.repacked(), archive.name, scans)
    return lay_out(blocks_of(sheets), archive.name, "xlsx")


def read_xls(data: bytes, name: str) -> ReadText:
    """Return the visible sheets of an .xls. Raises UnreadableDocument."""
    return lay_out(blocks_of(_sheets(data, name, scan_xls(data))), name, "xls")


def _sheets(data: bytes, name: str, scans: dict[str, Scan]) -> list[Sheet]:
    with _refusing(name):
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [
            one.name
            for one in book.sheets_metadata
            if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
        ]
        return [
            _sheet(book.get_sheet_by_name(title), name, scans.get(title, Scan())) for title in shown
        ]


def _sheet(sheet: CalamineSheet, name: str, scan: Scan) -> Sheet:
    first_row, first_column = sheet.start or (0, 0)
    merged = {
        tuple(first): (last[0] - first[0] + 1, last[1] - first[1] + 1)
        for first, last in sheet.merged_cell_ranges or ()
    }
    cells: list[GridCell] = []
    for row, values in enumerate(sheet.iter_rows(), first_row):
        for column, value in enumerate(values, first_column):
            place = row, column
            text = scan.errors.get(place) or write_value(value, scan.formats.get(place, ""))
            if text.strip():
                down, across = merged.get((row, column), (1, 1))
                cells.append(GridCell(row, column, down, across, (text,)))
        if len(cells) > LIMIT_CELLS:
            raise too_large(name, sheet.name)
    return Sheet(sheet.name, cells)


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Turn what calamine raises for broken files, a Rust panic included, into our error."""
    try:
        yield
    except PasswordError as error:
        raise UnreadableDocument(
            "encrypted", f"“{name}”已加密。请取消密码后另存再导入。"
        ) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise _damaged(name) from error
    except BaseException as error:
        # pyo3 derives PanicException from BaseException and exports it nowhere.
        if type(error).__name__ == "PanicException":
            raise _damaged(name) from error
        raise


def _damaged(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        "damaged", f"“{name}”已损坏，无法打开。请在 Excel 或 WPS 中打开并另存为 .xlsx 后再导入。"
    )
