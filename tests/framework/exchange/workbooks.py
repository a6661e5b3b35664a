"""Making and changing workbooks as clerks do."""

from io import BytesIO

import xlsxwriter
from python_calamine import CalamineWorkbook


def make_workbook(sheets):
    """Write {sheet: rows} or {sheet: {(row, column): value}}, counted from 0."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name, content in sheets.items():
            sheet = book.add_worksheet(name)
            cells = content if isinstance(content, dict) else _cells(content)
            for (row, column), value in cells.items():
                sheet.write(row, column, value)
    return buffer.getvalue()


def edited(content, changes):
    """Change cells, named by sheet, row from 1 and column title."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    for (sheet, row, title), value in changes.items():
        column = sheets[sheet][0].index(title)
        sheets[sheet][row - 1][column] = value
    return make_workbook(sheets)


def _cells(rows):
    return {(y, x): value for y, row in enumerate(rows) for x, value in enumerate(row) if value}
