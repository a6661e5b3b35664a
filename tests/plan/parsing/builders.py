"""Builds the fixtures' texts and tables."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from chuangwen.plan.reading.blocks import Block, Grid, GridCell
from chuangwen.plan.reading.layout import lay_out
from chuangwen.plan.reading.model import Cell, ReadText, Table

FIXTURES = Path(__file__).parent / "fixtures"


def load(name: str) -> dict[str, Any]:
    return yaml.safe_load((FIXTURES / f"{name}.yaml").read_text(encoding="utf-8"))


def source_of(fixture: dict[str, Any]) -> ReadText | str:
    """The text of a fixture, or its table laid out as a reader lays it out."""
    if "text" in fixture:
        return str(fixture["text"])
    table = fixture["table"]
    return table_text(table["title"], table["rows"], table["tail"])


def table_text(title: str, rows: list[list[Any]], tail: str = "") -> ReadText:
    """A cell is a text, {text, rows, columns} when merged, or None where a merged cell covers."""
    text, cells = title, []
    start = len(text)
    for row, values in enumerate(rows):
        line: list[Cell] = []
        for column, value in enumerate(values):
            text += "\t" if column else ""
            if value is None:
                continue
            spec = value if isinstance(value, dict) else {"text": value}
            begin = len(text)
            text += spec["text"]
            spans = (spec.get("rows", 1), spec.get("columns", 1))
            line.append(Cell(row, column, *spans, begin, len(text)))
        text += "\n"
        cells.append(tuple(line))
    end = len(text)
    return ReadText(text + tail, "xlsx", None, (Table(start, end, tuple(cells)),))


def laid_out(blocks: list[Any]) -> ReadText:
    """Paragraphs, and tables as lists of rows, in the order of a Word file."""
    laid: list[Block] = []
    for block in blocks:
        if isinstance(block, str):
            laid += block.splitlines()
        else:
            laid.append(Grid(tuple(_cells(block))))
    return lay_out(laid, "方案.docx", "docx")


def _cells(rows: list[list[Any]]) -> list[GridCell]:
    return [
        GridCell(row, column, spec.get("rows", 1), spec.get("columns", 1), (str(spec["text"]),))
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value is not None
        for spec in [value if isinstance(value, dict) else {"text": value}]
    ]


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    """An .xlsx of several sheets with merged ranges."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for cell in _cells(rows):
            text = str(cell.blocks[0])
            if cell.row_span > 1 or cell.column_span > 1:
                last = (cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
                sheet.merge_range(cell.row, cell.column, *last, text)
            else:
                sheet.write(cell.row, cell.column, text)
    book.close()
    return buffer.getvalue()
