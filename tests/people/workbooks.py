"""Makes the spreadsheets that clerks send."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from chuangwen.people.register.rows import COLUMNS


def workbook(rows: Iterable[Sequence[object]], *, header: Sequence[str] = COLUMNS) -> bytes:
    """Return an .xlsx with one sheet: the header, then the rows; dates are date cells."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("单位名录")
    for number, row in enumerate([header, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()
