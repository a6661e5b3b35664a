"""Lays blocks out as text: a paragraph is a line, a row of a table is a line with tabs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from .blocks import Block, Grid, GridCell
from .errors import UnreadableDocument
from .frames import is_frame, plain
from .model import Cell, ReadText, Table
from .plain import check_length

LIMIT_FIELDS = 1_000_000  # rows × columns of one table
_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\xad\ud800-\udfff\ufeff\ufffe\uffff]")


def lay_out(
    blocks: Iterable[Block], name: str, file_format: str, encoding: str | None = None
) -> ReadText:
    """Return the text of the blocks with the places of their tables.

    Raises UnreadableDocument when there is no text, or more than a plan can have.
    """
    page = _Page(name)
    for block in blocks:
        page.add(block)
    text = "".join(page.parts)
    if not text.strip():
        raise UnreadableDocument("empty", f"“{name}”中没有可读的文字。请检查文件内容。")
    return ReadText(text, file_format, encoding, tuple(page.tables))


class _Page:
    """Text written so far; `length` is its number of code points."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.parts: list[str] = []
        self.length = 0
        self.tables: list[Table] = []

    def add(self, block: Block) -> None:
        if isinstance(block, str):
            self.write(clean(block).rstrip(" \t\n") + "\n")
        elif is_frame(block):
            for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
                for inner in cell.blocks:
                    self.add(inner)
        else:
            self.table(block)

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
        check_length(self.length, self.name)

    def table(self, grid: Grid) -> None:
        """Write a table; rows and columns in which no cell begins are left out."""
        rows = sorted({cell.row for cell in grid.cells})
        columns = sorted({cell.column for cell in grid.cells})
        if len(rows) * len(columns) > LIMIT_FIELDS:
            raise UnreadableDocument(
                "too_large",
                f"“{self.name}”有一张 {len(rows)} 行 {len(columns)} 列的表，超过上限。"
                "请删去空白区域或拆分后再导入。",
            )
        by_row: dict[int, dict[int, GridCell]] = {row: {} for row in rows}
        for cell in grid.cells:
            by_row[cell.row].setdefault(cell.column, cell)
        begin = self.length
        laid = [
            tuple(self.row(index, rows, columns, by_row[row])) for index, row in enumerate(rows)
        ]
        self.tables.append(Table(begin, self.length - 1, tuple(laid)))

    def row(
        self, index: int, rows: list[int], columns: list[int], cells: dict[int, GridCell]
    ) -> Iterator[Cell]:
        for place, column in enumerate(columns):
            if place:
                self.write("\t")
            if (cell := cells.get(column)) is None:
                continue
            start = self.length
            self.write(" ".join(clean(plain(cell.blocks)).split()))
            if self.length > start:
                down = _covered(rows, index, cell.row + cell.row_span)
                across = _covered(columns, place, column + cell.column_span)
                yield Cell(index, place, down, across, start, self.length)
        self.write("\n")


def _covered(kept: list[int], first: int, limit: int) -> int:
    return bisect_left(kept, limit, first + 1) - first


def clean(text: str) -> str:
    """The text with line feeds as its only breaks and without unprintable characters."""
    return _UNPRINTABLE.sub("", _BREAK.sub("\n", text))
