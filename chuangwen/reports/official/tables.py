"""Ruled tables that break well: repeated header, whole rows, labels on every page."""

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from chuangwen.reports.official import measures
from chuangwen.reports.official.blocks import Align, Column, Table
from chuangwen.reports.official.markup import make, paragraph, run
from chuangwen.reports.official.measures import from_mm
from chuangwen.reports.official.merging import (
    CELL_PADDING_MM,
    Merge,
    merge_parts,
    row_heights,
)
from chuangwen.reports.official.spilling import ROWS_AT_ONCE, Spill
from chuangwen.reports.official.styles import LINE_TWIPS
from chuangwen.reports.text import clean_text, has_long_word

_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_WHOLE_ROW_SHARE = 0.6  # of the page: a higher row may break, or it would leave a page half empty
_LABEL_SHARE = 0.45  # of the page: a longer run of joined cells shows its label again


def table_markup(table: Table, *, landscape: bool, spill: Spill) -> BaseOxmlElement:
    """Return `w:tbl`; the rows of a long one are put aside. Raises ValueError when the columns are
    wider than the page's 版心."""
    page_mm = measures.TEXT_HEIGHT_MM if landscape else measures.TEXT_WIDTH_MM
    total_mm = sum(column.width_mm for column in table.columns)
    if total_mm > page_mm + 0.01:
        raise ValueError(f"columns are {total_mm} mm wide, the page has {page_mm} mm")
    dense = table.points <= measures.DENSE_TABLE_POINTS
    style = "DenseText" if dense else "TableText"
    across_mm = measures.TEXT_WIDTH_MM if landscape else measures.TEXT_HEIGHT_MM
    whole_limit = round(from_mm(across_mm) * _WHOLE_ROW_SHARE)
    label_limit = round(from_mm(across_mm) * _LABEL_SHARE)
    heights = row_heights(table.columns, table.rows, table.points, LINE_TWIPS[style])
    parts = merge_parts(table.columns, table.rows, heights, label_limit)
    element = make("tbl", _table_properties(total_mm), _grid(table.columns))
    if table.header:
        element.append(_header_row(table.columns, "DenseHead" if dense else "TableHead"))
    fresh: list[BaseOxmlElement] = []
    for place, (row, height) in enumerate(zip(table.rows, heights, strict=True)):
        whole = height <= whole_limit
        markup = _row(table, row, style, parts[place], whole=whole)
        if whole and _bound_to_next(table, parts, place):
            _keep_with_next(markup)
        fresh.append(markup)
        if len(fresh) == ROWS_AT_ONCE:
            element.extend(spill.put_or_keep(fresh))
            fresh = []
    element.extend(spill.put_or_keep(fresh))
    return element


def _bound_to_next(table: Table, parts: list[dict[int, Merge]], place: int) -> bool:
    """Tell whether the row at `place` belongs on one page with the next: they share a label."""
    if place + 1 == len(parts):
        return False
    return table.kept_together or Merge.CONTINUE in parts[place + 1].values()


def _keep_with_next(row: BaseOxmlElement) -> None:
    for properties in row.iter(qn("w:pPr")):
        properties.insert(1, make("keepNext"))


def _table_properties(total_mm: float) -> BaseOxmlElement:
    borders = [make(edge, val="single", sz=4, space=0, color="000000") for edge in _EDGES]
    side = from_mm(CELL_PADDING_MM)
    margins = [
        make(edge, w=width, type="dxa")
        for edge, width in (("top", 30), ("left", side), ("bottom", 30), ("right", side))
    ]
    return make(
        "tblPr",
        make("tblW", w=from_mm(total_mm), type="dxa"),
        make("jc", val="center"),
        make("tblBorders", *borders),
        make("tblLayout", type="fixed"),
        make("tblCellMar", *margins),
    )


def _grid(columns: tuple[Column, ...]) -> BaseOxmlElement:
    return make("tblGrid", *(make("gridCol", w=from_mm(item.width_mm)) for item in columns))


def _header_row(columns: tuple[Column, ...], style: str) -> BaseOxmlElement:
    properties = make("trPr", make("cantSplit"), make("tblHeader"))
    cells = [_cell(column, column.title, style, None, Align.CENTRE) for column in columns]
    return make("tr", properties, *cells)


def _row(
    table: Table, row: tuple[str, ...], style: str, part: dict[int, Merge], *, whole: bool
) -> BaseOxmlElement:
    properties = [make("cantSplit")] if whole else []
    if table.row_height_mm:
        properties.append(make("trHeight", val=from_mm(table.row_height_mm), hRule="atLeast"))
    cells = [
        _cell(column, text, style, part.get(place), column.align)
        for place, (column, text) in enumerate(zip(table.columns, row, strict=True))
    ]
    return make("tr", make("trPr", *properties), *cells)


def _cell(
    column: Column, text: str, style: str, part: Merge | None, align: Align
) -> BaseOxmlElement:
    properties = [make("tcW", w=from_mm(column.width_mm), type="dxa")]
    if part:
        properties.append(make("vMerge", val=part.value))
    properties.append(make("vAlign", val="center"))
    shown = "" if part is Merge.CONTINUE else text
    lines = clean_text(shown).strip("\n").split("\n")
    paragraphs = [_cell_line(line, style, align) for line in lines]
    return make("tc", make("tcPr", *properties), *paragraphs)


def _cell_line(line: str, style: str, align: Align) -> BaseOxmlElement:
    properties = [make("jc", val=align.value)]
    if has_long_word(line):
        properties.append(make("wordWrap", val=0))
    return paragraph(style, *([run(line)] if line else []), properties=tuple(properties))
