"""Makes the spreadsheets that clerks send."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from chuangwen.people.register.rows import COLUMNS


def workbook(
    rows: Iterable[Sequence[object]],
    *,
    header: Sequence[str] = COLUMNS,
    merged: Iterable[str] = (),
) -> bytes:
    """Return an .xlsx with one sheet: the header, then the rows; dates are date cells.

    `merged` are ranges such as B2:B4; the first cell of each keeps its value, as in a spreadsheet.
    """
    target, rows = io.BytesIO(), list(rows)
    book = xlsxwriter.Workbook(target, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("单位名录")
    for number, row in enumerate([header, *rows]):
        sheet.write_row(number, 0, row)
    for cells in merged:
        sheet.merge_range(cells, "")
        row, column = xl_cell_to_rowcol(cells.split(":")[0])
        sheet.write(row, column, [header, *rows][row][column])
    book.close()
    return target.getvalue()
