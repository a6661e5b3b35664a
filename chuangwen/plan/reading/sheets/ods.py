"""OpenDocument spreadsheets (ISO/IEC 26300), read from content.xml.

calamine reports neither merged cells nor the shown text of this format, and fills repeated rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..archive import Archive
from ..blocks import GridCell
from ..layout import lay_out
from ..markup import Element, attribute, child, local, number, read_xml
from ..model import ReadText
from .regions import LIMIT_CELLS, Sheet, blocks_of, too_large

_ROW_GROUPS = ("table-header-rows", "table-rows", "table-row-group")
_FAR = 1 << 24


def read_ods(archive: Archive) -> ReadText:
    """Return the visible sheets of an .ods as they are shown. Raises UnreadableDocument."""
    root = read_xml(archive, "content.xml")
    body = child(root, "body", "spreadsheet")
    if body is None:
        raise archive.damaged()
    hidden = _hidden_styles(child(root, "automatic-styles"))
    sheets = [
        _sheet(table, archive.name)
        for table in body
        if local(table) == "table" and attribute(table, "style-name") not in hidden
    ]
    return lay_out(blocks_of(sheets), archive.name, "ods")


def _hidden_styles(styles: Element | None) -> set[str | None]:
    return {
        attribute(style, "name")
        for style in (styles if styles is not None else ())
        if attribute(child(style, "table-properties"), "display") == "false"
    }


def _sheet(table: Element, name: str) -> Sheet:
    title = attribute(table, "name") or ""
    cells: list[GridCell] = []
    row = 0
    for element in _rows(table):
        repeated = max(1, number(attribute(element, "number-rows-repeated"), 1, _FAR))
        found = list(_cells(element, row, name, title))
        if found and (len(cells) + repeated * len(found) > LIMIT_CELLS):
            raise too_large(name, title)
        cells += found
        for offset in range(1, repeated if found else 1):
            cells += [
                GridCell(one.row + offset, one.column, 1, one.column_span, one.blocks)
                for one in found
            ]
        row += repeated
    return Sheet(title, cells)


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if local(element) == "table-row":
            yield element
        elif local(element) in _ROW_GROUPS:
            yield from _rows(element)


def _cells(row: Element, index: int, name: str, sheet: str) -> Iterator[GridCell]:
    column = 0
    for cell in row:
        if local(cell) not in ("table-cell", "covered-table-cell"):
            continue
        repeated = max(1, number(attribute(cell, "number-columns-repeated"), 1, _FAR))
        text = _date(cell) or "\n".join(_text(p) for p in cell if local(p) == "p")
        if text.strip() and local(cell) == "table-cell":
            if repeated > LIMIT_CELLS:
                raise too_large(name, sheet)
            down = max(1, number(attribute(cell, "number-rows-spanned"), 1))
            across = max(1, number(attribute(cell, "number-columns-spanned"), 1))
            for offset in range(repeated):
                yield GridCell(index, column + offset, down, across, (text,))
        column += repeated


def _date(cell: Element) -> str:
    """A date shown in figures only, such as 8/1/2021, in the words of documents; else empty."""
    shown = "".join(_text(p) for p in cell if local(p) == "p")
    parts = (attribute(cell, "date-value") or "")[:10].split("-")
    if attribute(cell, "value-type") != "date" or len(parts) != 3 or "年" in shown or "月" in shown:
        return ""
    year, month, day = (number(part) for part in parts)
    return f"{year}年{month}月{day}日" if shown.count("/") + shown.count("-") == 2 else ""


def _text(element: Element) -> str:
    """Text of a paragraph; spaces, tabs and breaks are elements, notes are left out."""
    parts = [element.text or ""]
    for inner in element:
        kind = local(inner)
        if kind == "s":
            parts.append(" " * min(1000, max(1, number(attribute(inner, "c"), 1))))
        elif kind in ("tab", "line-break"):
            parts.append("\t" if kind == "tab" else "\n")
        elif kind != "annotation":
            parts.append(_text(inner))
        parts.append(inner.tail or "")
    return "".join(parts)
