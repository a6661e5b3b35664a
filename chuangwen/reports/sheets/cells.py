"""Puts one value into one cell: text as text, whatever it begins with; numbers as numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from chuangwen.reports.sheets.book import Cell
from chuangwen.reports.text import clean_text, em_width

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767  # UTF-16 units in one cell (Excel specifications and limits)
LINE_POINTS = 15.0  # one line of 11 pt text
ROW_PADDING = 3.75  # points: Excel keeps heights in steps of 0.75
HIGHEST_ROW = 408.75  # points: Excel shows no row of more than 409
EXACT_DIGITS = 15  # a spreadsheet stores numbers as IEEE 754 doubles
CUT_MARK = "……（内容过长，此处截断，全文请在系统中查看）"


def write_cell(sheet: Worksheet, row: int, column: int, value: Cell, style: Format) -> None:
    """Write `value`; nothing in it is ever taken for a formula, a link or a number."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, fit_text(value), style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, style)
    elif _is_exact(value):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, str(value), style)


def fit_text(text: str) -> str:
    """Return cleaned `text`, cut with a visible mark where a cell can hold no more."""
    cleaned = clean_text(text)
    if len(cleaned) <= LONGEST_TEXT // 2 or _units(cleaned) <= LONGEST_TEXT:
        return cleaned
    room = LONGEST_TEXT - _units(CUT_MARK)
    kept = cleaned.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore")
    return kept + CUT_MARK


def row_height(row: Sequence[Cell], widths: Sequence[float]) -> float:
    """Return a height in points that shows all wrapped text of `row`.

    Excel measures rows without a height when it opens a file; LibreOffice and WPS do not.
    """
    lines = [
        _line_count(value, width)
        for value, width in zip(row, widths, strict=False)
        if isinstance(value, str)
    ]
    return min(LINE_POINTS * max(lines, default=1) + ROW_PADDING, HIGHEST_ROW)


def _line_count(text: str, width: float) -> int:
    # Widths count Latin characters, and a line loses up to one Chinese character at its end.
    usable = max(1.0, width / 2 - 1)
    pieces = fit_text(text).split("\n")
    return sum(max(1, math.ceil(em_width(piece) / usable)) for piece in pieces)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _is_exact(value: int | float | Decimal) -> bool:
    """Tell whether a spreadsheet shows every digit; an 18-digit identity number is text."""
    if not math.isfinite(value):
        return False
    return isinstance(value, float) or len(Decimal(value).as_tuple().digits) <= EXACT_DIGITS
