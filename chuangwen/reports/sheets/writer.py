"""Writes a workbook with constant memory: each row is on disk before the next is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from itertools import chain, islice
from math import isfinite
from typing import TYPE_CHECKING, BinaryIO

from chuangwen.reports.sheets.book import Book, Cell, Column, Kind, Sheet
from chuangwen.reports.sheets.cells import LONGEST_TEXT, fit_text, row_height, write_cell
from chuangwen.reports.sheets.names import sheet_name
from chuangwen.reports.text import chinese_date, one_line

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ROWS_PER_SHEET = 1_048_575  # an .xlsx sheet has 1,048,576 rows, one of them the header
_A4 = 9
_MEASURED_ROWS = 5_000  # a row's height stays in memory until the file is closed
_BODY_FONT, _HEAD_FONT = "仿宋_GB2312", "黑体"
_LONGEST_HEADER = 255
_SURELY_FITS = LONGEST_TEXT // 2  # characters: none takes more than two units
_NOTE_COLUMNS = (Column("项目", 24), Column("说明", 96))
_NUMBER_FORMATS = {Kind.TEXT: "@", Kind.NUMBER: "General", Kind.DATE: "yyyy-mm-dd"}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(book: Book, target: BinaryIO, *, rows_per_sheet: int = ROWS_PER_SHEET) -> None:
    """Write `book` to `target`; a sheet longer than `rows_per_sheet` goes on in a further one.

    The same book gives the same bytes. Raises ValueError for a row of another length than its
    columns.
    """
    import xlsxwriter  # noqa: PLC0415 - only who writes a workbook should wait for it

    workbook = xlsxwriter.Workbook(target, _OPTIONS)
    workbook.set_properties(
        {"title": one_line(book.title)[:255], "created": datetime.combine(book.as_of, time())}
    )
    writer = _BookWriter(workbook, book, rows_per_sheet)
    for sheet in (*book.sheets, _notes_sheet(book)):
        writer.add(sheet)
    workbook.close()


def _notes_sheet(book: Book) -> Sheet:
    first = (("名称", book.title), ("数据截至", chinese_date(book.as_of)))
    return Sheet("说明", _NOTE_COLUMNS, (*first, *book.notes))


class _BookWriter:
    def __init__(self, workbook: xlsxwriter.Workbook, book: Book, rows_per_sheet: int) -> None:
        self._workbook = workbook
        self._title = one_line(book.title)
        self._rows_per_sheet = rows_per_sheet
        self._names: set[str] = set()
        base = {"font_name": _BODY_FONT, "font_size": 11, "border": 1, "valign": "vcenter"}
        self._formats = {
            kind: workbook.add_format({**base, "num_format": shown, "text_wrap": kind is Kind.TEXT})
            for kind, shown in _NUMBER_FORMATS.items()
        }
        self._flat_formats = {
            kind: workbook.add_format(
                {"font_name": _BODY_FONT, "font_size": 11, "num_format": shown}
            )
            for kind, shown in _NUMBER_FORMATS.items()
        }
        self._head: Format = workbook.add_format(
            {
                **base,
                "font_name": _HEAD_FONT,
                "align": "center",
                "text_wrap": True,
                "bg_color": "#E7EDF3",
            }
        )

    def add(self, sheet: Sheet) -> None:
        """Write all rows of `sheet`, on as many sheets as they need."""
        rows = iter(sheet.rows)
        first: Iterable[tuple[Cell, ...]] = islice(rows, 1)
        while True:
            page = self._open(sheet)
            fill = self._fill_flat if sheet.is_flat else self._fill
            count = fill(page, sheet.columns, chain(first, rows))
            page.autofilter(0, 0, max(count, 1), len(sheet.columns) - 1)
            first = tuple(islice(rows, 1))
            if not first:
                return

    def _fill(
        self, page: Worksheet, columns: tuple[Column, ...], rows: Iterator[tuple[Cell, ...]]
    ) -> int:
        number = 0
        widths = [column.width for column in columns]
        for number, row in enumerate(islice(rows, self._rows_per_sheet), start=1):
            if number <= _MEASURED_ROWS:
                page.set_row(number, row_height(row, widths))
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                write_cell(page, number, place, value, self._formats[_shown_as(column, value)])
        return number

    def _fill_flat(
        self, page: Worksheet, columns: tuple[Column, ...], rows: Iterator[tuple[Cell, ...]]
    ) -> int:
        number, width = 0, len(columns)
        write_string, write_number = page.write_string, page.write_number
        formats = [self._flat_formats[column.kind] for column in columns]
        for number, row in enumerate(islice(rows, self._rows_per_sheet), start=1):
            if len(row) != width:
                raise ValueError(f"row {number} has {len(row)} cells, not {width}")
            for place, value in enumerate(row):
                if value is None or value == "":
                    continue
                # The column has its format. Nearly every text is short and needs no cleaning.
                if type(value) is str:
                    is_plain = value.isprintable() and len(value) <= _SURELY_FITS
                    write_string(number, place, value if is_plain else fit_text(value))
                elif type(value) is float and isfinite(value):
                    write_number(number, place, value)
                else:
                    write_cell(page, number, place, value, formats[place])
        return number

    def _open(self, sheet: Sheet) -> Worksheet:
        page = self._workbook.add_worksheet(sheet_name(sheet.name, self._names))
        self._set_up_print(page)
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        for place, column in enumerate(sheet.columns):
            style = self._flat_formats[column.kind] if sheet.is_flat else None
            page.set_column(place, place, column.width, style)
            page.write_string(0, place, column.title, self._head)
        return page

    def _set_up_print(self, page: Worksheet) -> None:
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.7)
        # “&” starts a code in headers; Excel refuses a file whose header is longer than 255.
        title = self._title.replace("&", "&&")
        header = f'&C&"{_HEAD_FONT}"&14{title}'
        page.set_header(header if len(header) <= _LONGEST_HEADER else "&C&A")
        page.set_footer("&L&A&C第 &P 页，共 &N 页")


def _shown_as(column: Column, value: Cell) -> Kind:
    """Return the column's kind, or text for words that stand in a column of numbers or dates."""
    return Kind.TEXT if isinstance(value, str) else column.kind
