"""HTML tables as grids (HTML Standard, 4.9.12 Forming a table)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

from ..blocks import Block, Grid, GridCell

_GROUPS = ("tbody", "thead", "tfoot")
_LIMIT_ACROSS = 1_000  # columns beyond are never merged


def read_table(table: LexborNode, read: Callable[[LexborNode], list[Block]]) -> list[Block]:
    """The captions of a table, then its grid; `read` reads the content of a cell."""
    rows = list(_rows(table))
    busy: dict[int, int] = {}  # column → first row in which it is free again
    cells: list[GridCell] = []
    for index, row in enumerate(rows):
        column = 0
        for cell in _children(row, "td", "th"):
            while busy.get(column, 0) > index:
                column += 1
            across = max(1, min(_LIMIT_ACROSS - column, _span(cell, "colspan")))
            down = _span(cell, "rowspan") or len(rows)
            down = max(1, min(down, len(rows) - index))
            cells.append(GridCell(index, column, down, across, tuple(read(cell))))
            for covered in range(column, column + across):
                busy[covered] = index + down
            column += across
    captions = [block for node in _children(table, "caption") for block in read(node)]
    return [*captions, Grid(tuple(cells))]


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in _children(table, "tr", *_GROUPS):
        if child.tag == "tr":
            yield child
        else:
            yield from _children(child, "tr")


def _children(node: LexborNode, *tags: str) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        if child.tag in tags:
            yield child
        child = child.next


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 1
